"""Typical cases and selections of a report: in prose, in tables and in lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.extract import case_lists, case_tables
from kg.extract.annotate import annotate
from kg.extract.case_selections import find_cases
from kg.extract.case_tables import Bodies, bodies_of_titles
from kg.extract.mentions import Mentions
from kg.lexicon import Lexicon
from kg.model import CaseFact, Report

__all__ = ["bodies_of_titles", "cases_of_tables", "find_cases"]


def cases_of_tables(
    report: Report, lexicon: Lexicon, bodies: Bodies | None = None, read: Sequence[Mentions] | None = None
) -> Iterator[CaseFact]:
    """The cases for which more than one sentence has to be read: those of tables, then those of lists. A caller that
    has them already gives the `bodies` of titles and the sentences as `read`."""
    bodies = bodies or bodies_of_titles(report.source.publisher, lexicon)
    by_index = {m.sentence.index: m for m in (annotate(report, lexicon) if read is None else read)}
    return chain(
        case_tables.cases_of_tables(report, lexicon, bodies), case_lists.cases_of_lists(report, lexicon, by_index)
    )
