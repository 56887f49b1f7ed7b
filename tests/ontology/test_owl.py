"""The ontology as OWL 2: loads without complaint, declares what it uses, and says of domains and ranges what is true."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from kg.pipeline import build
from kg.resources import resource

ZT = "https://w3id.org/zhitu/def#"
ONTOLOGY = rdflib.URIRef("https://w3id.org/zhitu/def")
#: Classes, properties and code lists; cube.ttl makes properties instances of classes of the Data Cube vocabulary.
OWL_FILES = ("zhitu.ttl", "codelists.ttl", "network.ttl", "reused.ttl")
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD), "http://purl.org/linked-data/cube#")
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def ontology(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names or [path.name for path in sorted(resource("ontology").glob("*.ttl"))]:
        graph.parse(resource("ontology", name))
    return graph


def is_built_in(term: object) -> bool:
    return str(term).startswith(BUILT_IN)


def test_owlready2_loads_it_without_a_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "zhitu.nt"
    ontology(*OWL_FILES).serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    loaded = world.get_ontology(path.as_uri()).load()
    assert capfd.readouterr() == ("", "")
    read = {entity.iri for entity in (*loaded.classes(), *loaded.properties())}
    types = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = {str(term) for kind in types for term in ontology().subjects(RDF.type, kind) if str(term).startswith(ZT)}
    assert ZT + "Agency" in own
    assert own <= read
    assert not list(world.inconsistent_classes())
    assert loaded.imported_ontologies == []


def test_it_says_what_it_is() -> None:
    graph = ontology()
    (version,) = graph.objects(ONTOLOGY, OWL.versionInfo)
    assert graph.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + f"/{version}"
    assert not list(graph.objects(None, OWL.imports))
    for about in (DCTERMS.title, DCTERMS.description):
        assert {text.language for text in graph.objects(ONTOLOGY, about)} == {"zh", "en"}
    assert graph.value(ONTOLOGY, DCTERMS.license)
    (creator,) = graph.objects(ONTOLOGY, DCTERMS.creator)
    assert list(graph.predicate_objects(creator))


def test_each_property_is_declared_once_as_one_kind() -> None:
    graph = ontology()
    kinds = defaultdict(set)
    for kind in KINDS:
        for term in graph.subjects(RDF.type, kind):
            kinds[term].add(kind)
    used = {p for p in graph.predicates() if not is_built_in(p)}
    assert used - kinds.keys() == set()
    assert not [term for term, found in kinds.items() if len(found) > 1]
    for child, parent in graph.subject_objects(RDFS.subPropertyOf):
        assert kinds[child] == kinds[parent], child


def test_each_class_is_declared_and_nothing_is_two_things() -> None:
    graph = ontology()
    classes = set(graph.subjects(RDF.type, OWL.Class))
    named = {o for p in (RDFS.subClassOf, RDFS.domain, RDFS.range, RDF.type) for o in graph.objects(None, p)}
    assert {term for term in named if not is_built_in(term)} - classes == set()
    properties = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    individuals = set(graph.subjects(RDF.type, SKOS.Concept)) | set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(individuals) > 100
    assert not classes & properties
    assert not individuals & (classes | properties)


def test_a_range_fits_the_kind_of_property() -> None:
    graph = ontology()
    for term, expected in graph.subject_objects(RDFS.range):
        literal = str(expected).startswith(str(XSD)) or expected == RDFS.Literal
        assert ((term, RDF.type, OWL.DatatypeProperty) in graph) == literal, term


@pytest.mark.parametrize("scheme", sorted(ontology().subjects(RDF.type, SKOS.ConceptScheme)))
def test_a_scheme_is_whole_in_both_languages(scheme: rdflib.URIRef) -> None:
    graph = ontology()
    for about in (DCTERMS.title, SKOS.prefLabel, SKOS.definition):
        assert sorted(text.language for text in graph.objects(scheme, about)) == ["en", "zh"]
    for concept in graph.subjects(SKOS.inScheme, scheme):
        assert sorted(text.language for text in graph.objects(concept, SKOS.prefLabel)) == ["en", "zh"]
        assert len(list(graph.objects(concept, SKOS.notation))) == 1
        assert (concept, SKOS.topConceptOf, scheme) in graph
        assert (scheme, SKOS.hasTopConcept, concept) in graph


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The sample, all graphs in one: a passage is typed in one graph and named in another."""
    result = build([], tmp_path_factory.mktemp("owl"), validate=False)
    assert result.directory is not None
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(path=str(result.directory / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    )
    return store


def test_domains_and_ranges_are_true_of_the_sample(built: ox.Store) -> None:
    graph = ontology()
    untrue = []
    used = 0
    for about, variable in ((RDFS.domain, "?s"), (RDFS.range, "?o")):
        for term, expected in graph.subject_objects(about):
            if expected in (RDFS.Literal, SKOS.Concept) or not str(term).startswith(ZT):
                continue
            if str(expected).startswith(str(XSD)):
                wrong = f"?s <{term}> ?o FILTER(DATATYPE(?o) != <{expected}>)"
            else:
                wrong = f"?s <{term}> ?o FILTER NOT EXISTS {{ {variable} a <{expected}> }}"
            used += bool(built.query(f"ASK {{ ?s <{term}> ?o }}"))
            found = list(built.query(f"SELECT ?s ?o WHERE {{ {wrong} }} LIMIT 1"))
            untrue += [(str(term).removeprefix(ZT), str(expected), str(row["s"]), str(row["o"])) for row in found]
    assert not untrue
    assert used > 80


def test_what_is_stated_follows_the_classes(built: ox.Store) -> None:
    """Types are stated, not inferred: what has one of our classes has what that is built on."""
    graph = ontology()
    pairs = [(c, p) for c, p in graph.subject_objects(RDFS.subClassOf) if p != OWL.Thing]
    assert len(pairs) > 15
    for child, parent in pairs:
        query = f"ASK {{ ?s a <{child}> FILTER NOT EXISTS {{ ?s a <{parent}> }} }}"
        assert not built.query(query), (child, parent)
