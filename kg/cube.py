"""From the raw text of reports to the observations of their tables, table by table: memory does not grow with them.

The lines are those that `kg build` writes of a cell with a value, with its type, data set, area, measure, breakdown,
period, value and unit. Passages, editions and what other reports print of the same cell are left to the build. No sections are
looked for: a table without a region of its own has the publisher's area.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.table_reading import CellPlan, TableReading, TableRow
from kg.extract.table_values import Area
from kg.lexicon import Lexicon
from kg.lexicon.table_words import load_table_words
from kg.model import Issue
from kg.rdf.cube import area_tail, dimension_tails, observation_block, unit_tails, value_tail
from kg.resolve.cells import CellKeys, cell_end, row_starts
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.names import even
from kg.resolve.places import Places
from kg.text.stream import TablePiece, stream_tables

__all__ = ["ObservationStream"]

#: Data set, measure, breakdown and period, the labels evened out.
_Dimensions = tuple[str, str, str, str]


class _Told:
    """Which areas each column of a data set has told. Columns with the same areas share one set, so that many
    editions of a table take little more room than one."""

    def __init__(self) -> None:
        self._areas: dict[_Dimensions, frozenset[str]] = {}
        self._shared: dict[frozenset[str], frozenset[str]] = {}

    def of(self, column: _Dimensions) -> frozenset[str]:
        """The areas of a column: data set, measure, breakdown and period."""
        return self._areas.get(column, frozenset())

    def add(self, column: _Dimensions, areas: set[str]) -> None:
        """Adds areas to a column."""
        told = self.of(column).union(areas)
        self._areas[column] = self._shared.setdefault(told, told)


class _Column(Struct):
    """A column of a table: the ends of the keys and of the lines of its cells, what it told in tables before, and here."""

    end: str
    tails: tuple[str, ...]
    before: frozenset[str]
    areas: set[str]


class ObservationStream:
    """Reads reports one after the other. `count` is how many observations were made, `issues` what was doubtful."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.count = 0
        self.issues: list[Issue] = []
        self._lexicon = lexicon
        self._places = Places(Gazetteer(lexicon))
        self._keys = CellKeys(self._places)

    def blocks(self, path: Path) -> Iterator[str]:
        """The N-Triples of a report: a string of whole lines for each table, each line once.

        Raises InputError when `path` is no readable text.
        """
        told = _Told()
        for piece in stream_tables(path, self._lexicon):
            self.issues += piece.report.issues
            yield from self._tables(piece, told)

    def write(self, path: Path, out: Path) -> int:
        """Writes the N-Triples of a report to a file; returns how many observations. Raises as `blocks`, OSError."""
        before = self.count
        with out.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(self.blocks(path))
        return self.count - before

    def _tables(self, piece: TablePiece, told: _Told) -> Iterator[str]:
        words = load_table_words()
        for table in piece.report.tables:
            reading = TableReading(piece.report, table, self._lexicon, words)
            lines = _TableLines(reading, self._keys, told)
            blocks = [block for row in reading.rows() for block in lines.of(row)]
            lines.close()
            self.count += len(blocks)
            self.issues += [replace(i, line=i.line + piece.lines) for i in (*reading.issues, *lines.issues)]
            yield "".join(blocks)
        self.issues += self._places.issues
        self._places.issues.clear()


class _TableLines:
    """Lines of one table."""

    def __init__(self, reading: TableReading, keys: CellKeys, told: _Told) -> None:
        self.issues: list[Issue] = []
        self._source = reading.report.source
        self._keys = keys
        self._dataset = keys.dataset(reading.series, self._source.publisher)
        self._told = told
        self._columns: dict[_Dimensions, _Column] = {}
        self._planned: dict[int, _Column] = {}

    def of(self, row: TableRow) -> Iterator[str]:
        """A block of lines for each cell of a row that has a value."""
        row_area = self._area(row.area, row)
        for plan, number, _ in row.cells:
            if number.value is None:
                continue
            area = self._area(plan.area, row) if plan.area else row_area
            column = self._planned.get(id(plan)) or self._column(plan)
            if area in column.areas or area in column.before:
                found = f"{row.locator}, {plan.label}: {number.value}"
                self.issues.append(Issue(self._source.id, row.label.row.line, "table-cell-twice", found, "told before"))
                continue
            column.areas.add(area)
            key = row_starts(self._dataset, area)[0] + column.end
            unit = number.unit or row.label.unit or plan.unit
            tails = (*column.tails, area_tail(area), *unit_tails(unit), value_tail(number.value))
            yield observation_block(key, tails)

    def _area(self, area: Area, row: TableRow) -> str:
        return self._keys.area(area.name, row.status, self._source.id, row.label.row.line)

    def _column(self, plan: CellPlan) -> _Column:
        # Rows with other labels have other plans, which may name the same dimensions; labels are compared as keys do.
        asked = (self._dataset, even(plan.measure), even(plan.breakdown), plan.period)
        if asked not in self._columns:
            end = cell_end(plan.measure, plan.breakdown, plan.period, self._source.id)
            tails = dimension_tails(self._dataset, plan.measure, plan.breakdown, plan.period)
            self._columns[asked] = _Column(end, tails, self._told.of(asked), set())
        column = self._planned[id(plan)] = self._columns[asked]
        return column

    def close(self) -> None:
        """Notes what the table told, at its end."""
        for dimensions, column in self._columns.items():
            self._told.add(dimensions, column.areas)
