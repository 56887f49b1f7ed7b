"""Lines and tags to rows of cells: tab-separated lines, Markdown pipe rows, HTML tables. No meaning is looked for.

HTML is cut by one bounded pattern instead of `html.parser`: each cell needs its place in the text, and broken
markup must not cost more than linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from msgspec import Struct

from kg.model import Cell, Issue, Row, Span, TextLayer
from kg.model.frozen import Frozen

__all__ = ["Grid", "clean", "html_grids", "is_rule", "is_value", "line_text", "pipe_row", "tab_row"]

#: Longer lines are no rows of a printed table; a tab in them is chance.
LONGEST_ROW = 20_000
_MOST_CELLS = 500_000
_MOST_COLUMNS = 400
_MOST_SPAN = 200
_LONGEST_TABLE = 8_000_000

_NOTE = re.compile(r"<sup\b[^<>]{0,100}>[^<>]{0,20}</sup\s{0,5}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,5}/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_MARK = re.compile(r"\*\*|__")
_OUTER = " \t\r\n\u3000\xa0\ufeff\f"
_TABLE_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|tr|td|th|thead|tbody|tfoot|caption)\b(?P<attributes>[^<>]{0,1000})>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?P<name>rowspan|colspan)\s{0,5}=\s{0,5}[\"']?\s{0,5}(?P<n>\d{1,4})", re.IGNORECASE)
_VALUE = re.compile(
    r"[-+−–－＋↑↓]?\s{0,3}[\d０-９]{1,30}(?:[,，\s][\d０-９]{3}){0,12}(?:[.．][\d０-９]{1,20})?"
    r"\s{0,3}(?:[%％‰]|个月|个?工作日|[十百千万亿]{1,3}[^\d\s]{0,3}|[^\d\s年月日.．,，、/\-—－–~～)）]{1,3})?[①-⑳*†‡]{0,3}"
)
#: So many digits are a value without a look at the pattern.
_PLAIN_DIGITS = 30
_NOTHING = frozenset(("-", "--", "—", "——", "–", "…", "……", "...", "/", "－"))


class Grid(Frozen):
    """Rows that stand together. `header` counts the rows that the markup itself calls header; `caption` is that of
    HTML, `last` the last line."""

    rows: tuple[Row, ...]
    first: int
    last: int
    header: int = 0
    caption: str = ""


def line_text(layer: TextLayer, line: int) -> tuple[str, Span]:
    """A line without its end, and where it stands."""
    start = layer.starts[line - 1]
    end = layer.starts[line] - 1 if line < len(layer.starts) else len(layer.text)
    text = layer.text[start:end]
    if text.endswith("\r"):
        text, end = text[:-1], end - 1
    return text, Span(start, end)


def clean(raw: str) -> str:
    """A cell as printed: no tags, marks or footnote signs in <sup>, no outer spaces."""
    if "<" in raw:
        raw = _TAG.sub("", _BREAK.sub(" ", _NOTE.sub("", raw)))
    if "&" in raw:
        raw = html.unescape(raw)
    if "*" in raw or "_" in raw:
        raw = _MARK.sub("", raw)
    return raw.strip(_OUTER)


def is_value(text: str) -> bool:
    """True for a cell that holds a number (with a short unit) or the sign for none."""
    if text.isdigit() and text.isascii() and len(text) <= _PLAIN_DIGITS:
        return True
    return text in _NOTHING or (len(text) <= 80 and _VALUE.fullmatch(text) is not None)


def _split(text: str, start: int, separator: str) -> Iterator[Cell]:
    at = start
    for raw in text.split(separator):
        end = at + len(raw)
        # Letters, ideographs and digits alone are clean as they are.
        yield Cell(raw if raw.isalnum() else clean(raw), Span(at, end))
        at = end + 1


def tab_row(layer: TextLayer, line: int) -> Row | None:
    """The row of a line with tabs, else None."""
    text, span = line_text(layer, line)
    if "\t" not in text or len(text) > LONGEST_ROW:
        return None
    return Row(tuple(_split(text, span.start, "\t")), line, span)


def is_rule(text: str) -> bool:
    """True for the line below the header of a pipe table: | --- | :-: |"""
    return "-" in text and "|" in text and len(text) <= LONGEST_ROW and not text.strip("|-: \t\r")


def pipe_row(layer: TextLayer, line: int, *, open_ended: bool = False) -> Row | None:
    """The row of a line in pipes, else None. `open_ended` allows rows without the outer pipes."""
    text, span = line_text(layer, line)
    if len(text) > LONGEST_ROW or "|" not in text:
        return None
    left = len(text) - len(text.lstrip(_OUTER))
    body = text.strip(_OUTER)
    if not body.startswith("|") and not open_ended:
        return None
    if body.startswith("|"):
        body, left = body[1:], left + 1
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    # An escaped pipe belongs to the cell; the stand-in has the same length.
    cells = _split(body.replace("\\|", "\0\0"), span.start + left, "|")
    return Row(tuple(Cell(c.text.replace("\0\0", "|"), c.span) for c in cells), line, span)


class _Open(Struct):
    """An HTML table that is being read."""

    start: int
    rows: list[tuple[int, int, list[tuple[Cell, int, int, bool]]]]
    caption: str = ""
    head: bool = False
    header_rows: int = 0
    nested: bool = False


def html_grids(layer: TextLayer) -> tuple[tuple[Grid, ...], tuple[Issue, ...]]:
    """All HTML tables in order, and Issues for those that are broken (their rows are left out)."""
    if "<" not in layer.text:
        return (), ()
    tokens = list(_TABLE_TAG.finditer(layer.text))
    grids: list[Grid] = []
    issues: list[Issue] = []
    at = 0
    while at < len(tokens):
        if tokens[at]["name"].lower() != "table" or tokens[at]["end"]:
            at += 1
            continue
        stop, depth = at + 1, 1
        while stop < len(tokens) and depth:
            if tokens[stop]["name"].lower() == "table":
                if not tokens[stop]["end"] and _reopened(layer.text, tokens[stop - 1], tokens[stop]):
                    break
                depth += -1 if tokens[stop]["end"] else 1
            stop += 1
        line = layer.line_of(tokens[at].start())
        inside = tokens[at:stop]
        last = _last_line(layer, inside, closed=not depth)
        if depth:
            issues.append(Issue("", line, "table-unclosed", "<table> without </table>", "its rows are left out"))
            grids.append(Grid((), line, last))
        elif sum(t["name"].lower() == "table" for t in inside) > 2:
            issues.append(Issue("", line, "table-nested", "a table inside a table", "its rows are left out"))
            grids.append(Grid((), line, last))
        else:
            grid, fault = _html_grid(layer, inside, line, last)
            grids.append(grid)
            issues += fault
        at = stop
    return tuple(grids), tuple(issues)


def _reopened(text: str, before: re.Match[str], here: re.Match[str]) -> bool:
    """True when a new table begins on a line of its own after a blank line: the one before was never closed."""
    return "\n\n" in text[before.end() : here.start()][-200:]


def _last_line(layer: TextLayer, tokens: list[re.Match[str]], *, closed: bool) -> int:
    """The last line of a table; an unclosed one ends where its tags stop following each other closely."""
    if closed:
        return layer.line_of(tokens[-1].end() - 1)
    last = tokens[0]
    for token in tokens[1:]:
        if "\n\n" in layer.text[last.end() : min(token.start(), last.end() + 2000)]:
            break
        last = token
    return layer.line_of(last.end() - 1)


def _spans(attributes: str) -> tuple[int, int]:
    found = {m["name"].lower(): int(m["n"]) for m in _SPAN.finditer(attributes)}
    return (
        min(max(found.get("rowspan", 1), 1), _MOST_SPAN * 10),
        min(max(found.get("colspan", 1), 1), _MOST_SPAN),
    )


def _html_grid(layer: TextLayer, tokens: list[re.Match[str]], line: int, last: int) -> tuple[Grid, list[Issue]]:
    """The grid between `<table>` and `</table>`, merged cells spread over what they cover."""
    text = layer.text
    if tokens[-1].end() - tokens[0].start() > _LONGEST_TABLE:
        fault = Issue("", line, "table-too-large", "a table of more than 8 MB", "its rows are left out")
        return Grid((), line, last), [fault]
    table = _Open(tokens[0].start(), [])
    for n, token in enumerate(tokens[:-1]):
        name, end = token["name"].lower(), bool(token["end"])
        following = tokens[n + 1].start()
        if name == "thead":
            table.head = not end
        elif name == "caption" and not end:
            table.caption = clean(text[token.end() : following])
        elif name == "tr" and not end:
            if table.head:
                table.header_rows = len(table.rows) + 1
            table.rows.append((token.start(), token.end(), []))
        elif name == "tr" and table.rows:
            start, _, cells = table.rows[-1]
            table.rows[-1] = (start, token.end(), cells)
        elif name in ("td", "th") and not end and table.rows:
            cell = Cell(clean(text[token.end() : following]), Span(token.end(), following))
            table.rows[-1][2].append((cell, *_spans(token["attributes"]), name == "th"))
            table.rows[-1] = (table.rows[-1][0], following, table.rows[-1][2])
    return _spread(layer, table, line, last)


def _spread(layer: TextLayer, table: _Open, line: int, last: int) -> tuple[Grid, list[Issue]]:
    rows: list[Row] = []
    header = table.header_rows
    hanging: dict[int, tuple[int, Cell]] = {}
    total = 0
    for start, end, cells in table.rows:
        out: list[Cell] = []
        queue = iter(cells)
        entry = next(queue, None)
        while entry is not None or len(out) in hanging:
            if len(out) in hanging:
                left, cell = hanging.pop(len(out))
                if left > 1:
                    hanging[len(out)] = (left - 1, cell)
                out.append(cell)
                continue
            if entry is None:
                break
            cell, down, across, _ = entry
            # A number is printed once: the rest of its merged cell is empty.
            again = Cell("" if is_value(cell.text) else cell.text, cell.span)
            for n in range(across):
                if down > 1:
                    hanging[len(out)] = (down - 1, again)
                out.append(again if n else cell)
            entry = next(queue, None)
        total += len(out)
        if total > _MOST_CELLS or len(out) > _MOST_COLUMNS:
            fault = Issue("", line, "table-too-large", f"{len(out)} columns, {total} cells", "its rows are left out")
            return Grid((), line, last), [fault]
        if out:
            if len(rows) == header and cells and all(th for _, _, _, th in cells):
                header += 1
            rows.append(Row(tuple(out), layer.line_of(start), Span(start, end)))
    return Grid(tuple(rows), line, last, min(header, len(rows)), table.caption), []
