"""Tables against themselves and against other editions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from check_texts import GRANTS, Build

from kg.check import Kind, Severity

HALVES = """# 统计

表2 产品登记状况

单位：件

| 地区 | 登记数量 2023年 | 登记数量 2024年 |
|---|---|---|
| 合计 | 30 | 40 |
| 国内总计 | 25 | 33 |
| 北京 | 15 | 20 |
| 上海 | 10 | 13 |
| 国外在华总计 | 5 | 7 |
| 法国 | 3 | 4 |
| 日本 | 2 | 3 |

"""


@pytest.fixture
def texts(tmp_path: Path) -> Build:
    return Build(tmp_path)


@pytest.mark.parametrize("text", [GRANTS, HALVES])
def test_sums_that_hold_are_no_findings(texts: Build, text: str) -> None:
    assert texts.findings(text) == ()


def test_a_row_whose_parts_do_not_add_up(texts: Build) -> None:
    found = texts.findings(GRANTS.replace("| 360 | 120 | 240 |", "| 360 | 120 | 241 |"))
    assert {finding.kind for finding in found} == {Kind.TABLE_SUM}
    assert {finding.severity for finding in found} == {Severity.ERROR}
    row, column = sorted(found, key=lambda finding: "各行" in finding.zh)
    assert "361" in row.zh
    assert "360" in row.zh
    assert {side.line for side in row.sides} == {row.sides[0].line}
    assert "相差-1" in column.zh
    assert len(column.sides) == 3
    assert re.search(r"rows is 240, printed 241, difference -1", column.en)


def test_bracketed_rows_lie_inside_others(texts: Build) -> None:
    inside = GRANTS.replace("| 上海 |", "| (海淀) | 50 | 20 | 30 | 60 | 20 | 40 |\n| 上海 |")
    assert texts.findings(inside) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("| 合计 | 30 | 40 |", "| 合计 | 30 | 41 |", "国内与国外之和为40"),
        ("| 日本 | 2 | 3 |", "| 日本 | 2 | 5 |", "各行之和为9，表中印为7"),
        ("| 上海 | 10 | 13 |", "| 上海 | 10 | 31 |", "各行之和为51，表中印为33"),
    ],
)
def test_halves_and_their_rows(texts: Build, old: str, new: str, said: str) -> None:
    (found,) = texts.findings(HALVES.replace(old, new))
    assert found.kind is Kind.TABLE_SUM
    assert said in found.zh


def test_a_table_of_some_areas_need_not_add_up(texts: Build) -> None:
    some = "\n".join(line for line in GRANTS.split("\n") if not line.startswith("| 上海"))
    more = some.replace("| 北京 |", "| 天津 | 5 | 2 | 3 | 7 | 3 | 4 |\n| 北京 |")
    assert texts.findings(more) == ()


def test_editions_that_differ(texts: Build) -> None:
    later = """# 统计

表1 分地区国内专利授权年度状况

单位：件

| 地区 | 2024年 合计 | 2024年 发明 | 2024年 外观设计 | 2025年 合计 | 2025年 发明 | 2025年 外观设计 |
|---|---|---|---|---|---|---|
| 国内总计 | 360 | 120 | 240 | 370 | 130 | 240 |
| 北京 | 230 | 70 | 160 | 240 | 80 | 160 |
| 上海 | 130 | 50 | 80 | 130 | 50 | 80 |

"""
    assert texts.findings(GRANTS, later) == ()
    changed = later.replace("| 230 | 70 | 160 |", "| 231 | 71 | 160 |").replace("| 360 | 120 |", "| 361 | 121 |")
    found = texts.findings(GRANTS, changed)
    assert [finding.kind for finding in found] == [Kind.EDITION] * 4
    assert {side.source for finding in found for side in finding.sides} == {"cnipa-2024", "cnipa-2025"}
    assert texts.findings(GRANTS, changed, kinds=(Kind.TABLE_SUM,)) == ()
