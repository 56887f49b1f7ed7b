"""Values that people chose: `rename` and `set`, applied to resolved things after the rules have chosen theirs.

A field has the name of its column in the fact tables. What is said of one thing is set; a field that the table below
does not list cannot be set: drop the telling and add the right one, or correct the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from kg.errors import ConfigError
from kg.model import (
    Actor,
    Agency,
    AgencyKind,
    Agreement,
    AgreementStatus,
    AgreementType,
    Approximation,
    Case,
    DateRange,
    Document,
    DocumentKind,
    Event,
    EventStatus,
    EventType,
    Fact,
    Indicator,
    Issue,
    Membership,
    PartialDate,
    Person,
    Relation,
    Tie,
)
from kg.model.frozen import Frozen
from kg.model.judgement import Judgement, Verb
from kg.resolve.actors import Actors
from kg.resolve.judgements import Judged
from kg.resolve.places import Places
from kg.resolve.tellings import Told

__all__ = ["FIELDS", "Overrides"]

_DATES = frozenset({"start", "end", "signed", "date"})
_PLACES = frozenset({"places", "province", "country"})
_BODIES = frozenset({"hosts", "participants", "parties", "issuers", "organisation", "selected_by"})

#: Class -> field of the table -> (field of the thing, type of its value).
FIELDS: Mapping[type, Mapping[str, tuple[str, type]]] = MappingProxyType(
    {
        Event: {
            "type": ("type", EventType),
            "start": ("when", DateRange),
            "end": ("when", DateRange),
            "places": ("places", tuple),
            "hosts": ("hosts", tuple),
            "participants": ("participants", tuple),
            "series": ("series", str),
            "ordinal": ("ordinal", int),
            "status": ("status", EventStatus),
        },
        Agreement: {
            "type": ("type", AgreementType),
            "parties": ("parties", tuple),
            "signed": ("signed", DateRange),
            "status": ("status", AgreementStatus),
            "extends": ("extends", str),
        },
        Document: {
            "kind": ("document_kind", DocumentKind),
            "issuers": ("issuers", tuple),
            "action": ("actions", tuple),
            "date": ("date", DateRange),
            "province": ("region", str),
            "stage": ("stage", str),
        },
        Case: {
            "series": ("series", str),
            "number": ("number", int),
            "province": ("region", str),
            "organisation": ("organisation", str),
            "selected_by": ("selected_by", str),
        },
        Membership: {
            "title": ("title", str),
            "organisation": ("organisation", str),
            "country": ("country", str),
        },
        Agency: {
            "kind": ("agency_kind", AgencyKind),
            "country": ("country", str),
            "province": ("region", str),
            "name_en": ("name_en", str),
        },
        Tie: {"relation": ("relation", Relation), "date": ("when", DateRange)},
        Indicator: {
            "period": ("period", str),
            "subject": ("subject", str),
            "approx": ("approx", Approximation),
            "rank": ("rank", str),
        },
    }
)
#: What holds the preferred name; old names of bodies, people and documents stay among their other names.
_NAMES: Mapping[type, tuple[str, str]] = MappingProxyType(
    {
        Agency: ("name", "aliases"),
        Person: ("name", "aliases"),
        Document: ("title", "shorts"),
        Case: ("title", ""),
        Event: ("name", ""),
        Agreement: ("name", ""),
        Indicator: ("name", ""),
    }
)


class _Change(Frozen):
    """A row with the key of its thing."""

    row: Judgement
    key: str
    told: Told[Fact]


class Overrides:
    """The `rename` and `set` rows of a run; `apply` table by table, then `differs` and `issues` stand."""

    def __init__(self, judged: Judged, things: Mapping[str, str], actors: Actors, places: Places) -> None:
        self._actors = actors
        self._places = places
        self._things = things
        self.differs: dict[str, tuple[str, ...]] = {}
        self.issues: list[Issue] = []
        self._left: dict[str, list[_Change]] = {}
        for row in judged.overrides:
            key = things.get(row.telling, "")
            if key:
                self._left.setdefault(key, []).append(_Change(row, key, judged.told(row.telling)))
            else:
                found = f"{row.telling} repeats another telling of its sentence"
                self.issues.append(row.issue(found, "expected the telling that was kept"))

    def apply(self, items: Iterable[Any], key_of: Callable[[Any], str] = lambda item: str(item.key)) -> tuple[Any, ...]:
        """The things of one table with what was chosen for them, in their order. Raises ConfigError
        (`file:line: ...`) for a field that such a thing has not and for a value that the field cannot hold."""
        if not self._left:
            return tuple(items)
        return tuple(self._applied(item, self._left.get(key_of(item), ())) for item in items)

    def people(self, people: Iterable[Person], memberships: Iterable[Membership]) -> tuple[Person, ...]:
        """The people, renamed where a telling of one of their posts says so."""
        renames: dict[str, list[_Change]] = {}
        for membership in memberships:
            for change in self._left.get(membership.key, ()):
                if change.row.verb is Verb.RENAME:
                    renames.setdefault(membership.person, []).append(change)
        return tuple(self._applied(person, renames.get(person.key, ())) for person in people)

    def _applied(self, item: Any, changes: Iterable[_Change]) -> Any:
        for change in changes:
            row = change.row
            if row.verb is Verb.RENAME:
                # The name of a person's post is that of the person, whose turn comes by itself.
                changed = item if isinstance(item, Membership) else self._renamed(item, row)
                old, name = ("" if changed is item else getattr(item, _NAMES[type(item)][0])), "name"
            else:
                changed, old, name = *self._set(item, change), row.field
            if changed != item or row.verb is Verb.SET:
                told = f"{old}, chosen {row.value}" if old else f"chosen {row.value}"
                note = f"{name}: {told} ({row.reason})"
                self.differs[row.telling] = (*self.differs.get(row.telling, ()), note)
            item = changed
        return item

    def _renamed(self, item: Any, row: Judgement) -> Any:
        if type(item) not in _NAMES:
            raise _refused(row, f"rename of a {type(item).__name__.lower()}", "a thing that has a name")
        name, others = _NAMES[type(item)]
        old = getattr(item, name)
        changes: dict[str, Any] = {name: row.value}
        if others:
            changes[others] = tuple(sorted({*getattr(item, others), old} - {row.value}))
        return replace(item, **changes)

    def _set(self, item: Any, change: _Change) -> tuple[Any, str]:
        """The thing with the value, and the value it had in words."""
        row = change.row
        known = FIELDS[type(item)]
        if row.field not in known:
            raise _refused(row, f"field {row.field!r} of a {type(item).__name__.lower()}", f"one of {', '.join(known)}")
        name, kind = known[row.field]
        old = getattr(item, name)
        new = self._value(kind, change, old)
        changes = {name: new}
        if row.field == "organisation" and isinstance(item, Case):
            changes["organisation_name"] = row.value
        return replace(item, **changes), _words(old, row.field)

    def _value(self, kind: type, change: _Change, old: Any) -> Any:
        row = change.row
        if row.field in _DATES:
            return _date(row, old)
        if row.field in _PLACES or row.field in _BODIES:
            find = self._place if row.field in _PLACES else self._body
            keys = {find(name.strip(), change) for name in row.value.split("|") if name.strip()}
            if kind is not tuple and len(keys) > 1:
                raise _refused(row, f"{row.field} {row.value!r}", "one name")
            return tuple(sorted(keys)) if kind is tuple else next(iter(keys), "")
        if issubclass(kind, StrEnum):
            if not row.value and old is None:
                return None
            if row.value not in frozenset(kind):
                raise _refused(row, f"{row.field} {row.value!r}", f"one of {', '.join(kind)}")
            return kind(row.value)
        if kind is int:
            if row.value and not row.value.isdecimal():
                raise _refused(row, f"{row.field} {row.value!r}", "a whole number")
            return int(row.value or 0)
        if kind is tuple:
            return tuple(sorted({part.strip() for part in row.value.split("|")} - {""}))
        return row.value

    def _place(self, name: str, change: _Change) -> str:
        key = self._places.known(name)
        if not key:
            raise _refused(change.row, f"{change.row.field} {name!r}", "a place of the gazetteer")
        return key

    def _body(self, name: str, change: _Change) -> str:
        return self._actors.key(Actor(name), change.told)


def _date(row: Judgement, old: DateRange | None) -> DateRange | None:
    """A new date; `end` goes with the start that is there, an empty value takes the date away."""
    try:
        if row.field == "end":
            if old is None:
                raise _refused(row, "end of a thing without start", "the start first")
            return replace(old, end=PartialDate.parse(row.value) if row.value else None)
        if not row.value:
            return None
        start, _, end = row.value.partition("/")
        last = PartialDate.parse(end) if end else None
        if row.field == "start" and old is not None and last is None:
            last = old.end
        return DateRange(PartialDate.parse(start), last)
    except ValueError as error:
        raise _refused(row, f"{row.field} {row.value!r}", "YYYY-MM-DD, YYYY-MM or YYYY") from error


def _words(value: Any, field: str) -> str:
    if isinstance(value, DateRange):
        return str((value.end or "") if field == "end" else value.start)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value) if value else ""


def _refused(row: Judgement, found: str, expected: str) -> ConfigError:
    return ConfigError(f"{row.file}:{row.line}: {found}; expected {expected}")
