"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["beside"]


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path to write to; at the end it becomes `target`, whose folders are made when missing.

    When the body raises, `target` stays as it was. A target that is no file (a pipe, a device) is written to as it is.
    Raises OSError when the place cannot be written.
    """
    if target.exists() and not target.is_file() and not target.is_dir():
        yield target
        return
    place = target.resolve()  # the file that a link means is replaced, not the link
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    try:
        yield part
        os.replace(part, place)
    finally:
        part.unlink(missing_ok=True)
