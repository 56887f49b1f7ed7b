"""The actor network as it is read from a store, and its projection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.network.actors import read_actors
from kg.network.graph import project, read_network

if TYPE_CHECKING:
    from pyoxigraph import Store

AGENCY = "https://w3id.org/zhitu/id/agency/"
PLACE = "https://w3id.org/zhitu/id/place/"
TIE = "https://w3id.org/zhitu/id/tie/"
HOME, FRENCH, WORLD, COURT = (AGENCY + name for name in ("home", "fr", "world", "court"))


@pytest.mark.parametrize(
    ("iri", "kind", "country", "region", "domestic"),
    [
        (HOME, "ip_office", "CN", "", True),
        (FRENCH, "ip_office", "FR", "", False),
        (WORLD, "international_org", "", "", False),
        (COURT, "court", "CN", "CN-GD", True),
        (AGENCY + "school", "university", "", "", True),
        (PLACE + "SZ", "city", "CN", "CN-GD", True),
        (PLACE + "GD", "region", "CN", "CN-GD", True),
        (PLACE + "EU", "group", "EU", "", False),
        (PLACE + "six", "group", "", "", True),
    ],
)
def test_an_actor_has_a_kind_and_a_seat(
    small_store: Store, iri: str, kind: str, country: str, region: str, domestic: bool
) -> None:
    actor = read_actors(small_store)[iri]
    assert (actor.kind, actor.country, actor.region, actor.domestic) == (kind, country, region, domestic)


def test_nodes_are_the_actors_with_ties_in_the_order_of_their_iris(small_store: Store) -> None:
    network = read_network(small_store)
    assert list(network) == sorted(network)
    assert AGENCY + "school" not in network
    assert network.nodes[COURT]["label_zh"] == "广东示例法院"
    assert network.nodes[COURT]["region_en"] == "Guangdong"
    assert network.nodes[PLACE + "EU"]["type"] == "place"


def test_each_tie_is_an_edge(small_store: Store) -> None:
    network = read_network(small_store)
    assert sorted(key for _, _, key in network.edges(keys=True)) == [f"{TIE}t{n}" for n in range(1, 9)]
    assert network.edges[HOME, WORLD, TIE + "t3"] == {
        "relation": "meets_with",
        "directed": False,
        "reach": "cross_border",
        "date": "2024-07",
        "start": "2024-07-01",
        "end": "2024-07-31",
        "weight": 1,
        "fact": "https://w3id.org/zhitu/id/event/e1",
        "quotes": ("七月，两家会谈。", "示例局与该组织", "举行会谈。"),
        "lines": ("demo:9", "demo:101", "demo:102"),
        "source": "demo",
    }
    undated = network.edges[COURT, PLACE + "SZ", TIE + "t5"]
    assert (undated["start"], undated["end"], undated["quotes"], undated["reach"]) == ("", "", (), "domestic")
    assert network.edges[FRENCH, HOME, TIE + "t2"]["directed"] is True
    assert network.edges[FRENCH, WORLD, TIE + "t6"]["reach"] == "abroad"


def test_the_projection_counts_the_ties_of_two_actors(small_store: Store) -> None:
    graph = project(read_network(small_store))
    assert graph.number_of_edges() == 7
    both = graph.edges[HOME, FRENCH]
    assert both["weight"] == 2
    assert both["relations"] == ("signs_with", "visits")
    assert (both["start"], both["end"]) == ("2024-03-05", "2024-07-31")
    assert both["ties"] == (TIE + "t1", TIE + "t2")
    assert both["quotes"] == ("两局签署备忘录。",)
    assert graph.edges[COURT, PLACE + "SZ"]["end"] == ""


def test_lines_of_a_projected_edge_are_in_the_order_of_the_text() -> None:
    network = nx.MultiDiGraph()
    same = {"relation": "r", "reach": "domestic", "start": "", "end": ""}
    network.add_edge("b", "a", key="t1", lines=("s:100",), quotes=("late",), source="s", **same)
    network.add_edge("a", "b", key="t2", lines=("s:20", "s:100"), quotes=("early", "late"), source="s", **same)
    network.add_edge("a", "a", key="t3", lines=(), quotes=(), source="", **same)
    graph = project(network)
    assert list(graph.edges) == [("b", "a")]
    assert graph.edges["a", "b"]["lines"] == ("s:20", "s:100")
    assert graph.edges["a", "b"]["quotes"] == ("early", "late")


def test_a_store_without_ties_gives_an_empty_network() -> None:
    from pyoxigraph import Store

    network = read_network(Store())
    assert network.number_of_nodes() == project(network).number_of_edges() == 0
