"""Where a name can begin and end: words and signs that no name of a body contains."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

from kg.extract.mentions import PlaceHit
from kg.extract.words import alternation, words

__all__ = [
    "before_bracket",
    "boundaries",
    "boundary_between",
    "edge_of",
    "ends_boundary",
    "has_head",
    "inside_word",
    "next_boundary",
]

_STOP = frozenset("，。；：！？《》“”‘’〈〉（）、—…·,;()[]【】+＋ \t　")
_YEAR = re.compile(r"\d{4}年(?:度)?|(?<![A-Za-z\d])\d+(?:[余多])?(?:[家个所间名批类大支件项年月日])?")


@functools.cache
def boundaries() -> re.Pattern[str]:
    """The words that no name of a body contains."""
    return alternation("org_boundaries")


def edge_of(text: str, low: int, at: int, places: list[PlaceHit]) -> int:
    """The leftmost position from which `text[..at]` holds no boundary: after the last stop sign or word."""
    edge = low
    for n in range(at - 1, low - 1, -1):
        if text[n] in _STOP:
            edge = n + 1
            break
    shields = [m.span() for m in alternation("org_protected").finditer(text, max(0, edge - 4), min(len(text), at + 4))]
    for n in range(bisect_left(places, edge, key=lambda p: p.start), len(places)):
        if places[n].start >= at:
            break
        if places[n].end - places[n].start > 1:
            shields.append((places[n].start, places[n].end))
    for match in boundaries().finditer(text, edge, at):
        if not any(a <= match.start() and match.end() <= b for a, b in shields):
            edge = match.end()
    for match in _YEAR.finditer(text, edge, at):
        edge = match.end()
    return edge


def before_bracket(text: str, begin: int, places: list[PlaceHit]) -> int | None:
    """Where 某某科技（深圳）有限公司 begins, whose ending would begin at `begin`: before the bracket."""
    bracket = text.rfind("（", max(0, begin - 8), begin) if text[begin - 1 : begin] == "）" else -1
    if bracket <= 0:
        return None
    before = edge_of(text, max(0, bracket - 20), bracket, places)
    return before if 2 <= bracket - before <= 16 else None


def inside_word(text: str, start: int, end: int) -> bool:
    """True when the ending at text[start:end] is part of another word (部 in 部署)."""
    low = max(0, start - 3)
    return any(
        m.start() < end
        and start < m.end()
        and not (start <= m.start() and m.end() <= end)
        and not (end - start > 2 and m.start() == end - 1)  # 秘书处在 is no 处在
        and not (m.group().endswith("分") and text.startswith("别", m.end()))  # 商业部分别签署
        for m in alternation("org_not_endings").finditer(text, low, min(len(text), end + 3))
    )


def has_head(text: str) -> bool:
    """True when a word that opens names of bodies (国家, 中国) stands in `text`; 州 in 杭州 is none."""
    return any(len(m.group()) > 1 or m.start() == 0 for m in alternation("org_heads").finditer(text))


def boundary_between(text: str, start: int, end: int) -> bool:
    """True when a stop sign or boundary word stands in text[start:end]."""
    return next_boundary(text, start, end) < end


def next_boundary(text: str, start: int, end: int) -> int:
    """Where the first stop sign or boundary word of text[start:end] begins, `end` when there is none. A word that
    protects the boundary word in it (和 in 共和国) makes it none."""
    stop = next((at for at in range(start, end) if text[at] in _STOP), end)
    shields: list[tuple[int, int]] | None = None
    for match in boundaries().finditer(text, start, stop):
        if shields is None:
            around = alternation("org_protected").finditer(text, max(0, start - 4), min(len(text), end + 4))
            shields = [m.span() for m in around]
        if not any(a <= match.start() and match.end() <= b for a, b in shields):
            return match.start()
    return stop


def ends_boundary(text: str, at: int) -> bool:
    """True when a boundary word ends at `at`."""
    return any(text.endswith(word, 0, at) for word in words("org_boundaries"))
