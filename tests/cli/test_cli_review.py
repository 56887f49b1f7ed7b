"""`kg review`: what it lists, and that filled rows are judgements as they are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from handmade import TELLINGS, WHOLE
from msgspec.structs import replace

from kg.cli import main
from kg.export.review import HEADER, review
from kg.model import Issue, Merge, Resolution
from kg.model.codec import resolution_to_lines
from kg.model.judgement import COLUMNS, read_judgements

FACT = {telling.id: telling.fact for telling in TELLINGS}
UNSURE = [replace(t, fact=replace(t.fact, confidence=0.6)) if t.id == "t3" else t for t in TELLINGS]
FOUND = replace(
    WHOLE,
    tellings=tuple(UNSURE),
    merges=(
        Merge("event/1", "t2", "t6", 0.75, "same name"),
        Merge("event/1", "t1", "t6", 0.9, "same day"),
        Merge("event/1", "t0", "t5", 1.0, "judgement of 甲"),
    ),
    doubts=(Merge("event/1", "t2", "t3", 0.6, "same month"), Merge("event/1", "t2", "gone", 0.7, "no telling")),
    issues=(
        Issue(FACT["t4"].passage.source, FACT["t4"].passage.lines[0], "doubtful-document", "《示例备忘录》", "哪一份"),
    ),
)
Row = dict[str, str]


def out_of(tmp_path: Path, resolution: Resolution, judged: str = "") -> Path:
    build = tmp_path / "out" / "builds" / "x"
    build.mkdir(parents=True)
    (build / "manifest.json").write_text("{}\n", encoding="utf-8")
    (build / "resolution.jsonl").write_text("\n".join(resolution_to_lines(resolution)) + "\n", encoding="utf-8")
    if judged:
        (build / "judgements.csv").write_text(judged, encoding="utf-8")
    (tmp_path / "out" / "current").symlink_to(Path("builds", "x"))
    return tmp_path / "out"


def call(*args: str) -> Result:
    return CliRunner().invoke(main, ["review", *args])


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def test_doubts_come_first_and_say_why(tmp_path: Path) -> None:
    result = call("-o", str(out_of(tmp_path, FOUND)), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == ",".join(HEADER)
    rows = rows_of(result.stdout)
    assert [(row["telling"], row["value"], row["score"], row["reason"]) for row in rows] == [
        ("telling/t2", "telling/t6", "0.75", "merged: same name"),
        ("telling/t2", "telling/t3", "0.6", "kept apart: same month"),
        ("telling/t4", "", "1", "《示例备忘录》; 哪一份"),
        ("telling/t3", "", "0.6", "confidence 0.6 of rule signed"),
        ("telling/t6", "", "1", "rule implied, not stated in so many words, confidence 1"),
    ]
    assert {row["verb"] for row in rows} == {""}
    pair, last = rows[0], rows[-1]
    assert (pair["kind"], pair["name"]) == ("event", "第3次示例会议|示例局 – 甲国、乙国 (signs_with)")
    assert pair["line"].count("|") == pair["quote"].count("|") == 1
    assert last["line"] == f"{FACT['t6'].passage.source}:{FACT['t6'].passage.lines[0]}"
    assert last["quote"] == FACT["t6"].passage.quote


def test_thresholds_limit_and_language(tmp_path: Path) -> None:
    out = str(out_of(tmp_path, FOUND))
    wide = call("-o", out, "--merged-below", "0.95", "--sure-from", "0.95", "--json")
    told = [(row["telling"], row["value"]) for row in json.loads(wide.stdout)]
    assert ("telling/t1", "telling/t6") in told
    assert ("telling/t1", "") in told
    assert ("telling/t0", "telling/t5") not in told
    one = rows_of(call("-o", out, "--limit", "1").stdout)
    assert [row["reason"] for row in one] == ["已合并：same name"]


def test_filled_rows_are_judgements(tmp_path: Path) -> None:
    dest = tmp_path / "doubts.csv"
    result = call("-o", str(out_of(tmp_path, FOUND)), str(dest))
    assert result.stderr == f"{dest}: 5 rows to judge\n"
    rows = rows_of(dest.read_text(encoding="utf-8"))
    for row, verb in zip(rows, ("different", "", "", "drop", ""), strict=True):
        row.update(verb=verb, who="甲" if verb else "")
    filled = io.StringIO()
    writer = csv.DictWriter(filled, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "judgements.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{filled.getvalue()}", encoding="utf-8")
    judged = read_judgements([path])
    assert [(j.verb, j.telling, j.value) for j in judged.rows] == [("different", "t2", "t6"), ("drop", "t3", "")]
    left = review(FOUND, judged)
    assert [(row.telling, row.value) for row in left] == [
        ("telling/t2", "telling/t3"),
        ("telling/t4", ""),
        ("telling/t6", ""),
    ]


def test_what_the_build_knows_as_judged_is_left_out(tmp_path: Path) -> None:
    judged = f"{','.join(COLUMNS)}\nsame,t6,,t2,甲,,\n"
    rows = rows_of(call("-o", str(out_of(tmp_path, FOUND, judged))).stdout)
    assert ("telling/t2", "telling/t6") not in [(row["telling"], row["value"]) for row in rows]


def test_nothing_to_review(tmp_path: Path) -> None:
    empty = replace(FOUND, tellings=(), merges=(), doubts=(), issues=())
    assert call("-o", str(out_of(tmp_path, empty))).stdout == ",".join(HEADER) + "\n"


@pytest.mark.parametrize("where", ["none/doubts.csv", "."])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, where: str) -> None:
    result = call("-o", str(out_of(tmp_path, FOUND)), str(tmp_path / where))
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "expected a file to write" in result.stderr


def test_without_a_build_there_is_nothing_to_judge(tmp_path: Path) -> None:
    result = call("-o", str(tmp_path))
    assert result.exit_code == 2
    assert "no build" in result.stderr
