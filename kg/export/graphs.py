"""RDF files: N-Quads with everything, Turtle with the resolved facts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["PREFIXES", "copy_nquads", "write_turtle"]

#: Prefixes of the Turtle file; terms outside them are written in full.
PREFIXES = {
    "data": "https://w3id.org/zhitu/data/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "https://w3id.org/zhitu/id/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "zt": "https://w3id.org/zhitu/def#",
}


def copy_nquads(graph: Path, target: Path) -> None:
    """The build's graph.nq, byte for byte."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(graph, target)


def write_turtle(store: Store, target: Path) -> int:
    """Write the default graph, sorted, and say how many triples; named graphs (the evidence) are left out."""
    from pyoxigraph import DefaultGraph, RdfFormat, serialize

    triples = sorted(
        (quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())),
        key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object)),
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        serialize(triples, stream, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return len(triples)
