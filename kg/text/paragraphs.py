"""Paragraphs and sections: page breaks healed, headings of lost charts told from headings of text.

A paragraph that stops in the middle of a sentence goes on in the next text block, over captions, tables and the
headings of charts that stand between.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct, field
from msgspec.structs import replace

from kg.lexicon import EntryType, Lexicon
from kg.model import Issue, PlaceKind, Repair, Section, Span
from kg.model.frozen import Frozen
from kg.text.blocks import Block, BlockKind

__all__ = ["Outline", "Paragraph", "outline"]


class Paragraph(Frozen):
    """Stretches of the layer that make up one paragraph of a section; `caption` for captions of pictures."""

    spans: tuple[Span, ...]
    section: int
    line: int
    text: str
    caption: bool = False


class Outline(Frozen):
    """Sections and paragraphs in order; `tables` gives the section of the table that starts at a line."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: dict[int, int]
    repairs: tuple[Repair, ...]
    issues: tuple[Issue, ...]


_MONTH = re.compile(r"(?:\d{4}\s*年)?\s*(?:(?P<digits>\d{1,2})|(?P<words>十[一二]?|[一二三四五六七八九]))\s*月份?")
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHRONICLE = re.compile(r"要事|大事|纪事|记事|日志")
#: A numbered item of a list (1. 某案, （2）某案), and the signs that prose has.
_ITEM = re.compile(r"\d{1,3}[.．、)）]\s{0,3}(?!\d)|[（(]\d{1,3}[)）]|[①-⑳]")
_INSIDE = re.compile(r"[，。；]")
_CLOSED = ("。", "！", "？", "；", "：", "!", "?", "…")
_MAYBE = ("”", "）", "》", "」", "】")
#: Signs and words that go on with a sentence; 与会者, 地方 or 及时 may open one.
_GOES_ON = re.compile(
    r"[，、。；：）”》的或]|地(?![方区理市])|得(?!知)|和(?![谐平])|与(?![会此])|及(?!时)|等(?!候)|并(?!购)"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_YEAR = re.compile(r"\d{4}\s*年(?:度)?")
_PROSE = re.compile(r"[，。；、：]")
#: Text blocks shorter than this without any comma are lines of a title page, not cut sentences.
_SHORTEST_PROSE = 15
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,80}”")


class _State(Struct):
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: dict[int, int] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    stack: list[tuple[int, str]] = field(default_factory=list)
    open: int = -1

    @property
    def section(self) -> int:
        return len(self.sections) - 1


def outline(blocks: tuple[Block, ...], lexicon: Lexicon, source: str) -> Outline:
    """The sections and paragraphs of a report. Issues name charts without data and paragraphs that never end."""
    state = _State()
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE:
            state.tables[block.line] = state.section
        elif block.kind is BlockKind.HEADING:
            _heading(state, blocks, n, source)
        elif block.kind is BlockKind.CAPTION and state.open < 0 and n == 0:
            _text(state, block)
        elif block.kind is BlockKind.CAPTION:
            state.paragraphs.append(Paragraph(block.spans, state.section, block.line, block.text, True))
            state.repairs.append(Repair(block.line, "caption", block.text, ""))
        elif block.kind is BlockKind.NOTE:
            # A footnote at the foot of a page: the sentence that the page cuts goes on after it.
            state.paragraphs.append(Paragraph(block.spans, state.section, block.line, block.text))
        elif block.kind is BlockKind.TEXT:
            _text(state, block)
    _implied_regions(state, lexicon)
    return Outline(
        tuple(state.sections),
        tuple(state.paragraphs),
        state.tables,
        tuple(state.repairs),
        tuple(state.issues),
    )


def _heading(state: _State, blocks: tuple[Block, ...], n: int, source: str) -> None:
    block = blocks[n]
    if not block.numbered and not block.region and _is_chart(state, blocks, n):
        state.issues.append(
            Issue(
                source,
                block.line,
                "chart-without-data",
                f"a heading without text or table: {block.text}",
                "expected the chart's data, which the text layer has lost",
            )
        )
        state.paragraphs.append(Paragraph(block.spans, state.section, block.line, block.text, True))
        return
    while state.stack and state.stack[-1][0] >= block.level:
        state.stack.pop()
    state.stack.append((block.level, block.text))
    path = tuple(title for _, title in state.stack)
    month = _month(block.text)
    above = state.sections[-1] if state.sections else None
    chronicle = any(_CHRONICLE.search(title) for title in path)
    region = block.region or (_inherited(state, path) if above else "")
    state.sections.append(
        Section(
            index=len(state.sections),
            level=block.level,
            title=block.text,
            path=path,
            line=block.line,
            region=region,
            month=month,
            chronicle=chronicle or bool(month),
        )
    )
    state.open = -1


def _month(title: str) -> int:
    """The month that a heading of a chronicle is (3月, 三月, 2024年3月份), or 0."""
    found = _MONTH.fullmatch(title)
    if found is None:
        return 0
    month = int(found["digits"]) if found["digits"] else 1 + _MONTHS.index(found["words"])
    return month if month <= 12 else 0


def _inherited(state: _State, path: tuple[str, ...]) -> str:
    """The region of the section that this one lies in."""
    for section in reversed(state.sections):
        if section.path == path[: len(section.path)] and len(section.path) < len(path):
            return section.region
    return ""


def _is_chart(state: _State, blocks: tuple[Block, ...], n: int) -> bool:
    """True for a heading with no text of its own: what follows is a unit line, a picture or another heading."""
    block = blocks[n]
    if block.level == 1 or _YEAR.fullmatch(block.text) or not _HAN.search(block.text):
        return False
    if state.open >= 0 and not state.paragraphs[state.open].text.endswith(_MAYBE):
        return True
    for later in blocks[n + 1 :]:
        if later.kind in (BlockKind.FURNITURE, BlockKind.CONTENTS):
            continue
        if later.kind is BlockKind.CHART:
            return True
        if later.kind is BlockKind.HEADING:
            return later.level <= block.level and block.level > 1 and not _is_period(block)
        return False
    return block.level > 1


def _is_period(block: Block) -> bool:
    return _MONTH.fullmatch(block.text) is not None


def _text(state: _State, block: Block) -> None:
    spans, at = block.spans, state.open
    if at >= 0:
        before = state.paragraphs[at]
        goes_on = not before.text.endswith(_MAYBE) or _GOES_ON.match(block.text)
        if goes_on and not _ITEM.match(block.text):
            joined = replace(before, spans=before.spans + spans, text=before.text + block.text)
            state.paragraphs[at] = joined
            state.repairs.append(Repair(block.line, "page-break", f"{before.text[-10:]}⏎{block.text[:10]}", "joined"))
            state.open = at if _unfinished(joined.text) else -1
            return
    state.paragraphs.append(Paragraph(spans, state.section, block.line, block.text))
    state.open = len(state.paragraphs) - 1 if _unfinished(block.text) else -1


def _unfinished(text: str) -> bool:
    if not _HAN.search(text):
        return False  # a line in Latin letters (the title page) is no half of a Chinese sentence
    if _ITEM.match(text) and not _INSIDE.search(text):
        return False  # an item of a list is whole without a full stop
    if text.endswith(_CLOSED) or text.endswith(("。”", "。）", "！”", "？”")):
        return False
    return bool(_PROSE.search(text)) or len(text) >= _SHORTEST_PROSE


def _implied_regions(state: _State, lexicon: Lexicon) -> None:
    """Gives a section of its own to each paragraph of a regional chapter that lost its region's heading.

    The sign: other paragraphs of the chapter stand one by one under the names of regions, and this one, standing
    second under such a name, speaks of another region than that.
    """
    chapters = Counter(s.path[:-1] for s in state.sections if s.region == s.title)
    seen: set[int] = set()
    insert: list[tuple[int, str]] = []
    headed = {s.region for s in state.sections if s.region == s.title}
    for n, paragraph in enumerate(state.paragraphs):
        section = state.sections[paragraph.section] if paragraph.section >= 0 else None
        if section is None or paragraph.caption or section.region != section.title:
            continue
        if chapters[section.path[:-1]] < 3 or section.index not in seen:
            seen.add(section.index)
            continue
        region = _speaks_of(paragraph.text, section.region, lexicon)
        if region and region not in headed:
            insert.append((n, region))
            headed.add(region)
    for n, region in reversed(insert):
        _insert_section(state, n, region)


def _speaks_of(text: str, current: str, lexicon: Lexicon) -> str:
    """The region that a paragraph names most, when it is not `current` and is named at least twice."""
    counts: Counter[str] = Counter()
    for hit in lexicon.find(text, frozenset({EntryType.PLACE})):
        if hit.entry.kind == PlaceKind.REGION:
            # A name that opens a document title counts more: that is how regions name their own rules.
            opens = hit.start > 0 and text[hit.start - 1] in "《“"
            counts[hit.entry.zh] += 2 if opens or hit.surface == hit.entry.zh else 1
    if not counts:
        return ""
    best = min(counts, key=lambda name: (-counts[name], name))
    return best if counts[best] >= 2 and best != current and counts[best] > 2 * counts[current] else ""


def _insert_section(state: _State, n: int, region: str) -> None:
    paragraph = state.paragraphs[n]
    before = state.sections[paragraph.section]
    at = before.index + 1
    made = replace(before, index=at, title=region, path=(*before.path[:-1], region), line=paragraph.line, region=region)
    later = [replace(s, index=s.index + 1) for s in state.sections[at:]]
    state.sections[at:] = [made, *later]
    state.paragraphs = [
        replace(p, section=p.section + 1) if p.section >= at or (p.section == at - 1 and k >= n) else p
        for k, p in enumerate(state.paragraphs)
    ]
    state.tables = {
        line: s + 1 if s >= at or (s == at - 1 and line > paragraph.line) else s for line, s in state.tables.items()
    }
    state.repairs.append(Repair(paragraph.line, "region-without-heading", paragraph.text[:12], region))
