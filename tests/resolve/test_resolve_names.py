"""Names made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import core, dice, digest, even, left_over, name_parts, split_ordinal, title_key

TEXT = st.text(alphabet=st.sampled_from("第十八二〇次届周年中欧局长会议（）()《》“”·ＡaÅ 2024—-ﬁİ̇"), max_size=20)


@given(st.one_of(TEXT, st.text(max_size=20)))
def test_even_is_idempotent(text: str) -> None:
    assert even(even(text)) == even(text)


@given(TEXT)
def test_title_key_is_idempotent(text: str) -> None:
    assert title_key(title_key(text)) == title_key(text)


@given(TEXT, TEXT)
def test_dice_is_symmetric_and_in_range(a: str, b: str) -> None:
    assert dice(a, b) == dice(b, a)
    assert 0.0 <= dice(a, b) <= 1.0


@given(TEXT, TEXT)
def test_left_over_counts_like_the_plain_algorithm(a: str, b: str) -> None:
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            rows[i][j] = rows[i - 1][j - 1] + 1 if x == y else max(rows[i - 1][j], rows[i][j - 1])
    assert left_over(a, b) == len(a) - rows[len(a)][len(b)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("第十八次中欧两局局长会议", "第18次中欧两局局长会议"),
        ("第二十三次全体会议", "第23次全体会议"),
        ("第一百零二届年会", "第102届年会"),
        ("《2024 年推进计划》", "2024年推进计划"),
        ("规划（2021－2035年）", "规划(2021—2035 年)"),
        ("加入三十周年活动", "加入30周年活动"),
    ],
)
def test_spellings_of_one_title(a: str, b: str) -> None:
    assert title_key(a) == title_key(b)


def test_title_key_keeps_what_tells_titles_apart() -> None:
    assert title_key("管理办法（试行）") != title_key("管理办法")
    assert title_key("第十八次会议") != title_key("第十七次会议")


def test_split_ordinal() -> None:
    assert split_ordinal("第三十五次中法混委会会议") == ("中法混委会会议", 35)
    assert split_ordinal("中法混委会会议") == ("中法混委会会议", 0)


def test_core_drops_years_and_brackets_but_never_all() -> None:
    assert core("2024年度知识产权五局（IP5）局长会议") == "知识产权五局局长会议"
    assert core("2024年度知识产权五局（IP5）局长会议", keep_brackets=True) == "知识产权五局ip5局长会议"
    assert core("2024年") == "2024年"


def test_name_parts() -> None:
    assert name_parts("特巴兹·伯曼亚") == name_parts("特巴兹•伯曼亚") == ("特巴兹", "伯曼亚")


def test_digest_tells_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 12
