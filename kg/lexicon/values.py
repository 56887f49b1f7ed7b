"""The values of the lexicon: what a gazetteer row says, and where a name was found in a text."""

from __future__ import annotations

from enum import StrEnum

from kg.model import AgencyKind
from kg.model.frozen import Frozen

__all__ = ["Entry", "EntryType", "Exclusion", "Hit", "RelativeBody", "Suffix"]


class EntryType(StrEnum):
    """What a lexicon entry names: a place, a body, a named group of regions, or a label of a table's row."""

    PLACE = "place"
    AGENCY = "agency"
    GROUP = "group"
    LABEL = "label"


class Entry(Frozen):
    """A row of a gazetteer.

    `key` is ASCII and unique (`place/CN-11`, `agency/st3-US`). `kind` is the value of a PlaceKind for places
    and groups, of an AgencyKind for bodies, of a RowStatus for labels; `status` repeats it for labels.
    `aliases` and `weak` are the other names; a weak name is also a common word or part of one: `get` knows
    it, `find` does not. `short` are one-character abbreviations. `country`, `region`, `broader`, `parent`
    and `members` are keys, "" when there is none. `code` is ISO 3166 for places, WIPO ST.3 for IP offices;
    `gb` is GB/T 2260.
    """

    key: str
    type: EntryType
    kind: str
    zh: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    code: str = ""
    gb: str = ""
    country: str = ""
    region: str = ""
    broader: str = ""
    members: tuple[str, ...] = ()
    parent: str = ""
    status: str = ""


class Hit(Frozen):
    """A name found at `text[start:end]`, which is `surface`."""

    start: int
    end: int
    entry: Entry
    surface: str


class Suffix(Frozen):
    """How names of bodies end. A weak one needs more evidence than the ending (中心, 部, 局)."""

    suffix: str
    kind: AgencyKind
    weak: bool


class RelativeBody(Frozen):
    """A name that needs its region: 省法院 is the region's name + 高级人民法院; `level` is 省."""

    short: str
    level: str
    full: str
    kind: AgencyKind


class Exclusion(Frozen):
    """A place where a name is none: `name` (a suffix when `ending`) after `before` and before `after`."""

    before: str
    name: str
    after: str
    ending: bool

    def holds(self, text: str, start: int, end: int) -> bool:
        """True when text[start:end], a name that it excludes, stands in this neighbourhood."""
        return text.endswith(self.before, 0, start) and text.startswith(self.after, end)

    def names(self, surface: str) -> bool:
        """True when it is this name, or one that ends so."""
        return surface.endswith(self.name) if self.ending else surface == self.name
