"""Gatherings: meetings, conferences, forums, trainings, exams, press conferences, ceremonies, competitions.

A gathering is an event noun (座谈会) that somebody holds (召开), that takes place (在京召开), or that somebody attends.
One that is only cited (学习贯彻…会议精神), counted (座谈会7场) or planned (拟召开) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.bodies_met import bodies_of
from kg.extract.clauses import actors_between, place_names, unique
from kg.extract.dates import month_of
from kg.extract.gathering_guests import awarded, guests_after
from kg.extract.gathering_hosts import Gathering, hosting_subject, hosts_of
from kg.extract.gathering_names import ORDINAL, balanced, is_bare, is_unnamed, told_name
from kg.extract.gathering_nouns import begins_of_nouns, event_nouns, kind_of, overlapping
from kg.extract.gathering_status import status_of
from kg.extract.mentions import Mentions, begins
from kg.extract.numerals import ordinal
from kg.extract.offices import Offices
from kg.extract.roles import people_with_roles
from kg.extract.signs import GATHERING, HOLDING
from kg.extract.words import alternation, words
from kg.model import Actor, DateRange, EventFact, EventStatus, EventType, Passage

__all__ = ["Gathering", "find_gatherings"]

# Asked for time and again: a member costs many times what a name of the module does.
_HELD, _CONFERENCE = EventStatus.HELD, EventType.CONFERENCE

#: How far before its name the site of a gathering stands.
_NEAR = 100
#: 巡回研讨会（甲市站）, 全国考试甲市考点: one of several places, told by the name or right behind it.
_LEG, _LONGEST_LEG = re.compile(r"(?:专?站|专场|分会场)）|考点|考区"), 12

#: A day without 于, as news tell it: 会议17日在某地闭幕.
_DAY = r"(?:(?:\d{4}年)?\d{1,2}月)?(?:\d{1,2}日?[至到—–－~～-]{1,2}(?:\d{1,2}月)?)?\d{1,2}日(?:[上下中]午|晚)?|近日|日前|[今昨][天日]|[同当次]日"
_TAKES_PLACE = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,6}}?(?:考点|考区|赛区|分会场|会场))?(?:也|还|均|随后)?(?:{_DAY})?"
    r"(?:于(?P<day>[^，。；]{1,14}?(?:日|月|[上中下]旬|月[初底]))(?![日\d上中下初底]))?(?:也|还|均)?(?:如期|隆重)?(?:在[^，。；]{1,24}?)?(?:以[^，。；]{1,16}?(?:形式|方式)|[线网]上)?"
    r"(?:分[^，。；]{1,6}?[期批场次轮片])?(?:在[^，。；]{1,20}?)?"
    r"(?:正式|隆重|顺利|成功|圆满|同时|如期|同步)?"
    rf"(?P<verb>{alternation('opening_verbs').pattern}|开展(?=[，。；]))"
    r"|由[^，。；]{2,40}?(?P<led>主持|主办|承办)(?:召开)?"
)
#: What stands before a day that opens a clause.
_OPENS = frozenset(("", *"，。；：、“"))
#: What may follow a whole event name; anything else goes on with the name.
_ENDS = re.compile(
    r"\Z|[，。；：、）”\d（]|[和与及等并在于暨由共以]|介绍|活动|期间|吸引|汇[聚集]|邀请|共?有(?=[\d一二三四五六七八九十])|[一二三四五六七八九十两]+[场期次]|工作[，。；]"
)
_WON_AT = re.compile(f"[中上](?:，[^，。；]{{2,30}}?)?(?:{'|'.join(words('gathering_prizes'))})")


def _acting(kind: str) -> str:
    return "|".join(word for word, told in words("gathering_acts").items() if told == kind)


_ACTS = re.compile(
    f"(?:审议|表决|讨论|研究)?(?:并)?(?:原则)?(?:{_acting('adopts')})"
    f"|(?:在[\u4e00-\u9fff]{{2,10}}?)?(?:{_acting('chooses')})(?!的)|(?:{_acting('debates')})了?(?=《)"
)
#: 在某论坛上作主旨发言: somebody attends it.
_SPOKE_AT = re.compile(f"上，?[^，。；]{{0,14}}?(?:{'|'.join(words('gathering_speech'))})")
_NOT_ITSELF = re.compile(
    r"精神|部署|要求|机制|制度|成果|期间|方案|工作规则|决策|委员会|办公室|秘书处|主任|组委会|代表|报名|通知|资料|平台|"
    r"项目|办法|案件|纪要|室|信息|联合(?:宣言|声明)|议题|决议|报告|[，。]?(?:以)?来|组(?!织)|厅|中心|前|上(?!海|述|线|午)|的|制|后"
)
#: 出席在甲地举行的论坛, 出席由乙主办的论坛: the name begins after 的.
_LED = re.compile(
    r"(?:[在于][^，。；]{1,20}?|由(?P<hosts>[^，。；]{2,40}?))(?:联合|共同)?(?:主办|承办|召开|举行|举办|组织)的"
)
_AT_WHICH = ("attended", "won_at")
_LED_BY = re.compile(r"(?P<hosts>[^，。；的]{2,40}?)(?:联合|共同)?(?:主办|承办|召开|举行|举办|组织)的")
#: …，并与某局长举行会谈: who is named from here on is no guest of the gathering.
_THEN = re.compile(
    r"[，；](?:并|还|其间|期间|会议期间|同日|随后)?(?:先后|分别)?(?:[与同](?!会|时)|会见|访问|拜会|走访)"
)
_MEANWHILE = re.compile("(?:会议|活动|访问|大会|论坛|展会|峰会|博览会|展览会|交易会|年会|大赛|在此)?(?:期间|其间|同期)")
_ACRONYM = re.compile(r"[（(][A-Za-z][A-Za-z0-9&-]{1,14}[)）]")
#: 大赛（某赛区）在某地启动: the bracket belongs to the name; a short form does not.
_DIVISION = re.compile(r"（(?!以下|简称|下称)[\u4e00-\u9fff]{2,12}）")
_NOTE = re.compile(r"（[^（）]{0,16}(?:以下)?(?:简称|下称)[^（）]{1,24}）")
_IN_SHORT_FORM = re.compile(r"（(?:以下)?(?:简称|下称)[^（）]{0,16}\Z")
_SHORT_FORM = re.compile(r"（(?:以下)?(?:简称|下称)[^（）]{1,24}）")
#: Signs behind which no event noun goes on, and the end of a text.
_PHRASE_ENDS = ("，", "。", "；", "、", "")
#: 举办甲论坛和乙讲堂第三讲: a lesson of a series ends the list.
_LESSON = re.compile(r"”?第[\d一二三四五六七八九十]+[讲期场课]")
_LASTING = re.compile(r"为期[^，。；的]{1,6}的")
_STOP = re.compile("[，。；：]")
_SEPARATOR = re.compile(r"(?:[、和与及]|以及)")
_QUOTE = re.compile(r"“[^“”]{0,80}”|《[^《》]{0,120}》|（[^（）]{0,80}）")
_SIGNS = re.compile(r"[，；。：“《（”》）]")
_DEEPER = {"”": 1, "》": 1, "）": 1, "“": -1, "《": -1, "（": -1}  # read from the right


#: Event noun phrases that share a verb: (start, end, type) of each.
Group = list[tuple[int, int, EventType]]
#: Such phrases with how they happen: see `_relation`.
Held = tuple[Group, tuple[str, int, int]]


def find_gatherings(every: Sequence[tuple[Mentions, Passage]], offices: Offices) -> list[tuple[EventFact, ...]]:
    """The gatherings that each sentence tells of; captions tell of none. Each step goes over all sentences before the
    next: taking turns costs more."""
    read = [m for m, _ in every]
    begins = begins_of_nouns([m.text if _may_tell(m) else "" for m in read])
    groups = [list(_groups(m, some)) if some else [] for m, some in zip(read, begins, strict=True)]
    held = [list(_held(m, some)) if some else [] for m, some in zip(read, groups, strict=True)]
    found = [list(_single(m, some, offices)) if some else [] for m, some in zip(read, held, strict=True)]
    return [
        tuple([_fact(*of, one, when, offices) for one, when in some]) if some else ()
        for of, some in zip(every, found, strict=True)
    ]


def _may_tell(mentions: Mentions) -> bool:
    """True when an event noun and what makes it happen can stand in a sentence."""
    return not mentions.sentence.caption and mentions.signs & GATHERING != 0 and mentions.signs & HOLDING != 0


def _held(mentions: Mentions, groups: Sequence[Group]) -> Iterator[Held]:
    """The groups that a sentence makes happen."""
    for group in groups:
        held = _relation(mentions, group)
        if held is None and len(group) > 1 and _LESSON.match(mentions.text, group[-1][1]):
            held = _relation(mentions, group[:-1])
            group = group[:-1]
        if held:
            yield group, held


def _single(mentions: Mentions, held: Sequence[Held], offices: Offices) -> Iterator[tuple[Gathering, DateRange | None]]:
    """Those that are single events which took place, with the day of each of several."""
    told = False
    for group, (relation, verb_start, after) in held:
        days = _days(mentions, verb_start, len(group))
        for n, (start, end, kind) in enumerate(group):
            if relation == "acts" and not (
                ORDINAL.search(mentions.text, start, end) or offices.members(mentions.text[start:end])
            ):
                continue
            status = status_of(mentions.text, start, end, verb_start, relation)
            if status is not _HELD or is_unnamed(mentions, start, end, relation):
                continue
            if told and is_bare(mentions.text[start:end]):  # 全省会议召开，张三主持会议: the one just told
                continue
            told = True
            yield Gathering(start, end, kind, relation, verb_start, after), days[n] if days else None


def _days(mentions: Mentions, at: int, count: int) -> list[DateRange]:
    """The days of several gatherings told with 分别 (3月2日和5日，分别召开甲会和乙会), else none."""
    told = [d for d in mentions.dates if d.end <= at and not d.since]
    apart = count > 1 and len(told) == count and "分别" in mentions.text[told[-1].end : at]
    return [d.when for d in told] if apart else []


def _groups(mentions: Mentions, begins: Sequence[int]) -> Iterator[Group]:
    """Lists of event noun phrases that share a verb: A、B和C. The nouns can begin at `begins`."""
    text = mentions.text
    pattern = event_nouns()
    group: Group = []
    at = 0
    for begin in begins:
        match = pattern.match(text, begin) if begin >= at else None
        if match is None:
            continue
        if match.group() == "会" and any(o.start < match.start() < o.end for o in mentions.orgs):
            at = match.end()  # 某协调会与某协会合办: bodies
            continue
        if "称" in text and _IN_SHORT_FORM.search(text, max(0, match.start() - 24), match.start()):
            at = match.end()
            continue
        end = _noun_end(text, match)
        at = end
        alone = end == match.end() and not text.startswith("第", match.start())
        nouns = () if alone else pattern.findall(text, match.start(), end)
        kinds = [kind_of(noun) for noun in nouns or (match.group(),)]
        kind = _CONFERENCE if _CONFERENCE in kinds else kinds[-1]
        after = _past_short(text, group[-1][1]) if group else 0
        linked = bool(group) and _SEPARATOR.match(text, after) is not None and not _stop(text, after, end)
        if not linked:
            if group:
                yield group
            group = []
        low = _SEPARATOR.match(text, after).end() if group else 0  # type: ignore[union-attr]
        again = alternation("hold_verbs").match(text, low) if group else None
        start = (again.end() if again else low) if group else _left(mentions, match.start(), end)
        if start < end:
            group.append((start, end, kind))
    if group:
        yield group


def _noun_end(text: str, match: re.Match[str]) -> int:
    """The end of a phrase of several event nouns: 成员国大会系列会议, 大会暨…学习会."""
    pattern, end = event_nouns(r"[\u4e00-\u9fff]{2}会"), match.end()
    while text[end : end + 1] not in _PHRASE_ENDS:
        short = _ACRONYM.match(text, end)
        more = pattern.match(text, short.end() if short else end) or overlapping(pattern, text, match.start(), end)
        if more is None and text.startswith(("暨", "（扩大）"), end):
            later = pattern.search(text, end + 1, min(len(text), end + 60))
            more = later if later and not _stop(text, end, later.end()) else None
        if more is None:
            division = _DIVISION.match(text, end)
            return division.end() if division and _TAKES_PLACE.match(text, division.end()) else end
        end = more.end()
    return end


def _past_short(text: str, at: int) -> int:
    """Behind （以下简称…） at `at`."""
    short = _SHORT_FORM.match(text, at)
    return short.end() if short else at


def _stop(text: str, start: int, end: int) -> bool:
    return _STOP.search(text, start, end) is not None


def _left(mentions: Mentions, at: int, end: int) -> int:
    """Where the noun phrase that ends in the noun text[at:end] begins."""
    text = mentions.text
    low = max(0, at - 80)
    depth = 0
    for sign in _SIGNS.finditer(text[low:at][::-1]):
        deeper = _DEEPER.get(sign.group(), 0)
        depth += deeper
        if not deeper and depth <= 0:
            low = at - sign.start()
            break
    start, attended = low, False
    if (_WON_AT.match(text, end) or _SPOKE_AT.match(text, end)) and (at_prize := text.rfind("在", low, at)) >= 0:
        start, attended = at_prize + 1, True
    verbs = list(alternation("hold_verbs", "attend_verbs").finditer(text, low, at))
    if verbs:
        itself = _TAKES_PLACE.match(text, end) is not None
        shadows = [m.span() for m in _QUOTE.finditer(text, low, at)] + [(o.start, o.end) for o in mentions.orgs]
    for match in verbs:
        if shadows and any(a <= match.start() < b for a, b in shadows):
            continue
        # 出席…召开的会议: what is attended is the whole phrase; 某局主办的培训班 begins after 的.
        # 某组进驻开展督察工作动员会在京召开: what takes place has no verb before it, unless with 的.
        if attended if text.startswith("的", match.end()) else itself:
            continue
        start, attended = match.end(), match.group() in words("attend_verbs")
    for date in mentions.dates:
        if start < date.end <= at:
            start = date.end
    while text.startswith(("的", "了"), start):
        start += 1
    lasting = _LASTING.match(text, start, at)
    return lasting.end() if lasting else start


def _relation(mentions: Mentions, group: Group) -> tuple[str, int, int] | None:
    """How the sentence makes the group happen: (held, attended, takes place, acts), where the verb begins,
    and where the phrase ends. None when it is only mentioned."""
    text, (start, _, _), (_, end, _) = mentions.text, group[0], group[-1]
    tail = end + 1 if text.startswith(("等", "”"), end) else end
    tail = _past_short(text, tail)
    place = _TAKES_PLACE.match(text, tail)
    if place and not _NOT_ITSELF.match(text, tail):
        return "takes_place", place.start(place.lastgroup or 0), end if place["led"] else place.end()
    for verbs, relation in (("attend_verbs", "attended"), ("hold_verbs", "held")):
        for verb in alternation(verbs).finditer(text, max(0, start - 8), start):
            if not text[verb.end() : start].strip("的了"):
                if _ENDS.match(text, tail):
                    return relation, verb.start(), end
                # 在某地召开的某组织第三届大会通过…
                return ("acts", end, end) if text.startswith("的", verb.end()) and _ACTS.match(text, end) else None
    won = _WON_AT.match(text, end)
    if won and text.endswith("在", 0, start):
        return "won_at", start, end
    if _SPOKE_AT.match(text, end) and text.endswith("在", 0, start):
        return "attended", start - 1, end
    if _ACTS.match(text, end):
        return "acts", end, end
    return None


def _fact(mentions: Mentions, passage: Passage, found: Gathering, day: DateRange | None, offices: Offices) -> EventFact:
    """The fact of a gathering, on its own day where several are told."""
    text = mentions.text
    led = _led(mentions, found)
    name = balanced(text[led.end() if led else found.start : found.end])
    if "称" in name:
        name = _NOTE.sub("", name)
    if is_bare(name):
        name = told_name(mentions, found)
    when = day or _when(mentions, found)
    clause = max(text.rfind("。", 0, found.start), text.rfind("；", 0, found.start)) + 1
    # 甲于1月6日举办, 甲6日举办: who holds it stands before the day.
    days = [d.end for d in mentions.dates if d.end <= found.start and text[d.start - 1 : d.start] in _OPENS]
    begin = max([clause, *days])
    hosts, people = hosts_of(mentions, found, begin)
    hosts = unique(actors_between(mentions, *led.span("hosts"))) if led and led["hosts"] else hosts
    stop = _stop_of(text, found.last)
    if after := people_with_roles(mentions, found.last, stop):
        honoured = {p.name for p in mentions.people if p.start >= found.last and awarded(text, p.end)}
        people = (*people, *(one for one in after if one[0] not in honoured))
    number = ORDINAL.search(name)
    return EventFact(
        passage=passage,
        rule=f"event.{found.relation}",
        confidence=0.9 if found.relation != "attended" else 0.8,
        stated=True,
        name=name,
        type=found.type,
        when=when,
        places=_sites(mentions, begin, led.end() if led else found.start, found),
        hosts=hosts,
        participants=_participants(mentions, found, name, hosts, (begin, stop), offices),
        people=tuple(dict.fromkeys(people)),
        series=ORDINAL.sub("", name) if number else "",
        ordinal=ordinal(number[0]) or 0 if number else 0,
        status=_HELD,
    )


def _sites(mentions: Mentions, begin: int, start: int, found: Gathering) -> tuple[str, ...]:
    """Where it is held: told before the name, which begins at `start`, or after it, not in it."""
    if not mentions.places:
        return ()
    after = place_names(mentions, found.end, found.last) if found.last > found.end else ()
    clause = mentions.text.rfind("，", begin, start) + 1
    # 赴甲省调研，并在乙市召开座谈会: it was held in the one told beside it.
    here = place_names(mentions, clause, start) if clause and found.relation == "held" else ()
    told = tuple(dict.fromkeys((*(here or place_names(mentions, max(begin, start - _NEAR), start)), *after)))
    if told or not (leg := _LEG.search(mentions.text, start, found.end + _LONGEST_LEG)):
        return told
    return next(((p.surface,) for p in mentions.places if p.end == leg.start()), ())


def _led(mentions: Mentions, found: Gathering) -> re.Match[str] | None:
    """What stands before the name of a gathering that is attended or held: 在甲地举行的, 由乙主办的, 丙组织的."""
    if found.relation in _AT_WHICH:  # 在甲地举行的大会上当选: the name begins behind 在
        start = found.start - mentions.text.endswith("在", 0, found.start)
        if led := _LED.match(mentions.text, start, found.end):
            return led
    if not begins(mentions.orgs, found.start, found.start + 1):
        return None
    led = _LED_BY.match(mentions.text, found.start, found.end)
    return led if led and any(o.end == led.end("hosts") for o in mentions.orgs) else None


def _stop_of(text: str, at: int) -> int:
    """Where the words about a gathering that ends at `at` give way to other meetings."""
    then = _THEN.search(text, at)
    return then.start() if then else len(text)


def _when(mentions: Mentions, found: Gathering) -> DateRange | None:
    for date in mentions.dates:
        if found.end <= date.start < found.last and not date.since:
            return date.when
    when = mentions.date_at(found.start)
    if when or mentions.dates:
        return when
    if mentions.context.continues:
        return mentions.context.date
    during = _MEANWHILE.match(mentions.text)
    told = mentions.context.date if during else None
    # 博览会期间: on one of those days; 同期: on all of them
    return month_of(told) if told and told.end and during and not during[0].endswith("同期") else told


def _participants(
    mentions: Mentions, found: Gathering, name: str, hosts: tuple[Actor, ...], about: tuple[int, int], offices: Offices
) -> tuple[Actor, ...]:
    """Who takes part, told in the words about the gathering, from about[0] to about[1]."""
    group = () if len(hosts) > 1 and "共同主持" in mentions.text else offices.members(name)
    actors = list(bodies_of(mentions, group, name))
    if name.endswith(("签约仪式", "签字仪式", "签署仪式")):
        actors += actors_between(mentions, found.start, found.end)
    if found.relation == "attended":
        said = hosting_subject(mentions, about[0], found.verb_start)
        actors = [*(said or [mentions.context.self_]), *actors]
    actors += guests_after(mentions, found.last, about[1])
    taken = {a.name for a in hosts}
    return unique([a for a in actors if a.name not in taken])
