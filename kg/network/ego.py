"""The surroundings of one actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.network.selection import kept
from kg.store.names import EntityKind, Names

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

__all__ = ["around", "find_ego"]

_KINDS = (EntityKind.AGENCY, EntityKind.PLACE)


def find_ego(store: Store, network: nx.MultiDiGraph, name: str) -> str:
    """The node of the actor called so: by a name, an alias, a code or an IRI, as parameters of queries are.

    Where a name means several things, the one that is in the network. ConfigError when none is (with the nearest
    known names, or with the reason) or when several are.
    """
    found = sorted({named.iri for named in Names(store).require(name, _KINDS)})
    here = [iri for iri in found if iri in network]
    if not here:
        listed = ", ".join(iri.partition("/id/")[2] for iri in found)
        raise ConfigError(f"ego {name!r} ({listed}): no tie in this network; expected an actor that has one")
    if len(here) > 1:
        listed = ", ".join(iri.partition("/id/")[2] for iri in here)
        raise ConfigError(f"ego {name!r}: {len(here)} actors are called so; expected one of {listed}")
    return here[0]


def around(network: nx.MultiDiGraph, ego: str, hops: int = 1) -> nx.MultiDiGraph:
    """The actors at most `hops` ties away from a node, whatever the direction of the ties, and all ties among them.

    Raises ConfigError for less than one hop.
    """
    import networkx as nx

    if hops < 1:
        raise ConfigError(f"hops {hops}; expected 1 or more")
    near = nx.single_source_shortest_path_length(network.to_undirected(as_view=True), ego, cutoff=hops)
    return kept(network, [key for a, b, key in network.edges(keys=True) if a in near and b in near])
