"""Figures in prose: against each other, the tables, growth, shares and parts. A text that must give a finding
stands beside one that must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_texts import GRANTS, Build

from kg.check import Kind, Severity


@pytest.fixture
def texts(tmp_path: Path) -> Build:
    return Build(tmp_path)


def two(first: str, second: str) -> str:
    """Two chapters of one sentence each."""
    return f"# 授权\n\n{first}\n\n# 文献\n\n{second}\n\n"


def with_table(sentence: str) -> str:
    return f"# 授权\n\n{sentence}\n\n{GRANTS}"


FOUND = [
    (Kind.PROSE_PROSE, two("2024年，授权外观设计专利64.3万件。", "全年外观设计授权公告64.2万件。")),
    (Kind.PROSE_PROSE, two("知识产权保护社会满意度提升至82.36分。", "2024年知识产权保护社会满意度为83.26分。")),
    (Kind.PROSE_PROSE, two("国内发明专利有效量达475.6万件。", "截至2024年年底，国内发明专利拥有量为457.6万件。")),
    (Kind.PROSE_TABLE, with_table("2024年，国内发明专利授权121件。")),
    (Kind.PROSE_TABLE, with_table("2024年，上海市发明专利授权52件。")),
    (Kind.PROSE_TABLE, with_table("2024年，国内发明专利授权超过120.5件。")),
    (Kind.GROWTH, with_table("2024年，国内发明专利授权120件，同比增长21.0%。")),
    (Kind.GROWTH, with_table("2024年，国内外观设计专利授权240件，同比下降20.0%。")),
    (Kind.SHARE, "# 授权\n\n2024年，授权发明专利104.5万件。其中国内发明专利授权93.8万件，占总量的88.9%。\n\n"),
    (Kind.PARTS, "# 文献\n\n截至2024年年底，拥有文献资源54种，包括题录19种、图像17种、文本20种。\n\n"),
    (Kind.PARTS, "# 文献\n\n全年出版资讯95期，其中正刊74期、专刊11期、特刊12期。\n\n"),
    (Kind.PARTS, "# 队伍\n\n推荐审查部门8人、协作中心6人共15人担任技术调查官。\n\n"),
    (
        Kind.PARTS,
        two(
            "国家级知识产权保护中心和快速维权中心达到142家。",
            "布局建设国家级知识产权保护中心76家，快速维权中心48家。",
        ),
    ),
]

NOT_FOUND = [
    # rounding, approximate words, a part of the whole, another year, another unit
    two("2024年，授权外观设计专利64.3万件。", "全年外观设计授权公告643318件。"),
    two("2024年受理调解案件近14万件。", "全年受理调解案件13.9万件。"),
    two("2024年受理调解案件14.0万件。", "2024年通过法院平台受理调解案件11.1万件。"),
    two("2023年，授权外观设计专利63.8万件。", "2024年，外观设计授权公告64.3万件。"),
    two("2024年举办培训班5期。", "全年举办培训班12期。"),
    with_table("2024年，国内发明专利授权120件。北京市发明专利授权70件。"),
    with_table("2024年1—9月，国内发明专利授权70件。"),
    with_table("前三季度，国内发明专利授权70件。"),
    with_table("截至9月底，国内发明专利授权70件。"),
    with_table("2020年以来累计授权国内发明专利400件。"),
    with_table("到2025年，国内发明专利授权力争达到150件。"),
    with_table("北京市海淀区发明专利授权30件。"),
    with_table("2024年，国内职务发明专利授权90件。"),
    with_table("2024年，国内高价值发明专利授权30件。"),
    with_table("2024年，国内发明专利授权近130件。"),
    with_table("2024年优先审查的国内专利申请有50件，其中国内发明专利授权40件。"),
    with_table("2024年，国内发明专利授权120件，同比增长20.0%。"),
    with_table("2024年，国内发明专利授权120件，同比增长近21%。"),
    "# 授权\n\n2024年，授权发明专利104.5万件。其中国内发明专利授权93.8万件，占总量的89.8%。\n\n",
    "# 文献\n\n截至2024年年底，拥有文献资源56种，包括题录19种、图像17种、文本20种。\n\n",
    "# 文献\n\n截至2024年年底，拥有文献资源56种，包括题录19种、图像17种等。\n\n",
    "# 文献\n\n全年出版资讯95期，其中正刊54期、专刊11期。\n\n",
    "# 企业\n\n全年服务企业100家，其中民营企业70家，省外企业60家。\n\n",
    "# 审判\n\n全国法院受理案件4600件，其中一审案件2000件，执行案件1500件，民事案件1200件。\n\n",
    "# 活动\n\n举办活动10场，其中线上6场、线下5场（含线上线下结合1场）。\n\n",
    "# 商标\n\n商标申请量100件，变更量和转让量分别为60件和20件。\n\n",
    "# 队伍\n\n选派31名教师、30名导师共100名学员参加。\n\n",
    two("国家级知识产权保护中心和快速维权中心达到124家。", "布局建设国家级知识产权保护中心76家，快速维权中心48家。"),
    two("国家级知识产权保护中心和快速维权中心达到124家。", "批建国家级知识产权保护中心6家，快速维权中心7家。"),
]


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_a_contradiction_is_found_with_both_sides(texts: Build, kind: Kind, text: str) -> None:
    found = [finding for finding in texts.findings(text) if finding.kind is kind]
    assert found
    for finding in found:
        assert finding.severity is not Severity.NOTE
        assert len(finding.sides) >= 2
        assert all(side.line > 0 and side.quote and side.says for side in finding.sides)
        assert finding.zh
        assert finding.en.isascii() or any(side.says.split(" ")[0] in finding.en for side in finding.sides)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_agrees_or_may_be_another_thing_is_not(texts: Build, text: str) -> None:
    assert texts.findings(text) == ()


def test_growth_from_the_year_before(texts: Build) -> None:
    then = "# 授权\n\n2024年，授权外观设计专利60.0万件。\n\n"
    now = "# 授权\n\n2025年，授权外观设计专利66.0万件，同比增长{}%。\n\n"
    assert texts.findings(then, now.format("10.0")) == ()
    (found,) = texts.findings(then, now.format("11.0"))
    assert found.kind is Kind.GROWTH
    assert {side.source for side in found.sides} == {"cnipa-2024", "cnipa-2025"}
