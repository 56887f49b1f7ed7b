"""Facts of a report whose publisher acts in none of them: whoever the sentence leaves out stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from kg.model import Actor, AgreementFact, DocumentFact, EventFact, Fact

__all__ = ["without_nobody"]


def without_nobody(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the actors that have a name."""
    return [_named(fact) for fact in facts]


def _named(fact: Fact) -> Fact:
    if isinstance(fact, EventFact):
        return replace(fact, hosts=_who(fact.hosts), participants=_who(fact.participants))
    if isinstance(fact, AgreementFact):
        return replace(fact, parties=_who(fact.parties))
    return replace(fact, issuers=_who(fact.issuers)) if isinstance(fact, DocumentFact) else fact


def _who(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(actor for actor in actors if actor.name)
