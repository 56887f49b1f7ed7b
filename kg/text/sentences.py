"""Sentences: a paragraph's mended text, cut at 。！？； outside brackets and quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.model import Issue, Repair, Run, Sentence, TextLayer
from kg.text.datelines import dateline_end, entry_end
from kg.text.mend import Mended, mend
from kg.text.paragraphs import Paragraph

__all__ = ["split_sentences"]

_PAIRS = {"《": "》", "〈": "〉", "“": "”", "（": "）", "【": "】", "「": "」", "『": "』"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_STOPS = frozenset("。！？；")
_AFTER = frozenset("”）」』】")
#: A bracket that does not close within this many characters is taken to be unclosed.
_REACH = 400
#: No sentence is longer; more is a list without full stops, and is cut at a comma so that work stays linear.
_LONGEST = 1200


def split_sentences(
    layer: TextLayer, paragraphs: Sequence[Paragraph], source: str
) -> tuple[tuple[Sentence, ...], tuple[Repair, ...], tuple[Issue, ...]]:
    """All sentences of a report in order, the repairs made in them, and an Issue for each unclosed bracket."""
    sentences: list[Sentence] = []
    repairs: list[Repair] = []
    issues: list[Issue] = []
    for number, paragraph in enumerate(paragraphs):
        mended = mend(layer.text, paragraph.spans)
        repairs.extend(Repair(layer.line_of(at), *rest) for at, *rest in mended.repairs)
        closed, open_at = _brackets(mended.text)
        issues.extend(_unclosed(layer, mended, at, source) for at in open_at)
        first = True
        opening, label = dateline_end(mended.text), _label_end(layer, mended)
        cuts = [(0, opening)] if opening else []
        cuts += _cuts(mended.text, closed, max(opening, label))
        issues.extend(_too_long(layer, mended, *cut, source) for cut in cuts if cut[1] - cut[0] > _LONGEST)
        for start, end in (piece for cut in cuts for piece in _bounded(mended.text, *cut)):
            runs = _slice(mended, start, end)
            if not runs:
                continue
            text = mended.text[start:end]
            sentences.append(
                Sentence(
                    index=len(sentences),
                    text=text,
                    runs=runs,
                    section=paragraph.section,
                    paragraph=number,
                    line=layer.line_of(runs[0].offset),
                    first=first,
                    caption=paragraph.caption,
                    dateline=start < opening,
                    day=mended.text[:label].rstrip("：:") if first else "",
                    lead=_slice(mended, 0, label) if first and label else (),
                )
            )
            first = start < opening
    return tuple(sentences), tuple(repairs), tuple(issues)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cut itself, or pieces of it that are not too long, cut after a comma where there is one."""
    while end - start > _LONGEST:
        stop = 1 + max(text.rfind(sign, start + _LONGEST // 2, start + _LONGEST) for sign in "，、")
        stop = stop or start + _LONGEST
        yield start, stop
        start = stop
    if text[start:end].strip():
        yield start, end


def _too_long(layer: TextLayer, mended: Mended, start: int, end: int, source: str) -> Issue:
    line = layer.line_of(_offset(mended, start))
    return Issue(source, line, "long-sentence", f"a sentence of {end - start} characters", f"cut at {_LONGEST}")


def _unclosed(layer: TextLayer, mended: Mended, at: int, source: str) -> Issue:
    sign = mended.text[at]
    line = layer.line_of(_offset(mended, at))
    return Issue(source, line, "unclosed-bracket", f"unclosed {sign}", f"expected {_PAIRS[sign]}")


def _brackets(text: str) -> tuple[list[int], list[int]]:
    """For each position the position of the closer of a bracket opened there (or 0), and unclosed openers."""
    closed = [0] * len(text)
    stack: list[int] = []
    open_at: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            stack.append(at)
        elif char in _CLOSERS:
            # The newest opener of this kind; those opened after it never closed.
            for depth in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
                if text[stack[depth]] == _CLOSERS[char]:
                    open_at.extend(stack[depth + 1 :])
                    if at - stack[depth] <= _REACH:
                        closed[stack[depth]] = at
                    del stack[depth:]
                    break
    open_at.extend(stack)
    return closed, sorted(open_at)


def _label_end(layer: TextLayer, mended: Mended) -> int:
    """Where the day ends that labels the paragraph as an entry of a chronicle, with the colon behind it, or 0."""
    end = entry_end(mended.text)
    if not end or end >= len(mended.text):
        return 0
    if mended.text[end] in "：:":
        return end + 1
    behind = _offset(mended, end - 1) + 1
    return end if layer.text[behind : behind + 4].lstrip("*_】]")[:1].isspace() else 0


def _cuts(text: str, closed: list[int], start: int) -> list[tuple[int, int]]:
    """Where the sentences from `start` on begin and end."""
    cuts: list[tuple[int, int]] = []
    at = start
    while at < len(text):
        if closed[at] and text[at] in _PAIRS:
            at = closed[at] + 1
            continue
        if text[at] in _STOPS:
            at += 1
            while at < len(text) and text[at] in _AFTER:
                at += 1
            cuts.append((start, at))
            start = at
            continue
        at += 1
    if text[start:].strip():
        cuts.append((start, len(text)))
    return cuts


def _offset(mended: Mended, at: int) -> int:
    run = mended.runs[bisect_right(mended.runs, at, key=lambda r: r.start) - 1]
    return run.offset + (at - run.start if run.width == run.length else 0)


def _slice(mended: Mended, start: int, end: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    first = max(0, bisect_right(mended.runs, start, key=lambda r: r.start) - 1)
    for run in mended.runs[first:]:
        if run.start >= end:
            break
        a, b = max(start, run.start), min(end, run.start + run.length)
        if a >= b:
            continue
        if run.width == run.length:
            runs.append(Run(a - start, b - a, run.offset + a - run.start, b - a))
        else:
            runs.append(Run(a - start, b - a, run.offset, run.width))
    return tuple(runs)
