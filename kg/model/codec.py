"""Facts, sources and resolutions as JSON lines, and back.

An object holds the fields of a value in a fixed order: own fields first, then those that all facts share;
fields with their default value (or None) are left out. Decimals and partial dates are strings, members of
closed sets their values. A fact has its kind under `kind`, a line of a resolution its table under `of`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

from kg.model.facts import (
    AgencyFact,
    AgreementFact,
    CaseFact,
    DocumentFact,
    EventFact,
    Fact,
    IndicatorFact,
    ObservationFact,
    PersonFact,
    TieFact,
)
from kg.model.frozen import Frozen
from kg.model.kinds import FactKind
from kg.model.resolution import Resolution
from kg.model.text import Source
from kg.model.values import PartialDate

__all__ = [
    "FACT_CLASSES",
    "fact_from_json",
    "fact_to_json",
    "resolution_from_lines",
    "resolution_to_lines",
    "source_from_json",
    "source_to_json",
]

_T = TypeVar("_T")
_Convert = Callable[[Any], Any]

#: The class of each kind of fact.
FACT_CLASSES: dict[str, type[Fact]] = {
    FactKind.AGENCY.value: AgencyFact,
    FactKind.PERSON.value: PersonFact,
    FactKind.EVENT.value: EventFact,
    FactKind.AGREEMENT.value: AgreementFact,
    FactKind.DOCUMENT.value: DocumentFact,
    FactKind.CASE.value: CaseFact,
    FactKind.TIE.value: TieFact,
    FactKind.INDICATOR.value: IndicatorFact,
    FactKind.OBSERVATION.value: ObservationFact,
}
_KIND_OF: dict[type[Fact], str] = {cls: kind for kind, cls in FACT_CLASSES.items()}
_SHARED = frozenset(Fact.__struct_fields__)
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def fact_to_json(fact: Fact) -> str:
    """One line of JSON, without a line break."""
    return _dumps(_encode_fact(fact))


def fact_from_json(line: str) -> Fact:
    """The inverse of `fact_to_json`. Raises ValueError for a line that is not a fact."""
    return _decoded(line, _decode_fact)


def source_to_json(source: Source) -> str:
    """One line of JSON, without a line break."""
    return _dumps(_encoder(Source)(source))


def source_from_json(line: str) -> Source:
    """The inverse of `source_to_json`. Raises ValueError for a line that is not a source."""
    source: Source = _decoded(line, _decoder(Source))
    return source


def resolution_to_lines(resolution: Resolution) -> Iterator[str]:
    """One line for each thing, table by table in the order of the fields of `Resolution`."""
    for table, cls in _tables().items():
        encode = _encoder(cls)
        for item in getattr(resolution, table):
            yield _dumps({"of": table, **encode(item)})


def resolution_from_lines(lines: Iterable[str]) -> Resolution:
    """The inverse of `resolution_to_lines`. Raises ValueError for a line of no table."""
    tables = _tables()
    found: dict[str, list[Any]] = {table: [] for table in tables}

    def add(value: dict[str, Any]) -> None:
        table = value.pop("of")
        found[table].append(_decoder(tables[table])(value))

    for line in lines:
        _decoded(line, add)
    return Resolution(**{table: tuple(items) for table, items in found.items()})


def _decoded(line: str, decode: Callable[[dict[str, Any]], _T]) -> _T:
    try:
        return decode(json.loads(line))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"{line[:80]!r}: {error!r}; expected a line of kg.model.codec") from error


@cache
def _tables() -> dict[str, type[Frozen]]:
    """The tables of a resolution: the class of the items of each of its fields."""
    hints = get_type_hints(Resolution)
    return {name: get_args(hints[name])[0] for name in Resolution.__struct_fields__}


def _fields(cls: type[Frozen]) -> list[FieldInfo]:
    found = list(fields(cls))
    # What the fact says comes first, for people who read or compare the files; the passage is longest.
    if issubclass(cls, Fact):
        found.sort(key=lambda f: (f.name in _SHARED, f.name == "passage"))
    return found


def _is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _inner(hint: Any) -> Any:
    """The type of `X | None`."""
    return next(arg for arg in get_args(hint) if arg is not types.NoneType)


# Encoding. A converter None stands for "as it is".


def _encoding(hint: Any) -> _Convert | None:
    if _is_optional(hint):
        return _encoding(_inner(hint))
    if get_origin(hint) is tuple:
        return _encoding_of_tuple(get_args(hint))
    if hint is Decimal or hint is PartialDate:
        return str
    if hint is Fact:
        return _encode_fact
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return _encoder(hint)
    # Members of closed sets are strings already, and JSON knows the rest.
    return None


def _encoding_of_tuple(args: tuple[Any, ...]) -> _Convert | None:
    parts = [_encoding(arg) for arg in args if arg is not Ellipsis]
    if not any(parts):
        return None
    if args[-1] is Ellipsis:
        one = parts[0]
        assert one is not None  # noqa: S101 (for the type checker: `any` has told)
        return lambda values: [one(value) for value in values]
    return lambda values: [part(value) if part else value for part, value in zip(parts, values, strict=True)]


_ENCODERS: dict[type[Frozen], Callable[[Any], dict[str, Any]]] = {}


def _encoder(cls: type[Frozen]) -> Callable[[Any], dict[str, Any]]:
    """What turns a value of a class into a dictionary for JSON; made once for each class."""
    found = _ENCODERS.get(cls)
    if found is None:
        found = _ENCODERS[cls] = _make_encoder(cls)
    return found


def _make_encoder(cls: type[Frozen]) -> Callable[[Any], dict[str, Any]]:
    hints = get_type_hints(cls)
    plan = []
    for field in _fields(cls):
        default = None if field.default is NODEFAULT else field.default
        plan.append((field.name, default, _encoding(hints[field.name])))

    def encode(value: Any) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, default, convert in plan:
            item = getattr(value, name)
            # Identity first: most fields hold their default, and it is one object.
            if item is None or item is default or (default is not None and item == default):
                continue
            made[name] = convert(item) if convert else item
        return made

    return encode


def _encode_fact(fact: Fact) -> dict[str, Any]:
    cls = type(fact)
    return {"kind": _KIND_OF[cls], **_encoder(cls)(fact)}


# Decoding.


def _decoding(hint: Any) -> _Convert | None:
    if _is_optional(hint):
        return _decoding(_inner(hint))
    if get_origin(hint) is tuple:
        args = get_args(hint)
        parts = [_decoding(arg) or _same for arg in args if arg is not Ellipsis]
        if args[-1] is Ellipsis:
            one = parts[0]
            return lambda values: tuple([one(value) for value in values])
        return lambda values: tuple([part(v) for part, v in zip(parts, values, strict=True)])
    if hint is PartialDate:
        return PartialDate.parse
    if hint is Fact:
        return _decode_fact
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return _decoder(hint)
    if hint is Decimal or (isinstance(hint, type) and issubclass(hint, (Enum, float))):
        return hint
    return None


def _same(value: Any) -> Any:
    return value


_DECODERS: dict[type[Frozen], Callable[[dict[str, Any]], Any]] = {}


def _decoder(cls: type[Frozen]) -> Callable[[dict[str, Any]], Any]:
    """What turns the dictionary of a value back into the value; made once for each class."""
    found = _DECODERS.get(cls)
    if found is None:
        found = _DECODERS[cls] = _make_decoder(cls)
    return found


def _make_decoder(cls: type[Frozen]) -> Callable[[dict[str, Any]], Any]:
    hints = get_type_hints(cls)
    converts = {field.name: _decoding(hints[field.name]) or _same for field in _fields(cls)}
    absent = {
        field.name: None for field in _fields(cls) if field.default is NODEFAULT and _is_optional(hints[field.name])
    }

    def decode(value: dict[str, Any]) -> Any:
        return cls(**{**absent, **{name: converts[name](item) for name, item in value.items()}})

    return decode


def _decode_fact(value: dict[str, Any]) -> Fact:
    kind = value.pop("kind")
    fact: Fact = _decoder(FACT_CLASSES[kind])(value)
    return fact
