"""Bodies told by their level alone in a section or report of a region: 省法院, 市教育局, 自治区党委."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.boundaries import free
from kg.extract.mentions import OrgHit
from kg.extract.words import any_of
from kg.lexicon import Lexicon
from kg.model import Actor, AgencyKind

__all__ = ["RelativeNames"]

_LIST = frozenset("、和与及")
_BARE = re.compile(r"[与同合经由](法院|检察院|公安机关|司法机关|编办|网信办|宣传部)(?!系统|调解|机关)")


class RelativeNames:
    """Finds names that need their region."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._name = re.compile(any_of(r.short for r in lexicon.relative))
        #: 教育厅, 财政厅: only a province has a 厅.
        self._hall = re.compile(
            any_of(r.short.removeprefix(r.level) for r in lexicon.relative if r.full.endswith("厅"))
        )

    def find(self, text: str, region: str) -> Iterator[OrgHit]:
        """省法院 in a regional section; 省教育厅、科技厅、工信厅 shares its 省."""
        if not region:
            return
        for match in self._name.finditer(text):
            if not free(text, match.start()):
                continue
            expanded = self.lexicon.expand_relative(match.group(), region)
            if expanded is None:
                continue
            full, body = expanded
            home = full.removesuffix(body.full)
            yield _hit(match.start(), match.end(), match.group(), full, body.kind, home)
            yield from self._same_level(text, match.end(), body.level, home)
        for match in self._hall.finditer(text) if "厅" in text else ():
            for level in ("省", "自治区"):
                expanded = self.lexicon.expand_relative(level + match.group(), region)
                if expanded is not None and free(text, match.start()):
                    full, body = expanded
                    hit = _hit(match.start(), match.end(), match.group(), full, body.kind, full.removesuffix(body.full))
                    yield replace(hit, actor=Actor(level + match.group(), region=hit.region))
        for match in _BARE.finditer(text):
            level = region[-1] if region[-1] in "省市" else "自治区"
            expand = self.lexicon.expand_relative
            expanded = expand(level + match[1], region) or expand(f"{level}委{match[1]}", region)
            kind = expanded[1].kind if expanded else AgencyKind.GOVERNMENT
            name = expanded[0] if expanded else region + match[1]
            yield _hit(match.start(1), match.end(), match[1], name, kind, region)

    def _same_level(self, text: str, at: int, level: str, region: str) -> Iterator[OrgHit]:
        while at < len(text) and text[at] in _LIST:
            ends = range(at + 3, min(len(text), at + 16) + 1)
            found = [(n, self.lexicon.expand_relative(level + text[at + 1 : n], region)) for n in ends]
            hits = [(n, expanded) for n, expanded in found if expanded]
            if not hits:
                return
            end, (full, body) = hits[-1]
            surface = text[at + 1 : end]
            hit = _hit(at + 1, end, surface, full, body.kind, region)
            yield replace(hit, actor=Actor(level + surface, region=region))
            at = end


def _hit(start: int, end: int, surface: str, full: str, kind: AgencyKind, region: str) -> OrgHit:
    return OrgHit(start, end, surface, Actor(surface, region=region), kind, region=region, aliases=(full,))
