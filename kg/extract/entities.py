"""Agencies and people as facts: who is named in a sentence, and in which post."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions import Mentions
from kg.model import AgencyFact, Passage, PersonFact

__all__ = ["find_agencies", "find_people"]


def find_agencies(mentions: Mentions, passage: Passage) -> Iterator[AgencyFact]:
    """The single bodies that a sentence names, each once."""
    seen: set[str] = set()
    for org in mentions.orgs:
        if org.actor.name in seen or org.actor.implied:
            continue
        seen.add(org.actor.name)
        yield AgencyFact(
            passage=passage, rule="agency.gazetteer" if org.entry else "agency.ending",
            confidence=1.0 if org.entry else 0.8, name=org.actor.name, surface=org.surface, agency_kind=org.kind,
            aliases=() if org.entry else org.aliases, country=org.country, region=org.region,
        )


def find_people(mentions: Mentions, passage: Passage) -> Iterator[PersonFact]:
    """A fact for each post that a sentence gives a person."""
    seen: set[tuple[str, str]] = set()
    for person in mentions.people:
        for title in person.titles:
            if (person.name, title) not in seen:
                seen.add((person.name, title))
                yield PersonFact(
                    passage=passage, rule="person.post" if person.stated else "person.post-implied",
                    confidence=0.95 if person.stated else 0.8, stated=person.stated, name=person.name, title=title,
                    organisation=person.organisation, country=person.country,
                )
