"""Puts facts into one order that does not depend on the order they came in, and gives each telling its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.model import (
    AgencyFact,
    AgreementFact,
    CaseFact,
    DocumentFact,
    EventFact,
    Fact,
    IndicatorFact,
    ObservationFact,
    Passage,
    PersonFact,
    Source,
    TieFact,
)
from kg.resolve.names import digest, even

__all__ = ["Told", "label", "order", "tell"]

F = TypeVar("F", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True)
class Told(Generic[F]):
    """A fact with its source, its telling id and its place in the order of all tellings."""

    id: str
    index: int
    source: Source
    fact: F

    @property
    def line(self) -> int:
        """The line its passage begins on, 0 when it has none."""
        lines = self.fact.passage.lines
        return lines[0] if lines else 0

    def one_sentence(self, other: Told[Fact]) -> bool:
        """True when both stand in one sentence: the same source and words in common."""
        if self.source.id != other.source.id:
            return False
        mine, its = self.fact.passage, other.fact.passage
        if mine.spans == its.spans:
            return mine.spans != () or mine.quotes == its.quotes
        return any(a.start < b.end and b.start < a.end for a in mine.spans for b in its.spans)


def label(fact: Fact) -> str:
    """What the fact is called, for ordering and messages."""
    match fact:
        case AgencyFact() | PersonFact() | EventFact() | AgreementFact() | IndicatorFact():
            return fact.name
        case DocumentFact() | CaseFact():
            return fact.title
        case TieFact():
            return f"{fact.a.name} {fact.relation.value} {fact.b.name}"
        case ObservationFact():
            return f"{fact.table} {fact.area} {fact.measure} {fact.breakdown} {fact.period}"
    return ""


def _place(passage: Passage) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in passage.spans)


def order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by place, kind and name; equal facts of one passage once."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        passage = fact.passage
        groups[_place(passage), passage.lines, passage.quotes, fact.kind.value, label(fact)].append(fact)
    found: list[Fact] = []
    for key in sorted(groups):
        group = groups[key]
        if len(group) == 1:
            found.append(group[0])
        else:
            written = {repr(fact): fact for fact in group}
            found.extend(written[text] for text in sorted(written))
    return found


def tell(sources: Sequence[tuple[Source, Sequence[Fact]]]) -> tuple[list[Told[Fact]], list[Told[Fact]]]:
    """All facts in order, first those with tellings, then the observations of tables, which need none."""
    told: list[Told[Fact]] = []
    cells: list[Told[Fact]] = []
    quotes: dict[tuple[str, ...], str] = {}
    for source, facts in sorted(sources, key=lambda pair: (pair[0].year, pair[0].id)):
        seen: dict[tuple[str, str], int] = defaultdict(int)
        for fact in order(facts):
            if isinstance(fact, ObservationFact):
                cells.append(Told("", len(cells), source, fact))
                continue
            words = fact.passage.quotes
            if words not in quotes:
                quotes[words] = even("".join(words))
            place = (quotes[words], fact.kind.value)
            seen[place] += 1
            name = f"{source.id}/{digest(*place, str(seen[place]))}"
            told.append(Told(name, len(told), source, fact))
    return told, cells
