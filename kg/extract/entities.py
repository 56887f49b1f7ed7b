"""Agencies and people as facts: who is named in a sentence, and in which post."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from kg.extract.boundaries import boundary_between
from kg.extract.case_tables import Bodies
from kg.extract.mentions import Mentions, OrgHit
from kg.extract.signs import TREATY
from kg.lexicon import EntryType, Lexicon
from kg.model import (
    Actor,
    ActorKind,
    AgencyFact,
    AgencyKind,
    AgreementFact,
    CaseFact,
    DocumentFact,
    Fact,
    Passage,
    PersonFact,
    TieFact,
)

__all__ = ["agencies_of_cases", "agencies_of_facts", "complete_people", "find_agencies", "find_people"]

# Asked for time and again: a member costs many times what a name of the module does.
_AGENCY = ActorKind.AGENCY


_TEXT = re.compile(
    r"(?:\d{4}年)?[\u4e00-\u9fff]{0,12}?(?:公约|条约|宪章|议定书|规约|可持续发展议程|发展议程)"
    r"|(?:[一二三四五六七八九十]{1,3}届)?[一二三四五六七八九十]{1,2}[次中]全会"
)


def find_agencies(mentions: Mentions, passage: Passage) -> Iterator[AgencyFact]:
    """The single bodies that a sentence names, each once."""
    seen: set[str] = set()
    for org in mentions.orgs:
        if org.actor.name in seen or org.actor.implied or _only_in_title(mentions, org):
            continue
        if mentions.signs & TREATY and _in_name_of_text(mentions.text, org):
            continue
        seen.add(org.actor.name)
        yield _told(org, passage)


def _told(org: OrgHit, passage: Passage) -> AgencyFact:
    return AgencyFact(
        passage=passage,
        rule="agency.gazetteer" if org.entry else "agency.ending",
        confidence=1.0 if org.entry else 0.8,
        name=org.actor.name,
        surface=org.surface,
        agency_kind=org.kind,
        aliases=() if org.entry else org.aliases,
        country=org.country,
        region=org.region,
    )


def find_people(mentions: Mentions, passage: Passage) -> Iterator[PersonFact]:
    """A fact for each post that a sentence gives a person."""
    seen: set[tuple[str, str]] = set()
    for person in mentions.people:
        posts = [(title, person.organisation, person.country) for title in person.titles]
        for title, organisation, country in (*person.more, *posts):
            if (person.name, title) not in seen:
                seen.add((person.name, title))
                yield PersonFact(
                    passage=passage,
                    rule="person.post" if person.stated else "person.post-implied",
                    confidence=0.95 if person.stated else 0.8,
                    stated=person.stated,
                    name=person.name,
                    title=title,
                    organisation=organisation,
                    country=country,
                )


def _in_name_of_text(text: str, org: OrgHit) -> bool:
    """True for a body in the name of a treaty, an agenda or a party session: 联合国气候变化框架公约."""
    match = _TEXT.match(text, org.end)
    return match is not None and not boundary_between(text, org.end, match.end())


def _only_in_title(mentions: Mentions, org: OrgHit) -> bool:
    """True for a body named in the title of a document; the parties of a titled agreement count."""
    title = next((t for t in mentions.titles if t.start < org.start < t.end), None) if mentions.titles else None
    return title is not None and sum(title.start < o.start < title.end for o in mentions.orgs) < 2


def agencies_of_facts(facts: Sequence[Fact], known: Sequence[AgencyFact], lexicon: Lexicon) -> Iterator[AgencyFact]:
    """The bodies that issue documents of a sentence, sign or have people in it, and that `find_agencies` did not
    name."""
    seen = {name for fact in known for name in (fact.name, fact.surface)}
    for fact in facts:
        for actor in _actors_of(fact):
            if actor.kind is not _AGENCY or actor.implied or actor.name in seen:
                continue
            seen.add(actor.name)
            yield AgencyFact(
                passage=fact.passage,
                rule="agency.actor",
                confidence=0.8,
                name=actor.name,
                surface=_surface(actor.name, fact.passage.quote),
                agency_kind=_kind(actor.name, lexicon),
                region=actor.region,
                stated=fact.stated,
            )


def _actors_of(fact: Fact) -> tuple[Actor, ...]:
    if fact.rule == "tie.met-in-group":  # 中国—东盟…会议 names the group in its name
        quote = fact.passage.quote
        return tuple(actor for actor in _ACTORS[TieFact](fact) if actor.name in quote)
    tell = _ACTORS.get(type(fact)) if type(fact) is not TieFact else None
    return tell(fact) if tell else ()


def _of_person(fact: PersonFact) -> tuple[Actor, ...]:
    return (fact.organisation,) if fact.organisation else ()


#: The actors of each class of facts. To ask a fact for its class by `match` takes as long as the rest.
_ACTORS: Mapping[type[Fact], Callable[[Any], tuple[Actor, ...]]] = {
    DocumentFact: attrgetter("issuers"),
    AgreementFact: attrgetter("parties"),
    PersonFact: _of_person,
    TieFact: attrgetter("a", "b"),
}


def _surface(name: str, quote: str) -> str:
    """How a sentence names a body: by its name, or by the unit alone (法规司 for 某部法规司)."""
    return next((name[at:] for at in range(len(name) - 2) if name[at:] in quote), name)


def _kind(name: str, lexicon: Lexicon) -> AgencyKind:
    """The kind of a body by the gazetteer, else by how its name ends."""
    entry = lexicon.get(name)
    if entry is not None and entry.type is EntryType.AGENCY:
        return AgencyKind(entry.kind)
    ending = next((s for s in lexicon.suffixes if name.endswith(s.suffix)), None)
    return ending.kind if ending else AgencyKind.OTHER


def agencies_of_cases(cases: Sequence[CaseFact], bodies: Bodies, lexicon: Lexicon) -> Iterator[AgencyFact]:
    """The bodies that stand behind typical cases, and those that titles in a table name: no sentence tells of them."""
    for case in cases:
        named = {org.actor.name: org for org in bodies(case.title)} if case.rule == "case.table" else {}
        told = named.pop(case.organisation, None)
        if case.organisation:
            yield AgencyFact(
                passage=case.passage,
                rule="agency.case",
                confidence=0.8,
                name=case.organisation,
                surface=case.organisation,
                agency_kind=told.kind if told else _kind(case.organisation, lexicon),
                country=told.country if told else "",
                region=case.region,
            )
        for org in named.values():
            if org.actor.name not in case.organisation and not _in_name_of_text(case.title, org):
                yield _told(org, case.passage)


def complete_people(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with a bare post (主席) put to the fuller one that the same document gives the person (国家主席), and
    a short one of a body to the full one (大使, 驻华大使)."""
    # Each post of a person once: a long document tells it a thousand times.
    full: dict[str, dict[tuple[str, Actor | None, str], PersonFact]] = {}
    for fact in facts:
        if type(fact) is PersonFact and (fact.organisation or fact.country):
            full.setdefault(fact.name, {}).setdefault((fact.title, fact.organisation, fact.country), fact)

    out = list(facts)
    for n, fact in enumerate(facts):
        if type(fact) is not PersonFact:
            continue
        same = next((f for f in full.get(fact.name, {}).values() if _fuller(f, fact)), None)
        if same is not None:
            out[n] = replace(
                fact,
                title=same.title,
                organisation=same.organisation,
                country=same.country,
                stated=False,
                rule="person.post-completed",
            )
    return out


#: Words that make another post of a post: 副局长, 原局长, 候任总干事.
_OTHER_POST = ("副", "原", "前", "代", "代理", "候任", "名誉", "荣誉", "助理", "兼职", "首席", "总", "当选")


def _fuller(full: PersonFact, bare: PersonFact) -> bool:
    """True when `full` tells the post of `bare` with more words."""
    if not full.title.endswith(bare.title):
        return False
    if not (bare.organisation or bare.country):
        return True
    more = full.title[: -len(bare.title)]
    same = full.organisation == bare.organisation and full.country == bare.country
    return bool(more) and same and not more.endswith(_OTHER_POST)
