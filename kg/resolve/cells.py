"""Keys of what a table cell stands in: its data set, its area, its series, and its own."""

from __future__ import annotations

from functools import lru_cache

from kg.model import PlaceKind, RowStatus
from kg.resolve.names import core, digest, even
from kg.resolve.places import Places

__all__ = ["COLUMN", "CellKeys", "cell_end", "row_starts"]

_NO_AREA = frozenset({RowStatus.TOTAL, RowStatus.SUBTOTAL, RowStatus.OTHER})


#: What in the end of a key stands for the column.
COLUMN = slice(12)


@lru_cache(maxsize=1 << 12)
def row_starts(dataset: str, area: str) -> tuple[str, str]:
    """What the keys of the cells of a row begin with, and those of their series: all dimensions but the period."""
    row = digest(dataset, area)
    return f"observation/{row}-", f"series/{row}-"


@lru_cache(maxsize=1 << 12)
def cell_end(measure: str, breakdown: str, period: str, edition: str) -> str:
    """What the key of a cell as one edition prints it ends with; that of its series ends with its `COLUMN`."""
    return f"{digest(even(measure), even(breakdown))}/{period}/{edition}"


class CellKeys:
    """Gives keys for the labels of tables, each worked out once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._datasets: dict[tuple[str, str], str] = {}
        self._areas: dict[tuple[str, RowStatus], str] = {}

    def dataset(self, series: str, publisher: str) -> str:
        """The key of a table series of a body that reports."""
        asked = (series, publisher)
        key = self._datasets.get(asked)
        if key is None:
            key = self._datasets[asked] = f"dataset/{digest(core(series, keep_brackets=True), even(publisher))}"
        return key

    def area(self, name: str, status: RowStatus, source: str, line: int) -> str:
        """The key of the area of a row; `source` and `line` are for the Issue that an unknown area becomes."""
        asked = (name, status)
        key = self._areas.get(asked)
        if key is None:
            key = self._places.label(name) if status in _NO_AREA else ""
            key = key or self._places.known(name) or self._places.label(name)
            key = self._areas[asked] = key or self._places.key(name, source, line, kind=PlaceKind.GROUP)
        return key
