"""Bodies and places that act: from names as told to keys, and from keys to agencies.

A body is known by its gazetteer entry, else by its jurisdiction and full name. A name that says no more than "the
IP office of that country" means the country's office when the corpus names that office elsewhere, or when an
agreement shows which body it is (`Actors.unify`); else it is an agency of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from kg.model import (
    Actor,
    ActorKind,
    Agency,
    AgencyFact,
    AgencyKind,
    AgreementFact,
    CaseFact,
    DocumentFact,
    EventFact,
    Fact,
    Merge,
    PersonFact,
    TieFact,
)
from kg.resolve.gazetteer import Body, Gazetteer
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import acronym, digest, even
from kg.resolve.places import Places
from kg.resolve.rules import Evidence
from kg.resolve.tellings import Told

__all__ = ["Actors"]

#: Names that say where they belong by where they stand: 省政府, 市局, 局党组.
_LEANING = re.compile(
    r"省|市(?!场)|县|区(?!块|域)|自治[区州县旗]|兵团|[我本该贵两双]|[部局委院署厅办会](?:党组|党委|机关)"
)
# Looking a member up in its class costs as much as the rest of a look-up here.
_PERSON, _PLACE = ActorKind.PERSON, ActorKind.PLACE


#: By class, all actors that a fact names.
_ACTORS: Mapping[type[Fact], Callable[[Any], Sequence[Actor]]] = {
    TieFact: attrgetter("a", "b"),
    EventFact: lambda fact: (*fact.hosts, *fact.participants),
    DocumentFact: attrgetter("issuers"),
    AgreementFact: attrgetter("parties"),
    PersonFact: lambda fact: (fact.organisation,) if fact.organisation else (),
    CaseFact: lambda fact: [Actor(name) for name in (fact.organisation, fact.selected_by) if name],
}


class _Record(Struct):
    """What is known of a body so far."""

    body: Body
    names: dict[str, int] = field(default_factory=dict)
    first: str = ""
    aliases: set[str] = field(default_factory=set)
    kind: AgencyKind | None = None
    country: str = ""
    region: str = ""


def _usual(names: Mapping[str, int]) -> str:
    """The Chinese name that the texts use most for a body whose official name they never use, or "". 省政府 and 该局 are
    names in their place alone."""
    told = [name for name in names if not name.isascii() and not _LEANING.match(name)]
    return min(told, key=lambda name: (-names[name], -len(name), name), default="")


class Actors:
    """Resolves actors. `prepare` reads all facts once; then `key` answers for any of them."""

    def __init__(self, gazetteer: Gazetteer, places: Places, judged: Judged = NOTHING) -> None:
        self._gazetteer = gazetteer
        self._places = places
        self._judged = judged
        self._own: dict[str, Body] = {}
        self._of_fact: dict[str, Body] = {}
        self._records: dict[str, _Record] = {}
        self._bodies: dict[tuple[str, str, str, str, AgencyKind | None], Body] = {}
        self._local: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._named: set[str] = set()
        self._forward: dict[str, str] = {}
        self._generic: dict[str, str] = {}
        self._keys: dict[tuple[object, ...], str] = {}
        self._sections: dict[tuple[str, ...], tuple[str, str]] = {}

    def prepare(self, told: Sequence[Told[Fact]]) -> None:
        """Read which bodies the facts introduce, under which names, and which offices they name."""
        self._part()
        for item in told:
            if type(item.fact) is AgencyFact:
                self._introduce(item, item.fact)
        seen: set[tuple[str, str, str]] = set()
        for item in told:
            actors = _ACTORS.get(type(item.fact))
            if actors is None:  # figures name none
                continue
            publisher, region = item.source.publisher, self._region("", item)
            for actor in actors(item.fact):
                asked = (actor.name, actor.region or region, publisher)
                if asked in seen:
                    continue
                seen.add(asked)
                body = self._body(*asked)
                if not body.generic:
                    self._named.add(body.key)
        self._join()

    def _part(self) -> None:
        """An agency telling judged different from another of its name is of a body of its own, which is also meant
        where the name stands next to it."""
        for first, item in self._judged.leaving(AgencyFact):
            if not (isinstance(first.fact, AgencyFact) and isinstance(item.fact, AgencyFact)):
                continue
            kept, body = self._introduced(first, first.fact), self._introduced(item, item.fact)
            if kept.key == body.key and not body.is_place:
                own = replace(body, key=f"{body.key}-{digest(self._judged.root(item.id))}", entry=None, generic="")
                self._own[self._judged.root(item.id)] = own

    def _join(self) -> None:
        """Bodies of agency tellings judged to be one; a body of the gazetteer lends its key."""
        for first, item, _ in self._judged.pairs(AgencyFact):
            if not (isinstance(first.fact, AgencyFact) and isinstance(item.fact, AgencyFact)):
                continue
            a, b = self._introduced(first, first.fact), self._introduced(item, item.fact)
            if a.is_place or b.is_place or self.final(a.key) == self.final(b.key):
                continue
            if a.entry is None and b.entry is not None:
                a, b = b, a
            for body in (a, b):
                self._record(body)
            self._forward[self.final(b.key)] = self.final(a.key)

    def _region(self, region: str, item: Told[Fact]) -> str:
        """The region a relative name belongs to: as the fact says, else that of the section it stands in."""
        return region or self._section(item.fact.passage.section)[0]

    def section_region(self, item: Told[Fact]) -> str:
        """The key of the region in whose section a telling stands, or ""."""
        return self._section(item.fact.passage.section)[1]

    def _section(self, path: tuple[str, ...]) -> tuple[str, str]:
        known = self._sections.get(path)
        if known is None:
            known = self._sections[path] = self._place_of(path)
        return known

    def _place_of(self, path: tuple[str, ...]) -> tuple[str, str]:
        for title in reversed(path):
            place = self._gazetteer.lexicon.place(title)
            if place is not None and place.region:
                return place.zh, place.region
        return "", ""

    def _body(self, name: str, region: str, publisher: str, country: str = "", kind: AgencyKind | None = None) -> Body:
        asked = (name, region, publisher, country, kind)
        body = self._bodies.get(asked)
        if body is None:
            body = self._gazetteer.body(name, region=region, publisher=publisher, country=country, kind=kind)
            self._bodies[asked] = body
        return body

    def _introduced(self, item: Told[Fact], fact: AgencyFact) -> Body:
        """The body of an agency fact; when its name is in no gazetteer, one of its aliases may be."""
        own = self._own.get(self._judged.root(item.id)) if self._own else None
        if own is not None:
            return own
        region = self._region(fact.region, item)
        publisher = item.source.publisher
        body = self._body(fact.name, region, publisher, fact.country, fact.agency_kind)
        if body.entry is None and not body.generic and (fact.aliases or fact.surface != fact.name):
            for name in sorted({fact.surface, *fact.aliases} - {fact.name, ""}):
                entry = self._gazetteer.agency(name)
                if entry is not None:
                    return self._gazetteer.of_entry(entry)
        return body

    def _introduce(self, item: Told[Fact], fact: AgencyFact) -> None:
        body = self._of_fact[item.id] = self._introduced(item, fact)
        if body.is_place:
            return
        for name in {fact.name, fact.surface, *fact.aliases} - {""}:
            self._local[item.source.id, even(name)][body.key].append(item.index)
        if not body.generic:
            self._named.add(body.key)
        record = self._record(body)
        record.kind = record.kind or fact.agency_kind
        record.country = record.country or self._places.known(fact.country)
        record.region = record.region or self._places.known(fact.region)

    def _record(self, body: Body) -> _Record:
        record = self._records.get(body.key)
        if record is None:
            record = self._records[body.key] = _Record(body)
        return record

    def final(self, key: str) -> str:
        """The key that stands for a key after generic names were settled."""
        if key in self._generic:
            key = self._generic[key]
        while key in self._forward:
            key = self._forward[key]
        return key

    def _settle(self, body: Body) -> str:
        """The key of a body; a generic office is the country's own when the corpus names that."""
        if body.generic and body.key not in self._generic:
            office = self._gazetteer.office(body.generic)
            if office is not None and office.key in self._named:
                self._record(self._gazetteer.of_entry(office))
                self._generic[body.key] = office.key
        return self.final(body.key)

    def unify(self, generic: str, specific: str) -> None:
        """Hold a generic office to be this body from now on."""
        if generic != specific and generic not in self._forward and self.final(specific) != generic:
            self._forward[generic] = specific

    def is_generic(self, key: str) -> bool:
        """True for an office that is known by its country alone."""
        record = self._records.get(key)
        return record is not None and bool(record.body.generic)

    def key(self, actor: Actor, item: Told[Fact]) -> str:
        """The agency or place an actor is, or "" for a person and for an empty name."""
        if not actor.name or actor.kind is _PERSON:
            return ""
        region = actor.region or self._section(item.fact.passage.section)[0]
        asked = (item.source.id, actor.name, actor.kind, region, item.line)
        key = self._keys.get(asked)
        if key is None:
            key = self._keys[asked] = self._find(actor, item, region)
        return self.final(key)

    def keys(self, actors: Sequence[Actor], item: Told[Fact]) -> tuple[str, ...]:
        """The keys of several actors, each once, sorted."""
        if len(actors) < 2:  # most
            key = self.key(actors[0], item) if actors else ""
            return (key,) if key else ()
        found = {self.key(actor, item) for actor in actors}
        found.discard("")
        return tuple(sorted(found))

    def _find(self, actor: Actor, item: Told[Fact], region: str) -> str:
        body = self._body(actor.name, region, item.source.publisher)
        if body.is_place:
            return self._places.use(body.key)
        if actor.kind is _PLACE:
            return self._places.key(actor.name, item.source.id, item.line)
        if body.entry is None and not body.generic:
            near = self._local.get((item.source.id, even(actor.name)))
            if near:
                body = self._records[self._nearest(near, item.index)].body
        self._told_as(body, (actor.name,), actor.implied)
        return self._settle(body)

    @staticmethod
    def _nearest(places: Mapping[str, Sequence[int]], index: int) -> str:
        """Of bodies that bear a name, by the places in which they are told, the one nearest to a place."""
        if len(places) == 1:  # most
            return next(iter(places))
        return min(places, key=lambda key: (min(abs(i - index) for i in places[key]), key))

    def _told_as(self, body: Body, names: Iterable[str], implied: bool = False) -> None:
        record = self._record(body)
        if body.aliases and body.entry is None and (body.parent or not implied):
            record.aliases.update(body.aliases)
        for name in names if not implied else ():
            if name:
                record.names[name] = record.names.get(name, 0) + 1
                record.first = record.first or name
                record.aliases.add(name)

    def fact_key(self, item: Told[AgencyFact]) -> str:
        """The agency an agency fact tells of, or "" when its name turns out to be a place."""
        fact = item.fact
        body = self._of_fact[item.id]
        if body.is_place:
            return ""
        self._told_as(body, (fact.name, fact.surface, *fact.aliases))
        short = acronym(fact.surface)
        if short:
            self._record(body).aliases.add(short)
        return self._settle(body)

    def country(self, key: str) -> str:
        """The country of a body or place, by key, or ""."""
        if key.startswith("place/"):
            return self._places.country(key)
        record = self._records.get(key)
        return (record.body.country or record.country) if record else ""

    def region(self, key: str) -> str:
        """The region of a body, or ""."""
        record = self._records.get(key)
        return record.body.region if record else ""

    def parent(self, key: str) -> str:
        """The body of which another is a part, or ""."""
        record = self._records.get(key)
        return record.body.parent if record else ""

    def all(self, used: Iterable[str]) -> tuple[Agency, ...]:
        """The agencies with these keys, sorted; those whose generic name was settled lend their aliases."""
        merged: dict[str, list[_Record]] = defaultdict(list)
        for key in sorted(self._records):
            merged[self.final(key)].append(self._records[key])
        wanted = {self.final(key) for key in used if key.startswith("agency/")}
        return tuple(self._agency(key, merged[key], wanted) for key in sorted(wanted))

    def _agency(self, key: str, records: list[_Record], wanted: set[str]) -> Agency:
        main = self._records[key]
        body, entry = main.body, main.body.entry
        name = body.name
        own_words = body.parent or body.country == "place/CN"
        if entry is None and main.first and (not body.aliases or (name not in main.names and not own_words)):
            name = main.first
        elif name not in main.names:
            name = _usual(main.names) or name
        aliases = {alias for record in records for alias in record.aliases} | {body.name}
        if entry is not None:
            aliases |= {entry.zh, *entry.aliases} - set(entry.weak)
        aliases -= {name, entry.en if entry else ""}
        kind = body.kind if entry is not None else main.kind or body.kind
        region = self._places.use(body.region or ("" if entry else main.region))
        return Agency(
            key,
            name,
            kind or AgencyKind.OTHER,
            entry.en if entry else "",
            tuple(sorted(aliases)),
            # The region says the country too.
            "" if region else self._places.use(body.country or ("" if entry else main.country)),
            region,
            entry.code if entry else "",
            body.parent if body.parent in wanted else "",
        )

    def merges(self, tellings: Iterable[tuple[str, Told[AgencyFact]]]) -> list[Merge]:
        """Why agency facts were put together: each later telling with the first of its agency."""
        first: dict[str, Told[AgencyFact]] = {}
        found: list[Merge] = []
        for key, item in tellings:
            start = first.setdefault(key, item)
            if start is item:
                continue
            entry = self._records[key].body.entry if key in self._records else None
            verdict = Evidence.of("title", "gazetteer" if entry is not None else "full_name")
            reason = f"{verdict.reason}: {start.fact.surface} / {item.fact.surface}"
            found.append(Merge(key, start.id, item.id, verdict.score, reason))
        return found
