"""Statistical tables to observations: one fact for each cell, with area, measure, breakdown, period and unit.

A table whose rows are areas gives each row its own area. Any other table speaks of the area of its section or of
the body that reports. What cannot be understood becomes an Issue and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from kg.extract.table_reading import TableReading, TableRow, readings_of, series_of
from kg.lexicon import Lexicon
from kg.model import Issue, ObservationFact, Passage, Report, RowStatus
from kg.model.frozen import Frozen

__all__ = ["ChapterCell", "chapter_cells", "extract_observations", "series_of"]

#: The facts told before, by series and area, then by measure, breakdown and period.
_Told = dict[tuple[str, str], dict[tuple[str, str, str], ObservationFact]]


class ChapterCell(Frozen):
    """A cell of a table whose rows are no areas: 复审请求, 发明专利, 2024. `cumulative` marks a stock; `groups` are the
    labels from the row's group down to its item."""

    table: int
    measure: str
    breakdown: str
    period: str
    value: Decimal
    unit: str
    cumulative: bool
    area: str
    groups: tuple[str, ...]
    passage: Passage


def extract_observations(
    report: Report, lexicon: Lexicon, tables: Sequence[TableReading] | None = None
) -> tuple[tuple[ObservationFact, ...], tuple[Issue, ...]]:
    """The facts of all tables with numbers, in the order of tables, rows and columns. `tables` are those of the
    report, where a caller has them already."""
    facts: list[ObservationFact] = []
    issues: list[Issue] = []
    told: _Told = {}
    for reading in readings_of(report, lexicon) if tables is None else tables:
        for row in reading.rows():
            issues += _read(reading, row, facts, told)
        issues += reading.issues
    return tuple(facts), tuple(sorted(issues))


def chapter_cells(
    report: Report, lexicon: Lexicon, tables: Sequence[TableReading] | None = None
) -> tuple[ChapterCell, ...]:
    """The values of the tables whose rows are no areas, for the indicators."""
    out: list[ChapterCell] = []
    for reading in readings_of(report, lexicon) if tables is None else tables:
        if reading.by_area:
            continue
        for row in reading.rows():
            passage = reading.passage(row)
            for plan, number, _ in row.cells:
                if number.value is None:
                    continue
                out.append(
                    ChapterCell(
                        table=reading.table.index,
                        measure=plan.measure,
                        breakdown=plan.breakdown,
                        period=plan.period,
                        value=number.value,
                        unit=number.unit or row.label.unit or plan.unit,
                        cumulative=len(plan.period) == 10,
                        area=(plan.area or row.area).name,
                        groups=row.label.path,
                        passage=passage,
                    )
                )
    return tuple(out)


def _read(reading: TableReading, row: TableRow, facts: list[ObservationFact], told: _Told) -> list[Issue]:
    """Adds the facts of a row in order to those told before; an Issue for each that was among them."""
    issues: list[Issue] = []
    series, area, unit, index = reading.series, row.area, row.label.unit, row.index
    # The cells of a row differ in half of the fields: to say only those is twice as fast.
    empty = ObservationFact(
        passage=reading.passage(row),
        rule="table.cell" if reading.by_area else "table.measure-row",
        table=reading.table.number,
        series=series,
        area=area.name,
        area_code=area.code,
        area_kind=area.kind,
        measure="",
        breakdown="",
        period="",
        value=None,
        printed="",
        unit="",
        status=row.status,
        column="",
    )
    of_row = told.setdefault((series, area.code or area.name), {})
    for plan, number, printed in row.cells:
        fact = replace(
            empty,
            measure=plan.measure,
            breakdown=plan.breakdown,
            period=plan.period,
            value=number.value,
            printed=printed,
            unit=number.unit or unit or plan.unit,
            column=plan.label,
            row=index,
        )
        known = of_row
        if number.value is None:
            fact = replace(fact, status=RowStatus.MISSING)
        if plan.area:
            fact = replace(fact, area=plan.area.name, area_code=plan.area.code, area_kind=plan.area.kind)
            known = told.setdefault((series, plan.area.code or plan.area.name), {})
        first = known.setdefault((plan.measure, plan.breakdown, plan.period), fact)
        if first is fact:
            facts.append(fact)
        else:
            issues.append(_twice(fact, first))
    return issues


def _twice(fact: ObservationFact, first: ObservationFact) -> Issue:
    passage = fact.passage
    found = f"{passage.locator}, {fact.column}: {fact.printed}"
    expected = f"told before at line {first.passage.lines[-1]}: {first.printed}"
    return Issue(passage.source, passage.lines[-1], "table-cell-twice", found, expected)
