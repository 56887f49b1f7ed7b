"""Quotes: the exact words of a stretch of a sentence, as a Passage."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.model.text import Passage, Report, Sentence, Span

__all__ = ["CJK", "passage_of", "squeeze"]

#: Characters of Chinese writing: ideographs, CJK punctuation, full-width forms, curly quotes, dashes, dots.
CJK = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·•㈠-㉃"
_CJK = re.compile(rf"[{CJK}]")
#: What may stand between two pieces of one quote: white space and markup, but no other words.
_JOINT = re.compile(r"(?:\s|\*\*|__|</?(?:b|i|strong|em|br|span|p)\s{0,3}/?>)*")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\*\*")


def squeeze(text: str) -> str:
    """`text` without the white space inside Chinese; other white space becomes one space."""
    parts = text.split()
    if len(parts) < 2:
        # Most labels and cells hold no white space at all.
        return parts[0] if parts else ""
    found = [parts[0]]
    for before, part in pairwise(parts):
        chinese = "\u4e00" <= part[0] <= "\u9fff" or _CJK.match(part) or _CJK.match(before, len(before) - 1)
        found.append(part if chinese else f" {part}")
    return "".join(found)


def _told(exact: str) -> str:
    """Exact words as a quote: without markup and the white space inside Chinese."""
    return squeeze(_TAG.sub("", exact) if "<" in exact or "*" in exact else exact)


def passage_of(report: Report, sentence: Sentence, start: int = 0, end: int | None = None) -> Passage:
    """The passage of `sentence.text[start:end]`.

    Pieces with only white space or markup between them make one quote; a caption or a footnote mark between them
    makes two, each with its line. A page break splits the span but not the quote.
    """
    text, section = report.layer.text, report.sections[sentence.section].path if sentence.section >= 0 else ()
    if start or end is not None or sentence.lead:
        pieces = sentence.pieces(start, end)
    else:  # most; neighbours are joined below
        pieces = [(run.offset, run.offset + run.width) for run in sentence.runs if run.length]
    last = pieces[:1]
    groups = [last] if pieces else []
    for low, high in pieces[1:]:
        begin, reached = last[-1]
        gap = text[reached:low]
        if gap.strip() and not _JOINT.fullmatch(gap):
            last = [(low, high)]
            groups.append(last)
        elif "\n\n" in gap:
            last.append((low, high))
        else:
            last[-1] = (begin, high)
    if len(groups) == 1 and len(last) == 1:  # most
        low, high = last[0]
        whole, line = text[low:high], report.layer.line_of(low) if start or sentence.lead else sentence.line
        spans = (Span(low, high),)
        return Passage(report.source.id, spans, (whole,), (_told(whole),), (line,), section, " > ".join(section))
    found: list[Span] = []
    exact: list[str] = []
    quotes: list[str] = []
    lines: list[int] = []
    for group in groups:
        first = len(exact)
        for low, high in group:
            found.append(Span(low, high))
            exact.append(text[low:high])
        quotes.append(_told("".join(exact[first:])))
        lines.append(report.layer.line_of(group[0][0]))
    return Passage(
        source=report.source.id,
        spans=tuple(found),
        exact=tuple(exact),
        quotes=tuple(quotes),
        lines=tuple(lines),
        section=section,
        locator=" > ".join(section),
    )
