"""Forty questions whose answers a person read from the report: each asked by a named query or a short one.

What is not answered yet stands in `forty/how.tsv` with its reason; one that begins to be answered fails here until
the file says so.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.pipeline import build
from kg.store.answers import answer_table
from kg.store.graph import open_store
from kg.store.queries import load_queries, prepare

FORTY = Path(__file__).resolve().parent / "forty"
Row = tuple[str, ...]


def table(name: str) -> list[dict[str, str]]:
    with (FORTY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


QUESTIONS = {row["no"]: row for row in table("questions.tsv")}
HOW = {row["no"]: row for row in table("how.tsv")}
NAMES = {row["printed"]: row["graph"] for row in table("names.tsv")}


def wanted(text: str) -> list[Row]:
    """The rows of an answer, each with its parts."""
    return [tuple(row.split(" ; ")) for row in text.split(" | ")] if text else []


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def holds(row: Row, parts: Row) -> bool:
    """Whether each part stands in the row: a number as a whole word, other parts (or their names in the graph) anywhere."""
    words = [word for cell in row for word in cell.split()]
    for part in parts:
        number = _number(part)
        if number is None:
            found = any(name in cell for cell in row for name in (part, NAMES.get(part, part)))
        else:
            found = any(_number(word) == number for word in words)
        if not found:
            return False
    return True


def faults(rows: Sequence[Row], question: dict[str, str]) -> list[str]:
    """What is missing from the rows, too much in them, or out of order."""
    expected, also = wanted(question["answer"]), wanted(question["also"])
    found = [f"missing: {parts}" for parts in expected if not any(holds(row, parts) for row in rows)]
    found += [f"too much: {row}" for row in rows if not any(holds(row, parts) for parts in expected + also)]
    if question["note"].startswith("In order") and not found:
        found += [f"order: {row}" for row, parts in zip(rows, expected, strict=True) if not holds(row, parts)]
    return found


def asked(store: Store, how: str) -> list[Row]:
    """The rows that a query file or a named query with its parameters answers."""
    name, *params = how.split(" ")
    text, _ = prepare(store, name=str(FORTY / name) if name.endswith(".rq") else name, sparql=None, params=params)
    return answer_table(store, text)[1]


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    result = build([shared / "reports" / "cnipa-2024.md"], tmp_path_factory.mktemp("real"), validate=False)
    assert result.directory is not None
    return open_store(result.directory / "store")


def cases() -> list[object]:
    """One case a question; a strict known failure where the answer is not right."""
    known = {
        no: [pytest.mark.xfail(reason=row["why"], strict=True)] for no, row in HOW.items() if row["now"] != "right"
    }
    return [pytest.param(no, marks=known.get(no, [])) for no in QUESTIONS]


@pytest.mark.parametrize("no", cases())
def test_the_answer_is_the_one_read_by_hand(no: str, real: Store) -> None:
    assert faults(asked(real, HOW[no]["how"]), QUESTIONS[no]) == []


def test_each_question_has_a_way_to_ask_and_each_failure_a_reason() -> None:
    assert list(QUESTIONS) == list(HOW) == [str(number) for number in range(1, 41)]
    named = {name for query in load_queries() for name in (query.name, query.subject)}
    files = {path.name for path in FORTY.glob("*.rq")}
    ways = {row["how"].split(" ")[0] for row in HOW.values()}
    assert files <= ways <= files | named
    for row in HOW.values():
        assert {row["first"], row["now"]} <= {"right", "partly", "wrong"}
        assert bool(row["why"]) == (row["first"] != "right" or row["now"] != "right")


@pytest.mark.parametrize("path", sorted(FORTY.glob("*.rq")), ids=lambda path: path.stem)
def test_a_query_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 140


def test_a_wrong_answer_is_seen() -> None:
    question = {"answer": "甲省 ; 2.5 | 乙省 ; 2024-05", "also": "丙省", "note": "In order."}
    assert faults([("甲省", "2.50"), ("乙省", "2024-05-30")], question) == []
    assert faults([("甲省", "12.5"), ("乙省", "2024-05-30")], question) == [
        "missing: ('甲省', '2.5')",
        "too much: ('甲省', '12.5')",
    ]
    assert faults([("乙省", "2024-05-30"), ("甲省", "2.5")], question)[0].startswith("order: ")
    assert faults([("甲省", "2.5"), ("乙省", "2024-05"), ("丁省", "1")], question) == ["too much: ('丁省', '1')"]
