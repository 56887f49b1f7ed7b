"""The order in which things are resolved: each step needs only what stands before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kg.lexicon import Lexicon
from kg.model import (
    Agency,
    AgencyFact,
    Agreement,
    AgreementFact,
    Case,
    CaseFact,
    Document,
    DocumentFact,
    Event,
    EventFact,
    Fact,
    FactKind,
    Indicator,
    IndicatorFact,
    Membership,
    Merge,
    Person,
    Resolution,
    Source,
    Telling,
    Tie,
    TieFact,
)
from kg.model.frozen import Frozen
from kg.model.judgement import Judgements
from kg.resolve.actors import Actors
from kg.resolve.agreements import Agreements
from kg.resolve.cases import Cases
from kg.resolve.documents import Documents
from kg.resolve.events import Events
from kg.resolve.figures import Indicators, Observations
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.judgements import Judged
from kg.resolve.links import Links
from kg.resolve.overrides import Overrides
from kg.resolve.parties import Parties
from kg.resolve.people import People
from kg.resolve.places import Places
from kg.resolve.tellings import Told, tell
from kg.resolve.ties import Ties

__all__ = ["resolve"]

F = TypeVar("F", bound=Fact)


class _Work(Struct):
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
    judged: Judged


class _Chosen(Frozen):
    """The things of all tables but agencies and places, which follow from what these refer to."""

    people: tuple[Person, ...]
    memberships: tuple[Membership, ...]
    events: tuple[Event, ...]
    agreements: tuple[Agreement, ...]
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    ties: tuple[Tie, ...]
    indicators: tuple[Indicator, ...]


def resolve(
    sources: Sequence[tuple[Source, Sequence[Fact]]],
    lexicon: Lexicon,
    judgements: Judgements = Judgements(),  # noqa: B008 (frozen)
) -> Resolution:
    """Which mentions are one entity and which tellings one fact, over all sources at once.

    Facts are never changed: every one that is kept stands in a telling (observations carry their passage
    themselves). The result does not depend on the order of the sources or of their facts. Judgements of people come
    last and win; a row that matches nothing is an Issue. Raises ConfigError for one that cannot hold.
    """
    work = _resolve(sources, lexicon, judgements)
    things = _things(work)
    overrides = Overrides(work.judged, things, work.actors, work.places)
    chosen = _chosen(work, overrides)
    agencies = overrides.apply(work.actors.all(_used(work, chosen)))
    places = work.places
    for key in _place_keys(work, chosen, agencies):
        places.use(key)
    persons = {membership.key: membership.person for membership in chosen.memberships}
    merges = [*work.agency_merges, *work.people.merges, *work.documents.merges]
    merges += [*work.agreements.merges, *work.events.merges, *work.cases.merges, *work.ties.merges]
    doubts = [*work.people.doubts, *work.agreements.doubts, *work.events.doubts, *work.judged.doubts(things)]
    issues = [*places.issues, *work.people.issues, *work.documents.issues]
    issues += [*work.agreements.issues, *work.events.issues, *work.observations.issues]
    issues += [*work.judged.check(things, persons), *overrides.issues]
    return Resolution(
        sources=work.sources,
        places=places.all(),
        agencies=agencies,
        people=chosen.people,
        memberships=chosen.memberships,
        events=chosen.events,
        agreements=chosen.agreements,
        documents=chosen.documents,
        cases=chosen.cases,
        ties=chosen.ties,
        indicators=chosen.indicators,
        observations=work.observations.observations,
        tellings=_tellings(work, things, overrides),
        merges=_sorted(work.judged.merges(merges, things)),
        issues=tuple(sorted(set(issues))),
        doubts=_sorted(doubts),
    )


def _sorted(merges: Iterable[Merge]) -> tuple[Merge, ...]:
    return tuple(sorted(merges, key=attrgetter("thing", "first", "second", "reason")))


class _ByKind:
    """The tellings of each class of facts."""

    def __init__(self, told: Iterable[Told[Fact]]) -> None:
        self._found: dict[type[Fact], list[Told[Any]]] = defaultdict(list)
        for item in told:
            self._found[type(item.fact)].append(item)

    def of(self, kind: type[F]) -> list[Told[F]]:
        """Those of one class."""
        return self._found[kind]


def _resolve(sources: Sequence[tuple[Source, Sequence[Fact]]], lexicon: Lexicon, judgements: Judgements) -> _Work:
    told = tell(sources)
    judged = Judged(judgements, told)
    told = judged.kept(told)
    of = _ByKind(told).of
    gazetteer = Gazetteer(lexicon)
    places = Places(gazetteer)
    actors = Actors(gazetteer, places, judged)
    actors.prepare(told)
    people = People(told, actors, places, judged)
    parties = Parties(actors, places, lexicon)
    documents = Documents(of(DocumentFact), gazetteer, actors, places, judged)
    links = Links()
    links.add(documents.tellings(of(DocumentFact)))
    agreements = Agreements(of(AgreementFact), actors, people, documents, parties, judged)
    agreements.settle()
    links.add(agreements.tellings())
    people.settle()
    events = Events(of(EventFact), actors, people, places, parties, agreements, links, judged)
    links.add(events.tellings())
    events.settle()
    bodies = [(actors.fact_key(item), item) for item in of(AgencyFact)]
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
        Cases(of(CaseFact), gazetteer, actors, places, judged),
        Ties(of(TieFact), actors, links, judged),
        Indicators(of(IndicatorFact), places, judged),
        Observations(sources, places),
        {item.id: key for key, item in bodies},
        actors.merges(bodies),
        judged,
    )


def _things(work: _Work) -> dict[str, str]:
    """Telling id -> key of its thing, for each fact that tells of a thing."""
    things: dict[str, str] = dict(work.agency_things)
    for part in (work.people, work.documents, work.agreements, work.events, work.cases, work.ties, work.indicators):
        things.update(part.things)
    return things


def _tellings(work: _Work, things: Mapping[str, str], overrides: Overrides) -> tuple[Telling, ...]:
    """A telling for each fact that tells of a thing; a fact that was dropped has none."""
    differs: dict[str, tuple[str, ...]] = {}
    for noted in (work.documents, work.agreements, work.events, work.ties):
        differs.update(noted.differs)
    for key, notes in overrides.differs.items():
        differs[key] = (*differs.get(key, ()), *notes)
    found: list[Telling] = []
    for told in work.told:
        thing = things.get(told.id)
        if thing is not None:
            found.append(Telling(told.id, thing, told.fact, differs.get(told.id, ())))
    return tuple(sorted(found, key=attrgetter("id")))


def _chosen(work: _Work, overrides: Overrides) -> _Chosen:
    """The things of all tables with the values that people chose."""
    return _Chosen(
        people=overrides.people(work.people.people, work.people.memberships),
        memberships=overrides.apply(work.people.memberships),
        events=overrides.apply(work.events.events),
        agreements=overrides.apply(_with_occasions(work)),
        documents=overrides.apply(work.documents.documents),
        cases=overrides.apply(work.cases.cases),
        ties=overrides.apply(work.ties.ties),
        indicators=overrides.apply(work.indicators.indicators),
    )


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


def _used(work: _Work, chosen: _Chosen) -> set[str]:
    """The keys of all actors that some thing refers to."""
    used = set(work.agency_things.values())
    for event in chosen.events:
        used.update((*event.hosts, *event.participants))
    for agreement in chosen.agreements:
        used.update(agreement.parties)
    for document in chosen.documents:
        used.update(document.issuers)
    for tie in chosen.ties:
        used.update((tie.a, tie.b))
    used.update(m.organisation for m in chosen.memberships)
    for case in chosen.cases:
        used.update((case.organisation, case.selected_by))
    return used - {""}


def _place_keys(work: _Work, chosen: _Chosen, agencies: Iterable[Agency]) -> set[str]:
    """The keys of all places that some thing refers to."""
    used = {key for key in _used(work, chosen) if key.startswith("place/")}
    for agency in agencies:
        used.update((agency.country, agency.region))
    for event in chosen.events:
        used.update(event.places)
    used.update(membership.country for membership in chosen.memberships)
    used.update(document.region for document in chosen.documents)
    used.update(case.region for case in chosen.cases)
    return used - {""}
