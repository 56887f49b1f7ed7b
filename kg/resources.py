"""Where the files that stand outside kg/ are found: beside it in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource"]

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a resource, for instance `resource("data", "agencies.csv")`.

    Raises FileNotFoundError when the installation lacks it (a fault of the package, not of the user).
    """
    packed = _HERE / "_resources"
    path = (packed if packed.is_dir() else _HERE.parent).joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
