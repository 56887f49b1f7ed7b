"""Scores in words: a table with misses for people, JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.evaluate.names import Row
from kg.evaluate.score import Score

__all__ = ["to_json", "to_lines"]

_WIDEST = 400


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
