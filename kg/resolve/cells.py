"""Keys of what a table cell stands in: its data set, its area, its series, and its own."""

from __future__ import annotations

from functools import lru_cache

from kg.model import PlaceKind, RowStatus
from kg.resolve.names import core, digest, even
from kg.resolve.places import Places

__all__ = ["CellKeys", "observation_key", "series_key"]

_NO_AREA = frozenset({RowStatus.TOTAL, RowStatus.SUBTOTAL, RowStatus.OTHER})


def series_key(dataset: str, area: str, measure: str, breakdown: str) -> str:
    """The key of all dimensions of a cell but its period: a part for its row and one for its column."""
    return f"series/{_row(dataset, area)}-{_column(measure, breakdown)}"


@lru_cache(maxsize=1 << 12)
def _row(dataset: str, area: str) -> str:
    return digest(dataset, area)


@lru_cache(maxsize=1 << 12)
def _column(measure: str, breakdown: str) -> str:
    return digest(even(measure), even(breakdown))


def observation_key(series: str, period: str, edition: str) -> str:
    """The key of a cell as one edition prints it."""
    return f"observation/{series.removeprefix('series/')}/{period}/{edition}"


class CellKeys:
    """Gives keys for the labels of tables, each worked out once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._datasets: dict[tuple[str, str], str] = {}
        self._areas: dict[tuple[str, str, RowStatus], str] = {}

    def dataset(self, series: str, publisher: str) -> str:
        """The key of a table series of a body that reports."""
        asked = (series, publisher)
        key = self._datasets.get(asked)
        if key is None:
            key = self._datasets[asked] = f"dataset/{digest(core(series, keep_brackets=True), even(publisher))}"
        return key

    def area(self, name: str, code: str, status: RowStatus, source: str, line: int) -> str:
        """The key of the area of a row; `source` and `line` are for the Issue that an unknown area becomes."""
        asked = (name, code, status)
        key = self._areas.get(asked)
        if key is None:
            key = self._places.label(name) if status in _NO_AREA else ""
            key = key or self._places.known(name) or self._places.label(name)
            key = self._areas[asked] = key or self._places.key(name, source, line, kind=PlaceKind.GROUP)
        return key
