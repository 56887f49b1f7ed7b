"""Events of a report, sentence by sentence, with what the next sentence adds (申长雨局长出席会议)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from kg.extract.agreement_parties import partners
from kg.extract.agreements import find_agreements, may_sign, minutes_of_meetings
from kg.extract.clauses import actor_of, actors_between, clauses, happened, place_names, unique
from kg.extract.counterparts import Subject
from kg.extract.gathering_guests import guests_after
from kg.extract.gathering_hosts import hosts_after
from kg.extract.mentions import Mentions
from kg.extract.negotiations import find_negotiations
from kg.extract.offices import Offices
from kg.extract.roles import people_with_roles, witnesses_in
from kg.extract.signs import MEETING, NEGOTIATING, VISITING
from kg.extract.talks import acting_subject, find_talks
from kg.extract.visits import find_visits
from kg.model import (
    Actor,
    ActorKind,
    AgencyKind,
    AgreementFact,
    AgreementType,
    DateRange,
    EventFact,
    EventType,
    Passage,
    Role,
)
from kg.model.frozen import Frozen

__all__ = ["EventFinder", "Happened"]

#: What stands in every sentence that tells of talks, a visit or a negotiation.
_HAPPENING = MEETING | VISITING | NEGOTIATING
_OF_IT = "了?(?:会议|大会|活动|仪式|论坛|开幕式|会谈|并|介绍)"
# Each alternative begins with a character, which is quick to look for.
_IT = re.compile(
    f"出席{_OF_IT}|参加{_OF_IT}|主持{_OF_IT}|参会|参训|列席|到会|派员|作[^，。；]{{0,8}}(?:讲话|致辞|发言|主[旨题]报告|主[旨题]演讲)"
    r"|在(?:开幕式|开班式|启动仪式|会|会议|论坛|大会|活动|仪式)上(?:分别|先后)?(?:致|作|讲话|发言)"
    "|会议由|活动由|论坛由|大会由"
)
#: 他还会见了某局长: whoever acted before.
_HE = re.compile(r"其(?<=[与同]其)(?!他|它|中|余)|他(?![们国人方山乡类项律])|她(?![们国人方山乡类项律])")
#: 会议间隙, 其间: where the event before takes place.
_MEANWHILE = re.compile(
    r"(?:会议|大会|论坛|峰会|会|活动|展会|博览会|访问|出访)?(?:期间|间隙|其间|同期|现场|会上|会后)|[签开][\u4e00-\u9fff]{1,2}仪式[之以]?后"
    r"|[当同][天日](?:[上下]午|晚)?，[^，。；]{2,20}?还"
)
#: 论坛期间: what opens a paragraph so goes on about the one before.
_DURING = re.compile("(?:会议|论坛|大会|峰会|活动|会期|展会)(?:期间|间隙|同期)")
#: 会上, 开幕式上: what is signed then is signed there.
_AT_IT = re.compile(r"[^，。；]{0,8}(?:会|式|论坛|活动|大赛|展|周|节)(?:上|现场)，")
_TALKS, _SIGNING = EventType.BILATERAL_TALKS, EventType.SIGNING
_MINUTES, _JOINT_STATEMENT = AgreementType.MINUTES, AgreementType.JOINT_STATEMENT
_PPH, _TREATY = AgreementType.PPH, AgreementType.TREATY
_MET = (EventType.BILATERAL_TALKS, EventType.MEETING)
#: 三部门, 上述四家单位, 双方: those of the sentence before.
_CEREMONY = re.compile(r"签约|签字|签署仪式")
_THEY = re.compile(r"(?P<many>[双两三四五六七八九十])(?:家|个)?(?:部门|单位|部委|方|局|院)(?!案|法|面|式|向|针)")
_HOW_MANY = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"双": 2, "两": 2}
#: 18家单位现场签署: nobody in particular.
_MANY_SIGN = re.compile(r"[\d余多]{1,6}(?:对|家|个|名)[^，。；、]{0,10}?(?:现场|集中|当场)?[签达]")
_COMPOSED = re.compile(r"由(?P<who>[^，。；]{4,80}?)(?:共同派员)?(?:共同)?组成的[^，。；]{2,16}(?:参会|出席|参加)")


#: What goes on about a day of what was told: 在15日的会见中; up to when it went on.
_ON_THAT_DAY = re.compile(r"[上下]?午?的(?:会[见谈晤议上]|活动|座谈)")
_BEGAN = re.compile("(?:正式)?(?:开班|开幕|开营|开赛|开课|启动)[、，]")
_ENDED = re.compile("(?:圆满|正式)?(?:结业|结束|结课|闭幕|落幕|闭营|收官)")
_UNTIL = ("持续至", "持续到", "延续至", "延续到", "将持续至")
#: What follows a body that is no subject, or not the only one.
_NO_SUBJECT = re.compile(r"[的、与和同及（，：；。]|等|以及|\Z")
#: Bodies of which a report tells in paragraphs of their own.
_OWN_WORK = frozenset(
    {
        AgencyKind.ASSOCIATION,
        AgencyKind.SERVICE_BODY,
        AgencyKind.RESEARCH_INSTITUTE,
        AgencyKind.UNIVERSITY,
        AgencyKind.ENTERPRISE,
    }
)


class Happened(Frozen):
    """The events and agreements of a sentence, with the body of which its paragraph tells, and who met before it
    when it says 双方."""

    events: tuple[EventFact, ...]
    agreements: tuple[AgreementFact, ...]
    topic: Actor | None
    met: tuple[Actor, ...]


class EventFinder:
    """Finds events; remembers the last one of a paragraph for the sentences that go on about it. `topic` is the body
    of which the paragraph tells, when it is not the reporting one."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self._paragraph = -1
        self._last: EventFact | None = None
        self._there: tuple[str, ...] = ()
        self._section = -1
        self._subject: Subject | None = None
        #: The sentences of the paragraph that nobody has asked yet who acts in them.
        self._unread: list[Mentions] = []
        self._previous: Mentions | None = None
        self.topic: Actor | None = None
        self._goes_on = False

    def told(
        self, every: Sequence[tuple[Mentions, Passage]], gatherings: Sequence[Sequence[EventFact]]
    ) -> list[Happened]:
        """The events and agreements of the sentences of a report, given the gatherings in each."""
        signing = [not m.sentence.caption and may_sign(m) for m, _ in every]
        happening = [m.signs & _HAPPENING != 0 for m, _ in every]
        told = zip(every, gatherings, signing, happening, strict=True)
        return [self._next(*of, held, signs, happens) for of, held, signs, happens in told]

    def _next(
        self, mentions: Mentions, passage: Passage, gatherings: Sequence[EventFact], signs: bool, happens: bool
    ) -> Happened:
        """The events and agreements of the next sentence, and whether words of signing and of others stand in it."""
        agreements: tuple[AgreementFact, ...] = ()
        if signs:
            found = find_agreements(mentions, passage, self.offices, partial(self.met, mentions))
            agreements = tuple(dict.fromkeys(found))  # one that a sentence tells twice is one
            if agreements and (there := self._ceremony(mentions)):
                agreements = tuple(a if a.signed else replace(a, signed=there.when) for a in agreements)
        met = self.met(mentions) if "双方" in mentions.text else ()
        events = self._find(mentions, passage, gatherings, agreements, happens)
        if agreements:
            agreements = minutes_of_meetings(mentions, agreements, events, self.offices)
        return Happened(events, agreements, self.topic, met)

    def met(self, mentions: Mentions) -> tuple[Actor, ...]:
        """Who met in the one event that the paragraph told of before this sentence; none when it told of several."""
        last = self._last
        if mentions.sentence.paragraph != self._paragraph:
            return ()
        if last is None:
            before = self._previous
            return partners(before, len(before.text)) if before else ()
        if last.type is EventType.VISIT and mentions.text.startswith(("会议", "大会")):
            return ()  # 与会期间参观丙中心。会议通过…: who was visited is not the meeting
        if len(last.participants) > 2 and all(a.kind is ActorKind.PLACE for a in last.participants):
            return last.participants  # 甲、乙、丙三国部长与会: they adopt what the meeting adopts
        if len(last.hosts) == 2 and sum(role is Role.CHAIRS for _, role in last.people) == 2:
            return last.hosts  # 甲司长与乙司长共同主持，丙院派员参加: the two sides
        told = unique([*last.hosts, *last.participants])
        return told if len(told) == 2 else self.offices.members(last.name) or told

    def _find(
        self,
        mentions: Mentions,
        passage: Passage,
        gatherings: Sequence[EventFact],
        agreements: Sequence[AgreementFact],
        happens: bool,
    ) -> tuple[EventFact, ...]:
        """The events that a sentence tells of. `agreements` are those found in it: a signing without a meeting in
        the same sentence is an event of its own."""
        if mentions.sentence.paragraph != self._paragraph:
            goes_on = self._section == mentions.sentence.section and _DURING.match(mentions.text)
            self._paragraph, self._last = mentions.sentence.paragraph, None
            self._there = self._there if goes_on else ()
            self._section = mentions.sentence.section
            self._subject, self._unread, self._previous = None, [], None
            # A paragraph cut at ；, by a page break, goes on about the same body.
            self.topic = _topic(mentions) or (self.topic if self._goes_on else None)
        self._goes_on = mentions.text.endswith("；")
        if mentions.sentence.caption:
            return ()
        found = self._told(mentions, passage, gatherings) if gatherings or happens else []
        self._unread.append(mentions)
        self._previous = mentions
        if agreements and not any(e.rule != "event.acts" and e.type in _MET for e in found):
            there = self._ceremony(mentions)
            signed = _signings(mentions, passage, agreements)
            places = there.places if there else self._there if _AT_IT.match(mentions.text) else ()
            found.extend(replace(e, places=e.places or places) for e in signed)
        if not found and self._last is not None:
            more = self._anaphoric(mentions, passage, self._last)
            return (more,) if more else ()
        if found:
            self._last = found[-1] if len(found) == 1 else None
            self._there = found[0].places or self._there
        return tuple(found)

    def _told(self, mentions: Mentions, passage: Passage, gatherings: Sequence[EventFact]) -> list[EventFact]:
        """The gatherings, talks, visits and negotiations of a sentence."""
        goes_on = mentions.context.continues or _HE.search(mentions.text) is not None
        found = [
            *gatherings,
            *find_talks(mentions, passage, self._acting if goes_on else None, partial(self.met, mentions)),
            *find_visits(mentions, passage, self.offices),
            *find_negotiations(mentions, passage, self.offices),
        ]
        if self._there and _MEANWHILE.match(mentions.text):
            there, during = self._there, _DURING.match(mentions.text)
            found = [replace(e, places=there) if not e.places and (during or _is_there(e)) else e for e in found]
        abroad = [e.places for e in found if e.rule == "event.visit" and e.places and e.places != ("中国",)]
        if len(abroad) == 1:  # 访问某国，与某局长举行会谈
            found = [replace(e, places=abroad[0]) if e.type is _TALKS and not e.places else e for e in found]
        found = [self._held_by_them(event, mentions) for event in found]
        return [self._held_by_topic(event, mentions) for event in _without_repeats(found)]

    def _held_by_them(self, event: EventFact, mentions: Mentions) -> EventFact:
        """三部门联合召开: those whom the sentence before names, when they are as many."""
        told = self._previous
        them = _THEY.search(mentions.text) if told and event.rule == "event.held" else None
        if them is None or told is None or event.hosts != (mentions.context.self_,):
            return event
        bodies = [o for o in told.orgs if not o.group and not any(p.start <= o.start < p.end for p in told.people)]
        for titled in (False, True):
            several = unique([o.actor for o in bodies if told.in_title(o.start) is titled])
            if len(several) == _HOW_MANY[them["many"]]:
                return replace(event, hosts=several)
        return event

    def _ceremony(self, mentions: Mentions) -> EventFact | None:
        """The ceremony of signing of which the paragraph told last, before a sentence without a date: what is signed
        then is signed there."""
        last = self._last if mentions.sentence.paragraph == self._paragraph and not mentions.dates else None
        return last if last is not None and last.when and _CEREMONY.search(last.name) else None

    def _acting(self) -> Subject | None:
        """Who acted last in the paragraph before this sentence."""
        self._subject = next(filter(None, map(acting_subject, reversed(self._unread))), self._subject)
        self._unread = []
        return self._subject

    def _held_by_topic(self, event: EventFact, mentions: Mentions) -> EventFact:
        """A gathering whose host is left out is held by the body that the paragraph opened with, and attended by it."""
        own = mentions.context.self_
        if self.topic is None or any(o.actor == own for o in mentions.orgs):
            return event
        if event.hosts == (own,):
            return replace(event, hosts=(self.topic,))
        if event.rule == "event.attended" and not event.people and event.participants[:1] == (own,):
            return replace(event, participants=unique([self.topic, *event.participants[1:]]))
        return event

    def _anaphoric(self, mentions: Mentions, passage: Passage, last: EventFact) -> EventFact | None:
        """A sentence without an event of its own that adds people or bodies to the one before."""
        text = mentions.text
        it, composed, when = _IT.search(text), _COMPOSED.search(text), _day_added(mentions, last)
        if it is None and composed is None and when is None:
            return None
        if composed:
            actors: list[Actor] = actors_between(mentions, composed.start("who"), composed.end("who"))
            people: tuple[tuple[str, Role], ...] = ()
        else:
            actors = guests_after(mentions, 0, len(text))
            people = people_with_roles(mentions, 0, len(text))
        told = unique(hosts_after(mentions, 0, led=True))
        if not told and not last.hosts:
            chairs = {name for name, role in people if role is Role.CHAIRS}
            told = unique([a for p in mentions.people if p.name in chairs and (a := actor_of(p)) is not None])
        if not actors and not people and not told and when is None:
            return None
        hosts = {a.name for a in (*last.hosts, *told)}
        return replace(
            last,
            passage=passage,
            rule="event.continued",
            confidence=0.8,
            stated=False,
            when=when or last.when,
            hosts=told,
            participants=unique([a for a in actors if a.name not in hosts]),
            people=people,
            places=(),
        )


def _is_there(event: EventFact) -> bool:
    """True for what is told to happen meanwhile where the gathering before was: talks, and what somebody held."""
    return event.type is _TALKS or event.rule == "event.held"


def _day_added(mentions: Mentions, last: EventFact) -> DateRange | None:
    """The day of what was told without one (在15日的会见中, 8日开班、28日结业), or its end (论坛持续至20日)."""
    if not mentions.dates:
        return None
    if len(mentions.dates) == 2:
        first, end = mentions.dates
        if _BEGAN.fullmatch(mentions.text, first.end, end.start) and _ENDED.match(mentions.text, end.end):
            return DateRange(first.when.start, end.when.start, first.when.told)
    date, told = mentions.dates[-1], last.when
    if told and told.start.day and not told.end and mentions.text.endswith(_UNTIL, 0, date.start):
        later = date.when.start.day and date.when.start.earliest > told.start.earliest
        return DateRange(told.start, date.when.start, told.told) if later else None
    on_it = _ON_THAT_DAY.match(mentions.text, mentions.dates[0].end) if mentions.dates[0].start <= 1 else None
    return mentions.dates[0].when if on_it and not (told and told.start.day) else None


def _topic(mentions: Mentions) -> Actor | None:
    """The body that opens a paragraph as the subject of its first sentence."""
    first = mentions.orgs[0] if mentions.orgs and not mentions.orgs[0].start else None
    if first is None or first.group or _NO_SUBJECT.match(mentions.text, first.end) or first.kind not in _OWN_WORK:
        return None
    return first.actor


def _without_repeats(found: list[EventFact]) -> list[EventFact]:
    """Each event once: talks and visits win over a gathering of the same name."""
    if len(found) < 2:
        return found
    out: list[EventFact] = []
    seen: set[tuple[str, str]] = set()
    for event in found:
        key = (event.name, str(event.when.start) if event.when else "")
        if key not in seen:
            seen.add(key)
            out.append(event)
    return out


def _signings(mentions: Mentions, passage: Passage, agreements: Sequence[AgreementFact]) -> Iterator[EventFact]:
    """A signing that the sentence tells as such."""
    if not agreements:
        return
    present, many = witnesses_in(mentions), _MANY_SIGN.search(mentions.text) is not None
    text = mentions.text
    planned = [c.start for c in clauses(text) if not happened(text, c)] if mentions.places else []
    for agreement in agreements:
        kind = agreement.type
        if kind is _TREATY or kind is _PPH:
            continue
        if kind is not _JOINT_STATEMENT and agreement.rule == "agreement.adopted":  # 形成会议纪要, 通过行动计划
            continue
        at = mentions.text.find(agreement.name[:10])
        if kind is _JOINT_STATEMENT and not _signed(mentions.text, at):
            continue
        if many and not agreement.titled and len(agreement.parties) < 2:
            continue
        title = f"《{agreement.name}》" if agreement.titled else agreement.name
        witnesses = tuple((name, Role.WITNESSES) for name in agreement.witnesses)
        signers = tuple(
            (p.name, Role.SIGNS) for p in mentions.people if p.name not in present and not mentions.in_title(p.start)
        )
        yield EventFact(
            passage=passage,
            rule="event.signing",
            confidence=0.8,
            name=_signing_name(mentions, agreement, title),
            type=_SIGNING,
            when=mentions.date_at(at if at >= 0 else len(mentions.text)) or agreement.signed,
            places=_signed_at(mentions, agreement, at, planned),
            participants=agreement.parties,
            people=tuple(dict.fromkeys((*witnesses, *signers))),
            outcomes=(agreement.name,),
        )


def _signed(text: str, at: int) -> bool:
    """True when the clause around a statement tells that it is signed, not only that a meeting issues it."""
    low = max(text.rfind(sign, 0, max(0, at)) for sign in "，；。") + 1
    stop = min((n for n in (text.find(sign, max(0, at)) for sign in "，；。") if n >= 0), default=len(text))
    return "签署" in text[low:stop] or "签订" in text[low:stop]


def _signed_at(mentions: Mentions, agreement: AgreementFact, at: int, planned: Sequence[int]) -> tuple[str, ...]:
    """Where what is told at `at` is signed: of several places (赴甲国、乙国，与乙国签署) those that sign, none of the
    `planned` clauses behind it (首次会议拟在丁市举行)."""
    if not mentions.places:
        return ()
    told = place_names(mentions, 0, next((n for n in planned if n > at), len(mentions.text)))
    parties = {party.name for party in agreement.parties}
    return tuple(place for place in told if place in parties) or told


def _signing_name(mentions: Mentions, agreement: AgreementFact, title: str) -> str:
    if agreement.titled or len(agreement.parties) < 2:
        return f"{title}签署"
    verb = "续签" if agreement.status.value == "renewed" else "签署"
    return f"{'与'.join(p.name for p in agreement.parties[:2])}{verb}{title}"
