"""The base of all frozen values."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec

__all__ = ["Frozen"]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Frozen(msgspec.Struct, frozen=True, gc=False):
    """A typed value that cannot be changed: fields are declared as in a dataclass; equal values hash alike.

    Made in a tenth of the time that a frozen dataclass takes, which is much where each sentence makes dozens. A
    value cannot hold itself, so the garbage collector need not look at it.
    """
