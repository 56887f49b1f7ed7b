"""Who holds a gathering: named before its verb, or after it (由…主办)."""

from __future__ import annotations

import re

from kg.extract.clauses import actor_of, actors_between
from kg.extract.mentions import Mentions
from kg.model import Actor

__all__ = ["hosting_subject", "hosts_after", "past_guidance"]

_GUIDED = re.compile(r"(?:指导|支持)[、，]")
#: 为柬埔寨商业部举办: whom it is held for, not who holds it.
_FOR_WHOM = re.compile(r"为|面向|应|受")
#: 论坛由甲、乙共同主办, 甲部副部长和乙部副部长共同主持: who holds it, told after it.
_HELD_BY = re.compile(
    r"由(?P<hosts>[^，。；]{2,60}?)(?:共同|联合)?(?:主办|举办)|[，。](?:会议)?由?(?P<chairs>[^，。；]{4,60}?)共同主持"
)


def hosts_after(mentions: Mentions, at: int) -> list[Actor]:
    """The bodies that the words after a gathering name as its hosts."""
    told = _HELD_BY.search(mentions.text, at)
    if told is None:
        return []
    if told["hosts"]:
        start, end = told.span("hosts")
        return actors_between(mentions, past_guidance(mentions.text, start, end), end)
    start, end = told.span("chairs")
    chairs = [actor_of(p) for p in mentions.people if start <= p.start and p.end <= end]
    return [actor for actor in chairs if actor]


def _names_begin(mentions: Mentions, at: int) -> bool:
    return any(o.start == at for o in mentions.orgs) or any(p.start == at for p in mentions.places)


def hosting_subject(mentions: Mentions, begin: int, at: int) -> list[Actor]:
    """The actors before a verb in its own clause, else the body that opens the sentence."""
    clause = max([begin, mentions.text.rfind("，", begin, at) + 1])
    whom = next((m for m in _FOR_WHOM.finditer(mentions.text, clause, at) if _names_begin(mentions, m.end())), None)
    if whom:
        at = whom.start()
    actors = actors_between(mentions, past_guidance(mentions.text, clause, at), at)
    if actors or clause == begin:
        return actors
    opening = mentions.text[begin:].lstrip("，")
    first = next((o for o in mentions.orgs if o.start >= begin), None)
    if first and opening.startswith(first.surface):
        return [first.actor]
    person = next((p for p in mentions.people if p.start >= begin), None)
    actor = actor_of(person) if person and opening.startswith(mentions.text[person.start : person.end]) else None
    return [actor] if actor else []


def past_guidance(text: str, start: int, end: int) -> int:
    """Behind 甲局指导、 in a list of hosts: who guides does not hold."""
    return max((m.end() for m in _GUIDED.finditer(text, start, end)), default=start)
