"""The network as files for Gephi, networkx, igraph and others: GEXF 1.3 and GraphML.

GEXF: https://gexf.net (version 1.3, namespace http://gexf.net/1.3). networkx (3.6) writes the day of today, an XML
Schema namespace that does not exist and no `kind` of edges, without which Gephi puts parallel edges together; so the
file is written here, as a stream. GraphML: http://graphml.graphdrawing.org, written by networkx.

Both files say the same. Nodes are sorted by id, edges by ends, relation, day and tie. What is unknown is left out. The
values of a list stand in one text, separated by `|` (a `|` inside one is written `｜`). Ties of both kinds, with and without
a direction, are in one network, and networkx reads no file that mixes the two: the edges of a file are directed only
when all are; else a directed tie keeps its direction in `directed`, `from` and `to`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from kg.export.beside import beside
from kg.export.quotes import Quotes, cut
from kg.network.style import group_of_actor, marker_points
from kg.store.params import concepts

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_gexf", "write_graphml"]

#: What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: GEXF types of Python values; bool stands before int, which it is.
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"

#: Attributes that GEXF has places of its own for.
_IN_PLACE = frozenset({"label", "weight", "start", "end"})

Value = bool | int | float | str


def _text(value: object) -> str:
    """A text that XML can hold, with ends of lines as XML readers give them back."""
    return _NOT_XML.sub("", re.sub("\r\n?", "\n", str(value)))


def _value(value: object) -> Value | None:
    """A value as the files hold it; None for what is unknown or empty."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple | list):
        value = "|".join(_text(one).replace("|", "｜") for one in value)
    return _text(value) if value is not None and value != "" else None


def _values(data: dict[str, Any]) -> dict[str, Value]:
    pairs = ((name, _value(value)) for name, value in sorted(data.items()))
    return {name: value for name, value in pairs if value not in (None, "")}


def _flat(graph: nx.Graph, mode: Quotes) -> nx.MultiGraph:
    """A copy of flat values in a fixed order; edges have the keys e0, e1, ... and the attribute `tie`, their old key."""
    import networkx as nx

    edges = [
        (str(a), str(b), str(key[0]) if key else "", data)
        for a, b, *key, data in (graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True))
    ]
    all_directed = all(data.get("directed", graph.is_directed()) for *_, data in edges)
    flat = nx.MultiDiGraph() if edges and all_directed else nx.MultiGraph()
    for node, data in sorted(graph.nodes(data=True)):
        flat.add_node(_text(node), label=_text(data.get("label_zh", node)), **_values(data))
    edges.sort(key=lambda edge: (edge[0], edge[1], edge[3].get("relation", ""), edge[3].get("start", ""), edge[2]))
    names = concepts()["relation"]
    for n, (a, b, key, data) in enumerate(edges):
        told = [cut(quote, mode) for quote in data.get("quotes", ())] if mode is not Quotes.NONE else []
        values = _values(data | {"quotes": told, "tie": key})
        if data.get("directed"):
            values |= {"from": a, "to": b}
        if data.get("relation") in names:
            values["label"], values["label_en"] = names[data["relation"]]
        flat.add_edge(_text(a), _text(b), key=f"e{n}", **values)
    return flat


def write_graphml(graph: nx.Graph, target: Path, quotes: Quotes = Quotes.FULL) -> None:
    """Write a network as GraphML: every attribute of nodes and edges, and the zh names as `label`.

    `graph` is what `kg.network.graph` gives (multigraph or projection), `quotes` how much of the sentences is written.
    Raises OSError when the file cannot be written.
    """
    import networkx as nx

    with beside(target) as part:
        # The other writer, by lxml where that is installed, writes other bytes.
        nx.write_graphml_xml(_flat(graph, quotes), str(part), prettyprint=True)


def write_gexf(graph: nx.Graph, target: Path, quotes: Quotes = Quotes.FULL) -> None:
    """Write a network as GEXF 1.3: labels, every attribute, weights, days for the timeline, colours and sizes.

    Takes and raises what `write_graphml` does. `start` and `end` of an edge are the first and last possible day of the tie;
    an edge without them has no known day. `kind` is the relation, with a number from the second tie of that relation
    between two actors on: Gephi keeps parallel edges apart by it.
    """
    flat = _flat(graph, quotes)
    with beside(target) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        writer = _Writer(stream)
        with writer.element("gexf", {"xmlns": _GEXF, "xmlns:viz": _VIZ, "version": "1.3"}):
            with writer.element("meta"), writer.element("creator"):
                writer.xml.characters("zhitu")
            with writer.element("graph", _head(flat)):
                of_nodes = writer.attributes("node", [data for _, data in flat.nodes(data=True)])
                of_edges = writer.attributes("edge", [data for _, _, data in flat.edges(data=True)])
                _write_nodes(writer, flat, of_nodes)
                _write_edges(writer, flat, of_edges)


def _head(flat: nx.MultiGraph) -> dict[str, str]:
    head = {"defaultedgetype": "directed" if flat.is_directed() else "undirected"}
    starts = [data["start"] for *_, data in flat.edges(data=True) if "start" in data]
    ends = [data["end"] for *_, data in flat.edges(data=True) if "end" in data]
    if starts or ends:
        head |= {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
        head |= {"start": min(starts + ends), "end": max(starts + ends)}
    return head


def _write_nodes(writer: _Writer, flat: nx.MultiGraph, ids: dict[str, str]) -> None:
    with writer.element("nodes", {"count": str(flat.number_of_nodes())}):
        for node, data in flat.nodes(data=True):
            with writer.element("node", {"id": node, "label": data["label"]}):
                writer.values(ids, data)
                writer.empty("viz:size", {"value": f"{marker_points(len(set(flat.neighbors(node)))):.1f}"})
                colour = group_of_actor(data).colour
                r, g, b = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
                writer.empty("viz:color", {"r": r, "g": g, "b": b})


def _write_edges(writer: _Writer, flat: nx.MultiGraph, ids: dict[str, str]) -> None:
    before: Counter[tuple[str, ...]] = Counter()
    with writer.element("edges", {"count": str(flat.number_of_edges())}):
        for a, b, key, data in flat.edges(keys=True, data=True):
            place = {"id": key, "source": data.get("from", a), "target": data.get("to", b)}
            place |= {name: str(data[name]) for name in ("label", "weight", "start", "end") if name in data}
            if "relation" in data:
                same = (*sorted((a, b)), data["relation"])
                before[same] += 1
                place["kind"] = data["relation"] if before[same] == 1 else f"{data['relation']} {before[same]}"
            with writer.element("edge", place):
                writer.values(ids, data)


class _Writer:
    """XML as a stream: an element a line."""

    def __init__(self, stream: Any) -> None:
        self.xml = XMLGenerator(stream, "utf-8", short_empty_elements=True)
        self.xml.startDocument()

    @contextmanager
    def element(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        """An element around what is written inside."""
        self.xml.startElement(name, AttributesImpl(attributes or {}))
        yield
        self.xml.endElement(name)
        self.xml.ignorableWhitespace("\n")

    def empty(self, name: str, attributes: dict[str, str]) -> None:
        """An element with nothing inside."""
        with self.element(name, attributes):
            pass

    def attributes(self, of: str, items: list[dict[str, Value]]) -> dict[str, str]:
        """Declare the attributes of nodes or edges; gives the id of each."""
        types: dict[str, set[str]] = {}
        for data in items:
            for name, value in data.items():
                types.setdefault(name, set()).add(_TYPES[type(value)])
        names = sorted(types.keys() - _IN_PLACE)
        ids = {name: f"{of[0]}{n}" for n, name in enumerate(names)}
        with self.element("attributes", {"class": of}):
            for name in names:
                kind = types[name].pop() if len(types[name]) == 1 else "string"
                self.empty("attribute", {"id": ids[name], "title": name, "type": kind})
        return ids

    def values(self, ids: dict[str, str], data: dict[str, Value]) -> None:
        """The values of one node or edge."""
        held = [(ids[name], value) for name, value in data.items() if name in ids]
        if not held:
            return
        with self.element("attvalues"):
            for key, value in held:
                said = str(value).lower() if isinstance(value, bool) else str(value)
                self.empty("attvalue", {"for": key, "value": said})
