"""Agencies, places and people: which names are one."""

from __future__ import annotations

import pytest
from resolve_facts import agency, event, person, run, source, tie

from kg.lexicon import load_lexicon
from kg.model import Actor, ActorKind, AgencyKind, EventFact, EventType, PersonFact, Relation
from kg.resolve import resolve

KIND = AgencyKind.OTHER


def keys_of(*names: str, region: str = "") -> set[str]:
    found = run(*(agency(name, line, KIND, region=region) for line, name in enumerate(names, 10)))
    return {t.thing for t in found.tellings}


@pytest.mark.parametrize(
    "names",
    [
        ("国家知识产权局", "中华人民共和国国家知识产权局", "中国国家知识产权局"),
        ("欧洲专利局", "EPO", "欧洲专利局（EPO）", "欧专局"),
        ("海湾阿拉伯国家合作委员会专利局", "海湾阿拉伯国家合作委员会（GCC）专利局"),
        ("法国农业和粮食主权部", "法兰西共和国农业和粮食主权部"),
        ("法国海洋与渔业总局", "法兰西共和国国家海洋与渔业总局"),
        ("中共国家知识产权局党组", "国家知识产权局党组", "局党组"),
        ("中共司法部党组", "司法部党组"),
        ("中央宣传部（国家版权局）", "中央宣传部"),
        ("江苏省苏州市中级人民法院", "苏州市中级人民法院"),
    ],
)
def test_one_body(names: tuple[str, ...]) -> None:
    assert len(keys_of(*names)) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("国家知识产权局", "北京市知识产权局"),
        ("欧洲专利局", "欧盟知识产权局", "欧亚专利局"),
        ("中央宣传部", "国家版权局"),
        ("国家知识产权局", "国家知识产权局党组"),
        ("法国海洋与渔业总局", "希腊海洋与渔业总局"),
        ("非洲知识产权组织", "非洲地区知识产权组织"),
    ],
)
def test_different_bodies(names: tuple[str, ...]) -> None:
    assert len(keys_of(*names)) == len(names)


def test_relative_names_belong_to_their_region() -> None:
    found = run(
        agency("省法院", 10, AgencyKind.COURT, region="河北省"),
        agency("省法院", 20, AgencyKind.COURT, region="山西省"),
        agency("河北省高级人民法院", 30, AgencyKind.COURT),
        agency("自治区人民政府", 40, AgencyKind.GOVERNMENT, region="内蒙古自治区"),
        agency("省特别办公室", 50, AgencyKind.GOVERNMENT, region="河北省"),
    )
    names = {a.name: a for a in found.agencies}
    assert set(names) == {
        "河北省高级人民法院", "山西省高级人民法院", "内蒙古自治区人民政府", "河北省特别办公室",
    }  # fmt: skip
    assert set(names["河北省高级人民法院"].aliases) == {"省法院", "河北省法院"}
    assert names["内蒙古自治区人民政府"].region == "place/CN-15"


def test_namesakes_of_two_regions_are_two_and_a_university_is_one() -> None:
    found = run(
        agency("保护高地建设工作专班", 10, AgencyKind.MECHANISM, region="吉林省"),
        agency("保护高地建设工作专班", 20, AgencyKind.MECHANISM, region="江西省"),
        agency("某某工业大学", 30, AgencyKind.UNIVERSITY, region="陕西省"),
        agency("某某工业大学", 40, AgencyKind.UNIVERSITY),
    )
    assert sorted(a.name for a in found.agencies) == ["保护高地建设工作专班"] * 2 + ["某某工业大学"]


def test_an_office_known_by_its_country() -> None:
    named = run(
        tie("国家知识产权局", "日本知识产权机构", Relation.MEETS_WITH, 10),
        tie("国家知识产权局", "日本特许厅", Relation.COOPERATES_WITH, 20),
    )
    assert {a.key for a in named.agencies} == {"agency/st3-CN", "agency/st3-JP"}
    alone = run(tie("国家知识产权局", "日本的知识产权机构", Relation.MEETS_WITH, 10))
    (office,) = [a for a in alone.agencies if a.key != "agency/st3-CN"]
    assert office.key != "agency/st3-JP"
    assert (office.agency_kind, office.country) == (AgencyKind.IP_OFFICE, "place/JP")


def test_a_name_nobody_introduces_is_an_agency_and_a_place_is_a_place() -> None:
    found = run(
        event("座谈会", 10, "2024-01", hosts="某某产业联盟秘书处 湖北"),
        EventFact(
            passage=event("x", 20).passage, rule="test", name="另一场会", type=EventType.MEETING,
            participants=(Actor("中国", ActorKind.PLACE), Actor("张三", ActorKind.PERSON)),
        ),
    )  # fmt: skip
    assert [a.name for a in found.agencies] == ["某某产业联盟秘书处"]
    assert {p.key for p in found.places} == {"place/CN", "place/CN-42"}
    assert next(e for e in found.events if e.name == "另一场会").participants == ("place/CN",)


def test_people() -> None:
    found = run(
        person("特巴兹·伯曼亚", 10, "总干事", "非洲地区知识产权组织"),
        person("伯曼亚•特巴兹", 20, "总干事", "非洲地区知识产权组织"),
        person("迈克尔·施瓦格", 30, "局长", "澳大利亚知识产权局"),
        person("施瓦格", 40, "局长", "澳大利亚知识产权局"),
        person("迈克尔·杜拉克", 50, "局长", "澳大利亚知识产权局"),
        person("申长雨", 60, "局长", "国家知识产权局"),
        person("申长雨", 70, "党组书记", "局党组"),
        person("申长雨", 80, "局长"),
    )
    assert len(found.people) == 4
    assert len(found.memberships) == 5
    shen = next(p for p in found.people if p.name == "申长雨")
    assert len([m for m in found.memberships if m.person == shen.key]) == 2


def test_turned_name_without_a_common_organisation_is_doubtful() -> None:
    found = run(
        person("特巴兹·伯曼亚", 10, "总干事", "非洲地区知识产权组织"),
        person("伯曼亚·特巴兹", 20, "部长", "世界贸易组织"),
    )
    assert len(found.people) == 2


def test_namesakes_in_two_sources_need_a_common_organisation() -> None:
    def told(told_in: str, organisation: str) -> PersonFact:
        return person("王伟", 10, "局长", organisation, told_in=told_in)

    def people(one: str, two: str) -> int:
        pairs = [(source("a-2023", 2023), [told("a-2023", one)]), (source("b-2024"), [told("b-2024", two)])]
        return len(resolve(pairs, load_lexicon()).people)

    assert people("天津市知识产权局", "天津市知识产权局") == 1
    assert people("天津市知识产权局", "吉林省知识产权局") == 2
