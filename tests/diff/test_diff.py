"""What `kg diff` finds between a build and a changed one, a judged one, and between two years."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.cli.diff import _KINDS
from kg.diff import Change, Diff, compare
from kg.diff.report import COLUMNS, render_csv, render_json, render_text
from kg.errors import ConfigError, NotBuiltError
from kg.model import FactKind
from kg.model.judgement import COLUMNS as JUDGED
from kg.pipeline import build, open_side

ROOT = Path(__file__).resolve().parents[2]
REPORT = """---
id: demo-2024
publisher: 国家知识产权局
year: 2024
---

# 第一章 国际合作

3月5日，国家知识产权局在北京举办专利信息培训班。

4月9日，国家知识产权局与韩国特许厅在首尔举行局长会谈，双方签署《合作谅解备忘录》。

2024年，全国发明专利授权量达90.5万件，同比增长13.5%。

国家知识产权局印发《数据服务工作指引》。

表1 各地专利申请量（件）

| 地区 | 2023年 | 2024年 |
|---|---|---|
| 北京 | 170 | 190 |
| 上海 | 110 | 120 |
"""
NEXT = """---
id: demo-2025
publisher: 国家知识产权局
year: 2025
---

# 第一章 国际合作

5月8日，国家知识产权局与韩国特许厅在北京举行局长会谈。

6月2日，国家知识产权局与丹麦专利商标局签署《数据交换协议》。

2025年，全国发明专利授权量达97.2万件，同比增长7.4%。

表1 各地专利申请量（件）

| 地区 | 2024年 | 2025年 |
|---|---|---|
| 北京 | 195 | 210 |
| 天津 | 80 | 90 |
"""


def made(folder: Path, *texts: str, judged: list[tuple[str, str, str, str]] | None = None) -> Path:
    """Builds these reports, with these judgements, under a folder; returns it."""
    inside = folder / "in"
    inside.mkdir(parents=True)
    for number, text in enumerate(texts):
        (inside / f"r{number}.md").write_text(text, encoding="utf-8")
    if judged:
        with (inside / "judgements.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(JUDGED)
            writer.writerows((*row, "甲", "2025-01-02", "看过原文") for row in judged)
    build([inside], folder / "out", validate=False)
    return folder / "out"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("before"), REPORT)


def differ(a: Path | str, b: Path | str, out: Path = Path("none")) -> Diff:
    return compare(open_side(str(a), out), open_side(str(b), out))


def only(diff: Diff, kind: FactKind) -> Change:
    (change,) = (change for change in diff.changes if change.kind is kind)
    return change


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field.field: (field.old, field.new) for field in change.fields}


def telling_of(out: Path, kind: FactKind, words: str) -> str:
    side = open_side(str(out), out)
    (key,) = (key for key in side.things[kind] if any(words in quote.words for quote in side.quotes[key]))
    (telling,) = side.told[key]
    return f"telling/{telling}"


def test_a_build_does_not_differ_from_itself(before: Path) -> None:
    diff = differ(before, before)
    assert (diff.changes, diff.years) == ((), False)
    assert all(count.a == count.b == count.equal for count in diff.counts.values())
    assert diff.counts[FactKind.OBSERVATION].a == 4


def test_what_a_changed_copy_says_otherwise(before: Path, tmp_path: Path) -> None:
    text = REPORT.replace("90.5万件", "104.5万件").replace("| 北京 | 170 | 190 |", "| 北京 | 170 | 191 |")
    text = text.replace("国家知识产权局印发《数据服务工作指引》。\n", "").replace("3月5日", "7月6日")
    text = text.replace("## ", "").replace("# 第一章", "引言。\n\n# 第一章")
    diff = differ(before, made(tmp_path, text + "\n2月1日，国家知识产权局在天津举办数据论坛。\n"))
    value = only(diff, FactKind.INDICATOR)
    assert fields(value)["value"] == ("90.5", "104.5")
    assert "key" in fields(value)  # the words have changed, and the key is made of them
    assert ["90.5" in value.quotes_a[0].words, "104.5" in value.quotes_b[0].words] == [True, True]
    assert value.quotes_b[0].line == value.quotes_a[0].line + 2
    assert fields(only(diff, FactKind.OBSERVATION))["value"] == ("190", "191")
    assert (only(diff, FactKind.DOCUMENT).change, only(diff, FactKind.DOCUMENT).name) == ("gone", "数据服务工作指引")
    moved, new = (change for change in diff.changes if change.kind is FactKind.EVENT)
    assert (moved.change, fields(moved)["date"]) == ("changed", ("2024-03-05", "2024-07-06"))
    assert (new.change, new.name) == ("added", "数据论坛")
    assert not [change for change in diff.changes if change.kind is FactKind.AGREEMENT]


def test_what_judgements_change(before: Path, tmp_path: Path) -> None:
    event = telling_of(before, FactKind.EVENT, "培训班")
    document = telling_of(before, FactKind.DOCUMENT, "指引")
    figure = telling_of(before, FactKind.INDICATOR, "90.5")
    added = '{"source": "demo-2024", "quote": "在首尔举行局长会谈", "name": "首尔数据论坛", "type": "forum"}'
    rows = [("drop", event, "", ""), ("set", document, "kind", "plan"), ("text", "", "demo-2024:13", "90.5→92.5")]
    after = made(tmp_path, REPORT, judged=[*rows, ("add", "", "event", added)])
    diff = differ(before, after)
    gone, new = (change for change in diff.changes if change.kind is FactKind.EVENT)
    assert (gone.change, gone.name, new.change, new.name) == ("gone", "专利信息培训班", "added", "首尔数据论坛")
    kind = fields(only(diff, FactKind.DOCUMENT))["kind"]
    assert kind == ("guideline", "plan")
    value = only(diff, FactKind.INDICATOR)  # the telling stays itself when a person mends its words
    assert fields(value) == {"value": ("90.5", "92.5")}
    assert f"telling/{value.key.removeprefix('indicator/')}" == figure
    back = differ(after, before)
    assert [(c.kind, c.name) for c in back.changes if c.change == "gone"] == [(FactKind.EVENT, "首尔数据论坛")]
    assert [(c.kind, c.name) for c in back.changes if c.change == "added"] == [(FactKind.EVENT, "专利信息培训班")]
    assert fields(only(back, FactKind.DOCUMENT))["kind"] == ("plan", "guideline")


TWICE = "\n\n4月，国家知识产权局与韩国特许厅在首尔举行局长会谈，商定下一步工作。\n"


def test_a_thing_that_was_split_says_from_what(tmp_path: Path) -> None:
    one = made(tmp_path / "a", REPORT + TWICE)
    side = open_side(str(one), one)
    (key,) = (key for key in side.things[FactKind.EVENT] if len(side.told[key]) == 2)
    first, second = (f"telling/{telling}" for telling in sorted(side.told[key]))
    two = made(tmp_path / "b", REPORT + TWICE, judged=[("different", first, "", second)])
    diff = differ(one, two)
    split = [change for change in diff.changes if change.kind is FactKind.EVENT]
    assert [change.change for change in split] == ["changed", "added"]
    assert fields(split[0])["tellings"] == ("2", "1")
    assert split[1].related == (key,)
    joined = [change for change in differ(two, one).changes if change.kind is FactKind.EVENT]
    assert [change.change for change in joined] == ["gone", "changed"]
    assert joined[0].related == (key,)


def test_two_years_of_one_build_are_compared_as_two_builds_are(before: Path, tmp_path: Path) -> None:
    both = made(tmp_path / "both", REPORT, NEXT)
    inside = differ("demo-2024", "demo-2025", both)
    apart = differ(before, made(tmp_path / "next", NEXT))
    assert inside.years
    assert inside.changes == apart.changes
    assert inside.counts == apart.counts
    cells = [change for change in inside.changes if change.kind is FactKind.OBSERVATION]
    # Only 2024 is printed by both: a revised value, a row that is gone, a row that is new.
    assert [change.change for change in cells] == ["gone", "changed", "added"]
    assert [area in cell.name for area, cell in zip(("上海", "北京", "天津"), cells, strict=True)] == [True] * 3
    assert fields(cells[1]) == {"value": ("190", "195")}
    assert [quote.source for quote in (*cells[1].quotes_a, *cells[1].quotes_b)] == ["demo-2024", "demo-2025"]
    # A figure of its own year is no difference; neither is the day of a meeting of the same two bodies.
    assert not [change for change in inside.changes if change.kind is FactKind.INDICATOR]
    ties = {change.change: change.name for change in inside.changes if change.kind is FactKind.TIE}
    assert set(ties) == {"gone", "added"}
    assert "signs_with" in ties["gone"]
    assert "丹麦" in ties["added"]


def test_what_is_no_side(before: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nope: neither a folder of builds nor a source of .*one of demo-2024"):
        open_side("nope", before)
    with pytest.raises(NotBuiltError, match="no build"):
        open_side(str(tmp_path), before)
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "resolution.jsonl").write_text('{"of":"moons"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"expected what this version of `kg build` writes"):
        open_side(str(tmp_path), before)


@pytest.fixture(scope="module")
def changed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("after"), REPORT.replace("190", "191").replace("在北京举办", "在上海举办"))


def test_the_forms_tell_the_same(before: Path, changed: Path) -> None:
    diff = differ(before, changed)
    rows = list(csv.DictReader(io.StringIO(render_csv(diff))))
    assert tuple(rows[0]) == COLUMNS
    told = json.loads(render_json(diff))
    assert told["counts"]["observation"] == {"a": 4, "b": 4, "equal": 3, "added": 0, "gone": 0, "changed": 1}
    pairs = [(change["key"], field["old"], field["new"]) for change in told["changes"] for field in change["fields"]]
    assert [(row["key"], row["old"], row["new"]) for row in rows] == pairs
    (cell,) = (row for row in rows if row["field"] == "value")
    assert (cell["old"], cell["new"], cell["document_b"], cell["line_a"]) == ("190", "191", "demo-2024", "21")
    text = render_text(diff, "zh")
    assert "    places: 北京市 -> 上海市\n" in text
    assert "    B demo-2024:9: 3月5日，国家知识产权局在上海举办专利信息培训班。\n" in text
    english = render_text(diff, "en", [FactKind.OBSERVATION], 1)
    assert "table values: A 4, B 4; 3 equal, 0 added, 0 gone, 1 changed\n" in english
    assert "events" not in english


def test_the_command(before: Path, changed: Path) -> None:
    run = CliRunner().invoke
    same = run(main, ["diff", str(before), str(before), "--exit-code"])
    assert same.exit_code == 0
    assert "统计表数值：A 4，B 4；相同4" in same.stdout
    assert run(main, ["diff", str(before), str(changed)]).exit_code == 0
    found = run(main, ["diff", str(before), str(changed), "--exit-code", "--kind", "event", "--json"])
    assert found.exit_code == 1
    assert {change["kind"] for change in json.loads(found.stdout)["changes"]} == {"event"}
    other = run(main, ["diff", str(before), str(changed), "--exit-code", "--kind", "case", "-f", "csv"])
    assert (other.exit_code, other.stdout) == (0, ",".join(COLUMNS) + "\n")
    wrong = run(main, ["diff", "x-2024", str(changed), "-o", str(before)])
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("error: x-2024: neither a folder of builds nor a source")


def test_the_kinds_are_those_of_the_model() -> None:
    assert tuple(kind.value for kind in FactKind) == _KINDS


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_the_same_bytes_whatever_the_hash_seed(before: Path, changed: Path, form: str) -> None:
    command = [sys.executable, "-m", "kg", "diff", str(before), str(changed), "--format", form]
    told = [
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "77")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 400
