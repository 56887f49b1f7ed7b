"""Statistics as a data cube of the default graph: table cells, missing cells and figures in prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from kg.model import Indicator, Observation, Resolution, RowStatus
from kg.rdf import terms
from kg.rdf.iris import label_iri, new_thing, source, thing
from kg.rdf.units import qudt_units
from kg.rdf.vocabulary import PREFIXES, concept, term

__all__ = ["area_tail", "cube_lines", "dimension_tails", "observation_block", "unit_tails", "value_tail"]

_A = term("rdf:type")
_LABEL = term("skos:prefLabel")
_TOTAL = term("zt:breakdown-total")
_SCHEMES = {
    "measure": term("zt:measureScheme"),
    "breakdown": term("zt:breakdownScheme"),
    "unit": term("zt:unitScheme"),
}
#: How the unit of a bare number is called.
_NO_UNIT = "无单位"

_OBSERVATION = term("qb:Observation")
_MISSING = term("zt:MissingCell")
_DATASET = term("qb:dataSet")
_AREA = term("zt:area")
_MEASURE = term("zt:measure")
_BREAKDOWN = term("zt:breakdown")
_PERIOD = term("zt:period")
_EDITION = term("zt:edition")
_VALUE = term("sdmx-measure:obsValue")
_UNIT = term("sdmx-attribute:unitMeasure")
_SERIES = term("zt:series")
_STATUS = term("zt:rowStatus")
_LATEST = term("zt:latestEdition")
_COLUMN = term("zt:column")
_PRINTED = term("zt:printed")
_DERIVED = term("prov:wasDerivedFrom")

_literal = lru_cache(maxsize=4096)(terms.literal)
_period = lru_cache(maxsize=1024)(terms.period)


def _breakdown(label: str) -> str:
    return label_iri("breakdown", label) if label else _TOTAL


def _series(key: str) -> str:
    return thing(key if key.startswith("series/") else f"series/{key}")


@lru_cache(maxsize=4096)
def dimension_tails(dataset: str, measure: str, breakdown: str, period: str) -> tuple[str, ...]:
    """What all cells of a column share, as the ends of their lines: predicate, object and full stop."""
    return (
        f" {_DATASET} {thing(dataset)} .",
        f" {_MEASURE} {label_iri('measure', measure)} .",
        f" {_BREAKDOWN} {_breakdown(breakdown)} .",
        f" {_PERIOD} {_period(period)} .",
    )


@lru_cache(maxsize=4096)
def area_tail(area: str) -> str:
    """The area of a row, as the end of a line."""
    return f" {_AREA} {thing(area)} ."


@lru_cache(maxsize=1024)
def unit_tails(unit: str) -> tuple[str, str]:
    """What makes a cell with a value an observation: its type and unit, as the ends of lines."""
    return f" {_A} {_OBSERVATION} .", f" {_UNIT} {label_iri('unit', unit)} ."


def value_tail(value: Decimal) -> str:
    """A value, as the end of a line. Raises ValueError for a number that is not finite."""
    return f" {_VALUE} {terms.number(value)} ."


@lru_cache(maxsize=4096)
def _print_tails(edition: str, column: str, latest: bool) -> tuple[str, ...]:
    """What a column says as one edition prints it."""
    tails = (f" {_EDITION} {source(edition)} .", f" {_COLUMN} {_literal(column)} .")
    return (*tails, f" {_LATEST} {terms.boolean(True)} .") if latest else tails


def observation_block(key: str, tails: Sequence[str]) -> str:
    """The lines of an observation, each ended by `\\n`, from its key and the ends of the lines."""
    s = new_thing(key)
    return s + f"\n{s}".join(tails) + "\n"


@lru_cache(maxsize=64)
def _status_tail(status: RowStatus) -> str:
    return f" {_STATUS} {concept('rowStatus', status)} ."


def _observation(item: Observation, passage: str) -> list[str]:
    # Most lines of the graph are made here, so each is its subject with an end that many cells share.
    if item.value is None:
        told: tuple[str, ...] = (f" {_A} {_MISSING} .", f" {_PRINTED} {_literal(item.printed)} .")
    else:
        told = (*unit_tails(item.unit), value_tail(item.value))
    s = new_thing(item.key)
    tails = (
        *dimension_tails(item.dataset, item.measure, item.breakdown, item.period),
        *_print_tails(item.edition, item.column, item.latest),
        area_tail(item.area),
        _status_tail(item.status),
        f" {_SERIES} {_series(item.series_key)} .",
        f" {_DERIVED} {passage} .",
        *told,
    )
    return [s + tail for tail in tails]


def _indicator(item: Indicator, telling: str) -> Iterator[str]:
    s = thing(item.key)
    change = item.comparison
    yield f"{s} {_A} {_OBSERVATION} ."
    yield f"{s} {_A} {term('zt:Indicator')} ."
    yield f"{s} {_LABEL} {terms.tagged(item.name)} ."
    pairs: list[tuple[str, str]] = [
        ("qb:dataSet", thing(f"dataset/prose-{item.source}")),
        ("zt:telling", telling),
        ("sdmx-measure:obsValue", terms.number(item.base_value)),
        ("sdmx-attribute:unitMeasure", label_iri("unit", item.base_unit)),
        ("zt:writtenValue", terms.literal(f"{item.value:f}")),
        ("zt:writtenUnit", terms.literal(item.unit)),
        ("zt:valueText", _text(item.value_text)),
        ("zt:period", _period(item.period)),
        ("zt:area", thing(item.area) if item.area else ""),
        ("zt:areaName", _text(item.area_name)),
        ("zt:subject", _text(item.subject)),
        ("zt:approximation", concept("approximation", item.approx) if item.approx else ""),
        ("zt:cumulative", terms.boolean(item.cumulative)),
        ("zt:target", terms.boolean(item.target)),
        ("zt:since", _period(item.since) if item.since else ""),
        ("zt:low", terms.decimal(item.low) if item.low is not None else ""),
        ("zt:high", terms.decimal(item.high) if item.high is not None else ""),
        ("zt:rank", _text(item.rank)),
    ]
    if change is not None:
        pairs += [
            ("zt:comparisonKind", concept("comparisonKind", change.kind)),
            ("zt:comparisonValue", terms.decimal(change.value)),
            ("zt:comparisonUnit", terms.literal(change.unit)),
            ("zt:comparisonBase", _text(change.base)),
        ]
    for name, value in pairs:
        if value:
            yield f"{s} {term(name)} {value} ."


def _text(value: str) -> str:
    return terms.literal(value) if value else ""


def _datasets(resolution: Resolution) -> Iterator[str]:
    """The table series that are printed, and one data set a source for its prose figures."""
    publishers = {item.id: item.publisher for item in resolution.sources}
    titles = {item.id: item.title for item in resolution.sources}
    found: dict[str, tuple[str, str, str]] = {}
    for cell in resolution.observations:
        told = (cell.series, publishers.get(cell.edition, ""), "zt:tableStructure")
        found[cell.dataset] = min(found.get(cell.dataset, told), told)
    for name in {item.source for item in resolution.indicators}:
        label = f"{titles.get(name, name)}：正文数据"
        found[f"dataset/prose-{name}"] = (label, publishers.get(name, ""), "zt:proseStructure")
    for key, (label, publisher, structure) in found.items():
        s = thing(key)
        yield f"{s} {_A} {term('qb:DataSet')} ."
        yield f"{s} {term('rdfs:label')} {terms.tagged(label)} ."
        yield f"{s} {term('qb:structure')} {term(structure)} ."
        if publisher:
            yield f"{s} {term('dcterms:publisher')} {terms.literal(publisher)} ."


def _concepts(resolution: Resolution) -> Iterator[str]:
    """Measures, breakdowns and units: a concept for each printed label that is used."""
    cells = resolution.observations
    used = {
        "measure": {cell.measure for cell in cells},
        "breakdown": {cell.breakdown for cell in cells if cell.breakdown},
        "unit": {cell.unit for cell in cells if cell.value is not None}
        | {item.base_unit for item in resolution.indicators},
    }
    for kind, labels in used.items():
        for label in labels:
            s = label_iri(kind, label)
            yield f"{s} {_A} {term('skos:Concept')} ."
            yield f"{s} {_LABEL} {terms.tagged(label or _NO_UNIT)} ."
            yield f"{s} {term('skos:inScheme')} {_SCHEMES[kind]} ."
            if kind == "unit" and label in qudt_units():
                yield f"{s} {term('skos:exactMatch')} <{PREFIXES['unit']}{qudt_units()[label]}> ."


def cube_lines(resolution: Resolution, passages: Mapping[int, str], tellings: Mapping[str, str]) -> Iterator[str]:
    """Data sets, concepts, cells and prose figures, in no order; a line may come more than once.

    `passages` gives the IRI of a passage object by its `id()`, `tellings` the IRI of a figure's telling by
    the figure's key. A figure without a telling gets no `zt:telling`, which its shape reports.
    """
    yield from _datasets(resolution)
    yield from _concepts(resolution)
    for cell in resolution.observations:
        yield from _observation(cell, passages[id(cell.passage)])
    for figure in resolution.indicators:
        yield from _indicator(figure, tellings.get(figure.key, ""))
