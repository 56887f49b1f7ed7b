"""Clauses of a sentence with their quantities, and what stands left and right of each quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from kg.extract.indicator_quantities import Quantity, quoted_spans
from kg.extract.indicator_words import Words
from kg.model import Sentence
from kg.model.frozen import Frozen

__all__ = ["Clause", "Slot", "clauses", "with_shared_end"]

#: Signs that cut but within 1,234; a colon does behind what tells that figures follow (通报有关情况：, 统计显示：).
_SIGN = (
    r"[{}，,；;。！？!?：:](?!(?<=\d,)\d)"
    r"(?:(?<![：:])|(?<=(?:情况|数据|结果|进展|成效|显示|介绍|表示|披露|指出|透露|通报|统计|消息|成绩|如下)[：:]))"
)
_SIGNS, _PLAIN = re.compile(_SIGN.format("（(）)")), re.compile(_SIGN.format(""))
_LINK = re.compile(r"\s?(?:[、和及与或]|以及|并|,|，)?\s?\Z")
_CONJ_END = re.compile(r"(?:[、和及与]|以及)\Z")
_FROM = re.compile(r"(?:由|从)(?:\d{4}年(?:年?底|年?末)?|(?:上年|去年)(?:年?[底末]|同期)?|年初|期初|改革前)?的?\Z")
_TO = re.compile(r"[\u4e00-\u9fff]{1,6}[到至为]?\Z")
_SHARED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:选拔|考核|评审|遴选|培养|认定|评估|验收|核查|建设)(?:工作|任务)?")
_SHARED_DEED = re.compile(r"(?<=.{3})(?:选拔|考核|评审|遴选|认定|评估|验收)(?:工作|任务)?\Z")
_CONJ_STARTS = ("、", "和", "及", "与", "以及", "并")
_CONJ_ENDS = ("、", "和", "及", "与")


class Slot(Frozen):
    """A quantity in its clause. `left` and `right` are the words around it; `linked` tells that only a
    conjunction stands between it and the quantity before; `coordinate` that its noun is joined to the next one's."""

    quantity: Quantity
    left: str
    right: str
    linked: bool = False
    coordinate: bool = False
    adjacent: bool = False
    before: str = ""


class Clause(Frozen):
    """A stretch of the sentence between commas, with its quantities outside brackets and those inside; `signs` are
    those that stand in it."""

    start: int
    end: int
    text: str
    signs: int
    slots: tuple[Slot, ...] = ()
    inner: tuple[Quantity, ...] = ()


def _cut(text: str) -> list[str]:
    """What stands between the commas and semicolons outside titles, quotation marks and brackets."""
    quoted = quoted_spans(text)
    if not quoted and "（" not in text and "(" not in text:
        return _PLAIN.split(text)
    cuts, depth, n = [-1], 0, 0
    for sign in _SIGNS.finditer(text):
        char, at = sign.group(), sign.start()
        while n < len(quoted) and quoted[n][1] <= at:
            n += 1
        if n < len(quoted) and quoted[n][0] <= at:
            continue
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        elif not depth:
            cuts.append(at)
    return [text[start + 1 : end] for start, end in pairwise([*cuts, len(text)])]


def clauses(told: Sequence[tuple[Sentence, list[Quantity]]], words: Words) -> list[list[Clause]]:
    """The clauses of each sentence in order, those without quantities too."""
    parted = [_cut(sentence.text) for sentence, _ in told]
    signs = iter(words.signs.of(list(chain.from_iterable(parted))))
    found: list[list[Clause]] = []
    for (sentence, quantities), parts in zip(told, parted, strict=True):
        every: list[Clause] = []
        end, n = -1, 0
        for part, some in zip(parts, signs, strict=False):
            start, first = end + 1, n
            end = start + len(part)
            while n < len(quantities) and quantities[n].start < end:
                n += 1
            if n > first:
                inner = tuple([q for q in quantities[first:n] if q.inner])
                outer = [q for q in quantities[first:n] if not q.inner] if inner else quantities[first:n]
                slots = _slots(sentence.text, start, end, outer, words) if outer else ()
                every.append(Clause(start, end, part, some, slots, inner))
            elif part:
                every.append(Clause(start, end, part, some))
        found.append(every)
    return found


def _slots(text: str, start: int, end: int, quantities: list[Quantity], words: Words) -> tuple[Slot, ...]:
    """The slots of a clause's quantities, of which there is one at least."""
    left = text[start : quantities[0].start]
    if len(quantities) == 1:
        right = text[quantities[0].end : end]
        right = "" if right.startswith(_CONJ_STARTS) else right
        return (Slot(quantities[0], left, _CONJ_END.sub("", right) if right.endswith(_CONJ_ENDS) else right),)
    slots: list[Slot] = []
    linked = False
    for n, one in enumerate(quantities):
        last = n + 1 == len(quantities)
        between = text[one.end : end if last else quantities[n + 1].start]
        bare = not last and bool(_LINK.match(between)) and len(between) <= 3
        opens = between.startswith(_CONJ_STARTS)
        again = None if last or bare or opens else _new_verb(between, words)
        right = "" if opens or bare else between[:again] if again else between
        joined = right.endswith(_CONJ_ENDS)
        coordinate = joined and not last
        adjacent = not last and bool(right) and not coordinate and not again
        slots.append(Slot(one, left, _CONJ_END.sub("", right) if joined else right, linked, coordinate, adjacent))
        linked = bare
        left = between if opens and not bare else ("" if bare or coordinate else between[again or 0 :].lstrip("、"))
    return tuple(_moved(slots, text))


def _new_verb(between: str, words: Words) -> int | None:
    """Where a second predicate begins between two quantities (1家中心、备案 | 2家网点), if one does."""
    at = between.rfind("、")
    if at < 2:
        return None
    verb = words.verb.match(between, at + 1)
    return at if verb and verb.end() == len(between) else None


def _moved(slots: list[Slot], text: str) -> Iterator[Slot]:
    """由96%提升至97.8% has one value, the second; the first is what it was before."""
    n = 0
    while n < len(slots):
        slot = slots[n]
        start = _FROM.search(slot.left)
        if start and n + 1 < len(slots) and _TO.match(slot.right or slots[n + 1].left):
            told = text[slot.quantity.start : slot.quantity.end]
            later = slots[n + 1]
            yield replace(later, left=slot.left[: start.start()] + "达到", linked=False, before=told)
            n += 2
        else:
            yield slot
            n += 1


def with_shared_end(slots: tuple[Slot, ...], at: int) -> Slot:
    """The slot with what the last noun of its list ends in for all: 12门初级和25门中级课程, 40名甲人才、30名乙人才选拔工作."""
    slot, n = slots[at], at
    while n < at + 8 and n + 1 < len(slots) and slots[n].coordinate:
        n += 1
    noun, last = slot.right.strip("、，, "), slots[n].right
    if n == at or len(noun) < 2:
        return slot
    end = last.find(noun[-1:], 1) if len(noun) == 2 else last.rfind(noun[-2:])
    deed = _SHARED_DEED.search(last)
    if end < 0 and deed and len(noun) > 2 and not _SHARED_DEED.search(noun):
        return replace(slot, right=noun + deed.group())
    tail = last[end + min(len(noun) - 1, 2) :] if end > 0 else ""
    fits = end == 1 and len(tail) > 1 if len(noun) == 2 else _SHARED.fullmatch(tail) is not None
    return replace(slot, right=noun + tail) if fits else slot
