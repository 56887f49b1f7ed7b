"""What a user may type for a parameter of each kind, and what is said of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.errors import ConfigError
from kg.rdf.vocabulary import SCHEMES
from kg.store.names import EntityKind, Names, folded, nearest_of
from kg.store.params import Param, ParamKind, concepts, param_terms

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "small.trig"
ID = "https://w3id.org/zhitu/id/"
DEF = "https://w3id.org/zhitu/def#"


@pytest.fixture(scope="module")
def names() -> Names:
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    graph.update(
        "PREFIX zt: <https://w3id.org/zhitu/def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> INSERT DATA {"
        f' <{ID}agency/a8> a zt:Agency ; skos:prefLabel "甲省法院"@zh ; skos:altLabel "省法院" .'
        f' <{ID}agency/a9> a zt:Agency ; skos:prefLabel "乙省法院"@zh ; skos:altLabel "省法院" .'
        f' <{ID}measure/m9> skos:inScheme zt:measureScheme ; skos:prefLabel "PCT申请"@zh }}'
    )
    return Names(graph)


def terms(names: Names, kind: ParamKind, value: str, default: str = "x") -> list[str]:
    return param_terms(names, Param("p", kind, default, "label"), value)


@pytest.mark.parametrize(
    "value", ["法国", " 法 国 ", "France", "ＦＲＡＮＣＥ", "法", "fr", "FRA", "id:place/fr", f"{ID}place/fr"]
)
def test_one_place_by_many_names(names: Names, value: str) -> None:
    assert terms(names, ParamKind.PLACE, value) == [f"<{ID}place/fr>"]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        (ParamKind.AGENCY, "wipo", "agency/st3-wo"),
        (ParamKind.ACTOR, "WIPO", "agency/st3-wo"),
        (ParamKind.ACTOR, "法国", "place/fr"),
        (ParamKind.PERSON, "申·长雨", "person/p1"),
        (ParamKind.EVENT, "第三次中法局长会议", "event/e1"),
    ],
)
def test_things_by_name(names: Names, kind: ParamKind, value: str, found: str) -> None:
    assert terms(names, kind, value) == [f"<{ID}{found}>"]


def test_a_fact_is_found_by_words_of_its_name(names: Names) -> None:
    by_words = terms(names, ParamKind.EVENT, "局长会议")
    assert f"<{ID}event/e1>" in by_words
    assert by_words == sorted(set(by_words))
    assert set(by_words) <= set(terms(names, ParamKind.THING, "局长会议"))


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (ParamKind.EVENT_TYPE, "signing", "eventType-signing"),
        (ParamKind.EVENT_TYPE, "签署", "eventType-signing"),
        (ParamKind.EVENT_TYPE, "Ｓｉｇｎｉｎｇ", "eventType-signing"),
        (ParamKind.EVENT_TYPE, "zt:eventType-press_conference", "eventType-press_conference"),
        (ParamKind.EVENT_TYPE, "press conference", "eventType-press_conference"),
        (ParamKind.RELATION, "meets-with", "relation-meets_with"),
        (ParamKind.AGENCY_KIND, "法院", "agencyKind-court"),
        (ParamKind.AGREEMENT_TYPE, "mou", "agreementType-mou"),
    ],
)
def test_concepts_by_code_and_label(names: Names, kind: ParamKind, value: str, code: str) -> None:
    assert terms(names, kind, value) == [f"<{DEF}{code}>"]


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_each_closed_set_is_a_kind_and_all_its_labels_are_accepted(names: Names, scheme: str) -> None:
    members = concepts()[scheme]
    assert set(members) == {
        member.name.lower() if scheme == "approximation" else member.value for member in SCHEMES[scheme]
    }
    for code, labels in members.items():
        assert len(labels) == len(("zh", "en"))
        for said in (code, *labels):
            assert terms(names, ParamKind(scheme), said) == [f"<{DEF}{scheme}-{code}>"]


@pytest.mark.parametrize(
    ("value", "found"),
    [("专利授权", ['"专利授权"']), ("授权", ['"授权"']), ("pct", ['"PCT申请"']), ("", ['""']), ("any", ['""'])],
)
def test_words_of_a_measure(names: Names, value: str, found: list[str]) -> None:
    assert terms(names, ParamKind.MEASURE, value) == found


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        (ParamKind.YEAR, "２０２４", '"2024"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (ParamKind.INTEGER, "20", '"20"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (ParamKind.DATE, "2024-02-29", '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (ParamKind.MONTH, "2024-10", '"2024-10"'),
        (ParamKind.STRING, 'a"} ?x', '"a\\"} ?x"'),
    ],
)
def test_values(names: Names, kind: ParamKind, value: str, term: str) -> None:
    assert terms(names, kind, value) == [term]


def test_any_leaves_things_and_concepts_open_and_others_where_it_is_the_default(names: Names) -> None:
    for kind in (ParamKind.PLACE, ParamKind.EVENT, ParamKind.EVENT_TYPE):
        assert [terms(names, kind, word) for word in ("any", "ANY", "全部", "不限")] == [["UNDEF"]] * 4
    assert terms(names, ParamKind.MONTH, "any", default="any") == ["UNDEF"]
    with pytest.raises(ConfigError, match="expected a month"):
        terms(names, ParamKind.MONTH, "any", default="2024-10")


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (ParamKind.PLACE, "法郎", "place '法郎': not known; nearest: 法国"),
        (ParamKind.PLACE, "WIPO", "place 'WIPO': not known; "),
        (
            ParamKind.ACTOR,
            "世界知识产权组识",
            "agency or place '世界知识产权组识': not known; nearest: 世界知识产权组织",
        ),
        (ParamKind.EVENT, "第三次中法会议", "event '第三次中法会议': not known; nearest: 第三次中法局长会议"),
        (ParamKind.PLACE, "龘", "place '龘': not known; nothing like it is in this graph"),
        (ParamKind.MEASURE, "专利受权", "measure '专利受权': not known; nearest: 专利授权"),
        (ParamKind.RELATION, "signs", "relation 'signs': not known; nearest: signs with, signs_with"),
        (ParamKind.EVENT_TYPE, "龘", "eventType '龘': not known; expected one of "),
        (ParamKind.YEAR, "24", "parameter p: '24'; expected a year such as x"),
        (ParamKind.DATE, "2023-02-29", "parameter p: '2023-02-29'; expected a date YYYY-MM-DD"),
        (ParamKind.DATE, "20240229", "parameter p: '20240229'; expected a date YYYY-MM-DD"),
        (ParamKind.MONTH, "2024-13", "parameter p: '2024-13'; expected a month YYYY-MM"),
        (ParamKind.MONTH, "2024年10月", "parameter p: '2024年10月'; expected a month YYYY-MM"),
        (ParamKind.INTEGER, "ten", "parameter p: 'ten'; expected a whole number such as x"),
        (ParamKind.AGENCY, "省法院", "2 things are called so; expected one of agency/a8 (agency 甲省法院), agency/a9"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(names: Names, kind: ParamKind, value: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        terms(names, kind, value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet="法国局第1 AbÀ·《", max_size=12))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(
    st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=6), max_size=8), st.text(alphabet="甲乙丙丁", max_size=6)
)
def test_a_known_name_is_nearest_to_itself(known: list[str], text: str) -> None:
    near = nearest_of(text, [*known, text] if text else known)
    assert near[:1] == ((text,) if text else ())
    assert near == nearest_of(text, list(reversed([*known, text] if text else known)))


def test_nearest_gives_one_name_for_a_thing(names: Names) -> None:
    near = names.nearest("国家知识产权", (EntityKind.AGENCY,))
    assert near[0] == "国家知识产权局"
    things = [names.matches(name, (EntityKind.AGENCY,))[0].iri for name in near]
    assert len(things) == len(set(things))
