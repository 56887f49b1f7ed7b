"""Policy documents: sentences of our own with the documents that they name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.annotate import annotate
from kg.extract.policies import DocumentFinder
from kg.extract.policy_titles import core, inner_titles, is_bare, is_work, kind_of, stage_of
from kg.lexicon import load_lexicon
from kg.model import DocumentFact, DocumentKind, Report, passage_of
from kg.text import read_report

CASES = Path(__file__).parent / "cases" / "policies.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
HEAD = "---\npublisher: 国家知识产权局\nyear: 2031\n---\n# 国家知识产权局2031年度报告\n\n"


def report_of(folder: Path, text: str, section: str = "") -> Report:
    """A report with one paragraph, in a regional section when one is named."""
    body = f"# 第八章 各地工作\n\n## {section}\n\n{text}\n" if section else f"# 第一章 综述\n\n{text}\n"
    path = folder / "report.md"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_report(path, load_lexicon())


def documents_of(report: Report) -> list[DocumentFact]:
    every = [(mentions, passage_of(report, mentions.sentence)) for mentions in annotate(report, load_lexicon())]
    return [fact for facts in DocumentFinder().find_documents(every) for fact in facts]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:24] for row in ROWS])
def test_documents_of_a_sentence(row: dict[str, object], tmp_path: Path) -> None:
    facts = documents_of(report_of(tmp_path, str(row["text"]), str(row["section"])))
    wanted = row["documents"]
    assert isinstance(wanted, list)
    assert sorted(f.title for f in facts) == sorted(w["title"] for w in wanted)
    found = {f.title: f for f in facts}
    for want in wanted:
        fact = found[want["title"]]
        assert fact.document_kind.value == want["kind"]
        assert sorted(actor.name for actor in fact.issuers) == sorted(want["issuers"])
        assert str(fact.date.start if fact.date else "") == want.get("date", "")
        assert fact.stage == want.get("stage", fact.stage)
        assert fact.action == want.get("action", fact.action)
        assert fact.rule == want.get("rule", fact.rule)
        assert fact.region == row["section"]
        assert 0 < fact.confidence <= 1


def test_a_short_form_stands_for_its_title(tmp_path: Path) -> None:
    text = (
        "印发《远洋专利发展纲要（2031—2040年）》（以下简称《纲要》）和《远洋商标办法》（以下简称“办法”）。"
        "全面实施《纲要》，分解任务。"
    )
    facts = documents_of(report_of(tmp_path, text))
    assert [(f.title, f.short) for f in facts] == [
        ("远洋专利发展纲要（2031—2040年）", "纲要"),
        ("远洋商标办法", "办法"),
        ("远洋专利发展纲要（2031—2040年）", "纲要"),
    ]
    assert [f.issuers != () for f in facts] == [True, True, False]


def test_a_class_word_stands_for_the_last_title_of_its_class(tmp_path: Path) -> None:
    facts = documents_of(report_of(tmp_path, "发布《灯塔报告（2031年）》。《报告》总结了进展。《条例》尚无。"))
    assert [f.title for f in facts] == ["灯塔报告（2031年）", "灯塔报告（2031年）"]


def test_a_kind_told_once_holds_for_the_report(tmp_path: Path) -> None:
    text = "制修订《标识使用办法》等部门规章。印发《标识使用办法》。"
    kinds = [f.document_kind for f in documents_of(report_of(tmp_path, text))]
    assert kinds == [DocumentKind.RULE, DocumentKind.RULE]


def test_a_title_twice_in_a_sentence_is_told_once(tmp_path: Path) -> None:
    facts = documents_of(report_of(tmp_path, "修订《灯塔办法》，并发布《灯塔办法》。"))
    assert [f.title for f in facts] == ["灯塔办法"]


def test_an_implied_issuer_is_not_stated(tmp_path: Path) -> None:
    facts = documents_of(report_of(tmp_path, "印发《灯塔办法》。商务部印发《码头办法》。"))
    assert [(f.stated, [a.implied for a in f.issuers]) for f in facts] == [(False, [True]), (True, [False])]


def test_at_the_meeting_is_the_day_of_the_sentence_before(tmp_path: Path) -> None:
    text = (
        "3月21日，四省联席会议在合肥举行。会上，山东省知识产权局、河南省知识产权局共同签署《黄河专利合作协议》。"
        "此外，印发《灯塔办法》。"
    )
    facts = documents_of(report_of(tmp_path, text))
    assert [(f.title, str(f.date.start) if f.date else "") for f in facts] == [
        ("黄河专利合作协议", "2031-03-21"),
        ("灯塔办法", ""),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("海洋商标法", "law"), ("灯塔办法", "measure"), ("灯塔保护条例", "regulation"), ("灯塔法实施细则", "regulation"),
        ("灯塔保护若干措施", "measure"), ("灯塔规程（试行）", "rule"), ("灯塔要点2031", "plan"), ("灯塔合作备忘录2.0", "agreement"),
        ("灯塔白皮书", "report"), ("灯塔修订导读2031", "book"), ("灯塔名录", "list"), ("关于灯塔的通知", "notice"),
        ("灯塔实施意见", "guideline"), ("灯塔需求标准（试行）", "standard"), ("灯塔动态", "other"), ("灯塔养护方法", "other"),
        ("国际卫生条例", "agreement"), ("灯塔公约", "agreement"), ("灯塔条例（修订草案）", "regulation"),
    ],
)  # fmt: skip
def test_kind_by_ending(title: str, kind: str) -> None:
    assert kind_of(title).value == kind


def test_what_a_title_tells() -> None:
    assert core("灯塔指南（试行）（2031年版）") == "灯塔指南"
    assert stage_of("灯塔暂行办法") == "暂行"
    assert stage_of("灯塔纲要（2031—2040年）") == ""
    assert inner_titles("落实〈灯塔纲要〉方案") == [(3, "灯塔纲要")]
    assert is_bare("实施方案")
    assert not is_bare("灯塔实施方案")
    assert is_work("海岛日报", "", "")
    assert is_work("守望", "观看电影", "")
    assert not is_work("灯塔公报", "发布", "，")


_PIECES = st.lists(
    st.sampled_from(
        [
            "《",
            "》",
            "〈",
            "〉",
            "（以下简称",
            "）",
            "印发",
            "会同",
            "商务部",
            "、",
            "和",
            "，",
            "“",
            "”",
            "灯塔条例",
            "的",
        ]
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(pieces=_PIECES)
def test_any_brackets_are_survived(pieces: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "".join(pieces) + "。"
    for fact in documents_of(report_of(tmp_path_factory.mktemp("any"), text)):
        assert fact.title
        assert fact.passage.quotes


def test_long_lists_are_found_whole(tmp_path: Path) -> None:
    names = [f"灯塔办法{n}号规定" for n in range(800)]
    found = documents_of(report_of(tmp_path, "印发" + "、".join(f"《{name}》" for name in names) + "。"))
    assert [fact.title for fact in found] == names
