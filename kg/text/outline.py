"""What was understood of a report, for people and for scripts: outline, tables, repairs, issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.model import Report, Table

__all__ = ["outline_data", "outline_lines"]

_WORDS = {
    "zh": {
        "source": "来源",
        "file": "文件",
        "encoding": "编码",
        "lines": "行",
        "sentences": "句",
        "sections": "章节",
        "tables": "表格",
        "repairs": "修复",
        "issues": "疑问",
        "line": "第{}行",
        "unit": "单位",
        "more": "……另有{}行",
        "none": "无",
    },
    "en": {
        "source": "source",
        "file": "file",
        "encoding": "encoding",
        "lines": "lines",
        "sentences": "sentences",
        "sections": "Sections",
        "tables": "Tables",
        "repairs": "Repairs",
        "issues": "Issues",
        "line": "line {}",
        "unit": "unit",
        "more": "... and {} more lines",
        "none": "none",
    },
}
_SHOWN = 12


def _size(table: Table) -> tuple[int, int]:
    row = next(iter(table.rows or table.header), None)
    return len(table.rows), len(row.cells) if row else 0


def outline_data(report: Report) -> dict[str, object]:
    """The report as plain values for JSON."""
    source = report.source
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "year": source.year,
        "file": source.filename,
        "encoding": source.encoding,
        "lines": len(report.layer.starts),
        "sentences": len(report.sentences),
        "sections": [
            {"line": s.line, "level": s.level, "title": s.title, "path": list(s.path), "region": s.region}
            for s in report.sections
        ],
        "tables": [
            {
                "line": t.line,
                "number": t.number,
                "caption": t.caption,
                "unit": t.unit,
                "rows": _size(t)[0],
                "columns": _size(t)[1],
                "parts": list(t.parts),
            }
            for t in report.tables
        ],
        "repairs": [{"line": r.line, "rule": r.rule, "found": r.found, "mended": r.mended} for r in report.repairs],
        "issues": [{"line": i.line, "code": i.code, "found": i.found, "expected": i.expected} for i in report.issues],
    }


def outline_lines(report: Report, lang: str = "zh") -> Iterator[str]:
    """The report as lines for people, in zh or en."""
    say = _WORDS["en" if lang == "en" else "zh"]
    source = report.source
    yield f"{source.title} ({source.publisher}, {source.year})"
    yield f"{say['source']}: {source.id}  {say['file']}: {source.filename}  {say['encoding']}: {source.encoding}"
    yield f"{len(report.layer.starts)} {say['lines']}, {len(report.sentences)} {say['sentences']}"
    yield ""
    yield f"{say['sections']} ({len(report.sections)})"
    for section in report.sections:
        region = f"  [{section.region}]" if section.region else ""
        yield f"{section.line:>7}  {'  ' * max(0, section.level - 1)}{section.title}{region}"
    yield ""
    yield f"{say['tables']} ({len(report.tables)})"
    for table in report.tables:
        rows, columns = _size(table)
        unit = f"  {say['unit']}: {table.unit}" if table.unit else ""
        number = f"{table.number} " if table.number else ""
        yield f"{table.line:>7}  {number}{table.caption}  {rows} x {columns}{unit}"
    yield from _repairs(report, say)
    yield ""
    yield f"{say['issues']} ({len(report.issues)})"
    for issue in report.issues:
        yield f"  {issue}"


def _repairs(report: Report, say: dict[str, str]) -> Iterator[str]:
    by_rule: dict[str, list[str]] = defaultdict(list)
    for repair in report.repairs:
        by_rule[repair.rule].append(str(repair.line))
    yield ""
    yield f"{say['repairs']} ({len(report.repairs)})"
    for rule, lines in sorted(by_rule.items()):
        distinct = list(dict.fromkeys(lines))
        more = f" {say['more'].format(len(distinct) - _SHOWN)}" if len(distinct) > _SHOWN else ""
        yield f"  {rule} ({len(lines)}): {say['line'].format(', '.join(distinct[:_SHOWN]))}{more}"
