"""Typical cases and selections of a report: in prose, in tables and in lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kg.extract import case_lists, case_tables
from kg.extract.case_selections import find_cases
from kg.lexicon import Lexicon
from kg.model import CaseFact, Report

__all__ = ["cases_of_tables", "find_cases"]


def cases_of_tables(report: Report, lexicon: Lexicon) -> Iterator[CaseFact]:
    """The cases for which more than one sentence has to be read: those of tables, then those of lists."""
    return chain(case_tables.cases_of_tables(report, lexicon), case_lists.cases_of_lists(report, lexicon))
