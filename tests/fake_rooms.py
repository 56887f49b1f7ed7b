"""Rooms that stand in for reading, extraction and resolution, so that the pipeline is tested by itself.

A report is a few lines of `key: value`: `id`, `cells` (how many observations), `year`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from handmade import AGENCIES, FACTS, PLACES, ROW_B, cell
from msgspec.structs import replace

from kg.model import Fact, Issue, Repair, Report, Resolution, Source, TextLayer

EMPTY = Resolution((), (), (), (), (), (), (), (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the room of extraction gives."""

    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]


def read_report(path: Path, lexicon: object) -> Report:
    """A report from `key: value` lines."""
    data = path.read_bytes()
    text = data.decode()
    told = dict(line.split(": ", 1) for line in text.splitlines())
    source = Source(
        told["id"],
        "示例",
        "示例局",
        int(told.get("year", "2024")),
        path.name,
        hashlib.sha256(data).hexdigest(),
        "utf-8",
        len(data),
    )
    return Report(
        source, TextLayer(text, (0,)), (), (), (), (Repair(1, "rule", "a", "b"),), (Issue(source.id, 1, "x", "y"),)
    )


def extract(report: Report, lexicon: object) -> Extraction:
    """As many facts as the report says it has cells."""
    told = dict(line.split(": ", 1) for line in report.layer.text.splitlines())
    row = replace(ROW_B, source=report.source.id)
    facts = tuple(
        replace(FACTS[-1], passage=row, value=Decimal(n), period=str(2000 + n))
        for n in range(int(told.get("cells", "3")))
    )
    return Extraction(facts, (Issue(report.source.id, 2, "x", "z"),))


def resolve(sources: Sequence[tuple[Source, Sequence[Fact]]], lexicon: object, judgements: object) -> Resolution:
    """Each fact is an observation; nothing else is there but a place and an agency."""
    observations = tuple(
        cell(
            f"observation/{source.id}-{n}",
            source.id,
            fact.passage,
            fact.period,
            fact.value,
            latest=True,
            series_key=f"series/{n}",
        )
        for source, facts in sources
        for n, fact in enumerate(facts)
    )
    return replace(
        EMPTY,
        sources=tuple(source for source, _ in sources),
        places=PLACES,
        agencies=AGENCIES,
        observations=observations,
    )


def load_lexicon() -> None:
    """No lexicon."""


def install(put: Callable[[str, ModuleType], None]) -> None:
    """Puts modules that hold the stand-ins in place of the rooms, with `sys.modules.__setitem__` or so."""
    for room, offer in (
        ("kg.text", read_report),
        ("kg.extract", extract),
        ("kg.resolve", resolve),
        ("kg.lexicon", load_lexicon),
    ):
        module = ModuleType(room)
        setattr(module, offer.__name__, offer)
        put(room, module)
