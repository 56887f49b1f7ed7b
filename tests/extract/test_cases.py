"""Typical cases and selections: sentences and tables of our own with the cases that they name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.annotate import annotate
from kg.extract.case_subjects import listed, region_of
from kg.extract.cases import cases_of_tables, find_cases
from kg.lexicon import load_lexicon
from kg.model import CaseFact, Report, passage_of
from kg.text import read_report

CASES = Path(__file__).parent / "cases" / "cases.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
HEAD = "---\npublisher: 国家知识产权局\nyear: 2031\n---\n# 国家知识产权局2031年度报告\n\n"


def report_of(folder: Path, text: str, section: str = "") -> Report:
    """A report with one paragraph or table, in a regional section when one is named."""
    body = f"# 第八章 各地工作\n\n## {section}\n\n{text}\n" if section else f"# 第一章 综述\n\n{text}\n"
    path = folder / "report.md"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_report(path, load_lexicon())


def cases_of(report: Report) -> list[CaseFact]:
    return [
        fact
        for mentions in annotate(report, load_lexicon())
        for fact in find_cases(mentions, passage_of(report, mentions.sentence))
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:24] for row in ROWS])
def test_cases_of_a_sentence(row: dict[str, object], tmp_path: Path) -> None:
    facts = cases_of(report_of(tmp_path, str(row["text"]), str(row["section"])))
    wanted = row["cases"]
    assert isinstance(wanted, list)
    assert [(f.title, f.series, f.region) for f in facts] == [(w["title"], w["series"], w["region"]) for w in wanted]
    for fact, want in zip(facts, wanted, strict=True):
        assert fact.selected_by == want.get("selected_by", "")
        assert fact.organisation == want.get("organisation", fact.organisation)


TABLE = """表 3 海洋创新第二批典型案例

序号\t案例名称
1\t浙江省推行渔港专利“一件事”，提升服务
2\t山东大学打造海洋专利运营平台
3\t中国（海南）自由贸易试验区试行渔港保险
4\t青岛市打造商标品牌
"""


def test_cases_of_a_table(tmp_path: Path) -> None:
    report = report_of(tmp_path, TABLE)
    facts = list(cases_of_tables(report, load_lexicon()))
    assert [(f.number, f.region) for f in facts] == [(1, "浙江省"), (2, "山东省"), (3, "海南省"), (4, "山东省")]
    assert {f.series for f in facts} == {"海洋创新第二批典型案例"}
    assert facts[0].title == "浙江省推行渔港专利“一件事”，提升服务"
    assert facts[1].organisation == "山东大学"
    lines = report.layer.text.split("\n")
    for fact in facts:
        assert fact.title in lines[fact.passage.lines[0] - 1]
        assert fact.title in fact.passage.quote


def test_a_table_of_bodies_lists_no_cases(tmp_path: Path) -> None:
    table = "表 4 分支机构一览\n\n序号\t名称\n1\t宁波分局\n2\t温州分局\n"
    assert list(cases_of_tables(report_of(tmp_path, table), load_lexicon())) == []


def test_columns_name_the_body(tmp_path: Path) -> None:
    table = "表 5 2031年渔港优秀案例名单\n\n序号\t案例名称\t申报单位\n1\t渔港一网通\t宁波市知识产权局\n2\t渔港红品牌\t温州海关\n"
    facts = list(cases_of_tables(report_of(tmp_path, table), load_lexicon()))
    assert [(f.title, f.organisation) for f in facts] == [
        ("渔港一网通", "宁波市知识产权局"),
        ("渔港红品牌", "温州海关"),
    ]


def test_lists_keep_brackets_together() -> None:
    assert listed("甲城、“乙、丙”工程和丁城") == ["甲城", "“乙、丙”工程", "丁城"]
    assert listed("和平区") == ["和平区"]


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("上海大学深化融合", "上海市"),
        ("南京航空航天大学强化管理", ""),
        ("成渝海关支持班列", ""),
        ("中国科学院推进转化", ""),
    ],
)
def test_region_at_the_head_of_a_title(title: str, region: str) -> None:
    assert region_of(title, load_lexicon()) == region


_PIECES = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            "入选",
            "获批",
            "被",
            "确定为",
            "舟山市",
            "、",
            "和",
            "等3项",
            "，",
            "（",
            "）",
            "示范城市",
            "在",
            "荣获",
        ]
    ),
    max_size=24,
)


@settings(max_examples=60, deadline=None)
@given(pieces=_PIECES)
def test_any_order_of_words_is_survived(pieces: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    for fact in cases_of(report_of(tmp_path_factory.mktemp("any"), "".join(pieces) + "。")):
        assert fact.title
        assert fact.series
