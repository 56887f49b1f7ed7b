"""The graph in an Oxigraph store: `graph` opens, fills and asks it."""

from __future__ import annotations

from kg.store.graph import Rows, ask, construct, load, open_store, rdflib_dataset, select

__all__ = ["Rows", "ask", "construct", "load", "open_store", "rdflib_dataset", "select"]
