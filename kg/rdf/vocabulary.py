"""The closed vocabulary of the graph: every term that may stand in it, and the one base of our IRIs.

`docs/vocabulary.md` says what each term is for; `ontology/` declares the same `zt:` terms. A term that is not
listed here cannot be written: `term()` raises LookupError.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from kg.model import (
    AgencyKind,
    AgreementStatus,
    AgreementType,
    Approximation,
    ComparisonKind,
    DocumentKind,
    EventStatus,
    EventType,
    NetworkRole,
    PlaceKind,
    Relation,
    Role,
    RowStatus,
)

__all__ = [
    "BASE",
    "DATA",
    "ID",
    "PREFIXES",
    "REUSED",
    "SCHEMES",
    "TERMS",
    "ZT",
    "concept",
    "concept_name",
    "term",
]

#: The one setting: where all IRIs of ours live.
BASE = "https://w3id.org/zhitu/"
ZT = BASE + "def#"
ID = BASE + "id/"
DATA = BASE + "data/"

PREFIXES: dict[str, str] = {
    "zt": ZT,
    "id": ID,
    "data": DATA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "spdx": "http://spdx.org/rdf/terms#",
    "unit": "http://qudt.org/vocab/unit/",
}

#: The closed sets: `X` has the concepts `zt:X-...` in the scheme `zt:XScheme`.
SCHEMES: dict[str, type[StrEnum]] = {
    "agencyKind": AgencyKind,
    "eventType": EventType,
    "eventStatus": EventStatus,
    "agreementType": AgreementType,
    "agreementStatus": AgreementStatus,
    "documentKind": DocumentKind,
    "relation": Relation,
    "role": Role,
    "approximation": Approximation,
    "comparisonKind": ComparisonKind,
    "rowStatus": RowStatus,
    "placeKind": PlaceKind,
    "networkRole": NetworkRole,
}

_CLASSES = """
Place Country Region City AreaGroup Agency Person Event Agreement PolicyDocument TypicalCase Tie MissingCell
Indicator Report Telling Passage
Network NetworkNode NetworkEdge Community
"""

_PROPERTIES = """
date endDate earliest latest
gb2260 agencyKind country region st3 authorityRecord post firstAttested lastAttested
eventSeries eventType status participant person chair speaker delegationHead ordinal partOf outcome
agreementType party witness occasion extends
documentKind issuer action stage
caseSeries number organisation organisationName selectedBy
actorA actorB relation directed impliedBy
series area measure breakdown period edition rowStatus latestEdition column printed
telling writtenValue writtenUnit valueText areaName subject
comparisonKind comparisonValue comparisonUnit comparisonBase approximation
cumulative target since low high rank
publisherName year linkMethod
tells kind rule confidence stated surfaceName surfaceA surfaceB dateTold differs
quote quotes lines line sectionPath locator
inNetwork networkMode filter method seed runs formula
nodeCount edgeCount tieCount density componentCount bridgeCount transitivity communityCount modularity stability
node degree strength betweenness closeness eigenvector pagerank clustering core component bridges
twoModeDegree twoModeBetweenness twoModeCloseness twoModeClustering
inCommunity participation withinModuleZ networkRole
joins weight bridge
"""

_INDIVIDUALS = "areaScheme measureScheme breakdownScheme unitScheme breakdown-total tableStructure proseStructure"

_REUSED = """
rdf:type rdf:reifies rdfs:label
schema:Place schema:Event schema:CreativeWork schema:location schema:organizer
schema:sha256 schema:softwareVersion
org:Organization org:Membership org:Post org:member org:organization org:postIn org:subOrganizationOf
foaf:Person foaf:Agent foaf:name
skos:Concept skos:prefLabel skos:altLabel skos:notation skos:broader skos:inScheme skos:exactMatch
dcterms:title dcterms:identifier dcterms:publisher dcterms:description dcterms:source dcterms:language
dcterms:license dcterms:rights dcterms:RightsStatement dcterms:conformsTo dcterms:format
dcterms:temporal dcterms:PeriodOfTime dcterms:spatial dcterms:Location
prov:Entity prov:Activity prov:SoftwareAgent prov:used prov:generated
prov:wasAssociatedWith prov:wasDerivedFrom prov:wasGeneratedBy
qb:DataSet qb:Observation qb:dataSet qb:structure
sdmx-measure:obsValue sdmx-attribute:unitMeasure
eli:LegalResource
oa:SpecificResource oa:TextPositionSelector oa:TextQuoteSelector
oa:hasSource oa:hasSelector oa:start oa:end oa:exact
void:Linkset void:linkPredicate void:subjectsTarget void:objectsTarget
void:Dataset void:triples void:subset void:entities void:distinctSubjects void:distinctObjects void:uriSpace
void:vocabulary void:classes void:properties void:classPartition void:class void:propertyPartition void:property
dcat:Dataset dcat:Catalog dcat:Distribution dcat:dataset dcat:distribution dcat:version dcat:keyword dcat:theme
dcat:startDate dcat:endDate dcat:accessURL dcat:downloadURL dcat:mediaType dcat:byteSize
spdx:checksum spdx:Checksum spdx:algorithm spdx:checksumAlgorithm_sha256 spdx:checksumValue
dqv:Metric dqv:QualityMeasurement dqv:expectedDataType dqv:isMeasurementOf dqv:computedOn dqv:value
xsd:date xsd:gYear xsd:gYearMonth xsd:integer xsd:decimal xsd:boolean
xsd:nonNegativeInteger xsd:hexBinary
"""


def concept_name(scheme: str, member: StrEnum) -> str:
    """The local name of a member of a closed set; signs that are words (超) go by their English names."""
    value = member.name.lower() if scheme == "approximation" else member.value
    return f"{scheme}-{value}"


#: Local names of all `zt:` terms.
TERMS: frozenset[str] = frozenset(
    (_CLASSES + _PROPERTIES + _INDIVIDUALS).split()
    + [f"{scheme}Scheme" for scheme in SCHEMES]
    + [concept_name(scheme, member) for scheme, members in SCHEMES.items() for member in members]
)

#: Terms of other vocabularies, as prefixed names.
REUSED: frozenset[str] = frozenset(_REUSED.split())


@lru_cache(maxsize=1024)
def term(name: str) -> str:
    """The N-Quads form `<...>` of a prefixed name (`zt:Agency`, `skos:prefLabel`).

    Raises LookupError for a term outside the closed vocabulary.
    """
    prefix, _, local = name.partition(":")
    if name not in REUSED and (prefix != "zt" or local not in TERMS):
        raise LookupError(f"{name}: unknown term; expected one of kg.rdf.vocabulary")
    return f"<{PREFIXES[prefix]}{local}>"


@lru_cache(maxsize=1024)
def concept(scheme: str, member: StrEnum) -> str:
    """The N-Quads form of a member of a closed set. Raises LookupError when the scheme does not have it."""
    if not isinstance(member, SCHEMES[scheme]):
        raise LookupError(f"{member!r}: not in the scheme {scheme}; expected a {SCHEMES[scheme].__name__}")
    return term(f"zt:{concept_name(scheme, member)}")
