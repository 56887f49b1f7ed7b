"""Who stands behind collective names: 中欧两局, 第24次中日韩知识产权局局长会, 第九次中日韩领导人会议."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from kg.extract.actor_lists import region_name
from kg.extract.signs import COLLECTIVE, pattern_of
from kg.extract.words import alternation, any_of, words
from kg.lexicon import Entry, EntryType, Hit, Lexicon
from kg.model import Actor, ActorKind, PlaceKind

__all__ = ["Offices"]

_RUN = re.compile(
    r"中[\u4e00-\u9fff]{1,5}?(?=两局|三局|四局|五局|知识产权局|局长|领导人|总理|经贸|经济|科技|外长|战略|人文|高级别|部长|双方|两国|三国|知识产权|地理标志|联合|更新版|双边|协定)"
)
#: 中西部, 中英文: no countries.
_OTHER_WORDS = "部文语医药餐方式学"
_SHARED = re.compile(
    r"中[\u4e00-\u9fff]{1,5}(?=[\u4e00-\u9fff]{0,24}(?:第[\d一二三四五六七八九十]{1,4}[次届轮])?[\u4e00-\u9fff]{0,12}"
    rf"(?:{alternation('shared_meetings').pattern})\Z)"
)
_NUMBERED = re.compile(r"(?:第[\d一二三四五六七八九十百]{1,4}[次届轮]|\d{4}年度?)")
_MOST_SHORTS = 8
_OFFICES = re.compile(r"两局|三局|四局|五局|局长|审查|专家会议|PPH|专利|数据交换")
_HOME = "中国"
_PAIR = re.compile(r"中国[—–\-－]{1,2}(?P<who>[\u4e00-\u9fff]{2,12})")
_WITH_US = (EntryType.PLACE, EntryType.GROUP, EntryType.AGENCY)
#: The heads of two sides meet there; a forum or a fair is for all.
_OF_HEADS = re.compile(r"[局署厅部行院]长(?:级)?(?:会议?|会谈|会晤|对话|磋商)\Z")
_OWN_FIELD = re.compile("知识产权|专利|商标")
_DESIGN = re.compile(r"商标|外观设计")


class Offices:
    """The IP offices and countries that a name with abbreviations speaks of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # Events, their ties and the agreements of a sentence ask for the same names.
        self._members = lru_cache(maxsize=1024)(self._named)

    def office_of(self, country: Entry, *, design: bool = False) -> Actor:
        """The IP office of a country as an actor; the country itself when no office is known."""
        if country.key == "place/EU":
            name = words("regional_offices")["外观设计" if design else "专利"]
            return Actor(name)
        entry = self.lexicon.office_of(country)
        return Actor(entry.zh) if entry else Actor(country.zh, ActorKind.PLACE)

    def members(self, name: str, hints: Collection[Entry] = ()) -> tuple[Actor, ...]:
        """The offices (or, for heads of state and government, the countries) in a name; () when it holds none.

        `hints` are countries named nearby: they decide what 巴 in 中巴两局 means.
        """
        return self._members(name, tuple(hints))

    def _named(self, name: str, hints: tuple[Entry, ...]) -> tuple[Actor, ...]:
        if pattern_of(COLLECTIVE).search(name):
            members = next(members for word, members in words("collective_bodies").items() if word in name)
            return tuple(Actor(member) for member in members.split("|"))
        regions = self._regions(name)
        if regions:
            return regions
        if "中" not in name:
            return ()
        if pair := _PAIR.search(name):
            return self._pair(name, pair)
        match = _RUN.search(name)
        entries = self.lexicon.expand_short(match.group(), hints) if match else self._opening(name, hints)
        if entries is None:
            return ()
        if any(e.type is not EntryType.PLACE for e in entries):
            return ()
        if _OFFICES.search(name) and "领导人" not in name:
            return tuple(self.office_of(e, design=bool(_DESIGN.search(name))) for e in entries)
        return tuple(Actor(e.zh, ActorKind.PLACE) for e in entries)

    def _pair(self, name: str, pair: re.Match[str]) -> tuple[Actor, ...]:
        """Who meets at 第十届中国—东盟知识产权局局长会议: our office and the group, or a country and ours."""
        if not _OF_HEADS.search(name):
            return ()
        home = self.lexicon.place(_HOME)
        other = next((h for h in self.lexicon.find(pair["who"]) if h.start == 0 and h.entry.type in _WITH_US), None)
        if home is None or other is None:
            return ()
        offices = _OFFICES.search(name) is not None and _OWN_FIELD.search(name) is not None
        us = self.office_of(home) if offices else Actor(_HOME, ActorKind.PLACE)
        if other.entry.type is EntryType.AGENCY:
            return us, Actor(other.surface)
        country = offices and other.entry.type is EntryType.PLACE and other.entry.kind == PlaceKind.COUNTRY
        return us, self.office_of(other.entry) if country else Actor(other.surface, ActorKind.PLACE)

    def _opening(self, name: str, hints: Collection[Entry]) -> tuple[Entry, ...] | None:
        """The countries whose abbreviations open the name of a gathering of theirs: 中德产品安全工作组会议."""
        numbered = _NUMBERED.match(name)
        name = name[numbered.end() :] if numbered else name
        run = _SHARED.match(name)
        sizes = range(len(run.group()), 1, -1) if run else ()
        found = ((size, self.lexicon.expand_short(name[:size], hints)) for size in sizes)
        return next((entries for size, entries in found if entries and name[size] not in _OTHER_WORDS), None)

    def groups(self, text: str) -> list[Hit]:
        """The groups of regions that a text names: 长三角."""
        if not _group_heads(self.lexicon).search(text):
            return []
        return [hit for hit in self.lexicon.find(text) if hit.entry.type is EntryType.GROUP]

    def is_region(self, actor: Actor) -> bool:
        """True for a region of China."""
        entry = self.lexicon.place(actor.name)
        return entry is not None and entry.kind == PlaceKind.REGION

    def _in_area(self, name: str) -> bool:
        """True when an area opens the name (粤港澳大湾区…大会): where it is, not who meets."""
        hits = self.lexicon.find(name[:12], frozenset({EntryType.GROUP}))
        return bool(hits) and hits[0].start == 0 and hits[0].surface.endswith(("区", "圈", "带", "群"))

    def _regions(self, name: str) -> tuple[Actor, ...]:
        """京津冀晋蒙…活动, 闽台…会议: the regions whose abbreviations open the name."""
        longest, most = 0, min(len(name), _MOST_SHORTS)
        while longest < most and self.lexicon.shorts(name[longest], domestic=True):
            longest += 1
        for size in range(longest, 1, -1):
            entries = self.lexicon.expand_short(name[:size])
            if entries and all(e.kind == PlaceKind.REGION for e in entries) and not self._in_area(name):
                return tuple(Actor(region_name(e), ActorKind.PLACE) for e in entries)
        return ()


@cache
def _group_heads(lexicon: Lexicon) -> re.Pattern[str]:
    """How the names of groups begin."""
    groups = (entry for entry in lexicon.entries if entry.type is EntryType.GROUP)
    return re.compile(any_of(name[:2] for entry in groups for name in (entry.zh, *entry.aliases)))
