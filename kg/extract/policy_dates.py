"""When the act was that a sentence tells of a document: its day or month."""

from __future__ import annotations

import re

from kg.extract.mentions import Mentions, TitleHit
from kg.extract.policy_verbs import Verb
from kg.model import DateRange, PartialDate

__all__ = ["date_of", "dated"]

_YEAR = re.compile(r"(\d{4})年\Z")
_THERE = re.compile(
    r"(?:(?:会|论坛|仪式|活动|大会|年会|峰会)(?:议)?(?:上|期间|现场)|会议|会后|会谈(?:中|后|期间)?|双方|各方|其间|期间|签约仪式上)"
)
_FROM = re.compile(r"(?:已|也|正式)?(?:自|从|于)?")
_IN_FORCE = re.compile(r"起?(?:正式|开始|全面)?(?:施行|实施)")
_SINCE = re.compile(r"起?，?(?:新?修[订改正]后?的|新的?)?")
_MADE_AT = re.compile(r"(?:正式|联合|共同|对外|，)?(?:印发|发布|公布|出台|颁布|签署|发出)(?:实施|施行)?(?=[，。；]|\Z)")


def date_of(mentions: Mentions, hit: TitleHit, verb: Verb | None) -> DateRange | None:
    """The day or month of what the sentence says was done with the title."""
    text = mentions.text
    since = next((d for d in mentions.dates if d.end == hit.start), None)
    acts = "实施|施行|生效|颁布|公布|发布" if since and since.since else "颁布|公布|发布"
    if since and re.match(rf"[\u4e00-\u9fff]{{0,4}}(?:{acts})", text[hit.end :]):
        return since.when
    if verb is None or not verb.makes:
        return _in_force(mentions, hit) if verb and verb.passive else None
    if verb.attributive and (year := _YEAR.search(text, max(0, verb.start - 5), verb.start)):
        # 2027年签署的《…》 tells the year of the document.
        return DateRange(PartialDate(int(year[1])), None, year[0])
    after = next((d for d in mentions.dates if d.start > hit.end and _MADE_AT.match(text, d.end)), None)
    if after and "《" not in text[hit.end : after.start] and after.when.start.month and not after.since:
        return after.when
    when = dated(mentions, verb.start)
    if when is None and not (mentions.dates or verb.attributive) and mentions.context.date and _THERE.match(text):
        # 会上 is the day of the meeting that the sentence before told of.
        return _of_act(mentions.context.date)
    return when


def _in_force(mentions: Mentions, hit: TitleHit) -> DateRange | None:
    """When a title came into force: 《…》自7月1日起施行, 7月1日起，新修订的《…》施行."""
    text = mentions.text
    for date in mentions.dates:
        if date.start >= hit.end:
            told = _FROM.fullmatch(text, hit.end, date.start) and _IN_FORCE.match(text, date.end)
            return _of_act(date.when) if told else None
        if date.end <= hit.start and _SINCE.fullmatch(text, date.end, hit.start) and _IN_FORCE.match(text, hit.end):
            return _of_act(date.when)
    return None


def dated(mentions: Mentions, at: int) -> DateRange | None:
    """The last day or month told before a position; a mere year and the end of a period date no act."""
    before = [d for d in mentions.dates if d.start < at and not d.since and not mentions.in_title(d.start)]
    if not before or not before[-1].when.start.month:
        return None
    told, when = before[-1], before[-1].when
    if re.search(r"截[至止]", mentions.text[max(0, told.start - 4) : told.start]):
        return None
    return _of_act(when)


def _of_act(when: DateRange) -> DateRange | None:
    """Within a range of days only the month of an act is sure; a mere year dates none."""
    if not when.start.month:
        return None
    start = when.start
    return DateRange(PartialDate(start.year, start.month), None, when.told) if when.end else when
