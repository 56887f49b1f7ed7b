"""What holds for any network: projections, selections, measures, partitions."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.change import ChangeKind, changes
from kg.network.communities import adjusted_rand, find_communities, standings
from kg.network.graph import project
from kg.network.matrix import region_matrix
from kg.network.measures import measure_network, measure_nodes
from kg.network.selection import Scope, Selection, select

NODES = "abcdefg"
DAYS = ["", "2023-05-01", "2024-01-31", "2024-07-01"]


@st.composite
def networks(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Actor networks of up to 7 nodes and 20 ties."""
    ties = draw(
        st.lists(
            st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(DAYS)).filter(
                lambda tie: tie[0] != tie[1]
            ),
            min_size=1,
            max_size=20,
        )
    )
    home = draw(st.sets(st.sampled_from(NODES)))
    graph = nx.MultiDiGraph()
    for node in sorted({end for a, b, _ in ties for end in (a, b)}):
        place = {"country": "CN" if node in home else "FR", "country_zh": "", "country_en": "", "type": "agency"}
        region = {"region": "", "region_zh": "", "region_en": "", "region_gb": ""}
        graph.add_node(node, label_zh=node, domestic=node in home, **place, **region)
    for n, (a, b, day) in enumerate(ties):
        reach = ["abroad", "cross_border", "domestic"][(a in home) + (b in home)]
        words = {"quotes": (), "lines": (), "source": ""}
        graph.add_edge(a, b, key=f"t{n:02}", relation="visits", reach=reach, start=day, end=day, weight=1, **words)
    return graph


@given(networks())
def test_a_projection_loses_no_tie(network: nx.MultiDiGraph) -> None:
    graph = project(network)
    assert set(graph) == set(network)
    assert sum(weight for *_, weight in graph.edges(data="weight")) == network.number_of_edges()
    for a, b, data in graph.edges(data=True):
        assert data["weight"] == len(data["ties"]) == network.number_of_edges(a, b) + network.number_of_edges(b, a)


@given(networks())
def test_scopes_and_matrix_count_each_tie_once(network: nx.MultiDiGraph) -> None:
    parts = [select(network, Selection(scope)) for scope in (Scope.DOMESTIC, Scope.INTERNATIONAL)]
    assert sum(part.number_of_edges() for part in parts) == network.number_of_edges()
    matrix = region_matrix(network)
    at = range(len(matrix.areas))
    assert all(matrix.values[i][j] == matrix.values[j][i] for i, j in combinations(at, 2))
    assert sum(matrix.values[i][j] for i in at for j in at if i <= j) == network.number_of_edges()


@settings(deadline=None)
@given(networks())
def test_measures_are_in_their_bounds(network: nx.MultiDiGraph) -> None:
    graph = project(network)
    values, figures = measure_nodes(graph), measure_network(graph)
    assert sum(values["strength"].values()) == 2 * figures["tieCount"]
    assert sum(values["pagerank"].values()) == pytest.approx(1)
    assert sum(value**2 for value in values["eigenvector"].values()) == pytest.approx(1)
    assert sum(values["bridges"].values()) == 2 * figures["bridgeCount"]
    assert max(values["component"].values()) == figures["componentCount"]
    for name in ("betweenness", "clustering"):
        assert all(-1e-12 <= value <= 1 + 1e-12 for value in values[name].values())


@settings(deadline=None, max_examples=30)
@given(networks(), st.integers(0, 1000))
def test_communities_part_the_nodes(network: nx.MultiDiGraph, seed: int) -> None:
    graph = project(network)
    partition = find_communities(graph, seed, runs=3)
    assert sorted(node for nodes in partition.communities for node in nodes) == sorted(graph)
    assert -0.5 <= partition.modularity <= 1
    assert partition.stability <= 1
    for standing in standings(graph, partition).values():
        assert 0 <= standing.participation < 1
        assert 1 <= standing.reached <= len(partition.communities)


@given(networks(), networks())
def test_changes_turn_round(before: nx.MultiDiGraph, after: nx.MultiDiGraph) -> None:
    other = {
        ChangeKind.NEW: ChangeKind.GONE,
        ChangeKind.GONE: ChangeKind.NEW,
        ChangeKind.STRONGER: ChangeKind.WEAKER,
        ChangeKind.WEAKER: ChangeKind.STRONGER,
        ChangeKind.SAME: ChangeKind.SAME,
    }
    there = changes(project(before), project(after))
    back = changes(project(after), project(before))
    assert {(c.a, c.b, other[c.kind], c.after, c.before) for c in there} == {
        (c.a, c.b, c.kind, c.before, c.after) for c in back
    }
    assert sum(c.after - c.before for c in there) == after.number_of_edges() - before.number_of_edges()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_the_rand_index_does_not_depend_on_order_or_names(pairs: list[tuple[int, int]]) -> None:
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    index = adjusted_rand(a, b)
    assert adjusted_rand(b, a) == pytest.approx(index)
    assert adjusted_rand([9 - one for one in a], b) == pytest.approx(index)
    assert adjusted_rand(a, a) == 1.0
    assert index <= 1.0 + 1e-12
