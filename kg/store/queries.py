"""The named queries of `queries/`: what each answers, its typed parameters, and the facts behind an answer.

A file is a plain SPARQL query that runs in any tool. Its header says what it answers and declares parameters
(kinds: kg/store/params.py) and where the facts behind an answer stand:

    # zh: 某月的活动
    # en: Events in a month
    # param: month month 2024-10 (月份 month)
    # evidence: ?event

A parameter stands in the query as `VALUES ?month { ... }`; the braces are filled with RDF terms, so what a user
types is never read as SPARQL. An integer parameter called `limit` caps the number of rows instead.

The variables after `evidence` are columns with IRIs of facts, or with several in one cell (`GROUP_CONCAT(STR(?tie);
separator=" ")`); a table does not show them. An ASK and a CONSTRUCT name variables of their pattern. `none (why)`
says that there is nothing to show. Without the line all IRIs of the answer are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.resources import resource
from kg.store.names import Names
from kg.store.params import Param, ParamKind, param_terms, whole_number

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = [
    "NamedQuery",
    "bind_params",
    "find_query",
    "load_queries",
    "parse_query",
    "prepare",
    "set_values",
]

_VERBS = ("select", "ask", "construct")
_HEADER = re.compile(r"#[ ]{0,4}(zh|en|param|evidence):[ ]{0,4}(.{0,400})")
_PARAM = re.compile(r"([a-z_]{1,30}) ([a-zA-Z]{1,20}) ([^()]{1,80}) \(([^()]{1,80})\)")
_NONE = re.compile(r"none \(([^()]{1,200})\)")
_EVIDENCE = re.compile(r"\?[A-Za-z_]{1,40}(?: \?[A-Za-z_]{1,40}){0,9}")


class NamedQuery(Frozen):
    """A query of `queries/`: `name` is the file's name without ending, `zh` and `en` what it answers.

    `evidence` are the variables that hold the facts behind an answer (none: all IRIs of the answer), `unfounded`
    says why there are none to show.
    """

    name: str
    zh: str
    en: str
    params: tuple[Param, ...]
    text: str
    evidence: tuple[str, ...] = ()
    unfounded: str = ""

    @property
    def subject(self) -> str:
        """The name without its verb."""
        return self.name.partition("_")[2]

    def question(self, lang: str) -> str:
        """What it answers, in zh or en."""
        return self.en if lang == "en" else self.zh


def parse_query(text: str, *, name: str, place: str) -> NamedQuery:
    """Read a query file; ConfigError names `place` and line when the header is wrong."""
    query = _headed(text, name=name, place=place)
    if not name.startswith(tuple(f"{verb}_" for verb in _VERBS)):
        raise ConfigError(f"{place}:1: name {name!r}; expected select_, ask_ or construct_ and a subject")
    for lang in ("zh", "en"):
        if not query.question(lang):
            raise ConfigError(f"{place}:1: no line '# {lang}: ...'; expected what the query answers")
    return query


def _headed(text: str, *, name: str, place: str) -> NamedQuery:
    """The query with what its header says; nothing need be said."""
    said: dict[str, str] = {}
    params: list[Param] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("#"):
            break
        if found := _HEADER.fullmatch(line.rstrip()):
            key, value = found.groups()
            if key == "param":
                params.append(_param(value, place=f"{place}:{number}"))
            else:
                said[key] = value
    for param in params:
        if param.name != "limit" and not _values(param.name).search(text):
            raise ConfigError(f"{place}:1: parameter {param.name} unused; expected VALUES ?{param.name} {{ }}")
    evidence, unfounded = _evidence(said.get("evidence", ""), text, place=place)
    return NamedQuery(name, said.get("zh", ""), said.get("en", ""), tuple(params), text, evidence, unfounded)


def _evidence(value: str, text: str, *, place: str) -> tuple[tuple[str, ...], str]:
    """The variables of an evidence line, or why there are none."""
    if not value:
        return (), ""
    if why := _NONE.fullmatch(value):
        return (), why[1]
    if not _EVIDENCE.fullmatch(value):
        raise ConfigError(f"{place}:1: evidence {value!r}; expected variables, or 'none (why)'")
    names = tuple(word[1:] for word in value.split())
    body = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    for name in names:
        if not re.search(rf"\?{name}\b", body):
            raise ConfigError(f"{place}:1: evidence ?{name} not in the query; expected one of its variables")
    return names, ""


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

    Names are looked up in the store. ConfigError for an unknown parameter, an unknown name (with the nearest
    known ones; a default that this graph does not hold is one too) or a value of another kind.
    """
    known = {param.name: param for param in query.params}
    for name in sorted(given):
        if name not in known:
            expected = ", ".join(known) or "none"
            raise ConfigError(f"query {query.name}: parameter {name!r} not known; expected {expected}")
    text = query.text
    names = Names(store)
    for param in query.params:
        value = given.get(param.name, param.default)
        if param.name == "limit":
            text = f"{text.rstrip()}\nLIMIT {whole_number(param, value)}\n"
        else:
            text = set_values(text, param.name, _terms(names, query, param, value, asked=param.name in given))
    return text


def _terms(names: Names, query: NamedQuery, param: Param, value: str, *, asked: bool) -> list[str]:
    try:
        return param_terms(names, param, value)
    except ConfigError as error:
        if asked:
            raise
        hint = f"the default of {param.name} in {query.name}; expected --param {param.name}=..."
        raise ConfigError(f"{error} ({hint})") from error


def prepare(
    store: Store, *, name: str | None, sparql: str | None, params: Sequence[str] = ()
) -> tuple[str, NamedQuery | None]:
    """The SPARQL of a named query or file with its parameters set, and the query; or `sparql` as it is, and None.

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
        return sparql or "", None
    path = Path(name)
    query = _from_file(path) if path.suffix in (".rq", ".sparql") or path.is_file() else find_query(name)
    return bind_params(store, query, given), query


def _from_file(path: Path) -> NamedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8; expected a SPARQL query") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}; expected a file with a SPARQL query") from error
    return _headed(text, name=path.stem, place=str(path))
