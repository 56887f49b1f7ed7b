"""`kg eval`: on a build and on tables, its options, its refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.pipeline import build

REPORT = """---
id: demo-2024
publisher: 国家知识产权局
year: 2024
---

# 第一章 国际合作

3月5日，国家知识产权局在北京举办专利信息培训班。

国家知识产权局印发《数据服务工作指引》。
"""
GOLD = [
    {"title": "数据服务工作指引", "kind": "guideline", "issuers": ["国家知识产权局"], "line": 11},
    {"title": "另一份办法", "kind": "measure", "line": 11},
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    build([folder / "report.md"], folder / "out", validate=False)
    (folder / "gold").mkdir()
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in GOLD)
    (folder / "gold" / "documents.jsonl").write_text(text, encoding="utf-8")
    return folder / "out"


def call(out: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["eval", str(out.parent / "gold"), "-o", str(out), *args])


def test_a_build_is_measured_with_its_quotes(out: Path) -> None:
    result = call(out, "--kinds", "documents", "--misses", "all")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split()[:9] == ["kind", "gold", "found", "hits", "dup", "P", "R", "F1", "attr"]
    assert lines[1].split()[:10] == ["documents", "2", "1", "1", "0", "1.000", "0.500", "0.667", "1.000", "1.000"]
    assert lines[2].startswith('documents missed line 11: {"title": "另一份办法"')
    assert len(lines) == 3


def test_json_lines_and_document(out: Path) -> None:
    found = json.loads(call(out, "--json", "--kinds", "documents", "--misses", "documents").stdout)["documents"]
    assert (found["gold"], found["hits"], found["recall"], found["quoted"]) == (2, 1, 0.5, 1.0)
    assert [row["title"] for row in found["missed"]] == ["另一份办法"]
    nowhere = json.loads(call(out, "--json", "--lines", "1-5").stdout)["documents"]
    assert (nowhere["gold"], nowhere["found"]) == (0, 0)
    other = json.loads(call(out, "--json", "--document", "other-2024").stdout)["documents"]
    assert (other["gold"], other["found"]) == (2, 0)


def test_the_third_kept_aside_alone_and_the_rest(out: Path) -> None:
    counts = [
        json.loads(call(out, "--json", "--aside", side).stdout)["documents"]["gold"] for side in ("only", "without")
    ]
    assert sum(counts) == len(GOLD)


def test_tables_are_measured_without_a_build(out: Path, tmp_path: Path) -> None:
    exported = CliRunner().invoke(main, ["export", str(tmp_path / "tables"), "-o", str(out)])
    assert exported.exit_code == 0, exported.output
    result = call(tmp_path / "none", "--json")
    assert result.exit_code == 2
    found = CliRunner().invoke(
        main, ["eval", str(out.parent / "gold"), "--tables", str(tmp_path / "tables"), "--json", "-o", str(tmp_path)]
    )
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["documents"]["hits"] == 1
    assert json.loads(found.stdout)["documents"]["quoted"] is None


def test_measurements_in_turtle(out: Path) -> None:
    result = call(out, "--format", "turtle")
    assert "dqv:computedOn data:facts" in result.stdout
    assert 'dqv:value "0.5"^^xsd:decimal' in result.stdout or "dqv:value 0.5" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--kinds", "feasts"), "kind 'feasts'; expected events, agreements"),
        (("--misses", "feasts"), "kind 'feasts'"),
        (("--lines", "a-b"), "lines 'a-b'; expected FIRST-LAST"),
        (("--tables", "nowhere"), "nowhere: no such folder"),
    ],
)
def test_what_cannot_be_is_refused(out: Path, args: tuple[str, ...], message: str) -> None:
    result = call(out, *args)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {message}")
