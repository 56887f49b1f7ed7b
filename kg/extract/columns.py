"""What the columns of a table mean: labels of rows, or values with period, measure, breakdown and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import replace

from kg.extract.table_values import (
    Period,
    area_of,
    is_part_of_year,
    mostly_numbers,
    period_of,
    row_period,
    split_period,
)
from kg.lexicon import Lexicon
from kg.lexicon.table_words import TableWords, WordRole
from kg.model import Row, Span, Table, squeeze
from kg.model.frozen import Frozen

__all__ = ["Column", "LabelKind", "Layout", "lay_out", "unfold"]


class LabelKind(Enum):
    """What a column of row labels holds."""

    AREA = "area"
    PERIOD = "period"
    SUBJECT = "subject"
    LABEL = "label"
    RANK = "rank"
    UNIT = "unit"


class Column(Frozen):
    """A column of values. `label` is the whole header as printed; `area` is set when the columns are areas;
    `change` is a label such as 同比增长, which needs the measure before it."""

    index: int
    label: str
    period: Period | None = None
    measure: str = ""
    breakdown: str = ""
    unit: str = ""
    change: str = ""
    area: str = ""


class Layout(Frozen):
    """The label columns by index and the columns of values."""

    labels: dict[int, LabelKind]
    columns: tuple[Column, ...]


class _Draft(Struct):
    period: Period | None = None
    measures: list[str] = field(default_factory=list)
    breakdowns: list[str] = field(default_factory=list)
    unit: str = ""
    change: str = ""
    area: str = ""


def unfold(table: Table, words: TableWords) -> Table:
    """A table printed in blocks side by side (地区, 数量, 地区, 数量) as one below the other; others unchanged."""
    titles = [squeeze(cell.text) for cell in table.header[-1].cells]
    starts = [n for n, title in enumerate(titles) if title == titles[0]]
    width = starts[1] if len(starts) > 1 else 0
    roles = (WordRole.AREA, WordRole.SUBJECT, WordRole.STUB, WordRole.RANK)
    if width < 2 or len(titles) % width or not words.is_a(titles[0], *roles):
        return table
    if any(titles[n : n + width] != titles[:width] for n in range(0, len(titles), width)):
        return table

    def part(row: Row, n: int) -> Row:
        cells = row.cells[n : n + width]
        return Row(cells, row.line, Span(cells[0].span.start, max(c.span.end for c in cells)))

    rows = [part(row, n) for n in range(0, len(titles), width) for row in table.rows]
    header = tuple(replace(row, cells=row.cells[:width]) for row in table.header)
    return replace(table, header=header, rows=tuple(row for row in rows if any(c.text for c in row.cells)))


def lay_out(table: Table, printed: Sequence[Sequence[str]], year: int, lexicon: Lexicon, words: TableWords) -> Layout:
    """The meaning of each column, by what it prints; columns of remarks are in neither part."""
    labels: dict[int, LabelKind] = {}
    values: list[int] = []
    empty: list[int] = []
    leading = True
    for n, cell in enumerate(table.header[-1].cells):
        if words.is_a(cell.text, WordRole.REMARK):
            continue
        texts = list(filter(None, printed[n]))
        # The first column is one of labels, whatever it holds.
        numbers = n > 0 and mostly_numbers(texts, words)
        kind = _label_kind(cell.text, n, texts, year, lexicon, words, leading=leading, numbers=numbers)
        if kind is not None:
            labels[n] = kind
        elif numbers:
            values.append(n)
            leading = False
        elif not texts:
            empty.append(n)
    if values:
        # A column whose cells are all empty stands between values: its cells are missing.
        values = sorted(values + [n for n in empty if table.header[-1].cells[n].text])
    return Layout(labels, _columns(table, values, year, lexicon, words))


def _label_kind(
    title: str,
    n: int,
    texts: Collection[str],
    year: int,
    lexicon: Lexicon,
    words: TableWords,
    *,
    leading: bool,
    numbers: bool,
) -> LabelKind | None:
    """The kind of a column of labels; None for a column of values or remarks."""
    title = squeeze(title)
    if words.is_a(title, WordRole.UNIT_COLUMN) and sum(map(words.is_unit, texts)) * 2 > len(texts):
        return LabelKind.UNIT
    if words.is_a(title, WordRole.RANK):
        return LabelKind.RANK
    if not leading:
        return None
    # A second column of labels holds words, not numbers.
    if n and (not texts or numbers) and not words.is_a(title, WordRole.AREA, WordRole.SUBJECT, WordRole.STUB):
        return None
    if words.is_a(title, WordRole.AREA):
        return LabelKind.AREA
    known = sum(area_of(text, lexicon).known for text in texts)
    if known > 1 and known * 5 >= len(texts) * 3 and any(lexicon.place(text.strip("()（） ")) for text in texts):
        return LabelKind.AREA
    if texts and sum(row_period(text, year, words)[0] is not None for text in texts) * 2 >= len(texts):
        return LabelKind.PERIOD
    return LabelKind.SUBJECT if words.is_a(title, WordRole.SUBJECT, WordRole.UNIT_COLUMN) else LabelKind.LABEL


def _columns(table: Table, values: Sequence[int], year: int, lexicon: Lexicon, words: TableWords) -> tuple[Column, ...]:
    drafts = {n: _Draft() for n in values}
    seen: dict[int, set[str]] = {n: set() for n in values}
    for row in table.header:
        level: dict[int, str] = {}
        for n in values:
            text = squeeze(row.cells[n].text)
            # A cell merged downwards stands in two rows of the header.
            if text and text not in seen[n]:
                seen[n].add(text)
                level[n] = _take(text, drafts[n], year, words)
        _take_level({n: label for n, label in level.items() if label}, drafts, lexicon, words)
    out: list[Column] = []
    before = ""
    for n in values:
        draft = drafts[n]
        measure = _joined(draft.measures)
        if not draft.change:
            before = measure
        elif not measure:
            measure = before
        out.append(
            Column(
                index=n,
                label=" ".join(dict.fromkeys(squeeze(row.cells[n].text) for row in table.header if row.cells[n].text)),
                period=draft.period,
                measure=measure,
                breakdown="-".join(draft.breakdowns),
                unit=draft.unit,
                change=draft.change,
                area=draft.area,
            )
        )
    return tuple(out)


def _take(text: str, draft: _Draft, year: int, words: TableWords) -> str:
    """Puts unit, period and change of a header cell into the draft; returns what is left of its label."""
    label, unit = words.split_unit(text)
    draft.unit = unit or draft.unit
    period = period_of(label, year, words)
    if period:
        draft.period = period
        return ""
    period, label = split_period(label, year, words)
    draft.period = period or draft.period
    if words.is_a(label, WordRole.CHANGE):
        draft.change = label
        return ""
    return label


def _take_level(level: dict[int, str], drafts: dict[int, _Draft], lexicon: Lexicon, words: TableWords) -> None:
    """Puts one row of header labels into the drafts: areas or breakdowns when most of them are, else each by itself."""
    labels = Counter(level.values())
    if not labels:
        return
    places = sum(lexicon.place(label) is not None for label in labels)
    breakdowns = sum(words.is_a(label, WordRole.BREAKDOWN) for label in labels)
    for n, label in level.items():
        draft = drafts[n]
        if places > 1 and places * 5 >= len(labels) * 3:
            draft.area = label
        elif breakdowns * 2 > len(labels) or words.is_a(label, WordRole.BREAKDOWN) or is_part_of_year(label):
            draft.breakdowns.append(label)
        elif not words.is_a(label, WordRole.VALUE):
            draft.measures.append(label)


def _joined(measures: Sequence[str]) -> str:
    """专利, 申请量 -> 专利申请量; a lower label that repeats the upper one replaces it."""
    out = ""
    for measure in measures:
        out = measure if out in measure else out + measure
    return out
