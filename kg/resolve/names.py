"""Names made comparable: widths, spaces and quotes evened out, ordinals in digits, years taken away.

Nothing here knows the gazetteer; every function is a pure function of its text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha1
from operator import add

__all__ = [
    "acronym",
    "core",
    "cores",
    "dice",
    "digest",
    "even",
    "left_over",
    "name_parts",
    "ordinals_in_digits",
    "split_ordinal",
    "title_key",
    "years_of",
]

_DASH = re.compile("[‐‑‒–—―−﹣~～〜]")
#: White space sign by sign: a class of signs is dearer to look for.
_DROPPED = re.compile(
    r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000​﻿《》〈〉<>“”„\"'‘’「」『』﹁﹂`,，、。.;；:：!！?？·•・‧∙*]"
)
#: What stays as it is.
_PLAIN = re.compile(r"[%()+\-/0-9a-z\u4e00-\u9fff]*+")
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,60}[)\]】〕]")
_BRACKET_SIGNS = re.compile(r"[()\[\]【】〔〕]")
_NUMERAL = "零〇一二三四五六七八九十百两"
_ORDINAL_WORDS = re.compile(rf"(?<=第)[{_NUMERAL}]{{1,7}}(?=[^{_NUMERAL}]|$)")
_ANNIVERSARY = re.compile(rf"[{_NUMERAL}]{{1,7}}(?=周年)")
_ORDINAL = re.compile(r"第(\d{1,4})(?:次|届|轮|期|回|批)?")
_YEARS = re.compile(r"\d{4}(?:-\d{2,4})?年?度?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DOTS = re.compile(r"[·•・‧∙．.\-\s]{1,3}")
_LATIN = re.compile(r"[(（]([A-Za-z][A-Za-z0-9&.\- ]{1,20})[)）]")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for the parts, the same on every run."""
    return sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()[:12]


@lru_cache(maxsize=65536)
def even(text: str) -> str:
    """Widths, case, dashes, quotes and spaces evened out; brackets stay. Idempotent."""
    if _PLAIN.fullmatch(text):
        return text
    bare = "".join(_DROPPED.split(text)).replace("（", "(").replace("）", ")")
    if _PLAIN.fullmatch(bare):  # most
        return bare
    bare = _DASH.sub("-", bare.lower())
    if _PLAIN.fullmatch(bare):  # most of the rest
        return bare
    for _ in range(8):
        text = _DROPPED.sub("", _DASH.sub("-", unicodedata.normalize("NFKC", text)).lower())
        # What is taken out can bring together what composes to one character.
        if unicodedata.is_normalized("NFKC", text):
            break
    return text


@lru_cache(maxsize=65536)
def title_key(text: str) -> str:
    """What two spellings of one title share: `even`, with ordinals in digits."""
    return ordinals_in_digits(even(text))


def ordinals_in_digits(text: str) -> str:
    """第十八次 becomes 第18次 and 三十周年 becomes 30周年."""
    if "第" not in text and "周年" not in text:
        return text
    text = _ORDINAL_WORDS.sub(lambda m: _number(m[0]), text)
    return _ANNIVERSARY.sub(lambda m: _number(m[0]), text)


def _number(words: str) -> str:
    """A Chinese numeral below 1000 in digits; digits told one by one (二〇二四) are kept in order."""
    if not any(c in "十百" for c in words):
        return "".join(str(_DIGIT[c]) for c in words)
    total = digit = 0
    for char in words:
        if char in _DIGIT:
            digit = _DIGIT[char]
        else:
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
    return str(total + digit)


@lru_cache(maxsize=65536)
def split_ordinal(name: str) -> tuple[str, int]:
    """The name without its first ordinal, and the ordinal (0 when there is none)."""
    text = title_key(name)
    found = _ORDINAL.search(text)
    if found is None:
        return text, 0
    return text[: found.start()] + text[found.end() :], int(found[1])


@lru_cache(maxsize=65536)
def core(name: str, *, keep_brackets: bool = False) -> str:
    """What is left of a name without ordinal, years, brackets (or only their signs) and plain words of time.

    A name that would vanish is given back as `title_key` has it.
    """
    text, _ = split_ordinal(name)
    text = (_BRACKET_SIGNS if keep_brackets else _BRACKETS).sub("", text)
    short = _YEARS.sub("", text)
    return short or title_key(name)


def cores(name: str) -> tuple[str, str]:
    """`core` of an evened name without its brackets and without only their signs."""
    short = core(name)
    return short, core(name, keep_brackets=True) if _BRACKET_SIGNS.search(name) else short


def years_of(name: str) -> tuple[str, ...]:
    """The years that stand in a name, sorted."""
    text = even(name)
    if "20" not in text and "19" not in text:  # most
        return ()
    return tuple(sorted(set(_YEAR.findall(text))))


@lru_cache(maxsize=65536)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:])) or frozenset((text,))


def dice(a: str, b: str) -> float:
    """Similarity of two evened names by their character bigrams, 0..1."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    x, y = _bigrams(a), _bigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


def left_over(short: str, long: str) -> int:
    """How many characters of `short` do not stand in `long` in the same order (first 80 characters)."""
    short, long = short[:80], long[:80]
    masks: dict[str, int] = {}
    for i, char in enumerate(short):
        masks[char] = masks.get(char, 0) | 1 << i
    # the longest common subsequence by Hyyrö's bit vectors: zeros mark characters that were met
    full = (1 << len(short)) - 1
    state = full
    for mask in filter(None, map(masks.get, long)):
        met = state & mask
        state = ((state + met) | (state - met)) & full
    return state.bit_count()


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name that stand between dots, in their order."""
    return tuple([p for p in map(even, _DOTS.split(name)) if p])


def acronym(name: str) -> str:
    """Latin letters in brackets that stand for the name (EPO), or ""."""
    found = _LATIN.search(name)
    return found[1] if found else ""
