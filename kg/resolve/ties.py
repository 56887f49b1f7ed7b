"""Cooperation ties: one per pair, relation, time and thing that implies it; each telling is a sentence."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence

from msgspec import field

from kg.model import DateRange, FactKind, Merge, Relation, Tie, TieFact
from kg.model.frozen import Frozen
from kg.resolve.actors import Actors
from kg.resolve.dates import best_date, compare_dates, differing_dates, precision
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.links import Links
from kg.resolve.names import digest
from kg.resolve.rules import Evidence
from kg.resolve.tellings import Told

__all__ = ["Ties"]

_IMPLYING = (FactKind.EVENT, FactKind.AGREEMENT, FactKind.DOCUMENT)
_SAME = Evidence.of("title", "same_tie")
_AGREE = frozenset({"same_day", "in_range", "month_of_day", "same_month", "same_year"})


class _View(Frozen):
    """A telling with its ends and what implies it, as keys."""

    told: Told[TieFact]
    a: str
    b: str
    because: str

    @property
    def when(self) -> DateRange | None:
        """The date as told."""
        return self.told.fact.when


class _Group(Frozen):
    """Tellings of one tie. `kinds` are the first ones of each implying thing and date, which speak for the rest;
    `taken` are the stretches of each source that tell it of a date, in order and apart."""

    views: list[_View] = field(default_factory=list)
    kinds: dict[tuple[str, DateRange | None], _View] = field(default_factory=dict)
    taken: dict[tuple[str, DateRange | None], list[tuple[int, int]]] = field(default_factory=dict)

    def agrees(self, view: _View) -> bool:
        """True when a telling can be of the same tie as all of the group."""
        return (view.because, view.when) in self.kinds or all(_agree(view, other) for other in self.kinds.values())

    def add(self, view: _View) -> None:
        """Take a telling in, unless its sentence has told the same."""
        taken = self.taken.setdefault((view.told.source.id, view.when), [])
        spans = sorted((span.start, span.end) for span in view.told.fact.passage.spans)
        for start, end in spans:
            at = bisect_left(taken, (start, end))
            if (at and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end):
                return
        for span in spans:
            insort(taken, span)
        self.kinds.setdefault((view.because, view.when), view)
        self.views.append(view)


class Ties:
    """Resolves ties: `ties`, and `things` from telling id to key. A tie of a thing with itself is dropped, and
    so is a second telling of one tie in one sentence."""

    def __init__(self, told: Sequence[Told[TieFact]], actors: Actors, links: Links, judged: Judged = NOTHING) -> None:
        self._actors = actors
        self._links = links
        self.things: dict[str, str] = {}
        self.differs: dict[str, tuple[str, ...]] = {}
        self.merges: list[Merge] = []
        groups: dict[tuple[str, str, Relation], list[_View]] = defaultdict(list)
        for item in told:
            view = self._view(item)
            if view is not None:
                groups[view.a, view.b, item.fact.relation].append(view)
        found: list[Tie] = []
        taken: dict[str, int] = defaultdict(int)
        for pair in sorted(groups):
            made = [(pair, members) for members in self._split(groups[pair])]
            regrouped = judged.regroup(made, lambda view: view.told.id)
            found.extend(self._tie(pair, members, taken) for _, members in regrouped)
        self.ties = tuple(sorted(found, key=lambda t: t.key))

    def _view(self, item: Told[TieFact]) -> _View | None:
        fact = item.fact
        a, b = self._actors.key(fact.a, item), self._actors.key(fact.b, item)
        if not a or not b or a == b:
            return None
        if not fact.relation.directed:
            a, b = min(a, b), max(a, b)
        if not fact.because:
            return _View(item, a, b, "")
        kinds = (fact.because_kind,) if fact.because_kind else _IMPLYING
        because = self._links.find(fact.because, item, *kinds, who=frozenset((a, b)), when=fact.when)
        return _View(item, a, b, because)

    @staticmethod
    def _split(views: list[_View]) -> list[list[_View]]:
        """Tellings that agree: the same implying thing, or none told, and dates that can be one."""
        if len(views) == 1:  # most
            return [views]
        groups: list[_Group] = []
        by_time: dict[str, list[_Group]] = defaultdict(list)
        ordered = sorted(views, key=_rank)
        for view in ordered:
            # tellings of one implying thing, or of one year, are the only ones to compare with
            year = f"year {view.when.start.year if view.when else view.told.source.year}"
            home = next((g for g in by_time[view.because or year] if g.agrees(view)), None)
            if home is None:
                home = _Group()
                groups.append(home)
                for place in {view.because or year, year}:
                    by_time[place].append(home)
            home.add(view)
        return [sorted(group.views, key=lambda v: v.told.index) for group in groups]

    def _tie(self, pair: tuple[str, str, Relation], views: list[_View], taken: dict[str, int]) -> Tie:
        a, b, relation = pair
        date = best_date([view.when for view in views])
        because = next((view.because for view in views if view.because), "")
        key = f"tie/{digest(a, b, relation, str(date.start) if date else '', because)}"
        taken[key] += 1
        key = f"{key}-{taken[key]}" if taken[key] > 1 else key
        for view in views:
            told = view.told
            self.things[told.id] = key
            self.differs[told.id] = tuple(differing_dates(view.when, date, "date")) if len(views) > 1 else ()
            if view is not views[0]:
                self.merges.append(Merge(key, views[0].told.id, told.id, _SAME.score, _SAME.reason))
        return Tie(key, a, b, relation, date, because)


def _agree(view: _View, other: _View) -> bool:
    """True when two tellings can be of one tie."""
    if view.because and other.because and view.because != other.because:
        return False
    rule = compare_dates(view.when, other.when)
    same_thing = bool(view.because) and view.because == other.because
    both_open = view.when is None and other.when is None
    if not (same_thing or both_open or rule in _AGREE):
        return False
    return rule != "same_year" or same_thing or _both_years(view, other)


def _both_years(view: _View, other: _View) -> bool:
    """True when neither telling knows more than the year."""
    return all(v.when is not None and precision(v.when.start) == 1 for v in (view, other))


def _rank(view: _View) -> tuple[bool, int, int]:
    """Tellings that say why come first, then those with the most precise date."""
    return not view.because, -precision(view.when.start) if view.when else 0, view.told.index
