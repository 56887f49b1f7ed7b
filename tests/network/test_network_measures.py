"""Measures against igraph and against published figures, on graphs that everybody knows."""

from __future__ import annotations

import igraph
import networkx as nx
import pytest

from kg.model import NetworkRole
from kg.network.communities import Partition, Standing, adjusted_rand, find_communities, standings
from kg.network.measures import bridges_of, components_of, measure_network, measure_nodes


def as_projection(graph: nx.Graph) -> nx.Graph:
    """The same graph with names as nodes and a weight on each edge."""
    named = nx.Graph()
    named.add_nodes_from((str(node), {"type": "agency"}) for node in graph)
    named.add_edges_from((str(a), str(b), {"weight": data.get("weight", 1)}) for a, b, data in graph.edges(data=True))
    return named


def in_parts() -> nx.Graph:
    """A triangle with a tail, a pair, and weights."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 3), ("b", "c", 1), ("a", "c", 2), ("c", "d", 1), ("x", "y", 4)])
    return graph


GRAPHS = {
    "karate": as_projection(nx.karate_club_graph()),
    "florentine": as_projection(nx.florentine_families_graph()),
    "in parts": as_projection(in_parts()),
}
each_graph = pytest.mark.parametrize("name", sorted(GRAPHS))


def as_igraph(graph: nx.Graph) -> igraph.Graph:
    index = {node: n for n, node in enumerate(graph)}
    edges = [(index[a], index[b]) for a, b in graph.edges]
    theirs = igraph.Graph(n=len(graph), edges=edges)
    theirs.es["weight"] = [weight for _, _, weight in graph.edges(data="weight")]
    return theirs


@each_graph
def test_measures_are_those_of_igraph(name: str) -> None:
    graph = GRAPHS[name]
    theirs = as_igraph(graph)
    weights = theirs.es["weight"]
    lengths = [1 / weight for weight in weights]
    ours = measure_nodes(graph)
    n = len(graph)
    expected = {
        "degree": theirs.degree(),
        "strength": theirs.strength(weights="weight"),
        "betweenness": [b * 2 / ((n - 1) * (n - 2)) for b in theirs.betweenness(weights=lengths)],
        "pagerank": theirs.pagerank(weights="weight", damping=0.85),
        "clustering": theirs.transitivity_local_undirected(mode="zero"),
        "core": theirs.coreness(),
    }
    for measure, values in expected.items():
        assert list(ours[measure].values()) == pytest.approx(values, abs=1e-8), measure
    reached = [len(theirs.subcomponent(v)) for v in range(n)]
    closeness = [own * (r - 1) / (n - 1) for own, r in zip(theirs.closeness(weights=lengths), reached, strict=True)]
    assert list(ours["closeness"].values()) == pytest.approx(closeness, abs=1e-8)


@pytest.mark.parametrize("name", ["florentine", "karate"])
def test_eigenvectors_are_those_of_igraph(name: str) -> None:
    values = measure_nodes(GRAPHS[name])["eigenvector"].values()
    # igraph scales by the largest, and warns of a network in parts.
    theirs = as_igraph(GRAPHS[name]).eigenvector_centrality(weights="weight")
    assert [value / max(values) for value in values] == pytest.approx(theirs, abs=1e-6)
    assert sum(value**2 for value in values) == pytest.approx(1)


def test_the_eigenvector_is_that_of_the_strongest_component() -> None:
    values = measure_nodes(GRAPHS["in parts"])["eigenvector"]
    assert max(values[node] for node in "xy") < 1e-6
    assert min(values[node] for node in "abcd") > 0.1


@each_graph
def test_figures_of_the_network_are_those_of_igraph(name: str) -> None:
    graph = GRAPHS[name]
    theirs = as_igraph(graph)
    figures = measure_network(graph)
    assert figures["nodeCount"] == theirs.vcount()
    assert figures["edgeCount"] == theirs.ecount()
    assert figures["tieCount"] == sum(theirs.es["weight"])
    assert figures["density"] == pytest.approx(theirs.density())
    assert figures["componentCount"] == len(theirs.connected_components())
    assert figures["bridgeCount"] == len(theirs.bridges())
    assert figures["transitivity"] == pytest.approx(theirs.transitivity_undirected())


def test_the_medici_stand_between_the_families() -> None:
    """Padgett and Ansell 1993: betweenness 0.522 without weights, twice that of the next family."""
    values = measure_nodes(GRAPHS["florentine"])["betweenness"]
    first, second = sorted(values, key=values.__getitem__, reverse=True)[:2]
    assert (first, second) == ("Medici", "Guadagni")
    assert values["Medici"] == pytest.approx(0.521978, abs=1e-6)


def test_strong_ties_are_short() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([("a", "b", 4), ("b", "c", 4), ("a", "c", 1)])
    values = measure_nodes(graph)
    assert values["betweenness"] == {"a": 0.0, "b": 1.0, "c": 0.0}
    assert values["closeness"]["b"] == pytest.approx(2 / (0.25 + 0.25))


def test_components_and_bridges() -> None:
    graph = GRAPHS["in parts"]
    assert components_of(graph) == [["a", "b", "c", "d"], ["x", "y"]]
    assert bridges_of(graph) == {("c", "d"), ("x", "y")}
    values = measure_nodes(graph)
    assert values["component"] == {"a": 1, "b": 1, "c": 1, "d": 1, "x": 2, "y": 2}
    assert values["bridges"] == {"a": 0, "b": 0, "c": 1, "d": 1, "x": 1, "y": 1}


def two_mode(edges: list[tuple[str, str]]) -> nx.Graph:
    graph = nx.Graph()
    for actor, event in edges:
        graph.add_node(actor, type="agency")
        graph.add_node(event, type="event")
        graph.add_edge(actor, event, weight=1)
    return graph


def test_two_modes_have_measures_of_their_own() -> None:
    graph = two_mode([("a", "e"), ("b", "e"), ("b", "f"), ("c", "f"), ("c", "g")])
    values = measure_nodes(graph, two_mode=True)
    assert values["twoModeDegree"]["b"] == pytest.approx(2 / 3)
    # b is between a and all that comes after e, and between e and these: 2 · 3 of the pairs; 8 is the most that one of
    # three and three can have.
    assert values["twoModeBetweenness"]["b"] == pytest.approx(6 / 8)
    assert values["twoModeCloseness"]["b"] == pytest.approx((3 + 2 * 2) / (1 + 1 + 2 + 2 + 3))
    assert values["twoModeClustering"]["a"] == pytest.approx(1 / 2)
    assert "clustering" not in values
    assert measure_network(graph, two_mode=True)["density"] == pytest.approx(5 / 9)


def test_one_event_of_all_is_a_star() -> None:
    values = measure_nodes(two_mode([("a", "e"), ("b", "e"), ("c", "e")]), two_mode=True)
    assert values["twoModeBetweenness"] == {"a": 0.0, "e": 1.0, "b": 0.0, "c": 0.0}


@pytest.mark.parametrize("two", [False, True])
def test_an_empty_network_has_figures(two: bool) -> None:
    assert set(measure_network(nx.Graph(), two_mode=two).values()) == {0}
    assert not any(measure_nodes(nx.Graph(), two_mode=two).values())


# Communities.


def test_communities_of_the_karate_club() -> None:
    """The best modularity known for the weighted club is 0.4449 (four groups, by exact search: 0.444904)."""
    graph = GRAPHS["karate"]
    found = find_communities(graph)
    theirs = as_igraph(graph).community_optimal_modularity(weights="weight")
    assert found.modularity == pytest.approx(theirs.modularity, abs=1e-6)
    number = found.number
    assert adjusted_rand([number[node] for node in graph], theirs.membership) == 1.0
    assert [len(nodes) for nodes in found.communities] == sorted((len(c) for c in theirs), reverse=True)


def test_stability_is_the_mean_agreement_of_the_runs() -> None:
    cliques = as_projection(nx.connected_caveman_graph(4, 6))
    assert find_communities(cliques).stability == 1.0
    blurred = as_projection(nx.gnm_random_graph(60, 150, seed=3))
    assert 0.1 < find_communities(blurred).stability < 0.9
    assert find_communities(blurred) == find_communities(blurred)
    assert find_communities(blurred, seed=500).communities != find_communities(blurred, runs=1).communities


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0]),
        ([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]),
        ([0, 0, 0, 1, 1, 1, 2], [0, 0, 1, 1, 1, 2, 2]),
        ([0, 1, 2, 3], [0, 0, 0, 0]),
    ],
)
def test_the_rand_index_is_that_of_igraph(a: list[int], b: list[int]) -> None:
    assert adjusted_rand(a, b) == pytest.approx(igraph.compare_communities(a, b, method="adjusted_rand"))


def test_equal_partitions_agree_whatever_they_are() -> None:
    assert adjusted_rand([0, 0, 0], [5, 5, 5]) == adjusted_rand([0, 1, 2], [2, 1, 0]) == adjusted_rand([0], [0]) == 1.0


def test_roles_by_participation_and_z() -> None:
    """Two triangles; a is in the first and has half of its ties in the second."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        [("a", "b", 1), ("a", "c", 1), ("b", "c", 1), ("x", "y", 1), ("x", "z", 1), ("y", "z", 1), ("a", "x", 2)]
    )
    partition = Partition((("a", "b", "c"), ("x", "y", "z")), 0.0, 1.0)
    found = standings(graph, partition)
    assert found["a"] == Standing(1, 2, 0.5, 0.0, NetworkRole.PERIPHERAL)
    assert found["b"] == Standing(1, 1, 0.0, 0.0, NetworkRole.ULTRA_PERIPHERAL)
    assert {node: standing.community for node, standing in found.items()} == partition.number


@pytest.mark.parametrize(
    ("communities", "role"),
    [(1, "ultra_peripheral"), (2, "peripheral"), (4, "connector"), (6, "kinless")],
)
def test_a_node_with_ties_to_many_communities_is_a_connector(communities: int, role: str) -> None:
    """P is 1 - 1/n when the ties are spread evenly over n communities."""
    leaves = [f"leaf-{n}" for n in range(communities)]
    graph = nx.Graph()
    graph.add_edges_from(("broker", leaf, {"weight": 3}) for leaf in leaves)
    partition = Partition((("broker", leaves[0]), *((leaf,) for leaf in leaves[1:])), 0.0, 1.0)
    standing = standings(graph, partition)["broker"]
    assert standing.participation == pytest.approx(1 - 1 / communities)
    assert (standing.reached, standing.role) == (communities, role)


@pytest.mark.parametrize(("outside", "role"), [(0, "provincial_hub"), (2, "connector_hub"), (12, "kinless_hub")])
def test_a_hub_with_ties_to_many_communities_is_a_connector_hub(outside: int, role: str) -> None:
    inside, others = [f"in-{n}" for n in range(12)], [f"out-{n}" for n in range(outside)]
    graph = nx.Graph()
    graph.add_edges_from(("hub", leaf, {"weight": 1}) for leaf in inside)
    graph.add_edges_from(("hub", leaf, {"weight": 6}) for leaf in others)
    partition = Partition((("hub", *inside), *((leaf,) for leaf in others)), 0.0, 1.0)
    assert standings(graph, partition)["hub"].role == role


def test_a_star_has_a_hub() -> None:
    graph = as_projection(nx.star_graph(12))
    found = standings(graph, find_communities(graph))
    assert found["0"].z == pytest.approx(12**0.5)
    assert found["0"].role == "provincial_hub"


def test_a_network_without_edges_has_no_communities_to_find() -> None:
    graph = nx.Graph()
    assert find_communities(graph).communities == ()
    graph.add_node("a")
    assert find_communities(graph).stability == 1.0
    assert standings(graph, find_communities(graph))["a"].participation == 0.0
