"""The shape of a block of rows: which are header, how wide it is, what merged cells mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from kg.lexicon.table_words import TableWords, WordRole
from kg.model import Cell, Issue, Row, Span, squeeze
from kg.model.frozen import Frozen
from kg.text.captions import Lead, parse_caption
from kg.text.cells import Grid, is_value

__all__ = ["Shaped", "opens_table", "shape"]

_MOST_HEADER = 3
_LONGEST_HEADER_CELL = 80
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"[（(]?\s{0,9}单\s{0,4}位\s{0,4}[:：]\s{0,9}(?P<unit>\S{1,20}?)\s{0,9}[)）]?")
_STUBS = (WordRole.AREA, WordRole.SUBJECT, WordRole.STUB, WordRole.RANK)


class Shaped(Frozen):
    """A block understood: `header` is empty when it has none; `lead` may have gained a caption or a unit."""

    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    width: int
    lead: Lead
    issues: tuple[Issue, ...] = ()


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _valued(row: Row) -> bool:
    for cell in row.cells[1:]:  # noqa: SIM110 - asked for every row several times; a generator costs more
        if is_value(cell.text):
            return True
    return False


def _years(row: Row, words: TableWords) -> bool:
    """True for a header of bare years (2023, 2024), which are not taken for values."""
    texts: list[str] = []
    for cell in row.cells[1:]:
        if cell.text:
            if len(cell.text) != 4 or not _YEAR.fullmatch(cell.text):
                return False
            texts.append(cell.text)
    if not texts:
        return False
    if not row.cells[0].text or words.is_a(row.cells[0].text, *_STUBS):
        return True
    return len(texts) > 1 and all(abs(int(a) - int(b)) == 1 for a, b in pairwise(texts))


def opens_table(row: Row, rows: Sequence[Row], words: TableWords) -> bool:
    """True when `row`, after `rows`, is the first row of another table or a repeated header."""
    if row.cells[0].text == rows[0].cells[0].text and _texts(row) == _texts(rows[0]):
        return True
    if _valued(row) and not _years(row, words):
        return False
    return words.is_a(row.cells[0].text, *_STUBS) and len(rows) > 1 and row.cells[0].text != rows[-1].cells[0].text


def shape(grid: Grid, lead: Lead, words: TableWords) -> Shaped:
    """Header, rows and width of a block; rows that do not fit become Issues."""
    rows, lead, marked = _take_titles(list(grid.rows), lead, grid.header, words)
    count = _header_count(rows, marked, words)
    header, body = rows[:count], rows[count:]
    width = _width(header, body)
    empty = Shaped((), (), width, lead)
    if not _is_table(grid, header, body, lead, words):
        return empty
    fitted = _fit_header(header, width)
    if header and not fitted:
        found = f"header of {'/'.join(str(len(row.cells)) for row in header)} cells"
        issue = Issue("", header[0].line, "table-header-width", found, f"expected {width}; the table is left out")
        return replace(empty, header=tuple(header), issues=(issue,))
    good, issues = _fit_rows(body, width)
    header = _fill(fitted)
    if header and not lead.caption and not lead.marker:
        lead = _stub_caption(header, lead, words)
    return Shaped(tuple(header), tuple(_fill_labels(good)), width, lead, tuple(issues))


def _take_titles(rows: list[Row], lead: Lead, marked: int, words: TableWords) -> tuple[list[Row], Lead, int]:
    """Takes rows of one cell at the top (a caption or unit inside the table) off."""
    while len(rows) > 2 and len(rows[0].cells) > 1:
        texts = {text for text in _texts(rows[0]) if text}
        if len(texts) != 1:
            break
        text = squeeze(texts.pop())
        unit = _UNIT.fullmatch(text)
        parsed = parse_caption(text, words)
        if unit:
            lead = replace(lead, unit=lead.unit or unit["unit"])
        elif parsed:
            lead = replace(lead, number=parsed[0], caption=parsed[1], unit=lead.unit or parsed[2])
        elif not lead.caption and rows[0].cells[0].text:
            lead = replace(lead, caption=text)
        else:
            break
        rows, marked = rows[1:], max(0, marked - 1)
    return rows, lead, marked


def _header_count(rows: Sequence[Row], marked: int, words: TableWords) -> int:
    """How many rows at the top are header."""
    if not rows:
        return 0
    count = marked
    if not count:
        count = 0 if _valued(rows[0]) and not _years(rows[0], words) else 1
    if count and any(_valued(row) for row in rows):
        while count < min(len(rows), _MOST_HEADER):
            row, above = rows[count], rows[count - 1]
            merged = not row.cells[0].text or row.cells[0].text == above.cells[0].text
            if not merged or not any(_texts(row)[1:]) or (_valued(row) and not _years(row, words)):
                break
            count += 1
    return count


def _width(header: Sequence[Row], body: Sequence[Row]) -> int:
    """The width of the header where rows have it too, else that of most rows."""
    counts = Counter(len(row.cells) for row in body or header)
    if header and len(header[-1].cells) in counts:
        return len(header[-1].cells)
    return max(counts, key=lambda n: (counts[n], n)) if counts else 0


def _is_table(grid: Grid, header: Sequence[Row], body: Sequence[Row], lead: Lead, words: TableWords) -> bool:
    """False for lines of text that only happen to hold tabs."""
    if not body or any(len(text) > _LONGEST_HEADER_CELL for row in header for text in _texts(row)):
        return False
    rows = [*header, *body]
    if sum(any(len(row.cells) > n and row.cells[n].text for row in rows) for n in range(len(body[0].cells))) < 2:
        return False
    valued = sum(_valued(row) for row in body)
    if grid.header or lead.number or lead.marker or (valued and (lead.caption or lead.unit or not header)):
        return True
    # Lines such as 电话 <tab> 123 are no table: without any caption it takes two rows of values or three columns.
    if valued > 1 or (valued and len(body[0].cells) > 2):
        return True
    return len(body) > 1 and any(words.is_a(text, *_STUBS) for row in header for text in _texts(row))


def _fit_header(header: Sequence[Row], width: int) -> list[Row]:
    """The header rows at the width of the table; [] when they cannot be brought to it without guessing."""
    out: list[Row] = []
    for n, row in enumerate(header):
        cells = row.cells
        if len(cells) > width and not any(cell.text for cell in cells[width:]):
            cells = cells[:width]
        # Editors strip tabs at the end of a line: only the last merged cell of the first row can lose by that.
        if len(cells) < width and n == 0 and len(header) > 1:
            cells = (*cells, *(Cell("", Span(row.span.end, row.span.end)),) * (width - len(cells)))
        if len(cells) != width:
            return []
        out.append(replace(row, cells=cells))
    return out


def _fit_rows(body: Sequence[Row], width: int) -> tuple[list[Row], list[Issue]]:
    good: list[Row] = []
    issues: list[Issue] = []
    for row in body:
        cells = row.cells
        if len(cells) > width and not any(cell.text for cell in cells[width:]):
            row = replace(row, cells=cells[:width])
        if len(row.cells) != width:
            found = f"a row of {len(cells)} cells ({' '.join(_texts(row))[:60]})"
            issues.append(Issue("", row.line, "table-row-width", found, f"expected {width}; left out"))
        elif any(_texts(row)):
            good.append(row)
    return good, issues


def _fill(header: Sequence[Row]) -> list[Row]:
    """Merged header cells filled: from above where the column has a label of its own there, else from the left."""
    out: list[Row] = []
    labelled: set[int] = set()
    for row in header:
        cells = list(row.cells)
        for n, cell in enumerate(cells):
            if cell.text:
                continue
            if n in labelled:
                cells[n] = out[-1].cells[n]
            elif n:
                cells[n] = replace(cell, text=cells[n - 1].text)
        labelled.update(n for n, cell in enumerate(row.cells) if cell.text)
        out.append(replace(row, cells=tuple(cells)))
    return out


def _fill_labels(rows: Sequence[Row]) -> list[Row]:
    """Row labels that are merged downwards, filled from above when a second column of labels follows."""
    second = sum(bool(row.cells[1].text) and not is_value(row.cells[1].text) for row in rows)
    out: list[Row] = []
    for row in rows:
        if not row.cells[0].text and out and second * 2 > len(rows) and row.cells[1].text:
            row = replace(row, cells=(replace(row.cells[0], text=out[-1].cells[0].text), *row.cells[1:]))
        out.append(row)
    return out


def _stub_caption(header: Sequence[Row], lead: Lead, words: TableWords) -> Lead:
    """A caption that stands in the first cell of the header, where otherwise 地区 or 类型 stands."""
    stub = header[-1].cells[0].text
    if not stub or any(row.cells[0].text != stub for row in header if row.cells[0].text):
        return lead
    if words.is_a(stub, *_STUBS) or not re.search(r"[\u4e00-\u9fff]{4}", stub):
        return lead
    label, unit = words.split_unit(stub)
    return replace(lead, caption=squeeze(label), unit=lead.unit or unit)
