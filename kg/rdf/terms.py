"""RDF terms as N-Quads strings. Lexical forms are canonical, so that a store that normalises keeps them.

Every function takes a plain value and returns the finished term; nothing raises on well-typed input but
`decimal`, which refuses numbers that are not finite.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import PartialDate
from kg.rdf.vocabulary import term

__all__ = ["boolean", "date", "decimal", "integer", "literal", "number", "period", "tagged"]

# The grammar demands escapes for the quote, the backslash, LF and CR only; the canonical form of N-Quads
# escapes all control characters, which also keeps lines whole for readers that split at other breaks.
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F)} | {
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}
_has_special = _SPECIAL.search

_DATE = f'"^^{term("xsd:date")}'
_MONTH = f'"^^{term("xsd:gYearMonth")}'
_YEAR = f'"^^{term("xsd:gYear")}'
_INTEGER = f'"^^{term("xsd:integer")}'
_DECIMAL = f'"^^{term("xsd:decimal")}'
_BOOLEAN = {flag: f'"{str(flag).lower()}"^^{term("xsd:boolean")}' for flag in (True, False)}
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if _has_special(text) else text


def literal(text: str) -> str:
    """A plain string."""
    return f'"{_escaped(text)}"'


def tagged(text: str, language: str = "zh") -> str:
    """A string in a language."""
    return f'"{_escaped(text)}"@{language}'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}{_INTEGER}'


def _digits(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value}: not a number; expected a finite decimal")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def decimal(value: Decimal | float) -> str:
    """An xsd:decimal without trailing zeros; a float goes by its shortest decimal form."""
    return f'"{_digits(value if isinstance(value, Decimal) else Decimal(repr(value)))}{_DECIMAL}'


def number(value: Decimal) -> str:
    """An xsd:integer when nothing stands behind the point, else an xsd:decimal."""
    text = str(value)
    if text.isdigit():
        return f'"{text}{_INTEGER}'
    text = _digits(value)
    return f'"{text}{_DECIMAL if "." in text else _INTEGER}'


def boolean(value: bool) -> str:
    """An xsd:boolean."""
    return _BOOLEAN[value]


def date(value: PartialDate) -> str:
    """A date typed by its precision: xsd:date, xsd:gYearMonth or xsd:gYear."""
    return f'"{value}{_DATE if value.day else _MONTH if value.month else _YEAR}'


def period(text: str) -> str:
    """A period: a date when it is written as one (2024, 2024-12-31), else a plain literal (十四五)."""
    if _PERIOD.fullmatch(text):
        try:
            return date(PartialDate.parse(text))
        except ValueError:
            return literal(text)
    return literal(text)
