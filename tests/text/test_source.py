"""Which document a text is: front matter, `sources.csv`, or what the text says; doubts are Issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.lexicon import Lexicon
from kg.model import Issue, Source
from kg.text.source import identify, read_front_matter


def identified(text: str, path: Path, lexicon: Lexicon) -> tuple[Source, tuple[Issue, ...]]:
    return identify(text, read_front_matter(text, path), path, text.encode(), "UTF-8", lexicon)


def test_front_matter_names_the_source(tmp_path: Path, lexicon: Lexicon) -> None:
    text = '---\npublisher: 国家知识产权局\nyear: "2031"\npart: Annex B\ntitle: 某年度报告\n---\n正文。\n'
    source, issues = identified(text, tmp_path / "x.md", lexicon)
    assert (source.id, source.publisher, source.year, source.title) == (
        "cnipa-2031-annex-b",
        "国家知识产权局",
        2031,
        "某年度报告",
    )
    assert issues == ()
    assert read_front_matter(text, tmp_path / "x.md").lines == 6


@pytest.mark.parametrize(
    "text", ["---\n第一段。\n---\n第二段。\n", "---\nyear: 2031\n没有结束", "year: 2031\n---\n正文"]
)
def test_lines_that_are_no_front_matter_are_text(text: str, tmp_path: Path) -> None:
    matter = read_front_matter(text, tmp_path / "x.md")
    assert (matter.values, matter.lines) == ({}, 0)


def test_sources_csv_beside_the_file(tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "sources.csv").write_text(
        "\ufefffile,publisher,year,part\nb.md,最高人民法院,2031,\na.md,最高人民法院,2030,1\n", encoding="utf-8"
    )
    source, issues = identified("正文。", tmp_path / "a.md", lexicon)
    assert (source.publisher, source.year, issues) == ("最高人民法院", 2030, ())
    assert source.id.endswith("-2030-1")


def test_what_the_file_says_wins_over_sources_csv(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("file,publisher,year\na.md,甲局,2030\n", encoding="utf-8")
    matter = read_front_matter("---\nyear: 2031\n---\n", tmp_path / "a.md")
    assert matter.values == {"publisher": "甲局", "year": "2031"}


def test_a_broken_sources_csv_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("name,year\na.md,2030\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sources\.csv:1: no column `file`; expected "):
        read_front_matter("正文", tmp_path / "a.md")


def test_a_year_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"a\.md: year 'next'; expected four digits"):
        read_front_matter("---\nyear: next\n---\n", tmp_path / "a.md")


def test_publisher_and_year_of_the_title_page(tmp_path: Path, lexicon: Lexicon) -> None:
    source, issues = identified("# 最高人民法院工作年报\n\n2031 年\n\n" + "正文如此。" * 50, tmp_path / "x.md", lexicon)
    assert (source.publisher, source.year, issues) == ("最高人民法院", 2031, ())


def test_a_body_of_a_place_on_the_title_page(tmp_path: Path, lexicon: Lexicon) -> None:
    text = "# 四川省高级人民法院 2031 年工作报告\n\n" + "最高人民法院指导。" * 20
    source, issues = identified(text, tmp_path / "x.md", lexicon)
    assert (source.publisher, source.year, issues) == ("四川省高级人民法院", 2031, ())


def test_what_had_to_be_guessed_is_an_issue(tmp_path: Path, lexicon: Lexicon) -> None:
    source, issues = identified("甲事如此。\n" * 3, tmp_path / "Notes of May.md", lexicon)
    assert source.id == "notes-of-may"
    assert {i.code for i in issues} == {"publisher-doubtful", "year-doubtful"}
    assert all(i.source == source.id and i.expected for i in issues)


def test_an_id_is_ascii_also_for_a_file_named_in_chinese(tmp_path: Path, lexicon: Lexicon) -> None:
    first, _ = identified("甲事如此。", tmp_path / "年报.md", lexicon)
    again, _ = identified("甲事如此。", tmp_path / "年报.md", lexicon)
    other, _ = identified("甲事如此。", tmp_path / "月报.md", lexicon)
    assert first.id == again.id != other.id
    assert first.id.isascii()
