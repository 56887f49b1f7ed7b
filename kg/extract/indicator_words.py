"""The word lists behind figures in prose: units, verbs and function words, read once from data/."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.errors import ConfigError
from kg.extract.indicator_signs import clause_signs
from kg.extract.signs import Signs
from kg.extract.words import ahead, any_of
from kg.model import Approximation
from kg.model.frozen import Frozen
from kg.resources import resource

__all__ = ["Unit", "Verb", "Words", "indicator_words"]

_HEADERS = {
    "units.csv": ["unit", "kind", "suffix", "chinese", "source"],
    "indicator_verbs.csv": ["verb", "order", "strength", "source"],
    "indicator_words.csv": ["kind", "word", "value", "source"],
}


#: The characters of numbers; 一 alone counts nothing.
_NUMERAL = "0-9０-９〇○零一二两三四五六七八九十百千万亿廿卅"
#: How a time opens, and what is told to hold from then on.
_TIME_OPENINGS = frozenset(
    "0123456789０１２３４５６７８９截到自从在于仅至“一二三四五六七八九十同当今上下前未本年会（(提要明确约商计"
)


class Unit(Frozen):
    """A unit or classifier. `suffix` ends the name of a measure counted in it; `chinese` tells whether it may
    follow a Chinese numeral (三场)."""

    unit: str
    kind: str
    suffix: str
    chinese: bool


class Verb(Frozen):
    """A verb before or behind a figure. `order`: `keep` in front of the name, `after` goes behind its object,
    `drop` is left out, `pivot` follows the counted noun. A `weak` one is a noun as often as a verb."""

    verb: str
    order: str
    strong: bool


class Words(Frozen, eq=False):
    """All lists, the patterns made from them, and the `signs` of clauses. `counted` finds where a quantity can stand, `followers` are
    what can follow its number, `openings` the first characters of what a clause may open with
    before its subject, `endings` the last ones of adverbs, `verb_endings` those of verbs, `measure_endings` those of
    measures: most texts have none; `reach` is the length of three verbs."""

    units: dict[str, Unit]
    counted: re.Pattern[str]
    followers: frozenset[str]
    unit: re.Pattern[str]
    approx_before: dict[str, Approximation]
    before: re.Pattern[str]
    before_endings: frozenset[str]
    approx_after: dict[str, Approximation]
    after: re.Pattern[str]
    verbs: dict[str, Verb]
    verb: re.Pattern[str]
    verb_tail: re.Pattern[str]
    flow_tail: re.Pattern[str]
    pivots: dict[str, Verb]
    pivot: re.Pattern[str]
    copula: re.Pattern[str]
    lead: re.Pattern[str]
    openings: frozenset[str]
    tail: re.Pattern[str]
    endings: frozenset[str]
    verb_endings: frozenset[str]
    reach: int
    change: re.Pattern[str]
    falls: frozenset[str]
    measure: re.Pattern[str]
    measure_endings: frozenset[str]
    actor: re.Pattern[str]
    preposition: re.Pattern[str]
    scope: re.Pattern[str]
    drop_noun: re.Pattern[str]
    noun_after: re.Pattern[str]
    nominal: re.Pattern[str]
    subject: re.Pattern[str]
    issuer: re.Pattern[str]
    signs: Signs

    def measures(self, name: str) -> bool:
        """True for a name that ends in a measure."""
        return name[-1:] in self.measure_endings and self.measure.search(name) is not None


def _rows(name: str) -> Iterator[list[str]]:
    """The rows of a list. Raises ConfigError for a malformed file."""
    with resource("data", name).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if header != _HEADERS[name]:
            raise ConfigError(f"{name}:1: columns {','.join(header)}; expected {','.join(_HEADERS[name])}")
        for row in reader:
            if len(row) != len(header):
                raise ConfigError(f"{name}:{reader.line_num}: {len(row)} cells; expected {len(header)}")
            yield row


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return f"(?:{any_of(words)})"


def _after_numbers(units: Iterable[str]) -> frozenset[str]:
    """What can follow a number that measures: a unit, a word of approximation, the end of a clause."""
    # 1日 is a date, whatever follows (元旦).
    return frozenset("余多，,。；;、（").union(unit[0] for unit in units) - {"日"}


def _subject(holders: Iterable[str], objects: Iterable[str]) -> re.Pattern[str]:
    """A right and who holds it, or one of the two."""
    holder = _any(holders)
    return re.compile(rf"{ahead([*holders, *objects])}(?:{holder}?{_any(objects)}|{holder})")


def _kinds() -> dict[str, dict[str, str]]:
    """The words of data/indicator_words.csv with their values, by kind."""
    kinds: dict[str, dict[str, str]] = {}
    for kind, word, value, _ in _rows("indicator_words.csv"):
        kinds.setdefault(kind, {})[word] = value
    return kinds


@cache
def indicator_words() -> Words:
    """The lists of data/units.csv and data/indicator_*.csv. Raises ConfigError for a malformed file."""
    units = {r[0]: Unit(r[0], r[1], r[2], r[3] == "1") for r in _rows("units.csv")}
    told = [Verb(r[0], r[1], r[2] == "strong") for r in _rows("indicator_verbs.csv")]
    kinds = _kinds()
    verbs = {v.verb: v for v in reversed(told) if v.order != "pivot"}
    pivots = {v.verb: v for v in told if v.order == "pivot"}
    after = _after_numbers(units)
    lead = _any(kinds["adverb"])
    changes = [*kinds["rise"], *kinds["fall"]]
    return Words(
        units=units,
        counted=re.compile(rf"[{_NUMERAL}](?<![^{_NUMERAL}]一)(?:[{re.escape(''.join(sorted(after)))}]|\Z)"),
        followers=after | frozenset("万亿千百十"),
        unit=re.compile(_any(units)),
        approx_before={w: Approximation(v) for w, v in kinds["approx_before"].items()},
        before=re.compile(_any(kinds["approx_before"]) + r"\Z"),
        before_endings=frozenset(word[-1] for word in kinds["approx_before"]),
        approx_after={w: Approximation(v) for w, v in kinds["approx_after"].items()},
        after=re.compile(_any(kinds["approx_after"])),
        verbs=verbs,
        verb=re.compile(ahead(verbs) + _any(verbs)),
        verb_tail=re.compile(rf"(?:{ahead(verbs)}{_any(verbs)}){{1,3}}\Z"),
        flow_tail=re.compile(_any(v.verb for v in told if v.order == "after") + r"\Z"),
        pivots=pivots,
        pivot=re.compile(_any(pivots)),
        copula=re.compile(_any(kinds["copula"]) + r"\Z"),
        lead=re.compile(lead),
        openings=frozenset(word[0] for kind in ("adverb", "scope") for word in kinds[kind]) | _TIME_OPENINGS,
        tail=re.compile(lead + r"\Z"),
        endings=frozenset(word[-1] for word in kinds["adverb"]),
        verb_endings=frozenset(verb[-1] for verb in verbs),
        reach=3 * max(len(verb) for verb in verbs),
        change=re.compile(rf"({_any(changes)})(?:了|约|为|达|率为|率)?\Z"),
        falls=frozenset(kinds["fall"]),
        measure=re.compile(_any(kinds["measure"]) + r"(?:（[^（）]{1,20}）)?\Z"),
        measure_endings=frozenset("）").union(word[-1] for word in kinds["measure"]),
        actor=re.compile(_any(kinds["actor"]) + r"(?:（[^（）]{1,20}）)?\Z"),
        preposition=re.compile(_any(kinds["preposition"])),
        scope=re.compile(_any(kinds["scope"])),
        drop_noun=re.compile(_any(kinds["drop_noun"])),
        noun_after=re.compile(_any(kinds["noun_after"])),
        subject=_subject(kinds["holder"], kinds["object"]),
        nominal=re.compile(_any(kinds["nominal"]) + r"(?=(?:工作|任务)?\Z)"),
        issuer=re.compile(_any(kinds["issuer"])),
        signs=clause_signs(changes),
    )
