"""Talks: one event for each counterpart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from kg.extract.clauses import Clause, actor_of, clauses, clauses_before, place_names, unique
from kg.extract.counterparts import POSTS, Counterpart, Subject, bodies_of, counterparts_in, each_alone, subject_of
from kg.extract.dates import month_of
from kg.extract.mentions import Mentions, within
from kg.extract.signs import MEETING
from kg.extract.visits import VISIT
from kg.extract.words import alternation, any_of, words
from kg.model import Actor, DateRange, EventFact, EventType, Passage, Role
from kg.model.frozen import Frozen

__all__ = ["acting_subject", "find_talks"]

_TALK = re.compile(
    r"(?:举行|进行|开展|展开)(?:了)?(?:第?[\d一二三四五六七八九十]+[次轮])?(?:[高工][层作]级?层?|双边|工作层?|视频|线上|友好|专题){0,3}"
    r"(?P<noun>会谈|会晤|会见|磋商|会商(?!会)|(?<=[行了])[^，。；：“”《》（第会次场轮]{2,14}?(?:会谈|会晤|磋商)(?![会机暨小]))"
)
#: 与某某视频会谈, 同某某通电话, 与法官座谈: talks without 举行.
_DIRECT = re.compile(
    r"(?:视频|线上|电话|友好|深入|举行)?(?P<noun>会谈|会晤|会面|通电话|通话|座谈(?!会)|座谈交流)(?=[，。；]|并|之?后(?:[与同双]|\Z)|\Z)"
)
_MEET = re.compile(r"(?:分别|共同|先后)?(?P<noun>会见|会晤|拜会|接见|约谈(?!会|记录|制度|机制|[\d百千]))(?!的)")
#: What stands in every clause that the patterns of talks can match.
_MEETING = alternation("meeting_words")
_TOLD = re.compile(any_of((*(w for w, kind in words("meeting_words").items() if kind != "views"), "访", "参观")))
#: 甲局长同乙局长就某事交换意见: talks of people who were not yet told to meet.
_VIEWS = re.compile(r"(?:深入|充分|友好|广泛){0,2}(?P<noun>交换)(?:了)?意见(?=[，。；]|\Z)")
_THEM = re.compile(r"其(?!他|它|中|余)|[他她]们?|对方|来宾|客人")
#: 甲局长、乙局长率团参展，丙与两人分别举行会谈: as many as act in the clauses before.
_THOSE = re.compile(r"(?P<many>[两二三四])(?:人|位[\u4e00-\u9fff]{0,4})")
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4}
#: 抵达某市后, 在某市，代表团: what goes on about a journey has its month.
_ON_THE_WAY = re.compile(
    r"(?:抵达|到达|转赴|转往)[^，。；]{2,12}[，后]|(?:在[^，。；]{2,12}，)?(?:该|这个)?(?:代表团|访问团|一行)|在[^，。；]{2,8}期间"
)
_WITH = re.compile(r"与|同(?![志时意比样步类期业学事等一])|和(?=[^，]{2,60}(?:举行|进行))")


#: 签字仪式后，两部部长举行会谈: the heads of those who signed.
_TWO_HEADS = re.compile(
    r"(?:会后|随后|之后)?(?P<who>(?:中[\u4e00-\u9fff])?两(?:(?P<end>[部局署院厅市校])(?P=end)|国[部局]|位[部局署院厅市校])长)"
)


#: 就《甲协定》文本举行第二轮磋商: of a treaty or an agreement.
_OF_A_TEXT = re.compile(r"就[^，。；]{0,40}?(?:协[定议]|条约|公约|议定书|备忘录)(?:》?(?:文本|草案)|》|\Z)")
_ROUND = re.compile(r"第?[\d一二三四五六七八九十]+[次轮]")


class _Talk(Frozen):
    """Who met whom: the positions of the verb and the clause's subject."""

    subject: str
    actor: Actor
    people: tuple[str, ...]
    counterparts: tuple[Counterpart, ...]
    noun: str
    verb_start: int
    verb_end: int


def find_talks(
    mentions: Mentions,
    passage: Passage,
    before: Callable[[], Subject | None] | None = None,
    met: Callable[[], Sequence[Actor]] = tuple,
) -> Iterator[EventFact]:
    """The bilateral talks of a sentence, one for each counterpart and told date.

    `before` tells who acted in the sentences before one that goes on without a subject, `met` who met or signed there.
    """
    if not mentions.signs & MEETING:
        return
    for talk in _alone(mentions, _talks(mentions, before() if before else None, met)):
        dates = _dates(mentions, talk)
        named = [c for c in talk.counterparts if c.actor or c.person]
        told = any(dates) or any(c.person or (talk.people and c.surface.endswith(POSTS)) for c in named)
        if not named or (talk.noun in ("会见", "约谈") and not told):
            continue
        for when in dates:
            for counterpart in named:
                actors = [
                    *bodies_of(mentions, (talk.subject, talk.actor, talk.people)),
                    *([counterpart.actor] if counterpart.actor else []),
                ]
                people = [(name, Role.MEETS) for name in (*talk.people, counterpart.person) if name]
                yield EventFact(
                    passage=passage,
                    rule="event.talks",
                    confidence=0.9,
                    name=_name(mentions.text, talk, counterpart),
                    type=_kind(mentions.text, talk),
                    when=when,
                    places=place_names(mentions, _begin(mentions, talk.verb_start), talk.verb_start),
                    participants=unique(actors),
                    people=tuple(dict.fromkeys(people)),
                )


def _alone(mentions: Mentions, talks: Iterator[_Talk]) -> Iterator[_Talk]:
    """The talks, one for each of those who met the same one after the other (甲、乙先后来访，与丙会谈)."""
    for talk in talks:
        several = len(talk.people) > 1 and len(talk.counterparts) == 1
        whole = (talk.subject, talk.actor, talk.people)
        for subject, actor, people in each_alone(mentions, whole) if several else (whole,):
            yield replace(talk, subject=subject, actor=actor, people=people) if several else talk


def _name(text: str, talk: _Talk, counterpart: Counterpart) -> str:
    if about := _about(text, talk):  # 《甲协定》文本第二轮磋商
        round_ = _ROUND.search(text, about.end(), talk.verb_end)
        return f"{about.group().removeprefix('就')}{round_.group() if round_ else ''}{talk.noun}"
    if talk.noun in ("会见", "拜会", "接见", "约谈"):
        return f"{talk.subject}{talk.noun}{counterpart.surface}"
    with_ = f"与{counterpart.surface}" if counterpart.surface else ""
    return f"{talk.subject}{with_}举行{talk.noun}"


def _kind(text: str, talk: _Talk) -> EventType:
    """Consultations about the text of an agreement negotiate it."""
    return EventType.NEGOTIATION if _about(text, talk) else EventType.BILATERAL_TALKS


def _about(text: str, talk: _Talk) -> re.Match[str] | None:
    """The words about the text that consultations negotiate."""
    low = text.rfind("，", 0, talk.verb_start) + 1
    return _OF_A_TEXT.search(text, low, talk.verb_start) if talk.noun == "磋商" else None


def _begin(mentions: Mentions, at: int) -> int:
    return max([0, *(d.end for d in mentions.dates if d.end <= at)])


def _talks(mentions: Mentions, before: Subject | None, met: Callable[[], Sequence[Actor]]) -> Iterator[_Talk]:
    text = mentions.text
    subject: Subject | None = None
    acting: dict[int, Subject | None] = {}
    for clause in clauses(text):
        acting[clause.start] = subject
        patterns = (_TALK, _MEET, _DIRECT) if _MEETING.search(text, clause.start, clause.end) else ()
        match = next(filter(None, (p.search(text, clause.start, clause.end) for p in patterns)), None)
        match = match or _views(mentions, clause)
        if match is None or mentions.in_title(match.start()):
            subject = subject_of(mentions, clause.start, _acts_until(mentions, clause)) or subject
            continue
        is_talk = match.re is not _MEET
        if is_talk:
            joint = _with(mentions, clause.start, match.start())
            if joint is None and mentions.people and (listed := _with_list(mentions, clause)):
                clause, joint = listed
                subject = acting[clause.start]
            if joint is None:
                heads = _TWO_HEADS.match(text, clause.start, match.start())
                both = tuple(met()) if heads else ()
                if heads and len(both) == 2:  # 两部部长举行会谈
                    yield _Talk(heads["who"], both[0], (), (Counterpart("", both[1]),), match["noun"], *match.span())
                continue
            own = subject_of(mentions, clause.start, joint)
            found = counterparts_in(mentions, joint, match.start())
            if len(found) == 1 and found[0].actor is None and (host := _visited(mentions, clause.start)):
                found = [replace(found[0], actor=host)]
            if subject and not found and (those := _THOSE.match(text, joint)):
                found = _those(mentions, subject, _HOW_MANY[those["many"]])
            them = subject or before
            if them and not found and _THEM.match(text, joint):
                own = own or (mentions.context.self_.name, mentions.context.self_, ())
                found = [Counterpart(them[0], them[1], next(iter(them[2]), ""))] if them[1] != own[1] else []
        else:
            own = subject_of(mentions, clause.start, match.start())
            found = counterparts_in(mentions, match.end(), clause.end)
        subject = own or subject or before or (mentions.context.self_.name, mentions.context.self_, ())
        noun = match["noun"] if not is_talk or "双边" not in match.group() else "双边" + match["noun"]
        yield _Talk(*subject, tuple(found), noun, *match.span())


def _views(mentions: Mentions, clause: Clause) -> re.Match[str] | None:
    """The words about an exchange of views that is a meeting of its own: two people are named, and nothing before."""
    if "换" not in mentions.text or len(mentions.people) < 2:
        return None
    views = _VIEWS.search(mentions.text, clause.start, clause.end)
    joint = _with(mentions, clause.start, views.start()) if views else None
    if views is None or joint is None or _TOLD.search(mentions.text, 0, clause.start):
        return None
    sides = [(clause.start, joint), (joint, views.start())]
    return views if all(any(a <= p.start and p.end <= b for p in mentions.people) for a, b in sides) else None


def _those(mentions: Mentions, subject: Subject, count: int) -> list[Counterpart]:
    """The people who act in the clauses before, when they are as many as told."""
    people = [p for p in mentions.people if p.name in subject[2]] if len(subject[2]) == count else []
    return [Counterpart(mentions.text[p.start : p.end], actor_of(p), p.name) for p in people]


def _acts_until(mentions: Mentions, clause: Clause) -> int:
    """Where those end who act in a clause: 在某地与某局续签…, 走访某局."""
    joint, visit = _with(mentions, clause.start, clause.end), VISIT.search(mentions.text, clause.start, clause.end)
    return min(clause.end if joint is None else joint, visit.start() if visit else clause.end)


def _visited(mentions: Mentions, at: int) -> Actor | None:
    """The one body that the sentence says was visited before `at`: 访问某法院，与首席大法官举行会谈."""
    visit = VISIT.search(mentions.text, 0, at)
    bodies = [o.actor for o in mentions.orgs if visit and visit.end() <= o.start and o.end <= at and not o.group]
    return bodies[0] if len(bodies) == 1 else None


def _with(mentions: Mentions, start: int, end: int) -> int | None:
    """The position after the 与 or 同 that brings in the counterparts."""
    for match in _WITH.finditer(mentions.text, start, end):
        inside = any(o.start < match.start() < o.end for o in mentions.orgs)
        if not inside and not any(p.start < match.start() < p.end for p in mentions.people):
            return match.end()
    return None


def _with_list(mentions: Mentions, clause: Clause) -> tuple[Clause, int] | None:
    """The clauses of a list of counterparts as one, and where that begins: 分别与某部长甲，某局长乙，某司长丙举行会谈."""
    text = mentions.text
    for one in clauses_before(text, clause.start):
        if text[one.end] != "，" or not any(p.end == one.end for p in within(mentions.people, one.start, one.end)):
            return None
        if joint := _with(mentions, one.start, one.end):
            return Clause(one.start, clause.end), joint
    return None


def acting_subject(mentions: Mentions) -> Subject | None:
    """Who acts in a sentence: named before the verb of meeting or visiting when there is one, not whom they met."""
    verbs = [m for pattern in (_TALK, _MEET, VISIT) if (m := pattern.search(mentions.text))]
    if not verbs:
        return subject_of(mentions, 0, len(mentions.text))
    first = min(verbs, key=lambda m: m.start())
    joint = _with(mentions, 0, first.start()) if first.re is _TALK else None
    return subject_of(mentions, 0, first.start() if joint is None else joint)


def _dates(mentions: Mentions, talk: _Talk) -> list[DateRange | None]:
    before = [d for d in mentions.dates if d.start < talk.verb_start and not d.since]
    if len(before) > 1 and "分别" in mentions.text[before[-1].end : talk.verb_start]:
        joined = all(len(mentions.text[a.end : b.start]) <= 2 for a, b in pairwise(before))
        if joined:
            return [d.when for d in before]
    if before:
        return [before[-1].when]
    told = mentions.context.date
    if mentions.context.continues and not mentions.dates:
        return [told]
    if told and not mentions.dates and _ON_THE_WAY.match(mentions.text):
        return [month_of(told)]
    return [
        mentions.context.date
        if re.match(r"[^，]{0,8}(?:期间|其间|同期|间隙|之后|会后|会上|式后)", mentions.text)
        else None
    ]
