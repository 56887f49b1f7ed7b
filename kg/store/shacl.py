"""Validation of the default graph with SHACL: what does not conform, with the lines of the text behind it.

In: an Oxigraph store or a `graph.nq`; out: a `ValidationReport` of plain sorted values. Inference is off and
only the default graph is looked at; the named graphs serve to find the words behind a result.
pySHACL, rdflib and pyoxigraph are imported when they are needed. `kg.store.report` has the values and
renders them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.errors import ConfigError
from kg.rdf.vocabulary import DATA, ZT
from kg.resources import resource
from kg.store.graph import load, select
from kg.store.report import Line, Severity, ShapeResult, ValidationReport

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

__all__ = ["ShapeResult", "ValidationReport", "shape_files", "validate"]

_SH = "http://www.w3.org/ns/shacl#"
_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
)
#: So many things in one VALUES block, and so many referring things shown for one that no telling tells of.
_BATCH = 500
_REFERRERS = 3

_EVIDENCE = """
PREFIX zt: <%s>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?focus ?source ?lines ?quotes WHERE {
  VALUES ?focus { %s }
  { GRAPH ?tellings { ?telling zt:tells ?focus ; prov:wasDerivedFrom ?passage } }
  UNION { ?focus prov:wasDerivedFrom ?passage }
  GRAPH ?passages { ?passage oa:hasSource ?source ; zt:lines ?lines ; zt:quotes ?quotes }
}"""
_REFERRING = """
SELECT DISTINCT ?thing WHERE { ?thing ?property %s FILTER(isIRI(?thing)) } ORDER BY ?thing LIMIT %d"""


def shape_files() -> tuple[Path, ...]:
    """The files of shapes/, sorted."""
    return tuple(sorted(resource("shapes").glob("*.ttl")))


def validate(source: pyoxigraph.Store | Path, shapes: Iterable[Path] | None = None) -> ValidationReport:
    """Validate the default graph of a store, or of an N-Quads file, against `shapes` (all of shapes/).

    Raises ConfigError for a file of shapes that is no Turtle or a `source` that is no N-Quads, OSError when
    one cannot be read.
    """
    import pyshacl
    import rdflib

    with _quiet():
        store = load(source) if isinstance(source, Path) else source
        data = _default_graph(store)
        shapes_graph = _shapes_graph(shape_files() if shapes is None else tuple(shapes))
        counts = _focus_counts(data, shapes_graph)
        _, found, _ = pyshacl.validate(
            data, shacl_graph=shapes_graph, inference="none", advanced=False, meta_shacl=False, do_owl_imports=False
        )
        if not isinstance(found, rdflib.Graph):
            raise ConfigError(f"shapes: {found}; expected shapes that pySHACL can apply")
        paths = _paths(shapes_graph)
        told = tuple(_result(found, node, data, paths) for node in _result_nodes(found))
    lines = _evidence(store, {result.focus for result in told})
    results = sorted((replace(result, lines=lines.get(result.focus, ())) for result in told), key=_order)
    return ValidationReport(
        conforms=all(result.severity is not Severity.VIOLATION for result in results),
        results=tuple(results),
        focus_counts=counts,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs a traceback for 2024-02-30; a shape tells of it in words."""
    logger = logging.getLogger("rdflib.term")

    def drop(_: logging.LogRecord) -> bool:
        return False

    logger.addFilter(drop)
    try:
        yield
    finally:
        logger.removeFilter(drop)


def _default_graph(store: pyoxigraph.Store) -> rdflib.Graph:
    """The default graph in rdflib's memory: less than half the time of rdflib's own N-Triples parser."""
    import pyoxigraph
    import rdflib

    graph = rdflib.Graph()
    known: dict[object, rdflib.term.Node] = {}

    def term(found: object) -> rdflib.term.Node:
        node = known.get(found)
        if node is None:
            node = known[found] = _to_rdflib(found)
        return node

    # Graph.add checks each term; these come from a parser that has done so.
    add = graph.store.add
    for quad in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()):
        add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    return graph


def _to_rdflib(found: object) -> rdflib.term.Node:
    import pyoxigraph
    import rdflib

    if isinstance(found, pyoxigraph.NamedNode):
        return rdflib.URIRef(found.value)
    if isinstance(found, pyoxigraph.Literal):
        if found.language:
            return rdflib.Literal(found.value, lang=found.language)
        datatype = rdflib.URIRef(found.datatype.value)
        plain = datatype == rdflib.XSD.string
        return rdflib.Literal(found.value, datatype=None if plain else datatype, normalize=False)
    if isinstance(found, pyoxigraph.BlankNode):
        return rdflib.BNode(found.value)
    raise TypeError(f"{found}: no term of RDF 1.1")


def _shapes_graph(files: Iterable[Path]) -> rdflib.Graph:
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    graph = rdflib.Graph()
    for path in files:
        try:
            graph.parse(path, format="turtle")
        except BadSyntax as error:
            raise ConfigError(f"{path}:{error.lines + 1}: no Turtle; expected a file of shapes") from error
    return graph


def _focus_counts(data: rdflib.Graph, shapes: rdflib.Graph) -> dict[str, int]:
    """How many focus nodes each node shape with a target has."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    counts: dict[str, int] = {}
    for shape in shapes.subjects(rdflib.RDF.type, sh.NodeShape):
        targets = [(kind, node) for kind in _TARGETS for node in shapes.objects(shape, sh[kind])]
        if targets:
            counts[str(shape)] = len({node for kind, target in targets for node in _focus(data, kind, target)})
    return dict(sorted(counts.items()))


_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


def _focus(data: rdflib.Graph, kind: str, target: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    import rdflib

    if kind == "targetClass":
        yield from data.subjects(rdflib.RDF.type, target)
    elif kind == "targetSubjectsOf":
        yield from data.subjects(target, None)
    elif kind == "targetObjectsOf":
        yield from data.objects(None, target)
    else:
        yield target


def _paths(shapes: rdflib.Graph) -> dict[str, str]:
    """What to show for the path of each property shape: an IRI, or the alternatives joined by `|`."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    paths: dict[str, str] = {}
    for shape, path in shapes.subject_objects(sh.path):
        if isinstance(path, rdflib.URIRef):
            paths[str(shape)] = str(path)
            continue
        for steps in shapes.objects(path, sh.alternativePath):
            paths[str(shape)] = "|".join(str(step) for step in shapes.items(steps))
    return paths


def _result_nodes(found: rdflib.Graph) -> list[rdflib.term.Node]:
    import rdflib

    return list(found.objects(None, rdflib.URIRef(f"{_SH}result")))


def _result(found: rdflib.Graph, node: rdflib.term.Node, data: rdflib.Graph, paths: Mapping[str, str]) -> ShapeResult:
    import rdflib

    sh = rdflib.Namespace(_SH)
    focus = found.value(node, sh.focusNode)
    path = found.value(node, sh.resultPath)
    shape = str(found.value(node, sh.sourceShape))
    messages = {
        message.language: str(message)
        for message in found.objects(node, sh.resultMessage)
        if isinstance(message, rdflib.Literal)
    }
    return ShapeResult(
        severity=Severity(str(found.value(node, sh.resultSeverity)).removeprefix(_SH)),
        focus=focus.n3() if isinstance(focus, rdflib.Literal) else str(focus),
        label=_label(data, focus),
        path=str(path) if isinstance(path, rdflib.URIRef) else paths.get(shape, ""),
        value=_n3(found.value(node, sh.value)),
        shape=shape,
        message_zh=messages.get("zh", ""),
        message_en=messages.get("en", ""),
        component=str(found.value(node, sh.sourceConstraintComponent)),
    )


def _n3(term: object) -> str:
    import rdflib

    return term.n3() if isinstance(term, rdflib.URIRef | rdflib.Literal | rdflib.BNode) else ""


def _label(data: rdflib.Graph, focus: object) -> str:
    """The Chinese name of a thing, else any name, else ""; the words of a literal."""
    import rdflib

    if not isinstance(focus, rdflib.URIRef | rdflib.BNode):
        return str(focus)
    for name in _LABELS:
        labels = [label for label in data.objects(focus, rdflib.URIRef(name)) if isinstance(label, rdflib.Literal)]
        if labels:
            return str(min(labels, key=lambda label: (label.language != "zh", str(label))))
    return ""


def _order(result: ShapeResult) -> tuple[object, ...]:
    rank = list(Severity).index(result.severity)
    return (rank, result.shape, result.focus, result.path, result.value, result.component)


def _evidence(store: pyoxigraph.Store, focuses: Iterable[str]) -> dict[str, tuple[Line, ...]]:
    """The lines that tell of each focus node; of one that none tells of, those of things that refer to it."""
    wanted = sorted(focuses)
    lines = _lines(store, [focus for focus in wanted if _is_iri(focus)])
    # A place or a unit is in no telling of its own: what refers to it shows where it comes from.
    referring = {focus: _referring(store, focus) for focus in wanted if focus not in lines}
    told = _lines(store, sorted({thing for things in referring.values() for thing in things}))
    for focus, things in referring.items():
        lines[focus] = tuple(sorted({line for thing in things for line in told.get(thing, ())}))
    return lines


def _is_iri(focus: str) -> bool:
    return focus.startswith(("http://", "https://", "urn:")) and not any(sign in focus for sign in '<>" {}|\\^`')


def _lines(store: pyoxigraph.Store, things: list[str]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, set[Line]] = {}
    for start in range(0, len(things), _BATCH):
        values = " ".join(f"<{thing}>" for thing in things[start : start + _BATCH])
        for focus, source, numbers, quotes in select(store, _EVIDENCE % (ZT, values)).values():
            lines = [int(number) for number in str(numbers).split("|")]
            # kg/rdf writes ｜ for a bar in a quote; another writer may not: no more pieces than lines.
            pieces = str(quotes).split("|", len(lines) - 1)
            told = found.setdefault(str(focus), set())
            name = str(source).removeprefix(DATA)
            told.update(Line(name, line, quote) for line, quote in zip(lines, pieces, strict=False))
    return {thing: tuple(sorted(told)) for thing, told in found.items()}


def _referring(store: pyoxigraph.Store, focus: str) -> list[str]:
    if not (_is_iri(focus) or focus.startswith('"')):
        return []
    term = f"<{focus}>" if _is_iri(focus) else focus
    return [str(thing) for (thing,) in select(store, _REFERRING % (term, _REFERRERS)).values()]
