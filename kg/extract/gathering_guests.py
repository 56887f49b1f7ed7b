"""Who takes part in a gathering, told after it: 甲局、乙部派员参加, 来自丙国、丁国的学员结业, 戊大学作交流发言."""

from __future__ import annotations

import re

from kg.extract.clauses import actor_of, actors_between, clauses
from kg.extract.mentions import Mentions, within
from kg.extract.roles import is_cited
from kg.model import Actor, ActorKind, PlaceKind

__all__ = ["awarded", "guests_after"]

_TAKES_PART = re.compile(
    r"出席|参加(?!人数)|参会|与会(?!者|代表|人员|专家|嘉宾)|到会|列席|参训|参展|参赛|派员(?!来访|出访|赴|前往)|受邀|应邀|"
    r"作[^，。；]{0,8}(?:发言|报告|分享|介绍|演讲)|发言|致辞|授课|观摩|答记者问|回答[^，。；]{0,6}提问"
)
#: 来自埃及、老挝等16国的38名学员: where those who take part come from.
_FROM = re.compile(r"来自(?P<where>[^，。；]{2,80}?)(?:[的等]|\d|共|近|多个)")
_COUNTRIES = re.compile(
    r"(?P<where>[\u4e00-\u9fff、]{2,60}?)(?:等(?:\d+|[一二三四五六七八九十]+)(?:余|多)?|(?<=、..)[两三四五六七八九十]|(?<=、...)[两三四五六七八九十]"
    r"|(?<=、....)[两三四五六七八九十]|(?<=、......)[两三四五六七八九十])个?(?:国家|地区|国)"
)
#: 甲国、乙国选派24名学员参加.
_SENDS = re.compile(r"(?P<where>[\u4e00-\u9fff、]{2,60}?)(?:等\d{0,3}个?(?:国家|国)?)?(?:[选各共]派|派出|派遣)")
#: 为老挝、缅甸两国培训官员21名: who learns there.
_TAUGHT = re.compile(r"为(?P<where>[^，。；]{2,60}?)(?:等?(?:\d+|[两三四五六七八九十]+)国)?培训")
#: What stands in every stretch that tells who took part.
_COMES = re.compile(rf"来自|培训|等[\d一二三四五六七八九十]|{_TAKES_PART.pattern}")
_GUEST = re.compile(
    r"代表|学员|官员|嘉宾|专家|学者|人员|人士|选手|企业|机构|\d名|\d人|\d余[名人]|参[会加训展赛]|出席|结业|负责人|与会|部长"
)
#: 联席会议各成员单位, 某协会会员: what belongs to a body takes part, not the body.
_PART_OF = re.compile(r"各|(?!等)[\u4e00-\u9fff]{0,2}单位|机构|系统|成员|会员|下属|所属")
_AWARDED = re.compile(r"[^，。；]{0,30}?(?:荣获|获得|获评|获颁|被授予|当选|获(?!奖)[^，。；]{1,16}奖)")
#: 就甲部参加某条约的议案: what is spoken about.
_ABOUT = re.compile(r"就|围绕|审议|听取|传达|研究|通过|关于|根据|学习|由")


def awarded(text: str, at: int) -> bool:
    """True when the clause after somebody tells of a prize or an office: no word of taking part."""
    return _AWARDED.match(text, at) is not None


def guests_after(mentions: Mentions, at: int, stop: int) -> list[Actor]:
    """The bodies and countries that text[at:stop] says took part, in order."""
    text = mentions.text
    actors: list[Actor] = []
    for clause in clauses(text) if _COMES.search(text, at, stop) else ():
        start, end = max(clause.start, at), min(clause.end, stop)
        if start >= end:
            continue
        came = _FROM.search(text, start, end) or _COUNTRIES.match(text, start, end) or _TAUGHT.search(text, start, end)
        came = came or ("派" in text and _SENDS.match(text, start, end)) or None
        if came and _GUEST.search(text, came.end("where"), end):
            low, high = came.span("where")
            actors += [
                Actor(p.surface, ActorKind.PLACE)
                for p in mentions.places
                if low <= p.start < high
                and p.entry.kind == PlaceKind.COUNTRY
                and not any(o.start <= p.start < o.end for o in mentions.orgs)
            ]
        verb = _TAKES_PART.search(text, start, end)
        if verb and not _ABOUT.match(text, start):
            whole = {o.actor for o in mentions.orgs if _PART_OF.match(text, o.end)}
            actors += [a for a in actors_between(mentions, start, verb.start()) if a not in whole]
    people = [p for p in within(mentions.people, at, stop) if not mentions.in_title(p.start)]
    named = [actor_of(p) for p in people if not awarded(text, p.end) and not is_cited(text, p)]
    return [*filter(None, named), *actors]
