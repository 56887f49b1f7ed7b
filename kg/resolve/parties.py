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
        self._rules: dict[tuple[frozenset[str], frozenset[str]], str] = {}
        self._own: dict[str, tuple[str, str]] = {}

    def publisher(self, item: Told[Fact]) -> str:
        """The key of the body that publishes the source."""
        return self._publisher(item)[0]

    def _publisher(self, item: Told[Fact]) -> tuple[str, str]:
        """The publisher of the source, and its country."""
        own = self._own.get(item.source.id)
        if own is None:
            key = self._actors.key(Actor(item.source.publisher), item)
            own = self._own[item.source.id] = (key, self._actors.country(key) if key else "")
        return own

    def counterparts(self, keys: Iterable[str], item: Told[Fact]) -> frozenset[str]:
        """The actors without the publisher, its parts and its country."""
        mine = self._publisher(item)
        own, parent = mine[0], self._actors.parent
        return frozenset([key for key in keys if key not in mine and not (own and parent(key) == own)])

    def everyone(self, keys: frozenset[str], counterparts: frozenset[str], item: Told[Fact]) -> frozenset[str]:
        """The actors, of whom `counterparts` are some, with the publisher where the telling leaves it out (合作协议
        with one party named)."""
        if len(keys) != 1 or counterparts != keys:
            return keys
        return (keys | {self.publisher(item)}) - {""}

    def nation(self, key: str) -> str:
        """The country of an actor; an actor without one stands for itself."""
        return self._actors.country(key) or key

    def covers(self, one: str, other: str) -> bool:
        """True when one may be told for the other: a country or an office known by it, for a body of it."""
        if one == other:
            return True
        actors = self._actors
        if other.startswith("place/"):
            one, other = other, one
        if one.startswith("place/"):
            if other.startswith("place/"):
                return False
            if one in (actors.country(other), actors.region(other)):
                return True
        generic = actors.is_generic(one) or actors.is_generic(other)
        return generic and actors.country(one) == actors.country(other)

    def compare(self, a: frozenset[str], b: frozenset[str]) -> str:
        """The rule that holds for two sets of counterparts: party_same, _fits, _other or _unknown."""
        if not a or not b:
            return "party_unknown"
        if a == b:
            return "party_same"
        rule = self._rules.get((a, b))
        if rule is None:
            rule = self._rules[a, b] = self._rule(a, b)
        return rule

    def _rule(self, a: frozenset[str], b: frozenset[str]) -> str:
        """The rule that holds for two sets that are not the same."""
        if a.isdisjoint(b) and not any(self._met(x, b) for x in a):
            return "party_other"
        loose = {x for x in a ^ b if not self._met(x, b if x in a else a)}
        shared = {self._actors.country(x) for x in a & b} - {""}
        return "party_fits" if all(self._actors.country(x) in shared for x in loose) else "party_other"

    def _met(self, key: str, others: frozenset[str]) -> bool:
        return any(self.covers(key, other) for other in others)

    def specific(self, keys: Iterable[str], *, regions: bool = False) -> set[str]:
        """The actors without countries (with `regions`, without regions too) of which a body is named too."""
        found = set(keys)
        of = [key for key in found if key.startswith("agency/")]
        if not of or len(of) == len(found):  # most
            return found
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
