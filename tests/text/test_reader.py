"""A file becomes a Report: by general rules on a text of our own, and on the real report with its real defects."""

from __future__ import annotations

import codecs
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.lexicon import Lexicon
from kg.model import Report, Sentence, passage_of
from kg.text import read_report
from kg.text.outline import outline_data, outline_lines

OURS = """# 高原省高级人民法院年报

2031 年

# SUPREME NEWS

# 大事记

## 4 月

4月9日，本院代表团访问某国最高法



两国法官合影



# SUPREME NEWS

院，并与该院 and 当地大学举行 座 谈 会。

合 作

全年审结涉外案件 1,040 件<sup>①</sup>，同比增长 5.6%。

① 含调解结案的案件。

# SUPREME NEWS

### 结案居前五位的法院

（单位：件）

## 一、审判

审判 工作稳步推进；质量持续提升。
"""


@pytest.fixture
def ours(tmp_path: Path, lexicon: Lexicon) -> Report:
    path = tmp_path / "ours.md"
    path.write_text(OURS, encoding="utf-8")
    return read_report(path, lexicon)


def texts(report: Report) -> list[str]:
    return [s.text for s in report.sentences]


def test_all_defects_of_a_page(ours: Report) -> None:
    told = texts(ours)
    assert "4月9日，本院代表团访问某国最高法院，并与该院和当地大学举行座谈会。" in told
    assert "全年审结涉外案件1,040件，同比增长5.6%。" in told
    assert told[-2:] == ["审判工作稳步推进；", "质量持续提升。"]
    rules = {r.rule for r in ours.repairs}
    assert rules >= {
        "page-break",
        "caption",
        "ocr-and",
        "stray-space",
        "footnote-mark",
        "running-head",
        "heading-without-mark",
    }
    assert [(i.code, "结案居前五位的法院" in i.found) for i in ours.issues if i.code.startswith("chart")] == [
        ("chart-without-data", True)
    ]


def test_a_quote_over_a_caption_has_two_pieces_with_their_lines(ours: Report) -> None:
    cut = next(s for s in ours.sentences if s.text.startswith("4月9日"))
    passage = passage_of(ours, cut)
    lines = OURS.split("\n")
    assert len(passage.quotes) == len(passage.lines) == 2
    assert [lines[n - 1].startswith(w) for n, w in zip(passage.lines, ("4月9日", "院，并"), strict=True)] == [
        True,
        True,
    ]
    assert passage.quotes[0] == "4月9日，本院代表团访问某国最高法"


def test_the_outline_for_people_and_for_scripts(ours: Report) -> None:
    for lang in ("zh", "en"):
        assert any("审判" in line for line in outline_lines(ours, lang))
    data = outline_data(ours)
    assert data["sentences"] == len(ours.sentences)


ENCODINGS = {
    "UTF-8": lambda t: t.encode(),
    "UTF-8 with BOM": lambda t: codecs.BOM_UTF8 + t.encode(),
    "UTF-16 LE": lambda t: t.encode("utf-16-le"),
    "UTF-16 BE": lambda t: t.encode("utf-16-be"),
    "UTF-16 LE with BOM": lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"),
    "UTF-16 BE with BOM": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    "GB18030": lambda t: t.encode("gb18030"),
}


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_and_line_end_gives_the_same_report(
    encoding: str, newline: str, ours: Report, tmp_path: Path, lexicon: Lexicon
) -> None:
    path = tmp_path / "other.md"
    path.write_bytes(ENCODINGS[encoding](OURS.replace("\n", newline)))
    other = read_report(path, lexicon)
    assert other.source.encoding == encoding
    assert texts(other) == texts(ours)
    assert [(s.title, s.level, s.region, s.line) for s in other.sections] == [
        (s.title, s.level, s.region, s.line) for s in ours.sections
    ]
    assert [(s.line, s.paragraph) for s in other.sentences] == [(s.line, s.paragraph) for s in ours.sentences]
    assert [passage_of(other, s).quotes for s in other.sentences] == [
        passage_of(ours, s).quotes for s in ours.sentences
    ]


def test_traditional_script_in_big5(tmp_path: Path, lexicon: Lexicon) -> None:
    text = "2031年4月9日，代表團訪問某國最高法院，並在該院舉行座談會。本年的合作是雙方的第一次。\n"
    path = tmp_path / "big5.md"
    path.write_bytes(text.encode("big5"))
    found = read_report(path, lexicon)
    assert (found.source.encoding, len(found.sentences)) == ("Big5", 2)


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.md", "no such file"), ("folder", "a directory"), ("empty.md", "an empty file"), ("a.pdf", "a PDF file")],
)
def test_what_is_no_report_is_one_clear_line(name: str, words: str, tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n\0\x01\x02" * 50)
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / name, lexicon)
    told = str(caught.value)
    assert told.startswith(f"{tmp_path / name}: ")
    assert words in told
    assert "; expected " in told
    assert "\n" not in told


def check(report: Report) -> None:
    """What holds for every text: places are exact, ordered, and never shared by two sentences."""
    places = sorted(span for sentence in report.sentences for span in sentence.spans())
    assert all(span.start < span.end <= len(report.layer.text) for span in places)
    # A caption lies between the two pieces of a sentence that it cuts.
    assert all(a.end <= b.start for a, b in pairwise(places))
    for sentence in report.sentences:
        passage = passage_of(report, sentence)
        assert passage.exact == tuple(report.layer.text[s.start : s.end] for s in passage.spans)
        assert len(passage.quotes) == len(passage.lines)


@given(st.text(alphabet="甲乙丙四川省月12。；，《》（）“”#*|\t\n \r<sup>and①—", max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_places_are_exact_in_any_text(tmp_path: Path, lexicon: Lexicon, text: str) -> None:
    path = tmp_path / "any.md"
    path.write_bytes(text.encode())
    try:
        check(read_report(path, lexicon))
    except InputError:
        assert not text.strip(" \t\r\n")


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_random_code_points(tmp_path: Path, lexicon: Lexicon, text: str) -> None:
    path = tmp_path / "any.md"
    path.write_bytes(b"2031\n" + text.encode())
    try:
        check(read_report(path, lexicon))
    except InputError:
        assert any(char < " " for char in text)


HARD = {
    "equal": "甲",
    "full stops": "。",
    "openers": "《",
    "nested": "《“（",
    "names": "某某局、",
    "headings": "# 甲\n",
    "tabs": "甲\t乙\n",
    "pipes": "| 甲 | 乙 |\n",
    "blank lines": "甲\n\n",
    "digits": "1",
    "spaces": " 甲 ",
    "cut": "甲乙丙丁戊己，\n\n",
    "contents": "3 | 甲\n",
}


@pytest.mark.parametrize("name", sorted(HARD))
def test_places_are_exact_in_odd_files(name: str, tmp_path: Path, lexicon: Lexicon) -> None:
    path = tmp_path / "odd.md"
    path.write_text("年报2031年\n\n" + (HARD[name] * 10_000)[:10_000], encoding="utf-8")
    check(read_report(path, lexicon))


def test_a_line_of_almost_a_million_characters_is_read_and_a_longer_one_refused(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    path = tmp_path / "line.md"
    sentence = "2031年，某院受理案件若干件，审结若干件。"
    path.write_text(sentence * 45_000, encoding="utf-8")
    assert len(read_report(path, lexicon).sentences) == 45_000
    path.write_text(sentence * 240_000, encoding="utf-8")  # 5 million characters
    with pytest.raises(InputError, match=r"line\.md:1: a line of [\d,]+ characters; expected at most "):
        read_report(path, lexicon)


# The real report.


def test_the_regional_sections_that_lost_their_headings(report: Report) -> None:
    regions = [s.region for s in report.sections if s.region]
    assert len(regions) == len(set(regions)) == 32
    for name in ("河北省", "山西省"):
        assert any(r.rule == "heading-without-mark" and r.mended == name for r in report.repairs)
    for name in ("广东省", "广西壮族自治区"):
        assert any(r.rule == "region-without-heading" and r.mended == name for r in report.repairs)
    by_line = {s.line: s.region for s in report.sections}
    assert [by_line[n] for n in (1269, 1273, 1363, 1367)] == ["河北省", "山西省", "广东省", "广西壮族自治区"]


def test_chapters_of_the_real_report(report: Report) -> None:
    chapters = [s.title for s in report.sections if s.level == 1]
    for title in (
        "年度要事",
        "强国建设",
        "法律事务",
        "创造",
        "运用",
        "保护",
        "公共服务",
        "国际合作",
        "地方工作",
        "附录",
    ):
        assert title in chapters
    assert [s.month for s in report.sections if s.month] == list(range(1, 13))
    assert any((r.line, r.rule, r.mended) == (748, "heading-without-mark", "保护") for r in report.repairs)
    assert any(r.rule == "heading-level-jump" for r in report.repairs)


@pytest.mark.parametrize(
    ("line", "next_line", "words"), [(144, 154, "世界知识产权组织总干事邓鸿森"), (288, 294, "现场会在苏州举行")]
)
def test_sentences_cut_by_captions_in_the_real_report(line: int, next_line: int, words: str, report: Report) -> None:
    sentence = next(s for s in report.sentences if s.line == line)
    assert words in sentence.text
    passage = passage_of(report, sentence)
    assert (len(passage.spans), len(passage.quotes), passage.lines) == (2, 2, (line, next_line))


def test_sentences_cut_by_page_breaks_in_the_real_report(report: Report) -> None:
    sentence = next(s for s in report.sentences if "会见美国专利商标局局长" in s.text)
    passage = passage_of(report, sentence)
    assert (len(passage.spans), len(passage.quotes), passage.lines) == (2, 1, (172,))
    assert sum(r.rule == "page-break" for r in report.repairs) >= 50


def test_slips_and_marks_of_the_real_report(report: Report) -> None:
    repaired = {(r.line, r.rule) for r in report.repairs}
    assert {(156, "ocr-and"), (1178, "ocr-and"), (661, "footnote-mark"), (148, "caption")} <= repaired
    prose = [s.text for s in report.sentences if not s.caption]
    assert not any(mark in text for text in prose for mark in ("and", "<sup>", "①", "②"))
    assert any("民营企业和外资企业" in text for text in prose)


def test_running_heads_of_the_real_report(report: Report) -> None:
    heads = {r.found for r in report.repairs if r.rule == "running-head"}
    assert heads == {"CNIPA", "国家知识产权局2024年度报告"}
    assert not any(s.text in heads for s in report.sentences)
    assert not any(s.title in heads for s in report.sections)


def test_charts_whose_data_the_real_report_lost(report: Report) -> None:
    lost = {i.line: i.found for i in report.issues if i.code == "chart-without-data"}
    assert [line for line in (502, 508, 527) if "居前十位" in lost[line]] == [502, 508, 527]
    told = {i.line for i in report.issues}
    assert 1176 in told  # an opening bracket of a title that never closes


def test_tables_of_the_real_report_go_on_over_pages(report: Report) -> None:
    assert sum(r.rule == "table-continuation" for r in report.repairs) == 25
    assert [t.number for t in report.tables if t.number] == [str(n) for n in range(1, 13)]


def test_places_are_exact_in_the_real_report(report: Report) -> None:
    check(report)
    assert max(len(s.text) for s in report.sentences) < 1000


def test_encodings_of_the_real_report(report: Report, shared: Path, tmp_path: Path, lexicon: Lexicon) -> None:
    text = (shared / "reports" / "cnipa-2024.md").read_text(encoding="utf-8-sig")

    def read(data: bytes) -> tuple[list[str], list[Sentence]]:
        path = tmp_path / "again.md"
        path.write_bytes(data)
        found = read_report(path, lexicon)
        return texts(found), [s for s in found.sentences if s.caption]

    wanted = texts(report)
    assert read(text.replace("\n", "\r\n").encode("gb18030"))[0] == wanted
    assert read(text.encode("utf-16-be"))[0] == wanted
