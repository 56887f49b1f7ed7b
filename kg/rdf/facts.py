"""Resolved things as triples of the default graph: one function a kind, each yielding lines without `\\n`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import (
    Agency,
    Agreement,
    Case,
    DateRange,
    Document,
    DocumentKind,
    Event,
    Membership,
    Person,
    Place,
    PlaceKind,
    Resolution,
    Role,
    Source,
    Tie,
)
from kg.rdf import terms
from kg.rdf.iris import post_key, source, thing
from kg.rdf.names import Names
from kg.rdf.vocabulary import concept, term

__all__ = ["fact_lines"]

_A = term("rdf:type")
_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")
_PLACE_CLASS = {
    PlaceKind.COUNTRY: term("zt:Country"),
    PlaceKind.REGION: term("zt:Region"),
    PlaceKind.CITY: term("zt:City"),
    PlaceKind.GROUP: term("zt:AreaGroup"),
}
_ROLE_PROPERTY = {
    Role.CHAIRS: term("zt:chair"),
    Role.SPEAKS: term("zt:speaker"),
    Role.LEADS_DELEGATION: term("zt:delegationHead"),
}
_LEGAL = frozenset({DocumentKind.LAW, DocumentKind.REGULATION, DocumentKind.RULE, DocumentKind.MEASURE})
#: What a post without a title is called: somebody who stands for the body.
_UNTITLED = "职务不详"


def _triples(subject: str, *pairs: tuple[str, str]) -> Iterator[str]:
    """One line for each pair of a property (prefixed name) and an object; an empty object is left out."""
    for name, value in pairs:
        if value:
            yield f"{subject} {term(name)} {value} ."


def _types(subject: str, *names: str) -> Iterator[str]:
    for name in names:
        yield f"{subject} {_A} {term(name)} ."


def _labels(subject: str, name: str, aliases: Iterable[str] = (), english: str = "") -> Iterator[str]:
    yield f"{subject} {_LABEL} {terms.tagged(name)} ."
    if english:
        yield f"{subject} {_LABEL} {terms.tagged(english, 'en')} ."
    for alias in aliases:
        if alias and alias != name:
            yield f"{subject} {_ALT} {terms.tagged(alias)} ."


def _text(value: str) -> str:
    return terms.literal(value) if value else ""


def _count(value: int) -> str:
    return terms.integer(value) if value else ""


def _dated(subject: str, when: DateRange | None) -> Iterator[str]:
    if when is not None:
        yield from _triples(
            subject,
            ("zt:date", terms.date(when.start)),
            ("zt:endDate", terms.date(when.end) if when.end else ""),
            ("zt:earliest", f'"{when.earliest}"^^{term("xsd:date")}'),
            ("zt:latest", f'"{when.latest}"^^{term("xsd:date")}'),
        )


def _source(item: Source) -> Iterator[str]:
    subject = source(item.id)
    yield from _types(subject, "zt:Report", "dcat:Dataset", "prov:Entity")
    yield from _triples(
        subject,
        ("dcterms:title", terms.tagged(item.title)),
        ("dcterms:identifier", terms.literal(item.id)),
        ("zt:publisherName", terms.literal(item.publisher)),
        ("zt:year", f'"{item.year:04}"^^{term("xsd:gYear")}'),
    )


def _place(item: Place) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:Place", "schema:Place", "skos:Concept")
    yield f"{subject} {_A} {_PLACE_CLASS[item.kind]} ."
    yield from _labels(subject, item.name, item.aliases, item.name_en)
    yield from _triples(
        subject,
        ("skos:notation", _text(item.code)),
        ("zt:gb2260", _text(item.gb)),
        ("skos:broader", thing(item.broader) if item.broader else ""),
        ("skos:inScheme", term("zt:areaScheme")),
    )


def _agency(item: Agency) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:Agency", "org:Organization")
    yield from _labels(subject, item.name, item.aliases, item.name_en)
    yield from _triples(
        subject,
        ("zt:agencyKind", concept("agencyKind", item.agency_kind)),
        ("zt:country", thing(item.country) if item.country else ""),
        ("zt:region", thing(item.region) if item.region else ""),
        ("zt:st3", _text(item.code)),
        ("org:subOrganizationOf", thing(item.parent) if item.parent else ""),
    )


def _person(item: Person) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:Person", "foaf:Person")
    yield from _labels(subject, item.name, item.aliases)


def _membership(item: Membership) -> Iterator[str]:
    subject = thing(item.key)
    post = thing(post_key(item.title, item.organisation, item.country))
    organisation = thing(item.organisation) if item.organisation else ""
    yield from _types(subject, "org:Membership")
    yield from _triples(
        subject,
        ("org:member", thing(item.person)),
        ("org:organization", organisation),
        ("zt:country", thing(item.country) if item.country else ""),
        ("zt:post", post),
        ("zt:firstAttested", terms.date(item.first) if item.first else ""),
        ("zt:lastAttested", terms.date(item.last) if item.last else ""),
    )
    yield from _types(post, "org:Post")
    yield from _labels(post, item.title or _UNTITLED)
    yield from _triples(post, ("org:postIn", organisation))


def _event(item: Event, names: Names) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:Event", "schema:Event")
    yield from _labels(subject, item.name)
    yield from _triples(
        subject,
        ("zt:eventType", concept("eventType", item.type)),
        ("zt:status", concept("eventStatus", item.status)),
        ("zt:eventSeries", _text(item.series)),
        ("zt:ordinal", _count(item.ordinal)),
        ("zt:partOf", thing(item.part_of) if item.part_of else ""),
        *(("schema:location", thing(key)) for key in item.places),
        *(("schema:organizer", thing(key)) for key in item.hosts),
        *(("zt:participant", thing(key)) for key in item.participants),
        *(("zt:outcome", names.iri(key)) for key in item.outcomes),
    )
    yield from _dated(subject, item.when)
    for key, role in item.people:
        yield f"{subject} {term('zt:person')} {thing(key)} ."
        if role in _ROLE_PROPERTY:
            yield f"{subject} {_ROLE_PROPERTY[role]} {thing(key)} ."


def _agreement(item: Agreement, names: Names) -> Iterator[str]:
    subject = names.iri(item.key)
    document = names.document_of.get(item.key)
    yield from _types(subject, "zt:Agreement", "schema:CreativeWork")
    # One IRI has one preferred label, the document's title, and one date, written with the document.
    if document is None:
        yield from _labels(subject, item.name)
        yield from _dated(subject, item.signed)
    elif item.name != document.title:
        yield f"{subject} {_ALT} {terms.tagged(item.name)} ."
    yield from _triples(
        subject,
        ("zt:agreementType", concept("agreementType", item.type)),
        ("zt:status", concept("agreementStatus", item.status)),
        *(("zt:party", thing(key)) for key in item.parties),
        *(("zt:witness", thing(key)) for key in item.witnesses),
        ("zt:occasion", names.iri(item.event) if item.event else ""),
        ("zt:extends", _text(item.extends)),
    )


def _document(item: Document, names: Names) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:PolicyDocument", "schema:CreativeWork")
    if item.document_kind in _LEGAL:
        yield from _types(subject, "eli:LegalResource")
    yield from _labels(subject, item.title, item.shorts)
    yield from _triples(
        subject,
        ("zt:documentKind", concept("documentKind", item.document_kind)),
        *(("zt:issuer", thing(key)) for key in item.issuers),
        *(("zt:action", terms.literal(action)) for action in item.actions if action),
        ("zt:region", thing(item.region) if item.region else ""),
        ("zt:stage", _text(item.stage)),
    )
    yield from _dated(subject, names.date_of(item))


def _case(item: Case) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:TypicalCase", "schema:CreativeWork")
    yield from _labels(subject, item.title)
    yield from _triples(
        subject,
        ("zt:caseSeries", terms.literal(item.series)),
        ("zt:number", _count(item.number)),
        ("zt:region", thing(item.region) if item.region else ""),
        ("zt:organisation", thing(item.organisation) if item.organisation else ""),
        ("zt:organisationName", _text(item.organisation_name)),
        ("zt:selectedBy", thing(item.selected_by) if item.selected_by else ""),
    )


def _tie(item: Tie, names: Names) -> Iterator[str]:
    subject = thing(item.key)
    yield from _types(subject, "zt:Tie")
    yield from _triples(
        subject,
        ("zt:actorA", thing(item.a)),
        ("zt:actorB", thing(item.b)),
        ("zt:relation", concept("relation", item.relation)),
        ("zt:directed", terms.boolean(item.relation.directed)),
        ("zt:impliedBy", names.iri(item.because) if item.because else ""),
    )
    yield from _dated(subject, item.when)


def fact_lines(resolution: Resolution, names: Names) -> Iterator[str]:
    """Sources, places, bodies, people, happenings, papers and ties; a line may come more than once."""
    for source_item in resolution.sources:
        yield from _source(source_item)
    for place in resolution.places:
        yield from _place(place)
    for agency in resolution.agencies:
        yield from _agency(agency)
    for person in resolution.people:
        yield from _person(person)
    for membership in resolution.memberships:
        yield from _membership(membership)
    for event in resolution.events:
        yield from _event(event, names)
    for agreement in resolution.agreements:
        yield from _agreement(agreement, names)
    for document in resolution.documents:
        yield from _document(document, names)
    for case in resolution.cases:
        yield from _case(case)
    for tie in resolution.ties:
        yield from _tie(tie, names)
