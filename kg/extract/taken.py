"""Hits in a sentence that do not overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from msgspec import Struct, field

from kg.extract.mentions import OrgHit

__all__ = ["Taken"]


class Taken(Struct):
    """Hits that do not overlap, sorted by where they begin."""

    hits: list[OrgHit] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def add(self, hit: OrgHit) -> None:
        """Adds a hit that overlaps no other, or replaces those that lie inside it."""
        low, high = bisect_right(self._ends, hit.start), bisect_left(self._starts, hit.end)
        for other in self.hits[low:high]:
            same = (other.start, other.end) == (hit.start, hit.end)
            if same or other.group or other.start < hit.start or hit.end < other.end:
                return
        self.hits[low:high], self._starts[low:high], self._ends[low:high] = [hit], [hit.start], [hit.end]

    def at(self, position: int) -> OrgHit | None:
        """The hit that covers the character before a position."""
        n = bisect_right(self._ends, position - 1)
        return self.hits[n] if n < len(self.hits) and self._starts[n] < position else None
