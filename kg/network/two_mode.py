"""Networks of two kinds of nodes: actors and the events they took part in, actors and the agreements they are
parties to, regions and the series that their typical cases were selected into.

They have the form of the actor network (`kg.network.graph`), with an edge from the actor or region to the event,
agreement or series; nodes of the second kind have the type `event`, `agreement` or `series`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.network.actors import Actor, network_rows, read_actors
from kg.network.graph import add_actors, read_network, words
from kg.rdf.iris import new_thing, short_hash
from kg.store.entities import tellings_of

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

__all__ = ["Mode", "read_mode", "second_side"]


class Mode(StrEnum):
    """What the nodes of a network are."""

    ACTORS = "actors"
    ACTOR_EVENT = "actor-event"
    ACTOR_AGREEMENT = "actor-agreement"
    REGION_SERIES = "region-series"

    @property
    def two(self) -> bool:
        """Whether there are two kinds of nodes."""
        return self is not Mode.ACTORS


def read_mode(store: Store, mode: Mode) -> nx.MultiDiGraph:
    """The network of a mode, everything in it.

    An edge of actor and event is keyed by both IRIs, and its relation is `hosts` (also of who takes part too) or
    `takes_part`; that of actor and agreement likewise, with `party_to`. An edge of region and series is keyed by the
    case (`selected`), so that the weight in the projection is the number of cases. Attributes are those of
    `read_network`; `fact` is the event, agreement or case. Only events that were held are in it.
    """
    match mode:
        case Mode.ACTORS:
            return read_network(store)
        case Mode.ACTOR_EVENT:
            return _network(store, list(_affiliations(store, "events", "event")))
        case Mode.ACTOR_AGREEMENT:
            return _network(store, list(_affiliations(store, "agreements", "agreement")))
        case Mode.REGION_SERIES:
            return _network(store, list(_cases(store)))


def second_side(network: nx.Graph) -> tuple[str, ...]:
    """The nodes that are no actors: events, agreements or series."""
    return tuple(node for node, data in network.nodes(data=True) if data["type"] not in ("agency", "place"))


def _affiliations(store: Store, query: str, kind: str) -> Iterator[dict[str, str]]:
    rows = sorted(network_rows(store, query), key=lambda row: (row["actor"], row["id"], row["relation"]))
    seen = set()
    for row in rows:
        key = f"{row['actor']} {row['id']}"
        if key not in seen:  # hosts sort before those who take part
            seen.add(key)
            yield {**row, "key": key, "type": kind, "fact": row["id"]}


def _cases(store: Store) -> Iterator[dict[str, str]]:
    """A case lies in the region that its place lies in."""
    actors = read_actors(store)
    regions = {actor.region: iri for iri, actor in sorted(actors.items(), reverse=True) if actor.kind == "region"}
    for row in sorted(network_rows(store, "cases"), key=lambda row: row["case"]):
        place = actors[row["actor"]]
        yield {
            "actor": regions.get(place.region, place.iri),
            "id": new_thing(f"case-series/{short_hash(row['series'])}").strip("<>"),
            "kind": "series",
            "zh": row["series"],
            "relation": "selected",
            "key": row["case"],
            "type": "series",
            "fact": row["case"],
        }


def _network(store: Store, rows: list[dict[str, str]]) -> nx.MultiDiGraph:
    import networkx as nx

    actors = read_actors(store)
    ends = {row["actor"]: actors[row["actor"]] for row in rows}
    ends |= {row["id"]: Actor(row["id"], row["type"], row["kind"], row["zh"]) for row in rows}
    abroad = {row["id"] for row in rows if not actors[row["actor"]].domestic}
    told = tellings_of(store, *sorted({row["fact"] for row in rows})) if rows else {}
    graph = nx.MultiDiGraph()
    add_actors(graph, (ends[iri] for iri in sorted(ends)))
    for row in rows:
        graph.add_edge(
            row["actor"],
            row["id"],
            key=row["key"],
            relation=row["relation"],
            directed=False,
            reach="cross_border" if row["id"] in abroad else "domestic",
            date=row.get("date", ""),
            start=row.get("earliest", ""),
            end=row.get("latest", ""),
            weight=1,
            fact=row["fact"],
            **words(told.get(row["fact"], ())),
        )
    return graph
