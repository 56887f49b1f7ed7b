"""The passage behind a fact, under the name that the extractors use."""

from __future__ import annotations

from kg.model import passage_of

__all__ = ["passage_of"]
