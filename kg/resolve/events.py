"""Events: which tellings are of one happening, and what is chosen of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import partial

from kg.model import DateRange, Event, EventFact, EventStatus, EventType, Fact, FactKind, Role
from kg.resolve.actors import Actors
from kg.resolve.agreements import Agreements
from kg.resolve.cluster import Clusters, cluster_blocks, issues_of, merges_of
from kg.resolve.compare import BY_WHO, EventView, compare_events, may_be_one, type_group
from kg.resolve.dates import best_date, days_of, differing_dates, month_of
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.links import Links
from kg.resolve.names import core, cores, digest, split_ordinal, title_key, years_of
from kg.resolve.parties import Parties
from kg.resolve.people import People
from kg.resolve.places import Places
from kg.resolve.rules import LIMITS
from kg.resolve.tellings import Told

__all__ = ["Events"]

_TALKS = frozenset({EventType.BILATERAL_TALKS, EventType.VISIT})


class Events:
    """Resolves events; `settle` chooses the values once names can be linked."""

    def __init__(
        self,
        told: Sequence[Told[EventFact]],
        actors: Actors,
        people: People,
        places: Places,
        parties: Parties,
        agreements: Agreements,
        links: Links,
        judged: Judged = NOTHING,
    ) -> None:
        self._actors = actors
        self._people = people
        self._places = places
        self._parties = parties
        self._agreements = agreements
        self._links = links
        self._by_event_name = _occasions(agreements)
        self._views = [self._view(item) for item in told]
        self._clusters: Clusters[EventView] = cluster_blocks(
            self._views,
            self._blocks,
            self._finer,
            self._words,
            partial(compare_events, places=places),
            judged.links([(view.told.id,) for view in self._views]),
            may_be_one,
        )
        #: The type and the date of each group.
        self._told_of = [_type_and_date(group) for group in self._clusters.groups]
        self._keys = self._name()
        self.things = {
            view.told.id: key for group, key in zip(self._clusters.groups, self._keys, strict=True) for view in group
        }
        self.differs: dict[str, tuple[str, ...]] = {}

    def _view(self, item: Told[EventFact]) -> EventView:
        fact = item.fact
        hosts = self._actors.keys(fact.hosts, item)
        guests = self._actors.keys(fact.participants, item)
        bodies = frozenset((*hosts, *guests))
        counterparts = self._parties.counterparts(bodies, item)
        series, ordinal = split_ordinal(fact.name)
        if fact.ordinal:
            series, ordinal = split_ordinal(fact.series)[0] or series, fact.ordinal
        name = title_key(fact.name)
        own = title_key(item.source.publisher)
        short, long = cores(name.removeprefix(own) if len(name) >= len(own) + 6 else name)
        return EventView(
            told=item,
            group=type_group(fact.type),
            name=short,
            long_name=long,
            series=core(series) if ordinal else "",
            ordinal=ordinal,
            year=fact.when.start.year if fact.when else item.source.year,
            places=tuple([self._places.site(p, item.source.id, item.line) for p in fact.places]),
            hosts=hosts,
            guests=guests,
            bodies=bodies,
            counterparts=counterparts,
            everyone=self._parties.everyone(bodies, counterparts, item),
            people=frozenset([self._people.key(n, item.source.id) for n, _ in fact.people]) - {""},
            agreements=self._signed_at(item, bodies, counterparts),
            years=years_of(fact.name),
            region=self._actors.section_region(item),
            days=days_of(fact.when),
        )

    def _signed_at(self, item: Told[EventFact], bodies: frozenset[str], counterparts: frozenset[str]) -> frozenset[str]:
        """The agreements of a signing: named as its outcome, naming it, or signed in its sentence by its bodies."""
        if item.fact.type is not EventType.SIGNING:
            return frozenset()
        name = title_key(item.fact.name)
        beside = self._links.named_beside(item, FactKind.AGREEMENT)
        found = {key for other, key in beside if len(other) >= 6 and title_key(other) in name}
        if found:
            return frozenset(found)
        kind, when = FactKind.AGREEMENT, item.fact.when
        found = {self._links.find(n, item, kind, who=bodies, when=when) for n in item.fact.outcomes} - {""}
        found |= {
            key
            for key, other in self._by_event_name.get((item.source.id, title_key(item.fact.name)), ())
            if abs(other.line - item.line) <= LIMITS["paragraph"]
        }
        if not found:
            found = {key for _, key in beside if self._fits(key, counterparts, item)}
        return frozenset(found) if len(found) <= 3 else frozenset()

    def _fits(self, agreement: str, others: frozenset[str], item: Told[EventFact]) -> bool:
        """True when an agreement can have been signed with these counterparts."""
        parties = self._parties.counterparts(self._agreements.parties_of(agreement), item)
        return self._parties.compare(parties, others) in ("party_same", "party_fits")

    @staticmethod
    def _words(view: EventView) -> Hashable:
        """What a telling says; that of a sentence which stands in the source once more says the same."""
        told = view.told
        place = (told.source.id, told.fact.passage.quotes, view.region)
        return place, told.fact.name, told.fact.type, told.fact.when, view.bodies, view.people, view.agreements

    @staticmethod
    def _blocks(view: EventView) -> Iterable[Hashable]:
        fact = view.told.fact
        if view.ordinal:
            yield "ordinal", view.ordinal, view.series[:2]
            yield "ordinal", view.ordinal, view.series[-2:]
        yield "name", view.name, view.year
        for key in view.agreements:
            yield "agreement", key
        if fact.when is not None and fact.when.start.month:
            yield "month", fact.when.start.year, fact.when.start.month
        if fact.type in BY_WHO:
            for key in view.counterparts:
                yield "who", key, view.year, view.group
        for size in (4, 6):
            yield "start", view.name[:size], view.year
            yield "end", view.name[-size:], view.year

    @staticmethod
    def _finer(view: EventView) -> Iterable[Hashable]:
        when = view.told.fact.when
        day = (when.start.year, when.start.month, when.start.day) if when else ()
        yield view.name
        for key in sorted(view.counterparts):
            yield key, day[:2]
        for size in range(0, max(1, len(view.name) - 3), 3):
            yield view.name[size : size + 4], day
        if view.told.fact.type in _TALKS:
            for person in sorted(view.people):
                yield person, day[:2]

    def _name(self) -> list[str]:
        """The key of each group: type, series and ordinal; else who met whom, or what, in which month."""
        taken: Counter[str] = Counter()
        keys = []
        for group, (kind, date) in zip(self._clusters.groups, self._told_of, strict=True):
            key = f"event/{self._digest(group, kind, date)}"
            taken[key] += 1
            keys.append(f"{key}-{taken[key]}" if taken[key] > 1 else key)
        return keys

    def _digest(self, group: list[EventView], kind: EventType, date: DateRange | None) -> str:
        ordered = next((view for view in group if view.ordinal), None)
        if ordered is not None:
            return digest(kind, ordered.series, str(ordered.ordinal))
        month = month_of(date)
        main = group[0]
        if kind in _TALKS and main.counterparts:
            own = self._parties.publisher(main.told)
            return digest(kind, own, *sorted(main.counterparts), month)
        best = next((view for view in group if view.told.fact.when == date), main)
        return digest(kind, best.name, month)

    def tellings(self) -> list[tuple[Told[Fact], str, frozenset[str]]]:
        """Each telling with its event and actors, for links by name."""
        return [(view.told, self.things[view.told.id], view.bodies) for view in self._views]

    def settle(self) -> None:
        """Choose the values; after this `events`, `merges`, `doubts`, `issues` and `differs` stand."""
        groups = zip(self._keys, self._clusters.groups, self._told_of, strict=True)
        found = [self._event(key, group, *told) for key, group, told in groups]
        self.events = tuple(sorted(found, key=lambda e: e.key))
        self.merges = merges_of(self._clusters.joins, self.things)
        self.doubts = merges_of(self._clusters.doubts, self.things)
        self.issues = issues_of(self._clusters.doubts, "event")

    def _event(self, key: str, group: list[EventView], kind: EventType, date: DateRange | None) -> Event:
        main = next((view for view in group if view.told.fact.when == date), group[0])
        places = self._chosen_places(main, group)
        stated = [v for v in group if not all(host.implied for host in v.told.fact.hosts)]
        hosts = self._parties.specific([key for view in stated or group for key in view.hosts])
        guests = {key for view in group for key in view.guests}
        guests = self._parties.specific(guests | hosts, regions=kind not in BY_WHO) - hosts
        states = [view.told.fact.status for view in group]
        status = EventStatus.HELD if EventStatus.HELD in states else states[0]
        ordered = next((view for view in group if view.told.fact.ordinal), None)
        for view in group:
            departs = self._differing(view, date, kind, places, ordered) if len(group) > 1 else ()
            self.differs[view.told.id] = tuple(departs)
        return Event(
            key,
            main.told.fact.name,
            kind,
            date,
            places,
            tuple(sorted(hosts)),
            tuple(sorted(guests)),
            self._roles(group),
            ordered.told.fact.series if ordered else "",
            ordered.told.fact.ordinal if ordered else 0,
            self._part_of(key, group),
            self._outcomes(group),
            status,
        )

    def _differing(
        self,
        view: EventView,
        date: DateRange | None,
        kind: EventType,
        places: tuple[str, ...],
        ordered: EventView | None,
    ) -> Iterable[str]:
        fact = view.told.fact
        yield from differing_dates(fact.when, date, "start")
        if fact.type is not kind:
            yield f"type: {fact.type.value}, chosen {kind.value}"
        for name, key in zip(fact.places, view.places, strict=True):
            if key and key not in places:
                yield f"place: {name}, chosen {'、'.join(places)}"
        if ordered is not None and fact.ordinal and fact.ordinal != ordered.told.fact.ordinal:
            yield f"ordinal: {fact.ordinal}, chosen {ordered.told.fact.ordinal}"

    def _chosen_places(self, main: EventView, group: list[EventView]) -> tuple[str, ...]:
        """The places of the chosen telling (else of the first that tells one) and all that agree with them."""
        first = main.places or next((view.places for view in group if view.places), ())
        if not first:
            return ()
        chosen = set(first) - {""}
        for view in group:
            for key in view.places:
                if key and any(self._places.within(key, c) or self._places.within(c, key) for c in first):
                    chosen.add(key)
        return tuple(sorted(chosen))

    def _roles(self, group: list[EventView]) -> tuple[tuple[str, Role], ...]:
        """Who did what; that somebody attends goes without saying when another role is told."""
        roles: dict[str, set[Role]] = defaultdict(set)
        for view in group:
            for name, role in view.told.fact.people:
                person = self._people.key(name, view.told.source.id)
                if person:
                    roles[person].add(role)
        if not roles:  # most
            return ()
        return tuple(
            [
                (person, role)
                for person in sorted(roles)
                for role in sorted(roles[person] - ({Role.ATTENDS} if len(roles[person]) > 1 else set()))
            ]
        )

    def _part_of(self, key: str, group: list[EventView]) -> str:
        for view in group:
            fact = view.told.fact
            found = self._links.find(fact.part_of, view.told, FactKind.EVENT, when=fact.when)
            if found and found != key:
                return found
        return ""

    def _outcomes(self, group: list[EventView]) -> tuple[str, ...]:
        kinds = (FactKind.AGREEMENT, FactKind.DOCUMENT)
        found = {
            self._links.find(name, view.told, *kinds, who=view.bodies, when=view.told.fact.when)
            for view in group
            for name in view.told.fact.outcomes
        }
        return tuple(sorted(found - {""}))


def _type_and_date(group: list[EventView]) -> tuple[EventType, DateRange | None]:
    facts = [view.told.fact for view in group]
    return _majority([fact.type for fact in facts]), best_date([fact.when for fact in facts])


def _majority(kinds: Sequence[EventType]) -> EventType:
    """The most frequent type, the first told of equals; `other` only when nothing else is told."""
    if kinds.count(kinds[0]) == len(kinds):  # most groups
        return kinds[0]
    counts = Counter(kinds)
    return min(counts, key=lambda k: (k is EventType.OTHER, -counts[k], list(kinds).index(k)))


def _occasions(agreements: Agreements) -> dict[tuple[str, str], list[tuple[str, Told[Fact]]]]:
    """(source, name of an event) -> the agreements that name it as their occasion, with their tellings."""
    found: dict[tuple[str, str], list[tuple[str, Told[Fact]]]] = defaultdict(list)
    for key, tellings in agreements.groups():
        for item in tellings:
            if item.fact.event:
                found[item.source.id, title_key(item.fact.event)].append((key, item))
    return found
