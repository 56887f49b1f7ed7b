"""The tables of a text of any length, read piece by piece: memory holds a piece, not the text.

A piece ends before a numbered caption that cannot go on with a table above it. A text without such captions is one
piece. Sections and sentences are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from kg.errors import InputError
from kg.lexicon import Lexicon
from kg.lexicon.table_words import TableWords, load_table_words
from kg.model import Issue, Report, Source
from kg.model.frozen import Frozen
from kg.text.captions import parse_caption
from kg.text.cells import clean
from kg.text.decode import decode, layer_of
from kg.text.source import identify, read_front_matter
from kg.text.tables import read_tables

__all__ = ["PIECE", "TablePiece", "stream_tables"]

#: A piece has at least so many characters.
PIECE = 1 << 17
#: So many bytes tell the encoding, the publisher and the year; a file of this size is read at once.
_HEAD = 1 << 20
#: Encodings that can be read in parts, by their names in `kg.text.decode`. UTF-8 keeps broken bytes as U+FFFD.
_CODECS = {
    "UTF-8": ("utf-8", "replace"),
    "UTF-8 with BOM": ("utf-8-sig", "strict"),
    "GB18030": ("gb18030", "strict"),
    "Big5": ("big5hkscs", "strict"),
}


class TablePiece(Frozen):
    """A report that holds tables only. `lines` is how many lines of the file stand before it: the lines and offsets
    of its tables count from there, those of `report.issues` from the beginning of the file. Size and hash of the source
    are those of the part that was read to identify it."""

    report: Report
    lines: int


def stream_tables(path: Path, lexicon: Lexicon, piece: int = PIECE) -> Iterator[TablePiece]:
    """The tables of a file, in order, in pieces of at least `piece` characters.

    Raises InputError (`path: what was found; what was expected`) when it is no readable text.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            # UTF-16 is rare and hard to cut: it is read at once, whatever its size.
            if b"\0" in head:
                head += stream.read()
            whole = len(head) < _HEAD or b"\0" in head
    except OSError as fault:
        raise InputError(f"{path}: cannot be read ({fault.strerror}); expected a report") from None
    # A character may be cut at the end of the head: the last line, which is not whole, tells nothing.
    decoded = decode(head if whole else head[: head.rfind(b"\n") + 1] or head, path)
    text = decoded.text
    matter = read_front_matter(text, path)
    source, _ = identify(text, matter, path, head, decoded.encoding, lexicon)
    lines = _lines(text) if whole else _read(path, decoded.encoding)
    yield from _pieces(lines, source, piece)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _read(path: Path, encoding: str) -> Iterator[str]:
    codec, errors = _CODECS[encoding]
    try:
        with path.open(encoding=codec, errors=errors, newline="\n") as stream:
            yield from stream
    except UnicodeDecodeError as fault:
        raise InputError(f"{path}: bytes that are no {encoding} ({fault.reason}); expected one encoding") from None


def _pieces(lines: Iterator[str], source: Source, least: int) -> Iterator[TablePiece]:
    words = load_table_words()
    held: list[str] = []
    size = before = depth = 0
    # The numbers of the captions above the last rows and below them: one of these the last table has.
    above: set[str] = set()
    below: set[str] = set()
    for line in lines:
        if "<" in line:
            low = line.lower()
            depth += low.count("<table") - low.count("</table")
        if "\t" in line or "|" in line or depth > 0:
            if below:
                above, below = below, set()
        elif "表" in line[:12] and (number := _numbered(line, words)):
            if size >= least and number not in above and number not in below:
                yield _piece(held, source, before)
                before += len(held)
                held, size = [], 0
                above.clear()
                below.clear()
            below.add(number)
        held.append(line)
        size += len(line)
    if held:
        yield _piece(held, source, before)


def _numbered(line: str, words: TableWords) -> str:
    """The number of a caption that opens a table, or "" for other lines and for captions of continuations."""
    parsed = parse_caption(clean(line), words)
    return parsed[0] if parsed and not parsed[3] else ""


def _piece(held: list[str], source: Source, before: int) -> TablePiece:
    layer = layer_of("".join(held))
    reading = read_tables(layer)
    issues = tuple(_moved(issue, source.id, before) for issue in reading.issues)
    return TablePiece(Report(source, layer, (), (), reading.tables, reading.repairs, issues), before)


def _moved(issue: Issue, source: str, lines: int) -> Issue:
    return replace(issue, source=source, line=issue.line + lines)
