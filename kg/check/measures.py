"""What a name measures: 授权外观设计专利 and 外观设计授权公告量 are one measure, 职务发明专利授权量 another.

A name becomes the known words in it (synonyms as one) and what is left over. Two names are one measure when both
are equal; a name with words that are not known is therefore equal only to one with the same words.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from kg.model.frozen import Frozen
from kg.resources import resource

__all__ = ["Measure", "Scope", "WordList", "measure_of", "residue", "word_list"]

_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_NOISE = re.compile(r"[0-9.,:;、\s“”\"'《》〈〉\[\]()、—–-]{1,200}")


class Scope(StrEnum):
    """Whose figures they are."""

    ALL = "all"
    DOMESTIC = "domestic"
    FOREIGN = "foreign"


class Measure(Frozen):
    """The words of a name: `tokens` known ones, `rest` others in order of letters, `objects` those of the tokens
    that say what is counted."""

    tokens: frozenset[str]
    rest: tuple[str, ...]
    objects: frozenset[str]
    scope: Scope = Scope.ALL

    @property
    def key(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """What must be equal for two names to be one measure, the scope aside."""
        return self.tokens, self.rest

    @property
    def is_stock(self) -> bool:
        """True for what is counted at a day rather than over a year."""
        return "有效" in self.tokens


class WordList(Frozen):
    """The words of `check_measures.tsv` by role, and the longest word that stands in a name."""

    by_role: Mapping[str, Mapping[str, str]]
    in_names: Mapping[str, tuple[str, str]]
    longest: int

    def role(self, name: str) -> tuple[str, ...]:
        """The words of a role, longest first."""
        return tuple(sorted(self.by_role.get(name, {}), key=lambda word: (-len(word), word)))

    def unit(self, unit: str) -> str:
        """A unit with its synonyms as one."""
        return self.by_role.get("unit", {}).get(unit, unit)


_NAME_ROLES = ("object", "action", "keep", "domestic", "foreign", "home", "drop")


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """The words, read once."""
    by_role: dict[str, dict[str, str]] = {}
    with resource("data", "words", "check_measures.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            by_role.setdefault(row["role"], {})[row["word"]] = row["value"]
    in_names: dict[str, tuple[str, str]] = {}
    for role in reversed(_NAME_ROLES):
        in_names.update((word, (role, value)) for word, value in by_role.get(role, {}).items())
    return WordList(by_role, in_names, max(map(len, in_names)))


def _plain(text: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


def _pieces(text: str, words: WordList) -> list[tuple[str, str, str]]:
    """(role, word, value) of each known word, and ("", run, "") of what stands between."""
    found: list[tuple[str, str, str]] = []
    start = at = 0
    while at < len(text):
        for size in range(min(words.longest, len(text) - at), 0, -1):
            known = words.in_names.get(text[at : at + size])
            if known:
                if start < at:
                    found.append(("", text[start:at], ""))
                found.append((known[0], text[at : at + size], known[1]))
                at += size
                start = at
                break
        else:
            at += 1
    if start < at:
        found.append(("", text[start:at], ""))
    return found


@lru_cache(maxsize=8192)
def measure_of(name: str) -> Measure:
    """What a name measures."""
    words = word_list()
    tokens: set[str] = set()
    objects: set[str] = set()
    rest: list[str] = []
    scopes: set[Scope] = set()
    pieces = _pieces(_plain(name), words)
    for n, (role, word, value) in enumerate(pieces, 1):
        match role:
            case "object" | "action":
                tokens.update(value.split("|"))
                if role == "object":
                    objects.update(value.split("|"))
            case "keep":
                rest.append(value)
            case "domestic" | "foreign":
                scopes.add(Scope(role))
            case "":
                left = _NOISE.sub("", word)
                if n == len(pieces):
                    left = _without_ending(left, words)
                if left:
                    rest.append(left)
    scope = scopes.pop() if len(scopes) == 1 else Scope.ALL
    if scopes:
        rest.append("|".join(sorted(scopes)))
    return Measure(frozenset(tokens), tuple(sorted(rest)), frozenset(objects), scope)


def _without_ending(text: str, words: WordList) -> str:
    """专利合同数 without its 数, which only says that it is counted."""
    ending = next((word for word in words.role("end") if text.endswith(word)), "")
    return text.removesuffix(ending)


def residue(clause: str, *names: str) -> str:
    """What a clause says beyond these names, digits and function words: the words that may narrow a figure."""
    words = word_list()
    known = set("".join(names))
    kept = []
    for role, word, _ in _pieces(_plain(clause), words):
        if role in ("", "keep"):
            kept.append("".join(sign for sign in word if sign.isalpha() and sign not in known))
        elif role in ("object", "action", "domestic", "foreign") and not set(word) <= known:
            kept.append(word)
    return "".join(kept)
