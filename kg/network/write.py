"""All files of an analysis in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.beside import beside
from kg.network.rdf import network_quads
from kg.network.tables import csv_of, json_of, tables_of

if TYPE_CHECKING:
    from kg.network.analysis import Analysis

__all__ = ["write_analysis"]


def write_analysis(analysis: Analysis, folder: Path) -> tuple[str, ...]:
    """Write a CSV file for each table, `network.json` with all of them and `network.nq`; give the names of the files.

    The folder is made when missing; a file of an earlier analysis is replaced. Raises OSError when it cannot be written.
    """
    names = []
    for name, text in _texts(analysis):
        with beside(folder / name) as place:
            place.write_text(text, encoding="utf-8", newline="")
        names.append(name)
    return tuple(names)


def _texts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    tables = tables_of(analysis)
    for table in tables:
        yield f"{table.name}.csv", csv_of(table)
    yield "network.json", json_of(analysis, tables)
    yield "network.nq", "".join(f"{quad}\n" for quad in network_quads(analysis))
