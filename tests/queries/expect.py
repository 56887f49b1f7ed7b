"""Write the expected answers again: python tests/queries/expect.py (look at the difference before you commit)."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.store.answers import AnswerFormat, answer_bytes
from kg.store.queries import NamedQuery, bind_params, load_queries

HERE = Path(__file__).resolve().parent


def small_store() -> Store:
    """The hand-made graph of tests/fixtures, with more statistics."""
    store = Store()
    for name in ("small", "statistics"):
        store.load(path=str(HERE.parent / "fixtures" / f"{name}.trig"), format=RdfFormat.TRIG)
    return store


def expected_file(query: NamedQuery) -> Path:
    """Where the expected answer of a query stands."""
    return HERE / f"{query.name}.{'ttl' if query.name.startswith('construct_') else 'csv'}"


def answer(store: Store, query: NamedQuery) -> bytes:
    """The answer to a query with its defaults; a graph as Turtle."""
    form = AnswerFormat.TURTLE if query.name.startswith("construct_") else AnswerFormat.CSV
    return answer_bytes(store, bind_params(store, query, {}), form).replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"


if __name__ == "__main__":
    graph = small_store()
    for each in load_queries():
        expected_file(each).write_bytes(answer(graph, each))
