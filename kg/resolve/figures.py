"""Figures: those in prose one by one, those of tables by their dimensions and edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec.structs import replace

from kg.model import Fact, Indicator, IndicatorFact, Issue, Observation, ObservationFact, Passage, Source
from kg.resolve.cells import CellKeys, observation_key, series_key
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import even
from kg.resolve.places import Places
from kg.resolve.tellings import Told, order

__all__ = ["Indicators", "Observations"]

#: The keys of the data set, the area and the series of a cell.
_Place = tuple[str, str, str]


class Indicators:
    """One indicator per telling; the same figure twice in one sentence is one, and so is what was judged so."""

    def __init__(self, told: Sequence[Told[IndicatorFact]], places: Places, judged: Judged = NOTHING) -> None:
        self.things: dict[str, str] = {}
        made: list[Indicator] = []
        by_place: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
        passage: Passage | None = None
        for item in told:
            first = judged.root(item.id)
            if first in self.things:
                self.things[item.id] = self.things[first]
                continue
            fact = item.fact
            if fact.passage is not passage:  # figures of one sentence stand together
                passage = fact.passage
                found = by_place[item.source.id, passage.spans, passage.quotes]
            same = (
                even(fact.name), fact.value, fact.unit, fact.period, fact.area, fact.subject, fact.value_text, fact.target
            )  # fmt: skip
            if same not in found:
                found.add(same)
                key = f"indicator/{item.id}"
                self.things[item.id] = key
                made.append(_indicator(key, item, places.known(fact.area)))
        self.indicators = tuple(sorted(made, key=attrgetter("key")))


def _indicator(key: str, item: Told[IndicatorFact], area: str) -> Indicator:
    fact = item.fact
    return Indicator(
        key,
        item.source.id,
        fact.name,
        fact.value,
        fact.unit,
        fact.period,
        fact.base_value,
        fact.base_unit,
        fact.value_text,
        area,
        fact.area,
        fact.subject,
        fact.comparison,
        fact.approx,
        fact.cumulative,
        fact.since,
        fact.target,
        fact.low,
        fact.high,
        fact.rank,
    )


class Observations:
    """Cells of table series. Equal dimensions twice in one source are one cell; with other values an Issue."""

    def __init__(self, sources: Iterable[tuple[Source, Sequence[Fact]]], places: Places) -> None:
        self._keys = CellKeys(places)
        self.issues: list[Issue] = []
        found: dict[str, Observation] = {}
        ordered = sorted(sources, key=lambda pair: (pair[0].year, pair[0].id))
        for source, facts in ordered:
            found.update(self._read(source, [fact for fact in facts if type(fact) is ObservationFact]))
        if len(ordered) > 1:
            _mark_older(found)
        self.observations = tuple([found[key] for key in sorted(found)])

    def _read(self, source: Source, cells: list[ObservationFact]) -> dict[str, Observation]:
        """The cells of a source by key."""
        cells.sort(key=attrgetter("passage.lines"))  # whatever order they came in
        edition = source.id
        told: dict[str, tuple[ObservationFact, _Place]] = {}
        again: dict[str, list[ObservationFact]] = {}
        row: tuple[str, ...] = ()
        known: dict[tuple[str, str], _Place] = {}  # by what differs within a row but the period
        for fact in cells:
            labels = (fact.series, fact.area, fact.area_code, fact.status)
            if labels != row:
                row, known = labels, {}
                dataset, area = self._labels(fact, source)
            column = (fact.measure, fact.breakdown)
            place = known.get(column)
            if place is None:
                place = known[column] = (dataset, area, series_key(dataset, area, *column))
            key = observation_key(place[2], fact.period, edition)
            if key in told:
                again.setdefault(key, []).append(fact)
            else:
                told[key] = (fact, place)
        for key, facts in again.items():
            kept, place = told[key]
            first, *others = [fact for fact in order([kept, *facts]) if isinstance(fact, ObservationFact)]
            told[key] = (first, place)
            for fact in others:
                self._again(source, first, fact)
        return _observations(told, edition)

    def _labels(self, fact: ObservationFact, source: Source) -> tuple[str, str]:
        """The keys of the data set and of the area."""
        dataset = self._keys.dataset(fact.series, source.publisher)
        return dataset, self._keys.area(fact.area, fact.area_code, fact.status, source.id, _line(fact))

    def _again(self, source: Source, a: ObservationFact, b: ObservationFact) -> None:
        if a.value == b.value and a.printed == b.printed:
            return
        where = " / ".join(x for x in (a.series, a.area, a.measure, a.breakdown, a.period) if x)
        found = f"{where}: {b.printed or b.value}"
        expected = f"{a.printed or a.value}, as on line {_line(a)} (column {a.column}); the first is kept"
        self.issues.append(Issue(source.id, _line(b), "cell-collision", found, expected))


def _line(fact: ObservationFact) -> int:
    return fact.passage.lines[0] if fact.passage.lines else 0


def _observations(told: Mapping[str, tuple[ObservationFact, _Place]], edition: str) -> dict[str, Observation]:
    """The cells of an edition by key, each as if no newer one printed it."""
    return {
        key: Observation(
            key,
            dataset,
            series,
            fact.series,
            fact.table,
            area,
            fact.measure,
            fact.breakdown,
            fact.period,
            fact.value,
            fact.printed,
            fact.unit,
            fact.status,
            fact.column,
            edition,
            True,
            fact.passage,
        )
        for key, (fact, (dataset, area, series)) in told.items()
    }


def _mark_older(found: dict[str, Observation]) -> None:
    """Of the cells of one series and period, in the order of their editions, all but the last are not the latest."""
    newest = {(cell.series_key, cell.period): cell.edition for cell in found.values()}
    for key, cell in found.items():
        if newest[cell.series_key, cell.period] != cell.edition:
            found[key] = replace(cell, latest=False)
