"""Blocks: what each group of lines is (heading, text, caption, page furniture, table of contents).

Says nothing yet about sections or sentences. Headings are known by `#`, by their number (一、, （一）, 第三章), by bold,
by a month or region alone on a line, by letters set apart (保 护) or because the table of contents lists them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from enum import Enum

from msgspec.structs import replace

from kg.lexicon import Lexicon
from kg.model import PlaceKind, Repair, Span, TextLayer
from kg.model.frozen import Frozen
from kg.text.mend import mend

__all__ = ["Block", "BlockKind", "find_blocks"]


class BlockKind(Enum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    CAPTION = "caption"
    NOTE = "note"
    CHART = "chart"
    FURNITURE = "furniture"
    CONTENTS = "contents"
    TABLE = "table"


class Block(Frozen):
    """`text` is mended; `level` 1 to 6 for headings; `gap` counts the blank lines before; `numbered` tells a
    heading with a number of its own, `region` one that is the name of a region (its full zh name)."""

    kind: BlockKind
    spans: tuple[Span, ...]
    line: int
    last: int
    text: str
    gap: int = 0
    level: int = 0
    numbered: bool = False
    region: str = ""


_HASH = re.compile(r"\s*(#{1,6})\s*(?=\S)")
_BOLD = re.compile(r"\s*(?:#{1,6}\s*)?\*\*([^*\n]{1,60})\*\*\s*\Z")
_BULLET = re.compile(r"\s*(?:[-*+•]\s+|>\s*)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}\Z|\s*[-—–]?\s*\d{1,4}\s*[-—–]?\s*\Z")
_NOTE = re.compile(r"\s*(?:[①-⑳]|<sup>[^<>\n]{1,10}</sup>|\[\^?\d{1,3}\]:?\s|注[:：]|注\d{1,2}[:：])")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]")
_BRACKETED = re.compile(r"（[^（）]{1,80}）\Z")
_CONTENTS = re.compile(
    r"\s*\d{1,3}\s*[|｜]\s*(?P<a>\S.{0,40})|\s*(?P<b>\S.{1,40}?)\s*(?:[.·…]{3,}|\s{4,})\s*\d{1,3}\s*\Z"
)
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[章编篇部]\s*")
_NUMBERS = (
    (1, _CHAPTER),
    (2, re.compile(r"第[一二三四五六七八九十百零\d]{1,4}节\s*")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (3, re.compile(r"（[一二三四五六七八九十]{1,3}）")),
)
_PERIOD = re.compile(r"(?:\d{4}\s*年)?\s*\d{1,2}\s*月(?:份)?|\d{4}\s*年(?:度)?")
_SPACED = re.compile(r"\s*[\u4e00-\u9fff](?:[ \u3000]{1,4}[\u4e00-\u9fff]){1,5}\s*\Z")
_END = "。！？；：!?;:，,、"
_PROSE = re.compile(r"[，。；：！？]")
_LONGEST_HEADING = 45


class _Raw(Frozen):
    """Lines without a blank one between them."""

    first: int
    last: int
    gap: int
    table: bool


def find_blocks(
    layer: TextLayer, tables: Set[int], skip: int, lexicon: Lexicon
) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    """The blocks of a text in order, with what was dropped as page furniture or recognised as a heading.

    `tables` are the 1-based lines that belong to tables, `skip` the number of front matter lines.
    """
    raws = list(_raw_blocks(layer, tables, skip))
    titles = _contents_titles(layer, raws)
    blocks = [block for raw in raws for block in _classify(layer, raw, titles, lexicon)]
    blocks, repairs = _drop_running_heads(blocks)
    return tuple(blocks), tuple(repairs + _heading_repairs(layer, blocks))


def _line_span(layer: TextLayer, line: int) -> Span:
    end = layer.starts[line] - 1 if line < len(layer.starts) else len(layer.text)
    return Span(layer.starts[line - 1], end)


def _line(layer: TextLayer, line: int) -> str:
    span = _line_span(layer, line)
    return layer.text[span.start : span.end]


def _raw_blocks(layer: TextLayer, tables: Set[int], skip: int) -> Iterator[_Raw]:
    gap, first = 0, 0
    table_open = False
    for line in range(skip + 1, len(layer.starts) + 2):
        over = line > len(layer.starts)
        if not over and line in tables:
            if first:
                yield _Raw(first, line - 1, gap, False)
                first, gap = 0, 0
            if not table_open:
                yield _Raw(line, line, gap, True)
            table_open, gap = True, 0
            continue
        span = _line_span(layer, line) if not over else Span(0, 0)
        blank = over or not layer.text[span.start : span.end].strip(" \t\r\u3000\xa0\f\ufeff")
        if blank:
            if first:
                yield _Raw(first, line - 1, gap, False)
                first, gap = 0, 0
            gap += 1
            continue
        table_open = False
        first = first or line


def _contents_titles(layer: TextLayer, raws: list[_Raw]) -> frozenset[str]:
    titles: list[str] = []
    for raw in raws:
        entry = None if raw.table else _CONTENTS.match(_line(layer, raw.first))
        if entry is None:
            continue
        for line in range(raw.first, raw.last + 1):
            match = _CONTENTS.match(_line(layer, line))
            told = (match["a"] or match["b"]) if match else _line(layer, line)
            title = _CHAPTER.sub("", "".join(told.split()))
            if title:
                titles.append(title)
    # One entry that looks like a contents line is chance; a table of contents has several.
    return frozenset(titles) if len(titles) >= 3 else frozenset()


def _classify(layer: TextLayer, raw: _Raw, titles: frozenset[str], lexicon: Lexicon) -> Iterator[Block]:
    if raw.table:
        yield Block(BlockKind.TABLE, (), raw.first, raw.last, "", raw.gap)
        return
    if titles and _CONTENTS.match(_line(layer, raw.first)):
        yield Block(BlockKind.CONTENTS, (), raw.first, raw.last, "", raw.gap)
        return
    pending: list[int] = []
    gap = raw.gap
    single = raw.first == raw.last
    for line in range(raw.first, raw.last + 1):
        block = _special(layer, line, single, titles, lexicon)
        starts_item = _BULLET.match(_line(layer, line)) is not None
        if pending and (block is not None or starts_item or _finished(layer, pending[-1])):
            yield _text_block(layer, pending, gap)
            pending, gap = [], 0
        if block is not None:
            yield replace(block, gap=gap)
            gap = 0
        else:
            pending.append(line)
    if pending:
        yield _text_block(layer, pending, gap)


def _finished(layer: TextLayer, line: int) -> bool:
    return _line(layer, line).rstrip().endswith(("。", "！", "？", "；", "。”", "。）"))


def _text_block(layer: TextLayer, lines: list[int], gap: int) -> Block:
    start, end = _line_span(layer, lines[0]).start, _line_span(layer, lines[-1]).end
    bullet = _BULLET.match(layer.text, start, end)
    span = Span(bullet.end() if bullet else start, end)
    text = mend(layer.text, (span,)).text
    kind = BlockKind.TEXT
    if _NOTE.match(layer.text, span.start, span.end):
        kind = BlockKind.NOTE
    elif _UNIT.match(text) or _BRACKETED.match(text):
        kind = BlockKind.CHART
    elif gap >= 2 and len(lines) <= 2 and len(text) <= _LONGEST_HEADING and not _PROSE.search(text):
        kind = BlockKind.CAPTION
    return Block(kind, (span,), lines[0], lines[-1], text, gap)


def _special(layer: TextLayer, line: int, single: bool, titles: frozenset[str], lexicon: Lexicon) -> Block | None:
    """The heading, image or furniture block of a line, or None for plain text."""
    raw, span = _line(layer, line), _line_span(layer, line)
    if _RULE.match(raw):
        return Block(BlockKind.FURNITURE, (), line, line, raw.strip())
    if raw.lstrip().startswith("!["):
        alt = raw.split("[", 1)[1].split("]", 1)[0]
        return Block(BlockKind.CAPTION if alt.strip() else BlockKind.FURNITURE, (span,), line, line, alt)
    if raw.lstrip().startswith("<!--"):
        return Block(BlockKind.FURNITURE, (), line, line, raw.strip())
    if len(raw) > 200:
        return None
    hashes = _HASH.match(raw)
    body = Span(span.start + hashes.end(), span.end) if hashes else span
    text = mend(layer.text, (body,)).text.strip()
    bold = _BOLD.match(raw) is not None
    if not text or (not hashes and (text[-1] in _END or len(text) > _LONGEST_HEADING)):
        return None
    level, numbered = _level(text)
    region = lexicon.place(text) if len(text) <= 12 else None
    region_name = region.zh if region and region.kind == PlaceKind.REGION and region.zh == text else ""
    if hashes or bold:
        level = level or (2 if region_name or _PERIOD.fullmatch(text) else len(hashes[1]) if hashes else 3)
    elif (single and level) or (single and (_PERIOD.fullmatch(text) or region_name)):
        level = level or 2
    elif single and (text in titles or _SPACED.match(raw)):
        level = 1
    else:
        return None
    return Block(BlockKind.HEADING, (body,), line, line, text, level=level, numbered=numbered, region=region_name)


def _level(text: str) -> tuple[int, bool]:
    for level, pattern in _NUMBERS:
        if pattern.match(text):
            return level, True
    return 0, False


def _drop_running_heads(blocks: list[Block]) -> tuple[list[Block], list[Repair]]:
    """Short lines that come back at least three times are page furniture, but not headings with a number."""
    short = (BlockKind.HEADING, BlockKind.TEXT, BlockKind.CAPTION)

    def name(block: Block) -> str:
        return "".join(block.text.split()).lower()

    counts = Counter(
        name(b)
        for b in blocks
        if b.kind in short
        and len(b.text) <= 40
        and not b.numbered
        and not _PROSE.search(b.text)
        and not _PERIOD.fullmatch(b.text)
        and not b.region
    )
    heads = {text for text, n in counts.items() if n >= 3}
    out: list[Block] = []
    repairs: list[Repair] = []
    for block in blocks:
        if block.kind in short and name(block) in heads and not block.numbered:
            repairs.append(Repair(block.line, "running-head", block.text, ""))
            block = replace(block, kind=BlockKind.FURNITURE)
        out.append(block)
    return out, repairs


def _heading_repairs(layer: TextLayer, blocks: list[Block]) -> list[Repair]:
    repairs: list[Repair] = []
    before = 0
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        raw = _line(layer, block.line)
        hashes = _HASH.match(raw)
        if hashes is None:
            repairs.append(Repair(block.line, "heading-without-mark", raw.strip(), block.text))
        elif before and len(hashes[1]) > before + 1:
            repairs.append(Repair(block.line, "heading-level-jump", hashes[1], "#" * block.level))
        before = len(hashes[1]) if hashes else before
    return repairs
