"""Where actors stand in a picture, so that no label covers another.

An actor and its label are one box. Each component of the network is laid out by path lengths (Kamada and Kawai 1989, by
networkx), stretched until its boxes fill a fair part of the area, and boxes that still overlap are pushed apart along the
axis where less is needed (after the force transfer of Huang and others, "A new algorithm for removing node overlapping
in graph visualization", 2007). Components are then set beside each other. All lengths are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["arrange"]

Size = tuple[float, float]

#: How many times the area of its boxes a component takes before they are pushed apart.
_ROOM = 1.6
_GAP = 16.0

#: Boxes that are in each other's way get more room every so many rounds.
_BREATH, _MORE = 100, 1.03

#: Boxes are wide and low: without a weight all would give way upwards and downwards.
_SIDEWAYS = 1.6


def arrange(
    graph: nx.Graph, sizes: Mapping[str, Size], aspect: float, line: float, free: float
) -> tuple[dict[str, Size], Size]:
    """Centres of the boxes of all nodes, and the width and height of the whole.

    `graph` is a weighted projection in which everybody has a partner, `sizes` the width and height of each node's box,
    `aspect` the wanted width by height of a component, `line` the least average length of its lines and `free` the
    height that is free in any case. The same graph and sizes give the same places.
    """
    import networkx as nx

    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    return _beside([_component(graph.subgraph(part), part, sizes, aspect, line) for part in parts], sizes, free)


def _component(
    graph: nx.Graph, nodes: list[str], sizes: Mapping[str, Size], aspect: float, line: float
) -> dict[str, Size]:
    import numpy as np

    boxes = np.array([sizes[node] for node in nodes])
    points = _by_paths(graph, nodes)
    height = float(_ROOM * np.sum(boxes[:, 0] * boxes[:, 1]) / aspect) ** 0.5
    extent = np.ptp(points, axis=0)
    points = (points - points.mean(axis=0)) / np.where(extent > 0.0, extent, 1.0) * np.array([height * aspect, height])
    at = {node: n for n, node in enumerate(nodes)}
    edges = np.array([points[at[a]] - points[at[b]] for a, b in sorted((min(edge), max(edge)) for edge in graph.edges)])
    points = _push_apart(points * max(1.0, line / float(np.hypot(edges[:, 0], edges[:, 1]).mean())), boxes)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)}


def _by_paths(graph: nx.Graph, nodes: list[str]) -> Array:
    """Places where actors are as far apart as the paths between them are long.

    They start on a circle, like beside like, with the best connected in the middle: that is where partners of one actor
    alone come to stand.
    """
    import networkx as nx
    import numpy as np
    from threadpoolctl import threadpool_limits

    def likeness(node: str) -> tuple[Any, ...]:
        data = graph.nodes[node]
        return not data.get("domestic", True), data.get("kind", ""), data.get("country", ""), node

    centre = max(nodes, key=lambda node: (graph.degree(node), node))
    around = sorted((node for node in nodes if node != centre), key=likeness)
    # Not the whole circle: three on one line would stay on it.
    turns = 0.1 + 2.0 * np.pi * np.arange(len(around)) / (len(around) + 1)
    start = {node: np.array([np.cos(turn), np.sin(turn)]) for node, turn in zip(around, turns, strict=True)}
    start[centre] = np.zeros(2)
    if len(nodes) > 2:
        ordered: nx.Graph = nx.Graph()
        ordered.add_nodes_from(nodes)
        ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges))
        # Vectors this short only wait for each other in several threads, and one thread adds in one order.
        with threadpool_limits(1):
            start = nx.kamada_kawai_layout(ordered, pos=start, weight=None)
    return np.array([start[node] for node in nodes])


def _push_apart(points: Array, boxes: Array) -> Array:
    """Move boxes (centre, size) until none overlaps; the larger of two moves less. It ends, since the room grows."""
    import numpy as np

    first, second = np.triu_indices(len(points), k=1)
    need = (boxes[first] + boxes[second]) / 2.0
    weight = boxes[:, 0] * boxes[:, 1]
    share = weight[second] / (weight[first] + weight[second])
    for done in count():
        if done % _BREATH == _BREATH - 1:
            points = points * _MORE
        apart = points[first] - points[second]
        over = need - np.abs(apart)
        hit = np.flatnonzero((over > 0.0).all(axis=1))
        if not len(hit):
            break
        apart, over, part = apart[hit], over[hit] + 0.01, share[hit]
        axis = np.where(over[:, 1] * _SIDEWAYS <= over[:, 0], 1, 0)
        rows = np.arange(len(hit))
        step = np.where(apart[rows, axis] < 0.0, -1.0, 1.0) * over[rows, axis]
        move = np.zeros_like(points)
        np.add.at(move, (first[hit], axis), step * part)
        np.add.at(move, (second[hit], axis), -step * (1.0 - part))
        touching = np.bincount(np.concatenate([first[hit], second[hit]]), minlength=len(points))
        points = points + move / np.sqrt(np.maximum(touching, 1))[:, None]
    return points


def _extent(part: Mapping[str, Size], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of placed boxes."""
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in part.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in part.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in part.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in part.items()),
    )


def _beside(placed: list[dict[str, Size]], sizes: Mapping[str, Size], free: float) -> tuple[dict[str, Size], Size]:
    """The first component at the left, the others in columns to its right, each column from the top down."""
    found: dict[str, Size] = {}
    x = y = column = 0.0
    tallest = free
    for part in placed:
        left, bottom, right, top = _extent(part, sizes)
        wide, high = right - left, top - bottom
        if found and (y == 0.0 or y + high > tallest):
            x, y, column = x + column + _GAP, 0.0, 0.0
        found.update({node: (at - left + x, up - top - y) for node, (at, up) in part.items()})
        column, tallest = max(column, wide), max(tallest, high)
        y = y + high + _GAP if len(found) > len(part) else 0.0
    left, bottom, right, top = _extent(found, sizes)
    return {node: (at - left, up - bottom) for node, (at, up) in found.items()}, (right - left, top - bottom)
