"""`kg export`: every RDF format by name, what it says, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.pipeline import build

SYNTAX = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
REPORT = """---
id: demo-2024
publisher: 国家知识产权局
year: 2024
---

# 第一章 国际合作

3月5日，国家知识产权局局长申长雨在北京会见法国国家工业产权局局长，双方签署合作谅解备忘录。
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    build([folder / "report.md"], folder / "out", validate=False)
    return folder / "out"


def call(out: Path, form: str, dest: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["export", "--format", form, str(dest), "-o", str(out), *args])


@pytest.mark.parametrize("form", sorted(SYNTAX))
@pytest.mark.parametrize("quotes", ["full", "short", "none"])
def test_each_format_is_read_back(out: Path, tmp_path: Path, form: str, quotes: str) -> None:
    target = tmp_path / "file"
    result = call(out, form, target, "--quotes", quotes)
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith(f"{target}: ")
    assert result.stdout == ""
    assert len(list(parse(path=str(target), format=SYNTAX[form]))) > 20
    words = target.read_text(encoding="utf-8").count("双方签署合作谅解备忘录")
    assert (words > 0) is (quotes != "none" and form != "ttl")


def test_a_folder_to_publish(out: Path, tmp_path: Path) -> None:
    result = call(out, "all", tmp_path / "deep" / "site", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["entities"] > 10
    assert (tmp_path / "deep" / "site" / "tables" / "events.csv").is_file()


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_rdf12_is_asked_for_by_name(out: Path, tmp_path: Path, form: str) -> None:
    assert call(out, form, tmp_path / "plain").exit_code == 0
    assert call(out, form, tmp_path / "more", "--rdf12").exit_code == 0
    assert b"<<(" not in (tmp_path / "plain").read_bytes()
    assert b"<<(" in (tmp_path / "more").read_bytes()


@pytest.mark.parametrize("form", ["csv", "ttl", "jsonld", "dcat", "all"])
def test_rdf12_is_refused_where_it_cannot_be(out: Path, tmp_path: Path, form: str) -> None:
    result = call(out, form, tmp_path / "x", "--rdf12")
    assert result.exit_code == 2
    assert result.stderr == f"error: --rdf12 with {form}; expected --format nq or trig\n"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("form", ["nq", "ttl", "trig", "jsonld", "dcat", "all", "csv"])
def test_a_place_that_cannot_be_written_is_one_line(out: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = call(out, form, tmp_path / "file" / "x")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {tmp_path / 'file' / 'x'}: ")
    assert result.stderr.endswith(f"; expected a place to write {form}\n")
    assert result.stderr.count("\n") == 1
