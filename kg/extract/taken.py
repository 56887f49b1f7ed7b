"""Hits in a sentence that do not overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.extract.mentions import OrgHit

__all__ = ["Taken"]


class Taken:
    """Hits that do not overlap, sorted by where they begin."""

    def __init__(self) -> None:
        self.hits: list[OrgHit] = []

    def _from(self, at: int) -> int:
        """The first hit that ends after a position."""
        return bisect_right(self.hits, at, key=lambda h: h.end)

    def add(self, hit: OrgHit) -> None:
        """Adds a hit that overlaps no other, or replaces those that lie inside it."""
        low, high = self._from(hit.start), bisect_left(self.hits, hit.end, key=lambda h: h.start)
        for other in self.hits[low:high]:
            same = (other.start, other.end) == (hit.start, hit.end)
            if same or other.group or other.start < hit.start or hit.end < other.end:
                return
        self.hits[low:high] = [hit]

    def at(self, position: int) -> OrgHit | None:
        """The hit that covers the character before a position."""
        n = self._from(position - 1)
        return self.hits[n] if n < len(self.hits) and self.hits[n].start < position else None
