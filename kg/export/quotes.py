"""How much of the sentences an export gives away: all their words, the first of them, or none.

The facts, and where they stand (source, lines, offsets), are the same in all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.rdf.vocabulary import term

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["Quotes", "cut", "cut_quads"]

#: So many characters of a quote are a short one.
_SHORT = 60
#: The properties that hold words of the text, and the one of them that joins several quotes by `|`.
_JOINED = term("zt:quotes").strip("<>")
_WORDS = {_JOINED, *(term(name).strip("<>") for name in ("oa:exact", "zt:quote"))}


class Quotes(StrEnum):
    """How much of the words: all, the first 60 characters of each quote, or nothing."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


def cut(quotes: str, mode: Quotes) -> str:
    """Quotes joined by `|`, each cut."""
    if mode is Quotes.NONE:
        return ""
    return quotes if mode is Quotes.FULL else "|".join(quote[:_SHORT] for quote in quotes.split("|"))


def cut_quads(quads: Iterable[Quad], mode: Quotes) -> Iterator[Quad]:
    """The quads with the words of passages cut; without those quads when there are to be no words."""
    from pyoxigraph import Literal, Quad

    if mode is Quotes.FULL:
        yield from quads
        return
    for quad in quads:
        if quad.predicate.value not in _WORDS or not isinstance(quad.object, Literal):
            yield quad
        elif mode is Quotes.SHORT:
            whole = quad.object.value
            words = cut(whole, mode) if quad.predicate.value == _JOINED else whole[:_SHORT]
            yield Quad(quad.subject, quad.predicate, Literal(words), quad.graph_name)
