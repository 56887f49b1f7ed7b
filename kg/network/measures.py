"""Measures of nodes, of edges and of the whole network, each by one function of networkx.

The name of a measure is the local name of its property in `ontology/network.ttl`, which holds its definition and
formula. Weights are numbers of ties; a path's length is the sum of 1/weight. The functions of networkx are called
through its dispatch: `networkx.config.backend_priority` (or NETWORKX_BACKEND_PRIORITY) lets a faster backend serve them.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, TypeAlias

from kg.network.two_mode import second_side

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["COUNTS", "METHODS", "Values", "bridges_of", "components_of", "measure_network", "measure_nodes"]

#: Measures by name, then values by node.
Values: TypeAlias = dict[str, dict[str, float]]

#: Measures that count something: their values are whole numbers.
COUNTS = frozenset(
    [
        "degree",
        "strength",
        "core",
        "component",
        "bridges",
        "nodeCount",
        "edgeCount",
        "tieCount",
        "componentCount",
        "bridgeCount",
        "communityCount",
    ]
)

#: How each measure is calculated: the function with what it is given besides the network. A length is 1/weight.
METHODS = {
    "nodeCount": "networkx.Graph.number_of_nodes",
    "edgeCount": "networkx.Graph.number_of_edges",
    "tieCount": "sum of weights",
    "density": "networkx.density; networkx.bipartite.density for two kinds of nodes",
    "componentCount": "networkx.number_connected_components",
    "bridgeCount": "networkx.bridges",
    "transitivity": "networkx.transitivity",
    "degree": "networkx.Graph.degree",
    "strength": "networkx.Graph.degree(weight)",
    "betweenness": "networkx.betweenness_centrality(weight=length, normalized=True)",
    "closeness": "networkx.closeness_centrality(distance=length, wf_improved=True)",
    "eigenvector": "networkx.eigenvector_centrality(weight, tol=1e-10)",
    "pagerank": "networkx.pagerank(alpha=0.85, weight, tol=1e-10)",
    "clustering": "networkx.clustering",
    "twoModeDegree": "networkx.bipartite.degree_centrality",
    "twoModeBetweenness": "networkx.bipartite.betweenness_centrality",
    "twoModeCloseness": "networkx.bipartite.closeness_centrality",
    "twoModeClustering": "networkx.bipartite.clustering(mode=dot)",
    "core": "networkx.core_number",
    "component": "networkx.connected_components",
    "bridges": "networkx.bridges",
    "weight": "number of ties",
    "bridge": "networkx.bridges",
    "communityCount": "networkx.community.louvain_communities(weight, resolution=1), best modularity of all runs",
    "modularity": "networkx.community.modularity(weight, resolution=1)",
    "stability": "mean adjusted Rand index over pairs of runs",
    "participation": "with weights, of the communities above",
    "withinModuleZ": "with weights, of the communities above",
}

#: Enough steps for long chains, and small enough differences for six decimals.
_STEPS = 10_000
_EXACT = 1e-10


def components_of(graph: nx.Graph) -> list[list[str]]:
    """The connected components, the largest first (of equals that with the first node), nodes sorted."""
    import networkx as nx

    found = [sorted(nodes) for nodes in nx.connected_components(graph)]
    return sorted(found, key=lambda nodes: (-len(nodes), nodes))


def bridges_of(graph: nx.Graph) -> set[tuple[str, str]]:
    """The edges whose removal would part a component, each as a sorted pair."""
    import networkx as nx

    return {(min(a, b), max(a, b)) for a, b in nx.bridges(graph)}


def measure_nodes(graph: nx.Graph, *, two_mode: bool = False) -> Values:
    """All measures of the nodes of a projection (see `kg.network.graph.project`), in the order of the nodes.

    With two kinds of nodes, the measures that are made for one give way to those made for two.
    """
    import networkx as nx

    at_bridges: dict[str, float] = dict.fromkeys(graph, 0)
    for pair in bridges_of(graph):
        for node in pair:
            at_bridges[node] += 1
    component: dict[str, float] = {node: n for n, nodes in enumerate(components_of(graph), start=1) for node in nodes}
    found: Values = {
        "degree": dict(graph.degree()),
        "strength": dict(graph.degree(weight="weight")),
    }
    found |= _of_two_modes(graph) if two_mode else _of_actors(graph)
    found |= {
        "core": nx.core_number(graph),
        "component": component,
        "bridges": at_bridges,
    }
    return {name: {node: values[node] for node in graph} for name, values in found.items()}


def _with_distances(graph: nx.Graph) -> tuple[nx.Graph, int]:
    """The graph with lengths as `weight`, in whole numbers, and the number that stands for 1.

    As fractions, paths of one length would differ in their last digit, and the shortest would be one instead of many.
    """
    import networkx as nx

    one = lcm(*(weight for _, _, weight in graph.edges(data="weight")))
    measured = nx.Graph()
    measured.add_nodes_from(graph)
    measured.add_weighted_edges_from((a, b, one // weight) for a, b, weight in graph.edges(data="weight"))
    return measured, one


def _of_actors(graph: nx.Graph) -> Values:
    import networkx as nx

    if not graph:
        return {name: {} for name in ("betweenness", "closeness", "eigenvector", "pagerank", "clustering")}
    far, one = _with_distances(graph)
    closeness = nx.closeness_centrality(far, distance="weight")
    return {
        "betweenness": nx.betweenness_centrality(far, weight="weight"),
        "closeness": {node: value * one for node, value in closeness.items()},
        "eigenvector": nx.eigenvector_centrality(graph, max_iter=_STEPS, tol=_EXACT, weight="weight"),
        "pagerank": nx.pagerank(graph, alpha=0.85, max_iter=_STEPS, tol=_EXACT, weight="weight"),
        "clustering": nx.clustering(graph),
    }


def _of_two_modes(graph: nx.Graph) -> Values:
    import networkx as nx

    side = second_side(graph)
    if not side:
        return {f"twoMode{name}": {} for name in ("Degree", "Betweenness", "Closeness", "Clustering")}
    # With one node on a side the network is a star, and what networkx would divide by is 0.
    star = min(len(side), len(graph) - len(side)) == 1
    return {
        "twoModeDegree": nx.bipartite.degree_centrality(graph, side),
        "twoModeBetweenness": nx.betweenness_centrality(graph)
        if star
        else nx.bipartite.betweenness_centrality(graph, side),
        "twoModeCloseness": nx.bipartite.closeness_centrality(graph, side),
        "twoModeClustering": nx.bipartite.clustering(graph),
    }


def measure_network(graph: nx.Graph, *, two_mode: bool = False) -> dict[str, float]:
    """What can be said of a whole projection in one figure; all 0 for an empty one."""
    import networkx as nx

    if not two_mode:
        density = nx.density(graph)
    else:
        side = second_side(graph)
        density = nx.bipartite.density(graph, side) if side else 0.0
    found = {
        "nodeCount": graph.number_of_nodes(),
        "edgeCount": graph.number_of_edges(),
        "tieCount": sum(weight for _, _, weight in graph.edges(data="weight")),
        "density": density,
        "componentCount": nx.number_connected_components(graph),
        "bridgeCount": len(bridges_of(graph)),
    }
    return found if two_mode else {**found, "transitivity": nx.transitivity(graph)}
