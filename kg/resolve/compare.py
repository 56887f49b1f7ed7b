"""Two tellings of events compared: each rule that holds is noted, the table in `rules` gives its weight."""

from __future__ import annotations

from kg.model import EventFact, EventType
from kg.model.frozen import Frozen
from kg.resolve.dates import compare_dates
from kg.resolve.names import dice, left_over
from kg.resolve.places import Places
from kg.resolve.rules import LIMITS, PARTS, STAGES, Evidence, Verdict
from kg.resolve.tellings import Told

__all__ = ["BY_WHO", "EventView", "compare_events", "may_be_one", "type_group"]

_T = EventType
_GROUPS = {
    _T.MEETING: "gathering",
    _T.CONFERENCE: "gathering",
    _T.FORUM: "gathering",
    _T.BILATERAL_TALKS: "gathering",
    _T.VISIT: "visit",
    _T.SIGNING: "signing",
    _T.TRAINING: "training",
    _T.EXAM: "exam",
    _T.PRESS_CONFERENCE: "press",
    _T.PUBLICITY: "publicity",
    _T.CEREMONY: "publicity",
    _T.NEGOTIATION: "negotiation",
    _T.COMPETITION: "competition",
    _T.OTHER: "",
}
#: Types whose events are known by who takes part.
BY_WHO = frozenset({_T.BILATERAL_TALKS, _T.VISIT, _T.SIGNING, _T.NEGOTIATION})

#: Whatever else there is, these keep two tellings apart.
_FORBIDDEN = {name: Evidence.of("event", name) for name in ("other_type", "other_day", "other_month", "other_year")}


def type_group(kind: EventType) -> str:
    """The group of types that a careful reader may exchange for one another; "" is any."""
    return _GROUPS[kind]


class EventView(Frozen):
    """A telling made ready for comparison: names evened out, actors and places as keys, the first and last day that it
    can mean as ordinals."""

    told: Told[EventFact]
    group: str
    name: str
    long_name: str
    series: str
    ordinal: int
    year: int
    places: tuple[str, ...]
    hosts: tuple[str, ...]
    guests: tuple[str, ...]
    bodies: frozenset[str]
    counterparts: frozenset[str]
    everyone: frozenset[str]
    people: frozenset[str]
    agreements: frozenset[str]
    years: tuple[str, ...]
    region: str
    days: tuple[int, int]


def may_be_one(a: EventView, b: EventView) -> bool:
    """False when `compare_events` is sure to give less than DOUBT, which most pairs of a block show at once."""
    if a.ordinal and b.ordinal:
        return a.ordinal == b.ordinal
    if a.agreements and b.agreements:
        return True
    if a.days[1] < b.days[0] or b.days[1] < a.days[0]:
        return False
    if _other_type(a, b) and a.name != b.name:
        return False
    x, y = a.told.fact.type, b.told.fact.type
    if x in BY_WHO and y in BY_WHO:
        one, two = _sides(a, b)
        return not one or not two or one <= two or two <= one
    return _likeness(a, b) >= LIMITS["name_far"]


def _other_type(a: EventView, b: EventView) -> bool:
    return a.group != b.group and a.group != "" and b.group != ""


def compare_events(a: EventView, b: EventView, places: Places) -> Verdict:
    """How surely two tellings are of one happening, and why."""
    x, y = a.told.fact, b.told.fact
    if a.told.one_sentence(b.told):
        same = a.name == b.name and a.ordinal == b.ordinal and x.when == y.when and a.bodies == b.bodies
        return Evidence.of("event", "identical" if same else "same_sentence")
    if _other_type(a, b):
        return _FORBIDDEN["other_type"]
    known = (a.ordinal and b.ordinal) or (a.agreements and b.agreements)
    when = "" if known else _date_rule(a, b, sure=False)
    if when in _FORBIDDEN:
        return _FORBIDDEN[when]
    evidence = Evidence("event")
    if x.type is y.type:
        evidence.add("same_type")
    sure = _compare_series(a, b, evidence)
    if a.agreements and b.agreements:
        agrees = bool(a.agreements & b.agreements)
        evidence.add("agreement_same" if agrees else "agreement_other")
        sure = sure or agrees
    when = when or _date_rule(a, b, sure)
    if when in _FORBIDDEN:
        return _FORBIDDEN[when]
    alike = _compare_names(a, b, evidence, sure)
    evidence.add(when)
    _compare_who(a, b, evidence, sure, alike)
    _compare_places(a, b, evidence, places)
    stages = when.endswith("_despite") and a.name.endswith(STAGES) != b.name.endswith(STAGES)
    if stages or a.name.endswith(PARTS) != b.name.endswith(PARTS):
        evidence.add("part")
    if a.region != b.region and not sure:
        _compare_regions(a, b, evidence, places)
    return evidence.verdict()


def _compare_series(a: EventView, b: EventView, evidence: Evidence) -> bool:
    """Compare ordinals; True when series and ordinal are the same."""
    if not (a.ordinal and b.ordinal):
        return False
    if a.ordinal != b.ordinal:
        evidence.add("other_ordinal")
        return False
    short, long = sorted((a.series, b.series), key=len)
    held = len(short) >= LIMITS["short_name"] and short in long
    # 中日 and 中日韩 differ by one character: what is left out must stand at the ends
    evidence.add("series_ordinal" if held else "other_series")
    return held


def _compare_names(a: EventView, b: EventView, evidence: Evidence, sure: bool) -> bool:
    """Compare names; True when they are alike. What series or agreement settle, unlike names do not unsettle."""
    likeness = _likeness(a, b)
    if likeness < LIMITS["name_close"]:  # most pairs
        by_who = a.told.fact.type in BY_WHO and b.told.fact.type in BY_WHO
        if likeness < LIMITS["name_far"] and not sure and not by_who:
            evidence.add("name_far")
        return False
    short = min(a.long_name, b.long_name, key=len)
    enough = len(short) >= LIMITS["short_name"]
    allowed = LIMITS["left_out"] if len(short) >= 12 else 0
    if likeness >= LIMITS["name_same"] and enough:
        evidence.add("name_same")
    elif enough and _left_out(a, b) <= allowed:
        evidence.add("name_shorter")
    else:
        evidence.add("name_close")
    return True


def _likeness(a: EventView, b: EventView) -> float:
    likeness = dice(a.long_name, b.long_name)
    if a.name != a.long_name or b.name != b.long_name:  # one has brackets
        return max(likeness, dice(a.name, b.name))
    return likeness


def _left_out(a: EventView, b: EventView) -> int:
    """Characters that the shorter name has of its own, with or without what stands in brackets."""
    pairs = {(a.name, b.name), (a.long_name, b.long_name)}
    return min(left_over(*sorted(pair, key=len)) for pair in pairs)


def _date_rule(a: EventView, b: EventView, sure: bool) -> str:
    """The name of the rule that holds for the dates. What series or agreement settle, no day unsettles."""
    x, y = a.told.fact.when, b.told.fact.when
    rule = compare_dates(x, y)
    if rule == "undated" and a.year != b.year and not sure:
        rule = "other_year"
    if a.years and b.years and set(a.years).isdisjoint(b.years):
        rule = "other_year"
    if sure and rule in ("other_day", "other_month"):
        rule += "_despite"
    return rule


def _compare_who(a: EventView, b: EventView, evidence: Evidence, sure: bool, alike: bool) -> None:
    x, y = a.told.fact.type, b.told.fact.type
    if a.people and b.people and not sure:
        evidence.add("people_shared" if a.people & b.people else "people_other")
    one, two = _sides(a, b)
    if x in BY_WHO and y in BY_WHO and one and two:
        if one == two:
            evidence.add("counterpart_same")
        elif one < two or two < one:
            evidence.add("counterpart_shared")
        elif not sure:
            evidence.add("counterpart_other")
    elif alike and a.bodies & b.bodies:
        evidence.add("bodies_shared")


def _sides(a: EventView, b: EventView) -> tuple[frozenset[str], frozenset[str]]:
    """Whom each tells to take part, as far as the two can be compared."""
    if a.told.source.publisher == b.told.source.publisher:
        return a.counterparts, b.counterparts
    # whom one calls "we" the other names
    return (a.bodies, b.bodies) if a.bodies == b.bodies else (a.everyone, b.everyone)


def _compare_regions(a: EventView, b: EventView, evidence: Evidence, places: Places) -> None:
    """Regions of the sections: what a region tells of itself is often only like what others tell."""
    if a.region and b.region:
        evidence.add("other_region")
        return
    region, other = (a.region, b) if a.region else (b.region, a)
    if not any(place and places.within(place, region) for place in other.places):
        evidence.add("one_region")


def _compare_places(a: EventView, b: EventView, evidence: Evidence, places: Places) -> None:
    if not a.places or not b.places:
        return
    one, two = set(a.places) - {""}, set(b.places) - {""}
    if not one or not two:
        return
    if one & two:
        evidence.add("place_same")
    elif any(places.within(p, q) or places.within(q, p) for p in one for q in two):
        evidence.add("place_within")
    else:
        evidence.add("place_other")
