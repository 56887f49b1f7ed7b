"""Each named query gives the answer that a person has looked at (tests/queries/expect.py writes them again)."""

from __future__ import annotations

import re

import pytest
from expect import HERE, answer, expected_file, sample_store
from pyoxigraph import Store

from kg.store.queries import NamedQuery, load_queries

QUERIES = load_queries()


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_store()


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_answer_with_defaults(query: NamedQuery, store: Store) -> None:
    assert answer(store, query).decode() == expected_file(query).read_text(encoding="utf-8")


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_file_runs_as_it_is(query: NamedQuery, store: Store) -> None:
    store.query(query.text)
    assert re.search(rf"^{query.name.partition('_')[0]}\b", query.text, re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_an_answer_says_something(query: NamedQuery) -> None:
    lines = expected_file(query).read_text(encoding="utf-8").splitlines()
    assert lines == ["true"] or len(lines) > 1


def test_no_expected_answer_without_a_query() -> None:
    files = {path.name for path in HERE.iterdir() if path.suffix in (".csv", ".ttl")}
    assert files == {expected_file(query).name for query in QUERIES}


def test_there_are_enough_questions() -> None:
    assert len(QUERIES) >= 80
    assert all(re.search(r"[\u4e00-\u9fff]", q.zh) and not re.search(r"[\u4e00-\u9fff]", q.en) for q in QUERIES)
