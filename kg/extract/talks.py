"""Talks, visits and negotiations: one event for each counterpart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.clauses import Clause, actor_of, clauses, happened, place_names
from kg.extract.mentions import Mentions, OrgHit
from kg.extract.offices import Offices
from kg.extract.words import any_of
from kg.model import Actor, ActorKind, DateRange, EventFact, EventStatus, EventType, Passage, PlaceKind, Role

__all__ = [
    "MEETING",
    "NEGOTIATING",
    "VISITING",
    "Subject",
    "acting_subject",
    "find_negotiations",
    "find_talks",
    "find_visits",
]

_TALK = re.compile(
    r"(?:举行|进行|开展|展开)(?:了)?(?:第?[\d一二三四五六七八九十]+次)?(?:双边|工作|视频|线上|友好)?(?P<noun>会谈|会晤)"
)
#: 与某某视频会谈, 同某某通电话, 与法官座谈: talks without 举行.
_DIRECT = re.compile(
    r"(?:视频|线上|电话|友好|深入|举行)?(?P<noun>会谈|会晤|通电话|通话|座谈(?!会)|座谈交流)(?=[，。；]|并|，|\Z)"
)
_COMES = re.compile(r"(?:率团|一行)?(?P<noun>来访|来华访问|到访|来[\u4e00-\u9fff]访问)")
_COME_END = re.compile(r"[，。；]|并|\Z")
_MEET = re.compile(r"(?:分别|共同|先后)?(?P<noun>会见|会晤|拜会|接见)(?!的)")
_VISIT = re.compile(r"(?:率团|组团)?(?:分别)?(?P<verb>访问|拜访|走访|出访|参观)(?:了)?(?=[^者量交])")
_GO = re.compile(
    r"(?:率团|组团|一行)?(?:赴|在|前往)(?P<where>[^，。；]{2,60}?)(?P<verb>(?:针对性)?(?:开展|进行)(?:了)?[^，。；、在赴]{0,12}?"
    r"(?:调研|访问|考察|交流)|(?:调研|考察|检查|督查|督导|调查)(?![团员]|组(?!织))(?:了)?[^，。；]{0,30}|访问交流)(?=[，。；并和]|\Z)"
)
_FRIENDLY = re.compile(r"调研|访问|考察|交流")
_STATE_VISIT = re.compile(r"访(?P<short>[\u4e00-\u9fff])(?=期间|成果|之际|，|。)")
#: What stands in every sentence that the patterns of talks, visits or negotiations can match.
MEETING = ("会谈", "会晤", "会见", "拜会", "接见", "通电话", "通话", "座谈")
VISITING = ("访", "参观", "调研", "调查", "考察", "交流", "检查", "督")
NEGOTIATING = "谈判"
_MEETING, _VISITING = re.compile(any_of(MEETING)), re.compile(any_of(VISITING))
_THEM = re.compile(r"其(?!他|它|中|余)|[他她]们?|对方|来宾|客人")
_WITH = re.compile(r"与|同(?![志时意比样步类期业学事等一])|和(?=[^，]{2,60}(?:举行|进行))")
_TREATY = re.compile(r"(?P<what>(?:自由贸易|自贸)(?:协定|区)?[^，。；《》]{0,14}?谈判)")
_LISTED = re.compile(r"(?:自由贸易协定|自贸协定|自由贸易区|自贸区)?(?:[、和与及]|以及)?")
_DASH = re.compile(r"[—–\-－]{1,2}")
_CONSULT = re.compile(
    r"(?:参与|参加|开展|启动|推进)(?P<name>(?P<who>[^，。；]{2,20}?)(?P<what>[“《][^，。；]{2,40}[”》])(?:磋商)?谈判)"
)
_LONGEST_NAME = 60

#: Who acts: how the text names them, the body they act for, and the people among them.
Subject = tuple[str, Actor, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Counterpart:
    """Somebody met: `surface` is how the text names them, with post and name."""

    surface: str
    actor: Actor | None
    person: str = ""


@dataclass(frozen=True, slots=True)
class _Talk:
    """Who met whom: the positions of the verb and the clause's subject."""

    subject: str
    actor: Actor
    people: tuple[str, ...]
    counterparts: tuple[_Counterpart, ...]
    noun: str
    verb_start: int


def find_talks(
    mentions: Mentions, passage: Passage, before: Callable[[], Subject | None] | None = None
) -> Iterator[EventFact]:
    """The bilateral talks of a sentence, one for each counterpart and told date.

    `before` tells who acted in the sentences before one that goes on without a subject.
    """
    if not _MEETING.search(mentions.text):
        return
    for talk in _talks(mentions, before() if before else None):
        dates = _dates(mentions, talk)
        named = [c for c in talk.counterparts if c.actor or c.person]
        if not named or (not any(dates) and not any(c.person for c in named) and talk.noun == "会见"):
            continue
        for when in dates:
            for counterpart in named:
                actors = [talk.actor, *([counterpart.actor] if counterpart.actor else [])]
                met = [(name, Role.MEETS) for name in (*talk.people, counterpart.person) if name]
                yield EventFact(
                    passage=passage,
                    rule="event.talks",
                    confidence=0.9,
                    name=_name(talk, counterpart),
                    type=EventType.BILATERAL_TALKS,
                    when=when,
                    places=place_names(mentions, _begin(mentions, talk.verb_start), talk.verb_start),
                    participants=tuple(dict.fromkeys(actors)),
                    people=tuple(dict.fromkeys(met)),
                )


def _name(talk: _Talk, counterpart: _Counterpart) -> str:
    if talk.noun in ("会见", "拜会", "接见"):
        return f"{talk.subject}{talk.noun}{counterpart.surface}"
    return f"{talk.subject}与{counterpart.surface}举行{talk.noun}"


def _begin(mentions: Mentions, at: int) -> int:
    return max([0, *(d.end for d in mentions.dates if d.end <= at)])


def _talks(mentions: Mentions, before: Subject | None) -> Iterator[_Talk]:
    text = mentions.text
    subject: Subject | None = None
    for clause in clauses(text):
        patterns = (_TALK, _MEET, _DIRECT) if _MEETING.search(text, clause.start, clause.end) else ()
        match = next(filter(None, (p.search(text, clause.start, clause.end) for p in patterns)), None)
        if match is None or mentions.in_title(match.start()):
            subject = _subject_of(mentions, clause.start, clause.end) or subject
            continue
        is_talk = match.re is not _MEET
        if is_talk:
            joint = _with(mentions, clause.start, match.start())
            if joint is None:
                continue
            own = _subject_of(mentions, clause.start, joint)
            found = _counterparts(mentions, joint, match.start())
            if subject and not found and _THEM.match(text, joint):
                own = own or (mentions.context.self_.name, mentions.context.self_, ())
                found = [_Counterpart(subject[0], subject[1], next(iter(subject[2]), ""))]
        else:
            own = _subject_of(mentions, clause.start, match.start())
            found = _counterparts(mentions, match.end(), clause.end)
        subject = own or subject or before or (mentions.context.self_.name, mentions.context.self_, ())
        noun = match["noun"] if not is_talk or "双边" not in match.group() else "双边" + match["noun"]
        yield _Talk(*subject, tuple(found), noun, match.start())


def _with(mentions: Mentions, start: int, end: int) -> int | None:
    """The position after the 与 or 同 that brings in the counterparts."""
    for match in _WITH.finditer(mentions.text, start, end):
        inside = any(o.start < match.start() < o.end for o in mentions.orgs)
        if not inside and not any(p.start < match.start() < p.end for p in mentions.people):
            return match.end()
    return None


def _subject_of(mentions: Mentions, start: int, end: int) -> Subject | None:
    """The first person, else the first body, named in text[start:end]."""
    people = [p for p in mentions.people if start <= p.start and p.end <= end and not mentions.in_title(p.start)]
    if people:
        first = people[0]
        return mentions.text[first.start : first.end], actor_of(first) or mentions.context.self_, (first.name,)
    for org in mentions.orgs:
        if start <= org.start and org.end <= end and not mentions.in_title(org.start) and not org.group:
            return org.surface, org.actor, ()
    return None


def acting_subject(mentions: Mentions) -> Subject | None:
    """Who acts in a sentence: named before the verb of meeting or visiting when there is one, not whom they met."""
    verbs = [m for pattern in (_TALK, _MEET, _VISIT) if (m := pattern.search(mentions.text))]
    if not verbs:
        return _subject_of(mentions, 0, len(mentions.text))
    first = min(verbs, key=lambda m: m.start())
    joint = _with(mentions, 0, first.start()) if first.re is _TALK else None
    return _subject_of(mentions, 0, first.start() if joint is None else joint)


def _counterparts(mentions: Mentions, start: int, end: int) -> list[_Counterpart]:
    text = mentions.text
    people = [p for p in mentions.people if start <= p.start and p.end <= end]
    found = [(p.start, _Counterpart(text[p.start : p.end], actor_of(p), p.name)) for p in people]
    found.extend(
        (org.start, _Counterpart(_org_surface(text, org, end), org.actor))
        for org in mentions.orgs
        if start <= org.start and org.end <= end and not any(p.start <= org.start < p.end for p in people)
    )
    return [counterpart for _, counterpart in sorted(found, key=lambda item: item[0])]


def _org_surface(text: str, org: OrgHit, end: int) -> str:
    """A body, with the post of its head when only that is told (会见美国专利商标局局长)."""
    for post in ("局长", "总干事", "主席", "代表团", "大使"):
        if text.startswith(post, org.end) and org.end + len(post) <= end:
            return org.surface + post
    return org.surface


def _dates(mentions: Mentions, talk: _Talk) -> list[DateRange | None]:
    before = [d for d in mentions.dates if d.start < talk.verb_start and not d.since]
    if len(before) > 1 and "分别" in mentions.text[before[-1].end : talk.verb_start]:
        joined = all(len(mentions.text[a.end : b.start]) <= 2 for a, b in pairwise(before))
        if joined:
            return [d.when for d in before]
    if before:
        return [before[-1].when]
    if mentions.context.continues and not mentions.dates:
        return [mentions.context.date]
    return [mentions.context.date if re.match(r"[^，]{0,8}(?:期间|其间|同期)", mentions.text) else None]


def find_visits(mentions: Mentions, passage: Passage, offices: Offices) -> Iterator[EventFact]:
    """Visits: to bodies (one event each), to countries, to places for an inquiry (调研)."""
    text = mentions.text
    if not _VISITING.search(text):
        return
    for clause in clauses(text):
        if not _VISITING.search(text, clause.start, clause.end):
            continue
        for match in _STATE_VISIT.finditer(text, clause.start, clause.end):
            yield from _state_visit(mentions, passage, match, offices)
        if not happened(text, clause):
            continue
        visit, journey = _VISIT.search(text, clause.start, clause.end), _GO.search(text, clause.start, clause.end)
        comes = _COMES.search(text, clause.start, clause.end)
        if comes and not mentions.in_title(comes.start()) and _reaches_us(mentions, comes.end()):
            yield from _coming(mentions, passage, clause, comes)
        if visit and not mentions.in_title(visit.start()):
            yield from _visits(mentions, passage, clause, visit)
        elif journey and not mentions.in_title(journey.start()):
            yield from _journey(mentions, passage, clause, journey)


def _visitor(mentions: Mentions, start: int, at: int) -> Subject:
    return _subject_of(mentions, start, at) or _subject_of(mentions, 0, at) or ("", mentions.context.self_, ())


def _visits(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    if re.search(r"来[华京]?\Z|出国\Z|暗\Z|回\Z|陪同.{0,8}\Z", mentions.text[: match.start()]):
        return
    subject, actor, people = _visitor(mentions, clause.start, match.start())
    when = mentions.date_at(match.start()) or (mentions.context.date if mentions.context.continues else None)
    targets = [c for c in _counterparts(mentions, match.end(), clause.end) if c.actor]
    if not targets:
        targets = [
            _Counterpart(p.surface, Actor(p.surface, ActorKind.PLACE))
            for p in mentions.places
            if match.end() <= p.start < clause.end and p.entry.kind == PlaceKind.COUNTRY
        ]
    for target in targets:
        if target.actor and (when or people):
            yield _visit(passage, f"{subject}访问{target.surface}", actor, target.actor, people, when, ())


def _reaches_us(mentions: Mentions, at: int) -> bool:
    """True when a coming ends at `at`, or the reporting body is named there (来访学院)."""
    us = (mentions.context.self_.name, mentions.context.publisher.name)
    return _COME_END.match(mentions.text, at) is not None or any(
        o.start == at and o.actor.name in us for o in mentions.orgs
    )


def _coming(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    """某院长来访: a visit to the reporting body."""
    guest = _subject_of(mentions, clause.start, match.start())
    host = mentions.context.self_
    when = mentions.date_at(match.start())
    if guest is None or guest[1].name == host.name:
        return
    surface, actor, people = guest
    if when is None and not mentions.text.endswith(("代表团", "一行"), clause.start, match.start()):
        return
    yield _visit(passage, f"{surface}{match['noun']}", actor, host, people, when, ())


def _visit(
    passage: Passage,
    name: str,
    actor: Actor,
    target: Actor | None,
    people: tuple[str, ...],
    when: DateRange | None,
    places: tuple[str, ...],
    rule: str = "event.visit",
) -> EventFact:
    return EventFact(
        passage=passage,
        rule=rule,
        confidence=0.85,
        name=name[:_LONGEST_NAME],
        type=EventType.VISIT,
        when=when,
        places=places,
        participants=(actor, target) if target else (actor,),
        people=tuple((p, Role.ATTENDS) for p in people),
    )


def _journey(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    """赴湖北、山东开展调研: one event with its places; 赴新西兰进行工作访问: a visit to each country."""
    text = mentions.text
    subject, actor, people = _visitor(mentions, clause.start, match.start())
    when = mentions.date_at(match.start())
    bodies = [c for c in _counterparts(mentions, match.start(), match.start("verb")) if c.actor]
    places = [p for p in mentions.places if match.start() <= p.start < match.start("verb")]
    places = [p for p in places if not any(o.start <= p.start < o.end for o in mentions.orgs)]
    if "访问" in match["verb"] and "交流" not in match["verb"]:
        for place in places:
            target = Actor(place.surface, ActorKind.PLACE)
            yield _visit(passage, f"{subject}访问{place.surface}", actor, target, people, when, (place.surface,))
        return
    if not (places or bodies):
        return
    end = match.end()
    name = f"{subject}{text[match.start() : end]}"
    if not bodies and not subject:
        name = re.sub(r"^(?:针对性)?(?:开展|进行)(?:了)?", "", match["verb"]) or name
    yield EventFact(
        passage=passage,
        rule="event.journey" if _FRIENDLY.search(match["verb"]) else "event.inspection",
        confidence=0.75,
        name=name[:_LONGEST_NAME],
        type=EventType.VISIT,
        when=when,
        places=tuple(dict.fromkeys(p.surface for p in places)),
        participants=(actor, *(c.actor for c in bodies if c.actor)),
        people=tuple((p, Role.ATTENDS) for p in people),
    )


def _state_visit(mentions: Mentions, passage: Passage, match: re.Match[str], offices: Offices) -> Iterator[EventFact]:
    """习近平主席访法期间: a visit named by an abbreviation."""
    person = next((p for p in mentions.people if p.end == match.start()), None)
    entry = offices.lexicon.short(match["short"], domestic=False)
    if person is None or entry is None:
        return
    short = entry.zh
    actor = actor_of(person) or Actor("中国", ActorKind.PLACE)
    name = mentions.text[person.start : match.end()]
    yield _visit(
        passage,
        name,
        actor,
        Actor(short, ActorKind.PLACE),
        (person.name,),
        mentions.date_at(match.start()),
        (short,),
        "event.state-visit",
    )


def _pairs_before(mentions: Mentions, at: int) -> list[tuple[str, str]]:
    """The pairs 中国—秘鲁、中国—洪都拉斯 of the list that ends at `at`."""
    pairs: list[tuple[str, str]] = []
    places = [p for p in mentions.places if p.end <= at]
    while len(places) >= 2:
        a, b = places[-2:]
        if not (_DASH.fullmatch(mentions.text, a.end, b.start) and _LISTED.fullmatch(mentions.text, b.end, at)):
            break
        pairs.append((a.surface, b.surface))
        at, places = a.start, places[:-2]
    return pairs[::-1]


def find_negotiations(mentions: Mentions, passage: Passage) -> Iterator[EventFact]:
    """Negotiations of named treaties: one event for each pair of countries."""
    text = mentions.text
    if NEGOTIATING not in text:
        return
    for match in _TREATY.finditer(text):
        for a, b in _pairs_before(mentions, match.start()):
            yield EventFact(
                passage=passage,
                rule="event.negotiation",
                confidence=0.85,
                name=f"{a}—{b}{match['what']}",
                type=EventType.NEGOTIATION,
                when=mentions.date_at(match.start()),
                participants=(Actor(a, ActorKind.PLACE), Actor(b, ActorKind.PLACE)),
                status=EventStatus.HELD,
            )
    for match in _CONSULT.finditer(text):
        orgs = [o.actor for o in mentions.orgs if match.start("who") <= o.start < match.end("who")]
        if orgs:
            yield EventFact(
                passage=passage,
                rule="event.consultation",
                confidence=0.75,
                name=text[match.start("what") : match.end()],
                type=EventType.NEGOTIATION,
                when=mentions.date_at(match.start()),
                participants=(*orgs, mentions.context.self_),
            )
