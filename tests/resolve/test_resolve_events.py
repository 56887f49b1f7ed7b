"""Which tellings of events are one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from resolve_facts import agreement, event, groups, run

from kg.model import Actor, AgreementType, EventType, Role

TALKS, VISIT, SIGNING = EventType.BILATERAL_TALKS, EventType.VISIT, EventType.SIGNING
CN, WO, EP, EM = "国家知识产权局", "世界知识产权组织", "欧洲专利局", "欧盟知识产权局"
MAIN = (("申长雨", Role.ATTENDS),)


def test_ordinal_in_words_and_month_only() -> None:
    found = run(
        event("第十八次中欧两局局长会议", 10, "2024-10-21", places="四川 成都", with_=f"{CN} {EP}"),
        event("第18次中欧两局局长会议", 90, "2024-10", places="成都", with_=f"{CN} {EP}"),
    )
    assert groups(found) == [{10, 90}]
    (one,) = found.events
    assert str(one.when.start) == "2024-10-21"  # type: ignore[union-attr]
    assert one.name == "第十八次中欧两局局长会议"
    # Told with less precision is no contradiction.
    assert [t.differs for t in found.tellings] == [(), ()]
    (merge,) = found.merges
    assert merge.score >= 0.7
    assert "same series and ordinal" in merge.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # another ordinal
        (("第十七次中欧两局局长会议", "2024-10"), ("第18次中欧两局局长会议", "2024-10")),
        # one ordinal, another series
        (("第30次中日知识产权局局长会", "2024-12-03"), ("第30次中日韩知识产权局局长会", "2024-12")),
        # names that share all but the word that matters
        (("全国知识产权系统人才工作会议", "2024-05"), ("全国知识产权系统国际合作工作会议", "2024-05-07")),
        # the same name in two years
        (("全国知识产权局局长会议", "2024-01-04"), ("全国知识产权局局长会议", "2023-01-05")),
        # days that contradict each other, and nothing that is stronger
        (("知识产权保护座谈会", "2024-05-07"), ("知识产权保护座谈会", "2024-05-27")),
        # months
        (("党组会议", "2024-05"), ("党组会议", "2024-06")),
        # a round of a contest on other days than its start
        (("第九届船舶设计大赛", "2024-05-07"), ("第九届船舶设计大赛总决赛", "2024-10-12")),
    ],
)
def test_kept_apart(first: tuple[str, str], second: tuple[str, str]) -> None:
    found = run(event(first[0], 10, first[1]), event(second[0], 90, second[1]))
    assert len(found.events) == 2
    assert not found.merges


def test_contradicting_days_of_one_ordinal_stay_one_and_say_so() -> None:
    found = run(event("第三届知识产权圆桌会议", 10, "2024-09-13"), event("第3届知识产权圆桌会议", 90, "2024-09-14"))
    assert groups(found) == [{10, 90}]
    assert any("start: 2024-09-14, chosen 2024-09-13" in t.differs for t in found.tellings)


def test_stated_hosts_come_before_implied_ones() -> None:
    told = event("水稻育种协调工作组第二次全体会议", 10, "2024-05-07", hosts="水稻育种协调工作组")
    implied = event("水稻育种协调工作组第二次全体会议", 90)
    implied = replace(implied, hosts=(Actor(CN, implied=True),))
    (one,) = run(told, implied).events
    assert len(one.hosts) == 1


def test_name_with_words_left_out() -> None:
    found = run(
        event("金砖国家扩容后首次知识产权局局长非正式会晤", 10, "2024-07-10", places="日内瓦"),
        event("金砖国家知识产权局局长非正式会晤", 90, "2024-07"),
    )
    assert groups(found) == [{10, 90}]


def test_three_months_with_one_counterpart_are_three_talks() -> None:
    month = [event("申长雨与邓鸿森会谈", 90, f"2024-0{m}", TALKS, with_=f"{CN} {WO}", people=MAIN) for m in (3, 7, 9)]
    found = run(
        event("申长雨同邓鸿森举行双边会谈", 10, "2024-03-25", TALKS, with_=f"{CN} {WO}", people=MAIN),
        event("申长雨与邓鸿森在日内瓦会谈", 20, "2024-07-10", TALKS, with_=f"{CN} {WO}", people=MAIN),
        *month,
    )
    assert len(found.events) == 3
    assert sorted(len(g) for g in groups(found)) == [1, 2, 2]


def test_counterparts_of_one_sentence_and_of_two_are_apart() -> None:
    found = run(
        event("与欧洲专利局会谈", 10, "2024-07-09/2024-07-10", TALKS, with_=f"{CN} {EP}", people=MAIN),
        event("与欧盟知识产权局会谈", 10, "2024-07-09/2024-07-10", TALKS, with_=f"{CN} {EM}", people=MAIN),
        event("与欧盟知识产权局举行双边会谈", 90, "2024-07", TALKS, with_=f"{CN} {EM}", people=MAIN),
    )
    assert sorted(sorted(g) for g in groups(found)) == [[10], [10, 90]]


def test_talks_of_other_people_are_apart() -> None:
    found = run(
        event("申长雨会见美国专利商标局局长", 10, "2024-04-15", TALKS, with_=f"{CN} 美国专利商标局", people=MAIN),
        event("丁薛祥会见来访局长", 90, "2024-04", TALKS, with_="美国专利商标局", people=(("丁薛祥", Role.MEETS),)),
    )
    assert len(found.events) == 2


def test_two_events_of_one_sentence_are_never_one() -> None:
    found = run(event("知识产权用户交流会", 10, "2024-12-03"), event("知识产权用户交流会会议", 10, "2024-12"))
    assert len(found.events) == 2


def test_a_third_telling_cannot_bring_two_of_a_sentence_together() -> None:
    found = run(
        event("知识产权保护工作座谈会", 10, "2024-03-14"),
        event("知识产权保护工作座谈会", 10, "2024-03-25"),
        event("知识产权保护工作座谈会", 90, "2024-03"),
    )
    assert len(found.events) == 2


def test_conflicting_cities_speak_against() -> None:
    found = run(
        event("知识产权系统工作会", 10, "2024-05", places="上海"),
        event("知识产权系统工作会", 90, "2024-05", places="天津"),
    )
    assert len(found.events) == 2
    assert [i.code for i in found.issues if i.code == "doubtful-event"] or not found.merges


def test_place_within_a_place_agrees() -> None:
    found = run(
        event("成员国大会", 10, "2024-07-09", places="日内瓦"), event("成员国大会", 90, "2024-07", places="瑞士")
    )
    assert groups(found) == [{10, 90}]
    assert found.events[0].places == ("place/CH", "place/CH-geneva")


def test_same_campaign_of_two_regions_is_two() -> None:
    found = run(
        event("服务万里行活动", 10, section=("各地工作", "福建省"), hosts="福建省"),
        event("服务万里行活动", 90, section=("各地工作", "安徽省"), hosts="安徽省"),
    )
    assert len(found.events) == 2


def test_signings_of_one_agreement() -> None:
    parties = f"{CN} 阿拉伯联合酋长国经济部"
    found = run(
        agreement("知识产权领域合作谅解备忘录", 10, AgreementType.MOU, parties, "2024-05-30", titled=True),
        event("谅解备忘录签署", 10, "2024-05-30", SIGNING, with_=parties, at=0, places="北京"),
        agreement("知识产权领域合作谅解备忘录", 90, AgreementType.MOU, f"{CN} 阿联酋", "2024-05"),
        event("签署知识产权领域合作谅解备忘录", 90, "2024-05", SIGNING, with_=f"{CN} 阿联酋", places="北京"),
    )
    assert (len(found.agreements), len(found.events)) == (1, 1)
    assert found.agreements[0].parties == ("agency/ae-economy", "agency/st3-CN")
    assert "place/AE" not in found.events[0].participants


def test_union_of_values_and_host_not_repeated() -> None:
    found = run(
        event("第三届高级别会议", 10, "2024-09-11", with_=f"{CN} {WO}", places="北京"),
        event("第3届高级别会议", 90, "2024-09", hosts=f"{CN} 商务部", people=(("丁薛祥", Role.SPEAKS),)),
    )
    (one,) = found.events
    assert one.hosts == ("agency/cn-mofcom", "agency/st3-CN")
    assert one.participants == ("agency/st3-WO",)
    assert [role for _, role in one.people] == [Role.SPEAKS]


def test_links_by_name_within_the_source() -> None:
    found = run(
        event("第三届高级别会议", 10, "2024-09-11"),
        event(
            "知识产权圆桌会", 11, "2024-09-13", part_of="第三届高级别会议", outcomes=("合作倡议声明", "没有提到的文件")
        ),
        agreement(
            "合作倡议声明", 12, AgreementType.JOINT_STATEMENT, "", "2024-09", titled=True, event="知识产权圆桌会"
        ),
    )
    main, part = sorted(found.events, key=lambda e: bool(e.part_of))
    assert part.part_of == main.key
    assert part.outcomes == (found.agreements[0].key,)
    assert found.agreements[0].event == part.key


def test_a_part_is_no_telling_of_the_whole() -> None:
    found = run(event("第14届亚洲营商论坛", 10, "2024-12"), event("第十四届亚洲营商论坛大湾区分论坛", 90, "2024-12"))
    assert len(found.events) == 2


def test_a_region_tells_again_what_took_place_there() -> None:
    section = ("各地工作", "山东省")
    here = run(
        event("山东省知识产权保护与发展大会", 10, "2024-08-20", places="济南"),
        event("全省知识产权保护与发展大会", 90, section=section),
    )
    assert len(here.events) == 1
    elsewhere = run(
        event("知识产权保护与发展大会活动", 10, "2024-08-20", places="上海"),
        event("全省知识产权保护与发展大会", 90, section=section),
    )
    assert len(elsewhere.events) == 2
