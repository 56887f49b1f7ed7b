"""One export by its name, and all of them in a folder with the description of the data set.

The description is that of the build (DCAT 3 and VoID, `kg.rdf.description`); in a folder it also says where each
distribution lies, how many bytes it has and their hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.beside import beside
from kg.export.csvw import write_metadata
from kg.export.graphs import copy_nquads, read_quads, subjects, write_nquads, write_trig, write_turtle
from kg.export.jsonld import write_jsonld
from kg.export.quotes import Quotes
from kg.export.reifiers import reifiers
from kg.export.tables import write_tables
from kg.rdf.vocabulary import DATA, term
from kg.store.answers import turtle

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

__all__ = ["DESCRIPTION", "FORMS", "write_description", "write_export"]

#: The formats by name; `all` is a folder with the rest.
FORMS = ("csv", "nq", "ttl", "trig", "jsonld", "dcat", "all")
#: The description in a folder of all formats.
DESCRIPTION = "description.ttl"
#: Where each format lies in that folder.
_PLACES = {
    "csv": "tables",
    "jsonld": "dataset.jsonld",
    "nq": "dataset.nq",
    "trig": "dataset.trig",
    "ttl": "dataset.ttl",
}
_BUILD = f"{DATA}build"


def write_export(
    form: str,
    graph: Path,
    store: Callable[[], Store],
    target: Path,
    quotes: Quotes = Quotes.FULL,
    *,
    told: Path | None = None,
) -> dict[str, int]:
    """Write one of `FORMS` from a graph.nq and the store with the same quads; say what was written, counted.

    With the resolution.jsonl of the build as `told`, N-Quads and TriG are RDF 1.2 and tellings reify what they tell.
    Raises OSError for a place that cannot be written, LookupError for a format that is none of `FORMS`.
    """
    more = reifiers(told, store()) if told is not None else iter(())
    match form:
        case "csv":
            counts = write_tables(store(), target, quotes)
            write_metadata(target)
            return counts
        case "nq" if quotes is Quotes.FULL and told is None:
            copy_nquads(graph, target)
            return {}
        case "nq":
            return {"quads": write_nquads(chain(read_quads(graph, quotes), more), target)}
        case "trig":
            return {"quads": write_trig(graph, target, quotes, more)}
        case "ttl":
            return {"triples": write_turtle(graph, target)}
        case "jsonld":
            return {"entities": write_jsonld(graph, store(), target, quotes)}
        case "dcat":
            return {"triples": write_description(graph, target)}
        case "all":
            return _write_all(graph, store, target, quotes)
    raise LookupError(f"{form}: no such format; expected one of {', '.join(FORMS)}")


def _write_all(graph: Path, store: Callable[[], Store], folder: Path, quotes: Quotes) -> dict[str, int]:
    opened = store()
    counts: dict[str, int] = {}
    for form, place in _PLACES.items():
        counts |= write_export(form, graph, lambda: opened, folder / place, quotes)
    write_description(graph, folder / DESCRIPTION, folder)
    return counts


def write_description(graph: Path, target: Path, folder: Path | None = None) -> int:
    """Write what a build says of itself and what the facts say of its sources, as Turtle; say how many triples.

    With the folder of a publication each distribution in it has its size, its hash and the address to load it from.
    """
    triples = list(_described(graph))
    if folder is not None:
        triples += list(_measured(triples, folder))
    with beside(target) as part:
        part.write_bytes(turtle(triples))
    return len(triples)


def _described(graph: Path) -> Iterator[Triple]:
    """The graph of the build, with the facts about what it speaks of."""
    for group in subjects(graph):
        graphs = {getattr(quad.graph_name, "value", "") for quad in group}
        if _BUILD in graphs:
            yield from (quad.triple for quad in group)


def _measured(triples: Iterable[Triple], folder: Path) -> Iterator[Triple]:
    for triple in triples:
        address = getattr(triple.object, "value", "")
        if triple.predicate.value == _name("dcat:accessURL") and address.startswith(DATA):
            place = folder / address.removeprefix(DATA)
            if place.is_dir():
                files = [path for path in place.iterdir() if path.is_file()]
                yield from _sized(triple.subject, sum(path.stat().st_size for path in files))
            elif place.is_file():
                yield from _sized(triple.subject, place.stat().st_size)
                yield from _hashed(triple.subject, address, place)


def _sized(subject: object, size: int) -> Iterator[Triple]:
    yield _triple(subject, "dcat:byteSize", str(size), "xsd:nonNegativeInteger")


def _hashed(subject: object, address: str, path: Path) -> Iterator[Triple]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    checksum = f"{getattr(subject, 'value', subject)}/checksum"
    yield _triple(subject, "dcat:downloadURL", address)
    yield _triple(subject, "spdx:checksum", checksum)
    yield _triple(checksum, "rdf:type", _name("spdx:Checksum"))
    yield _triple(checksum, "spdx:algorithm", _name("spdx:checksumAlgorithm_sha256"))
    yield _triple(checksum, "spdx:checksumValue", digest, "xsd:hexBinary")


def _triple(subject: object, name: str, value: str, datatype: str = "") -> Triple:
    from pyoxigraph import Literal, NamedNode, Triple

    node = NamedNode(str(getattr(subject, "value", subject)))
    told = Literal(value, datatype=NamedNode(_name(datatype))) if datatype else NamedNode(value)
    return Triple(node, NamedNode(_name(name)), told)


def _name(term_name: str) -> str:
    return term(term_name).strip("<>")
