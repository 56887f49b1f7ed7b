"""What a written figure can stand for: 104.5万 is any number that rounds to it, 超1000 any above, 近1000 any below."""

from __future__ import annotations

from decimal import Decimal

from kg.check.evidence import Figure
from kg.model.frozen import Frozen

__all__ = ["Range", "exactly", "range_of", "rounded"]

_HALF = Decimal("0.5")
#: How far a value may lie above 超1000 and below 近1000, and on either side of 约1000.
_ABOVE = Decimal("1.5")
_BELOW = Decimal("0.8")
_ABOUT = Decimal("0.05")


class Range(Frozen):
    """The numbers from `low` to `high`."""

    low: Decimal
    high: Decimal

    def meets(self, other: Range) -> bool:
        """True when a number lies in both. What rounds to 64.2 ends where 64.3 begins: ends that only touch do not
        meet, but one number at an end does."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and (self.low == self.high or other.low == other.high))

    def plus(self, other: Range) -> Range:
        """The sums of a number of each."""
        return Range(self.low + other.low, self.high + other.high)

    def per(self, other: Range) -> Range | None:
        """The quotients, for positive ranges; None when the other reaches 0 or either goes below it."""
        if other.low <= 0 or self.low < 0:
            return None
        return Range(self.low / other.high, self.high / other.low)


def exactly(value: Decimal) -> Range:
    """One number."""
    return Range(value, value)


def _places(written: str) -> int:
    return len(written.partition(".")[2])


def rounded(written: str, scale: Decimal = Decimal(1)) -> Range:
    """All that rounds to the digits as written: half a unit of the last digit to each side."""
    half = _HALF * scale.copy_abs() * Decimal(1).scaleb(-_places(written))
    value = Decimal(written) * scale
    return Range(value - half, value + half)


def _last_unit(written: str) -> Decimal:
    """The worth of the last digit that is not an ending zero: 10 for 150, 0.1 for 2.5."""
    value = Decimal(written).normalize()
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def range_of(figure: Figure) -> Range:
    """What a figure can stand for, with its approximate word. A count written in full stands for itself alone."""
    if figure.low is not None and figure.high is not None:
        return Range(figure.low, figure.high)
    written = Decimal(figure.written)
    scale = figure.value / written if written else Decimal(1)
    in_words = bool(figure.text) and not any(sign.isdigit() for sign in figure.text)
    in_full = scale == 1 and "." not in figure.written and figure.unit != "%"
    near = exactly(figure.value) if in_words or in_full else rounded(figure.written, scale)
    value = figure.value
    match figure.approximation:
        case "over" | "at_least":
            return Range(near.low, max(value * _ABOVE, near.high))
        case "odd":
            return Range(near.low, max(value + _last_unit(figure.written) * scale.copy_abs(), near.high))
        case "nearly" | "under" | "within":
            return Range(min(value * _BELOW, near.low), near.high)
        case "about":
            slack = value.copy_abs() * _ABOUT
            return Range(min(value - slack, near.low), max(value + slack, near.high))
        case _:
            return near
