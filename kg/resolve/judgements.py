"""What people judged about tellings, in the form that the comparisons of this room ask for.

`same` and `different` hold for classes of tellings: when a and b are the same and b and c are different, so are a
and c. Tellings judged the same come together whatever their values say; tellings judged different stay apart, also
by way of a third. Rules decide about everything else, and nothing here changes without a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Fact, Issue, Merge, PersonFact
from kg.model.judgement import Judgement, Judgements, Verb
from kg.resolve.rules import Verdict
from kg.resolve.tellings import Told

__all__ = ["NOTHING", "Judged", "Links"]

T = TypeVar("T")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Links:
    """Judged pairs among some items, by index: `same` with the verdict to record, `apart` (i < j)."""

    same: tuple[tuple[int, int, Verdict], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()

    def forbid(self, some: Collection[int], others: Collection[int]) -> bool:
        """True when an item of one group is judged different from one of the other."""
        return bool(self.apart) and any((min(i, j), max(i, j)) in self.apart for i in some for j in others)


class Judged:
    """The judgements about the tellings of one run. `told` are the tellings before any is dropped."""

    def __init__(self, judgements: Judgements = Judgements(), told: Sequence[Told[Fact]] = ()) -> None:  # noqa: B008
        self._rows = judgements
        self._told = {item.id: item for item in told} if judgements else {}
        self._root: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        self.issues: list[Issue] = []
        #: Tellings that came to their thing by judgement: what a rule would say of them is not the reason.
        self.brought: set[str] = set()
        self._dropped = {row.telling for row in judgements.of(Verb.DROP)}
        known = [row for row in judgements.of(*(v for v in Verb if v not in (Verb.ADD, Verb.TEXT))) if self._known(row)]
        self._same = [row for row in known if row.verb is Verb.SAME]
        self._different = [row for row in known if row.verb is Verb.DIFFERENT]
        self.overrides = [row for row in known if row.verb in (Verb.RENAME, Verb.SET)]
        for row in self._same:
            a, b = sorted((self.root(row.telling), self.root(row.value)), key=self._order)
            self._root[b] = a
        for row in self._different:
            one, other = self.root(row.telling), self.root(row.value)
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def _known(self, row: Judgement) -> bool:
        """True when the row's tellings are there; else, and when no row can mean them, an Issue says so."""
        pair = row.verb in (Verb.SAME, Verb.DIFFERENT)
        for key in (row.telling, row.value) if pair else (row.telling,):
            if key not in self._told:
                self.issues.append(row.issue(f"no telling {key}", "expected the key of one, as `kg show` prints it"))
                return False
            if key in self._dropped and row.verb is not Verb.DROP:
                self.issues.append(row.issue(f"{key} is dropped by another row", "expected one or the other"))
                return False
        if pair and type(self._told[row.telling].fact) is not type(self._told[row.value].fact):
            kinds = " and ".join(self._told[key].fact.kind.value for key in (row.telling, row.value))
            self.issues.append(row.issue(f"tellings of {kinds}", "expected two of one kind"))
            return False
        return True

    def _order(self, key: str) -> int:
        return self._told[key].index

    def root(self, telling: str) -> str:
        """The first telling of the class that this one belongs to."""
        while telling in self._root:
            telling = self._root[telling]
        return telling

    def told(self, telling: str) -> Told[Fact]:
        """The telling with this id. KeyError when there is none."""
        return self._told[telling]

    def kept(self, told: Iterable[Told[Fact]]) -> list[Told[Fact]]:
        """The tellings without those that were judged wrong."""
        return [item for item in told if item.id not in self._dropped]

    def apart(self, one: str, other: str) -> bool:
        """True when two tellings are judged different."""
        return self.root(other) in self._apart.get(self.root(one), ())

    def pairs(self, kind: type[Fact]) -> list[tuple[Told[Fact], Told[Fact], Judgement]]:
        """The tellings of a kind that were judged the same, as they stand in the rows."""
        rows = [(self._told[row.telling], self._told[row.value], row) for row in self._same]
        return [(a, b, row) for a, b, row in rows if isinstance(a.fact, kind)]

    def leaving(self, kind: type[Fact]) -> list[tuple[Told[Fact], Told[Fact]]]:
        """The tellings of a kind that were judged different, the earlier one first."""
        rows = [(self._told[row.telling], self._told[row.value]) for row in self._different]
        return [(min(p, key=_index), max(p, key=_index)) for p in rows if isinstance(p[0].fact, kind)]

    def links(self, ids: Sequence[Sequence[str]]) -> Links:
        """The judged pairs among items that stand for one or more tellings each."""
        if not self._same and not self._different:
            return Links()
        place = {telling: n for n, tellings in enumerate(ids) for telling in tellings}
        same = []
        for row in self._same:
            i, j = place.get(row.telling, -1), place.get(row.value, -1)
            if min(i, j) >= 0 and i != j:
                same.append((min(i, j), max(i, j), Verdict(1.0, row.reason)))
        classes: dict[str, set[int]] = {}
        for telling, n in place.items():
            root = self.root(telling)
            if root in self._apart:
                classes.setdefault(root, set()).add(n)
        apart = {
            (min(i, j), max(i, j))
            for root, items in classes.items()
            for other in self._apart[root]
            for i in items
            for j in classes.get(other, ())
            if i != j
        }
        return Links(tuple(sorted(same, key=lambda s: s[:2])), frozenset(apart))

    def regroup(self, groups: Sequence[tuple[L, list[T]]], name: Callable[[T], str]) -> list[tuple[L, list[T]]]:
        """Groups that rules made, as judged: a telling leaves the one that stands first and is different; groups
        with tellings that are the same come together under the label of the first."""
        if not self._same and not self._different:
            return list(groups)
        found = [(label, part) for label, group in groups for part in self.split(group, name)]
        first: dict[str, int] = {}
        owner = list(range(len(found)))
        for n, (_, part) in enumerate(found):
            for root in {self.root(name(item)): None for item in part}:
                at, here = owner[first.setdefault(root, n)], owner[n]
                if at != here and not self._clash(found[at][1], found[here][1], name):
                    low, high = min(at, here), max(at, here)
                    self.brought.update(name(item) for item in found[high][1])
                    found[low][1].extend(found[high][1])
                    found[high][1].clear()
                    owner = [low if place == high else place for place in owner]
        return [(label, group) for label, group in found if group]

    def _clash(self, some: Iterable[T], others: Sequence[T], name: Callable[[T], str]) -> bool:
        return any(self.apart(name(item), name(other)) for item in some for other in others)

    def split(self, group: Sequence[T], name: Callable[[T], str]) -> list[list[T]]:
        """A group in parts none of which holds tellings judged different; the first part keeps the rest."""
        if not any(self.root(name(item)) in self._apart for item in group):
            return [list(group)]
        parts: list[list[T]] = []
        for item in group:
            mine = self.root(name(item))
            mates = [p for p in parts if any(self.root(name(other)) == mine for other in p)]
            free = [p for p in parts if not any(self.apart(name(item), name(other)) for other in p)]
            if mates or free:
                (mates or free)[0].append(item)
            else:
                parts.append([item])
        return parts

    def merges(self, found: Iterable[Merge], things: Mapping[str, str]) -> list[Merge]:
        """The merges with those that were judged; what a rule said of a telling that was brought is left out."""
        if not self._same:
            return list(found)
        judged = {frozenset((row.telling, row.value)) for row in self._same}
        kept = [m for m in found if m.second not in self.brought and frozenset((m.first, m.second)) not in judged]
        for row in self._same:
            if row.telling in things and row.value in things:
                first, second = sorted((row.telling, row.value), key=self._order)
                kept.append(Merge(things[first], first, second, 1.0, row.reason))
        return kept

    def doubts(self, things: Mapping[str, str]) -> list[Merge]:
        """The pairs that were judged different, at score 0."""
        return [
            Merge(things[row.telling], row.telling, row.value, 0.0, row.reason)
            for row in self._different
            if row.telling in things and row.value in things
        ]

    def check(self, things: Mapping[str, str], persons: Mapping[str, str]) -> list[Issue]:
        """Issues for rows that did not come to pass. `things` are those of the tellings, `persons` the person of
        each membership, which is what judgements about people are about."""
        issues = list(self.issues)
        for row in (*self._same, *self._different):
            keys = [things.get(telling, "") for telling in (row.telling, row.value)]
            gone = next((t for t, key in zip((row.telling, row.value), keys, strict=True) if not key), "")
            if gone:
                issues.append(row.issue(f"{gone} repeats another telling of its sentence", "nothing to judge"))
                continue
            if isinstance(self._told[row.telling].fact, PersonFact):
                keys = [persons[key] for key in keys]
            if (keys[0] == keys[1]) is not (row.verb is Verb.SAME):
                state = "one" if keys[0] == keys[1] else "two"
                issues.append(row.issue(f"{row.telling} and {row.value} are still {state}", "a limit of this kind"))
        return issues


def _index(item: Told[Fact]) -> int:
    return item.index


#: No judgements at all.
NOTHING = Judged()
