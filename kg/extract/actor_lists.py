"""Lists of those who act together in a clause: bodies, the bodies of people, countries and regions (甲局、乙国和丙市)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import actor_of
from kg.extract.mentions import Mentions, OrgHit, PersonHit, PlaceHit, begins, within
from kg.lexicon import Entry
from kg.model import Actor, ActorKind, PlaceKind
from kg.model.frozen import Frozen

__all__ = ["Listed", "actors_of_list", "list_from", "place_actor", "region_name", "usual_name"]

# Asked for time and again: a member costs many times what a name of the module does.
_CITY, _COUNTRY, _REGION = PlaceKind.CITY, PlaceKind.COUNTRY, PlaceKind.REGION

_LINK = re.compile(r"(?:[、和与及]|以及)(?:有关|来访的|来自)?")
#: 甲国知识产权局国际事务机构、: the unit behind a body.
_LINK_OF_UNIT = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:机构|部门|单位|中心|处|所|室|分局)[、和与及]")
#: What may stand between the joining word and the first of a list.
_LED = re.compile(r"(?:有关|来访的|来自)?")
_LONGEST_LED = len("来访的")
#: 甘肃、四川等地人民政府: the government of each.
_GOVERNMENTS = re.compile(r"等?(?:地|省份|省市|省区市|省|地区|市)?(?:的)?(?P<tail>人民政府|政府)")
_SPECIAL = "特别行政区"
#: How far a list is read, at first and at most: many words of a sentence could begin one.
_SHORT = 120
_LONGEST = 480


class Listed(Frozen):
    """One of a list, at text[start:end]; several actors for a collective name."""

    start: int
    end: int
    actors: tuple[Actor, ...]
    place: PlaceHit | None = None


def region_name(entry: Entry) -> str:
    """A region by its full name; 香港, 澳门 and 台湾 as they are usually called."""
    return usual_name(entry.zh)


def usual_name(region: str) -> str:
    """The usual name of a region for its full one."""
    return "台湾" if region == "台湾省" else region.removesuffix(_SPECIAL)


def place_actor(mentions: Mentions, place: PlaceHit) -> Actor:
    """A place that acts: as the text names it, but a region beside another, or one told by an abbreviation, by its
    full name."""
    beside = mentions.context.self_.kind is ActorKind.PLACE
    full = place.entry.kind == _REGION and (beside or len(place.surface) == 1)
    return Actor(region_name(place.entry) if full else place.surface, ActorKind.PLACE)


#: One who could stand in a list: start, end, and who it is; for a place with the end of the city behind it.
_Item = tuple[int, int, OrgHit | PersonHit | PlaceHit]


def _items(mentions: Mentions, start: int, end: int, regions: bool) -> list[_Item]:
    """All who could stand in a list in text[start:end], in order, none inside another."""
    found: list[_Item] = [(o.start, o.end, o) for o in within(mentions.orgs, start, end)]
    if mentions.people:
        found += [(p.start, p.end, p) for p in within(mentions.people, start, end) if p.organisation or p.country]
    if places := [p for p in within(mentions.places, start, end) if p.end <= end]:
        cities = {p.start: p.end for p in places if p.entry.kind == _CITY}
        kinds = (_COUNTRY, _REGION) if regions else (_COUNTRY,)
        found += [(p.start, cities.get(p.end, p.end), p) for p in places if p.entry.kind in kinds]
    out: list[_Item] = []
    # The longer first; of equals a body before a person before a place, as they were put in.
    for item in sorted(found, key=lambda i: (i[0], -i[1])) if len(found) > 1 else found:
        if item[1] <= end and (not out or item[0] >= out[-1][1]) and not mentions.in_title(item[0]):
            out.append(item)
    return out


def _listed(mentions: Mentions, item: _Item) -> Listed:
    start, end, hit = item
    if isinstance(hit, OrgHit):
        return Listed(start, end, hit.group or (hit.actor,))
    if isinstance(hit, PersonHit):
        actor = actor_of(hit)
        return Listed(start, end, (actor,) if actor else ())
    whole = Actor(mentions.text[start:end], ActorKind.PLACE) if end > hit.end else place_actor(mentions, hit)
    return Listed(start, end, (whole,), hit)


def list_from(mentions: Mentions, start: int, end: int, *, regions: bool = True, skip: int = 0) -> list[Listed]:
    """The list that begins at `start`, or with at most `skip` characters before it."""
    first = start + max(skip, _LONGEST_LED) + 1
    if not _begins(mentions, start, first):
        return []
    reach = _SHORT
    while True:
        stop = min(end, start + reach)
        run = _run(mentions.text, start, _items(mentions, start, stop, regions), skip)
        if stop == end or reach >= _LONGEST or not run or run[-1][1] + _SHORT // 2 < stop:
            return [_listed(mentions, item) for item in run]
        reach *= 2


def _begins(mentions: Mentions, low: int, high: int) -> bool:
    """True when a name begins in text[low:high]."""
    return begins(mentions.orgs, low, high) or begins(mentions.people, low, high) or begins(mentions.places, low, high)


def _run(text: str, start: int, items: Sequence[_Item], skip: int = 0) -> list[_Item]:
    run: list[_Item] = []
    at = start
    for item in items:
        gap = text[at : item[0]]
        linked = (
            (_LINK.fullmatch(gap) or _LINK_OF_UNIT.fullmatch(gap)) if run else (len(gap) <= skip or _LED.fullmatch(gap))
        )
        if not linked:
            break
        run.append(item)
        at = item[1]
    return run


def actors_of_list(mentions: Mentions, listed: Sequence[Listed]) -> list[Actor]:
    """The actors of a list; its regions as governments where the word stands behind it."""
    if not listed:
        return []
    governments = _GOVERNMENTS.match(mentions.text, listed[-1].end)
    out: list[Actor] = []
    for item in listed:
        if governments and item.place is not None and item.place.entry.kind == _REGION:
            out.append(Actor(item.place.entry.zh + "人民政府"))
        else:
            out.extend(item.actors)
    return out
