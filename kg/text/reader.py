"""A file becomes a Report: decoded, its tables and blocks found, its paragraphs mended and cut into sentences."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kg.errors import InputError
from kg.lexicon import Lexicon
from kg.model import Issue, Report, Table, TextLayer
from kg.text.blocks import find_blocks
from kg.text.decode import decode, layer_of
from kg.text.paragraphs import Outline, outline
from kg.text.sentences import split_sentences
from kg.text.source import identify, read_front_matter
from kg.text.tables import read_tables

__all__ = ["read_report"]

_LONGEST_LINE = 1_000_000


def read_report(path: Path, lexicon: Lexicon) -> Report:
    """What is understood of the file at `path`.

    Raises InputError (`path: what was found; what was expected`) when it is no readable text.
    """
    data = _bytes(path)
    decoded = decode(data, path)
    layer = layer_of(decoded.text)
    _refuse_long_lines(layer, path)
    matter = read_front_matter(decoded.text, path)
    source, issues = identify(decoded.text, matter, path, data, decoded.encoding, lexicon)
    reading = read_tables(layer)
    blocks, block_repairs = find_blocks(layer, reading.consumed, matter.lines, lexicon)
    plan = outline(blocks, lexicon, source.id)
    sentences, repairs, unclosed = split_sentences(layer, plan.paragraphs, source.id)
    broken = tuple(
        Issue(source.id, line, "broken-bytes", f"bytes that are no {decoded.encoding}", "kept as U+FFFD")
        for line in decoded.broken
    )
    table_issues = tuple(replace(issue, source=source.id) for issue in reading.issues)
    return Report(
        source=source,
        layer=layer,
        sections=plan.sections,
        sentences=sentences,
        tables=tuple(_placed(table, plan) for table in reading.tables),
        repairs=tuple(
            sorted((*block_repairs, *plan.repairs, *reading.repairs, *repairs), key=lambda r: (r.line, r.rule))
        ),
        issues=tuple(sorted((*issues, *plan.issues, *table_issues, *unclosed, *broken))),
    )


def _refuse_long_lines(layer: TextLayer, path: Path) -> None:
    """A line longer than any paragraph is data of another kind. Raises InputError."""
    ends = (*layer.starts[1:], len(layer.text) + 1)
    for number, (start, end) in enumerate(zip(layer.starts, ends, strict=True), 1):
        if end - start > _LONGEST_LINE:
            found = f"a line of {end - start - 1:,} characters"
            raise InputError(f"{path}:{number}: {found}; expected at most {_LONGEST_LINE:,}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; expected a report") from None
    except IsADirectoryError:
        raise InputError(f"{path}: a directory; expected a file") from None
    except OSError as fault:
        raise InputError(f"{path}: cannot be read ({fault.strerror}); expected a report") from None


def _placed(table: Table, plan: Outline) -> Table:
    """The table with the section that holds its first line."""
    lines = [line for line in plan.tables if line <= table.line]
    first = [line for line in plan.tables if line >= table.line]
    at = max(lines) if lines else min(first, default=0)
    return replace(table, section=plan.tables.get(at, -1))
