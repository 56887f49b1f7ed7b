"""Who signs: the bodies, and the places in their lists, that stand before the verb, witnesses left out."""

from __future__ import annotations

import re

from kg.extract.actor_lists import region_name
from kg.extract.clauses import Clause, actor_of, actors_between, unique
from kg.extract.mentions import Mentions, PlaceHit, begins, covers
from kg.extract.roles import witnessed, witnesses_in
from kg.model import Actor, ActorKind, AgencyKind, PlaceKind

__all__ = ["after_witness", "sentence_begin", "signers"]


#: 甲市与鹿特丹市签署: a city abroad that no gazetteer has.
_CITY = re.compile(
    r"[与同和](?P<name>(?![各全该两我本多周])[\u4e00-\u9fff]{2,6}(?<![省区家个等座姐好作])[市州郡])"
    r"(?:正式|共同|分别|现场|成功)?\Z"
)


def after_witness(mentions: Mentions, clause: Clause, at: int) -> int:
    """From where in a clause the signers are looked for: after the witnesses."""
    return witnessed(mentions.text, clause.start, at)


def sentence_begin(mentions: Mentions, at: int) -> int:
    """From where in a sentence the signers are looked for: after the last date and the witnesses."""
    begin = max([0, *(d.end for d in mentions.dates if d.end <= at)])
    return witnessed(mentions.text, begin, at)


def signers(mentions: Mentions, start: int, end: int) -> list[Actor]:
    """The bodies and places in text[start:end] that sign, without those of the witnesses."""
    witnesses = set(witnesses_in(mentions))
    actors = actors_between(mentions, start, end)
    by_witness = {a.name for p in mentions.people if p.name in witnesses and (a := actor_of(p))}
    meetings = {o.actor.name for o in mentions.orgs if o.kind is AgencyKind.MECHANISM and not o.group}
    found = [a for a in actors if a.name not in by_witness and a.name not in meetings]
    few = len(found) < 2
    places = [p for p in mentions.places if start <= p.start and p.end <= end]
    found += [
        Actor(region_name(p.entry) if p.entry.kind == PlaceKind.REGION else p.surface, ActorKind.PLACE)
        for p in places
        if _signs(mentions, start, p, few)
    ]
    city = _CITY.search(mentions.text, max(start, end - 12), end)
    if city and not covers(mentions.orgs, *city.span("name")) and not begins(mentions.places, *city.span("name")):
        found.append(Actor(city["name"], ActorKind.PLACE))
    return list(unique(found))


def _signs(mentions: Mentions, start: int, place: PlaceHit, few: bool) -> bool:
    """True for a place that signs: after 与, or in a list; where bodies sign too, only among the members of a list."""
    text = mentions.text
    if any(o.start <= place.start < o.end for o in mentions.orgs) or mentions.in_title(place.start):
        return False
    joined = place.start > start and text[place.start - 1] in "与同和、"
    listed = text[place.end : place.end + 1] in ("、", "和", "与")
    if few:
        return joined or (listed and place.start == start)
    return joined and (text[place.start - 1] == "、" or (listed and text[place.start - 1] != "和"))
