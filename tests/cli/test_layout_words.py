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


def test_the_cache_stands_in_our_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHITU_CACHE", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache"
    assert (tmp_path / "cache").is_dir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ZHITU_CACHE", str(tmp_path / "file" / "cache"))
    assert cache_folder() != tmp_path / "file" / "cache"
