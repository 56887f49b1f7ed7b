"""What document a text is: publisher, year and the id made from them."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

from kg.errors import ConfigError
from kg.lexicon import Entry, EntryType, Lexicon
from kg.model import Issue, Source
from kg.model.frozen import Frozen

__all__ = ["FrontMatter", "identify", "read_front_matter"]

_KEYS = frozenset({"id", "publisher", "year", "part", "title", "language", "licence", "license", "source"})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s{0,2}(?:年|ANNUAL|annual|Annual)")
_REPORT = re.compile(r"报告|年报|年鉴|白皮书|大事记|纪事|公报|简报|总结")
_SLUG = re.compile(r"[^a-z0-9]+")


class FrontMatter(Frozen):
    """What the file or `sources.csv` says of itself; `lines` is the number of lines it takes in the file."""

    values: dict[str, str]
    lines: int = 0


def read_front_matter(text: str, path: Path) -> FrontMatter:
    """`key: value` lines between two `---` at the very top, or else the row of `sources.csv` beside the file.

    Raises ConfigError for a year that is no number or a `sources.csv` without a `file` column.
    """
    values: dict[str, str] = {}
    taken = 0
    lines = text.split("\n", 40)
    if lines[0].rstrip() == "---":
        for n, line in enumerate(lines[1:], 2):
            if line.rstrip() == "---":
                taken = n
                break
            key, colon, value = line.partition(":")
            if not colon or key.strip() not in _KEYS:
                values = {}
                break
            values[key.strip()] = value.strip().strip("\"'")
        if not taken:
            values = {}
    listed = path.parent / "sources.csv"
    if listed.is_file():
        values = {**_listed(listed, path.name), **values}
    if values.get("year") and not values["year"].isdigit():
        raise ConfigError(f"{path}: year {values['year']!r}; expected four digits")
    return FrontMatter(values, taken)


def _listed(listed: Path, name: str) -> dict[str, str]:
    with listed.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if "file" not in (reader.fieldnames or ()):
            raise ConfigError(f"{listed}:1: no column `file`; expected file,publisher,year[,part,title]")
        for row in reader:
            if row["file"] == name:
                return {k: v.strip() for k, v in row.items() if v and k in _KEYS}
    return {}


def identify(
    text: str, matter: FrontMatter, path: Path, data: bytes, encoding: str, lexicon: Lexicon
) -> tuple[Source, tuple[Issue, ...]]:
    """The source of a text, and Issues for what had to be guessed."""
    issues: list[tuple[str, str, str]] = []
    head = text[:4000]
    publisher = matter.values.get("publisher", "")
    if not publisher:
        publisher, sure = _publisher(text, head, lexicon)
        if not sure:
            issues.append(("publisher-doubtful", f"publisher taken to be {publisher or 'unknown'}", "front matter"))
    year = int(matter.values.get("year") or 0)
    if not year:
        year, sure = _year(text, head)
        if not sure:
            issues.append(("year-doubtful", f"year taken to be {year or 'unknown'}", "front matter"))
    slug = _publisher_slug(publisher, lexicon) or _SLUG.sub("-", path.stem.lower()).strip("-")
    if not slug:
        slug = "source-" + hashlib.sha1(path.stem.encode(), usedforsecurity=False).hexdigest()[:8]
    part = _SLUG.sub("-", matter.values.get("part", "").lower()).strip("-")
    made = "-".join(filter(None, (slug, str(year) if year else "", part)))
    source = Source(
        id=_SLUG.sub("-", matter.values.get("id", "").lower()).strip("-") or made,
        title=matter.values.get("title") or _title(publisher, year, path),
        publisher=publisher,
        year=year or 1,
        filename=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        size=len(data),
    )
    return source, tuple(Issue(source.id, 1, code, found, f"expected {want}") for code, found, want in issues)


def _title(publisher: str, year: int, path: Path) -> str:
    return f"{publisher}{year}年度报告" if publisher and year else path.stem


def _publisher(text: str, head: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The agency that the title page names, else the one named most often."""
    agencies = frozenset({EntryType.AGENCY})
    titled = _titled(head, lexicon)
    if titled:
        return titled, True
    for part, needed, sure in ((head[:600], 1, True), (head, 3, True), (text[:200_000], 10, False)):
        counts = Counter(hit.entry.key for hit in lexicon.find(part, agencies))
        if counts:
            key, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
            entry = lexicon.by_key(key)
            if entry and n >= needed:
                return entry.zh, sure
    return "", False


def _titled(head: str, lexicon: Lexicon) -> str:
    """The body of a place whose name opens a line of the title page: 四川省高级人民法院2031年工作报告."""
    for line in head[:600].split("\n")[:12]:
        title = "".join(line.split()).strip("#*")
        if not _REPORT.search(title):
            continue
        place = next((h for h in lexicon.find(title, frozenset({EntryType.PLACE})) if h.start == 0), None)
        if place is None:
            continue
        ends = [
            (e, len(s.suffix))
            for s in lexicon.suffixes
            if (e := title.find(s.suffix, place.end) + len(s.suffix)) > place.end + 1
        ]
        ends = [(end, size) for end, size in ends if end - size >= place.end]
        if ends:
            return title[: min(ends, key=lambda item: (item[0], -item[1]))[0]]
    return ""


def _year(text: str, head: str) -> tuple[int, bool]:
    """The year on the title page, else the one named most often."""
    for part, sure in ((head[:600], True), (head, True), (text, False)):
        counts = Counter(int(y) for y in _YEAR.findall(part))
        if counts:
            return min(counts, key=lambda y: (-counts[y], -y)), sure
    return 0, False


def _publisher_slug(publisher: str, lexicon: Lexicon) -> str:
    """The body's own Latin abbreviation (CNIPA -> cnipa), else the last part of its gazetteer key."""
    entry: Entry | None = lexicon.get(publisher) if publisher else None
    if entry is None:
        return ""
    short = [a for a in entry.aliases if a.isascii() and a.isupper() and a.isalpha()]
    return (short[0] if short else entry.key.rsplit("/", 1)[-1]).lower()
