"""Numbers in Chinese prose: ASCII and full-width digits, Chinese numerals, and mixtures such as 3.5万.

A number keeps its digits as written (`201.0`); vague ones (十几, 数百) are none.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import lru_cache

from kg.model.frozen import Frozen

__all__ = ["NumberHit", "find_numbers", "ordinal", "parse_number"]

_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_CHINESE = "〇○零一二两三四五六七八九十百千万亿廿卅"
_ASCII = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,5}(?![0-9０-９])|[0-9０-９]{1,15}"
_WRITTEN = re.compile(rf"({_ASCII})([.．][0-9０-９]{{1,8}})?([十百千万亿]{{0,3}})")
#: Begins with one class of characters, which the engine searches for much faster than for alternatives.
_FIND = re.compile(
    rf"[0-9０-９{_CHINESE}](?:(?<=[0-9０-９])(?:[0-9０-９]{{0,2}}(?:[,，][0-9０-９]{{3}}){{1,5}}(?![0-9０-９])|[0-9０-９]{{0,14}})"
    rf"(?:[.．][0-9０-９]{{1,8}})?|[{_CHINESE}]{{0,19}})"
)
#: Behind these digits go on an ordinal, a Latin word or a number (PCT2, 2.0.1, 7+28).
_GOES_ON = frozenset("第._+-/" + string.ascii_letters + string.digits)
_VAGUE = frozenset("数几")
_ORDINAL = re.compile(rf"第([0-9０-９]{{1,6}}|[{_CHINESE}]{{1,12}})")


class NumberHit(Frozen):
    """A number at `text[start:end]`; `chinese` tells that it is written in Chinese numerals."""

    start: int
    end: int
    value: Decimal
    chinese: bool = False


# Texts repeat their numerals, above all the Chinese ones.
@lru_cache(maxsize=1 << 9)
def parse_number(text: str) -> Decimal | None:
    """The number that the whole of `text` writes, trailing zeros kept, or None when it writes none.

    Knows 12,345 and ２０１.０, 三百二十, 一千零五, 二〇二四, 廿四, 半, 3.5万, 1.2亿; vague numbers (十几, 数百) are None.
    """
    text = text.strip()
    written = _WRITTEN.fullmatch(text)
    if written:
        whole = written[1].translate(_WIDE).replace(",", "")
        value = Decimal(whole + (written[2] or "").translate(_WIDE))
        for char in written[3]:
            value *= _SMALL.get(char) or _LARGE[char]
        return value.normalize() + 0 if written[3] and value % 1 else _plain(value, bool(written[3]))
    if text == "半":
        return Decimal("0.5")
    whole_number = _chinese(text)
    return None if whole_number is None else Decimal(whole_number)


def _plain(value: Decimal, scaled: bool) -> Decimal:
    """A scaled whole number without the decimals that the unscaled one had (3.50万 -> 35000)."""
    return value.quantize(Decimal(1)) if scaled else value


def _chinese(text: str) -> int | None:
    """The value of a Chinese numeral, None for anything else or for a malformed one (百十三万万千)."""
    if not text or any(c not in _CHINESE for c in text):
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in _DIGITS for c in text):
        # A year or a code read digit by digit; two digits in a row are otherwise a vague number (三五).
        if len(text) == 1:
            return _DIGITS[text]
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) >= 4 or "〇" in text else None
    return _scaled(text)


def _scaled(text: str) -> int | None:
    total, section, digit = 0, 0, -1
    small, large = 10_000, 10**12
    for char in text:
        if char in _DIGITS:
            if digit > 0 or (digit == 0 and _DIGITS[char] == 0):
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            unit = _SMALL[char]
            if unit >= small or (digit == 0 and unit != 10):
                return None
            section += (digit if digit > 0 else 1) * unit
            small, digit = unit, -1
        else:
            unit = _LARGE[char]
            section += max(digit, 0)
            if unit == _LARGE["亿"] and large == _LARGE["万"] and not section and text.endswith("万亿"):
                return total * unit
            if unit >= large:
                return None
            if unit == _LARGE["亿"]:
                total = (total + section or 1) * unit
            else:
                total += (section or 1) * unit
            large, small, section, digit = unit, 10_000, 0, -1
    return total + section + max(digit, 0)


def ordinal(text: str) -> int | None:
    """The number of the first ordinal in `text`: 第十八次 -> 18, 第18届 -> 18; None when there is none."""
    match = _ORDINAL.search(text)
    value = parse_number(match[1]) if match else None
    return None if value is None else int(value)


def find_numbers(text: str, followed: Collection[str] = ()) -> Iterator[NumberHit]:
    """The numbers in `text`, in order. A Chinese one that is no well-formed numeral (数百, 三五) is left out.

    Ordinals (第18) are left out, too, and where characters are given, what neither one of these nor the end follows.
    """
    for match in _FIND.finditer(text):
        start, end = match.span()
        after = text[end : end + 1]
        if followed and after and after not in followed:
            continue
        written = match.group()
        chinese = written[0] in _CHINESE
        before = text[start - 1 : start]
        if before in _GOES_ON or (chinese and (before in _VAGUE or after in _VAGUE)):
            continue
        value = Decimal(written) if written.isascii() and "," not in written else parse_number(written)
        if value is not None:
            yield NumberHit(start, end, value, chinese)
