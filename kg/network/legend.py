"""The legend of a network picture, in zh and en: colour, shape, size and lines."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

from kg.model.frozen import Frozen
from kg.network.style import Group, Shape, marker_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LEGEND_WIDTH", "Legend", "line_points"]

LEGEND_WIDTH = 225.0

_ROW, _HEAD, _GAP = 15.0, 26.0, 10.0
_GREY = "#555555"

#: A row: what is drawn (marker, its width, colour; or None), a line (width, colour; or None), zh, en.
Row = tuple[tuple[str, float, str] | None, tuple[float, str] | None, str, str]
Part = tuple[str, str, list[Row]]


def line_points(ties: int) -> float:
    """The width in points of a line for so many ties."""
    return 0.5 + 0.55 * sqrt(ties)


def _examples(largest: int) -> list[int]:
    """One, some and the most, of numbers up to `largest`."""
    steps = [step for step in (2, 5, 10, 20, 50, 100, 200, 500) if step * 2 <= largest]
    return sorted({1, *steps[len(steps) // 2 :][:1], largest})


def _row_height(row: Row) -> float:
    return max(_ROW, row[0][1] + 3.0) if row[0] else _ROW


class Legend(Frozen):
    """What is in a picture: groups of actors with their numbers, shapes, groups of ties, the most partners of an actor
    and the most ties of a pair."""

    actors: tuple[tuple[Group, int], ...]
    shapes: tuple[Shape, ...]
    ties: tuple[Group, ...]
    partners: int
    weight: int

    @property
    def height(self) -> float:
        """The height in points that it takes."""
        return sum(_HEAD + _GAP + sum(_row_height(row) for row in rows) for _, _, rows in self._parts()) - _GAP

    def _parts(self) -> Iterator[Part]:
        actors: list[Row] = [
            (("o", 8.0, group.colour), None, f"{group.zh} {count}", group.en) for group, count in self.actors
        ]
        shapes: list[Row] = [
            ((shape.marker, 8.0 * shape.scale, _GREY), None, shape.zh, shape.en) for shape in self.shapes
        ]
        sizes: list[Row] = [(("o", marker_points(n), _GREY), None, f"{n}", "") for n in _examples(self.partners)]
        lines: list[Row] = [(None, (2.0, group.colour), group.zh, group.en) for group in self.ties]
        widths: list[Row] = [(None, (line_points(n), _GREY), f"{n}", "") for n in _examples(self.weight)]
        yield "颜色：类别与数量", "colour: kind and number", actors
        yield "形状", "shape", shapes
        yield "大小：图中的伙伴数", "size: partners in the picture", sizes
        yield "连线颜色：最多的一类联系", "line colour: most frequent kind of tie", lines
        yield "连线粗细：联系次数", "line width: number of ties", widths

    def draw(self, ax: Axes, left: float, top: float) -> None:
        """Draw it downwards from `top`, in points."""
        y = top
        for zh, en, rows in self._parts():
            ax.text(left, y, zh, fontsize=8.5, fontweight="bold", va="top")
            ax.text(left, y - 12, en, fontsize=7, color=_GREY, va="top")
            y -= _HEAD
            for row in rows:
                y -= _row_height(row)
                _draw_row(ax, left, y + _row_height(row) / 2, row)
            y -= _GAP


def _draw_row(ax: Axes, left: float, middle: float, row: Row) -> None:
    marker, line, zh, en = row
    if marker:
        shape, width, colour = marker
        ax.plot(left + 20, middle, shape, markersize=width, color=colour, markeredgecolor="white", markeredgewidth=0.5)
    if line:
        width, colour = line
        ax.plot([left + 6, left + 34], [middle, middle], "-", linewidth=width, color=colour)
    ax.text(left + 44, middle, zh, fontsize=8, va="center")
    if en:
        ax.text(left + LEGEND_WIDTH, middle, en, fontsize=6.5, color=_GREY, va="center", ha="right")
