"""Resolution to RDF: N-Quads made as plain strings, from values alone, in a fixed order.

The mapping is `docs/vocabulary.md`; the terms are closed (`kg.rdf.vocabulary`).
"""

from __future__ import annotations

from kg.rdf.quads import Graph, make_graph, nquads, write_nquads
from kg.rdf.vocabulary import BASE, DATA, ID, PREFIXES, TERMS, ZT

__all__ = ["BASE", "DATA", "ID", "PREFIXES", "TERMS", "ZT", "Graph", "make_graph", "nquads", "write_nquads"]
