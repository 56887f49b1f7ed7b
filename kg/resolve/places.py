"""Places by name: those of the gazetteer, and groups for printed labels that it does not know."""

from __future__ import annotations

from kg.lexicon import Entry, EntryType
from kg.model import Issue, Place, PlaceKind
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.names import digest, even

__all__ = ["Places"]

_CITY_ENDS = ("市", "县", "区", "州", "旗", "镇")


class Places:
    """Gives keys for names of places and remembers which places are needed."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._used: set[str] = set()
        self._own: dict[str, Place] = {}
        self._cache: dict[str, str] = {}
        self.issues: list[Issue] = []

    def use(self, key: str) -> str:
        """Note that a place is referred to; gives the key back."""
        if key:
            self._used.add(key)
        return key

    def known(self, name: str) -> str:
        """The key of a place of the gazetteer with this name, or "" (never a new place)."""
        if not name:
            return ""
        key = self._cache.get(name)
        if key is None:
            entry = self._gazetteer.area(name)
            key = self._cache[name] = entry.key if entry else ""
        return self.use(key)

    def label(self, text: str) -> str:
        """The key for a row label that is no area (合计, 其他), or ""."""
        entry = self._gazetteer.lexicon.table_label(text)
        if entry is None:
            return ""
        key = f"place/label-{entry.code}"
        self._own.setdefault(key, Place(key, PlaceKind.GROUP, entry.zh, entry.en, _names(entry)))
        return key

    def key(self, name: str, source: str, line: int, *, kind: PlaceKind | None = None) -> str:
        """The key for a name of a place; an unknown one becomes a place of its own, with an Issue."""
        known = self.known(name)
        if known or not name:
            return known
        key = f"place/{digest(even(name))}"
        if key not in self._own:
            city = kind is None and name.endswith(_CITY_ENDS)
            self._own[key] = Place(key, PlaceKind.CITY if city else PlaceKind.GROUP, name)
            if not self._listed(name):
                expected = "a place of the gazetteers; add it to data/ or correct it"
                self.issues.append(Issue(source, line, "unknown-area", name, expected))
        return key

    def site(self, name: str, source: str, line: int) -> str:
        """The key for where something happens; "" when the name is that of a body, not of a place."""
        if not name or (not self.known(name) and self._gazetteer.agency(name) is not None):
            return ""
        return self.key(name, source, line)

    def _listed(self, name: str) -> bool:
        """True for 塞浦路斯、希腊: a group whose members are all known."""
        parts = [part for part in name.replace("，", "、").split("、") if part]
        return len(parts) > 1 and all(self._gazetteer.area(part) for part in parts)

    def within(self, narrow: str, wide: str) -> bool:
        """True when one known place lies in the other."""
        at = narrow
        for _ in range(5):
            entry = self._gazetteer.lexicon.by_key(at)
            if entry is None:
                return False
            if entry.key == wide:
                return True
            at = entry.broader
        return False

    def country(self, key: str) -> str:
        """The country in which a place lies (itself for a country), or ""."""
        entry = self._gazetteer.lexicon.by_key(key)
        return entry.country if entry else ""

    def all(self) -> tuple[Place, ...]:
        """Every place referred to, with its chain of broader places, sorted by key."""
        found = dict(self._own)
        for key in sorted(self._used):
            at = key
            while at and at not in found:
                entry = self._gazetteer.lexicon.by_key(at)
                if entry is None:
                    break
                found[at] = _place(entry)
                at = entry.broader
        return tuple(found[key] for key in sorted(found))


def _names(entry: Entry) -> tuple[str, ...]:
    return tuple(sorted({name for name in entry.aliases if name != entry.zh}))


def _place(entry: Entry) -> Place:
    kind = PlaceKind(entry.kind) if entry.type is EntryType.PLACE else PlaceKind.GROUP
    return Place(
        entry.key,
        kind,
        entry.zh,
        entry.en,
        _names(entry),
        entry.code,
        entry.gb,
        entry.broader if entry.type is EntryType.PLACE else "",
    )
