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
    assert [(f.number, f.region) for f in facts] == [(1, "浙江省"), (2, "山东省"), (3, "海南省"), (4, "")]
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


def lists_of(folder: Path, text: str) -> list[tuple[int, str, str]]:
    return [(f.number, f.title, f.series) for f in cases_of_tables(report_of(folder, text), load_lexicon())]


SERIES = "植物新品种典型案例（第二批）"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_numbered_list_belongs_to_the_series_before(gap: str, tmp_path: Path) -> None:
    items = ["1.“甘露7”小麦品种侵权案", "2. 海丰公司诉金禾农资店品种权案", "3.“秋月”梨品种权属案"]
    text = f"9月，发布{SERIES}，共3件，其中包括：\n\n{gap.join(items)}{gap}全年审结案件。"
    assert lists_of(tmp_path, text) == [
        (1, "“甘露7”小麦品种侵权案", SERIES),
        (2, "海丰公司诉金禾农资店品种权案", SERIES),
        (3, "“秋月”梨品种权属案", SERIES),
    ]


def test_points_below_a_heading_belong_to_it(tmp_path: Path) -> None:
    text = "### 海岸典型案例\n\n- 甲海运公司诉乙船厂侵权案\n- 丙超市侵害商标权案\n\n### 其他\n\n1.审结“灯塔”专利案"
    assert lists_of(tmp_path, text) == [
        (0, "甲海运公司诉乙船厂侵权案", "海岸典型案例"),
        (0, "丙超市侵害商标权案", "海岸典型案例"),
    ]


def test_headings_below_a_heading_are_cases(tmp_path: Path) -> None:
    text = "### 2030年度十大海岸案例\n\n（一）某影视公司诉某网站侵权案\n\n规则明确。\n\n（二）“小熊”美术作品案\n\n有示范意义。"
    assert lists_of(tmp_path, text) == [
        (1, "某影视公司诉某网站侵权案", "2030年度十大海岸案例"),
        (2, "“小熊”美术作品案", "2030年度十大海岸案例"),
    ]


def test_case_numbers_and_docket_numbers(tmp_path: Path) -> None:
    text = (
        "### 附：海岸典型案例\n\n案例1：甲公司诉乙公司专利案\n\n【基本案情】甲公司有专利。\n\n"
        "案例二：丙某侵犯著作权罪案【某某人民法院（2030）刑初1号】\n\n【典型意义】保护创新。"
    )
    assert lists_of(tmp_path, text) == [
        (1, "甲公司诉乙公司专利案", "海岸典型案例"),
        (2, "丙某侵犯著作权罪案【某某人民法院（2030）刑初1号】", "海岸典型案例"),
    ]


def test_a_numbered_list_of_tasks_is_none(tmp_path: Path) -> None:
    assert lists_of(tmp_path, "### 主要工作\n\n1.做好审查工作。\n\n2.审结“灯塔”商标案。") == []


def test_a_selection_leans_on_the_sentence_before(tmp_path: Path) -> None:
    text = "最高人民检察院发布检察机关典型案例（第三批）。“灯塔”商业秘密案、“海燕”假冒商标案等8件案例入选。"
    report = report_of(tmp_path, text)
    facts = list(cases_of_tables(report, load_lexicon()))
    assert [(f.title, f.series, f.selected_by) for f in facts] == [
        ("“灯塔”商业秘密案", "检察机关典型案例（第三批）", "最高人民检察院"),
        ("“海燕”假冒商标案", "检察机关典型案例（第三批）", "最高人民检察院"),
    ]
    assert cases_of(report) == []
    far = "发布灯塔典型案例。会议召开。进展顺利。成效明显。“灯塔”商业秘密案入选。"
    assert lists_of(tmp_path, far) == []


def test_a_prize_leans_on_the_contest_before(tmp_path: Path) -> None:
    text = "举办第二届长江专利大赛。共有300个项目参赛。武汉大学“一种桥梁减震器”项目摘得一等奖。"
    report = report_of(tmp_path, text)
    facts = list(cases_of_tables(report, load_lexicon()))
    assert [(f.title, f.series, f.organisation) for f in facts] == [
        ("一种桥梁减震器", "第二届长江专利大赛一等奖", "武汉大学")
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
            "公布典型案例",
            "榜上有名",
            "1.",
            "渔港案",
            "\n",
            "其中包括：",
        ]
    ),
    max_size=24,
)


@settings(max_examples=60, deadline=None)
@given(pieces=_PIECES)
def test_any_order_of_words_is_survived(pieces: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    report = report_of(tmp_path_factory.mktemp("any"), "".join(pieces) + "。")
    for fact in [*cases_of(report), *cases_of_tables(report, load_lexicon())]:
        assert fact.title
        assert fact.series
