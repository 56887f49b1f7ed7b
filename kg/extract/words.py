"""Word lists of the rules: data/words/*.tsv with the columns word, value, source."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from kg.errors import ConfigError
from kg.lexicon import Automaton
from kg.resources import resource

__all__ = ["Words", "ahead", "alternation", "any_of", "pairs", "shortest", "tuple_of", "words"]


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


def ahead(every: Iterable[str]) -> str:
    """What stands before a pattern that begins with one of these words, some of which may be left out: else the engine
    tries them all at each place."""
    return f"(?=[{''.join(sorted({word[0] for word in every}))}])"


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
