"""Titles without 《》 after a verb that makes documents: taken only when they open and end like a title.

印发2024—2025年…工作要点, 制定“…政策清单”, 出台关于…的通知. A phrase opens with a year, 关于, a region or a body.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.clauses import clauses
from kg.extract.mentions import Mentions, begins
from kg.extract.policy_verbs import Verb, making_verbs
from kg.extract.signs import MAKING, TITLE
from kg.extract.words import alternation
from kg.model.frozen import Frozen

__all__ = ["Phrase", "find_phrases"]

_JOINT = re.compile(r"以及|[、和及与]")
_OPENING = re.compile(
    r"\d{4}(?:[—–-]\d{4})?年(?:度)?|第[一二三四五六七八九十\d]{1,3}批|首批|关于|自治区|兵团|全[省市区]"
)
_ETC = re.compile(r"等(?:[\u4e00-\u9fff\d]{0,8}(?:文件|政策|制度|规定|办法))?\Z")
_QUOTED = re.compile(r"“([^“”《》，。]{8,60})”")
#: A list ends its title whatever stands behind 、 (甲名单、乙名单).
_LIST_END = re.compile(r"(?:名单|名录|目录)\Z")
_SHORTEST, _LONGEST = 11, 70


class Phrase(Frozen):
    """A title without 《》 with the verb that it is the object of."""

    title: str
    start: int
    verb: Verb
    quoted: bool


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('document_phrase_ends').pattern})(?:（[^（）]{{1,24}}）)?\Z")


@functools.cache
def _ended() -> re.Pattern[str]:
    """The end of a title where an object of a verb may end."""
    return re.compile(rf"(?:{alternation('document_phrase_ends').pattern})(?=\Z|[，；：。！？“”《〈【（、和与及以等])")


def find_phrases(read: Sequence[Mentions]) -> list[tuple[Phrase, ...]]:
    """The titles without 《》 of each sentence, left to right; captions have none."""
    return [
        tuple(_phrases(m))
        if m.signs & TITLE and m.signs & MAKING and not m.sentence.caption and _ended().search(m.text)
        else ()
        for m in read
    ]


def _phrases(mentions: Mentions) -> Iterator[Phrase]:
    text = mentions.text
    carried: Verb | None = None
    for clause in clauses(text):
        if "以及" not in text and not _ended().search(text, clause.start, clause.end):
            continue
        verbs = making_verbs(mentions, clause)
        if verbs:
            carried = verbs[-1]
            ends = [v.start for v in verbs[1:]] + [clause.end]
            for verb, end in zip(verbs, ends, strict=True):
                yield from _objects(mentions, verb, verb.end, end)
        elif carried and text.startswith("以及", clause.start):
            yield from _objects(mentions, carried, clause.start + 2, clause.end)
        else:
            carried = None


def _objects(mentions: Mentions, verb: Verb, start: int, end: int) -> Iterator[Phrase]:
    """The titles in what follows a verb, cut at joints before which one ends and after which another opens."""
    text = mentions.text
    quoted = _QUOTED.match(text, start, end)
    if quoted and _ending().search(quoted[1]):
        yield Phrase(quoted[1], quoted.start(1), verb, True)
    bounds = _bounds(mentions, start, end)
    for low, high in pairwise(bounds):
        piece = text[low:high]
        joint = _JOINT.match(piece)
        piece = piece[joint.end() :] if joint else piece
        low += joint.end() if joint else 0
        piece = _ETC.sub("", piece)
        if (
            _opens(mentions, low)
            and _SHORTEST <= len(piece) <= _LONGEST
            and "《" not in piece
            and _ending().search(piece)
        ):
            yield Phrase(piece, low, verb, False)


def _bounds(mentions: Mentions, start: int, end: int) -> list[int]:
    """Where the objects of a verb begin and end."""
    text = mentions.text
    bounds = [start]
    for joint in _JOINT.finditer(text, start, end):
        inside = mentions.in_title(joint.start()) or text[start : joint.start()].count("（") != text[
            start : joint.start()
        ].count("）")
        listed = joint[0] == "、" and _LIST_END.search(text, start, joint.start()) is not None
        if inside or not (listed or _opens(mentions, joint.end()) or text.startswith("《", joint.end())):
            continue
        piece = text[bounds[-1] : joint.start()]
        if piece.endswith("》") or _ending().search(piece):
            bounds.append(joint.start())
    bounds.append(end)
    return bounds


def _opens(mentions: Mentions, at: int) -> bool:
    """True where a title may begin: a year, 关于, a region or a body."""
    if _OPENING.match(mentions.text, at):
        return True
    return begins(mentions.places, at, at + 1) or begins(mentions.orgs, at, at + 1)
