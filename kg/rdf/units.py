"""Units that the QUDT vocabulary has under a name of its own: data/qudt_units.csv."""

from __future__ import annotations

import csv
import functools

from kg.resources import resource

__all__ = ["qudt_units"]


@functools.cache
def qudt_units() -> dict[str, str]:
    """The local name in QUDT's unit vocabulary of each printed unit that it has; money and counted things are left
    out, since QUDT has no one IRI for them."""
    with resource("data", "qudt_units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row["qudt"] for row in csv.DictReader(file)}
