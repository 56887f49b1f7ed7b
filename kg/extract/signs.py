"""What stands in every sentence that a finder has something to find in, looked for at once for all of them.

Each sign is a bit; `signs_of` tells the signs of sentences, and a finder leaves those without its own alone.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kg.extract.words import shortest, words
from kg.lexicon import Automaton

__all__ = [
    "AGREEMENT",
    "APPOINTING",
    "CALLING",
    "CHOOSING",
    "COLLECTIVE",
    "GATHERING",
    "GRANTING",
    "HOLDING",
    "MAKING",
    "MEETING",
    "NEGOTIATING",
    "POST",
    "SIGNING",
    "TEACHING",
    "TITLE",
    "TYING",
    "VISITING",
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
) = (1 << n for n in range(17))

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
}


def signs_of(texts: Sequence[str]) -> list[int]:
    """The signs that stand in each text, as bits."""
    automaton, bits = _automaton()
    found = [0] * len(texts)
    for n, word, _, _ in automaton.find(texts):
        found[n] |= bits[word]
    return found


@functools.cache
def _automaton() -> tuple[Automaton, list[int]]:
    """Finds the words of all signs; the signs of each."""
    found: dict[str, int] = {}
    for sign, (lists, more) in _SIGNS.items():
        for word in shortest((*more, *(word for name in lists for word in words(name)))):
            found[word] = found.get(word, 0) | sign
    return Automaton(list(found), overlapping=True), list(found.values())
