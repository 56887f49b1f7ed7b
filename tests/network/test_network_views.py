"""What is looked at of a network: its modes, selections, surroundings, regions and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.errors import ConfigError
from kg.network.change import changes
from kg.network.ego import around, find_ego
from kg.network.graph import project, read_network
from kg.network.matrix import region_matrix
from kg.network.selection import Period, Scope, Selection, select
from kg.network.two_mode import Mode, read_mode, second_side

if TYPE_CHECKING:
    from pyoxigraph import Store

ID = "https://w3id.org/zhitu/id/"
HOME, FRENCH, WORLD, COURT = (f"{ID}agency/{name}" for name in ("home", "fr", "world", "court"))


def ties(network: nx.MultiDiGraph) -> str:
    """The numbers of the ties in a network of the small store, in order."""
    return "".join(sorted(key.rpartition("/t")[2] for _, _, key in network.edges(keys=True)))


# Selections.


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "12345678"),
        (Selection(Scope.DOMESTIC), "458"),
        (Selection(Scope.INTERNATIONAL), "12367"),
        (Selection(relations=("meets_with",)), "36"),
        (Selection(relations=("meets_with", "visits")), "236"),
        (Selection(period=Period.parse("2024-07-15", "2024-07-20")), "236"),
        (Selection(period=Period.parse("", "2024-03")), "17"),
        (Selection(period=Period.parse("2024-08", "")), "4"),
        (Selection(period=Period.parse("2024", "2024")), "123468"),
        (Selection(Scope.DOMESTIC, ("meets_with",)), ""),
    ],
)
def test_a_selection_keeps_ties_and_their_actors(small_store: Store, selection: Selection, expected: str) -> None:
    whole = read_network(small_store)
    found = select(whole, selection)
    assert ties(found) == expected
    assert set(found) == {end for edge in found.edges() for end in edge}
    assert list(found) == sorted(found)
    assert dict(found.nodes(data=True)).items() <= dict(whole.nodes(data=True)).items()


def test_scopes_part_the_ties(small_store: Store) -> None:
    whole = read_network(small_store)
    parts = [select(whole, Selection(scope)) for scope in (Scope.DOMESTIC, Scope.INTERNATIONAL)]
    assert sum(part.number_of_edges() for part in parts) == whole.number_of_edges()


@pytest.mark.parametrize("dates", [("july", ""), ("2024-13", ""), ("", "2024-02-30"), ("2024-03", "2024-02")])
def test_a_period_that_is_none_is_refused(dates: tuple[str, str]) -> None:
    with pytest.raises(ConfigError, match="expected"):
        Period.parse(*dates)


# Surroundings.


@pytest.mark.parametrize("name", ["国家示例局", "示例局", "Example Office", "CN", "agency/home", HOME])
def test_an_ego_is_found_by_any_of_its_names(small_store: Store, name: str) -> None:
    if name == "CN":  # the country has the same code and no tie
        assert f"{ID}place/CN" not in read_network(small_store)
    assert find_ego(small_store, read_network(small_store), name) == HOME


def test_an_unknown_ego_is_told_with_the_nearest_names(small_store: Store) -> None:
    with pytest.raises(ConfigError, match=r"国家示范局.*国家示例局"):
        find_ego(small_store, read_network(small_store), "国家示范局")


def test_an_ego_without_ties_is_told(small_store: Store) -> None:
    with pytest.raises(ConfigError, match=r"示例大学.*no tie in this network"):
        find_ego(small_store, read_network(small_store), "示例大学")


def test_an_ego_of_many_things_is_told(small_store: Store) -> None:
    both = nx.MultiDiGraph()
    both.add_edge(f"{ID}place/CN", HOME, key="t")
    with pytest.raises(ConfigError, match="2 actors"):
        find_ego(small_store, both, "CN")


def test_an_ego_network_holds_the_ties_among_neighbours(small_store: Store) -> None:
    network = read_network(small_store)
    assert ties(around(network, FRENCH)) == "1236"
    assert ties(around(network, COURT)) == "45"
    assert ties(around(network, COURT, 2)) == "12345678"
    with pytest.raises(ConfigError, match="hops 0"):
        around(network, COURT, 0)


# Two modes.


def test_actors_and_the_events_that_were_held(small_store: Store) -> None:
    network = read_mode(small_store, Mode.ACTOR_EVENT)
    event = f"{ID}event/e1"
    assert second_side(network) == (event,)
    assert {(a, data["relation"]) for a, _, data in network.edges(data=True)} == {
        (HOME, "hosts"),
        (WORLD, "takes_part"),
    }
    assert network.nodes[event]["label_zh"] == "示例会谈"
    assert network.nodes[event]["kind"] == "bilateral_talks"
    (data,) = network[HOME][event].values()
    assert (data["start"], data["reach"], data["lines"]) == ("2024-07-01", "cross_border", ("demo:9",))


def test_actors_and_their_agreements(small_store: Store) -> None:
    graph = project(read_mode(small_store, Mode.ACTOR_AGREEMENT))
    assert set(graph) == {HOME, FRENCH, f"{ID}agreement/g1"}
    assert nx.is_bipartite(graph)


def test_regions_and_the_series_of_their_cases(small_store: Store) -> None:
    """A case of a city counts for its region; one without a place is in no region."""
    graph = project(read_mode(small_store, Mode.REGION_SERIES))
    labels = nx.get_node_attributes(graph, "label_zh")
    found = {tuple(sorted((labels[a], labels[b]))): weight for a, b, weight in graph.edges(data="weight")}
    assert found == {("广东省", "示例十大案例"): 2, ("另一系列", "湖南省"): 1}
    assert all(node.startswith(f"{ID}case-series/") for node in second_side(graph))


@pytest.mark.parametrize("mode", list(Mode))
def test_a_mode_without_facts_is_an_empty_network(mode: Mode) -> None:
    from pyoxigraph import Store

    assert not read_mode(Store(), mode)


# Regions.


def test_ties_by_region(small_store: Store) -> None:
    matrix = region_matrix(read_network(small_store))
    assert [area.label_zh for area in matrix.areas] == ["全国性主体", "广东省", "欧盟", "法国", "国际机构"]
    assert matrix.values == (
        (1, 1, 1, 2, 1),
        (1, 1, 0, 0, 0),
        (1, 0, 0, 0, 0),
        (2, 0, 0, 0, 1),
        (1, 0, 0, 1, 0),
    )


def test_regions_stand_in_the_order_of_their_codes() -> None:
    network = nx.MultiDiGraph()
    same = {"country": "CN", "country_zh": "中国", "country_en": "China", "domestic": True}
    for node, code, gb in (("a", "CN-AH", "340000"), ("b", "CN-BJ", "110000")):
        network.add_node(node, region=code, region_zh=code, region_en=code, region_gb=gb, **same)
    network.add_edge("a", "b")
    assert [area.code for area in region_matrix(network).areas] == ["CN-BJ", "CN-AH"]
    assert region_matrix(nx.MultiDiGraph()).areas == ()


# Changes.


def test_what_is_new_gone_stronger_weaker_and_the_same() -> None:
    before, after = nx.Graph(), nx.Graph()
    for graph, edges in (
        (before, [("a", "b", 1), ("b", "c", 3), ("d", "c", 1), ("e", "f", 2)]),
        (after, [("b", "a", 4), ("b", "c", 1), ("x", "y", 1), ("x", "z", 2), ("f", "e", 2)]),
    ):
        graph.add_edges_from((a, b, {"weight": n, "relations": ("signs_with",)}) for a, b, n in edges)
    found = [(c.a, c.b, c.kind.value, c.before, c.after) for c in changes(before, after)]
    assert found == [
        ("x", "z", "new", 0, 2),
        ("x", "y", "new", 0, 1),
        ("c", "d", "gone", 1, 0),
        ("a", "b", "stronger", 1, 4),
        ("b", "c", "weaker", 3, 1),
        ("e", "f", "same", 2, 2),
    ]
    assert changes(before, after)[0].relations_before == ()
    assert changes(nx.Graph(), nx.Graph()) == ()
