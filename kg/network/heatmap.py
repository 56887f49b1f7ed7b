"""The matrix of ties between regions and countries as a heat map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.network.labels import extent
from kg.network.titles import CAPTION_HEIGHT, MARGIN, TITLE_HEIGHT, Titles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.figure import Figure

    from kg.network.matrix import Matrix

__all__ = ["matrix_figure"]

_CELL, _BAR = 15.0, 110.0

#: Ranks of areas up to this are domestic; numbers on cells darker than that (0 to 1) are white.
_DOMESTIC, _DARK = 1, 0.55
_AREAS = 70
_TYPE, _NUMBER = 8.0, 6.5


def matrix_figure(matrix: Matrix, *, title: str, subtitle: str = "", lang: str = "zh") -> Figure:
    """A matrix, to be made and saved inside `picture_style`.

    Rows are what is domestic, columns all areas: a square would be empty but for its first rows and columns. Each cell
    has its number; the colour goes by its logarithm, since few pairs have most of the ties. Of more than 70 areas those
    with most ties are shown, and the caption says so. `lang` (zh or en) is that of the areas' names. Raises
    ConfigError for a matrix without ties.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if not matrix.areas:
        raise ConfigError("no ties between areas to draw; expected a network with at least one")
    sums = [sum(row) for row in matrix.values]
    columns = sorted(sorted(range(len(sums)), key=lambda at: (-sums[at], at))[:_AREAS])
    rows = [at for at in columns if matrix.areas[at].rank <= _DOMESTIC] or columns
    names = {at: getattr(matrix.areas[at], f"label_{lang}") or matrix.areas[at].label_zh for at in columns}

    titles = Titles(title, subtitle, *_caption(matrix, rows, columns))
    widths = {at: extent(name, _TYPE)[0] for at, name in names.items()}
    beside, above = max(widths[at] for at in rows) + 8.0, max(widths.values()) + 8.0
    wide, high = _CELL * len(columns), _CELL * len(rows)
    width = max(beside + wide + _BAR, titles.width) + 2 * MARGIN
    height = above + max(high, _BAR) + TITLE_HEIGHT + CAPTION_HEIGHT + 2 * MARGIN
    figure = Figure(figsize=(width / 72, height / 72), facecolor="white")
    FigureCanvasAgg(figure)
    page = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    page.set(xlim=(0, width), ylim=(0, height))
    page.axis("off")
    titles.draw(page, height)

    def axes(left: float, wide: float, high: float) -> Axes:
        top = height - MARGIN - TITLE_HEIGHT - above
        return figure.add_axes((left / width, (top - high) / height, wide / width, high / height))

    left = MARGIN + beside
    mesh, most = _draw_cells(axes(left, wide, high), matrix, rows, columns, names)
    scale = figure.colorbar(mesh, cax=axes(left + wide + 24, 12, _BAR))
    steps = [step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step <= most]
    scale.set_ticks(steps, labels=[str(step) for step in steps], fontsize=7)
    scale.ax.minorticks_off()
    scale.set_label("联系次数 number of ties", fontsize=7.5)
    return figure


def _draw_cells(
    ax: Axes, matrix: Matrix, rows: list[int], columns: list[int], names: dict[int, str]
) -> tuple[QuadMesh, int]:
    import numpy as np
    from matplotlib.colors import LogNorm

    values = [[matrix.values[a][b] for b in columns] for a in rows]
    cells = np.ma.masked_equal(np.array(values, dtype=float), 0.0)
    most = max(2, *(value for row in values for value in row))
    norm = LogNorm(vmin=1.0, vmax=most)
    mesh = ax.pcolormesh(cells, norm=norm, cmap="YlGnBu", edgecolors="#e8e8e8", linewidth=0.4)
    ax.set(xlim=(0, len(columns)), ylim=(len(rows), 0), facecolor="#fafafa")
    ax.xaxis.tick_top()
    ax.set_xticks(np.arange(len(columns)) + 0.5, [names[at] for at in columns], rotation=90, fontsize=_TYPE)
    ax.set_yticks(np.arange(len(rows)) + 0.5, [names[at] for at in rows], fontsize=_TYPE)
    ax.tick_params(length=0, pad=3)
    for shown, line in ((rows, ax.axhline), (columns, ax.axvline)):
        ranks = [matrix.areas[at].rank for at in shown]
        for n, (before, after) in enumerate(pairwise(ranks), 1):
            if before != after:
                line(n, color="#777777", linewidth=0.9)
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            if value:
                colour = "white" if norm(value) > _DARK else "#222222"
                ax.text(x + 0.5, y + 0.5, str(value), ha="center", va="center", fontsize=_NUMBER, color=colour)
    return mesh, most


def _caption(matrix: Matrix, rows: list[int], columns: list[int]) -> tuple[str, str]:
    zh = "行：全国性主体和省级地区；列：同上，以及国家和国际机构。对角线为地区内部的联系。"
    en = "Rows: national bodies and regions. Columns: these, countries and international bodies. Diagonal: ties inside."
    abroad = [at for at in columns if at not in rows]
    between = sum(matrix.values[a][b] for a in abroad for b in abroad if a <= b)
    if between:
        zh += f"境外之间的 {between} 次联系未画出。"
        en += f" Not drawn: {between} ties among those abroad."
    left_out = len(matrix.areas) - len(columns)
    if left_out:
        zh += f"联系较少的 {left_out} 个地区未画出。"
        en += f" Not drawn: {left_out} areas with fewer ties."
    return zh, en
