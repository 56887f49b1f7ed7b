"""Tables against themselves: parts of a row, rows of a total, domestic and foreign, and one edition against another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kg.check.evidence import Cell, Evidence
from kg.check.findings import Finding, Kind, Severity, Side
from kg.check.lookup import CHINA, DOMESTIC, FOREIGN, TOTAL
from kg.check.measures import word_list
from kg.model.frozen import Frozen

__all__ = ["editions", "table_sums"]

_COUNTED = {"normal", "other", "missing"}
#: So many parts are all shown; of more, the first and the last.
_SHOWN = 4
#: A sum that holds nowhere in its table is taken as meant when it is as near as this: a table of some areas only
#: has a larger total everywhere.
_NEAR = Decimal("0.005")


class _Sum(Frozen):
    """A printed total and what is to add up to it; `law` names the sums that hold or fail together."""

    law: tuple[str, ...]
    total: Cell
    parts: tuple[Cell, ...]
    zh: str
    en: str

    @property
    def value(self) -> Decimal:
        return sum((cell.value for cell in self.parts if cell.value is not None), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return self.value - (self.total.value or Decimal(0))


def table_sums(evidence: Evidence) -> Iterator[Finding]:
    """Totals that are not the sum of their parts. A sum is taken as meant when it holds somewhere in its table,
    or nearly holds here."""
    sums = [*_rows(evidence.cells), *_columns(evidence)]
    held = {each.law for each in sums if not each.difference}
    for each in sums:
        total = each.total.value or Decimal(0)
        if each.difference and (each.law in held or abs(each.difference) <= _NEAR * total):
            yield _finding(evidence, each)


def _finding(evidence: Evidence, each: _Sum) -> Finding:
    area = evidence.label(each.total.area)
    where = f"{each.total.dataset}，{area}，{each.total.column}"
    difference = f"{each.difference:+,f}"
    total = each.total.value or Decimal(0)
    zh = f"{where}：{each.zh}为{each.value:,f}，表中印为{total:,f}，相差{difference}"
    en = f"{where}: {each.en} is {each.value:,f}, printed {total:,f}, difference {difference}"
    return Finding(Kind.TABLE_SUM, Severity.ERROR, zh, en, (_side(evidence, each.total), *_sides(evidence, each.parts)))


def _side(evidence: Evidence, cell: Cell) -> Side:
    value = "-" if cell.value is None else f"{cell.value:,f}"
    name = f"{evidence.label(cell.area)} {cell.breakdown or cell.measure} {value}"
    return cell.words.side(name)


def _sides(evidence: Evidence, parts: Sequence[Cell]) -> Iterator[Side]:
    """All parts when they are few, else the first and the last."""
    shown = parts if len(parts) <= _SHOWN else (parts[0], parts[-1])
    return (_side(evidence, cell) for cell in shown)


def _grouped(cells: Iterable[Cell], name: str) -> dict[tuple[str, ...], list[Cell]]:
    groups: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        last = (cell.area,) if name == "row" else (cell.breakdown,)
        groups.setdefault((cell.edition, cell.dataset, cell.measure, cell.period, *last), []).append(cell)
    return groups


def _rows(cells: Iterable[Cell]) -> Iterator[_Sum]:
    """A breakdown with the breakdowns below it: 合计 with all others, 复杂案件 with 复杂案件-其他."""
    for key, group in _grouped(cells, "row").items():
        by_name: dict[str, Cell] = {}
        for cell in group:
            by_name.setdefault(cell.breakdown, cell)
        whole = next((name for name in word_list().role("whole") if name in by_name), "")
        for name, total in by_name.items():
            if total.value is None:
                continue
            if name == whole:
                parts = [cell for other, cell in by_name.items() if other not in ("", whole) and "-" not in other]
            else:
                parts = [
                    cell
                    for other, cell in by_name.items()
                    if other.startswith(f"{name}-") and "-" not in other[len(name) + 1 :]
                ]
            if len(parts) > 1 and (name or name == whole):
                yield _Sum(
                    ("row", key[1], key[2] if name == whole else name),
                    total,
                    tuple(parts),
                    "各分项之和",
                    "the sum of the parts",
                )


def _columns(evidence: Evidence) -> Iterator[_Sum]:
    """Total rows with the rows they cover: no bracketed ones, which lie inside another row."""
    for key, group in _grouped(evidence.cells, "column").items():
        by_area = {cell.area: cell for cell in group}
        counted = tuple(cell for cell in group if cell.status in _COUNTED and cell.area not in (TOTAL, CHINA))
        regions = tuple(cell for cell in counted if evidence.is_region(cell.area))
        others = tuple(cell for cell in counted if not evidence.is_region(cell.area))
        total, domestic, foreign = (by_area.get(area) for area in (TOTAL, DOMESTIC, FOREIGN))
        law = ("column", key[0], key[1])
        made: _Sum | None = None
        covered: list[tuple[Cell | None, tuple[Cell, ...]]]
        if total is not None and domestic is not None and foreign is not None:
            made = _Sum((*law, "halves"), total, (domestic, foreign), "国内与国外之和", "domestic plus foreign")
            covered = [(domestic, regions), (foreign, others)]
        elif total is not None:
            covered = [(total, counted)]
        else:
            alone = domestic is None or foreign is None
            covered = [(domestic, counted if alone else regions), (foreign, counted if alone else others)]
        sums = [made] if made else []
        sums += [
            _Sum((*law, each.area), each, parts, "各行之和", "the sum of the rows")
            for each, parts in covered
            if each is not None and len(parts) > 1
        ]
        yield from (each for each in sums if each.total.value is not None)


def editions(evidence: Evidence) -> Iterator[Finding]:
    """The same cell printed with two values by two editions."""
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in evidence.cells:
        if cell.value is not None:
            groups.setdefault((cell.series, cell.period), []).append(cell)
    for cells in groups.values():
        first = min(cells, key=lambda cell: cell.edition)
        for cell in cells:
            if cell.edition == first.edition or cell.value == first.value or cell.unit != first.unit:
                continue
            where = f"{cell.dataset}，{evidence.label(cell.area)}，{cell.measure} {cell.breakdown}".rstrip()
            values = f"{first.edition} {first.value:,f}, {cell.edition} {cell.value:,f}"
            zh = f"{where}，{cell.period}：两版数值不同，{values}"
            en = f"{where}, {cell.period}: two editions differ, {values}"
            sides = (_side(evidence, first), _side(evidence, cell))
            yield Finding(Kind.EDITION, Severity.WARNING, zh, en, sides)
