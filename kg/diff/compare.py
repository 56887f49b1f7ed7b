"""Two sides compared: what is there now, what is gone, what has other values.

Things are one when they have one key, which is the path of their IRI. What is left on both sides is put together when
a telling of one is a telling of the other, or when both are alone with their handle (`kg.diff.values.handle`): its
identity has changed, and the new key stands beside the old one. Of a thing that is gone though its tellings are not,
`related` says which things they tell of now; of one that was added, which they told of before.

Two sides without a source in common are two years. Then a figure is compared where both give it for one period, a tie
is a pair with its relation, and the day of a post or a tie is no change: how a figure grew is a query, not a difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.diff.sides import Quote, Side, Thing
from kg.diff.values import Atom, fields_of, handle, name_of
from kg.model import FactKind, Observation
from kg.model.frozen import Frozen

__all__ = ["Change", "Count", "Diff", "FieldChange", "compare"]

#: How many sentences stand with a change, of each side.
_QUOTES = 3
_BY_HANDLE = frozenset({FactKind.TIE, FactKind.INDICATOR, FactKind.OBSERVATION})


class FieldChange(Frozen):
    """A field whose values differ: what A has and what B has, several values joined by `|`, "" for none. The field
    `key` is the identity of the thing, `tellings` the number of its tellings."""

    field: str
    old: str
    new: str


class Change(Frozen):
    """One difference. `change` is added, gone or changed; `key` that of B, or of A for what is gone; `quotes_a` and
    `quotes_b` are at most three sentences a side, of those that the other side does not have, else of all."""

    kind: FactKind
    change: str
    key: str
    name: str
    fields: tuple[FieldChange, ...]
    quotes_a: tuple[Quote, ...]
    quotes_b: tuple[Quote, ...]
    related: tuple[str, ...] = ()


class Count(Frozen):
    """How many things of a kind A and B have, how many of them are compared and equal, and how many changes there are.
    Between years, figures of which only one side speaks are in `a` or `b` alone."""

    a: int
    b: int
    equal: int
    added: int
    gone: int
    changed: int


class Diff(Frozen):
    """All changes in a fixed order: by kind, then gone, changed, added, then by key. `years` tells that the two sides
    have no source in common."""

    a: str
    b: str
    years: bool
    counts: Mapping[FactKind, Count]
    changes: tuple[Change, ...]


def compare(a: Side, b: Side) -> Diff:
    """What differs from A to B."""
    work = _Comparison(a, b)
    changes: list[Change] = []
    counts: dict[FactKind, Count] = {}
    for kind in a.things:
        found = sorted(work.changes(kind), key=lambda change: (_ORDER[change.change], change.key))
        number = Counter(change.change for change in found)
        equal = len(work.pairs[kind]) - number["changed"]
        sizes = len(a.things[kind]), len(b.things[kind])
        counts[kind] = Count(*sizes, equal, number["added"], number["gone"], number["changed"])
        changes += found
    return Diff(a.label, b.label, work.years, counts, tuple(changes))


_ORDER = {"gone": 0, "changed": 1, "added": 2}


class _Comparison:
    def __init__(self, a: Side, b: Side) -> None:
        self.a, self.b = a, b
        self.years = not set(a.sources) & set(b.sources)
        #: The key in B of each thing of A that is in B too; actors come first, since ties are known by them.
        self.now: dict[str, str] = {}
        self.pairs: dict[FactKind, dict[str, str]] = {}
        for kind in a.things:
            self.pairs[kind] = dict(self._pairs(kind))
            self.now.update(self.pairs[kind])

    def _key_a(self, key: str) -> str:
        key = self.a.key(key)
        return self.now.get(key, key)

    def _name_a(self, key: str) -> str:
        return self.a.names.get(self.a.key(key), key)

    def _name_b(self, key: str) -> str:
        return self.b.names.get(self.b.key(key), key)

    def _iri_a(self, key: str) -> str:
        return self.a.alias.get(key, key)

    def _iri_b(self, key: str) -> str:
        return self.b.alias.get(key, key)

    def _pairs(self, kind: FactKind) -> Iterator[tuple[str, str]]:
        things_a, things_b = self.a.things[kind], self.b.things[kind]
        if self.years and kind in _BY_HANDLE:
            first_a = self._first(things_a, things_a, self._key_a)
            first_b = self._first(things_b, things_b, self.b.key)
            yield from ((first_a[name], first_b[name]) for name in first_a if name in first_b)
            return
        yield from ((key, key) for key in things_a if key in things_b)
        left_a = {key for key in things_a if key not in things_b}
        left_b = {key for key in things_b if key not in things_a}
        for one, other in self._told_alike(left_a, left_b):
            left_a.remove(one)
            left_b.remove(other)
            yield one, other
        if not self.years:
            yield from self._alone_alike(kind, left_a, left_b)

    def _handles(
        self, keys: Iterable[str], things: Mapping[str, Thing], key: Callable[[str], str]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        return ((handle(things[name], key), name) for name in sorted(keys))

    def _first(
        self, keys: Iterable[str], things: Mapping[str, Thing], key: Callable[[str], str]
    ) -> dict[tuple[str, ...], str]:
        """Each handle with the first key that has it."""
        first: dict[tuple[str, ...], str] = {}
        for name, own in self._handles(keys, things, key):
            first.setdefault(name, own)
        return first

    def _told_alike(self, left_a: set[str], left_b: set[str]) -> list[tuple[str, str]]:
        """Pairs with a telling in common, those with most in common first, each thing once."""
        shared: Counter[tuple[str, str]] = Counter()
        for key in left_a:
            for telling in self.a.told.get(key, ()):
                other = self.b.tells.get(telling, "")
                if other in left_b:
                    shared[key, other] += 1
        chosen: dict[str, str] = {}
        taken: set[str] = set()
        for (one, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if one not in chosen and other not in taken:
                chosen[one] = other
                taken.add(other)
        return sorted(chosen.items())

    def _alone_alike(self, kind: FactKind, left_a: set[str], left_b: set[str]) -> Iterator[tuple[str, str]]:
        """Pairs of things that are the only ones left on their side with their handle."""
        named: dict[tuple[str, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for name, key in self._handles(left_a, self.a.things[kind], self._key_a):
            named[name][0].append(key)
        for name, key in self._handles(left_b, self.b.things[kind], self.b.key):
            named[name][1].append(key)
        yield from ((one[0], other[0]) for one, other in named.values() if len(one) == len(other) == 1)

    def changes(self, kind: FactKind) -> Iterator[Change]:
        """The changes of a kind, in no order."""
        pairs = self.pairs[kind]
        things_a, things_b = self.a.things[kind], self.b.things[kind]
        for one, other in pairs.items():
            fields = tuple(self._fields(kind, one, other))
            if fields:
                name = name_of(things_b[other], self._name_b)
                yield Change(kind, "changed", self._iri_b(other), name, fields, *self._quotes(one, other))
        alone_a, alone_b = self._alone(kind)
        for key in alone_a:
            related = self._tell(self.a.told.get(key, frozenset()), self.b.tells)
            name = name_of(things_a[key], self._name_a)
            yield Change(kind, "gone", self._iri_a(key), name, (), self.a.quotes.get(key, ())[:_QUOTES], (), related)
        for key in alone_b:
            related = self._tell(self.b.told.get(key, frozenset()), self.a.tells)
            name = name_of(things_b[key], self._name_b)
            yield Change(kind, "added", self._iri_b(key), name, (), (), self.b.quotes.get(key, ())[:_QUOTES], related)

    def _tell(self, told: frozenset[str], tells: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(sorted({tells[telling] for telling in told if telling in tells}))

    def _alone(self, kind: FactKind) -> tuple[list[str], list[str]]:
        """The keys that have no counterpart and should have one."""
        things_a, things_b = self.a.things[kind], self.b.things[kind]
        paired = set(self.pairs[kind].values())
        alone_a = [key for key in things_a if key not in self.pairs[kind]]
        alone_b = [key for key in things_b if key not in paired]
        if not self.years or kind not in _BY_HANDLE:
            return alone_a, alone_b
        if kind is FactKind.TIE:
            both = {handle(things_a[key], self._key_a) for key in self.pairs[kind]}
            first_a = self._first(alone_a, things_a, self._key_a)
            first_b = self._first(alone_b, things_b, self.b.key)
            return _without(first_a, both), _without(first_b, both)
        # A cell is missing where the other edition prints its table for that period; prose leaves out what it likes.
        columns_a, columns_b = _columns(things_a.values()), _columns(things_b.values())
        shared = columns_a & columns_b
        return (
            [key for key in alone_a if _columns([things_a[key]]) & shared],
            [key for key in alone_b if _columns([things_b[key]]) & shared],
        )

    def _fields(self, kind: FactKind, one: str, other: str) -> Iterator[FieldChange]:
        old = fields_of(self.a.things[kind][one], self._key_a, self._name_a, years=self.years)
        new = fields_of(self.b.things[kind][other], self.b.key, self._name_b, years=self.years)
        identity = self._iri_a(one), self._iri_b(other)
        if identity[0] != identity[1] and not (self.years and kind in _BY_HANDLE):
            yield FieldChange("key", *identity)
        for field in dict.fromkeys((*old, *new)):
            before, after = old.get(field, ()), new.get(field, ())
            if {atom for atom, _ in before} != {atom for atom, _ in after}:
                yield FieldChange(field, *_shown(before, after))
        # How often a body is named is no value of it.
        told_a, told_b = len(self.a.told.get(one, ())), len(self.b.told.get(other, ()))
        if told_a != told_b and not self.years and kind not in (FactKind.AGENCY, FactKind.OBSERVATION):
            yield FieldChange("tellings", str(told_a), str(told_b))

    def _quotes(self, one: str, other: str) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
        quotes_a, quotes_b = self.a.quotes.get(one, ()), self.b.quotes.get(other, ())
        return _most_telling(quotes_a, quotes_b), _most_telling(quotes_b, quotes_a)


def _without(first: Mapping[tuple[str, ...], str], both: set[tuple[str, ...]]) -> list[str]:
    return [key for name, key in first.items() if name not in both]


def _columns(things: Iterable[Thing]) -> set[tuple[str, str]]:
    return {(cell.dataset, cell.period) for cell in things if isinstance(cell, Observation)}


def _shown(before: tuple[Atom, ...], after: tuple[Atom, ...]) -> tuple[str, str]:
    """The values as people read them; of two bodies with one name the keys stand beside the names."""
    old, new = ("|".join(name for _, name in atoms) for atoms in (before, after))
    if old == new:
        old, new = ("|".join(f"{name} <{key}>" for key, name in atoms) for atoms in (before, after))
    return old, new


def _most_telling(own: tuple[Quote, ...], others: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """At most three quotes: of the words that the other side does not have, or of all where it has them all."""
    known = {(quote.source, quote.words) for quote in others}
    return (tuple(quote for quote in own if (quote.source, quote.words) not in known) or own)[:_QUOTES]
