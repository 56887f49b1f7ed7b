"""The store: what it answers, what it refuses, and that it stays off the network."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import ConfigError, NotBuiltError
from kg.store.graph import ask, construct, load, open_store, rdflib_dataset, refuse_service, select

NQ = """\
<http://e/s> <http://e/n> "12"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e/s> <http://e/d> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<http://e/s> <http://e/b> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://e/s> <http://e/t> "文"@zh .
<http://e/x> <http://e/t> "only here" <http://e/g> .
"""


@pytest.fixture
def nq(tmp_path: Path) -> Path:
    path = tmp_path / "g.nq"
    path.write_text(NQ, encoding="utf-8")
    return path


def test_a_store_on_disk_answers_typed_rows_and_is_read_only(nq: Path, tmp_path: Path) -> None:
    load(nq, tmp_path / "store")
    store = open_store(tmp_path / "store")
    rows = select(store, "SELECT ?o ?none { <http://e/s> ?p ?o } ORDER BY ?p")
    assert rows.columns == ("o", "none")
    assert rows.values() == ((True, None), (Decimal("1.5"), None), (12, None), ("文", None))
    with pytest.raises(RuntimeError, match="read-write"):
        store.clear()


def test_the_default_graph_is_not_the_union(nq: Path) -> None:
    store = load(nq)
    assert select(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").values() == ((4,),)
    assert ask(store, "ASK { GRAPH <http://e/g> { <http://e/x> ?p ?o } }")
    assert not ask(store, "ASK { <http://e/x> ?p ?o }")
    dataset = rdflib_dataset(store)
    assert len(dataset.default_graph) == 4
    assert {str(p) for _, p, _ in dataset.default_graph} == {f"http://e/{name}" for name in "bdnt"}


def test_bindings_and_prefixes(nq: Path) -> None:
    from pyoxigraph import NamedNode

    store = load(nq)
    bound = {"s": NamedNode("http://e/s")}
    assert select(store, "SELECT ?s ?o { ?s e:n ?o }", prefixes={"e": "http://e/"}, bindings=bound).values() == (
        ("http://e/s", 12),
    )


def test_construct_gives_sorted_triples_once(nq: Path) -> None:
    triples = construct(load(nq), "CONSTRUCT { <http://e/s> ?p 1, 1 } { <http://e/s> ?p ?o }")
    assert [t.predicate.value for t in triples] == ["http://e/b", "http://e/d", "http://e/n", "http://e/t"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { # note\nSERVICE<http://127.0.0.1:1/>{} }",
        "SELECT * { ?s ?p 'it''s' . SERVICE <http://127.0.0.1:1/> {} }",
        "SELECT * { ?s ?p <http://a/#x> SERVICE <http://127.0.0.1:1/> {} }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> {} }",
        "PREFIX e: <http://e/> SELECT * { ?s e:a\\# 1 . SERVICE <http://127.0.0.1:1/> {} }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:1/> {} }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p 1.SERVICE:x {} }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p :.SERVICE :x {} }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p trueSERVICE:x {} }",
        'SELECT * { VALUES ?x { """a" } SERVICE <http://127.0.0.1:1/> {} }',
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_before_anything_is_sent(query: str, nq: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", no_socket)
    store = load(nq)
    for run in (select, ask, construct):
        with pytest.raises(ConfigError, match=r"query:\d+: SERVICE; expected"):
            run(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE', \"a SERVICE\" }",
        "SELECT * { ?s ?p '''x ' SERVICE''', \"\"\"y \" SERVICE\"\"\" }",
        "PREFIX e: <http://e/SERVICE#> SELECT * { ?s e:service <http://e/service> } # SERVICE",
        "PREFIX : <http://e/> SELECT * { ?s :a.service :x\\#service }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_the_word_elsewhere_is_allowed(query: str, nq: Path) -> None:
    refuse_service(query)
    select(load(nq), query)


def test_the_scan_for_service_is_linear() -> None:
    for text in (
        "-" * 300_000,
        "a." * 150_000,
        '"' * 300_001,
        "'\"" * 150_000,
        "<a" * 150_000,
        "\\" * 300_000,
    ):
        refuse_service(text)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("INSERT DATA { <http://e/a> <http://e/b> 1 }", "expected SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "expected SPARQL"),
        ("LOAD <http://127.0.0.1:1/x>", "expected SPARQL"),
        ("SELECT * {", "expected SPARQL"),
        ("ASK { ?s ?p ?o }", "not a SELECT"),
    ],
)
def test_faulty_queries_are_told_in_one_line(query: str, message: str, nq: Path) -> None:
    store = load(nq)
    with pytest.raises(ConfigError, match=message) as caught:
        select(store, query)
    assert len(store) == 5
    assert "\n" not in str(caught.value)


def test_a_query_of_the_wrong_kind_is_refused(nq: Path) -> None:
    store = load(nq)
    with pytest.raises(ConfigError, match="not an ASK"):
        ask(store, "SELECT * { ?s ?p ?o }")
    with pytest.raises(ConfigError, match="not a CONSTRUCT"):
        construct(store, "ASK { ?s ?p ?o }")


def test_there_must_be_a_store_and_it_must_be_n_quads(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match=re.escape(str(tmp_path / "none"))):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    broken = tmp_path / "broken.nq"
    broken.write_text("<a> <b>\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="expected N-Quads"):
        load(broken)


def test_importing_the_store_loads_no_heavy_library() -> None:
    heavy = {"pyoxigraph", "rdflib", "oxrdflib", "pyshacl"}
    code = f"import sys, kg.store.graph; print({heavy} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
