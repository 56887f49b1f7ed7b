"""Bodies in a sentence: where each name begins and ends, what it is, and no text that raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.organisations import OrganisationFinder
from kg.extract.own_names import OwnNames
from kg.lexicon import EntryType, Lexicon
from kg.model import Actor, AgencyKind


def find(text: str, lexicon: Lexicon, region: str = "", finder: OrganisationFinder | None = None) -> tuple[OrgHit, ...]:
    finder = finder or OrganisationFinder(lexicon, OwnNames(lexicon, Actor("四川省高级人民法院", implied=True)))
    hits = lexicon.find(text)
    places = [PlaceHit(h.start, h.end, h.surface, h.entry) for h in hits if h.entry.type is EntryType.PLACE]
    return finder.find(text, hits, places, region)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("最高人民法院与司法部会商。", ["最高人民法院", "司法部"]),
        ("走访成都市武侯区人民法院。", ["成都市武侯区人民法院"]),
        ("会见德国经济和气候保护部代表。", ["德国经济和气候保护部"]),
        ("教育部和财政部联合印发。", ["教育部", "财政部"]),
        ("与维也纳大学签约。", ["维也纳大学"]),
        ("与北京协和医院合作。", ["北京协和医院"]),
        ("中国国际贸易促进委员会主办。", ["中国国际贸易促进委员会"]),
        ("北京市、上海市知识产权局参加。", ["北京市知识产权局", "上海市知识产权局"]),
        ("华为技术有限公司胜诉。", ["华为技术有限公司"]),
        ("腾讯科技（深圳）有限公司胜诉。", ["腾讯科技（深圳）有限公司"]),
        ("各级人民法院和有关部门参加。", []),
        ("新增12家研究中心。", []),
        ("全面部署，布局全局，总部在外。", []),
        ("积极组织专家。", []),
    ],
)
def test_where_names_begin_and_end(text: str, names: list[str], lexicon: Lexicon) -> None:
    assert [hit.actor.name for hit in find(text, lexicon)] == names


@pytest.mark.parametrize(
    ("name", "kind", "country", "region"),
    [
        ("四川省高级人民法院", AgencyKind.COURT, "", "四川省"),
        ("成都市人民检察院", AgencyKind.PROCURATORATE, "", "四川省"),
        ("奥地利专利局", AgencyKind.IP_OFFICE, "奥地利", ""),
        ("新加坡贸易与工业部", AgencyKind.MINISTRY, "新加坡", ""),
        ("四川大学", AgencyKind.UNIVERSITY, "", "四川省"),
        ("江苏省人民政府", AgencyKind.GOVERNMENT, "", "江苏省"),
        ("中华全国律师协会", AgencyKind.ASSOCIATION, "中国", ""),
    ],
)
def test_kind_country_and_region(name: str, kind: AgencyKind, country: str, region: str, lexicon: Lexicon) -> None:
    (hit,) = find(f"与{name}会商。", lexicon)
    assert (hit.actor.name, hit.kind, hit.country, hit.region) == (name, kind, country, region)


def test_short_forms_hold_for_the_rest_of_a_document(lexicon: Lexicon) -> None:
    finder = OrganisationFinder(lexicon, OwnNames(lexicon, Actor("四川省高级人民法院", implied=True)))
    assert find("川渝所参加。", lexicon, finder=finder) == ()
    find("西南政法大学川渝法治研究院（以下简称川渝所）成立。", lexicon, finder=finder)
    (later,) = find("川渝所参加。", lexicon, finder=finder)
    assert later.surface == "川渝所"
    assert later.actor.name.endswith("川渝法治研究院")


def test_our_own_body(lexicon: Lexicon) -> None:
    finder = OrganisationFinder(lexicon, OwnNames(lexicon, Actor("某省知识产权局", implied=True)))
    (hit,) = find("我局召开会议。", lexicon, finder=finder)
    assert hit.actor.name == "某省知识产权局"


def test_relative_names_need_a_region(lexicon: Lexicon) -> None:
    assert {hit.region for hit in find("会同省教育厅、省科技厅印发。", lexicon, "四川省")} == {"四川省"}
    assert len(find("会同省教育厅、科技厅印发。", lexicon, "四川省")) == 2


def test_groups_of_offices(lexicon: Lexicon) -> None:
    (hit,) = [h for h in find("参加发明专利五局交流。", lexicon) if h.group]
    assert len(hit.group) == 5


WORDS = st.lists(
    st.sampled_from(
        [
            "四川省",
            "北京市",
            "人民法院",
            "知识产权局",
            "与",
            "和",
            "、",
            "，",
            "（",
            "）",
            "大学",
            "部",
            "中国",
            "等",
            "12家",
            "以下简称",
            "甲乙",
            "中心",
        ]
    ),
    max_size=25,
)


@settings(deadline=None)
@given(WORDS)
def test_hits_are_in_order_and_stand_where_they_say(lexicon: Lexicon, parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for hit in find(text, lexicon):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end
