"""Word lists of the rules: data/words/*.tsv with the columns word, value, source."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from kg.errors import ConfigError
from kg.lexicon import Automaton
from kg.resources import resource

__all__ = ["Endings", "Words", "alternation", "any_of", "endings", "hint", "pairs", "shortest", "tuple_of", "words"]


@functools.cache
def words(name: str) -> dict[str, str]:
    """The words of data/words/<name>.tsv with their values, in the file's order.

    Raises ConfigError for a row that has not three columns.
    """
    path = resource("data", "words", f"{name}.tsv")
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != 3:
            raise ConfigError(f"{path}:{number}: {len(parts)} columns; expected word, value and source")
        if number > 1:
            found[parts[0]] = parts[1]
    return found


@functools.cache
def tuple_of(name: str) -> tuple[str, ...]:
    """The words of a list, as `startswith` and `endswith` take them."""
    return tuple(words(name))


@functools.cache
def alternation(*names: str) -> re.Pattern[str]:
    """A pattern for any word of these lists, longer words first."""
    return re.compile(any_of(w for name in names for w in words(name)))


@functools.cache
def hint(*names: str, also: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A pattern that a text without any word of these lists lacks, quick to look for: it leaves out the words that
    hold another one. What it finds need not be the longest word, nor the first."""
    return re.compile(any_of(shortest((*also, *(word for name in names for word in words(name))))))


def shortest(every: Iterable[str]) -> list[str]:
    """The words that hold no other one: a text without them holds none of the words."""
    told = dict.fromkeys(every)
    return [word for word in told if not any(other != word and other in word for other in told)]


def pairs(every: Iterable[str]) -> str:
    """A pattern for any of these words of two characters: found by the classes of their first and second ones, in half
    the time that one alternative after the other takes."""
    told = tuple(every)
    firsts, seconds = ("".join(sorted({word[n] for word in told})) for n in (0, 1))
    return f"[{firsts}][{seconds}](?<={'|'.join(told)})"


class Words:
    """A pattern of many words, each with what may not stand around it, looked for in many texts at once."""

    def __init__(self, every: Sequence[str], pattern: re.Pattern[str]) -> None:
        self._automaton, self._pattern = Automaton(every), pattern

    def find(self, texts: Sequence[str]) -> list[list[re.Match[str]]]:
        """What `pattern.finditer` yields in each text."""
        found: list[list[re.Match[str]]] = [[] for _ in texts]
        others: set[int] = set()
        for n, _, start, end in self._automaton.find(texts):
            match = self._pattern.match(texts[n], start)
            if match and match.end() == end:
                found[n].append(match)
            else:  # it is no word here: what follows is read otherwise
                others.add(n)
        for n in others:
            found[n] = list(self._pattern.finditer(texts[n]))
        return found


class Endings:
    """The last two characters of words. A text without them holds none of the words, and is read faster by them: words
    end in fewer characters than they begin with."""

    def __init__(self, every: Iterable[str]) -> None:
        before: dict[str, set[str]] = {}
        self._longest = 0
        for word in every:
            self._longest = max(self._longest, len(word))
            before.setdefault(word[-1], set()).add(re.escape(word[-2:-1]))
        self._last = re.compile(
            "|".join(
                re.escape(c) if "" in rest else f"{re.escape(c)}(?<=[{''.join(sorted(rest))}]{re.escape(c)})"
                for c, rest in before.items()
            )
        )

    def first(self, text: str, at: int = 0) -> int:
        """A place in text[at:] before which none of the words begins, -1 when none stands there."""
        sign = self._last.search(text, at)
        return max(at, sign.end() - self._longest) if sign else -1

    def finditer(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` yields, for a pattern of the words: it is tried only before such an ending."""
        at = self.first(text)
        while at >= 0 and (match := pattern.search(text, at)):
            yield match
            at = self.first(text, match.end())


@functools.cache
def endings(*names: str) -> Endings:
    """The endings of the words of these lists."""
    return Endings(w for name in names for w in words(name))


def any_of(every: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first, by their first characters: the engine, which tries one
    alternative after the other, then tries few of them at a place."""
    return _grouped(frozenset(every))


# Finders that are made for each report ask for the same words again.
@functools.lru_cache(maxsize=64)
def _grouped(every: frozenset[str]) -> str:
    tails: dict[str, list[str]] = {}
    for word in sorted(every, key=lambda w: (-len(w), w)):
        tail = word[1:]
        tails.setdefault(word[:1], []).append(tail if tail.isalnum() else re.escape(tail))
    found = (re.escape(head) + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for head, rest in tails.items())
    return "|".join(found)
