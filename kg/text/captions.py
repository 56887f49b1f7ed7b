"""What stands above a table: its caption with number, its unit, the mark of a continuation."""

from __future__ import annotations

import re

from msgspec import Struct

from kg.lexicon.table_words import TableWords, WordRole
from kg.model import TextLayer, squeeze
from kg.model.frozen import Frozen
from kg.text.cells import LONGEST_ROW, clean, line_text

__all__ = ["Lead", "lead_of", "parse_caption"]

_LONGEST = 120
_MOST_BLANK = 30
_UNIT = re.compile(r"[（(\[]?\s{0,9}(?:计量)?单\s{0,4}位\s{0,4}[:：]\s{0,9}(?P<unit>\S[^。；]{0,24}?)\s{0,9}[)）\]]?")
_UNIT_END = re.compile(r"\s{0,9}" + _UNIT.pattern + r"\Z")
_NUMBERED = re.compile(
    r"附?表\s{0,4}(?P<number>[\d０-９]{1,3}(?:\s?[-－—–.．]\s?[\d０-９]{1,3}){0,2}|[一二三四五六七八九十]{1,3}(?=[\s、:：]))"
    r"\s{0,4}[:：.．、]?\s{0,9}(?P<title>.{0,110})"
)
_CONTINUED = re.compile(r"\s{0,9}[（(\[【]?\s{0,4}续\s{0,4}表?\s{0,4}\d{0,3}\s{0,4}[)）\]】]?\Z")
_CONTINUATION = re.compile(
    r"[（(\[【]?\s{0,4}(?P<word>[^（()）\d]{1,6}?)\s{0,4}(?:[\d０-９]{1,3}(?:[-.][\d０-９]{1,3})?)?\s{0,4}[)）\]】]?"
)
_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[章节]|[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．]\s))\s{0,4}"
)
_PROSE = re.compile(r"[。；！？;]|[，：,:].{0,60}[，：,:]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]{0,60}[)）]")
_YEARS_END = re.compile(r"[（(][^（()）]{0,40}\d{4}\s?年[^（()）]{0,20}[)）]\Z")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．－—–", "0123456789.---")


class Lead(Frozen):
    """What was found above a table. `lines` belong to the table; `marker` is the line of a continuation mark or 0;
    `heading` tells that the caption is a heading of the text, which stays a heading."""

    caption: str = ""
    number: str = ""
    unit: str = ""
    lines: tuple[int, ...] = ()
    marker: int = 0
    heading: bool = False


class _Found(Struct):
    caption: str = ""
    number: str = ""
    unit: str = ""
    marker: int = 0
    heading: bool = False


def parse_caption(text: str, words: TableWords) -> tuple[str, str, str, bool] | None:
    """(number, caption, unit, continued) of a numbered caption such as 表 1 …（单位：件）, else None."""
    if len(text) > _LONGEST:
        return None
    match = _NUMBERED.fullmatch(text.strip("# \t"))
    if match is None:
        return None
    bare = _UNIT_END.sub("", _IN_BRACKETS.sub("", match["title"]))
    # A sentence about a table begins like its caption; captions have no commas.
    if _PROSE.search(bare) or "，" in bare or "," in bare:
        return None
    number = "".join(match["number"].translate(_WIDE_DIGITS).split())
    title, unit, continued = _parts(match["title"], words)
    return number, title, unit, continued


def _parts(title: str, words: TableWords) -> tuple[str, str, bool]:
    """A title without unit and mark of continuation, the unit, and whether it is continued."""
    unit = ""
    tail = _UNIT_END.search(title)
    if tail and tail.end() == len(title):
        title, unit = title[: tail.start()].rstrip(), squeeze(tail["unit"])
    mark = _CONTINUED.search(title)
    if mark:
        title = title[: mark.start()]
    if not unit and title.endswith(("）", ")")):
        title, unit = words.split_unit(title)
    return squeeze(title), unit, mark is not None


def lead_of(layer: TextLayer, first: int, floor: int, words: TableWords) -> Lead:
    """What stands above line `first`, looking no higher than line `floor` + 1."""
    found = _Found()
    lines: list[int] = []
    blank = 0
    line = first - 1
    while line > floor and blank <= _MOST_BLANK:
        raw, span = line_text(layer, line)
        if span.end - span.start > LONGEST_ROW:
            break
        text = clean(raw)
        if not text:
            blank += 1
            line -= 1
            continue
        taken, more = _take_mark(text, found, words)
        if not taken and more:
            if _second_line(layer, line, floor, found, words):
                lines += (line, line - 1)
                break
            taken, more = _take_plain(text, raw, found, words), False
        if taken and not found.heading:
            lines.append(line)
            if found.marker < 0:
                found.marker = line
        if not more:
            break
        line -= 1
    return Lead(found.caption, found.number, found.unit, tuple(sorted(lines)), found.marker, found.heading)


def _take_mark(text: str, found: _Found, words: TableWords) -> tuple[bool, bool]:
    """Puts a unit, a mark of continuation or a numbered caption into `found`.

    Returns whether the line is one of these, and whether there is more to look for.
    """
    unit = _UNIT.fullmatch(text) if len(text) <= 40 else None
    if unit:
        again, found.unit = bool(found.unit), found.unit or squeeze(unit["unit"])
        return not again, not again
    mark = _CONTINUATION.fullmatch(text) if len(text) <= 20 else None
    if mark and words.is_a(mark["word"], WordRole.CONTINUATION):
        found.marker = -1
        return True, True
    parsed = parse_caption(text, words)
    if parsed is None:
        return False, not found.marker
    found.number, found.caption, unit_told, continued = parsed
    found.unit = found.unit or unit_told
    if continued:
        found.marker = found.marker or -1
    return True, False


def _take_plain(text: str, raw: str, found: _Found, words: TableWords) -> bool:
    """Puts a heading, or a line that ends like a caption, into `found`. Returns whether it is one."""
    if len(text) > _LONGEST or _PROSE.search(text):
        return False
    if raw.lstrip().startswith("#"):
        caption, unit, _ = _parts(_ITEM.sub("", text.lstrip("# "), count=1), words)
        found.caption, found.unit, found.heading = caption, found.unit or unit, True
        return True
    bare, unit, _ = _parts(text, words)
    dated = _YEARS_END.search(bare)
    told = dated or words.ends(bare, WordRole.ENDING, WordRole.LIST)
    if not told or "，" in text or _ITEM.match(text):
        return False
    found.caption, found.unit = bare, found.unit or unit
    return True


def _second_line(layer: TextLayer, line: int, floor: int, found: _Found, words: TableWords) -> bool:
    """Takes a numbered caption that runs over `line` - 1 and `line`."""
    if line - 1 <= floor or found.caption:
        return False
    text = "".join(clean(line_text(layer, n)[0])[: _LONGEST + 1] for n in (line - 1, line))
    first = clean(line_text(layer, line - 1)[0])[: _LONGEST + 1]
    parsed = parse_caption(text, words) if parse_caption(first, words) else None
    if parsed is None:
        return False
    found.number, found.caption, unit, _ = parsed
    found.unit = found.unit or unit
    return True
