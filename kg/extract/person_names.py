"""How names of people are written: where a name begins and ends, beside its post."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from kg.extract.boundaries import ends_boundary
from kg.extract.words import alternation, tuple_of, words

__all__ = ["begins_word", "chinese_name", "dotted_before", "may_begin", "name_at", "name_before"]

_DOTS = "·•・‧∙"
_FOREIGN = re.compile(
    rf"(?:[A-Z][.．]?|[\u4e00-\u9fff]{{1,8}}(?:[-－—][\u4e00-\u9fff]{{1,8}}){{0,2}})"
    rf"(?:[{_DOTS}](?:[A-Z][{_DOTS}])?[\u4e00-\u9fff]{{1,9}}(?:[-－—][\u4e00-\u9fff]{{1,9}}){{0,2}}){{1,4}}"
)
#: 副州长和某某3月率团: a surname that is elsewhere the word between two names.
_HE = re.compile(r"和[\u4e00-\u9fff]{2}(?=\d{1,2}[月日]|率[团队领])")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,7}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ALL_HAN = re.compile(r"[\u4e00-\u9fff]*")
_DOT = re.compile(f"[{_DOTS}]")
_PARTS = re.compile(f"[{_DOTS}\\-－—]")
#: Particles that stand in no given name.
_PARTICLES = frozenset("的等及均被也还又在于、")
#: Function words that follow names and end none.
_AFTER_NAMES = frozenset("在于将率赴就被由以对从向等的及也还又并曾仍获称携兼暨")
#: Signs that never stand in names of other countries in Chinese characters; 服部直人 is one.
_NO_HAN = re.compile(r"[们员会议级团组局厅处等该某]")
#: The same for Chinese names; 薛其坤 is one.
_NO_CHINESE = re.compile(r"[们人员会议级代表团组局部厅处等该某区县市省]")


_APPOINTING = frozenset("兼担出就连继新现原时曾历接")
_WHEN = re.compile(r"(?:\d[日号月年]|[上下]午|晚|期间|[年月][初底中末])\Z")
_SHORT = re.compile(r"(?:[省市州县区总我本]?[局署部厅院校委会办行]|自治区|[省市州县区])\Z")


@functools.cache
def _stop_words() -> re.Pattern[str]:
    """What names end before: verbs and particles, and the next post (院长某某教授)."""
    return alternation("person_stops", "post_titles")


@functools.cache
def _tibetan() -> re.Pattern[str]:
    units = alternation("tibetan_names").pattern
    return re.compile(f"(?:{units}){{2}}")


def _stop_length(text: str, at: int) -> int:
    stop = _stop_words().match(text, at)
    return len(stop.group()) if stop else 0


def _stops(text: str, at: int) -> bool:
    return at >= len(text) or not _HAN.match(text, at) or _stop_words().match(text, at) is not None


def may_begin(text: str, at: int) -> bool:
    """False when what stands at `at` begins no name, quick to say."""
    return at + 1 < len(text) and (_HAN.match(text, at) is not None or _FOREIGN.match(text, at) is not None)


def name_at(text: str, at: int, *, foreign: bool, han: bool, firm: bool = False) -> str:
    """The name that begins at `at`, or "". `han` tells a country whose names are written in Chinese characters,
    `firm` that the words before leave no doubt that a name follows."""
    dotted = _FOREIGN.match(text, at)
    if dotted and (name := _dotted(text, at, dotted)):  # 会长王某与丙·丁会谈: the first name has no dot
        return name
    chinese = chinese_name(text, at)
    if chinese:
        return chinese
    tibetan = _tibetan().match(text, at)
    if tibetan and _stops(text, tibetan.end()):
        return tibetan.group()
    plain = _PLAIN.match(text, at) if foreign and _stop_length(text, at) < 2 else None
    if plain:
        size = next((n for n in range(2, len(plain.group()) + 1) if _stops(text, at + n)), 0)
        name = text[at : at + size]
        if han and 2 <= size <= 5 and not _NO_HAN.search(name):
            return name
        if size and all(c in words("transliteration") for c in name):
            return name + _hyphened(text, at + size)
    if firm and (joined := _HE.match(text, at)) and not _stop_length(text, at + 1):
        return joined.group()
    return chinese_name(text, at, firm=True) if firm else ""


def _hyphened(text: str, at: int) -> str:
    """The rest of a name of two parts with a hyphen (迪亚斯-卡内尔), or ""."""
    if text[at : at + 1] not in ("-", "－"):
        return ""
    end = at + 1
    while end < len(text) and end <= at + 7 and text[end] in words("transliteration"):
        end += 1
    return text[at:end] if end > at + 1 else ""


def _dotted(text: str, at: int, dotted: re.Match[str]) -> str:
    """A foreign name with dots; it ends before a stop, its last part before the first sign of no transliteration."""
    parts = _PARTS.split(dotted.group())
    foreign_signs = words("transliteration")
    begin = at
    for n, part in enumerate(parts[:-1]):  # 甲·乙和副局长丙·丁 are two names
        strange = (k for k, sign in enumerate(part) if sign not in foreign_signs and _HAN.match(sign))
        cut = next((k for k in strange if _stops(text, begin + k)), -1)
        if cut >= 0:
            return text[at : begin + cut] if n and cut else ""
        begin += len(part) + 1
    head = dotted.end() - len(parts[-1])
    last = parts[-1]
    size = next((n for n in range(1, len(last) + 1) if _stops(text, head + n)), 0)
    odd = [n for n, sign in enumerate(last[: size or len(last)]) if sign not in foreign_signs]
    if size == 0 or len(odd) > 1:
        # 玛丽·凯勒视频会谈: what follows the last sign of a transliteration is no name; one sign may be a rare one.
        size = next((n for n in odd if n >= 2), size or len(last))
    # A first part that itself holds a stop word is running text, not a name.
    return text[at : head + size] if len(parts[0]) <= 7 else ""


def chinese_name(text: str, at: int, *, firm: bool = False) -> str:
    """A surname with one or two characters, followed by a word or sign that no name goes on with. `firm` takes two
    characters after a surname that opens no other word, whatever follows."""
    surnames = words("surnames")
    size = 2 if text[at : at + 2] in surnames else 1
    if text[at : at + size] not in surnames or _stop_length(text, at) > size:
        return ""  # 任命 and 应邀 begin like names; 任 and 于 alone are surnames
    if alternation("not_names").match(text, at):
        return ""
    for given in (2, 1):
        end = at + size + given
        name = text[at:end]
        if end > len(text) or not _ALL_HAN.fullmatch(name) or _NO_CHINESE.search(name, size):
            continue
        after = [_stop_length(text, at + size + n) for n in range(given)]
        # 王毅在会上: the last character is a function word; 周向阳: 向 alone after a surname is part of the name.
        if max(after) > 1 or name[size] in _PARTICLES or (given == 2 and name[-1] in _AFTER_NAMES):
            continue
        if given == 2 and after[1] and alternation("post_titles").match(text, end):
            continue  # 王毅和外交大臣会谈
        if _stops(text, end) and not (given == 1 and after[0]):
            return name
        if firm and given == 2 and surnames[text[at : at + size]] == "plain" and not any(after):
            return name
    return ""


def name_before(text: str, end: int, reached: int, ends: Collection[int] = (), known: Collection[str] = ()) -> str:
    """The Chinese name that ends at `end`, or "": it begins at `reached` or later, where a word can begin or a body
    `ends`, or is a `known` one."""
    surnames = words("surnames")
    for size in (3, 2, 4):
        start = end - size
        if start < reached or not _ALL_HAN.fullmatch(text, start, end):
            continue
        wide = 2 if size == 4 or text[start : start + 2] in surnames else 1
        if text[start : start + wide] not in surnames or _NO_CHINESE.search(text, start + wide, end) or size == wide:
            continue
        before = text[start - 1] if start else ""
        if before.isdigit() or (before and before in _DOTS):  # 200余名代表
            continue
        if text[start] == "任" and before in _APPOINTING:  # 兼任中心主任
            continue
        if alternation("not_names").match(text, start):
            continue
        if size == 3 and text[end - 1] in "任为" and text[start:end] not in known:
            continue  # 李红任副局长, 选举甲、李红为副会长: verbs
        if not before or not _HAN.match(before) or start in ends or _word_ends(text, start) or text[start:end] in known:
            return text[start:end]
    return ""


def dotted_before(text: str, end: int, reached: int) -> str:
    """The name with dots that ends at `end` (凯蒂·维达尔局长), or ""."""
    if not _DOT.search(text, max(reached, end - 9), end):
        return ""
    start, signs = end, words("transliteration")
    odd = 0
    while start > reached and (text[start - 1] in signs or text[start - 1] in _DOTS or _rare(text, start - 1, odd)):
        start -= 1
        odd += text[start] not in signs and text[start] not in _DOTS
    while start < end and text[start] in _DOTS:
        start += 1
    name = text[start:end]
    parts = _PARTS.split(name)
    return name if len(parts) > 1 and all(1 <= len(part) <= 8 for part in parts) else ""


def _rare(text: str, at: int, odd: int) -> bool:
    """True for one sign inside a transliteration that is seldom in one."""
    within = at > 0 and text[at - 1] in words("transliteration") and _HAN.match(text[at]) is not None
    return within and odd == 0 and _stop_length(text, at) == 0 and not ends_boundary(text, at + 1)


def begins_word(text: str, at: int) -> bool:
    """True when nothing stands before `at` that the word there could belong to; 局 and 省局 are what a report calls
    its own body."""
    short = _SHORT.search(text, max(0, at - 3), at)
    at = short.start() if short else at
    if at == 0 or _WHEN.search(text, max(0, at - 4), at) or not _HAN.match(text[at - 1]) or ends_boundary(text, at):
        return True
    return any(_stop_words().fullmatch(text, max(0, at - n), at) for n in (1, 2, 3))


def _word_ends(text: str, at: int) -> bool:
    """True when a boundary word, a day or the end of a body's name stands right before `at`."""
    last = text[at - 1]
    return (
        ends_boundary(text, at)
        or last in "局部会院署厅组记期月"
        or (last == "日" and text[at - 2 : at - 1].isdigit())
        or text.endswith(tuple_of("post_titles"), 0, at)
    )
