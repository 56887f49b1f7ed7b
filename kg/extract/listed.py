"""Bodies of a list of places that share an ending: 北京、天津等地知识产权局, 甲、乙、丙三个海关, 丁国、戊国等国驻华使馆."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.boundaries import boundary_between, inside_word
from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.place_heads import located
from kg.extract.words import words
from kg.lexicon import Entry, EntryType, Lexicon, Suffix
from kg.model import Actor, AgencyKind, PlaceKind
from kg.model.frozen import Frozen

__all__ = ["listed"]

_HAN = "\u4e00-\u9fff"
_MEASURES = "(?:[个家所省市地]|国(?!家))"
_AREAS = "国家和地区|国家(?!级)|地区|省份|省区市|省市|城市|口岸|区县|地方|省(?!级|政府)|市(?!级|政府|场)|地|国(?!家级)|县(?!级)|区(?!级|县级)"
#: What stands between the last place and the ending: 等地, 等5家, 三个, 等国, 等省级.
_LINK = re.compile(
    # It begins with one sign of a class, which the engine looks for at once.
    rf"[等\d两三四五六七八九十](?:(?<=等)(?:(?P<count>\d{{1,3}}|[两三四五六七八九十]{{1,3}}){_MEASURES})?"
    rf"|(?<=\d)\d?{_MEASURES}|(?<=[两三四五六七八九十])[两三四五六七八九十]?{_MEASURES})"
    rf"(?:{_AREAS}|[（(]区(?:、市)?[）)])?的?(?:省级|市级|区县级|县级)?(?=[{_HAN}])"
)
_ITEM = re.compile(rf"[、和与及]([{_HAN}]{{2,4}})\Z")
_ALIKE = re.compile(rf"[，、；和与及]([{_HAN}]{{2,3}})\Z")
_AROUND = 24
_JOINTS = frozenset("、和与及")
_CLASS = re.compile(r"国家(?!级|税务|安全)|地区|各|主要|其他|有关|相关|成员|沿线|共建|重点")
_CLASS_AFTER = ("部门", "机构", "系统", "等")
#: Kinds of which a place has one; of hospitals, schools and firms it has many.
_ONE_EACH = frozenset(
    {
        AgencyKind.IP_OFFICE,
        AgencyKind.GOVERNMENT,
        AgencyKind.COURT,
        AgencyKind.PARTY_BODY,
        AgencyKind.MINISTRY,
        AgencyKind.SERVICE_BODY,
    }
)
#: Kinds whose names have the full name of the place (甘肃省 for 甘肃).
_FULL = frozenset({AgencyKind.IP_OFFICE, AgencyKind.GOVERNMENT, AgencyKind.PARTY_BODY})


class _Item(Frozen):
    """A place of the list; `entry` is None when no gazetteer has it."""

    start: int
    name: str
    entry: Entry | None


def listed(
    text: str, places: list[PlaceHit], ending: re.Pattern[str], suffixes: dict[str, Suffix], lexicon: Lexicon
) -> Iterator[OrgHit]:
    """One body for each place of a list. `ending` finds the endings of names, `suffixes` says what they are."""
    before: tuple[int, AgencyKind] | None = None
    for match in _LINK.finditer(text):
        found = _what(text, match, ending)
        if found is None:
            continue
        end, what, last = found
        items = _items(text, match.start(), places, lexicon)
        suffix = suffixes[last]
        if not items and before is not None and before[1] is suffix.kind:
            # 甲市等5家保护中心，乙县等7家快速维权中心: told in the same way
            alike = _ALIKE.search(text, max(before[0], match.start() - 12), match.start())
            items = [_Item(alike.start(1), alike[1], None)] if alike else []
        elif len(items) < 2 and not match.group().startswith("等"):
            items = []
        if not items or not _apart(what, suffix, bool(match["count"])):
            continue
        before = (end, suffix.kind)
        for n, item in enumerate(items):
            stop = end if n == len(items) - 1 else item.start + len(item.name)
            yield _hit(item, stop, what, suffix, lexicon)


def _what(text: str, link: re.Match[str], ending: re.Pattern[str]) -> tuple[int, str, str] | None:
    """Where the shared part of the names ends, what it is and with which ending it ends."""
    at = link.end()
    last: re.Match[str] | None = None
    for found in ending.finditer(text, at, min(len(text), at + _AROUND)):
        if inside_word(text, found.start(), found.end()):
            continue
        if boundary_between(text, at, found.start()):
            break
        last = found
    if last is None or text.startswith(_CLASS_AFTER, last.end()):
        return None
    level = text[at] in "省市" and text.startswith("政府", at + 1)  # 等省政府: the level is that of the places
    return last.end(), text[at + level : last.end()], "政府" if level else last.group()


def _apart(what: str, suffix: Suffix, counted: bool) -> bool:
    """True when the words name one body of each place, not a class of them (等地法院, 等地中心)."""
    if suffix.kind not in _ONE_EACH or what in words("shared_classes") or _CLASS.search(what):
        return False
    if suffix.kind is AgencyKind.SERVICE_BODY:
        return counted or not suffix.weak
    return not suffix.weak or len(what) > len(suffix.suffix) + 1 or what == "政府"


def _items(text: str, at: int, places: list[PlaceHit], lexicon: Lexicon) -> list[_Item]:
    """The places of the list that ends at `at`, in the text's order; [] when fewer than half are known."""
    ends = {p.end: p for p in places if at - 120 <= p.end <= at}
    found: list[_Item] = []
    while True:
        place = ends.get(at)
        if place is not None:
            found.append(_Item(place.start, place.surface, place.entry))
        else:
            match = _ITEM.search(text, max(0, at - 5), at)
            if match is None:
                break
            entry = next((e for e in map(lexicon.place, (match[1], match[1] + "市")) if e is not None), None)
            found.append(_Item(match.start(1), match[1], entry))
        at = found[-1].start - 1
        if at < 1 or text[at] not in _JOINTS or len(found) > 30:
            break
    while found and found[-1].entry is None:
        found.pop()
    known = sum(item.entry is not None for item in found)
    return found[::-1] if known * 2 >= len(found) else []


def _hit(item: _Item, end: int, what: str, suffix: Suffix, lexicon: Lexicon) -> OrgHit:
    entry = item.entry
    full = entry is not None and entry.kind != PlaceKind.COUNTRY and suffix.kind in _FULL
    name = (entry.zh if entry and full and not what.endswith("海关") else item.name) + what
    known = lexicon.get(name)
    if known is not None and known.type is not EntryType.AGENCY:
        known = None
    place = PlaceHit(item.start, item.start + len(item.name), item.name, entry) if entry else None
    country, region = located(place, lexicon)
    if known is not None:
        of = lexicon.by_key(known.country)
        country = of.zh if of and not region else country
    return OrgHit(item.start, end, name, Actor(name), suffix.kind, known, country, region)
