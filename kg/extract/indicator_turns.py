"""What a new paragraph and a new sentence take over from the one before: period, whole and parts, event."""

from __future__ import annotations

import re

from msgspec.structs import replace

from kg.extract.indicator_context import Scope
from kg.extract.indicator_ends import strip_lead
from kg.extract.indicator_places import Sharers
from kg.extract.indicator_state import State
from kg.extract.indicator_words import Words
from kg.model import Sentence

__all__ = ["THIS_ONE", "new_paragraph", "open_sentence"]

_PART = ("其中", "其次", "包括", "包含", "含")
_NAMED_YEAR = re.compile(r"(20\d{2}|19\d{2})(?<!\d{5})(?:年度|[）)])")
_CARRIED = re.compile(
    r"[其用最居位排占前](?:(?<=\A其)[中次]|(?<=\A用)于|(?<=最)多|(?<=居)于|(?<=位)居|(?<=排)名|(?<=占)总"
    r"|(?<=前)[一二三四五六七八九十\d]{1,3}位)"
)
#: How a sentence takes up what was held: 本届评选共收到….
THIS_ONE = re.compile(
    r"\A(?:本次|此次|该|本届|这次|这项|该项|这一)(?:会议|大会|论坛|培训班|研修班|活动|展会|年会|研讨会|比赛|大赛|评选|征集|项目)"
)
#: How a sentence goes on with the figures of the region that the one before told of.
_STILL = re.compile(r"(?:各级|各地|新收|审结|受理|授权|登记|前(?:\d{1,2}个月|[一二三]季度))(?!会)")
_ABOUT = re.compile(
    r"\A(?:本次|此次|该|本届|这次|这项|该项)?(?:会议|大会|论坛|培训班|活动|展会|年会|研讨会|比赛|大赛|评选|征集)"
    r"(?:期间|上|还|共|由|发布|形成|签署|吸引|收到|，)"
    r"|\A(?:该|这一)(?:项目|研修班|培训班)(?:自|已|累计)"
)


def new_paragraph(state: State, sentence: Sentence, year: int) -> State:
    """A new paragraph starts afresh, unless it divides what the one before counted."""
    if state.values and _carried(sentence.text):
        state.paragraph = sentence.paragraph
        return state
    carried = State(Scope(str(year)), sentence.paragraph)
    if not state.values or sentence.paragraph - state.values[-1].sentence.paragraph > 3:
        return carried
    # A note or a caption may stand between a total and the paragraph that divides it.
    carried.values, carried.measure, carried.stem, carried.event = state.values, state.measure, state.stem, ""
    return carried


def _carried(text: str) -> bool:
    """Whether a sentence goes on with what the one before counted."""
    return _CARRIED.search(text, 0, 40) is not None


def _goes_on(state: State, text: str, words: Words) -> bool:
    """Whether a sentence opens with something that was counted just before: only then the year-end told there holds."""
    opening = strip_lead(text, words)[0][:4]
    return not words.verb.match(opening) and any(opening in draft.name for draft in state.values[-24:])


def open_sentence(state: State, sentence: Sentence, joined: bool, words: Words, year: int) -> None:
    """What a sentence takes over from the one before; `joined` tells that a semicolon ends that one."""
    text = sentence.text
    named = _NAMED_YEAR.findall(text) if "年度" in text or "）" in text or ")" in text else ()
    if not joined:
        _open(state, text, words, year)
    else:
        if state.scope.cumulative and not text.startswith(_PART):
            state.scope = replace(state.scope, cumulative=False)
        state.held = ""
    state.past = int(named[-1]) if named else state.past


def _open(state: State, text: str, words: Words, year: int) -> None:
    """A new sentence."""
    carried = _carried(text)
    if carried and not state.drafts:
        told = [d for d in state.values[-24:] if not d.share]
        state.scope = told[-1].scope if told else state.scope
    if carried and re.search(r"用于|最多|最高|其次", text[:40]):
        state.part = True
    if not carried:
        if state.home and not _STILL.match(text):
            state.home = ""
        stock = state.scope.stock if state.scope.period == state.scope.stock and _goes_on(state, text, words) else ""
        state.scope = Scope(stock or str(year), stock)
        state.tail = ""
        state.part = False
    state.drafts = []
    state.verb = state.lead = state.object = state.within = state.area = state.held = state.holder = ""
    state.actor = ""
    state.sharers = Sharers()
    state.about = state.event if state.event and _ABOUT.match(text) else ""
