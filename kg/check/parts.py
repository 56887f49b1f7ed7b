"""Parts and wholes told in one sentence, and a whole whose name joins the names of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product

from kg.check.evidence import Evidence, Figure, Words
from kg.check.findings import Finding, Kind, Severity
from kg.check.measures import word_list
from kg.check.written import Range, exactly, range_of, rounded
from kg.model.frozen import Frozen

__all__ = ["parts"]

_SPACE = re.compile(r"\s+")
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
#: 其中 parts that come so near to the whole are meant to be all of it, when they are this many.
_NEAR = Decimal("0.02")
_ENOUGH = 3
#: Parts after 包括 that come so near are meant to be all of it, and those told apart from a whole that names them.
_NEAR_LISTED = Decimal("0.10")
_NEAR_APART = Decimal("0.25")
_JOINED = re.compile(r"[和与及、]")
_MOST = 40


class _Number(Frozen):
    """A number with a unit in a text; `vague` when an approximate word stands by it."""

    start: int
    end: int
    shown: str
    value: Range
    vague: bool


@lru_cache(maxsize=256)
def _number_pattern(unit: str) -> re.Pattern[str]:
    vague = "|".join(map(re.escape, word_list().role("approximate")))
    return re.compile(
        rf"(?P<before>{vague})?(?<![\d.第])(?P<digits>\d{{1,9}}(?:\.\d{{1,4}})?)"
        rf"(?P<scale>[万亿]?)(?P<after>{vague})?{re.escape(unit)}(?P<tail>以上|以下|左右|以内)?"
    )


def _numbers(text: str, unit: str) -> list[_Number]:
    found = []
    for match in _number_pattern(unit).finditer(text):
        scale = _SCALES[match["scale"]]
        digits = match["digits"]
        exact = scale == 1 and "." not in digits
        value = exactly(Decimal(digits)) if exact else rounded(digits, scale)
        vague = bool(match["before"] or match["after"] or match["tail"])
        found.append(_Number(match.start("digits"), match.end(), match.group(), value, vague))
    return found


def parts(evidence: Evidence) -> Iterator[Finding]:
    """Lists of parts that do not add up to the whole."""
    seen: set[tuple[str, int, str, str]] = set()
    for figure in evidence.figures:
        unit = figure.written_unit.lstrip("万亿")
        place = (*figure.words.lines[:1],)
        key = (figure.words.source, place[0], figure.words.text, unit)
        if unit in ("", "%") or key in seen:
            continue
        seen.add(key)
        text = _SPACE.sub("", figure.words.text)
        yield from _listed(figure.words, text, unit)
        yield from _gathered(figure.words, text, unit)
    yield from _named_parts(evidence)


def _listed(words: Words, text: str, unit: str) -> Iterator[Finding]:
    """A whole, then 包括 or 其中 and its parts, up to the end of the sentence or the next such word."""
    numbers = _numbers(text, unit)
    marks = sorted((at, mark) for mark in _marks() if (at := text.find(mark)) >= 0)
    for n, (at, mark) in enumerate(marks):
        after = at + len(mark)
        stop = min((i for sign in "。；;" if (i := text.find(sign, after)) >= 0), default=len(text))
        if n + 1 < len(marks):
            stop = min(stop, marks[n + 1][0])
        if text.count(mark) > 1 or _unlike_a_list(text[after:stop]):
            continue
        listed = [number for number in numbers if after <= number.start < stop]
        before = [number for number in numbers if number.end <= at]
        if len(listed) < 2 or not before or any(number.vague for number in (before[-1], *listed)):
            continue
        between = text[before[-1].end : at]
        if _marks()[mark] == "all_parts" and between.strip("，,"):
            continue  # 申请量100件，注册量和撤销量分别为60件和20件
        if _adjoins(between) and not _open(text, listed[-1].end, stop):
            in_a_row = not any(sign in text[listed[0].end : listed[-1].start] for sign in "，,")
            yield from _compared(words, before[-1], listed, _marks()[mark], in_a_row=in_a_row)


@lru_cache(maxsize=1)
def _marks() -> Mapping[str, str]:
    roles = ("all_parts", "its_parts", "some_parts")
    return {mark: role for role in roles for mark in word_list().role(role)}


def _unlike_a_list(text: str) -> bool:
    """True when numbers may stand for changes, or for things in brackets, rather than for parts."""
    return any(word in text for word in (*word_list().role("change"), "（", "("))


def _adjoins(between: str) -> bool:
    return len(between) <= 24 and not any(sign in between for sign in "。；;") and between.count("，") <= 1


def _open(text: str, end: int, stop: int) -> bool:
    """True when the list says that there is more (等)."""
    return any(word in text[end:stop] for word in word_list().role("open_list"))


def _compared(
    words: Words, whole: _Number, listed: Sequence[_Number], role: str, *, in_a_row: bool = True
) -> Iterator[Finding]:
    total = exactly(Decimal(0))
    for number in listed:
        total = total.plus(number.value)
    middle = (total.low + total.high) / 2
    stated = (whole.value.low + whole.value.high) / 2
    if total.meets(whole.value) or not _meant(role, len(listed), middle, stated, in_a_row=in_a_row):
        return
    added = " + ".join(number.shown for number in listed)
    zh = f"各部分之和 {added} = {_number(middle)}，与总数{whole.shown}不符"
    en = f"the parts {added} = {_number(middle)} do not add up to {whole.shown}"
    severity = Severity.ERROR if role == "all_parts" or middle > stated else Severity.WARNING
    yield Finding(Kind.PARTS, severity, zh, en, (words.side(whole.shown), words.side(added)))


def _meant(role: str, count: int, total: Decimal, whole: Decimal, *, in_a_row: bool) -> bool:
    """True when the parts were to make up the whole: always after 分别为, else when they are in a row and more
    than it, or come near to it. 其中 with commas may cut the whole in two ways at once."""
    gap = abs(total - whole)
    match role:
        case "all_parts":
            return True
        case "its_parts":
            return total > whole or gap <= _NEAR_LISTED * whole
        case _:
            return (in_a_row and total > whole) or (count >= _ENOUGH and gap <= _NEAR * whole)


def _number(value: Decimal) -> str:
    """A number without ending zeros after the point."""
    return f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"


def _gathered(words: Words, text: str, unit: str) -> Iterator[Finding]:
    """Parts, then 共 and the whole, in one clause: 甲8人、乙6人共14人."""
    numbers = _numbers(text, unit)
    for n, whole in enumerate(numbers):
        mark = next((w for w in word_list().role("together") if text[: whole.start].endswith(w)), "")
        if not mark or n < 2:
            continue
        adjoins = numbers[n - 1].end == whole.start - len(mark)
        clause = max(text.rfind(sign, 0, whole.start - len(mark)) for sign in "，。；：;,")
        listed = [number for number in numbers[:n] if number.start > clause]
        vague = any(number.vague for number in (whole, *listed))
        if adjoins and not vague and len(listed) > 1 and "、" in text[listed[0].end : listed[-1].start]:
            yield from _compared(words, whole, listed, "all_parts")


def _named_parts(evidence: Evidence) -> Iterator[Finding]:
    """A whole called A和B, and parts called A and B told together elsewhere."""
    alike: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in evidence.figures:
        if not figure.target and figure.unit != "%":
            alike.setdefault((figure.unit, figure.area, figure.period), []).append(figure)
    for whole, figures in ((figure, group) for group in alike.values() for figure in group):
        names = [name for name in _JOINED.split(whole.name.removesuffix("数")) if len(name) >= 4]
        if len(names) != 2 or whole.approximation:
            continue
        choices = [[figure for figure in figures if _is_part(figure, name, whole)] for name in names]
        pairs = [pair for pair in product(*choices) if pair[0].words == pair[1].words][:_MOST]
        sums = [(pair, range_of(pair[0]).plus(range_of(pair[1]))) for pair in pairs]
        if len(sums) != 1:
            continue
        (one, other), total = sums[0]
        middle = (total.low + total.high) / 2
        if not total.meets(range_of(whole)) and abs(middle - whole.value) <= _NEAR_APART * whole.value:
            zh = f"{one.shown}与{other.shown}之和为{_number(middle)}，别处合计为{whole.shown}"
            en = f"{one.shown} and {other.shown} add up to {_number(middle)}, elsewhere the whole is {whole.shown}"
            sides = (whole.words.side(whole.shown), one.words.side(one.shown), other.words.side(other.shown))
            yield Finding(Kind.PARTS, Severity.WARNING, zh, en, sides)


def _is_part(figure: Figure, name: str, whole: Figure) -> bool:
    own = figure.name.removesuffix("数")
    return figure.words != whole.words and own.endswith(name) and not figure.approximation
