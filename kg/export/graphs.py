"""RDF files: N-Quads with everything, Turtle with the resolved facts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.answers import turtle

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["copy_nquads", "write_turtle"]


def copy_nquads(graph: Path, target: Path) -> None:
    """The build's graph.nq, byte for byte."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(graph, target)


def write_turtle(store: Store, target: Path) -> int:
    """Write the default graph, sorted, and say how many triples; named graphs (the evidence) are left out."""
    from pyoxigraph import DefaultGraph

    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(turtle(triples))
    return len(triples)
