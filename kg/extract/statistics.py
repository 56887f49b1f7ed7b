"""Statistical tables to observations: one fact for each cell, with area, measure, breakdown, period and unit.

A table whose rows are areas gives each row its own area. Any other table speaks of the area of its section or of
the body that reports. What cannot be understood becomes an Issue and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.columns import Column, LabelKind, lay_out, unfold
from kg.extract.table_rows import RowLabel, row_labels, row_passage
from kg.extract.table_values import (
    Area,
    Period,
    area_of,
    number_of,
    periods_in,
    row_period,
)
from kg.lexicon import Lexicon
from kg.lexicon.table_words import TableWords, WordRole, load_table_words
from kg.model import Issue, ObservationFact, Passage, PlaceKind, Report, RowStatus, Table, squeeze

__all__ = ["ChapterCell", "chapter_cells", "extract_observations", "series_of"]

_YEAR_BRACKETS = re.compile(r"[（(](?:[^（()）]{0,40}\d{4}年[^（()）]{0,20}|\d{4}[-—–~～至]\d{4}|\d{4})[)）]")
_YEARS = re.compile(r"(?:截[至止]到?)?\d{4}(?:年?[-—–~～至、和]\d{4}){0,3}年(?:年?[底末])?度?(?:以来|期间)?")
_MOST_GROUPS = 4


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


def series_of(caption: str) -> str:
    """The title of a table series: a caption without years (分地区国内专利申请年度状况)."""
    text = _YEARS.sub("", _YEAR_BRACKETS.sub("", squeeze(caption)))
    return text.strip("的、，, ") or squeeze(caption)


def extract_observations(report: Report, lexicon: Lexicon) -> tuple[tuple[ObservationFact, ...], tuple[Issue, ...]]:
    """The facts of all tables with numbers, in the order of tables, rows and columns."""
    facts: list[ObservationFact] = []
    issues: list[Issue] = []
    words = load_table_words()
    seen: dict[tuple[str, ...], ObservationFact] = {}
    for table in report.tables:
        reading = _TableFacts(report, table, lexicon, words)
        for fact in reading.facts():
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
        reading = _TableFacts(report, table, lexicon, words)
        if reading.by_area:
            continue
        for fact, groups in reading.told():
            if fact.value is None:
                continue
            out.append(
                ChapterCell(
                    table=table.index,
                    measure=fact.measure,
                    breakdown=fact.breakdown,
                    period=fact.period,
                    value=fact.value,
                    unit=fact.unit,
                    cumulative=len(fact.period) == 10,
                    area=fact.area,
                    groups=groups,
                    passage=fact.passage,
                )
            )
    return tuple(out)


class _TableFacts:
    """Reads one table. `issues` fills while `facts` is read."""

    def __init__(self, report: Report, table: Table, lexicon: Lexicon, words: TableWords) -> None:
        self.report = report
        self.table = table = unfold(table, words)
        self.lexicon = lexicon
        self.words = words
        self.issues: list[Issue] = []
        self.year = report.source.year
        self.layout = lay_out(table, self.year, lexicon, words)
        self.rows = row_labels(report, table, self.layout, words)
        self.by_area = LabelKind.AREA in self.layout.labels.values() or any(c.area for c in self.layout.columns)
        self.head = words.head(series_of(table.caption))
        self.row_measures = self._rows_are_measures()
        self.series = series_of(table.caption) or self._untitled()
        self._periods: dict[tuple[str, int, str], str] = {}
        self._default = self._default_area()

    def facts(self) -> Iterator[ObservationFact]:
        """The facts of the table in order."""
        return (fact for fact, _ in self.told())

    def told(self) -> Iterator[tuple[ObservationFact, tuple[str, ...]]]:
        """Each fact with the labels of its row."""
        if not self.layout.columns:
            return
        totals = 0
        for index, label in enumerate(self.rows, 1):
            cells = [label.row.cells[column.index].text for column in self.layout.columns]
            # A line across the table (注: ..., 一、专利) has no values.
            if not any(cells) or len({cell.span for cell in label.row.cells if cell.text}) == 1:
                continue
            if label.period and row_period(label.period, self.year, self.words)[0] is None:
                self._issue(label, "table-period", label.period, "a year, month or day; the row is left out")
                continue
            area = self._area(label)
            status = self._status(label, area, after_total=totals > 0)
            totals += status is RowStatus.TOTAL
            name = label.area or "-".join(label.path) or label.period
            where = f"表{self.table.number}" if self.table.number else self.series
            passage = row_passage(self.report, self.table, label, f"{where} {squeeze(name)}".strip(), self.words)
            for column, printed in zip(self.layout.columns, cells, strict=True):
                fact = self._fact(label, column, printed, area, status, passage, index)
                if fact:
                    yield fact, label.path

    def _fact(
        self,
        label: RowLabel,
        column: Column,
        printed: str,
        row_area: Area,
        status: RowStatus,
        passage: Passage,
        index: int,
    ) -> ObservationFact | None:
        """The fact of a cell, or None with an Issue."""
        number = number_of(printed, self.words)
        if number is None:
            self._issue(label, "table-cell", f"{passage.locator}, {column.label}: {printed[:60]!r}", "a number")
            return None
        measure, breakdown = self._measure(label, column)
        if not measure:
            self._issue(label, "table-measure", f"{passage.locator}, {column.label}", "a header that says what")
            return None
        area = area_of(column.area, self.lexicon) if column.area else row_area
        return ObservationFact(
            passage=passage,
            rule="table.cell" if self.by_area else "table.measure-row",
            table=self.table.number,
            series=self.series,
            area=area.name,
            area_code=area.code,
            area_kind=area.kind,
            measure=measure,
            breakdown=breakdown,
            period=self._period(label, column, measure),
            value=number.value,
            printed=printed,
            unit=number.unit or label.unit or column.unit or self._table_unit(column),
            status=RowStatus.MISSING if number.missing else status,
            column=column.label,
            row=index,
        )

    def _table_unit(self, column: Column) -> str:
        """The unit of the table; of two (件、%) the per cent is that of changes and shares."""
        units = re.split(r"[、，,]", self.table.unit)
        shares = [unit for unit in units if unit in ("%", "％", "‰")]
        if column.change:
            return shares[0] if shares else ""
        others = [unit for unit in units if unit not in shares]
        return others[0] if shares and len(others) == 1 else self.table.unit

    def _issue(self, label: RowLabel, code: str, found: str, expected: str) -> None:
        self.issues.append(Issue(self.report.source.id, label.row.line, code, found, f"expected {expected}"))

    def _rows_are_measures(self) -> bool:
        """True when the rows say what is measured and the columns only when (or how it is broken down)."""
        kinds = set(self.layout.labels.values())
        if LabelKind.AREA in kinds or LabelKind.LABEL not in kinds:
            return False
        groups = [label.path[0] for label in self.rows if len(label.path) == 1]
        if sum(self.words.is_a(g, WordRole.BREAKDOWN) for g in groups) * 2 >= max(1, len(groups)):
            return False
        measures = {column.measure for column in self.layout.columns if column.measure}
        return all(sum(m in "".join(label.path) for label in self.rows) * 2 >= len(self.rows) for m in measures)

    def _measure(self, label: RowLabel, column: Column) -> tuple[str, str]:
        """Measure and breakdown of a cell."""
        parts = [column.breakdown] if column.breakdown else []
        if self.row_measures and label.path:
            measure = label.path[0]
            parts = [*label.path[1:], *parts]
        else:
            measure = column.measure or self.head
            parts = [*label.path, *parts]
        if label.period:
            parts += filter(None, [row_period(label.period, self.year, self.words)[1]])
        return measure + column.change if measure else "", "-".join(parts)

    def _period(self, label: RowLabel, column: Column, measure: str) -> str:
        key = (label.period, column.index, measure)
        if key not in self._periods:
            self._periods[key] = self._find_period(label, column, measure)
        return self._periods[key]

    def _find_period(self, label: RowLabel, column: Column, measure: str) -> str:
        period = (row_period(label.period, self.year, self.words)[0] if label.period else None) or column.period
        if period is None:
            told = [c.period for c in self.layout.columns if c.period] if column.change else []
            named = periods_in(self.table.caption)
            period = max(told, key=lambda p: p.value) if told else named[-1] if named else None
        period = period or Period(f"{self.year:04}", year_only=True)
        stock = self.words.holds(measure, WordRole.STOCK) and not self.words.holds(measure, WordRole.FLOW)
        return (period.at_end() if stock else period).value

    def _untitled(self) -> str:
        """The name of a table without caption: its groups, which next year's report will print again."""
        groups = list(dict.fromkeys(label.path[0] for label in self.rows if label.path and self.row_measures))
        if 0 < len(groups) <= _MOST_GROUPS:
            return "、".join(groups)
        path = self.report.sections[self.table.section].path if self.table.section >= 0 else ()
        return path[-1] if path else "、".join(dict.fromkeys(c.measure for c in self.layout.columns if c.measure))

    def _default_area(self) -> Area:
        """The area of rows that name none: the region of the section, or of the body that reports, or its country."""
        section = self.report.sections[self.table.section] if self.table.section >= 0 else None
        publisher = self.lexicon.get(self.report.source.publisher)
        region = self.lexicon.region_of(publisher) if publisher else None
        country = self.lexicon.by_key(publisher.country if publisher and publisher.country else "place/CN")
        if section and section.region:
            return area_of(section.region, self.lexicon, PlaceKind.REGION)
        chosen = region or country
        return area_of(chosen.zh if chosen else "中国", self.lexicon)

    def _area(self, label: RowLabel) -> Area:
        if not label.area:
            return self._default
        whole = {"全国": PlaceKind.COUNTRY}.get(label.area, PlaceKind.REGION)
        if self.words.is_a(label.area, WordRole.WHOLE) and self._default.kind == whole:
            return self._default
        foreign = any(self.words.is_a(c.text, WordRole.AREA) and "国" in c.text for c in self.table.header[-1].cells)
        area = area_of(label.area, self.lexicon, PlaceKind.COUNTRY if foreign else PlaceKind.REGION)
        if not area.known:
            self._issue(label, "table-area", f"{label.area}", "an area of the gazetteer; kept as printed")
        return area

    def _status(self, label: RowLabel, area: Area, *, after_total: bool) -> RowStatus:
        """How a row stands to its neighbours."""
        told = area.entry.status if label.area and area.entry else ""
        if not label.area and label.path:
            entry = self.lexicon.table_label(label.path[-1])
            told = entry.status if entry else ""
            if told == RowStatus.NORMAL or (not told and (len(label.path) > 1 or label.of_which)):
                return RowStatus.PART
        if told in (RowStatus.TOTAL, RowStatus.SUBTOTAL):
            return RowStatus.SUBTOTAL if after_total else RowStatus.TOTAL
        if told:
            return RowStatus(told)
        if self.words.is_a(label.area, WordRole.WHOLE):
            return RowStatus.TOTAL
        if label.area and area.part:
            return RowStatus.PART
        return RowStatus.BRACKETED if label.area and area.bracketed else RowStatus.NORMAL
