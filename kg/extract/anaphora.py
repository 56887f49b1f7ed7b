"""Bodies that a paragraph has told before and then calls 该局, or by the delegation that they sent."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from operator import attrgetter

from msgspec.structs import replace

from kg.extract.boundaries import boundary_between
from kg.extract.clauses import actor_of
from kg.extract.delegations import TEAM
from kg.extract.mentions import Mentions, OrgHit
from kg.extract.signs import SENDING
from kg.extract.words import alternation, words
from kg.model import Actor, ActorKind, AgencyKind, Sentence

__all__ = ["bodies_called_that", "sent_by_others"]

_START = attrgetter("start")
#: 与法、德两局分别签署: two bodies told before, by their countries.
_PAIR = re.compile(
    r"(?<=[与同和对向由])(?P<one>[\u4e00-\u9fff])[、和](?P<other>[\u4e00-\u9fff])两(?:局|国|方|部|署|厅|院|校)"
)
#: 中匈双方签署: our body and the one of that country told before.
_BOTH = re.compile(r"(?<![\u4e00-\u9fff])中(?P<other>[\u4e00-\u9fff])(?:双方|两[部局署院厅])(?![\u4e00-\u9fff]{0,3}间)")
#: 同越方签署: the body of that country told before.
_SIDE = re.compile(r"方(?<=[与同和向由][\u4e00-\u9fff]方)(?![的面向式法针案便略位])")
#: 后者还同甲局联合召开: the last of two bodies that were listed, as the subject of a clause.
_LATTER = re.compile(r"(?:\A|(?<=[，；]))(?:其中)?(?P<which>后者|前者)(?!的)")
_LISTED = re.compile(r"[^，。；《》“”]{0,20}[、和与及]")
_MARKS = re.compile("[》”]")
#: How the names of those end that are called 该校.
_SCHOOLS = ("校", "大学", "学院")
#: How many bodies before it 该局 can mean.
_NEAR = 64
#: How many sides of a sentence are looked for.
_SIDES = 8
#: 代表团还访问了…: the delegation told before.
_DELEGATION = re.compile(rf"(?:\A|[，；])(?:该|这个)?{TEAM}(?:一行)?(?![由人成与和])")
#: 甲局长率团, 甲局代表团, 甲局法官代表团.
_LEADS = re.compile(rf"率团|率[^，。；]{{0,16}}?{TEAM}")
_SENT = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?{TEAM}")


@functools.cache
def _that() -> re.Pattern[str]:
    ends = words("that_body")
    forms = (f"{end}(?!{after})" if after else end for end, after in sorted(ends.items(), key=lambda w: -len(w[0])))
    return re.compile(
        f"(?:该|(?<=[，。；与和同由对向])(?=(?:{_alone().pattern})(?:{alternation('society_acts').pattern})))(?P<end>{'|'.join(forms)})"
    )


@functools.cache
def _alone() -> re.Pattern[str]:
    return re.compile("|".join(words("societies")))


def bodies_called_that(
    sentences: Sequence[Sentence], orgs: Sequence[tuple[OrgHit, ...]], us: Actor
) -> Iterator[tuple[OrgHit, ...]]:
    """The bodies of each sentence, with 该局 as the one body before it in its paragraph whose name ends so; none when
    there are several. `us` is the reporting body."""
    paragraph = -1
    told: list[OrgHit] = []
    beside: tuple[OrgHit, ...] = ()
    before = ""
    for sentence, found in zip(sentences, orgs, strict=True):
        if sentence.paragraph != paragraph:
            paragraph, told, beside = sentence.paragraph, [], ()
        if "两" in sentence.text and (pair := _PAIR.search(sentence.text)):
            found = tuple(sorted((*found, *_of_shorts(pair, found, told)), key=_START))
        elif told and "中" in sentence.text and (both := _BOTH.search(sentence.text)):
            found = tuple(sorted((*found, *_of_both(both, found, told, us)), key=_START))
        if "方" in sentence.text and (told or found) and (sides := list(_sides(sentence.text, found, told))):
            found = tuple(sorted((*found, *sides), key=_START))
        if "者" in sentence.text and (len(found) > 1 or len(beside) > 1):
            found = tuple(sorted((*found, *_of_two(sentence.text, found, before, beside)), key=_START))
        if "该" in sentence.text or (told and "会" in sentence.text and _alone().search(sentence.text)):
            yield tuple(sorted((*found, *_called(sentence.text, found, told, beside)), key=_START))
        else:
            yield found
        told += found
        beside, before = (found, sentence.text) if sentence.text.endswith("；") else ((), "")
        del told[:-_NEAR]  # a list without end


def _named(orgs: Iterable[OrgHit], start: int, end: int) -> bool:
    """True when a body is named in text[start:end]."""
    return any(org.start < end and start < org.end for org in orgs)


def _of_shorts(pair: re.Match[str], orgs: Sequence[OrgHit], told: Sequence[OrgHit]) -> Iterator[OrgHit]:
    """与新、智两局: those of two countries told before, by the first sign of each; none when it could mean others."""
    if _named(orgs, *pair.span()):
        return
    every = [org for org in (*told, *(o for o in orgs if o.end <= pair.start())) if not org.group]
    meant: list[Actor] = []
    for sign in (pair["one"], pair["other"]):
        of = {org.actor.name: org.actor for org in every if org.country[:1] == sign or org.actor.name[:1] == sign}
        meant += of.values() if len(of) == 1 else ()
    if len({actor.name for actor in meant}) == 2:
        word = pair.group()
        yield OrgHit(
            pair.start(), pair.end(), word, Actor(word, implied=True), AgencyKind.MECHANISM, group=tuple(meant)
        )


def _of_both(both: re.Match[str], orgs: Sequence[OrgHit], told: Sequence[OrgHit], us: Actor) -> Iterator[OrgHit]:
    """中匈双方: our body, told before when it is not the reporting one, and the one body told of that country."""
    if not us.name or _named(orgs, *both.span()):
        return
    named = [org for org in told if not org.group and org.actor.kind is ActorKind.AGENCY]
    theirs = {o.actor.name: o.actor for o in named if o.country[:1] == both["other"]}
    ours = {o.actor.name: o.actor for o in named if o.country == "中国"}
    if len(theirs) == 1 and (us.name in ours or not ours or len(ours) == 1):
        home = us if us.name in ours or not ours else next(iter(ours.values()))
        word = both.group()
        group = (home, next(iter(theirs.values())))
        yield OrgHit(both.start(), both.end(), word, Actor(word, implied=True), AgencyKind.MECHANISM, group=group)


def _sides(text: str, orgs: Sequence[OrgHit], told: Sequence[OrgHit]) -> Iterator[OrgHit]:
    """同越方签署: the one body of that country told before, by its first sign."""
    for side in islice(_SIDE.finditer(text), _SIDES):
        at, end = side.start() - 1, side.end()
        if _named(orgs, at, end):
            continue
        every = [*told, *(org for org in orgs if org.end <= at)]
        of = {org.actor.name: org for org in every if not org.group and org.country[:1] == text[at]}
        if len(of) == 1 and (one := next(iter(of.values()))).country != "中国":
            yield OrgHit(
                at, end, text[at:end], replace(one.actor, implied=True), one.kind, one.entry, one.country, one.region
            )


def _of_two(text: str, orgs: Sequence[OrgHit], before: str, beside: Sequence[OrgHit]) -> Iterator[OrgHit]:
    """后者: the second of the two bodies listed last in the clauses before it, or in the part of the sentence `before`
    a ； that names those `beside`."""
    for match in islice(_LATTER.finditer(text), _SIDES):
        at = match.start("which")
        told, named = (text[:at], [o for o in orgs if o.end <= at]) if at > 2 else (before, list(beside))
        joined = [_LISTED.fullmatch(told, a.end, b.start) is not None for a, b in pairwise(named)]
        last = len(joined) - 1 - joined[::-1].index(True) if any(joined) else -1
        if last < 0 or (last and joined[last - 1]) or _MARKS.search(told, named[last + 1].end):
            continue  # none, three of them, or a title told behind
        one = named[last + (match["which"] == "后者")]
        actor = replace(one.actor, implied=True)
        yield OrgHit(at, match.end(), match["which"], actor, one.kind, one.entry, one.country, one.region)


def _called(text: str, orgs: Sequence[OrgHit], told: Sequence[OrgHit], beside: Sequence[OrgHit]) -> Iterator[OrgHit]:
    """The bodies that a sentence calls 该局, with those `told` in its paragraph before, `beside` it before a ；."""
    for match in _that().finditer(text):
        at = match.start()
        if _named(orgs, *match.span()):
            continue
        ending = _SCHOOLS if match["end"] == "校" else match["end"]
        here = [org for org in orgs if org.end <= at]
        meant = _ending_so((*told, *here), ending)
        if len(meant) > 1:  # several in the paragraph, one in the sentence
            meant = _ending_so((*beside, *here), ending)
        if len(meant) == 1:
            one = meant[0]
            actor = replace(one.actor, implied=True)
            yield OrgHit(at, match.end(), match.group(), actor, one.kind, one.entry, one.country, one.region)


def _ending_so(orgs: Iterable[OrgHit], ending: str | tuple[str, ...]) -> list[OrgHit]:
    """The bodies, each once, whose names end so."""
    every = {org.actor.name: org for org in orgs if not org.group}
    return [org for name, org in every.items() if name.endswith(ending) or org.surface.endswith(ending)]


def sent_by_others(mentions: Iterable[Mentions]) -> Iterator[Mentions]:
    """The mentions, with the body that sent a delegation as who acts where a sentence says 代表团 alone."""
    paragraph = -1
    sender: Actor | None = None
    for one in mentions:
        if one.sentence.paragraph != paragraph:
            paragraph, sender = one.sentence.paragraph, None
        if not one.signs & SENDING:
            yield one
            continue
        if sender is not None and _DELEGATION.search(one.text):
            yield replace(one, context=replace(one.context, self_=replace(sender, implied=True)))
        else:
            yield one
        sender = _sender(one) or sender


def _sender(mentions: Mentions) -> Actor | None:
    """The body whose delegation a sentence tells of."""
    text = mentions.text
    for org in mentions.orgs:
        sent = _SENT.match(text, org.end)
        if sent and not org.actor.implied and not boundary_between(text, org.end, sent.end()):
            return org.actor
    for person in mentions.people:
        leads = _LEADS.search(text, person.end, person.end + 24)
        if leads and not set("，。；") & set(text[person.end : leads.start()]):
            actor = actor_of(person)
            return actor if actor and actor.kind is ActorKind.AGENCY else None
    return None
