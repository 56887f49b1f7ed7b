"""Resolution to RDF: N-Quads made as plain strings, from values alone, in a fixed order.

The mapping is `docs/vocabulary.md`; the terms are closed (`kg.rdf.vocabulary`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.rdf.vocabulary import BASE, DATA, ID, PREFIXES, TERMS, ZT

if TYPE_CHECKING:
    from kg.rdf.quads import Graph, make_graph, nquads, write_nquads

__all__ = ["BASE", "DATA", "ID", "PREFIXES", "TERMS", "ZT", "Graph", "make_graph", "nquads", "write_nquads"]


def __getattr__(name: str) -> Any:
    """What the room offers; its modules are imported when it is asked for, since a part of them serves for tables."""
    if name in __all__:
        return getattr(import_module("kg.rdf.quads"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
