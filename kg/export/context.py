"""The published JSON-LD context (`ontology/context.jsonld`), and how terms of the graph are written with it.

Terms of the closed sets are words (`"eventType": "meeting"`), labels are language maps, things of ours are relative to
`BASE_IRI`, which is set beside the context: a context that is fetched may not set it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import field

from kg.model.frozen import Frozen
from kg.rdf.vocabulary import ID
from kg.resources import resource

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

__all__ = ["BASE_IRI", "Context", "Term", "published_context"]

#: What identifiers of things are relative to.
BASE_IRI = ID

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{_XSD}string"
# A relative reference must come back whole: no empty or dotted segment, and no colon before the first slash.
_RELATIVE = re.compile(r"[a-z]+(?:/[A-Za-z0-9%_~-][A-Za-z0-9%._~!$&'()*+,;=@:-]*)+")
_LOCAL = re.compile(r"(?!//)[A-Za-z0-9_./~%-]+")
# What every reader of JSON takes for the same number.
_SAFE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


class Term(Frozen):
    """A key of the context. `coerced` is the IRI of a datatype, `@id`, `@vocab` or ""; `words` are the names of the
    members of a closed set by IRI; `many` always has an array, `languages` a map of languages."""

    name: str
    coerced: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    languages: bool = False

    def values(self, found: Sequence[NamedNode | Literal], context: Context) -> Any:
        """These values as JSON, in their order."""
        if self.languages:
            return self._by_language(found, context)
        written = [self._value(value, context) for value in found]
        return written if self.many or len(written) > 1 else written[0]

    def _by_language(self, found: Sequence[NamedNode | Literal], context: Context) -> dict[str, Any]:
        texts: dict[str, list[Any]] = {}
        for value in found:
            language = getattr(value, "language", None) or "@none"
            texts.setdefault(language, []).append(value.value if language != "@none" else self._value(value, context))
        ordered = sorted(texts.items(), key=lambda item: (item[0] != "zh", item[0]))
        return {name: text if self.many or len(text) > 1 else text[0] for name, text in ordered}

    def _value(self, value: NamedNode | Literal, context: Context) -> Any:
        datatype = getattr(value, "datatype", None)
        if datatype is None:
            if self.coerced == "@vocab" and value.value in self.words:
                return self.words[value.value]
            iri = context.compact(value.value)
            return iri if self.coerced == "@id" else {"id": iri}
        language = getattr(value, "language", None)
        if language:
            return {"@language": language, "@value": value.value}
        if datatype.value == (self.coerced or _STRING):
            return value.value
        if not self.coerced and datatype.value == f"{_XSD}boolean" and value.value in ("true", "false"):
            return value.value == "true"
        if not self.coerced and datatype.value == f"{_XSD}integer" and _SAFE_INTEGER.fullmatch(value.value):
            return int(value.value)
        if datatype.value == _STRING:
            return {"@value": value.value}
        return {"type": context.compact(datatype.value), "@value": value.value}


class Context(Frozen):
    """The context as it is embedded, its keys by IRI, and its prefixes with the longest namespace first."""

    document: Mapping[str, Any]
    terms: Mapping[str, Term]
    prefixes: tuple[tuple[str, str], ...]

    def term(self, iri: str) -> Term:
        """The key of a property. Raises LookupError for one that the context does not have."""
        found = self.terms.get(iri)
        if found is None:
            raise LookupError(f"{iri}: no key; expected one in ontology/context.jsonld")
        return found

    def class_name(self, iri: str) -> str:
        """A class as a value of `type`: a short name if it is ours."""
        return self.terms[iri].name if iri in self.terms else self.compact(iri)

    def compact(self, iri: str) -> str:
        """An IRI as short as the context and the base allow."""
        if iri.startswith(BASE_IRI) and _RELATIVE.fullmatch(iri, len(BASE_IRI)):
            return iri[len(BASE_IRI) :]
        for prefix, space in self.prefixes:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return f"{prefix}:{iri[len(space) :]}"
        return iri


@lru_cache(maxsize=1)
def published_context() -> Context:
    """The context that is published with the ontology."""
    document: dict[str, Any] = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))
    entries = document["@context"]
    spaces = {name: value for name, value in entries.items() if isinstance(value, str) and value.endswith(("#", "/"))}

    def expand(name: str) -> str:
        prefix, _, local = name.partition(":")
        return spaces[prefix] + local if prefix in spaces else name

    terms = {}
    for name, value in entries.items():
        told = {"@id": value} if isinstance(value, str) else value
        if name in spaces or not isinstance(told, dict) or not told.get("@id", "@").partition(":")[2]:
            continue
        container = told.get("@container", [])
        words = {expand(iri): word for word, iri in told.get("@context", {}).items()}
        terms[expand(told["@id"])] = Term(
            name, expand(told.get("@type", "")), words, "@set" in container, "@language" in container
        )
    prefixes = tuple(sorted(spaces.items(), key=lambda item: (-len(item[1]), item[0])))
    return Context(entries, terms, prefixes)
