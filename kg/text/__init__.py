"""Bytes to Report: decoding, tables, headings, paragraphs healed over page breaks, sentences with their places."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.text.reader import read_report

__all__ = ["read_report"]


def __getattr__(name: str) -> Any:
    """What the room offers; its modules are imported when it is asked for, since a part of them serves for tables."""
    if name in __all__:
        return getattr(import_module("kg.text.reader"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
