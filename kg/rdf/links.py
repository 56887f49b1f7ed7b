"""Links to what authorities publish, by code and by code alone; and a linkset for each way of linking.

A country has the entry of the EU's country authority that its ISO 3166-1 code names: that table goes by alpha-3 codes
(EU Publications Office, authority table `country`), and `data/country_codes.csv` has the alpha-3 code of each alpha-2 code.
An office has the record in the EPO's linked data where `data/authority_records.csv` lists its ST.3 code. Units are linked in
`kg.rdf.cube`. What no list has is not linked: regions and groups of countries, other offices.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator

from kg.model import PlaceKind, Resolution
from kg.model.frozen import Frozen
from kg.rdf import terms
from kg.rdf.iris import BUILD, FACTS, thing
from kg.rdf.vocabulary import DATA, PREFIXES, term
from kg.resources import resource

__all__ = ["LINKSETS", "Linkset", "link_lines", "linkset_lines"]

_COUNTRIES = "http://publications.europa.eu/resource/authority/country"
_OFFICES = "http://data.epo.org/linked-data/id/st3"


class Linkset(Frozen):
    """A way of linking: the property, the start of all IRIs that it leads to, and the method in words."""

    name: str
    predicate: str
    target: str
    zh: str
    en: str

    @property
    def iri(self) -> str:
        """The IRI of the linkset."""
        return f"<{DATA}links/{self.name}>"


#: All ways of linking.
LINKSETS = (
    Linkset(
        "eu-country",
        "skos:exactMatch",
        _COUNTRIES,
        "按代码：国家的 ISO 3166-1 两位代码换成三位代码，即欧盟国家权威表的代码。",
        "By code: the ISO 3166-1 alpha-2 code of a country, turned into its alpha-3 code, by which the EU table goes.",
    ),
    Linkset(
        "epo-office",
        "zt:authorityRecord",
        _OFFICES,
        "按代码：机构的 WIPO ST.3 代码列在 data/authority_records.csv 中。",
        "By code: the WIPO ST.3 code of an office stands in data/authority_records.csv.",
    ),
    Linkset(
        "qudt-unit",
        "skos:exactMatch",
        PREFIXES["unit"].rstrip("/"),
        "按名称：所印单位列在人工核对的 data/qudt_units.csv 中。",
        "By name: the printed unit stands in data/qudt_units.csv, which is kept by hand.",
    ),
)


@functools.cache
def _alpha3() -> dict[str, str]:
    with resource("data", "country_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["also"].split("|")) for row in csv.DictReader(file)]
    return {code: other for code, also in rows for other in also if len(code) == 2 and len(other) == 3}


@functools.cache
def _records() -> dict[str, str]:
    with resource("data", "authority_records.csv").open(encoding="utf-8", newline="") as file:
        return {row["st3"]: row["iri"] for row in csv.DictReader(file)}


def link_lines(resolution: Resolution) -> Iterator[str]:
    """The links of countries and offices, as lines of the default graph."""
    for place in resolution.places:
        alpha3 = _alpha3().get(place.code, "") if place.kind is PlaceKind.COUNTRY else ""
        if alpha3:
            yield f"{thing(place.key)} {term('skos:exactMatch')} <{_COUNTRIES}/{alpha3}> ."
    for agency in resolution.agencies:
        if agency.code in _records():
            yield f"{thing(agency.key)} {term('zt:authorityRecord')} <{_records()[agency.code]}> ."


def linkset_lines(facts: Iterable[str]) -> Iterator[str]:
    """The linksets that the lines of the default graph have, with their counts, as lines of the graph of the build."""
    starts = {f" {term(linkset.predicate)} <{linkset.target}/": linkset for linkset in LINKSETS}
    counts = dict.fromkeys(LINKSETS, 0)
    for line in facts:
        for start, linkset in starts.items():
            counts[linkset] += start in line
    for linkset, count in counts.items():
        if count:
            s, end = linkset.iri, f"{BUILD} ."
            yield f"{FACTS} {term('void:subset')} {s} {end}"
            yield f"{s} {term('rdf:type')} {term('void:Linkset')} {end}"
            yield f"{s} {term('void:linkPredicate')} {term(linkset.predicate)} {end}"
            yield f"{s} {term('void:subjectsTarget')} {FACTS} {end}"
            yield f"{s} {term('void:objectsTarget')} <{linkset.target}> {end}"
            yield f"{s} {term('void:triples')} {terms.integer(count)} {end}"
            yield f"{s} {term('zt:linkMethod')} {terms.tagged(linkset.zh)} {end}"
            yield f"{s} {term('zt:linkMethod')} {terms.tagged(linkset.en, 'en')} {end}"
