"""Looks names up, whole or inside running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from kg.lexicon.automaton import Automaton
from kg.lexicon.tables import Tables
from kg.lexicon.values import Entry, EntryType, Exclusion, Hit, RelativeBody, Suffix
from kg.model import PlaceKind

__all__ = ["Lexicon", "normal_name"]

V = TypeVar("V")

_SPACE = re.compile(r"\s+")
#: What may not be the same in the form in which names are compared.
_SIGN = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff、“”《》〈〉—()-]")
_BRACKETS = str.maketrans("〔〕［］【】", "()()()")
_FULL = str.maketrans("()", "（）")

#: Which entry a name means when several bear it: the wider place first (吉林 is the province).
_ORDER = {
    (EntryType.PLACE, PlaceKind.COUNTRY.value): 0,
    (EntryType.PLACE, PlaceKind.REGION.value): 1,
    (EntryType.PLACE, PlaceKind.GROUP.value): 2,
    (EntryType.PLACE, PlaceKind.CITY.value): 3,
    (EntryType.GROUP, PlaceKind.GROUP.value): 4,
}


@lru_cache(maxsize=1 << 15)
def normal_name(name: str) -> str:
    """The form in which names are compared: NFKC, brackets unified to (), no white space."""
    if not _SIGN.search(name):  # most
        return name
    return _SPACE.sub("", unicodedata.normalize("NFKC", name.translate(_BRACKETS)))


def _rank(entry: Entry) -> tuple[int, int, str]:
    county = entry.kind == PlaceKind.CITY and not entry.gb.endswith("00")
    return (_ORDER.get((entry.type, entry.kind), 5), county, entry.key)


def _ranked(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries that bear a name, the preferred one first."""
    return tuple(sorted(entries, key=_rank) if len(entries) > 1 else entries)


def _first(entries: Iterable[Entry], kind: EntryType) -> Entry | None:
    return next((entry for entry in entries if entry.type is kind), None)


def _sizes_of(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First two characters -> how long the names are that begin so, the longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        if len(name) > 1:
            found.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}


def _heads(name: str, most: int, known: Mapping[str, V], sizes: Mapping[str, tuple[int, ...]]) -> list[tuple[int, V]]:
    """The known names with which a name begins; only behind a sign need each size be tried."""
    most = min(most, len(name))
    sign = _SIGN.search(name)
    plain = min(most, sign.start()) if sign else most
    heads = [(size, normal_name(name[:size])) for size in range(most, max(plain, 1), -1)] if plain < most else []
    starts = sizes.get(name[:2])
    if starts:  # few
        heads += [(size, name[:size]) for size in starts if size <= plain]
    return [(size, known[head]) for size, head in heads if head in known] if heads else []


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _inside_word(text: str, start: int, end: int) -> bool:
    """True when text[start:end] begins or ends in the middle of a word in Latin letters."""
    return (start > 0 and _is_word(text[start]) and _is_word(text[start - 1])) or (
        end < len(text) and _is_word(text[end - 1]) and _is_word(text[end])
    )


class _Named(NamedTuple):
    """A name that is looked for in texts; `latin` when it begins or ends in Latin letters."""

    name: str
    entries: tuple[Entry, ...]
    exclusions: tuple[Exclusion, ...]
    latin: bool


class Lexicon:
    """The gazetteers, ready for look-up. `version` is the SHA-256 of the files it was read from."""

    def __init__(self, tables: Tables) -> None:
        self.entries: tuple[Entry, ...] = tables.entries
        self.suffixes: tuple[Suffix, ...] = tables.suffixes
        self.relative: tuple[RelativeBody, ...] = tables.relative
        self.version: str = tables.version
        self._exclusions = tables.exclusions
        self._keys = {entry.key: entry for entry in tables.entries}

    @cached_property
    def _names(self) -> dict[str, tuple[Entry, ...]]:
        """Normalised name -> the entries that bear it, the preferred one first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            names = (entry.zh, entry.en, *entry.aliases, *entry.weak)
            for name in {normal_name(name) for name in names if name}:
                found.setdefault(name, []).append(entry)
        return {name: _ranked(entries) for name, entries in found.items()}

    @cached_property
    def _places(self) -> dict[str, Entry]:
        """Normalised name -> the preferred place that bears it."""
        firsts = {name: _first(entries, EntryType.PLACE) for name, entries in self._names.items()}
        return {name: entry for name, entry in firsts.items() if entry}

    @cached_property
    def _shorts(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for char in entry.short:
                found.setdefault(char, []).append(entry)
        return {char: _ranked(entries) for char, entries in found.items()}

    @cached_property
    def _named(self) -> list[_Named]:
        """The names that are looked for."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.type is EntryType.LABEL:
                continue
            for name in (entry.zh, *entry.aliases):
                if len(name) < 2 or name in entry.weak:
                    continue
                half = name.replace("（", "(").replace("）", ")")
                for form in {name, half, half.translate(_FULL)} if "(" in half or ")" in half else (name,):
                    found.setdefault(form, []).append(entry)
        return [
            _Named(
                name,
                _ranked(entries),
                tuple([x for x in self._exclusions_by_end.get(name[-1], ()) if x.names(name)]),
                _is_word(name[0]) or _is_word(name[-1]),
            )
            for name, entries in sorted(found.items())
        ]

    @cached_property
    def _automaton(self) -> Automaton:
        return Automaton([named.name for named in self._named], overlapping=True)

    @cached_property
    def _exclusions_by_end(self) -> dict[str, tuple[Exclusion, ...]]:
        """Exclusions by the last character of the name they exclude."""
        found: dict[str, list[Exclusion]] = {}
        for exclusion in self._exclusions:
            found.setdefault(exclusion.name[-1], []).append(exclusion)
        return {char: tuple(exclusions) for char, exclusions in found.items()}

    def get(self, name: str) -> Entry | None:
        """The entry with this zh name, en name or alias (not a one-character abbreviation), else None."""
        found = self._names.get(normal_name(name))
        return found[0] if found else None

    def all(self, name: str) -> tuple[Entry, ...]:
        """All entries that bear this name, the preferred one first."""
        return self._names.get(normal_name(name), ())

    @cached_property
    def _sizes(self) -> dict[str, tuple[int, ...]]:
        return _sizes_of(self._names)

    @cached_property
    def _place_sizes(self) -> dict[str, tuple[int, ...]]:
        return _sizes_of(self._places)

    def heads(self, name: str, most: int) -> list[tuple[int, tuple[Entry, ...]]]:
        """The names of two to `most` characters with which this one begins, the longest first: the size of each, and
        the entries that bear it."""
        return _heads(name, most, self._names, self._sizes)

    def place_heads(self, name: str, most: int) -> list[tuple[int, Entry]]:
        """As `heads`, of places alone: what `place` gives for each."""
        return _heads(name, most, self._places, self._place_sizes)

    def by_key(self, key: str) -> Entry | None:
        """The entry with this key, else None."""
        return self._keys.get(key)

    def place(self, name: str) -> Entry | None:
        """The country, region or city with this name (北京, 北京市, 内蒙古), else None."""
        return self._places.get(normal_name(name))

    def table_label(self, text: str) -> Entry | None:
        """The entry of a row label that is no area (合计, 其他), else None."""
        return _first(self.all(text), EntryType.LABEL)

    def region_of(self, entry: Entry) -> Entry | None:
        """The region at province level in which a city or body lies; a region itself; else None."""
        return self._keys.get(entry.region)

    def shorts(self, char: str, *, domestic: bool) -> tuple[Entry, ...]:
        """All regions (or, not domestic, all countries) that this character abbreviates."""
        found = self._shorts.get(char)
        return tuple([entry for entry in found if (entry.kind == PlaceKind.REGION) == domestic]) if found else ()

    def short(self, char: str, *, domestic: bool, hints: Collection[Entry] = ()) -> Entry | None:
        """The one entry that a character abbreviates; None when there is none or when it stays ambiguous
        (巴, 新) because not exactly one of the candidates is among the `hints`."""
        found = self.shorts(char, domestic=domestic)
        if len(found) > 1:
            found = tuple(entry for entry in found if entry in hints)
        return found[0] if len(found) == 1 else None

    def expand_short(self, text: str, hints: Collection[Entry] = ()) -> tuple[Entry, ...] | None:
        """The entries when the whole of `text` is a run of at least two abbreviations, else None.

        All are regions (京津冀晋蒙) or all are countries (中美欧日韩), each once; regions are tried first.
        A place's own name (辽宁) is no run, nor is one with an abbreviation that stays ambiguous (`short`).
        """
        if len(text) < 2 or text[0] not in self._shorts or not all(char in self._shorts for char in text):
            return None
        if len(set(text)) < len(text) or self._strong(text):
            return None
        for domestic in (True, False):
            found = [self.short(char, domestic=domestic, hints=hints) for char in text]
            entries = tuple(entry for entry in found if entry)
            if len(entries) == len(text):
                return entries
        return None

    def areas(self, label: str) -> tuple[Entry, ...]:
        """The places of a row label: one, or several of a list (塞浦路斯、希腊); empty when a part is none.

        Totals and 其他 are no areas (see `table_label`); outer brackets are the caller's to take off.
        """
        whole = self.place(label)
        if whole:
            return (whole,)
        found = [self.place(part) for part in label.split("、")]
        places = tuple(entry for entry in found if entry)
        return places if len(places) == len(found) else ()

    def office_of(self, place: Entry) -> Entry | None:
        """The IP office of a country, of the European Union or of a region with an own one (香港), else None.

        For 丹麦知识产权机构, where a text names an office by its country alone.
        """
        code = "EM" if place.code == "EU" else place.code.removeprefix("CN-")
        return self._keys.get(f"agency/st3-{code}") if place.kind != PlaceKind.CITY and code else None

    def expand_relative(self, name: str, region: str) -> tuple[str, RelativeBody] | None:
        """The full name of 省法院 in a region (浙江省高级人民法院) with the row it comes from, else None.

        `region` is any name of the region; the level word must be the last word of its full name, or of that of
        the region in which it lies (省法院 in 南京市 is that of 江苏省).
        """
        bodies = self._relative.get(normal_name(name))
        place = self.place(region) if bodies else None
        for home in (place, self.by_key(place.region)) if place else ():
            for body in bodies or ():
                if home and home.zh.endswith(body.level):
                    return home.zh + body.full, body
        return None

    @cached_property
    def _relative(self) -> dict[str, tuple[RelativeBody, ...]]:
        found: dict[str, list[RelativeBody]] = {}
        for body in self.relative:
            found.setdefault(body.short, []).append(body)
        return {short: tuple(bodies) for short, bodies in found.items()}

    def _strong(self, text: str) -> tuple[Entry, ...]:
        """Places that bear this name and not only as a word of many meanings."""
        return tuple(e for e in self.all(text) if e.type is EntryType.PLACE and text not in e.weak)

    def find(self, text: str, types: frozenset[EntryType] | None = None) -> list[Hit]:
        """The names of two characters and more in `text`, leftmost first, then longest, none overlapping.

        Only entries of `types` count when given. Names in ASCII stand as whole words only; weak names and
        English names are not looked for.
        """
        return self.find_all([text], types)[0]

    def find_all(self, texts: Sequence[str], types: frozenset[EntryType] | None = None) -> list[list[Hit]]:
        """What `find` finds in each of many texts, in a fraction of the time."""
        named = self._named
        found: list[list[tuple[int, int, Entry]]] = [[] for _ in texts]
        for n, word, start, end in self._automaton.find(texts):
            _, entries, exclusions, latin = named[word]
            if latin and _inside_word(texts[n], start, end):
                continue
            if exclusions and any(x.holds(texts[n], start, end) for x in exclusions):
                continue
            entry = entries[0] if types is None else next((e for e in entries if e.type in types), None)
            if entry is not None:
                found[n].append((start, -end, entry))
        return [_leftmost(text, names) if names else [] for text, names in zip(texts, found, strict=True)]


def _leftmost(text: str, names: list[tuple[int, int, Entry]]) -> list[Hit]:
    """The leftmost names, the longest of those that begin together, none overlapping; the ends are negative."""
    found: list[Hit] = []
    reached = 0
    for start, over, entry in sorted(names) if len(names) > 1 else names:
        if start >= reached:
            reached = -over
            found.append(Hit(start, reached, entry, text[start:reached]))
    return found
