"""Each named query gives the answer that a person has looked at (tests/queries/expect.py writes them again)."""

from __future__ import annotations

import re

import pytest
from expect import HERE, answer, expected_file
from pyoxigraph import Store

from kg.store.answers import answer_table
from kg.store.queries import NamedQuery, bind_params, find_query, load_queries

QUERIES = load_queries()
SELECTS = [query for query in QUERIES if query.name.startswith("select_")]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_answer_with_defaults(query: NamedQuery, sample: Store) -> None:
    # They were written from a store in memory: the answer of one on disk is the same.
    assert answer(sample, query).decode() == expected_file(query).read_text(encoding="utf-8")


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_report_has_an_answer(query: NamedQuery, real: Store) -> None:
    lines = answer(real, query).decode().splitlines()
    assert lines == ["true"] or len(lines) > 1


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_file_runs_as_it_is(query: NamedQuery, sample: Store) -> None:
    sample.query(query.text)
    assert re.search(rf"^{query.name.partition('_')[0]}\b", query.text, re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize("query", SELECTS, ids=lambda q: q.name)
def test_rows_are_told_apart_and_ordered(query: NamedQuery) -> None:
    rows = expected_file(query).read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(set(rows))
    assert "ORDER BY" in query.text.rpartition("}")[2]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_an_answer_says_something(query: NamedQuery) -> None:
    lines = expected_file(query).read_text(encoding="utf-8").splitlines()
    assert lines == ["true"] or len(lines) > 1


@pytest.mark.parametrize(
    ("name", "param", "spellings"),
    [
        ("timeline_of_agency", "agency", ("欧洲专利局", "欧专局", "EPO", "EP", "European Patent Office")),
        ("events_with_country", "country", ("法国", "France", "FR")),
        ("deeds_of_region", "region", ("湖南省", "湖南", "Hunan", "CN-HN")),
        ("events_of_type", "type", ("signing", "签署", "Signing")),
        ("agreements_of_type", "type", ("mou", "谅解备忘录")),
        ("documents_of_kind", "kind", ("regulation", "法规")),
        ("ties_between_dates", "relation", ("signs_with", "zt:relation-signs_with")),
    ],
)
def test_names_codes_and_labels_mean_the_same(name: str, param: str, spellings: tuple[str, ...], sample: Store) -> None:
    answers = [answer_table(sample, bind_params(sample, find_query(name), {param: each})) for each in spellings]
    assert answers[0][1]
    assert answers == [answers[0]] * len(spellings)


def test_no_expected_answer_without_a_query() -> None:
    files = {path.name for path in HERE.iterdir() if path.suffix in (".csv", ".ttl")}
    assert files == {expected_file(query).name for query in QUERIES}


def test_there_are_enough_questions() -> None:
    assert len(QUERIES) >= 80
    assert len({query.zh for query in QUERIES}) == len({query.en for query in QUERIES}) == len(QUERIES)
    assert all(re.search(r"[\u4e00-\u9fff]", q.zh) and not re.search(r"[\u4e00-\u9fff]", q.en) for q in QUERIES)
