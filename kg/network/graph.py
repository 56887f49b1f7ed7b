"""The actor network: every tie of the graph as an edge between two actors, and its weighted projection.

Nodes are keyed by IRI and carry the fields of `Actor` (but `iri`) and `domestic`. Nodes and edges are put in by the
order of their IRIs, so that equal graphs give equal results.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.network.actors import Actor, network_rows, read_actors
from kg.store.entities import tellings_of

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

    from kg.store.entities import Told

__all__ = ["add_actors", "project", "read_network", "words"]


def words(told: Iterable[Told]) -> dict[str, Any]:
    """The sentences behind an edge: `quotes` and, one for one, `lines` (`source:line`); `source` ids joined by `|`.

    Each sentence once, in the order of sources and lines.
    """
    pieces = {
        (one.source, line, quote): None for one in told for line, quote in zip(one.lines, one.quotes, strict=True)
    }
    ordered = sorted(pieces)
    return {
        "quotes": tuple(quote for _, _, quote in ordered),
        "lines": tuple(f"{source}:{line}" for source, line, _ in ordered),
        "source": "|".join(sorted({source for source, _, _ in ordered})),
    }


def add_actors(graph: nx.Graph, actors: Iterable[Actor]) -> None:
    """Put actors in as nodes, with their fields as attributes."""
    for actor in actors:
        values = {name: getattr(actor, name) for name in actor.__struct_fields__ if name != "iri"}
        graph.add_node(actor.iri, **values, domestic=actor.domestic)


def _reach(a: Actor, b: Actor) -> str:
    if a.domestic and b.domestic:
        return "domestic"
    return "cross_border" if a.domestic or b.domestic else "abroad"


def read_network(store: Store) -> nx.MultiDiGraph:
    """All ties of a store, an edge from actor A to actor B for each, and the actors that have any.

    Edges are keyed by the IRI of the tie and carry: `relation`; `directed` (False: the order of the ends says
    nothing); `reach` (`domestic`: both ends are, `cross_border`: one is, `abroad`: none is); `date` as told; `start`
    and `end`, the first and last possible day (YYYY-MM-DD); `weight` 1; `fact`, the IRI of the event, agreement or
    document that implies the tie; `quotes`, `lines` and `source` as in `words`. What is not known is "".
    """
    import networkx as nx

    actors = read_actors(store)
    rows = sorted(network_rows(store, "ties"), key=lambda row: row["id"])
    told = tellings_of(store, *(row["id"] for row in rows)) if rows else {}
    graph = nx.MultiDiGraph()
    add_actors(graph, (actors[iri] for iri in sorted({row[end] for row in rows for end in ("a", "b")})))
    for row in rows:
        graph.add_edge(
            row["a"],
            row["b"],
            key=row["id"],
            relation=row["relation"],
            directed=row["directed"] == "true",
            reach=_reach(actors[row["a"]], actors[row["b"]]),
            date=row.get("date", ""),
            start=row.get("earliest", ""),
            end=row.get("latest", ""),
            weight=1,
            fact=row.get("fact", ""),
            **words(told.get(row["id"], ())),
        )
    return graph


def project(network: nx.MultiDiGraph) -> nx.Graph:
    """The weighted projection: one edge for two actors with any tie, whatever its relation and direction.

    `weight` is the number of distinct ties (resolved ones: told twice counts once). `relations` are their relations,
    sorted; `start` and `end` the first and last possible day of the dated ones, "" without any; `ties` their IRIs;
    `quotes`, `lines`, `source` and `reach` as in `read_network`. A tie of an actor with itself is left out.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(network.nodes(data=True))
    between: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
    for a, b, key, data in network.edges(keys=True, data=True):
        if a != b:
            between.setdefault((min(a, b), max(a, b)), []).append((key, data))
    for (a, b), ties in sorted(between.items()):
        graph.add_edge(a, b, **_merged(sorted(ties, key=lambda tie: tie[0])))
    return graph


def _merged(ties: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    pieces = sorted(
        {piece for _, data in ties for piece in zip(data["lines"], data["quotes"], strict=True)}, key=_place
    )
    return {
        "weight": len(ties),
        "relations": tuple(sorted({data["relation"] for _, data in ties})),
        "reach": ties[0][1]["reach"],
        "start": min((data["start"] for _, data in ties if data["start"]), default=""),
        "end": max((data["end"] for _, data in ties if data["end"]), default=""),
        "ties": tuple(key for key, _ in ties),
        "quotes": tuple(quote for _, quote in pieces),
        "lines": tuple(line for line, _ in pieces),
        "source": "|".join(sorted({one for _, data in ties for one in data["source"].split("|") if one})),
    }


def _place(piece: tuple[str, str]) -> tuple[str, int, str]:
    source, _, line = piece[0].rpartition(":")
    return source, int(line), piece[1]
