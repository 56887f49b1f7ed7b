"""Who issues, revises, adopts or signs a document in a clause.

The head of a clause (from its begin to the verb) is read from the left: dates and adverbs are skipped, then stands a
chain of actors, or a word such as 会同 with the partners of an actor whom the sentence leaves out.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from kg.extract.actor_lists import place_actor, region_name
from kg.extract.clauses import Clause, clauses, unique
from kg.extract.mentions import Mentions, OrgHit
from kg.extract.words import alternation
from kg.lexicon import EntryType, Lexicon
from kg.model import Actor, ActorKind, PlaceKind

__all__ = ["issuers_of", "relative_issuers", "title_members"]

_ADVERBS = alternation("issuing_adverbs").pattern
_SKIP = re.compile(
    rf"(?:{_ADVERBS}|(?:此前|此外|随后|近日|日前)|该[局厅委院署](?:[还又也曾]|先后){0, 2}(?=[联会与同])|[，、：]|[（(]|\d{{1,2}}月[，]?)"
)
_PARTNERED = re.compile(r"会同|联合|联手|协同|携同|携手|与|同|和|商")
_JOINT = re.compile(r"、|以及|会同|联合|协同|和|与|及|同|商")
_COUNTED = re.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|多|有关|相关)(?:家|个)?(?:省直|中央|国家|市直|区直)?(?:部门|单位|部委|厅局)"
)
_AND_OTHERS = re.compile(
    r"等(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|多|有关|相关)?(?:家|个)?(?:部门|单位|部委|机构|机关)"
)
_OFFICE = re.compile(r"办公[室厅](?!主任|副主任)")
_REST = re.compile(r"[\u4e00-\u9fff]{1,8}?[、和与及]")
_BY = re.compile(r"由(?=[\u4e00-\u9fff])")
_MOST_SHORTS = 6
#: A subject is carried over so many clauses at most; further back nobody remembers it.
_REACH = 16
_ACTING = (PlaceKind.REGION, PlaceKind.CITY, PlaceKind.COUNTRY)
_LATER = re.compile(r"会同|联合|联手|携手|与")
#: 来自甲国等的代表与会，并发表宣言: those present, not who held it.
_PRESENT = re.compile("(?<!双方)代表[^，。；]{0,4}(?:与会|参会|出席|参加)")
_TAIL = re.compile(rf"(?:{_ADVERBS}|研究|组织|统筹|将|已经|审议|批准|会议|\d{{4}}年){{0,6}}\Z")
#: 甲署9月28日印发的《…》
_DATED = re.compile(r"(?:于|在)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[初底末中]|[上中下]旬)?(?:正式|联合|共同|最新)?\Z")
#: A body that the gazetteer does not have, between the head of the clause and a partner's mark or the verb.
_PLACES = re.compile(
    r"(?![在向为对按各全本从由将]|面向)(?:[\u4e00-\u9fff]{1,5}[市州县区旗][、和与]){0,12}[\u4e00-\u9fff]{1,5}[市州县区旗]"
    rf"(?=(?:{_ADVERBS}){{0,6}}\Z)"
)
#: 某省第十三届人民代表大会常务委员会第三十三次会议: the body without its term.
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{1,10}(?:省|市|州|县|区|旗))(?:第[一二三四五六七八九十]{1,4}届)"
    r"(?P<body>(?:人民代表大会|人大)(?:常务委员会|常委会)?)(?=第[一二三四五六七八九十]{1,4}次会议)"
)
_RAW = re.compile(
    r"(?!该[局厅委院署]|此前|[向为对按依据根在以将把就经从面由]|围绕|聚焦|针对|结合|配合|参照|组织|指导|支持|推动|通过|依托|委托|召开|研究|统筹|促进)"
    r"[\u4e00-\u9fff（）、]{2,30}?(?:联席会议|领导小组|办公[室厅]|委员会|人民政府|工作专班|高院|法院|检察院|[厅局署]|协会|学会|大学|公司|海关|集团)"
    rf"(?=会同|联合|与|和|(?:{_ADVERBS}|研究|组织|统筹|\d{{4}}年){{0,6}}\Z)"
)


#: What stands in every body that is named by its level alone.
_LEVEL = re.compile(r"厅|[自省市县区](?:(?<![\u4e00-\u9fff].)|(?<=[、和与及同合由动请].))")


class _Named(NamedTuple):
    start: int
    end: int
    actors: tuple[Actor, ...]
    place: bool = False


def issuers_of(mentions: Mentions, start: int, at: int, *, implied: bool = True) -> tuple[Actor, ...]:
    """Who acts with the verb at `at` in the clause from `start`; without a stated actor the implied one, if wanted."""
    named = _named(mentions, start, at)
    pos = _skip(mentions, start, at, named)
    own = mentions.context.self_
    # A name may begin with 商, 和 or 同.
    marker = None if any(n.start == pos for n in named) else _PARTNERED.match(mentions.text, pos, at)
    if marker or _COUNTED.match(mentions.text, pos, at):
        found, _ = _chain(mentions, named, marker.end() if marker else pos, at)
        return unique([own, *found])
    found, rest = _chain(mentions, named, pos, at)
    if found and not _broken(mentions, rest, at):
        return unique(found)
    congress = _CONGRESS.search(mentions.text, start, at) if "大" in mentions.text[start:at] else None
    if congress:
        return (Actor(congress["place"] + congress["body"], ActorKind.AGENCY, mentions.context.region),)
    districts = _PLACES.match(mentions.text, pos, at)
    if districts:
        return unique([Actor(name, ActorKind.PLACE) for name in re.split(r"[、和与]", districts[0])])
    raw = _RAW.match(mentions.text, pos, at)
    if raw and "由" not in raw[0]:
        partner = _PARTNERED.match(mentions.text, raw.end(), at)
        found, _ = _chain(mentions, named, partner.end() if partner else at, at)
        region = mentions.context.region
        return unique([*(Actor(name, ActorKind.AGENCY, region) for name in raw[0].split("、")[-1:]), *found])
    for later in (*_LATER.finditer(mentions.text, pos, at), *_BY.finditer(mentions.text, pos, at)):
        found, _ = _chain(mentions, named, later.end(), at)
        if found:
            return unique(found if later[0] == "由" else [own, *found])
    carried = _carried(mentions, start)
    if carried:
        return carried
    return (own,) if implied else ()


def relative_issuers(mentions: Mentions, start: int, at: int) -> tuple[Actor, ...]:
    """Who stands directly before `at`: A发布的《…》, 落实A和B《…》."""
    for named in reversed(_named(mentions, start, at, places=False)):
        if _TAIL.fullmatch(mentions.text, named.end, at) or _DATED.match(mentions.text, named.end, at):
            found = list(named.actors)
            before = _named(mentions, start, named.start, places=False)
            if before and _JOINT.fullmatch(mentions.text, before[-1].end, named.start):
                found = [*before[-1].actors, *found]
            return unique(found)
    return ()


def title_members(mentions: Mentions, text: str, lexicon: Lexicon) -> list[Actor]:
    """The regions or groups of regions between which a title's agreement is made (京津冀, 闽宁, 中部六省)."""
    own = mentions.context.self_
    found: list[Actor] = []
    for length in range(min(len(text), _MOST_SHORTS), 1, -1):
        entries = lexicon.expand_short(text[:length])
        if entries:
            return [Actor(region_name(entry), ActorKind.PLACE) for entry in entries if entry.zh != own.name]
    for hit in lexicon.find(text):
        if hit.entry.type is not EntryType.GROUP:
            continue
        members = lexicon.expand_short(hit.surface) or tuple(
            entry for entry in map(lexicon.by_key, hit.entry.members) if entry
        )
        if members and (len(hit.surface) == len(members)):
            found.extend(Actor(member.zh, ActorKind.PLACE) for member in members)
        else:
            found.append(Actor(hit.surface, ActorKind.PLACE))
    return [actor for actor in found if actor.name != own.name]


def _named(mentions: Mentions, start: int, end: int, *, places: bool = True) -> list[_Named]:
    """Bodies and, unless told otherwise, places in text[start:end] outside titles, left to right."""

    def within(low: int, high: int) -> bool:
        if not (start <= low and high <= end) or mentions.in_title(low):
            return False
        return not any(n.start <= low < n.end for n in found)

    found = [
        _Named(p.start, p.end, (p.organisation,))
        for p in mentions.people
        if start <= p.start and p.end <= end and p.organisation and not mentions.in_title(p.start)
    ]
    found.extend([_body(mentions, org) for org in mentions.orgs if within(org.start, org.end)])
    for match in _local().finditer(mentions.text, start, end) if _LEVEL.search(mentions.text, start, end) else ():
        if within(match.start(), match.end()) and not any(match.start() < n.start < match.end() for n in found):
            actor = Actor(match[0], ActorKind.AGENCY, mentions.context.region)
            found.append(_Named(match.start(), match.end(), (actor,)))
    found.extend(
        _Named(place.start, place.end, (place_actor(mentions, place),), True)
        for place in (mentions.places if places else ())
        if within(place.start, place.end) and place.entry.kind in _ACTING
    )
    return sorted(found, key=lambda n: n.start) if len(found) > 1 else found


@functools.cache
def _local() -> re.Pattern[str]:
    """A body named by its level alone (省财政厅, 市委宣传部) before a joint or a verb."""
    verbs = alternation("document_verbs").pattern
    return re.compile(
        r"(?<![\u4e00-\u9fff])(?:自治区|[省市县区])(?:[\u4e00-\u9fff]{0,14}?)(?:厅|局|委|院|部|会|办公室|政府|办公厅)"
        rf"(?=[、和与及同等，]|会同|联合|共同|牵头|分别|\d{{1,2}}(?:个|家)?部门|{verbs}|\Z)"
        r"|(?<=[、和与及同合由动请])(?:自治区|[省市县区])(?:[\u4e00-\u9fff]{1,14}?)(?:厅|局|委|院|部|会|办公室|政府|办公厅)"
        rf"(?=[、和与及同等，]|会同|联合|共同|牵头|分别|\d{{1,2}}(?:个|家)?部门|{verbs}|\Z)"
        # 财政厅 needs no level: only provinces have it.
        rf"|(?<![\u4e00-\u9fff省])(?:(?![会联办和与及同由])[\u4e00-\u9fff]){{2,10}}厅(?=[、和与及同]|会同|联合|共同|{verbs}|\Z)"
        rf"|(?<=[、和与及同合])(?:(?![会联办和与及同由])[\u4e00-\u9fff]){{2,10}}厅(?=[、和与及同等]|联合|共同|{verbs}|\Z)"
    )


def _body(mentions: Mentions, org: OrgHit) -> _Named:
    """A body; its 办公室 or 办公厅 is a body of its own."""
    office = _OFFICE.match(mentions.text, org.end)
    if office is None:
        return _Named(org.start, org.end, org.group or (org.actor,))
    name = mentions.text[org.start : office.end()]
    return _Named(org.start, office.end(), (Actor(name, ActorKind.AGENCY, org.actor.region),))


def _skip(mentions: Mentions, pos: int, end: int, named: list[_Named]) -> int:
    """The position after dates and adverbs; a name may begin like an adverb (新疆)."""
    heads = {n.start for n in named}
    while pos < end and pos not in heads:
        date = next((d for d in mentions.dates if d.start == pos), None)
        skip = _SKIP.match(mentions.text, pos, end)
        if date:
            pos = date.end
        elif skip and not _partner_here(mentions, pos):
            pos = skip.end()
        else:
            break
    return pos


def _partner_here(mentions: Mentions, pos: int) -> bool:
    """联合 is a partner's mark before a name, an adverb before a verb."""
    return mentions.text.startswith("联合", pos) and not alternation("document_verbs").match(mentions.text, pos + 2)


def _chain(mentions: Mentions, named: list[_Named], pos: int, end: int) -> tuple[list[Actor], int]:
    """The actors of a list that begins at `pos`, and where the list ends."""
    found: list[Actor] = []
    here = {n.start: n for n in named}
    while pos in here:
        item = here[pos]
        if item.place and not _stands_alone(mentions, item.end, end):
            # 北京、上海高院: the places belong to the bodies of the name that goes on.
            return [], pos
        found.extend(item.actors)
        pos = item.end
        joint = _JOINT.match(mentions.text, pos, end)
        if joint is None and not item.place:
            # The rest of a name that the gazetteer has in part: …协会中国分会、….
            joint = _REST.match(mentions.text, pos, end)
        if joint is None or joint.end() not in here:
            break
        pos = joint.end()
    return found, pos


def _broken(mentions: Mentions, rest: int, end: int) -> bool:
    """True when a list of actors runs on into words that are none (北京、上海高院), or is a mere attribute."""
    return mentions.text.startswith(("的", "、"), rest, end)


def _stands_alone(mentions: Mentions, at: int, end: int) -> bool:
    """A place acts when a joint, a count of bodies or the verb follows its name, not when it opens a longer name."""
    text = mentions.text
    return bool(_JOINT.match(text, at, end) or _COUNTED.match(text, at, end) or _TAIL.match(text, at, end))


def _carried(mentions: Mentions, start: int) -> tuple[Actor, ...]:
    """The subject of an earlier clause of the sentence that this clause goes on with."""
    earlier = [c for c in clauses(mentions.text) if c.start < start]
    for clause in (Clause(c.start, min(c.end, start)) for c in earlier[: -_REACH - 1 : -1]):
        pos = max([clause.start, *(d.end for d in mentions.dates if d.start == clause.start)])
        named = _named(mentions, clause.start, clause.end, places=False)
        found, rest = _chain(mentions, named, pos, clause.end)
        found = _leading(mentions, named, pos, rest) or found
        others = _AND_OTHERS.match(mentions.text, rest, clause.end)
        rest = others.end() if others else rest
        if found and rest < clause.end and mentions.text[rest] not in "的、各等有相":
            return unique(found)
        if mentions.text[clause.end : clause.end + 1] in "；。" or _PRESENT.search(
            mentions.text, clause.start, clause.end
        ):
            break
    return ()


def _leading(mentions: Mentions, named: list[_Named], pos: int, end: int) -> list[Actor]:
    """Who goes on in the next clause of 甲会同乙、丙印发…，并公布…: 甲; nobody when no partners are told so."""
    for mark in _LATER.finditer(mentions.text, pos, end):
        if not any(n.start <= mark.start() < n.end for n in named):
            return [actor for n in named if pos <= n.start < mark.start() for actor in n.actors]
    return []
