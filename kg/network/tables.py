"""The results as tables, for CSV and JSON. Numbers that are not whole have six decimals."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.model.frozen import Frozen
from kg.network.communities import RUNS
from kg.network.definitions import column_of, definitions
from kg.network.matrix import region_matrix
from kg.network.measures import COUNTS, METHODS, bridges_of
from kg.network.two_mode import second_side
from kg.store.entities import bare, term_labels

if TYPE_CHECKING:
    from kg.network.analysis import Analysis
    from kg.network.communities import Partition

__all__ = ["Table", "csv_of", "json_of", "number_of", "tables_of"]

#: A whole number, another number, or words.
Cell: TypeAlias = int | float | str

_ABOUT_NODES = ("label_zh", "label_en", "type", "kind", "country", "region")
_NAMED = 3


class Table(Frozen):
    """A table: its name (of its file too), its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(analysis: Analysis) -> tuple[Table, ...]:
    """All tables of an analysis, in the order in which one would read them."""
    found = [_summary(analysis), _measures(analysis), _edges(analysis)]
    if analysis.partition is not None:
        found += [_communities(analysis, analysis.partition), _roles(analysis), _matrix(analysis)]
    if analysis.changes is not None:
        found.append(_changes(analysis))
    return (*found, _definitions(analysis))


def number_of(name: str, value: float) -> Cell:
    """What counts something as a whole number; the others with six decimals, and no minus before a zero."""
    return int(value) if name in COUNTS else round(value, 6) + 0.0


def _join(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", "｜") for value in values)


def _summary(analysis: Analysis) -> Table:
    known = definitions()
    rows = [
        (column_of(name), known[name].zh, known[name].en, number_of(name, value))
        for name, value in analysis.figures.items()
    ]
    return Table("summary", ("measure", "name_zh", "name_en", "value"), tuple(rows))


def _measures(analysis: Analysis) -> Table:
    graph, values, standings = analysis.graph, analysis.values, analysis.standings or {}
    columns = ["key", *_ABOUT_NODES, *map(column_of, values)]
    order = sorted(graph, key=lambda node: (-values["strength"][node], -values["degree"][node], node))
    rows = []
    for node in order:
        row = [bare(node), *(graph.nodes[node][name] for name in _ABOUT_NODES)]
        row += [number_of(name, of_node[node]) for name, of_node in values.items()]
        if standings:
            row += [standings[node].community, standings[node].role.value]
        rows.append(tuple(row))
    return Table("measures", (*columns, *(("community", "role") if standings else ())), tuple(rows))


def _edges(analysis: Analysis) -> Table:
    labels, bridges = dict(analysis.graph.nodes(data="label_zh")), bridges_of(analysis.graph)
    second = set(second_side(analysis.graph))
    pairs = []
    for one, other, data in analysis.graph.edges(data=True):
        a, b = sorted((one, other), key=lambda node: (node in second, node))
        pairs.append((-data["weight"], a, b, data))
    rows = []
    for _, a, b, data in sorted(pairs, key=lambda pair: pair[:3]):
        words = (_join(data["relations"]), data["start"], data["end"], _join(data["lines"]), _join(data["quotes"]))
        bridge = "true" if (min(a, b), max(a, b)) in bridges else "false"
        rows.append((labels[a], labels[b], data["weight"], bridge, *words, bare(a), bare(b)))
    columns = ("a", "b", "weight", "bridge", "relations", "start", "end", "lines", "quotes", "key_a", "key_b")
    return Table("edges", columns, tuple(rows))


def _strongest(analysis: Analysis, nodes: Iterable[str]) -> list[str]:
    """The names of nodes, those with most ties first."""
    strength = analysis.values["strength"]
    return [analysis.graph.nodes[node]["label_zh"] for node in sorted(nodes, key=lambda n: (-strength[n], n))]


def _communities(analysis: Analysis, partition: Partition) -> Table:
    number = partition.number
    inside: dict[int, int] = dict.fromkeys(number.values(), 0)
    across = dict(inside)
    for a, b, weight in analysis.graph.edges(data="weight"):
        if number[a] == number[b]:
            inside[number[a]] += weight
        else:
            across[number[a]] += weight
            across[number[b]] += weight
    rows = []
    for n, nodes in enumerate(partition.communities, start=1):
        names = _strongest(analysis, nodes)
        rows.append((n, "、".join(names[:_NAMED]), len(nodes), inside[n], across[n], _join(names)))
    return Table("communities", ("community", "label", "size", "ties_inside", "ties_outside", "members"), tuple(rows))


def _roles(analysis: Analysis) -> Table:
    zh, en = term_labels("zh"), term_labels("en")
    between = analysis.values["betweenness"]
    found = (analysis.standings or {}).items()
    rows = []
    for node, one in sorted(found, key=lambda pair: (-pair[1].reached, -between[pair[0]], pair[0])):
        shares = (number_of("", value) for value in (one.participation, one.z, between[node]))
        numbers = (one.community, one.reached, *shares)
        role = f"networkRole-{one.role}"
        labels = (one.role.value, zh[role], en[role])
        rows.append((bare(node), analysis.graph.nodes[node]["label_zh"], *numbers, *labels))
    columns = ("key", "label_zh", "community", "communities", "participation", "within_module_z", "betweenness")
    return Table("roles", (*columns, "role", "role_zh", "role_en"), tuple(rows))


def _matrix(analysis: Analysis) -> Table:
    matrix = region_matrix(analysis.network)
    rows: list[tuple[Cell, ...]] = [
        (area.code, area.label_zh, area.label_en, *values)
        for area, values in zip(matrix.areas, matrix.values, strict=True)
    ]
    return Table("matrix", ("code", "label_zh", "label_en", *(area.label_zh for area in matrix.areas)), tuple(rows))


def _changes(analysis: Analysis) -> Table:
    labels = analysis.labels or {}
    rows = [
        (
            *(one.kind.value, labels[one.a], labels[one.b], one.before, one.after),
            *(_join(one.relations_before), _join(one.relations_after), bare(one.a), bare(one.b)),
        )
        for one in analysis.changes or ()
    ]
    columns = ("change", "a", "b", "before", "after", "relations_before", "relations_after", "key_a", "key_b")
    return Table("change", columns, tuple(rows))


def _definitions(analysis: Analysis) -> Table:
    known = definitions()
    rows = [
        (one.column, one.zh, one.en, one.definition_zh, one.definition_en, one.formula, METHODS[one.name])
        for one in (known[name] for name in analysis.measures)
    ]
    columns = ("measure", "name_zh", "name_en", "definition_zh", "definition_en", "formula", "method")
    return Table("definitions", columns, tuple(rows))


def _written(cell: Cell) -> Cell:
    return f"{cell:.6f}" if isinstance(cell, float) else cell


def csv_of(table: Table) -> str:
    """A table as CSV with a header."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def json_of(analysis: Analysis, tables: Sequence[Table]) -> str:
    """All tables as one JSON object, with what was asked under `parameters`."""
    import networkx as nx

    parameters: dict[str, Any] = {"mode": analysis.request.mode.value}
    for name, value in analysis.request.filters:
        parameters.setdefault(name, []).append(value)
    if analysis.partition is not None:
        parameters |= {"seed": analysis.request.seed, "runs": RUNS}
    parameters["networkx"] = nx.__version__
    content = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}
    return json.dumps({"parameters": parameters, **content}, ensure_ascii=False, indent=1) + "\n"
