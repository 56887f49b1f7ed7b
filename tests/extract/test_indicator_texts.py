"""Bulletins of other bodies, annotated before they were read: a city's statistics, a university's year, customs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.extract.indicator_context import Home, Scope, home_of, scope_of
from kg.extract.indicators import find_indicators
from kg.extract.signs import Signs
from kg.lexicon import load_lexicon
from kg.model import IndicatorFact
from kg.text import read_report

CASES = Path(__file__).parent / "cases"
GENRES = sorted((CASES.parents[1] / "genres").glob("[!N]*.md"))
TEXTS = ("figures-city", "figures-university", "figures-customs")
WANTED = [
    pytest.param(text, json.loads(line), id=f"{text}-{json.loads(line)['id']}")
    for text in TEXTS
    for line in (CASES / text / "indicators.jsonl").read_text(encoding="utf-8").splitlines()
]


def facts_of(path: Path) -> tuple[IndicatorFact, ...]:
    lexicon = load_lexicon()
    return find_indicators(read_report(path, lexicon), lexicon)


def bulletin(folder: Path, publisher: str, body: str) -> tuple[IndicatorFact, ...]:
    """The figures of a text of 2023 by that publisher."""
    path = folder / "bulletin.md"
    path.write_text(f"---\npublisher: {publisher}\nyear: 2023\n---\n\n# 公报\n\n## 概况\n\n{body}\n", encoding="utf-8")
    return facts_of(path)


@pytest.mark.parametrize(("text", "gold"), WANTED)
def test_wanted_figure_is_told(text: str, gold: dict[str, Any]) -> None:
    wanted = (
        Decimal(str(gold["value"])),
        gold["unit"],
        gold["period"],
        gold.get("area", ""),
        gold.get("approx", ""),
        Decimal(str(gold["comparison"]["value"])) if "comparison" in gold else None,
    )
    told = [
        (f.value, f.unit, f.period, f.area, f.approx or "", f.comparison.value if f.comparison else None)
        for f in facts_of(CASES / f"{text}.md")
    ]
    assert wanted in told


@pytest.mark.parametrize("path", GENRES, ids=lambda path: path.stem)
def test_signs_only_spare_work(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no pattern could match is left out by the signs of a clause, and nothing else."""
    found = facts_of(path)
    monkeypatch.setattr(Signs, "of", lambda _, texts: [-1] * len(texts))
    assert facts_of(path) == found


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_else_is_told(text: str) -> None:
    assert len(facts_of(CASES / f"{text}.md")) == sum(param.values[0] == text for param in WANTED)


@pytest.mark.parametrize(
    ("publisher", "clause", "area"),
    [
        ("江苏省统计局", "全省专利授权量为5万件", "江苏省"),
        ("苏州市统计局", "全市专利授权量为5万件", "苏州市"),
        ("苏州市统计局", "全省专利授权量为5万件", "江苏省"),
        ("上海市统计局", "本市专利授权量为5万件", "上海市"),
        ("江苏省统计局", "外国企业在江苏提交专利申请5万件", "江苏省"),
        ("江苏省统计局", "占全省总量的三成", ""),
        ("江苏省统计局", "全市专利授权量为5万件", ""),
        ("江苏省统计局", "全省部署会议", ""),
        ("商务部", "全省专利授权量为5万件", ""),
    ],
)
def test_home(publisher: str, clause: str, area: str) -> None:
    assert home_of(publisher, load_lexicon()).told(clause) == area


def test_a_body_of_the_country_has_no_home() -> None:
    assert home_of("国家知识产权局", load_lexicon()) == Home()
    assert home_of("中国人民银行", load_lexicon()) == Home()


def test_another_body_ends_the_home(tmp_path: Path) -> None:
    found = bulletin(tmp_path, "江苏省统计局", "全省查处案件217件，罚款480万元；南京海关查扣货物35批次。")
    assert [fact.area for fact in found] == ["江苏省", "江苏省", ""]
    assert found[-1].name == "南京海关查扣货物批次"


@pytest.mark.parametrize(
    ("clause", "period"),
    [
        ("截至11月底，拥有商标5万件", "2023-11-30"),
        ("截至2月底，拥有商标5万件", "2023-02-28"),
        ("截至6月5日，拥有商标5万件", "2023-06-05"),
        ("截至去年底，拥有商标5万件", "2022-12-31"),
        ("三季度末，拥有商标5万件", "2023-09-30"),
        ("去年新增商标5万件", "2022"),
        ("今年新增商标5万件", "2023"),
        ("上半年，新增商标5万件", "2023"),
        ("比去年增加5万件", "2024"),
    ],
)
def test_periods(clause: str, period: str) -> None:
    assert scope_of(clause, Scope("2024" if period == "2024" else "2020"), 2023).period == period


@pytest.mark.parametrize(("past", "period"), [(2022, "2022"), (None, "2023")])
def test_the_past_year_is_the_one_named(past: int | None, period: str) -> None:
    assert scope_of("过去一年，新增商标5万件", Scope("2023"), 2023, past).period == period


def test_table_with_caption_and_change(tmp_path: Path) -> None:
    table = "表1 一审知识产权案件审结情况\n\n| 类别 | 2022年（件） | 2023年（件） | 增减（%） |\n|---|---|---|---|\n| 民事 | 40 | 30 | -25.0 |"
    first, second = bulletin(tmp_path, "某省高级人民法院", table)
    assert (first.name, first.subject, first.period) == ("一审知识产权案件审结量", "民事", "2022")
    assert first.comparison is None
    assert (second.name, second.period) == (first.name, "2023")
    assert second.comparison is not None
    assert (second.comparison.value, second.comparison.unit) == (Decimal("-25.0"), "%")


def test_share_column_is_a_record(tmp_path: Path) -> None:
    table = "表1 专利授权情况\n\n| 类别 | 2023年（件） | 占比（%） |\n|---|---|---|\n| 发明专利 | 40 | 57.1 |\n| 外观设计专利 | 30 | 42.9 |"
    assert Decimal("57.1") in [fact.value for fact in bulletin(tmp_path, "某局", table)]
