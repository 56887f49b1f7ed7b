"""The values of a thing as named fields that two sides can compare and people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from kg.diff.sides import Posts, Thing
from kg.model import Agency, Case, Comparison, DateRange, Document, Event, Indicator, Observation, Tie

__all__ = ["Atom", "fields_of", "handle", "name_of"]

#: One value of a field: what is compared (keys for things), and what is read (their names).
Atom = tuple[str, str]

#: What is no value of its own: keys, places in the text, and what follows from other fields or other editions.
_SKIPPED = frozenset(
    {"key", "passage", "latest", "source", "base_value", "base_unit", "series_key", "dataset", "edition", "table"}
)
#: Fields that the fact tables call otherwise.
_CALLED = {
    "agency_kind": "kind",
    "document_kind": "kind",
    "region": "province",
    "shorts": "aliases",
    "approx": "approximation",
    "because": "fact",
    "when": "date",
}
#: What differs between any two years and is no change of the thing.
_OF_ITS_YEAR: Mapping[type, frozenset[str]] = {
    Agency: frozenset({"aliases"}),
    Posts: frozenset({"aliases", "attested"}),
    Tie: frozenset({"date", "fact"}),
    Observation: frozenset({"column", "printed"}),
}


def name_of(thing: Thing, names: Callable[[str], str]) -> str:
    """What a thing is called; `names` gives the name of a key."""
    match thing:
        case Document() | Case():
            return thing.title
        case Tie():
            return f"{names(thing.a)} – {names(thing.b)} ({thing.relation.value})"
        case Observation():
            parts = (thing.series, names(thing.area), thing.measure, thing.breakdown, thing.period)
            return " ".join(dict.fromkeys(part for part in parts if part))
        case _:
            return thing.name


def handle(thing: Thing, key: Callable[[str], str]) -> tuple[str, ...]:
    """What a thing is known by beside its key; `key` gives the key that stands for a key. Two things that are alone
    with their handle on each side can be one."""
    match thing:
        case Tie():
            return (key(thing.a), key(thing.b), thing.relation.value)
        case Indicator():
            return (thing.name, thing.subject, thing.area_name, thing.period, thing.base_unit, str(thing.target))
        case Observation():
            return (thing.dataset, key(thing.area), thing.measure, thing.breakdown, thing.period)
        case Case():
            return (thing.title, thing.series)
        case Document():
            return (thing.title,)
        case Event():
            return (thing.name, thing.type.value)
        case Agency():
            return (thing.name, key(thing.country), key(thing.region))
        case _:
            return (thing.name,)


def fields_of(
    thing: Thing, key: Callable[[str], str], names: Callable[[str], str], *, years: bool
) -> dict[str, tuple[Atom, ...]]:
    """The fields of a thing that have a value, sorted atoms each. With `years`, without what is of its year alone."""
    hidden = _OF_ITS_YEAR.get(type(thing), frozenset()) if years else frozenset()
    found: dict[str, tuple[Atom, ...]] = {}
    for name in thing.__struct_fields__:
        called = _CALLED.get(name, name)
        if name in _SKIPPED or called in hidden:
            continue
        atoms = tuple(sorted(set(_atoms(getattr(thing, name), key, names))))
        if atoms:
            found[called] = atoms
    return found


def _atoms(value: Any, key: Callable[[str], str], names: Callable[[str], str]) -> Iterator[Atom]:
    match value:
        case Decimal():
            yield f"{value:f}", f"{value:f}"
        case DateRange():
            text = "/".join(str(date) for date in (value.start, value.end) if date)
            yield text, text
        case Comparison():
            text = f"{value.kind.value} {value.value:f}{value.unit} {value.base}".strip()
            yield text, text
        case Enum():
            yield str(value.value), str(value.value)
        case tuple():
            for item in value:
                if isinstance(item, tuple):  # a person and a role, a title and a body
                    pairs = [atom for part in item for atom in _atoms(part, key, names)]
                    yield " ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)
                else:
                    yield from _atoms(item, key, names)
        case str() if value:
            yield key(value), names(value)
        case bool() | int() if value:
            text = str(value).lower()
            yield text, text
