"""Cooperation ties: one per pair, relation, time and thing that implies it; each telling is a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import DateRange, FactKind, Merge, Relation, Tie, TieFact
from kg.resolve.actors import Actors
from kg.resolve.dates import best_date, compare_dates, differing_dates, precision
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.links import Links
from kg.resolve.names import digest
from kg.resolve.rules import Evidence
from kg.resolve.tellings import Told

__all__ = ["Ties"]

_IMPLYING = (FactKind.EVENT, FactKind.AGREEMENT, FactKind.DOCUMENT)
_AGREE = frozenset({"same_day", "in_range", "month_of_day", "same_month", "same_year"})


@dataclass(frozen=True, slots=True)
class _View:
    """A telling with its ends and what implies it, as keys."""

    told: Told[TieFact]
    a: str
    b: str
    because: str

    @property
    def when(self) -> DateRange | None:
        """The date as told."""
        return self.told.fact.when


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
        for pair in sorted(groups):
            taken: dict[str, int] = defaultdict(int)
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
        kinds = (fact.because_kind,) if fact.because_kind else _IMPLYING
        because = self._links.find(fact.because, item, *kinds, who=frozenset((a, b)), when=fact.when)
        return _View(item, a, b, because)

    @staticmethod
    def _split(views: list[_View]) -> list[list[_View]]:
        """Tellings that agree: the same implying thing, or none told, and dates that can be one."""
        groups: list[list[_View]] = []
        by_time: dict[str, list[list[_View]]] = defaultdict(list)
        ordered = sorted(views, key=_rank)
        for view in ordered:
            # tellings of one implying thing, or of one year, are the only ones to compare with
            year = str(view.when.start.year if view.when else view.told.source.year)
            places = [view.because] if view.because else [f"year {year}"]
            home = next((g for p in places for g in by_time[p] if _agrees(view, g)), None)
            if home is None:
                home = []
                groups.append(home)
                for place in {view.because or f"year {year}", f"year {year}"}:
                    by_time[place].append(home)
            if not any(view.told.one_sentence(other.told) and view.when == other.when for other in home):
                home.append(view)
        return [sorted(group, key=lambda v: v.told.index) for group in groups]

    def _tie(self, pair: tuple[str, str, Relation], views: list[_View], taken: dict[str, int]) -> Tie:
        a, b, relation = pair
        date = best_date([view.when for view in views])
        because = next((view.because for view in views if view.because), "")
        key = f"tie/{digest(a, b, relation.value, str(date.start) if date else '', because)}"
        taken[key] += 1
        key = f"{key}-{taken[key]}" if taken[key] > 1 else key
        for view in views:
            told = view.told
            self.things[told.id] = key
            self.differs[told.id] = tuple(differing_dates(view.when, date, "date"))
            if view is not views[0]:
                verdict = Evidence.of("title", "same_tie")
                self.merges.append(Merge(key, views[0].told.id, told.id, verdict.score, verdict.reason))
        return Tie(key, a, b, relation, date, because)


def _agrees(view: _View, group: list[_View]) -> bool:
    """True when a telling can be of the same tie as all of the group."""
    for other in group:
        if view.because and other.because and view.because != other.because:
            return False
        rule = compare_dates(view.when, other.when)
        same_thing = bool(view.because) and view.because == other.because
        both_open = view.when is None and other.when is None
        if not (same_thing or both_open or rule in _AGREE):
            return False
        if rule == "same_year" and not same_thing and not _both_years(view, other):
            return False
    return True


def _both_years(view: _View, other: _View) -> bool:
    """True when neither telling knows more than the year."""
    return all(v.when is not None and precision(v.when.start) == 1 for v in (view, other))


def _rank(view: _View) -> tuple[bool, int, int]:
    """Tellings that say why come first, then those with the most precise date."""
    return not view.because, -precision(view.when.start) if view.when else 0, view.told.index
