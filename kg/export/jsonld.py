"""JSON-LD 1.1, entity by entity, in the order of `graph.nq`: the same quads as there, each line one entity.

The context comes first and is embedded; no reader needs the network. A person has the memberships with their posts in
it, and everything told has its evidence: tellings and passages, in the named graphs they stand in (`@included`). So a
reader finds a fact with its sentences in one place, and a processor finds the graphs of the build. Passages that no
telling needs (rows of tables) are entities of their own. Nothing is held but one entity with its parts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.beside import beside
from kg.export.context import BASE_IRI, published_context
from kg.export.graphs import subjects
from kg.export.quotes import Quotes, cut_quads
from kg.rdf.vocabulary import term

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

__all__ = ["write_jsonld"]

_Node = dict[str, Any]
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def _iri(name: str) -> str:
    return term(name).strip("<>")


_TYPE = _iri("rdf:type")
_MEMBER, _POST, _TELLS = _iri("org:member"), _iri("zt:post"), _iri("zt:tells")
_DERIVED, _SELECTOR = _iri("prov:wasDerivedFrom"), _iri("oa:hasSelector")
#: Keys that come before all others.
_FIRST = ("id", "type", "name", "title", "label")
#: Parts by their class: the property that ties them to what they stand in, and whether the part is its subject.
_PARTS = {
    _iri("org:Membership"): (_MEMBER, True),
    _iri("org:Post"): (_POST, False),
    _iri("zt:Telling"): (_TELLS, True),
    _iri("zt:Passage"): (_DERIVED, False),
    _iri("oa:TextQuoteSelector"): (_SELECTOR, False),
}


def write_jsonld(graph: Path, store: Store, target: Path, quotes: Quotes = Quotes.FULL) -> int:
    """Write the quads of a graph.nq, which `store` holds too, and say how many entities.

    Raises LookupError for a property without a key in the context, OSError for a place that cannot be written.
    """
    writer = _Writer(store, quotes)
    context = _dumps([published_context().document, {"@base": BASE_IRI}])
    count = 0
    with beside(target) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"@context":{context},\n"@graph":[')
        for group in subjects(graph, quotes):
            for node in writer.entities(group):
                stream.write(f"{',' if count else ''}\n{_dumps(node)}")
                count += 1
        stream.write("\n]}\n")
    return count


class _Writer:
    """Makes nodes of quads; the parts of an entity are asked from the store."""

    def __init__(self, store: Store, quotes: Quotes) -> None:
        self._store = store
        self._quotes = quotes
        self._context = published_context()

    def entities(self, quads: Iterable[Quad]) -> Iterator[_Node]:
        """The nodes of one subject: of the default graph with its parts, of another wrapped in its graph."""
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            found = list(group)
            if self._is_part(found):
                continue
            if not _named(graph):
                yield self._entity(found)
            elif any(quad.predicate.value == _SELECTOR for quad in found):
                yield self._in_graph(graph, [self._passage(found)])
            else:
                yield self._in_graph(graph, [self._node(found)])

    def _is_part(self, quads: list[Quad]) -> bool:
        """True for what is written inside another entity."""
        subject, graph = quads[0].subject, quads[0].graph_name
        for quad in quads:
            link = _PARTS.get(getattr(quad.object, "value", "")) if quad.predicate.value == _TYPE else None
            if link is None:
                continue
            name, forward = link
            if forward:
                owners = [q.object for q in quads if q.predicate.value == name]
                return any(self._of(owner, None) for owner in owners)
            users = self._to(subject, name)
            # Rows of tables are told by observations alone, which do not hold them.
            return any(_named(user.graph_name) or not _named(graph) for user in users)
        return False

    def _entity(self, quads: list[Quad]) -> _Node:
        """A node of the default graph with the post, the memberships and the evidence of its subject."""
        node = self._node(quads)
        for quad in quads:
            if quad.predicate.value == _POST:
                node["post"] = self._node(self._of(quad.object, None)) or node["post"]
        memberships = self._to(quads[0].subject, _MEMBER)
        if memberships:
            owned = ([q for q in self._of(m.subject, None) if q.predicate.value != _MEMBER] for m in memberships)
            node["posts"] = [self._entity(found) for found in owned]
        evidence = self._evidence(quads[0].subject)
        if evidence:
            node["evidence"] = evidence
        return node

    def _evidence(self, subject: Any) -> list[_Node]:
        """Who tells of it and in which words, by graph."""
        found: dict[str, tuple[Any, dict[str, _Node]]] = {}
        for told in self._to(subject, _TELLS):
            telling = self._of(told.subject, told.graph_name)
            found.setdefault(str(told.graph_name), (told.graph_name, {}))[1][str(told.subject)] = self._node(telling)
            for link in (quad for quad in telling if quad.predicate.value == _DERIVED):
                for graph, group in groupby(self._everywhere(link.object), key=lambda quad: quad.graph_name):
                    found.setdefault(str(graph), (graph, {}))[1][str(link.object)] = self._passage(list(group))
        return [
            self._in_graph(graph, list(nodes.values())) for _, (graph, nodes) in sorted(found.items(), reverse=True)
        ]

    def _passage(self, quads: list[Quad]) -> _Node:
        node = self._node(quads)
        parts = [quad for quad in quads if quad.predicate.value == _SELECTOR]
        if parts:
            node["selectors"] = [self._node(self._of(quad.object, quad.graph_name)) for quad in parts]
        return node

    def _in_graph(self, graph: Any, nodes: list[_Node]) -> _Node:
        return {"id": self._context.compact(graph.value), "graph": nodes}

    def _node(self, quads: list[Quad]) -> _Node:
        """The quads of one subject, keys in a fixed order, values in that of the quads."""
        if not quads:
            return {}
        subject: Any = quads[0].subject
        node: _Node = {"id": self._context.compact(subject.value)}
        values: dict[str, list[Any]] = {}
        for quad in quads:
            values.setdefault(quad.predicate.value, []).append(quad.object)
        if _TYPE in values:
            names = [self._context.class_name(value.value) for value in values.pop(_TYPE)]
            node["type"] = sorted(names, key=lambda name: (":" in name, name))
        terms = [(self._context.term(name), found) for name, found in values.items()]
        for key, found in sorted(terms, key=lambda item: (item[0].name not in _FIRST, item[0].name)):
            node[key.name] = key.values(found, self._context)
        return node

    def _of(self, subject: Any, graph: Any) -> list[Quad]:
        """The quads of a subject in a graph (None: the default graph), in order."""
        from pyoxigraph import DefaultGraph

        found = self._store.quads_for_pattern(subject, None, None, graph or DefaultGraph())
        return sorted(cut_quads(found, self._quotes), key=str)

    def _everywhere(self, subject: Any) -> list[Quad]:
        """The quads of a subject in all graphs, those of a graph together."""
        found = self._store.quads_for_pattern(subject, None, None, None)
        return sorted(cut_quads(found, self._quotes), key=lambda quad: (str(quad.graph_name), str(quad)))

    def _to(self, thing: Any, name: str) -> list[Quad]:
        """The quads that lead to a thing by a property, in order."""
        from pyoxigraph import NamedNode

        return sorted(self._store.quads_for_pattern(None, NamedNode(name), thing, None), key=str)


def _named(graph: Any) -> bool:
    return hasattr(graph, "value")
