"""One thing with all its facts, tellings and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model.frozen import Frozen
from kg.rdf.vocabulary import BASE
from kg.resources import resource
from kg.store.names import Named

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = [
    "Entity",
    "Fact",
    "Group",
    "Told",
    "ask_rows",
    "bare",
    "describe",
    "labels_of",
    "tellings_of",
    "term_labels",
]


class Told(Frozen, order=True):
    """A telling: the words, where they stand (`lines[n]` for `quotes[n]`), and where they depart."""

    source: str
    lines: tuple[int, ...]
    quotes: tuple[str, ...]
    section: str = ""
    kind: str = ""
    rule: str = ""
    stated: bool = True
    differs: tuple[str, ...] = ()
    iri: str = ""

    @property
    def place(self) -> str:
        """source:line, of the first words."""
        return f"{self.source}:{self.lines[0]}"

    @property
    def key(self) -> str:
        """What a judgement calls this telling; "" for the row of a table."""
        return bare(self.iri) if self.iri else ""


class Fact(Frozen, order=True):
    """One line about a thing: its property or part, the value in words, the IRI behind it, and source:line."""

    date: str
    label: str
    value: str
    iri: str = ""
    told: tuple[str, ...] = ()


class Group(Frozen):
    """Facts of one kind."""

    name: str
    facts: tuple[Fact, ...]


class Entity(Frozen):
    """A thing with all that the graph says of it."""

    iri: str
    name: str
    kind: str
    groups: tuple[Group, ...]
    tellings: tuple[Told, ...]

    @property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """(source:line, what differs there) of each telling that departs from the chosen values."""
        return tuple((told.place, text) for told in self.tellings for text in told.differs)


def bare(iri: str) -> str:
    """The last part of an IRI in words: `meeting` of `...#eventType-meeting`, `cnipa-2024` of a source's IRI."""
    term = iri.partition("#")[2]
    if term:
        return term.partition("-")[2] or term
    return iri.partition("/id/")[2] or iri.rpartition("/")[2]


@lru_cache(maxsize=2)
def term_labels(lang: str) -> dict[str, str]:
    """What the ontology calls its terms in zh or en, by the last part of their IRIs (`organizer`: 主办方)."""
    from pyoxigraph import Literal, RdfFormat, parse

    found: dict[str, str] = {}
    for path in sorted(resource("ontology").glob("*.ttl")):
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            label = quad.object
            if isinstance(label, Literal) and label.language == lang and str(quad.predicate) in _LABELS:
                found[re.split(r"[#/]", str(quad.subject).rstrip(">"))[-1]] = label.value
    return found


_LABELS = (
    "<http://www.w3.org/2000/01/rdf-schema#label>",
    "<http://www.w3.org/2004/02/skos/core#prefLabel>",
)


@lru_cache(maxsize=32)
def _text(name: str) -> str:
    return resource("queries", "show", f"{name}.rq").read_text(encoding="utf-8")


def ask_rows(store: Store, text: str) -> Iterator[dict[str, str]]:
    """The solutions of a SELECT as dicts of strings; what is unbound is left out."""
    from pyoxigraph import QuerySolutions

    solutions = store.query(text)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("expected a SELECT query")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name, term in zip(names, solution, strict=True) if term is not None}


def _about(store: Store, query: str, *iris: str) -> Iterator[dict[str, str]]:
    from pyoxigraph import NamedNode

    terms = " ".join(str(NamedNode(iri)) for iri in iris)
    return ask_rows(store, _text(query).replace("VALUES ?entity { UNDEF }", f"VALUES ?entity {{ {terms} }}"))


def _own(rows: Iterator[dict[str, str]]) -> Group:
    facts = set()
    for row in rows:
        value = row["value"]
        link = value if value.startswith(("http://", "https://")) else ""
        label = re.split(r"[#/]", row["property"])[-1]
        # What others publish is worth its whole IRI; a class or a thing of ours is known by its last part.
        whole = not link.startswith(BASE) and label != "type"
        facts.add(Fact("", label, row.get("name") or (value if whole else bare(link)), link))
    return Group("self", tuple(sorted(facts, key=lambda f: (f.label, f.value, f.iri))))


def _phrase(row: dict[str, str]) -> str:
    parts = (row.get("a", ""), row.get("name", ""), row.get("b", "")) if row["kind"] == "person" else ()
    if row["kind"] == "tie":
        return f"{row.get('a', '')} – {row.get('b', '')}"
    return " ".join(part for part in parts if part) or row.get("name", "")


def _related(rows: Iterator[dict[str, str]]) -> tuple[Group, ...]:
    found: dict[tuple[str, str], tuple[dict[str, str], set[str], set[tuple[str, int]]]] = {}
    for row in rows:
        _, labels, places = found.setdefault((row["kind"], row["fact"]), (row, set(), set()))
        labels.add(row.get("relation") or re.split(r"[#/]", row["property"])[-1])
        if "document" in row:
            places.add((bare(row["document"]), int(row["lines"].partition("|")[0])))
    groups: dict[str, list[Fact]] = {}
    for (kind, iri), (row, labels, places) in found.items():
        told = tuple(f"{source}:{line}" for source, line in sorted(places))
        fact = Fact(row.get("date", ""), "|".join(sorted(labels)), _phrase(row), iri, told)
        groups.setdefault(kind, []).append(fact)
    return tuple(Group(kind, tuple(sorted(facts))) for kind, facts in sorted(groups.items()))


def tellings_of(store: Store, *iris: str) -> dict[str, tuple[Told, ...]]:
    """The tellings of each thing that has any, in the order of source and line; of a table value, its row."""
    found: dict[str, dict[str, Told]] = {}
    differs: dict[str, set[str]] = {}
    for row in _about(store, "tellings", *iris):
        key = row.get("telling", "") or f"{row['document']}|{row['lines']}"
        if "differs" in row:
            differs.setdefault(key, set()).add(row["differs"])
        found.setdefault(row["entity"], {})[key] = Told(
            source=bare(row["document"]),
            lines=tuple(int(n) for n in row["lines"].split("|")),
            quotes=tuple(row["quotes"].split("|")),
            section=row.get("section", ""),
            kind=row.get("kind", ""),
            rule=row.get("rule", ""),
            stated=row.get("stated", "true") == "true",
            differs=tuple(sorted(differs.get(key, ()))),
            iri=row.get("telling", ""),
        )
    return {iri: tuple(sorted(told.values())) for iri, told in found.items()}


def labels_of(store: Store, *iris: str) -> dict[str, str]:
    """What each thing is called in zh; a tie by its two sides, a table value by area, measure and column."""
    found: dict[str, str] = {}
    for row in _about(store, "labels", *iris):
        found[row["entity"]] = min(found.get(row["entity"], row["name"]), row["name"])
    return found


def describe(store: Store, named: Named) -> Entity:
    """All that the graph says of a thing."""
    groups = [_own(_about(store, "facts", named.iri)), *_related(_about(store, "related", named.iri))]
    figures = tuple(
        Fact("", row["table"], row["values"], told=(bare(row["edition"]),))
        for row in _about(store, "figures", named.iri)
    )
    if figures:
        groups.append(Group("figures", tuple(sorted(figures, key=lambda f: (f.label, f.told)))))
    name = next((f.value for f in groups[0].facts if f.label in ("prefLabel", "label", "title")), named.name)
    told = tellings_of(store, named.iri).get(named.iri, ())
    name = labels_of(store, named.iri).get(named.iri, name)
    return Entity(named.iri, name, named.kind.value, tuple(groups), told)
