"""Who signs: the bodies, and the places in their lists, that stand before the verb, witnesses left out."""

from __future__ import annotations

from kg.extract.clauses import Clause, actor_of, actors_between, unique
from kg.extract.mentions import Mentions, PlaceHit
from kg.extract.roles import WITNESSED, witnesses_in
from kg.model import Actor, ActorKind, PlaceKind

__all__ = ["after_witness", "sentence_begin", "signers"]


def after_witness(mentions: Mentions, clause: Clause, at: int) -> int:
    """From where in a clause the signers are looked for: after the witnesses."""
    return max([clause.start, *(m.end() for m in WITNESSED.finditer(mentions.text, clause.start, at))])


def sentence_begin(mentions: Mentions, at: int) -> int:
    """From where in a sentence the signers are looked for: after the last date and the witnesses."""
    begin = max([0, *(d.end for d in mentions.dates if d.end <= at)])
    return max([begin, *(m.end() for m in WITNESSED.finditer(mentions.text, begin, at))])


def signers(mentions: Mentions, start: int, end: int) -> list[Actor]:
    """The bodies and places in text[start:end] that sign, without those of the witnesses."""
    witnesses = set(witnesses_in(mentions))
    actors = actors_between(mentions, start, end)
    by_witness = {a.name for p in mentions.people if p.name in witnesses and (a := actor_of(p))}
    found = [a for a in actors if a.name not in by_witness]
    few = len(found) < 2
    for place in mentions.places:
        if start <= place.start and place.end <= end and _signs(mentions, start, place, few):
            region = place.entry.kind == PlaceKind.REGION
            found.append(Actor(place.entry.zh if region else place.surface, ActorKind.PLACE))
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
