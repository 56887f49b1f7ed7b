"""What a person should look at: doubtful merges, pairs that were kept apart with doubt, facts that are not sure.

Rows begin with the columns of `judgements.csv`, verb left empty, so that what was filled in can be appended to that
file as it is; the columns behind them are for the reader. They are read from `resolution.jsonl`: scores and reasons
of merges are of the resolution, not of the graph.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from kg.model import Fact, Issue, Merge, Passage, Resolution, Telling, TieFact
from kg.model.codec import resolution_from_lines
from kg.model.frozen import Frozen
from kg.model.judgement import COLUMNS, Judgements

__all__ = ["HEADER", "ReviewRow", "read_doubts", "review", "write_review"]

#: The columns of the file.
HEADER = (*COLUMNS, "kind", "name", "quote", "line", "reason", "score")

_TABLES = ("tellings", "merges", "issues", "doubts")
#: The score from which rules merge: what lies next to it, above or below, is most doubtful.
_EDGE = 0.7
_WORDS = {
    "zh": {
        "merged": "已合并：{}",
        "apart": "未合并：{}",
        "unsure": "规则 {} 的把握 {:g}",
        "implied": "规则 {}，原文未明说，把握 {:g}",
        "issue": "{}；{}",
    },
    "en": {
        "merged": "merged: {}",
        "apart": "kept apart: {}",
        "unsure": "confidence {1:g} of rule {0}",
        "implied": "rule {}, not stated in so many words, confidence {:g}",
        "issue": "{}; {}",
    },
}


class ReviewRow(Frozen):
    """One thing to judge. `value` is the other telling of a pair; `doubt` lies in 0..1."""

    doubt: float
    telling: str
    value: str
    kind: str
    name: str
    quote: str
    line: str
    reason: str
    score: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The row under `HEADER`, with verb, field, who, when and why left to the person."""
        own = ("", self.telling, "", self.value, "", "", "")
        return (*own, self.kind, self.name, self.quote, self.line, self.reason, f"{self.score:g}")


def read_doubts(lines: Iterable[str]) -> Resolution:
    """The tellings, merges, doubts and issues of `resolution.jsonl`; its other tables stay empty."""
    wanted = tuple(f'{{"of":"{table}"' for table in _TABLES)
    return resolution_from_lines(line for line in _framed(lines) if line.startswith(wanted))


def _framed(lines: Iterable[str]) -> Iterator[str]:
    return (line.rstrip("\n") for line in lines)


def review(
    resolution: Resolution,
    judged: Judgements = Judgements(),  # noqa: B008 (frozen)
    *,
    lang: str = "zh",
    merged_below: float = 0.85,
    sure_from: float = 0.8,
) -> list[ReviewRow]:
    """The rows, the most doubtful first: merges below a score, pairs kept apart, documents that could not be told
    apart, facts below a confidence and facts that are not stated. What `judged` names is left out."""
    tellings = {telling.id: telling for telling in resolution.tellings}
    pairs = {frozenset((row.telling, row.value)) for row in judged.rows}
    single = {row.telling for row in judged.rows}
    say = _WORDS["en" if lang == "en" else "zh"]
    rows: list[ReviewRow] = []
    noted = [(m, "merged") for m in resolution.merges if m.score < merged_below]
    for merge, word in (*noted, *((m, "apart") for m in resolution.doubts)):
        known = merge.first in tellings and merge.second in tellings
        if known and frozenset((merge.first, merge.second)) not in pairs:
            rows.append(_pair(merge, tellings[merge.first], tellings[merge.second], say[word]))
    rows += [row for row in _documents(resolution, say["issue"]) if row.telling not in {_key(key) for key in single}]
    for telling in resolution.tellings:
        if telling.id not in single and (telling.fact.confidence < sure_from or not telling.fact.stated):
            rows.append(_single(telling, say["unsure" if telling.fact.stated else "implied"]))
    return sorted(rows, key=lambda row: (-row.doubt, row.kind, row.telling, row.value, row.reason))


def _key(telling: str) -> str:
    return f"telling/{telling}"


def _name(fact: Fact) -> str:
    if isinstance(fact, TieFact):
        return f"{fact.a.name} – {fact.b.name} ({fact.relation.value})"
    return str(getattr(fact, "name", "") or getattr(fact, "title", ""))


def _quote(fact: Fact) -> str:
    return fact.passage.quote.replace("|", "｜")


def _line(passage: Passage) -> str:
    return f"{passage.source}:{passage.lines[0] if passage.lines else 0}"


def _pair(merge: Merge, first: Telling, second: Telling, words: str) -> ReviewRow:
    facts = (first.fact, second.fact)
    return ReviewRow(
        doubt=round(max(0.0, 1 - abs(merge.score - _EDGE) / (1 - _EDGE)), 4),
        telling=_key(first.id),
        value=_key(second.id),
        kind=first.fact.kind.value,
        name="|".join(_name(fact) for fact in facts),
        quote="|".join(_quote(fact) for fact in facts),
        line="|".join(_line(fact.passage) for fact in facts),
        reason=words.format(merge.reason),
        score=merge.score,
    )


def _single(telling: Telling, words: str) -> ReviewRow:
    fact = telling.fact
    return ReviewRow(
        doubt=round(1 - fact.confidence, 4),
        telling=_key(telling.id),
        value="",
        kind=fact.kind.value,
        name=_name(fact),
        quote=_quote(fact),
        line=_line(fact.passage),
        reason=words.format(fact.rule, fact.confidence),
        score=fact.confidence,
    )


def _documents(resolution: Resolution, words: str) -> Iterator[ReviewRow]:
    """Issues that ask which document of a title is meant, with the telling they are about."""
    asked: dict[tuple[str, int, str], Issue] = {
        (issue.source, issue.line, issue.found): issue
        for issue in resolution.issues
        if issue.code == "doubtful-document"
    }
    if not asked:
        return
    for telling in resolution.tellings:
        fact = telling.fact
        lines = fact.passage.lines
        issue = asked.get((fact.passage.source, lines[0] if lines else 0, f"《{_name(fact)}》"))
        if issue is not None:
            row = _single(telling, "")
            yield ReviewRow(
                0.5, row.telling, "", row.kind, row.name, row.quote, row.line,
                words.format(issue.found, issue.expected), row.score,
            )  # fmt: skip


def write_review(rows: Sequence[ReviewRow], stream: IO[str]) -> None:
    """Write the rows as CSV with their header."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(row.cells for row in rows)
