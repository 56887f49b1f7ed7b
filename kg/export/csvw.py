"""What the columns of the fact tables are, as metadata of CSV on the Web (W3C) beside the tables.

One file, `observations.csv-metadata.json`, describes the group of all tables; its name is where a reader of
observations.csv looks for it. `COLUMNS` is the only description of the columns, and a test holds it against the
headers that are written. The first English title of a column is its header, as the standard wants it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from msgspec import field

from kg.export.beside import beside
from kg.export.tables import TABLES, Table
from kg.model.frozen import Frozen
from kg.rdf.vocabulary import DATA, ID, PREFIXES, ZT

__all__ = ["COLUMNS", "METADATA", "Cell", "Column", "column", "metadata", "write_metadata"]

#: The file of the metadata.
METADATA = "observations.csv-metadata.json"


class Cell(Enum):
    """What a cell holds: one value, or with a separator several (`TEXTS`, `INTEGERS`), those in order."""

    TEXT = ("string", False)
    TEXTS = ("string", True)
    INTEGER = ("integer", False)
    INTEGERS = ("integer", True)
    DECIMAL = ("decimal", False)
    BOOLEAN = ("boolean", False)
    IRI = ("anyURI", False)
    #: A year, a month or a day.
    DATE = ("date", False)


class Column(Frozen):
    """A column: its titles, what its cells hold, whether each row has it, and what it is in the graph."""

    zh: str
    en: str
    cell: Cell = Cell.TEXT
    required: bool = False
    more: Mapping[str, object] = field(default_factory=dict)


#: The columns by name, then (`table.name`) those that are something else in one table.
COLUMNS: Mapping[str, Column] = {
    "a": Column("一方", "one side", required=True),
    "action": Column("动作", "actions", Cell.TEXTS),
    "aliases": Column("别名", "other names", Cell.TEXTS),
    "approx": Column("近似词", "approximate word"),
    "area": Column("地区", "area"),
    "area_broader": Column("上级地区", "area above"),
    "area_code": Column("地区代码", "area code"),
    "b": Column("另一方", "other side", required=True),
    "base_unit": Column("基本单位", "base unit"),
    "base_value": Column("基本单位的数值", "value in base units", Cell.DECIMAL),
    "breakdown": Column("分项", "breakdown"),
    "code": Column("代码", "code"),
    "column": Column("列名", "column of the table", required=True, more={"propertyUrl": f"{ZT}column"}),
    "comparison_base": Column("比较基准", "base of the comparison"),
    "comparison_kind": Column("比较方式", "kind of comparison"),
    "comparison_unit": Column("比较单位", "unit of the comparison"),
    "comparison_value": Column("比较值", "value of the comparison", Cell.DECIMAL),
    "confidence": Column("可信度", "confidence", Cell.DECIMAL),
    "country": Column("国家", "country"),
    "cumulative": Column("是否累计", "cumulative", Cell.BOOLEAN),
    "date": Column("日期", "date", Cell.DATE),
    "date_told": Column("原文日期", "date as told"),
    "differs": Column("不一致之处", "differences", Cell.TEXTS),
    "directed": Column("是否有方向", "directed", Cell.BOOLEAN),
    "document": Column("来源", "sources", Cell.TEXTS),
    "edition": Column("版次", "edition", more={"suppressOutput": True}),
    "end": Column("结束日期", "end", Cell.DATE),
    "event": Column("相关活动", "event", Cell.TEXTS),
    "extends": Column("续签的协议", "agreement extended"),
    "fact": Column("事实", "fact", Cell.IRI),
    "first": Column("最早出现", "first attested", Cell.DATE),
    "high": Column("上限", "upper bound", Cell.DECIMAL),
    "hosts": Column("主办方", "hosts", Cell.TEXTS),
    "id": Column("标识", "identifier", Cell.IRI, required=True),
    "issuers": Column("发文机构", "issuers", Cell.TEXTS),
    "key": Column("键", "key", required=True, more={"suppressOutput": True}),
    "kind": Column("类别", "kind"),
    "last": Column("最晚出现", "last attested", Cell.DATE),
    "line": Column("行号", "lines", Cell.INTEGERS),
    "low": Column("下限", "lower bound", Cell.DECIMAL),
    "measure": Column("指标", "measure", required=True),
    "name": Column("名称", "name", required=True),
    "name_en": Column("英文名称", "English name"),
    "number": Column("序号", "number", Cell.INTEGER),
    "ordinal": Column("届次", "ordinal", Cell.INTEGER),
    "organisation": Column("机构", "organisation"),
    "outcome": Column("成果", "outcomes", Cell.TEXTS),
    "parent": Column("上级机构", "parent body", Cell.TEXTS),
    "part_of": Column("所属活动", "part of"),
    "participants": Column("参加方", "participants", Cell.TEXTS),
    "parties": Column("签署方", "parties", Cell.TEXTS),
    "people": Column("人物", "people", Cell.TEXTS),
    "period": Column("时期", "period", required=True),
    "places": Column("地点", "places", Cell.TEXTS),
    "province": Column("省级地区", "province"),
    "quote": Column("原文", "quotes", Cell.TEXTS),
    "rank": Column("位次", "rank"),
    "relation": Column("关系", "relation", required=True),
    "roles": Column("角色", "roles", Cell.TEXTS),
    "rule": Column("规则", "rules", Cell.TEXTS),
    "selected_by": Column("评选机构", "selected by", Cell.TEXTS),
    "series": Column("系列", "series"),
    "signed": Column("签署日期", "signed", Cell.DATE),
    "since": Column("起算时间", "since"),
    "stage": Column("阶段", "stage"),
    "start": Column("开始日期", "start", Cell.DATE),
    "stated": Column("是否明说", "stated", Cell.BOOLEAN),
    "status": Column("状态", "status"),
    "subject": Column("对象", "subject"),
    "surface": Column("原文名称", "names as told", Cell.TEXTS),
    "table": Column("统计表", "table", required=True),
    "title": Column("标题", "title", required=True),
    "type": Column("类型", "type", required=True),
    "unit": Column("单位", "unit"),
    "value": Column("数值", "value", Cell.DECIMAL),
    "value_text": Column("数值的原文", "value as told"),
    "witnesses": Column("见证人", "witnesses", Cell.TEXTS),
    "observations.area": Column("地区", "area", required=True),
    "observations.document": Column(
        "来源", "source", required=True, more={"propertyUrl": f"{ZT}edition", "valueUrl": f"{DATA}{{+document}}"}
    ),
    "observations.period": Column("时期", "period", Cell.DATE, required=True, more={"propertyUrl": f"{ZT}period"}),
    "observations.status": Column(
        "行的类型",
        "row status",
        required=True,
        more={"propertyUrl": f"{ZT}rowStatus", "valueUrl": f"{ZT}rowStatus-{{+status}}"},
    ),
    "observations.value": Column(
        "数值", "value", Cell.DECIMAL, more={"propertyUrl": f"{PREFIXES['sdmx-measure']}obsValue"}
    ),
    "people.title": Column("职务", "post", required=True),
    "tellings.kind": Column("事实类别", "kind of fact", required=True),
}

#: The titles of the tables.
_TITLES: Mapping[str, tuple[str, str]] = {
    "events": ("活动", "events"),
    "agreements": ("协议", "agreements"),
    "documents": ("政策文件", "policy documents"),
    "cases": ("典型案例", "typical cases"),
    "people": ("人物与职务", "people and their posts"),
    "agencies": ("机构", "agencies"),
    "ties": ("合作关系", "ties of cooperation, a row a telling"),
    "indicators": ("正文中的数字", "figures in prose"),
    "observations": ("统计表的单元格", "cells of statistical tables"),
    "tellings": ("说法", "tellings"),
}
_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def column(table: str, name: str) -> Column:
    """The description of a column of a table. Raises LookupError for a column that has none."""
    found = COLUMNS.get(f"{table}.{name}") or COLUMNS.get(name)
    if found is None:
        raise LookupError(f"{table}.{name}: no such column; expected one of COLUMNS")
    return found


def _column(table: str, name: str) -> dict[str, object]:
    told = column(table, name)
    base, many = told.cell.value
    datatype: object = {"base": "string", "format": _DATE} if told.cell is Cell.DATE else base
    header = [name] if told.en == name else [name, told.en]
    described: dict[str, object] = {"name": name, "titles": {"en": header, "zh": [told.zh]}, "datatype": datatype}
    if many:
        # The nth line belongs to the nth quote.
        described |= {"separator": "|", "ordered": name in {"line", "quote"}}
    if told.required:
        described["required"] = True
    return described | dict(told.more)


def _table(table: Table) -> dict[str, object]:
    own = "id" in table.columns
    schema: dict[str, object] = {
        "aboutUrl": "{+id}" if own else f"{ID}{{+key}}",
        "columns": [_column(table.name, name) for name in table.columns],
    }
    # A tie has a row for each of its tellings.
    if table.name != "ties":
        schema["primaryKey"] = "id" if own else "key"
    titles = _TITLES[table.name]
    return {"url": f"{table.name}.csv", "dc:title": list(_texts(*titles)), "tableSchema": schema}


def _texts(zh: str, en: str) -> Iterator[dict[str, str]]:
    yield {"@value": zh, "@language": "zh"}
    yield {"@value": en, "@language": "en"}


def metadata() -> dict[str, object]:
    """The description of all tables, as it is written."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": list(_texts("知图事实表", "zhitu fact tables")),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tables": [_table(table) for table in TABLES],
    }


def write_metadata(folder: Path) -> Path:
    """Writes the description beside the tables and says where; the same bytes each time."""
    target = folder / METADATA
    text = json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n"
    with beside(target) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return target
