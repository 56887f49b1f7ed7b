"""Readings that people judged: at a place of the text, words are to be read as others.

The text layer stays as it is, so that offsets and quotes are those of the file; what was understood of it changes,
as with any other repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.model import Cell, Issue, Repair, Report, Row, Run, Section, Sentence, Span, Table, TextLayer, squeeze
from kg.model.added import JUDGED
from kg.model.frozen import Frozen
from kg.model.judgement import Judgement, Judgements, Verb

__all__ = ["amend"]


class _Reading(Frozen):
    """On this line `old` is to be read as `new`."""

    line: int
    old: str
    new: str


def amend(report: Report, judgements: Judgements) -> tuple[Report, tuple[Issue, ...]]:
    """The report with the readings of its `text` rows in sentences, table cells, captions and headings.

    Each is listed as a Repair; a row whose words do not stand on its line is an Issue.
    """
    issues: list[Issue] = []
    for row in judgements.of(Verb.TEXT):
        if row.place[0] != report.source.id:
            continue
        changed = _amended(report, row)
        if changed is report:
            expected = f"{row.reading[0]} on line {row.place[1]} of {row.place[0]}"
            issues.append(row.issue("these words are not there", f"expected {expected}"))
        report = changed
    return report, tuple(issues)


def _amended(report: Report, row: Judgement) -> Report:
    (_, line), (old, new) = row.place, row.reading
    readings = [_Reading(line, old, new)]
    if squeeze(old) != old:
        # Sentences have no stray spaces, the line that the reader copied from may.
        readings.append(_Reading(line, squeeze(old), new))
    for reading in readings:
        sentences = tuple(_sentence(s, reading, report.layer) for s in report.sentences)
        tables = tuple(_table(t, reading) for t in report.tables)
        sections = _sections(report.sections, reading)
        if (sentences, tables, sections) != (report.sentences, report.tables, report.sections):
            repairs = (*report.repairs, Repair(line, JUDGED, old, new))
            ordered = tuple(sorted(repairs, key=lambda r: (r.line, r.rule)))
            return replace(report, sentences=sentences, tables=tables, sections=sections, repairs=ordered)
    return report


def _sentence(sentence: Sentence, reading: _Reading, layer: TextLayer) -> Sentence:
    at = sentence.text.find(reading.old)
    while at >= 0:
        spans = sentence.spans(at, at + len(reading.old))
        if spans and layer.line_of(spans[0].start) == reading.line:
            end = at + len(reading.old)
            text = sentence.text[:at] + reading.new + sentence.text[end:]
            # A gap between the words (a stray space) belongs to the place, a page break does not.
            last = spans[-1] if layer.line_of(spans[-1].start) == reading.line else spans[0]
            place = Span(spans[0].start, last.end)
            runs = tuple(_runs(sentence, at, end, len(reading.new), place))
            sentence = replace(sentence, text=text, runs=runs)
            at += len(reading.new)
        else:
            at += 1
        at = sentence.text.find(reading.old, at)
    return sentence


def _runs(sentence: Sentence, start: int, end: int, size: int, place: Span) -> Iterator[Run]:
    """The runs when `size` characters stand for those from start to end, which point at `place`."""
    put = False
    for run in sentence.runs:
        stop = run.start + run.length
        linear = run.width == run.length
        if run.start < start:
            length = min(stop, start) - run.start
            yield Run(run.start, length, run.offset, length if linear else run.width)
        if stop > start and not put:
            put = True
            if size:
                yield Run(start, size, place.start, place.end - place.start)
        if stop > end:
            cut = max(end - run.start, 0)
            offset = run.offset + cut if linear else run.offset
            length = run.length - cut
            yield Run(run.start + cut - (end - start) + size, length, offset, length if linear else run.width)


def _table(table: Table, reading: _Reading) -> Table:
    header, rows = (tuple(_row(row, reading) for row in part) for part in (table.header, table.rows))
    caption, unit = table.caption, table.unit
    if reading.line == table.line:
        caption, unit = (text.replace(reading.old, reading.new) for text in (caption, unit))
    changed = (header, rows, caption, unit) != (table.header, table.rows, table.caption, table.unit)
    return replace(table, header=header, rows=rows, caption=caption, unit=unit) if changed else table


def _row(row: Row, reading: _Reading) -> Row:
    if row.line != reading.line:
        return row
    texts = [cell.text for cell in row.cells]
    old, new = ([part.strip() for part in text.strip("| ").split("|")] for text in (reading.old, reading.new))
    if len(old) > 1:
        # Neighbouring cells: those that stay the same say which one is meant.
        for at in range(len(texts) - len(old) + 1):
            if texts[at : at + len(old)] == old and len(new) == len(old):
                texts[at : at + len(old)] = new
    elif reading.old in texts:
        # A whole cell is meant rather than the digits of a longer number.
        texts = [reading.new if text == reading.old else text for text in texts]
    else:
        texts = [text.replace(reading.old, reading.new) for text in texts]
    if texts == [cell.text for cell in row.cells]:
        return row
    return replace(row, cells=tuple(Cell(text, cell.span) for text, cell in zip(texts, row.cells, strict=True)))


def _sections(sections: Sequence[Section], reading: _Reading) -> tuple[Section, ...]:
    """The sections with a heading read otherwise, also in the paths of those below it."""
    titles = {s.path: s.title.replace(reading.old, reading.new) for s in sections if s.line == reading.line}
    titles = {path: title for path, title in titles.items() if path and path[-1] != title}
    if not titles:
        return tuple(sections)
    return tuple(_section(section, titles, reading) for section in sections)


def _section(section: Section, titles: dict[tuple[str, ...], str], reading: _Reading) -> Section:
    path = list(section.path)
    for n in range(len(path)):
        path[n] = titles.get(section.path[: n + 1], path[n])
    title = section.title.replace(reading.old, reading.new) if section.line == reading.line else section.title
    return replace(section, title=title, path=tuple(path))
