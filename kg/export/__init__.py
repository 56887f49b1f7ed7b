"""Fact tables and RDF files, made only from what the store answers."""

from __future__ import annotations

from kg.export.csvw import write_metadata
from kg.export.graphs import copy_nquads, read_quads, write_nquads, write_trig, write_turtle
from kg.export.quotes import Quotes
from kg.export.tables import TABLES, Table, write_tables

__all__ = [
    "TABLES",
    "Quotes",
    "Table",
    "copy_nquads",
    "read_quads",
    "write_metadata",
    "write_nquads",
    "write_tables",
    "write_trig",
    "write_turtle",
]
