"""What the rows of a table say: an area, a period, or a measure with the items below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.columns import LabelKind, Layout
from kg.lexicon.table_words import TableWords, WordRole
from kg.model import Cell, Passage, Report, Row, Span, Table, squeeze
from kg.model.frozen import Frozen

__all__ = ["RowLabel", "row_labels", "row_passage"]

_BOLD = re.compile(r"<(?:b|strong|th)\b|\*\*", re.IGNORECASE)
_LEVELS = (
    (0, re.compile(r"[一二三四五六七八九十]{1,3}、\s{0,4}")),
    (1, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s{0,4}")),
    (
        2,
        re.compile(r"[（(]\s{0,2}\d{1,2}\s{0,2}[)）]\s{0,4}|\d{1,2}(?:[.．]\s{0,4}(?!\d)|[、)）]\s{0,4})|[⑴-⒇]\s{0,4}"),
    ),
    (3, re.compile(r"[①-⑳]\s{0,4}|[—–-]{1,2}\s{0,4}(?=[\u4e00-\u9fff])")),
)
_OF_WHICH = re.compile(r"其\s{0,3}中\s{0,3}[:：、]?\s{0,3}(?=\S)")
_INDENT = re.compile(r"[ \u3000\xa0]{1,20}")


class RowLabel(Frozen):
    """The labels of a row: `path` from the group down to the item (复审请求 > 发明专利), `area` and `period` as
    printed, `unit` from a column of units."""

    row: Row
    path: tuple[str, ...] = ()
    area: str = ""
    period: str = ""
    unit: str = ""
    of_which: bool = False
    subject: bool = False


def row_labels(report: Report, table: Table, layout: Layout, words: TableWords) -> tuple[RowLabel, ...]:
    """The labels of each row, in order."""
    out: list[RowLabel] = []
    stack: list[tuple[int, str]] = []
    plain = [n for n, kind in layout.labels.items() if kind in (LabelKind.LABEL, LabelKind.SUBJECT)]
    subject = any(layout.labels[n] is LabelKind.SUBJECT for n in plain)
    # From right to left: the last label of a kind that is not empty counts.
    areas, periods, units = (
        [n for n, kind in reversed(layout.labels.items()) if kind is wanted]
        for wanted in (LabelKind.AREA, LabelKind.PERIOD, LabelKind.UNIT)
    )
    for row in table.rows:
        path: tuple[str, ...] = ()
        of_which = False
        if len(plain) == 1 and layout.labels[plain[0]] is LabelKind.LABEL:
            depth, label, of_which = _depth(report, row, plain[0], stack)
            while stack and stack[-1][0] >= depth:
                stack.pop()
            stack.append((depth, label))
            path = tuple(text for _, text in stack)
        elif plain:
            texts = (squeeze(row.cells[n].text) for n in plain)
            path = tuple(dict.fromkeys(text for text in texts if text))
        area, period, unit = _text(row, areas), _text(row, periods), _text(row, units)
        out.append(RowLabel(row, path, area, period, unit, of_which, subject))
    return tuple(out)


def _text(row: Row, columns: Sequence[int]) -> str:
    """The first label in these columns that is not empty."""
    for n in columns:
        text = squeeze(row.cells[n].text)
        if text:
            return text
    return ""


def _depth(report: Report, row: Row, n: int, stack: Sequence[tuple[int, str]]) -> tuple[int, str, bool]:
    """How deep a row lies by its type face, number or indent; its label without number; whether it says 其中."""
    cell = row.cells[n]
    raw = report.layer.text[cell.span.start : cell.span.end]
    text = squeeze(cell.text)
    of_which = _OF_WHICH.match(text)
    if of_which:
        text = text[of_which.end() :]
        above = stack[-1][0] if stack else 0
        return above + 1, text, True
    for level, pattern in _LEVELS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level * 10, text[match.end() :], False
    if _BOLD.search(raw):
        return 0, text, False
    indent = _INDENT.match(raw)
    return (10 + len(indent[0]) if indent else 10), text, False


def row_passage(
    report: Report, table: Table, row: Row, printed: Sequence[str], locator: str, words: TableWords
) -> Passage:
    """The words of a row. Cells between pipes are pieces of their own, as is a label merged from a row above."""
    spans, exact, quotes = _pieces(report.layer.text, row, printed, words)
    return Passage(
        source=report.source.id,
        spans=spans,
        exact=exact,
        quotes=quotes,
        lines=tuple([report.layer.line_of(span.start) for span in spans]),
        section=report.sections[table.section].path if table.section >= 0 else (),
        locator=locator,
    )


def _pieces(
    text: str, row: Row, printed: Sequence[str], words: TableWords
) -> tuple[tuple[Span, ...], tuple[str, ...], tuple[str, ...]]:
    """Where the pieces of a row stand, their text and their words."""
    start, end = row.span.start, row.span.end
    texts = list(filter(None, printed))
    whole = text[start:end]
    if whole.split() == texts:  # most
        return (row.span,), (whole,), (" ".join(texts),)
    inside: list[Cell] = []
    above: list[Cell] = []
    for cell in row.cells:
        if not cell.text:
            continue
        span = cell.span
        if start <= span.start and span.end <= end:
            inside.append(cell)
        elif span.end <= start and not words.is_a(cell.text, WordRole.MISSING):
            above.append(cell)
    pieces = list(dict.fromkeys(above)) if above else []
    piped = _in_pipes(text, row)
    if piped:
        pieces += inside
    spans = [cell.span for cell in pieces]
    quotes = [squeeze(cell.text) for cell in pieces]
    if not piped:
        spans.append(row.span)
        quotes.append(" ".join([squeeze(cell.text) for cell in dict.fromkeys(inside)]))
    return tuple(spans), tuple([text[span.start : span.end] for span in spans]), tuple(quotes)


def _in_pipes(text: str, row: Row) -> bool:
    a, b = row.cells[0].span, row.cells[-1].span
    return len(row.cells) > 1 and "|" in text[a.end : row.cells[1].span.start] and a.end < b.start
