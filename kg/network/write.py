"""All files of an analysis in one folder: tables, RDF, files for graph programs, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.beside import beside
from kg.network.canvas import picture_style, save
from kg.network.definitions import column_of
from kg.network.formats import write_gexf, write_graphml
from kg.network.heatmap import matrix_figure
from kg.network.matrix import region_matrix
from kg.network.pictures import ego_figure, network_figure
from kg.network.rdf import network_quads
from kg.network.tables import csv_of, json_of, number_of, tables_of

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.analysis import Analysis

__all__ = ["write_analysis", "write_pictures"]

_PICTURES = ("svg", "png")

#: What the pictures of a mode are called.
_TITLES = {
    "actors": {"zh": "合作网络", "en": "Network of cooperation"},
    "actor-event": {"zh": "主体与活动", "en": "Actors and events"},
    "actor-agreement": {"zh": "主体与协议", "en": "Actors and agreements"},
    "region-series": {"zh": "地区与案例系列", "en": "Regions and series of cases"},
}
_MATRIX = {"zh": "地区间合作矩阵", "en": "Cooperation by region"}


def write_analysis(analysis: Analysis, folder: Path) -> tuple[str, ...]:
    """Write a CSV file for each table, `network.json` with all of them, `network.nq`, `network.gexf` and
    `network.graphml`; give the names of the files.

    The graph files hold the multigraph, its nodes with their measures. The folder is made when missing; a file of an
    earlier analysis is replaced. Raises OSError when one cannot be written.
    """
    names = []
    for name, text in _texts(analysis):
        with beside(folder / name) as place:
            place.write_text(text, encoding="utf-8", newline="")
        names.append(name)
    measured = _measured(analysis)
    write_gexf(measured, folder / "network.gexf")
    write_graphml(measured, folder / "network.graphml")
    return (*names, "network.gexf", "network.graphml")


def _texts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    tables = tables_of(analysis)
    for table in tables:
        yield f"{table.name}.csv", csv_of(table)
    yield "network.json", json_of(analysis, tables)
    yield "network.nq", "".join(f"{quad}\n" for quad in network_quads(analysis))


def _measured(analysis: Analysis) -> nx.MultiDiGraph:
    """The network with the measures of each node as attributes."""
    network = analysis.network.copy()
    for name, values in analysis.values.items():
        for node, value in values.items():
            network.nodes[node][column_of(name)] = number_of(name, value)
    for node, standing in (analysis.standings or {}).items():
        network.nodes[node].update(community=standing.community, role=standing.role.value)
    return network


def write_pictures(analysis: Analysis, folder: Path, lang: str) -> tuple[str, ...]:
    """Draw the network, or an actor with its partners, and with actors alone the matrix of regions, as SVG and PNG; give
    the names of the files.

    Raises ConfigError without matplotlib or a font with Chinese glyphs, OSError when a file cannot be written.
    """
    request, other = analysis.request, "en" if lang == "zh" else "zh"
    title = _TITLES[request.mode]
    filters = {name: f"{name}={value}" for name, value in request.filters}
    chosen = " ".join(filters.values())
    names = []
    with picture_style():
        if analysis.ego and request.hops == 1:
            more = " ".join(said for name, said in filters.items() if name not in ("ego", "hops"))  # the title has them
            figures = {"network": ego_figure(analysis.network, analysis.ego, subtitle=more, lang=lang)}
        else:
            below = f"{title[other]}　{chosen}".strip()
            figures = {"network": network_figure(analysis.network, title=title[lang], subtitle=below, lang=lang)}
        if not request.mode.two:
            matrix = region_matrix(analysis.network)
            below = f"{_MATRIX[other]}　{chosen}".strip()
            figures["matrix"] = matrix_figure(matrix, title=_MATRIX[lang], subtitle=below, lang=lang)
        for name, figure in figures.items():
            for kind in _PICTURES:
                save(figure, folder / f"{name}.{kind}")
                names.append(f"{name}.{kind}")
    return tuple(names)
