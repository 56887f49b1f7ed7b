"""All checks in one place: which kind is found by what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from kg.check.evidence import Evidence
from kg.check.findings import Finding, Kind
from kg.check.lookup import Tables
from kg.check.namesakes import namesakes
from kg.check.parts import parts
from kg.check.prose import prose_prose, prose_table
from kg.check.rates import growth, shares
from kg.check.tables import editions, table_sums
from kg.check.tellings import tellings, visits

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["check"]


def check(store: Store, kinds: Collection[Kind] = ()) -> tuple[Finding, ...]:
    """All findings of these kinds (none: of all), each once, the gravest first, then by kind and place."""
    evidence = Evidence(store)
    tables = Tables(evidence)
    found: dict[tuple[object, ...], Finding] = {}
    for kind, run in _CHECKS:
        if not kinds or kind in kinds:
            found.update((finding.order, finding) for finding in run(evidence, tables))
    return tuple(found[order] for order in sorted(found))


_Check = Callable[[Evidence, Tables], Iterator[Finding]]
_CHECKS: tuple[tuple[Kind, _Check], ...] = (
    (Kind.TABLE_SUM, lambda evidence, _: table_sums(evidence)),
    (Kind.EDITION, lambda evidence, _: editions(evidence)),
    (Kind.PROSE_PROSE, lambda evidence, _: prose_prose(evidence)),
    (Kind.PROSE_TABLE, prose_table),
    (Kind.GROWTH, growth),
    (Kind.SHARE, shares),
    (Kind.PARTS, lambda evidence, _: parts(evidence)),
    (Kind.TELLING, lambda evidence, _: tellings(evidence)),
    (Kind.TELLING, lambda evidence, _: visits(evidence)),
    (Kind.TELLING, lambda evidence, _: namesakes(evidence)),
)
