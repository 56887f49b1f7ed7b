"""Plain tables and entities for a terminal, in which a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.entities import Entity, Fact, Told

__all__ = ["aligned", "entity_lines", "told_lines", "width"]

_SHOWN = 30
_WORDS = {
    "zh": {
        "self": "基本信息",
        "agency": "机构",
        "agreement": "协议",
        "case": "案例",
        "document": "文件",
        "event": "活动",
        "figures": "统计表",
        "indicator": "数字",
        "person": "人物与职务",
        "tie": "合作关系",
        "tellings": "原文",
        "differences": "说法不一",
        "more": "……另有{}条，用 --json 看全部",
    },
    "en": {
        "self": "Itself",
        "agency": "Agencies",
        "agreement": "Agreements",
        "case": "Cases",
        "document": "Documents",
        "event": "Events",
        "figures": "Statistics",
        "indicator": "Figures",
        "person": "People and posts",
        "tie": "Ties",
        "tellings": "Sentences",
        "differences": "Tellings that differ",
        "more": "... and {} more; --json gives all",
    },
}


#: Terms of other vocabularies, which our ontology does not label.
_REUSED = {
    "zh": {
        "altLabel": "别名",
        "broader": "上级地区",
        "exactMatch": "对应",
        "identifier": "编号",
        "label": "名称",
        "location": "地点",
        "member": "任职",
        "notation": "代码",
        "organization": "任职机构",
        "organizer": "主办",
        "prefLabel": "名称",
        "publisher": "发布者",
        "subOrganizationOf": "上级机构",
        "title": "标题",
    }
}
_HIDDEN = {"type", "inScheme", "structure"}


def width(text: str) -> int:
    """The number of terminal columns that a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, longest: int | None) -> str:
    if longest is None or width(text) <= longest:
        return text
    end = longest
    while width(text[:end]) >= longest:
        end -= 1
    return f"{text[:end]}…"


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]], *, longest: int | None = None) -> Iterator[str]:
    """Lines of a table with aligned columns: header, rule, rows. Line breaks in a cell become spaces.

    A cell wider than `longest` terminal columns is cut and ends in `…`.
    """
    cells = [[_cut(" ".join(cell.split("\n")), longest) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    cells.insert(1, ["-" * size for size in widths])
    for row in cells:
        padded = (cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def told_lines(told: Sequence[Told], say: str, *, keys: bool = False) -> Iterator[str]:
    """The sentences, each with source:line, and with `keys` the keys of their tellings, which judgements name;
    `say` words what was left out."""
    for telling in told[:_SHOWN]:
        for line, quote in zip(telling.lines, telling.quotes, strict=True):
            yield f"  {telling.source}:{line}  {quote}"
        if keys and telling.key:
            yield f"    {telling.key}"
    if len(told) > _SHOWN:
        yield f"  {say.format(len(told) - _SHOWN)}"


def _named(fact: Fact, terms: dict[str, str]) -> tuple[str, str, str, str]:
    labels = (terms.get(part) or terms.get(f"relation-{part}") or part for part in fact.label.split("|"))
    value = terms.get(fact.iri.partition("#")[2], fact.value)
    return fact.date, "、".join(labels), value, " ".join(fact.told[:3])


def entity_lines(entity: Entity, lang: str, labels: dict[str, str]) -> Iterator[str]:
    """A thing for people: what it is, its facts by kind, its sentences, and where tellings differ.

    `labels` are the words of the ontology's terms in that language.
    """
    say, terms = _WORDS[lang], {**_REUSED.get(lang, {}), **labels}
    yield f"{entity.name}  <{entity.iri}>"
    for group in entity.groups:
        yield ""
        yield say[group.name] if group.name == "self" else f"{say[group.name]} ({len(group.facts)})"
        rows = [_named(f, terms) for f in group.facts[:_SHOWN] if f.label not in _HIDDEN]
        used = [i for i in range(4) if any(row[i] for row in rows)]
        for line in list(aligned([""] * len(used), [[row[i] for i in used] for row in rows]))[2:]:
            yield f"  {line}"
        if len(group.facts) > _SHOWN:
            yield f"  {say['more'].format(len(group.facts) - _SHOWN)}"
    if entity.tellings:
        yield ""
        yield f"{say['tellings']} ({len(entity.tellings)})"
        yield from told_lines(entity.tellings, say["more"], keys=True)
    if entity.differences:
        yield ""
        yield say["differences"]
        yield from (f"  {place}  {text}" for place, text in entity.differences)
