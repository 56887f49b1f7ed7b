"""Dates known to the day, the month or the year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DateRange, PartialDate


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(min_value=dt.date(1, 1, 1)))
    precision = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:precision])


@given(partial_dates())
def test_written_and_read_again_it_is_the_same(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert len(str(date)) in (4, 7, 10)


@given(partial_dates())
def test_its_days_lie_between_the_first_and_the_last(date: PartialDate) -> None:
    assert date.earliest <= date.latest
    assert str(date.earliest).startswith(str(date))
    assert str(date.latest).startswith(str(date))
    before, after = date.earliest - dt.timedelta(1) if date.earliest > dt.date.min else None, None
    if date.latest < dt.date.max:
        after = date.latest + dt.timedelta(1)
    assert before is None or not str(before).startswith(str(date))
    assert after is None or not str(after).startswith(str(date))


@given(partial_dates(), partial_dates())
def test_agreement_is_mutual_and_means_less_precision(a: PartialDate, b: PartialDate) -> None:
    assert a.agrees(b) == b.agrees(a)
    assert a.agrees(a)
    assert a.agrees(b) == (str(a).startswith(str(b)) or str(b).startswith(str(a)))


@given(st.dates(min_value=dt.date(1, 1, 1)))
def test_a_day_agrees_with_its_month_and_its_year(day: dt.date) -> None:
    exact = PartialDate(day.year, day.month, day.day)
    month, year = PartialDate(day.year, day.month), PartialDate(day.year)
    assert exact.agrees(month)
    assert exact.agrees(year)
    assert month.agrees(year)
    assert exact.earliest == exact.latest == day


@given(partial_dates(), partial_dates())
def test_a_range_goes_from_its_first_to_its_last_day(a: PartialDate, b: PartialDate) -> None:
    start, end = sorted((a, b), key=lambda date: date.latest)
    assert DateRange(start, end).earliest == start.earliest
    assert DateRange(start, end).latest == end.latest
    assert DateRange(start).latest == start.latest


@pytest.mark.parametrize("parts", [(0,), (10000,), (2024, 13), (2024, -1), (2024, 2, 30), (2023, 2, 29), (2024, 0, 1)])
def test_what_no_calendar_has_is_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"year|month|day"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["", "x", "2024-", "2024-01-01-01", "2024/01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|expected YYYY"):
        PartialDate.parse(text)


def test_leap_days_exist() -> None:
    assert PartialDate(2024, 2).latest == dt.date(2024, 2, 29)
    assert PartialDate(2024, 2, 29).agrees(PartialDate(2024))
