"""Puts tellings together that a comparison holds to be one, surest pairs first.

Only pairs of one block are compared. Two clusters join when the pair that asks for it reaches `MERGE` and no pair
across them is forbidden, so that a third telling cannot bring together what speaks against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kg.resolve.rules import DOUBT, LIMITS, MERGE, Verdict

__all__ = ["Clusters", "blocks", "cluster"]

T = TypeVar("T")


@dataclass(slots=True)
class Clusters(Generic[T]):
    """`groups` of items in their order, the `joins` (first, second, verdict) that made them, and the `doubts`:
    pairs that stay apart though something speaks for them."""

    groups: list[list[T]] = field(default_factory=list)
    joins: list[tuple[T, T, Verdict]] = field(default_factory=list)
    doubts: list[tuple[T, T, Verdict]] = field(default_factory=list)


def blocks(
    items: Sequence[T],
    keys: Callable[[T], Iterable[Hashable]],
    finer: Callable[[T], Iterable[Hashable]],
) -> set[tuple[int, int]]:
    """The pairs of indices worth comparing: those that share a key; of a large block, also a finer key."""
    limit = int(LIMITS["block"])
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        for key in set(keys(item)):
            found[key].append(i)
    pairs: set[tuple[int, int]] = set()
    for members in found.values():
        if len(members) <= limit:
            pairs.update((i, j) for n, i in enumerate(members) for j in members[n + 1 :])
            continue
        parts: dict[Hashable, list[int]] = defaultdict(list)
        for i in members:
            for key in set(finer(items[i])):
                parts[key].append(i)
        for part in parts.values():
            # a finer key that half of a huge block shares says nothing
            if len(part) <= 4 * limit:
                pairs.update((i, j) for n, i in enumerate(part) for j in part[n + 1 :])
    return pairs


def cluster(items: Sequence[T], pairs: Iterable[tuple[int, int]], compare: Callable[[T, T], Verdict]) -> Clusters[T]:
    """Groups of items that are one thing. The result depends on the order of `items` alone."""
    verdicts: dict[tuple[int, int], Verdict] = {}

    def verdict(i: int, j: int) -> Verdict:
        pair = (i, j) if i < j else (j, i)
        if pair not in verdicts:
            verdicts[pair] = compare(items[pair[0]], items[pair[1]])
        return verdicts[pair]

    links = [(-verdict(i, j).score, i, j) for i, j in pairs]
    links = sorted(link for link in links if -link[0] >= DOUBT)
    root = list(range(len(items)))
    members: dict[int, list[int]] = {i: [i] for i in range(len(items))}
    result: Clusters[T] = Clusters()
    for score, i, j in links:
        a, b = sorted((root[i], root[j]))
        if a == b:
            continue
        known = verdict(i, j)
        if -score < MERGE or any(verdict(m, n).veto for m in members[a] for n in members[b]):
            result.doubts.append((items[i], items[j], known))
            continue
        for n in members[b]:
            root[n] = a
        members[a] = sorted(members[a] + members.pop(b))
        result.joins.append((items[i], items[j], known))
    result.groups = _groups(items, members)
    _drop_settled(result, items, root)
    return result


def _groups(items: Sequence[T], members: Mapping[int, list[int]]) -> list[list[T]]:
    return [[items[n] for n in members[a]] for a in sorted(members, key=lambda a: members[a][0])]


def _drop_settled(result: Clusters[T], items: Sequence[T], root: Sequence[int]) -> None:
    """A doubt whose two sides came together by way of others is none; one per pair of groups is enough."""
    place = {id(item): root[n] for n, item in enumerate(items)}
    seen: set[tuple[int, int]] = set()
    kept: list[tuple[T, T, Verdict]] = []
    for first, second, verdict in result.doubts:
        pair = (place[id(first)], place[id(second)])
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            kept.append((first, second, verdict))
    result.doubts = kept
