"""Negotiations of named treaties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import place_names
from kg.extract.mentions import Mentions
from kg.extract.offices import Offices
from kg.extract.roles import people_with_roles
from kg.extract.signs import NEGOTIATING
from kg.extract.words import alternation
from kg.model import Actor, ActorKind, AgencyKind, DateRange, EventFact, EventStatus, EventType, Passage

__all__ = ["find_negotiations"]

#: What stands in every sentence that tells of a negotiation.
_TREATY = re.compile(r"(?P<what>(?:自由贸易|自贸)(?:协定|区)?[^，。；《》]{0,14}?谈判)")
_HELD = re.compile(r"[于在\d][^，。；]{1,40}?(?:举行|进行|举办|展开|重启|启动)")
_LISTED = re.compile(r"(?:自由贸易协定|自贸协定|自由贸易区|自贸区)?(?:[、和与及]|以及)?")
#: Abbreviations of countries, ours first.
_SHORTS = re.compile(r"中[\u4e00-\u9fff]{1,5}\Z")
_MOST_SHORTS = 6
_TOOK_PART = ("举行", "参加", "出席", "参与", "完成", "结束")
_DASH = re.compile(r"[—–\-－]{1,2}")
#: 出席甲乙丙自由贸易协定第十六轮谈判: a treaty named by its countries or its field.
_NAMED = re.compile(
    r"(?:参与|参加|出席|举行|牵头|完成)(?:了)?(?P<what>(?P<treaty>[\u4e00-\u9fff—、]{3,30}?(?:协定|条约|公约))(?:（[A-Z]{2,8}）)?"
    r"[^，。；《》]{0,24}?谈判)(?=[，。；]|\Z)"
)
#: 参加《甲协定》知识产权章节谈判, also with others between: 《甲协定》和丙—丁自贸协定知识产权章节谈判.
_TITLED = re.compile(
    r"》(?:（[A-Z]{2,8}）)?(?:[、和与及][^，。；《》]{0,40}?(?:协定|协议|条约|自贸区)(?:（[A-Z]{2,8}）)?)?(?P<what>[^，。；《》]{0,16}?谈判)(?![代桌机文])"
)
#: 甲乙自由贸易区第三轮谈判在某地举行: the name of a negotiation that takes place, to its end.
_WHAT = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,6}?)?(?P<what>(?:自由贸易|自贸|投资|《)[^，。；“”]{0,40}谈判)\Z")
_TALKED = re.compile(r"谈判(?=[于在\d])")
_NAME_LENGTH = 56
_TREATIES = ("协定", "条约", "公约", "伙伴关系")
_TAKES_PART = re.compile(r"(?:参与|参加|出席|举行|牵头|开展|推进|启动|完成)(?:了)?(?:[^，。；]{0,30}[、和])?《?\Z")
_CONSULT = re.compile(
    r"(?:参与|参加|开展|启动|推进)(?P<name>(?P<who>[^，。；]{2,20}?)(?P<what>[“《][^，。；]{2,40}[”》])(?:磋商)?谈判)"
)


def _pairs_before(mentions: Mentions, at: int) -> list[tuple[str, str]]:
    """The pairs 中国—秘鲁、中国—洪都拉斯 of the list that ends at `at`."""
    pairs: list[tuple[str, str]] = []
    # 中国—海合会: a group of countries is named like a body
    sides = [(p.start, p.end) for p in mentions.places if p.end <= at]
    sides += [(o.start, o.end) for o in mentions.orgs if o.end <= at and o.kind is AgencyKind.INTERNATIONAL_ORG]
    sides.sort()
    while len(sides) >= 2:
        a, b = sides[-2:]
        if not (_DASH.fullmatch(mentions.text, a[1], b[0]) and _LISTED.fullmatch(mentions.text, b[1], at)):
            break
        pairs.append((mentions.text[slice(*a)], mentions.text[slice(*b)]))
        at, sides = a[0], sides[:-2]
    return pairs[::-1]


def _shorts_before(text: str, at: int, offices: Offices) -> list[tuple[str, tuple[str, ...]]]:
    """The countries whose abbreviations stand before a treaty of trade: 参加中日韩自由贸易区第三轮谈判."""
    run = _SHORTS.search(text, max(0, at - _MOST_SHORTS), at)
    done = run and text.endswith(_TOOK_PART, 0, run.start())  # 尽早启动中智自贸协定谈判 has not taken place
    entries = offices.lexicon.expand_short(run.group()) if run and done else None
    return [(run.group(), tuple(entry.zh for entry in entries))] if run and entries else []


def _held(mentions: Mentions, match: re.Match[str]) -> tuple[DateRange | None, tuple[str, ...]]:
    """When and where a negotiation takes place; 谈判13日在某地举行 tells it behind."""
    before, held = mentions.date_at(match.start()), _HELD.match(mentions.text, match.end())
    if held is None:
        return before, ()
    behind = next((d.when for d in mentions.dates if match.end() <= d.start < held.end() and not d.since), None)
    return behind or before, place_names(mentions, match.end(), held.end())


def find_negotiations(mentions: Mentions, passage: Passage, offices: Offices) -> Iterator[EventFact]:
    """Negotiations of named treaties: one event for each pair or group of countries, else one for the treaty."""
    text = mentions.text
    if not mentions.signs & NEGOTIATING:
        return
    for match in _TREATY.finditer(text):
        when, places = _held(mentions, match)
        pairs = _pairs_before(mentions, match.start())
        named = [(f"{a}—{b}", (a, b)) for a, b in pairs] or _shorts_before(text, match.start(), offices)
        for name, sides in named:
            yield EventFact(
                passage=passage,
                rule="event.negotiation",
                confidence=0.85,
                name=f"{name}{match['what']}",
                type=EventType.NEGOTIATION,
                when=when,
                places=places,
                participants=tuple(Actor(side, ActorKind.PLACE) for side in sides),
                people=people_with_roles(mentions, text.rfind("，", 0, match.start()) + 1, match.start()),
                status=EventStatus.HELD,
            )
    yield from _named(mentions, passage, offices)
    yield from _titled(mentions, passage)
    yield from _taking_place(mentions, passage, offices)
    yield from _consultations(mentions, passage)


def _named(mentions: Mentions, passage: Passage, offices: Offices) -> Iterator[EventFact]:
    """Negotiations of a treaty that is named alone."""
    text = mentions.text
    for match in _NAMED.finditer(text):
        if (
            _pairs_before(mentions, match.end("treaty"))
            or mentions.in_title(match.start("what"))
            or _DASH.search(match["what"])
        ):
            continue
        members = offices.members(match["what"])
        yield EventFact(
            passage=passage,
            rule="event.negotiation",
            confidence=0.75,
            name=match["what"],
            type=EventType.NEGOTIATION,
            when=mentions.date_at(match.start()),
            participants=members or (mentions.context.self_,),
        )


def _consultations(mentions: Mentions, passage: Passage) -> Iterator[EventFact]:
    """Consultations with bodies."""
    text = mentions.text
    for match in _CONSULT.finditer(text):
        orgs = [o.actor for o in mentions.orgs if match.start("who") <= o.start < match.end("who")]
        if orgs:
            yield EventFact(
                passage=passage,
                rule="event.consultation",
                confidence=0.75,
                name=text[match.start("what") : match.end()],
                type=EventType.NEGOTIATION,
                when=mentions.date_at(match.start()),
                participants=(*orgs, mentions.context.self_),
            )


def _taking_place(mentions: Mentions, passage: Passage, offices: Offices) -> Iterator[EventFact]:
    """中甲乙自由贸易区第三轮谈判在某地举行: told by the abbreviations of its countries, or by its title."""
    text = mentions.text
    for match in _TALKED.finditer(text):
        held = _HELD.match(text, match.end())
        low = max([match.start() - _NAME_LENGTH, 0, *(d.end for d in mentions.dates if d.end <= match.start())])
        low = max(low, *(text.rfind(sign, low, match.start()) + 1 for sign in "，。；"))
        told = _WHAT.match(text, low, match.end()) if held else None
        if told is None or alternation("not_held").search(text, low, held.end() if held else low):
            continue
        sides = offices.lexicon.expand_short(told["who"], [p.entry for p in mentions.places]) if told["who"] else None
        treaty = told["what"].startswith("《") and "》" in told["what"] and not told["who"]
        if not (sides or treaty):
            continue
        when, places = _held(mentions, match)
        yield EventFact(
            passage=passage,
            rule="event.negotiation",
            confidence=0.8,
            name=told.group(),
            type=EventType.NEGOTIATION,
            when=when,
            places=places,
            participants=tuple(Actor(side.zh, ActorKind.PLACE) for side in sides or ()),
            people=people_with_roles(mentions, text.rfind("，", 0, low) + 1, low),
        )


def _titled(mentions: Mentions, passage: Passage) -> Iterator[EventFact]:
    """参加《甲协定》知识产权章节谈判: a treaty told by its title."""
    text = mentions.text
    for match in _TITLED.finditer(text) if "》" in text else ():
        title = next((t for t in mentions.titles if t.end == match.start() + 1), None)
        if title is None or not title.text.endswith(_TREATIES) or not _TAKES_PART.search(text, 0, title.start):
            continue
        yield EventFact(
            passage=passage,
            rule="event.consultation",
            confidence=0.75,
            name=f"《{title.text}》{match['what']}",
            type=EventType.NEGOTIATION,
            when=mentions.date_at(title.start),
            participants=(mentions.context.self_,),
        )
