"""Names and values made comparable: without signs, white space and width; alike by character bigrams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

__all__ = ["Names", "Row", "even", "even_text", "lines_of", "number", "overlap", "parts", "quantity", "similar"]

#: A gold record or a row of a fact table.
Row = Mapping[str, Any]

_TAG = re.compile(r"<[^>]*>")
_AND = re.compile(r"(?<=[\u4e00-\u9fff])\s*and\s*(?=[\u4e00-\u9fff“])")
_SIGNS = re.compile(r"[\s《》〈〉“”\"'‘’「」,，。.;；:：、()\[\]【】·•・*—–\-~～]")
_UNITS = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}


def even(text: object) -> str:
    """The text without markup, signs, white space, width and case; "" for None."""
    return _known(str(text if text is not None else ""))


def even_text(text: str) -> str:
    """As `even`, for long texts, which are not worth remembering."""
    text = unicodedata.normalize("NFKC", text)
    text = _AND.sub("和", _TAG.sub("", text))
    return _SIGNS.sub("", text).lower()


_known = lru_cache(maxsize=1 << 16)(even_text)


@lru_cache(maxsize=1 << 16)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def similar(a: object, b: object) -> float:
    """Dice of character bigrams, 0..1; a name inside another of similar length counts as 0.9."""
    one, two = even(a), even(b)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if len(short) >= 4 and short in long and len(short) >= 0.5 * len(long):
        return 0.9
    x, y = _bigrams(one), _bigrams(two)
    return 2 * len(x & y) / (len(x) + len(y))


def parts(cell: object) -> list[str]:
    """The values of a cell (`|` between them) or of a list, without empty ones."""
    values = (
        [str(item) for item in cell] if isinstance(cell, list) else str(cell if cell is not None else "").split("|")
    )
    stripped = values if isinstance(cell, list) else [value.strip() for value in values]
    return [value for value in stripped if value.strip()]


def lines_of(row: Row) -> list[int]:
    """The lines of a row, none when its cell holds something else."""
    try:
        return [int(float(n)) for n in parts(row.get("line"))]
    except ValueError:
        return []


def number(value: object) -> float | None:
    """The number that a cell holds, None for something else."""
    try:
        return float(str(value).replace(",", "").replace("，", "").rstrip("%％"))
    except ValueError:
        return None


def quantity(row: Row) -> tuple[float, str] | None:
    """The value in base units and its bare unit: 475.6 万件 gives (4756000, 件)."""
    value = number(row.get("value"))
    if value is None:
        return None
    unit = even(row.get("unit", "")) or ("%" if "%" in str(row.get("value", "")) else "")
    for word, factor in _UNITS.items():
        if unit.startswith(word):
            return round(value * factor, 4), unit[len(word) :]
    return round(value, 4), unit


class Names:
    """Names that mean the same actor, by the alias lists of the gold."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._parent: dict[str, str] = {}
        for row in rows:
            names = [even(n) for n in [row.get("name", ""), *parts(row.get("aliases"))] if even(n)]
            for name in names:
                self._parent.setdefault(name, name)
                self._parent[self._root(name)] = self._root(names[0])

    def _root(self, name: str) -> str:
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def __call__(self, name: object) -> str:
        """The name that stands for all names of this actor."""
        return self._root(even(name))

    def many(self, *cells: object) -> set[str]:
        """The actors in several cells."""
        return {self(name) for cell in cells for name in parts(cell)}


def overlap(a: set[str], b: set[str], empty: float) -> float:
    """The share of actors in common; `empty` when there are none at all."""
    return len(a & b) / len(a | b) if a | b else empty
