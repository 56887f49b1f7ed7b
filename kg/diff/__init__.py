"""What differs between two builds, or between what two reports say."""

from kg.diff.compare import Change, Count, Diff, FieldChange, compare
from kg.diff.sides import Quote, Side, find_side, read_resolution, side_of_build, side_of_source

__all__ = [
    "Change",
    "Count",
    "Diff",
    "FieldChange",
    "Quote",
    "Side",
    "compare",
    "find_side",
    "read_resolution",
    "side_of_build",
    "side_of_source",
]
