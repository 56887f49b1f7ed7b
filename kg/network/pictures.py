"""The network as a picture: all of it, or one actor with its partners.

Size says how many partners an actor has, colour what it is, shape whether it is domestic; a line's width says how many
ties two actors have and its colour of which kind most of them are. The legend says all this in zh and en, the caption
what is shown and what is not. The direction of visits and training is not drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.network.graph import project
from kg.network.labels import LEADING, NOTE_SIZE, Label, lines_of, measured
from kg.network.layout import arrange
from kg.network.legend import LEGEND_WIDTH, Legend, line_points
from kg.network.style import (
    ABROAD,
    ACTOR_TYPES,
    DOMESTIC,
    KINDS,
    NO_ACTOR,
    RELATIONS,
    SECOND,
    TAKING_PART,
    Group,
    group_of_actor,
    group_of_relation,
    marker_points,
    name_of,
    shape_of_actor,
)
from kg.network.titles import CAPTION_HEIGHT, MARGIN, TITLE_HEIGHT, Titles
from kg.store.params import concepts

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["LABEL", "ego_figure", "network_figure"]

#: What the ids of drawn labels start with.
LABEL = "label:"

#: Actors in one picture; with more, labels are too small for a screen.
_ACTORS = 180

_PAD = 5.0
_ASPECT = 1.25

#: The least average length of lines: of a whole network, and of one actor's, where there is room.
_SHORT, _LONG = 55.0, 100.0

#: The size of type of the name in the middle.
_CENTRE = 13.0


class _Scene(Frozen):
    """What is drawn: the projection, the actor in the middle, the ties of each pair by group of relation, and words."""

    graph: nx.Graph
    centre: str
    groups: dict[tuple[str, str], Counter[Group]]
    notes: dict[str, str]
    titles: Titles
    lang: str


def network_figure(
    network: nx.MultiDiGraph, *, title: str, subtitle: str = "", lang: str = "zh", actors: int = _ACTORS
) -> Figure:
    """A whole network, to be made and saved inside `picture_style`.

    `network` is what `kg.network.read_network` gives, a part of it, or a network of two modes. Components of two actors are
    left out, and of what is left the best connected `actors` are shown; the caption says so. `lang` (zh or en) is that
    of the names. Raises ConfigError for a network without ties.
    """
    import networkx as nx

    whole = project(network)
    if not whole.number_of_edges():
        raise ConfigError("no ties to draw; expected a network with at least one")
    parts = [part for part in nx.connected_components(whole) if len(part) > 2]
    large = {node for part in parts for node in part} or set(whole)
    best = _best(whole, large, actors)
    kept = whole.subgraph(best)
    shown = kept.subgraph([node for node in best if kept.degree(node)])  # partners of those left out are left out too
    pairs = len(whole) - len(large)
    ties = sum(weight for *_, weight in shown.edges(data="weight"))
    two = any(kind not in ACTOR_TYPES for _, kind in network.nodes(data="type"))
    some, ones = ("节点", "nodes") if two else ("主体", "actors")
    zh = f"图中 {len(shown)} 个{some}、{shown.number_of_edges()} 对伙伴、{ties} 次联系。"
    en = f"{len(shown)} {ones}, {shown.number_of_edges()} pairs, {ties} ties."
    if pairs:
        zh += f"另有 {pairs} 个{some}两两自成一对，未画出。"
        en += f" Not drawn: {pairs} {ones} in pairs apart from all others."
    if len(large) > len(shown):
        zh += f"联系较少的 {len(large) - len(shown)} 个{some}未画出。"
        en += f" Not drawn: {len(large) - len(shown)} {ones} with fewer ties."
    return _figure(_Scene(shown, best[0], _groups(network), {}, Titles(title, subtitle, zh, en), lang))


def ego_figure(
    network: nx.MultiDiGraph, actor: str, *, subtitle: str = "", lang: str = "zh", actors: int = _ACTORS
) -> Figure:
    """An actor (its IRI), its partners and the ties among them; below each partner, its ties with the actor.

    The other arguments are those of `network_figure`. Raises ConfigError for an actor without ties.
    """
    whole = project(network)
    if actor not in whole or not whole.degree(actor):
        raise ConfigError(f"{actor}: not an actor with ties; expected the IRI of one that has any")
    partners = set(whole.neighbors(actor))
    by_ties = sorted(partners, key=lambda node: (-whole[actor][node]["weight"], -whole.degree(node), node))
    shown = whole.subgraph([actor, *by_ties[:actors]])
    zh_name, en_name = (name_of(whole.nodes[actor], one) for one in ("zh", "en"))
    ties = sum(whole[actor][node]["weight"] for node in partners)
    zh = f"{zh_name}有 {len(partners)} 个伙伴、{ties} 次联系；伙伴之间的联系也画出。"
    en = f"{len(partners)} partners, {ties} ties; ties among partners are drawn too."
    if len(partners) > actors:
        zh += f"只画联系最多的 {actors} 个。"
        en += f" The {actors} with most ties are shown."
    notes = {node: _told(network, actor, node, lang) for node in by_ties[:actors]}
    told = (f"{zh_name}的合作网络", f"Partners of {en_name}")
    title, other = told if lang == "zh" else reversed(told)
    titles = Titles(title, f"{other}　{subtitle}".strip(), zh, en)
    return _figure(_Scene(shown, actor, _groups(network), notes, titles, lang))


def _best(graph: nx.Graph, nodes: Iterable[str], count: int) -> list[str]:
    return sorted(nodes, key=lambda node: (-graph.degree(node), -graph.degree(node, weight="weight"), node))[:count]


def _groups(network: nx.MultiDiGraph) -> dict[tuple[str, str], Counter[Group]]:
    found: dict[tuple[str, str], Counter[Group]] = {}
    for a, b, relation in network.edges(data="relation"):
        found.setdefault((min(a, b), max(a, b)), Counter())[group_of_relation(relation)] += 1
    return found


def _told(network: nx.MultiDiGraph, a: str, b: str, lang: str) -> str:
    """The ties of two actors in words: 签署 3 · 会见 1."""
    ties = [*network.get_edge_data(a, b, default={}).values(), *network.get_edge_data(b, a, default={}).values()]
    counts = Counter(tie["relation"] for tie in ties)
    names = concepts()["relation"]
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    said = [f"{names[relation][lang == 'en']} {count}" for relation, count in ranked if relation in names]
    return "\n".join(" · ".join(said[at : at + 2]) for at in range(0, len(said), 2))


def _type_size(partners: int) -> float:
    return 10.0 if partners >= 8 else 8.5 if partners >= 3 else 7.5


def _figure(scene: _Scene) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    graph = scene.graph
    partners = dict(graph.degree())
    labels = {
        node: measured(
            lines_of(name_of(data, scene.lang)),
            scene.notes.get(node, ""),
            _CENTRE if node == scene.centre else _type_size(partners[node]),
        )
        for node, data in sorted(graph.nodes(data=True))
    }
    sizes = {
        node: (
            max(label.width, marker_points(partners[node])) + _PAD,
            label.height + marker_points(partners[node]) + _PAD,
        )
        for node, label in labels.items()
    }
    legend = _legend(scene)
    places, (wide, high) = arrange(graph, sizes, _ASPECT, _LONG if scene.notes else _SHORT, legend.height)
    tall = max(high, legend.height)
    width = max(wide + LEGEND_WIDTH + MARGIN, scene.titles.width) + 2 * MARGIN
    height = tall + TITLE_HEIGHT + CAPTION_HEIGHT + 2 * MARGIN

    figure = Figure(figsize=(width / 72, height / 72), facecolor="white")
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.axis("off")
    lift = MARGIN + CAPTION_HEIGHT + (tall - high) / 2
    # The box of an actor has its marker at the top and its label below.
    centres = {
        node: (x + MARGIN, y + lift + (sizes[node][1] - _PAD - marker_points(partners[node])) / 2)
        for node, (x, y) in places.items()
    }
    _draw_lines(ax, scene, centres)
    _draw_actors(ax, scene, centres, labels)
    legend.draw(ax, width - MARGIN - LEGEND_WIDTH, height - MARGIN - TITLE_HEIGHT)
    scene.titles.draw(ax, height)
    return figure


def _main(groups: Counter[Group]) -> Group:
    """The group with most ties; of equal ones the first of the legend."""
    return max((*RELATIONS, TAKING_PART), key=groups.__getitem__)


def _legend(scene: _Scene) -> Legend:
    nodes = [data for _, data in scene.graph.nodes(data=True)]
    actors = Counter(group_of_actor(data) for data in nodes)
    shapes = {shape_of_actor(data) for data in nodes}
    ties = {_main(scene.groups[min(a, b), max(a, b)]) for a, b in scene.graph.edges}
    return Legend(
        tuple((group, actors[group]) for group in (*KINDS, SECOND) if actors[group]),
        tuple(shape for shape in (DOMESTIC, ABROAD, NO_ACTOR) if shape in shapes),
        tuple(group for group in (*RELATIONS, TAKING_PART) if group in ties),
        max(partners for _, partners in scene.graph.degree()),
        max(weight for *_, weight in scene.graph.edges(data="weight")),
    )


def _draw_lines(ax: Axes, scene: _Scene, centres: dict[str, tuple[float, float]]) -> None:
    from matplotlib.collections import LineCollection

    edges = sorted((min(a, b), max(a, b), weight) for a, b, weight in scene.graph.edges(data="weight"))
    colours = [_main(scene.groups[a, b]).colour for a, b, _ in edges]
    lines = [(centres[a], centres[b]) for a, b, _ in edges]
    widths = [line_points(weight) for *_, weight in edges]
    ax.add_collection(LineCollection(lines, colors=colours, linewidths=widths, alpha=0.5, zorder=1))


def _draw_actors(ax: Axes, scene: _Scene, centres: dict[str, tuple[float, float]], labels: dict[str, Label]) -> None:
    look: dict[str, Any] = {"markeredgecolor": "white", "markeredgewidth": 0.6, "zorder": 3}
    behind: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4}
    style: dict[str, Any] = {"ha": "center", "va": "top", "linespacing": LEADING, "zorder": 4, "bbox": behind}
    for node, data in sorted(scene.graph.nodes(data=True)):
        (x, y), label = centres[node], labels[node]
        width = marker_points(scene.graph.degree(node))
        shape, colour = shape_of_actor(data), group_of_actor(data).colour
        ax.plot(x, y, shape.marker, markersize=width * shape.scale, color=colour, **look)
        top = y - width / 2
        ax.text(x, top, label.text, fontsize=label.size, gid=f"{LABEL}{node}", **style)
        if label.note:
            ax.text(x, top - label.name_height, label.note, fontsize=NOTE_SIZE, color="#666666", **style)
