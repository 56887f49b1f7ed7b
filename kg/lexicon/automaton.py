"""Many words looked for in many texts in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

__all__ = ["Automaton"]

#: Texts that are looked through as one: more would hold more in memory, fewer would ask more often.
_TOGETHER = 64
#: A table of all ways on is twice as fast, and takes long to make for many words.
_FEW = 1000


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

    def bits(self, texts: Sequence[str], bits: Sequence[int]) -> list[int]:
        """The bits of the words in each text, given those of each word."""
        found = [0] * len(texts)
        for first, ends, hits in self._batches(texts):
            n = 0
            for word, start, _ in hits:
                while start > ends[n] + n:
                    n += 1
                found[first + n] |= bits[word]
        return found

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[int, list[int], list[tuple[int, int, int]]]]:
        """Texts looked through as one: the number of the first, where each ends without the line breaks, the words."""
        for first in range(0, len(texts), _TOGETHER):
            batch = texts[first : first + _TOGETHER]
            yield first, list(accumulate(map(len, batch))), self._search("\n".join(batch), self._overlapping)
