"""The named queries of `queries/`: what each answers, its typed parameters, and how they are set.

A file is a plain SPARQL query that runs in any tool. Its header says what it answers and declares parameters:

    # zh: 某月的活动
    # en: Events in a month
    # param: month string 2024-10 (月份)

A parameter stands in the query as `VALUES ?month { ... }`; the braces are filled with RDF terms, so what a user
types is never read as SPARQL. An integer parameter called `limit` caps the number of rows instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.resources import resource
from kg.store.entities import EntityKind, Names

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = [
    "NamedQuery",
    "Param",
    "ParamKind",
    "bind_params",
    "find_query",
    "load_queries",
    "parse_query",
    "query_text",
    "set_values",
]

_VERBS = ("select", "ask", "construct")
_HEADER = re.compile(r"#[ ]{0,4}(zh|en|param):[ ]{0,4}(.{0,400})")
_PARAM = re.compile(r"([a-z_]{1,30}) ([a-z]{1,20}) ([^()]{1,80}) \(([^()]{1,80})\)")


class ParamKind(StrEnum):
    """What a parameter may hold; the first three are names that are looked up in the graph."""

    PLACE = "place"
    AGENCY = "agency"
    PERSON = "person"
    INTEGER = "integer"
    DATE = "date"
    MONTH = "month"
    STRING = "string"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter with its default as a user would type it and a label for people."""

    name: str
    kind: ParamKind
    default: str
    label: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `queries/`: `name` is the file's name without ending, `zh` and `en` what it answers."""

    name: str
    zh: str
    en: str
    params: tuple[Param, ...]
    text: str

    @property
    def subject(self) -> str:
        """The name without its verb."""
        return self.name.partition("_")[2]

    def question(self, lang: str) -> str:
        """What it answers, in zh or en."""
        return self.en if lang == "en" else self.zh


def parse_query(text: str, *, name: str, place: str) -> NamedQuery:
    """Read a query file; ConfigError names `place` and line when the header is wrong."""
    said: dict[str, str] = {}
    params: list[Param] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _HEADER.fullmatch(line.rstrip())
        if found is None:
            if line.startswith("#"):
                continue
            break
        key, value = found.groups()
        if key == "param":
            params.append(_param(value, place=f"{place}:{number}"))
        else:
            said[key] = value
    if not name.startswith(tuple(f"{verb}_" for verb in _VERBS)):
        raise ConfigError(f"{place}:1: name {name!r}; expected select_, ask_ or construct_ and a subject")
    for lang in ("zh", "en"):
        if not said.get(lang):
            raise ConfigError(f"{place}:1: no line '# {lang}: ...'; expected what the query answers")
    for param in params:
        if param.name != "limit" and not _values(param.name).search(text):
            raise ConfigError(f"{place}:1: parameter {param.name} unused; expected VALUES ?{param.name} {{ }}")
    return NamedQuery(name, said["zh"], said["en"], tuple(params), text)


def _param(value: str, *, place: str) -> Param:
    found = _PARAM.fullmatch(value)
    if found is None:
        raise ConfigError(f"{place}: parameter {value!r}; expected 'name kind default (label)'")
    name, kind, default, label = found.groups()
    if kind not in set(ParamKind):
        raise ConfigError(f"{place}: parameter kind {kind!r}; expected one of {', '.join(ParamKind)}")
    return Param(name, ParamKind(kind), default, label)


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?{re.escape(name)} \{{[^{{}}]{{0,4000}}\}}")


@lru_cache(maxsize=4)
def load_queries(folder: Path | None = None) -> tuple[NamedQuery, ...]:
    """All named queries, sorted by name; ConfigError when one has a wrong header."""
    where = folder if folder is not None else resource("queries")
    return tuple(
        parse_query(path.read_text(encoding="utf-8"), name=path.stem, place=path.name)
        for path in sorted(where.glob("*.rq"))
    )


def find_query(name: str, folder: Path | None = None) -> NamedQuery:
    """The query of that name, with or without its verb; ConfigError with the nearest names when unknown."""
    known = load_queries(folder)
    for query in known:
        if name in (query.name, query.subject):
            return query
    from difflib import get_close_matches

    names = [q.subject for q in known] + [q.name for q in known]
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f"nearest: {', '.join(near)}" if near else "see `kg questions`"
    raise ConfigError(f"query {name!r}: not known; {hint}")


def set_values(text: str, name: str, terms: Sequence[str]) -> str:
    """`text` with each `VALUES ?name { }` holding `terms` (in N-Triples form)."""
    return _values(name).sub(lambda _: f"VALUES ?{name} {{ {' '.join(terms)} }}", text)


def bind_params(store: Store, query: NamedQuery, given: Mapping[str, str]) -> str:
    """The query's SPARQL with parameters set from `given`, else from their defaults.

    Names of places, agencies and people are looked up in the store. ConfigError for an unknown parameter,
    an unknown name (with the nearest known ones) or a value of another kind. A default that this graph does
    not hold is left open (UNDEF).
    """
    known = {param.name: param for param in query.params}
    for name in sorted(given):
        if name not in known:
            expected = ", ".join(known) or "none"
            raise ConfigError(f"query {query.name}: parameter {name!r} not known; expected {expected}")
    text = query.text
    names = Names(store)
    for param in query.params:
        asked = param.name in given
        value = given.get(param.name, param.default)
        if param.name == "limit":
            text = f"{text.rstrip()}\nLIMIT {_integer(param, value)}\n"
        else:
            text = set_values(text, param.name, _terms(names, param, value, asked=asked))
    return text


def _integer(param: Param, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ConfigError(f"parameter {param.name}: {value!r}; expected a whole number such as {param.default}")
    return int(value)


def _terms(names: Names, param: Param, value: str, *, asked: bool) -> list[str]:
    from pyoxigraph import Literal, NamedNode

    xsd = "http://www.w3.org/2001/XMLSchema#"
    match param.kind:
        case ParamKind.PLACE | ParamKind.AGENCY | ParamKind.PERSON:
            kind = EntityKind(param.kind.value)
            if not asked and not names.matches(value, (kind,)):
                return ["UNDEF"]
            return [str(NamedNode(found.iri)) for found in names.require(value, (kind,))]
        case ParamKind.INTEGER:
            return [str(Literal(str(_integer(param, value)), datatype=NamedNode(f"{xsd}integer")))]
        case ParamKind.DATE:
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                raise ConfigError(f"parameter {param.name}: {value!r}; expected a date YYYY-MM-DD") from None
            return [str(Literal(day.isoformat(), datatype=NamedNode(f"{xsd}date")))]
        case ParamKind.MONTH:
            try:
                dt.date.fromisoformat(f"{value}-01")
            except ValueError:
                raise ConfigError(f"parameter {param.name}: {value!r}; expected a month YYYY-MM") from None
            return [str(Literal(value))]
        case ParamKind.STRING:
            return [str(Literal(value))]


def query_text(store: Store, *, name: str | None, sparql: str | None, params: Sequence[str] = ()) -> str:
    """The SPARQL of a named query or file with its parameters set, or `sparql` as it is.

    `params` are `name=value`. ConfigError when there is neither or both, or when one of them is wrong.
    """
    if (name is None) == (sparql is None):
        raise ConfigError("query: expected a name, a file, or -e and SPARQL")
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise ConfigError(f"parameter {param!r}; expected name=value")
        given[key] = value
    if name is None:
        if given:
            raise ConfigError("parameters with -e; expected a named query or a file that declares them")
        return sparql or ""
    path = Path(name)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        return bind_params(store, _from_file(path), given)
    return bind_params(store, find_query(name), given)


def _from_file(path: Path) -> NamedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8; expected a SPARQL query") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}; expected a file with a SPARQL query") from error
    params = [
        _param(found[2], place=f"{path}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := _HEADER.fullmatch(line.rstrip())) and found[1] == "param"
    ]
    return NamedQuery(path.stem, "", "", tuple(params), text)
