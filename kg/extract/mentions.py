"""What is mentioned in a sentence: titles, dates, places, organisations and people, each with its place.

Positions are those of `Sentence.text`, end exclusive. The extractors of events, agreements, documents, cases and ties
read these; they do not look at the raw text again for names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

from kg.lexicon import Entry
from kg.model import Actor, AgencyKind, DateRange, Section, Sentence
from kg.model.frozen import Frozen

__all__ = [
    "Context",
    "DateHit",
    "Mentions",
    "OrgHit",
    "PersonHit",
    "PlaceHit",
    "TitleHit",
    "begins",
    "covers",
    "within",
]


class TitleHit(Frozen):
    """A title in 《》; `text` is what stands between the outer brackets."""

    start: int
    end: int
    text: str


class DateHit(Frozen):
    """A date as told. `since` marks the start of a period (自…起), which dates no happening."""

    start: int
    end: int
    when: DateRange
    since: bool = False


class PlaceHit(Frozen):
    """A country, region or city of the gazetteer."""

    start: int
    end: int
    surface: str
    entry: Entry


class OrgHit(Frozen):
    """A body. `actor` names it; `entry` is its gazetteer entry when it has one; country and region are zh names.
    `group` holds the bodies that a collective name stands for (中欧两局)."""

    start: int
    end: int
    surface: str
    actor: Actor
    kind: AgencyKind
    entry: Entry | None = None
    country: str = ""
    region: str = ""
    aliases: tuple[str, ...] = ()
    group: tuple[Actor, ...] = ()


class PersonHit(Frozen):
    """A person with the posts that this mention gives; `start` to `end` covers organisation, post and name. `more`
    holds the posts in other bodies that stand before: title, body, country. `acts_for` is the body for which the
    person acts when it is not the organisation."""

    start: int
    end: int
    name: str
    titles: tuple[str, ...] = ()
    organisation: Actor | None = None
    country: str = ""
    stated: bool = True
    more: tuple[tuple[str, Actor | None, str], ...] = ()
    acts_for: Actor | None = None


class Context(Frozen):
    """What holds for a sentence from around it: `self_` is the reporting body (or the region of a regional
    section) as an implied actor, `date` the date that the paragraph has told before; `continues` when a semicolon
    joins it to the part before."""

    year: int
    self_: Actor
    publisher: Actor
    section: Section | None
    region: str = ""
    date: DateRange | None = None
    continues: bool = False


class Mentions(Frozen):
    """A sentence with everything mentioned in it; `text` is the sentence's text, `signs` what stands in it
    (`kg.extract.signs`)."""

    sentence: Sentence
    context: Context
    titles: tuple[TitleHit, ...] = ()
    dates: tuple[DateHit, ...] = ()
    places: tuple[PlaceHit, ...] = ()
    orgs: tuple[OrgHit, ...] = ()
    people: tuple[PersonHit, ...] = ()
    text: str = ""
    signs: int = 0

    def in_title(self, at: int) -> bool:
        """True when a position lies inside a title in 《》."""
        for title in self.titles:  # noqa: SIM110 - asked for each hit, and a generator costs more than the test
            if title.start < at < title.end:
                return True
        return False

    def date_at(self, at: int) -> DateRange | None:
        """The date that governs a position: the last one told before it in the sentence."""
        for date in reversed(self.dates):
            if date.start < at and not date.since:
                return date.when
        return None


H = TypeVar("H", OrgHit, PersonHit, PlaceHit)
_START = attrgetter("start")


def within(hits: Sequence[H], start: int, end: int) -> Sequence[H]:
    """Those of hits in order that begin in text[start:end]."""
    if not hits or hits[0].start >= end or hits[-1].start < start:
        return ()
    first = bisect_left(hits, start, key=_START)
    return hits[first : bisect_left(hits, end, first, key=_START)]


def begins(hits: Sequence[H], start: int, end: int) -> bool:
    """True when one of hits in order begins in text[start:end]."""
    if not hits or hits[0].start >= end or hits[-1].start < start:
        return False
    return hits[bisect_left(hits, start, key=_START)].start < end


def covers(hits: Sequence[OrgHit] | Sequence[PersonHit], start: int, end: int) -> bool:
    """True when text[start:end] lies in one of the hits, none of which overlap."""
    if not hits or hits[0].start > start:
        return False
    return hits[bisect_left(hits, start + 1, key=_START) - 1].end >= end
