"""What the checks look at, asked from the store: cells of tables, figures in prose, names, and the words of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kg.check.findings import Side
from kg.check.measures import word_list
from kg.model.frozen import Frozen
from kg.resources import resource
from kg.store.entities import ask_rows, bare

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["Cell", "Evidence", "Figure", "Words", "ask"]

_ID = "https://w3id.org/zhitu/id/"
_CHINA = f"{_ID}place/CN"
_LONGEST = 12


class Words(Frozen):
    """The words of a passage: each piece with its line, and all of them as one text."""

    source: str
    lines: tuple[int, ...]
    quotes: tuple[str, ...]

    @property
    def text(self) -> str:
        """The pieces as one text."""
        return "".join(self.quotes)

    def side(self, says: str) -> Side:
        """This passage as a side of a finding."""
        return Side(self.source, self.lines[0], self.text, says)


class Cell(Frozen):
    """A cell of a table. `dataset`, `measure`, `breakdown` and `unit` are printed labels (breakdown "" for
    none), `area` is an IRI; `series` an IRI of all dimensions but the period; `value` None when missing."""

    dataset: str
    area: str
    measure: str
    breakdown: str
    period: str
    edition: str
    status: str
    series: str
    column: str
    value: Decimal | None
    unit: str
    words: Words


class Figure(Frozen):
    """A figure in prose. `measured` is its name without a place at its head; `area` an IRI, a printed name, or ""
    for the whole country; `growth` the change to the year before in percent. Other fields as in
    `kg.model.Indicator`."""

    name: str
    measured: str
    written: str
    written_unit: str
    value: Decimal
    unit: str
    period: str
    area: str
    subject: str
    approximation: str
    growth: Decimal | None
    cumulative: bool
    target: bool
    since: str
    low: Decimal | None
    high: Decimal | None
    text: str
    words: Words

    @property
    def shown(self) -> str:
        """The name with the value as written."""
        return f"{self.name} {self.text or self.written}{self.written_unit}"

    @property
    def place(self) -> tuple[str, int]:
        """Source and line."""
        return (self.words.source, self.words.lines[0])


def ask(store: Store, name: str) -> Iterator[dict[str, str]]:
    """The rows of a query of `queries/check/`."""
    return ask_rows(store, resource("queries", "check", f"{name}.rq").read_text(encoding="utf-8"))


class Evidence:
    """All that the checks need, asked once; tuples are in an order that does not depend on the store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """The words of each passage by its IRI."""
        found = {}
        for row in ask(self.store, "passages"):
            lines = tuple(int(line) for line in row["lines"].split("|"))
            quotes = tuple(row["quotes"].split("|", len(lines) - 1))
            found[row["passage"]] = Words(bare(row["source"]), lines, quotes)
        return found

    @cached_property
    def _named(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        labels: dict[str, str] = {}
        broader: dict[str, str] = {}
        for row in ask(self.store, "labels"):
            labels[row["thing"]] = min(row["label"], labels.get(row["thing"], row["label"]))
            if "broader" in row:
                broader[row["thing"]] = row["broader"]
        return labels, broader

    def label(self, iri: str) -> str:
        """The zh name of a place or concept, else the text itself."""
        return self._named[0].get(iri, iri)

    def within(self, place: str, other: str) -> bool:
        """True when a place is the other or lies in it."""
        seen = set()
        while place and place not in seen:
            if place == other:
                return True
            seen.add(place)
            place = self._named[1].get(place, "")
        return False

    def is_region(self, area: str) -> bool:
        """True for a part of China."""
        return area != _CHINA and self.within(area, _CHINA)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all tables, by source, line and column."""
        found = [
            Cell(
                self.label(row["dataset"]),
                row["area"],
                self.label(row["measure"]),
                "" if row["breakdown"].endswith("#breakdown-total") else self.label(row["breakdown"]),
                row["period"],
                bare(row["edition"]),
                bare(row["status"]),
                row["series"],
                row["column"],
                Decimal(row["value"]) if "value" in row else None,
                self.label(row["unit"]) if "unit" in row else "",
                self.words[row["passage"]],
            )
            for row in ask(self.store, "cells")
        ]
        return tuple(sorted(found, key=_cell_order))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the prose, without those read from a row of a table, by source, line and name."""
        properties: dict[str, dict[str, str]] = {}
        for row in ask(self.store, "figures"):
            name = row["property"].replace("#", "/").rpartition("/")[2]
            properties.setdefault(row["id"], {})[name] = row["value"]
        rows = {id(cell.words) for cell in self.cells}
        made = (self._figure(found) for found in properties.values() if "wasDerivedFrom" in found)
        return tuple(sorted((figure for figure in made if id(figure.words) not in rows), key=_figure_order))

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        """Places by each of their names, the country itself aside."""
        found: dict[str, str] = {}
        for row in ask(self.store, "areas"):
            name = row["name"]
            if row["place"] != _CHINA and 2 <= len(name) <= _LONGEST:
                found[name] = min(row["place"], found.get(name, row["place"]))
        return found

    def _headed(self, name: str) -> str:
        """The place that a name of a figure begins with, "" for none."""
        heads = (name[:size] for size in range(min(_LONGEST, len(name) - 2), 1, -1))
        return next((head for head in heads if head in self._areas), "")

    def _figure(self, found: Mapping[str, str]) -> Figure:
        area = found.get("area", "") or found.get("areaName", "")
        growth = found.get("comparisonValue")
        yearly = found.get("comparisonKind", "").endswith("-yoy") and found.get("comparisonUnit") == "%"
        name = found["prefLabel"]
        area = "" if area == _CHINA or area in word_list().by_role["home"] else area
        headed = self._headed(name)
        headed = headed if not area or (headed and self._areas[headed] == area) else ""
        return Figure(
            name=name,
            measured=name.removeprefix(headed),
            written=found["writtenValue"],
            written_unit=found.get("writtenUnit", ""),
            value=Decimal(found["obsValue"]),
            unit=self.label(found["unitMeasure"]),
            period=found["period"],
            area=self._areas[headed] if headed else area,
            subject=found.get("subject", ""),
            approximation=bare(found.get("approximation", "")) if "approximation" in found else "",
            growth=Decimal(growth) if growth is not None and yearly else None,
            cumulative=found.get("cumulative") == "true",
            target=found.get("target") == "true",
            since=found.get("since", ""),
            low=Decimal(found["low"]) if "low" in found else None,
            high=Decimal(found["high"]) if "high" in found else None,
            text=found.get("valueText", ""),
            words=self.words[found["wasDerivedFrom"]],
        )


def _cell_order(cell: Cell) -> tuple[object, ...]:
    where = (cell.words.source, cell.words.lines, cell.edition, cell.dataset, cell.measure, cell.breakdown)
    return (*where, cell.column, cell.period, cell.area, cell.series)


def _figure_order(figure: Figure) -> tuple[object, ...]:
    return (*figure.place, figure.name, figure.period, figure.value, figure.words.quotes, figure.written)
