"""The fact tables as CSV, each asked from the store by one query of `queries/export/`.

A query answers in one of two forms. Long: `?id ?column ?value`, one solution for each value; values of a cell are
sorted and joined, and the words come from the tellings of that kind of fact. Wide: one solution for each row of
one source, sorted by line (solutions with the same `?row` are one row). Several values in a cell stand between `|`;
a `|` inside a value becomes `｜`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.export.beside import beside
from kg.export.quotes import Quotes, cut
from kg.model.frozen import Frozen
from kg.resources import resource
from kg.store.entities import ask_rows, bare
from kg.store.queries import set_values

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["TABLES", "Table", "table_rows", "write_tables"]

_IRIS = {"document", "edition"}
_JOINED = {"line", "quote"}
_MANY = {"differs", "surface"}


class Table(Frozen):
    """A fact table: `columns` in order; `kind` of its tellings when its query is long, else ""."""

    name: str
    columns: tuple[str, ...]
    kind: str = ""


def _table(name: str, contract: str, appended: str, kind: str = "") -> Table:
    return Table(name, tuple(dict.fromkeys(f"{contract} {appended} rule confidence key".split())), kind)


#: All tables with the columns that users rely on, then those appended.
TABLES: tuple[Table, ...] = (
    _table(
        "events",
        "id name type start end places hosts participants people document line quote",
        "series ordinal part_of roles outcome status",
        "event",
    ),
    _table(
        "agreements",
        "id name type parties signed witnesses event document line quote",
        "status extends",
        "agreement",
    ),
    _table(
        "documents",
        "id title kind issuers action date province document line quote",
        "aliases stage",
        "document",
    ),
    _table("cases", "id title series number province organisation document line quote", "selected_by", "case"),
    _table("people", "id name aliases title organisation country document line quote", "first last", "person"),
    _table("agencies", "id name aliases kind country province document line", "name_en code parent", "agency"),
    _table("ties", "a b relation date document line quote", "fact directed stated"),
    _table(
        "indicators",
        "id name value unit period area subject comparison_kind comparison_value comparison_unit approx cumulative "
        "document line quote",
        "base_value base_unit value_text status comparison_base low high rank since",
    ),
    _table(
        "observations",
        "table area area_code measure breakdown period value unit status document line",
        "column edition area_broader base_value",
    ),
    _table(
        "tellings",
        "id fact document line quote rule stated differs",
        "kind surface date_told",
    ),
)


def _query(name: str) -> str:
    return resource("queries", "export", f"{name}.rq").read_text(encoding="utf-8")


def _clean(value: str) -> str:
    return value.replace("|", "｜")


def _join(values: Iterable[str]) -> str:
    return "|".join(_clean(value) for value in sorted(values))


def _wide(store: Store, table: Table) -> Iterator[dict[str, str]]:
    """One source after another, so that the rows of one source at most are held and sorted."""
    text = _query(table.name)
    for source in sorted(row["id"] for row in ask_rows(store, _query("sources"))):
        numbered = (
            (int(row["first"]), row.get("row", ""), tuple(row.get(c, "") for c in table.columns), row["id"], i, row)
            for i, row in enumerate(ask_rows(store, set_values(text, "document", [f"<{source}>"])))
        )
        solutions = sorted(numbered)
        for _, group in groupby(solutions, key=lambda found: found[1] or found[4]):
            yield _merged([found[5] for found in group])


def _merged(solutions: list[dict[str, str]]) -> dict[str, str]:
    row = solutions[0]
    for column, value in row.items():
        if column in _IRIS:
            row[column] = bare(value)
        elif column not in _JOINED:
            row[column] = _join({s[column] for s in solutions if column in s}) if column in _MANY else _clean(value)
    row["key"] = bare(row["id"])
    return row


class _Evidence(Struct):
    words: set[tuple[str, int, str]]
    rules: set[str]
    confidence: float


def _evidence(store: Store, kind: str) -> dict[str, _Evidence]:
    found: dict[str, _Evidence] = {}
    for row in ask_rows(store, set_values(_query("evidence"), "kind", [f'"{kind}"'])):
        told = found.setdefault(row["id"], _Evidence(set(), set(), 0.0))
        source = bare(row["document"])
        pieces = zip(row["lines"].split("|"), row["quotes"].split("|"), strict=True)
        told.words.update((source, int(line), quote) for line, quote in pieces)
        told.rules.add(row["rule"])
        told.confidence = max(told.confidence, float(row["confidence"]))
    return found


def _long(store: Store, table: Table) -> Iterator[dict[str, str]]:
    cells: dict[str, dict[str, set[str]]] = {}
    for row in ask_rows(store, _query(table.name)):
        cells.setdefault(row["id"], {}).setdefault(row["column"], set()).add(row["value"])
    evidence = _evidence(store, table.kind)
    nothing = _Evidence(set(), set(), 0.0)
    order = sorted(cells, key=lambda iri: (sorted(evidence.get(iri, nothing).words)[:1], iri))
    for iri in order:
        told = evidence.get(iri, nothing)
        words = sorted(told.words)
        row = {column: _join(values) for column, values in cells[iri].items()}
        row["id"], row["key"] = iri, bare(iri)
        row["document"] = "|".join(sorted({source for source, _, _ in words}))
        row["line"] = "|".join(str(line) for _, line, _ in words)
        row["quote"] = "|".join(quote for _, _, quote in words)
        row["rule"] = _join(told.rules)
        row["confidence"] = f"{told.confidence:g}" if words else ""
        yield row


def table_rows(store: Store, table: Table, quotes: Quotes = Quotes.FULL) -> Iterator[list[str]]:
    """The rows of a table, in a fixed order, a cell for each column."""
    for row in _long(store, table) if table.kind else _wide(store, table):
        if "quote" in row:
            row["quote"] = cut(row["quote"], quotes)
        yield [row.get(column, "") for column in table.columns]


def write_tables(store: Store, folder: Path, quotes: Quotes = Quotes.FULL) -> dict[str, int]:
    """Write all tables into a folder (made when missing) and say how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for table in TABLES:
        with (
            beside(folder / f"{table.name}.csv") as part,
            part.open("w", encoding="utf-8", newline="") as stream,
        ):
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(table.columns)
            counts[table.name] = 0
            for row in table_rows(store, table, quotes):
                writer.writerow(row)
                counts[table.name] += 1
    return counts
