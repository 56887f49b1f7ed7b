"""Two events of one name a few days apart, or on one day in two places: most likely one event told in two ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct, field

from kg.check.evidence import Evidence, Words, ask
from kg.check.findings import Finding, Kind, Severity

__all__ = ["namesakes"]

#: A meeting held again comes later than this.
_DAYS = 7
#: A shorter name (座谈会) is that of many events.
_LONG_NAME = 6


class _Event(Struct):
    name: str
    first: str
    last: str
    places: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)

    @property
    def shown(self) -> str:
        return self.first if self.first == self.last else f"{self.first}/{self.last}"


def namesakes(evidence: Evidence) -> Iterator[Finding]:
    """Pairs of events that bear a name alone in their year and stand in two places of the text."""
    events: dict[str, _Event] = {}
    for row in ask(evidence.store, "namesakes"):
        made = _Event(row["name"], row["date"], row.get("end", row["date"]))
        event = events.setdefault(row["event"], made)
        event.passages.add(row["passage"])
        if "place" in row:
            event.places.add(row["place"])
    by_name: dict[tuple[str, str], list[_Event]] = {}
    for iri in sorted(events):
        event = events[iri]
        if len(event.name) >= _LONG_NAME:
            by_name.setdefault((event.name, event.first[:4]), []).append(event)
    for pair in by_name.values():
        if len(pair) == 2 and not pair[0].passages & pair[1].passages:
            yield from _compared(evidence, *sorted(pair, key=lambda event: (event.first, event.last)))


def _compared(evidence: Evidence, one: _Event, other: _Event) -> Iterator[Finding]:
    days = _days_between(one, other)
    if days is None or days > _DAYS:
        return
    if days > 0:
        told, zh_field, en_field = (one.shown, other.shown), "日期", "date"
    elif one.first == other.first and one.places and other.places and not _one_place(evidence, one, other):
        told = (_places(evidence, one), _places(evidence, other))
        zh_field, en_field = "地点", "place"
    else:
        return
    zh = f"{one.name}：{zh_field}一处为{told[0]}，另一处为{told[1]}"
    en = f"{one.name}: {en_field} {told[0]} in one place, {told[1]} in another"
    sides = tuple(_first(evidence, event).side(value) for event, value in zip((one, other), told, strict=True))
    yield Finding(Kind.TELLING, Severity.WARNING, zh, en, sides)


def _days_between(one: _Event, other: _Event) -> int | None:
    """Days from the end of the first to the start of the second; None when a day is not told."""
    if len(one.last) != 10 or len(other.first) != 10:
        return None
    return (dt.date.fromisoformat(other.first) - dt.date.fromisoformat(one.last)).days


def _one_place(evidence: Evidence, one: _Event, other: _Event) -> bool:
    pairs = ((a, b) for a in one.places for b in other.places)
    return any(evidence.within(a, b) or evidence.within(b, a) for a, b in pairs)


def _places(evidence: Evidence, event: _Event) -> str:
    return "、".join(sorted(evidence.label(place) for place in event.places))


def _first(evidence: Evidence, event: _Event) -> Words:
    return min((evidence.words[passage] for passage in event.passages), key=lambda w: (w.source, w.lines, w.quotes))
