"""One telling of an event, agreement or document against another: dates and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.check.evidence import Evidence, ask
from kg.check.findings import Finding, Kind, Severity

__all__ = ["tellings", "visits"]

_DIFFERS = re.compile(r"(start|end|signed|date|place): ([^,]{1,80}), chosen (.{1,400})")
_FIELDS = {
    "start": ("日期", "date"),
    "end": ("结束日期", "end"),
    "signed": ("签署日期", "date of signing"),
    "date": ("日期", "date"),
    "place": ("地点", "place"),
}


def tellings(evidence: Evidence) -> Iterator[Finding]:
    """Tellings that depart from the others in a date or place, beyond precision."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for found_row in ask(evidence.store, "differences"):
        rows.setdefault(found_row["thing"], []).append(found_row)
    # One pair of sentences may tell of an event and of what was signed there: one contradiction.
    seen: set[tuple[str, str, str, str]] = set()
    for thing in sorted(rows, key=lambda name: (len(rows[name][0]["name"]), name)):
        told = sorted(rows[thing], key=lambda row: (row["passage"], row.get("differs", "")))
        for row in told:
            found = _DIFFERS.fullmatch(row.get("differs", ""))
            if found is None or _only_precision(found[2], found[3]):
                continue
            departing = {other["passage"] for other in told if other.get("differs", "").startswith(f"{found[1]}:")}
            others = [other for other in told if other["passage"] not in departing and _dated(other, found[1])]
            if not others:
                continue
            other = min(others, key=lambda each: _rank(evidence, each))
            pair = (row["passage"], other["passage"], found[2], found[3])
            if pair not in seen:
                seen.add(pair)
                yield _departure(evidence, row, other, found)


def _dated(row: Mapping[str, str], field: str) -> bool:
    """True when a telling tells a date, where a date is asked for."""
    return field == "place" or "told" in row


def _rank(evidence: Evidence, row: Mapping[str, str]) -> tuple[object, ...]:
    """The telling with the longest date first."""
    words = evidence.words[row["passage"]]
    return (-len(row.get("told", "")), words.source, words.lines, words.quotes)


def _only_precision(told: str, chosen: str) -> bool:
    return told.startswith(chosen) or chosen.startswith(told)


def _departure(evidence: Evidence, row: Mapping[str, str], other: Mapping[str, str], found: re.Match[str]) -> Finding:
    field, told, chosen = found.groups()
    zh_field, en_field = _FIELDS[field]
    if field == "place":
        keys = chosen.split("、")
        chosen = "、".join(evidence.label(f"https://w3id.org/zhitu/id/{key}") for key in keys)
    inside = field != "place" and row.get("start", "") <= told <= row.get("end", "")
    severity = Severity.NOTE if inside else Severity.WARNING
    chosen_zh = f"{chosen}至{row['end']}" if inside else chosen
    chosen_en = f"{chosen} to {row['end']}" if inside else chosen
    zh = f"{row['name']}：{zh_field}一处为{told}，另一处为{chosen_zh}"
    en = f"{row['name']}: {en_field} {told} in one place, {chosen_en} in another"
    words = evidence.words[row["passage"]], evidence.words[other["passage"]]
    says = (told, chosen) if field == "place" else (row.get("told", told), other.get("told", chosen))
    sides = tuple(each.side(value) for each, value in zip(words, says, strict=True))
    return Finding(Kind.TELLING, severity, zh, en, sides)


def visits(evidence: Evidence) -> Iterator[Finding]:
    """Visits of one person to one body, and talks of two people, told in two months, each in one place only: two
    of them, or one misdated."""
    for one, other in _pairs(ask(evidence.store, "visits")):
        yield _two_months(evidence, one, other, ("访问", "visits"))
    for one, other in _pairs(ask(evidence.store, "talks")):
        # A chronicle gives the day, a chapter the month: two days are two meetings, and so are distant months.
        retold = len(one["date"]) != len(other["date"]) and int(other["date"][5:7]) - int(one["date"][5:7]) == 1
        if retold and _may_be_one_place(evidence, one, other):
            yield _two_months(evidence, one, other, ("会见", "meets"))


_Row = Mapping[str, str]


def _pairs(rows: Iterable[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Two things of the same two actors, each told once, in two months of one year."""
    found: dict[tuple[str, str], dict[str, list[_Row]]] = {}
    for row in rows:
        things = found.setdefault((row["person"], row["body"]), {})
        things.setdefault(row["event"], []).append(row)
    for actors in sorted(found):
        things = found[actors]
        once = [told[0] for _, told in sorted(things.items()) if len({row["passage"] for row in told}) == 1]
        for pair in combinations(once, 2):
            one, other = sorted(pair, key=lambda row: (row["date"], row["event"]))
            short = min(len(one["date"]), len(other["date"])) < len("2024-01")
            if not short and one["date"][:4] == other["date"][:4] and one["date"][:7] != other["date"][:7]:
                yield one, other


def _may_be_one_place(evidence: Evidence, one: _Row, other: _Row) -> bool:
    if "place" not in one or "place" not in other:
        return True
    a, b = one["place"], other["place"]
    return evidence.within(a, b) or evidence.within(b, a)


def _two_months(evidence: Evidence, one: _Row, other: _Row, verb: tuple[str, str]) -> Finding:
    months = f"{one['date'][:7]}", f"{other['date'][:7]}"
    zh = f"{one['who']}{verb[0]}{one['whom']}：一处为{months[0]}，另一处为{months[1]}"
    en = f"{one['who']} {verb[1]} {one['whom']}: {months[0]} in one place, {months[1]} in another"
    sides = tuple(evidence.words[row["passage"]].side(row["date"]) for row in (one, other))
    return Finding(Kind.TELLING, Severity.NOTE, zh, en, sides)
