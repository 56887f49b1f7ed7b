"""The nouns of gatherings: those of the list, and what is one by its form (第三次…磋商, 某某交流会召开)."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kg.extract.words import alternation, words
from kg.lexicon import Automaton
from kg.model import EventType

__all__ = ["begins_of_nouns", "event_nouns", "kind_of", "overlapping"]


#: What the nouns begin with that no list has.
_OTHERS = ("会", "活动", "第", "磋商", "对话", "会晤")


@functools.cache
def event_nouns(meeting: str = r"会(?<=[\u4e00-\u9fff]{2}会)") -> re.Pattern[str]:
    """The event nouns of the list; besides, any 会 after two characters that nobody is a member of, and an activity
    that takes place or is one of a numbered series. Each begins with a character, which is quick to look for."""
    bodies = "".join(f"(?<!{word})" for word in words("not_gatherings"))
    held = r"(?=\Z|[，。；、）]|[和与及](?=[^，。；]{2,30}(?:[会班]|论坛)(?:[，。；]|[在于召举]))|[在于][^，。；]{1,20}?[召举]|召开|举[行办])"
    activity = r"活动(?=[在于][^，。；]{1,20}?(?:召开|举[行办]|启动|开幕))"
    numbered = r"第[\d一二三四五六七八九十]{1,3}届[^，。；、等和与及暨会]{2,30}?活动(?=[，。；])"
    takes_place = r"(?=在[^，。；]{1,20}?(?:召开|举[行办])|于[^，。；]{1,20}?举行|以[^，。；]{1,14}?举行|举[行办])"
    consulted = (
        rf"第[\d一二三四五六七八九十]{{1,3}}[次轮届][^，。；、等和与及暨会]{{2,30}}?(?:磋商|对话|会[晤谈])(?:(?=[，。；])|{takes_place})"
        + "".join(
            rf"|{noun}(?<=[\u4e00-\u9fff]{{6}})(?<!双方..)(?<!两国..){takes_place}" for noun in ("磋商", "对话", "会晤")
        )
    )
    return re.compile(f"{alternation('event_nouns').pattern}|{meeting}{bodies}{held}|{activity}|{numbered}|{consulted}")


def begins_of_nouns(texts: Sequence[str]) -> list[list[int]]:
    """Where an event noun can begin in each text: the pattern need not be tried elsewhere."""
    found: list[set[int]] = [set() for _ in texts]
    for n, _, start, _ in _openings().find(texts):
        found[n].add(start)
    return [sorted(starts) for starts in found]


@functools.cache
def _openings() -> Automaton:
    return Automaton([*words("event_nouns"), *_OTHERS], overlapping=True)


@functools.lru_cache(maxsize=256)
def kind_of(noun: str) -> EventType:
    """The type of an event noun; one that no list has is a meeting, or an activity."""
    told = words("event_nouns").get(noun)
    return EventType(told) if told else EventType.OTHER if noun.endswith("活动") else EventType.MEETING


def overlapping(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """A noun that begins inside the phrase and ends after it: 专题会 and 会商会议 in 专题会商会议."""
    for at in range(start + 1, end):
        more = pattern.match(text, at)
        if more and more.end() > end:
            return more
    return None
