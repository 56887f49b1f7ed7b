"""Quantities in a sentence: number, magnitude, unit and the words of approximation around it.

Left out are numbers that measure nothing: in titles and quoted names, dates and years, ordinals, version and
class numbers, ranks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from msgspec.structs import replace

from kg.extract.indicator_words import Unit, Words
from kg.extract.numerals import NumberHit, find_numbers, parse_number
from kg.model import Approximation
from kg.model.frozen import Frozen

__all__ = ["Quantity", "find_quantities", "quoted_spans"]

_MAGNITUDE = re.compile(r"万亿|千万|百万|十万|[万亿千百]")
_SIGNS = frozenset("万亿千百十")
#: How words of approximation begin behind a number, and behind its unit.
_MORE, _AROUND = frozenset("余多"), frozenset("左上以之及")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8, "万亿": 10**12}
_FACTORS = {"千万": (1000, "万"), "百万": (100, "万"), "十万": (10, "万")}
_PAIRS = {"《": "》", "“": "”", "「": "」", "『": "』"}
_QUOTES = re.compile(f"[{''.join(_PAIRS)}{''.join(_PAIRS.values())}]")
_ORDINALS = re.compile(r"第[\d一二三四五六七八九十百]{1,6}(?:[—–~～至、和-]第?[\d一二三四五六七八九十百]{1,6}){0,4}")
_DASHES = frozenset("—–~～-至")
_RANGE = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)(?:%|[万亿]?[个件家项]?月?)(?:—|–|~|～|-|至)\Z")
#: 钱某等六人假冒注册商标案: part of the name of a case.
_OF_A_CASE = re.compile(r"[^，；。、\d]{2,30}案(?!件)")
_INDEX = re.compile(r"(?:为|达|达到|至|得)\Z")
#: All provinces of the mainland: nationwide, not a count.
_EVERYWHERE = re.compile(r"31个?省(?:份|（|、自|区市)")
_RANK_CHANGE = re.compile(r"(?:提升|上升|下降|前进|后退|跃升|提高|升|降)了?\Z")
_TENTHS = re.compile(r"([一二两三四五六七八九])(?<![一-鿿]第.)成(?=[，。；、]|以上|左右|的|用|企业|\Z)")
_PERCENT = re.compile(r"百分之([〇零一二三四五六七八九十百点]{1,8})")
_NO_UNIT_AFTER = {
    "分": "之别局中类行支会公享子析布批成",
    "部": "门委",
    "期": "间",
    "名": "单录称",
    "人": "民",
    "家": "级庭",
    "项": "",
    "次": "级",
    "批": "准复次建量发评",
    "场": "景所",
    "件": "套",
    "层": "次",
    "字": "头号",
    "天": "然津",
    "元": "素宵旦",
    "口": "",
    "度": "",
    "门": "户",
    "段": "",
    "起": "草诉",
    "国": "家际内外务民产有道企籍",
    "组": "织建成合员长团装数",
    "周": "年期",
}


class Quantity(Frozen):
    """A quantity at `text[start:end]`, the words of approximation included.

    `value` and `unit` are as written (475.6, 万件); `kind` and `suffix` are those of the unit; `words` is the
    number in words when it has no digits; `inner` is True inside round brackets.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    base: str
    factor: int
    kind: str
    suffix: str
    approx: Approximation | None = None
    words: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    inner: bool = False

    @property
    def base_value(self) -> Decimal:
        """The value in base units, without trailing zeros."""
        scaled = self.value * self.factor
        whole = scaled.to_integral()
        return whole if scaled == whole else scaled.normalize()


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches inside titles and quotation marks, the marks included; unclosed ones count not."""
    return _quoted(text) if "《" in text or "“" in text or "「" in text or "『" in text else ()


# The figures of all sentences are found before their clauses.
@lru_cache(maxsize=4096)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    closing = ""
    for sign in _QUOTES.finditer(text):
        char, at = sign.group(), sign.start()
        if char in _PAIRS:
            closing += _PAIRS[char]
            starts.append(at)
        elif (opened := closing.rfind(char, max(0, len(closing) - 4))) >= 0:
            closing = closing[:opened]
            if not closing:
                spans.append((starts[0], at + 1))
            del starts[opened:]
    return tuple(spans)


def find_quantities(texts: Sequence[str], words: Words) -> list[list[Quantity]]:
    """The quantities of each sentence, in order. Each step goes over all sentences before the next: taking turns costs
    more, the processor's caches then hold the patterns of none."""
    asked = [words.counted.search(text) is not None or _in_words(text) for text in texts]
    numbers = [
        list(find_numbers(text, words.followers)) if some else [] for text, some in zip(texts, asked, strict=True)
    ]
    return [
        _measured(text, hits, words) if some else [] for text, hits, some in zip(texts, numbers, asked, strict=True)
    ]


def _in_words(text: str) -> bool:
    """True for a text with 百分之三十 or 三成."""
    return "百分之" in text or ("成" in text and _TENTHS.search(text) is not None)


def _measured(text: str, hits: Sequence[NumberHit], words: Words) -> list[Quantity]:
    """The quantities of a sentence, given its numbers."""
    masked: list[tuple[int, int]] = []
    found: list[Quantity] = []
    at = n = 0
    for hit in hits:
        one = _quantity(text, hit, words) if hit.start >= at else None
        if one is None:
            continue
        masked = masked or _masked(text)
        while masked[n][1] <= hit.start:
            n += 1
        if hit.end <= masked[n][0]:
            found.append(_ranged(text, one) if one.start and text[one.start - 1] in _DASHES else one)
            at = one.end
    if not _in_words(text):
        return found
    return sorted([*found, *_percents(text, words)], key=attrgetter("start"))


def _masked(text: str) -> list[tuple[int, int]]:
    """Where numbers measure nothing, in order: titles, quoted names and ordinals; and the end of the text."""
    spans = list(quoted_spans(text))
    if "第" in text:
        spans = sorted([*spans, *(m.span() for m in _ORDINALS.finditer(text))])
    return [*spans, (len(text), len(text) + 1)]


def _quantity(text: str, hit: NumberHit, words: Words) -> Quantity | None:
    """The quantity that begins with a number, None when it measures nothing."""
    # 一 counts nothing.
    if hit.chinese and hit.value < 2:
        return None
    value, factor, magnitude = hit.value, 1, ""
    if hit.chinese:
        value, magnitude = _split_chinese(text[hit.start : hit.end], hit.value)
    at, told = _approx(text, hit.end, words, _MORE)
    sign = _MAGNITUDE.match(text, at) if text[at : at + 1] in _SIGNS and not hit.chinese else None
    if sign:
        scale, magnitude = _FACTORS.get(sign.group(), (1, sign.group()))
        value, at = value * scale if scale > 1 else value, sign.end()
        if told is None:
            at, told = _approx(text, at, words, _MORE)
    factor = _SCALES[magnitude]
    unit, at = _unit(text, at, words)
    if unit is None and not _ends(text, at):
        return None
    start, approx = _approx_before(text, hit.start, words)
    scaled = magnitude and (not hit.chinese or approx is not None)
    if unit is None and not scaled and not _bare(text, hit):
        return None
    if text.startswith("大关", at):  # 突破千亿元大关
        at += 2
    if told is None:
        at, told = _approx(text, at, words, _AROUND)
    if told:
        approx = told
    if unit and approx and (_threshold(text, at, unit, told) or _class_of(text, start, at, unit, approx)):
        return None
    if hit.chinese and not _chinese_counts(text, hit, unit, approx is not None):
        return None
    everywhere = text.startswith("31", hit.start) and _EVERYWHERE.match(text, hit.start)
    if everywhere or (unit and (_ranks(text, hit, unit, at) or words.drop_noun.match(text, at))):
        return None
    return Quantity(
        start=start,
        end=at,
        value=value,
        unit=magnitude + (unit.unit if unit else ""),
        base=unit.unit if unit else "",
        factor=factor,
        kind=unit.kind if unit else "number",
        suffix=unit.suffix if unit else "",
        approx=approx,
        words=text[hit.start : hit.end] if hit.chinese else "",
        inner=_inside_brackets(text, start),
    )


def _split_chinese(written: str, value: Decimal) -> tuple[Decimal, str]:
    """三百万 as 300 and 万, 三场 as 3 and nothing."""
    if len(written) > 1 and written[-1] in "万亿":
        return (parse_number(written[:-1]) or Decimal(1)), written[-1]
    return (Decimal(1), written) if written in "万亿" else (value, "")


def _approx_before(text: str, at: int, words: Words) -> tuple[int, Approximation | None]:
    match = words.before.search(text, max(0, at - 4), at) if at and text[at - 1] in words.before_endings else None
    return (match.start(), words.approx_before[match.group()]) if match else (at, None)


def _approx(text: str, at: int, words: Words, first: frozenset[str]) -> tuple[int, Approximation | None]:
    match = words.after.match(text, at) if text[at : at + 1] in first else None
    return (match.end(), words.approx_after[match.group()]) if match else (at, None)


def _unit(text: str, at: int, words: Words) -> tuple[Unit | None, int]:
    match = words.unit.match(text, at)
    if match is None:
        return None, at
    name = match.group()
    follows = text[match.end() : match.end() + 1]
    if follows and follows in _NO_UNIT_AFTER.get(name, ""):
        return None, at
    return words.units[name], match.end()


def _bare(text: str, hit: NumberHit) -> bool:
    """A number without unit after 为 or 达, which ends its clause: an index (指数为86.8)."""
    return not hit.chinese and _INDEX.search(text, max(0, hit.start - 2), hit.start) is not None


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in "，,。；;、（"


def _chinese_counts(text: str, hit: NumberHit, unit: Unit | None, approx: bool) -> bool:
    """Whether a Chinese numeral counts something: 三场 does, 一批 and 三种 do not."""
    if unit is None:
        return approx
    if hit.value < 2 or not (unit.chinese or hit.value >= 100):
        return False
    written = text[hit.start : hit.end]
    if all(c in "百千万亿" for c in written) and not approx:
        return False
    return not (hit.start and text[hit.start - 1] in "每同这那该前后第全几数多“·")


def _ranks(text: str, hit: NumberHit, unit: Unit, at: int) -> bool:
    """前10位, 居5位, 上升24位: a rank; 八届三次: an ordinal; 钱某等六人假冒注册商标案: persons in the name of a case."""
    before = text[hit.start - 1] if hit.start else ""
    if before == "等" and unit.unit == "人":
        return _OF_A_CASE.match(text, at) is not None
    if before == "前" or (unit.unit in ("位", "名") and before in ("居", "列")):
        return True
    if unit.unit == "位":
        return bool(_RANK_CHANGE.search(text, max(0, hit.start - 8), hit.start))
    return (
        unit.unit == "次" and hit.chinese and (before in ("届", "中") or text.startswith(("全会", "全体"), hit.end + 1))
    )


def _threshold(text: str, at: int, unit: Unit, told: Approximation | None) -> bool:
    """1000万元以下贷款: a class of things, no measure."""
    if told not in (Approximation.AT_LEAST, Approximation.WITHIN) or unit.kind not in ("money", "size", "time"):
        return False
    return at < len(text) and text[at] not in "，,。；;、）)（(和"


def _class_of(text: str, start: int, at: int, unit: Unit, approx: Approximation | None) -> bool:
    """金额超千万元的案件: which ones, no measure."""
    return (
        approx is Approximation.OVER
        and unit.kind in ("money", "size", "time")
        and text.startswith("的", at)
        and text.endswith(("额", "规模", "面积", "值"), 0, start)
    )


def _inside_brackets(text: str, at: int) -> bool:
    if "（" not in text and "(" not in text:
        return False
    near = max(0, at - 120)
    opened = max(text.rfind("（", near, at), text.rfind("(", near, at))
    return opened >= 0 and text.find("）", opened, at) < 0 and text.find(")", opened, at) < 0


def _ranged(text: str, one: Quantity) -> Quantity:
    """A quantity behind a dash with a number in front of it is a range."""
    match = _RANGE.search(text, max(0, one.start - 18), one.start)
    if match is None or text.startswith(("第", "年", "."), max(0, match.start() - 1)):
        return one
    return replace(one, start=match.start(), low=parse_number(match[1]), high=one.value)


def _percents(text: str, words: Words) -> Iterator[Quantity]:
    """百分之三十 and 三成 in words."""
    quoted = [span for span in _masked(text) if span[1] - span[0] > 3]
    n = 0
    for match in sorted([*_PERCENT.finditer(text), *_TENTHS.finditer(text)], key=lambda m: m.start()):
        while n < len(quoted) and quoted[n][1] <= match.start():
            n += 1
        if n < len(quoted) and quoted[n][0] <= match.start():
            continue
        value = parse_number(match[1])
        if value is not None:
            value = value if match.group().startswith("百") else value * 10
            start, approx = _approx_before(text, match.start(), words)
            after = words.after.match(text, match.end()) if approx is None else None
            approx = words.approx_after[after.group()] if after else approx
            end = after.end() if after else match.end()
            yield Quantity(start, end, value, "%", "%", 1, "ratio", "占比", approx, match.group())
