"""The order in which things are resolved: each step needs only what stands before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.lexicon import Lexicon
from kg.model import (
    Agency,
    AgencyFact,
    Agreement,
    AgreementFact,
    CaseFact,
    Document,
    DocumentFact,
    Event,
    EventFact,
    Fact,
    FactKind,
    IndicatorFact,
    Merge,
    ObservationFact,
    Resolution,
    Source,
    Telling,
    Tie,
    TieFact,
)
from kg.resolve.actors import Actors
from kg.resolve.agreements import Agreements
from kg.resolve.cases import Cases
from kg.resolve.documents import Documents
from kg.resolve.events import Events
from kg.resolve.figures import Indicators, Observations
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.links import Links
from kg.resolve.parties import Parties
from kg.resolve.people import People
from kg.resolve.places import Places
from kg.resolve.tellings import Told, tell
from kg.resolve.ties import Ties

__all__ = ["resolve"]

F = TypeVar("F", bound=Fact)


@dataclass(slots=True)
class _Work:
    """Everything resolved, before it is put together."""

    sources: tuple[Source, ...]
    told: list[Told[Fact]]
    places: Places
    actors: Actors
    people: People
    documents: Documents
    agreements: Agreements
    links: Links
    events: Events
    cases: Cases
    ties: Ties
    indicators: Indicators
    observations: Observations
    agency_things: dict[str, str]
    agency_merges: list[Merge]


def resolve(sources: Sequence[tuple[Source, Sequence[Fact]]], lexicon: Lexicon) -> Resolution:
    """Which mentions are one entity and which tellings one fact, over all sources at once.

    Facts are never changed: every one that is kept stands in a telling (observations carry their passage
    themselves). The result does not depend on the order of the sources or of their facts.
    """
    work = _resolve(sources, lexicon)
    tellings = _tellings(work)
    agreements = _with_occasions(work)
    places, things = work.places, (work.events.events, agreements, work.documents.documents, work.ties.ties)
    agencies = work.actors.all(_used(work, *things))
    issues = [*places.issues, *work.people.issues, *work.documents.issues]
    issues += [*work.agreements.issues, *work.events.issues, *work.observations.issues]
    merges = [*work.agency_merges, *work.people.merges, *work.documents.merges]
    merges += [*work.agreements.merges, *work.events.merges, *work.cases.merges, *work.ties.merges]
    for key in _place_keys(work, agencies, *things):
        places.use(key)
    return Resolution(
        sources=work.sources,
        places=places.all(),
        agencies=agencies,
        people=work.people.people,
        memberships=work.people.memberships,
        events=work.events.events,
        agreements=agreements,
        documents=work.documents.documents,
        cases=work.cases.cases,
        ties=work.ties.ties,
        indicators=work.indicators.indicators,
        observations=work.observations.observations,
        tellings=tellings,
        merges=tuple(sorted(merges, key=lambda m: (m.thing, m.first, m.second, m.reason))),
        issues=tuple(sorted(set(issues))),
    )


def _of(told: Iterable[Told[Fact]], kind: type[F]) -> list[Told[F]]:
    return [Told(t.id, t.index, t.source, t.fact) for t in told if isinstance(t.fact, kind)]


def _resolve(sources: Sequence[tuple[Source, Sequence[Fact]]], lexicon: Lexicon) -> _Work:
    told, cells = tell(sources)
    gazetteer = Gazetteer(lexicon)
    places = Places(gazetteer)
    actors = Actors(gazetteer, places)
    actors.prepare(told)
    people = People(told, actors, places)
    parties = Parties(actors, places, lexicon)
    documents = Documents(_of(told, DocumentFact), gazetteer, actors, places)
    links = Links()
    links.add(documents.tellings(_of(told, DocumentFact)))
    agreements = Agreements(_of(told, AgreementFact), actors, people, documents, parties)
    agreements.settle()
    links.add(agreements.tellings())
    people.settle()
    events = Events(_of(told, EventFact), actors, people, places, parties, agreements, links)
    links.add(events.tellings())
    events.settle()
    bodies = [(actors.fact_key(item), item) for item in _of(told, AgencyFact)]
    bodies = [(key, item) for key, item in bodies if key]
    return _Work(
        tuple(sorted((source for source, _ in sources), key=lambda s: s.id)),
        told,
        places,
        actors,
        people,
        documents,
        agreements,
        links,
        events,
        Cases(_of(told, CaseFact), gazetteer, actors, places),
        Ties(_of(told, TieFact), actors, links),
        Indicators(_of(told, IndicatorFact), places),
        Observations(_of(cells, ObservationFact), places),
        {item.id: key for key, item in bodies},
        actors.merges(bodies),
    )


def _tellings(work: _Work) -> tuple[Telling, ...]:
    """A telling for each fact that tells of a thing; a fact that was dropped has none."""
    things: dict[str, str] = dict(work.agency_things)
    differs: dict[str, tuple[str, ...]] = {}
    for part in (work.people, work.documents, work.agreements, work.events, work.cases, work.ties, work.indicators):
        things.update(part.things)
    for noted in (work.documents, work.agreements, work.events, work.ties):
        differs.update(noted.differs)
    found = [Telling(t.id, things[t.id], t.fact, differs.get(t.id, ())) for t in work.told if t.id in things]
    return tuple(sorted(found, key=lambda t: t.id))


def _with_occasions(work: _Work) -> tuple[Agreement, ...]:
    """The agreements with the event at which they were made, which was not known before."""
    occasions: dict[str, str] = {}
    for key, tellings in work.agreements.groups():
        for item in tellings:
            who = frozenset(work.actors.keys(item.fact.parties, item))
            found = work.links.find(item.fact.event, item, FactKind.EVENT, who=who, when=item.fact.signed)
            if found:
                occasions.setdefault(key, found)
    return tuple(replace(a, event=occasions.get(a.key, "")) for a in work.agreements.agreements)


def _used(
    work: _Work,
    events: Iterable[Event],
    agreements: Iterable[Agreement],
    documents: Iterable[Document],
    ties: Iterable[Tie],
) -> set[str]:
    """The keys of all actors that some thing refers to."""
    used = set(work.agency_things.values())
    for event in events:
        used.update((*event.hosts, *event.participants))
    for agreement in agreements:
        used.update(agreement.parties)
    for document in documents:
        used.update(document.issuers)
    for tie in ties:
        used.update((tie.a, tie.b))
    used.update(m.organisation for m in work.people.memberships)
    for case in work.cases.cases:
        used.update((case.organisation, case.selected_by))
    return used - {""}


def _place_keys(
    work: _Work,
    agencies: Iterable[Agency],
    events: Iterable[Event],
    agreements: Iterable[Agreement],
    documents: Iterable[Document],
    ties: Iterable[Tie],
) -> set[str]:
    """The keys of all places that some thing refers to."""
    used = {key for key in _used(work, events, agreements, documents, ties) if key.startswith("place/")}
    for agency in agencies:
        used.update((agency.country, agency.region))
    for event in work.events.events:
        used.update(event.places)
    return used - {""}
