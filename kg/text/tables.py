"""Tables of any printed shape: tab-separated lines, Markdown pipes, HTML; with caption, unit and continuations.

A table that is broken is left out or loses the broken rows, and an Issue says so: no cell is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kg.lexicon.table_words import TableWords, load_table_words
from kg.model import Issue, Repair, Row, Table, TextLayer
from kg.model.frozen import Frozen
from kg.text.captions import Lead, lead_of, parse_caption
from kg.text.cells import LONGEST_ROW, Grid, html_grids, is_rule, line_text, pipe_row, tab_row
from kg.text.headers import Shaped, opens_table, shape

__all__ = ["TableReading", "read_tables"]

#: A page break may put this many short lines (running head, page number) between two rows.
_MOST_FURNITURE = 4
_LONGEST_FURNITURE = 40


class TableReading(Frozen):
    """The tables of a text (`section` is -1), the 1-based lines that belong to them, what was mended, and what is
    doubtful (Issues with source "")."""

    tables: tuple[Table, ...]
    consumed: frozenset[int]
    repairs: tuple[Repair, ...]
    issues: tuple[Issue, ...]


class _Draft(Struct):
    """A table that may still grow by continuations."""

    lead: Lead
    shaped: Shaped
    line: int
    last: int
    rows: list[Row]
    parts: list[int]
    width: int


def read_tables(layer: TextLayer) -> TableReading:
    """All tables of a text, in order."""
    words = load_table_words()
    grids, issues = _grids(layer, words)
    reader = _Reader(layer, words)
    for grid in grids:
        reader.add(grid)
    tables = tuple(_table(n, draft, words) for n, draft in enumerate(reader.drafts))
    return TableReading(
        tables,
        frozenset(reader.consumed),
        tuple(reader.repairs),
        tuple(sorted((*issues, *reader.issues))),
    )


def _grids(layer: TextLayer, words: TableWords) -> tuple[list[Grid], list[Issue]]:
    """The blocks of rows, in order of their lines."""
    found, faults = html_grids(layer)
    grids, issues = list(found), list(faults)
    taken = {line for grid in grids for line in range(grid.first, grid.last + 1)}
    rows: list[Row] = []
    blank = False
    rule = 0
    pipes = False

    def close() -> None:
        nonlocal rows, rule
        if rows:
            grids.append(Grid(tuple(rows), rows[0].line, max(rows[-1].line, rule), _marked(rows, rule)))
        rows, rule = [], 0

    for line, row, is_pipe, rules in _lines(layer, taken, issues):
        if row is None and not rules:
            if line:
                close()
            blank = True
            continue
        if rules:
            rule = rule or (line if rows and not blank else 0)
        elif row is not None:
            if rows and (is_pipe != pipes or _new_block(rows, row, blank, words)):
                close()
            rows.append(row)
            pipes = is_pipe
        blank = False
    close()
    return sorted(grids, key=lambda grid: grid.first), issues


def _marked(rows: list[Row], rule: int) -> int:
    """How many rows stand above the line |---|."""
    return sum(row.line < rule for row in rows) if rule else 0


def _lines(layer: TextLayer, taken: set[int], issues: list[Issue]) -> Iterator[tuple[int, Row | None, bool, bool]]:
    """(line, row, in pipes, is a rule) of each line; line 0 for a blank one, no row for text."""
    ends = (*layer.starts[1:], len(layer.text) + 1)
    text = layer.text
    ruled = False
    for line, (start, end) in enumerate(zip(layer.starts, ends, strict=True), 1):
        if line in taken:
            yield line, None, False, False
            ruled = False
            continue
        if end - start > LONGEST_ROW:
            if text.find("\t", start, start + LONGEST_ROW) >= 0 or text.startswith("|", start):
                found = f"a row of {end - start - 1} characters"
                issues.append(Issue("", line, "table-line-too-long", found, f"expected at most {LONGEST_ROW}"))
            yield line, None, False, False
            ruled = False
            continue
        if text.find("\t", start, end) >= 0 and (told := text[start:end].lstrip()) and told[0] != "|":
            yield line, tab_row(layer, line), False, False
            ruled = False
        elif text.find("|", start, end) >= 0:
            raw = text[start : end - 1]
            if is_rule(raw):
                yield line, None, True, True
                ruled = True
                continue
            below = line < len(layer.starts) and ends[line] - layer.starts[line] <= LONGEST_ROW
            above_rule = below and is_rule(text[layer.starts[line] : ends[line] - 1])
            row = pipe_row(layer, line, open_ended=ruled or above_rule)
            yield line, row, True, False
            ruled = ruled and row is not None
        else:
            ruled = False
            yield (line if text[start:end].strip(" \t\r\n\u3000\xa0") else 0), None, False, False


def _new_block(rows: list[Row], row: Row, blank: bool, words: TableWords) -> bool:
    """True when `row` cannot belong to the block of `rows`."""
    if blank and len(row.cells) != len(rows[-1].cells):
        return True
    return opens_table(row, rows, words)


class _Reader:
    """Puts blocks of rows together to tables."""

    def __init__(self, layer: TextLayer, words: TableWords) -> None:
        self.layer = layer
        self.words = words
        self.drafts: list[_Draft] = []
        self.consumed: set[int] = set()
        self.repairs: list[Repair] = []
        self.issues: list[Issue] = []
        self.floor = 0

    def add(self, grid: Grid) -> None:
        """Makes a block a table, or a continuation of the last one, or leaves it as text."""
        lead = lead_of(self.layer, grid.first, self.floor, self.words)
        if grid.caption:
            number, caption, unit, _ = parse_caption(grid.caption, self.words) or ("", grid.caption, "", False)
            lead = replace(lead, number=number, caption=caption, unit=lead.unit or unit, heading=False)
        if not grid.rows:
            self._consume(grid, lead)
            return
        shaped = shape(grid, lead, self.words)
        last = self.drafts[-1] if self.drafts else None
        if last and shaped.rows and self._continues(last, grid, shaped, lead):
            self._join(last, grid, shaped, lead)
            return
        if not shaped.header:
            if shaped.lead.caption or shaped.lead.unit:
                found = "rows without a header"
                self.issues.append(Issue("", grid.first, "table-without-header", found, "left out"))
                self._consume(grid, lead)
            return
        self.issues += shaped.issues
        self._consume(grid, lead)
        if shaped.rows:
            line = min((grid.first, *lead.lines))
            self.drafts.append(
                _Draft(shaped.lead, shaped, line, grid.last, list(shaped.rows), [], len(shaped.header[0].cells))
            )

    def _consume(self, grid: Grid, lead: Lead) -> None:
        self.consumed.update(range(grid.first, grid.last + 1), lead.lines)
        self.floor = grid.last

    def _continues(self, last: _Draft, grid: Grid, shaped: Shaped, lead: Lead) -> bool:
        """True when the block goes on with the last table: same columns, and a mark, the same caption, or nothing
        but a page break between."""
        width = len(shaped.header[0].cells) if shaped.header else shaped.width
        if width != last.width or (shaped.header and not _same_header(shaped, last.shaped)):
            return False
        if lead.marker:
            return not lead.number or not last.lead.number or lead.number == last.lead.number
        if lead.caption and not lead.heading:
            return (lead.number, lead.caption) == (last.lead.number, last.lead.caption)
        if lead.unit or not self._only_furniture(last.last, grid.first):
            return False
        if not shaped.header:
            return True
        told = {row.cells[0].text for row in last.rows}
        return bool(last.lead.number) and not any(row.cells[0].text in told for row in shaped.rows)

    def _only_furniture(self, last: int, first: int) -> bool:
        lines = 0
        for line in range(last + 1, first):
            text, span = line_text(self.layer, line)
            if not text.strip():
                continue
            lines += 1
            if lines > _MOST_FURNITURE or span.end - span.start > _LONGEST_FURNITURE or text.rstrip()[-1] in "。，；：":
                return False
        return True

    def _join(self, last: _Draft, grid: Grid, shaped: Shaped, lead: Lead) -> None:
        at = lead.marker or min((grid.first, *lead.lines))
        found = line_text(self.layer, at)[0].strip() if lead.lines else "rows after a page break"
        name = f"表 {last.lead.number}" if last.lead.number else f"the table at line {last.line}"
        self.issues += shaped.issues
        self.repairs.append(
            Repair(
                at,
                "table-continuation",
                found[:80],
                f"{name}: {len(shaped.rows)} rows, {len(shaped.header)} header rows dropped",
            )
        )
        self._consume(grid, lead)
        last.rows += shaped.rows
        last.parts.append(at)
        last.last = grid.last


def _same_header(a: Shaped, b: Shaped) -> bool:
    def key(shaped: Shaped) -> list[list[str]]:
        return [["".join(cell.text.split()) for cell in row.cells] for row in shaped.header]

    return key(a) == key(b)


def _table(index: int, draft: _Draft, words: TableWords) -> Table:
    header = draft.shaped.header
    unit = draft.lead.unit
    if not unit:
        units = {words.split_unit(cell.text)[1] for cell in header[-1].cells[1:]}
        unit = units.pop() if len(units) == 1 else ""
    return Table(
        index=index,
        number=draft.lead.number,
        caption=draft.lead.caption,
        unit=unit,
        header=header,
        rows=tuple(draft.rows),
        section=-1,
        line=draft.line,
        parts=tuple(draft.parts),
    )
