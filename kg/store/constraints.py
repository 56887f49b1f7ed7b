"""The integrity constraints of the W3C Data Cube vocabulary, IC-1 to IC-21, each a query of `queries/cube/`.

A query selects what offends, `?node` first, on the default graph together with the ontology, where the structures
are. Its header says in zh and en what must hold, and when there is anything to ask:

    # zh: 每个切片有且只有一个切片结构
    # en: Every slice has exactly one slice structure
    # applies-when: ?node a qb:Slice

`for-each` instead of `applies-when` is a pattern that binds ?each: the query runs once for each IRI found, in the
place of `<urn:x-zhitu:each>`. IC-0, the datatypes, is what the shapes hold. The W3C normalisation is not run: our
types are stated, and it would make missing cells observations without a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.model.frozen import Frozen
from kg.rdf.vocabulary import PREFIXES
from kg.resources import resource
from kg.store.graph import ask, select, to_python
from kg.store.report import short_iri

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = [
    "Constraint",
    "ConstraintResult",
    "ConstraintStatus",
    "check_constraints",
    "load_constraints",
    "render_constraints",
]

_HEADER = re.compile(r"# (zh|en|applies-when|for-each): (.{1,400})")
_EACH = "<urn:x-zhitu:each>"
_PREFIXES = {**PREFIXES, "owl": "http://www.w3.org/2002/07/owl#"}


class ConstraintStatus(StrEnum):
    """What a check came to; `not applicable` when the graph has nothing that the constraint is about."""

    HOLDS = "holds"
    VIOLATED = "violated"
    NOT_APPLICABLE = "not applicable"


#: Words of one width a language, so that what follows them is a column.
_WORDS = {
    "zh": {
        ConstraintStatus.HOLDS: "成立  ",
        ConstraintStatus.VIOLATED: "违反  ",
        ConstraintStatus.NOT_APPLICABLE: "不适用",
        "title": "数据立方体的完整性约束",
        "more": "……另有{}处",
    },
    "en": {
        ConstraintStatus.HOLDS: "holds         ",
        ConstraintStatus.VIOLATED: "violated      ",
        ConstraintStatus.NOT_APPLICABLE: "not applicable",
        "title": "Integrity constraints of the data cube",
        "more": "... and {} more",
    },
}


class Constraint(Frozen):
    """A constraint: `id` as W3C has it (IC-12), what must hold in zh and en, the pattern that tells whether it
    applies, and the query; `each` when that pattern binds what the query runs for."""

    id: str
    title_zh: str
    title_en: str
    applies: str
    text: str
    each: bool = False


class ConstraintResult(Frozen):
    """What a constraint came to: how many offend, and the first of them as rows of text, a cell for each column."""

    id: str
    title_zh: str
    title_en: str
    status: ConstraintStatus
    count: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=2)
def load_constraints(folder: Path | None = None) -> tuple[Constraint, ...]:
    """All constraints in the order of their numbers; ConfigError for a file without a whole header."""
    where = folder if folder is not None else resource("queries", "cube")
    return tuple(_constraint(path) for path in sorted(where.glob("ic-*.rq")))


def _constraint(path: Path) -> Constraint:
    text = path.read_text(encoding="utf-8")
    said = {found[1]: found[2] for line in text.split("\n") if (found := _HEADER.fullmatch(line))}
    each = said.get("for-each", "")
    applies = each or said.get("applies-when", "")
    if not (applies and "zh" in said and "en" in said):
        raise ConfigError(f"{path.name}:1: no whole header; expected zh, en and applies-when or for-each")
    number = int(path.stem.removeprefix("ic-"))
    return Constraint(f"IC-{number}", said["zh"], said["en"], applies, text, bool(each))


def check_constraints(store: Store, *, limit: int = 20) -> tuple[ConstraintResult, ...]:
    """Every constraint, asked of the default graph of a store together with the ontology.

    At most `limit` rows are kept of each; `count` is the number of all. The store is not changed.
    """
    cube = _with_ontology(store)
    return tuple(_check(cube, constraint, limit) for constraint in load_constraints())


def _with_ontology(store: Store) -> Store:
    """A copy in memory of the default graph with the ontology, which a published graph does not have."""
    from pyoxigraph import DefaultGraph, RdfFormat, Store

    cube = Store()
    cube.bulk_extend(store.quads_for_pattern(None, None, None, DefaultGraph()))
    for path in sorted(resource("ontology").glob("*.ttl")):
        cube.load(path=str(path), format=RdfFormat.TURTLE)
    return cube


def _check(cube: Store, constraint: Constraint, limit: int) -> ConstraintResult:
    texts = _texts(cube, constraint)
    columns: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    for text in texts:
        found = select(cube, text)
        columns = found.columns
        # A group of nothing answers one row in which nothing is bound.
        rows += (_cells(row) for row in found.rows if row[0] is not None)
    asked = ConstraintStatus.VIOLATED if rows else ConstraintStatus.HOLDS
    status = asked if texts else ConstraintStatus.NOT_APPLICABLE
    return ConstraintResult(
        constraint.id,
        constraint.title_zh,
        constraint.title_en,
        status,
        len(rows),
        columns if rows else (),
        tuple(sorted(rows)[:limit]),
    )


def _texts(cube: Store, constraint: Constraint) -> list[str]:
    """The queries to run: none when the constraint does not apply."""
    if constraint.each:
        pattern = f"SELECT DISTINCT ?each WHERE {{ {constraint.applies} }} ORDER BY ?each"
        found = [str(term) for (term,) in select(cube, pattern, prefixes=_PREFIXES).rows]
        return [constraint.text.replace(_EACH, term) for term in found]
    return [constraint.text] if ask(cube, f"ASK {{ {constraint.applies} }}", prefixes=_PREFIXES) else []


def _cells(row: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if term is None else str(to_python(term)) for term in row)  # type: ignore[arg-type]


def render_constraints(results: Sequence[ConstraintResult], language: str) -> str:
    """A line a constraint with its status; below one that is violated, what offends. KeyError for a language
    other than zh and en."""
    words = _WORDS[language]
    lines = [words["title"]]
    for result in results:
        title = result.title_zh if language == "zh" else result.title_en
        number = f"  ({result.count})" if result.count else ""
        lines.append(f"  {result.id:<5}  {words[result.status]}  {title}{number}")
        for row in result.rows:
            named = zip(result.columns, map(short_iri, row), strict=True)
            lines.append("         " + "; ".join(value if key == "node" else f"{key} {value}" for key, value in named))
        if result.count > len(result.rows):
            lines.append("         " + words["more"].format(result.count - len(result.rows)))
    return "\n".join(lines) + "\n"
