"""Names that are known beforehand: places, bodies, row labels of tables, and how names of bodies are built.

    lexicon = load_lexicon()
    lexicon.get("国知局").key                         -> agency/st3-CN
    lexicon.place("内蒙古").zh                        -> 内蒙古自治区
    [hit.surface for hit in lexicon.find(text)]       -> leftmost-longest, non-overlapping
    lexicon.expand_short("中美欧日韩")                 -> five entries

The data are the CSV files of data/ (see data/README.md). A malformed file raises kg.errors.ConfigError.
"""

from __future__ import annotations

import functools

from kg.lexicon.automaton import Automaton, Bits
from kg.lexicon.lookup import Lexicon, normal_name
from kg.lexicon.tables import Tables, read_tables
from kg.lexicon.values import Entry, EntryType, Hit, RelativeBody, Suffix
from kg.resources import resource

__all__ = [
    "Automaton",
    "Bits",
    "Entry",
    "EntryType",
    "Hit",
    "Lexicon",
    "RelativeBody",
    "Suffix",
    "Tables",
    "load_lexicon",
    "normal_name",
    "read_tables",
]


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the gazetteers of zhitu, read once. Raises ConfigError for a malformed file."""
    return Lexicon(read_tables(resource("data")))
