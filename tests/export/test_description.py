"""The description of the data set: DCAT-AP's demands, counts that are those of the graph, files as they lie."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pyshacl
import pytest
import rdflib
from handmade import WHOLE
from msgspec.structs import replace
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SH, VOID, XSD

from kg.export import FORMS, write_description, write_export
from kg.model import Resolution
from kg.rdf import DATA, make_graph

SHAPES = Path(__file__).with_name("dcat-ap.ttl")
VERSION = rdflib.URIRef("http://www.w3.org/ns/dcat#version")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET, FACTS = rdflib.URIRef(f"{DATA}dataset"), rdflib.URIRef(f"{DATA}facts")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "graph.nq"
    make_graph(WHOLE).write(path)
    return path


@pytest.fixture(scope="module")
def facts(graph: Path) -> set[Quad]:
    return {quad for quad in parse(path=str(graph), format=RdfFormat.N_QUADS) if quad.graph_name == DefaultGraph()}


@pytest.fixture(scope="module")
def folder(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("all")
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    write_export("all", graph, lambda: store, target)
    return target


@pytest.fixture
def description(graph: Path, tmp_path: Path) -> rdflib.Graph:
    write_description(graph, tmp_path / "d.ttl")
    return rdflib.Graph().parse(tmp_path / "d.ttl")


def results(data: rdflib.Graph) -> set[tuple[str, str, str]]:
    """(focus, path, severity) of what DCAT-AP has against a description."""
    _, found, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(SHAPES), inference="none")
    assert isinstance(found, rdflib.Graph)
    parts = (SH.focusNode, SH.resultPath, SH.resultSeverity)
    told = [[str(found.value(node, part)) for part in parts] for node in found.subjects(RDF.type, SH.ValidationResult)]
    return {(focus, path, severity.removeprefix(str(SH))) for focus, path, severity in told}


def test_what_is_demanded_and_recommended_is_there(description: rdflib.Graph, folder: Path) -> None:
    assert results(description) == set()
    published = rdflib.Graph().parse(folder / "description.ttl")
    assert results(published) == set()
    assert len(list(published.subjects(RDF.type, DCAT.Distribution))) == 5
    assert len(list(published.subjects(RDF.type, SPDX.Checksum))) == 4


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("catalogue", DCTERMS.title),
        ("catalogue", DCTERMS.description),
        ("catalogue", DCTERMS.publisher),
        ("catalogue", DCAT.dataset),
        ("dataset", DCTERMS.title),
        ("dataset", DCTERMS.description),
        ("demo-2024", DCTERMS.description),
        ("distribution/tables", DCAT.accessURL),
        ("publisher", FOAF.name),
        ("dataset/period", DCAT.startDate),
    ],
)
def test_a_description_that_lacks_what_is_demanded_fails(
    description: rdflib.Graph, subject: str, name: rdflib.URIRef
) -> None:
    node = rdflib.URIRef(DATA + subject)
    assert (node, name, None) in description
    description.remove((node, name, None))
    assert "Violation" in {severity for _, _, severity in results(description)}


@pytest.mark.parametrize("name", [DCAT.distribution, DCAT.keyword, DCTERMS.publisher, DCAT.theme, DCTERMS.temporal])
def test_a_description_that_lacks_what_is_recommended_is_warned_of(
    description: rdflib.Graph, name: rdflib.URIRef
) -> None:
    description.remove((DATASET, name, None))
    assert {severity for _, _, severity in results(description)} == {"Warning"}


def test_counts_are_those_of_the_graph(description: rdflib.Graph, facts: set[Quad], graph: Path) -> None:
    def number(subject: rdflib.term.Node, name: rdflib.URIRef) -> int:
        return int(str(description.value(subject, name)))

    assert number(FACTS, VOID.triples) == len(facts)
    assert number(FACTS, VOID.distinctSubjects) == len({q.subject for q in facts})
    assert number(FACTS, VOID.distinctObjects) == len({q.object for q in facts})
    assert number(FACTS, VOID.entities) == len({q.subject for q in facts if "/id/" in str(q.subject)})
    kinds = Counter(str(q.object).strip("<>") for q in facts if q.predicate.value == str(RDF.type))
    names = Counter(q.predicate.value for q in facts)
    parts = description.objects(FACTS, VOID.classPartition)
    assert {str(description.value(p, VOID["class"])): number(p, VOID.entities) for p in parts} == kinds
    parts = description.objects(FACTS, VOID.propertyPartition)
    assert {str(description.value(p, VOID.property)): number(p, VOID.triples) for p in parts} == names
    assert (number(FACTS, VOID.classes), number(FACTS, VOID.properties)) == (len(kinds), len(names))
    subsets = list(description.objects(DATASET, VOID.subset))
    assert len(subsets) == 5
    assert sum(number(part, VOID.triples) for part in subsets) == number(DATASET, VOID.triples)
    lines = graph.read_bytes().splitlines()
    assert number(DATASET, VOID.triples) == sum(not line.endswith(f"<{DATA}build> .".encode()) for line in lines)


def test_sources_coverage_and_terms_of_use(description: rdflib.Graph) -> None:
    sources = {str(s).removeprefix(DATA) for s in description.objects(DATASET, DCTERMS.source)}
    assert sources == {"demo-2023", "demo-2024"}
    hashes = {str(o) for o in description.objects(None, rdflib.URIRef("https://schema.org/sha256"))}
    assert hashes == {source.sha256 for source in WHOLE.sources}
    period = description.value(DATASET, DCTERMS.temporal)
    assert description.value(period, DCAT.startDate) == rdflib.Literal("2023-01-01", datatype=XSD.date)
    assert description.value(period, DCAT.endDate) == rdflib.Literal("2024-12-31", datatype=XSD.date)
    # The body that publishes is known, and with it the country.
    assert str(description.value(DATASET, DCTERMS.spatial)).endswith("/id/place/cn")
    # The words of the reports are not ours to license.
    quotes = rdflib.URIRef(f"{DATA}demo-2024/passages")
    assert (quotes, DCTERMS.license, None) not in description
    assert (quotes, DCTERMS.rights, None) in description


def test_the_version_is_of_the_content(tmp_path: Path) -> None:
    def version(resolution: Resolution) -> str:
        make_graph(resolution).write(tmp_path / "g.nq")
        write_description(tmp_path / "g.nq", tmp_path / "d.ttl")
        return str(rdflib.Graph().parse(tmp_path / "d.ttl").value(DATASET, VERSION))

    assert version(WHOLE) == version(WHOLE)
    assert version(WHOLE) != version(replace(WHOLE, ties=WHOLE.ties[:1]))


def test_distributions_say_how_they_lie(folder: Path) -> None:
    published = rdflib.Graph().parse(folder / "description.ttl")
    met = set()
    for distribution in published.subjects(RDF.type, DCAT.Distribution):
        place = folder / str(published.value(distribution, DCAT.accessURL)).removeprefix(DATA)
        met.add(place.name)
        size = int(str(published.value(distribution, DCAT.byteSize)))
        if place.is_dir():
            assert size == sum(path.stat().st_size for path in place.iterdir())
            continue
        assert size == place.stat().st_size
        checksum = published.value(distribution, SPDX.checksum)
        told = str(published.value(checksum, SPDX.checksumValue)).lower()
        assert told == hashlib.sha256(place.read_bytes()).hexdigest()
    assert met | {"description.ttl"} == {path.name for path in folder.iterdir()}


def test_a_folder_has_every_format(folder: Path) -> None:
    assert set(FORMS) == {"csv", "nq", "ttl", "trig", "jsonld", "dcat", "all"}
    names = {"tables", "dataset.nq", "dataset.ttl", "dataset.trig", "dataset.jsonld", "description.ttl"}
    assert {path.name for path in folder.iterdir()} == names
    with pytest.raises(LookupError, match="feast: no such format; expected one of csv"):
        write_export("feast", folder, lambda: Store(), folder)


def iris(quads: Iterable[Quad]) -> set[str]:
    nodes = {node for quad in quads for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)}
    return {node.value for node in nodes if isinstance(node, NamedNode)}


def test_every_iri_is_absolute_and_ascii(folder: Path, sample: Path) -> None:
    found = iris(parse(path=str(folder / "dataset.trig"), format=RdfFormat.TRIG))
    found |= iris(parse(path=str(folder / "description.ttl"), format=RdfFormat.TURTLE))
    found |= iris(parse(path=str(sample / "graph.nq"), format=RdfFormat.N_QUADS))
    assert len(found) > 5_000
    for iri in found:
        parts = urlsplit(iri)
        assert parts.scheme in {"http", "https"}, iri
        assert parts.netloc, iri
        assert iri.isascii(), iri
        assert not set(iri) & set(' <>"{}|\\^`'), iri


def test_the_description_of_the_sample_conforms(sample: Path, tmp_path: Path) -> None:
    write_description(sample / "graph.nq", tmp_path / "d.ttl")
    description = rdflib.Graph().parse(tmp_path / "d.ttl")
    assert results(description) == set()
    assert str(description.value(DATASET, DCTERMS.spatial)).endswith("/id/place/CN")
