"""Clauses of a sentence and who acts in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter, itemgetter

from kg.extract.mentions import Mentions, OrgHit, PersonHit, PlaceHit, begins, covers, within
from kg.extract.words import alternation, any_of, words
from kg.model import Actor, ActorKind, PlaceKind
from kg.model.frozen import Frozen

__all__ = [
    "Clause",
    "actor_of",
    "actors_between",
    "called_off",
    "clauses",
    "clauses_before",
    "happened",
    "place_names",
    "unique",
]

_OPEN, _CLOSE = "《“（〈【", "》”）〉】"
_START = attrgetter("start")
#: How many clauses before one can tell who acts in it.
_BEFORE = 8
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}，；：。！？]")
_BRACKET, _PIECE = re.compile(f"[{_OPEN}{_CLOSE}]"), re.compile(r"[^，；：。！？]+")


class Clause(Frozen):
    """A stretch of a sentence between commas outside brackets."""

    start: int
    end: int


# One finder after the other goes over all sentences of a report: the clauses of a long one are kept from the first to
# the last.
@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, cut at ，；：。 outside brackets and quotation marks."""
    if not _BRACKET.search(text):
        return tuple([Clause(*piece.span()) for piece in _PIECE.finditer(text)])
    out: list[Clause] = []
    depth = start = 0
    for sign in _SIGNS.finditer(text):
        at = sign.start()
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            if at > start:
                out.append(Clause(start, at))
            start = at + 1
    if start < len(text):
        out.append(Clause(start, len(text)))
    return tuple(out)


def clauses_before(text: str, at: int) -> tuple[Clause, ...]:
    """The last clauses that begin before `at`, the nearest first."""
    every = clauses(text)
    stop = bisect_left(every, at, key=_START)
    return every[max(0, stop - _BEFORE) : stop][::-1]


# 原定的甲地之行未能成行: something else was called off.
_CALLED_OFF = re.compile(
    r"[，；](?!原(?:定|拟|计划)[^，。；]{0,16}(?:的|之行))[^，。；]{0,16}(?:推迟|取消|延期|改期|搁置|未能成行|未能如期)"
)


def happened(text: str, clause: Clause) -> bool:
    """False when a clause tells what is planned or did not take place, or the next one that it was called off."""
    if alternation("not_held").search(text, clause.start, clause.end):
        return False
    return not called_off(text, clause.end)


def called_off(text: str, at: int) -> bool:
    """True when the clause that the sign at `at` opens tells that what stands before it did not take place."""
    return _CALLED_OFF.match(text, at) is not None


def actor_of(person: PersonHit) -> Actor | None:
    """The body for which a person acts: the organisation, else the country."""
    if body := person.acts_for or person.organisation:
        return body
    return Actor(person.country, ActorKind.PLACE) if person.country else None


def unique(actors: list[Actor]) -> tuple[Actor, ...]:
    """The actors in order, each once by name and region."""
    if len(actors) < 2:
        return tuple(actors)
    seen: set[tuple[str, str]] = set()
    out: list[Actor] = []
    for actor in actors:
        if (actor.name, actor.region) not in seen:
            seen.add((actor.name, actor.region))
            out.append(actor)
    return tuple(out)


def actors_between(mentions: Mentions, start: int, end: int, *, places: bool = False) -> list[Actor]:
    """The actors named in text[start:end] outside titles, in order: bodies, people by their bodies and, with
    `places`, countries and regions that stand for themselves."""
    found: list[tuple[int, Actor]] = []
    for person in within(mentions.people, start, end):
        if person.end <= end and not mentions.in_title(person.start):
            actor = actor_of(person)
            if actor:
                found.append((person.start, actor))
    for org in within(mentions.orgs, start, end):
        if org.end <= end and not mentions.in_title(org.start) and not _covered(mentions, org):
            if org.group:
                found.extend((org.start, member) for member in org.group)
            else:
                found.append((org.start, org.actor))
    if places:
        found.extend(
            (p.start, Actor(p.surface, ActorKind.PLACE))
            for p in within(mentions.places, start, end)
            if p.end <= end
            and not mentions.in_title(p.start)
            and not _place_in_name(mentions, p)
            and p.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)
        )
    if len(found) > 1:
        found.sort(key=itemgetter(0))
    return [actor for _, actor in found]


def _covered(mentions: Mentions, org: OrgHit) -> bool:
    """True for the organisation of a person who is counted already."""
    return covers(mentions.people, org.start, org.end)


def _place_in_name(mentions: Mentions, place: PlaceHit) -> bool:
    return covers(mentions.orgs, place.start, place.end) or covers(mentions.people, place.start, place.end)


_AT_SIGNS = "在于赴抵往到"
_AT = re.compile(rf"[{_AT_SIGNS}][^，。；：、《》“”]{{0,6}}\Z")
_LINK = re.compile(r"[、和与及]|以及|及其|等地?[和与及]?|首都|首府|省会")


_HAPPENS = f"(?={any_of(words('behind_places'))})"
#: 在南非开普敦举行: a city that no gazetteer has, right behind its country.
_CITY_ABROAD = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?{_HAPPENS}")
_NO_CITY = alternation("not_cities")
#: 赴湖南省桑植县调研: a county behind its province or city.
_COUNTY = re.compile(rf"[\u4e00-\u9fff]{{1,5}}?(?:自治县|县|区|旗|市|镇|乡){_HAPPENS}")
_NO_COUNTY = alternation("not_counties")


def _further(mentions: Mentions, place: PlaceHit) -> str:
    """The city or county right behind a place, when no gazetteer has it; else ""."""
    text, at = mentions.text, place.end
    if covers(mentions.orgs, at, at + 1):
        return ""
    if begins(mentions.places, at, at + 1) or begins(mentions.people, at, at + 1):
        return ""
    if place.entry.kind == PlaceKind.COUNTRY:
        city = _CITY_ABROAD.match(text, at) if place.entry.code != "CN" else None
        return city.group() if city and not _NO_CITY.search(city.group()) else ""
    county = _COUNTY.match(text, at)
    return county.group() if county and not _NO_COUNTY.search(county.group()) else ""


@lru_cache(maxsize=256)
def _usual(name: str, aliases: tuple[str, ...]) -> str:
    """The shortest name of a place that is told by one character (京)."""
    return min((name, *aliases), key=lambda n: (len(n) < 2, len(n), n))


def place_names(mentions: Mentions, start: int, end: int) -> tuple[str, ...]:
    """The places that text[start:end] says something happened at (在瑞士日内瓦, 赴韩国), lists included."""
    names: list[str] = []
    last_end, text = -1, mentions.text
    titles, others = bool(mentions.titles), bool(mentions.orgs or mentions.people)
    for place in within(mentions.places, start, end):
        at = place.start
        if (titles and mentions.in_title(at)) or (others and _place_in_name(mentions, place)):
            continue
        told = at > start and (text[at - 1] in _AT_SIGNS or bool(_AT.search(text, max(start, at - 8), at)))
        chained = last_end >= 0 and (at == last_end or _LINK.fullmatch(text, last_end, at) is not None)
        if told or chained:
            whole = len(place.surface) > 1
            names.append(place.surface if whole else _usual(place.entry.zh, place.entry.aliases))
            last_end = place.end
            if whole and (further := _further(mentions, place)):
                names.append(further)
                last_end += len(further)
        else:
            last_end = -1
    return tuple(dict.fromkeys(names))
