"""Puts tellings together that a comparison holds to be one, surest pairs first.

Only pairs of one block are compared. Two clusters join when the pair that asks for it reaches `MERGE` and no pair
across them is forbidden, so that a third telling cannot bring together what speaks against each other. What people
judged to be one is one; it is no reason for rules to bring in or to keep out anything else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct, field

from kg.model import Issue, Merge
from kg.resolve.judgements import Links
from kg.resolve.rules import DOUBT, LIMITS, MERGE, Verdict
from kg.resolve.tellings import Told

__all__ = ["Clusters", "blocks", "cluster", "cluster_blocks", "issues_of", "merges_of"]

T = TypeVar("T")


class Clusters(Struct, Generic[T]):
    """`groups` of items in their order, the `joins` (first, second, verdict) that made them, and the `doubts`:
    pairs that stay apart though something speaks for them."""

    groups: list[list[T]] = field(default_factory=list)
    joins: list[tuple[T, T, Verdict]] = field(default_factory=list)
    doubts: list[tuple[T, T, Verdict]] = field(default_factory=list)


def blocks(
    items: Sequence[T],
    keys: Callable[[T], Iterable[Hashable]],
    finer: Callable[[T], Iterable[Hashable]],
    without: Container[int] = (),
) -> set[tuple[int, int]]:
    """The pairs of indices worth comparing: those that share a key; of a large block, also a finer key."""
    limit = int(LIMITS["block"])
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        for key in set(keys(item)) if i not in without else ():
            found[key].append(i)
    pairs: set[tuple[int, int]] = set()
    for members in found.values():
        if len(members) == 1:  # most
            continue
        if len(members) <= limit:
            pairs.update(combinations(members, 2))
            continue
        parts: dict[Hashable, list[int]] = defaultdict(list)
        for i in members:
            for key in set(finer(items[i])):
                parts[key].append(i)
        for part in parts.values():
            # a finer key that half of a huge block shares says nothing
            if len(part) <= 4 * limit:
                pairs.update(combinations(part, 2))
    return pairs


def cluster_blocks(
    items: Sequence[T],
    keys: Callable[[T], Iterable[Hashable]],
    finer: Callable[[T], Iterable[Hashable]],
    same: Callable[[T], Hashable],
    compare: Callable[[T, T], Verdict],
    judged: Links,
    may: Callable[[T, T], bool] = lambda a, b: True,
) -> Clusters[T]:
    """`cluster` over those pairs of `blocks` that `may` be one. Items equal by `same` are compared with the first of
    them alone: a text that repeats itself costs what it says, not the square of how often it says it."""
    by_people = {n for i, j, _ in judged.same for n in (i, j)} | {n for pair in judged.apart for n in pair}
    first: dict[Hashable, int] = {}
    repeats: dict[int, tuple[int, Verdict]] = {}
    for i, item in enumerate(items):
        one = i if i in by_people else first.setdefault(same(item), i)
        if one != i and (verdict := compare(items[one], item)).score >= MERGE:
            repeats[i] = (one, verdict)
    pairs = ((i, j) for i, j in blocks(items, keys, finer, repeats) if may(items[i], items[j]))
    return cluster(items, pairs, compare, judged, repeats)


def cluster(
    items: Sequence[T],
    pairs: Iterable[tuple[int, int]],
    compare: Callable[[T, T], Verdict],
    judged: Links = Links(),  # noqa: B008 (frozen)
    repeats: Mapping[int, tuple[int, Verdict]] = MappingProxyType({}),
) -> Clusters[T]:
    """Groups of items that are one thing. The result depends on the order of `items` alone. `repeats` are items in
    none of the pairs that go with another one, by its index, and why."""
    verdicts: dict[tuple[int, int], Verdict] = {}
    links: list[tuple[float, int, int]] = []
    for i, j in pairs:
        found = compare(items[i], items[j])
        if found.score >= DOUBT:  # few
            verdicts[i, j] = found
            links.append((-found.score, i, j))

    def verdict(i: int, j: int) -> Verdict:
        pair = (i, j) if i < j else (j, i)
        if pair not in verdicts:
            verdicts[pair] = compare(items[pair[0]], items[pair[1]])
        return verdicts[pair]

    result: Clusters[T] = Clusters()
    # by rules alone, for their vetoes; and with what was judged, which is what counts in the end
    ruled, whole = _Union(len(items)), _Union(len(items))
    for i, j, known in judged.same:
        if whole.join(i, j):
            result.joins.append((items[i], items[j], known))
    for score, i, j in sorted(links):
        a, b = ruled.members(i), ruled.members(j)
        if a is b:
            continue
        known = verdict(i, j)
        if judged.forbid(whole.members(i), whole.members(j)):
            continue
        if -score < MERGE or any(verdict(m, n).veto for m in a for n in b):
            result.doubts.append((items[i], items[j], known))
            continue
        ruled.join(i, j)
        if whole.join(i, j):
            result.joins.append((items[i], items[j], known))
    for j, (i, known) in repeats.items():
        whole.join(i, j)
        result.joins.append((items[i], items[j], known))
    result.groups = whole.groups(items)
    _drop_settled(result, items, whole)
    return result


class _Union:
    """Which indices are together."""

    def __init__(self, size: int) -> None:
        self.root = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}

    def members(self, i: int) -> list[int]:
        """All that are together with i, in order; the same list for each of them."""
        return self._members[self.root[i]]

    def join(self, i: int, j: int) -> bool:
        """Bring the groups of i and j together; False when they are one already."""
        a, b = sorted((self.root[i], self.root[j]))
        if a == b:
            return False
        for n in self._members[b]:
            self.root[n] = a
        self._members[a] = sorted(self._members[a] + self._members.pop(b))
        return True

    def groups(self, items: Sequence[T]) -> list[list[T]]:
        """The items in groups, by the first of each."""
        return [[items[n] for n in self._members[a]] for a in sorted(self._members)]


def _drop_settled(result: Clusters[T], items: Sequence[T], whole: _Union) -> None:
    """A doubt whose two sides came together by way of others is none; one per pair of groups is enough."""
    place = {id(item): whole.root[n] for n, item in enumerate(items)}
    seen: set[tuple[int, int]] = set()
    kept: list[tuple[T, T, Verdict]] = []
    for first, second, verdict in result.doubts:
        pair = (place[id(first)], place[id(second)])
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            kept.append((first, second, verdict))
    result.doubts = kept


class _View(Protocol):
    """What a comparison looks at: a telling, with what was worked out of it."""

    @property
    def told(self) -> Told[Any]: ...


def merges_of(pairs: Iterable[tuple[_View, _View, Verdict]], things: Mapping[str, str]) -> list[Merge]:
    """The record of pairs that were put together, or of doubts; `things` is the key of each telling's thing."""
    return [Merge(things[a.told.id], a.told.id, b.told.id, verdict.score, verdict.reason) for a, b, verdict in pairs]


def issues_of(doubts: Iterable[tuple[_View, _View, Verdict]], kind: str) -> list[Issue]:
    """What a reader is asked about pairs of facts of a kind (event, agreement) that were kept apart."""
    return [
        Issue(
            b.told.source.id,
            b.told.line,
            f"doubtful-{kind}",
            f"{a.told.fact.name} (line {a.told.line}) / {b.told.fact.name}: {verdict.reason}",
            f"one {kind} or two; kept apart at {verdict.score:.2f}",
        )
        for a, b, verdict in doubts
    ]
