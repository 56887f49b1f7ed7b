"""The cells of tables inside chapters as indicators: a measure, its breakdown as subject, a period, a value."""

from __future__ import annotations

import re

from kg.extract.indicator_words import Words
from kg.extract.numerals import parse_number
from kg.extract.statistics import ChapterCell, chapter_cells
from kg.lexicon import Lexicon
from kg.model import IndicatorFact, Report

__all__ = ["table_indicators"]

_NUMBERING = re.compile(r"\A(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节])\s?")
_SCALE = re.compile(r"\A(?:万亿|[万亿])")


def table_indicators(report: Report, lexicon: Lexicon, words: Words) -> tuple[IndicatorFact, ...]:
    """An indicator for each cell with a value of the tables whose rows are no areas, in the order of the tables."""
    return tuple(_indicator(cell, report, words) for cell in chapter_cells(report, lexicon))


def _indicator(cell: ChapterCell, report: Report, words: Words) -> IndicatorFact:
    scale = _SCALE.match(cell.unit)
    factor = int(parse_number("1" + scale.group()) or 1) if scale else 1
    base = cell.unit[scale.end() :] if scale else cell.unit
    scaled = cell.value * factor
    return IndicatorFact(
        passage=cell.passage,
        rule="indicator.table",
        name=_name(cell, report, base, words),
        value=cell.value,
        unit=cell.unit,
        period=cell.period,
        base_value=scaled.quantize(1) if scaled == scaled.to_integral() else scaled.normalize(),
        base_unit=base,
        subject=cell.breakdown,
    )


def _name(cell: ChapterCell, report: Report, base: str, words: Words) -> str:
    """The row's measure with the field of its section (专利) in front, unless it names it itself."""
    unit = words.units.get(base)
    name = cell.measure
    if not words.measure.search(name):
        name += "量" if unit is not None and unit.kind == "case" else unit.suffix if unit else ""
    table = report.tables[cell.table]
    path = report.sections[table.section].path if table.section >= 0 else ()
    for title in reversed(path[1:-1]):
        area = _NUMBERING.sub("", title)
        if 2 <= len(area) <= 4:
            return name if area in name else area + name
    return name
