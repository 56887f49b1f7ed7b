"""Reads the gazetteers of data/ into entries.

A malformed file raises ConfigError, worded `file:line: what was found; what was expected`.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kg.errors import ConfigError
from kg.lexicon.values import Entry, EntryType, Exclusion, RelativeBody, Suffix
from kg.model import AgencyKind, PlaceKind, RowStatus
from kg.model.frozen import Frozen

__all__ = ["FILES", "Tables", "read_tables"]

#: Each file with the columns it must have, in this order.
FILES: dict[str, tuple[str, ...]] = {
    "agencies.csv": (
        "key", "zh", "en", "aliases", "weak", "kind", "country", "region", "st3", "parent", "source",
    ),
    "agency_suffixes.csv": ("suffix", "kind", "weak", "source"),
    "not_names.csv": ("before", "name", "after", "why", "source"),
    "place_groups.csv": ("key", "zh", "en", "aliases", "members", "source"),
    "places.csv": (
        "key", "kind", "zh", "en", "aliases", "short", "weak", "code", "gb", "broader", "source",
    ),
    "relative_bodies.csv": ("short", "full", "kind", "levels", "source"),
    "table_labels.csv": ("label", "status", "en", "code", "aliases", "source"),
}  # fmt: skip

_KEY = re.compile(r"[a-z]{1,12}/[A-Za-z0-9-]{1,60}")
_E = TypeVar("_E", bound=StrEnum)


class Tables(Frozen):
    """All that the gazetteers hold, in the order of the files."""

    entries: tuple[Entry, ...]
    suffixes: tuple[Suffix, ...]
    relative: tuple[RelativeBody, ...]
    exclusions: tuple[Exclusion, ...]
    version: str


class _Row(Frozen):
    """A row with the place it stands at, for messages."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        cell = self.cells[column]
        return tuple(cell.split("|")) if cell else ()

    def need(self, column: str) -> str:
        if not self.cells[column]:
            raise ConfigError(f"{self.where}: {column} is empty; expected a value")
        return self.cells[column]

    def member(self, column: str, kinds: type[_E]) -> _E:
        try:
            return kinds(self.cells[column])
        except ValueError:
            expected = ", ".join(kind.value for kind in kinds)
            found = self.cells[column]
            raise ConfigError(f"{self.where}: {column} {found!r}; expected one of {expected}") from None

    def key(self) -> str:
        if not _KEY.fullmatch(self.cells["key"]):
            raise ConfigError(f"{self.where}: key {self.cells['key']!r}; expected place/... or agency/... in ASCII")
        return self.cells["key"]


def _rows(path: Path, data: bytes) -> Iterator[_Row]:
    columns = FILES[path.name]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path.name}:{line}: bytes that are no UTF-8; expected UTF-8") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise ConfigError(f"{path.name}:1: columns {','.join(header)}; expected {','.join(columns)}")
        for cells in reader:
            where = f"{path.name}:{reader.line_num}"
            if len(cells) != len(columns):
                raise ConfigError(f"{where}: {len(cells)} cells; expected {len(columns)}")
            yield _Row(where, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise ConfigError(f"{path.name}:{reader.line_num}: {error}; expected CSV") from None


def _place(row: _Row, chains: dict[str, tuple[str, str]]) -> Entry:
    country, region = _located(row["key"], chains)
    return Entry(
        key=row.key(),
        type=EntryType.PLACE,
        kind=row.member("kind", PlaceKind).value,
        zh=row.need("zh"),
        en=row["en"],
        aliases=row.many("aliases"),
        weak=row.many("weak"),
        short=row.many("short"),
        code=row["code"],
        gb=row["gb"],
        broader=row["broader"],
        country=country,
        region=region,
    )


def _located(key: str, chains: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The country and the region that a chain of broader places leads to; `chains` has kind and broader by key."""
    country = region = ""
    for _ in range(6):
        if key not in chains:
            break
        kind, broader = chains[key]
        if kind == PlaceKind.COUNTRY.value:
            country = key
        elif kind == PlaceKind.REGION.value:
            region = key
        key = broader
    return country, region


def _group(row: _Row) -> Entry:
    return Entry(
        key=row.key(),
        type=EntryType.GROUP,
        kind=PlaceKind.GROUP.value,
        zh=row.need("zh"),
        en=row["en"],
        aliases=row.many("aliases"),
        members=row.many("members"),
        country="place/CN",
    )


def _agency(row: _Row) -> Entry:
    return Entry(
        key=row.key(),
        type=EntryType.AGENCY,
        kind=row.member("kind", AgencyKind).value,
        zh=row.need("zh"),
        en=row["en"],
        aliases=row.many("aliases"),
        weak=row.many("weak"),
        code=row["st3"],
        country=f"place/{row['country']}" if row["country"] else "",
        region=row["region"],
        parent=row["parent"],
    )


def _label(row: _Row) -> Entry:
    status = row.member("status", RowStatus).value
    return Entry(
        key=f"label/{row.need('code')}",
        type=EntryType.LABEL,
        kind=status,
        zh=row.need("label"),
        en=row["en"],
        aliases=row.many("aliases"),
        code=row["code"],
        status=status,
    )


def _suffix(row: _Row) -> Suffix:
    if row["weak"] not in ("0", "1"):
        raise ConfigError(f"{row.where}: weak {row['weak']!r}; expected 0 or 1")
    return Suffix(row.need("suffix"), row.member("kind", AgencyKind), row["weak"] == "1")


def _relative(row: _Row) -> list[RelativeBody]:
    kind = row.member("kind", AgencyKind)
    return [RelativeBody(level + row["short"], level, row["full"], kind) for level in row.need("levels").split("|")]


def _exclusion(row: _Row) -> Exclusion:
    name = row.need("name")
    return Exclusion(row["before"], name.removeprefix("*"), row["after"], name.startswith("*"))


def _checked(rows: list[tuple[str, Entry]]) -> tuple[Entry, ...]:
    """The entries, when keys are unique and every reference leads to an entry."""
    known: dict[str, str] = {}
    for where, entry in rows:
        if entry.key in known:
            raise ConfigError(f"{where}: key {entry.key} again; expected once (first at {known[entry.key]})")
        known[entry.key] = where
    for where, entry in rows:
        for reference in (entry.country, entry.region, entry.broader, entry.parent, *entry.members):
            if reference and reference not in known:
                raise ConfigError(f"{where}: reference to {reference}; expected a key of the gazetteers")
    return tuple(entry for _, entry in rows)


def read_tables(folder: Path) -> Tables:
    """Everything in the gazetteers of `folder`. Raises ConfigError for a malformed file."""
    contents = {name: (folder / name).read_bytes() for name in sorted(FILES)}
    digest = hashlib.sha256()
    for name, data in contents.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)

    def rows(name: str) -> Iterator[_Row]:
        return _rows(folder / name, contents[name])

    places = list(rows("places.csv"))
    chains = {row["key"]: (row["kind"], row["broader"]) for row in places}
    found = [(row.where, _place(row, chains)) for row in places]
    found += [(row.where, _group(row)) for row in rows("place_groups.csv")]
    found += [(row.where, _label(row)) for row in rows("table_labels.csv")]
    found += [(row.where, _agency(row)) for row in rows("agencies.csv")]
    return Tables(
        entries=_checked(found),
        suffixes=tuple(sorted(map(_suffix, rows("agency_suffixes.csv")), key=lambda s: (-len(s.suffix), s.suffix))),
        relative=tuple(body for row in rows("relative_bodies.csv") for body in _relative(row)),
        exclusions=tuple(map(_exclusion, rows("not_names.csv"))),
        version=digest.hexdigest(),
    )
