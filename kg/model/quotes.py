"""Quotes: the exact words of a stretch of a sentence, as a Passage."""

from __future__ import annotations

import re

from kg.model.text import Passage, Report, Sentence, Span

__all__ = ["CJK", "passage_of", "squeeze"]

#: Characters of Chinese writing: ideographs, CJK punctuation, full-width forms, curly quotes, dashes, dots.
CJK = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·•㈠-㉃"
_GAP = re.compile(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
#: What may stand between two pieces of one quote: white space and markup, but no other words.
_JOINT = re.compile(r"(?:\s|\*\*|__|</?(?:b|i|strong|em|br|span|p)\s{0,3}/?>)*")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\*\*")


def squeeze(text: str) -> str:
    """`text` without the white space inside Chinese; other white space becomes one space."""
    parts = text.split()
    if len(parts) < 2:
        # Most labels and cells hold no white space at all.
        return parts[0] if parts else ""
    return " ".join(_GAP.sub("", text).split())


def passage_of(report: Report, sentence: Sentence, start: int = 0, end: int | None = None) -> Passage:
    """The passage of `sentence.text[start:end]`.

    Pieces with only white space or markup between them make one quote; a caption or a footnote mark between them
    makes two, each with its line. A page break splits the span but not the quote.
    """
    text = report.layer.text
    groups: list[list[Span]] = []
    for span in sentence.spans(start, end):
        if not groups or not _JOINT.fullmatch(text, groups[-1][-1].end, span.start):
            groups.append([span])
        elif "\n\n" in text[groups[-1][-1].end : span.start]:
            groups[-1].append(span)
        else:
            groups[-1][-1] = Span(groups[-1][-1].start, span.end)
    spans = tuple(span for group in groups for span in group)
    section = report.sections[sentence.section].path if sentence.section >= 0 else ()
    return Passage(
        source=report.source.id,
        spans=spans,
        exact=tuple(text[s.start : s.end] for s in spans),
        quotes=tuple(squeeze(_TAG.sub("", "".join(text[s.start : s.end] for s in g))) for g in groups),
        lines=tuple(report.layer.line_of(g[0].start) for g in groups),
        section=section,
        locator=" > ".join(section),
    )
