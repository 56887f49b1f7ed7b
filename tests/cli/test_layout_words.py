"""Aligned tables and the search words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.layout import aligned, width
from kg.words import cache_folder, search, tokens

CELLS = st.text(st.characters(categories=("L", "N")), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_columns_start_at_the_same_place(rows: list[tuple[str, str]]) -> None:
    marked = [(a, f"!{b}") for a, b in rows]
    starts = {width(line[: line.index("!")]) for line in list(aligned(("a", "b"), marked))[2:]}
    assert len(starts) <= 1


def test_chinese_is_two_columns_wide() -> None:
    assert width("商标a（") == 7


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4), st.integers(2, 9))
def test_long_cells_are_cut_and_end_so(rows: list[tuple[str, str]], longest: int) -> None:
    whole = list(aligned(("a", "b"), rows))
    cut = list(aligned(("a", "b"), rows, longest=longest))
    assert len(cut) == len(whole)
    assert max(width(line) for line in cut) <= 2 * longest + len("  ")
    if all(width(cell) <= longest for row in rows for cell in row):
        assert cut == whole


def test_a_cut_cell_shows_what_fits() -> None:
    assert list(aligned(("名",), [("知识产权局",)], longest=7))[2] == "知识产…"
    assert list(aligned(("名",), [("知识产权局",)], longest=10))[2] == "知识产权局"


def test_tokens_are_words_and_pairs() -> None:
    found = tokens("商标注册 WIPO")
    assert {"商标", "注册", "标注", "wipo"} <= set(found)
    assert tokens("法") == ("法",)
    assert tokens("，。") == ()


def test_the_best_match_comes_first() -> None:
    texts = ["专利审查", "商标侵权典型案例", "商标注册审查", "会议"]
    assert search("商标", texts) == (2, 1)
    assert search("商标侵权", texts)[0] == 1
    assert search("数据", texts) == ()
    assert search("商标", []) == ()


def test_latin_words_count_from_their_start() -> None:
    texts = ["Mexico", "hosted with a company", "CO", "会议 meetings"]
    assert search("co", texts) == (2,)
    assert search("meeting", texts) == search("meetings", texts) == (3,)
    assert search("eetings", texts) == ()
    assert search("a.*", ["b", "a"]) == (1,)


def test_what_else_is_known_counts_less() -> None:
    assert search("商标", ["甲", "商标", "乙"], ["商标", "", ""]) == (1,)
    assert search("商标", ["甲", "丙", "乙"], ["商标", "", ""]) == (0,)


@given(st.text(max_size=20), st.lists(st.text(max_size=12), max_size=6))
def test_each_place_is_found_once_whatever_is_asked(question: str, texts: list[str]) -> None:
    found = search(question, texts, texts)
    assert len(found) == len(set(found))
    assert set(found) <= set(range(len(texts)))


def test_the_cache_stands_in_our_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHITU_CACHE", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache"
    assert (tmp_path / "cache").is_dir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ZHITU_CACHE", str(tmp_path / "file" / "cache"))
    assert cache_folder() != tmp_path / "file" / "cache"
