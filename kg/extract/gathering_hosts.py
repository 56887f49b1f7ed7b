"""Who holds a gathering: named before its verb, or after it (由…主办)."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.clauses import actor_of, actors_between, unique
from kg.extract.mentions import Mentions, begins, within
from kg.extract.roles import people_with_roles
from kg.extract.words import words
from kg.model import Actor, EventType, Role

__all__ = ["Gathering", "hosting_subject", "hosts_after", "hosts_of"]

#: 甲局与乙市共建推进大会 is held by both, 甲局与乙市工作会商会议 between them.
_TOGETHER = ("共建", "共同", "联合", "合作共建")
_JOINT_NAME = re.compile("共建|共同|联合(?!国|会)")
_SUBJECT_LED = re.compile(r"(?:首次|联合|会同|与|同|和|共同)")

#: Behind 甲局指导、 and 受甲部委托，: neither holds it.
_GUIDED = re.compile(
    r"(?:指导|支持)[、，]|[受应经由在](?:[^，。；]{2,40}?)(?:委托|委派|授权|指派|邀请|批准|同意|(?:支持|指导|统筹|领导)下)，"
)
#: 为柬埔寨商业部举办: whom it is held for, not who holds it.
_FOR_WHOM = re.compile(r"为|面向|应|受")
#: 论坛由甲主办、乙承办，丙、丁协办: who holds it, told after it.
_HELD_BY = re.compile(
    r"(?:(?P<by>由)|(?<=[，；。、])(?![^，。；]{0,30}由))(?P<hosts>[^，。；]{2,60}?)(?:(?:共同|联合)?(?:主办|举办|承办|协办)|(?:共同|联合)组织)(?=[，。；、]|\Z)"
)
_HOLDS = re.compile("[主举承协]办|共同组织|联合组织")
_HELD_BEFORE = re.compile(r"[^，。；]{2}(?:主办|承办|举办|召开)的?\Z")
#: 甲部副部长和乙部副部长共同主持, 会议由某局长主持: those who chair hold it for their bodies.
_CHAIRED = re.compile(
    r"[，。；](?:会议|论坛|大会|活动)?由?(?P<chairs>[^，。；]{2,60}?)主持(?:召开)?了?(?:本次|此次)?(?:会议|大会|论坛|仪式|活动)?"
    r"(?=[，。；并]|\Z)"
)
#: 支持某市举办, 指导举办: who backs does not hold.
_BACKED = re.compile(
    r"(?:支持|指导|协助|配合|鼓励)(?!委员会|小组|组|中心|站|处|员|单位|意见|下)(?P<who>[^，。；在于]{0,30})(?:[在于][^，。；]{0,12})?\Z"
)
_GROUP = r"[^，。；、暨召]{2,40}?(?:工作组|专家组|领导小组|协调小组|工作专班|机制|委员会|理事会|联席会议)"
#: 某工作组第五次全体会议: the group meets, whether or not it is a body by its name.
_ITS_OWN = re.compile(
    rf"(?:[^，。；]{{2,60}}暨)?(?P<body>{_GROUP})(?:第[\d一二三四五六七八九十]+次)?(?:\d{{4}}年度?)?(?:第[\d一二三四五六七八九十]+次)?"
    r"(?:全体|年度)(?:委员|成员)?(?:会议|大会)\Z"
    rf"|(?P<standing>{_GROUP}|[^，。；、召]{{2,20}}?(?:常委会|常务委员会))第[\d一二三四五六七八九十]+[次届]会议\Z"
)
_BESIDE = re.compile("[同其]期|其间|期间|同时|(?:会议|论坛|大会|活动)期间")
_MEETS = re.compile(rf"，?(?P<body>{_GROUP})(?:正式|首次|组织)?\Z")
_HEADS = re.compile("(?:各)?(?:局长|主任|院长|署长|部长|厅长|关长|校长|会长|领导人|负责人|成员(?!国大会))")
_YEAR = re.compile(r"(?:第[\d一二三四五六七八九十]+届)?\d{4}年?度?")


class Gathering(NamedTuple):
    """An event noun phrase at text[start:end] and the words that make it an event: `verb` spans are positions."""

    start: int
    end: int
    type: EventType
    relation: str
    verb_start: int
    last: int


def hosts_after(mentions: Mentions, at: int, *, led: bool = False) -> list[Actor]:
    """The bodies that the words after a gathering name as its hosts; with `led` only those told with 由, or right
    behind it as those who carry it out (甲部主办某展，乙会承办)."""
    actors: list[Actor] = []
    if not _HOLDS.search(mentions.text, at):
        return actors
    reached = -1
    for told in _HELD_BY.finditer(mentions.text, at):
        start, end = told.span("hosts")
        goes_on = reached >= 0 and start <= reached + 1
        alone = not led or (start <= at + 1 and told.group().endswith("承办"))
        if not (told["by"] or goes_on or (alone and any(o.start == start for o in mentions.orgs))):
            continue
        actors += actors_between(mentions, _past_guidance(mentions.text, start, end), end)
        reached = told.end()
    return actors


def _chairs(mentions: Mentions, at: int) -> list[Actor]:
    """The bodies of those who chair a gathering, told after it."""
    told = _CHAIRED.search(mentions.text, at)
    if told is None:
        return []
    start, end = told.span("chairs")
    if mentions.people:
        chairs = [actor_of(p) for p in mentions.people if start <= p.start and p.end <= end]
        return [actor for actor in chairs if actor]
    bodies = actors_between(mentions, start, end)
    together = len(bodies) > 1 and told["chairs"].endswith(("共同", "联合"))
    return bodies if together or mentions.text.endswith("由", 0, start) else []


def _names_begin(mentions: Mentions, at: int) -> bool:
    return begins(mentions.orgs, at, at + 1) or begins(mentions.places, at, at + 1)


def hosting_subject(mentions: Mentions, begin: int, at: int) -> list[Actor]:
    """The actors before a verb in its own clause, else the body that opens the sentence."""
    clause = max(begin, mentions.text.rfind("，", begin, at) + 1)
    for whom in _FOR_WHOM.finditer(mentions.text, clause, at):
        if _names_begin(mentions, whom.end()):
            at = whom.start()
            break
    actors = actors_between(mentions, _past_guidance(mentions.text, clause, at), at)
    if actors or clause == begin:
        return actors
    opening = mentions.text[begin:].lstrip("，")
    first = next((o for o in mentions.orgs if o.start >= begin), None)
    if first and opening.startswith(first.surface):
        return [first.actor]
    person = next((p for p in mentions.people if p.start >= begin), None)
    actor = actor_of(person) if person and opening.startswith(mentions.text[person.start : person.end]) else None
    return [actor] if actor else []


def _past_guidance(text: str, start: int, end: int) -> int:
    """Behind 甲局指导、 in a list of hosts: who guides does not hold."""
    if text.find("，", start, end) < 0 and text.find("、", start, end) < 0:  # most
        return start
    guided = [m.end() for m in _GUIDED.finditer(text, start, end)]
    return guided[-1] if guided else start


def hosts_of(
    mentions: Mentions, found: Gathering, begin: int
) -> tuple[tuple[Actor, ...], tuple[tuple[str, Role], ...]]:
    """Who holds a gathering, and the people named before its verb."""
    text = mentions.text
    people = people_with_roles(mentions, begin, found.verb_start)
    if found.relation == "held":
        scene = [o.actor for o in mentions.orgs if mentions.text[o.start - 1 : o.start] in ("在", "于")]
        actors = [a for a in hosting_subject(mentions, begin, found.verb_start) if a not in scene]
        led = _SUBJECT_LED.match(text, begin) if begin < len(text) else None
        before = text[begin : found.verb_start].lstrip("，")
        if (backed := _backed(mentions, found, begin)) is not None:
            return unique(backed), people
        group = _MEETS.match(text[begin : found.verb_start]) if not actors else None
        if group:
            return (Actor(group["body"]),), people
        if not actors and (told := _told_by_name(mentions, found, begin)) is not None:
            return unique(told), people
        if (
            not actors and _BESIDE.fullmatch(before) and text[found.start - 1] == "的"
        ):  # 同期举办的展览会: who, is not told
            return (), people
        if not actors or led or before.startswith(("与", "联合", "会同", "首次联合", "同")):
            actors = [mentions.context.self_, *actors]
        if people and any(role is Role.CHAIRS for _, role in people) is False and "主持" in text[begin : found.start]:
            people = tuple((name, Role.CHAIRS) for name, _ in people)
        return unique([*actors, *hosts_after(mentions, found.last, led=True)]), people
    if found.relation == "takes_place":
        by = _HELD_BEFORE.search(text, max(begin, found.start - 5), found.start)
        actors = actors_between(mentions, _past_guidance(text, begin, found.start), found.start) if by else []
        chairs = _chairs(mentions, found.last)
        told = actors or hosts_after(mentions, found.last) or (chairs if len(chairs) > 1 else [])
        return unique(told or _opening(mentions, found) or chairs), people
    if found.relation == "acts":
        return unique(_opening(mentions, found)) if _ITS_OWN.match(text[found.start : found.end]) else (), people
    told = hosts_after(mentions, found.last, led=True)
    if not told and begins(mentions.orgs, found.start, found.start + 1):  # 出席某组织第五次会议
        known = {o.actor for o in mentions.orgs}
        told = [actor for actor in _opening(mentions, found) if actor in known]
    return unique(told), people


def _backed(mentions: Mentions, found: Gathering, begin: int) -> list[Actor] | None:
    """Who holds what somebody else backs (支持某市举办论坛): the body named between, else those that open its name."""
    backed = _BACKED.search(mentions.text, begin, found.verb_start)
    if backed is None or any(o.start <= backed.start() < o.end for o in mentions.orgs):
        return None
    start, end = backed.span("who")
    who = actors_between(mentions, start, end, places=True)
    if who or not backed["who"]:
        return who or _opening(mentions, found)
    return None if backed["who"].startswith(("下", "、", "和", "与", "单位", "意见")) else []


def _opening(mentions: Mentions, found: Gathering) -> list[Actor]:
    """The bodies that open a gathering's name (甲局、乙省人民政府共建推进大会), not those between which it is held."""
    own = _ITS_OWN.match(mentions.text[found.start : found.end])
    if own:
        body = own["body"] or own["standing"]
        at = found.start + own.start("body" if own["body"] else "standing")
        known = next((o.actor for o in mentions.orgs if (o.start, o.end) == (at, at + len(body))), None)
        return [known or Actor(body)]
    actors: list[Actor] = []
    text, joints, at = mentions.text, "", found.start
    # A class that opens with a body after its year is one for it: 2024年某委员会研讨班.
    year = _YEAR.match(text, at, found.end) if found.type is not EventType.TRAINING else None
    at = year.end() if year else at
    for org in within(mentions.orgs, found.start, found.end):
        if org.surface in words("collective_bodies"):  # 五局局长会议: they meet, none of them holds it
            break
        if org.surface.endswith(("国家", "成员国")) or _HEADS.match(text, org.end):  # 金砖国家…, 某中心主任会议
            break
        if org.start == at and org.end < found.end and not org.group:
            actors.append(org.actor)
            joints += text[org.end] if text[org.end] in "、和与" else ""
            at = org.end + (text[org.end] in "、和与")
    together = len(actors) == len(joints) + 1 and text.startswith(_TOGETHER, at)
    return actors if together or not set(joints) & set("和与") else []


def _told_by_name(mentions: Mentions, found: Gathering, begin: int) -> list[Actor] | None:
    """Who holds what somebody of no known body calls (某总理召开国务院常务会议), or what two bodies do together
    (召开甲局与乙市共建推进大会): those that open its name; None for all other gatherings without a subject."""
    called = any(begin <= p.start < found.verb_start and actor_of(p) is None for p in mentions.people)
    opening = _opening(mentions, found) if called or _JOINT_NAME.search(mentions.text, found.start, found.end) else []
    return opening if called or len(opening) > 1 else None
