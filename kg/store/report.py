"""What a validation found, and how it is shown: as text (zh, en), JSON and a SHACL report in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import to_builtins

from kg.model.frozen import Frozen
from kg.rdf.vocabulary import ID, PREFIXES

if TYPE_CHECKING:
    from kg.store.constraints import ConstraintResult

__all__ = [
    "SHAPES",
    "Line",
    "Severity",
    "ShapeResult",
    "ValidationReport",
    "render_json",
    "render_text",
    "short_iri",
    "to_turtle",
]

#: The namespace of the shapes.
SHAPES = "https://w3id.org/zhitu/shapes#"

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "conforms": "符合",
        "fails": "不符合",
        "summary": "违规 {violations}，警告 {warnings}",
        "counts": "各形状的焦点节点数",
        "none": "没有焦点节点，此形状未检查任何内容",
        "Violation": "违规",
        "Warning": "警告",
        "Info": "信息",
        "unknown": "出处不详",
    },
    "en": {
        "conforms": "conforms",
        "fails": "does not conform",
        "summary": "{violations} violations, {warnings} warnings",
        "counts": "Focus nodes of each shape",
        "none": "no focus node: this shape has checked nothing",
        "Violation": "violation",
        "Warning": "warning",
        "Info": "info",
        "unknown": "source unknown",
    },
}
#: So many lines beside the first stand under a result for people; JSON has all.
_MOST_LINES = 2
_PREFIXES = {**PREFIXES, "zts": SHAPES}
#: The longest first, so that `id:` does not hide behind a shorter namespace.
_NAMESPACES = sorted(_PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


class Severity(StrEnum):
    """How bad a result is: a violation fails the build, the others are listed."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


class Line(NamedTuple):
    """Words of a source: its id, the 1-based line and the quote that begins there."""

    source: str
    line: int
    quote: str


class ShapeResult(Frozen):
    """One result. `focus` is an IRI (or a literal in N-Triples form), `path` an IRI, several joined by `|`, or
    "" ; `value` a term in N-Triples form or ""; `component` the IRI of the constraint component."""

    severity: Severity
    focus: str
    label: str
    path: str
    value: str
    shape: str
    message_zh: str
    message_en: str
    component: str
    lines: tuple[Line, ...] = ()


class ValidationReport(Frozen):
    """All results, violations first, and the number of focus nodes of each node shape with a target (sorted by
    IRI). `conforms` is True when no result is a violation."""

    conforms: bool
    results: tuple[ShapeResult, ...]
    focus_counts: Mapping[str, int]


def render_text(report: ValidationReport, language: str) -> str:
    """One paragraph a result (`source:line: message; focus; path; value`, then the quotes), a summary, and
    the number of focus nodes of each shape. What several constraints of one shape find is told once.

    `language` is zh or en; KeyError for another."""
    words = _WORDS[language]
    told: dict[str, None] = {}
    for result in report.results:
        told["\n".join(_result_lines(result, language))] = None
    severities = [result.severity for result in report.results]
    summary = words["summary"].format(
        violations=severities.count(Severity.VIOLATION), warnings=severities.count(Severity.WARNING)
    )
    lines = [*told, f"{words['conforms' if report.conforms else 'fails']}: {summary}", "", words["counts"]]
    for shape, count in report.focus_counts.items():
        lines.append(f"{count:>8}  {short_iri(shape)}" + ("" if count else f"  {words['none']}"))
    return "\n".join(lines) + "\n"


def _result_lines(result: ShapeResult, language: str) -> Iterator[str]:
    words = _WORDS[language]
    message = result.message_zh if language == "zh" else result.message_en
    focus = f"{result.label} <{short_iri(result.focus)}>" if result.label else short_iri(result.focus)
    path = "|".join(short_iri(step) for step in result.path.split("|"))
    parts = (f"{words[result.severity]}: {message}", focus, path, _short_term(result.value))
    said = "; ".join(part for part in parts if part)
    first, *others = result.lines or (None,)
    if first is None:
        yield f"{words['unknown']}: {said}"
        return
    yield f"{first.source}:{first.line}: {said}"
    yield f"    {first.quote}"
    for line in others[:_MOST_LINES]:
        if line is not None:
            yield f"    {line.source}:{line.line}: {line.quote}"
    if len(others) > _MOST_LINES:
        yield f"    (+{len(others) - _MOST_LINES})"


def short_iri(iri: str) -> str:
    """An IRI as a prefixed name for people, when a prefix fits."""
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _short_term(term: str) -> str:
    return short_iri(term[1:-1]) if term.startswith("<") else term


def render_json(report: ValidationReport, constraints: Sequence[ConstraintResult] = ()) -> str:
    """The report as JSON with sorted keys; lines are objects of source, line and quote.

    With `constraints` those stand beside the results, and `conforms` says whether both are in order."""
    results = []
    for result in report.results:
        value = to_builtins(result)
        value["severity"] = result.severity.value
        value["lines"] = [line._asdict() for line in result.lines]
        results.append(value)
    violated = any(constraint.status == "violated" for constraint in constraints)
    whole: dict[str, object] = {
        "conforms": report.conforms and not violated,
        "focus_counts": dict(report.focus_counts),
        "results": results,
    }
    if constraints:
        whole["constraints"] = [to_builtins(constraint) for constraint in constraints]
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def to_turtle(report: ValidationReport) -> str:
    """The report as a `sh:ValidationReport`, its results named `id:validation/<n>` from 1: no blank nodes.

    A path of alternatives cannot be written without a blank node and is left out; its shape has it.
    """
    base = f"{ID}validation"
    count = len(report.results)
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> .", "", f"<{base}> a sh:ValidationReport ;"]
    if count:
        named = " ,\n        ".join(f"<{base}/{number}>" for number in range(1, count + 1))
        lines.append(f"    sh:result {named} ;")
    lines.append(f"    sh:conforms {'true' if report.conforms and not count else 'false'} .")
    for number, result in enumerate(report.results, 1):
        lines += ["", f"<{base}/{number}> a sh:ValidationResult ;", *_turtle_result(result)]
    return "\n".join(lines) + "\n"


def _turtle_result(result: ShapeResult) -> Iterator[str]:
    focus = result.focus if result.focus.startswith('"') else f"<{result.focus}>"
    yield f"    sh:focusNode {focus} ;"
    for message, language in ((result.message_en, "en"), (result.message_zh, "zh")):
        if message:
            yield f"    sh:resultMessage {_literal(message)}@{language} ;"
    if result.path and "|" not in result.path:
        yield f"    sh:resultPath <{result.path}> ;"
    yield f"    sh:resultSeverity sh:{result.severity.value} ;"
    yield f"    sh:sourceConstraintComponent <{result.component}> ;"
    if result.value:
        yield f"    sh:value {result.value} ;"
    yield f"    sh:sourceShape <{result.shape}> ."


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
