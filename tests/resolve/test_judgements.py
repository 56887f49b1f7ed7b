"""Judgements: reading the file, each verb's effect on a resolution, and rows that match nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from resolve_facts import (
    OWN,
    agency,
    agreement,
    case,
    document,
    event,
    groups,
    indicator,
    person,
    run,
    source,
    tie,
)

from kg.errors import ConfigError
from kg.lexicon import load_lexicon
from kg.model import (
    AgencyFact,
    AgreementType,
    EventFact,
    EventType,
    Fact,
    IndicatorFact,
    PersonFact,
    Relation,
    Resolution,
    Role,
)
from kg.model.added import parse_added
from kg.model.codec import fact_to_json
from kg.model.judgement import Judgement, Judgements, Verb, read_judgements, unplaced
from kg.resolve import resolve
from kg.resolve.overrides import FIELDS
from kg.resolve.tellings import tell

HEADER = "verb,telling,field,value,who,when,why\n"


def judge(*rows: tuple[str, ...]) -> Judgements:
    """Rows (verb, telling, field, value), judged by 甲."""
    made = tuple(
        Judgement(Verb(verb), telling, field, value, "甲", "2025-01-02", "看过原文", line=n)
        for n, (verb, telling, field, value) in enumerate(rows, 2)
    )
    return Judgements(made, (("judgements.csv", "0" * 64),))


def judged(facts: list[Fact], *rows: tuple[str, ...]) -> Resolution:
    return resolve([(source(), facts)], load_lexicon(), judge(*rows))


def keys(facts: list[Fact]) -> dict[int, str]:
    """First line of each telling -> its id; a sentence of these tests holds one fact."""
    return {t.fact.passage.lines[0]: t.id for t in run(*facts).tellings}


def reasons(resolution: Resolution) -> set[str]:
    return {merge.reason for merge in resolution.merges}


def problems(resolution: Resolution) -> list[str]:
    return [str(issue) for issue in resolution.issues if issue.code == "judgement"]


REASON = "judgement of 甲: 看过原文"

PAIRS: dict[str, tuple[Fact, Fact]] = {
    "event": (event("春季座谈会", 1, "2024-03-01"), event("数据论坛", 2, "2024-05-02", EventType.FORUM)),
    "agreement": (
        agreement("合作谅解备忘录", 1, AgreementType.MOU, f"{OWN} 韩国特许厅", "2024-03-01"),
        agreement("加强合作的协议", 2, AgreementType.AGREEMENT, f"{OWN} 日本特许厅", "2024-06-01"),
    ),
    "document": (document("数据工作要点", 1), document("数据重点工作安排", 2)),
    "case": (case("某公司侵害商标权纠纷案", "典型案例", 1), case("某公司商标侵权赔偿案", "十大案件", 2)),
    "person": (person("张三", 1, "局长", OWN), person("章三", 2, "局长", OWN)),
    "agency": (agency("甲市数据服务中心", 1), agency("甲市数据服务总站", 2)),
    "tie": (
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 1, "2024-03-01"),
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 2, "2024-06-01"),
    ),
    "indicator": (indicator("申请量", "12", 1), indicator("专利申请数量", "12", 2)),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_what_is_judged_the_same_is_one(kind: str) -> None:
    facts = list(PAIRS[kind])
    assert len(groups(run(*facts))) == 2
    telling = keys(facts)
    for rows in ([("same", telling[1], "", telling[2])], [("same", telling[2], "", telling[1])]):
        result = judged(facts, *rows)
        things = {t.thing for t in result.tellings}
        assert len(result.people if kind == "person" else things) == 1
        assert REASON in reasons(result)
        assert not problems(result)
        assert {t.fact.rule for t in result.tellings} == {"test"}


SAME: dict[str, tuple[Fact, Fact]] = {
    "event": (event("第三届数据论坛", 1, "2024-03-01"), event("第三届数据论坛", 2, "2024-03-01")),
    "agreement": (
        agreement("合作谅解备忘录", 1, AgreementType.MOU, f"{OWN} 韩国特许厅", "2024-03-01"),
        agreement("合作谅解备忘录", 2, AgreementType.MOU, f"{OWN} 韩国特许厅", "2024-03-01"),
    ),
    "document": (document("数据工作要点", 1), document("数据工作要点", 2)),
    "case": (case("某公司侵害商标权纠纷案", "典型案例", 1), case("某公司侵害商标权纠纷案", "典型案例", 2)),
    "person": (person("张三", 1, "局长", OWN), person("张三", 2, "局长", OWN)),
    "agency": (agency("甲市数据服务中心", 1), agency("甲市数据服务中心", 2)),
    "known agency": (agency("世界知识产权组织", 1), agency("世界知识产权组织", 2)),
    "tie": (
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 1, "2024-03-01"),
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 2, "2024-03-01"),
    ),
}


@pytest.mark.parametrize("same", [True, False])
def test_people_of_two_sources_are_as_judged(same: bool) -> None:
    other = "甲市数据局" if same else OWN
    told = [
        (source(), [person("张三", 1, "局长", OWN), event("座谈", 2, "2024-03-01", people=(("张三", Role.CHAIRS),))]),
        (source("demo-2025", 2025), [person("张三", 1, "局长", other, told_in="demo-2025")]),
    ]
    plain = resolve(told, load_lexicon())
    first, second = (t.id for t in plain.tellings if isinstance(t.fact, PersonFact))
    result = resolve(told, load_lexicon(), judge(("same" if same else "different", first, "", second)))
    assert len(result.people) == (1 if same else 2)
    assert len(plain.people) == (2 if same else 1)
    persons = {m.key: m.person for m in result.memberships}
    things = {t.id: persons[t.thing] for t in result.tellings if t.thing in persons}
    assert (things[first] == things[second]) is same
    assert result.events[0].people == ((things[first], Role.CHAIRS),)
    assert not problems(result)


def test_a_place_told_as_a_body_stays_a_place() -> None:
    facts: list[Fact] = [agency("日本", 1), agency("日本", 2), event("座谈", 3, "2024-03-01", with_="日本")]
    told = [t.id for t in tell([(source(), facts)])]
    result = judged(facts, ("different", told[0], "", told[1]))
    assert not result.agencies
    assert [p.name for p in result.places] == ["日本"]
    assert len(problems(result)) == 1


@pytest.mark.parametrize("kind", SAME)
def test_what_is_judged_different_is_two(kind: str) -> None:
    facts = list(SAME[kind])
    assert len(groups(run(*facts))) == 1
    telling = keys(facts)
    result = judged(facts, ("different", telling[1], "", telling[2]))
    assert len({t.thing for t in result.tellings}) == 2
    assert not problems(result)
    assert [(d.first, d.second, d.score, d.reason) for d in result.doubts] == [(telling[1], telling[2], 0.0, REASON)]
    assert not result.merges


def test_a_third_telling_cannot_join_what_is_judged_different() -> None:
    facts: list[Fact] = [event("第三届数据论坛", line, "2024-03-01") for line in (1, 2, 3)]
    telling = keys(facts)
    result = judged(facts, ("different", telling[1], "", telling[2]))
    found = groups(result)
    assert len(found) == 2
    assert not any({1, 2} <= lines for lines in found)
    assert sum(3 in lines for lines in found) == 1


def test_rules_still_join_what_a_judged_telling_speaks_against() -> None:
    facts: list[Fact] = [
        event("第三届数据论坛", 1, "2024-03-01"),
        event("第三届数据论坛", 2, "2024-03-01"),
        event("秋季培训班", 3, "2024-09-09", EventType.TRAINING),
    ]
    telling = keys(facts)
    assert groups(run(*facts)) == [{1, 2}, {3}]
    assert groups(judged(facts, ("same", telling[1], "", telling[3]))) == [{1, 2, 3}]


def test_documents_come_together_in_chains_and_leave_again() -> None:
    facts: list[Fact] = [
        document(title, line) for line, title in enumerate(("甲办法", "乙办法", "丙办法", "丙办法"), 1)
    ]
    telling = keys(facts)
    chain = [("same", telling[1], "", telling[3]), ("same", telling[2], "", telling[4])]
    assert groups(judged(facts, *chain)) == [{1, 2, 3, 4}]
    parted = judged(facts, *chain, ("different", telling[3], "", telling[4]))
    assert groups(parted) == [{1, 3}, {2, 4}]
    assert not problems(parted)


def test_an_agency_that_is_another_takes_its_neighbours_along() -> None:
    facts: list[Fact] = [
        agency("服务中心", 1),
        event("春季座谈会", 2, "2024-03-01", hosts="服务中心"),
        agency("服务中心", 50),
        event("秋季培训班", 51, "2024-09-09", EventType.TRAINING, hosts="服务中心"),
    ]
    telling = keys(facts)
    result = judged(facts, ("different", telling[1], "", telling[50]))
    things = {t.fact.passage.lines[0]: t.thing for t in result.tellings}
    hosts = {e.key: e.hosts for e in result.events}
    assert hosts[things[2]] == (things[1],)
    assert hosts[things[51]] == (things[50],)
    assert things[1] != things[50]


def test_what_is_dropped_is_gone() -> None:
    facts: list[Fact] = [event("春季座谈会", 1, "2024-03-01"), event("秋季培训班", 2, "2024-09-09")]
    telling = keys(facts)
    result = judged(facts, ("drop", telling[2], "", ""))
    assert [e.name for e in result.events] == ["春季座谈会"]
    assert [t.id for t in result.tellings] == [telling[1]]
    assert not problems(result)


def test_a_thing_gets_the_name_that_was_chosen() -> None:
    facts: list[Fact] = [
        agency("甲市数据服务中心", 1),
        event("座谈", 2, "2024-03-01"),
        document("数据要点", 3),
        person("张三", 4, "局长", OWN),
        indicator("数量", "12", 5),
    ]
    telling = keys(facts)
    rows = [("rename", telling[line], "", name) for line, name in enumerate(("甲", "乙", "丙", "丁", "戊"), 1)]
    result = judged(facts, *rows)
    named = {a.name: a.aliases for a in result.agencies}
    assert "甲市数据服务中心" in named["甲"]
    assert [e.name for e in result.events] == ["乙"]
    assert [(d.title, d.shorts) for d in result.documents] == [("丙", ("数据要点",))]
    assert [(p.name, p.aliases) for p in result.people] == [("丁", ("张三",))]
    assert [i.name for i in result.indicators] == ["戊"]
    differs = {t.fact.passage.lines[0]: t.differs for t in result.tellings}
    assert differs[2] == (f"name: 座谈, chosen 乙 ({REASON})",)


def test_a_field_gets_the_value_that_was_chosen() -> None:
    facts: list[Fact] = [
        event("春季座谈会", 1, "2024-03-01", hosts=OWN),
        agreement("谅解备忘录", 2, AgreementType.MOU, f"{OWN} 韩国特许厅", "2024-03"),
        document("数据要点", 3),
        case("某公司商标案", "典型案例", 4),
        person("张三", 5, "局长", OWN),
        agency("甲市数据服务中心", 6),
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 7, "2024-03-01"),
        indicator("数量", "12", 8),
    ]
    telling = keys(facts)
    result = judged(
        facts,
        ("set", telling[1], "type", "visit"),
        ("set", telling[1], "start", "2024-03-02"),
        ("set", telling[1], "end", "2024-03-04"),
        ("set", telling[1], "hosts", "日本特许厅|甲市数据服务中心"),
        ("set", telling[1], "places", "上海市"),
        ("set", telling[2], "signed", "2024-03-09"),
        ("set", telling[3], "province", "浙江省"),
        ("set", telling[4], "number", "3"),
        ("set", telling[5], "title", "副局长"),
        ("set", telling[6], "kind", "service_body"),
        ("set", telling[7], "relation", "visits"),
        ("set", telling[8], "period", "2023"),
    )
    (made,) = result.events
    assert made.type is EventType.VISIT
    assert made.when is not None
    assert (str(made.when.start), str(made.when.end)) == ("2024-03-02", "2024-03-04")
    agencies = {a.key: a for a in result.agencies}
    places = {p.key: p.name for p in result.places}
    assert {agencies[key].name for key in made.hosts} >= {"甲市数据服务中心"}
    assert len(made.hosts) == 2
    assert [places[key] for key in made.places] == ["上海市"]
    assert [str(a.signed.start) for a in result.agreements if a.signed] == ["2024-03-09"]
    assert [places[d.region] for d in result.documents] == ["浙江省"]
    assert [c.number for c in result.cases] == [3]
    assert [m.title for m in result.memberships] == ["副局长"]
    assert "service_body" in {a.agency_kind for a in result.agencies}
    assert [t.relation for t in result.ties] == [Relation.VISITS]
    assert [i.period for i in result.indicators] == ["2023"]
    first = next(t for t in result.tellings if t.id == telling[1])
    assert f"type: meeting, chosen visit ({REASON})" in first.differs
    assert f"start: 2024-03-01, chosen 2024-03-02 ({REASON})" in first.differs
    assert not problems(result)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("type", "feast", "type 'feast'; expected one of meeting"),
        ("colour", "red", "field 'colour' of a event; expected one of type, start"),
        ("start", "2024-13", "start '2024-13'; expected YYYY-MM-DD"),
        ("ordinal", "三", "ordinal '三'; expected a whole number"),
        ("places", "乌有乡", "places '乌有乡'; expected a place of the gazetteer"),
    ],
)
def test_a_value_that_cannot_be_is_refused(field: str, value: str, message: str) -> None:
    facts: list[Fact] = [event("春季座谈会", 1, "2024-03-01")]
    with pytest.raises(ConfigError, match=r"judgements\.csv:2: ") as caught:
        judged(facts, ("set", keys(facts)[1], field, value))
    assert message in str(caught.value)


def test_rows_that_match_nothing_are_issues() -> None:
    facts: list[Fact] = [event("春季座谈会", 1, "2024-03-01"), document("数据要点", 2)]
    telling = keys(facts)
    result = judged(
        facts,
        ("same", telling[1], "", "cnipa-2024/gone"),
        ("drop", "cnipa-2024/gone", "", ""),
        ("set", "cnipa-2024/gone", "type", "visit"),
        ("same", telling[1], "", telling[2]),
        ("drop", telling[2], "", ""),
    )
    assert sorted(problems(result)) == [
        "judgements.csv:2: same: no telling cnipa-2024/gone; expected the key of one, as `kg show` prints it",
        "judgements.csv:3: drop: no telling cnipa-2024/gone; expected the key of one, as `kg show` prints it",
        "judgements.csv:4: set: no telling cnipa-2024/gone; expected the key of one, as `kg show` prints it",
        f"judgements.csv:5: same: {telling[2]} is dropped by another row; expected one or the other",
    ]


def test_what_cannot_come_to_pass_is_an_issue() -> None:
    facts: list[Fact] = [
        tie(OWN, "韩国特许厅", Relation.MEETS_WITH, 1, "2024-03-01"),
        tie(OWN, "日本特许厅", Relation.MEETS_WITH, 2, "2024-03-01"),
        event("春季座谈会", 3, "2024-03-01"),
    ]
    telling = keys(facts)
    result = judged(facts, ("same", telling[1], "", telling[2]), ("same", telling[1], "", telling[3]))
    assert sorted(problems(result)) == [
        f"judgements.csv:2: same: {telling[1]} and {telling[2]} are still two; a limit of this kind",
        "judgements.csv:3: same: tellings of tie and event; expected two of one kind",
    ]


def test_without_rows_nothing_changes() -> None:
    facts = [fact for pair in (*PAIRS.values(), *SAME.values()) for fact in pair]
    assert resolve([(source(), facts)], load_lexicon(), Judgements()) == run(*facts)
    assert judged(facts) == run(*facts)


def test_the_result_does_not_depend_on_the_order_of_facts() -> None:
    facts: list[Fact] = [event("第三届数据论坛", line, "2024-03-01") for line in (1, 2, 3, 4)]
    telling = keys(facts)
    rows = [("different", telling[2], "", telling[4]), ("rename", telling[4], "", "另一论坛")]
    assert judged(facts, *rows) == judged(facts[::-1], *rows)


def test_an_added_fact_renames_no_telling_beside_it() -> None:
    told = event("春季座谈会", 1, "2024-03-01")
    added = replace(told, name="春季交流会", rule="judgement")
    before = keys([told])[1]
    tellings = {t.fact.rule: t.id for t in run(told, added).tellings}
    assert tellings["test"] == before
    assert tellings["judgement"] != before


# The file.


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "judgements.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_is_read(tmp_path: Path) -> None:
    text = (
        f"﻿{HEADER}"
        'same,telling/a-2024/1,,https://w3id.org/zhitu/id/telling/a-2024/2,李,2025-01-02,"同一件事,\n两次说"\n'
        ",a-2024/3,,,,,\n"
        "\n"
        f"{HEADER}"
        "text,,a-2024:12,九→七,李,,识别错误,event,春季座谈会\n"
    )
    found = read_judgements([written(tmp_path, text)])
    first, second = found.rows
    assert (first.telling, first.value, first.line) == ("a-2024/1", "a-2024/2", 2)
    assert first.reason == "judgement of 李: 同一件事,\n两次说"
    assert (second.place, second.reading, second.line) == (("a-2024", 12), ("九", "七"), 7)
    assert [name for name, _ in found.files] == ["judgements.csv"]
    again = written(tmp_path, "\n".join(found.lines()))
    rows = [replace(row, line=0) for row in read_judgements([again]).rows]
    assert rows == [replace(row, line=0) for row in found.rows]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("join,a/1,,a/2,李,,", "verb 'join'; expected one of same, different, drop, rename, set, add, text"),
        ("same,,,a/2,李,,", "no telling; expected one for same"),
        ("same,a/1,,,李,,", "no value; expected one for same"),
        ("same,a/1,,a/1,李,,", "a telling and itself; expected two tellings"),
        ("drop,a/1,,,,,", "no who; expected the name of the person who judged"),
        ("drop,a/1,,,李,昨天,", "when '昨天'; expected YYYY-MM-DD, YYYY-MM or YYYY"),
        ("set,a/1,,x,李,,", "no field; expected one for set"),
        ("text,a/1,a:1,x→y,李,,", "a telling; expected none for text"),
        ("text,,a,x→y,李,,", "field 'a'; expected source:line"),
        ("text,,a:1,xy,李,,", "value 'xy'; expected old→new"),
        ("text,,a:1,→y,李,,", "value '→y'; expected old→new"),
        ("add,,feast,{},李,,", "add: field 'feast' is no kind of fact"),
        ("add,,event,会议,李,,", "add: value is no JSON"),
        ("add,,event,[],李,,", "add: value is no JSON object"),
        ("add,,event,{},李,,", "add: value needs quote"),
        ('add,,event,"{""quote"": ""x"", ""name"": ""会""}",李,,', "add: event needs type"),
        ('add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""feast""}",李,,', "'feast' is not a valid"),
        ('add,,event,"{""quote"": ""x"", ""size"": 3}",李,,', "add: event has no field 'size'"),
        ('add,,event,"{""quote"": ""x"", ""name"": 3}",李,,', "add: name 3 is no str"),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""when"": 5}",李,,',
            "when 5 is no DateRange",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""when"": {""start"": 5}}",李,,',
            "start 5",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""when"": ""2024-13""}",李,,',
            "month 13",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""hosts"": [3]}",李,,',
            "hosts 3 is no Actor",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""hosts"": 3}",李,,',
            "hosts 3 is no list",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""people"": ""甲""}",李,,',
            "has not 2 parts",
        ),
        (
            'add,,event,"{""quote"": ""x"", ""name"": ""会"", ""type"": ""other"", ""hosts"": [{""x"": 1}]}",李,,',
            "no part 'x'",
        ),
        ('add,,tie,"{""quote"": ""x"", ""a"": {}, ""b"": ""乙"", ""relation"": ""visits""}",李,,', "add: tie: "),
        (
            'add,,indicator,"{""quote"": ""x"", ""name"": ""量"", ""value"": ""多"", ""unit"": ""件""}",李,,',
            "'多' is no number",
        ),
        ('drop,"a/1,,,李,,', "unexpected end of data"),
    ],
)
def test_a_malformed_row_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = written(tmp_path, f"{HEADER}{row}\n")
    with pytest.raises(ConfigError) as caught:
        read_judgements([path])
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_a_file_that_is_no_csv_of_judgements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r":1: no column field; expected verb,telling,field,value,who,when,why"):
        read_judgements([written(tmp_path, "verb,telling\n")])
    path = tmp_path / "judgements.csv"
    path.write_bytes(HEADER.encode() + "drop,a/1,,,李,,".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"judgements\.csv:2: bytes that are no UTF-8"):
        read_judgements([path])
    with pytest.raises(ConfigError, match="No such file"):
        read_judgements([tmp_path / "none.csv"])


ADDED = [
    ("agency", {"name": "甲中心", "agency_kind": "service_body", "aliases": "甲|乙"}),
    ("person", {"name": "张三", "title": "局长", "organisation": "甲局"}),
    ("event", {"name": "会", "type": "meeting", "when": "2024-05-31/2024-06-03", "people": [["张三", "chairs"]]}),
    ("agreement", {"name": "备忘录", "type": "mou", "parties": ["甲局", {"name": "乙国", "kind": "place"}]}),
    ("document", {"title": "办法", "document_kind": "measure", "date": "2024-05"}),
    ("case", {"title": "某案", "series": "十大案例", "number": 3}),
    ("tie", {"a": "甲局", "b": "乙局", "relation": "visits", "stated": False}),
    ("indicator", {"name": "量", "value": 1.5, "unit": "万件", "period": "2024"}),
]


@pytest.mark.parametrize(("kind", "fields"), ADDED, ids=[kind for kind, _ in ADDED])
def test_a_fact_of_each_kind_can_be_added(kind: str, fields: dict[str, object]) -> None:
    added = parse_added(kind, json.dumps({"quote": "原文", **fields}))
    assert added.fact.kind == kind
    assert added.fact.rule == "judgement"
    # what codec writes is understood again
    again = json.loads(fact_to_json(added.fact))
    told = {name: value for name, value in again.items() if name not in ("kind", "rule", "passage")}
    assert parse_added(kind, json.dumps({"quote": "原文", **told})) == added


def test_the_shorter_forms_of_added_facts() -> None:
    made = parse_added(*_json(ADDED[2])).fact
    assert isinstance(made, EventFact)
    assert made.when is not None
    assert (str(made.when.start), str(made.when.end)) == ("2024-05-31", "2024-06-03")
    figure = parse_added(*_json(ADDED[7])).fact
    assert isinstance(figure, IndicatorFact)
    assert (str(figure.base_value), figure.base_unit) == ("15000", "件")
    body = parse_added(*_json(ADDED[0])).fact
    assert isinstance(body, AgencyFact)
    assert (body.aliases, body.surface) == (("甲", "乙"), "甲中心")


def _json(added: tuple[str, dict[str, object]]) -> tuple[str, str]:
    return added[0], json.dumps({"quote": "原文", **added[1]})


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "judgements.csv"
        path.write_bytes(HEADER.encode() + data)
        try:
            found = [str(row) for row in read_judgements([path]).rows]
        except ConfigError as error:
            found = [str(error)]
        assert not found or found[0].startswith(f"{path}:")


def test_odd_line_ends_stay_in_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(f"{HEADER}drop,a/1,,,李,,一\u2028二\x0b三\r\ndrop,a/2,,,李,,\r\n".encode())
    assert [(row.telling, row.why, row.line) for row in read_judgements([path]).rows] == [
        ("a/1", "一\u2028二\x0b三", 2),
        ("a/2", "", 3),
    ]


def test_rows_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    text = f"{HEADER}same,a/1,,a/2,李,,\nsame,a/2,,a/3,李,,\ndifferent,a/3,,a/1,王,,\n"
    with pytest.raises(ConfigError, match=r":4: different: a/3 and a/1 are judged the same by other rows"):
        read_judgements([written(tmp_path, text)])


def test_rows_about_other_sources_are_issues() -> None:
    rows = judge(
        ("text", "", "b-2024:3", "九→七"), ("add", "", "event", '{"quote": "x", "name": "会", "type": "other"}')
    )
    assert [str(i) for i in unplaced(rows, {"a-2024"})] == [
        "judgements.csv:2: text: no source b-2024; expected one of a-2024"
    ]
    assert len(unplaced(rows, {"a-2024", "c-2024"})) == 2


# The page.

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "judgements.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_a_file_of_judgements(tmp_path: Path) -> None:
    example = PAGE.partition("```csv\n")[2].partition("```")[0]
    rows = read_judgements([written(tmp_path, example)]).rows
    assert {row.verb for row in rows} == set(Verb)


def test_the_page_lists_the_fields_that_can_be_set() -> None:
    listed = {}
    for line in PAGE.partition("| thing | fields |")[2].partition("\n\n")[0].splitlines()[2:]:
        _, thing, fields, _ = line.split("|")
        listed[thing.strip()] = tuple(re.findall(r"`(\w+)`", fields))
    names = {cls.__name__.lower(): tuple(known) for cls, known in FIELDS.items()}
    names["person"] = names.pop("membership")
    assert listed == names
