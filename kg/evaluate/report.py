"""Scores in words: a table with misses for people, JSON for scripts, Data Quality Vocabulary for publishers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.evaluate.names import Row
from kg.evaluate.score import Score

__all__ = ["to_json", "to_lines", "to_turtle"]

_WIDEST = 400
_METRICS = {
    "precision": ("精确率", "precision"),
    "recall": ("召回率", "recall"),
    "f1": ("F1", "F1"),
    "attributes": ("属性正确率", "share of right attributes"),
    "quoted": ("引文核对率", "share of rows whose words stand at their lines"),
}
_DATA = "https://w3id.org/zhitu/data/"


def _slim(row: Row) -> dict[str, Any]:
    return {field: value for field, value in row.items() if value and not field.startswith("_")}


def to_json(scores: Mapping[str, Score], misses: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """The numbers by kind, for JSON; with the missed and wrong facts of the kinds in `misses`."""
    found: dict[str, dict[str, Any]] = {}
    for kind, score in scores.items():
        found[kind] = {
            "gold": score.gold,
            "found": score.found,
            "hits": score.hits,
            "wrong_rows": score.wrong_rows,
            "repeats": score.repeats,
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "attributes": score.attributes,
            "fields": {field: list(counts) for field, counts in score.fields.items()},
            "quoted": score.quoted,
        }
        if kind in misses:
            found[kind]["missed"] = [_slim(row) for row in score.missed]
            found[kind]["wrong"] = [_slim(row) for row in score.wrong]
    return found


def to_lines(scores: Mapping[str, Score], misses: Sequence[str] = ()) -> Iterator[str]:
    """A table of the numbers, then a line for each missed and each wrong fact of the kinds in `misses`."""
    yield (
        f"{'kind':<12}{'gold':>6}{'found':>7}{'hits':>6}{'dup':>5}{'P':>7}{'R':>7}{'F1':>7}{'attr':>7}{'quoted':>8}"
        "  attributes right / counted"
    )
    for kind, score in scores.items():
        detail = "  ".join(f"{field} {right}/{total}" for field, (right, total) in score.fields.items())
        f1 = f"{score.f1:>7.3f}" if score.gold or score.found else "    n/a"
        line = (
            f"{kind:<12}{score.gold:>6}{score.found:>7}{score.hits:>6}{score.repeats:>5}{score.precision:>7.3f}"
            f"{score.recall:>7.3f}{f1}{_share(score.attributes):>7}{_share(score.quoted):>8}  {detail}"
        )
        yield line.rstrip()
    for kind in misses:
        for label, rows in (("missed", scores[kind].missed), ("wrong", scores[kind].wrong)):
            for row in rows:
                told = json.dumps(_slim(row), ensure_ascii=False)[:_WIDEST]
                yield f"{kind} {label} line {row.get('line') or '-'}: {told}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def to_turtle(scores: Mapping[str, Score]) -> Iterator[str]:
    """The shares as dqv:QualityMeasurement of the facts, one for each kind and metric."""
    yield "@prefix dqv: <http://www.w3.org/ns/dqv#> ."
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    yield ""
    for name, (zh, en) in _METRICS.items():
        yield f"<{_DATA}metric/{name}> a dqv:Metric ;"
        yield f'  skos:prefLabel "{zh}"@zh, "{en}"@en ;'
        yield "  dqv:expectedDataType xsd:decimal ."
    for kind, score in scores.items():
        for name in _METRICS:
            value: float | None = getattr(score, name)
            if value is None or not (score.gold or score.found):
                continue
            yield ""
            yield f"<{_DATA}quality/{kind}-{name}> a dqv:QualityMeasurement ;"
            yield f"  dqv:isMeasurementOf <{_DATA}metric/{name}> ;"
            yield f"  dqv:computedOn <{_DATA}facts> ;"
            yield f'  skos:notation "{kind}" ;'
            yield f'  dqv:value "{value:.6f}"^^xsd:decimal .'
