"""What a gathering is called, and whether that tells which one it is."""

from __future__ import annotations

import functools
import re

from kg.extract.clauses import place_names
from kg.extract.gathering_hosts import Gathering
from kg.extract.mentions import Mentions
from kg.extract.words import alternation, tuple_of

__all__ = ["ORDINAL", "balanced", "is_bare", "is_unnamed", "told_name"]

_GENERIC = re.compile(
    r"(?:第?[\d一二三四五六七八九十]+次?|\d{4}年度?|本次|此次|该|了|一次|相关|有关|专题|例行|系列|工作|主题|专门|线上|线下|双边|月度|(?<!第.)季度|常态化|定期|日常|班|等|多次|的|首次|年度|全体|党组|"
    r"[、和与及“”]|举办|组织|公益|大型|学术|宣传|各项|重要|国际|议|会|活动)*"
)
#: 第八届, 第三次.
ORDINAL = re.compile(r"第([\d一二三四五六七八九十百零〇两]+)([次届])")
#: 甲、乙、丙等框架下的交流活动.
_SEVERAL = re.compile(r"等[^，。；、“”]{0,8}下的|[\u4e00-\u9fff](?:会|班|坛|座|赛|展|训)等[^，。；“”]{0,6}活动\Z")
_SINGLED = re.compile(r"[“《\d]|第[一二三四五六七八九十]|首[届期次场]|[\u4e00-\u9fff]{2}[省市县区州]")
_WHO_CAME = re.compile(r"来自|出席|参会|参加|到会")
_THEME = re.compile(r"以[“《][^“”《》]{1,60}[”》]为(?:主题|题)的?")


_OPENS = re.compile(r"(?:\A|[，。；])(?:召开|举行|举办)\Z")


def is_unnamed(mentions: Mentions, start: int, end: int, relation: str) -> bool:
    """A bare noun (会议) is an event only when somebody named holds it on a told date, or a person at a told place; a
    weak one (讲座) only with a date, a place, a number or a name in quotation marks; several at once (…等框架下的) never."""
    name = mentions.text[start:end]
    if "等" in name and _SEVERAL.search(name):
        return True
    if not is_bare(name):
        weak = relation == "held" and name.endswith(tuple_of("weak_gatherings"))
        return weak and not _SINGLED.search(name) and mentions.date_at(start) is None and not _chaired(mentions, start)
    if relation != "held":
        return True
    if mentions.date_at(start) is None:
        return not (mentions.people and _chaired(mentions, start))
    if name.endswith("发布会") and _OPENS.search(mentions.text, 0, start):  # 12日　举行新闻发布会: ours
        return False
    return not mentions.orgs and not ORDINAL.search(mentions.text, start, end)


def _chaired(mentions: Mentions, at: int) -> bool:
    """True when the clause up to `at` tells where, and who by name when there are people."""
    low = max(mentions.text.rfind(sign, 0, at) for sign in "，。；") + 1
    people = [p for p in mentions.people if low <= p.start < at]
    return bool(place_names(mentions, low, at)) and (bool(people) or not mentions.people)


@functools.cache
def _bare_opening() -> re.Pattern[str]:
    """How a noun with nothing before it that tells which one it is begins: quicker to try than its whole."""
    return re.compile(f"{alternation('event_nouns').pattern}|{_GENERIC.pattern.removesuffix('*')}")


# The names of all sentences are judged before their facts are put together, and then again without their themes.
@functools.lru_cache(maxsize=2048)
def is_bare(name: str) -> bool:
    """True for a noun with nothing before it that tells which one it is (第一次工作会议)."""
    if not _bare_opening().match(name):
        return False
    nouns, core = alternation("event_nouns"), name
    pieces = nouns.split(name)
    if not pieces[-1]:  # it ends with a noun
        core = "".join(pieces)  # 宣传周系列活动
        if ORDINAL.search(name):  # 联席会议第一次全体会议 is told by its number
            core = name[: [noun.start() for noun in nouns.finditer(name)][-1]]
    return _GENERIC.fullmatch(core) is not None


def balanced(name: str) -> str:
    """An event's name without its theme (以…为主题的) and with its quotation marks in pairs."""
    name = _THEME.sub("", name)
    if name.count("“") <= name.count("”"):
        return name
    return name[1:] if name.startswith("“") else name + "”"


def told_name(mentions: Mentions, found: Gathering) -> str:
    """A bare 会议 is named by who held it and what it was about."""
    text = mentions.text
    named = [o.start for o in mentions.orgs if o.end <= found.verb_start]
    if found.relation == "held":
        named += [p.start for p in mentions.people if p.end <= found.verb_start]
    first = min(named, default=found.start)
    if ORDINAL.search(text, found.start, found.end):
        # 某工作组召开第五次全体会议: the body and the ordinal name it.
        begin = max([0, *(d.end for d in mentions.dates if d.end <= found.verb_start)])
        return text[begin : found.verb_start].strip("，") + text[found.start : found.end]
    stop = text.find("，", found.end + 1)
    stop = stop if 0 <= stop <= found.end + 45 else min(len(text), found.end + 45)
    if _WHO_CAME.search(text, found.end, stop):  # who took part does not tell what it was about
        stop = found.end
    cut = [first]  # 某局12日举行: the day is no part of the name
    for date in mentions.dates:
        if first < date.start and date.end <= found.verb_start:
            cut += [date.start, date.end]
    cut.append(stop)
    return "".join(text[a:b] for a, b in zip(cut[::2], cut[1::2], strict=True)).rstrip("。；，")
