"""Write the expected answers again: python tests/queries/expect.py [NAME ...] (look at the difference before you commit).

The answers are those of the bundled sample, whose text (data/sample) is short enough to hold each row against it.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, Store

from kg.pipeline import build
from kg.store.answers import AnswerFormat, answer_bytes
from kg.store.queries import NamedQuery, bind_params, find_query, load_queries

HERE = Path(__file__).resolve().parent


def small_store() -> Store:
    """The hand-made graph of tests/fixtures, with more statistics."""
    store = Store()
    for name in ("small", "statistics"):
        store.load(path=str(HERE.parent / "fixtures" / f"{name}.trig"), format=RdfFormat.TRIG)
    return store


@lru_cache(maxsize=1)
def sample_store() -> Store:
    """The graph of the bundled sample, in memory."""
    store = Store()
    with TemporaryDirectory() as folder:
        result = build([], Path(folder), validate=False)
        assert result.directory is not None
        store.bulk_load(path=str(result.directory / "graph.nq"), format=RdfFormat.N_QUADS)
    return store


def expected_file(query: NamedQuery) -> Path:
    """Where the expected answer of a query stands."""
    return HERE / f"{query.name}.{'ttl' if query.name.startswith('construct_') else 'csv'}"


def answer(store: Store, query: NamedQuery) -> bytes:
    """The answer to a query with its defaults; a graph as Turtle."""
    form = AnswerFormat.TURTLE if query.name.startswith("construct_") else AnswerFormat.CSV
    return answer_bytes(store, bind_params(store, query, {}), form).replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"


if __name__ == "__main__":
    for each in [find_query(name) for name in sys.argv[1:]] or load_queries():
        expected_file(each).write_bytes(answer(sample_store(), each))
