"""Where a name can begin and end: words and signs that no name of a body contains."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

from kg.extract.mentions import PlaceHit
from kg.extract.words import alternation, tuple_of, words

__all__ = [
    "before_bracket",
    "boundaries",
    "boundary_between",
    "edge_of",
    "ends_boundary",
    "free",
    "has_head",
    "inside_word",
    "next_boundary",
    "next_stop",
]

_SIGNS = frozenset("，。；：！？《》“”‘’〈〉（）、—…·,;()[]【】+＋ \t　")
_STOP = f"[{re.escape(''.join(sorted(_SIGNS)))}]"
_FIRST_STOP = re.compile(_STOP)
_COUNT = re.compile(r"[\d第]")
_YEAR = re.compile(
    r"\d{4}年(?:度)?|(?<![A-Za-z\d])\d+(?:[余多])?(?:[家个所间名批类大支件项年月日次届轮])?"
    r"|第[一二三四五六七八九十]{1,4}[次届轮]"
)
#: 安全部 is a ministry, 安全部门 a class.
_SAFETY = re.compile("(?![门分署长件队])")
#: Signs that end names of bodies.
_ENDS_BODY = "部局委厅署院会司处室"


@functools.cache
def boundaries() -> re.Pattern[str]:
    """The words that no name of a body contains."""
    return alternation("org_boundaries")


def edge_of(text: str, low: int, at: int, places: list[PlaceHit]) -> int:
    """The leftmost position from which `text[..at]` holds no boundary: after the last stop sign or word."""
    stop = _FIRST_STOP.search(text[low:at][::-1])
    edge = at - stop.start() if stop else low
    words_within = list(boundaries().finditer(text, edge, at))
    if words_within:
        shields = _shields(text, edge, at)
        for n in range(bisect_left(places, edge, key=lambda p: p.start), len(places)):
            if places[n].start >= at:
                break
            if places[n].end - places[n].start > 1:
                shields.append((places[n].start, places[n].end))
        # The last word counts: the shields stay those of the whole stretch.
        edge = next((m.end() for m in reversed(words_within) if not _shielded(m, shields)), edge)
    if _COUNT.search(text, edge, at):
        for match in _YEAR.finditer(text, edge, at):
            edge = match.end()
    return edge


def _shields(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words stand that protect a boundary word in them (和 in 共和国)."""
    low, high = max(0, start - 4), min(len(text), end + 4)
    protected = alternation("org_protected").finditer(text, low, high)
    # 联合国家版权局印发: no 联合国
    found = [m.span() for m in protected if m.group() != "联合国" or text[m.end() : m.end() + 1] != "家"]
    if _joins_field().search(text, low, high) is None:
        return found
    return found + [m.span() for m in _joint_fields().finditer(text, low, high)]


@functools.cache
def _joins_field() -> re.Pattern[str]:
    """和 before the second of two fields: quicker to look for than both."""
    return re.compile(rf"[和与](?=(?:{alternation('joint_fields').pattern})|[^\W{_ENDS_BODY}]{{2,5}}司)")


@functools.cache
def _joint_fields() -> re.Pattern[str]:
    """税务和关税: two fields of one ministry or department; 职业教育与成人教育司."""
    field, sign = alternation("joint_fields").pattern, _ENDS_BODY
    fields = rf"(?:{field})[和与](?=(?:{field})(?!部|厅|局|署|委|司))"
    return re.compile(rf"{fields}|(?<=[\u4e00-\u9fff][^\W{sign}])[和与](?=[^\W{sign}]{{2,5}}司(?![长机法令]))")


def _shielded(match: re.Match[str], shields: list[tuple[int, int]]) -> bool:
    start, end = match.span()
    for a, b in shields:  # noqa: SIM110 - asked for each word, and a generator costs more than the test
        if a <= start and end <= b:
            return True
    return False


def before_bracket(text: str, begin: int, places: list[PlaceHit]) -> int | None:
    """Where 某某科技（深圳）有限公司 begins, whose ending would begin at `begin`: before the bracket."""
    bracket = text.rfind("（", max(0, begin - 8), begin) if text[begin - 1 : begin] == "）" else -1
    if bracket <= 0:
        return None
    before = edge_of(text, max(0, bracket - 20), bracket, places)
    return before if 2 <= bracket - before <= 16 else None


def inside_word(text: str, start: int, end: int) -> bool:
    """True when the ending at text[start:end] is part of another word (部 in 部署)."""
    pairs = _pairs()
    if text[start - 1 : start + 1] not in pairs and text[end - 1 : end + 1] not in pairs:
        return False  # a longer word goes over one of the edges
    for match in alternation("org_not_endings").finditer(text, max(0, start - 3), min(len(text), end + 3)):
        low, high = match.span()
        if high <= start or end <= low or (start <= low and high <= end):
            continue
        if end - start > 2 and low == end - 1 and match.group() != "部门":
            continue  # 秘书处在 is no 处在
        if text.startswith("长", high - 1) and text.startswith("官", high):
            continue  # 文化厅长官
        if match.group() == "全部" and text.startswith("安", low - 1) and _SAFETY.match(text, high):
            continue  # 某国安全部
        if not (text.startswith("分", high - 1) and text.startswith("别", high)):  # 商业部分别签署
            return True
    return False


@functools.cache
def _pairs() -> frozenset[str]:
    """The neighbours in the words that endings are part of."""
    return frozenset(word[n : n + 2] for word in words("org_not_endings") for n in range(len(word) - 1))


def has_head(text: str) -> bool:
    """True when a word that opens names of bodies (国家, 中国) stands in `text`; 州 in 杭州 is none."""
    return any(len(m.group()) > 1 or m.start() == 0 for m in alternation("org_heads").finditer(text))


def boundary_between(text: str, start: int, end: int) -> bool:
    """True when a stop sign or boundary word stands in text[start:end]."""
    return next_boundary(text, start, end) < end


def next_stop(text: str, start: int, end: int) -> int:
    """Where the first stop sign of text[start:end] stands, `end` when there is none."""
    if start < end and text[start] in _SIGNS:
        return start
    sign = _FIRST_STOP.search(text, start, end)
    return sign.start() if sign else end


def next_boundary(text: str, start: int, end: int) -> int:
    """Where the first stop sign or boundary word of text[start:end] begins, `end` when there is none. A word that
    protects the boundary word in it (和 in 共和国) makes it none."""
    stop = next_stop(text, start, end)
    shields: list[tuple[int, int]] | None = None
    for match in boundaries().finditer(text, start, stop):
        shields = _shields(text, start, end) if shields is None else shields
        if not _shielded(match, shields):
            return match.start()
    return stop


def ends_boundary(text: str, at: int) -> bool:
    """True when a boundary word ends at `at`."""
    return text.endswith(tuple_of("org_boundaries"), 0, at)


def free(text: str, at: int) -> bool:
    """True when a word begins at `at`: nothing, a sign, or a boundary word stands before it."""
    return not at or not "\u4e00" <= text[at - 1] <= "\u9fff" or ends_boundary(text, at)
