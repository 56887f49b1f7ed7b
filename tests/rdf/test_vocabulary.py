"""The vocabulary is closed, and all of it is what docs/vocabulary.md and the ontology have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model import EventType, Relation
from kg.rdf.vocabulary import PREFIXES, REUSED, SCHEMES, TERMS, concept, concept_name, term

ROOT = Path(__file__).resolve().parents[2]


def test_a_term_that_is_not_listed_cannot_be_written() -> None:
    assert term("zt:Agency") == "<https://w3id.org/zhitu/def#Agency>"
    for name in ("zt:Agenci", "skos:prefLable", "Agency", "nope:x", "skos:hiddenLabel"):
        with pytest.raises(LookupError, match=f"{name}: unknown term"):
            term(name)


def test_a_concept_is_of_its_scheme() -> None:
    assert concept("eventType", EventType.MEETING) == "<https://w3id.org/zhitu/def#eventType-meeting>"
    with pytest.raises(LookupError, match="not in the scheme eventType"):
        concept("eventType", Relation.VISITS)


def test_every_member_of_every_scheme_has_one_ascii_term() -> None:
    made = [concept_name(scheme, member) for scheme, members in SCHEMES.items() for member in members]
    assert len(made) == len(set(made))
    assert set(made) <= TERMS
    assert all(re.fullmatch(r"[A-Za-z0-9]+(-[a-z0-9_]+)?", name) for name in TERMS)


def test_every_prefix_of_a_reused_term_is_there() -> None:
    assert {name.partition(":")[0] for name in REUSED} <= set(PREFIXES)


def test_the_contract_names_every_term() -> None:
    """Each term stands in docs/vocabulary.md, as `zt:name` or as `<scheme>-<value>`, and none is invented."""
    text = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"zt:([A-Za-z][A-Za-z0-9_]*(?:-[a-z_]+)?)", text)) - {"def"}
    schemes = {f"{s}Scheme" for s in SCHEMES} | {concept_name(s, m) for s, members in SCHEMES.items() for m in members}
    assert TERMS - named - schemes == set()
    assert named - TERMS == set()


def test_the_ontology_declares_every_term() -> None:
    """Every `zt:` term is the subject of a triple of the ontology, and the ontology has no other."""
    import rdflib

    files = sorted((ROOT / "ontology").glob("*.ttl"))
    if not files:
        pytest.skip("no ontology yet")
    graph = rdflib.Graph()
    for path in files:
        graph.parse(path, format="turtle")
    zt = PREFIXES["zt"]
    declared = {str(s)[len(zt) :] for s in graph.subjects() if str(s).startswith(zt)}
    missing = TERMS - declared
    assert missing == set()
