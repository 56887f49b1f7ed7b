"""From a name that one fact uses for another (part of, outcome, occasion, because) to the thing that is meant.

Exact names anywhere in the source win: of the same line first, then those with the same actors and date, then the
nearest. Else the most similar name of the same paragraph; else nothing is linked: the telling still shows the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from kg.model import AgreementFact, DateRange, DocumentFact, EventFact, Fact, FactKind
from kg.model.frozen import Frozen
from kg.resolve.dates import compare_dates
from kg.resolve.names import core, dice, left_over, title_key
from kg.resolve.rules import LIMITS
from kg.resolve.tellings import Told, label

__all__ = ["Links"]

_CLASH = frozenset({"other_day", "other_month", "other_year"})
#: When what a fact of a class tells of was.
_DATES: Mapping[type[Fact], Callable[[Any], DateRange | None]] = {
    EventFact: attrgetter("when"),
    AgreementFact: attrgetter("signed"),
    DocumentFact: attrgetter("date"),
}

#: Who acts in a telling, and when.
_Profile = tuple[frozenset[str], DateRange | None]


class _Named(Frozen):
    """A telling that other facts may mean."""

    index: int
    line: int
    name: str
    key: str
    when: DateRange | None
    who: frozenset[str]

    def rank(self, item: Told[Fact], who: frozenset[str], when: DateRange | None) -> tuple[bool, int, bool, int, str]:
        """How well it suits, the best first."""
        clash = compare_dates(self.when, when) in _CLASH
        return self.line != item.line, len(who - self.who), clash, abs(self.index - item.index), self.key


class Links:
    """Names of resolved things by source, for look-ups of one fact's name from another."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str, FactKind], dict[_Profile, list[_Named]]] = {}
        self._lines: dict[tuple[str, int, FactKind], list[_Named]] = defaultdict(list)

    def add(self, tellings: Iterable[tuple[Told[Fact], str, frozenset[str]]]) -> None:
        """Make tellings known, each with the key of its thing and the keys of its actors."""
        for item, key, who in tellings:
            name, kind, when = label(item.fact), item.fact.kind, _DATES[type(item.fact)](item.fact)
            if name:
                named = _Named(item.index, item.line, name, key, when, who)
                profiles = self._exact.setdefault((item.source.id, title_key(name), kind), {})
                profiles.setdefault((who, when), []).append(named)
                self._lines[item.source.id, item.line, kind].append(named)

    def find(
        self,
        name: str,
        item: Told[Fact],
        *kinds: FactKind,
        who: frozenset[str] = frozenset(),
        when: DateRange | None = None,
    ) -> str:
        """The key of the thing that `name` means where `item` stands, or ""."""
        if not name:
            return ""
        source, title = item.source.id, title_key(name)
        exact: list[_Named] = []
        for kind in kinds:
            for tellings in self._exact.get((source, title, kind), {}).values():
                exact += _nearest(tellings, item.index)
        if len(exact) == 1:  # most
            return exact[0].key
        if exact:
            return min(exact, key=lambda named: named.rank(item, who, when)).key
        wanted = core(name)
        best: list[tuple[float, tuple[bool, int, bool, int, str]]] = []
        reach = int(LIMITS["paragraph"])
        for kind in kinds:
            for line in range(item.line - reach, item.line + reach + 1):
                for named in self._lines.get((source, line, kind), ()):
                    score = _likeness(wanted, core(named.name))
                    if score >= LIMITS["link"]:
                        best.append((-score, named.rank(item, who, when)))
        return min(best)[1][-1] if best else ""

    def named_beside(self, item: Told[Fact], kind: FactKind) -> list[tuple[str, str]]:
        """Things of a kind told on the same line, as (name as told, key)."""
        return [(named.name, named.key) for named in self._lines.get((item.source.id, item.line, kind), ())]


def _nearest(tellings: list[_Named], index: int) -> list[_Named]:
    """Of tellings in order, the last before a place and the first from it on: one of them suits best, since those
    of one line stand together."""
    if len(tellings) == 1:  # most
        return tellings
    at = bisect_left(tellings, index, key=lambda named: named.index)
    return tellings[max(0, at - 1) : at + 1]


def _likeness(a: str, b: str) -> float:
    short, long = sorted((a, b), key=len)
    if len(short) >= LIMITS["short_name"] and left_over(short, long) == 0:
        return 0.9
    return dice(a, b)
