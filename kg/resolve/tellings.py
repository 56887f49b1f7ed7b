"""Puts facts into one order that does not depend on the order they came in, and gives each telling its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec.structs import astuple

from kg.model import (
    AgencyFact,
    AgreementFact,
    CaseFact,
    DocumentFact,
    EventFact,
    Fact,
    FactKind,
    IndicatorFact,
    ObservationFact,
    Passage,
    PersonFact,
    Source,
    TieFact,
)
from kg.model.added import JUDGED
from kg.model.frozen import Frozen
from kg.resolve.names import digest, even

__all__ = ["Told", "label", "order", "tell"]

#: Where a passage stands: its spans, lines and quotes.
_Place = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[str, ...]]

F = TypeVar("F", bound=Fact, covariant=True)


class Told(Frozen, Generic[F]):
    """A fact with its source, its telling id, its place in the order of all tellings and the line its passage
    begins on, 0 when it has none."""

    id: str
    index: int
    source: Source
    fact: F
    line: int

    def one_sentence(self, other: Told[Fact]) -> bool:
        """True when both stand in one sentence: the same source and words in common."""
        if self.source.id != other.source.id:
            return False
        mine, its = self.fact.passage.spans, other.fact.passage.spans
        if not mine or not its:
            return mine == its and self.fact.passage.quotes == other.fact.passage.quotes
        if mine[-1].end <= its[0].start or its[-1].end <= mine[0].start:  # most pairs
            return False
        return any(a.start < b.end and b.start < a.end for a in mine for b in its)


def _tie(fact: TieFact) -> str:
    return f"{fact.a.name} {fact.relation} {fact.b.name}"


def _cell(fact: ObservationFact) -> str:
    return f"{fact.table} {fact.area} {fact.measure} {fact.breakdown} {fact.period}"


_NAME, _TITLE = attrgetter("name"), attrgetter("title")
#: By class, what the kind of a fact is called in ids, and the fact itself.
_LABELS: Mapping[type[Fact], tuple[str, Callable[[Any], str]]] = {
    AgencyFact: (FactKind.AGENCY.value, _NAME),
    PersonFact: (FactKind.PERSON.value, _NAME),
    EventFact: (FactKind.EVENT.value, _NAME),
    AgreementFact: (FactKind.AGREEMENT.value, _NAME),
    IndicatorFact: (FactKind.INDICATOR.value, _NAME),
    DocumentFact: (FactKind.DOCUMENT.value, _TITLE),
    CaseFact: (FactKind.CASE.value, _TITLE),
    TieFact: (FactKind.TIE.value, _tie),
    ObservationFact: (FactKind.OBSERVATION.value, _cell),
}


def label(fact: Fact) -> str:
    """What the fact is called, for ordering and messages."""
    return _LABELS[type(fact)][1](fact)


def _place(passage: Passage) -> tuple[tuple[int, int], ...]:
    return tuple([(span.start, span.end) for span in passage.spans])


def order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by place, kind and name; equal facts of one passage once."""
    # Facts of a sentence share one passage object: its place is made and compared once.
    by_object: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_object[id(fact.passage)].append(fact)
    by_place: dict[_Place, list[Fact]] = {}
    for told in by_object.values():
        passage = told[0].passage
        beside = by_place.setdefault((_place(passage), passage.lines, passage.quotes), told)
        if beside is not told:
            beside += told
    found: list[Fact] = []
    for place in sorted(by_place):
        found += _ordered(by_place[place])
    return found


def _ordered(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts of one passage by kind and name."""
    if len(facts) == 1:
        return facts
    by_name: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        kind, called = _LABELS[type(fact)]
        by_name[kind, called(fact)] = fact
    if len(by_name) == len(facts):  # most
        return [by_name[name] for name in sorted(by_name)]
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        kind, called = _LABELS[type(fact)]
        groups[kind, called(fact)].append(fact)
    found: list[Fact] = []
    for name in sorted(groups):
        alike = groups[name]
        if len(alike) > 1:
            written = {_written(fact): fact for fact in alike}
            alike = [written[words] for words in sorted(written)]
        found += alike
    return found


def _written(fact: Fact) -> tuple[str, str]:
    """All that a fact says, in words; its passage is that of the facts beside it, and long."""
    passage, *own = astuple(fact)
    return passage.locator, repr(own)


def tell(sources: Sequence[tuple[Source, Sequence[Fact]]]) -> list[Told[Fact]]:
    """All facts in order but the observations of tables, which need no tellings.

    The id of a telling is its source, a hash of its words, its kind and its number among the tellings of that kind in
    those words: it stays the same while the sentence does, wherever in the source that stands.
    """
    told: list[Told[Fact]] = []
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for source, facts in sorted(sources, key=lambda pair: (pair[0].year, pair[0].id)):
        passage, words, line = None, "", 0
        for fact in order([fact for fact in facts if type(fact) is not ObservationFact]):
            if fact.passage is not passage:  # facts of one sentence stand together
                passage = fact.passage
                words = f"{source.id}/{digest(even(''.join(passage.quotes)))}"
                line = passage.lines[0] if passage.lines else 0
                counts = seen[words]
            kind = _LABELS[type(fact)][0]
            if fact.rule == JUDGED:  # counted apart: a fact that is added renames no telling beside it
                kind = f"{kind}-{JUDGED}"
            number = counts[kind] = counts.get(kind, 0) + 1
            told.append(Told(f"{words}-{kind}-{number}", len(told), source, fact, line))
    return told
