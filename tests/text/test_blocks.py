"""What a group of lines is: heading, text, caption, chart, page furniture, table of contents."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.model import Repair
from kg.text.blocks import Block, BlockKind, find_blocks
from kg.text.decode import layer_of


def blocks(text: str, lexicon: Lexicon, *, skip: int = 0) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    return find_blocks(layer_of(text), frozenset(), skip, lexicon)


def kinds(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in blocks(text, lexicon)[0]]


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("# 审判工作", 1, "审判工作"),
        ("### 审判 工作", 3, "审判工作"),
        ("## 第三章 审判工作", 1, "第三章审判工作"),
        ("# 一、主要成效", 2, "一、主要成效"),
        ("#### （二）队伍建设", 3, "（二）队伍建设"),
        ("二、主要做法", 2, "二、主要做法"),
        ("**典型做法**", 3, "典型做法"),
        ("## **四川省**", 2, "四川省"),
        ("**四川省**", 2, "四川省"),
        ("5 月", 2, "5月"),
        ("2031年", 2, "2031年"),
        ("合 作", 1, "合作"),
    ],
)
def test_headings_by_mark_number_bold_name_or_spacing(line: str, level: int, title: str, lexicon: Lexicon) -> None:
    found, _ = blocks(f"上文如此。\n\n{line}\n\n下文如此。", lexicon)
    assert [(b.kind, b.level, b.text) for b in found[1:2]] == [(BlockKind.HEADING, level, title)]


@pytest.mark.parametrize("line", ["本院全年受理案件三万件。", "在此基础上，", "其中包括：", "四川省成都市锦江区"])
def test_lines_of_text_are_no_headings(line: str, lexicon: Lexicon) -> None:
    assert blocks(f"上文如此。\n\n{line}\n\n下文如此。", lexicon)[0][1].kind is BlockKind.TEXT


def test_titles_of_the_table_of_contents_are_headings_where_they_stand_alone(lexicon: Lexicon) -> None:
    text = "目 录\n\n3 | 审判工作\n\n9 | 国际交往\n\n15 | 队伍建设\n\n审判工作\n\n全年受理案件三万件。\n"
    found, repairs = blocks(text, lexicon)
    assert [b.text for b in found if b.kind is BlockKind.HEADING] == ["目录", "审判工作"]
    assert ("heading-without-mark", "审判工作") in {(r.rule, r.mended) for r in repairs}
    assert sum(b.kind is BlockKind.CONTENTS for b in found) == 3


def test_running_heads_come_back_and_go(lexicon: Lexicon) -> None:
    page = "# HIGH COURT\n\n某院 2031 年度 报告\n\n全年受理第{}类案件若干件。\n\n"
    found, repairs = blocks("".join(page.format(n) for n in range(3)), lexicon)
    assert [b.text for b in found if b.kind is not BlockKind.FURNITURE] == [
        f"全年受理第{n}类案件若干件。" for n in range(3)
    ]
    assert [(r.line, r.found) for r in repairs if r.rule == "running-head"] == [
        (1, "HIGH COURT"),
        (3, "某院2031年度报告"),
        (7, "HIGH COURT"),
        (9, "某院2031年度报告"),
        (13, "HIGH COURT"),
        (15, "某院2031年度报告"),
    ]


def test_months_and_regions_that_come_back_are_no_running_heads(lexicon: Lexicon) -> None:
    text = "".join(f"# 2{n}年大事\n\n## 5月\n\n某事。\n\n## 四川省\n\n某事。\n\n" for n in range(4))
    titles = [b.text for b in blocks(text, lexicon)[0] if b.kind is BlockKind.HEADING]
    assert titles.count("5月") == titles.count("四川省") == 4


def test_captions_stand_apart(lexicon: Lexicon) -> None:
    text = "本院在新址举行\n\n\n\n新办公楼启用仪式\n\n\n\n了启用仪式。\n\n![合影](a.png)\n\n![](b.png)\n"
    assert kinds(text, lexicon)[1] == ("caption", "新办公楼启用仪式")
    assert kinds(text, lexicon)[3:] == [("caption", "合影"), ("furniture", "")]


def test_units_of_charts_page_numbers_and_rules_are_no_text(lexicon: Lexicon) -> None:
    text = "（单位：件）\n\n- 12 -\n\n---\n\n<!-- 第十二页 -->\n\n正文如此。\n"
    assert [kind for kind, _ in kinds(text, lexicon)] == ["chart", "furniture", "furniture", "furniture", "text"]


def test_items_of_a_list_are_blocks_of_their_own(lexicon: Lexicon) -> None:
    text = "- 第一项工作，全年完成\n- 第二项工作，全年\n完成过半\n> 引文一段，如此\n"
    assert kinds(text, lexicon) == [
        ("text", "第一项工作，全年完成"),
        ("text", "第二项工作，全年完成过半"),
        ("text", "引文一段，如此"),
    ]


def test_a_level_that_jumps_is_listed(lexicon: Lexicon) -> None:
    _, repairs = blocks("# 甲章\n\n正文。\n\n#### 一、乙节\n\n正文。\n", lexicon)
    assert [(r.line, r.rule, r.found, r.mended) for r in repairs] == [(5, "heading-level-jump", "####", "##")]


def test_front_matter_is_no_block(lexicon: Lexicon) -> None:
    assert kinds("---\nyear: 2031\n---\n正文如此。\n", lexicon)[1:] != []
    found, _ = blocks("---\nyear: 2031\n---\n正文如此。\n", lexicon, skip=3)
    assert [(b.kind, b.line) for b in found] == [(BlockKind.TEXT, 4)]
