"""Things and words of a graph by their names: what is called so, and what is nearest when nothing is.

Names are compared without width, case, white space, title marks and the dot of foreign names. Nothing is guessed:
an unknown name is a ConfigError that gives the nearest known ones, a name of several things one that lists them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.resources import resource
from kg.store.graph import select

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["EntityKind", "Named", "Names", "folded", "nearest_of", "unknown"]

_IGNORED = re.compile(r"[\s《》·•・]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NEAR = 5
#: What is less like the name than this is no help.
_LIKE = 0.34


class EntityKind(StrEnum):
    """Kinds of things that have names."""

    PLACE = "place"
    AGENCY = "agency"
    PERSON = "person"
    EVENT = "event"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    CASE = "case"
    INDICATOR = "indicator"
    DATASET = "dataset"
    SOURCE = "source"


class Named(Frozen, order=True):
    """A thing with its kind and the name by which it was found."""

    kind: EntityKind
    name: str
    iri: str

    @property
    def key(self) -> str:
        """The short form of its IRI, by which it can be asked for."""
        return self.iri.partition("/id/")[2] or self.iri.partition("/data/")[2] or self.iri


def folded(name: str) -> str:
    """A name as it is compared: full and half width, case, spaces, title marks and dots do not count."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _likeness(name: str, other: str) -> float:
    """0 to 1: the larger of the share of common pairs of characters (Dice) and of matching blocks (difflib)."""
    ours, theirs = _pairs(name), _pairs(other)
    dice = 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    if matcher.real_quick_ratio() > dice and matcher.quick_ratio() > dice:
        return max(dice, matcher.ratio())
    return dice


def nearest_of(text: str, names: Iterable[str], n: int = _NEAR) -> tuple[str, ...]:
    """The `n` names most like a text, best first; a name that holds all of it is like it, however long.

    Half of such a word as 法国 is like too many names: names of one character are not near.
    """
    asked, scored = folded(text), []
    for name in sorted(set(names)):
        known = folded(name)
        score = max(_likeness(asked, known), 0.5 if asked and asked in known else 0.0)
        if score >= _LIKE and (len(known) > 1 or known == asked):
            scored.append((-score, len(name), name))
    return tuple(name for _, _, name in sorted(scored)[:n])


def unknown(what: str, text: str, near: Sequence[str]) -> ConfigError:
    """The error for a name that is not known, with the nearest ones."""
    hint = f"nearest: {', '.join(near)}" if near else "nothing like it is in this graph"
    return ConfigError(f"{what} {text!r}: not known; {hint}")


@lru_cache(maxsize=2)
def _text(name: str) -> str:
    return resource("queries", "show", f"{name}.rq").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _other_codes() -> dict[str, tuple[str, ...]]:
    """The other codes of countries, by the one that the graph has (FRA by FR)."""
    with resource("data", "country_codes.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: tuple(row["also"].split("|")) for row in csv.DictReader(stream)}


class Names:
    """All names of a store, read when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index: dict[str, dict[int, set[Named]]] = {}
        self._things: dict[str, set[Named]] = {}
        self._words: dict[str, set[str]] = {}

    def _load(self) -> None:
        if self._index:
            return
        for iri, kind, name, rank in select(self._store, _text("names")).values():
            named = Named(EntityKind(str(kind)), str(name), str(iri))
            self._add(named, int(str(rank)))
            if rank == 0:
                self._things.setdefault(named.iri, set()).add(named)
            elif named.kind is EntityKind.PLACE:
                for code in _other_codes().get(named.name, ()):
                    self._add(Named(named.kind, code, named.iri), 1)

    def _add(self, named: Named, rank: int) -> None:
        self._index.setdefault(folded(named.name), {}).setdefault(rank, set()).add(named)

    def labels(self, kinds: Sequence[EntityKind] = tuple(EntityKind)) -> tuple[Named, ...]:
        """All names of things of these kinds, sorted."""
        self._load()
        found = {n for ranks in self._index.values() for names in ranks.values() for n in names}
        return tuple(sorted(n for n in found if n.kind in kinds))

    def words(self, kind: str) -> tuple[str, ...]:
        """The names of what is asked for by words (measure, breakdown, table, indicator, series), sorted."""
        if not self._words:
            for known, name in select(self._store, _text("words")).values():
                self._words.setdefault(str(known), set()).add(str(name))
        return tuple(sorted(self._words.get(kind, ())))

    def matches(self, text: str, kinds: Sequence[EntityKind] = tuple(EntityKind)) -> tuple[Named, ...]:
        """The things of these kinds that are called so: by an IRI or key, else by label, else by alias or code."""
        self._load()
        wanted = set(kinds)
        if "/" in text or ":" in text:
            key = text.removeprefix("id:").removeprefix("data:")
            found = {
                Named(named.kind, text, iri)
                for iri, known in self._things.items()
                for named in known
                if named.kind in wanted and key in (iri, named.key)
            }
            if found:
                return tuple(sorted(found))
        for rank in (0, 1):
            called = self._index.get(folded(text), {}).get(rank, set())
            found = {named for named in called if named.kind in wanted}
            if found:
                return tuple(sorted(found))
        return ()

    def holding(self, text: str, kinds: Sequence[EntityKind]) -> tuple[Named, ...]:
        """As `matches`; when nothing is called so, the things whose names have these words in them."""
        found = self.matches(text, kinds)
        words = folded(text)
        return found or (tuple(n for n in self.labels(kinds) if words in folded(n.name)) if words else ())

    def require(self, text: str, kinds: Sequence[EntityKind] = tuple(EntityKind)) -> tuple[Named, ...]:
        """As `matches`, at least one; ConfigError with the nearest known names when there is none."""
        found = self.matches(text, kinds)
        if not found:
            what = "name" if len(kinds) == len(EntityKind) else " or ".join(kinds)
            raise unknown(what, text, self.nearest(text, kinds))
        return found

    def nearest(self, text: str, kinds: Sequence[EntityKind], n: int = _NEAR) -> tuple[str, ...]:
        """The known names most like this one, one for each thing."""
        by_name = {named.name: named.iri for named in self.labels(kinds)}
        near: dict[str, str] = {}
        for name in nearest_of(text, by_name, n=4 * n):
            near.setdefault(by_name[name], name)
        return tuple(near.values())[:n]

    def one(self, text: str, kinds: Sequence[EntityKind] = tuple(EntityKind)) -> Named:
        """The one thing called so; ConfigError when there is none or more than one."""
        found = self.require(text, kinds)
        things = {named.iri: named for named in found}
        if len(things) > 1:
            listed = ", ".join(f"{n.key} ({n.kind} {self._label(n)})" for n in found[:12])
            raise ConfigError(f"name {text!r}: {len(things)} things are called so; expected one of {listed}")
        return found[0]

    def _label(self, named: Named) -> str:
        names = sorted(known.name for known in self._things.get(named.iri, ()))
        return next((name for name in names if _HAN.search(name)), named.name)
