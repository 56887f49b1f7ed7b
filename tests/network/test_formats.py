"""GEXF 1.3 and GraphML: what is in the network is in the files, and opens in networkx and igraph."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from kg.export import Quotes
from kg.model.kinds import AgencyKind, PlaceKind, Relation
from kg.network.formats import write_gexf, write_graphml
from kg.network.graph import project, read_network
from kg.network.style import KINDS, RELATIONS
from kg.network.two_mode import Mode, read_mode
from kg.store.params import concepts

if TYPE_CHECKING:
    from pyoxigraph import Store

HERE = Path(__file__).parent
GEXF = "{http://gexf.net/1.3}"
ID = "https://w3id.org/zhitu/id/"

Write = Callable[..., None]


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(HERE / "gexf-1.3.xsd"))


def small(text: str = "甲与乙会谈。", **more: Any) -> nx.MultiDiGraph:
    """Two actors and one tie with a given sentence."""
    graph = nx.MultiDiGraph()
    for name in ("a", "b"):
        graph.add_node(name, type="agency", kind="court", label_zh=f"法院{name}", label_en="", domestic=True)
    tie: dict[str, Any] = {
        "relation": "meets_with",
        "directed": False,
        "weight": 1,
        "quotes": (text,),
        "lines": ("s:1",),
    }
    graph.add_edge("a", "b", key="t", **tie | more)
    return graph


def flat(value: Any) -> Any:
    """A value as a file holds it."""
    return "|".join(one.replace("|", "｜") for one in value) if isinstance(value, tuple) else value


def held(data: dict[str, Any], *without: str) -> dict[str, Any]:
    return {name: flat(value) for name, value in data.items() if value not in ("", ()) and name not in without}


def read(path: Path) -> nx.Graph:
    return nx.read_gexf(path) if path.suffix == ".gexf" else nx.read_graphml(path)


def as_edges(graph: nx.Graph) -> dict[str, tuple[set[str], dict[str, Any]]]:
    """The edges of a file that was read, by tie."""
    return {data["tie"]: ({a, b}, dict(data)) for a, b, data in graph.edges(data=True)}


both = pytest.mark.parametrize(("write", "suffix"), [(write_gexf, "gexf"), (write_graphml, "graphml")])


@both
def test_networkx_reads_back_every_attribute(small_store: Store, tmp_path: Path, write: Write, suffix: str) -> None:
    network = read_network(small_store)
    write(network, tmp_path / f"n.{suffix}")
    found = read(tmp_path / f"n.{suffix}")
    assert set(found) == set(network)
    for node, data in network.nodes(data=True):
        seen = dict(found.nodes[node])
        assert seen.pop("label") == data["label_zh"]
        assert held(seen, "viz") == held(data)
    edges = as_edges(found)
    assert len(edges) == network.number_of_edges()
    for a, b, key, data in network.edges(keys=True, data=True):
        ends, seen = edges[key]
        assert ends == {a, b}
        assert (seen.pop("label"), seen.pop("label_en")) == concepts()["relation"][data["relation"]]
        if data["directed"]:
            assert (seen.pop("from"), seen.pop("to")) == (a, b)
        assert held(seen, "id", "tie") == held(data)


def test_igraph_reads_every_attribute(small_store: Store, tmp_path: Path) -> None:
    network = read_network(small_store)
    write_graphml(network, tmp_path / "n.graphml")
    found = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml"))
    nodes = {node["id"]: held(node.attributes(), "id", "label") for node in found.vs}
    assert nodes == {node: held(data) for node, data in network.nodes(data=True)}
    edges = {edge["tie"]: held(edge.attributes(), "id", "tie", "label", "label_en", "from", "to") for edge in found.es}
    assert edges == {key: held(data) for *_, key, data in network.edges(keys=True, data=True)}
    ends = {edge["tie"]: {found.vs[edge.source]["id"], found.vs[edge.target]["id"]} for edge in found.es}
    assert ends == {key: {a, b} for a, b, key in network.edges(keys=True)}


@pytest.mark.parametrize("mode", list(Mode))
def test_gexf_keeps_the_schema(small_store: Store, tmp_path: Path, schema: xmlschema.XMLSchema, mode: Mode) -> None:
    network = read_mode(small_store, mode)
    for graph in (network, project(network), nx.MultiDiGraph()):
        write_gexf(graph, tmp_path / "n.gexf")
        schema.validate(str(tmp_path / "n.gexf"))
        root = ElementTree.parse(tmp_path / "n.gexf").getroot()
        for part in ("node", "edge"):
            items = list(root.iter(f"{GEXF}{part}"))
            assert root.find(f".//{GEXF}{part}s[@count='{len(items)}']") is not None
            assert max(Counter(item.get("id") for item in items).values(), default=1) == 1
        nodes = {node.get("id") for node in root.iter(f"{GEXF}node")}
        assert {edge.get(end) for edge in root.iter(f"{GEXF}edge") for end in ("source", "target")} <= nodes
        declared = {one.get("id") for one in root.iter(f"{GEXF}attribute")}
        assert {one.get("for") for one in root.iter(f"{GEXF}attvalue")} <= declared


def test_the_schema_refuses_what_networkx_writes(tmp_path: Path, schema: xmlschema.XMLSchema) -> None:
    """The reason for a writer of our own; when this fails, networkx's may do."""
    nx.write_gexf(nx.path_graph(2), tmp_path / "n.gexf", version="1.3")
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schema.validate(str(tmp_path / "n.gexf"))


def test_gexf_has_the_days_for_the_timeline(small_store: Store, tmp_path: Path) -> None:
    network = read_network(small_store)
    write_gexf(network, tmp_path / "n.gexf")
    root = ElementTree.parse(tmp_path / "n.gexf").getroot()
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    wanted = {"mode": "dynamic", "timeformat": "date", "start": "2023-01-01", "end": "2024-11-02"}
    assert wanted.items() <= graph.attrib.items()
    dated = [(edge.get("start"), edge.get("end")) for edge in root.iter(f"{GEXF}edge")]
    told = [(data["start"] or None, data["end"] or None) for *_, data in network.edges(data=True)]
    assert Counter(dated) == Counter(told)
    assert (None, None) in dated
    assert "lastmodifieddate" not in (tmp_path / "n.gexf").read_text(encoding="utf-8")


def test_gephi_can_tell_parallel_edges_apart(tmp_path: Path) -> None:
    network = small()
    network.add_edge("b", "a", key="t2", **network["a"]["b"]["t"] | {"relation": "visits", "directed": True})
    network.add_edge("b", "a", key="t3", **network["a"]["b"]["t"])
    write_gexf(network, tmp_path / "n.gexf")
    edges = ElementTree.parse(tmp_path / "n.gexf").getroot().iter(f"{GEXF}edge")
    found = sorted((edge.get("kind"), edge.get("source"), edge.get("target")) for edge in edges)
    assert found == [("meets_with", "a", "b"), ("meets_with 2", "a", "b"), ("visits", "b", "a")]


@both
@pytest.mark.parametrize("directed", [True, False])
def test_edges_are_directed_when_all_are(tmp_path: Path, write: Write, suffix: str, directed: bool) -> None:
    network = small(relation="visits", directed=True)
    network.add_edge("b", "a", key="u", relation="meets_with", directed=directed)
    write(network, tmp_path / f"n.{suffix}")
    assert read(tmp_path / f"n.{suffix}").is_directed() is directed


@both
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, write: Write, suffix: str, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    write(small(text), path)
    ((_, data),) = as_edges(read(path)).values()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("|", "｜")
    wanted = "".join(
        char for char in lines if char in "\n\t" or (ord(char) >= 32 and ord(char) not in (0xFFFE, 0xFFFF))
    )
    assert data.get("quotes", "") == wanted


@both
@pytest.mark.parametrize(("mode", "wanted"), [(Quotes.FULL, "一" * 70), (Quotes.SHORT, "一" * 60), (Quotes.NONE, None)])
def test_sentences_can_be_cut(tmp_path: Path, write: Write, suffix: str, mode: Quotes, wanted: str | None) -> None:
    write(small("一" * 70), tmp_path / f"n.{suffix}", mode)
    ((_, data),) = as_edges(read(tmp_path / f"n.{suffix}")).values()
    assert data.get("quotes") == wanted
    assert data["lines"] == "s:1"


@both
def test_the_order_of_the_graph_does_not_matter(small_store: Store, tmp_path: Path, write: Write, suffix: str) -> None:
    network = read_network(small_store)
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed([(node, dict(reversed(data.items()))) for node, data in network.nodes(data=True)]))
    other.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    write(network, tmp_path / f"a.{suffix}")
    write(other, tmp_path / f"b.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


_WRITE = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat, Store
from kg.network.formats import write_gexf, write_graphml
from kg.network.graph import read_network
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TRIG)
write_gexf(read_network(store), Path(sys.argv[2] + ".gexf"))
write_graphml(read_network(store), Path(sys.argv[2] + ".graphml"))
"""


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "77"):
        command = [sys.executable, "-c", _WRITE, str(HERE / "small-network.trig"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])})
    for suffix in ("gexf", "graphml"):
        first, second = ((tmp_path / f"{seed}.{suffix}").read_bytes() for seed in ("1", "77"))
        assert first == second


def test_every_code_has_one_colour() -> None:
    kinds = [*AgencyKind, *PlaceKind]
    assert sorted(code for group in KINDS for code in group.codes) == sorted(kinds)
    assert sorted(code for group in RELATIONS for code in group.codes) == sorted(Relation)
    assert all(len(concepts()["relation"][code]) == 2 for code in Relation)
    assert len({group.colour for group in (*KINDS, *RELATIONS)}) == len(KINDS) + len(RELATIONS)
