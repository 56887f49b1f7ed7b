"""A text read in pieces has the tables of the text read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.lexicon import load_lexicon
from kg.model import Table
from kg.text.decode import decode, layer_of
from kg.text.stream import stream_tables
from kg.text.tables import read_tables

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "cnipa-2024-sample.md"


def _content(table: Table) -> object:
    texts = [[cell.text for cell in row.cells] for row in (*table.header, *table.rows)]
    return table.number, table.caption, table.unit, texts


def _whole(path: Path) -> list[Table]:
    return list(read_tables(layer_of(decode(path.read_bytes(), path).text)).tables)


@pytest.mark.parametrize("piece", [1, 5_000, 1 << 30])
def test_pieces_have_the_tables_of_the_whole(piece: int) -> None:
    pieces = list(stream_tables(SAMPLE, load_lexicon(), piece))
    assert (len(pieces) > 1) == (piece < 1 << 30)
    found = [table for part in pieces for table in part.report.tables]
    assert [_content(table) for table in found] == [_content(table) for table in _whole(SAMPLE)]
    lines = [table.line + part.lines for part in pieces for table in part.report.tables]
    assert lines == [table.line for table in _whole(SAMPLE)]


def test_a_continuation_stays_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    rows = "地区\t馆数\n北京\t1\n"
    path.write_text(
        f"表 1 图书馆状况\n{rows}\n表 1 图书馆状况（续）\n地区\t馆数\n上海\t2\n\n表 2 书店状况\n{rows}\n"
        "表 2 书店状况\n地区\t馆数\n天津\t3\n",
        encoding="utf-8",
    )
    found = [[len(t.rows) for t in part.report.tables] for part in stream_tables(path, load_lexicon(), 1)]
    assert found == [[2], [2]]


def test_numbers_that_come_again_are_cut_too(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    tables = "".join(f"表 {n} 状况{n}\n地区\t馆数\n北京\t{n}\n\n" for n in (1, 2, 3))
    path.write_text(tables * 50, encoding="utf-8")
    pieces = list(stream_tables(path, load_lexicon(), 200))
    assert sum(len(part.report.tables) for part in pieces) == 150
    assert max(len(part.report.layer.text) for part in pieces) < 300


def test_captions_inside_html_cut_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    row = "<tr><td>北京</td><td>1</td></tr>\n"
    path.write_text(
        f"<table>\n<tr><th>地区</th><th>馆数</th></tr>\n{row}表 2 书店状况\n{row}</table>\n", encoding="utf-8"
    )
    (part,) = stream_tables(path, load_lexicon(), 1)
    assert [len(table.rows) for table in part.report.tables] == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_long_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.md"
    table = "表 {} 各地图书馆的状况\n地区\t馆数\n北京\t{}\n上海\t2\n\n" + "阅读的人一年比一年多。" * 20 + "\n\n"
    text = "".join(table.format(n % 90 + 1, n) for n in range(3_000))
    assert len(text.encode(encoding)) > 1 << 20
    path.write_bytes(text.encode(encoding))
    parts = list(stream_tables(path, load_lexicon()))
    assert sum(len(part.report.tables) for part in parts) == 3_000
    assert parts[-1].report.tables[-1].rows[0].cells[1].text == "2999"
