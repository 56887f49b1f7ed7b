"""Bytes to text: which encoding a file has, found and reported.

UTF-8 with or without BOM, UTF-16 with or without BOM, GB18030 (with GBK and GB2312) and Big5. What is not text in
one of these is refused: a wrong guess would poison every fact.
"""

from __future__ import annotations

import codecs
from itertools import accumulate
from pathlib import Path

from kg.errors import InputError
from kg.model import TextLayer
from kg.model.frozen import Frozen

__all__ = ["Decoded", "decode", "layer_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE with BOM"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE with BOM"),
)
_LEGACY = (("gb18030", "GB18030"), ("big5hkscs", "Big5"))
#: How files begin that people take for text; some of them decode without a fault.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
)
#: Up to this share of broken bytes a file still counts as UTF-8; each broken place is reported.
_BROKEN = 0.001
#: Control characters that text may hold: tab, line feed, carriage return, form feed, and the BOM's zero width.
_TEXT_CONTROLS = frozenset("\t\n\r\f")
_CONTROLS = tuple(c for c in map(chr, range(32)) if c not in _TEXT_CONTROLS)
#: Characters that make up a fifth or more of any Chinese prose, in both scripts; they tell GB18030 from Big5.
_COMMON = frozenset("的一是不了在人有我他这個个们中来來上大为為和国國地到以说說时時要就出会會可也你对對生年月日，。、")


class Decoded(Frozen):
    """The text of a file without its BOM, the encoding's name, and lines with bytes that made no sense."""

    text: str
    encoding: str
    broken: tuple[int, ...] = ()


def layer_of(text: str) -> TextLayer:
    """A text with the offset of each of its lines (split at "\\n" only)."""
    lines = text.split("\n")
    starts = (0, *accumulate(len(line) + 1 for line in lines[:-1]))
    return TextLayer(text, starts)


def decode(data: bytes, path: Path | str) -> Decoded:
    """The text of `data`. Raises InputError for an empty or binary file or an encoding that is not known."""
    bare = data.removeprefix(b"\xef\xbb\xbf")
    if not bare.strip(b" \t\r\n") or bare in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{path}: an empty file; expected the text of a report")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{path}: {what}; expected the text of a report")
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data[len(bom) :], codec, name, path), path)
    codec = _utf16_without_bom(data)
    if codec:
        return _checked(_strict(data, codec, codec.upper().replace("UTF-16-", "UTF-16 "), path), path)
    if b"\0" in data:
        raise InputError(f"{path}: binary data (NUL at byte {data.index(0)}); expected the text of a report")
    return _checked(_without_bom(data, path), path)


def _strict(data: bytes, codec: str, name: str, path: Path | str) -> Decoded:
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: bytes that are no {name}; expected what its BOM announces") from None


def _utf16_without_bom(data: bytes) -> str:
    head = data[:4096]
    low, high = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    # Line feeds and digits have a zero byte in UTF-16; text in other encodings has none at all.
    if low + high == 0 or min(low, high) > 0.02 * half or len(data) % 2:
        return ""
    codec = "utf-16-le" if high > low else "utf-16-be"
    try:
        text = head[: len(head) // 2 * 2].decode(codec, "ignore")
    except UnicodeDecodeError:
        return ""
    readable = sum(c.isprintable() or c in _TEXT_CONTROLS for c in text)
    wide = sum(c > "\x7f" for c in text)
    likely = wide <= 0.1 * len(text) or _chinese(text) > 0.02
    return codec if likely and readable > 0.98 * len(text) else ""


def _without_bom(data: bytes, path: Path | str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        pass
    candidates: list[tuple[float, str, str]] = []
    for codec, name in _LEGACY:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        candidates.append((_chinese(text), name, text))
    if candidates:
        score, name, text = max(candidates, key=lambda c: c[0])
        if score > 0.05:
            return Decoded(text, name)
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(1, _BROKEN * len(text)):
        broken = tuple(n for n, line in enumerate(text.split("\n"), 1) if "\ufffd" in line)
        return Decoded(text, "UTF-8", broken)
    raise InputError(f"{path}: bytes in no known encoding; expected UTF-8, UTF-16, GB18030 or Big5")


def _chinese(text: str) -> float:
    """The share of very common characters among the non-ASCII ones of the beginning."""
    wide = [c for c in text[:20000] if c > "\x7f"]
    return sum(c in _COMMON for c in wide) / len(wide) if wide else 0.0


def _checked(decoded: Decoded, path: Path | str) -> Decoded:
    head = decoded.text[:65536]
    controls = sum(map(head.count, _CONTROLS))
    if controls > 0.02 * len(head):
        raise InputError(f"{path}: binary data ({controls} control characters); expected the text of a report")
    return decoded
