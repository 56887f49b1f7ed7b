"""The findings on the real report, judged by hand, and how findings are written."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.check import Finding, Kind, Severity, Side
from kg.check.report import COLUMNS, render_csv, render_json, render_text

Findings = tuple[Finding, ...]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.PROSE_PROSE, ("外观设计", "64.3万件", "64.2万件")),
        (Kind.PROSE_TABLE, ("64.2万件", "643,318件")),
        (Kind.PROSE_TABLE, ("5.88万件", "50,610件")),
        (Kind.PARTS, ("551", "540种")),
    ],
)
def test_what_is_surely_wrong_in_the_report_is_found(
    real_findings: Findings, kind: Kind, words: tuple[str, ...]
) -> None:
    assert [found for found in real_findings if found.kind is kind and all(word in found.zh for word in words)]


def test_the_report_gives_few_findings(real_findings: Findings) -> None:
    # Eight are there today, all of them true; a rule that finds many more is to be judged anew.
    assert 5 <= len(real_findings) <= 12
    assert not [found for found in real_findings if found.kind in (Kind.TABLE_SUM, Kind.GROWTH, Kind.SHARE)]
    assert all(len(found.sides) >= 2 for found in real_findings)
    assert list(real_findings) == sorted(real_findings, key=lambda found: found.order)


ONE = Finding(
    Kind.PARTS,
    Severity.ERROR,
    "各部分之和为3",
    "the parts are 3",
    (Side("r-2024", 5, "共2件", "2件"), Side("r-2024", 7, "甲1件|乙2件", "1件 + 2件")),
)


def test_text_gives_reason_and_both_sides() -> None:
    assert render_text((ONE,), "zh") == (
        "r-2024:5: 错误 [parts] 各部分之和为3\n    r-2024:5: 共2件\n    r-2024:7: 甲1件|乙2件\n共1处：错误1，警告0，提示0\n"
    )
    assert "error [parts] the parts are 3" in render_text((ONE,), "en")
    assert render_text((), "en") == "no contradiction found\n"


def test_csv_has_both_sides_in_a_row() -> None:
    header, row = csv.reader(io.StringIO(render_csv((ONE,), "en")))
    assert tuple(header) == COLUMNS
    told = dict(zip(header, row, strict=True))
    assert (told["line"], told["line_b"]) == ("5", "7")
    assert told["quote_b"] == "甲1件｜乙2件"


def test_json_has_both_languages() -> None:
    (told,) = json.loads(render_json((ONE,)))
    assert told["reason"] == {"zh": ONE.zh, "en": ONE.en}
    assert [side["line"] for side in told["sides"]] == [5, 7]
