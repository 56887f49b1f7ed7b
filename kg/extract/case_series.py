"""The series that a text announces (公布…十大典型案例, …名单公布) and the contests that it tells of.

What is said to be selected later, without a series of its own (“甲案”等榜上有名), belongs to the series announced last.
In: plain texts. Out: names as told; nothing raises.
"""

from __future__ import annotations

import functools
import re

from kg.extract.signs import ANNOUNCING, CONTEST, SERIES, pattern_of
from kg.extract.words import alternation, words
from kg.model.frozen import Frozen

__all__ = [
    "Announced",
    "announced",
    "award_in",
    "class_of",
    "contest_in",
    "is_series",
    "opens_list",
    "pairs",
    "series_of_heading",
]

#: Classes and counts name no series: 一批典型案例, 50件典型案例, 甲案例和10件乙案例.
_VAGUE = re.compile(
    r"(?:\d{1,5}|[一二两三四五六七八九]{1,3}|多|数|若干)(?:余|多)?(?:个|件|起|项|批|家|篇|例|种|部)|一系列|系列|相关|有关|若干|部分|各类|更多|该|此|其|上述|本|以下|如下"
)
#: 10起典型案例: how many they are is no part of the name.
_COUNTED = re.compile(
    r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})(?:余|多)?(?:个|件|起|项|家|篇|例|种|部)(?=[\u4e00-\u9fff“]{4})"
)
_TWO = re.compile(r"[和与及]\d{1,4}(?:个|件|起|项|批|家|篇)")
_NUMBERED = re.compile(
    r"附[件录]?\d{0,2}[：:\s]\s{0,3}|(?:第[一二三四五六七八九十\d]{1,3}[章节编部分]{1,2}|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:\.\d{1,2}){0,3}(?:[.、．]|\s(?!年)))\s{0,4}"
)
_OPENS = re.compile(
    r"(?:其中)?(?:包括|分别为|分别是|依次为|如下|为|有|名单|案例|案件|简介|内容|摘要)(?:如下|以下[\u4e00-\u9fff\d]{0,8})?[：:]?\Z|[：:]\Z"
)
_CONTEST = re.compile(
    r"(?:\d{4}年(?:度)?)?(?:第[一二三四五六七八九十百\d]{1,4}届|首届|\d{4}年(?:度)?)[\u4e00-\u9fffA-Za-z“”—·]{2,30}?"
    r"(?:大赛|竞赛|比赛|挑战赛|锦标赛|邀请赛|评选|博览会|发明展|展览会|设计赛|(?:评价|评估|考核|考评|测评)(?=结果|中)|奖(?=[，；揭]))"
)
_AWARD = re.compile(r"(?:颁发|颁授|揭晓)了?(?P<name>[^，。；：、“”《》]{3,40}奖)(?=[，。；：])")
_LIST_TAIL = re.compile(r"(?:名单|名录|行列|范围|序列)\Z")
_PRIZE_OF = re.compile(
    r"(?P<group>[\u4e00-\u9fff]{2,10}?(?:组|类|赛道))(?P<prize>[特一二三]等奖|[金银铜]奖|冠军|第一名)"
)
_PAIRED = re.compile(r"和|、|与|及")
_BRACKET = re.compile(r"[（(][^（）()]{1,12}[）)]\Z")
_LONGEST = 60
#: What a series is, as the subject of its clause.
_TOLD = ("公布", "发布", "揭晓", "出炉", "公示")


class Announced(Frozen):
    """A series with the verb at `verb` that announces it and the position `end` after its name."""

    series: str
    verb: int
    end: int


@functools.cache
def _ending() -> str:
    return rf"(?:{alternation('case_announced_ends').pattern})(?:[（(][^（）()]{{1,24}}[）)])?"


@functools.cache
def _heading() -> re.Pattern[str]:
    return re.compile(rf"[^，。；：]{{0,60}}?{_ending()}")


@functools.cache
def _active() -> re.Pattern[str]:
    """公布了2031年度十大典型案例; the name ends where its clause ends."""
    verbs = alternation("case_announcing").pattern
    return re.compile(
        rf"(?P<verb>{verbs})(?:了)?(?:《[^《》]{{2,40}}》[^，。；：、《》“”和及]{{0,8}}[和及])?[《“]?(?P<name>[^，。；：、《》]{{2,{_LONGEST}}}?{_ending()})[》”]?(?:(?:评选|遴选|征集|推选)(?:活动)?结果)?(?:共?\d{{1,4}}(?:余|多)?[件起个例批])?(?=[，。；：（(]|\Z)"
    )


@functools.cache
def _passive() -> re.Pattern[str]:
    """2031年度十大典型案例正式公布; the name begins where its clause begins."""
    return re.compile(
        rf"(?:\A|[，。；])(?:(?:\d{{1,2}}月)?\d{{1,2}}日，?|日前，?|近日，?)?(?:[《“]?(?P<name>[^，。；：、《》]{{2,{_LONGEST}}}?{_ending()})[》”]?|“(?P<quoted>[^“”]{{3,20}})”(?=评选|遴选|推选|征集))"
        r"(?:(?:评选|遴选|征集|推选)(?:活动)?(?:结果)?|名单)?(?P<verb>)(?:今日|今天|日前|近日|正式|对外|已|(?:\d{1,2}月)?\d{1,2}日)?(?:[在于][^，。；]{2,10}?)?(?:正式|对外)?"
        rf"(?:{'|'.join(_TOLD)})(?=[，。；：]|\Z)"
    )


@functools.cache
def _within() -> re.Pattern[str]:
    """在2031年度十大典型案例评选中."""
    return re.compile(
        rf"在(?P<name>[^，。；：、《》]{{2,{_LONGEST}}}?{_ending()})(?P<verb>)(?:征集|评选|遴选|推选|评审|展评|展示)(?:活动)?中(?=，)"
    )


# What a sentence announces is asked for its selections, its titles and its list.
@functools.lru_cache(maxsize=512)
def announced(text: str, end: int) -> Announced | None:
    """The last series that text[:end] announces."""
    found = None
    if not (pattern_of(SERIES).search(text, 0, end) and pattern_of(ANNOUNCING).search(text, 0, end)):
        return None
    for pattern in (_active(), _passive(), _within()):
        for match in pattern.finditer(text, 0, end):
            name = (match["name"] or match["quoted"]).rpartition("的")[2]
            counted = _COUNTED.match(name)
            name = name[counted.end() :] if counted else name
            # The shortest verb may have left a part of itself: 公布 of 对外公布.
            if _VAGUE.match(name) or _TWO.search(name) or len(name) < 4:
                continue
            name += "”" * (name.count("“") - name.count("”"))
            name = "“" + name if "“" not in name and "”" in name else name  # “林长+”典型案例
            if found is None or match.end() > found.end:
                found = Announced(name, match.start("verb"), match.end())
    return found


def is_series(name: str) -> bool:
    """True for the name of a list, a title or an award: it ends as such names do (示范城市, …名单)."""
    name = _BRACKET.sub("", name)
    return name.endswith(tuple(words("case_series"))) or _LIST_TAIL.search(name) is not None


def opens_list(text: str) -> bool:
    """True when a text ends in words that a list is to follow."""
    return _OPENS.search(text.rstrip("。"), max(0, len(text) - 24)) is not None


# The headings above a sentence are those of the sentence before.
@functools.lru_cache(maxsize=256)
def series_of_heading(title: str) -> str:
    """The series that a heading names, without its number; "" when it names none."""
    name = _NUMBERED.sub("", title, count=1) if _NUMBERED.match(title) else title
    return name if 4 <= len(name) <= _LONGEST and _heading().fullmatch(name) else ""


def contest_in(text: str) -> str:
    """The last contest that a text names (第五届…大赛), "" when none."""
    found = ""
    if not ("届" in text or "年" in text) or not pattern_of(CONTEST).search(text):
        return found
    for match in _CONTEST.finditer(text):
        # The award has the name, not its being given: 中国专利奖评选.
        found = match[0].removesuffix("评选") if match[0].endswith("奖评选") else match[0]
    return found


def award_in(text: str) -> str:
    """The last award that a text tells to be given (颁发2031海洋文学金奖), "" when none."""
    found = ""
    for match in _AWARD.finditer(text):
        found = match["name"]
    return found


def pairs(series: str, count: int) -> list[str] | None:
    """A分别入选…示范城市和试点城市名单: the series of each; None when the numbers differ."""
    names = [_LIST_TAIL.sub("", part) for part in _PAIRED.split(_LIST_TAIL.sub("", series))]
    if len(names) != count:
        return None
    prize = _PRIZE_OF.fullmatch(names[-1])
    if prize and all(name.endswith(prize["group"][-1]) for name in names[:-1]):
        # 成长组、初创组一等奖: the prize is that of each group.
        head = contest_in(names[0])
        return [
            names[0] + prize["prize"],
            *(f"{head}{n.removesuffix(prize['prize'])}{prize['prize']}" for n in names[1:]),
        ]
    first = names[0]
    return [first] + [_completed(first, name) for name in names[1:]]


def class_of(series: str, name: str) -> str:
    """The class 优势企业 of the list 国家示范企业和优势企业名单 by its full name, "" when the list has no such class."""
    every = pairs(series, len(_PAIRED.findall(series)) + 1) if _LIST_TAIL.search(series) else None
    return next((one for one in every or () if one.endswith(name) and len(one) > len(name)), "")


def _completed(first: str, name: str) -> str:
    """试点城市 after 国家知识产权强市建设示范城市 is 国家知识产权强市建设试点城市."""
    return first[: -len(name)] + name if len(first) > len(name) + 2 and first[-1] == name[-1] else name
