"""A fact that a person wrote by hand, as JSON: the fields of the fact and the words that tell it.

    {"source": "cnipa-2024", "quote": "...", "line": 120, "name": "...", "type": "meeting", "when": "2024-10-21"}

`source` may be left out when a build reads one report, `line` when the words stand there once. Fields are those of
the classes in `kg.model.facts`, written as in the facts files, or shorter: an actor as its name, a date range as
`start` or `start/end`, several values as a list or parted by `|`.
"""

from __future__ import annotations

import json
import types
from decimal import Decimal, InvalidOperation
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import fields, replace

from kg.model.codec import FACT_CLASSES, fact_from_json
from kg.model.facts import Actor, AgencyFact, Fact, IndicatorFact, ObservationFact
from kg.model.frozen import Frozen
from kg.model.text import Passage
from kg.model.values import DateRange, PartialDate

__all__ = ["JUDGED", "Added", "parse_added"]

#: The rule that facts made by hand carry.
JUDGED = "judgement"

_CLASSES = {kind: cls for kind, cls in FACT_CLASSES.items() if cls is not ObservationFact}
_OWN = frozenset({"source", "quote", "line"})
_GIVEN = frozenset({"passage", "rule", "confidence"})
_FACTORS = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


class Added(Frozen):
    """A fact without its passage, and the words to look for: `source` may be "", `line` 0."""

    fact: Fact
    quote: str
    source: str = ""
    line: int = 0

    def told(self, passage: Passage) -> Fact:
        """The fact with the passage that was found for it."""
        return replace(self.fact, passage=passage)


def parse_added(kind: str, text: str) -> Added:
    """The fact of a kind that the JSON tells of. Raises ValueError, with what is wrong, for anything else."""
    if kind not in _CLASSES:
        raise ValueError(f"field {kind!r} is no kind of fact ({', '.join(_CLASSES)})")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"value is no JSON ({error})") from error
    if not isinstance(value, dict):
        raise ValueError("value is no JSON object")
    quote, source, line = value.get("quote", ""), value.get("source", ""), value.get("line", 0)
    if not (isinstance(quote, str) and quote.strip() and isinstance(source, str) and isinstance(line, int)):
        raise ValueError("value needs quote (text), and may have source (text) and line (number)")
    told = {name: item for name, item in value.items() if name not in _OWN}
    return Added(_fact(kind, told), quote, source, line)


def _fact(kind: str, told: dict[str, Any]) -> Fact:
    cls = _CLASSES[kind]
    hints = get_type_hints(cls)
    known = {field.name: field for field in fields(cls) if field.name not in _GIVEN}
    _complete(cls, told)
    for name, item in told.items():
        if name not in known:
            raise ValueError(f"{kind} has no field {name!r}")
        told[name] = _shaped(hints[name], item, name)
    missing = [name for name, field in known.items() if field.default is NODEFAULT and name not in told]
    if missing:
        raise ValueError(f"{kind} needs {', '.join(missing)}")
    passage = {"source": "", "spans": [], "exact": [], "quotes": [], "lines": []}
    line = json.dumps({"kind": kind, **told, "rule": JUDGED, "passage": passage}, ensure_ascii=False)
    try:
        return fact_from_json(line)
    except ValueError as error:
        raise ValueError(f"{kind}: {error.__cause__ or error}") from error


def _complete(cls: type[Fact], told: dict[str, Any]) -> None:
    """Fields that follow from others."""
    if cls is AgencyFact and "name" in told:
        told.setdefault("surface", told["name"])
    if cls is IndicatorFact and "value" in told and isinstance(told.get("unit"), str):
        unit = told["unit"]
        word = next((w for w in _FACTORS if unit.startswith(w)), "")
        try:
            base = Decimal(str(told["value"])) * _FACTORS.get(word, 1)
        except InvalidOperation as error:
            raise ValueError(f"value {told['value']!r} is no number") from error
        told.setdefault("base_value", f"{base.normalize():f}")
        told.setdefault("base_unit", unit.removeprefix(word))


def _shaped(hint: Any, value: Any, name: str) -> Any:
    """A value in the form of the facts files, from that form or a shorter one."""
    if get_origin(hint) in (Union, types.UnionType):
        return None if value is None else _shaped(get_args(hint)[0], value, name)
    if get_origin(hint) is tuple:
        items = [part.strip() for part in value.split("|")] if isinstance(value, str) else value
        args = get_args(hint)
        if not isinstance(items, list):
            raise ValueError(f"{name} {value!r} is no list")
        if args[-1] is not Ellipsis:
            if len(items) != len(args):
                raise ValueError(f"{name} {value!r} has not {len(args)} parts")
            return [_shaped(arg, item, name) for arg, item in zip(args, items, strict=True)]
        return [_shaped(args[0], item, name) for item in items]
    if hint is Actor and isinstance(value, str):
        value = {"name": value}
    if hint is DateRange and isinstance(value, str):
        start, _, end = value.partition("/")
        value = {"start": start, **({"end": end} if end else {})}
    if hint is Decimal and isinstance(value, int | float):
        value = str(value)
    if hint is not PartialDate and issubclass(hint, Frozen) and isinstance(value, dict):
        hints = get_type_hints(hint)
        unknown = [part for part in value if part not in hints]
        if unknown:
            raise ValueError(f"{name} has no part {unknown[0]!r}")
        return {part: _shaped(hints[part], item, part) for part, item in value.items()}
    # Dates and decimals are written as text, members of closed sets as their words.
    plain = str if hint in (PartialDate, Decimal) or issubclass(hint, str) else hint
    if not isinstance(value, plain):
        raise ValueError(f"{name} {value!r} is no {hint.__name__}")
    return value
