"""Statistical tables to observations: one fact for each cell, with area, measure, breakdown, period and unit.

A table whose rows are areas gives each row its own area. Any other table speaks of the area of its section or of
the body that reports. What cannot be understood becomes an Issue and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.extract.table_reading import TableReading, readings_of, series_of
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
    told: dict[tuple[str, ...], ObservationFact] = {}
    for reading in readings_of(report, lexicon) if tables is None else tables:
        for fact in _facts(reading):
            key = (fact.series, fact.area_code or fact.area, fact.measure, fact.breakdown, fact.period)
            first = told.setdefault(key, fact)
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


def _facts(reading: TableReading) -> Iterator[ObservationFact]:
    """The facts of a table in order."""
    rule = "table.cell" if reading.by_area else "table.measure-row"
    table = reading.table.number
    for row in reading.rows():
        series, passage, unit = reading.series, reading.passage(row), row.label.unit
        for plan, number, printed in row.cells:
            area = plan.area or row.area
            value = number.value
            yield ObservationFact(
                passage=passage,
                rule=rule,
                table=table,
                series=series,
                area=area.name,
                area_code=area.code,
                area_kind=area.kind,
                measure=plan.measure,
                breakdown=plan.breakdown,
                period=plan.period,
                value=value,
                printed=printed,
                unit=number.unit or unit or plan.unit,
                status=RowStatus.MISSING if value is None else row.status,
                column=plan.label,
                row=row.index,
            )
