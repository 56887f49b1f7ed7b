"""Typical cases and selections: who or what was selected for which series, in prose and in tables of cases.

A count without titles (2个案例入选…) is no case; nor is the approval to found something (获批建设…).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.case_subjects import Subject, listed, subjects
from kg.extract.case_tables import cases_of_tables
from kg.extract.clauses import Clause, clauses
from kg.extract.mentions import Mentions
from kg.extract.words import alternation, words
from kg.model import CaseFact, Passage

__all__ = ["cases_of_tables", "find_cases"]

_BEFORE_VERB = (
    r"(?P<by>被(?P<agent>[^，。；：“”《》]{2,24}?)?)?(?:成功|分别|双双|均|共同|先后|首批|再次|一并|顺利|正式)?(?P<verb>"
)
#: A figure of the selected, no selection: 入围数量, 获评比例.
_FIGURE = re.compile(r"[\u4e00-\u9fff]{0,6}(?:数量|总数|次数|比例|率|名额|规模)")
_LEADING = re.compile(r"(?:先后|分别|新|成功|首次|还|均|已|累计|共|再次|同时|并)+\Z")
_CHOSEN = re.compile(
    r"(?P<who>[^，。；“”《》]{2,40}?)(?:联合|组织|共同)?(?:遴选|发布|确定|公布|评选|评定|认定|推出|主办|征集|选树|通报|推荐)的"
)
_RANKED = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}名|[特一二三]等奖|[金银铜]奖|冠军|亚军|季军|优[秀胜]奖|最高奖|大奖"
)
_CONTEST = re.compile(r"在(?P<name>[^，。；“”]{4,40}?)(?:中|上|评选中|活动中)?\Z")
_PAIRED = re.compile(r"和|、|与|及")
_LIST_TAIL = re.compile(r"(?:名单|名录|行列|范围|序列)\Z")
_LIST_OF = re.compile(
    r"(?P<items>.{4,160}?)等(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})(?:个|项|家|件|批|类)(?P<series>[\u4e00-\u9fff“”]{4,40})\Z"
)
_BRACKETED = re.compile(
    r"(?:成立|建设|设立)?(?P<series>[\u4e00-\u9fff]{4,30}(?:示范区|试验区|先行区|试点|基地))（(?P<where>[\u4e00-\u9fff]{2,12})）\Z"
)
_WHOLE_QUOTE = re.compile(r"[“‘]([^“”‘’]{4,60})[”’](?:称号|荣誉称号|荣誉)?\Z")
_SHORTEST_SERIES = 4


@dataclass(frozen=True, slots=True)
class _Selection:
    """A verb of selection with what stands before and after it in its clause."""

    clause: Clause
    start: int
    verb: str
    agent: str
    series: str


def find_cases(mentions: Mentions, passage: Passage) -> Iterator[CaseFact]:
    """The cases and selections that a sentence names by title, each once in a series."""
    if mentions.sentence.caption:
        return
    seen: set[tuple[str, str]] = set()
    for selection in _selections(mentions):
        for fact in _facts(mentions, passage, selection):
            if (fact.title, fact.series) not in seen:
                seen.add((fact.title, fact.series))
                yield fact


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(_BEFORE_VERB + alternation("case_verbs").pattern + ")")


def _selections(mentions: Mentions) -> Iterator[_Selection]:
    """The clauses with a verb of selection, outside quotation marks and titles."""
    text = mentions.text
    if alternation("case_verbs").search(text) is None:
        return
    for clause in clauses(text):
        for match in _verb().finditer(text, clause.start, clause.end):
            if _quoted(text, clause.start, match.start("verb")) or mentions.in_title(match.start("verb")):
                continue
            series = text[match.end() : clause.end].removeprefix("了").strip()
            if _selects(match, text, clause, series):
                yield _Selection(clause, match.start(), match["verb"], match["agent"] or "", series)
                break


def _quoted(text: str, start: int, at: int) -> bool:
    """True inside “”."""
    return text.count("“", start, at) > text.count("”", start, at)


def _selects(match: re.Match[str], text: str, clause: Clause, series: str) -> bool:
    """True when the verb tells of a selection for a named series."""
    kind = words("case_verbs")[match["verb"]]
    if kind in ("passive", "list") and not match["by"]:
        # 列入 and 纳入 without 被 select only what is named in quotation marks.
        return (
            kind == "passive"
            and match["verb"] == "列入"
            and text[match.start("verb") - 1] == "”"
            and _is_series(series)
        )
    if kind == "prize" and not match["by"]:
        return _RANKED.search(series) is not None or re.search(r"奖|称号|荣誉", series[-6:]) is not None
    return len(series) >= _SHORTEST_SERIES and _FIGURE.match(series) is None


def _is_series(series: str) -> bool:
    return any(series.endswith(word) or _LIST_TAIL.search(series) for word in words("case_series"))


def _facts(mentions: Mentions, passage: Passage, selection: _Selection) -> Iterator[CaseFact]:
    series, chosen = _series(mentions, selection)
    lead = mentions.text[selection.clause.start : selection.start]
    found = subjects(mentions, selection.clause.start, selection.start)
    if not found:
        if _LEADING.sub("", lead) == "" and selection.verb.startswith("获批"):
            yield from _objects(mentions, passage, selection)
        return
    if series is None:
        return
    paired = _pairs(series, found) if _apart(mentions, selection) else None
    for at, subject in enumerate(found):
        name = paired[at] if paired else series
        yield _fact(mentions, passage, subject, name, chosen, "case.selected")


def _apart(mentions: Mentions, selection: _Selection) -> bool:
    """True when 分别 stands before the verb, inside the match or just before it."""
    low, high = selection.clause.start, selection.start + 12
    return "分别" in mentions.text[low:high]


def _pairs(series: str, found: list[Subject]) -> list[str] | None:
    """A分别入选…示范城市和试点城市名单: the series of each; None when the numbers differ."""
    names = [_LIST_TAIL.sub("", part) for part in _PAIRED.split(_LIST_TAIL.sub("", series))]
    if len(names) != len(found):
        return None
    first = names[0]
    return [first] + [_completed(first, name) for name in names[1:]]


def _completed(first: str, name: str) -> str:
    """试点城市 after 国家知识产权强市建设示范城市 is 国家知识产权强市建设试点城市."""
    return first[: -len(name)] + name if len(first) > len(name) + 2 and first[-1] == name[-1] else name


def _series(mentions: Mentions, selection: _Selection) -> tuple[str | None, str]:
    """The series as told and who selects for it; None when no series is named."""
    series, chosen = selection.series, selection.agent
    by = _CHOSEN.match(series)
    if by:
        series, chosen = series[by.end() :], by["who"]
    elif _RANKED.fullmatch(series):
        contest = _CONTEST.search(mentions.text, selection.clause.start, selection.start)
        return (contest["name"], chosen) if contest else (None, chosen)
    if any(series.startswith(word) for word in words("case_not_selected")):
        return None, chosen
    whole = _WHOLE_QUOTE.fullmatch(series)
    series = whole[1] if whole else series
    counted = re.search(r"\d{1,5}(?:余|多)?(?:个|家|项|件|处|批)\Z", series)
    return (None if counted or len(series) < _SHORTEST_SERIES else series), chosen


def _objects(mentions: Mentions, passage: Passage, selection: _Selection) -> Iterator[CaseFact]:
    """获批A、B等16项…试点, 获批成立…示范区（某地): what was approved is named after the verb."""
    several = _LIST_OF.fullmatch(selection.series)
    if several:
        for title in listed(several["items"]):
            yield _fact(mentions, passage, Subject(title), several["series"], "", "case.approved")
        return
    one = _BRACKETED.fullmatch(selection.series)
    if one:
        title = f"{one['series']}（{one['where']}）"
        yield _fact(mentions, passage, Subject(title), one["series"], "", "case.approved")


def _fact(mentions: Mentions, passage: Passage, subject: Subject, series: str, chosen: str, rule: str) -> CaseFact:
    return CaseFact(
        passage=passage,
        rule=rule,
        confidence=0.95 if subject.quoted else 0.85,
        title=subject.title,
        series=series,
        region=mentions.context.region or subject.region,
        organisation=subject.organisation,
        selected_by=chosen,
    )
