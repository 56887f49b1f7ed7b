"""How a comparison is shown: as text for people (zh, en), as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from kg.diff.compare import Change, Diff
from kg.diff.sides import Quote
from kg.model import FactKind

__all__ = ["COLUMNS", "render_csv", "render_json", "render_text"]

_SIGNS = {"gone": "-", "changed": "~", "added": "+"}
_WORDS = {
    "zh": {
        "counts": "{name}：A {a}，B {b}；相同{equal}，新增{added}，消失{gone}，变化{changed}",
        "more": "  ……另有{}条，用 --limit 0 看全部",
        "years": "两边没有共同的来源：数字只在两边都给出同一时期的值时比较；增长见 kg query growth",
        "now": "原文现指",
        "before": "原文原指",
        "agency": "机构",
        "person": "人物",
        "event": "活动",
        "agreement": "协议",
        "document": "文件",
        "case": "案例",
        "tie": "合作关系",
        "indicator": "正文数字",
        "observation": "统计表数值",
    },
    "en": {
        "counts": "{name}: A {a}, B {b}; {equal} equal, {added} added, {gone} gone, {changed} changed",
        "more": "  ... and {} more; --limit 0 shows all",
        "years": "no source in common: a figure is compared where both give it for one period; for growth: kg query growth",
        "now": "its words now tell of",
        "before": "its words told of",
        "agency": "agencies",
        "person": "people",
        "event": "events",
        "agreement": "agreements",
        "document": "documents",
        "case": "cases",
        "tie": "ties",
        "indicator": "figures in prose",
        "observation": "table values",
    },
}

#: The columns of the CSV: a row a field of what changed, a row a thing of what was added or is gone. Several lines and
#: quotes stand between `|`, the n-th line with the n-th quote.
COLUMNS = (
    *("kind", "change", "key", "name", "field", "old", "new"),
    *("document_a", "line_a", "quote_a", "document_b", "line_b", "quote_b", "related"),
)


def render_text(diff: Diff, lang: str, kinds: Sequence[FactKind] = (), limit: int = 0) -> str:
    """The counts, then the changes of each kind, the first `limit` of them (0: all)."""
    return "\n".join(_lines(diff, lang, kinds, limit)) + "\n"


def _lines(diff: Diff, lang: str, kinds: Sequence[FactKind], limit: int) -> Iterator[str]:
    words = _WORDS[lang]
    yield f"A {diff.a}"
    yield f"B {diff.b}"
    if diff.years:
        yield words["years"]
    yield ""
    listed = [kind for kind in diff.counts if not kinds or kind in kinds]
    for kind in listed:
        count = diff.counts[kind]
        yield words["counts"].format(
            name=words[kind.value],
            a=count.a, b=count.b, equal=count.equal, added=count.added, gone=count.gone, changed=count.changed,
        )  # fmt: skip
    for kind in listed:
        changes = [change for change in diff.changes if change.kind is kind]
        if changes:
            yield ""
            yield f"{words[kind.value]} ({len(changes)})"
            for change in changes[: limit or None]:
                yield from _change_lines(change, words)
            if limit and len(changes) > limit:
                yield words["more"].format(len(changes) - limit)


def _change_lines(change: Change, words: dict[str, str]) -> Iterator[str]:
    yield f"{_SIGNS[change.change]} {change.name}  {change.key}"
    for field in change.fields:
        yield f"    {field.field}: {field.old or '∅'} -> {field.new or '∅'}"
    if change.quotes_a == change.quotes_b:
        yield from (f"      {_place(quote)}" for quote in change.quotes_a)
    else:
        yield from (f"    A {_place(quote)}" for quote in change.quotes_a)
        yield from (f"    B {_place(quote)}" for quote in change.quotes_b)
    if change.related:
        yield f"    {words['now' if change.change == 'gone' else 'before']} {', '.join(change.related)}"


def _place(quote: Quote) -> str:
    return f"{quote.source}:{quote.line}: {quote.words}"


def render_csv(diff: Diff, kinds: Sequence[FactKind] = ()) -> str:
    """The changes as CSV with a header row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in diff.changes:
        if kinds and change.kind not in kinds:
            continue
        places = (*_cells(change.quotes_a), *_cells(change.quotes_b), "|".join(change.related))
        thing = (change.kind.value, change.change, change.key, change.name)
        for field in change.fields:
            writer.writerow((*thing, field.field, field.old, field.new, *places))
        if not change.fields:
            writer.writerow((*thing, "", "", "", *places))
    return stream.getvalue()


def _cells(quotes: Sequence[Quote]) -> tuple[str, str, str]:
    return (
        "|".join(dict.fromkeys(quote.source for quote in quotes)),
        "|".join(str(quote.line) for quote in quotes),
        "|".join(quote.words.replace("|", "｜") for quote in quotes),
    )


def render_json(diff: Diff, kinds: Sequence[FactKind] = ()) -> str:
    """The whole comparison as one JSON object."""
    whole = {
        "a": diff.a,
        "b": diff.b,
        "years": diff.years,
        "counts": {
            kind.value: {name: getattr(count, name) for name in ("a", "b", "equal", "added", "gone", "changed")}
            for kind, count in diff.counts.items()
            if not kinds or kind in kinds
        },
        "changes": [
            {
                "kind": change.kind.value,
                "change": change.change,
                "key": change.key,
                "name": change.name,
                "fields": [{"field": f.field, "old": f.old, "new": f.new} for f in change.fields],
                "quotes_a": [_quote(quote) for quote in change.quotes_a],
                "quotes_b": [_quote(quote) for quote in change.quotes_b],
                "related": list(change.related),
            }
            for change in diff.changes
            if not kinds or change.kind in kinds
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _quote(quote: Quote) -> dict[str, str | int]:
    return {"document": quote.source, "line": quote.line, "quote": quote.words}
