"""Policy documents: one title, one document, unless two regions each made one of that title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Document, DocumentFact, DocumentKind, Fact, Issue, Merge
from kg.model.frozen import Frozen
from kg.resolve.actors import Actors
from kg.resolve.dates import best_date, differing_dates
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import digest, title_key
from kg.resolve.places import Places
from kg.resolve.rules import AT_WORK, MAKING, REFERRING, Evidence
from kg.resolve.tellings import Told

__all__ = ["Documents"]

_STAGE = re.compile(r"\((?:试行|暂行|征求意见稿|草案|修订草案|修正草案|送审稿|修订稿)(?:征求意见稿)?\)$")
_EDITION = re.compile(r"^\d{4}(?:[—–-]\d{4})?年度?")
_STATE = "中华人民共和国"
_LEGAL = frozenset({DocumentKind.LAW, DocumentKind.REGULATION, DocumentKind.RULE})


class _View(Frozen):
    """A telling with the title it means, without stage, and the region it stands in."""

    told: Told[DocumentFact]
    base: str
    stage: str
    region: str
    short: bool

    @property
    def makes(self) -> bool:
        """True when the telling is of the making of the document, not of its use."""
        fact = self.told.fact
        return bool(fact.action or fact.issuers) and not _refers(fact.action)

    @property
    def of_region(self) -> bool:
        """True when the telling names as its issuer a body of the region in whose section it stands."""
        fact = self.told.fact
        return bool(fact.region) and any(issuer.region == fact.region for issuer in fact.issuers)


@lru_cache(maxsize=1024)
def _refers(action: str) -> bool:
    """True for what is done with a document that was made before."""
    words = {word for word in REFERRING if word in action}
    if any(word in action for word in MAKING):
        words -= AT_WORK
    return bool(words)


class Documents:
    """Resolves documents: `documents`, and `things` from telling id to key."""

    def __init__(
        self,
        told: Sequence[Told[DocumentFact]],
        gazetteer: Gazetteer,
        actors: Actors,
        places: Places,
        judged: Judged = NOTHING,
    ) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        self._places = places
        self.things: dict[str, str] = {}
        self.differs: dict[str, tuple[str, ...]] = {}
        self.merges: list[Merge] = []
        self.issues: list[Issue] = []
        self._issuers: dict[str, frozenset[str]] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        groups: dict[str, list[_View]] = defaultdict(list)
        for view in self._views(told):
            groups[view.base].append(view)
        taken: Counter[str] = Counter()
        found: list[Document] = []
        made = [
            ((base, scope, stage), members)
            for base in sorted(groups, key=lambda b: (groups[b][0].told.index, b))
            for scope, stage, members in self._split(groups[base])
        ]
        for parts, members in judged.regroup(made, lambda view: view.told.id):
            key = f"document/{digest(*parts)}"
            taken[key] += 1
            key = f"{key}-{taken[key]}" if taken[key] > 1 else key
            for base in sorted({view.base for view in members}):
                self._by_title[base].append(key)
            found.append(self._document(key, members))
        self.documents = tuple(sorted(found, key=lambda d: d.key))

    def with_title(self, title: str) -> str:
        """The key of the only document with this title, or ""."""
        keys = self._by_title.get(_STAGE.sub("", title_key(title)), [])
        return keys[0] if len(keys) == 1 else ""

    def _views(self, told: Sequence[Told[DocumentFact]]) -> list[_View]:
        shorts: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for item in told:
            if item.fact.short:
                full = title_key(item.fact.title)
                shorts[item.source.id, title_key(item.fact.short)].append((item.index, full))
        return [self._view(item, shorts) for item in told]

    def _view(self, item: Told[DocumentFact], shorts: dict[tuple[str, str], list[tuple[int, str]]]) -> _View:
        fact = item.fact
        title = title_key(fact.title)
        known = shorts.get((item.source.id, title), [])
        at = bisect_right(known, item.index, key=lambda pair: pair[0])
        full = known[max(0, at - 1)][1] if known else title
        mark = _STAGE.search(full)
        base = full[: mark.start()] if mark else full
        if fact.document_kind in _LEGAL and len(base) > len(_STATE) + 1:
            base = base.removeprefix(_STATE)
        region = "" if fact.document_kind is DocumentKind.LAW else self._places.known(fact.region)
        stage = (mark[0] if mark else title_key(fact.stage)).strip("()")
        return _View(item, base, stage, region, full != title)

    def _split(self, views: list[_View]) -> list[tuple[str, str, list[_View]]]:
        """The documents that bear one title, as (region in the key, stage in the key, tellings)."""
        result: list[tuple[str, str, list[_View]]] = []
        for scope, members in self._by_region(views):
            stages = sorted({view.stage for view in members if view.stage})
            if len(stages) < 2:
                result.append((scope, "", members))
                continue
            for stage in ["", *stages]:
                part = [view for view in members if view.stage == stage]
                if part:
                    result.append((scope, stage, part))
                    if not stage:
                        self._doubt(part[0], f"which of {'、'.join(stages)}")
        return result

    def _by_region(self, views: list[_View]) -> list[tuple[str, list[_View]]]:
        if "" in {view.region for view in views}:
            return [("", views)]
        makers = sorted({view.region for view in views if view.makes})
        if not makers:
            return [("", views)]
        if len(makers) == 1:
            named = self._gazetteer.region_prefix(views[0].told.fact.title) is not None
            return [("" if named else makers[0], views)]
        if self._gazetteer.region_prefix(views[0].told.fact.title) is not None:
            return [("", views)]
        parts = [(region, [v for v in views if v.region == region]) for region in makers]
        rest = [v for v in views if v.region not in makers]
        if rest:
            self._doubt(rest[0], "which region's document of this title")
            parts.append(("", rest))
        return parts

    def _names(self, view: _View) -> bool:
        """True when the title begins with the region in whose section it stands (实施《某省…条例》)."""
        entry = self._gazetteer.region_prefix(_EDITION.sub("", view.told.fact.title))
        return entry is not None and bool(view.region) and view.region in (entry.key, entry.region)

    def _doubt(self, view: _View, expected: str) -> None:
        item = view.told
        found = f"《{item.fact.title}》"
        self.issues.append(Issue(item.source.id, item.line, "doubtful-document", found, expected))

    def _document(self, key: str, views: list[_View]) -> Document:
        first = next((view for view in views if not view.short), views[0])
        facts = [view.told.fact for view in views]
        date = best_date([fact.date for fact in facts])
        issuers: set[str] = set()
        for view in views:
            named = self._issuers[view.told.id] = frozenset(self._actors.keys(view.told.fact.issuers, view.told))
            issuers |= named
        full = [view.told.fact.title for view in views if not view.short]
        # A title that tells its stage (试行) tells more than one without.
        title = next((v.told.fact.title for v in views if v.stage and not v.short), first.told.fact.title)
        names = {fact.short for fact in facts} | {v.told.fact.title for v in views if v.short}
        names |= {other for other in full if title_key(other) != title_key(title)}
        for view in views:
            self._note(key, view, views[0])
            told = view.told
            self.differs[told.id] = tuple(differing_dates(told.fact.date, date, "date"))
        return Document(
            key,
            title,
            _majority([fact.document_kind for fact in facts]),
            tuple(sorted(issuers)),
            tuple(sorted({fact.action for fact in facts if fact.action})),
            date,
            self._region(views),
            tuple(sorted(names - {"", title})),
            next((view.stage for view in views if view.stage), ""),
        )

    def _region(self, views: list[_View]) -> str:
        """The region whose own document it is, or ""."""
        region = views[0].region
        if not region or any(view.region != region for view in views):
            return ""
        return region if any(view.makes or view.of_region or self._names(view) for view in views) else ""

    def _note(self, key: str, view: _View, first: _View) -> None:
        self.things[view.told.id] = key
        if view is first:
            return
        rule = "short" if view.short != first.short else "same_title"
        rule = "stage" if view.stage != first.stage else rule
        verdict = Evidence.of("title", rule)
        self.merges.append(Merge(key, first.told.id, view.told.id, verdict.score, verdict.reason))

    def tellings(self, told: Sequence[Told[DocumentFact]]) -> list[tuple[Told[Fact], str, frozenset[str]]]:
        """Each telling with its document and issuers, for links by name."""
        return [(item, self.things[item.id], self._issuers[item.id]) for item in told]


def _majority(kinds: list[DocumentKind]) -> DocumentKind:
    """The most frequent kind, the first told of equals; `other` only when nothing else is told."""
    if kinds.count(kinds[0]) == len(kinds):  # most
        return kinds[0]
    return min(kinds, key=lambda k: (k is DocumentKind.OTHER, -kinds.count(k), kinds.index(k)))
