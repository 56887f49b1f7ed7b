"""RDF files made from `graph.nq`, quad by quad: nothing is held but the quads of one subject.

N-Quads and TriG hold everything, Turtle the resolved facts alone. The lines of `graph.nq` are sorted, so the same build
gives the same bytes; a graph of a TriG file may stand in several blocks.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ConfigError
from kg.export.beside import beside
from kg.export.quotes import Quotes, cut_quads
from kg.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat

__all__ = ["copy_nquads", "read_quads", "subjects", "write_nquads", "write_trig", "write_turtle"]


def read_quads(graph: Path, quotes: Quotes = Quotes.FULL) -> Iterator[Quad]:
    """The quads of a graph.nq in its order, the words of passages cut. Raises ConfigError for another file."""
    from pyoxigraph import RdfFormat, parse

    try:
        yield from cut_quads(parse(path=str(graph), format=RdfFormat.N_QUADS), quotes)
    except SyntaxError as error:
        raise ConfigError(f"{graph}: {error.msg}; expected N-Quads") from error


def subjects(graph: Path, quotes: Quotes = Quotes.FULL) -> Iterator[list[Quad]]:
    """The quads subject by subject, those of one graph together; the default graph comes first."""
    for _, group in groupby(read_quads(graph, quotes), key=lambda quad: quad.subject):
        yield sorted(group, key=lambda quad: str(quad.graph_name))


def copy_nquads(graph: Path, target: Path) -> None:
    """The build's graph.nq, byte for byte."""
    with beside(target) as part:
        shutil.copyfile(graph, part)


def write_nquads(quads: Iterable[Quad], target: Path) -> int:
    """Write quads as N-Quads in their order and say how many."""
    from pyoxigraph import RdfFormat

    return _write(quads, target, RdfFormat.N_QUADS)


def write_trig(graph: Path, target: Path, quotes: Quotes = Quotes.FULL, more: Iterable[Quad] = ()) -> int:
    """Write all graphs as TriG, then the quads in `more`, and say how many quads."""
    from pyoxigraph import RdfFormat

    def all_quads() -> Iterator[Quad]:
        for group in subjects(graph, quotes):
            yield from group
        yield from more

    return _write(all_quads(), target, RdfFormat.TRIG)


def write_turtle(graph: Path, target: Path) -> int:
    """Write the default graph and say how many triples; named graphs (the evidence) are left out."""
    from pyoxigraph import DefaultGraph, RdfFormat

    facts = DefaultGraph()
    return _write((quad for quad in read_quads(graph) if quad.graph_name == facts), target, RdfFormat.TURTLE)


def _write(quads: Iterable[Quad], target: Path, form: RdfFormat) -> int:
    from pyoxigraph import RdfFormat, serialize

    count = 0

    def counted() -> Iterator[Quad]:
        nonlocal count
        for quad in quads:
            count += 1
            yield quad

    headed = form != RdfFormat.N_QUADS
    with beside(target) as part, part.open("wb") as stream:
        output = io.BufferedWriter(_SortedHead(stream)) if headed else stream
        wanted = (quad.triple for quad in counted()) if form == RdfFormat.TURTLE else counted()
        serialize(wanted, output, format=form, prefixes=PREFIXES if headed else None)
        output.flush()
    return count


class _SortedHead(io.RawIOBase):
    """Passes bytes on, the first lines sorted: the serialiser gives the prefixes in another order each time."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._head: bytes | None = b""

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: object) -> int:
        """Keeps what belongs to the head until it is whole. Returns the number of bytes taken."""
        given = bytes(data)  # type: ignore[call-overload]
        if self._head is None:
            self._stream.write(given)
            return len(given)
        self._head += given
        lines = self._head.split(b"\n", len(PREFIXES))
        if len(lines) > len(PREFIXES):
            self._stream.write(b"\n".join([*sorted(lines[:-1]), lines[-1]]))
            self._head = None
        return len(given)
