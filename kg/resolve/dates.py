"""How two dates as told stand to each other, and which of several is the most precise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from kg.model import DateRange, PartialDate

__all__ = ["best_date", "compare_dates", "days_of", "differing_dates", "month_of", "precision"]


def month_of(date: DateRange | None) -> str:
    """`2024-05`, or the year, or "" for no date."""
    return str(date.start)[:7] if date else ""


def precision(date: PartialDate) -> int:
    """3 for a day, 2 for a month, 1 for a year."""
    return 1 + bool(date.month) + bool(date.day)


def compare_dates(a: DateRange | None, b: DateRange | None) -> str:
    """The name of the rule that holds for two dates (see `kg.resolve.rules`)."""
    if a is None or b is None:
        return "undated"
    if a.start.agrees(b.start):
        one, other = precision(a.start), precision(b.start)
        if min(one, other) == 1:
            return "same_year"
        if one == other:
            return "same_day" if one == 3 else "same_month"
        return "month_of_day"
    if (a.end or b.end) and a.earliest <= b.latest and b.earliest <= a.latest:
        return "in_range"
    if a.start.year != b.start.year:
        return "other_year"
    return "other_day" if a.start.month == b.start.month else "other_month"


def days_of(date: DateRange | None) -> tuple[int, int]:
    """The first and the last day that a date can mean, as ordinals; of no date, all days. Of two dates whose days do
    not meet, `compare_dates` says other_day, other_month or other_year."""
    if date is None:
        return 0, dt.date.max.toordinal()
    first, last = date.start.earliest.toordinal(), date.latest.toordinal()
    return first, max(last, date.start.latest.toordinal()) if date.end else last


def best_date(dates: Sequence[DateRange | None]) -> DateRange | None:
    """The most precise date, one with an end before one without, else the first."""
    if len(dates) == 1:  # most
        return dates[0]
    told = [(n, date) for n, date in enumerate(dates) if date is not None]
    if len(told) < 2:
        return told[0][1] if told else None
    return min(told, key=lambda pair: (-precision(pair[1].start), pair[1].end is None, pair[0]))[1]


def differing_dates(told: DateRange | None, chosen: DateRange | None, field: str) -> Iterable[str]:
    """Where a telling's date contradicts the chosen one, in words; one told with less precision does not."""
    if told is None or chosen is None:
        return
    if not told.start.agrees(chosen.start):
        yield f"{field}: {told.start}, chosen {chosen.start}"
    if told.end is not None and not told.end.agrees(chosen.end or chosen.start):
        yield f"end: {told.end}, chosen {chosen.end or chosen.start}"
