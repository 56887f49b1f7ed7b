"""The real report against the hand-made gold: floors, so that no rule mends one sentence and breaks ten.

Scored by the scorer that stands beside the gold, on tables made straight from the resolution.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.extract import extract
from kg.lexicon import Lexicon
from kg.model import Report, Resolution, TieFact
from kg.resolve import resolve

#: Floors of F1 by kind of fact.
FLOORS = {"events": 0.90, "agreements": 0.90, "people": 0.90, "ties": 0.90}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    path = shared / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def resolution(report: Report, lexicon: Lexicon) -> Resolution:
    return resolve([(report.source, extract(report, lexicon).facts)], lexicon)


class Tables:
    """The fact tables of a resolution, as far as the scorer reads them."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        entities = (*resolution.agencies, *resolution.places, *resolution.people, *resolution.events)
        self.names = {entity.key: entity.name for entity in entities}
        self.tellings = defaultdict(list)
        for telling in resolution.tellings:
            self.tellings[telling.thing].append(telling)

    def join(self, keys: Iterable[str]) -> str:
        return "|".join(self.names.get(key, key) for key in keys)

    def quotes(self, key: str) -> tuple[str, str]:
        told = sorted(self.tellings[key], key=lambda t: (t.fact.passage.lines, t.id))
        found = dict.fromkeys(
            pair for t in told for pair in zip(t.fact.passage.lines, t.fact.passage.quotes, strict=True)
        )
        return "|".join(str(line) for line, _ in found), "|".join(quote.replace("|", "｜") for _, quote in found)

    def events(self) -> list[dict[str, Any]]:
        rows = []
        for e in self.resolution.events:
            line, quote = self.quotes(e.key)
            start, end = (e.when.start, e.when.end or "") if e.when else ("", "")
            rows.append(
                {"name": e.name, "type": e.type.value, "start": start, "end": end, "places": self.join(e.places)}
                | {"hosts": self.join(e.hosts), "participants": self.join(e.participants)}
                | {"people": self.join(dict.fromkeys(p for p, _ in e.people)), "line": line, "quote": quote}
            )
        return rows

    def agreements(self) -> list[dict[str, Any]]:
        rows = []
        for a in self.resolution.agreements:
            line, quote = self.quotes(a.key)
            rows.append(
                {"name": a.name, "type": a.type.value, "parties": self.join(a.parties)}
                | {"signed": a.signed.start if a.signed else "", "witnesses": self.join(a.witnesses)}
                | {"line": line, "quote": quote}
            )
        return rows

    def people(self) -> list[dict[str, Any]]:
        people = {person.key: person for person in self.resolution.people}
        rows = []
        for m in self.resolution.memberships:
            line, quote = self.quotes(m.key)
            person = people[m.person]
            rows.append(
                {"name": person.name, "aliases": "|".join(person.aliases), "title": m.title}
                | {"organisation": self.join([m.organisation] if m.organisation else []), "line": line, "quote": quote}
            )
        return rows

    def ties(self) -> list[dict[str, Any]]:
        rows = []
        for telling in self.resolution.tellings:
            fact = telling.fact
            if isinstance(fact, TieFact):
                rows.append(
                    {"a": fact.a.name, "b": fact.b.name, "relation": fact.relation.value}
                    | {"date": fact.when.start if fact.when else ""}
                    | {"line": "|".join(map(str, fact.passage.lines)), "quote": "|".join(fact.passage.quotes)}
                )
        return rows


def write(rows: Sequence[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def tables(resolution: Resolution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    made = Tables(resolution)
    for kind in FLOORS:
        write(getattr(made, kind)(), folder / f"{kind}.csv")
    return folder


def ranges_of(kind: str, gold: Path) -> list[tuple[int, ...]]:
    """The lines that the gold covers."""
    covered = json.loads((gold / "lines.json").read_text(encoding="utf-8"))
    parts = covered.get(kind, covered.get("default", "")).split(",")
    return [tuple(int(n) for n in part.split("-")) for part in parts if part]


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_floor(kind: str, scorer: ModuleType, shared: Path, tables: Path) -> None:
    gold = shared / "eval" / "gold"
    names = scorer.Names(scorer.load_gold(gold, "agencies") + scorer.load_gold(gold, "people"))
    found = scorer.score(kind, gold, tables, ranges_of(kind, gold), names)
    told = [f"missed {row}" for row in found["missed"]] + [f"wrong {row}" for row in found["wrong"]]
    assert found["f1"] >= FLOORS[kind], "\n".join(told)


def test_every_quote_stands_in_the_lines_of_the_report(
    resolution: Resolution, report: Report, scorer: ModuleType
) -> None:
    lines = report.layer.text.split("\n")
    for telling in resolution.tellings:
        passage = telling.fact.passage
        assert passage.quotes
        for line, quote in zip(passage.lines, passage.quotes, strict=True):
            assert scorer.norm(quote) in scorer.norm("".join(lines[line - 1 : line + 29])), (telling.id, line, quote)
