"""The ontology declares the vocabulary of docs/vocabulary.md: all of it, in two languages, and nothing else."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.model import kinds
from kg.rdf.vocabulary import TERMS
from kg.resources import resource

ZT = "https://w3id.org/zhitu/def#"
QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
FILES = sorted(resource("ontology").glob("*.ttl"))
ONTOLOGY = rdflib.URIRef("https://w3id.org/zhitu/def")
CLOSED: dict[str, type[StrEnum]] = {
    "agencyKind": kinds.AgencyKind,
    "eventType": kinds.EventType,
    "eventStatus": kinds.EventStatus,
    "agreementType": kinds.AgreementType,
    "agreementStatus": kinds.AgreementStatus,
    "documentKind": kinds.DocumentKind,
    "relation": kinds.Relation,
    "role": kinds.Role,
    "approximation": kinds.Approximation,
    "comparisonKind": kinds.ComparisonKind,
    "rowStatus": kinds.RowStatus,
    "placeKind": kinds.PlaceKind,
    "networkRole": kinds.NetworkRole,
}


@cache
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in FILES:
        graph.parse(path)
    return graph


def declared() -> set[str]:
    """Local names of what the ontology declares, the components of the cube structures apart."""
    graph = ontology()
    components = set(graph.subjects(RDF.type, QB.ComponentSpecification))
    found = {s for s in graph.subjects(RDF.type, None) if str(s).startswith(ZT)} - components
    return {str(s).removeprefix(ZT) for s in found}


def documented() -> set[str]:
    """Local names of the `zt:` terms in docs/vocabulary.md and of the schemes it lists."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    sets = re.search(r"Closed sets: `([^`]{1,400})`", text)
    assert sets is not None
    return set(re.findall(r"\bzt:([A-Za-z][A-Za-z0-9_-]{0,60})", text)) | {f"{name}Scheme" for name in sets[1].split()}


def test_there_are_files() -> None:
    assert [path.name for path in FILES] == ["codelists.ttl", "cube.ttl", "network.ttl", "reused.ttl", "zhitu.ttl"]


def test_each_documented_term_is_declared() -> None:
    assert len(documented()) > 100
    assert documented() - declared() == set()


def test_no_other_term_is_declared() -> None:
    concepts = {str(c).removeprefix(ZT) for c in ontology().subjects(RDF.type, SKOS.Concept)}
    assert declared() - concepts - documented() == set()


def test_the_ontology_is_the_vocabulary_of_the_code() -> None:
    assert declared() == TERMS


@pytest.mark.parametrize("name", sorted(declared()))
def test_term_is_labelled_and_defined(name: str) -> None:
    graph, term = ontology(), rdflib.URIRef(ZT + name)
    labels = [*graph.objects(term, RDFS.label)] or [*graph.objects(term, SKOS.prefLabel)]
    definitions = [*graph.objects(term, SKOS.definition)]
    assert sorted(label.language for label in labels) == ["en", "zh"]
    assert sorted(text.language for text in definitions) == ["en", "zh"]
    assert all(str(text).endswith(("。", ".")) for text in definitions)
    assert set(graph.objects(term, RDFS.isDefinedBy)) == {ONTOLOGY}


@pytest.mark.parametrize("scheme", sorted(CLOSED))
def test_concepts_are_the_members_of_the_closed_set(scheme: str) -> None:
    graph, iri = ontology(), rdflib.URIRef(f"{ZT}{scheme}Scheme")
    members = CLOSED[scheme]
    found = {
        (str(concept).removeprefix(f"{ZT}{scheme}-"), str(graph.value(concept, SKOS.notation)))
        for concept in graph.subjects(SKOS.inScheme, iri)
    }
    signs = scheme == "approximation"
    assert found == {(m.name.lower() if signs else m.value, m.value) for m in members}
    assert set(graph.objects(iri, SKOS.hasTopConcept)) == set(graph.subjects(SKOS.inScheme, iri))
    assert set(graph.subjects(SKOS.topConceptOf, iri)) == set(graph.subjects(SKOS.inScheme, iri))


def test_every_closed_set_of_the_model_has_a_scheme() -> None:
    # FactKind and ActorKind stand in the graph as literals and types.
    own = {getattr(kinds, name) for name in kinds.__all__} - {kinds.FactKind, kinds.ActorKind}
    assert set(CLOSED.values()) == own


def test_labels_of_a_scheme_differ() -> None:
    graph = ontology()
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        labels = [label for c in graph.subjects(SKOS.inScheme, scheme) for label in graph.objects(c, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)), scheme


def test_no_blank_nodes() -> None:
    for triple in ontology():
        assert not any(isinstance(term, rdflib.BNode) for term in triple)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_two_parsers_agree(path: Path) -> None:
    theirs = {str(quad.triple) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    ours = rdflib.Graph().parse(path)
    assert len(theirs) == len(ours) > 0


def test_classes_and_properties_are_sorted() -> None:
    text = resource("ontology", "zhitu.ttl").read_text(encoding="utf-8")
    for part in text.split("# Properties"):
        terms = re.findall(r"(?m)^zt:(\w{1,60}) a ", part)
        assert terms
        assert terms == sorted(terms)


def test_each_property_is_of_one_kind() -> None:
    graph = ontology()
    objects = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    data = set(graph.subjects(RDF.type, OWL.DatatypeProperty))
    assert objects
    assert data
    assert not objects & data
    plain = set(graph.subjects(RDF.type, RDF.Property)) - objects - data
    assert not [p for p in plain if str(p).startswith(ZT)]


def test_structures_have_what_the_cube_asks_for() -> None:
    """IC-3 (a measure), IC-4 (ranges), IC-5 (code lists), IC-6 (only attributes are optional)."""
    graph = ontology()
    for name in ("tableStructure", "proseStructure"):
        components = set(graph.objects(rdflib.URIRef(ZT + name), QB.component))
        dimensions = {p for c in components for p in graph.objects(c, QB.dimension)}
        assert len([p for c in components for p in graph.objects(c, QB.measure)]) == 1
        assert dimensions
        for dimension in dimensions:
            assert (dimension, RDF.type, QB.DimensionProperty) in graph
            ranges = set(graph.objects(dimension, RDFS.range))
            assert len(ranges) == 1
            if ranges == {SKOS.Concept}:
                assert set(graph.objects(dimension, QB.codeList))
        for component in components:
            if (component, QB.componentRequired, rdflib.Literal(False)) in graph:
                attribute = graph.value(component, QB.attribute)
                assert (attribute, RDF.type, QB.AttributeProperty) in graph
