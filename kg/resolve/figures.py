"""Figures: those in prose one by one, those of tables by their dimensions and edition."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Indicator, IndicatorFact, Issue, Observation, ObservationFact
from kg.resolve.cells import CellKeys, observation_key, series_key
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import even
from kg.resolve.places import Places
from kg.resolve.tellings import Told

__all__ = ["Indicators", "Observations"]


class Indicators:
    """One indicator per telling; the same figure twice in one sentence is one, and so is what was judged so."""

    def __init__(self, told: Sequence[Told[IndicatorFact]], places: Places, judged: Judged = NOTHING) -> None:
        self.things: dict[str, str] = {}
        found: dict[tuple[object, ...], Indicator] = {}
        for item in told:
            first = judged.root(item.id)
            if first in self.things:
                self.things[item.id] = self.things[first]
                continue
            fact = item.fact
            same = (
                item.source.id, fact.passage.spans, fact.passage.quotes, even(fact.name), fact.value, fact.unit,
                fact.period, fact.area, fact.subject, fact.value_text, fact.target,
            )  # fmt: skip
            if same not in found:
                key = f"indicator/{item.id}"
                self.things[item.id] = key
                found[same] = _indicator(key, item, places.known(fact.area))
        self.indicators = tuple(sorted(found.values(), key=lambda i: i.key))


def _indicator(key: str, item: Told[IndicatorFact], area: str) -> Indicator:
    fact = item.fact
    return Indicator(
        key=key,
        source=item.source.id,
        name=fact.name,
        value=fact.value,
        unit=fact.unit,
        period=fact.period,
        base_value=fact.base_value,
        base_unit=fact.base_unit,
        value_text=fact.value_text,
        area=area,
        area_name=fact.area,
        subject=fact.subject,
        comparison=fact.comparison,
        approx=fact.approx,
        cumulative=fact.cumulative,
        since=fact.since,
        target=fact.target,
        low=fact.low,
        high=fact.high,
        rank=fact.rank,
    )


class Observations:
    """Cells of table series. Equal dimensions twice in one source are one cell; with other values an Issue."""

    def __init__(self, cells: Sequence[Told[ObservationFact]], places: Places) -> None:
        keys = CellKeys(places)
        self.issues: list[Issue] = []
        found: dict[str, Told[ObservationFact]] = {}
        dimensions: dict[str, tuple[str, str, str]] = {}
        newest: dict[tuple[str, str], tuple[int, str]] = {}
        for item in cells:
            fact, source = item.fact, item.source
            dataset = keys.dataset(fact.series, source.publisher)
            area = keys.area(fact.area, fact.area_code, fact.status, source.id, item.line)
            series = series_key(dataset, area, fact.measure, fact.breakdown)
            key = observation_key(series, fact.period, source.id)
            if key in found:
                self._again(found[key], item)
                continue
            found[key], dimensions[key] = item, (dataset, area, series)
            cell, edition = (series, fact.period), (source.year, source.id)
            if newest.setdefault(cell, edition) < edition:
                newest[cell] = edition
        self.observations = tuple([_observation(key, found[key], dimensions[key], newest) for key in sorted(found)])

    def _again(self, first: Told[ObservationFact], item: Told[ObservationFact]) -> None:
        a, b = first.fact, item.fact
        if a.value == b.value and a.printed == b.printed:
            return
        where = " / ".join(x for x in (a.series, a.area, a.measure, a.breakdown, a.period) if x)
        found = f"{where}: {b.printed or b.value}"
        expected = f"{a.printed or a.value}, as on line {first.line} (column {a.column}); the first is kept"
        self.issues.append(Issue(item.source.id, item.line, "cell-collision", found, expected))


def _observation(
    key: str,
    item: Told[ObservationFact],
    dimensions: tuple[str, str, str],
    newest: dict[tuple[str, str], tuple[int, str]],
) -> Observation:
    fact = item.fact
    dataset, area, series = dimensions
    return Observation(
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
        item.source.id,
        newest[series, fact.period] == (item.source.year, item.source.id),
        fact.passage,
    )
