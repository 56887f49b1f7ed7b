"""Delegations: those of a state or a government are bodies, others stand for the body that sends them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kg.extract.boundaries import boundary_between
from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.taken import Taken
from kg.model import Actor, AgencyKind, PlaceKind

__all__ = ["TEAM", "delegation", "for_ministry", "is_sent", "led_by", "ministry_of", "sender"]

_HOME = "中国"
#: 甲部 in 甲部国际合作司.
_MINISTRY = re.compile(r"[\u4e00-\u9fff]{1,24}(?:部|委员会|委|局|署)(?=[\u4e00-\u9fff]{2,12}司\Z)")
#: A department told without its ministry, and how the names of those end that have such.
_ALONE = re.compile("(?!.{0,9}(?:[局署厅委院部团]|银行|集团|联合国|总会|协会))[\u4e00-\u9fff]{2,10}(?<!公)司")
_HAVE_DEPARTMENTS = ("部", "委员会", "局", "署")
#: What a delegation is called that was told before.
TEAM = "(?:代表团|[访考][问察][团组]|调研组)"
#: Teams that somebody sends, told by how many they are.
_TEAMS, _TEAM = ("专家组", "考察组", "工作组"), re.compile(r"一行|\d{1,3}人")
_LED = re.compile(r"(?:亲自)?(?:率领|带领|为团长)的")


def delegation(text: str, taken: Taken, match: re.Match[str]) -> OrgHit | None:
    """中国代表团, 江苏省政府代表团: the delegation of a state or a government is a body of its own."""
    start, end = match.span()
    before = taken.at(start)
    if before is not None and before.end == start and before.surface.endswith("政府"):
        name = text[before.start : end]
        return OrgHit(before.start, end, name, Actor(name), AgencyKind.OTHER, None, before.country, before.region)
    if not text.endswith(_HOME, 0, start) or before is not None:
        return None
    told, full = text[start - 2 : end], _HOME + "政府代表团"
    return OrgHit(start - 2, end, told, Actor(full), AgencyKind.OTHER, None, _HOME, aliases=(told,))


def for_ministry(
    people: list[PersonHit], orgs: Iterable[OrgHit], places: Iterable[PlaceHit], ours: Actor
) -> Iterator[PersonHit]:
    """The people of a sentence: the head of a department of ours (甲部国际合作司司长) acts towards those of other
    countries for the ministry; one told alone (国际合作司司长) is of the reporting body."""
    abroad: bool | None = None
    for one in people:
        body = one.organisation
        home = body is not None and one.country in ("", _HOME)
        alone = body is not None and home and _ALONE.fullmatch(body.name) and ours.name.endswith(_HAVE_DEPARTMENTS)
        whole = (ours.name if alone else ministry_of(body.name)) if body and home else ""
        if body is None or not whole:
            yield one
            continue
        if abroad is None:
            abroad = any(org.country not in ("", _HOME) or org.kind is AgencyKind.INTERNATIONAL_ORG for org in orgs)
            abroad = abroad or any(p.entry.kind == PlaceKind.COUNTRY and p.entry.zh != _HOME for p in places)
        yield replace(one, acts_for=replace(body, name=whole)) if abroad else one


def ministry_of(name: str) -> str:
    """甲部 for 甲部国际合作司; "" for all that is no department of a ministry."""
    whole = _MINISTRY.match(name) if name[-1:] == "司" and not name.endswith("公司") else None
    return whole.group() if whole else ""


def led_by(text: str, person: PersonHit, orgs: Iterable[OrgHit]) -> OrgHit | None:
    """The body whose delegation somebody leads: 由院长某某率领的某国法院代表团."""
    led = _LED.match(text, person.end)
    return next((org for org in orgs if led and org.start == led.end()), None)


def is_sent(text: str, ending: re.Match[str]) -> bool:
    """True when what ends so is sent by a body and acts for it: 甲院代表团, 甲院专家组一行5人."""
    word = ending.group()
    return word == "代表团" or (word in _TEAMS and _TEAM.match(text, ending.end()) is not None)


def sender(text: str, taken: Taken, at: int) -> bool:
    """True when the body that sends a delegation stands right before it, or with few words between (法官代表团)."""
    before = next((hit for n in range(at, max(0, at - 7), -1) if (hit := taken.at(n)) and hit.end == n), None)
    return before is not None and not boundary_between(text, before.end, at)
