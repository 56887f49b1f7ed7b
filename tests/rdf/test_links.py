"""Links to authorities: made from codes, well-formed, counted, and none where no list has the code."""

from __future__ import annotations

import csv
import re
from collections import Counter

import handmade
import pyoxigraph as ox
import pytest
from msgspec.structs import replace

from kg.model import Agency, AgencyKind, Place, PlaceKind
from kg.pipeline import build
from kg.rdf.links import LINKSETS, link_lines
from kg.rdf.quads import make_graph
from kg.rdf.vocabulary import DATA, term
from kg.resources import resource
from kg.store.entities import describe
from kg.store.graph import load
from kg.store.names import Names

VOID = "http://rdfs.org/ns/void#"
COUNTRY = re.compile(r"http://publications\.europa\.eu/resource/authority/country/[A-Z]{3}")


def linked(*things: Place | Agency) -> list[tuple[str, str]]:
    """The last parts of both ends of each link of these places and agencies."""
    places = tuple(item for item in things if isinstance(item, Place))
    agencies = tuple(item for item in things if isinstance(item, Agency))
    lines = link_lines(replace(handmade.WHOLE, places=places, agencies=agencies))
    ends = [re.findall(r"<([^<>]*)>", line) for line in lines]
    return [(one.rpartition("/")[2], other.rpartition("/")[2]) for one, _, other in ends]


def test_a_country_has_the_entry_of_its_code() -> None:
    france = Place("place/FR", PlaceKind.COUNTRY, "法国", code="FR")
    assert linked(france) == [("FR", "FRA")]


@pytest.mark.parametrize(
    "place",
    [
        Place("place/CN-44", PlaceKind.REGION, "广东", code="CN-44"),
        Place("place/CN-81", PlaceKind.REGION, "香港", code="CN-HK"),
        Place("place/EU", PlaceKind.GROUP, "欧盟", code="EU"),
        Place("place/FR-paris", PlaceKind.CITY, "巴黎"),
        Place("place/XK", PlaceKind.COUNTRY, "某地", code="XK"),
        Place("place/group-fr", PlaceKind.GROUP, "法国等", code="FR"),
    ],
    ids=lambda place: place.key,
)
def test_what_is_not_certain_is_not_linked(place: Place) -> None:
    assert linked(place) == []


def test_an_office_is_linked_when_its_code_is_listed() -> None:
    offices = [Agency(f"agency/st3-{code}", code, AgencyKind.IP_OFFICE, code=code) for code in ("EP", "XX", "")]
    assert linked(*offices) == [("st3-EP", "EP")]


def test_the_lists_are_well_formed() -> None:
    with resource("data", "authority_records.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    with resource("data", "agencies.csv").open(encoding="utf-8", newline="") as file:
        known = {row["st3"] for row in csv.DictReader(file)}
    codes = [row["st3"] for row in records]
    assert codes == sorted(set(codes))
    assert set(codes) <= known
    assert all(row["iri"].rpartition("/")[2] == row["st3"] for row in records)
    assert all(ox.NamedNode(row["iri"]) for row in records)
    with resource("data", "country_codes.csv").open(encoding="utf-8", newline="") as file:
        also = [row["also"] for row in csv.DictReader(file) if len(row["code"]) == 2]
    assert len(also) > 240
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in also)
    assert len(set(also)) == len(also)


def test_a_linkset_counts_its_links() -> None:
    lines = make_graph(handmade.WHOLE).lines
    told = [line for line in lines if line.startswith(f"<{DATA}links/")]
    assert {line.split()[0].rpartition("/")[2].rstrip(">") for line in told} == {"eu-country"}
    assert any(f'<{VOID}triples> "1"' in line for line in told)
    assert sum("#linkMethod>" in line for line in told) == 2


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    directory = build([], tmp_path_factory.mktemp("links"), validate=False).directory
    assert directory is not None
    return load(directory / "graph.nq")


def test_a_thing_is_shown_with_its_links_whole(store: ox.Store) -> None:
    own = describe(store, Names(store).one("法国")).groups[0].facts
    assert [fact.value for fact in own if fact.label == "exactMatch"] == [
        "http://publications.europa.eu/resource/authority/country/FRA"
    ]
    assert {fact.value for fact in own if fact.label == "inScheme"} == {"areaScheme"}


def test_all_links_of_the_sample(store: ox.Store) -> None:
    counts: Counter[str] = Counter()
    for linkset in LINKSETS:
        query = f"""SELECT ?s ?o WHERE {{ ?s <{_full(linkset.predicate)}> ?o
            FILTER(STRSTARTS(STR(?o), "{linkset.target}/")) }}"""
        ends = [(row["s"].value, row["o"].value) for row in store.query(query)]
        assert len(ends) == len(set(ends))
        assert len({one for one, _ in ends}) == len(ends), "a thing has one link of a kind"
        assert all(re.fullmatch(r"https?://[!-~]+", other) for _, other in ends)
        counts[linkset.name] = len(ends)
        told = f"""SELECT ?n WHERE {{ GRAPH ?g {{ {linkset.iri} a <{VOID}Linkset> ; <{VOID}triples> ?n }} }}"""
        assert [int(row["n"].value) for row in store.query(told)] == [len(ends)]
    assert counts["eu-country"] > 100
    assert counts["epo-office"] >= 3
    countries = store.query(f"SELECT ?o WHERE {{ ?s <{_full('skos:exactMatch')}> ?o }}")
    foreign = [row["o"].value for row in countries if "europa" in row["o"].value]
    assert all(COUNTRY.fullmatch(iri) for iri in foreign)


def _full(name: str) -> str:
    return term(name).strip("<>")
