"""The whole graph as N-Quads: each line once, sorted by code points, so that equal facts give equal bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import kg
from kg.model import Resolution
from kg.model.frozen import Frozen
from kg.rdf.cube import cube_lines
from kg.rdf.description import Statistics, content_hash, description_lines
from kg.rdf.facts import fact_lines
from kg.rdf.iris import FACTS, passages_graph, tellings_graph
from kg.rdf.links import link_lines, linkset_lines
from kg.rdf.names import Names
from kg.rdf.provenance import build_lines, index_passages, passage_lines, telling_iri, telling_lines

__all__ = ["Graph", "make_graph", "nquads", "write_nquads"]

#: Lines handed to the file at once: few calls, little memory.
_CHUNK = 4096


class Graph(Frozen):
    """The sorted lines (without `\\n`) and how many of them each graph has, by name: `default`, `build`,
    `<source>/tellings`, `<source>/passages`."""

    lines: list[str]
    counts: dict[str, int]

    def write(self, path: Path) -> int:
        """Writes the lines in UTF-8, each ended by `\\n`; returns how many. Raises OSError."""
        lines = self.lines
        with path.open("wb") as stream:
            for start in range(0, len(lines), _CHUNK):
                stream.write(("\n".join(lines[start : start + _CHUNK]) + "\n").encode())
        return len(lines)


def make_graph(resolution: Resolution) -> Graph:
    """All quads of a resolution, from its values alone.

    Raises LookupError for a term outside the vocabulary and ValueError for a number that is not finite.
    """
    names = Names.of(resolution)
    passages = index_passages(resolution)
    # Dictionaries hold each line once and keep the order of making, which is nearly sorted already.
    figures: dict[str, str] = {}
    tellings: dict[str, dict[str, None]] = {item.id: {} for item in resolution.sources}
    for telling in resolution.tellings:
        iri = telling_iri(telling)
        figures[telling.thing] = min(figures.get(telling.thing, iri), iri)
        group = tellings.setdefault(telling.fact.passage.source, {})
        group.update(dict.fromkeys(telling_lines(telling, passages.iris, names)))
    quotes: dict[str, dict[str, None]] = {item.id: {} for item in resolution.sources}
    for key, passage in passages.chosen.items():
        quotes.setdefault(passage.source, {}).update(dict.fromkeys(passage_lines(key, passage)))
    facts = dict.fromkeys(fact_lines(resolution, names))
    facts.update(dict.fromkeys(cube_lines(resolution, passages.iris, figures)))
    facts.update(dict.fromkeys(link_lines(resolution)))

    counts = {"default": len(facts)}
    by_graph = {FACTS: len(facts)}
    lines = list(facts)
    for name, group in tellings.items():
        counts[f"{name}/tellings"] = by_graph[tellings_graph(name)] = len(group)
        lines += group
    for name, group in quotes.items():
        counts[f"{name}/passages"] = by_graph[passages_graph(name)] = len(group)
        lines += group
    lines.sort()
    build = dict.fromkeys(build_lines(resolution, kg.__version__, by_graph))
    version = f"{kg.__version__}+{content_hash(lines)}"
    build.update(dict.fromkeys(description_lines(resolution, version, by_graph, Statistics.of(facts))))
    build.update(dict.fromkeys(linkset_lines(facts)))
    counts["build"] = len(build)
    lines += build
    lines.sort()
    return Graph(lines, dict(sorted(counts.items())))


def nquads(resolution: Resolution) -> Iterator[str]:
    """The quads as N-Quads lines without `\\n`, each once, sorted. Raises as `make_graph` does."""
    return iter(make_graph(resolution).lines)


def write_nquads(resolution: Resolution, path: Path) -> int:
    """Writes the quads to a file, sorted, in UTF-8 with `\\n`; returns how many. Raises OSError also."""
    return make_graph(resolution).write(path)
