"""How well a row of a fact table matches a gold record, kind by kind; 0 for not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.evaluate.names import Names, Row, even, lines_of, overlap, parts, quantity, similar

__all__ = ["MATCHERS", "dates_agree"]

Matcher = Callable[[Row, Row, Names], float]

_NEAR = 3
_FIGURE_NEAR = 6


def dates_agree(a: object, b: object) -> bool:
    """A date known to the month or year agrees with any day in it; one side's silence rules nothing out."""
    one, two = str(a or ""), str(b or "")
    n = min(len(one), len(two))
    return n == 0 or one[:n] == two[:n]


def _within(gold: Row, found: Row, reach: int) -> bool:
    return any(abs(a - b) <= reach for a in lines_of(gold) for b in lines_of(found))


def _event(gold: Row, found: Row, names: Names) -> float:
    if not dates_agree(str(gold.get("start") or "")[:7], str(found.get("start") or "")[:7]):
        return 0
    wanted = names.many(gold.get("participants"), gold.get("people"), gold.get("host"))
    got = names.many(found.get("participants"), found.get("people"), found.get("hosts"))
    score = (
        similar(gold.get("name"), found.get("name"))
        + 0.3 * overlap(wanted, got, 0)
        + 0.1 * _within(gold, found, _NEAR)
        + 0.1 * (bool(gold.get("start")) and str(gold.get("start")) == str(found.get("start")))
    )
    return score if score >= 0.6 else 0


def _agreement(gold: Row, found: Row, names: Names) -> float:
    if not dates_agree(gold.get("signed"), found.get("signed")):
        return 0
    who = overlap(names.many(gold.get("parties")), names.many(found.get("parties")), 1.0)
    score = 0.5 * similar(gold.get("name"), found.get("name")) + 0.5 * who
    return score if score >= 0.5 else 0


def _document(gold: Row, found: Row, names: Names) -> float:
    return 1.0 if even(gold.get("title")) == even(found.get("title")) else 0


def _case(gold: Row, found: Row, names: Names) -> float:
    score = similar(gold.get("title"), found.get("title"))
    return score if score >= 0.8 else 0


def _person(gold: Row, found: Row, names: Names) -> float:
    if names(gold.get("name")) != names(found.get("name")):
        return 0
    title = similar(gold.get("title"), found.get("title"))
    body = bool(gold.get("organisation")) and names(gold["organisation"]) == names(found.get("organisation"))
    return 0.2 + 0.4 * title + 0.4 * body if title >= 0.6 or body else 0


def _agency(gold: Row, found: Row, names: Names) -> float:
    known = {even(name) for name in [found.get("name"), *parts(found.get("aliases"))]}
    wanted = {even(name) for name in [gold.get("name"), *parts(gold.get("aliases"))]}
    return 1.0 if known & wanted - {""} else 0


def _tie(gold: Row, found: Row, names: Names) -> float:
    wanted = {names(gold.get("a")), names(gold.get("b"))}
    if wanted != {names(found.get("a")), names(found.get("b"))}:
        return 0
    return 1.0 if gold.get("relation") == found.get("relation") else 0.5


def _indicator(gold: Row, found: Row, names: Names) -> float:
    wanted, got = quantity(gold), quantity(found)
    if wanted is None or got is None or wanted != got or not _within(gold, found, _FIGURE_NEAR):
        return 0
    score = similar(gold.get("name"), found.get("name"))
    return 0.2 + score if score >= 0.3 else 0


#: The comparison that serves each fact table.
MATCHERS: Mapping[str, Matcher] = MappingProxyType(
    {
        "events": _event,
        "agreements": _agreement,
        "documents": _document,
        "cases": _case,
        "people": _person,
        "agencies": _agency,
        "ties": _tie,
        "indicators": _indicator,
    }
)
