"""One statistical table understood: what each row and each column says, and the numbers where they meet.

What a column says in rows with the same labels is worked out once (`CellPlan`), so that a cell costs little more
than its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from kg.extract.columns import Column, LabelKind, lay_out, unfold
from kg.extract.table_rows import RowLabel, row_labels, row_passage
from kg.extract.table_values import Area, Number, Period, area_of, number_of, periods_in, row_period
from kg.lexicon import Lexicon
from kg.lexicon.table_words import TableWords, WordRole, load_table_words
from kg.model import Issue, Passage, PlaceKind, Report, Row, RowStatus, Table, squeeze
from kg.model.frozen import Frozen

__all__ = ["CellPlan", "TableReading", "TableRow", "readings_of", "series_of"]

_YEAR_BRACKETS = re.compile(r"[（(](?:[^（()）]{0,40}\d{4}年[^（()）]{0,20}|\d{4}[-—–~～至]\d{4}|\d{4})[)）]")
_YEARS = re.compile(r"(?:截[至止]到?)?\d{4}(?:年?[-—–~～至、和]\d{4}){0,3}年(?:年?[底末])?度?(?:以来|期间)?")
_MOST_GROUPS = 4


class CellPlan(Frozen):
    """What the cells of a column say in rows with the same labels. `unit` is that of the column or the table, which
    a unit of the row or of the cell goes before; `area` is set when the columns are areas."""

    column: int
    label: str
    measure: str
    breakdown: str
    period: str
    unit: str
    area: Area | None


class TableRow(Struct):
    """A row with its numbers; `index` counts the rows of the table from 1. `cells` are the plan, the number and the
    cell as printed."""

    label: RowLabel
    index: int
    area: Area
    status: RowStatus
    locator: str
    cells: list[tuple[CellPlan, Number, str]]


def series_of(caption: str) -> str:
    """The title of a table series: a caption without years (分地区国内专利申请年度状况)."""
    text = _YEARS.sub("", _YEAR_BRACKETS.sub("", squeeze(caption)))
    return text.strip("的、，, ") or squeeze(caption)


class TableReading:
    """Reads one table. `issues` are those of the rows as read last."""

    def __init__(self, report: Report, table: Table, lexicon: Lexicon, words: TableWords) -> None:
        self.report = report
        self.table = table = unfold(table, words)
        self.lexicon = lexicon
        self.words = words
        self.issues: list[Issue] = []
        self.year = report.source.year
        self._texts = [[cell.text for cell in row.cells] for row in table.rows]
        self._printed = list(zip(*self._texts, strict=False)) or [()] * len(table.header[-1].cells)
        self.layout = lay_out(table, self._printed, self.year, lexicon, words)
        self.by_area = LabelKind.AREA in self.layout.labels.values() or any(c.area for c in self.layout.columns)
        self._planned: dict[tuple[tuple[str, ...], str], tuple[CellPlan, ...]] = {}
        self._numbers: dict[str, Number | None] = {}

    @cached_property
    def _labels(self) -> tuple[RowLabel, ...]:
        return row_labels(self.report, self.table, self.layout, self.words)

    @cached_property
    def series(self) -> str:
        """The title of the table series."""
        return series_of(self.table.caption) or self._untitled()

    @cached_property
    def _head(self) -> str:
        return self.words.head(series_of(self.table.caption))

    @cached_property
    def _areas(self) -> PlaceKind:
        """What the rows are: countries when the header says so."""
        foreign = any(self.words.is_a(c.text, WordRole.AREA) and "国" in c.text for c in self.table.header[-1].cells)
        return PlaceKind.COUNTRY if foreign else PlaceKind.REGION

    def rows(self) -> Iterator[TableRow]:
        """The rows that hold numbers, in order."""
        self.issues.clear()
        columns = self.layout.columns
        if not columns:
            return
        values = zip(*[self._printed[column.index] for column in columns], strict=True)
        where = f"表{self.table.number}" if self.table.number else self.series
        # To ask an Enum for its member takes as long as to read a cell.
        total, totals, of_whole = RowStatus.TOTAL, 0, WordRole.WHOLE
        for index, (label, printed) in enumerate(zip(self._labels, values, strict=True), 1):
            # A line across the table (注: ..., 一、专利) has no values.
            if not any(printed) or _one_cell(label.row):
                continue
            if label.period and row_period(label.period, self.year, self.words)[0] is None:
                self._issue(label, "table-period", label.period, "a year, month or day; the row is left out")
                continue
            whole = label.area != "" and self.words.is_a(label.area, of_whole)
            area = self._area(label, whole=whole)
            status = self._status(label, area, whole=whole, after_total=totals > 0)
            totals += status is total
            name = label.area or "-".join(label.path) or label.period
            locator = f"{where} {name}".strip()
            yield TableRow(label, index, area, status, locator, self._cells(label, printed, locator))

    def passage(self, row: TableRow) -> Passage:
        """The words of a row."""
        return row_passage(self.report, self.table, row.label.row, self._texts[row.index - 1], row.locator, self.words)

    def _cells(self, label: RowLabel, printed: Sequence[str], locator: str) -> list[tuple[CellPlan, Number, str]]:
        """The cells of a row that are understood; an Issue for each other one."""
        out: list[tuple[CellPlan, Number, str]] = []
        numbers = self._numbers
        for plan, text in zip(self._plans(label), printed, strict=True):
            if text not in numbers:
                numbers[text] = number_of(text, self.words)
            number = numbers[text]
            if number is None:
                self._issue(label, "table-cell", f"{locator}, {plan.label}: {text[:60]!r}", "a number")
            elif not plan.measure:
                self._issue(label, "table-measure", f"{locator}, {plan.label}", "a header that says what")
            else:
                out.append((plan, number, text))
        return out

    def _plans(self, label: RowLabel) -> tuple[CellPlan, ...]:
        """The plans of all columns for a row."""
        key = (label.path, label.period)
        plans = self._planned.get(key)
        if plans is None:
            plans = self._planned[key] = tuple(self._plan(label, column) for column in self.layout.columns)
        return plans

    def _plan(self, label: RowLabel, column: Column) -> CellPlan:
        measure, breakdown = self._measure(label, column)
        return CellPlan(
            column=column.index,
            label=column.label,
            measure=measure,
            breakdown=breakdown,
            period=self._period(label, column, measure) if measure else "",
            unit=column.unit or self._table_unit(column),
            area=area_of(column.area, self.lexicon) if column.area else None,
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

    @cached_property
    def _row_measures(self) -> bool:
        """True when the rows say what is measured and the columns only when (or how it is broken down)."""
        kinds = set(self.layout.labels.values())
        if LabelKind.AREA in kinds or LabelKind.LABEL not in kinds:
            return False
        groups = [label.path[0] for label in self._labels if len(label.path) == 1]
        if sum(self.words.is_a(g, WordRole.BREAKDOWN) for g in groups) * 2 >= max(1, len(groups)):
            return False
        measures = {column.measure for column in self.layout.columns if column.measure}
        return all(sum(m in "".join(label.path) for label in self._labels) * 2 >= len(self._labels) for m in measures)

    def _measure(self, label: RowLabel, column: Column) -> tuple[str, str]:
        """Measure and breakdown of a cell."""
        parts = [column.breakdown] if column.breakdown else []
        if self._row_measures and label.path:
            measure = label.path[0]
            parts = [*label.path[1:], *parts]
        else:
            measure = column.measure or self._head
            parts = [*label.path, *parts]
        if label.period:
            parts += filter(None, [row_period(label.period, self.year, self.words)[1]])
        return measure + column.change if measure else "", "-".join(parts)

    def _period(self, label: RowLabel, column: Column, measure: str) -> str:
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
        groups = list(dict.fromkeys(label.path[0] for label in self._labels if label.path and self._row_measures))
        if 0 < len(groups) <= _MOST_GROUPS:
            return "、".join(groups)
        path = self.report.sections[self.table.section].path if self.table.section >= 0 else ()
        return path[-1] if path else "、".join(dict.fromkeys(c.measure for c in self.layout.columns if c.measure))

    @cached_property
    def _default(self) -> Area:
        """The area of rows that name none: the region of the section, or of the body that reports, or its country."""
        section = self.report.sections[self.table.section] if self.table.section >= 0 else None
        publisher = self.lexicon.get(self.report.source.publisher)
        region = self.lexicon.region_of(publisher) if publisher else None
        country = self.lexicon.by_key(publisher.country if publisher and publisher.country else "place/CN")
        if section and section.region:
            return area_of(section.region, self.lexicon, PlaceKind.REGION)
        chosen = region or country
        return area_of(chosen.zh if chosen else "中国", self.lexicon)

    def _area(self, label: RowLabel, *, whole: bool) -> Area:
        """The area of a row; `whole` tells that it names all of one (全省)."""
        if not label.area:
            return self._default
        if whole and self._default.kind == (PlaceKind.COUNTRY if label.area == "全国" else PlaceKind.REGION):
            return self._default
        area = area_of(label.area, self.lexicon, self._areas)
        if not area.known:
            self._issue(label, "table-area", f"{label.area}", "an area of the gazetteer; kept as printed")
        return area

    def _status(self, label: RowLabel, area: Area, *, whole: bool, after_total: bool) -> RowStatus:
        """How a row stands to its neighbours."""
        told = area.entry.status if label.area and area.entry else ""
        if not label.area and label.path:
            entry = self.lexicon.table_label(label.path[-1])
            told = entry.status if entry else ""
            if told == RowStatus.NORMAL or (not told and (len(label.path) > 1 or label.of_which)):
                return RowStatus.PART
        if told:
            status = RowStatus(told)
            if status not in (RowStatus.TOTAL, RowStatus.SUBTOTAL):
                return status
            return RowStatus.SUBTOTAL if after_total else RowStatus.TOTAL
        if whole:
            return RowStatus.TOTAL
        if label.area and area.part:
            return RowStatus.PART
        return RowStatus.BRACKETED if label.area and area.bracketed else RowStatus.NORMAL


def readings_of(report: Report, lexicon: Lexicon) -> tuple[TableReading, ...]:
    """All tables of a report, laid out; their rows are read when they are asked for."""
    words = load_table_words()
    return tuple(TableReading(report, table, lexicon, words) for table in report.tables)


def _one_cell(row: Row) -> bool:
    """True when all that a row prints stands in one cell, merged across the table."""
    first = None
    for cell in row.cells:
        if cell.text:
            if first is None:
                first = cell.span
            elif cell.span != first:
                return False
    return True
