"""Which attributes of a matched fact are right; one that neither side states is not counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.evaluate.names import Names, Row, even, number, parts, similar

__all__ = ["fields_of"]

_DIRECTED = frozenset({"visits", "trains"})
_ALIKE = 0.6
_EPSILON = 1e-9


class _Checks:
    """Collects right and wrong attributes of one match."""

    def __init__(self, gold: Row, found: Row, names: Names) -> None:
        self.gold = gold
        self.found = found
        self.names = names
        self.right: dict[str, bool] = {}

    def same(self, field: str) -> None:
        """The values are equal, signs aside."""
        wanted, got = even(self.gold.get(field)), even(self.found.get(field))
        if wanted or got:
            self.right[field] = wanted == got

    def group(self, field: str, column: str = "") -> None:
        """The actors are the same set."""
        wanted, got = self.names.many(self.gold.get(field)), self.names.many(self.found.get(column or field))
        if wanted or got:
            self.right[field] = wanted == got

    def alike(self, field: str) -> bool:
        """The values are similar."""
        return similar(self.gold.get(field), self.found.get(field)) >= _ALIKE


def _event(check: _Checks) -> None:
    gold = check.gold
    check.same("start")
    if gold.get("end") not in (None, "", gold.get("start")):
        check.same("end")
    check.same("type")
    wanted, got = (
        {even(place).rstrip("市省") for place in parts(cell)} for cell in (gold.get("place"), check.found.get("places"))
    )
    if wanted or got:
        check.right["place"] = wanted == got
    check.group("participants")
    check.group("people")
    check.group("host", "hosts")


def _agreement(check: _Checks) -> None:
    check.same("type")
    check.same("signed")
    check.group("parties")
    check.group("witnesses")


def _document(check: _Checks) -> None:
    check.same("kind")
    check.group("issuers")
    check.same("date")


def _case(check: _Checks) -> None:
    check.same("province")
    if check.gold.get("series") or check.found.get("series"):
        check.right["series"] = check.alike("series")


def _person(check: _Checks) -> None:
    check.right["title"] = check.alike("title")
    check.group("organisation")


def _agency(check: _Checks) -> None:
    check.same("kind")
    check.same("country")


def _tie(check: _Checks) -> None:
    gold, found = check.gold, check.found
    check.right["relation"] = gold.get("relation") == found.get("relation")
    if gold.get("relation") in _DIRECTED:
        check.right["direction"] = check.names(gold.get("a")) == check.names(found.get("a"))
    if gold.get("date") or found.get("date"):
        check.right["date"] = str(gold.get("date") or "") == str(found.get("date") or "")


def _indicator(check: _Checks) -> None:
    gold, found = check.gold, check.found
    check.right["name"] = check.alike("name")
    check.same("period")
    check.same("area")
    cumulative = even(found.get("cumulative")) in ("1", "true", "yes")
    check.right["flags"] = (
        even(gold.get("approx")) == even(found.get("approx")) and bool(gold.get("cumulative")) == cumulative
    )
    wanted = (gold.get("comparison") or {}).get("value")
    got = number(found.get("comparison_value"))
    if wanted is not None or got is not None:
        check.right["comparison"] = wanted is not None and got is not None and abs(got - float(wanted)) < _EPSILON


_BY_KIND: Mapping[str, Callable[[_Checks], None]] = MappingProxyType(
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


def fields_of(kind: str, gold: Row, found: Row, names: Names) -> dict[str, bool]:
    """Attribute -> right or wrong, for a row that matches a gold record."""
    check = _Checks(gold, found, names)
    _BY_KIND[kind](check)
    return check.right
