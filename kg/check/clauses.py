"""The clause around a figure: what else it says, and how its growth is written."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.check.evidence import Figure
from kg.check.measures import residue, word_list

__all__ = ["Written", "growth_written", "narrowing", "place_of"]

_SPACE = re.compile(r"\s+")
_STOPS = "，。；：,;（）()！？"
_MONTH = re.compile(r"(?<![\d—–-])(?!1[—–-]12月)(?!12月(?:底|末|31日))\d{1,2}(?:[—–-]\d{1,2})?月(?!报)")
_TIME = re.compile(r"\d{2,4}年|\d{1,2}月|\d{1,2}日|[“”\"]")

Written = tuple[str, bool]


def place_of(figure: Figure) -> tuple[str, int, int] | None:
    """The text of the passage without spaces, and where the figure begins and ends in it; None when the digits
    do not stand there as they were read."""
    text = _SPACE.sub("", figure.words.text)
    value = figure.text or figure.written
    unit = "".join(f"{re.escape(sign)}[余多]?" for sign in figure.written_unit)
    found = list(re.finditer(rf"(?<![\d.,]){re.escape(value)}[余多几]?{unit}", text))
    return (text, *found[0].span()) if len(found) == 1 else None


def narrowing(figure: Figure) -> str | None:
    """What the words around a figure say beyond its name: "" when the name says all, None when that is not known
    or the words are of a part of the year.

    That is the clause of the figure, what stands before 其中, and a clause that leads in (通过……，).
    """
    place = place_of(figure)
    if place is None:
        return None
    text, start, end = place
    if _of_part_of_a_year(text[max(text.rfind(stop, 0, start) for stop in "。；") + 1 : start]):
        return None
    first = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    last = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    clause = text[first:start] + text[end:last]
    return residue(_TIME.sub("", _led_in(text, first) + clause), figure.name, figure.subject)


def _of_part_of_a_year(before: str) -> bool:
    """True for 1—9月, 三季度, 上半年; the end of December is that of the year."""
    return bool(_MONTH.search(before)) or any(word in before for word in word_list().role("part_of_year"))


def _led_in(text: str, first: int) -> str:
    """The words before a clause that it hangs on; a sentence that begins with 其中 hangs on one that is not here."""
    words = word_list()
    sentence = max(text.rfind(stop, 0, first) for stop in "。；") + 1
    before = text[sentence:first]
    for mark in words.role("some_parts"):
        at = text.find(mark, sentence, first + len(mark))
        if at >= 0:
            return text[sentence:at] or mark
    lead = before.rstrip(_STOPS)[max(before.rstrip(_STOPS).rfind(stop) for stop in _STOPS) + 1 :]
    leads = lead.startswith(words.role("lead")) and not any(sign.isdigit() for sign in lead)
    return lead if leads else ""


def growth_written(figure: Figure) -> Written | None:
    """The digits of a figure's yearly change as the text has them, and whether they are only about so; None when
    they are not found."""
    if figure.growth is None:
        return None
    place = place_of(figure)
    if place is None:
        return None
    text, _, end = place
    for found in re.finditer(r"(\d{1,6}(?:\.\d{1,6})?)[%％]", text[end : end + 60]):
        if Decimal(found[1]) == abs(figure.growth):
            before = text[end : end + found.start()][-3:]
            after = text[end + found.end() : end + found.end() + 2]
            vague = any(before.endswith(word) or after.startswith(word) for word in word_list().role("approximate"))
            return found[1], vague
    return None
