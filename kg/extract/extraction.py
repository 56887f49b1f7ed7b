"""The facts of a report from all finders, in the order of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.extract.annotate import annotate
from kg.extract.cases import bodies_of_titles, cases_of_tables, find_cases
from kg.extract.entities import agencies_of_cases, agencies_of_facts, complete_people, find_agencies, find_people
from kg.extract.events import EventFinder
from kg.extract.gatherings import find_gatherings
from kg.extract.indicators import find_indicators
from kg.extract.mentions import Mentions
from kg.extract.nobody import without_nobody
from kg.extract.offices import Offices
from kg.extract.policies import DocumentFinder
from kg.extract.stated_ties import stated_ties
from kg.extract.statistics import extract_observations
from kg.extract.table_reading import readings_of
from kg.extract.ties import find_ties
from kg.lexicon import Lexicon
from kg.model import CaseFact, Fact, Issue, Passage, Report, passage_of
from kg.model.frozen import Frozen

__all__ = ["Extraction", "extract"]


#: A sentence with fewer characters tells no fact; many of them are stray signs.
_SHORTEST = 4


class Extraction(Frozen):
    """The facts of one report in the order of its text, and what was doubtful in it."""

    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...] = ()


def extract(report: Report, lexicon: Lexicon) -> Extraction:
    """All facts of a report."""
    read = [m for m in annotate(report, lexicon) if len(m.sentence.text) >= _SHORTEST]
    passages = [passage_of(report, m.sentence) for m in read]
    facts = list(chain.from_iterable(_told(report, read, passages, lexicon)))
    bodies = bodies_of_titles(report.source.publisher, lexicon)
    facts.extend(cases_of_tables(report, lexicon, bodies, read))
    facts.extend(agencies_of_cases([f for f in facts if isinstance(f, CaseFact)], bodies, lexicon))
    facts = complete_people(facts)
    tables = readings_of(report, lexicon)
    by_index = {m.sentence.index: passage for m, passage in zip(read, passages, strict=True)}
    signs = {m.sentence.index: m.signs for m in read}
    facts.extend(find_indicators(report, lexicon, tables, by_index, signs))
    observations, issues = extract_observations(report, lexicon, tables)
    facts.extend(observations)
    return Extraction(tuple(facts), (*report.issues, *issues))


def _told(
    report: Report, read: Sequence[Mentions], passages: Sequence[Passage], lexicon: Lexicon
) -> Iterator[list[Fact]]:
    """What each sentence tells, in order. One finder goes over all sentences before the next: taking turns costs more,
    the processor's caches then hold the patterns and tables of none."""
    offices = Offices(lexicon)
    events, documents = EventFinder(offices), DocumentFinder(lexicon)
    every = list(zip(read, passages, strict=True))
    happened = events.told(every, find_gatherings(every, offices))
    titled = documents.find_documents(every)
    told = [[*here.events, *here.agreements, *docs] for here, docs in zip(happened, titled, strict=True)]
    told = [facts if m.context.self_.name else without_nobody(facts) for m, facts in zip(read, told, strict=True)]
    stated = stated_ties(read, [here.topic for here in happened], offices)
    ties = [
        find_ties(*of, facts, said, offices, here.met) if facts or said else ()
        for of, facts, said, here in zip(every, told, stated, happened, strict=True)
    ]
    cases = [find_cases(*of) for of in every]
    people = [tuple(find_people(*of)) if of[0].people else () for of in every]
    agencies = [tuple(find_agencies(*of)) if of[0].orgs else () for of in every]
    for first, tied, chosen, posts, bodies in zip(told, ties, cases, people, agencies, strict=True):
        facts = [*first, *tied, *posts]
        more = agencies_of_facts(facts, bodies, lexicon) if facts else ()
        yield [*first, *tied, *chosen, *posts, *bodies, *more]
