"""What people named in a sentence do at an event: chair, speak, lead a delegation, witness, attend."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.mentions import Mentions, PersonHit, within
from kg.extract.words import alternation
from kg.model import Role

__all__ = ["is_cited", "people_with_roles", "witnessed", "witnesses_in"]

_WITNESSED = re.compile(r"(?:共同)?见证")


#: What is studied or carried out, not what somebody does there.
_WORDS = re.compile(
    r"(?![^，。；]{0,12}(?:发表|作了?)重要)[^，。；]{0,12}(?:重要讲话|重要指示|重要论述|思想|贺信|批示)"
)
_CHAIRS = re.compile(r"[^，]{0,12}主持|[^，。；]{0,40}共同主持")
_LEADS = re.compile(r"[^，]{0,6}率")
_SPEAKS = re.compile(r"致辞|讲话|演讲|发言|党课")
_WITNESSES = re.compile(r"[^，]{0,20}见证")
_ALSO = re.compile(r"(?:并|还|又|随后|一同|共同|现场){1,2}")
#: Verbs that begin a clause about another gathering.
_OTHER_ROLE = re.compile(r"(?:并|还|又)?(?:出席|参加|列席|应邀)")


def people_with_roles(mentions: Mentions, start: int, end: int) -> tuple[tuple[str, Role], ...]:
    """The people named in text[start:end] with what the words after them say they did."""
    if not mentions.people:
        return ()
    found = [
        (person.name, _role(mentions.text, _from(mentions.text, person.end, end)))
        for person in within(mentions.people, start, end)
        if person.end <= end and not mentions.in_title(person.start) and not is_cited(mentions.text, person)
    ]
    return tuple(dict.fromkeys(found))


def is_cited(text: str, person: PersonHit) -> bool:
    """True for somebody whose words are studied or carried out (深入学习贯彻某某重要讲话精神)."""
    low = max(text.rfind(sign, 0, person.start) for sign in "，；。") + 1
    cite = alternation("cite_verbs").search(text, low, person.start)
    return cite is not None or _WORDS.match(text, person.end) is not None


def _from(text: str, start: int, end: int) -> int:
    """From where the words about somebody tell a role up to `end`: not who chaired in a clause before (某人主持甲会，
    出席)."""
    clause = text.rfind("，", start, end) + 1
    return clause if "主持" in text[start:clause] and _OTHER_ROLE.match(text, clause) else start


def _role(text: str, start: int) -> Role:
    stop = min((n for n in (text.find("。", start), text.find("；", start)) if n >= 0), default=len(text))
    after = text[start : min(stop, start + 60)]
    if _CHAIRS.match(after):
        return Role.CHAIRS
    if _LEADS.match(after):
        return Role.LEADS_DELEGATION
    if _SPEAKS.search(after):
        return Role.SPEAKS
    if _WITNESSES.match(after):
        return Role.WITNESSES
    return Role.ATTENDS


def witnessed(text: str, start: int, at: int) -> int:
    """Where text[start:at] goes on after the last 见证 in it; `start` without one."""
    last = text.rfind("见证", start, at)
    return last + len("见证") if last >= 0 else start


def witnesses_in(mentions: Mentions) -> tuple[str, ...]:
    """The people before 见证: 在A和B的共同见证下, A见证…签署."""
    low, at = _witnessing(mentions.text) if mentions.people else (0, 0)
    if not at:
        return ()
    before = [p for p in mentions.people if low <= p.start and p.end <= at]
    clause = mentions.text.rfind("，", low, at) + 1
    if near := [p for p in before if p.start >= clause]:
        before = near  # 甲会谈，双方在乙见证下签署
    elif clause and _ALSO.match(mentions.text, clause, at + 1):
        before = before[:1]  # 甲会见乙、丙，并见证…签署
    return tuple(dict.fromkeys(p.name for p in before))


# Each agreement of a sentence asks again what its whole text tells.
@lru_cache(maxsize=64)
def _witnessing(text: str) -> tuple[int, int]:
    """Where the witnesses stand: from the last full stop to the first 见证."""
    match = _WITNESSED.search(text)
    at = match.start() if match else 0
    return max(text.rfind("。", 0, at), text.rfind("；", 0, at)) + 1, at
