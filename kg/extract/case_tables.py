"""Tables that list cases: a column of numbers, a column of titles, and the series in the caption."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.extract.case_subjects import region_of
from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.organisations import OrganisationFinder
from kg.extract.own_names import OwnNames
from kg.extract.words import words
from kg.lexicon import EntryType, Lexicon
from kg.model import Actor, CaseFact, Passage, Report, Row, Span, Table, squeeze

__all__ = ["Bodies", "bodies_of_titles", "cases_of_tables"]

#: The bodies that a title names.
Bodies = Callable[[str], tuple[OrgHit, ...]]

_TAG = re.compile(r"<[^<>\n]{0,200}>|\*\*")
_NUMBER = re.compile(r"\d{1,4}")
_SPACE = re.compile(r"\s+")


def bodies_of_titles(publisher: str, lexicon: Lexicon) -> Bodies:
    """Finds the bodies in the titles that a report lists; each is read once."""
    finder = OrganisationFinder(lexicon, OwnNames(lexicon, Actor(publisher)))

    @cache
    def bodies(title: str) -> tuple[OrgHit, ...]:
        hits = lexicon.find(title)
        places = [PlaceHit(h.start, h.end, h.surface, h.entry) for h in hits if h.entry.type is EntryType.PLACE]
        return finder.find(title, hits, places, "")

    return bodies


def cases_of_tables(report: Report, lexicon: Lexicon, bodies: Bodies) -> Iterator[CaseFact]:
    """The cases of all list tables of a report, a passage a row."""
    for table in report.tables:
        columns = _columns(table)
        series = _series(report, table)
        if columns and _lists_cases(columns, series):
            for row in table.rows:
                fact = _fact(report, table, row, columns, series, lexicon, bodies)
                if fact:
                    yield fact


def _columns(table: Table) -> dict[str, int]:
    """Which column holds what: number, title, organisation, region."""
    if not table.header:
        return {}
    known = words("case_columns")
    found: dict[str, int] = {}
    for at, cell in enumerate(table.header[-1].cells):
        kind = known.get(_SPACE.sub("", cell.text))
        if kind and kind not in found:
            found[kind] = at
    return found


def _lists_cases(columns: dict[str, int], series: str) -> bool:
    """True for a table of titles; a mere column of names needs a caption that tells of cases."""
    if "number" not in columns:
        return False
    return "title" in columns or ("name" in columns and any(word in series for word in words("case_captions")))


def _series(report: Report, table: Table) -> str:
    if table.caption:
        return squeeze(table.caption)
    return report.sections[table.section].title if table.section >= 0 else ""


def _fact(
    report: Report,
    table: Table,
    row: Row,
    columns: dict[str, int],
    series: str,
    lexicon: Lexicon,
    bodies: Bodies,
) -> CaseFact | None:
    title = squeeze(row.cells[columns.get("title", columns.get("name", 0))].text)
    number = _NUMBER.fullmatch(row.cells[columns["number"]].text.strip())
    if not title or number is None:
        return None
    told = {kind: squeeze(row.cells[at].text) for kind, at in columns.items() if kind in ("organisation", "region")}
    place = lexicon.place(told["region"]) if told.get("region") else None
    return CaseFact(
        passage=_passage(report, table, row),
        rule="case.table",
        title=title,
        series=series,
        number=int(number[0]),
        region=place.zh if place else told.get("region") or region_of(title, lexicon),
        organisation=told.get("organisation") or _organisation(title, lexicon, bodies),
    )


def _organisation(title: str, lexicon: Lexicon, bodies: Bodies) -> str:
    """The body that a title begins with, "" when it begins with none."""
    found = bodies(title)
    opening = lexicon.find(title)[:1] if found and found[0].start else ()
    begins = [0, *(h.end for h in opening if h.start == 0 and h.entry.type is EntryType.PLACE)]
    first = next((o for o in found if o.start in begins), None)
    return first.actor.name if first else ""


def _passage(report: Report, table: Table, row: Row) -> Passage:
    """The words of a row; cells between pipes are pieces of their own."""
    text = report.layer.text
    spans = [row.span]
    if "|" in text[row.span.start : row.span.end]:
        inside = (c for c in row.cells if row.span.start <= c.span.start and c.span.end <= row.span.end)
        spans = [cell.span for cell in dict.fromkeys(inside) if cell.text] or spans
    exact = tuple(text[s.start : s.end] for s in spans)
    section = report.sections[table.section].path if table.section >= 0 else ()
    where = f"{table.caption} {squeeze(row.cells[0].text)}".strip()
    return Passage(
        source=report.source.id,
        spans=tuple(Span(s.start, s.end) for s in spans),
        exact=exact,
        quotes=tuple(squeeze(_TAG.sub("", piece)) for piece in exact),
        lines=tuple(report.layer.line_of(s.start) for s in spans),
        section=section,
        locator=where,
    )
