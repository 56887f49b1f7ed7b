"""Visits: one event for each body or country, one for a journey of inquiry with its places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from kg.extract.clauses import Clause, actor_of, clauses, happened, place_names, unique
from kg.extract.counterparts import Counterpart, Subject, bodies_of, counterparts_in, each_alone, subject_of
from kg.extract.delegations import TEAM
from kg.extract.mentions import Mentions
from kg.extract.offices import Offices
from kg.extract.signs import VISITING
from kg.extract.words import alternation
from kg.model import Actor, ActorKind, DateRange, EventFact, EventType, Passage, PlaceKind, Role

__all__ = ["VISIT", "find_visits"]

_COMES = re.compile(r"(?=[率一来到])(?:率团|一行)?(?P<noun>来访|来华访问|到访|来[\u4e00-\u9fff]访问)")
#: 应甲局邀请，: who asks to come is no guest.
_INVITED = re.compile(r"(?:\A|[，；])应[^，。；]{2,60}?邀请，?")
#: 代表团先后到访…: the day is that of what was told before.
_GOES_ON = re.compile(rf"(?:该|这个)?{TEAM}|[其此]间|访[问华]?期间")
_COME_END = re.compile(r"[，。；]|并|\Z")
_LOOKED = re.compile(r"(?:交流|访问|学习|考察)?(?:[，。；]|\Z)")
VISIT = re.compile(
    r"(?=[率组分访拜走出到顺参考])(?:率团|组团)?(?:分别)?(?P<verb>访问|拜访|走访|出访|到访|顺访|参观|(?<=一行)考察|(?<=代表团)考察)(?:了)?(?=[^者量交])"
)
_GO = re.compile(
    r"(?=[率组一赴在前深到])(?:率团|组团|一行)?(?:赴|在|前往|深入|(?<![达得收受感看遇直提接签来])到(?!访))(?P<where>[^，。；]{2,60}?)(?P<verb>(?:针对性)?(?:开展|进行)(?:了)?[^，。；、在赴]{0,12}?"
    r"(?:调研|访问|考察|交流)|(?:调研|考察|检查|督查|督导|(?<![\d销贴双])调查)(?![团员]|组(?!织)|中(?![国央山小南医学共华建核]))(?:了)?[^，。；]{0,30}|(?:友好|学习|工作|交流)?(?:访问|出访|考察|参观)(?:交流|访问|学习|考察)?)(?=[，。；并和]|\Z)"
)
_FRIENDLY = re.compile(r"调研|访问|考察|交流|参观")
_INQUIRY = re.compile(r"调研|考察|检查|督查|督导")
_STATE_VISIT = re.compile(
    r"访(?<![采专走拜回上]访)(?P<short>[\u4e00-\u9fff])(?=期间|成果|之际|(?P<ends>[，。；]|并|\Z))"
)
#: 来访 and 暗访, guests whom we take along, and guests who look around.
_NO_VISIT = re.compile(
    r"(?:来[华京]?|出国|暗|回|陪同.{0,8}|(?:客人|来宾|嘉宾|外宾|学员|记者|代表)们?(?:还|一行|先后|分别|现场|实地|集体){0,2})\Z"
)
#: 会见某局长，次日客人前往…参观: the guests are those met before.
_THE_MET = re.compile(r"，?(?:次日|当[日天]|随后|会后|其后|之后)?，?(?:客人|来宾|外宾)")
_RECEIVED = re.compile("会见|接见|会晤|会谈|接待")
#: 甲代表团、乙一行先后来访: what stands behind each of the guests.
_LISTED = re.compile(r"[^，。；、]{0,8}[、和与及]?(?:先后|分别|一行|率团|等)?")
_GUESTS = re.compile(r"(?:代表团|一行)(?:\d{1,3}余?人)?[也曾还先后近日前]{0,4}\Z")
#: What stands in every clause that the patterns of visits can match.
_VISITING = alternation("visiting_words")
#: 邀请某部长访华: whether the guest came is not told.
_CALLED = re.compile(r"邀请(?!，)|希望|欢迎|期待|首次访|曾|计划|拟|将")
#: 考察组先后到访…: the guests of the sentence before.
_THE_GUESTS = re.compile(rf"(?:该|这个)?{TEAM}")
#: 赴甲省考察, right before the clause that tells whom it was to.
_JOURNEY = re.compile(r"(?:赴|到|在|前往)[^，。；]{2,12}?(?:调研|考察|学习)[^，。；]{0,6}[，；]\Z")
_LONGEST_NAME, _NEAR = 60, 30


def find_visits(mentions: Mentions, passage: Passage, offices: Offices) -> Iterator[EventFact]:
    """Visits: to bodies (one event each), to countries, to places for an inquiry (调研)."""
    text = mentions.text
    if not mentions.signs & VISITING:
        return
    guests: list[EventFact] = []
    for clause in clauses(text):
        if not _VISITING.search(text, clause.start, clause.end):
            continue
        for match in _STATE_VISIT.finditer(text, clause.start, clause.end):
            yield from _state_visit(mentions, passage, match, offices)
        if not happened(text, clause):
            continue
        visit = VISIT.search(text, clause.start, clause.end)
        comes = _COMES.search(text, clause.start, clause.end)
        home = comes and not mentions.in_title(comes.start()) and _reaches_us(mentions, comes.end())
        if comes and home:
            guests += _coming(mentions, passage, clause, comes)
        at_end = visit and visit["verb"] == "参观" and _LOOKED.match(text, visit.end())  # 到某大学参观
        if visit and not at_end and not mentions.in_title(visit.start()):
            if not (home and visit["verb"] == "到访"):
                yield from _visits(mentions, passage, clause, visit)
        elif (journey := _GO.search(text, clause.start, clause.end)) and not mentions.in_title(journey.start()):
            if guests and (seen := _seen_there(mentions, clause, journey)):
                guests = [replace(guest, places=seen) for guest in guests]
            else:
                yield from _journey(mentions, passage, clause, journey)
    yield from guests


def _seen_there(mentions: Mentions, clause: Clause, journey: re.Match[str]) -> tuple[str, ...]:
    """Where guests told in a clause before were taken (某局长来访，在某港考察): no visit of its own; () when another acts
    or a body is visited."""
    other = any(clause.start <= o.start < journey.end() for o in mentions.orgs)
    other = other or any(clause.start <= p.start < journey.end() for p in mentions.people)
    return () if other else place_names(mentions, clause.start, journey.start("verb"))


def _visitor(mentions: Mentions, start: int, at: int) -> Subject:
    if _THE_MET.match(mentions.text, start, at) and (met := _RECEIVED.search(mentions.text, 0, start)):
        guest = subject_of(mentions, met.end(), start)
        if guest:
            return guest
    asked = _INVITED.search(mentions.text, 0, at) if "邀请" in mentions.text else None
    low = asked.end() if asked else 0
    found = subject_of(mentions, max(start, low), at) or subject_of(mentions, low, at)
    return found or ("", mentions.context.self_, ())


def _visits(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    if _NO_VISIT.search(mentions.text[max(0, match.start() - 16) : match.start()]):
        return
    visitor = _visitor(mentions, clause.start, match.start())
    subject, _, people = visitor
    when = mentions.date_at(match.start())
    if when is None and (mentions.context.continues or _GOES_ON.match(mentions.text)):
        when = mentions.context.date
    if not people and (guests := _THE_GUESTS.match(mentions.text, clause.start)):
        subject, when = guests.group(), when or mentions.context.date
    targets = [c for c in counterparts_in(mentions, match.end(), clause.end) if c.actor]
    if not targets:
        targets = [
            Counterpart(p.surface, Actor(p.surface, ActorKind.PLACE))
            for p in mentions.places
            if match.end() <= p.start < clause.end and p.entry.kind == PlaceKind.COUNTRY
        ]
    for target in targets:
        if target.actor and (when or people):
            country = target.actor.kind is ActorKind.PLACE
            where = (target.surface,) if country else _scene(mentions, clause.start, match.start())
            name = f"{subject}访问{target.surface}"
            yield _visit(passage, name, bodies_of(mentions, visitor), target.actor, people, when, where)


def _scene(mentions: Mentions, start: int, at: int) -> tuple[str, ...]:
    """Where a visit told in text[start:at] was made, else the one place of a journey in the clause before (赴甲省考察，
    走访乙院)."""
    told = place_names(mentions, start, at)
    journey = _JOURNEY.search(mentions.text, max(0, start - _NEAR), start) if start and not told else None
    before = place_names(mentions, journey.start(), journey.end()) if journey else ()
    return before if len(before) == 1 else told


def _reaches_us(mentions: Mentions, at: int) -> bool:
    """True when a coming ends at `at`, or the reporting body is named there (来访学院)."""
    us = {mentions.context.self_.name, mentions.context.publisher.name}
    if _COME_END.match(mentions.text, at) or any(
        o.start == at and us & {o.actor.name, *o.aliases} for o in mentions.orgs
    ):
        return True
    # 到访商务厅: the end of our name
    return any(name.endswith(mentions.text[at : at + size]) for name in us for size in range(3, 7) if len(name) > size)


def _coming(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    """某院长来访: a visit to the reporting body."""
    guest = subject_of(mentions, clause.start, match.start())
    host = mentions.context.self_
    when = mentions.date_at(match.start())
    if guest is None or guest[1].name == host.name:
        return
    people = guest[2]
    if when is None and not _GUESTS.search(mentions.text, clause.start, match.start()):
        return
    for one in each_alone(mentions, guest) if people else ():
        yield _visit(passage, f"{one[0]}{match['noun']}", bodies_of(mentions, one), host, one[2], when, ())
    if people:
        return
    at = match.start()
    for body in reversed(counterparts_in(mentions, clause.start, at)):  # 甲代表团、乙代表团先后来访
        begin = mentions.text.rfind(body.surface, clause.start, at)
        if not _LISTED.fullmatch(mentions.text, begin + len(body.surface), at):
            break
        at = begin
        if body.actor is not None and body.actor.name != host.name:
            yield _visit(passage, f"{body.surface}{match['noun']}", [body.actor], host, (), when, ())


def _visit(
    passage: Passage,
    name: str,
    actors: list[Actor],
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
        participants=unique([*actors, *([target] if target else [])]),
        people=tuple((p, Role.ATTENDS) for p in people),
    )


def _journey(mentions: Mentions, passage: Passage, clause: Clause, match: re.Match[str]) -> Iterator[EventFact]:
    """赴湖北、山东开展调研: one event with its places; 赴新西兰进行工作访问: a visit to each country."""
    text = mentions.text
    visitor = _visitor(mentions, clause.start, match.start())
    subject, actor, people = visitor
    when = mentions.date_at(match.start())
    bodies = [c for c in counterparts_in(mentions, match.start(), match.start("verb")) if c.actor]
    places = [p for p in mentions.places if match.start() <= p.start < match.start("verb")]
    places = [p for p in places if not any(o.start <= p.start < o.end for o in mentions.orgs)]
    if "访问" in match["verb"] and "交流" not in match["verb"]:
        for place in places:
            target = Actor(place.surface, ActorKind.PLACE)
            name = f"{subject}访问{place.surface}"
            yield _visit(passage, name, bodies_of(mentions, visitor), target, people, when, (place.surface,))
        return
    surfaces = tuple(dict.fromkeys(p.surface for p in places))
    told = place_names(mentions, match.start(), match.start("verb"))
    where = told if set(surfaces) <= set(told) else surfaces
    asked = _INQUIRY.match(match["verb"])
    begin = match.start("verb") + (asked.end() if asked else 0)
    if asked and any(o.start == begin for o in mentions.orgs):  # 赴某市调研甲集团和乙公司: each is visited
        for one in counterparts_in(mentions, begin, match.end()):
            name = f"{subject}{asked.group()}{one.surface}"
            yield _visit(passage, name, bodies_of(mentions, visitor), one.actor, people, when, where)
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
        places=where,
        participants=(actor, *(c.actor for c in bodies if c.actor)),
        people=tuple((p, Role.ATTENDS) for p in people),
    )


def _to_country(mentions: Mentions, passage: Passage, match: re.Match[str], country: str) -> Iterator[EventFact]:
    """某部长率团于5月3日至6日访华: a visit that its clause tells in full."""
    at = match.start()
    begin = mentions.text.rfind("，", 0, at) + 1
    guest = _visitor(mentions, begin, at)
    when = mentions.date_at(at)
    if not guest[0] or guest[1].implied or not (when or guest[2]) or _CALLED.search(mentions.text, begin, at):
        return
    name = f"{guest[0]}{match.group()}"
    yield _visit(passage, name, bodies_of(mentions, guest), Actor(country, ActorKind.PLACE), guest[2], when, (country,))


def _state_visit(mentions: Mentions, passage: Passage, match: re.Match[str], offices: Offices) -> Iterator[EventFact]:
    """习近平主席访法期间: a visit named by an abbreviation."""
    entry = offices.lexicon.short(match["short"], domestic=False)
    if entry is None and match["short"] != "华":
        return
    short = entry.zh if entry else "中国"
    person = next((p for p in mentions.people if p.end == match.start()), None)
    if person is None:
        if match["ends"] is not None and not mentions.in_title(match.start()):
            yield from _to_country(mentions, passage, match, short)
        return
    actor = actor_of(person) or Actor("中国", ActorKind.PLACE)
    name = mentions.text[person.start : match.end()]
    yield _visit(
        passage,
        name,
        [actor],
        Actor(short, ActorKind.PLACE),
        (person.name,),
        mentions.date_at(match.start()),
        (short,),
        "event.state-visit",
    )
