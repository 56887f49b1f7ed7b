"""The tables of the real report: every printed cell is there, and all that the report prints adds up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract.statistics import chapter_cells, extract_observations
from kg.lexicon import load_lexicon
from kg.model import ObservationFact, Report, RowStatus
from kg.text import read_report

REPORT = Path(__file__).resolve().parents[2].parent / "shared" / "reports" / "cnipa-2024.md"
pytestmark = pytest.mark.skipif(not REPORT.is_file(), reason="the report is not here")

#: Printed cells of each of the 12 tables of the appendix.
CELLS = {
    "1": 408, "2": 984, "3": 408, "4": 992, "5": 408, "6": 1200,
    "7": 300, "8": 1224, "9": 122, "10": 100, "11": 78, "12": 84,
}  # fmt: skip

#: Where the printed report does not add up: nowhere. A line here would be (table, line or column, difference).
DOES_NOT_ADD_UP: frozenset[tuple[str, str, Decimal]] = frozenset()


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(REPORT, load_lexicon())


@pytest.fixture(scope="module")
def facts(report: Report) -> tuple[ObservationFact, ...]:
    found, issues = extract_observations(report, load_lexicon())
    assert issues == ()
    return found


@pytest.fixture(scope="module")
def appendix(facts: tuple[ObservationFact, ...]) -> tuple[ObservationFact, ...]:
    return tuple(fact for fact in facts if fact.table)


def test_every_printed_cell_is_a_fact(appendix: tuple[ObservationFact, ...]) -> None:
    assert Counter(fact.table for fact in appendix) == CELLS
    assert len(appendix) == 6308
    assert all(fact.value is not None and fact.unit == "件" for fact in appendix)


def test_values_are_those_of_their_line(appendix: tuple[ObservationFact, ...]) -> None:
    lines = REPORT.read_text(encoding="utf-8-sig").split("\n")
    rows: dict[int, list[Decimal | None]] = defaultdict(list)
    for fact in appendix:
        rows[fact.passage.lines[0]].append(fact.value)
    for line, values in rows.items():
        printed = re.sub(r"<[^>]*>", "", lines[line - 1]).split("\t")[1:]
        assert values == [Decimal(cell) for cell in printed]


def test_quotes_stand_on_their_lines(facts: tuple[ObservationFact, ...]) -> None:
    lines = REPORT.read_text(encoding="utf-8-sig").split("\n")
    for passage in {fact.passage for fact in facts}:
        (quote,), (line,) = passage.quotes, passage.lines
        assert "".join(quote.split()) == "".join(re.sub(r"<[^>]*>", "", lines[line - 1]).split())


def test_areas_are_known_and_tables_say_when(appendix: tuple[ObservationFact, ...]) -> None:
    assert all(fact.area_code for fact in appendix)
    codes = {fact.area: fact.area_code for fact in appendix}
    wanted = {
        "北京": "CN-BJ",
        "深圳": "440300",
        "美国": "US",
        "刚果（布）": "CG",
        "刚果(布)": "CG",
        "塞浦路斯、希腊": "CY|GR",
    }
    assert {area: codes[area] for area in wanted} == wanted
    stocks = {fact.table for fact in appendix if fact.period.endswith("-12-31")}
    assert stocks == {"5", "6", "7", "8", "9", "10"}
    assert {fact.period for fact in appendix if fact.measure == "年末有效注册量"} == {"2023-12-31", "2024-12-31"}
    assert {fact.period for fact in appendix} == {"2023", "2024", "2023-12-31", "2024-12-31"}


def test_rows_add_up_to_their_total(appendix: tuple[ObservationFact, ...]) -> None:
    rows: dict[tuple[str, int, str], dict[str, Decimal]] = defaultdict(dict)
    for fact in appendix:
        rows[fact.table, fact.passage.lines[0], fact.period][fact.breakdown] = fact.value or Decimal(0)
    checked = 0
    wrong = set()
    for (table, line, period), cells in rows.items():
        if "合计" not in cells:
            continue
        checked += 1
        difference = sum(value for name, value in cells.items() if name != "合计") - cells["合计"]
        if difference:
            wrong.add((table, f"{line} {period}", difference))
    assert checked == 1100
    assert wrong == DOES_NOT_ADD_UP


def test_columns_add_up_to_their_totals(appendix: tuple[ObservationFact, ...]) -> None:
    columns: dict[tuple[str, str], list[ObservationFact]] = defaultdict(list)
    for fact in appendix:
        columns[fact.table, fact.column].append(fact)
    checked = 0
    wrong = set()
    for (table, column), cells in columns.items():
        totals: dict[str, Decimal] = {}
        sums: dict[str, Decimal] = defaultdict(Decimal)
        block = ""
        for fact in cells:
            value = fact.value or Decimal(0)
            if fact.status in (RowStatus.TOTAL, RowStatus.SUBTOTAL):
                block = fact.area_code
                totals[block] = value
            elif fact.status is not RowStatus.BRACKETED:
                sums[block] += value
        if "total" in totals:
            sums["total"] = totals["domestic"] + totals["foreign"]
        checked += len(totals)
        wrong |= {
            (table, f"{column} {name}", sums[name] - totals[name]) for name in totals if sums[name] != totals[name]
        }
    assert checked == 84
    assert wrong == DOES_NOT_ADD_UP


def test_bracketed_rows_lie_inside_a_region(appendix: tuple[ObservationFact, ...]) -> None:
    bracketed = {fact.area for fact in appendix if fact.status is RowStatus.BRACKETED}
    assert len(bracketed) == 16
    assert "新疆生产建设兵团" in bracketed


def test_totals_under_a_total_are_subtotals(appendix: tuple[ObservationFact, ...]) -> None:
    told = {(fact.table, fact.area): fact.status.value for fact in appendix if fact.area.endswith("总计")}
    assert {table for (table, _), status in told.items() if status == "subtotal"} == {"9", "10", "11", "12"}
    assert {table for (table, _), status in told.items() if status == "total"} == {str(n) for n in range(1, 9)}


def test_tables_inside_chapters(report: Report) -> None:
    cells = chapter_cells(report, load_lexicon())
    assert len(cells) == 65
    told = {(cell.measure, cell.breakdown, cell.period): cell.value for cell in cells}
    for measure in ("复审请求", "复审结案", "无效宣告请求", "无效宣告结案"):
        for year in ("2023", "2024"):
            parts = [told[measure, f"{kind}专利", year] for kind in ("发明", "实用新型", "外观设计")]
            assert told[measure, "", year] == sum(parts)
    for measure in ("商标评审请求", "商标评审裁定"):
        for year in ("2023", "2024"):
            items = [v for (m, b, y), v in told.items() if (m, y) == (measure, year) and b.startswith("复杂案件-")]
            assert len(items) == 4
            assert told[measure, "复杂案件", year] == sum(items)
            assert told[measure, "", year] == told[measure, "驳回复审", year] + told[measure, "复杂案件", year]
    assert told["商标驳回复审平均审理周期", "", "2024"] == Decimal("6.5")
    assert {cell.unit for cell in cells} == {"件", "月"}
