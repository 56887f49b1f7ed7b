"""How findings are shown: as text for people (zh, en), as CSV and as JSON, each with both sides."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from kg.check.findings import Finding, Severity

__all__ = ["COLUMNS", "render_csv", "render_json", "render_text"]

_WORDS = {
    "zh": {
        "error": "错误",
        "warning": "警告",
        "note": "提示",
        "none": "没有发现矛盾",
        "summary": "共{all}处：错误{error}，警告{warning}，提示{note}",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "note": "note",
        "none": "no contradiction found",
        "summary": "{all} findings: {error} errors, {warning} warnings, {note} notes",
    },
}

#: The columns of the CSV. Those that end in _b are of all other sides, joined by `|`.
COLUMNS = (
    *("kind", "severity", "reason", "document", "line", "quote", "says"),
    *("document_b", "line_b", "quote_b", "says_b"),
)


def render_text(findings: Sequence[Finding], lang: str) -> str:
    """The findings for people, the gravest first, with a line that counts them."""
    return "\n".join(_lines(findings, lang)) + "\n"


def _lines(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    for finding in findings:
        first = finding.sides[0]
        reason = finding.reason(lang)
        yield f"{first.source}:{first.line}: {words[finding.severity]} [{finding.kind}] {reason}"
        for side in finding.sides:
            yield f"    {side.source}:{side.line}: {side.quote}"
    counts = {severity.value: sum(each.severity is severity for each in findings) for severity in Severity}
    yield words["summary"].format(all=len(findings), **counts) if findings else words["none"]


def render_csv(findings: Sequence[Finding], lang: str) -> str:
    """The findings as CSV with a header row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in findings:
        first, *others = finding.sides
        writer.writerow(
            [
                *(finding.kind.value, finding.severity.value, finding.reason(lang)),
                *(first.source, first.line, first.quote, first.says),
                "|".join(side.source for side in others),
                "|".join(str(side.line) for side in others),
                "|".join(side.quote.replace("|", "｜") for side in others),
                "|".join(side.says.replace("|", "｜") for side in others),
            ]
        )
    return stream.getvalue()


def render_json(findings: Sequence[Finding]) -> str:
    """The findings as a JSON list with sorted keys; `reason` has both languages, `sides` all places."""
    whole = [
        {
            "kind": finding.kind.value,
            "severity": finding.severity.value,
            "reason": {"zh": finding.zh, "en": finding.en},
            "sides": [
                {"document": side.source, "line": side.line, "quote": side.quote, "says": side.says}
                for side in finding.sides
            ],
        }
        for finding in findings
    ]
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
