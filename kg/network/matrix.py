"""Who cooperates with whom by region: ties counted by the regions and countries that their actors belong to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.model.frozen import Frozen

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Area", "Matrix", "region_matrix"]


class Area(Frozen, order=True):
    """A row and column: `rank` orders the kinds (0 national, 1 region, 2 country, 3 between countries), `order` the
    areas of a kind (GB/T 2260 for regions, else the code)."""

    rank: int
    order: str
    code: str
    label_zh: str
    label_en: str


#: Domestic actors of no region, and actors of no country.
_NATIONAL = Area(0, "", "national", "全国性主体", "National bodies")
_BETWEEN = Area(3, "", "international", "国际机构", "International bodies")


class Matrix(Frozen):
    """Ties between areas. `values[i][j]` is the number of ties between `areas[i]` and `areas[j]`; it is symmetric, and
    the diagonal counts the ties inside an area. Areas without ties are not in it."""

    areas: tuple[Area, ...]
    values: tuple[tuple[int, ...], ...]


def region_matrix(network: nx.MultiDiGraph) -> Matrix:
    """The matrix of an actor network: its distinct ties by the regions of domestic actors and the countries of others.

    A domestic actor of no region is national; one of no country that is not domestic is international.
    """
    area = {node: _area(data) for node, data in network.nodes(data=True)}
    counts = Counter((min(area[a], area[b]), max(area[a], area[b])) for a, b in network.edges() if a != b)
    areas = tuple(sorted({end for pair in counts for end in pair}))
    values = tuple(tuple(counts[min(a, b), max(a, b)] for b in areas) for a in areas)
    return Matrix(areas, values)


def _area(data: dict[str, Any]) -> Area:
    if data["region"]:
        return Area(1, data["region_gb"] or data["region"], data["region"], data["region_zh"], data["region_en"])
    if data["domestic"]:
        return _NATIONAL
    if data["country"]:
        return Area(2, data["country"], data["country"], data["country_zh"], data["country_en"])
    return _BETWEEN
