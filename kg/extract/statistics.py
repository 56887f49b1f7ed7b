"""Statistical tables to observations: one fact for each cell, with area, measure, breakdown, period and unit.

A table whose rows are areas gives each row its own area. Any other table speaks of the area of its section or of
the body that reports. What cannot be understood becomes an Issue and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.table_reading import TableReading, TableRow, series_of
from kg.lexicon import Lexicon
from kg.lexicon.table_words import load_table_words
from kg.model import Issue, ObservationFact, Passage, Report, RowStatus

__all__ = ["ChapterCell", "chapter_cells", "extract_observations", "series_of"]


@dataclass(frozen=True, slots=True)
class ChapterCell:
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


def extract_observations(report: Report, lexicon: Lexicon) -> tuple[tuple[ObservationFact, ...], tuple[Issue, ...]]:
    """The facts of all tables with numbers, in the order of tables, rows and columns."""
    facts: list[ObservationFact] = []
    issues: list[Issue] = []
    words = load_table_words()
    seen: dict[tuple[str, ...], ObservationFact] = {}
    for table in report.tables:
        reading = TableReading(report, table, lexicon, words)
        for fact in _facts(reading):
            key = (fact.series, fact.area_code or fact.area, fact.measure, fact.breakdown, fact.period)
            if key in seen:
                line = fact.passage.lines[-1]
                found = f"{fact.passage.locator}, {fact.column}: {fact.printed}"
                first = seen[key]
                expected = f"told before at line {first.passage.lines[-1]}: {first.printed}"
                issues.append(Issue(report.source.id, line, "table-cell-twice", found, expected))
                continue
            seen[key] = fact
            facts.append(fact)
        issues += reading.issues
    return tuple(facts), tuple(sorted(issues))


def chapter_cells(report: Report, lexicon: Lexicon) -> tuple[ChapterCell, ...]:
    """The values of the tables whose rows are no areas, for the indicators."""
    words = load_table_words()
    out: list[ChapterCell] = []
    for table in report.tables:
        reading = TableReading(report, table, lexicon, words)
        if reading.by_area:
            continue
        for row in reading.rows():
            passage = reading.passage(row)
            for plan, number, _ in row.cells:
                if number.value is None:
                    continue
                out.append(
                    ChapterCell(
                        table=table.index,
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
    for row in reading.rows():
        yield from _row_facts(reading, row, rule)


def _row_facts(reading: TableReading, row: TableRow, rule: str) -> Iterator[ObservationFact]:
    passage = reading.passage(row)
    for plan, number, printed in row.cells:
        area = plan.area or row.area
        yield ObservationFact(
            passage=passage,
            rule=rule,
            table=reading.table.number,
            series=reading.series,
            area=area.name,
            area_code=area.code,
            area_kind=area.kind,
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
