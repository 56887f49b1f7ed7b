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
    told: dict[tuple[str, str], dict[tuple[str, str, str], ObservationFact]] = {}
    for reading in readings_of(report, lexicon) if tables is None else tables:
        for row in reading.rows():
            here = row.area.code or row.area.name
            of_row = told.setdefault((reading.series, here), {})
            for fact in _facts(reading, row):
                area = fact.area_code or fact.area
                known = of_row if area == here else told.setdefault((reading.series, area), {})
                first = known.setdefault((fact.measure, fact.breakdown, fact.period), fact)
                if first is fact:
                    facts.append(fact)
                    continue
                found = f"{fact.passage.locator}, {fact.column}: {fact.printed}"
                expected = f"told before at line {first.passage.lines[-1]}: {first.printed}"
                issues.append(Issue(report.source.id, fact.passage.lines[-1], "table-cell-twice", found, expected))
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


def _facts(reading: TableReading, row: TableRow) -> list[ObservationFact]:
    """The facts of a row in order."""
    facts: list[ObservationFact] = []
    # The cells of a row differ in half of the fields: to say only those is twice as fast.
    empty = ObservationFact(
        passage=reading.passage(row),
        rule="table.cell" if reading.by_area else "table.measure-row",
        table=reading.table.number,
        series=reading.series,
        area=row.area.name,
        area_code=row.area.code,
        area_kind=row.area.kind,
        measure="",
        breakdown="",
        period="",
        value=None,
        printed="",
        unit="",
        status=row.status,
        column="",
    )
    for plan, number, printed in row.cells:
        fact = replace(
            empty,
            measure=plan.measure,
            breakdown=plan.breakdown,
            period=plan.period,
            value=number.value,
            printed=printed,
            unit=number.unit or row.label.unit or plan.unit,
            status=RowStatus.MISSING if number.value is None else row.status,
            column=plan.label,
            row=row.index,
        )
        if plan.area:
            fact = replace(fact, area=plan.area.name, area_code=plan.area.code, area_kind=plan.area.kind)
        facts.append(fact)
    return facts
