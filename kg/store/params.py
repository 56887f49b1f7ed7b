"""The parameters of named queries: what kinds there are, and the RDF terms that stand for what a user types.

A thing can be given by name, alias, code or key, a concept of a closed set by code or label in zh or en; width and
case do not matter. What is not known is a ConfigError with the nearest known ones. What a user types becomes RDF
terms, never SPARQL.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.rdf.vocabulary import PREFIXES, SCHEMES
from kg.resources import resource
from kg.store.names import EntityKind, Names, folded, nearest_of, unknown

if TYPE_CHECKING:
    from pyoxigraph import Literal

__all__ = ["ANY", "Param", "ParamKind", "concepts", "kinds_of", "param_terms", "whole_number"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
#: Words that leave a parameter open.
ANY = ("any", "全部", "不限")


class ParamKind(StrEnum):
    """What a parameter may hold: things, words of names, concepts of closed sets (named as their scheme), values."""

    PLACE = "place"
    AGENCY = "agency"
    PERSON = "person"
    ACTOR = "actor"
    EVENT = "event"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    CASE = "case"
    THING = "thing"

    MEASURE = "measure"
    BREAKDOWN = "breakdown"
    TABLE = "table"
    INDICATOR = "indicator"
    SERIES = "series"

    AGENCY_KIND = "agencyKind"
    EVENT_TYPE = "eventType"
    EVENT_STATUS = "eventStatus"
    AGREEMENT_TYPE = "agreementType"
    AGREEMENT_STATUS = "agreementStatus"
    DOCUMENT_KIND = "documentKind"
    RELATION = "relation"
    ROLE = "role"
    NETWORK_ROLE = "networkRole"
    APPROXIMATION = "approximation"
    COMPARISON_KIND = "comparisonKind"
    ROW_STATUS = "rowStatus"
    PLACE_KIND = "placeKind"

    INTEGER = "integer"
    YEAR = "year"
    DATE = "date"
    MONTH = "month"
    STRING = "string"


#: One thing is meant: a name of several is an error that lists them.
_ONE = {
    ParamKind.PLACE: (EntityKind.PLACE,),
    ParamKind.AGENCY: (EntityKind.AGENCY,),
    ParamKind.PERSON: (EntityKind.PERSON,),
    ParamKind.ACTOR: (EntityKind.AGENCY, EntityKind.PLACE),
}
#: Facts are long in name and often share it: some words are enough, and all that have them are meant.
_MANY = {
    ParamKind.EVENT: (EntityKind.EVENT,),
    ParamKind.AGREEMENT: (EntityKind.AGREEMENT,),
    ParamKind.DOCUMENT: (EntityKind.DOCUMENT,),
    ParamKind.CASE: (EntityKind.CASE,),
    ParamKind.THING: tuple(EntityKind),
}
_WORDS = (ParamKind.MEASURE, ParamKind.BREAKDOWN, ParamKind.TABLE, ParamKind.INDICATOR, ParamKind.SERIES)


class Param(Frozen):
    """A parameter with its default as a user would type it and a label for people."""

    name: str
    kind: ParamKind
    default: str
    label: str


def kinds_of(kinds: Collection[EntityKind]) -> tuple[ParamKind, ...]:
    """The kinds of parameters that hold a thing of one of these kinds; not those that hold any thing."""
    named = {**_ONE, **_MANY}
    return tuple(p for p, held in named.items() if p is not ParamKind.THING and any(k in kinds for k in held))


@lru_cache(maxsize=1)
def concepts() -> dict[str, dict[str, tuple[str, ...]]]:
    """The members of each closed set of the ontology: code to its labels, zh before en."""
    from pyoxigraph import RdfFormat, parse

    labels: dict[str, dict[str, str]] = {}
    for path in sorted(resource("ontology").glob("*.ttl")):
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if quad.predicate.value == f"{_SKOS}prefLabel":
                term = str(getattr(quad.subject, "value", "")).removeprefix(PREFIXES["zt"])
                labels.setdefault(term, {})[str(getattr(quad.object, "language", ""))] = quad.object.value
    found: dict[str, dict[str, tuple[str, ...]]] = {scheme: {} for scheme in SCHEMES}
    for term, said in sorted(labels.items()):
        scheme, _, code = term.partition("-")
        if code and scheme in found:
            found[scheme][code] = tuple(said[lang] for lang in ("zh", "en") if lang in said)
    return found


def whole_number(param: Param, value: str) -> int:
    """The number that a user typed; ConfigError when it is none."""
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ConfigError(f"parameter {param.name}: {value!r}; expected a whole number such as {param.default}")
    return int(value)


def param_terms(names: Names, param: Param, value: str) -> list[str]:
    """The terms, in N-Triples form, that stand for `value`; ConfigError when it is wrong or not known.

    `any` leaves a thing, a concept or words open, and other kinds where it is the default.
    """
    plain = unicodedata.normalize("NFKC", value).strip()
    open_to_any = param.kind in _ONE or param.kind in _MANY or param.kind in SCHEMES or param.default in ANY
    if plain.casefold() in ANY and open_to_any:
        return ["UNDEF"]
    if param.kind in _ONE:
        return [_node(names.one(value, _ONE[param.kind]).iri)]
    if param.kind in _MANY:
        return _facts(names, param, value)
    if param.kind in _WORDS:
        return [str(_literal(words)) for words in _spelled(names, param, plain)]
    if param.kind in SCHEMES:
        return [_node(f"{PREFIXES['zt']}{param.kind}-{_code(param, plain)}")]
    return [str(_value(param, plain if param.kind is not ParamKind.STRING else value))]


def _node(iri: str) -> str:
    from pyoxigraph import NamedNode

    return str(NamedNode(iri))


def _literal(text: str, datatype: str = "string") -> Literal:
    from pyoxigraph import Literal, NamedNode

    return Literal(text, datatype=NamedNode(f"{_XSD}{datatype}"))


def _facts(names: Names, param: Param, value: str) -> list[str]:
    kinds = _MANY[param.kind]
    found = names.holding(value, kinds)
    if not found:
        raise unknown(f"{param.kind}", value, names.nearest(value, kinds))
    return [_node(iri) for iri in sorted({named.iri for named in found})]


def _spelled(names: Names, param: Param, value: str) -> list[str]:
    """The words as the names of the graph have them; "" for any."""
    if not value or value.casefold() in ANY:
        return [""]
    known = names.words(param.kind)
    if any(value in name for name in known):
        return [value]
    # Told with other width or case: the whole names that have the words, the longest parts left out.
    found = [name for name in known if folded(value) in folded(name)]
    if not found:
        raise unknown(f"{param.kind}", value, nearest_of(value, known))
    return [name for name in found if not any(other != name and other in name for other in found)]


def _code(param: Param, value: str) -> str:
    members = concepts()[param.kind]
    asked = _joined(value.rpartition(":")[2])
    for code, labels in members.items():
        if asked in {_joined(said) for said in (code, f"{param.kind}-{code}", *labels)}:
            return code
    near = nearest_of(value, [name for code, labels in members.items() for name in (code, *labels)], n=3)
    hint = f"nearest: {', '.join(near)}; " if near else ""
    listed = ", ".join(f"{code} {labels[0]}" for code, labels in members.items())
    raise ConfigError(f"{param.kind} {value!r}: not known; {hint}expected one of {listed}")


def _joined(said: str) -> str:
    """A code or label without what joins its words: press_conference, press-conference, press conference."""
    return re.sub("[-_]", "", folded(said))


def _value(param: Param, value: str) -> Literal:
    wrong = f"parameter {param.name}: {value!r}; expected"
    match param.kind:
        case ParamKind.YEAR:
            if not re.fullmatch(r"(?:19|20|21)[0-9]{2}", value):
                raise ConfigError(f"{wrong} a year such as {param.default}")
            return _literal(value, "integer")
        case ParamKind.DATE:
            if not _is_date(value):
                raise ConfigError(f"{wrong} a date YYYY-MM-DD")
            return _literal(value, "date")
        case ParamKind.MONTH:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) or not _is_date(f"{value}-01"):
                raise ConfigError(f"{wrong} a month YYYY-MM")
            return _literal(value)
        case ParamKind.INTEGER:
            return _literal(str(whole_number(param, value)), "integer")
        case _:
            return _literal(value)


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
