"""Page breaks heal, chapters get their regions, headings of charts that lost their data become Issues."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.text.blocks import find_blocks
from kg.text.decode import layer_of
from kg.text.paragraphs import Outline, outline


def outlined(text: str, lexicon: Lexicon) -> Outline:
    return outline(find_blocks(layer_of(text), frozenset(), 0, lexicon)[0], lexicon, "gaoyuan-2031")


def prose(plan: Outline) -> list[str]:
    return [p.text for p in plan.paragraphs if not p.caption]


def test_a_sentence_cut_by_a_page_break_is_one(lexicon: Lexicon) -> None:
    plan = outlined(
        "# 交往\n\n4月9日，本院代表团访问某国最高法\n\n院，并举行工作会谈。\n\n次日返回，行程结束。\n", lexicon
    )
    assert prose(plan) == ["4月9日，本院代表团访问某国最高法院，并举行工作会谈。", "次日返回，行程结束。"]
    assert [(r.line, r.rule) for r in plan.repairs] == [(5, "page-break")]


def test_a_sentence_goes_on_over_captions_and_running_heads(lexicon: Lexicon) -> None:
    page = "# GAOYUAN\n\n"
    text = f"{page}4月9日，本院代表团访问某国最高法\n\n\n\n两国法官合影\n\n\n\n{page}院，并举行工作会谈。\n\n{page}下一段，如此。\n"
    plan = outlined(text, lexicon)
    assert prose(plan) == ["4月9日，本院代表团访问某国最高法院，并举行工作会谈。", "下一段，如此。"]
    assert [p.text for p in plan.paragraphs if p.caption] == ["两国法官合影"]
    joined = next(p for p in plan.paragraphs if not p.caption)
    assert len(joined.spans) == 2


def test_what_ends_with_a_closing_quote_goes_on_only_with_a_sign_that_goes_on(lexicon: Lexicon) -> None:
    whole = outlined("本院举办开放日，主题是“走进法院”\n\n与会者来自各界，人数众多。\n", lexicon)
    assert prose(whole) == ["本院举办开放日，主题是“走进法院”", "与会者来自各界，人数众多。"]
    cut = outlined("本院举办开放日，主题是“走进法院”\n\n、“感受公正”，共三天。\n", lexicon)
    assert prose(cut) == ["本院举办开放日，主题是“走进法院”、“感受公正”，共三天。"]


def test_finished_paragraphs_stay_apart(lexicon: Lexicon) -> None:
    assert (
        len(prose(outlined("某事如此，结束了。\n\n另事如此，也结束了。\n\n列举如下：\n\n第三事，如此。\n", lexicon)))
        == 4
    )


def test_items_of_a_list_stand_by_themselves(lexicon: Lexicon) -> None:
    items = ["1. 甲市某厂侵犯“山海”商标权刑事案", "2. 乙县某店网络销售假冒伪劣农资案"]
    plan = outlined("\n\n".join([*items, "其中，甲市案件涉及12人。"]) + "\n", lexicon)
    assert prose(plan) == [*(item.replace(" ", "") for item in items), "其中，甲市案件涉及12人。"]


def test_regions_of_headings_hold_for_what_is_under_them(lexicon: Lexicon) -> None:
    plan = outlined("# 各地\n\n## 四川省\n\n正文如此。\n\n### 审判\n\n正文如此。\n\n# 附录\n\n正文如此。\n", lexicon)
    assert [(s.title, s.region) for s in plan.sections] == [
        ("各地", ""),
        ("四川省", "四川省"),
        ("审判", "四川省"),
        ("附录", ""),
    ]


REGIONS = """# 各地

## 河北省

河北法院全年审结案件若干件。

成效明显，群众满意。

## 湖南省

湖南法院全年审结案件若干件。

成效明显，群众满意。

《贵州省审判条例》颁布，贵州法院成立专门法庭，服务贵州发展。

## 云南省

云南法院全年审结案件若干件。
"""


def test_a_region_without_a_heading_is_found_by_what_the_text_says(lexicon: Lexicon) -> None:
    plan = outlined(REGIONS, lexicon)
    assert [s.region for s in plan.sections if s.region] == ["河北省", "湖南省", "贵州省", "云南省"]
    assert [(r.line, r.mended) for r in plan.repairs if r.rule == "region-without-heading"] == [(15, "贵州省")]
    by_region = {plan.sections[p.section].region: p.text for p in plan.paragraphs}
    assert by_region["贵州省"].startswith("《贵州省审判条例》")
    assert by_region["云南省"].startswith("云南法院")


def test_a_region_that_names_a_partner_keeps_its_paragraph(lexicon: Lexicon) -> None:
    plan = outlined(
        REGIONS.replace("《贵州省审判条例》颁布，贵州法院成立专门法庭，服务贵州发展。", "与贵州法院签署合作协议。"),
        lexicon,
    )
    assert [s.region for s in plan.sections if s.region] == ["河北省", "湖南省", "云南省"]


def test_headings_of_charts_without_data_are_issues(lexicon: Lexicon) -> None:
    text = "# 审判\n\n## 一、概况\n\n全年受理案件若干。\n\n### 收案居前五位的法院\n\n（单位：件）\n\n"
    text += "### 结案居前五位的法院\n\n## 二、类型\n\n类型如下，共三种。\n"
    plan = outlined(text, lexicon)
    assert [(i.line, i.code) for i in plan.issues] == [(7, "chart-without-data"), (11, "chart-without-data")]
    assert "收案居前五位的法院" in plan.issues[0].found
    assert [s.title for s in plan.sections] == ["审判", "一、概况", "二、类型"]


def test_months_in_chinese_numerals(lexicon: Lexicon) -> None:
    plan = outlined(
        "# 大事记\n\n## 三月\n\n5日，开会。\n\n## 十一月份\n\n6日，开会。\n\n## 十三月\n\n无此月。\n", lexicon
    )
    assert [s.month for s in plan.sections] == [0, 3, 11, 0]


def test_months_of_a_chronicle(lexicon: Lexicon) -> None:
    plan = outlined(
        "# 大事记\n\n## 3月\n\n3月1日，某事。\n\n## 2031年4月\n\n4月1日，某事。\n\n## 13月\n\n某事。\n", lexicon
    )
    assert [(s.month, s.chronicle) for s in plan.sections] == [(0, True), (3, True), (4, True), (0, True)]
