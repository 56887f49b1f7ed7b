"""Names that measure one thing, and what a written figure can stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.check.evidence import Figure, Words
from kg.check.measures import Scope, measure_of, word_list
from kg.check.written import Range, exactly, range_of, rounded

FIGURE = Figure(
    name="发明专利授权量",
    measured="发明专利授权量",
    written="104.5",
    written_unit="万件",
    value=Decimal(1045000),
    unit="件",
    period="2024",
    area="",
    subject="",
    approximation="",
    growth=None,
    cumulative=False,
    target=False,
    since="",
    low=None,
    high=None,
    text="",
    words=Words("r-2024", (1,), ("授权发明专利104.5万件。",)),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("外观设计专利授权量", "外观设计授权公告量"),
        ("国内发明专利有效量", "国内发明专利拥有量"),
        ("有效注册商标量", "商标有效注册量"),
        ("复审请求受理量", "复审请求"),
        ("专利合同数", "专利合同数量"),
        ("我国商标注册量", "商标注册量"),
    ],
)
def test_one_measure_by_two_names(one: str, other: str) -> None:
    assert measure_of(one) == measure_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发明专利授权量", "职务发明专利授权量"),
        ("发明专利授权量", "发明专利申请量"),
        ("商标注册量", "有效注册商标量"),
        ("发明专利授权量", "专利授权量"),
        ("国内发明专利授权量", "国外在华发明专利授权量"),
        ("新增中心数", "中心数"),
    ],
)
def test_two_measures(one: str, other: str) -> None:
    assert measure_of(one) != measure_of(other)


def test_a_scope_is_not_a_part_of_the_key() -> None:
    domestic, both = measure_of("国内商标注册量"), measure_of("商标注册量")
    assert domestic.key == both.key
    assert (domestic.scope, both.scope) == (Scope.DOMESTIC, Scope.ALL)


def test_every_role_of_the_words_is_used() -> None:
    assert set(word_list().by_role) == {
        *("object", "action", "keep", "domestic", "foreign", "home", "drop", "end", "unit", "whole"),
        *(
            "all_parts",
            "its_parts",
            "some_parts",
            "together",
            "open_list",
            "lead",
            "change",
            "approximate",
            "part_of_year",
        ),
    }


@pytest.mark.parametrize(
    ("approximation", "value", "meets"),
    [
        ("", 1_044_777, True),
        ("", 1_044_400, False),
        ("over", 1_050_000, True),
        ("over", 1_030_000, False),
        ("nearly", 1_040_000, True),
        ("nearly", 1_060_000, False),
        ("about", 1_080_000, True),
        ("about", 1_200_000, False),
        ("odd", 1_045_900, True),
        ("odd", 1_047_000, False),
    ],
)
def test_what_a_figure_stands_for(approximation: str, value: int, meets: bool) -> None:
    figure = replace(FIGURE, approximation=approximation)
    assert range_of(figure).meets(exactly(Decimal(value))) is meets


def test_a_count_in_full_stands_for_itself() -> None:
    figure = replace(FIGURE, written="2000", written_unit="件", value=Decimal(2000))
    assert range_of(figure) == exactly(Decimal(2000))


def test_neighbours_in_the_last_digit_do_not_meet() -> None:
    assert not rounded("64.2").meets(rounded("64.3"))
    assert rounded("64.2").meets(rounded("64"))


@given(st.decimals(0, 10**6, places=4), st.integers(0, 3))
def test_a_number_meets_what_it_rounds_to(value: Decimal, places: int) -> None:
    written = f"{round(value, places):.{places}f}"
    assert rounded(written).meets(exactly(value))


def test_a_quotient_of_ranges() -> None:
    assert Range(Decimal(1), Decimal(2)).per(Range(Decimal(2), Decimal(4))) == Range(Decimal("0.25"), Decimal(1))
    assert exactly(Decimal(1)).per(exactly(Decimal(0))) is None
