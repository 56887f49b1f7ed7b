"""What this room asks of the lexicon, so that only one file knows how names of bodies are built.

`Gazetteer.body` takes a name as told and gives the entry it means, or the jurisdiction and full name that stand for
a body that no gazetteer knows. Nothing is guessed: a name that fits no rule is itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kg.lexicon import Entry, EntryType, Lexicon, Suffix
from kg.model import AgencyKind, PlaceKind
from kg.model.frozen import Frozen
from kg.resolve.names import digest, even

__all__ = ["Body", "Gazetteer"]

_BRACKET = re.compile(r"[(（][^()（）]{1,40}[)）]")
_GENERIC = re.compile(r"的?(?:国家)?(?:相关)?知识产权(?:主管|管理)?(?:机构|部门|当局|机关)")
_STATE = ("共和国", "联邦", "王国", "国家")
_PUBLISHER = re.compile(r"(?:我|本)?([局部委院署厅办会])(?=\S)")
_PARTY = re.compile(r"(?:中共|中国共产党)?(.{2,40}?)(党组|党委|党工委)")
#: 京东集团 is 京东: a firm that the gazetteer has by its short name.
_FIRM = re.compile(r"([\u4e00-\u9fffA-Za-z]{2,12}?)(?:集团|股份|控股|有限|责任|公司){1,4}")
_OWN = "place/CN"
_REGIONAL = frozenset({PlaceKind.REGION.value, PlaceKind.CITY.value})


class Body(Frozen):
    """What a name means: a gazetteer entry, or a jurisdiction (a place key or "") with a full name.

    `generic` is the country key when the name only says "the IP office of that country".
    """

    key: str
    name: str
    kind: AgencyKind | None = None
    entry: Entry | None = None
    country: str = ""
    region: str = ""
    generic: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def is_place(self) -> bool:
        """True when the name is that of a place or a group of places."""
        return self.key.startswith("place/")


def _first(entries: Iterable[Entry], *kinds: EntryType) -> Entry | None:
    for entry in entries:
        if entry.type in kinds:
            return entry
    return None


def _level(region: Entry) -> str:
    """The word that stands for a region in relative names."""
    return next((word for word in ("省", "市", "兵团") if region.zh.endswith(word)), "自治区")


def _hash_key(jurisdiction: str, name: str) -> str:
    return f"agency/{digest(jurisdiction, even(name))}"


class Gazetteer:
    """Look-ups in the lexicon, with how official names are built on top of it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._relative = {even(body.short): body for body in lexicon.relative}
        self._known: dict[tuple[str, str], tuple[tuple[str, ...], Body | None]] = {}
        self._fronts: dict[str, list[tuple[int, Entry]]] = {}
        self._built: dict[tuple[str, str, str], Body | None] = {}

    @cached_property
    def _offices(self) -> dict[str, Entry]:
        """Country key -> its one IP office; a country with several and none under its own code has none here."""
        found: dict[str, list[Entry]] = {}
        agency, office = EntryType.AGENCY, AgencyKind.IP_OFFICE.value
        for entry in self.lexicon.entries:
            known = entry.type is agency and entry.kind == office
            if known and entry.country and entry.code and not entry.region:
                found.setdefault(entry.country, []).append(entry)
        one: dict[str, Entry] = {}
        for country, entries in found.items():
            own = [e for e in entries if e.code == country.removeprefix("place/")] or entries
            if len(own) == 1:
                one[country] = own[0]
        return one

    def office(self, country: str) -> Entry | None:
        """The IP office of a country (by place key), when the gazetteer has exactly one."""
        return self._offices.get(country)

    def agency(self, name: str) -> Entry | None:
        """The body with this name or alias."""
        return _first(self.lexicon.all(name), EntryType.AGENCY)

    def area(self, name: str) -> Entry | None:
        """The place or group of places with this name; a city also behind its region (四川自贡) and without 市."""
        known = _first(self.lexicon.all(name), EntryType.PLACE, EntryType.GROUP)
        if known is not None or not 2 <= len(name) <= 14:
            return known
        for size, head in self._heads(name):
            tail = self.lexicon.place(name[size:]) if size <= len(name) - 2 else None
            if tail is not None and head.key in (tail.region, tail.broader):
                return tail
        city = self.lexicon.place(name + "市")
        return city if city is not None and city.kind == PlaceKind.CITY else None

    def country_prefix(self, name: str) -> tuple[Entry, str] | None:
        """The country at the start of a name and the rest without 共和国, 国家 ..., when something is left."""
        for size, entry in self._heads(name):
            if entry.kind == PlaceKind.COUNTRY and size <= len(name) - 2:
                rest = name[size:]
                for word in _STATE:
                    if len(rest) > len(word) + 2:
                        rest = rest.removeprefix(word)
                return entry, rest
        return None

    def region_prefix(self, name: str) -> Entry | None:
        """The region or city at the start of a name."""
        for size, entry in self._heads(name):
            if entry.kind in _REGIONAL and size <= 12:
                return entry
        return None

    def _heads(self, name: str) -> list[tuple[int, Entry]]:
        """The places with whose names of up to 14 characters a name begins, the longest first."""
        found = self._fronts.get(name)
        if found is None:
            found = self._fronts[name] = self.lexicon.place_heads(name, 14)
        return found

    def _county(self, name: str) -> Entry | None:
        """The county-level city whose name, without 市, begins this one: 敦煌 in 敦煌研究院."""
        towns = (self.lexicon.place(name[:size] + "市") for size in (2, 3))
        return next((town for town in towns if town is not None), None)

    def kind_of(self, name: str) -> AgencyKind | None:
        """The kind that the ending of a name tells."""
        bare = _BRACKET.sub("", name) or name
        for suffix in self._suffixes.get(bare[-1:], ()):
            if bare.endswith(suffix.suffix):
                return suffix.kind
        return None

    @cached_property
    def _suffixes(self) -> dict[str, list[Suffix]]:
        """Endings of names by their last character, in the order of the table."""
        found: dict[str, list[Suffix]] = {}
        for suffix in self.lexicon.suffixes:
            found.setdefault(suffix.suffix[-1], []).append(suffix)
        return found

    def parent_of(self, name: str) -> str:
        """The key of the known body whose name begins this longer name, or ""."""
        for size, entries in self.lexicon.heads(name, min(24, len(name) - 2)):
            body = _first(entries, EntryType.AGENCY) if size > 3 else None
            if body is not None:
                return body.key
        return ""

    def of_entry(self, entry: Entry) -> Body:
        """The body (or place) of a gazetteer entry."""
        if entry.type is not EntryType.AGENCY:
            return Body(entry.key, entry.zh, entry=entry, country=entry.country, region=entry.region)
        return Body(
            entry.key,
            entry.zh,
            AgencyKind(entry.kind),
            entry,
            entry.country,
            entry.region,
            parent=entry.parent,
        )

    def _readings(self, name: str, publisher: str) -> Iterator[str]:
        """The name and what it stands for once brackets, state names and 局 for the publisher are put right."""
        yield name
        bare = _BRACKET.sub("", name)
        if bare and bare != name:
            yield bare
        for prefix in ("中华人民共和国", "中国", "我国"):
            if bare.startswith(prefix) and len(bare) > len(prefix) + 2:
                yield bare.removeprefix(prefix)
        own = _PUBLISHER.match(bare)
        if own and publisher.endswith(own[1]) and len(bare) > own.end():
            yield publisher + bare[own.end() :]

    def relative(self, name: str, region: Entry | None) -> Body | None:
        """省法院 in 河北省 is 河北省高级人民法院; also 河北省法院, which names its region itself."""
        body = self._relative.get(even(name))
        if body is None:
            region = self.region_prefix(name) or region
            if region is not None:
                bare = next((n for n in (region.zh, *region.aliases) if name.startswith(n)), "")
                # only a province has a 厅: in a list of bodies the word 省 is told once
                whole = bare or name.endswith("厅")
                body = self._relative.get(_level(region) + even(name[len(bare) :])) if whole else None
        if body is None or region is None:
            return None
        full = region.zh + body.full
        entry = self.agency(full)
        own = region.zh + body.short.removeprefix(body.level)
        if entry is not None:
            found = self.of_entry(entry)
            return Body(found.key, full, found.kind, entry, found.country, found.region, aliases=(own,))
        key = _hash_key("", full)  # the full name says where it is
        top = region.region or (region.key if region.kind == PlaceKind.REGION else "")
        return Body(key, full, body.kind, None, region.country, top, aliases=(own,))

    def body(
        self,
        name: str,
        *,
        region: str = "",
        publisher: str = "",
        country: str = "",
        kind: AgencyKind | None = None,
    ) -> Body:
        """What a name means; `region`, `country` are zh names of where it is told, `publisher` who tells it."""
        asked = (name, publisher)
        if asked not in self._known:
            self._known[asked] = self._listed(*asked)
        readings, known = self._known[asked]
        if known is not None:
            return known
        home = self.lexicon.place(region) if region else None
        there = (name, publisher, region)
        if there not in self._built:
            self._built[there] = self._of_rules(name, readings, home)
        own = readings[-1] if publisher and readings[-1].startswith(publisher) else name
        return self._built[there] or self._local(own, home, country, kind)

    def _of_rules(self, name: str, readings: Sequence[str], home: Entry | None) -> Body | None:
        """The body that a name says by how it is built, for one that no gazetteer has."""
        for reading in readings:
            found = self.relative(reading, home) or self._party_body(reading)
            if found is not None:
                return found
        bare = readings[1] if len(readings) > 1 else name
        return self._foreign(bare) or self._regional(name, home)

    def _listed(self, name: str, publisher: str) -> tuple[tuple[str, ...], Body | None]:
        """The readings of a name, and the body or place that the gazetteer has by it wherever it is told."""
        entry = self.agency(name)
        if entry is not None:  # most
            return (name,), self.of_entry(entry)
        readings = tuple(dict.fromkeys(self._readings(name, publisher)))
        for reading in readings[1:]:
            entry = self.agency(reading)
            if entry is not None:
                return readings, self.of_entry(entry)
        firm = _FIRM.fullmatch(name)
        entry = self.agency(firm[1]) if firm else None
        if entry is not None and entry.kind == AgencyKind.ENTERPRISE:
            return readings, self.of_entry(entry)
        for reading in readings[:2]:
            place = self.area(reading)
            if place is not None:
                return readings, self.of_entry(place)
        return readings, None

    def _regional(self, name: str, home: Entry | None) -> Body | None:
        """省X in 吉林省 is 吉林省X, also when no list of usual bodies has X."""
        level = _level(home) if home is not None else ""
        if home is None or not name.startswith(level) or len(name) < len(level) + 3:
            return None
        full = home.zh + name.removeprefix(level)
        region = home.region or home.key
        key = _hash_key("", full)
        return Body(key, full, self.kind_of(full), None, home.country, region, aliases=(name,))

    def _party_body(self, name: str) -> Body | None:
        """中共…党组 and …党组 are one body, a part of the office whose name they bear."""
        match = _PARTY.fullmatch(name) if "党" in name else None
        office = self.agency(match[1]) if match else None
        if match is None or office is None:
            return None
        full = office.zh + match[2]
        known = self.agency(full)
        if known is not None:
            return self.of_entry(known)
        key = _hash_key(office.country, full)
        party = AgencyKind.PARTY_BODY
        return Body(key, "中共" + full, party, None, office.country, office.region, "", office.key, (full,))

    def _foreign(self, name: str) -> Body | None:
        """A body of another country: its state's name, long or short, and 国家 do not tell bodies apart."""
        split = self.country_prefix(name)
        if split is None:
            return None
        nation, rest = split
        if _GENERIC.fullmatch(rest):
            full = nation.zh + "知识产权机构"
            key = _hash_key(nation.key, full)
            return Body(key, full, AgencyKind.IP_OFFICE, None, nation.key, generic=nation.key)
        if nation.key == _OWN:
            return None
        for front in (nation.zh, *nation.aliases):
            entry = self.agency(front + rest)
            if entry is not None:
                return self.of_entry(entry)
        short = min((nation.zh, *nation.aliases), key=lambda n: (not n.isalpha(), len(n), n != nation.zh, n))
        return Body(_hash_key(nation.key, rest), short + rest, self.kind_of(rest), None, nation.key, aliases=(name,))

    def _local(self, name: str, home: Entry | None, country: str, kind: AgencyKind | None) -> Body:
        """A body that stands in no gazetteer: its own name, with the place that tells it from namesakes."""
        place = self.region_prefix(name)
        kind = kind or self.kind_of(name)
        if place is None and home is not None and kind in _NAMELESS and not name.startswith(_NATIONAL):
            region = home.region or home.key
            return Body(_hash_key(home.key, name), name, kind, None, home.country, region)
        parent = self.parent_of(name)
        if place is None:
            nation = self.lexicon.place(country) if country else None
            where = nation.key if nation is not None else ""
            return Body(_hash_key(where if where != _OWN else "", name), name, kind, None, where, parent=parent)
        front = next((n for n in (place.zh, *place.aliases) if name.startswith(n)), "")
        within = self.region_prefix(name[len(front) :]) or self._county(name[len(front) :])
        bare = name[len(front) :] if within is not None and within.region == place.key else name
        foreign = place.country if place.country != _OWN else ""
        region = place.region or (place.key if place.kind == PlaceKind.REGION else "")
        shorter = (bare,) if bare != name else ()
        return Body(_hash_key(foreign, bare), name, kind, None, place.country, region, "", parent, shorter)


#: Kinds whose bodies bear the same name in every region; a university or a firm has a name of its own.
_NAMELESS = frozenset(
    {
        AgencyKind.COURT,
        AgencyKind.GOVERNMENT,
        AgencyKind.IP_OFFICE,
        AgencyKind.MECHANISM,
        AgencyKind.MINISTRY,
        AgencyKind.PARTY_BODY,
        AgencyKind.PROCURATORATE,
    }
)
_NATIONAL = ("中国", "全国", "国家", "国际", "世界", "中央", "中华", "最高")
