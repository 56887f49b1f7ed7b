from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.indicator_quantities import find_quantities, quoted_spans
from kg.extract.indicator_words import indicator_words
from kg.extract.indicators import find_indicators
from kg.lexicon import load_lexicon
from kg.model import IndicatorFact, Report, Run, Section, Sentence, Source, TextLayer

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "indicators.jsonl").read_text(encoding="utf-8").splitlines()
]


def report_of(sentences: Sequence[str], year: int = 2023, region: str = "", publisher: str = "某局") -> Report:
    """A report of one paragraph, a sentence a line."""
    text = "\n".join(sentences)
    starts = (0, *(at + 1 for at, char in enumerate(text) if char == "\n"))
    made = tuple(
        Sentence(n, told, (Run(0, len(told), start, len(told)),), 0, 0, n + 1, n == 0)
        for n, (told, start) in enumerate(zip(sentences, starts, strict=True))
    )
    source = Source("body-2023", "年度报告", publisher, year, "report.md", "0" * 64, "utf-8", len(text))
    section = Section(0, 1, "章", ("章",), 1, region)
    return Report(source, TextLayer(text, starts), (section,), made, ())


def read(*sentences: str, year: int = 2023, region: str = "") -> tuple[IndicatorFact, ...]:
    return find_indicators(report_of(sentences, year, region), load_lexicon())


def shown(fact: IndicatorFact) -> dict[str, Any]:
    """A fact in the form of the case file: fields with nothing to say are left out."""
    told: dict[str, Any] = {"name": fact.name, "value": str(fact.value), "unit": fact.unit, "period": fact.period}
    told |= {key: value for key in ("area", "since", "rank", "value_text") if (value := getattr(fact, key))}
    told |= {key: True for key in ("cumulative", "target") if getattr(fact, key)}
    if fact.approx:
        told["approx"] = fact.approx.value
    if fact.low is not None:
        told |= {"low": str(fact.low), "high": str(fact.high)}
    if fact.comparison:
        told["comparison"] = [fact.comparison.kind.value, str(fact.comparison.value), fact.comparison.unit]
    return told


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    report = report_of(case["sentences"], case["year"], case["region"], case.get("publisher", "某局"))
    found = find_indicators(report, load_lexicon())
    assert [shown(fact) for fact in found] == case["facts"]


def test_cases_are_all_there() -> None:
    assert len(CASES) >= 30
    assert any(not case["facts"] for case in CASES)


@pytest.mark.parametrize(
    ("text", "value", "unit", "base"),
    [
        ("授权量为475.6万件", "475.6", "万件", "4756000"),
        ("总额达1.76万亿美元", "1.76", "万亿美元", "1760000000000"),
        ("覆盖3.4万余家", "3.4", "万家", "34000"),
        ("达2千万人次", "2000", "万人次", "20000000"),
        ("周期为20.40个月", "20.40", "个月", "20.4"),
    ],
)
def test_base_units(text: str, value: str, unit: str, base: str) -> None:
    ((found,),) = find_quantities([text], indicator_words())
    assert (str(found.value), found.unit) == (value, unit)
    assert found.base_value == Decimal(base)


@pytest.mark.parametrize(
    "text",
    [
        "第18次会议",
        "2023年5月12日",
        "2021—2035年",
        "前10名企业",
        "连续15年",
        "《标准25项》",
        "“十大4567件”工程",
        "第31类和第29—30类商品",
        "八届三次会议",
        "两国三方五局",
        "一批一套",
        "分为7个方面",
        "上升24位",
    ],
)
def test_what_measures_nothing(text: str) -> None:
    assert find_quantities([text], indicator_words()) == [[]]


def test_quote_is_the_sentence() -> None:
    sentence = "全年受理申请120件，同比增长3%。"
    (fact,) = read("前面一句没有数字。", sentence)
    assert fact.passage.quotes == (sentence,)
    assert fact.passage.lines == (2,)


def test_captions_tell_nothing() -> None:
    report = report_of(["建成审理庭25间。"])
    (sentence,) = report.sentences
    caption = Sentence(0, sentence.text, sentence.runs, 0, 0, 1, True, True)
    assert find_indicators(Report(report.source, report.layer, report.sections, (caption,), ()), load_lexicon()) == ()


def test_doubtful_names_are_less_sure() -> None:
    sure, doubtful = read("发明专利授权量为120件。", "优质培训示范园8个。")
    assert doubtful.confidence < sure.confidence == 1.0


def test_nested_and_unclosed_quotation_marks() -> None:
    text = "《关于“3项”行动〈5条〉的通知》和“未完3件"
    assert [text[a:b] for a, b in quoted_spans(text)] == ["《关于“3项”行动〈5条〉的通知》"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "全年",
                "受理",
                "申请",
                "120",
                "3.5",
                "万",
                "件",
                "个",
                "，",
                "、",
                "和",
                "（",
                "）",
                "占",
                "总量的",
                "%",
                "同比",
                "增长",
                "分别",
                "为",
                "其中",
                "《",
                "》",
                "“",
                "”",
                "2023年",
                "截至",
                "年底",
                "三",
                "余",
                "由",
                "提高到",
                "；",
                "的",
                "均",
                "累计",
                "百分之",
                "目标",
            ]
        ),
        max_size=24,
    )
)
def test_any_order_of_words_is_read(pieces: list[str]) -> None:
    sentence = "".join(pieces) + "。"
    for fact in read(sentence):
        assert fact.name
        assert 0 < fact.confidence <= 1
        assert fact.passage.quotes
