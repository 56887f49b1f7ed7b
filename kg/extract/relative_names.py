"""Bodies told by their level alone in a section or report of a region: 省法院, 市教育局, 自治区党委."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from msgspec.structs import replace

from kg.extract.boundaries import free, next_stop
from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.words import any_of
from kg.lexicon import Lexicon
from kg.model import Actor, AgencyKind

__all__ = ["RelativeNames", "same_level"]

_START = attrgetter("start")
_LIST = frozenset("、和与及")
_NO_BODY = ("系统", "机关", "部门", "工作", "会议", "主要", "领导")
#: 团省委, 团市委: the Youth League of the region.
_YOUTH = re.compile(r"团(?P<level>[省市区州])委(?![员会])")
_BARE = re.compile(r"[与同合经由](法院|检察院|公安机关|司法机关|编办|网信办|宣传部)(?!系统|调解|机关)")


class RelativeNames:
    """Finds names that need their region."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._name, self._hall = _patterns(lexicon)

    def find(self, text: str, region: str, places: list[PlaceHit]) -> Iterator[OrgHit]:
        """省法院 in a regional section; 省教育厅、科技厅、工信厅 shares its 省. One inside a place's name (无为市|市场监管局)
        is none."""
        if not region:
            return
        for match in self._name.finditer(text):
            if not free(text, match.start()) or _inside(places, match.start()):
                continue
            expanded = self.lexicon.expand_relative(match.group(), region)
            if expanded is None:
                continue
            full, body = expanded
            home = full.removesuffix(body.full)
            yield _hit(match.start(), match.end(), match.group(), full, body.kind, home)
            yield from same_level(text, match.end(), body.level, home, self.lexicon)
        for match in self._hall.finditer(text) if "厅" in text else ():
            for level in ("省", "自治区"):
                expanded = self.lexicon.expand_relative(level + match.group(), region)
                if expanded is not None and free(text, match.start()):
                    full, body = expanded
                    hit = _hit(match.start(), match.end(), match.group(), full, body.kind, full.removesuffix(body.full))
                    yield replace(hit, actor=Actor(level + match.group(), region=hit.region))
        for match in _YOUTH.finditer(text) if "团" in text else ():
            if region.endswith(match["level"]) and free(text, match.start()):
                full = f"共青团{region}委"
                yield _hit(match.start(), match.end(), match.group(), full, AgencyKind.PARTY_BODY, region)
        for match in _BARE.finditer(text):
            level = region[-1] if region[-1] in "省市" else "自治区"
            expand = self.lexicon.expand_relative
            expanded = expand(level + match[1], region) or expand(f"{level}委{match[1]}", region)
            kind = expanded[1].kind if expanded else AgencyKind.GOVERNMENT
            name = expanded[0] if expanded else region + match[1]
            yield _hit(match.start(1), match.end(), match[1], name, kind, region)


def _inside(places: list[PlaceHit], at: int) -> bool:
    n = bisect_left(places, at, key=_START) - 1
    return n >= 0 and places[n].end > at


@functools.cache
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Short names of bodies, and those without their level of bodies that only a province has (教育厅, 财政厅)."""
    halls = (r.short.removeprefix(r.level) for r in lexicon.relative if r.full.endswith("厅"))
    return re.compile(any_of(r.short for r in lexicon.relative)), re.compile(any_of(halls))


def same_level(text: str, at: int, level: str, region: str, lexicon: Lexicon) -> Iterator[OrgHit]:
    """省教育厅、科技厅 and 湖南省委、省政府: the bodies of a list that ends at `at` whose region is told once."""
    while at < len(text) and text[at] in _LIST:
        for end in range(next_stop(text, at + 1, min(len(text), at + 16)), at + 2, -1):
            surface = text[at + 1 : end]
            name = surface if surface.startswith(level) else level + surface
            expanded = lexicon.expand_relative(name, region)
            if expanded is not None and not text.startswith(_NO_BODY, end):
                break
        else:
            return
        full, body = expanded
        hit = _hit(at + 1, end, surface, full, body.kind, region)
        yield replace(hit, actor=Actor(name, region=region))
        at = end


def _hit(start: int, end: int, surface: str, full: str, kind: AgencyKind, region: str) -> OrgHit:
    return OrgHit(start, end, surface, Actor(surface, region=region), kind, region=region, aliases=(full,))
