"""Judgements in whole builds: beside the report, kept over rebuilds, text and added facts, the manifest."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import ConfigError
from kg.lexicon import Lexicon
from kg.model import Resolution, Telling
from kg.model.codec import resolution_from_lines
from kg.model.judgement import COLUMNS, read_judgements
from kg.pipeline import BuildResult, build
from kg.text import read_report
from kg.text.amend import amend

REPORT = """---
id: demo-2024
publisher: 国家知识产权局
year: 2024
---

# 第一章 国际合作

3月5日，国家知识产权局在北京举办专利信息培训班。

4月9日，国家知识产权局与韩国特许厅在首尔举行局长会谈，双方签署《合作谅解备忘录》。

2024年，全国发明专利授权量达90.5万件，同比增长13.5%。

国家知识产权局印发《数据服务 工作指引》。

表1 各地专利申请量（件）

| 地区 | 2024年 |
|---|---|
| 北京 | 190 |
| 上海 | 120 |
"""
QUOTE = "双方签署《合作谅解备忘录》"


def rows_of(resolution: Resolution, kind: str) -> list[Telling]:
    return [t for t in resolution.tellings if t.fact.kind == kind]


def made(result: BuildResult) -> Resolution:
    assert result.directory is not None
    return resolution_from_lines((result.directory / "resolution.jsonl").read_text(encoding="utf-8").splitlines())


def judge(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "judgements.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows((*row, "甲", "2025-01-02", "看过原文") for row in rows)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "report.md").write_text(REPORT, encoding="utf-8")
    return tmp_path / "in"


def products(directory: Path | None) -> dict[str, bytes]:
    assert directory is not None
    files = (p for p in directory.rglob("*") if p.is_file())
    named = {p.relative_to(directory).as_posix(): p.read_bytes() for p in files}
    return {name: data for name, data in named.items() if not name.startswith("store/")}


def every_verb(plain: Resolution) -> list[tuple[str, str, str, str]]:
    training = next(t for t in rows_of(plain, "event") if "培训班" in t.fact.name)  # type: ignore[attr-defined]
    document = next(t for t in rows_of(plain, "document") if "指引" in t.fact.title)  # type: ignore[attr-defined]
    tie = rows_of(plain, "tie")[0]
    added = {"quote": QUOTE, "name": "局长会谈签字", "type": "signing", "when": "2024-04-09", "hosts": "韩国特许厅"}
    return [
        ("rename", training.id, "", "春季培训班"),
        ("set", f"telling/{training.id}", "start", "2024-03-06"),
        ("drop", tie.id, "", ""),
        ("rename", document.id, "", "数据指引"),
        ("add", "", "event", json.dumps(added, ensure_ascii=False)),
        ("text", "", "demo-2024:13", "90.5→104.5"),
        ("text", "", "demo-2024:21", "190→150"),
    ]


def check_every_verb(plain: Resolution, judged: Resolution) -> None:
    events = {e.name: e for e in judged.events}
    assert str(events["春季培训班"].when.start) == "2024-03-06"  # type: ignore[union-attr]
    assert len(rows_of(judged, "tie")) == len(rows_of(plain, "tie")) - 1
    assert "数据指引" in {d.title for d in judged.documents}
    signing = next(t for t in judged.tellings if t.fact.rule == "judgement")
    assert signing.fact.passage.quotes == (QUOTE,)
    assert signing.fact.passage.section == ("第一章国际合作",)
    assert signing.thing == events["局长会谈签字"].key
    assert len(events["局长会谈签字"].hosts) == 1
    assert "104.5" in {str(i.value) for i in judged.indicators}
    assert "90.5" in {str(i.value) for i in plain.indicators}
    assert {str(o.value) for o in judged.observations} == {"150", "120"}
    assert not [issue for issue in judged.issues if issue.code == "judgement"]


def test_every_verb_survives_a_rebuild_and_a_change_of_the_report(folder: Path, tmp_path: Path) -> None:
    plain = made(build([folder], tmp_path / "plain", validate=False))
    path = judge(folder, *every_verb(plain))
    first = build([folder], tmp_path / "out")
    assert first.conforms
    before = products(first.directory)
    check_every_verb(plain, made(first))
    second = build([folder], tmp_path / "out", jobs=2)
    assert products(second.directory) == before
    manifest = json.loads(before["manifest.json"])
    assert manifest["judgements"] == [
        {"file": "judgements.csv", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    ]
    assert "judgements.csv" in manifest["files"]
    assert len(before["judgements.csv"].splitlines()) == 8
    assert first.repairs == build([folder], tmp_path / "none", judgements=judge(tmp_path), validate=False).repairs + 2
    # Sentences that move take their judgements along; places that `text` rows name are lines.
    report = folder / "report.md"
    report.write_text(
        report.read_text(encoding="utf-8") + "\n\n4月20日，国家知识产权局在上海召开座谈会。\n", encoding="utf-8"
    )
    check_every_verb(plain, made(build([folder], tmp_path / "out", validate=False)))


def test_worker_processes_judge_alike(folder: Path, tmp_path: Path) -> None:
    plain = made(build([folder], tmp_path / "plain", validate=False))
    other = REPORT.replace("demo-2024", "other-2024").replace("培训班", "研讨班")
    (folder / "second.md").write_text(other, encoding="utf-8")
    rows = every_verb(plain)
    rows[4] = ("add", "", "event", rows[4][3].replace('"quote"', '"source": "demo-2024", "quote"'))
    judge(folder, *rows)
    one = build([folder], tmp_path / "one", validate=False)
    two = build([folder], tmp_path / "two", validate=False, jobs=2)
    assert products(one.directory) == products(two.directory)
    assert "judgement" not in [issue.code for issue in one.issues]
    assert sum(t.fact.rule == "judgement" for t in made(one).tellings) == 1


def test_keys_are_those_that_show_and_the_tables_print(folder: Path, tmp_path: Path) -> None:
    plain = made(build([folder], tmp_path / "out", validate=False))
    training = next(t for t in rows_of(plain, "event") if "培训班" in t.fact.name)  # type: ignore[attr-defined]
    name = next(e.name for e in plain.events if e.key == training.thing)
    shown = CliRunner().invoke(main, ["show", name, "-o", str(tmp_path / "out")])
    assert f"telling/{training.id}" in shown.stdout.split()
    exported = CliRunner().invoke(main, ["export", str(tmp_path / "tables"), "-o", str(tmp_path / "out")])
    assert exported.exit_code == 0
    with (tmp_path / "tables" / "tellings.csv").open(encoding="utf-8", newline="") as stream:
        keys = {row["key"] for row in csv.DictReader(stream)}
    assert keys == {f"telling/{t.id}" for t in plain.tellings}


def test_a_build_without_judgements_knows_nothing_of_them(folder: Path, tmp_path: Path) -> None:
    plain = products(build([folder], tmp_path / "a", validate=False).directory)
    assert "judgements.csv" not in plain
    assert "judgements" not in json.loads(plain["manifest.json"])
    judge(folder)
    empty = products(build([folder], tmp_path / "b", validate=False).directory)
    for name in ("graph.nq", "resolution.jsonl", "facts/demo-2024.jsonl"):
        assert empty[name] == plain[name]


def test_a_file_that_is_given_replaces_the_one_beside_the_report(folder: Path, tmp_path: Path) -> None:
    judge(folder, ("drop", "demo-2024/gone", "", ""))
    found = build([folder], tmp_path / "out", validate=False)
    assert [i.code for i in found.issues].count("judgement") == 1
    given = tmp_path / "other.csv"
    given.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    found = build([folder], tmp_path / "out", validate=False, judgements=given)
    assert "judgement" not in [i.code for i in found.issues]
    with pytest.raises(ConfigError, match=r"none\.csv: No such file"):
        build([folder], tmp_path / "out", judgements=tmp_path / "none.csv")


def test_words_that_do_not_stand_there_are_issues(folder: Path, tmp_path: Path) -> None:
    fact = {"quote": "双方签署了新的备忘录", "name": "签字", "type": "signing"}
    path = judge(
        folder,
        ("add", "", "event", json.dumps(fact, ensure_ascii=False)),
        ("text", "", "demo-2024:9", "90.5→104.5"),
        ("text", "", "other-2024:9", "甲→乙"),
    )
    found = build([folder], tmp_path / "out", validate=False, judgements=path)
    assert [str(i) for i in found.issues if i.code == "judgement"] == [
        "judgements.csv:2: add: 双方签署了新的备忘录 does not stand in demo-2024; expected the exact words",
        "judgements.csv:3: text: these words are not there; expected 90.5 on line 9 of demo-2024",
        "judgements.csv:4: text: no source other-2024; expected one of demo-2024",
    ]


@pytest.mark.parametrize(
    ("line", "old", "new", "text"),
    [
        (9, "3月5日", "3月15日", "3月15日，国家知识产权局在北京举办专利信息培训班。"),
        (9, "培训", "", "3月5日，国家知识产权局在北京举办专利信息班。"),
        (15, "数据服务 工作", "数据产品工作", "国家知识产权局印发《数据产品工作指引》。"),
    ],
)
def test_a_sentence_is_read_otherwise_and_still_points_at_its_words(
    folder: Path, lexicon: Lexicon, line: int, old: str, new: str, text: str
) -> None:
    report = read_report(folder / "report.md", lexicon)
    rows = read_judgements([judge(folder, ("text", "", f"demo-2024:{line}", f"{old}→{new}"))])
    changed, issues = amend(report, rows)
    assert not issues
    assert changed.layer == report.layer
    (sentence,) = (s for s in changed.sentences if s.line == line)
    assert sentence.text == text
    at = text.find(new) if new else 0
    layer = report.layer.text
    if new:
        assert [layer[s.start : s.end] for s in sentence.spans(at, at + len(new))] == [old]
    tail = sentence.spans(len(text) - 3)
    assert "".join(layer[s.start : s.end] for s in tail) == text[-3:]
    head = sentence.spans(0, 1)
    assert "".join(layer[s.start : s.end] for s in head) in (text[0], old)
    assert [(r.line, r.found, r.mended) for r in changed.repairs if r.rule == "judgement"] == [(line, old, new)]


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("19", "15", ["北京", "15", "1900"]),
        ("00", "77", ["北京", "19", "1977"]),
        ("北京 | 19", "北京 | 15", ["北京", "15", "1900"]),
        ("| 19 | 1900 |", "| 19 | 1500 |", ["北京", "19", "1500"]),
    ],
)
def test_a_cell_is_read_otherwise(tmp_path: Path, lexicon: Lexicon, old: str, new: str, cells: list[str]) -> None:
    text = REPORT.replace("| 地区 | 2024年 |\n|---|---|", "| 地区 | 2023年 | 2024年 |\n|---|---|---|")
    text = text.replace("| 北京 | 190 |", "| 北京 | 19 | 1900 |").replace("| 上海 | 120 |", "| 上海 | 19 | 20 |")
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    report = read_report(tmp_path / "report.md", lexicon)
    rows = read_judgements([judge(tmp_path, ("text", "", "demo-2024:21", f"{old}→{new}"))])
    changed, issues = amend(report, rows)
    assert not issues
    assert [[cell.text for cell in row.cells] for row in changed.tables[0].rows] == [cells, ["上海", "19", "20"]]
    assert [cell.span for cell in changed.tables[0].rows[0].cells] == [
        cell.span for cell in report.tables[0].rows[0].cells
    ]


def test_a_heading_and_a_caption_are_read_otherwise(folder: Path, lexicon: Lexicon) -> None:
    report = read_report(folder / "report.md", lexicon)
    rows = read_judgements([judge(folder, ("text", "", "demo-2024:7", "国际→对外"))])
    changed, _ = amend(report, rows)
    assert [s.path for s in changed.sections if s.line == 7] == [("第一章对外合作",)]
    (table,) = report.tables
    rows = read_judgements([judge(folder, ("text", "", f"demo-2024:{table.line}", "各地→各省"))])
    changed, _ = amend(report, rows)
    assert changed.tables[0].caption == table.caption.replace("各地", "各省") != table.caption
