"""Who signed a document together: the bodies behind 双方 and 三方, and the partner of each of several titles."""

from __future__ import annotations

import re

from kg.extract.clauses import actors_between, unique
from kg.extract.mentions import Mentions
from kg.extract.policy_verbs import Verb
from kg.model import Actor

__all__ = ["both_parties", "own_partner"]

_BOTH = re.compile(r"(?P<size>[双三四])方(?:共同|正式|现场|还|当场|联合)?\Z")


def both_parties(mentions: Mentions, verb: Verb) -> tuple[Actor, ...]:
    """The bodies that 双方 or 三方 stands for: those named before it, or all but the reporting body."""
    both = _BOTH.search(mentions.text, max(0, verb.start - 8), verb.start)
    if both is None:
        return ()
    size = "双三四".index(both["size"]) + 2
    named = unique(actors_between(mentions, 0, verb.start))
    if len(named) == size - 1 and all(actor.name != mentions.context.self_.name for actor in named):
        named = (mentions.context.self_, *named)
    return named if len(named) == size else ()


def own_partner(
    mentions: Mentions, span: tuple[int, int], place: tuple[int, int], parties: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """分别与甲、乙签署《A》《B》: each title has a partner of its own. `span` reaches from the clause's begin to the
    title, `place` says which of how many titles it is."""
    own = mentions.context.self_
    others = [actor for actor in parties if actor.name != own.name]
    if len(others) == place[1] + 1:
        own, others = others[0], others[1:]
    apart = "分别" in mentions.text[slice(*span)]
    return (own, others[place[0]]) if apart and 1 < place[1] == len(others) else parties
