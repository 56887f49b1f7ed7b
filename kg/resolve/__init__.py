"""Which mentions are one entity, which tellings one fact: a score and a reason in words for each merge.

    resolve([(source, facts), ...], load_lexicon())    -> kg.model.Resolution

`rules` holds every weight and threshold; `tellings` the order and the ids; `gazetteer`, `places`, `actors`,
`people` the entities; `documents`, `agreements`, `events`, `cases`, `ties`, `figures` the facts, each with the
comparison that serves it; `resolver` the order of all this. Pairs are compared within blocks only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.resolve.resolver import resolve

__all__ = ["resolve"]


def __getattr__(name: str) -> Any:
    """What the room offers; its modules are imported when it is asked for, since a part of them serves for tables."""
    if name in __all__:
        return getattr(import_module("kg.resolve.resolver"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
