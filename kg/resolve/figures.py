"""Figures: those in prose one by one, those of tables by their dimensions and edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec.structs import replace

from kg.model import Fact, Indicator, IndicatorFact, Issue, Observation, ObservationFact, Passage, Source
from kg.resolve.cells import COLUMN, CellKeys, cell_end, row_starts
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import even
from kg.resolve.places import Places
from kg.resolve.tellings import Told, order

__all__ = ["Indicators", "Observations"]

#: What the keys of the cells of a row and those of their series begin with, the keys of data set and area.
_Row = tuple[str, str, str, str]


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
        found: list[Observation] = []
        ordered = sorted(sources, key=lambda pair: (pair[0].year, pair[0].id))
        for source, facts in ordered:
            found += self._read(source, [fact for fact in facts if type(fact) is ObservationFact])
        if len(ordered) > 1:
            by_key = {cell.key: cell for cell in _mark_older(found)}
            found = [by_key[key] for key in sorted(by_key)]
        self.observations = tuple(found)

    def _read(self, source: Source, cells: list[ObservationFact]) -> list[Observation]:
        """The cells of a source in the order of their keys."""
        cells.sort(key=attrgetter("passage.lines"))  # whatever order they came in
        rows: dict[_Row, dict[str, ObservationFact]] = {}  # cells by the ends of their keys
        again: dict[tuple[_Row, str], list[ObservationFact]] = {}
        ends: dict[tuple[str, str, str], str] = {}
        labels: tuple[str, ...] = ()
        for fact in cells:
            here = (fact.series, fact.area, fact.status)
            if here != labels:
                labels, row = here, self._row(fact, source)
                told = rows.setdefault(row, {})
            column = (fact.measure, fact.breakdown, fact.period)
            end = ends.get(column)
            if end is None:
                end = ends[column] = cell_end(*column, source.id)
            if told.setdefault(end, fact) is not fact:
                again.setdefault((row, end), []).append(fact)
        for (row, end), facts in again.items():
            first, *others = [fact for fact in order([rows[row][end], *facts]) if isinstance(fact, ObservationFact)]
            rows[row][end] = first
            for fact in others:
                self._again(source, first, fact)
        return _observations(rows, source.id)

    def _row(self, fact: ObservationFact, source: Source) -> _Row:
        dataset = self._keys.dataset(fact.series, source.publisher)
        area = self._keys.area(fact.area, fact.status, source.id, _line(fact))
        return *row_starts(dataset, area), dataset, area

    def _again(self, source: Source, a: ObservationFact, b: ObservationFact) -> None:
        if a.value == b.value and a.printed == b.printed:
            return
        where = " / ".join(x for x in (a.series, a.area, a.measure, a.breakdown, a.period) if x)
        found = f"{where}: {b.printed or b.value}"
        expected = f"{a.printed or a.value}, as on line {_line(a)} (column {a.column}); the first is kept"
        self.issues.append(Issue(source.id, _line(b), "cell-collision", found, expected))


def _line(fact: ObservationFact) -> int:
    return fact.passage.lines[0] if fact.passage.lines else 0


def _observations(rows: Mapping[_Row, Mapping[str, ObservationFact]], edition: str) -> list[Observation]:
    """The cells of an edition by key, each as if no newer one printed it."""
    found: list[Observation] = []
    for row in sorted(rows):
        start, series, dataset, area = row
        told = rows[row]
        for end in sorted(told):
            fact = told[end]
            found.append(
                Observation(
                    start + end,
                    dataset,
                    series + end[COLUMN],
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
            )
    return found


def _mark_older(cells: Sequence[Observation]) -> list[Observation]:
    """Of the cells of one series and period, in the order of their editions, all but the last are not the latest."""
    newest = {(cell.series_key, cell.period): cell.edition for cell in cells}
    return [
        cell if newest[cell.series_key, cell.period] == cell.edition else replace(cell, latest=False) for cell in cells
    ]
