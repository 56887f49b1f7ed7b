from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numerals import find_numbers, ordinal, parse_number


def to_chinese(number: int) -> str:
    """A whole number below 10**12 in Chinese numerals, the inverse of `parse_number`."""
    if number == 0:
        return "零"
    parts: list[str] = []
    rest, gap = number, False
    for factor, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, rest = divmod(rest, factor)
        if not section:
            gap = bool(parts)
            continue
        if parts and (gap or section < 1000):
            parts.append("零")
        parts.append(_section(section) + sign)
        gap = False
    text = "".join(parts)
    return text.removeprefix("一") if text.startswith("一十") else text


def _section(number: int) -> str:
    """1 to 9999, inner zeros once."""
    written, gap = "", False
    for factor, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = True
    return written


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert parse_number(to_chinese(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_digits_keep_their_form(number: Decimal) -> None:
    parsed = parse_number(str(number))
    assert parsed == number
    assert str(parsed) == str(number)
    assert parse_number(str(number).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_separators_do_not_matter(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿廿半几数第0１9.,余", max_size=12))
def test_nothing_makes_it_fail(text: str) -> None:
    parse_number(text)
    ordinal(text)
    for hit in find_numbers(text):
        assert parse_number(text[hit.start : hit.end]) == hit.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("201.0", "201.0"),
        ("3.5万", "35000"),
        ("1.2亿", "120000000"),
        ("2千万", "20000000"),
        ("两千三百万", "23000000"),
        ("三万五千", "35000"),
        ("一千零五", "1005"),
        ("二〇二四", "2024"),
        ("廿四", "24"),
        ("十", "10"),
        ("半", "0.5"),
        ("一万亿", "1000000000000"),
        ("1.23456万", "12345.6"),
    ],
)
def test_known_numbers(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "十几", "数百", "几十", "三五", "百千", "12,34", "万亿万", "第三", "3.", "abc"])
def test_no_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("第十八次会议", 18), ("第18届年会", 18), ("第二十一届论坛", 21), ("三次会谈", None)]
)
def test_ordinals(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_ordinals_and_codes_are_not_found() -> None:
    text = "第18次会议用PCT2和2.0.1版讨论数百家企业的12个议题和三项提案"
    assert [text[h.start : h.end] for h in find_numbers(text)] == ["2.0", "12", "三"]
