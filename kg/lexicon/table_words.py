"""Words of statistical tables: what a header, a caption or a unit is made of (data/table_headers.csv).

    words = load_table_words()
    words.is_a("合计", WordRole.BREAKDOWN)      -> True
    words.split_unit("授权量（件）")              -> ("授权量", "件")

A malformed file raises kg.errors.ConfigError `file:line: what was found; what was expected`.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from kg.errors import ConfigError
from kg.lexicon.lookup import normal_name
from kg.model.frozen import Frozen
from kg.resources import resource

__all__ = ["TableWords", "WordRole", "load_table_words", "read_table_words"]

_COLUMNS = ["label", "role", "en", "source"]


class WordRole(StrEnum):
    """What a word does in a table: in a header (breakdown to unit-column), in a caption (opening to
    continuation), or in a cell."""

    BREAKDOWN = "breakdown"
    VALUE = "value"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    CHANGE = "change"
    STOCK = "stock"
    FLOW = "flow"
    AREA = "area"
    WHOLE = "whole"
    SUBJECT = "subject"
    STUB = "stub"
    RANK = "rank"
    REMARK = "remark"
    UNIT_COLUMN = "unit-column"
    UNIT = "unit"
    OPENING = "opening"
    ENDING = "ending"
    LIST = "list"
    CONTINUATION = "continuation"
    MISSING = "missing"


_BRACKETED = re.compile(r"(?P<label>.*?)\s*[（(\[]\s*(?:单位\s*[:：])?\s*(?P<unit>[^（）()\[\]]{1,12})\s*[)）\]]\s*")
_SLASHED = re.compile(r"(?P<label>[^/／]{1,60}?)\s*[/／]\s*(?P<unit>\S{1,8})\s*")
_SCALE = re.compile(r"[十百千万亿]{0,3}")
_WIDE = str.maketrans("（）", "()")


class TableWords(Frozen, eq=False):
    """The words by role, in the form of `kg.lexicon.normal_name`, longest first."""

    words: Mapping[WordRole, tuple[str, ...]]
    _sets: Mapping[WordRole, frozenset[str]]

    def is_a(self, label: str, *roles: WordRole) -> bool:
        """True when the whole label is a word of one of these roles."""
        name = normal_name(label)
        for role in roles:  # noqa: SIM110 - asked for every cell, and a generator costs more than the look-up
            if name in self._sets[role]:
                return True
        return False

    def holds(self, label: str, role: WordRole) -> bool:
        """True when a word of this role stands anywhere in the label."""
        name = normal_name(label)
        return any(word in name for word in self.words[role])

    def ends(self, label: str, *roles: WordRole) -> bool:
        """True when the label ends in a word of one of these roles."""
        name = normal_name(label)
        return any(name.endswith(self.words[role]) for role in roles)

    def is_unit(self, text: str) -> bool:
        """True for a unit, with or without 万 or 亿 before it."""
        name = normal_name(text)
        scale = _SCALE.match(name)
        rest = name[scale.end() :] if scale else name
        units = self._sets[WordRole.UNIT]
        return bool(name) and (name in units or rest in units or (not rest and name[-1] in "万亿"))

    def split_unit(self, label: str) -> tuple[str, str]:
        """A label without its unit, and the unit or "": 周期 / 月 -> 周期, 月."""
        for pattern in (_BRACKETED, _SLASHED):
            match = pattern.fullmatch(label) if len(label) <= 200 else None
            if match and self.is_unit(match["unit"]):
                return match["label"], "".join(match["unit"].split())
        if label.endswith(("%", "％")):
            return label[:-1].strip(), "%"
        return label, ""

    def head(self, caption: str) -> str:
        """What a caption is about: 分地区国内专利申请年度状况 -> 专利申请; never empty when the caption is not."""
        text = caption
        while True:
            even = text.translate(_WIDE)
            opening = next((w for w in self.words[WordRole.OPENING] if even.startswith(w)), "")
            ending = next((w for w in self.words[WordRole.ENDING] if even.endswith(w)), "")
            cut = text[len(opening) : len(text) - len(ending)].strip("的、 ")
            if not cut:
                return text or caption
            if cut == text:
                return text
            text = cut


def read_table_words(path: Path) -> TableWords:
    """The words of a CSV file with the columns label, role, en, source."""
    found: dict[WordRole, set[str]] = {role: set() for role in WordRole}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if header != _COLUMNS:
                raise ConfigError(f"{path.name}:1: columns {','.join(header)}; expected {','.join(_COLUMNS)}")
            for cells in reader:
                if len(cells) != len(_COLUMNS) or not cells[0]:
                    raise ConfigError(f"{path.name}:{reader.line_num}: {cells}; expected label, role, en, source")
                if cells[1] not in set(WordRole):
                    expected = ", ".join(WordRole)
                    raise ConfigError(f"{path.name}:{reader.line_num}: role {cells[1]!r}; expected one of {expected}")
                found[WordRole(cells[1])].add(normal_name(cells[0]))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ConfigError(f"{path.name}: {fault}; expected CSV in UTF-8") from None
    words = {role: tuple(sorted(names, key=lambda n: (-len(n), n))) for role, names in found.items()}
    return TableWords(words, {role: frozenset(names) for role, names in words.items()})


@functools.cache
def load_table_words() -> TableWords:
    """The words that come with zhitu, read once."""
    return read_table_words(resource("data", "table_headers.csv"))
