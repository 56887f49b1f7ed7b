"""Growth and shares in prose, worked out again from the tables or from other figures in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kg.check.clauses import growth_written, narrowing
from kg.check.evidence import Evidence, Figure
from kg.check.findings import Finding, Kind, Severity, Side
from kg.check.lookup import Reading, Tables, year_before
from kg.check.measures import Measure, Scope, measure_of
from kg.check.written import Range, exactly, range_of, rounded

__all__ = ["growth", "shares"]

_HUNDRED = Decimal(100)
_SHARE = re.compile(r"(.{2,80}?)占(.{0,80}?)(?:的?比重|的?比例|的?份额|比)")
_WHOLE = re.compile(r"(?:当年|全部|其|全国)?(?:总量|总数|总额|全部)?")


def _growth_of(now: Range, before: Range) -> Range | None:
    ratio = now.per(before)
    return Range((ratio.low - 1) * _HUNDRED, (ratio.high - 1) * _HUNDRED) if ratio else None


def _told_growth(figure: Figure) -> tuple[Range, str] | None:
    written = growth_written(figure)
    if figure.growth is None or written is None or written[1]:
        return None
    sign = -1 if figure.growth < 0 else 1
    return rounded(written[0], Decimal(sign)), f"{'-' if sign < 0 else '+'}{written[0]}%"


def growth(evidence: Evidence, tables: Tables) -> Iterator[Finding]:
    """Yearly changes that do not follow from the two values."""
    earlier: dict[tuple[object, ...], list[Figure]] = {}
    for figure in evidence.figures:
        measure = measure_of(figure.measured)
        key = (measure.key, measure.scope, figure.unit, figure.area, figure.period, figure.cumulative)
        earlier.setdefault(key, []).append(figure)
    for figure in evidence.figures:
        told = _told_growth(figure)
        if told is None:
            continue
        found = [*_from_tables(figure, tables), *_from_prose(figure, earlier)] or list(_mixed(figure, tables))
        if not found or any(worked.meets(told[0]) for worked, _ in found):
            continue
        worked, sides = found[0]
        shown = f"{worked.low:+.2f}%" if worked.low == worked.high else f"{worked.low:+.2f}% … {worked.high:+.2f}%"
        zh = f"{figure.name}同比{told[1]}，按两年数值计算为{shown}"
        en = f"{figure.name}: yearly change {told[1]}, worked out from the two values {shown}"
        side = figure.words.side(f"{figure.shown}, {told[1]}")
        yield Finding(Kind.GROWTH, Severity.ERROR, zh, en, (side, *sides))


_Worked = tuple[Range, tuple[Side, ...]]


def _from_tables(figure: Figure, tables: Tables) -> Iterator[_Worked]:
    """From the cells of both years. Only a reading that gives the figure itself is known to be its measure."""
    for reading in tables.readings(figure, measure_of(figure.measured), figure.period):
        if not range_of(figure).meets(exactly(reading.value)):
            continue
        period = year_before(reading.cells[0].period)
        before = tables.again(reading, period)
        if before is None:
            continue
        worked = _growth_of(exactly(reading.value), exactly(before))
        if worked:
            yield worked, (*_cell_sides(reading, tables, period),)


def _cell_sides(reading: Reading, tables: Tables, period: str) -> Iterator[Side]:
    for cell in (*reading.cells, *tables.cells_again(reading, period)):
        yield cell.words.side(f"{cell.period}: {cell.value:,f}{cell.unit}")


def _from_prose(figure: Figure, earlier: Mapping[tuple[object, ...], list[Figure]]) -> Iterator[_Worked]:
    measure = measure_of(figure.measured)
    period = year_before(figure.period)
    key = (measure.key, measure.scope, figure.unit, figure.area, period, figure.cumulative)
    for before in earlier.get(key, []):
        left = narrowing(figure)
        if left is None or left != narrowing(before):
            continue
        worked = _growth_of(range_of(figure), range_of(before))
        if worked:
            yield worked, (before.words.side(f"{before.period}: {before.shown}"),)


def _mixed(figure: Figure, tables: Tables) -> Iterator[_Worked]:
    """From the figure itself and the cells of the year before, where no table has the year of the figure."""
    period = year_before(figure.period)
    measure = measure_of(figure.measured)
    if not period or tables.readings(figure, measure, figure.period) or narrowing(figure) != "":
        return
    for reading in tables.readings(figure, measure, period):
        worked = _growth_of(range_of(figure), exactly(reading.value))
        if worked:
            yield worked, tuple(cell.words.side(f"{cell.period}: {cell.value:,f}{cell.unit}") for cell in reading.cells)


def shares(evidence: Evidence, tables: Tables) -> Iterator[Finding]:
    """Shares (X占Y的比重) that do not follow from the part and the whole told in the same paragraph or printed."""
    by_place: dict[tuple[str, int], list[Figure]] = {}
    for figure in evidence.figures:
        by_place.setdefault(figure.place, []).append(figure)
    for share in evidence.figures:
        found = _SHARE.fullmatch(share.name)
        if share.unit != "%" or share.approximation or found is None:
            continue
        worked = list(_worked_shares(share, found[1], found[2], by_place[share.place], tables))
        told = rounded(share.written)
        if not worked or any(each.meets(told) for each, _ in worked):
            continue
        if any(each.meets(told) for each in _other_shares(share, found[1], by_place[share.place], tables)):
            continue
        nearest, sides = worked[0]
        shown = f"{(nearest.low + nearest.high) / 2:.2f}%"
        zh = f"{share.name}为{share.written}%，按数值计算为{shown}"
        en = f"{share.name} is {share.written}%, worked out {shown}"
        yield Finding(Kind.SHARE, Severity.ERROR, zh, en, (share.words.side(share.shown), *sides))


def _worked_shares(
    share: Figure, part_name: str, whole_name: str, near: list[Figure], tables: Tables
) -> Iterator[_Worked]:
    """The share from each pair of a part and a whole that bear the names."""
    part_measure = measure_of(part_name)
    parts = [figure for figure in near if figure.unit != "%" and measure_of(figure.measured).key == part_measure.key]
    parts = [figure for figure in parts if measure_of(figure.measured).scope is part_measure.scope]
    for part in parts:
        if _WHOLE.fullmatch(whole_name):
            whole_key, whole_scope = part_measure.key, Scope.ALL
        else:
            whole = measure_of(whole_name)
            whole_key, whole_scope = whole.key, whole.scope
        if (whole_key, whole_scope) == (part_measure.key, part_measure.scope):
            continue
        for figure in near:
            measure = measure_of(figure.measured)
            same = (figure.unit, figure.period, figure.area) == (part.unit, part.period, part.area)
            if same and measure.key == whole_key and measure.scope is whole_scope:
                yield from _quotient(part, range_of(part), range_of(figure), (figure.words.side(figure.shown),))
        if _WHOLE.fullmatch(whole_name):
            yield from _table_shares(part, tables)


def _other_shares(share: Figure, part_name: str, near: list[Figure], tables: Tables) -> Iterator[Range]:
    """The part as a share of anything else that may be meant: a figure of the paragraph, a wider measure."""
    part_measure = measure_of(part_name)
    parts = [figure for figure in near if figure.unit != "%" and measure_of(figure.measured).key == part_measure.key]
    for part in parts:
        wholes = [range_of(figure) for figure in near if figure.unit == part.unit and figure is not part]
        for token in sorted(part_measure.tokens):
            wider = Measure(part_measure.tokens - {token}, part_measure.rest, part_measure.objects)
            wholes += [exactly(reading.value) for reading in tables.readings(part, wider, part.period)]
        for whole in wholes:
            ratio = range_of(part).per(whole)
            if ratio:
                yield Range(ratio.low * _HUNDRED, ratio.high * _HUNDRED)


def _table_shares(part: Figure, tables: Tables) -> Iterator[_Worked]:
    measure = measure_of(part.measured)
    everything = Measure(measure.tokens, measure.rest, measure.objects)
    for reading in tables.readings(part, measure, part.period):
        for whole in tables.readings(part, everything, part.period):
            if whole.sure and whole.value >= reading.value:
                sides = tuple(cell.words.side(f"{cell.value:,f}{cell.unit}") for cell in whole.cells)
                yield from _quotient(part, exactly(reading.value), exactly(whole.value), sides)


def _quotient(part: Figure, value: Range, whole: Range, sides: tuple[Side, ...]) -> Iterator[_Worked]:
    ratio = value.per(whole)
    if ratio:
        worked = Range(ratio.low * _HUNDRED, ratio.high * _HUNDRED)
        yield worked, (part.words.side(part.shown), *sides)
