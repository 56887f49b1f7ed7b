"""Foreigners told by the last part of a name that the document gave in full: 16日，维达尔在某地与某局局长座谈."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, field

from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.words import words

__all__ = ["LastNames"]

#: What stands before somebody told so.
_BEGINS = re.compile(r"\A|[，。；：、日午晚后与同和对向由（\s]")
#: What goes on with another name or word.
_GOES_ON = re.compile(r"·|[市州省县区国街路河湖港湾队杯奖]|[^，。；]{0,3}(?:公司|大学|集团|中心|学院|研究所|模型|方法)")


#: How many foreigners back a last part alone can mean, and how many sentences behind the last of them.
_NEAR, _FAR = 12, 40


class LastNames(Struct):
    """The last parts of foreign names, with the whole of the first that had it."""

    whole: dict[str, str] = field(default_factory=dict)
    _near: deque[str] = field(default_factory=partial(deque[str], maxlen=_NEAR))
    _since: int = _FAR

    def learn(self, name: str) -> None:
        """Remembers a name when it has a last part."""
        given, dot, family = name.rpartition("·")
        if dot and given and len(family) > 1 and family not in self.whole:
            self.whole[family] = name
            self._near.append(family)
            self._since = 0

    def told(self, text: str) -> list[str]:
        """The last parts that stand in `text`, the next sentence, in whatever word."""
        if self._since >= _FAR:
            return []
        self._since += 1
        return [family for family in self._near if family in text]

    def find(
        self,
        text: str,
        told: Sequence[str],
        known: Mapping[str, PersonHit],
        found: Sequence[PersonHit],
        orgs: Sequence[OrgHit],
        places: Sequence[PlaceHit],
    ) -> Iterator[PersonHit]:
        """Those told so in `text` by these parts, not where a longer name stands."""
        taken = bytearray(len(text))
        kinds: tuple[Sequence[PersonHit] | Sequence[OrgHit] | Sequence[PlaceHit], ...] = (found, orgs, places)
        for hits in kinds:
            for hit in hits:
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        for family in told:
            at = text.find(family)
            while at >= 0:
                end = at + len(family)
                free = not any(taken[at:end]) and _BEGINS.match(text, max(0, at - 1))
                more = len(text) > end + 1 and set(text[end : end + 2]) <= words("transliteration").keys()
                if free and not more and not _GOES_ON.match(text, end):
                    one = known[self.whole[family]]
                    yield PersonHit(at, end, one.name, (), one.organisation, one.country, False)
                at = text.find(family, end)
