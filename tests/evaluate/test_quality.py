"""Measures of quality inside a build: a build like any other, the same for the same, and never half of one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Quad, RdfFormat, parse

from kg.builds import building, current_build
from kg.cli import main
from kg.errors import KgError
from kg.evaluate import Score, write_quality
from kg.pipeline import build
from kg.rdf import DATA
from kg.store import open_store

REPORT = """---
id: demo-2024
publisher: 国家知识产权局
year: 2024
---

# 第一章 国际合作

国家知识产权局印发《数据服务工作指引》。
"""
SCORES = {"documents": Score("documents", 3, 2, 1, 1, 0, {"kind": (1, 2)})}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    build([tmp_path / "report.md"], tmp_path / "out", validate=False)
    return tmp_path / "out"


def gold_of(folder: Path, *titles: str) -> Path:
    folder.mkdir()
    lines = [json.dumps({"title": title, "kind": "guideline", "line": 9}, ensure_ascii=False) for title in titles]
    (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def call(gold: Path, out: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["eval", str(gold), "-o", str(out), *args])


def quads(directory: Path) -> set[Quad]:
    return set(parse(path=str(directory / "graph.nq"), format=RdfFormat.N_QUADS))


def values(directory: Path) -> dict[str, str]:
    return {
        quad.subject.value.rpartition("/")[2]: quad.object.value  # type: ignore[union-attr]
        for quad in quads(directory)
        if quad.predicate.value.endswith("dqv#value")
    }


def test_the_measures_are_in_a_new_build_that_is_whole(out: Path, tmp_path: Path) -> None:
    before = current_build(out)
    result = call(gold_of(tmp_path / "gold", "数据服务工作指引", "另一份办法"), out, "--write")
    assert result.exit_code == 0, result.output
    after = current_build(out)
    assert result.stderr == f"written: {after}\n"
    assert result.stdout.startswith("kind ")
    assert values(after)["documents-recall"] == "0.5"
    assert values(after)["documents-quoted"] == "1"
    # Nothing else has changed.
    added = quads(after) - quads(before)
    assert quads(before) < quads(after)
    assert {quad.graph_name.value for quad in added} == {f"{DATA}build"}  # type: ignore[union-attr]
    for name in ("resolution.jsonl", "facts/demo-2024.jsonl", "sources/demo-2024.txt"):
        assert (after / name).read_bytes() == (before / name).read_bytes()
    lines = (after / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    manifest = json.loads((after / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((after / name).read_bytes()).hexdigest() == digest, name
    assert sum(manifest["quads"].values()) == len(lines)
    assert after.name == hashlib.sha256((after / "manifest.json").read_bytes()).hexdigest()[:16]
    assert set(open_store(after / "store")) == quads(after)


def test_the_same_again_is_the_same_and_another_gold_replaces_it(out: Path, tmp_path: Path) -> None:
    one = gold_of(tmp_path / "one", "数据服务工作指引", "另一份办法")
    call(one, out, "--write")
    first = current_build(out)
    kept = (first / "graph.nq").read_bytes()
    call(one, out, "--write")
    assert current_build(out).name == f"{first.name}-b"
    assert (current_build(out) / "graph.nq").read_bytes() == kept
    call(gold_of(tmp_path / "two", "数据服务工作指引"), out, "--write")
    assert values(current_build(out))["documents-recall"] == "1"
    manifest = json.loads((current_build(out) / "manifest.json").read_text(encoding="utf-8"))
    assert sum(manifest["quads"].values()) == len((current_build(out) / "graph.nq").read_bytes().splitlines())


def test_measures_are_part_of_the_description(out: Path, tmp_path: Path) -> None:
    call(gold_of(tmp_path / "gold", "数据服务工作指引"), out, "--write")
    target = tmp_path / "d.ttl"
    exported = CliRunner().invoke(main, ["export", "--format", "dcat", str(target), "-o", str(out)])
    assert exported.exit_code == 0, exported.output
    found = [
        q for q in parse(path=str(target), format=RdfFormat.TURTLE) if str(q.object).endswith("QualityMeasurement>")
    ]
    assert len(found) == len(values(current_build(out))) > 0


def test_the_build_stays_when_the_work_cannot_be_done(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_build(out)
    with building(out), pytest.raises(KgError, match="another build is at work here"):
        write_quality(out, before, SCORES, "ab")
    with pytest.raises(KgError, match="another build has become current"):
        write_quality(out, tmp_path, SCORES, "ab")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store.graph.load", full)
    with pytest.raises(OSError, match="No space"):
        write_quality(out, before, SCORES, "ab")
    assert current_build(out) == before
    assert [path.name for path in (out / "builds").iterdir()] == [before.name]


@pytest.mark.parametrize("option", ["--lines", "--document", "--kinds", "--aside", "--tables"])
def test_a_part_is_not_written(out: Path, tmp_path: Path, option: str) -> None:
    value = {"--lines": "1-9", "--kinds": "documents", "--aside": "only"}.get(option, "x")
    before = current_build(out)
    result = call(gold_of(tmp_path / "gold", "x"), out, "--write", option, value)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: --write with {option}; expected measures of the whole build")
    assert current_build(out) == before
