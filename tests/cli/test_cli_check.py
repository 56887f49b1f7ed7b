"""`kg check`: exit codes, formats and kinds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.check import Kind
from kg.cli import main
from kg.cli.check import command
from kg.pipeline import build

TEXT = """---
publisher: 国家知识产权局
year: 2024
---

# 文献

全年出版资讯95期，其中正刊74期、专刊11期、特刊12期。

# 合作

8月，胡文辉副局长访问巴西工业产权局。

# 大事记

9月，国家知识产权局副局长胡文辉访问巴西工业产权局。
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "r.md").write_text(TEXT, encoding="utf-8")
    assert build([folder / "r.md"], folder / "out", validate=False).directory
    return folder / "out"


def run(out: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["check", "-o", str(out), *args])


def test_findings_are_shown_and_do_not_fail(out: Path) -> None:
    result = run(out)
    assert result.exit_code == 0, result.output
    assert "错误 [parts]" in result.stdout
    assert result.stdout.endswith("共2处：错误1，警告0，提示1\n")
    assert "2 findings: 1 errors" in run(out, "--lang", "en").stdout


def test_strict_fails_for_errors_and_not_for_notes(out: Path) -> None:
    assert run(out, "--strict").exit_code == 1
    notes = run(out, "--strict", "--kind", "telling")
    assert notes.exit_code == 0
    assert "提示 [telling]" in notes.stdout


def test_formats(out: Path) -> None:
    found = json.loads(run(out, "--json").stdout)
    assert [each["kind"] for each in found] == ["parts", "telling"]
    rows = list(csv.DictReader(io.StringIO(run(out, "--format", "csv").stdout)))
    assert [row["severity"] for row in rows] == ["error", "note"]
    assert all(row["quote"] and row["quote_b"] for row in rows)


def test_the_same_answer_twice(out: Path) -> None:
    assert run(out, "--json").stdout == run(out, "--json").stdout


def test_kinds_are_those_of_the_room() -> None:
    (option,) = [param for param in command.params if param.name == "kinds"]
    assert tuple(option.type.choices) == tuple(Kind)  # type: ignore[attr-defined]


def test_no_build_is_an_error(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
