"""One analysis of one network: what was asked, and all that was calculated for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.network.change import Change, changes
from kg.network.communities import Partition, Standing, find_communities, standings
from kg.network.ego import around, find_ego
from kg.network.graph import project
from kg.network.measures import Values, measure_network, measure_nodes
from kg.network.selection import ALWAYS, Period, Scope, Selection, kept, select
from kg.network.two_mode import Mode, read_mode

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

__all__ = ["Analysis", "Request", "analyse", "backend"]


class Request(Frozen):
    """What is asked: which network, which part of it, around whom (a name, "" for all), and the first seed."""

    mode: Mode = Mode.ACTORS
    scope: Scope = Scope.ALL
    relations: tuple[str, ...] = ()
    period: Period = ALWAYS
    ego: str = ""
    hops: int = 1
    seed: int = 1

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """Names and values of what narrows the network, sorted; what is left open is left out."""
        first, last = self.period.first, self.period.last
        pairs = [("scope", self.scope.value if self.scope is not Scope.ALL else "")]
        pairs += [("relation", relation) for relation in self.relations]
        pairs += [("from", first.isoformat() if first else ""), ("to", last.isoformat() if last else "")]
        pairs += [("ego", self.ego), ("hops", str(self.hops) if self.ego else "")]
        return tuple(sorted((name, value) for name, value in pairs if value))


class Analysis(Frozen):
    """The network that was asked for, its projection, and what was calculated.

    `ego` is the IRI of the actor in the middle, "" without one. `undated` ties were left out for the period. Two kinds
    of nodes have no communities: `partition` is None and `standings` empty. `changes` are those since the network
    that it was compared with, None without one; `labels` the names in zh of all their nodes.
    """

    request: Request
    network: nx.MultiDiGraph
    graph: nx.Graph
    figures: dict[str, float]
    values: Values
    ego: str = ""
    undated: int = 0
    partition: Partition | None = None
    standings: dict[str, Standing] | None = None
    changes: tuple[Change, ...] | None = None
    labels: dict[str, str] | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The names of all measures in it: of the network, of nodes, of edges."""
        standing = () if self.standings is None else ("participation", "withinModuleZ")
        return (*self.figures, *self.values, *standing, "weight", "bridge")


def analyse(store: Store, request: Request, *, before: Period | None = None, earlier: Store | None = None) -> Analysis:
    """Read the network from a store, take the part that is asked for, and calculate everything.

    With `before`, the same network of that period is what changes are counted from; with `earlier`, the same network
    of that store. Raises ConfigError when no tie is left, for an unknown actor, and for relations where the nodes
    are of two kinds.
    """
    if request.mode.two and request.relations:
        raise ConfigError(f"relation with {request.mode}; expected the mode {Mode.ACTORS}")
    whole = read_mode(store, request.mode)
    ego = find_ego(store, whole, request.ego) if request.ego else ""
    network = _part(whole, request, ego)
    if not network:
        raise ConfigError(_nothing(whole, request))
    graph = project(network)
    two = request.mode.two
    figures, values = measure_network(graph, two_mode=two), measure_nodes(graph, two_mode=two)
    undated = sum(not start for _, _, start in whole.edges(data="start")) if request.period else 0
    found = Analysis(request, network, graph, figures, values, ego, undated)
    if not two:
        found = _with_communities(found)
    if before is None and earlier is None:
        return found
    past = whole if earlier is None else read_mode(earlier, request.mode)
    return _with_changes(found, _part(past, request, ego, before))


def _part(whole: nx.MultiDiGraph, request: Request, ego: str, period: Period | None = None) -> nx.MultiDiGraph:
    selection = Selection(request.scope, request.relations, request.period if period is None else period)
    network = select(whole, selection)
    if not ego:
        return network
    return around(network, ego, request.hops) if ego in network else kept(network, ())


def _nothing(whole: nx.MultiDiGraph, request: Request) -> str:
    if not whole:
        return f"no network of {request.mode} in this build; expected reports that tell of ties"
    asked = ", ".join(f"{name} {value}" for name, value in request.filters)
    days = sorted(day for _, _, data in whole.edges(data=True) for day in (data["start"], data["end"]) if day)
    undated = sum(not start for _, _, start in whole.edges(data="start"))
    spread = f"their days lie between {days[0]} and {days[-1]}" if days else "none has a date"
    return (
        f"{asked}: no tie is left; expected some of the {whole.number_of_edges()} of this build "
        f"({spread}; {undated} without a date)"
    )


def _with_communities(found: Analysis) -> Analysis:
    partition = find_communities(found.graph, found.request.seed)
    figures = {
        **found.figures,
        "communityCount": len(partition.communities),
        "modularity": partition.modularity,
        "stability": partition.stability,
    }
    return replace(found, figures=figures, partition=partition, standings=standings(found.graph, partition))


def _with_changes(found: Analysis, before: nx.MultiDiGraph) -> Analysis:
    labels = dict(before.nodes(data="label_zh")) | dict(found.graph.nodes(data="label_zh"))
    return replace(found, changes=changes(project(before), found.graph), labels=labels)


@contextmanager
def backend(name: str) -> Iterator[None]:
    """Let a backend of networkx serve the functions that it has; "" leaves networkx as it is set.

    Raises ConfigError for a backend that is not installed or cannot be loaded, and when scipy is missing.
    """
    if find_spec("scipy") is None:
        raise ConfigError("kg network: scipy is not installed; expected `pip install 'zhitu[network]'`")
    if not name:
        yield
        return
    import networkx as nx

    known = sorted(nx.config.backends)
    if name not in known:
        raise ConfigError(f"backend {name!r}: not installed; expected one of {', '.join(known) or 'none'}")
    try:
        # Graphs are not changed between calls, but copies of them for a backend need not be kept.
        with nx.config(backend_priority=[name], cache_converted_graphs=False):
            yield
    except ImportError as error:
        raise ConfigError(f"backend {name!r}: {error}; expected one for networkx {nx.__version__}") from error
