"""Typed facts from a report: each with its passage and the rule that found it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.extraction import Extraction, extract

__all__ = ["Extraction", "extract"]


def __getattr__(name: str) -> Any:
    """What the room offers; its modules are imported when it is asked for, since a part of them serves for tables."""
    if name in __all__:
        return getattr(import_module("kg.extract.extraction"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
