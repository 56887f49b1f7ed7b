"""What stands in every sentence that a finder has something to find in, looked for at once for all of them.

Each sign is a bit; `signs_of` tells the signs of sentences, and a finder leaves those without its own alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.words import any_of, shortest, words
from kg.lexicon import Bits

__all__ = [
    "AGREEMENT",
    "ANNOUNCING",
    "APPOINTING",
    "BRACKETED",
    "CALLING",
    "CARRYING",
    "CHOOSING",
    "COLLECTIVE",
    "CONTEST",
    "GATHERING",
    "GRANTING",
    "HOLDING",
    "MAKING",
    "MEETING",
    "NEGOTIATING",
    "OFFICE",
    "POST",
    "SENDING",
    "SERIES",
    "SIGNING",
    "TEACHING",
    "TITLE",
    "TREATY",
    "TYING",
    "VISITING",
    "YEARLY",
    "Signs",
    "pattern_of",
    "signs_of",
]

(
    SIGNING,
    AGREEMENT,
    CHOOSING,
    GRANTING,
    COLLECTIVE,
    MAKING,
    TITLE,
    POST,
    APPOINTING,
    GATHERING,
    HOLDING,
    MEETING,
    VISITING,
    NEGOTIATING,
    TYING,
    TEACHING,
    CALLING,
    CARRYING,
    YEARLY,
    OFFICE,
    BRACKETED,
    SENDING,
    SERIES,
    ANNOUNCING,
    CONTEST,
    TREATY,
) = (1 << n for n in range(26))
#: One of these stands where a number ends.
_DIGITS = "0123456789０１２３４５６７８９"

#: The lists whose words are a sign, and words of no list.
_SIGNS: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    SIGNING: (("signing_verbs", "agreeing_verbs"), ("PPH",)),
    AGREEMENT: (("agreement_nouns",), ()),
    CHOOSING: (("case_verbs",), ()),
    GRANTING: (("case_granting",), ()),
    COLLECTIVE: (("collective_bodies",), ()),
    MAKING: (("document_verbs",), ()),
    TITLE: (("document_phrase_ends",), ()),
    POST: (("post_titles",), ("首席",)),
    APPOINTING: (("appointing_words",), ()),
    GATHERING: (("event_nouns",), ("会", "活动", "磋商", "对话")),
    HOLDING: (
        ("opening_verbs", "hold_verbs", "attend_verbs", "gathering_prizes", "gathering_acts", "gathering_speech"),
        ("主持",),
    ),
    MEETING: (("meeting_words",), ()),
    VISITING: (("visiting_words",), ()),
    NEGOTIATING: ((), ("谈判",)),
    TYING: (("tying_words",), ()),
    TEACHING: (("teaching_words",), ()),
    CALLING: (("calling_words",), ()),
    CARRYING: (
        (),
        (
            *(["其中", "其次", "用于", "最多", "居于", "位居", "排名", "占总"]),
            *(f"{c}位" for c in f"一二三四五六七八九十{_DIGITS}"),
        ),
    ),
    SERIES: (("case_announced_ends",), ("”评选", "”遴选", "”推选", "”征集")),
    ANNOUNCING: (("case_announcing",), ("出炉",)),
    CONTEST: (("contest_words",), ()),
    TREATY: (("treaty_words",), ()),
    YEARLY: ((), tuple(f"{c}{end}" for c in _DIGITS for end in ("年度", "）", ")"))),
    OFFICE: ((), ("机构", "部门", "当局")),
    BRACKETED: ((), ("中国（", "中国(")),
    SENDING: ((), ("团", "察组", "问组", "研组")),
}


@functools.cache
def pattern_of(sign: int) -> re.Pattern[str]:
    """A pattern for the words of a sign, for a part of a sentence. What it finds need not be the longest word."""
    return re.compile(any_of(shortest(_words(sign))))


def _words(sign: int) -> tuple[str, ...]:
    lists, more = _SIGNS[sign]
    return (*more, *(word for name in lists for word in words(name)))


class Signs:
    """Finds the words of signs in many texts."""

    def __init__(self, told: Mapping[int, Iterable[str]]) -> None:
        """`told`: the words of each sign."""
        found: dict[str, int] = {}
        for sign, every in told.items():
            for word in shortest(every):
                found[word] = found.get(word, 0) | sign
        self._bits = Bits(found)

    def of(self, texts: Sequence[str]) -> list[int]:
        """The signs that stand in each text, as bits."""
        return self._bits.of(texts)


def signs_of(texts: Sequence[str]) -> list[int]:
    """The signs that stand in each sentence, as bits."""
    return _signs().of(texts)


@functools.cache
def _signs() -> Signs:
    return Signs({sign: _words(sign) for sign in _SIGNS})
