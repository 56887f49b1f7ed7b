"""Sets of actors compared: who stands on the other side, and when a country and its office are the same party."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import Lexicon
from kg.model import Actor, Fact
from kg.resolve.actors import Actors
from kg.resolve.places import Places
from kg.resolve.tellings import Told

__all__ = ["Parties"]


class Parties:
    """Comparisons of sets of actor keys."""

    def __init__(self, actors: Actors, places: Places, lexicon: Lexicon) -> None:
        self._actors = actors
        self._places = places
        self._lexicon = lexicon
        self._own: dict[str, str] = {}

    def publisher(self, item: Told[Fact]) -> str:
        """The key of the body that publishes the source."""
        source = item.source
        if source.id not in self._own:
            self._own[source.id] = self._actors.key(Actor(source.publisher), item)
        return self._own[source.id]

    def counterparts(self, keys: Iterable[str], item: Told[Fact]) -> frozenset[str]:
        """The actors without the publisher, its parts and its country."""
        own = self.publisher(item)
        country = self._actors.country(own) if own else ""
        mine = {own, country}
        return frozenset(k for k in keys if k not in mine and not (own and self._actors.parent(k) == own))

    def everyone(self, keys: Iterable[str], item: Told[Fact]) -> frozenset[str]:
        """The actors with the publisher, where the telling leaves it out (合作协议 with one party named)."""
        told = frozenset(keys)
        own = self.publisher(item)
        implied = len(told) == 1 and own and self.counterparts(told, item) == told
        return told | {own} if implied else told

    def nation(self, key: str) -> str:
        """The country of an actor; an actor without one stands for itself."""
        return self._actors.country(key) or key

    def covers(self, wide: str, narrow: str) -> bool:
        """True when `wide` may be told for `narrow`: a country or an office known by it, for a body of it."""
        if wide == narrow:
            return True
        place = wide.startswith("place/")
        if place and narrow.startswith("place/"):
            return False
        if place:
            return wide in (self._actors.country(narrow), self._actors.region(narrow))
        return self._actors.is_generic(wide) and self._actors.country(narrow) == self._actors.country(wide)

    def compare(self, a: frozenset[str], b: frozenset[str]) -> str:
        """The rule that holds for two sets of counterparts: party_same, _fits, _other or _unknown."""
        if not a or not b:
            return "party_unknown"
        if a == b:
            return "party_same"
        if not (a & b) and not any(self.covers(x, y) or self.covers(y, x) for x in a for y in b):
            return "party_other"
        loose = {x for x in a ^ b if not self._met(x, b if x in a else a)}
        shared = {self._actors.country(x) for x in a & b} - {""}
        return "party_fits" if all(self._actors.country(x) in shared for x in loose) else "party_other"

    def _met(self, key: str, others: frozenset[str]) -> bool:
        return any(self.covers(key, other) or self.covers(other, key) for other in others)

    def specific(self, keys: Iterable[str], *, regions: bool = False) -> set[str]:
        """The actors without countries (with `regions`, without regions too) of which a body is named too."""
        found = set(keys)
        of = [key for key in found if key.startswith("agency/")]
        bodies = {self._actors.country(key) for key in of} | {self._actors.region(key) for key in of if regions}
        return {key for key in found if not (key.startswith("place/") and key in bodies)}

    def without_shorts(self, text: str, nations: Iterable[str]) -> str:
        """A phrase without one-character names of these countries and of the own one (中法地理标志 ...)."""
        shorts = {"中"}
        for key in nations:
            entry = self._lexicon.by_key(key)
            shorts.update(entry.short if entry else ())
        start = 0
        while start < len(text) and text[start] in shorts:
            start += 1
        return text[start:]
