"""An analysis in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.network.definitions import definitions
from kg.network.measures import COUNTS
from kg.store.entities import term_labels

if TYPE_CHECKING:
    from kg.network.analysis import Analysis

__all__ = ["figure_line", "notes", "top_table"]

#: Words of the tables in zh; in en they stand as they are.
_ZH = {
    "name": "名称",
    "type": "类型",
    "community": "社群",
    "role": "角色",
    "change": "变化",
    "a": "甲方",
    "b": "乙方",
    "before": "前",
    "after": "后",
    "partner": "伙伴",
    "ties": "关系数",
    "relations": "关系",
    "from": "最早",
    "to": "最晚",
    "new": "新增",
    "gone": "消失",
    "stronger": "增强",
    "weaker": "减弱",
    "same": "不变",
    "agency": "机构",
    "place": "地方",
    "event": "活动",
    "agreement": "协议",
    "series": "案例系列",
}


def _say(word: str, lang: str) -> str:
    return _ZH[word] if lang == "zh" else word


def _relations(names: Iterable[str], lang: str) -> str:
    terms = term_labels(lang)
    return ("、" if lang == "zh" else ", ").join(terms.get(f"relation-{name}", name) for name in sorted(names))


#: What a terminal has room for; two kinds of nodes have fewer measures and show them all.
_SHORT = ("degree", "strength", "betweenness", "closeness", "pagerank")


def _shown(name: str, value: float) -> str:
    return str(int(value)) if name in COUNTS else f"{value:.3f}"


def figure_line(analysis: Analysis, lang: str) -> str:
    """The figures of the whole network with their names in zh or en."""
    known = definitions()
    return " · ".join(f"{known[name].label(lang)} {_shown(name, value)}" for name, value in analysis.figures.items())


def notes(analysis: Analysis, lang: str) -> Iterator[str]:
    """What a reader should know: ties left out for want of a date."""
    if analysis.undated:
        said = {"zh": "{}条没有日期的关系未计入", "en": "{} ties without a date are left out"}
        yield said[lang].format(analysis.undated)


def top_table(analysis: Analysis, lang: str, rows: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and first rows, in words: of the changes where there was something to compare with, of the partners where
    an actor is in the middle, else of the nodes."""
    if analysis.changes is not None:
        return _changed(analysis, lang, rows)
    return _partners(analysis, lang, rows) if analysis.ego else _nodes(analysis, lang, rows)


def _label(analysis: Analysis, node: str, lang: str) -> str:
    data = analysis.graph.nodes[node]
    return str((data["label_en"] if lang == "en" else "") or data["label_zh"])


def _partners(analysis: Analysis, lang: str, rows: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    ties = analysis.graph[analysis.ego]
    found: list[tuple[str, ...]] = []
    for node in sorted(ties, key=lambda node: (-ties[node]["weight"], node))[:rows]:
        data = ties[node]
        words = _relations(data["relations"], lang)
        found.append((_label(analysis, node, lang), str(data["weight"]), data["start"], data["end"], words))
    return tuple(_say(name, lang) for name in ("partner", "ties", "from", "to", "relations")), found


def _nodes(analysis: Analysis, lang: str, rows: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    labels, known = term_labels(lang), definitions()
    values, standings = analysis.values, analysis.standings or {}
    shown = _SHORT if standings else tuple(values)
    order = sorted(analysis.graph, key=lambda node: (-values["strength"][node], -values["degree"][node], node))
    found = []
    for node in order[:rows]:
        kind = analysis.graph.nodes[node]["type"]
        row = [_label(analysis, node, lang)]
        row += [] if standings else [_say(kind, lang)]
        row += [_shown(name, values[name][node]) for name in shown]
        if standings:
            row += [str(standings[node].community), labels[f"networkRole-{standings[node].role}"]]
        found.append(tuple(row))
    last = ("community", "role") if standings else ()
    first = ("name",) if standings else ("name", "type")
    header = (
        [_say(name, lang) for name in first]
        + [known[name].label(lang) for name in shown]
        + [_say(name, lang) for name in last]
    )
    return tuple(header), found


def _changed(analysis: Analysis, lang: str, rows: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    labels = analysis.labels or {}
    found: list[tuple[str, ...]] = []
    for one in (analysis.changes or ())[:rows]:
        words = _relations({*one.relations_before, *one.relations_after}, lang)
        kind = _say(one.kind.value, lang)
        found.append((kind, labels[one.a], labels[one.b], str(one.before), str(one.after), words))
    return tuple(_say(name, lang) for name in ("change", "a", "b", "before", "after", "relations")), found
