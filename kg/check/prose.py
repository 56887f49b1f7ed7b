"""Figures in prose against each other and against the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from kg.check.clauses import narrowing
from kg.check.evidence import Evidence, Figure
from kg.check.findings import Finding, Kind, Severity
from kg.check.lookup import Reading, Tables
from kg.check.measures import Measure, measure_of
from kg.check.written import exactly, range_of

__all__ = ["prose_prose", "prose_table"]

#: Where the words narrow a figure, only values nearer than this are a slip of the pen: 97% of all are no slip.
_NEAR = Decimal("0.005")
#: How far apart two values of a name with unknown words may be, and how many signs such a name must have.
_APART = Decimal("0.10")
_LONG_NAME = 8


def _apart(a: Decimal, b: Decimal) -> Decimal:
    """The difference as a share of the larger."""
    larger = max(abs(a), abs(b))
    return abs(a - b) / larger if larger else Decimal(0)


def _same(figure: Figure, measure: Measure) -> tuple[object, ...]:
    """What two figures must share to be of one thing."""
    day = len(figure.period) == 4 and (measure.is_stock or figure.cumulative) and not figure.since
    period = f"{figure.period}-12-31" if day else figure.period
    return (measure.key, measure.scope, figure.unit, figure.area, period, figure.cumulative, figure.since)


def _strength(measure: Measure) -> Decimal | None:
    """How far apart two values of this name may be to be told of one thing: any, when every word of it is known
    and says what is done with what; a little, when it is long; None when it says too little (场数)."""
    known = measure.objects and measure.tokens > measure.objects
    if known and not measure.rest:
        return Decimal(1)
    length = sum(map(len, measure.rest)) + sum(map(len, measure.tokens))
    return _APART if length >= _LONG_NAME else None


def prose_prose(evidence: Evidence) -> Iterator[Finding]:
    """The same measure, area and period told with two values."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in evidence.figures:
        if not figure.target:
            groups.setdefault(_same(figure, measure_of(figure.measured)), []).append(figure)
    for group in groups.values():
        strength = _strength(measure_of(group[0].measured))
        if strength is not None and len(group) > 1:
            for one, other, plain in _disagreeing(group, strength):
                yield _two_values(one, other, plain=plain)


def _disagreeing(figures: Iterable[Figure], strength: Decimal) -> Iterator[tuple[Figure, Figure, bool]]:
    """Pairs that differ, each pair of values once, and whether the words around them say the same. Not within a
    paragraph, which would list different things."""
    seen: set[tuple[Decimal, Decimal]] = set()
    for one, other in combinations(figures, 2):
        if one.place == other.place or range_of(one).meets(range_of(other)):
            continue
        values = (min(one.value, other.value), max(one.value, other.value))
        if values in seen:
            continue
        apart, left, right = _apart(one.value, other.value), narrowing(one), narrowing(other)
        if left is None or right is None:
            continue
        if apart <= (strength if left == right else _NEAR):
            seen.add(values)
            yield one, other, left == right


def _two_values(one: Figure, other: Figure, *, plain: bool) -> Finding:
    known = plain and not (one.approximation or other.approximation)
    sources = one.words.source == other.words.source
    severity = Severity.ERROR if known and sources else Severity.WARNING
    values = f"{one.text or one.written}{one.written_unit}", f"{other.text or other.written}{other.written_unit}"
    zh = f"{one.name}（{one.period}）两处说法不一：{values[0]}与{values[1]}"
    en = f"{one.name} ({one.period}) is told with two values: {values[0]} and {values[1]}"
    return Finding(Kind.PROSE_PROSE, severity, zh, en, (one.words.side(one.shown), other.words.side(other.shown)))


def prose_table(evidence: Evidence, tables: Tables) -> Iterator[Finding]:
    """Figures in prose that are not the rounded value of the table."""
    for figure in evidence.figures:
        measure = measure_of(figure.measured)
        if figure.target or figure.unit == "%":
            continue
        readings = tables.readings(figure, measure, figure.period)
        told = range_of(figure)
        sure = [reading for reading in readings if reading.sure]
        if not sure or any(told.meets(exactly(reading.value)) for reading in readings):
            continue
        nearest = min(sure, key=lambda reading: _apart(reading.value, figure.value))
        left = narrowing(figure)
        if left == "" or (left is not None and _apart(nearest.value, figure.value) <= _NEAR):
            yield _not_the_table(evidence, figure, nearest, sure=left == "" and not figure.approximation)


def _not_the_table(evidence: Evidence, figure: Figure, reading: Reading, *, sure: bool) -> Finding:
    cell = reading.cells[0]
    areas = "、".join(evidence.label(each.area) for each in reading.cells)
    table = f"{cell.dataset}，{areas}（{cell.column}）"
    zh = f"正文{figure.shown}，表中为{reading.shown}：{table}"
    en = f"the prose says {figure.shown}, the table {reading.shown}: {table}"
    sides = (figure.words.side(figure.shown), *(c.words.side(f"{c.value:,f}{c.unit}") for c in reading.cells))
    return Finding(Kind.PROSE_TABLE, Severity.ERROR if sure else Severity.WARNING, zh, en, sides)
