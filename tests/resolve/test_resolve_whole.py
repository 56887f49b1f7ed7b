"""Ties, figures, places, several sources, and what must hold of every resolution."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace
from resolve_facts import (
    agency,
    agreement,
    case,
    cell,
    document,
    event,
    indicator,
    passage,
    person,
    run,
    source,
    tie,
)

from kg.lexicon import load_lexicon
from kg.model import AgencyKind, AgreementType, EventType, Fact, FactKind, Relation, Resolution, RowStatus, Source
from kg.resolve import resolve
from kg.resolve.rules import DOUBT, MERGE, RULES, Evidence

CN, EP, US = "国家知识产权局", "欧洲专利局", "美国专利商标局"
MEETS = Relation.MEETS_WITH


def test_ties() -> None:
    found = run(
        event("双边会谈", 10, "2024-10-21", EventType.BILATERAL_TALKS, with_=f"{CN} {EP}"),
        event("双边会谈", 90, "2024-10", EventType.BILATERAL_TALKS, with_=f"{CN} {EP}"),
        tie(CN, EP, MEETS, 10, "2024-10-21", because="双边会谈", because_kind=FactKind.EVENT),
        tie("EPO", CN, MEETS, 90, "2024-10", because="双边会谈", because_kind=FactKind.EVENT),
        tie(CN, EP, MEETS, 91, "2024-03"),
        tie(CN, EP, Relation.SIGNS_WITH, 10, "2024-10-21"),
        tie(CN, US, Relation.VISITS, 20, "2024-05"),
        tie(US, CN, Relation.VISITS, 21, "2024-05"),
        tie(CN, "中国国家知识产权局", MEETS, 22),
    )
    meets = [t for t in found.ties if t.relation is MEETS]
    assert sorted(str(t.when.start) for t in meets if t.when) == ["2024-03", "2024-10-21"]
    assert {(t.a, t.b) for t in meets} == {("agency/st3-CN", "agency/st3-EP")}
    assert {t.because for t in meets} == {"", found.events[0].key}
    visits = {(t.a, t.b) for t in found.ties if t.relation is Relation.VISITS}
    assert visits == {("agency/st3-CN", "agency/st3-US"), ("agency/st3-US", "agency/st3-CN")}
    assert len(found.ties) == 5


def test_a_tie_is_not_derived_twice_from_one_sentence() -> None:
    found = run(tie(CN, EP, MEETS, 10, "2024-10"), tie(EP, CN, MEETS, 10, "2024-10", because="没有的会"))
    assert len(found.ties) == 1
    assert len([t for t in found.tellings if t.fact.kind is FactKind.TIE]) == 1


def test_a_tie_is_implied_by_the_namesake_with_its_actors_and_date() -> None:
    talks = EventType.BILATERAL_TALKS
    found = run(
        *(event("会谈", 10, f"2024-0{month}", talks, with_=f"{CN} {EP}") for month in (3, 7, 9)),
        event("会谈", 10, "2024-07", talks, with_=f"{CN} {US}"),
        *(tie(CN, EP, MEETS, 10, f"2024-0{month}", because="会谈") for month in (3, 7, 9)),
        tie(CN, US, MEETS, 10, "2024-07", because="会谈"),
    )
    events = {e.key: e for e in found.events}
    assert len(found.ties) == len(events) == 4
    for one in found.ties:
        assert events[one.because].when == one.when
        assert set(events[one.because].participants) == {one.a, one.b}


def test_indicators_are_one_per_sentence() -> None:
    figure = indicator("发明专利授权量", "104.5", 10)
    found = run(figure, replace(figure, rule="other rule"), indicator("发明专利授权量", "104.5", 90, area="北京"))
    assert len(found.indicators) == 2
    assert {i.area for i in found.indicators} == {"", "place/CN-11"}
    assert all(i.base_value == Decimal(1045000) for i in found.indicators)


def test_observations_of_two_editions() -> None:
    old, new = source("cnipa-2023", 2023), source("cnipa-2024")
    found = resolve(
        [
            (new, [cell("北京", "100", "2023"), cell("北京", "120", "2024")]),
            (old, [cell("北京市", "99", "2023", told_in="cnipa-2023", series="发明专利申请状况")]),
        ],
        load_lexicon(),
    )
    assert sorted((o.period, o.edition, o.latest) for o in found.observations) == [
        ("2023", "cnipa-2023", False), ("2023", "cnipa-2024", True), ("2024", "cnipa-2024", True),
    ]  # fmt: skip
    assert len({o.series_key for o in found.observations}) == 1
    assert len({o.dataset for o in found.observations}) == 1


def test_cells_that_collide() -> None:
    found = run(cell("北京", "100"), cell("北京", "100", line=1501), cell("北京", "101", line=1502))
    assert len(found.observations) == 1
    assert [(i.code, i.line) for i in found.issues] == [("cell-collision", 1502)]


def test_places_of_tables() -> None:
    found = run(
        cell("合计", "9", status=RowStatus.TOTAL),
        cell("深圳", "1"),
        cell("塞浦路斯、希腊", "2"),
        cell("不存在的地方", "3", line=1510),
    )
    places = {p.name: p for p in found.places}
    assert places["深圳市"].broader == "place/CN-44"
    assert {"广东省", "中国", "合计", "塞浦路斯、希腊", "不存在的地方"} <= set(places)
    assert [(i.code, i.found) for i in found.issues] == [("unknown-area", "不存在的地方")]


def two_reports() -> list[tuple[Source, list[Fact]]]:
    a, b = source("cnipa-2024"), source("other-2024", publisher="天津市知识产权局")
    first: list[Fact] = [
        agency("欧洲专利局", 5, AgencyKind.IP_OFFICE),
        person("申长雨", 6, "局长", CN),
        event("第十八次中欧两局局长会议", 10, "2024-10-21", with_=f"{CN} {EP}", places="成都"),
        agreement(
            "两局工作计划", 11, AgreementType.WORK_PLAN, f"{CN} {EP}", "2024-10-21", event="第十八次中欧两局局长会议"
        ),
        document("知识产权强国建设纲要", 12, action="实施"),
        case("上海大学深化学科交叉融合培养专利人才", "第三批典型案例", 13, number=9),
        tie(CN, EP, MEETS, 10, "2024-10-21"),
        indicator("授权量", "104.5", 14),
        cell("北京", "100"),
        cell("上海", "90", line=1501),
    ]
    second: list[Fact] = [
        agency("EPO", 5, AgencyKind.IP_OFFICE, told_in="other-2024"),
        person("申长雨", 6, "局长", CN, told_in="other-2024"),
        event("第18次中欧两局局长会议", 7, "2024-10", told_in="other-2024"),
        cell("北京", "100", told_in="other-2024"),
    ]
    return [(a, first), (b, second)]


def test_two_sources_share_things() -> None:
    found = resolve(two_reports(), load_lexicon())
    shared = {"agency/st3-EP"} | {e.key for e in found.events} | {m.key for m in found.memberships}
    for key in shared:
        assert {t.fact.passage.source for t in found.tellings if t.thing == key} == {"cnipa-2024", "other-2024"}
    assert len(found.events) == len(found.people) == 1
    assert len({o.dataset for o in found.observations}) == 2


def test_publishers_that_call_different_bodies_we() -> None:
    talks, plan, here = EventType.BILATERAL_TALKS, AgreementType.WORK_PLAN, "天津市知识产权局"

    def reports(theirs: str) -> Resolution:
        ours: list[Fact] = [
            event("双边会谈", 10, "2024-10-21", talks, with_=EP),
            agreement("两局工作计划", 11, plan, EP, "2024-10-21"),
        ]
        other: list[Fact] = [
            event("双边会谈", 10, "2024-10", talks, with_=theirs, told_in="tj-2024"),
            replace(agreement("两局工作计划", 11, plan, theirs, "2024-10"), passage=passage(11, told_in="tj-2024")),
        ]
        return resolve([(source(), ours), (source("tj-2024", publisher=here), other)], load_lexicon())

    same = reports(f"{CN} {EP}")
    assert (len(same.events), len(same.agreements)) == (1, 1)
    different = reports(f"{here} {EP}")
    assert (len(different.events), len(different.agreements)) == (2, 2)


def shuffled(reports: list[tuple[Source, list[Fact]]], seed: int) -> list[tuple[Source, Sequence[Fact]]]:
    chance = random.Random(seed)
    mixed = [(told, chance.sample(facts, len(facts))) for told, facts in reports]
    return chance.sample(mixed, len(mixed))


@pytest.mark.parametrize("seed", range(6))
def test_order_does_not_matter(seed: int) -> None:
    reports = two_reports()
    assert resolve(shuffled(reports, seed), load_lexicon()) == resolve(reports, load_lexicon())


def tuples(found: Resolution) -> list[list[str]]:
    keyed = (
        found.places, found.agencies, found.people, found.memberships, found.events, found.agreements,
        found.documents, found.cases, found.ties, found.indicators, found.observations,
    )  # fmt: skip
    return [[thing.key for thing in things] for things in keyed] + [[t.id for t in found.tellings]]


def test_keys_are_unique_sorted_ascii_and_references_lead_somewhere() -> None:
    found = resolve(two_reports(), load_lexicon())
    for keys in tuples(found):
        assert keys == sorted(set(keys))
        assert all(key.isascii() for key in keys)
    things = {key for keys in tuples(found) for key in keys}
    for telling in found.tellings:
        assert telling.thing in things
    for e in found.events:
        assert things >= {*e.hosts, *e.participants, *e.places, *(p for p, _ in e.people)}
    for a in found.agencies:
        assert things >= {a.country, a.region, a.parent} - {""}
    for merge in found.merges:
        assert {merge.thing, merge.first, merge.second} <= things
        assert MERGE <= merge.score <= 1.0
        assert merge.reason


def test_same_key_twice_gets_a_number() -> None:
    found = run(
        event("与欧专局会谈", 10, "2024-10-01", EventType.BILATERAL_TALKS, with_=f"{CN} {EP}"),
        event("与欧专局会谈", 20, "2024-10-21", EventType.BILATERAL_TALKS, with_=f"{CN} {EP}"),
    )
    one, two = sorted(e.key for e in found.events)
    assert two == f"{one}-2"


def test_equal_facts_once_and_like_facts_with_ids_of_their_own() -> None:
    fact = agency("商务部", 10)
    found = run(fact, fact, replace(fact, rule="another"))
    assert len(found.tellings) == 2
    numbers = [re.fullmatch("cnipa-2024/[0-9a-f]{12}-agency-([12])", told.id) for told in found.tellings]
    assert [found and found[1] for found in numbers] == ["1", "2"]


def test_nothing_gives_nothing() -> None:
    found = resolve([(source(), [])], load_lexicon())
    assert found.sources == (source(),)
    assert not any(tuples(found))


def test_the_table_of_rules() -> None:
    names = [(rule.about, rule.name) for rule in RULES]
    assert len(names) == len(set(names))
    assert 0 < DOUBT < MERGE < 1
    assert all(rule.words and (not rule.veto or rule.points < 0) for rule in RULES)
    with pytest.raises(KeyError):
        Evidence("event").add("no such rule")


def test_events_with_names_far_apart_cannot_be_doubtful() -> None:
    # `may_be_one` counts on it
    points = {rule.name: rule.points for rule in RULES if rule.about == "event"}
    others = ("same_type", "same_day", "people_shared", "place_same")
    assert points["name_far"] + sum(points[name] for name in others) < DOUBT
    assert all(points[name] <= points["same_day"] for name in ("in_range", "month_of_day", "same_month", "undated"))


def test_a_report_of_real_size_has_each_value_once() -> None:
    facts: list[Fact] = [
        cell(f"地区{n % 70}", str(n), str(2000 + n // 70 % 24), line=2000 + n, series=f"表{n // 1700}的状况")
        for n in range(6300)
    ]
    for n in range(420):
        month = n % 12 + 1
        facts.append(
            event(
                f"知识产权{chr(0x4E00 + n * 7)}{chr(0x5E00 + n)}工作会议",
                10 + n,
                f"2024-{month:02}",
                with_=f"{CN} {EP}",
            )
        )
        facts.append(tie(CN, EP, MEETS, 10 + n, f"2024-{month:02}", at=1))
        facts.append(agency(f"第{n}号研究院", 10 + n, AgencyKind.RESEARCH_INSTITUTE))
        facts.append(document(f"方案{n}", 10 + n, action="印发"))
        facts.append(indicator(f"指标{n}", "1.5", 10 + n))
    told = {(n % 70, n // 70 % 24, n // 1700) for n in range(6300)}
    found = run(*facts)
    assert len(found.observations) == len({(o.series_key, o.period) for o in found.observations}) == len(told)
    assert passage(1).lines == (1,)
