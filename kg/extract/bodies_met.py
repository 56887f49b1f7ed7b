"""Which bodies of a sentence the countries in a collective name stand for: 中法…会议 between two offices named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.actor_lists import usual_name
from kg.extract.clauses import actor_of
from kg.extract.mentions import Mentions
from kg.model import Actor, ActorKind

__all__ = ["bodies_of", "body_of_country"]

# Asked for time and again: a member costs many times what a name of the module does.
_PLACE = ActorKind.PLACE

_HOME = "中国"
#: Countries meet themselves when their leaders do.
_LEADERS = re.compile(r"(?:领导人|总理|元首|首脑|主席|总统)[^，。；]{0,4}(?:会议|会晤|会谈|峰会)\Z")
#: The heads of bodies meet: ours is the reporting one.
_HEADS = re.compile("[局署厅]长|部长|行长|检察长|主任")


def bodies_of(mentions: Mentions, group: Sequence[Actor], name: str, *, several: bool = False) -> tuple[Actor, ...]:
    """The group of a gathering or an agreement called `name`: a country in it as its body when the sentence names one
    body (or `several`) for each foreign country of the group; our country then as the reporting body."""
    if not group:
        return ()
    here = mentions.context.publisher.region
    home = here if here and any(a.name == here for a in group) else _HOME
    abroad = [a for a in group if a.kind is _PLACE and a.name != home]
    us = mentions.context.self_
    named = [_bodies(mentions, a.name) if a.kind is _PLACE else [] for a in group]
    if named and all(len(found) == 1 for found in named) and not _LEADERS.search(name):
        return tuple(found[0] for found in named)
    if us.kind is ActorKind.AGENCY and not abroad and len(group) == 2 and _HEADS.search(name):
        sides = [us if a.name == _HOME else a for a in group]  # 中国—东盟海关署长会议
        parts = any(o.actor.name != a.name and o.actor.name.startswith(a.name) for o in mentions.orgs for a in sides)
        return () if parts else tuple(sides)  # 东盟秘书处: whom we met is told more closely
    if not abroad or len(abroad) + 1 < len(group) or us.kind is not ActorKind.AGENCY or _LEADERS.search(name):
        return tuple(group)
    known = {place.name: _bodies(mentions, place.name) for place in abroad}
    if not all(found and (several or len(found) == 1) for found in known.values()):
        return tuple(group)
    known[home] = [us]
    return tuple(body for a in group for body in known.get(a.name, [a]))


def body_of_country(mentions: Mentions, country: str) -> Actor | None:
    """The one body of a country that the sentence names outside titles, None when there is none or several."""
    found = _bodies(mentions, country)
    return found[0] if len(found) == 1 else None


def _bodies(mentions: Mentions, country: str) -> list[Actor]:
    """The bodies of a country that the sentence names outside titles, each once."""
    found = [
        o.actor
        for o in mentions.orgs
        if country in (o.country, usual_name(o.region)) and not o.group and not mentions.in_title(o.start)
    ]
    found += [
        actor
        for p in mentions.people
        if p.country == country and (actor := actor_of(p)) is not None and actor.kind is ActorKind.AGENCY
    ]
    return list({a.name: a for a in found}.values())
