"""The pipeline with stand-in rooms: its files, its refusals, and that a kill at any moment leaves a whole build."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fake_rooms
import pytest

from kg import pipeline
from kg.builds import current_build
from kg.errors import ConfigError, InputError, KgError
from kg.model.codec import fact_from_json, resolution_from_lines
from kg.pipeline import build, find_reports
from kg.store.graph import open_store, select
from kg.store.report import render_text
from kg.store.shacl import ValidationReport

TESTS = Path(__file__).resolve().parent
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_rooms.install(lambda name, module: monkeypatch.setitem(sys.modules, name, module))


def report(folder: Path, name: str = "a.md", **told: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    lines = {"id": path.stem, **told}
    path.write_text("".join(f"{k}: {v}\n" for k, v in lines.items()), encoding="utf-8")
    return path


def check_whole(out: Path) -> str:
    """Asserts that OUT/current is a whole build; returns the name of its first source."""
    current = current_build(out)
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((current / name).read_bytes()).hexdigest() == digest, name
    quads = sum(manifest["quads"].values())
    assert len((current / "graph.nq").read_bytes().splitlines()) == quads
    assert select(open_store(current / "store"), COUNT).values() == ((quads,),)
    return str(manifest["sources"][0]["id"])


@pytest.mark.usefixtures("rooms")
def test_a_build_has_all_its_files(tmp_path: Path) -> None:
    told: list[str] = []
    a, b = report(tmp_path, "a.md", cells=4), report(tmp_path, "b.md", cells=2)
    result = build([b, a], tmp_path / "out", validate=False, progress=told.append)
    assert result.directory == current_build(tmp_path / "out")
    assert result.conforms
    assert [source.id for source in result.sources] == ["a", "b"]
    assert result.counts["observation"] == 6
    assert result.repairs == 2
    assert [(issue.source, issue.line) for issue in result.issues] == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert told[:2] == ["reading b.md", "reading a.md"]
    assert check_whole(tmp_path / "out") == "a"
    directory = result.directory
    assert sorted(p.name for p in directory.iterdir()) == [
        "facts",
        "graph.nq",
        "manifest.json",
        "resolution.jsonl",
        "sources",
        "store",
    ]
    facts = (directory / "facts" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert facts == sorted(facts)
    assert len([fact_from_json(line) for line in facts]) == 4
    lines = (directory / "resolution.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(resolution_from_lines(lines).observations) == 6
    assert (directory / "sources" / "a.txt").read_bytes() == a.read_bytes()


def products(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "store" not in path.relative_to(directory).parts
    }


CHILD = """
import sys
from pathlib import Path
import fake_rooms
fake_rooms.install(sys.modules.__setitem__)
from kg.pipeline import build
build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]), validate=False)
"""


def child(out: Path, *reports: Path, seed: str = "0") -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed}
    return subprocess.Popen([sys.executable, "-c", CHILD, str(out), *map(str, reports)], env=env)


def test_products_are_the_same_bytes_from_any_folder_and_hash_seed(tmp_path: Path) -> None:
    outs = []
    for seed, order in (("1", ("a.md", "b.md")), ("2", ("b.md", "a.md"))):
        folder = tmp_path / f"in{seed}"
        reports = [report(folder, name, cells=len(name) + 2) for name in order]
        out = tmp_path / f"out{seed}"
        assert child(out, *reports, seed=seed).wait() == 0
        outs.append(current_build(out))
    assert outs[0].name == outs[1].name
    assert products(outs[0]) == products(outs[1])
    assert str(tmp_path).encode() not in b"".join(products(outs[0]).values())


def test_jobs_and_the_order_of_sources_do_not_change_the_result(tmp_path: Path) -> None:
    """With the real rooms, since worker processes have no stand-ins."""
    second = TESTS / "fixtures" / "second-report.md"
    third = tmp_path / "third.md"
    third.write_text(
        "---\nid: third-2024\npublisher: 国家知识产权局\nyear: 2024\n---\n\n# 第一章 合作\n\n"
        "10月21日，国家知识产权局在北京举办专利信息培训班。\n",
        encoding="utf-8",
    )
    one = build([second, third], tmp_path / "one", validate=False).directory
    two = build([third, second], tmp_path / "two", jobs=2, validate=False).directory
    assert one is not None
    assert two is not None
    assert products(one) == products(two)
    assert {path.name for path in (one / "facts").iterdir()} > {"third-2024.jsonl"}


@pytest.mark.usefixtures("rooms")
def test_the_hash_follows_the_input(tmp_path: Path) -> None:
    path = report(tmp_path, cells=2)
    first = build([path], tmp_path / "out", validate=False).directory
    again = build([path], tmp_path / "out", validate=False).directory
    assert first is not None
    assert again is not None
    assert again.name == f"{first.name}-b"
    assert products(first) == products(again)
    report(tmp_path, cells=3)
    other = build([path], tmp_path / "out", validate=False).directory
    assert other is not None
    assert not other.name.startswith(first.name)


@pytest.mark.usefixtures("rooms")
def test_a_change_of_rules_changes_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = report(tmp_path, cells=2)
    first = build([path], tmp_path / "out", validate=False).directory
    monkeypatch.setattr(pipeline, "rules_hash", lambda: "other")
    second = build([path], tmp_path / "out", validate=False).directory
    assert first is not None
    assert second is not None
    assert second.name != f"{first.name}-b"


def test_the_hash_of_the_rules_covers_code_and_word_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data/sample", "ontology", "shapes"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(pipeline, "resource", lambda *parts: tmp_path.joinpath(*parts))
    empty = pipeline.rules_hash()
    (tmp_path / "data" / "words.csv").write_text("word,source\n", encoding="utf-8")
    with_words = pipeline.rules_hash()
    (tmp_path / "data" / "sample" / "report.txt").write_text("text", encoding="utf-8")
    assert empty != with_words
    assert pipeline.rules_hash() == with_words
    (tmp_path / "shapes" / "event.ttl").write_text("# shape", encoding="utf-8")
    assert pipeline.rules_hash() != with_words


def test_reading_in_parallel_asks_every_report_once_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [Path(f"{n}.md") for n in range(3)]
    told: list[str] = []
    got = pipeline._collect(paths, (p for p in paths), told.append)  # type: ignore[arg-type, misc]
    assert got == paths
    assert told == ["reading 0.md", "reading 1.md", "reading 2.md"]


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize("conforms", [True, False])
def test_a_build_that_does_not_conform_never_becomes_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, conforms: bool
) -> None:
    found = ValidationReport(conforms, (), {"shape": 1})
    monkeypatch.setattr("kg.store.shacl.validate", lambda store: found)
    path, out = report(tmp_path), tmp_path / "out"
    old = build([path], out, validate=False).directory
    result = build([path], out)
    assert result.conforms is conforms
    rejected = out / "rejected" / "validation.txt"
    if conforms:
        assert result.directory == current_build(out)
        assert not rejected.exists()
    else:
        assert result.directory is None
        assert current_build(out) == old
        told = rejected.read_text(encoding="utf-8")
        assert told == f"{render_text(found, 'zh')}\n{render_text(found, 'en')}"
        assert [p.name for p in (out / "builds").iterdir()] == [old.name if old else ""]
        build([path], out, validate=False)
        assert not rejected.exists()


def test_sources_that_are_no_reports_are_told(tmp_path: Path) -> None:
    empty, wrong = tmp_path / "empty", tmp_path / "wrong"
    empty.mkdir()
    wrong.mkdir()
    (wrong / "x.pdf").write_text("x", encoding="utf-8")
    (wrong / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for source, what in (
        (tmp_path / "none.md", "no such file"),
        (empty, "an empty directory"),
        (wrong, "a directory without reports"),
        (tmp_path / "pipe", "not a file"),
    ):
        with pytest.raises(InputError) as caught:
            build([source], tmp_path / "out")
        assert str(caught.value).startswith(f"{source}: {what}; expected")
    assert not (tmp_path / "out").exists()
    with pytest.raises(ConfigError, match="jobs 0"):
        build([empty], tmp_path / "out", jobs=0)


def test_a_directory_stands_for_its_reports(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "C.MD", ".hidden.md", "sources.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in find_reports([tmp_path])] == ["C.MD", "a.txt", "b.md"]


def test_without_sources_it_is_the_bundled_sample() -> None:
    (sample,) = find_reports([])
    assert sample.parent.name == "sample"
    assert sample.suffix == ".md"


@pytest.mark.usefixtures("rooms")
def test_two_reports_with_one_id_are_an_error(tmp_path: Path) -> None:
    first = report(tmp_path / "x", "same.md")
    second = report(tmp_path / "y", "same.md")
    with pytest.raises(InputError, match=r"source id same is that of .* too; expected one id a report"):
        build([first, second], tmp_path / "out")
    assert list((tmp_path / "out" / "builds").iterdir()) == []


def moments(longest: float, count: int) -> Iterator[float]:
    """Delays spread over the time that a build takes, a little beyond its end too."""
    return (longest * 1.3 * n / (count - 1) for n in range(count))


def test_a_kill_at_any_moment_leaves_a_whole_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = report(tmp_path, "old.md", cells=2000)
    new = report(tmp_path, "new.md", cells=2100)
    start = time.monotonic()
    assert child(out, old).wait() == 0
    longest = time.monotonic() - start
    seen, killed, current = [], 0, old
    for delay in moments(longest, 20):
        other = new if current is old else old
        process = child(out, other)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        seen.append(check_whole(out))
        current = new if seen[-1] == "new" else old
    # A machine that gets faster while the test runs ends more builds before they are killed.
    assert killed >= 5
    # Whatever the last kill left, the next build clears away.
    assert child(out, new).wait() == 0
    assert check_whole(out) == "new"
    assert len(list((out / "builds").iterdir())) <= 2


def test_a_build_at_work_keeps_others_out(tmp_path: Path) -> None:
    from kg.builds import building

    with building(tmp_path / "out"), pytest.raises(KgError, match="another build is at work"):
        build([report(tmp_path)], tmp_path / "out")
