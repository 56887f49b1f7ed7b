"""Mends a stretch of raw text: stray spaces, markup and OCR slips go, every character keeps its place.

General rules only; each mended defect can be listed (`Repair`). The result maps back to the text layer by runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import CJK, Run, Span
from kg.model.frozen import Frozen

__all__ = ["Mended", "mend"]

_CJK = re.compile(f"[{CJK}]")
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SPECIAL = re.compile(
    r"(?P<tag></?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>\n]{0,200})?/?>)"
    r"|(?P<note><sup>[^<>\n]{0,10}</sup>|[①-⑳](?![、.]))"
    r"|(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))"
    r"|(?P<bold>\*\*|__)"
    rf"|(?P<and>(?<=[{_IDEOGRAPH}”》）])\s{{0,3}}and\s{{0,3}}(?=[{_IDEOGRAPH}“《]))"
    r"|(?P<space>\s+)"
    r"|(?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e]+)"
)
_SUP = re.compile(r"<sup>[^<>\n]{0,10}</sup>")
#: Half-width signs that OCR leaves in Chinese text, when a Chinese character stands before or after.
_HALF = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"})
_HALF_SIGN = re.compile(rf"(?<=[{_IDEOGRAPH}）”》])[,;:?!]|[,;?!](?=[{_IDEOGRAPH}（“《])")
_BRACKETS = re.compile(r"[()]")


class Mended(Frozen):
    """Mended text, its runs in the layer, and the defects as (offset, rule, found, mended)."""

    text: str
    runs: tuple[Run, ...]
    repairs: tuple[tuple[int, str, str, str], ...] = ()


class _Writer:
    """Collects pieces of text with their places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0
        self.last = ""
        self.repairs: list[tuple[int, str, str, str]] = []

    def put(self, text: str, offset: int, width: int) -> None:
        if not text:
            return
        self.runs.append(Run(self.length, len(text), offset, width))
        self.parts.append(text)
        self.length += len(text)
        self.last = text[-1]


def mend(layer: str, spans: Iterable[Span]) -> Mended:
    """The mended text of `spans` of the layer, joined in order (a paragraph cut by a page break has several)."""
    out = _Writer()
    for span in spans:
        _mend_span(layer, span, out)
    text = "".join(out.parts)
    if _CJK.search(text):
        text = _BRACKETS.sub(lambda m: m.group().translate(_HALF), text)
        text = _HALF_SIGN.sub(lambda m: m.group().translate(_HALF), text)
    return Mended(text, tuple(out.runs), tuple(out.repairs))


def _mend_span(layer: str, span: Span, out: _Writer) -> None:
    at = span.start
    for match in _SPECIAL.finditer(layer, span.start, span.end):
        if match.start() < at:
            continue
        out.put(layer[at : match.start()], at, match.start() - at)
        at = match.end()
        kind = match.lastgroup
        if kind == "space":
            _space(layer, match, span, out)
        elif kind == "and":
            out.put("和", match.start(), match.end() - match.start())
            out.repairs.append((match.start(), "ocr-and", match.group().strip(), "和"))
        elif kind == "tag":
            sup = _SUP.match(layer, match.start(), span.end)
            if sup:
                at = sup.end()
                out.repairs.append((match.start(), "footnote-mark", sup.group(), ""))
            else:
                out.repairs.append((match.start(), "markup", match.group(), ""))
        elif kind == "note":
            out.repairs.append((match.start(), "footnote-mark", match.group(), ""))
        elif kind == "control":
            out.repairs.append((match.start(), "control-character", repr(match.group()), ""))
    out.put(layer[at : span.end], at, span.end - at)


def _space(layer: str, match: re.Match[str], span: Span, out: _Writer) -> None:
    before = out.last
    after = layer[match.end()] if match.end() < span.end else ""
    if not before or not after:
        return
    if _CJK.match(before) or _CJK.match(after):
        if "\n" not in match.group() and before not in "，。；：、" and after not in "，。；：、":
            out.repairs.append((match.start(), "stray-space", f"{before}{match.group()}{after}", before + after))
        return
    out.put(" ", match.start(), match.end() - match.start())
