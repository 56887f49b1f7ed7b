"""Each shape has a fixture that passes and, for each of its shapes, one that must fail with it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.store import shacl
from kg.store.report import SHAPES, Severity, ValidationReport

HERE = Path(__file__).resolve().parent
FIXTURES = sorted(HERE.glob("*/*.ttl"))
FILES = {path.stem: path for path in shacl.shape_files()}
#: The file of helper shapes: no targets, used by the others.
HELPERS = "values"
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@cache
def report(path: Path) -> ValidationReport:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return shacl.validate(store)


@cache
def shapes(name: str = "") -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in [FILES[name]] if name else FILES.values():
        graph.parse(path)
    return graph


def expected(path: Path) -> set[str]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expects: zts:")
    return {SHAPES + name.removeprefix("zts:") for name in first.removeprefix("# expects: ").split()}


def targeted(graph: rdflib.Graph) -> set[str]:
    return {str(shape) for target in TARGETS for shape in graph.subjects(target, None)}


def test_fixtures_are_collected() -> None:
    assert len(FIXTURES) > 150
    assert {path.name.split(".")[0] for path in FIXTURES} == {"valid", "invalid"}


@pytest.mark.parametrize("name", sorted(set(FILES) - {HELPERS}))
def test_each_file_has_fixtures(name: str) -> None:
    names = {path.name.split(".")[0] for path in FIXTURES if path.parent.name == name}
    assert names == {"valid", "invalid"}


def test_each_fixture_has_a_file() -> None:
    assert {path.parent.name for path in FIXTURES} == set(FILES) - {HELPERS}


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.name == "valid.ttl"], ids=lambda path: path.parent.name)
def test_valid(path: Path) -> None:
    found = report(path)
    assert found.conforms
    assert found.results == ()
    nodes = {shape for shape in targeted(shapes(path.parent.name)) if "-" not in shape.removeprefix(SHAPES)}
    foreign = {SHAPES + "AgreementType"} if path.parent.name == "document" else set()
    assert {shape for shape in nodes if not found.focus_counts[shape]} == foreign


@pytest.mark.parametrize(
    "path", [p for p in FIXTURES if p.name != "valid.ttl"], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_invalid(path: Path) -> None:
    found = report(path)
    assert {result.shape for result in found.results} == expected(path)
    assert found.conforms is all(result.severity is Severity.WARNING for result in found.results)
    for result in found.results:
        assert re.search("[一-鿿]", result.message_zh)
        assert re.search("[a-z]", result.message_en)


@pytest.mark.parametrize("name", sorted(set(FILES) - {HELPERS}))
def test_each_shape_is_seen_to_fail(name: str) -> None:
    failing = {shape for p in FIXTURES if p.name != "valid.ttl" for shape in expected(p)}
    graph = shapes(name)
    # A node shape without a severity only groups: it has no constraint of its own.
    checking = {shape for shape in targeted(graph) if (rdflib.URIRef(shape), SH.severity, None) in graph}
    assert checking
    assert checking - failing == set()


def test_focus_counts() -> None:
    counts = report(HERE / "tie" / "valid.ttl").focus_counts
    wanted = {"Agency": 2, "Place": 2, "Tie": 2, "TieDirection": 2, "Dated": 1, "CodedPlace": 2, "Thing": 6}
    assert {key.removeprefix(SHAPES): value for key, value in counts.items() if value} == wanted
    assert list(counts) == sorted(counts)


def test_helpers_have_no_target() -> None:
    assert targeted(shapes(HELPERS)) == set()
    assert len(set(shapes(HELPERS).subjects(RDF.type, SH.NodeShape))) > 5


def test_messages_and_severity_on_each_property_shape() -> None:
    graph = shapes()
    found = set(graph.subjects(RDF.type, SH.PropertyShape)) | {rdflib.URIRef(s) for s in targeted(graph)}
    assert len(found) > 150
    for shape in found:
        if "-" not in str(shape) and not set(graph.objects(shape, SH.severity)):
            # A node shape that only groups: it has no constraint of its own.
            own = {p for p in graph.predicates(shape) if p not in (*TARGETS, RDF.type)}
            assert own == set(), shape
            continue
        languages = Counter(message.language for message in graph.objects(shape, SH.message))
        assert languages == {"zh": 1, "en": 1}, shape
        assert len(set(graph.objects(shape, SH.severity))) == 1, shape


def test_property_shapes_have_the_target_of_their_node_shape() -> None:
    """So that the number of focus nodes of a node shape holds for its property shapes too."""
    graph = shapes()
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        node = rdflib.URIRef(str(shape).rpartition("-")[0])
        assert (node, RDF.type, SH.NodeShape) in graph, shape
        mine = {(t, o) for t in TARGETS for o in graph.objects(shape, t)}
        assert mine == {(t, o) for t in TARGETS for o in graph.objects(node, t)}, shape


def test_no_blank_nodes_but_lists_and_alternative_paths() -> None:
    graph = shapes()
    for node in {s for s in graph.subjects() if isinstance(s, rdflib.BNode)}:
        assert set(graph.predicates(node)) in ({RDF.first, RDF.rest}, {SH.alternativePath})


def test_shapes_are_ours() -> None:
    graph = shapes()
    found = set(graph.subjects(RDF.type, SH.NodeShape)) | set(graph.subjects(RDF.type, SH.PropertyShape))
    assert all(str(shape).startswith(SHAPES) for shape in found)
    named = {o for p in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape) for o in graph.objects(None, p)}
    lists = [members for p in (SH["or"], SH.xone) for members in graph.objects(None, p)]
    named |= {shape for members in lists for shape in graph.items(members)}
    assert named - found == set()
