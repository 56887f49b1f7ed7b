"""The results as quads of the graph `data:network`, in a fixed order and with terms of the closed vocabulary alone.

`docs/vocabulary.md` says how a network stands there. Networks of other filters, seeds or sources have other IRIs, so that several can be
loaded side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.model import Relation
from kg.network.communities import RUNS
from kg.network.measures import COUNTS, METHODS, bridges_of
from kg.rdf.iris import new_thing, short_hash, source
from kg.rdf.terms import boolean, decimal, integer, literal, tagged
from kg.rdf.vocabulary import DATA, concept, term

if TYPE_CHECKING:
    from kg.network.analysis import Analysis

__all__ = ["NETWORK_GRAPH", "network_quads"]

#: The named graph of all networks.
NETWORK_GRAPH = f"<{DATA}network>"

_RELATIONS = frozenset(Relation)
_A = term("rdf:type")


def network_quads(analysis: Analysis) -> list[str]:
    """The N-Quads of an analysis, each once, sorted, without `\\n`."""
    asked = ("=".join(pair) for pair in (*analysis.request.filters, ("seed", str(analysis.request.seed))))
    key = f"network/{short_hash(analysis.request.mode, *asked, *_sources(analysis))}"
    triples = {*_about(analysis, key), *_nodes(analysis, key), *_edges(analysis, key), *_communities(analysis, key)}
    return sorted(f"{triple} {NETWORK_GRAPH} ." for triple in triples)


def _measure(name: str, value: float) -> str:
    """A measure and its value: an integer where the vocabulary has one, else a decimal of six digits."""
    number = integer(int(value)) if name in COUNTS else decimal(Decimal(f"{value:.6f}"))
    return f"{term(f'zt:{name}')} {number}"


def _sources(analysis: Analysis) -> list[str]:
    return sorted({one for *_, joined in analysis.graph.edges(data="source") for one in joined.split("|") if one})


def _about(analysis: Analysis, key: str) -> Iterator[str]:
    import networkx as nx

    s, request = new_thing(key), analysis.request
    yield f"{s} {_A} {term('zt:Network')}"
    yield f"{s} {_A} {term('prov:Entity')}"
    asked = " ".join(f"{name}={value}" for name, value in request.filters)
    yield f"{s} {term('rdfs:label')} {tagged(f'合作网络 {request.mode} {asked}'.strip())}"
    yield f"{s} {term('rdfs:label')} {tagged(f'network of {request.mode} {asked}'.strip(), 'en')}"
    yield f"{s} {term('zt:networkMode')} {literal(request.mode)}"
    for pair in request.filters:
        yield f"{s} {term('zt:filter')} {literal('='.join(pair))}"
    for name in _sources(analysis):
        yield f"{s} {term('prov:wasDerivedFrom')} {source(name)}"
    for name, value in analysis.figures.items():
        yield f"{s} {_measure(name, value)}"
    yield f"{s} {term('zt:method')} {literal(f'networkx {nx.__version__}')}"
    for name in analysis.measures:
        yield f"{s} {term('zt:method')} {literal(f'{name}: {METHODS[name]}')}"
    if analysis.partition is not None:
        yield f"{s} {term('zt:seed')} {integer(request.seed)}"
        yield f"{s} {term('zt:runs')} {integer(RUNS)}"


def _nodes(analysis: Analysis, key: str) -> Iterator[str]:
    whole, standings = new_thing(key), analysis.standings or {}
    for node in analysis.graph:
        s = new_thing(f"{key}/node/{short_hash(node)}")
        yield f"{s} {_A} {term('zt:NetworkNode')}"
        yield f"{s} {term('zt:inNetwork')} {whole}"
        yield f"{s} {term('zt:node')} <{node}>"
        for name, values in analysis.values.items():
            yield f"{s} {_measure(name, values[node])}"
        if node in standings:
            one = standings[node]
            yield f"{s} {term('zt:inCommunity')} {new_thing(f'{key}/community/{one.community}')}"
            yield f"{s} {_measure('participation', one.participation)}"
            yield f"{s} {_measure('withinModuleZ', one.z)}"
            yield f"{s} {term('zt:networkRole')} {concept('networkRole', one.role)}"


def _edges(analysis: Analysis, key: str) -> Iterator[str]:
    whole, bridges = new_thing(key), bridges_of(analysis.graph)
    for one, other, data in analysis.graph.edges(data=True):
        a, b = min(one, other), max(one, other)
        s = new_thing(f"{key}/edge/{short_hash(a, b)}")
        yield f"{s} {_A} {term('zt:NetworkEdge')}"
        yield f"{s} {term('zt:inNetwork')} {whole}"
        yield f"{s} {term('zt:joins')} <{a}>"
        yield f"{s} {term('zt:joins')} <{b}>"
        yield f"{s} {term('zt:weight')} {integer(data['weight'])}"
        yield f"{s} {term('zt:bridge')} {boolean((a, b) in bridges)}"
        for relation in data["relations"]:
            if relation in _RELATIONS:  # not host and so on, of two kinds of nodes
                yield f"{s} {term('zt:relation')} {concept('relation', Relation(relation))}"
        for name, day in (("earliest", data["start"]), ("latest", data["end"])):
            if day:
                yield f'{s} {term(f"zt:{name}")} "{day}"^^{term("xsd:date")}'
        if not analysis.request.mode.two:
            for tie in data["ties"]:
                yield f"{s} {term('prov:wasDerivedFrom')} <{tie}>"


def _communities(analysis: Analysis, key: str) -> Iterator[str]:
    if analysis.partition is None:
        return
    strength = analysis.values["strength"]
    for n, nodes in enumerate(analysis.partition.communities, start=1):
        s = new_thing(f"{key}/community/{n}")
        strongest = min(nodes, key=lambda node: (-strength[node], node))
        yield f"{s} {_A} {term('zt:Community')}"
        yield f"{s} {term('zt:inNetwork')} {new_thing(key)}"
        yield f"{s} {term('rdfs:label')} {tagged(analysis.graph.nodes[strongest]['label_zh'])}"
