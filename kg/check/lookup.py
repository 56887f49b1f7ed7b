"""The cells of tables by what they measure, so that a figure in prose finds the value it retells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct, field

from kg.check.evidence import Cell, Evidence, Figure
from kg.check.measures import Measure, Scope, measure_of, word_list
from kg.model.frozen import Frozen

__all__ = ["Column", "Reading", "Tables", "year_before"]

_PLACE = "https://w3id.org/zhitu/id/place/"
TOTAL, DOMESTIC, FOREIGN, CHINA = (
    f"{_PLACE}{name}" for name in ("label-total", "label-domestic", "label-foreign", "CN")
)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_YEAR = re.compile(r"(\d{4})((?:-\d\d){0,2})")


class Column(Struct):
    """One measure and breakdown of one table series: its cells by edition, area and period."""

    dataset: str
    measure: str
    breakdown: str
    scope: Scope
    cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)


class Reading(Frozen):
    """A value of the tables: the sum of `cells` (mostly one). `sure` is False for a reading that the words allow
    but do not ask for: it can clear a figure, never blame it."""

    value: Decimal
    cells: tuple[Cell, ...]
    sure: bool
    places: tuple[tuple[int, str], ...]

    @property
    def shown(self) -> str:
        """The values as printed, with their sum."""
        parts = [f"{cell.value:,f}" for cell in self.cells]
        total = " + ".join(parts)
        return f"{total} = {self.value:,f}{self.cells[0].unit}" if len(parts) > 1 else f"{total}{self.cells[0].unit}"


def year_before(period: str) -> str:
    """The same period of the year before, "" for a period without a year."""
    found = _YEAR.fullmatch(period)
    return f"{int(found[1]) - 1:04}{found[2]}" if found else ""


def _base(cell: Cell) -> tuple[Decimal, str]:
    """The value in base units, and the unit."""
    words = word_list()
    scale = _SCALES.get(cell.unit[:1], Decimal(1)) if len(cell.unit) > 1 else Decimal(1)
    unit = cell.unit[1:] if scale != 1 else cell.unit
    return (cell.value or Decimal(0)) * scale, words.unit(unit)


class Tables:
    """All columns, found by what they measure."""

    def __init__(self, evidence: Evidence) -> None:
        columns: dict[tuple[str, str, str], Column] = {}
        for cell in evidence.cells:
            name = (cell.dataset, cell.measure, cell.breakdown)
            column = columns.get(name)
            if column is None:
                column = columns[name] = Column(*name, measure_of(cell.dataset).scope)
            column.cells.setdefault((cell.edition, cell.area, cell.period), cell)
            column.areas.add(cell.area)
        self.columns = tuple(columns[name] for name in sorted(columns))
        self._index: dict[object, list[int]] = {}
        for n, column in enumerate(self.columns):
            for key in _keys(column):
                self._index.setdefault(key, []).append(n)

    def readings(self, figure: Figure, measure: Measure, period: str) -> tuple[Reading, ...]:
        """What the tables give for this measure in the figure's area, for a period: all readings that the words
        allow, of the figure's own source where that prints one."""
        unit = word_list().unit(figure.unit)
        found = []
        for sure, places in self._places(measure, figure.area):
            for edition in self._editions(figure, places):
                reading = self._read(places, edition, figure, measure, period, sure)
                if reading is not None and _base(reading.cells[0])[1] == unit:
                    found.append(reading)
                    break
        return tuple(found)

    def again(self, reading: Reading, period: str) -> Decimal | None:
        """The value of the same cells for another period, None when one is missing."""
        edition = reading.cells[0].edition
        cells = [self.columns[n].cells.get((edition, area, period)) for n, area in reading.places]
        if any(cell is None or cell.value is None for cell in cells):
            return None
        return sum((_base(cell)[0] for cell in cells if cell is not None), Decimal(0))

    def cells_again(self, reading: Reading, period: str) -> tuple[Cell, ...]:
        """The same cells for another period."""
        edition = reading.cells[0].edition
        cells = (self.columns[n].cells.get((edition, area, period)) for n, area in reading.places)
        return tuple(cell for cell in cells if cell is not None)

    def _places(self, measure: Measure, area: str) -> Iterator[tuple[bool, tuple[tuple[int, str], ...]]]:
        columns = self._index.get(measure.key, [])
        if area:
            yield from ((True, ((n, area),)) for n in columns if area in self.columns[n].areas)
            return
        domestic = [(n, DOMESTIC) for n in columns if DOMESTIC in self.columns[n].areas]
        foreign = [(n, FOREIGN) for n in columns if FOREIGN in self.columns[n].areas]
        if measure.scope is not Scope.ALL:
            yield from ((True, (place,)) for place in (domestic if measure.scope is Scope.DOMESTIC else foreign))
            return
        whole = [(n, area) for n in columns for area in (TOTAL, CHINA) if area in self.columns[n].areas]
        yield from ((True, (place,)) for place in whole)
        if len(domestic) == 1 and len(foreign) == 1 and not whole:
            yield True, (domestic[0], foreign[0])
        yield from ((False, (place,)) for place in domestic)

    def _editions(self, figure: Figure, places: Iterable[tuple[int, str]]) -> list[str]:
        editions = {edition for n, _ in places for edition, _, _ in self.columns[n].cells}
        return sorted(editions, key=lambda name: (name != figure.words.source, name))

    def _read(
        self,
        places: tuple[tuple[int, str], ...],
        edition: str,
        figure: Figure,
        measure: Measure,
        period: str,
        sure: bool,
    ) -> Reading | None:
        cells = []
        for n, area in places:
            cell = next(
                (
                    self.columns[n].cells[edition, area, name]
                    for name in _periods(figure, measure, period)
                    if (edition, area, name) in self.columns[n].cells
                ),
                None,
            )
            if cell is None or cell.value is None:
                return None
            cells.append(cell)
        value = sum((_base(cell)[0] for cell in cells), Decimal(0))
        return Reading(value, tuple(cells), sure, places)


def _keys(column: Column) -> set[object]:
    """How prose may call a column: by its own labels, or with what the title of the table says is counted."""
    own = measure_of(f"{column.measure} {column.breakdown.replace('-', ' ')}")
    title = measure_of(column.dataset)
    keys: set[object] = set()
    if own.objects:
        keys.add(own.key)
    if own.objects | title.objects:
        keys.add((own.tokens | title.objects, own.rest))
        keys.add((own.tokens | title.objects, tuple(sorted({*own.rest, *title.rest}))))
    return keys


def _periods(figure: Figure, measure: Measure, period: str) -> Iterator[str]:
    """The periods of cells that a figure of this period may retell: a stock of 2024 is that of its last day."""
    day = len(period) > 4
    if day or not (figure.cumulative or figure.since):
        yield period
    if len(period) == 4 and (measure.is_stock or figure.cumulative) and not figure.since:
        yield f"{period}-12-31"
