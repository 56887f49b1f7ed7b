"""The gold standard and the tables to compare with it, as rows by kind.

A gold folder holds JSONL files named by kind (`events.jsonl`), also in folders below, and `lines.json`: which lines
of the report the gold covers, by kind or by `default` (`108-344,916-1143`).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ConfigError
from kg.evaluate.matching import MATCHERS
from kg.evaluate.names import Names, Row, lines_of, parts
from kg.model.frozen import Frozen

__all__ = ["Gold", "Ranges", "Rows", "in_ranges", "of_document", "parse_ranges", "read_gold", "read_tables"]

#: Stretches of lines, first and last included; empty for all.
Ranges = tuple[tuple[int, int], ...]
#: Rows of the fact tables by table.
Rows = dict[str, list[Row]]

_WITH_ID = frozenset({"events", "agreements", "indicators"})


class Gold(Frozen):
    """The records by kind, each with the folder of its file under `_file`; the lines covered; known names; the SHA-256
    of the names and bytes of all its files."""

    records: Mapping[str, tuple[Row, ...]]
    lines: Mapping[str, str]
    names: Names
    sha256: str = ""

    def ranges(self, kind: str) -> Ranges:
        """The lines that the gold of a kind covers."""
        return parse_ranges(self.lines.get(kind, self.lines.get("default", "")))


def parse_ranges(text: str) -> Ranges:
    """`108-344,916-1143` as pairs. Raises ConfigError for anything else."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and last.isdecimal()) and not (first.isdecimal() and not dash):
            raise ConfigError(f"lines {part!r}; expected FIRST-LAST,FIRST-LAST ...")
        found.append((int(first), int(last or first)))
    return tuple(found)


def in_ranges(row: Row, ranges: Ranges) -> bool:
    """True when one of its lines lies inside; a row without a line always counts."""
    lines = lines_of(row)
    return not ranges or not lines or any(first <= line <= last for line in lines for first, last in ranges)


def read_gold(folder: Path) -> Gold:
    """The gold in a folder. Raises ConfigError for a folder without any and for a line that is no record."""
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder; expected one with gold (events.jsonl, ...)")
    records = {kind: tuple(_records(folder, kind)) for kind in MATCHERS}
    if not any(records.values()):
        raise ConfigError(f"{folder}: no gold; expected one of {', '.join(f'{kind}.jsonl' for kind in MATCHERS)}")
    return Gold(records, _covered(folder), Names((*records["agencies"], *records["people"])), _digest(folder))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    read = {*(f"{kind}.jsonl" for kind in MATCHERS), "lines.json"}
    for path in sorted(path for path in folder.rglob("*.json*") if path.name in read):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()


def _records(folder: Path, kind: str) -> Iterator[Row]:
    for path in sorted(folder.rglob(f"{kind}.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            record = _parsed(line)
            if not isinstance(record, dict):
                raise ConfigError(f"{path}:{n}: not a JSON object; expected one record a line")
            if kind in _WITH_ID and "id" not in record:
                raise ConfigError(f"{path}:{n}: no id; expected one in each record of {kind}")
            yield {**record, "_file": str(path.parent)}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None


def _covered(folder: Path) -> Mapping[str, str]:
    path = folder / "lines.json"
    if not path.is_file():
        return {}
    lines = _parsed(path.read_text(encoding="utf-8"))
    if not isinstance(lines, dict) or not all(isinstance(value, str) for value in lines.values()):
        raise ConfigError(f'{path}: not lines by kind; expected {{"default": "1-100,200-300"}}')
    return lines


def read_tables(folder: Path, document: str = "") -> Rows:
    """The rows of the fact tables in a folder, those of one source when `document` names it."""
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder; expected one made by `kg export --format csv`")
    tables: Rows = {}
    for kind in MATCHERS:
        path = folder / f"{kind}.csv"
        rows: list[Row] = []
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
        tables[kind] = of_document(rows, document)
    return tables


def of_document(rows: Iterable[Row], document: str) -> list[Row]:
    """The rows of one source, all when `document` is ""."""
    return [row for row in rows if not document or document in parts(row.get("document"))]
