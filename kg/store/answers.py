"""The answer of any query in the formats that scripts and people want."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.rdf.vocabulary import PREFIXES
from kg.store.graph import refuse_service

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store, Triple

__all__ = ["AnswerFormat", "answer_bytes", "answer_table", "facts_behind", "turtle"]


#: What stands before the pattern of a query that has no columns.
_NO_COLUMNS = re.compile(
    r"^(?:ASK(?:\s+WHERE)?|CONSTRUCT\s*\{[^{}]{0,2000}\}\s*WHERE)\s*\{", re.MULTILINE | re.IGNORECASE
)


class AnswerFormat(StrEnum):
    """How an answer is written; `table` is for people, `turtle` for CONSTRUCT and DESCRIBE only."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"


def _run(store: Store, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    refuse_service(text)
    try:
        return store.query(text)
    except SyntaxError as error:
        place, _, what = " ".join(str(error.msg).split()).removeprefix("error at ").partition(": ")
        raise ConfigError(f"query:{place}: {what[:160]}; expected SPARQL 1.1 (SELECT, ASK, CONSTRUCT)") from error


def turtle(triples: Iterable[Triple]) -> bytes:
    """Turtle of these triples, sorted, each once: the same bytes for the same triples."""
    from pyoxigraph import RdfFormat, serialize

    ordered = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    text = serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    # The serialiser gives the prefixes in another order each time.
    lines = text.split(b"\n", len(PREFIXES))
    return b"\n".join([*sorted(lines[: len(PREFIXES)]), *lines[len(PREFIXES) :]])


def answer_bytes(store: Store, text: str, form: AnswerFormat) -> bytes:
    """The answer in one of the machine formats; ConfigError for a faulty query or a format that does not suit it."""
    from pyoxigraph import QueryResultsFormat, QueryTriples

    answer = _run(store, text)
    if isinstance(answer, QueryTriples):
        if form is not AnswerFormat.TURTLE:
            raise ConfigError(f"format {form}: the query constructs a graph; expected turtle or table")
        return turtle(answer)
    formats = {
        AnswerFormat.CSV: QueryResultsFormat.CSV,
        AnswerFormat.TSV: QueryResultsFormat.TSV,
        AnswerFormat.JSON: QueryResultsFormat.JSON,
        AnswerFormat.XML: QueryResultsFormat.XML,
    }
    if form not in formats:
        raise ConfigError(f"format {form}: the query answers with rows; expected csv, tsv, json, xml or table")
    return answer.serialize(format=formats[form]) or b""


def _cell(term: object) -> str:
    if term is None:
        return ""
    text = str(getattr(term, "value", term))
    for prefix, base in PREFIXES.items():
        name = text.removeprefix(base)
        if name != text and (prefix in ("id", "data") or name.isidentifier()):
            return f"{prefix}:{name}"
    return text


def answer_table(store: Store, text: str, hidden: Sequence[str] = ()) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The answer as header and rows of text, without the columns `hidden`; IRIs are short (`id:event/...`)."""
    from pyoxigraph import QueryBoolean, QueryTriples

    answer = _run(store, text)
    if isinstance(answer, QueryBoolean):
        return ("answer",), [("true" if answer else "false",)]
    if isinstance(answer, QueryTriples):
        header = ("subject", "predicate", "object")
        terms = [(t.subject, t.predicate, t.object) for t in sorted(set(answer), key=str)]
        return header, [tuple(map(_cell, row)) for row in terms]
    columns = [variable.value for variable in answer.variables]
    shown = [i for i, name in enumerate(columns) if name not in hidden]
    return tuple(columns[i] for i in shown), [tuple(_cell(row[i]) for i in shown) for row in answer]


def facts_behind(store: Store, text: str, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """The IRIs of the facts behind an answer, each once, in its order.

    They stand in `columns`, one or several (parted by spaces) in a cell; an ASK or CONSTRUCT is asked again
    for the variables of that name. Without `columns` they are all IRIs of the answer. ConfigError when a column is not there.
    """
    from pyoxigraph import NamedNode, QueryBoolean, QueryTriples

    if columns:
        chosen = " ".join(f"?{name}" for name in columns)
        text = _NO_COLUMNS.sub(lambda _: f"SELECT DISTINCT {chosen} WHERE {{", text, count=1)
    answer = _run(store, text)
    if isinstance(answer, QueryBoolean):
        return ()
    if isinstance(answer, QueryTriples):
        triples = sorted(set(answer), key=str)
        terms = [term for triple in triples for term in (triple.subject, triple.object)]
        return tuple(dict.fromkeys(str(term.value) for term in terms if isinstance(term, NamedNode)))
    if not columns:
        return tuple(dict.fromkeys(str(term.value) for row in answer for term in row if isinstance(term, NamedNode)))
    known = [variable.value for variable in answer.variables]
    for name in columns:
        if name not in known:
            raise ConfigError(f"evidence ?{name}: not in the answer; expected one of {', '.join(known)}")
    cells = [row[name] for row in answer for name in columns]
    return tuple(dict.fromkeys(iri for cell in cells if cell is not None for iri in str(cell.value).split(" ") if iri))
