"""RDF 1.2: each telling as the reifier of the triples whose value it tells, `<telling> rdf:reifies <<( s p o )>>`.

What a telling says is read from `resolution.jsonl`, since the graph keeps the chosen values alone. A triple of the
thing is told when its object is what the fact says there: the same date, number, word or member of a closed set, or a
thing that bears the name. That the thing is there, with its class, every telling tells. Nothing else is claimed:
a body that the sentence calls by a name that the graph does not have for it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import (
    Actor,
    AgencyFact,
    AgreementFact,
    CaseFact,
    DateRange,
    DocumentFact,
    EventFact,
    Fact,
    IndicatorFact,
    ObservationFact,
    PersonFact,
    Role,
    Telling,
    TieFact,
)
from kg.model.codec import resolution_from_lines
from kg.rdf import terms
from kg.rdf.iris import tellings_graph
from kg.rdf.provenance import telling_iri
from kg.rdf.vocabulary import concept, term

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

__all__ = ["reifiers"]

_TELLING = '{"of":"tellings"'
#: What a fact says of a property (prefixed name): texts, IRIs of concepts, names of things.
_Said = dict[str, Iterable[str]]
_NAMES = ("skos:prefLabel", "skos:altLabel", "rdfs:label")
_CLASSES: Mapping[type[Fact], str] = {
    AgencyFact: "zt:Agency",
    PersonFact: "org:Membership",
    EventFact: "zt:Event",
    AgreementFact: "zt:Agreement",
    DocumentFact: "zt:PolicyDocument",
    CaseFact: "zt:TypicalCase",
    TieFact: "zt:Tie",
    IndicatorFact: "zt:Indicator",
    ObservationFact: "qb:Observation",
}


def reifiers(resolution: Path, store: Store) -> Iterator[Quad]:
    """The quads that make tellings reifiers, in the graphs of the tellings, telling by telling.

    `resolution` is the resolution.jsonl of a build, `store` has its graph. Raises OSError when it cannot be read.
    """
    from pyoxigraph import Quad

    write = _Reifier(store)
    with resolution.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            if line.startswith(_TELLING):
                (telling,) = resolution_from_lines([line]).tellings
                reifier, graph, triples = write.triples(telling)
                for triple in triples:
                    yield Quad(reifier, _node("rdf:reifies"), triple, graph)


class _Reifier:
    """Finds the triples that a telling tells."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels = lru_cache(maxsize=4096)(self._names_of)

    def triples(self, telling: Telling) -> tuple[Any, Any, list[Any]]:
        """The telling and its graph as nodes, and the triples of what it tells, in order."""
        from pyoxigraph import DefaultGraph, NamedNode

        reifier = NamedNode(telling_iri(telling).strip("<>"))
        graph = NamedNode(tellings_graph(telling.fact.passage.source).strip("<>"))
        said = {term(name).strip("<>"): {v for v in values if v} for name, values in _said(telling.fact).items()}
        found = []
        for link in self._store.quads_for_pattern(reifier, _node("zt:tells"), None, graph):
            thing: Any = link.object
            for quad in self._store.quads_for_pattern(thing, None, None, DefaultGraph()):
                values = said.get(quad.predicate.value, set())
                if values and (_text(quad.object) in values or not values.isdisjoint(self._labels(quad.object))):
                    found.append(quad.triple)
        return reifier, graph, sorted(found, key=str)

    def _names_of(self, thing: Any) -> frozenset[str]:
        from pyoxigraph import DefaultGraph, NamedNode

        if not isinstance(thing, NamedNode):
            return frozenset()
        patterns = (self._store.quads_for_pattern(thing, _node(name), None, DefaultGraph()) for name in _NAMES)
        return frozenset(_text(quad.object) for found in patterns for quad in found)


@lru_cache(maxsize=64)
def _node(name: str) -> Any:
    from pyoxigraph import NamedNode

    return NamedNode(term(name).strip("<>"))


def _text(node: Any) -> str:
    return str(getattr(node, "value", node))


# What each kind of fact says, by property.


def _said(fact: Fact) -> _Said:
    """Every property that the fact has something to say about, its class among them."""
    said = _SAID[type(fact)](fact)
    return {**said, "rdf:type": [term(_CLASSES[type(fact)]).strip("<>")]}


def _member(scheme: str, value: StrEnum | None) -> list[str]:
    return [] if value is None else [concept(scheme, value).strip("<>")]


def _lexical(written: str) -> str:
    """The text of a literal of `kg.rdf.terms`."""
    return written.split('"')[1]


def _number(value: Decimal | None) -> list[str]:
    return [] if value is None else [_lexical(terms.number(value))]


def _dated(when: DateRange | None) -> _Said:
    if when is None:
        return {}
    return {
        "zt:date": [str(when.start)],
        "zt:endDate": [str(when.end)] if when.end else [],
        "zt:earliest": [str(when.earliest)],
        "zt:latest": [str(when.latest)],
    }


def _named(*names: str) -> _Said:
    return {"skos:prefLabel": names, "skos:altLabel": names}


def _actors(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _agency(fact: AgencyFact) -> _Said:
    return {
        **_named(fact.name, fact.surface, *fact.aliases),
        "zt:agencyKind": _member("agencyKind", fact.agency_kind),
        "zt:country": [fact.country],
        "zt:region": [fact.region],
    }


def _person(fact: PersonFact) -> _Said:
    return {
        "org:member": [fact.name],
        "zt:post": [fact.title],
        "org:organization": [fact.organisation.name] if fact.organisation else [],
        "zt:country": [fact.country],
    }


def _event(fact: EventFact) -> _Said:
    roles = {"zt:chair": Role.CHAIRS, "zt:speaker": Role.SPEAKS, "zt:delegationHead": Role.LEADS_DELEGATION}
    return {
        **_named(fact.name),
        **_dated(fact.when),
        **{name: [person for person, role in fact.people if role is wanted] for name, wanted in roles.items()},
        "zt:eventType": _member("eventType", fact.type),
        "zt:status": _member("eventStatus", fact.status),
        "zt:eventSeries": [fact.series],
        "zt:ordinal": [str(fact.ordinal)] if fact.ordinal else [],
        "zt:partOf": [fact.part_of],
        "schema:location": fact.places,
        "schema:organizer": _actors(fact.hosts),
        "zt:participant": _actors(fact.participants),
        "zt:person": [person for person, _ in fact.people],
        "zt:outcome": fact.outcomes,
    }


def _agreement(fact: AgreementFact) -> _Said:
    return {
        **_named(fact.name),
        **_dated(fact.signed),
        "zt:agreementType": _member("agreementType", fact.type),
        "zt:status": _member("agreementStatus", fact.status),
        "zt:party": _actors(fact.parties),
        "zt:witness": fact.witnesses,
        "zt:occasion": [fact.event],
        "zt:extends": [fact.extends],
    }


def _document(fact: DocumentFact) -> _Said:
    return {
        **_named(fact.title, fact.short),
        **_dated(fact.date),
        "zt:documentKind": _member("documentKind", fact.document_kind),
        "zt:issuer": _actors(fact.issuers),
        "zt:action": [fact.action],
        "zt:region": [fact.region],
        "zt:stage": [fact.stage],
    }


def _case(fact: CaseFact) -> _Said:
    return {
        **_named(fact.title),
        "zt:caseSeries": [fact.series],
        "zt:number": [str(fact.number)] if fact.number else [],
        "zt:region": [fact.region],
        "zt:organisation": [fact.organisation],
        "zt:organisationName": [fact.organisation],
        "zt:selectedBy": [fact.selected_by],
    }


def _tie(fact: TieFact) -> _Said:
    # A tie without direction has its sides in the order of their keys.
    first, second = [fact.a.name], [fact.b.name]
    both = first + second
    return {
        **_dated(fact.when),
        "zt:actorA": first if fact.relation.directed else both,
        "zt:actorB": second if fact.relation.directed else both,
        "zt:relation": _member("relation", fact.relation),
        "zt:directed": [_lexical(terms.boolean(fact.relation.directed))],
    }


def _indicator(fact: IndicatorFact) -> _Said:
    change = fact.comparison
    said: _Said = {
        **_named(fact.name),
        "sdmx-measure:obsValue": _number(fact.base_value),
        "sdmx-attribute:unitMeasure": [fact.base_unit],
        "zt:writtenValue": [f"{fact.value:f}"],
        "zt:writtenUnit": [fact.unit],
        "zt:valueText": [fact.value_text],
        "zt:period": [fact.period],
        "zt:area": [fact.area],
        "zt:areaName": [fact.area],
        "zt:subject": [fact.subject],
        "zt:approximation": _member("approximation", fact.approx),
        "zt:cumulative": [_lexical(terms.boolean(fact.cumulative))],
        "zt:target": [_lexical(terms.boolean(fact.target))],
        "zt:since": [fact.since],
        "zt:low": _number(fact.low),
        "zt:high": _number(fact.high),
        "zt:rank": [fact.rank],
    }
    if change is not None:
        said["zt:comparisonKind"] = _member("comparisonKind", change.kind)
        said["zt:comparisonValue"] = _number(change.value)
        said["zt:comparisonUnit"] = [change.unit]
        said["zt:comparisonBase"] = [change.base]
    return said


def _observation(fact: ObservationFact) -> _Said:
    return {
        "sdmx-measure:obsValue": _number(fact.value),
        "zt:measure": [fact.measure],
        "zt:breakdown": [fact.breakdown],
        "zt:period": [fact.period],
        "zt:area": [fact.area],
        "zt:column": [fact.column],
        "zt:printed": [fact.printed],
    }


_SAID: Mapping[type[Fact], Callable[[Any], _Said]] = {
    AgencyFact: _agency,
    PersonFact: _person,
    EventFact: _event,
    AgreementFact: _agreement,
    DocumentFact: _document,
    CaseFact: _case,
    TieFact: _tie,
    IndicatorFact: _indicator,
    ObservationFact: _observation,
}
