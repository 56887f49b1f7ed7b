"""Many words looked for in many texts in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

__all__ = ["Automaton", "Bits"]

#: Texts that are looked through as one: more would hold more in memory, fewer would ask more often.
_TOGETHER = 64
#: A table of all ways on is twice as fast, and takes long to make for many words.
_FEW = 1000
#: Stands between texts: a file that holds it is no text.
_BREAK = "\0"


class Automaton:
    """Finds words, none of which holds a line break, in time linear in the texts (Aho and Corasick 1975)."""

    def __init__(self, words: Sequence[str], *, overlapping: bool = False) -> None:
        """`overlapping`: every word that stands in a text; else the leftmost ones, the longest of those that begin
        together, none overlapping."""
        kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
        form = Implementation.DFA if len(words) < _FEW else Implementation.ContiguousNFA
        self._search = AhoCorasick(words, kind, False, form).find_matches_as_indexes
        self._overlapping = overlapping

    def find(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
        """The words in texts without line breaks, in the order of the texts and of where the words end: numbers of
        the text and of the word, start and end in the text."""
        for first, ends, hits in self._batches(texts):
            n = begin = 0
            for word, start, end in hits:
                while start > ends[n] + n:
                    n += 1
                    begin = ends[n - 1] + n
                yield first + n, word, start - begin, end - begin

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[int, list[int], list[tuple[int, int, int]]]]:
        """Texts looked through as one: the number of the first, where each ends without the line breaks, the words."""
        for first in range(0, len(texts), _TOGETHER):
            batch = texts[first : first + _TOGETHER]
            yield first, list(accumulate(map(len, batch))), self._search("\n".join(batch), self._overlapping)


class Bits:
    """Tells which of some words stand in each of many texts."""

    def __init__(self, bits: Mapping[str, int]) -> None:
        """`bits`: the bits of each word."""
        self._bits = {**bits, _BREAK: 0}
        self._search = AhoCorasick(self._bits, MatchKind.Standard, True, Implementation.DFA).find_matches_as_strings

    def of(self, texts: Sequence[str]) -> list[int]:
        """The bits of the words in each text."""
        found, n = [0] * len(texts), 0
        joined = _BREAK.join(texts)
        if joined.count(_BREAK) >= len(texts):  # no text of a file
            joined = _BREAK.join([text.replace(_BREAK, " ") for text in texts])
        for word in self._search(joined, True):
            if bits := self._bits[word]:
                found[n] |= bits
            else:
                n += 1
        return found
