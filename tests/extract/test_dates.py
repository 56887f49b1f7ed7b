"""Dates in prose: each wording with its precision, and no text that raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import find_dates, year_of_headings
from kg.model import DateRange, PartialDate


def told(text: str, year: int = 2031, before: DateRange | None = None) -> list[str]:
    """start or start/end of each date, with ! when it starts a period only."""
    return [
        f"{d.when.start}{f'/{d.when.end}' if d.when.end else ''}{'!' if d.since else ''}"
        for d in find_dates(text, year, before)
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("3月9日，会议召开。", ["2031-03-09"]),
        ("2019年3月9日，会议召开。", ["2019-03-09"]),
        ("二〇一九年3月9日，会议召开。", ["2019-03-09"]),
        ("6月2日至5日，论坛举行。", ["2031-06-02/2031-06-05"]),
        ("6月2—5日，论坛举行。", ["2031-06-02/2031-06-05"]),
        ("6月2日-5日，论坛举行。", ["2031-06-02/2031-06-05"]),
        ("5月31日至6月3日，论坛举行。", ["2031-05-31/2031-06-03"]),
        ("12月29日至1月2日，论坛举行。", ["2031-12-29/2032-01-02"]),
        ("2030年12月29日至2031年1月2日，论坛举行。", ["2030-12-29/2031-01-02"]),
        ("9月，论坛举行。", ["2031-09"]),
        ("9月份，论坛举行。", ["2031-09"]),
        ("9月上旬，论坛举行。", ["2031-09"]),
        ("9月底，论坛举行。", ["2031-09"]),
        ("9月至11月，活动举行。", ["2031-09/2031-11"]),
        ("11月至2032年2月，活动举行。", ["2031-11/2032-02"]),
        ("4月26日、27日，会议召开。", ["2031-04-26/2031-04-27"]),
        ("7月3日和5日，甲会和乙会分别召开。", ["2031-07-03", "2031-07-05"]),
        ("3月2日、3日，分别召开甲会和乙会。", ["2031-03-02", "2031-03-03"]),
        ("5月2日至4日、6日至8日，两期班举办。", ["2031-05-02/2031-05-04", "2031-05-06/2031-05-08"]),
        ("3月31日、32日，会议召开。", ["2031-03-31"]),
        ("6月5日，甲协议签署；7日，乙会在某市召开。", ["2031-06-05", "2031-06-07"]),
        ("5月，甲会召开。12日，乙会召开。", ["2031-05", "2031-05-12"]),
        ("3月9日受理，15日内办结。", ["2031-03-09"]),
        ("7日，会议召开。", []),
        ("3月9日，甲会召开；4月，乙会召开。", ["2031-03-09", "2031-04"]),
        ("3月9日，甲会召开。同日，乙会召开。", ["2031-03-09", "2031-03-09"]),
        ("3月31日，甲会召开。次日，乙会召开。", ["2031-03-31", "2031-04-01"]),
        ("6月2日至5日，甲会召开。次日，乙会召开。", ["2031-06-02/2031-06-05", "2031-06-06"]),
        ("3月9日，甲会召开。同月，乙会召开。", ["2031-03-09", "2031-03"]),
        ("自3月9日起施行。", ["2031-03-09!"]),
        ("截至9月底，共办结三万件。", ["2031-09!"]),
        ("3月9日以来，成效明显。", ["2031-03-09!"]),
        ("3月9日前完成。", ["2031-03-09!"]),
        ("3月9日前往某地。", ["2031-03-09"]),
        ("同日，某会召开。", []),
        ("2月30日，某会召开。", []),
        ("13月2日，某会召开。", []),
        ("审理周期缩短为4个月。", []),
        ("每年办理3月份以外的案件。", ["2031-03"]),
        ("共计13.5月均量。", []),
    ],
)
def test_wordings(text: str, dates: list[str]) -> None:
    assert told(text) == dates


def test_relative_dates_need_one_told_before() -> None:
    before = DateRange(PartialDate(2030, 12, 31))
    assert told("次日，某会召开。", before=before) == ["2031-01-01"]
    assert told("次日，某会召开。", before=DateRange(PartialDate(2030, 12))) == []
    assert told("当月，某会召开。", before=before) == ["2030-12"]


def test_the_wording_is_kept() -> None:
    (date,) = find_dates("于6月2日至5日举行。", 2031)
    assert (date.when.told, "于6月2日至5日举行。"[date.start : date.end]) == ("6月2日至5日", "6月2日至5日")


def test_the_innermost_heading_gives_the_year() -> None:
    assert year_of_headings(("2029年回顾", "2030年大事", "5月"), 2031) == 2030
    assert year_of_headings(("大事记", "5月"), 2031) == 2031


@given(st.text(alphabet="0123456789年月日至—同次当上旬自起〇二一，。 ", max_size=60))
def test_dates_stand_where_they_say_and_in_order(text: str) -> None:
    last = 0
    for date in find_dates(text, 2031, DateRange(PartialDate(2030, 5, 6))):
        assert last <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.when.told
        assert date.when.earliest <= date.when.latest
        last = date.end


@given(st.dates(), st.booleans())
def test_any_day_is_read_as_it_is_written(day: object, with_year: bool) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    text = f"{f'{year:04}年' if with_year else ''}{month}月{number}日，某会召开。"
    assert told(text, year) == [f"{year:04}-{month:02}-{number:02}"]
