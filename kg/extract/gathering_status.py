"""Whether a gathering was held, is planned or was called off, or is only cited, counted or required."""

from __future__ import annotations

import re

from kg.extract.clauses import called_off
from kg.extract.words import alternation, tuple_of, words
from kg.model import EventStatus

__all__ = ["status_of"]

_COUNTED_AFTER = re.compile(
    r"(?:共|累计|等)?[\d.]+(?:余|多)?万?(?:余|多)?(?:场|期|次|个|届|余|多|轮)|[一二三四五六七八九十两数]+(?:余)?(?:场|期|次)"
)
#: What shall, may or must be held, who is in charge of holding it, and by when: rules and duties, no happenings.
_NORM = re.compile(
    r"应(?<![反响相适对感呼]应)(?![邀对用急])|可以|可(?=[召举])|须|如需|负责(?!同志|人)|每[年月季周]|定期|[\d末底]月?[日月年]?前(?=[召举组])"
)
#: 首届论坛举办以来 tells how long, not what happened.
_SINCE = re.compile(r"(?:召开|举行|举办|开幕|启动)?(?:以来|之前|以前|前夕|至今)")
_COUNTED_BEFORE = re.compile(
    r"(?<![第\d])[\d一二三四五六七八九十两]+(?:余|多)?(?:场|期|次|个|轮|批|项|届(?!全国|人大|中央|政协|[一二三四五六七八九十]{1,2}[中次]))"
)
_PLURAL = re.compile(r"各类|各级各类|各种|一系列|若干|多次|系列(?=培训|讲座|轮训)|有关活动")
#: 经某次会议审议通过: a meeting that is cited for what it passed.
_PASSED = re.compile(r"经(?![济验贸营费典理销])[^，。；]{0,40}(?:审议|研究|讨论|审定|表决|批准|同意)")


def status_of(text: str, start: int, end: int, verb_start: int, relation: str) -> EventStatus | None:
    """Held, planned and so on; None for what is cited or counted and so no single event."""
    if (
        _SINCE.match(text, max(end, verb_start))
        or _COUNTED_AFTER.match(text, end)
        or _COUNTED_BEFORE.match(text, start)
        or _PLURAL.match(text, start)
    ):
        return None
    low = max(text.rfind("，", 0, start), text.rfind("；", 0, start)) + 1
    passed = _PASSED.search(text, low, min(len(text), end + 3))
    if passed and passed.end() >= end:
        return None
    before = text[max(low, min(start, verb_start) - 16) : start]
    cited = tuple_of("cite_verbs")
    if relation != "held" and (before.endswith(cited) or text.startswith(cited, low)):
        return None
    if _NORM.search(before):
        return None
    stop = text.find("，", end)
    if stop < 0 and text.find("。", end) < 0:
        stop = text.find("；", end)
    if stop >= 0 and called_off(text, stop):
        return EventStatus.POSTPONED
    if not alternation("not_held").search(text, low):
        return EventStatus.HELD
    for word, status in words("not_held").items():
        if (
            word in before
            or text.startswith(word, start)
            or (relation == "takes_place" and word in text[end:verb_start])
        ):
            return EventStatus(status)
    return EventStatus.HELD
