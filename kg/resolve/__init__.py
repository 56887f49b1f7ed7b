"""Which mentions are one entity, which tellings one fact: a score and a reason in words for each merge.

    resolve([(source, facts), ...], load_lexicon())    -> kg.model.Resolution

`rules` holds every weight and threshold; `tellings` the order and the ids; `gazetteer`, `places`, `actors`,
`people` the entities; `documents`, `agreements`, `events`, `cases`, `ties`, `figures` the facts, each with the
comparison that serves it; `resolver` the order of all this. Pairs are compared within blocks only.
"""

from __future__ import annotations

from kg.resolve.resolver import resolve

__all__ = ["resolve"]
