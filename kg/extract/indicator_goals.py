"""What a plan aims at, told beside a figure: 距“十四五”末2.4%的预期目标."""

from __future__ import annotations

import re

from kg.extract.indicator_clauses import Slot

__all__ = ["goal_of", "goal_year"]

_GOAL = re.compile(r"(?:目标值?|“(?P<plan>[^“”]{2,5})”(?:规划)?(?:目标|预期))[^，]{0,4}\Z")
#: 距“十四五”末2.4%的预期目标
_GOAL_AHEAD = re.compile(r"\A的(?:预定|预期|规划|年度|既定)?目标")
_PLAN_END = re.compile(r"“(?P<plan>[^“”]{2,5})”(?:规划)?(?:期)?末?(?:年)?\Z")


#: 距2030年达到80分的目标
_BY_YEAR = re.compile(r"(?:距|离|到|至)(20\d{2})年?(?:年?[底末])?(?:达到|实现|的)?\Z")


def goal_year(slot: Slot) -> str:
    """The year by which a goal is to be reached, empty when it is not told."""
    found = _BY_YEAR.search(slot.left)
    return found[1] if found else ""


def goal_of(slot: Slot) -> re.Match[str] | None:
    """The words that tell that a value is what a plan aims at."""
    ahead = _GOAL_AHEAD.match(slot.right) if slot.right.startswith("的") else None
    if ahead:
        return _PLAN_END.search(slot.left) or ahead
    return _GOAL.search(slot.left) if "目标" in slot.left or "预期" in slot.left else None
