"""The Oxigraph store: open it, fill it, ask it. Nothing here changes a store that is open for reading.

The default graph is the default graph, never the union of all. Queries with SERVICE are refused, so that no
query can reach the network; updates are refused by the query parser. pyoxigraph, rdflib and oxrdflib are
imported when they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from kg.errors import ConfigError, NotBuiltError
from kg.model.frozen import Frozen
from kg.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    Term: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
    #: A cell for Python: a number, a truth value, a text (also of an IRI or a date), or nothing.
    Value: TypeAlias = str | int | Decimal | bool | None
    _T = TypeVar("_T")

__all__ = [
    "Rows",
    "ask",
    "construct",
    "load",
    "open_store",
    "rdflib_dataset",
    "refuse_service",
    "select",
    "to_python",
]

_XSD = "http://www.w3.org/2001/XMLSchema#"

# What can hold the word SERVICE without being it: comments, IRIs, strings, variables, local names. All else
# that has it is refused, also a word it is only a part of: a parser that needs no white space between tokens
# reads `1SERVICE` as two of them. An unclosed quote is no string: what follows it is looked at.
_TOKEN = re.compile(
    r"""
    \#[^\r\n]*+
  | <[^<>"{}|^`\\\x00-\x20]*+>
  | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
  | '''(?:[^'\\]|\\.|'(?!''))*+'''
  | "(?:[^"\\\r\n]|\\.)*+"
  | '(?:[^'\\\r\n]|\\.)*+'
  | [?$]\w++
  | :(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*+
  | (?P<word>\w++)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_COMPLAINT = re.compile(r"error at (\d+:\d+): (.*)", re.DOTALL)
#: A list of all characters that a name may have is no help: complaints are cut after this many.
_LONG = 120
_LARGEST = 0x10FFFF


class Rows(Frozen):
    """The answer of a SELECT: names of the columns, and a term or None for each of them in each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def values(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as plain Python values (see `to_python`)."""
        return tuple(tuple(to_python(term) for term in row) for row in self.rows)


def to_python(term: Term | None) -> Value:
    """int for xsd:integer, Decimal for xsd:decimal, bool for xsd:boolean, else the text of the term."""
    if term is None:
        return None
    text = getattr(term, "value", None)
    if text is None:
        return str(term)
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return str(text)
    match datatype.value.removeprefix(_XSD):
        case "integer":
            return int(text)
        case "decimal":
            return Decimal(text)
        case "boolean":
            return bool(text == "true")
        case _:
            return str(text)


def load(path_nq: Path, store_dir: Path | None = None) -> pyoxigraph.Store:
    """A store filled from an N-Quads file: on disk in a directory, or in memory without one.

    Raises ConfigError for a file that is not N-Quads, OSError when it cannot be read or the store cannot
    be written.
    """
    from pyoxigraph import RdfFormat, Store

    store = Store() if store_dir is None else Store(str(store_dir))
    try:
        store.bulk_load(path=str(path_nq), format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise ConfigError(f"{path_nq}: {error.msg}; expected N-Quads") from error
    store.flush()
    return store


def open_store(store_dir: Path) -> pyoxigraph.Store:
    """A store on disk, for reading only. Raises NotBuiltError when there is none."""
    from pyoxigraph import Store

    if not (store_dir / "CURRENT").is_file():
        raise NotBuiltError(f"{store_dir}: no store; expected one made by `kg build`")
    try:
        return Store.read_only(str(store_dir))
    except OSError as error:
        raise NotBuiltError(f"{store_dir}: {error}; expected a store made by `kg build`") from error


def refuse_service(sparql: str) -> None:
    """Raises ConfigError for a query that has the keyword SERVICE, also when it is written with escapes."""
    # A parser may resolve \u escapes before or after it finds tokens: neither reading may hold the keyword.
    for reading in (sparql, _ESCAPE.sub(_unescaped, sparql)):
        for token in _TOKEN.finditer(reading):
            word = token["word"]
            if word and "service" in word.casefold():
                line = reading.count("\n", 0, token.start()) + 1
                raise ConfigError(f"query:{line}: SERVICE; expected a query of this graph alone")


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= _LARGEST else found[0]


def _run(
    store: pyoxigraph.Store,
    sparql: str,
    prefixes: Mapping[str, str] | None,
    bindings: Mapping[str, Term] | None,
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    from pyoxigraph import Variable

    refuse_service(sparql)
    return _told(
        lambda: store.query(
            sparql,
            prefixes=dict(prefixes) if prefixes else PREFIXES,
            substitutions={Variable(name): term for name, term in bindings.items()} if bindings else None,
        )
    )


def _told(work: Callable[[], _T]) -> _T:
    """Runs a piece of a query; what the engine has against it becomes a ConfigError."""
    try:
        return work()
    except SyntaxError as error:
        raise ConfigError(f"{_placed(error.msg)}; expected SPARQL 1.1 (SELECT, ASK, CONSTRUCT)") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise ConfigError(f"query: {error}; expected a query that can be evaluated") from error


def _placed(message: str) -> str:
    """A complaint of the parser as `query:line:column: what`, without the list of all that may stand there."""
    found = _COMPLAINT.match(message)
    place, text = (f"query:{found[1]}", found[2]) if found else ("query", message)
    text = " ".join(text.split())
    return f"{place}: {text if len(text) <= _LONG else text[:_LONG] + ' …'}"


def select(
    store: pyoxigraph.Store,
    sparql: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    bindings: Mapping[str, Term] | None = None,
) -> Rows:
    """The rows of a SELECT. `bindings` give values to variables before the query runs.

    Raises ConfigError for a query with a fault, with SERVICE, or of another kind.
    """
    from pyoxigraph import QuerySolutions

    answer = _run(store, sparql, prefixes, bindings)
    if not isinstance(answer, QuerySolutions):
        raise ConfigError("query: not a SELECT; expected one")
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, _told(lambda: tuple(tuple(row) for row in answer)))


def ask(
    store: pyoxigraph.Store,
    sparql: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    bindings: Mapping[str, Term] | None = None,
) -> bool:
    """The answer of an ASK. Raises ConfigError as `select` does."""
    from pyoxigraph import QueryBoolean

    answer = _run(store, sparql, prefixes, bindings)
    if not isinstance(answer, QueryBoolean):
        raise ConfigError("query: not an ASK; expected one")
    return bool(answer)


def construct(
    store: pyoxigraph.Store,
    sparql: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    bindings: Mapping[str, Term] | None = None,
) -> tuple[pyoxigraph.Triple, ...]:
    """The triples of a CONSTRUCT or DESCRIBE, each once, sorted. Raises ConfigError as `select` does."""
    from pyoxigraph import QueryTriples

    answer = _run(store, sparql, prefixes, bindings)
    if not isinstance(answer, QueryTriples):
        raise ConfigError("query: not a CONSTRUCT or DESCRIBE; expected one")
    return _told(lambda: tuple(sorted(set(answer), key=str)))


def rdflib_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """A view of the store for rdflib; its default graph is the store's, not the union."""
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=store), default_union=False)
