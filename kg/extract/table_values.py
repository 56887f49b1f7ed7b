"""The cells of statistical tables as values: numbers, periods, names of areas. Nothing is guessed: what is not
understood gives None."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache

from kg.lexicon import Entry, EntryType, Lexicon
from kg.lexicon.table_words import TableWords, WordRole
from kg.model import PlaceKind, squeeze
from kg.model.frozen import Frozen

__all__ = [
    "Area",
    "Number",
    "Period",
    "area_of",
    "is_part_of_year",
    "mostly_numbers",
    "number_of",
    "period_of",
    "periods_in",
    "row_period",
    "split_period",
]

_NOTES = re.compile(r"\s{0,3}(?:[①-⑳*†‡]{1,3}|\[[0-9]{1,2}\])\Z")
#: Full-width signs as ASCII. NFKC would go too far: it makes a digit of the footnote marks ① and ².
_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SPACED = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_DIGITS_APART = re.compile(r"[0-9] [0-9]")
_NUMBER = re.compile(
    r"(?P<sign>[-+−–↑↓]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,9}|[0-9]{1,24})(?P<rest>\.[0-9]{1,18})?"
    r"(?P<unit>[^0-9.,]{0,8})"
)
_LIKE_NUMBER = re.compile(r"[-+−–↑↓(（]?\s{0,3}[0-9０-９]")
_MOST_DIGITS = 24
_LONGEST_NUMBER = 40
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PERIODS = (
    re.compile(rf"(?P<upto>截[至止]到?|至)?{_YEAR}年?(?P<stock>年?[底末]|年?期末|年终)?"),
    re.compile(rf"{_YEAR}年?(?:全年|度|1月?[-—–~～至]12月)"),
    re.compile(rf"(?P<upto>截[至止]到?|至)?{_YEAR}年(?P<month>\d{{1,2}})月(?:份)?(?P<stock>[底末])?"),
    re.compile(rf"(?:截[至止]到?|至)?{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日"),
)
_BEFORE = re.compile(rf"(?:截[至止]到?)?{_YEAR}年(?:年?[底末])?度?")
_PART_OF_YEAR = re.compile(
    r"[上下]半年|[前第]?[一二三四1-4]{1,2}个?季度|(?:前?\d{1,2}个月)|\d{1,2}月?[-—–~～至]\d{1,2}月|\d{1,2}月份?"
)
_UPTO = re.compile(r"截[至止]到?((?:19|20)\d\d)年(?:年?[底末])?")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "［": "］"}
_OF_WHICH = re.compile(r"其\s{0,3}中\s{0,3}[:：、]?\s{0,3}(?=\S)")


class Number(Frozen):
    """A cell's value as written; None when the cell says that there is none. `unit` is one that
    stands in the cell itself."""

    value: Decimal | None
    unit: str = ""


class Period(Frozen):
    """`value` is 2024, 2024-06 or 2024-12-31; `year_only` tells that a stock would have to be dated at its end."""

    value: str
    year_only: bool = False

    def at_end(self) -> Period:
        """The last day of a year."""
        return Period(f"{self.value}-12-31") if self.year_only else self


class Area(Frozen):
    """An area as a row names it. `entry` is None for a group of places and for what is not known."""

    name: str
    code: str
    kind: PlaceKind
    bracketed: bool = False
    part: bool = False
    entry: Entry | None = None
    known: bool = True


def number_of(text: str, words: TableWords) -> Number | None:
    """The number of a cell: 1,234, １２３, 15.5%, 3.2万件, or none (—, …, empty). None when it is not understood."""
    # Nearly every cell is plain digits: this keeps a whole yearbook quick.
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return Number(Decimal(text))
    if not text or words.is_a(text, WordRole.MISSING):
        return Number(None)
    if len(text) > _LONGEST_NUMBER:
        return None
    even = _SPACED.sub("", " ".join(_NOTES.sub("", text.translate(_HALF)).split()))
    # A space that separates no thousands leaves two numbers in one cell.
    match = None if _DIGITS_APART.search(even) else _NUMBER.fullmatch(even.replace(" ", ""))
    if match is None:
        return None
    unit = match["unit"]
    if unit and not words.is_unit(unit):
        return None
    value = Decimal(match["whole"].replace(",", "") + (match["rest"] or ""))
    return Number(-value if match["sign"] in ("-", "−", "–", "↓") else value, unit)


def mostly_numbers(texts: Collection[str], words: TableWords) -> bool:
    """True when more than half of the cells of a column are meant as numbers, understood or not: it holds values."""
    wanted = len(texts) // 2 + 1
    for text in texts:
        if (
            (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS)
            or number_of(text, words) is not None
            or (len(text) <= _LONGEST_NUMBER and _LIKE_NUMBER.match(text))
        ):
            wanted -= 1
            if not wanted:
                return True
    return False


def period_of(label: str, year: int, words: TableWords) -> Period | None:
    """The period that the whole of a label names: 2023年, 截至2024年年底, 本年 (by `year` of the report)."""
    if words.is_a(label, WordRole.THIS_YEAR):
        return Period(f"{year:04}", year_only=True)
    if words.is_a(label, WordRole.LAST_YEAR):
        return Period(f"{year - 1:04}", year_only=True)
    text = "".join(unicodedata.normalize("NFKC", label).split())
    for pattern in _PERIODS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        month, day = int(found.get("month") or 0), int(found.get("day") or 0)
        at_end = bool(found.get("stock") or found.get("upto"))
        return _dated(int(found["year"]), month, day, at_end=at_end)
    return None


def _dated(year: int, month: int, day: int, *, at_end: bool) -> Period | None:
    if month > 12 or (month and day > calendar.monthrange(year, month)[1]):
        return None
    if not month:
        return Period(f"{year:04}-12-31") if at_end else Period(f"{year:04}", year_only=True)
    if at_end and not day:
        day = calendar.monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")


def is_part_of_year(label: str) -> bool:
    """True for 上半年, 第一季度, 1—6月: a breakdown of the year, since a period is a year, a month or a day."""
    return len(label) <= 12 and _PART_OF_YEAR.fullmatch(label) is not None


def split_period(label: str, year: int, words: TableWords) -> tuple[Period | None, str]:
    """The period before a label, and the label without it: 2024年申请量 -> 2024, 申请量."""
    match = _BEFORE.match(label)
    if match is None or match.end() == len(label):
        return None, label
    return period_of(match[0], year, words), label[match.end() :].strip("的 ")


def row_period(label: str, year: int, words: TableWords) -> tuple[Period | None, str]:
    """The period that a whole label names, and the part of the year when it names one: 2031年上半年 -> 2031, 上半年."""
    period = period_of(label, year, words)
    if period:
        return period, ""
    period, part = split_period(label, year, words)
    return (period, part) if period and is_part_of_year(part) else (None, "")


def periods_in(caption: str) -> tuple[Period, ...]:
    """The different periods that a caption names, in order of their values."""
    stocks = {f"{year}-12-31" for year in _UPTO.findall(caption)}
    years = set(_ANY_YEAR.findall(_UPTO.sub("", caption)))
    return tuple(Period(value, year_only=len(value) == 4) for value in sorted(stocks | years))


@lru_cache(maxsize=1 << 12)
def area_of(label: str, lexicon: Lexicon, fallback: PlaceKind = PlaceKind.COUNTRY) -> Area:
    """The area that a row names. One that is not known keeps its printed name, with `known` False."""
    text = squeeze(label)
    closing = _BRACKETS.get(text[:1], "")
    bracketed = closing != "" and text.find(closing) == len(text) - 1
    if bracketed:
        text = text[1:-1].strip()
    part = _OF_WHICH.match(text) if text.startswith("其") else None
    if part:
        text = text[part.end() :]
    named = lexicon.all(text)
    for total in named:
        if total.type is EntryType.LABEL:
            return Area(text, total.code, PlaceKind.GROUP, bracketed, part is not None, total)
    entry = _entry(named, city=bracketed)
    if entry:
        # A place without an official code (新疆生产建设兵团) goes by the one of its key.
        code = entry.code or entry.gb or entry.key.rpartition("/")[2]
        if bracketed and entry is not lexicon.place(text):
            text = entry.zh
        return Area(text, code, PlaceKind(entry.kind), bracketed, part is not None, entry)
    members = [lexicon.place(name) for name in re.split(r"[、，,/和及]", text)] if len(text) < 60 else []
    known = [member for member in members if member]
    if len(known) > 1 and len(known) == len(members):
        code = "|".join(member.code or member.gb or member.key.rpartition("/")[2] for member in known)
        return Area(text, code, PlaceKind.GROUP, bracketed, part is not None)
    return Area(text, "", PlaceKind.CITY if bracketed else fallback, bracketed, part is not None, None, known=False)


def _entry(named: tuple[Entry, ...], *, city: bool) -> Entry | None:
    found = [e for e in named if e.type is EntryType.PLACE or e.type is EntryType.GROUP]
    if city:
        # A row in brackets lies inside a region: 吉林 there is the city.
        found.sort(key=lambda e: e.kind != PlaceKind.CITY.value)
    return found[0] if found else None
