"""Short forms of bodies: those that a document introduces in brackets, and the end of a name told in full before."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from msgspec.structs import replace

from kg.extract.boundaries import free
from kg.extract.mentions import OrgHit
from kg.lexicon import EntryType, Lexicon
from kg.model import AgencyKind

__all__ = ["ShortForms"]

# Asked for time and again: a member costs many times what a name of the module does.
_MECHANISM, _UNIVERSITY = AgencyKind.MECHANISM, AgencyKind.UNIVERSITY

_BRACKET = re.compile(
    r"[（(](?:[A-Z][A-Za-z0-9 /-]{1,19}[，、；,;] ?)?(?:以下|下文)?(?:简称|下称|称|统称)[:：为]?[“\"]?([^（）()“”\"]{2,24})[”\"]?[）)]"
    r"|[（(]([A-Z][A-Za-z0-9-]{1,11})[）)]|[（(]([\u4e00-\u9fff]{4,20})[）)]"
)
#: 铜陵市局: the bureau of that city that was told of before.
_BARE_BUREAU = ("省局", "市局", "县局", "区局")
#: A bureau with two names: 市场监督管理局（知识产权局）.
_TWINS = ("知识产权局", "版权局", "专利局")


class ShortForms:
    """What a document has introduced so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._introduced: dict[str, OrgHit] = {}
        self._earlier: deque[OrgHit] = deque(maxlen=20)
        #: Bureaus of places, the last ones.
        self._bureaus: deque[OrgHit] = deque(maxlen=20)
        #: Universities abroad by their names without the country.
        self._abroad: dict[str, OrgHit] = {}

    def find(self, text: str) -> Iterator[OrgHit]:
        """Short forms that the document introduced in brackets."""
        for form, hit in self._introduced.items():
            at = text.find(form)
            while at >= 0:
                if text[at - 1 : at] not in ("次", "届", "轮") and (len(form) > 2 or free(text, at)):
                    yield _short(at, form, hit)
                at = text.find(form, at + len(form))

    def known(self, text: str, start: int, end: int) -> OrgHit | None:
        """The body that the document introduced with text[start:end] as its short form."""
        hit = self._introduced.get(text[start:end])
        return _short(start, text[start:end], hit) if hit else None

    def near(self, text: str, at: int) -> bool:
        """True when a short form stands right before `at`, or with few words between."""
        return any(text.find(form, max(0, at - len(form) - 6), at) >= 0 for form in self._introduced)

    def learn(self, text: str, hit: OrgHit) -> OrgHit:
        """The hit with the brackets that follow the name, and the other names that they give it."""
        if hit.kind is _UNIVERSITY and hit.country and hit.surface.startswith(hit.country):
            # 法国里昂大学, then 里昂大学
            bare = hit.surface.removeprefix(hit.country)
            if len(bare) > 3:
                self._abroad.setdefault(bare, hit)
        if hit.group or not text.startswith(("（", "("), hit.end):
            return hit
        for _ in range(2):
            match = _BRACKET.match(text, hit.end)
            if match is None:
                break
            form = match[1] or match[2] or match[3]
            entry = self.lexicon.get(form)
            known = entry is not None and entry.type is EntryType.AGENCY
            twin = bool(match[3]) and form.endswith(_TWINS) and hit.region != ""
            if match[3] and not known and not twin:
                break
            aliases = {*hit.aliases, text[hit.start : match.end()] if match[3] else form}
            hit = replace(hit, end=match.end(), aliases=tuple(sorted(aliases)))
            if entry is None and not twin:
                self._introduced.setdefault(form, hit)
        return hit

    def in_full(self, hit: OrgHit, region: str) -> OrgHit:
        """专家咨询委员会 means the 国家知识产权专家咨询委员会 that the text has just told of, 里昂大学 法国里昂大学,
        甲市局 the 甲市林业局."""
        name = hit.actor.name
        if name.endswith("局") and hit.region and not hit.group:
            return self._bureau(hit, name)
        told = self._abroad.get(name) if hit.kind is _UNIVERSITY else None
        if told is not None:
            return _short(hit.start, hit.surface, told)
        if hit.kind is not _MECHANISM or hit.group or len(name) < 5 or region or hit.region:
            return hit
        if hit.entry is None:
            for told in reversed(self._earlier):
                if told.actor.name != name and told.actor.name.endswith(name):
                    return replace(hit, actor=told.actor, entry=told.entry, country=told.country)
        self._earlier.append(hit)
        return hit

    def _bureau(self, hit: OrgHit, name: str) -> OrgHit:
        if name.endswith(_BARE_BUREAU) and len(name) < 7:
            told = next((b for b in reversed(self._bureaus) if b.actor.name.startswith(name[:-1])), None)
            return _short(hit.start, hit.surface, told) if told else hit
        self._bureaus.append(hit)
        return hit


def _short(at: int, form: str, hit: OrgHit) -> OrgHit:
    return OrgHit(at, at + len(form), form, hit.actor, hit.kind, hit.entry, hit.country, hit.region, (form,))
