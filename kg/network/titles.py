"""The words above and below a picture: title, second title, and a caption in zh and en."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.frozen import Frozen
from kg.network.labels import extent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CAPTION_HEIGHT", "MARGIN", "TITLE_HEIGHT", "Titles"]

#: Room in points: around the page, above a picture for its titles, below it for its caption.
MARGIN, TITLE_HEIGHT, CAPTION_HEIGHT = 26.0, 56.0, 38.0

_TITLE, _SUBTITLE, _ZH, _EN = 17.0, 10.0, 8.0, 7.0
_GREY = "#555555"


class Titles(Frozen):
    """Title and second title ("" for none), and the caption in zh and en: what is shown and what is not."""

    title: str
    subtitle: str
    zh: str
    en: str

    @property
    def width(self) -> float:
        """The width in points of the longest of them; to be asked inside `picture_style`."""
        sized = (
            (self.title, _TITLE * 1.06),
            (self.subtitle, _SUBTITLE),
            (self.zh, _ZH),
            (self.en, _EN),
        )  # bold is wider
        return max(extent(text, size)[0] for text, size in sized if text)

    def draw(self, page: Axes, height: float) -> None:
        """Draw them on a page of that height, in points."""
        page.text(MARGIN, height - MARGIN, self.title, fontsize=_TITLE, fontweight="bold", va="top")
        if self.subtitle:
            page.text(MARGIN, height - MARGIN - 27, self.subtitle, fontsize=_SUBTITLE, color=_GREY, va="top")
        page.text(MARGIN, MARGIN + 13, self.zh, fontsize=_ZH, color=_GREY, va="bottom")
        page.text(MARGIN, MARGIN, self.en, fontsize=_EN, color=_GREY, va="bottom")
