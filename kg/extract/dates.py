"""Dates in prose: days, ranges over days, months and years, lists of days and months, parts of months, 同日 and 次日.

A year that the text leaves out is the year of the report or of the heading. Precision is kept: `5月` is a month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from operator import attrgetter

from kg.extract.mentions import DateHit
from kg.extract.words import alternation
from kg.model import DateRange, PartialDate, Section

__all__ = ["find_dates", "month_of", "month_of_heading", "year_of_headings"]

_YEAR = r"(?:(?P<{y}>\d{{4}}|[〇零一二三四五六七八九]{{4}})年)?"
_TO = r"(?:至|到|—{1,2}|－|-|~|～)"
_DAY = re.compile(
    _YEAR.format(y="y1") + r"(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?"
    r"(?:" + _TO + _YEAR.format(y="y2") + r"(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?(?=(?P<tail>日|[^\d]|\Z))"
)
_MONTH = re.compile(
    _YEAR.format(y="y1") + r"(?P<m1>\d{1,2})月(?:份|底|初|末|上旬|中旬|下旬)?"
    r"(?:" + _TO + _YEAR.format(y="y2") + r"(?P<m2>\d{1,2})月(?:份|底|初|末|上旬|中旬|下旬)?)?(?!\d)"
)
_FIGURE = re.compile(r"\d[.．]?\Z")
_SAME = re.compile(
    r"(?P<same>同日|同一天|当日|当天|即日)|(?P<eve>前一[天日])|(?P<next>次日|翌日|第二天)|(?P<month>[同当本是]月|月内)|(?P<after>次月)"
    r"|(?P<later>[一两三四五六七八九十\d]{1,2})(?:天|日)(?:之)?后"
)
#: What can follow a day told without its month.
_THEN = rf"(?=\Z|(?:{_TO}|、)(?:\d{{1,2}}月)?\d{{1,2}}日|{alternation('after_days').pattern})"
_ANY = re.compile(
    rf"\d{{1,2}}日{_THEN}"
    r"|(?:(?:\d{4}|[〇零一二三四五六七八九]{4})年)?\d{1,2}月|同日|同一天|当日|当天|次日|翌日|第二天|前一[天日]|[同当本是次]月|月内|[一两三四五六七八九十\d]{1,2}(?:天|日)(?:之)?后"
)
#: What stands in every date, at most so far behind where it begins.
_SIGN = re.compile(
    r"日(?<=[\d同当次翌一两三四五六七八九十]日)|月(?<=[\d同当本是次]月)|月(?=内)|天(?<=[\d一当二两三四五六七八九十]天)"
)
_LONGEST = len("2024年12")
#: 7月3日和5日: further days of the month told before; 两日在一起 they are one stretch, 分别 and 两次 tell them apart.
_NEXT_DAY = re.compile(r"(?:[、和与及]|以及)(?P<d1>\d{1,2})日(?:" + _TO + r"(?P<d2>\d{1,2})日)?(?!\d)")
_APART = re.compile(r"[^。；]{0,40}?(?:分别|先后|两次|各)")
#: 7日，双方又在某地; 某局16日公布: a day alone, of the month that was told last. 每月15日 and 前30日 are no days of it.
_BARE_DAY = re.compile(
    rf"(?<![\d月第近每满前后逾约超共计达数限期\.．])(?<![^班幕营课赛]、)(?P<d1>\d{{1,2}})日(?:{_TO}(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})日)?{_THEN}"
)
#: 此前，两国…会议于26日召开: what was before the day told last.
_EARLIER = re.compile(r"(?:在)?(?:此|[^，。；]{0,3}会[见谈议晤]?|访问?)之?前，")
#: Days that lean on that of a dateline.
_LATELY = re.compile(r"(?P<today>今[天日])|(?P<before>昨[天日])|近日|日前")
_SINCE_BEFORE = re.compile(r"(?:自|从|截至|截止|截止到|至)\Z")
_SINCE_AFTER = re.compile(r"(?:以来|起(?!草)|之前|以前|前(?!往|来|夕))")
_HEADING_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?![^）)]{0,6}\d月)")
_HEADING_YEAR = re.compile(r"((?:19|20)\d\d)年(?!—)")
#: 去年11月 is told from the year of the report.
_OF_YEAR = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "次年": 1}
_NUMBERS = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def year_of_headings(path: tuple[str, ...], year: int) -> int:
    """The year that the headings above a sentence name, innermost first, else `year`."""
    for title in reversed(path):
        found = _HEADING_YEAR.search(title) if "年" in title else None
        if found:
            return int(found[1])
    return year


def month_of_heading(section: Section, year: int) -> DateRange | None:
    """The month that the headings above a sentence name, innermost first, for days told without one."""
    if section.month:
        return DateRange(PartialDate(year_of_headings(section.path, year), section.month))
    for title in reversed(section.path):
        found = _HEADING_MONTH.search(title) if "月" in title else None
        if found and 1 <= int(found[2]) <= 12:
            return DateRange(PartialDate(int(found[1]), int(found[2])))
    return None


def month_of(date: DateRange) -> DateRange:
    """The month of a day."""
    return DateRange(PartialDate(date.start.year, date.start.month))


def find_dates(
    text: str, year: int, before: DateRange | None = None, issued: DateRange | None = None
) -> Iterator[DateHit]:
    """The dates told in `text`, in order.

    `year` stands for one left out; `before` is the date that the paragraph told last, for 同日 and 次日, or the month
    for a day alone; `issued` is the day of the dateline, for 今天 and 近日.
    """
    found = _found(text, year, before) if "月" in text or "日" in text or "天" in text else iter(())
    return found if issued is None else iter(sorted((*found, *_lately(text, issued)), key=attrgetter("start")))


def _lately(text: str, issued: DateRange) -> Iterator[DateHit]:
    """今天, 昨日 and 近日 in an item of that day."""
    for match in _LATELY.finditer(text):
        day = issued.latest - dt.timedelta(days=1 if match["before"] else 0)
        exact = match["today"] or match["before"]
        when = DateRange(PartialDate(day.year, day.month, day.day if exact else 0), None, match.group())
        yield DateHit(match.start(), match.end(), when)


def _found(text: str, year: int, before: DateRange | None) -> Iterator[DateHit]:
    last, at = before, 0
    for anchor in _anchors(text):
        start = anchor.start()
        if start < at or (start and _FIGURE.search(text, max(0, start - 2), start)):
            continue
        found = _relative(text, start, last) or _told(text, start, year, last)
        if found is None:
            continue
        for first, end, when in _listed(text, start, *found):
            since = bool(_SINCE_BEFORE.search(text, max(0, first - 4), first) or _SINCE_AFTER.match(text, end))
            yield DateHit(first, end, when, since)
            last, at = when, end


def _anchors(text: str) -> Iterator[re.Match[str]]:
    """What `_ANY.finditer` yields, looked for only where a date can begin."""
    at = 0
    while (sign := _SIGN.search(text, at)) and (anchor := _ANY.search(text, max(at, sign.start() - _LONGEST))):
        yield anchor
        at = anchor.end()


def _listed(text: str, start: int, end: int, when: DateRange) -> Iterator[tuple[int, int, DateRange]]:
    """A date and the further days of a list that it opens: 7月3日和5日; two days in a row are one stretch."""
    if not when.start.day or not text.endswith("日", start, end):
        yield start, end, when
        return
    while more := _NEXT_DAY.match(text, end):
        later = _of_month(when, more)
        if later is None:
            break
        follows = later.start.earliest - when.latest == dt.timedelta(days=1)
        if follows and later.end is None and not _APART.match(text, more.end()):
            when = DateRange(when.start, later.start, text[start : more.end()])
        else:
            yield start, end, when
            start, when = more.start("d1"), later
        end = more.end()
    yield start, end, when


def _of_month(told: DateRange, match: re.Match[str]) -> DateRange | None:
    """The day or days of a match in the month of a date told before, later than it; None when the calendar has none."""
    year, month = (told.end or told.start).year, (told.end or told.start).month
    try:
        start = PartialDate(year, month, int(match["d1"]))
        last = int(match.groupdict().get("m2") or month)  # 30日至11月2日
        end = PartialDate(year + (last < month), last, int(match["d2"])) if match["d2"] else None
    except ValueError:
        return None
    # 17日至19日举行；18日颁奖: a day of the stretch told before.
    within = told.end is not None and end is None and told.start.earliest <= start.earliest <= told.latest
    if (told.start.day and not within and start.earliest <= told.latest) or (end and end.earliest <= start.earliest):
        return None
    return DateRange(start, end, match.group())


def _relative(text: str, at: int, last: DateRange | None) -> tuple[int, DateRange] | None:
    bare = _BARE_DAY.match(text, at)
    if bare and last is not None and last.start.month:
        # a day of the stretch that was told: 12日至15日率团访问。13日，; one before in what 此前 opens
        told = month_of(last) if _EARLIER.match(text, 0, at) else last
        alone = _of_month(told, bare) or (_of_month(DateRange(last.start), bare) if last.end else None)
        return (bare.end(), alone) if alone else None
    match = _SAME.match(text, at)
    if match is None or last is None:
        return None
    if match["month"]:
        return match.end(), DateRange(PartialDate(last.start.year, last.start.month), None, match.group())
    if match["after"]:
        month = (last.end or last.start).month
        later = PartialDate((last.end or last.start).year + month // 12, month % 12 + 1) if month else None
        return (match.end(), DateRange(later, None, match.group())) if later else None
    if match["eve"]:
        eve = last.start.earliest - dt.timedelta(days=1) if last.start.day else None
        return (match.end(), DateRange(PartialDate(eve.year, eve.month, eve.day), None, match.group())) if eve else None
    if match["next"] or match["later"]:
        days = _NUMBERS.get(match["later"], 0) or int(match["later"]) if match["later"] else 1
        if not last.start.day:
            return None
        day = last.latest + dt.timedelta(days=days)
        return match.end(), DateRange(PartialDate(day.year, day.month, day.day), None, match.group())
    return match.end(), DateRange(last.start, last.end, match.group())


def _told(text: str, at: int, year: int, last: DateRange | None) -> tuple[int, DateRange] | None:
    year += _OF_YEAR.get(text[max(0, at - 2) : at], 0)
    match = _DAY.match(text, at)
    if match and ("日" in match.group() or match["tail"] == "日"):
        return _range(match, year, day=True)
    match = _MONTH.match(text, at)
    return _range(match, year, day=False) if match else None


def _range(match: re.Match[str], year: int, *, day: bool) -> tuple[int, DateRange] | None:
    """The range of a match, or None when the calendar has no such date."""
    first_year = _number(match["y1"]) or year
    month = int(match["m1"])
    try:
        start = PartialDate(first_year, month, int(match["d1"]) if day else 0)
        end: PartialDate | None = None
        if match["d2"] if day else match["m2"]:
            last_month = int(match["m2"]) if match["m2"] else month
            last_year = _number(match["y2"]) or first_year + (last_month < month)
            end = PartialDate(last_year, last_month, int(match["d2"]) if day else 0)
    except ValueError:
        return None
    if end is not None and end.earliest < start.earliest:
        return None
    stop = match.end()
    if day and not match.group().endswith("日") and match["tail"] == "日":
        stop += 1
    return stop, DateRange(start, end, match.string[match.start() : stop])


def _number(text: str | None) -> int:
    return int(text.translate(_DIGITS)) if text else 0
