"""From a name that one fact uses for another (part of, outcome, occasion, because) to the thing that is meant.

Exact names anywhere in the source win, the nearest first; else the most similar name of the same paragraph; else
nothing is linked: the telling still shows the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Fact, FactKind
from kg.resolve.names import core, dice, left_over, title_key
from kg.resolve.rules import LIMITS
from kg.resolve.tellings import Told, label

__all__ = ["Links"]


class Links:
    """Names of resolved things by source, for look-ups of one fact's name from another."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str, FactKind], list[tuple[int, str]]] = defaultdict(list)
        self._lines: dict[tuple[str, int, FactKind], list[tuple[int, str, str]]] = defaultdict(list)

    def add(self, tellings: Iterable[tuple[Told[Fact], str]]) -> None:
        """Make tellings known with the key of the thing each tells about."""
        for item, key in tellings:
            name, kind = label(item.fact), item.fact.kind
            if name:
                self._exact[item.source.id, title_key(name), kind].append((item.index, key))
            self._lines[item.source.id, item.line, kind].append((item.index, name, key))

    def find(self, name: str, item: Told[Fact], *kinds: FactKind) -> str:
        """The key of the thing that `name` means where `item` stands, or ""."""
        if not name:
            return ""
        exact = [
            (abs(index - item.index), key)
            for kind in kinds
            for index, key in self._exact.get((item.source.id, title_key(name), kind), ())
        ]
        if exact:
            return min(exact)[1]
        wanted = core(name)
        best: list[tuple[float, int, str]] = []
        reach = int(LIMITS["paragraph"])
        for kind in kinds:
            for line in range(item.line - reach, item.line + reach + 1):
                for index, other, key in self._lines.get((item.source.id, line, kind), ()):
                    score = _likeness(wanted, core(other)) if other else 0.0
                    if score >= LIMITS["link"]:
                        best.append((-score, abs(index - item.index), key))
        return min(best)[2] if best else ""

    def named_beside(self, item: Told[Fact], kind: FactKind) -> list[tuple[str, str]]:
        """Things of a kind told on the same line, as (name as told, key)."""
        return [(name, key) for _, name, key in self._lines.get((item.source.id, item.line, kind), ())]


def _likeness(a: str, b: str) -> float:
    short, long = sorted((a, b), key=len)
    if len(short) >= LIMITS["short_name"] and left_over(short, long) == 0:
        return 0.9
    return dice(a, b)
