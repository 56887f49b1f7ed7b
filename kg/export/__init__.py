"""Fact tables and RDF files, made only from what the store answers."""

from __future__ import annotations

from kg.export.csvw import write_metadata
from kg.export.graphs import copy_nquads, write_turtle
from kg.export.tables import TABLES, Quotes, Table, write_tables

__all__ = ["TABLES", "Quotes", "Table", "copy_nquads", "write_metadata", "write_tables", "write_turtle"]
