"""The network of actors and ties: graphs, measures, communities, roles, comparison."""

from __future__ import annotations

from kg.network.graph import project, read_network

__all__ = ["project", "read_network"]
