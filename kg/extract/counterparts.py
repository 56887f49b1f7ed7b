"""Who meets or visits whom: the subject of a clause and those on the other side."""

from __future__ import annotations

import re

from kg.extract.clauses import actor_of
from kg.extract.delegations import led_by
from kg.extract.mentions import Mentions, OrgHit, PersonHit
from kg.model import Actor
from kg.model.frozen import Frozen

__all__ = ["POSTS", "Counterpart", "Subject", "bodies_of", "counterparts_in", "each_alone", "subject_of"]

#: Posts that stand for somebody unnamed (会见某局局长).
POSTS = ("局长", "总干事", "主席", "代表团", "大使", "部长", "秘书长", "署长", "会长", "总裁")

#: 甲局长、乙署长先后来访: what stands behind those who act one after the other.
_ALONE = re.compile("[也还均曾]?(?:分别|先后|相继)")

#: Who acts: how the text names them, the body they act for, and the people among them.
Subject = tuple[str, Actor, tuple[str, ...]]


class Counterpart(Frozen):
    """Somebody met: `surface` is how the text names them, with post and name."""

    surface: str
    actor: Actor | None
    person: str = ""


def subject_of(mentions: Mentions, start: int, end: int) -> Subject | None:
    """The first person with those listed beside, else the first body, named in text[start:end]."""
    people = [p for p in mentions.people if start <= p.start and p.end <= end and not mentions.in_title(p.start)]
    if people:
        first, listed = people[0], [people[0]]
        for one in people[1:]:  # 甲厅长某、乙厅长某率团: all of a list act
            if mentions.text[listed[-1].end : one.start] not in ("、", "和", "与", "及"):
                break
            listed.append(one)
        surface = mentions.text[first.start : listed[-1].end]
        return surface, actor_of(first) or mentions.context.self_, tuple(one.name for one in listed)
    for org in mentions.orgs:
        if start <= org.start and org.end <= end and not mentions.in_title(org.start) and not org.group:
            return org.surface, org.actor, ()
    return None


def bodies_of(mentions: Mentions, subject: Subject) -> list[Actor]:
    """The bodies for which a subject acts: that of each of its people."""
    others = [actor_of(p) for p in mentions.people if p.name in subject[2][1:]]
    return [subject[1], *(actor for actor in others if actor)]


def each_alone(mentions: Mentions, subject: Subject) -> list[Subject]:
    """The people of a list of different bodies who act one after the other, each for itself; else the subject."""
    if len(subject[2]) < 2:
        return [subject]
    people = [p for p in mentions.people if p.name in subject[2]]
    actors = {actor for p in people if (actor := actor_of(p))}
    if not len(actors) == len(people) == len(subject[2]) or not _ALONE.match(mentions.text, people[-1].end):
        return [subject]
    return [(mentions.text[p.start : p.end], actor_of(p) or subject[1], (p.name,)) for p in people]


def counterparts_in(mentions: Mentions, start: int, end: int) -> list[Counterpart]:
    """The people and bodies named in text[start:end], left to right."""
    text = mentions.text
    people = [p for p in mentions.people if start <= p.start and p.end <= end]
    orgs = [org for org in mentions.orgs if start <= org.start and org.end <= end]
    found: list[tuple[int, Counterpart]] = []
    for p in people:
        led = led_by(text, p, orgs)
        begin = min([p.start, *(org.start for org in _in_other_post(text, p, orgs))])
        orgs = [org for org in orgs if org is not led and not begin <= org.start < p.end]
        found.append((begin, Counterpart(text[begin : led.end if led else p.end], actor_of(p), p.name)))
    found.extend((org.start, Counterpart(_org_surface(text, org, end), org.actor)) for org in orgs)
    return [counterpart for _, counterpart in sorted(found, key=lambda item: item[0])]


def _in_other_post(text: str, person: PersonHit, orgs: list[OrgHit]) -> list[OrgHit]:
    """The bodies of the posts that stand before the one with the name: 甲会会长、乙局局长某某 is one person."""
    others = [actor for _, actor, _ in person.more]
    return [o for o in orgs if o.end <= person.start and o.actor in others and "，" not in text[o.end : person.start]]


def _org_surface(text: str, org: OrgHit, end: int) -> str:
    """A body, with the post of its head when only that is told (会见美国专利商标局局长)."""
    for post in POSTS:
        if text.startswith(post, org.end) and org.end + len(post) <= end:
            return org.surface + post
    return org.surface
