"""Headers, parameters and names of the named queries; things by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.errors import ConfigError
from kg.store.answers import AnswerFormat, answer_bytes, answer_table, facts_behind, turtle
from kg.store.entities import bare, describe, labels_of, tellings_of, term_labels
from kg.store.names import EntityKind, Names
from kg.store.queries import bind_params, find_query, parse_query, prepare, set_values

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "small.trig"
GOOD = """# zh: 问
# en: ask
# param: word string 商标 (词 word)
SELECT ?x WHERE { VALUES ?word { "a" } BIND(?word AS ?x) }
"""


@pytest.fixture(scope="module")
def store() -> Store:
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    return graph


def prepare_text(graph: Store, *, name: str | None, sparql: str | None, params: Sequence[str] = ()) -> str:
    return prepare(graph, name=name, sparql=sparql, params=params)[0]


def test_header_is_read() -> None:
    query = parse_query(GOOD, name="select_word", place="select_word.rq")
    assert (query.zh, query.en, query.subject) == ("问", "ask", "word")
    assert [(p.name, p.kind, p.default, p.label) for p in query.params] == [("word", "string", "商标", "词 word")]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("select_x", "# zh: 问\n", "", "x.rq:1: no line '# zh"),
        ("select_x", "word string", "word text", "x.rq:3: parameter kind 'text'; expected one of place"),
        ("select_x", " (词 word)", "", "x.rq:3: parameter 'word string 商标'; expected"),
        ("select_x", "?word { ", "?other { ", "x.rq:1: parameter word unused"),
        ("words", "", "", "x.rq:1: name 'words'; expected select_"),
        ("select_x", "# en", "# evidence: ?y\n# en", "x.rq:1: evidence ?y not in the query; expected one of"),
        ("select_x", "# en", "# evidence: none\n# en", "x.rq:1: evidence 'none'; expected variables, or 'none (why)'"),
    ],
)
def test_faults_of_a_header_have_file_and_line(name: str, old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_query(GOOD.replace(old, new) if old else GOOD, name=name, place="x.rq")
    assert str(caught.value).startswith(message)


def test_a_query_is_found_with_and_without_its_verb() -> None:
    assert find_query("select_growth") is find_query("growth")
    with pytest.raises(ConfigError, match="nearest: growth"):
        find_query("grwth")


@given(st.text(max_size=40).filter(lambda t: "\x00" not in t))
def test_a_string_is_never_read_as_sparql(text: str) -> None:
    query = parse_query(GOOD, name="select_word", place="x")
    graph = Store()
    bound = bind_params(graph, query, {"word": text})
    assert [row[0].value for row in graph.query(bound)] == [text]


@pytest.mark.parametrize("value", ["法国", "France", "法", "FR", "id:place/fr", "https://w3id.org/zhitu/id/place/fr"])
def test_places_are_known_by_name_alias_code_and_iri(store: Store, value: str) -> None:
    text = prepare_text(store, name="agreements_with_country", sparql=None, params=[f"country={value}"])
    assert "VALUES ?country { <https://w3id.org/zhitu/id/place/fr> }" in text
    assert len(answer_table(store, text)[1]) == 1


@pytest.mark.parametrize(
    ("name", "param", "message"),
    [
        ("agreements_with_country", "country=法兰国", "place '法兰国': not known; nearest: 法国"),
        ("agreements_with_country", "land=法国", "parameter 'land' not known; expected country"),
        ("agreements_with_country", "法国", "parameter '法国'; expected name=value"),
        ("growth", "from_year=last", "parameter from_year: 'last'; expected a year"),
        ("meetings_by_pair", "limit=-1", "parameter limit: '-1'; expected a whole number"),
        ("nothing_like_it", "a=b", "query 'nothing_like_it': not known"),
    ],
)
def test_wrong_parameters(store: Store, name: str, param: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        prepare_text(store, name=name, sparql=None, params=[param])
    assert message in str(caught.value)


def test_neither_or_both_is_an_error(store: Store) -> None:
    for name, sparql in ((None, None), ("growth", "ASK {}")):
        with pytest.raises(ConfigError, match="expected a name, a file, or -e"):
            prepare_text(store, name=name, sparql=sparql)


def test_a_date_parameter(store: Store) -> None:
    text = GOOD.replace("string 商标", "date 2024-01-01")
    query = parse_query(text, name="select_word", place="x")
    assert '"2024-02-29"^^' in bind_params(store, query, {"word": "2024-02-29"})
    with pytest.raises(ConfigError, match="expected a date"):
        bind_params(store, query, {"word": "2023-02-29"})


def test_limit_caps_rows(store: Store) -> None:
    text = prepare_text(store, name="meetings_by_pair", sparql=None, params=["limit=1"])
    assert len(answer_table(store, text)[1]) == 1


def test_values_are_set_in_every_place() -> None:
    assert set_values("VALUES ?a { 1 } VALUES ?b { 1 } VALUES ?a { }", "a", ["2", "3"]) == (
        "VALUES ?a { 2 3 } VALUES ?b { 1 } VALUES ?a { 2 3 }"
    )


def test_two_sources_do_not_count_twice(store: Store) -> None:
    text = "PREFIX zt: <https://w3id.org/zhitu/def#> SELECT (COUNT(*) AS ?n) WHERE { ?e a zt:Event }"
    assert answer_table(store, text) == (("n",), [("3",)])


def test_formats_that_do_not_suit(store: Store) -> None:
    with pytest.raises(ConfigError, match="expected turtle or table"):
        answer_bytes(store, "CONSTRUCT WHERE { ?s ?p ?o }", AnswerFormat.CSV)
    with pytest.raises(ConfigError, match="expected csv, tsv"):
        answer_bytes(store, "SELECT * WHERE { ?s ?p ?o }", AnswerFormat.TURTLE)
    with pytest.raises(ConfigError, match=r"query:1:\d+: "):
        answer_table(store, "DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(ConfigError, match="SERVICE"):
        answer_table(store, "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_turtle_is_the_same_bytes_each_time(store: Store) -> None:
    triples = list(store.query("CONSTRUCT WHERE { ?s ?p ?o }"))
    assert turtle(triples) == turtle(reversed(triples)) == turtle(triples + triples)
    assert turtle(triples).startswith(b"@prefix data: ")


def test_names_prefer_labels_and_list_what_is_ambiguous(store: Store) -> None:
    names = Names(store)
    assert [n.iri for n in names.matches("ＷＩＰＯ")] == ["https://w3id.org/zhitu/id/agency/st3-wo"]
    assert names.matches("国家知识产权局", (EntityKind.PERSON,)) == ()
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    graph.update(
        "PREFIX zt: <https://w3id.org/zhitu/def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        'INSERT DATA { <https://w3id.org/zhitu/id/person/p9> a zt:Person ; skos:prefLabel "申长雨"@zh }'
    )
    with pytest.raises(ConfigError, match=r"2 things are called so; expected one of person/p1 .*, person/p9"):
        Names(graph).one("申长雨")


def test_an_entity_has_its_facts_sentences_and_differences(store: Store) -> None:
    entity = describe(store, Names(store).one("第三次中法局长会议"))
    assert entity.kind == "event"
    assert [t.place for t in entity.tellings] == ["bjip-2023:7", "cnipa-2024:12", "cnipa-2024:40"]
    assert entity.differences == (("cnipa-2024:40", "start: 2024-10, chosen 2024-10-21"),)
    person = describe(store, Names(store).one("申长雨"))
    groups = {group.name: group.facts for group in person.groups}
    assert [fact.value for fact in groups["person"]] == ["申长雨 局长 国家知识产权局"]
    assert [fact.label for fact in groups["event"]] == ["person", "delegationHead|person"]
    assert groups["event"][0].told == ("cnipa-2024:20",)
    assert [t.kind for t in person.tellings] == ["person"]
    place = describe(store, Names(store).one("北京"))
    figures = next(group for group in place.groups if group.name == "figures").facts
    assert [(fact.value, fact.told) for fact in figures] == [("1", ("bjip-2023",)), ("2", ("cnipa-2024",))]


def test_a_table_value_is_told_by_its_row(store: Store) -> None:
    iri = "https://w3id.org/zhitu/id/observation/b2"
    told = tellings_of(store, iri, "https://w3id.org/zhitu/id/agency/st3-jp")[iri]
    assert tellings_of(store) == {}
    assert [(t.place, t.quotes) for t in told] == [("cnipa-2024:80", ("北京100125",))]


def test_iris_of_an_answer(store: Store) -> None:
    text = prepare_text(store, name="cases_by_region", sparql=None)
    assert facts_behind(store, text) == ("https://w3id.org/zhitu/id/case/c1",)


def test_facts_behind_stand_in_columns_or_in_the_pattern(store: Store) -> None:
    agreement = ("https://w3id.org/zhitu/id/agreement/g1",)
    select = "PREFIX zt: <https://w3id.org/zhitu/def#>\nSELECT ?n ?all WHERE { %s }"
    joined = select % (
        '{ SELECT (COUNT(?a) AS ?n) (GROUP_CONCAT(STR(?a); separator=" ") AS ?all) WHERE { ?a a zt:Agreement } }'
    )
    assert facts_behind(store, joined) == ()
    both = facts_behind(store, joined, ("all",))
    assert set(agreement) <= set(both)
    assert all(told for told in tellings_of(store, *both).values())
    for verb in ("ASK", "ASK WHERE", "CONSTRUCT { ?a a zt:Agreement } WHERE"):
        text = f"PREFIX zt: <https://w3id.org/zhitu/def#>\n{verb} {{ ?a a zt:Agreement }}"
        assert set(facts_behind(store, text, ("a",))) == set(both)
    with pytest.raises(ConfigError, match=r"evidence \?x: not in the answer; expected one of n, all"):
        facts_behind(store, joined, ("x",))


def test_an_ask_without_evidence_has_none(store: Store) -> None:
    assert facts_behind(store, "ASK { ?s ?p ?o }") == ()


def test_things_have_labels(store: Store) -> None:
    iris = [f"https://w3id.org/zhitu/id/{key}" for key in ("event/e1", "tie/t1", "observation/b2", "passage/none")]
    labels = labels_of(store, *iris)
    assert labels[iris[0]] == "第三次中法局长会议"
    assert " – " in labels[iris[1]]
    assert labels[iris[2]].startswith("北京市 专利授权 ")
    assert iris[3] not in labels


def test_a_default_that_the_graph_does_not_hold_is_told_so() -> None:
    with pytest.raises(
        ConfigError, match=r"place '法国': not known; .*the default of country in select_agreements_with"
    ):
        prepare_text(Store(), name="agreements_with_country", sparql=None)


@pytest.mark.parametrize(
    ("iri", "word"),
    [
        ("https://w3id.org/zhitu/def#eventType-bilateral_talks", "bilateral_talks"),
        ("https://w3id.org/zhitu/def#Event", "Event"),
        ("https://w3id.org/zhitu/data/cnipa-2024", "cnipa-2024"),
        ("https://w3id.org/zhitu/id/place/cn-bj", "place/cn-bj"),
    ],
)
def test_bare_words_of_iris(iri: str, word: str) -> None:
    assert bare(iri) == word


def test_terms_have_words_in_both_languages() -> None:
    assert term_labels("zh")["party"] != term_labels("en")["party"]
