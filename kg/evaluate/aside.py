"""The third of a gold standard that is kept aside while rules are written, so that it can be scored by itself.

A fact is in the third by its own words alone (SHA-256 of kind, name and value): no list of records has to be kept, and
a fact stays on its side when others are added or its line moves.
"""

from __future__ import annotations

import hashlib

from kg.evaluate.names import Row, even

__all__ = ["is_aside"]

_FIELDS = ("name", "title", "value")


def is_aside(kind: str, row: Row) -> bool:
    """True when a gold record (or a row that matches none) belongs to the third; the two ends of a tie may change
    places."""
    words = [even(row.get(field)) for field in _FIELDS]
    ends = sorted(even(row.get(field)) for field in ("a", "b"))
    told = "\x1f".join((kind, *words, *ends))
    return hashlib.sha256(told.encode()).digest()[0] % 3 == 0
