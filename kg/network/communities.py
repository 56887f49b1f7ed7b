"""Communities by the Louvain method, how stable they are over seeds, and the roles of nodes between them.

The adjusted Rand index is our own: the one light library that has it would be needed for it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import comb, sqrt
from typing import TYPE_CHECKING

from kg.model import NetworkRole
from kg.model.frozen import Frozen

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["RUNS", "Partition", "Standing", "adjusted_rand", "find_communities", "standings"]

#: How many seeds are tried.
RUNS = 20

#: Guimerà and Amaral, Nature 433 (2005): from this z-score on a node is a hub; then the largest participation of a role.
_HUB = 2.5
_OTHERS = ((0.05, NetworkRole.ULTRA_PERIPHERAL), (0.62, NetworkRole.PERIPHERAL), (0.80, NetworkRole.CONNECTOR))
_HUBS = ((0.30, NetworkRole.PROVINCIAL_HUB), (0.75, NetworkRole.CONNECTOR_HUB))


class Partition(Frozen):
    """The communities of a network, the largest first (of equals that with the first node), nodes sorted.

    `modularity` is theirs. `stability` is the mean adjusted Rand index over all pairs of the partitions that the runs
    found, 1.0 when there are none to compare.
    """

    communities: tuple[tuple[str, ...], ...]
    modularity: float
    stability: float

    @property
    def number(self) -> dict[str, int]:
        """The number of each node's community, from 1."""
        return {node: n for n, nodes in enumerate(self.communities, start=1) for node in nodes}


def find_communities(graph: nx.Graph, seed: int = 1, runs: int = RUNS) -> Partition:
    """Of `runs` partitions by Louvain, with seeds from `seed` on, the one of highest modularity (the first of equals).

    Weights count, the resolution is 1. Blondel, Guillaume, Lambiotte and Lefebvre, J. Stat. Mech. (2008) P10008.
    """
    import networkx as nx

    if not graph.number_of_edges():
        return Partition(tuple((node,) for node in sorted(graph)), 0.0, 1.0)
    # Louvain goes through sets of nodes: small integers have an order there that names do not have.
    names = list(graph)
    plain = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    index = {name: n for n, name in enumerate(names)}
    plain.add_weighted_edges_from((index[a], index[b], weight) for a, b, weight in graph.edges(data="weight"))
    found: list[tuple[float, list[int]]] = []
    for one in range(seed, seed + runs):
        sets = nx.community.louvain_communities(plain, weight="weight", seed=one)
        label = {node: n for n, nodes in enumerate(sets) for node in nodes}
        found.append((nx.community.modularity(plain, sets, weight="weight"), [label[node] for node in plain]))
    pairs = [adjusted_rand(a, b) for (_, a), (_, b) in combinations(found, 2)]
    modularity, labels = max(found, key=lambda run: run[0])
    members: dict[int, list[str]] = {}
    for name, label_of in zip(names, labels, strict=True):
        members.setdefault(label_of, []).append(name)
    communities = sorted((tuple(sorted(group)) for group in members.values()), key=lambda group: (-len(group), group))
    return Partition(tuple(communities), modularity, sum(pairs) / len(pairs) if pairs else 1.0)


def adjusted_rand(a: Sequence[int], b: Sequence[int]) -> float:
    """How much two partitions agree beyond chance, given as labels of the same things; 1 when they are equal.

    Hubert and Arabie, Journal of Classification 2 (1985), 193-218.
    """
    together = sum(comb(n, 2) for n in Counter(zip(a, b, strict=True)).values())
    in_a, in_b = (sum(comb(n, 2) for n in Counter(labels).values()) for labels in (a, b))
    pairs = comb(len(a), 2)
    if not pairs:
        return 1.0
    expected = in_a * in_b / pairs
    largest = (in_a + in_b) / 2
    return 1.0 if largest == expected else (together - expected) / (largest - expected)


class Standing(Frozen):
    """How a node stands to the communities: its own, how many it has ties to, and the measures that give the role."""

    community: int
    reached: int
    participation: float
    z: float
    role: NetworkRole


def standings(graph: nx.Graph, partition: Partition) -> dict[str, Standing]:
    """The standing of each node, in the order of the nodes. Measures go by weights (numbers of ties)."""
    number = partition.number
    weights: dict[str, Counter[int]] = {node: Counter() for node in graph}
    for a, b, weight in graph.edges(data="weight"):
        weights[a][number[b]] += weight
        weights[b][number[a]] += weight
    inside: dict[int, list[int]] = {}
    for node in graph:
        inside.setdefault(number[node], []).append(weights[node][number[node]])
    spread = {n: _mean_and_deviation(values) for n, values in inside.items()}
    found = {}
    for node, by_community in weights.items():
        own = number[node]
        total = sum(by_community.values())
        participation = 1 - sum((weight / total) ** 2 for weight in by_community.values()) if total else 0.0
        mean, deviation = spread[own]
        z = (by_community[own] - mean) / deviation if deviation else 0.0
        reached = sum(weight > 0 for weight in by_community.values())
        found[node] = Standing(own, reached, participation, z, _role(participation, z))
    return found


def _mean_and_deviation(values: list[int]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    return mean, sqrt(sum((value - mean) ** 2 for value in values) / len(values))


def _role(participation: float, z: float) -> NetworkRole:
    bounds, last = (_HUBS, NetworkRole.KINLESS_HUB) if z >= _HUB else (_OTHERS, NetworkRole.KINLESS)
    return next((role for bound, role in bounds if participation <= bound), last)
