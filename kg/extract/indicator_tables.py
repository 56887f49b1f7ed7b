"""The cells of tables inside chapters as indicators: a measure, its breakdown as subject, a period, a value.

A column that tells by how much the values moved (增减, 同比) is no measure: it is the comparison of its row's value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.indicator_words import Words
from kg.extract.numerals import parse_number
from kg.extract.statistics import ChapterCell, chapter_cells, series_of
from kg.extract.table_reading import TableReading
from kg.lexicon import Lexicon
from kg.lexicon.table_words import TableWords, WordRole, load_table_words
from kg.model import Comparison, ComparisonKind, IndicatorFact, Report

__all__ = ["table_indicators"]

_NUMBERING = re.compile(r"\A(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节])\s?")
_SCALE = re.compile(r"\A(?:万亿|[万亿])")
_ABOUT = re.compile(r"(?:基本|总体|主要|分类)?(?:情况|状况|统计|一览|数据|对比|比较)表?\Z")
_FLOW = re.compile(
    r"(?:新收|审结|受理|授权|登记|注册|申请|备案|结案|查处|查扣|办结|发放|招生|毕业|成交|收入|支出|立案)\Z"
)
_MEASURES_ITSELF = re.compile(r"(?:申请|请求|授权|受理|登记|注册|结案|审结|裁定|备案|新收|查处|查扣|办结)\Z")

Row = tuple[int, str, tuple[str, ...], str]


def table_indicators(
    report: Report, lexicon: Lexicon, words: Words, tables: Sequence[TableReading] | None = None
) -> tuple[IndicatorFact, ...]:
    """An indicator for each value of the tables whose rows are no areas, in the order of the tables. A change with no
    value in its row to belong to has none."""
    headers = load_table_words()
    values: list[ChapterCell] = []
    changes: dict[Row, ChapterCell] = {}
    latest: dict[Row, str] = {}
    for cell in chapter_cells(report, lexicon, tables):
        changed = _changed(cell, headers)
        row = (cell.table, changed or cell.measure, cell.groups, cell.breakdown)
        if changed:
            changes.setdefault(row, cell)
        else:
            values.append(cell)
            latest[row] = max(latest.get(row, ""), cell.period)
    out: list[IndicatorFact] = []
    for cell in values:
        row = (cell.table, cell.measure, cell.groups, cell.breakdown)
        change = changes.get(row) if cell.period == latest[row] else None
        out.append(_indicator(cell, change, report, words))
    return tuple(out)


def _changed(cell: ChapterCell, headers: TableWords) -> str:
    """The measure whose change a cell tells (受理量同比增长 -> 受理量), empty for a value."""
    for at in range(1, len(cell.measure)):
        told = cell.measure[at:]
        if "占" not in told and "比重" not in told and headers.is_a(told, WordRole.CHANGE):
            return cell.measure[:at]
    return ""


def _indicator(cell: ChapterCell, change: ChapterCell | None, report: Report, words: Words) -> IndicatorFact:
    scale = _SCALE.match(cell.unit)
    factor = int(parse_number("1" + scale.group()) or 1) if scale else 1
    base = cell.unit[scale.end() :] if scale else cell.unit
    scaled = cell.value * factor
    captioned = _captioned(cell, report, base, words)
    return IndicatorFact(
        passage=cell.passage,
        rule="indicator.table",
        name=captioned or _name(cell, report, base, words),
        value=cell.value,
        unit=cell.unit,
        period=cell.period,
        base_value=scaled.quantize(1) if scaled == scaled.to_integral() else scaled.normalize(),
        base_unit=base,
        subject="-".join(filter(None, (cell.measure, cell.breakdown))) if captioned else cell.breakdown,
        comparison=Comparison(ComparisonKind.YOY, change.value, change.unit) if change else None,
    )


def _captioned(cell: ChapterCell, report: Report, base: str, words: Words) -> str:
    """The caption as the measure of a table whose rows only name kinds (表1 …案件新收情况: 民事, 行政), else empty."""
    if words.measures(cell.measure) or _MEASURES_ITSELF.search(cell.measure):
        return ""
    # The columns of some tables are measures of their own; only a row's label is a kind of what the caption tells.
    if not cell.groups or cell.measure != cell.groups[0]:
        return ""
    caption = series_of(report.tables[cell.table].caption)
    found = _ABOUT.search(caption)
    topic = caption[: found.start()] if found else caption
    if len(topic) < 4 or not (found or words.measures(topic)):
        return ""
    if words.measures(topic):
        return topic
    return topic + _ending(base, words, flows=_FLOW.search(topic) is not None)


def _ending(base: str, words: Words, *, flows: bool) -> str:
    """What a measure counted in a unit ends with (量, 数, 额)."""
    unit = words.units.get(base)
    if unit is None:
        return ""
    if unit.kind == "money" and flows:
        return "额"
    return "量" if unit.kind == "case" else unit.suffix


def _name(cell: ChapterCell, report: Report, base: str, words: Words) -> str:
    """The row's measure with the field of its section (专利) in front, unless it names it itself."""
    name = cell.measure
    if not words.measures(name):
        name += _ending(base, words, flows=False)
    table = report.tables[cell.table]
    path = report.sections[table.section].path if table.section >= 0 else ()
    for title in reversed(path[1:-1]):
        area = _NUMBERING.sub("", title)
        if 2 <= len(area) <= 4:
            return name if area in name else area + name
    return name
