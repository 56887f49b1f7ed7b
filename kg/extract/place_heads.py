"""Places beside names of bodies: those of a list that shares a name, the country of a ministry, where a head lies."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from operator import attrgetter

from kg.extract.boundaries import edge_of, free
from kg.extract.mentions import PlaceHit, begins, within
from kg.extract.words import alternation
from kg.lexicon import Lexicon
from kg.model import PlaceKind

__all__ = [
    "LEVELS",
    "country_before",
    "fields_before",
    "level_home",
    "located",
    "over_joint",
    "places_before",
    "sharing",
]

_END = attrgetter("end")
#: Words that stand for the region in relative names.
LEVELS = ("省", "市", "自治区", "兵团")
_LIST = frozenset("、和与及")
#: How far before 和 the country of a ministry may stand.
_NEAR = 21
_LONGEST = 40
#: 国际摄影测量 before 与遥感学会.
_WORLD = re.compile(r"(?:国际|世界|全球|亚洲|欧洲|亚太)(?!合作|交流|会议|市场)[\u4e00-\u9fff]{2,8}\Z")
_SOCIETIES = ("学会", "协会", "联合会", "联盟", "理事会", "大会")


def places_before(text: str, at: int, places: list[PlaceHit]) -> list[PlaceHit]:
    """The places of a list that ends at `at` (or in 、和与 before it), in the text's order."""
    found: list[PlaceHit] = []
    n = bisect_right(places, at, key=_END) - 1
    while n >= 0 and (places[n].end == at or (at == places[n].end + 1 and text[at - 1] in "、和与及")):
        found.append(places[n])
        at = places[n].start
        n -= 1
        if at and text[at - 1] not in "、和与及":
            break
    return found[::-1]


def country_before(text: str, start: int, abroad: dict[int, PlaceHit]) -> PlaceHit | None:
    """The country whose ministry a name at `start` ends: 老挝 right before it, or with 联邦 or its other fields between."""
    if not abroad or start in abroad:
        return abroad.get(start)
    led = _fields().search(text[max(0, start - 16) : start])
    return abroad.get(start - len(led.group())) if led else None


@functools.cache
def _fields() -> re.Pattern[str]:
    fields = alternation("ministry_fields").pattern
    return re.compile(rf"(?:联邦|共和国|王国|公共)?(?:(?:{fields})[与和、及]){{0,3}}(?:(?:{fields}){{1,2}}部)?\Z")


@functools.cache
def _chain() -> re.Pattern[str]:
    field = alternation("ministry_fields").pattern
    return re.compile(rf"(?:(?:{field}){{1,2}}(?:事务)?[、和与及]){{1,4}}\Z")


def fields_before(text: str, start: int) -> int:
    """Where the fields of a ministry begin of which the last is at `start` (投资、工业和贸易部), else `start`."""
    match = _chain().search(text, max(0, start - 28), start)
    return match.start() if match else start


def located(place: PlaceHit | None, lexicon: Lexicon) -> tuple[str, str]:
    """Country and region of a body whose name begins with this place."""
    if place is None:
        return "", ""
    if place.entry.kind == PlaceKind.COUNTRY:
        return place.entry.zh, ""
    region = lexicon.region_of(place.entry)
    return "", region.zh if region else ""


def level_home(name: str, region: str, lexicon: Lexicon) -> str:
    """Whose 省, 市 or 自治区 opens a name told in this region: that region, or the one in which it lies; or ""."""
    place = lexicon.place(region) if region and name.startswith(LEVELS) else None
    if place is None:
        return ""
    level, homes = next(word for word in LEVELS if name.startswith(word)), (place, lexicon.region_of(place))
    return next((home.zh for home in homes if home and home.zh.endswith(level)), "")


def sharing(text: str, head: PlaceHit, places: list[PlaceHit]) -> list[PlaceHit]:
    """The places of a list before the place that heads a name, which share the rest of the name: 北京市、上海市
    知识产权局; not where things happen (在巴黎与法国标准化协会)."""
    joint = text[head.start - 1 : head.start]
    if joint not in ("、", "和", "与", "及"):
        return []
    found = places_before(text, head.start, places)
    if found and joint != "、" and text[found[0].start - 1 : found[0].start] in ("在", "于", "赴", "抵", "到"):
        return []
    abroad = head.entry.country != "place/CN"
    return [p for p in found if p.entry.kind == head.entry.kind or not (abroad or p.entry.country != "place/CN")]


def over_joint(text: str, start: int, edge: int, at: int, places: list[PlaceHit], ending: re.Pattern[str]) -> int:
    """Where a name begins whose part behind 和, 与 or 、 begins at `start`, else `start`: 法国农业和粮食主权部,
    国际摄影测量与遥感学会. Its ending is at `at`; `ending` finds those of bodies."""
    if start != edge or not start or text[start - 1] not in _LIST:
        return start
    if text.startswith(_SOCIETIES, at) and (world := _WORLD.search(text, max(0, start - 12), start - 1)):
        whole = free(text, world.start()) and not ending.search(text, world.start(), start - 1)
        return world.start() if whole and text[start - 1] != "、" and not begins(places, start, start + 2) else start
    listed = fields_before(text, start)
    before = within(places, max(0, listed - _LONGEST), start)
    nation = next((p for p in before if p.end == listed < start and p.entry.kind == PlaceKind.COUNTRY), None)
    if nation is not None:
        return nation.start  # 巴西发展、工业和贸易部
    low = max(0, start - _NEAR)
    near = within(places, low, start)
    left = edge_of(text, low, start - 1, places) if any(p.entry.kind == PlaceKind.COUNTRY for p in near) else start
    head = next((p for p in near if p.start >= left and p.end < start - 1), None)
    if head is None or head.entry.kind != PlaceKind.COUNTRY:
        return start
    return start if ending.search(text[head.end : start - 1]) or begins(places, start, start + 2) else head.start
