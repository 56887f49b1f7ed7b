"""What a new paragraph and a new sentence take over from the one before: period, whole and parts, event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from kg.extract.indicator_context import Scope
from kg.extract.indicator_ends import strip_lead
from kg.extract.indicator_places import Sharers
from kg.extract.indicator_quantities import Quantity
from kg.extract.indicator_state import State
from kg.extract.indicator_words import Words
from kg.extract.signs import CARRYING, YEARLY
from kg.model import Sentence

__all__ = ["THIS_ONE", "new_paragraph", "open_sentence", "telling"]

_PART = ("其中", "其次", "包括", "包含", "含")
_NAMED_YEAR = re.compile(r"(20\d{2}|19\d{2})(?<!\d{5})(?:年度|[）)])")
_CARRIED = re.compile(
    r"[其用最居位排占前](?:(?<=\A其)[中次]|(?<=\A用)于|(?<=最)多|(?<=居)于|(?<=位)居|(?<=排)名|(?<=占)总"
    r"|(?<=前)[一二三四五六七八九十\d]{1,3}位)"
)
_NOBODY = Sharers()
#: How a sentence takes up what was held: 本届评选共收到….
THIS_ONE = re.compile(
    r"\A(?:本次|此次|该|本届|这次|这项|该项|这一)(?:会议|大会|论坛|培训班|研修班|活动|展会|年会|研讨会|比赛|大赛|评选|征集|项目)"
)
_TELLS = re.compile(
    r"[0-9０-９年举召开实闭揭结；;](?:(?<=\d)\d{3}年|(?<=年)[底末]|(?<=举)[办行]|(?<=召)开|(?<=开)[展幕]|(?<=实)施|(?<=闭)幕|(?<=揭)晓|(?<=结)果"
    r"|(?<=[；;])\Z)"
)
#: How a sentence goes on with the figures of the region that the one before told of.
_STILL = re.compile(r"(?:各级|各地|新收|审结|受理|授权|登记|前(?:\d{1,2}个月|[一二三]季度))(?!会)")
_ABOUT = re.compile(
    r"(?=[本此该这会大论培活展年研比评征])(?:本次|此次|该|本届|这次|这项|该项)?(?:会议|大会|论坛|培训班|活动|展会|年会|研讨会|比赛|大赛|评选|征集)"
    r"(?:期间|上|还|共|由|发布|形成|签署|吸引|收到|，)"
    r"|(?:该|这一)(?:项目|研修班|培训班)(?:自|已|累计)"
)


def telling(told: Sequence[Sentence], figures: Sequence[list[Quantity]]) -> list[tuple[Sentence, list[Quantity]]]:
    """The sentences that have figures, and those that tell something before some in their paragraph or in the next that
    goes on with it, with their figures; most are neither."""
    found, follows = [], False
    for sentence, later, some in zip(told[::-1], [*told[-1:], *told[:0:-1]], figures[::-1], strict=True):
        follows = bool(some) or (follows and (sentence.paragraph == later.paragraph or _carried(later.text)))
        if some or (follows and _TELLS.search(sentence.text)):
            found.append((sentence, some))
    return found[::-1]


def new_paragraph(state: State, sentence: Sentence, signs: int, year: int) -> State:
    """A new paragraph starts afresh, unless it divides what the one before counted."""
    if signs & CARRYING and state.values and _carried(sentence.text):
        state.paragraph = sentence.paragraph
        return state
    fresh = State(_in_year(year), sentence.paragraph)
    if not state.values or sentence.paragraph - state.values[-1].sentence.paragraph > 3:
        return fresh
    # A note or a caption may stand between a total and the paragraph that divides it.
    fresh.values, fresh.measure, fresh.stem, fresh.event = state.values, state.measure, state.stem, ""
    return fresh


@lru_cache(maxsize=16)
def _in_year(year: int) -> Scope:
    return Scope(str(year))


def _carried(text: str) -> bool:
    """Whether a sentence goes on with what the one before counted."""
    return _CARRIED.search(text, 0, 40) is not None


def _goes_on(state: State, text: str, words: Words) -> bool:
    """Whether a sentence opens with something that was counted just before: only then the year-end told there holds."""
    opening = strip_lead(text, words)[0][:4]
    return not words.verb.match(opening) and any(opening in draft.name for draft in state.values[-24:])


def open_sentence(state: State, sentence: Sentence, joined: bool, signs: int, words: Words, year: int) -> None:
    """What a sentence takes over from the one before; `joined` tells that a semicolon ends that one, `signs` are those of
    the sentence."""
    text = sentence.text
    named = _NAMED_YEAR.findall(text) if signs & YEARLY else ()
    if not joined:
        _open(state, text, signs, words, year)
    else:
        if state.scope.cumulative and not text.startswith(_PART):
            state.scope = replace(state.scope, cumulative=False)
        state.held = ""
    state.past = int(named[-1]) if named else state.past


def _open(state: State, text: str, signs: int, words: Words, year: int) -> None:
    """A new sentence."""
    goes_on = bool(signs & CARRYING) and _carried(text)
    if goes_on and not state.drafts:
        told = [d for d in state.values[-24:] if not d.share]
        state.scope = told[-1].scope if told else state.scope
    if goes_on and re.search(r"用于|最多|最高|其次", text[:40]):
        state.part = True
    if not goes_on:
        if state.home and not _STILL.match(text):
            state.home = ""
        stock = state.scope.stock if state.scope.period == state.scope.stock and _goes_on(state, text, words) else ""
        state.scope = Scope(stock, stock) if stock else _in_year(year)
        state.tail = ""
        state.part = False
    state.drafts = []
    state.verb = state.lead = state.object = state.within = state.area = state.held = state.holder = ""
    state.actor = ""
    state.sharers = _NOBODY
    state.about = state.event if state.event and _ABOUT.match(text) else ""
