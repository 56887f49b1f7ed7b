"""Titles that a body gives: 授予甲、乙“…”称号, 认定甲等12家企业为…、乙为….

In: the mentions of a sentence. Out: what was named, with the title as its series; nothing raises.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from kg.extract.case_series import is_series
from kg.extract.case_subjects import Subject, subjects
from kg.extract.clauses import clauses
from kg.extract.mentions import Mentions
from kg.extract.signs import GRANTING
from kg.extract.words import any_of, words

__all__ = ["grants", "named_as"]

#: “…”称号 or …称号 at the end of a clause.
_TITLE = re.compile(
    r"(?P<list>.{2,160}?)(?:[“‘](?P<quoted>[^“”‘’]{4,40})[”’](?:荣誉)?(?:称号|奖项|奖牌|牌匾)?"
    r"|(?P<plain>[\u4e00-\u9fff]{4,30})(?:荣誉)?(?:称号))\Z"
)
_AS = re.compile(r"(?<![作成])为(?:[“‘](?P<quoted>[^“”‘’]{4,40})[”’]|(?P<plain>[^，。；：、为“”]{4,40}))(?=、|\Z)")
_NOT = re.compile(r"(?:未|没有|不|拟|将|被|获|申请|申报|争取|力争|建议|推荐|可以|可)\Z")


def grants(mentions: Mentions) -> Iterator[tuple[Subject, str]]:
    """What a sentence tells to be given a title, each with that title."""
    text = mentions.text
    if not mentions.signs & GRANTING:
        return
    for clause in clauses(text):
        match = _verb().search(text, clause.start, clause.end)
        if match is None or mentions.in_title(match.start()) or _NOT.search(text, clause.start, match.start()):
            continue
        if text.count("“", clause.start, match.start()) > text.count("”", clause.start, match.start()):
            continue
        kind = words("case_granting")[match[0]]
        yield from (_titled if kind == "title" else _named_as)(mentions, match.end(), clause.end)


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(any_of(words("case_granting")))


def _titled(mentions: Mentions, start: int, end: int) -> Iterator[tuple[Subject, str]]:
    match = _TITLE.match(mentions.text, start, end)
    if match is None:
        return
    series = match["quoted"] or match["plain"]
    yield from ((s, series) for s in _proper(mentions, start, match.end("list")))


def _named_as(mentions: Mentions, start: int, end: int) -> Iterator[tuple[Subject, str]]:
    """甲、乙为A、丙等3家为B: the list before each 为 has the title after it."""
    for match in _AS.finditer(mentions.text, start, end):
        series = match["quoted"] or match["plain"]
        if not is_series(series):
            return
        yield from ((s, series) for s in _proper(mentions, start, match.start()))
        start = match.end() + 1


def named_as(mentions: Mentions, start: int) -> Iterator[Subject]:
    """What clauses that begin at `start` or later name as one of a class: 甲省为省级试点，乙市、丙市为市级试点."""
    for clause in clauses(mentions.text):
        if clause.start >= start and "为" in mentions.text[clause.start : clause.end]:
            yield from (subject for subject, _ in _named_as(mentions, clause.start, clause.end))


def _proper(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """The things named in text[start:end], when each is a body, a place, or opens with one; [] for phrases."""
    found = subjects(mentions, start, end)
    known = {p.start for p in mentions.places} | {o.start for o in mentions.orgs}
    for subject in found:
        at = mentions.text.find(subject.title, start, end)
        if not (subject.quoted or subject.organisation or at in known):
            return []
    return found
