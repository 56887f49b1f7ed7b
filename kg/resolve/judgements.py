"""What people judged about tellings, in the form that the comparisons of this room ask for.

`same` and `different` hold for classes of tellings: when a and b are the same and b and c are different, so are a
and c. Tellings judged the same come together whatever their values say; tellings judged different stay apart, also
by way of a third. Rules decide about everything else, and nothing here changes without a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from kg.model import Fact, Issue, Merge, PersonFact
from kg.model.frozen import Frozen
from kg.model.judgement import Judgement, Judgements, Verb
from kg.resolve.rules import Verdict
from kg.resolve.tellings import Told

__all__ = ["NOTHING", "Judged", "Links"]

T = TypeVar("T")
L = TypeVar("L")


class Links(Frozen):
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
        top = telling
        while top in self._root:
            top = self._root[top]
        while telling != top:
            self._root[telling], telling = top, self._root[telling]
        return top

    def told(self, telling: str) -> Told[Fact]:
        """The telling with this id. KeyError when there is none."""
        return self._told[telling]

    def kept(self, told: Iterable[Told[Fact]]) -> list[Told[Fact]]:
        """The tellings without those that were judged wrong."""
        return [item for item in told if item.id not in self._dropped] if self._dropped else list(told)

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
        roots = [{self.root(name(item)) for item in part} for _, part in found]
        first: dict[str, int] = {}
        moved: dict[int, int] = {}

        def place(n: int) -> int:
            while n in moved:
                n = moved[n]
            return n

        for n, (_, part) in enumerate(found):
            for root in dict.fromkeys([self.root(name(item)) for item in part]):
                low, high = sorted((place(first.setdefault(root, n)), place(n)))
                if low != high and not self._clash(roots[high], roots[low]):
                    self.brought.update(name(item) for item in found[high][1])
                    found[low][1].extend(found[high][1])
                    roots[low] |= roots[high]
                    moved[high] = low
        for n in set(moved.values()):
            found[n][1].sort(key=lambda item: self._order(name(item)))
        return [group for n, group in enumerate(found) if n not in moved]

    def _clash(self, some: Iterable[str], others: set[str]) -> bool:
        """True when a class of one part is judged different from one of the other."""
        return any(not others.isdisjoint(self._apart.get(root, ())) for root in some)

    def split(self, group: Sequence[T], name: Callable[[T], str]) -> list[list[T]]:
        """A group in parts none of which holds tellings judged different; the first part keeps the rest."""
        roots = [self.root(name(item)) for item in group]
        if self._apart.keys().isdisjoint(roots):
            return [list(group)]
        parts: list[list[T]] = []
        classes: list[set[str]] = []
        home: dict[str, int] = {}
        for item, root in zip(group, roots, strict=True):
            if root not in home:
                known = self._apart.get(root, ())
                home[root] = next((n for n, held in enumerate(classes) if held.isdisjoint(known)), len(parts))
                if home[root] == len(parts):
                    parts.append([])
                    classes.append(set())
                classes[home[root]].add(root)
            parts[home[root]].append(item)
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
