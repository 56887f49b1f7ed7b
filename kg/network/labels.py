"""Labels of actors: names broken into lines, and their measures in points."""

from __future__ import annotations

import textwrap

from kg.model.frozen import Frozen

__all__ = ["LEADING", "NOTE_SIZE", "Label", "extent", "lines_of", "measured"]

#: A line of a Chinese name has at most this many characters, one of a Latin name 22.
_LINE = 9
_LINES = 2

#: Where a Chinese name is best broken: behind the place or the body it begins with.
_ENDS = frozenset("省市区国州会局院部团厅府委")
_NO_START = frozenset("和与及、）》”省市区州家场")

#: Height of a line by size of type; size of notes.
LEADING = 1.1
NOTE_SIZE = 6.5


class Label(Frozen):
    """A name in lines, its size of type, a smaller note below it ("" for none); width and height of both, in points."""

    text: str
    note: str
    size: float
    width: float
    height: float
    name_height: float


def lines_of(name: str) -> str:
    """A name in at most two lines of like length; what does not fit is cut and ends in …"""
    if all(ord(char) < 0x2E80 for char in name):
        return "\n".join(textwrap.wrap(name, 22, max_lines=_LINES + 1, placeholder=" …"))
    if len(name) <= _LINE:
        return name
    if len(name) > 2 * _LINE + 2:
        name = name[: 2 * _LINE + 1] + "…"
    middle = (len(name) + 1) // 2
    near = sorted(range(max(2, middle - 2), min(len(name) - 1, middle + 3)), key=lambda at: (abs(at - middle), at))
    at = next((at for at in near if name[at - 1] in _ENDS and name[at] not in _NO_START), middle)
    return name[:at] + "\n" + name[at:]


def extent(text: str, size: float) -> tuple[float, float]:
    """Width and height in points of a text in a size of type; to be called inside `picture_style`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1, 1), dpi=72)  # a dot is a point
    FigureCanvasAgg(figure)
    box = figure.text(0, 0, text, fontsize=size, linespacing=LEADING).get_window_extent()
    return float(box.width), float(box.height)


def measured(text: str, note: str, size: float) -> Label:
    """A label with its measures; to be called inside `picture_style`."""
    width, height = extent(text, size)
    note_width, note_height = extent(note, NOTE_SIZE) if note else (0.0, 0.0)
    return Label(text, note, size, max(width, note_width), height + note_height, height)
