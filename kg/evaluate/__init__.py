"""How good a build is against a gold standard: precision, recall, F1, duplicates, attributes, quotes, per kind.

    evaluate(read_gold(folder), tables, ranges)    -> {kind: Score}

`names` compares names, `matching` one gold record with one row, `fields` the attributes of a match, `gold` reads the
standard, `score` puts it together, `report` words it, `quality` puts it into a build. What counts as a fact of each kind stands in the guide that
comes with the gold.
"""

from __future__ import annotations

from kg.evaluate.gold import Gold, Rows, of_document, parse_ranges, read_gold, read_tables
from kg.evaluate.quality import quality_lines, to_turtle, write_quality
from kg.evaluate.report import to_json, to_lines
from kg.evaluate.score import KINDS, Score, evaluate

__all__ = [
    "KINDS",
    "Gold",
    "Rows",
    "Score",
    "evaluate",
    "of_document",
    "parse_ranges",
    "quality_lines",
    "read_gold",
    "read_tables",
    "to_json",
    "to_lines",
    "to_turtle",
    "write_quality",
]
