"""One telling of an event, agreement or document against another."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_texts import Build

from kg.check import Kind, Severity


@pytest.fixture
def texts(tmp_path: Path) -> Build:
    return Build(tmp_path)


def two(first: str, second: str) -> str:
    return f"# 大事记\n\n{first}\n\n# 合作\n\n{second}\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            two("10月21日，第18次中欧两局局长会议在成都举行。", "10月22日，第18次中欧两局局长会议在成都举行。"),
            ("2024-10-21", "2024-10-22"),
        ),
        (
            two("10月21日，第18次中欧两局局长会议在成都举行。", "10月21日，第18次中欧两局局长会议在西安举行。"),
            ("成都", "西安"),
        ),
        (
            two("5月22日，全国专利工作会议在上海召开。", "5月24日，国家知识产权局在上海召开全国专利工作会议。"),
            ("2024-05-22", "2024-05-24"),
        ),
        (
            two("5月10日，国家知识产权局印发《专利转化方案》。", "5月12日，国家知识产权局印发《专利转化方案》。"),
            ("2024-05-10", "2024-05-12"),
        ),
    ],
)
def test_another_date_or_place(texts: Build, text: str, said: tuple[str, str]) -> None:
    (found,) = texts.findings(text)
    assert (found.kind, found.severity) == (Kind.TELLING, Severity.WARNING)
    assert all(word in found.zh for word in said)
    assert len({side.line for side in found.sides}) == 2


def test_a_day_within_a_range_is_a_note(texts: Build) -> None:
    text = two("5月22日至23日，第3次中欧两局会议在上海召开。", "5月23日，第3次中欧两局会议在上海召开。")
    (found,) = texts.findings(text)
    assert found.severity is Severity.NOTE


def test_a_visit_told_in_two_months_is_a_note(texts: Build) -> None:
    text = two("8月，胡文辉副局长访问巴西工业产权局。", "9月，国家知识产权局副局长胡文辉访问巴西工业产权局。")
    (found,) = texts.findings(text)
    assert (found.kind, found.severity) == (Kind.TELLING, Severity.NOTE)
    assert "2024-08" in found.en
    assert "2024-09" in found.en


@pytest.mark.parametrize(
    "text",
    [
        two("5月22日，全国专利工作会议在上海召开。", "5月，国家知识产权局在上海召开全国专利工作会议。"),
        two("5月22日，全国专利工作会议在上海召开。", "11月22日，国家知识产权局在上海召开全国专利工作会议。"),
        two("8月，胡文辉副局长访问巴西工业产权局。", "8月，国家知识产权局副局长胡文辉访问巴西工业产权局。"),
        two("8月，胡文辉副局长访问巴西工业产权局。", "9月，国家知识产权局副局长胡文辉访问智利工业产权局。"),
        two("5月10日，国家知识产权局印发《专利转化方案》。", "5月，国家知识产权局印发《专利转化方案》。"),
    ],
)
def test_precision_and_other_events_are_no_contradiction(texts: Build, text: str) -> None:
    assert texts.findings(text) == ()
