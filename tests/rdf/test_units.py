"""Links of units to QUDT."""

from __future__ import annotations

import csv
import re

from kg.rdf.units import qudt_units
from kg.resources import resource


def test_a_unit_has_one_name_in_qudt() -> None:
    units = qudt_units()
    assert (units["个月"], units["%"]) == ("MO", "PERCENT")
    assert not {"元", "件"} & set(units)
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9-]*", name) for name in units.values())


def test_only_units_that_the_rules_know_are_linked() -> None:
    with resource("data", "units.csv").open(encoding="utf-8", newline="") as file:
        known = {row["unit"] for row in csv.DictReader(file)}
    assert set(qudt_units()) <= known
