"""Values with their precision: dates as told."""

from __future__ import annotations

import calendar
import datetime as dt

from kg.model.frozen import Frozen

__all__ = ["DateRange", "PartialDate"]


class PartialDate(Frozen, order=True):
    """A date known to the day, the month or the year. `str()` gives YYYY-MM-DD, YYYY-MM or YYYY.

    Raises ValueError for a month or day that no calendar has.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"year {self.year}; expected 1 to 9999")
        if self.month == 0 and self.day:
            raise ValueError("a day without a month")
        if not 0 <= self.month <= 12:
            raise ValueError(f"month {self.month}; expected 1 to 12")
        if self.day and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise ValueError(f"{self.year}-{self.month:02} has no day {self.day}")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The inverse of `str()`."""
        parts = [int(p) for p in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(f"date {text!r}; expected YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(*parts)

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def earliest(self) -> dt.date:
        """The first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def agrees(self, other: PartialDate) -> bool:
        """True when one can be the other told with less precision."""
        if self.year != other.year or not (self.month and other.month):
            return self.year == other.year
        return self.month == other.month and (not (self.day and other.day) or self.day == other.day)


class DateRange(Frozen, order=True):
    """A happening from `start` to `end`; `end` is None for a single date. `told` is its wording."""

    start: PartialDate
    end: PartialDate | None = None
    told: str = ""

    @property
    def earliest(self) -> dt.date:
        """The first day it can mean."""
        return self.start.earliest

    @property
    def latest(self) -> dt.date:
        """The last day it can mean."""
        return (self.end or self.start).latest
