"""Observations streamed from raw text are those of the graph, whole and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cube import ObservationStream
from kg.errors import InputError
from kg.extract.statistics import extract_observations
from kg.lexicon import load_lexicon
from kg.rdf import nquads
from kg.resolve import resolve
from kg.text import read_report

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample" / "cnipa-2024-sample.md"
OBSERVATION = "<http://purl.org/linked-data/cube#Observation>"

TABLE = (
    "某某市统计局2031年统计年报\n\n表 1 分地区图书馆状况（2030年）\n单位：个\n地区\t馆数\t座位\n"
    "北京\t12\t3400\n上海\t-\t2900\n\n表 2 分地区博物馆状况（2030年）\n单位：个\n地区\t馆数\n北京\t7\n"
)


def _lines(path: Path) -> tuple[list[str], ObservationStream]:
    stream = ObservationStream(load_lexicon())
    return "".join(stream.blocks(path)).splitlines(), stream


def test_the_lines_are_those_of_the_graph() -> None:
    lexicon = load_lexicon()
    report = read_report(SAMPLE, lexicon)
    facts, _ = extract_observations(report, lexicon)
    graph = set(nquads(resolve([(report.source, facts)], lexicon)))
    lines, stream = _lines(SAMPLE)
    assert stream.count == sum(fact.value is not None for fact in facts)
    assert len(lines) == len(set(lines)) == 8 * stream.count
    assert set(lines) <= graph


def test_a_missing_cell_is_no_observation(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(TABLE, encoding="utf-8")
    lines, stream = _lines(path)
    assert stream.count == 4
    assert sum(line.endswith(f"{OBSERVATION} .") for line in lines) == 4
    assert stream.issues == []


def test_a_cell_told_again_is_left_out_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    again = TABLE.replace("表 2 分地区博物馆", "表 2 分地区图书馆").replace("北京\t7", "北京\t13")
    path.write_text(again, encoding="utf-8")
    _, stream = _lines(path)
    assert stream.count == 3
    (issue,) = stream.issues
    assert (issue.code, issue.line) == ("table-cell-twice", again.count("\n", 0, again.index("13")) + 1)


def test_labels_that_differ_in_width_alone_are_one(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    table = "表 {} 分地区图书馆状况（2030年）\n单位：个\n地区\t{}类馆数\n北京\t12\n上海\t9\n\n"
    path.write_text(f"某某市统计局2031年统计年报\n\n{table.format(1, 'A')}{table.format(2, 'Ａ')}", encoding="utf-8")
    lines, stream = _lines(path)
    assert stream.count == 2
    assert len({line.split(" ", 1)[0] for line in lines}) == 2
    assert [issue.code for issue in stream.issues] == ["table-cell-twice"] * 2


def test_a_report_of_two_reports_has_the_cells_of_both(tmp_path: Path) -> None:
    stream = ObservationStream(load_lexicon())
    for name, year in (("a", "2031"), ("b", "2032")):
        path = tmp_path / f"{name}.md"
        path.write_text(TABLE.replace("2031", year), encoding="utf-8")
        assert stream.write(path, tmp_path / f"{name}.nt") == 4
    assert stream.count == 8
    texts = [set((tmp_path / f"{name}.nt").read_text(encoding="utf-8").splitlines()) for name in "ab"]
    assert not texts[0] & texts[1]


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    stream = ObservationStream(load_lexicon())
    with pytest.raises(InputError, match=r"nothing\.md: cannot be read"):
        list(stream.blocks(tmp_path / "nothing.md"))
