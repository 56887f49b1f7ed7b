"""Each named query runs with its defaults on the sample and on the real report, and shows the sentences behind its
answer there, or says why it has none."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.store.answers import answer_table, facts_behind
from kg.store.entities import tellings_of
from kg.store.names import EntityKind, Names
from kg.store.queries import NamedQuery, bind_params, load_queries

QUERIES = load_queries()


def shown(store: Store, query: NamedQuery) -> None:
    """The query has rows, and each fact behind them that it names has a sentence."""
    text = bind_params(store, query, {})
    header, rows = answer_table(store, text)
    assert rows
    hidden, _ = answer_table(store, text, hidden=query.evidence)
    assert [name for name in header if name not in query.evidence] == list(hidden)
    facts = facts_behind(store, text, query.evidence)
    told = tellings_of(store, *facts)
    if query.unfounded:
        return
    if query.evidence:
        assert facts
        assert set(facts) == set(told)
        assert all(sentence.quotes for sentences in told.values() for sentence in sentences)
    else:
        assert told


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_sentences_behind_an_answer_on_the_sample(query: NamedQuery, sample: Store) -> None:
    shown(sample, query)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_sentences_behind_an_answer_on_the_report(query: NamedQuery, real: Store) -> None:
    shown(real, query)


@pytest.mark.parametrize(
    ("kind", "calls", "key"),
    [
        (EntityKind.PLACE, ("法国", "France", "FR", "FRA", "ｆｒａｎｃｅ"), "place/FR"),
        (EntityKind.PLACE, ("江苏", "江苏省", "Jiangsu", "CN-JS", "320000"), "place/CN-32"),
        (EntityKind.PLACE, ("香港", "中国香港", "HK", "HKG", "CN-HK"), "place/CN-81"),
        (EntityKind.AGENCY, ("国家知识产权局", "国知局", "CNIPA", "cn"), "agency/st3-CN"),
        (EntityKind.AGENCY, ("欧洲专利局", "欧专局", "EPO", "EP"), "agency/st3-EP"),
    ],
)
def test_names_aliases_and_codes(kind: EntityKind, calls: tuple[str, ...], key: str, sample: Store) -> None:
    names = Names(sample)
    assert [[named.key for named in names.matches(call, (kind,))] for call in calls] == [[key]] * len(calls)
