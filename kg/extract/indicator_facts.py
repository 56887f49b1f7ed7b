"""A draft of a figure becomes a fact."""

from __future__ import annotations

import re

from kg.extract.indicator_state import Draft
from kg.extract.indicator_words import Words
from kg.extract.passages import passage_of
from kg.model import IndicatorFact, Passage, Report

__all__ = ["fact_of"]


#: （以下简称“甲论坛”）: no part of the name of a measure.
_SHORT_NAME = re.compile(r"[（(]以?下(?:文)?[简统]?称[^（）()]{1,30}[）)]")


def fact_of(draft: Draft, report: Report, passages: dict[int, Passage], words: Words) -> IndicatorFact:
    """The fact of a draft; `passages` keeps the passage of each sentence, by its index."""
    quantity, scope = draft.quantity, draft.scope
    # One passage for all values of a sentence: a long list of figures is read in linear time.
    index = draft.sentence.index
    passage = passages.get(index)
    if passage is None:
        passage = passages[index] = passage_of(report, draft.sentence)
    right = words.subject.search(draft.name) if not draft.subject else None
    return IndicatorFact(
        passage=passage,
        rule=draft.rule,
        confidence=draft.confidence,
        name=_SHORT_NAME.sub("", draft.name) if "称" in draft.name else draft.name,
        value=quantity.value,
        unit=quantity.unit,
        period=scope.period,
        base_value=quantity.base_value,
        base_unit=quantity.base,
        value_text=quantity.words,
        area=draft.area,
        subject=right.group() if right else draft.subject,
        comparison=draft.comparison,
        approx=quantity.approx,
        cumulative=scope.cumulative,
        since=scope.since if scope.cumulative else "",
        target=draft.target,
        low=quantity.low,
        high=quantity.high,
        rank=draft.rank,
    )
