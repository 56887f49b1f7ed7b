"""The results of an analysis: tables, definitions, RDF, and the same by another backend."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import networkx as nx
import pytest
import rdflib

from kg.errors import ConfigError
from kg.network.analysis import Analysis, Request, analyse, backend
from kg.network.definitions import definitions
from kg.network.rdf import NETWORK_GRAPH, network_quads
from kg.network.selection import Period, Scope
from kg.network.tables import csv_of, json_of, tables_of
from kg.network.two_mode import Mode
from kg.rdf.vocabulary import TERMS, ZT

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

ID = "https://w3id.org/zhitu/id/"
ACTORS = Request()


def table(analysis: Analysis, name: str) -> list[dict[str, str]]:
    """A table as its CSV file gives it."""
    (found,) = (one for one in tables_of(analysis) if one.name == name)
    return list(csv.DictReader(io.StringIO(csv_of(found))))


# Tables.


def test_the_measures_name_the_actors_the_best_connected_first(small_store: Store) -> None:
    rows = table(analyse(small_store, ACTORS), "measures")
    assert [row["label_zh"] for row in rows[:2]] == ["国家示例局", "法国示例局"]
    first = rows[0]
    assert (first["key"], first["kind"], first["country"]) == ("agency/home", "ip_office", "CN")
    assert (first["degree"], first["strength"], first["core"], first["component"], first["bridges"]) == (
        *("5", "6", "2", "1"),
        "3",
    )
    assert all(len(row["betweenness"].partition(".")[2]) == 6 for row in rows)


def test_an_edge_has_its_sentences(small_store: Store) -> None:
    rows = {(row["key_a"], row["key_b"]): row for row in table(analyse(small_store, ACTORS), "edges")}
    row = rows["agency/home", "agency/world"]
    assert (row["a"], row["b"], row["weight"], row["bridge"]) == ("国家示例局", "世界示例组织", "1", "false")
    assert row["lines"] == "demo:9|demo:101|demo:102"
    assert row["quotes"] == "七月，两家会谈。|示例局与该组织|举行会谈。"
    assert rows["agency/fr", "agency/home"]["relations"] == "signs_with|visits"
    assert rows["agency/court", "place/SZ"]["bridge"] == "true"


def test_tables_agree_with_each_other(small_store: Store) -> None:
    analysis = analyse(small_store, ACTORS)
    summary = {row["measure"]: row["value"] for row in table(analysis, "summary")}
    measures, edges = table(analysis, "measures"), table(analysis, "edges")
    communities, roles = table(analysis, "communities"), table(analysis, "roles")
    assert int(summary["node_count"]) == len(measures) == len(roles) == sum(int(row["size"]) for row in communities)
    assert int(summary["edge_count"]) == len(edges)
    assert int(summary["tie_count"]) == sum(int(row["weight"]) for row in edges) == 8
    assert sum(int(row["strength"]) for row in measures) == 2 * 8
    inside = sum(int(row["ties_inside"]) for row in communities)
    assert inside + sum(int(row["ties_outside"]) for row in communities) // 2 == 8
    assert {row["key"]: (row["community"], row["role"]) for row in measures} == {
        row["key"]: (row["community"], row["role"]) for row in roles
    }


def test_matrix_and_its_labels(small_store: Store) -> None:
    rows = {row["label_en"]: row for row in table(analyse(small_store, ACTORS), "matrix")}
    assert rows["France"]["全国性主体"] == rows["National bodies"]["法国"] == "2"
    assert rows["Guangdong"]["code"] == "CN-GD"


@pytest.mark.parametrize("mode", list(Mode))
def test_each_measure_of_the_tables_is_defined(small_store: Store, mode: Mode) -> None:
    analysis = analyse(small_store, Request(mode))
    defined = {row["measure"]: row for row in table(analysis, "definitions")}
    summary = {row["measure"] for row in table(analysis, "summary")}
    about = {"key", "label_zh", "label_en", "type", "kind", "country", "region", "community", "role"}
    measures = set(table(analysis, "measures")[0]) - about
    assert summary | measures <= set(defined)
    assert all(
        row["method"] and row["formula"] and row["definition_zh"] and row["definition_en"] for row in defined.values()
    )
    assert summary
    assert len(measures) >= 9


def test_the_definitions_are_those_of_the_ontology() -> None:
    graph = rdflib.Graph().parse("ontology/network.ttl")
    formulas = {str(s).removeprefix(ZT): str(o) for s, o in graph.subject_objects(rdflib.URIRef(f"{ZT}formula"))}
    assert {name: one.formula for name, one in definitions().items()} == formulas
    assert definitions()["withinModuleZ"].column == "within_module_z"
    assert definitions()["degree"].label("zh") == "度"
    assert definitions()["pagerank"].column == "pagerank"


def test_json_holds_the_tables_and_what_was_asked(small_store: Store) -> None:
    request = Request(scope=Scope.INTERNATIONAL, relations=("meets_with", "signs_with"), period=Period.between("2024"))
    analysis = analyse(small_store, request)
    found = json.loads(json_of(analysis, tables_of(analysis)))
    assert found["parameters"] == {
        "mode": "actors",
        "from": ["2024-01-01"],
        "to": ["2024-12-31"],
        "relation": ["meets_with", "signs_with"],
        "scope": ["international"],
        "seed": 1,
        "runs": 20,
        "networkx": nx.__version__,
    }
    assert [row["label_zh"] for row in found["measures"]] == [row["label_zh"] for row in table(analysis, "measures")]
    assert analysis.undated == 1


def test_two_kinds_of_nodes_have_no_communities(small_store: Store) -> None:
    names = [one.name for one in tables_of(analyse(small_store, Request(Mode.ACTOR_EVENT)))]
    assert names == ["summary", "measures", "edges", "definitions"]
    edges = table(analyse(small_store, Request(Mode.REGION_SERIES)), "edges")
    assert [(row["a"], row["b"], row["weight"]) for row in edges] == [
        ("广东省", "示例十大案例", "2"),
        ("湖南省", "另一系列", "1"),
    ]


# Changes.


def test_changes_since_another_period(small_store: Store) -> None:
    analysis = analyse(small_store, Request(period=Period.between("2024-07")), before=Period.between("..2024-06"))
    assert [(row["change"], row["a"], row["b"], row["before"], row["after"]) for row in table(analysis, "change")] == [
        ("new", "法国示例局", "世界示例组织", "0", "1"),
        ("new", "国家示例局", "世界示例组织", "0", "1"),
        ("gone", "国家示例局", "欧盟", "1", "0"),
        ("gone", "国家示例局", "六省", "1", "0"),
        ("same", "法国示例局", "国家示例局", "1", "1"),
    ]


def test_changes_since_another_build(small_store: Store) -> None:
    from pyoxigraph import NamedNode, RdfFormat, Store

    other = Store()
    other.bulk_load(small_store.dump(format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS)
    other.remove_graph(NamedNode("https://w3id.org/zhitu/data/demo/tellings"))
    for quad in list(other.quads_for_pattern(NamedNode(f"{ID}tie/t2"), None, None)):
        other.remove(quad)
    found = [row for row in table(analyse(small_store, ACTORS, earlier=other), "change") if row["change"] != "same"]
    assert [(row["change"], row["key_a"], row["key_b"]) for row in found] == [("stronger", "agency/fr", "agency/home")]
    back = analyse(other, ACTORS, earlier=small_store)
    assert next(row["change"] for row in table(back, "change")) == "weaker"


def test_changes_around_an_actor_who_was_not_there(small_store: Store) -> None:
    request = Request(period=Period.between("2024-11"), ego="广东示例法院")
    analysis = analyse(small_store, request, before=Period.between("2023"))
    assert [row["change"] for row in table(analysis, "change")] == ["new"]


# Refusals.


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            Request(period=Period.between("2031")),
            r"from 2031-01-01, to 2031-12-31: no tie is left; .* 8 .*2023-01-01 and",
        ),
        (Request(relations=("has_pph_with",)), r"relation has_pph_with: no tie is left"),
        (Request(Mode.ACTOR_EVENT, relations=("visits",)), r"relation with actor-event; expected the mode actors"),
        (Request(ego="示例大学"), r"no tie in this network"),
    ],
)
def test_a_network_with_nothing_in_it_is_told(small_store: Store, request_: Request, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        analyse(small_store, request_)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_build_without_ties_is_told(mode: Mode) -> None:
    from pyoxigraph import Store

    with pytest.raises(ConfigError, match="no network of"):
        analyse(Store(), Request(mode))


# RDF.


@pytest.mark.parametrize("mode", list(Mode))
def test_quads_are_of_the_closed_vocabulary_in_one_graph(small_store: Store, mode: Mode) -> None:
    lines = network_quads(analyse(small_store, Request(mode)))
    assert lines == sorted(set(lines))
    assert all(line.endswith(f" {NETWORK_GRAPH} .") for line in lines)
    graph = rdflib.Graph().parse(data="\n".join(f"{line[: line.rindex('<')]}." for line in lines), format="nt")
    assert len(graph) == len(lines)
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    used = {str(term).removeprefix(ZT) for triple in graph for term in triple if str(term).startswith(ZT)}
    assert used <= TERMS
    assert used


def test_rdf_says_what_the_tables_say(small_store: Store) -> None:
    from pyoxigraph import RdfFormat, Store

    analysis = analyse(small_store, Request(scope=Scope.INTERNATIONAL))
    store = Store()
    store.bulk_load("\n".join(network_quads(analysis)).encode(), format=RdfFormat.N_QUADS)
    query = """PREFIX zt: <https://w3id.org/zhitu/def#>
    SELECT ?node ?strength ?betweenness ?role WHERE { GRAPH <https://w3id.org/zhitu/data/network> {
      ?n a zt:NetworkNode ; zt:node ?node ; zt:strength ?strength ; zt:betweenness ?betweenness ; zt:networkRole ?role ;
        zt:inNetwork ?network ; zt:inCommunity/zt:inNetwork ?network .
      ?network zt:filter "scope=international" ; zt:method "clustering: networkx.clustering" ; zt:seed 1 ; zt:runs 20 } }"""
    found = {
        row["node"].value.removeprefix(ID): (
            row["strength"].value,
            Decimal(row["betweenness"].value),
            row["role"].value.partition("networkRole-")[2],
        )
        for row in store.query(query)  # type: ignore[union-attr]
    }
    rows = table(analysis, "measures")
    assert found == {row["key"]: (row["strength"], Decimal(row["betweenness"]), row["role"]) for row in rows}


def test_networks_of_other_filters_have_other_iris(small_store: Store) -> None:
    def iris(request: Request) -> set[str]:
        return {line.split()[0] for line in network_quads(analyse(small_store, request))}

    every = iris(ACTORS)
    for request in (
        Request(scope=Scope.DOMESTIC),
        Request(Mode.ACTOR_EVENT),
        Request(ego="CN"),
        Request(seed=2),
        Request(hops=2),
    ):
        assert bool(every & iris(request)) == (request == Request(hops=2))


# Backends.


def test_another_backend_gives_the_same_tables(sample_out: Path) -> None:
    """graphblas-algorithms serves PageRank, eigenvectors and clustering; networkx the rest."""
    from kg.store.graph import open_store

    store = open_store(sample_out / "current" / "store")
    with backend(""):
        ours = analyse(store, ACTORS)
    with backend("graphblas"):
        assert nx.config.backend_priority.algos == ["graphblas"]
        theirs = analyse(store, ACTORS)
    assert [csv_of(one) for one in tables_of(ours)] == [csv_of(one) for one in tables_of(theirs)]
    assert nx.config.backend_priority.algos == []


def test_a_backend_is_really_called(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import graphblas_algorithms.interface

    called = []
    own = graphblas_algorithms.interface.Dispatcher.pagerank

    def noted(*args: object, **kwargs: object) -> object:
        called.append("pagerank")
        return own(*args, **kwargs)

    monkeypatch.setattr(graphblas_algorithms.interface.Dispatcher, "pagerank", noted)
    with backend("graphblas"):
        analyse(small_store, ACTORS)
    assert called == ["pagerank"]


def test_a_backend_that_is_not_there_is_told() -> None:
    with (
        pytest.raises(ConfigError, match=r"backend 'none': not installed; expected one of .*graphblas"),
        backend("none"),
    ):
        pass


def test_a_backend_that_cannot_be_loaded_is_told() -> None:
    with pytest.raises(ConfigError, match=r"backend 'graphblas': old; expected one for networkx"), backend("graphblas"):
        raise ImportError("old")


def test_without_scipy_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.network.analysis.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install 'zhitu\[network\]'"), backend(""):
        pass
