"""Scores in the Data Quality Vocabulary: as Turtle, or in the graph of a build.

A build is never changed: the one with the measures is another, which takes its place. Everything said of quality stands
under `.../data/quality/`, so that new measures replace those of before.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from kg.builds import building, current_build, publish
from kg.errors import KgError
from kg.evaluate.score import Score
from kg.rdf import terms
from kg.rdf.iris import BUILD, FACTS
from kg.rdf.vocabulary import DATA, term

__all__ = ["quality_lines", "to_turtle", "write_quality"]

_METRICS = {
    "precision": ("精确率", "precision"),
    "recall": ("召回率", "recall"),
    "f1": ("F1", "F1"),
    "attributes": ("属性正确率", "share of right attributes"),
    "quoted": ("引文核对率", "share of rows whose words stand at their lines"),
}
_PLACE = f"{DATA}quality/"
_GOLD = f"<{_PLACE}gold>"


def quality_lines(scores: Mapping[str, Score], gold: str) -> list[str]:
    """The shares as lines of the graph of the build, sorted: a dqv:QualityMeasurement of the facts for each kind and
    metric that has a value. `gold` is the SHA-256 of the standard."""
    return sorted(f"{subject} {term(name)} {value} {BUILD} ." for subject, name, value in _triples(scores, gold))


def to_turtle(scores: Mapping[str, Score], gold: str) -> str:
    """The same as Turtle."""
    from pyoxigraph import RdfFormat, parse

    from kg.store.answers import turtle

    quads = parse("\n".join(quality_lines(scores, gold)), format=RdfFormat.N_QUADS)
    return turtle(quad.triple for quad in quads).decode()


def _triples(scores: Mapping[str, Score], gold: str) -> Iterator[tuple[str, str, str]]:
    yield _GOLD, "rdf:type", term("prov:Entity")
    yield _GOLD, "rdfs:label", terms.tagged("人工标注的标准答案")
    yield _GOLD, "rdfs:label", terms.tagged("gold standard made by hand", "en")
    yield _GOLD, "schema:sha256", terms.literal(gold)
    for name, (zh, en) in _METRICS.items():
        metric = f"<{_PLACE}metric/{name}>"
        yield metric, "rdf:type", term("dqv:Metric")
        yield metric, "skos:prefLabel", terms.tagged(zh)
        yield metric, "skos:prefLabel", terms.tagged(en, "en")
        yield metric, "dqv:expectedDataType", term("xsd:decimal")
        for kind, score in scores.items():
            value: float | None = getattr(score, name)
            if value is not None and (score.gold or score.found):
                measurement = f"<{_PLACE}{kind}-{name}>"
                yield measurement, "rdf:type", term("dqv:QualityMeasurement")
                yield measurement, "dqv:isMeasurementOf", metric
                yield measurement, "dqv:computedOn", FACTS
                yield measurement, "prov:wasDerivedFrom", _GOLD
                yield measurement, "skos:notation", terms.literal(kind)
                yield measurement, "dqv:value", terms.decimal(Decimal(f"{value:.6f}"))


def write_quality(out: Path, measured: Path, scores: Mapping[str, Score], gold: str) -> Path:
    """Make the build that was measured, with the measures in its graph, the current one of OUT; returns its directory.

    The same build and the same measures give the same bytes and name. Raises KgError when another build is at work in
    OUT or has become current, OSError when the disk fails; the current build then stays.
    """
    from kg.store.graph import load

    with building(out) as work:
        if current_build(out) != measured:
            raise KgError(f"{out}: another build has become current; expected the one that was measured")
        shutil.copytree(measured, work, ignore=lambda _, names: {"store", "graph.nq"} & set(names), dirs_exist_ok=True)
        lines = quality_lines(scores, gold)
        added = len(lines) - _merge(measured / "graph.nq", lines, work / "graph.nq")
        load(work / "graph.nq", work / "store")
        return publish(out, work, _renew(work, added, gold))


def _merge(before: Path, lines: list[str], target: Path) -> int:
    """Write the graph with other measures, sorted; returns how many lines of measures before are gone."""
    gone = 0

    def kept(stream: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal gone
        for line in stream:
            if line.startswith(f"<{_PLACE}".encode()):
                gone += 1
            else:
                yield line

    with before.open("rb") as old, target.open("wb") as new:
        new.writelines(heapq.merge(kept(old), (f"{line}\n".encode() for line in lines)))
    return gone


def _renew(work: Path, added: int, gold: str) -> str:
    """Brings the manifest up to date and returns the name of the build: a hash of the manifest."""
    path = work / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    with (work / "graph.nq").open("rb") as stream:
        manifest["files"]["graph.nq"] = hashlib.file_digest(stream, "sha256").hexdigest()
    manifest["quads"]["build"] += added
    manifest["gold"] = gold
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:16]
