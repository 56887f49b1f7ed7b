"""What is new, gone, stronger or weaker between two networks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kg.model.frozen import Frozen

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Change", "ChangeKind", "changes"]


class ChangeKind(StrEnum):
    """What became of the ties of two actors."""

    NEW = "new"
    GONE = "gone"
    STRONGER = "stronger"
    WEAKER = "weaker"
    SAME = "same"


class Change(Frozen):
    """Two nodes with their weight before and after, and the relations of either side."""

    a: str
    b: str
    kind: ChangeKind
    before: int
    after: int
    relations_before: tuple[str, ...]
    relations_after: tuple[str, ...]


def changes(before: nx.Graph, after: nx.Graph) -> tuple[Change, ...]:
    """Every pair of nodes with an edge in either projection: by kind in the order of `ChangeKind`, then by the size
    of the change (the largest first) and by the nodes.

    Things are the same when their IRIs are, so that two builds can be compared.
    """
    pairs = {(min(a, b), max(a, b)) for graph in (before, after) for a, b in graph.edges()}
    order = list(ChangeKind)
    found = [_change(before, after, a, b) for a, b in pairs]
    return tuple(sorted(found, key=lambda c: (order.index(c.kind), -abs(c.after - c.before), -c.after, c.a, c.b)))


def _change(before: nx.Graph, after: nx.Graph, a: str, b: str) -> Change:
    old = before.get_edge_data(a, b, {"weight": 0, "relations": ()})
    new = after.get_edge_data(a, b, {"weight": 0, "relations": ()})
    first, then = old["weight"], new["weight"]
    if not first or not then:
        kind = ChangeKind.NEW if then else ChangeKind.GONE
    elif first == then:
        kind = ChangeKind.SAME
    else:
        kind = ChangeKind.STRONGER if then > first else ChangeKind.WEAKER
    return Change(a, b, kind, first, then, old["relations"], new["relations"])
