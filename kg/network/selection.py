"""Which ties of a network are looked at: by the reach of a tie, its relation and its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.model import PartialDate
from kg.model.frozen import Frozen

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["ALWAYS", "Period", "Scope", "Selection", "kept", "select"]


class Scope(StrEnum):
    """Ties between two domestic actors, ties with an actor that is not, or both together."""

    DOMESTIC = "domestic"
    INTERNATIONAL = "international"
    ALL = "all"


class Period(Frozen):
    """From the first to the last day, both in it; None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def parse(cls, since: str, until: str) -> Period:
        """A period from two dates YYYY, YYYY-MM or YYYY-MM-DD, "" for an open end; ConfigError for another form."""
        first = _date(since).earliest if since else None
        last = _date(until).latest if until else None
        if first and last and first > last:
            raise ConfigError(f"period {since} to {until}; expected one that ends after it begins")
        return cls(first, last)

    @classmethod
    def between(cls, text: str) -> Period:
        """A period written `2024`, `2024-01..2024-06`, `..2023`; ConfigError as `parse`."""
        since, dots, until = text.partition("..")
        if not since and not until:
            raise ConfigError(f"period {text!r}; expected YYYY, YYYY-MM, YYYY-MM-DD, or two of them with .. between")
        return cls.parse(since, until if dots else since)

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}" if self else ""

    def holds(self, start: str, end: str) -> bool:
        """Whether something from `start` to `end` (YYYY-MM-DD) may fall in it; what has no date does not."""
        if not self:
            return True
        if not start:
            return False
        late = self.last is not None and start > self.last.isoformat()
        early = self.first is not None and end < self.first.isoformat()
        return not (late or early)


#: No limit of time.
ALWAYS = Period()


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise ConfigError(f"date {text!r}; expected YYYY, YYYY-MM or YYYY-MM-DD") from None


class Selection(Frozen):
    """What is kept: a scope, relations (none: all) and a period. A tie of July is in each period that has a day of July."""

    scope: Scope = Scope.ALL
    relations: tuple[str, ...] = ()
    period: Period = ALWAYS

    def holds(self, data: dict[str, Any]) -> bool:
        """Whether an edge with these attributes is kept."""
        domestic = data["reach"] == "domestic"
        return (
            (self.scope is Scope.ALL or domestic == (self.scope is Scope.DOMESTIC))
            and (not self.relations or data["relation"] in self.relations)
            and self.period.holds(data["start"], data["end"])
        )


def kept(network: nx.MultiDiGraph, keys: Iterable[str]) -> nx.MultiDiGraph:
    """The edges with these keys and the nodes that have any, in the order they had."""
    import networkx as nx

    wanted = set(keys)
    edges = [(a, b, key, data) for a, b, key, data in network.edges(keys=True, data=True) if key in wanted]
    ends = {end for a, b, _, _ in edges for end in (a, b)}
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((node, data) for node, data in network.nodes(data=True) if node in ends)
    graph.add_edges_from(edges)
    return graph


def select(network: nx.MultiDiGraph, selection: Selection) -> nx.MultiDiGraph:
    """The edges that a selection keeps, and the nodes that have any."""
    return kept(network, [key for _, _, key, data in network.edges(keys=True, data=True) if selection.holds(data)])
