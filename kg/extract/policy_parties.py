"""Who signed a document together: the bodies behind 双方 and 三方, and the partner of each of several titles."""

from __future__ import annotations

import re

from kg.extract.clauses import actors_between, clauses, unique
from kg.extract.mentions import Mentions
from kg.extract.policy_actors import issuers_of
from kg.extract.policy_verbs import Verb
from kg.model import Actor, ActorKind, PlaceKind

__all__ = ["both_parties", "own_partner", "signing_states"]

_BOTH = re.compile(
    r"(?:(?P<size>[双三四])方|(?P<count>[两三四五])(?:家(?:单位)?|[院部局署厅地省市校]|个?部门|单位|机关)(?:会上)?)"
    r"(?:还|又|遂|随后|随即)?(?:共同|正式|现场|当场|联合)?\Z"
)
_STATES = (PlaceKind.COUNTRY, PlaceKind.GROUP)
_JOINT = re.compile(r"(?:政府)?(?:[与和同及、]|以及)")
_BEFORE_SIGNING = re.compile(r"(?:政府|双方|三方)?(?:在[^，。；《》]{2,16}?)?(?:正式|共同|联合|成功|顺利|完成)*")
#: In how many clauses from the first on they are looked for.
_OPENING = 4
#: What _BOTH can end with.
_ENDS = frozenset("方院部局署厅地省市校门家位关上还又遂后即同式场合")


def both_parties(mentions: Mentions, verb: Verb, before: Mentions | None = None) -> tuple[Actor, ...]:
    """The bodies that 双方, 三方 or 两院 stands for: those named before it, or all but the reporting body; 三部门 also
    those of the sentence `before`, when they are as many."""
    if mentions.text[verb.start - 1 : verb.start] not in _ENDS:
        return ()
    both = _BOTH.search(mentions.text, max(0, verb.start - 10), verb.start)
    if both is None:
        return ()
    size = "双三四".index(both["size"]) + 2 if both["size"] else "两三四五".index(both["count"]) + 2
    if both["count"]:
        # 甲院与乙院召开会议，甲院某庭庭长、…主持，会上两院签署: those that the sentence opened with
        for clause in clauses(mentions.text)[:_OPENING]:
            if clause.end > both.start():
                break
            who = issuers_of(mentions, clause.start, clause.end, implied=False)
            if len(who) == size and not any(actor.implied for actor in who):
                return who
    named = unique(actors_between(mentions, 0, verb.start))
    if both["count"] and not named and before and before.sentence.paragraph == mentions.sentence.paragraph:
        bodies = [o for o in before.orgs if not (o.group or before.in_title(o.start))]
        named = unique([o.actor for o in bodies if not any(p.start <= o.start < p.end for p in before.people)])
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


def signing_states(mentions: Mentions, start: int, at: int) -> tuple[Actor, ...]:
    """The states and unions of states that stand right before the verb at `at`: 中国与欧盟正式签署."""
    found: list[Actor] = []
    end = at
    for place in reversed([p for p in mentions.places if start <= p.start and p.end <= at]):
        if place.entry.kind not in _STATES:
            continue
        gap = _JOINT if found else _BEFORE_SIGNING
        if mentions.in_title(place.start) or not gap.fullmatch(mentions.text, place.end, end):
            break
        found.append(Actor(place.surface, ActorKind.PLACE))
        end = place.start
    return tuple(found[::-1]) if len(found) > 1 else ()
