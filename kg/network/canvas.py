"""matplotlib with a font that has Chinese glyphs, and pictures as files with the same bytes each time.

Text in SVG stays text: it can be searched and copied, is small, and every viewer of Chinese has a font for it; what was
measured with our font holds for others, since a Chinese glyph is one em wide in all of them. A PNG has its glyphs in it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.export.beside import beside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FONTS", "picture_style", "save"]

#: Fonts with Chinese glyphs, the better for the screen first.
FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "Noto Sans CJK JP",  # older matplotlib sees the first face of a collection alone
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "Arial Unicode MS",
)

_SUFFIXES = (".svg", ".png")


def _font() -> str:
    """The first font of the list that is installed, also when matplotlib's own list is older than it."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    for again in (False, True):
        if again:
            known = {entry.fname for entry in manager.ttflist}
            for path in sorted(set(font_manager.findSystemFonts()) - known):
                try:
                    manager.addfont(path)
                except (OSError, RuntimeError):
                    continue  # not a font that matplotlib reads
        names = {entry.name for entry in manager.ttflist}
        for name in FONTS:
            if name in names:
                return name
    raise ConfigError(
        "no font with Chinese glyphs; expected one of "
        + ", ".join(FONTS[:8])
        + " ... (Debian: `apt install fonts-noto-cjk`, or a font file in ~/.local/share/fonts)"
    )


@contextmanager
def picture_style() -> Iterator[None]:
    """matplotlib's settings for our pictures, inside the block alone.

    Raises ConfigError when a library of the extra `pictures` or a font with Chinese glyphs is missing.
    """
    try:
        import matplotlib
        import scipy  # noqa: F401  what networkx lays out with
        import threadpoolctl  # noqa: F401
    except ModuleNotFoundError as error:
        raise ConfigError(f"pictures need {error.name}; expected `pip install zhitu[pictures]`") from error

    found = _font()
    families = [found, *(name for name in FONTS[:9] if name != found), "DejaVu Sans", "sans-serif"]
    settings: Any = {
        "font.family": families,
        "svg.fonttype": "none",
        "svg.hashsalt": "zhitu",
        "axes.unicode_minus": False,
        "path.simplify": False,
    }
    # The other names are for viewers of SVG; that they are not here is no news.
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(settings)
            yield
    finally:
        logger.setLevel(level)


def save(figure: Figure, target: Path) -> None:
    """Write a figure as SVG or PNG, by the suffix of the target, without a date.

    Raises ConfigError for another suffix, OSError when the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in _SUFFIXES:
        raise ConfigError(f"{target}: no picture format {suffix or '(none)'}; expected .svg or .png")
    metadata = {"Date": None, "Creator": "zhitu"} if suffix == ".svg" else {"Software": "zhitu"}
    with beside(target) as part:
        figure.savefig(part, format=suffix[1:], dpi=150, metadata=metadata)
