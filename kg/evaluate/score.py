"""Precision, recall and F1 of a table, kind by kind.

Tellings of one fact are wanted once. A record marked `optional` is neither wanted nor wrong. A second row for a
thing that was found already is wrong, duplicates are to be merged: unless the table has a row per sentence and it
gives another sentence. Attributes are those of matched facts; a value that the gold does not have is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType

from kg.evaluate.aside import is_aside
from kg.evaluate.fields import fields_of
from kg.evaluate.gold import Gold, Ranges, in_ranges
from kg.evaluate.matching import MATCHERS
from kg.evaluate.names import Names, Row, even, even_text, lines_of, parts
from kg.model.frozen import Frozen

__all__ = ["KINDS", "Score", "evaluate", "quoted"]

#: The fact tables that gold may be about.
KINDS: tuple[str, ...] = tuple(MATCHERS)

_AROUND = 30

_KEYS: Mapping[str, Callable[[Row, Names], Hashable]] = MappingProxyType(
    {
        "people": lambda r, names: (names(r.get("name")), names(r.get("organisation")), even(r.get("title"))),
        "documents": lambda r, names: even(r.get("title")),
        "cases": lambda r, names: even(r.get("title")),
        "agencies": lambda r, names: names(r.get("name")),
        "ties": lambda r, names: (frozenset((names(r.get("a")), names(r.get("b")))), r.get("relation")),
    }
)


class Score(Frozen):
    """What a table of one kind comes to. `gold` facts were wanted, `found` rows were there, `hits` match; of the
    rows without a match of their own `wrong_rows` count, `repeats` of them tell a fact again. `fields` is attribute
    -> (right, counted); `quoted` the share of rows whose words stand at their lines, None when not asked."""

    kind: str
    gold: int
    found: int
    hits: int
    wrong_rows: int
    repeats: int
    fields: Mapping[str, tuple[int, int]]
    missed: tuple[Row, ...] = ()
    wrong: tuple[Row, ...] = ()
    quoted: float | None = None

    @property
    def precision(self) -> float:
        """The share of found facts that are right; 1 when nothing was found."""
        return self.hits / (self.hits + self.wrong_rows) if self.hits + self.wrong_rows else 1.0

    @property
    def recall(self) -> float:
        """The share of wanted facts that were found; 1 when nothing was wanted."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def attributes(self) -> float | None:
        """The share of right attributes over all matched facts, None when none is counted."""
        counted = sum(total for _, total in self.fields.values())
        return sum(right for right, _ in self.fields.values()) / counted if counted else None


def evaluate(
    gold: Gold,
    tables: Mapping[str, Sequence[Row]],
    ranges: Ranges | None = None,
    *,
    kinds: Sequence[str] = KINDS,
    texts: Mapping[str, Sequence[str]] | None = None,
    aside: bool | None = None,
) -> dict[str, Score]:
    """The scores of some kinds. `ranges` replaces the lines that the gold covers; `texts` are the lines of the
    sources by id, for the check of quotes, which is over all rows. `aside` True scores the third that is kept aside
    (`kg.evaluate.aside`), False the other two; the counts of both add up to those of all."""
    found = {}
    for kind in kinds:
        rows = tables.get(kind, ())
        lines = gold.ranges(kind) if ranges is None else ranges
        share = quoted(rows, texts) if texts is not None else None
        found[kind] = _score(kind, gold, rows, lines, share, aside)
    return found


def _score(
    kind: str, gold: Gold, rows: Sequence[Row], ranges: Ranges, share: float | None, aside: bool | None
) -> Score:
    names = gold.names
    groups = _groups(kind, [r for r in gold.records[kind] if in_ranges(r, ranges)], names)
    found = [r for r in rows if in_ranges(r, ranges)]
    matched, told, repeats = _matched(kind, groups, found, names)
    group_of = dict(reversed(repeats)) | told

    def counts(record: Row) -> bool:
        return aside is None or is_aside(kind, record) is aside

    # a row belongs to the side of the record it matches
    wanted = {i for i, members in enumerate(groups) if counts(members[0])}
    side = [j for j, row in enumerate(found) if (group_of[j] in wanted if j in group_of else counts(row))]
    matched = {i: j for i, j in matched.items() if i in wanted}
    firm = {i for i in wanted if not all(record.get("optional") for record in groups[i])}
    wrong = tuple(found[j] for j in side if j not in told)
    return Score(
        kind=kind,
        gold=len(firm),
        found=len(side),
        hits=len(firm & matched.keys()),
        wrong_rows=len(wrong),
        repeats=sum(i in wanted for _, i in repeats),
        fields=_fields(kind, groups, found, matched, names),
        missed=tuple(groups[i][0] for i in sorted(firm - matched.keys())),
        wrong=wrong,
        quoted=share,
    )


def _matched(
    kind: str, groups: Sequence[Sequence[Row]], found: Sequence[Row], names: Names
) -> tuple[dict[int, int], dict[int, int], list[tuple[int, int]]]:
    """Which group has which row, best matches first; the group of each row that tells one rightly; (row, group) of
    rows that tell a fact again, best first."""
    match = MATCHERS[kind]
    pairs = []
    for i, members in enumerate(groups):
        for j, row in enumerate(found):
            score = max(match(record, row, names) for record in members)
            if score:
                pairs.append((-score, i, j))
    pairs.sort()
    matched: dict[int, int] = {}
    told: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in matched and j not in told:
            matched[i] = j
            told[j] = i
    repeats = []
    for _, i, j in pairs:
        if j in told or i not in matched:
            continue
        if _another_sentence(kind, found[matched[i]], found[j], len(groups[i])):
            told[j] = i
        else:
            repeats.append((j, i))
    return matched, told, repeats


def _another_sentence(kind: str, first: Row, again: Row, tellings: int) -> bool:
    """True when a second row for a fact is right, since the table has a row per sentence."""
    if kind == "ties":
        return bool(again.get("relation") == first.get("relation"))
    other = set(parts(again.get("line"))) != set(parts(first.get("line")))
    if kind == "people":
        return even(again.get("title")) == even(first.get("title")) and other
    return kind == "indicators" and tellings > 1 and other


def _fields(
    kind: str, groups: Sequence[Sequence[Row]], found: Sequence[Row], matched: Mapping[int, int], names: Names
) -> dict[str, tuple[int, int]]:
    """Attribute -> (right, counted) over all matches, each with its most similar telling."""
    right: dict[str, list[bool]] = defaultdict(list)
    for i, j in matched.items():
        row = found[j]
        best = max(groups[i], key=lambda record: MATCHERS[kind](record, row, names))
        for field, ok in fields_of(kind, best, row, names).items():
            right[field].append(ok)
    return {field: (sum(oks), len(oks)) for field, oks in right.items()}


def _groups(kind: str, rows: Sequence[Row], names: Names) -> list[list[Row]]:
    """Tellings of one fact: by what they say, or by `same_as`."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    if kind in _KEYS:
        for row in rows:
            groups[_KEYS[kind](row, names)].append(row)
        return list(groups.values())
    parent = {(r["_file"], r["id"]): (r["_file"], r.get("same_as") or r["id"]) for r in rows}
    for row in rows:
        key, seen = (row["_file"], row["id"]), set()
        while parent.get(key, key) != key and key not in seen:
            seen.add(key)
            key = parent[key]
        groups[key].append(row)
    return list(groups.values())


def quoted(rows: Sequence[Row], texts: Mapping[str, Sequence[str]]) -> float | None:
    """The share of rows whose words stand within 30 lines of their lines, in one of their sources; None for a
    table without quotes."""
    if not rows or any("quote" not in row for row in rows):
        return None
    near: dict[tuple[str, int], str] = {}

    def around(source: str, line: int) -> str:
        if (source, line) not in near:
            lines = texts.get(source, ())[max(0, line - _AROUND - 1) : line + _AROUND]
            near[source, line] = even_text("".join(lines))
        return near[source, line]

    right = 0
    for row in rows:
        lines, quotes = lines_of(row), [even(quote) for quote in parts(row.get("quote"))]
        sources = parts(row.get("document"))
        stands = all(any(quote in around(s, line) for s in sources for line in lines) for quote in quotes)
        right += bool(lines and quotes) and stands
    return right / len(rows)
