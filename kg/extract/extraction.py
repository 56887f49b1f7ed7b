"""The facts of a report from all finders, in the order of its text."""

from __future__ import annotations

from functools import partial

from kg.extract.agreements import find_agreements, minutes_of_meetings
from kg.extract.annotate import annotate
from kg.extract.cases import cases_of_tables, find_cases
from kg.extract.entities import agencies_of_cases, agencies_of_facts, complete_people, find_agencies, find_people
from kg.extract.events import EventFinder
from kg.extract.indicators import find_indicators
from kg.extract.offices import Offices
from kg.extract.policies import DocumentFinder
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
    facts: list[Fact] = []
    passages: dict[int, Passage] = {}
    offices = Offices(lexicon)
    events, documents = EventFinder(offices), DocumentFinder(report, lexicon)
    for mentions in annotate(report, lexicon):
        if len(mentions.sentence.text) < _SHORTEST:
            continue
        passage = passages[mentions.sentence.index] = passage_of(report, mentions.sentence)
        agreements = (
            ()
            if mentions.sentence.caption
            else tuple(find_agreements(mentions, passage, offices, partial(events.met, mentions)))
        )
        met = events.met(mentions) if "双方" in mentions.text else ()
        happened = events.find(mentions, passage, agreements)
        told: list[Fact] = [
            *happened,
            *minutes_of_meetings(mentions, agreements, happened, offices),
            *documents.find_documents(mentions, passage),
        ]
        facts.extend(told)
        ties = tuple(find_ties(mentions, passage, told, offices, events.topic, met))
        facts.extend(ties)
        facts.extend(find_cases(mentions, passage))
        people = tuple(find_people(mentions, passage))
        facts.extend(people)
        agencies = tuple(find_agencies(mentions, passage))
        facts.extend(agencies)
        facts.extend(agencies_of_facts([*told, *ties, *people], agencies, lexicon))
    facts.extend(cases_of_tables(report, lexicon))
    facts.extend(agencies_of_cases([f for f in facts if isinstance(f, CaseFact)], report.source.publisher, lexicon))
    facts = complete_people(facts)
    tables = readings_of(report, lexicon)
    facts.extend(find_indicators(report, lexicon, tables, passages))
    observations, issues = extract_observations(report, lexicon, tables)
    facts.extend(observations)
    return Extraction(tuple(facts), (*report.issues, *issues))
