"""Fact tables and RDF files, made only from what the store answers."""

from __future__ import annotations

from kg.export.csvw import write_metadata
from kg.export.graphs import copy_nquads, read_quads, write_nquads, write_trig, write_turtle
from kg.export.jsonld import write_jsonld
from kg.export.publication import FORMS, write_description, write_export
from kg.export.quotes import Quotes
from kg.export.tables import TABLES, Table, write_tables

__all__ = [
    "FORMS",
    "TABLES",
    "Quotes",
    "Table",
    "copy_nquads",
    "read_quads",
    "write_description",
    "write_export",
    "write_jsonld",
    "write_metadata",
    "write_nquads",
    "write_tables",
    "write_trig",
    "write_turtle",
]
