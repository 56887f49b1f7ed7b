"""People: which names are one person, and which post each holds where.

A person is looked for by name within a source first; between sources an organisation (or a country and post) must
agree. Parts of a foreign name may stand in either order, and one may be left out, when the organisation agrees.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct, field

from kg.model import (
    AgreementFact,
    EventFact,
    Fact,
    Issue,
    Membership,
    Merge,
    PartialDate,
    Person,
    PersonFact,
)
from kg.model.frozen import Frozen
from kg.resolve.actors import Actors
from kg.resolve.cluster import cluster
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import digest, even, name_parts
from kg.resolve.places import Places
from kg.resolve.rules import Evidence, Verdict
from kg.resolve.tellings import Told, label

__all__ = ["People"]


class _Named(Struct):
    """A name in a source, with the organisations and countries it is told with."""

    source: str
    parts: tuple[str, ...]
    order: int
    line: int
    names: Counter[str] = field(default_factory=Counter)
    organisations: set[str] = field(default_factory=set)
    posts: set[tuple[str, str]] = field(default_factory=set)
    told: list[Told[PersonFact]] = field(default_factory=list)
    first: str = ""
    mark: int = 0


class _Post(Frozen):
    """What makes a membership: who, as what, where."""

    person: str
    title: str
    organisation: str
    country: str


#: By class, the people whom a fact names.
_NAMES: Mapping[type[Fact], Callable[[Any], Sequence[str]]] = {
    PersonFact: lambda fact: (fact.name,),
    EventFact: lambda fact: [name for name, _ in fact.people],
    AgreementFact: attrgetter("witnesses"),
}


class People:
    """Resolves people from all facts at once; then `key` gives the person for a name in a source. `settle`
    makes the memberships, when it is known which bodies generic names mean.

    Tellings of one name in one source that were judged different carry a mark, all but those of the first person;
    who is named in other facts is that first one."""

    def __init__(self, told: Sequence[Told[Fact]], actors: Actors, places: Places, judged: Judged = NOTHING) -> None:
        self._actors = actors
        self._places = places
        self._judged = judged
        self._marks = self._marked(told)
        self._named: dict[tuple[str, tuple[str, ...], int], _Named] = {}
        self._keys: dict[tuple[str, tuple[str, ...], int], str] = {}
        self.people: tuple[Person, ...] = ()
        self.memberships: tuple[Membership, ...] = ()
        self.things: dict[str, str] = {}
        self.merges: list[Merge] = []
        self.doubts: list[Merge] = []
        self.issues: list[Issue] = []
        for item in told:
            names = _NAMES.get(type(item.fact))
            for name in names(item.fact) if names is not None else ():
                self._read(name, item)
        self._join()

    def _marked(self, told: Iterable[Told[Fact]]) -> dict[str, int]:
        """Telling -> number of the person of that name in that source, for all but the first."""
        wanted = {(item.source.id, name_parts(label(item.fact))) for item, _ in self._judged.leaving(PersonFact)}
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        for item in told if wanted else ():
            named = (item.source.id, name_parts(label(item.fact)))
            if isinstance(item.fact, PersonFact) and named in wanted:
                alike[named].append(item.id)
        parts = [self._judged.split(ids, str) for ids in alike.values()]
        return {telling: n for part in parts for n, tellings in enumerate(part) for telling in tellings if n}

    def _read(self, name: str, item: Told[Fact]) -> None:
        parts = name_parts(name)
        if not parts:
            return
        key = (item.source.id, parts, self._marks.get(item.id, 0))
        named = self._named.get(key)
        if named is None:
            named = self._named[key] = _Named(item.source.id, parts, item.index, item.line, mark=key[2])
        named.names[name] += 1
        fact = item.fact
        if type(fact) is not PersonFact:
            return
        organisation = self._actors.key(fact.organisation, item) if fact.organisation else ""
        country = self._places.known(fact.country)
        where = organisation or country
        named.first = named.first or where
        if organisation:
            named.organisations.add(organisation)
        nation = country or (self._actors.country(organisation) if organisation else "")
        if nation:
            named.posts.add((nation, even(fact.title)))
        named.told.append(Told(item.id, item.index, item.source, fact, item.line))

    def key(self, name: str, source: str, mark: int = 0) -> str:
        """The person of this name in a source, or "" for an empty name. KeyError for a name nobody told."""
        parts = name_parts(name)
        return self._keys[source, parts, mark] if parts else ""

    def _compare(self, a: _Named, b: _Named) -> Verdict:
        evidence = Evidence("person")
        same_source = a.source == b.source
        organisation = bool(a.organisations & b.organisations)
        post = bool(a.posts & b.posts) and not (a.organisations and b.organisations)
        if a.parts == b.parts:
            evidence.add("same_name")
        elif sorted(a.parts) == sorted(b.parts):
            evidence.add("turned_name")
        else:
            evidence.add("part_name")
        if organisation:
            evidence.add("same_organisation")
        elif post:
            evidence.add("same_country_post")
        elif not (a.told and b.told):
            if a.parts == b.parts or same_source:
                evidence.add("no_organisation")
        elif a.parts == b.parts:
            evidence.add("other_organisation")
        verdict = evidence.verdict()
        # two people of one name: whom a source tells with another organisation may not be joined by a third
        veto = bool(a.told and b.told) and not (organisation or post) and not same_source
        return Verdict(verdict.score, verdict.reason, veto and bool(a.organisations and b.organisations))

    def _pairs(self, items: list[_Named]) -> set[tuple[int, int]]:
        """Names with the same parts in any order, and dotted names one of which holds the other."""
        by_parts: dict[tuple[str, ...], list[int]] = defaultdict(list)
        by_part: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i, item in enumerate(items):
            by_parts[tuple(sorted(item.parts))].append(i)
            for where in item.organisations | {f"{n} {t}" for n, t in item.posts}:
                for part in item.parts:
                    by_part[where, part].append(i)
        pairs = {(i, j) for block in by_parts.values() for n, i in enumerate(block) for j in block[n + 1 :]}
        for block in by_part.values():
            for n, i in enumerate(block):
                for j in block[n + 1 :]:
                    short, long = sorted((set(items[i].parts), set(items[j].parts)), key=len)
                    if i != j and len(long) > 1 and short < long:
                        pairs.add((i, j))
        return pairs

    def _join(self) -> None:
        items = sorted(self._named.values(), key=lambda n: (n.order, n.parts, n.mark))
        links = self._judged.links([[told.id for told in named.told] for named in items])
        result = cluster(items, self._pairs(items), self._compare, links)
        people: list[Person] = []
        taken: Counter[str] = Counter()
        for group in result.groups:
            names: Counter[str] = sum((n.names for n in group), Counter())
            name = min(names, key=lambda n: (-names[n], n))
            where = next((n.first for n in group if n.first), "")
            key = f"person/{digest(group[0].parts[0], *group[0].parts[1:], where)}"
            taken[key] += 1
            if taken[key] > 1:
                key = f"{key}-{taken[key]}"
            people.append(Person(key, name, tuple(sorted(set(names) - {name}))))
            for named in group:
                self._keys[named.source, named.parts, named.mark] = key
        for first, second, verdict in result.joins:
            self._note(first, second, verdict)
        for first, second, verdict in result.doubts:
            found = f"{min(first.names)} / {min(second.names)}: {verdict.reason}"
            expected = f"one person or two; kept apart at {verdict.score:.2f}"
            self.issues.append(Issue(second.source, second.line, "doubtful-person", found, expected))
            if first.told and second.told:
                pair = (first.told[0].id, second.told[0].id)
                self.doubts.append(Merge(self._key_of(first), *pair, verdict.score, verdict.reason))
        self.people = tuple(sorted(people, key=lambda p: p.key))

    def _note(self, first: _Named, second: _Named, verdict: Verdict) -> None:
        """A merge record needs a telling on both sides; a name told only within events has none."""
        if first.told and second.told:
            key = self._key_of(first)
            self.merges.append(Merge(key, first.told[0].id, second.told[0].id, verdict.score, verdict.reason))

    def _key_of(self, named: _Named) -> str:
        return self._keys[named.source, named.parts, named.mark]

    def _post(self, item: Told[PersonFact]) -> _Post:
        fact = item.fact
        organisation = self._actors.key(fact.organisation, item) if fact.organisation else ""
        country = self._places.known(fact.country)
        if organisation.startswith("place/"):
            organisation, country = "", country or organisation
        return _Post(
            self.key(fact.name, item.source.id, self._marks.get(item.id, 0)), even(fact.title), organisation, country
        )

    def settle(self) -> None:
        """Make `memberships`: one per person, title and organisation; a telling without organisation joins the
        only membership of that person with the same title. After this `things` stands."""
        posts: dict[_Post, list[Told[PersonFact]]] = defaultdict(list)
        for item in sorted((t for n in self._named.values() for t in n.told), key=lambda t: t.index):
            posts[self._post(item)].append(item)
        alike: dict[tuple[str, str], list[_Post]] = defaultdict(list)
        for post in posts:
            alike[post.person, post.title].append(post)
        groups: dict[tuple[str, str, str], list[tuple[_Post, Told[PersonFact]]]] = defaultdict(list)
        for post, items in posts.items():
            where = self._where(post, alike[post.person, post.title])
            groups[post.person, post.title, where].extend((post, item) for item in items)
        found = [self._membership(key, members) for key, members in groups.items()]
        self.memberships = tuple(sorted(found, key=lambda m: m.key))

    def _where(self, post: _Post, posts: Iterable[_Post]) -> str:
        if post.organisation:
            return post.organisation
        others = {
            p.organisation
            for p in posts
            if p.organisation
            and (not post.country or post.country in (p.country, self._actors.country(p.organisation)))
        }
        return others.pop() if len(others) == 1 else post.country

    def _membership(self, key: tuple[str, str, str], members: list[tuple[_Post, Told[PersonFact]]]) -> Membership:
        person, _, where = key
        members = sorted(members, key=lambda m: m[1].index)
        name = f"membership/{digest(*key)}"
        first = members[0][1]
        for post, item in members:
            self.things[item.id] = name
            if item is not first:
                loose = (post.organisation or post.country) != where
                verdict = Evidence.of("title", "same_post_loose" if loose else "same_post")
                self.merges.append(Merge(name, first.id, item.id, verdict.score, verdict.reason))
        years = sorted(item.source.year for _, item in members)
        country = next((post.country for post, _ in members if post.country), "")
        return Membership(
            name,
            person,
            next((item.fact.title for _, item in members if item.fact.title), ""),
            "" if where.startswith("place/") else where,
            country or (where if where.startswith("place/") else ""),
            PartialDate(years[0]) if years[0] > 0 else None,
            PartialDate(years[-1]) if years[-1] > 0 else None,
        )
