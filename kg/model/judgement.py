"""What people judged about a graph: the rows of `judgements.csv`, read and checked.

    verb,telling,field,value,who,when,why

A row whose verb is empty says nothing (a line of `kg review` that nobody filled in), a repeated header line is
skipped, and columns behind the last one are for the reader. `docs/judgements.md` says what each verb does.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from kg.errors import ConfigError
from kg.model.added import parse_added
from kg.model.frozen import Frozen
from kg.model.text import Issue
from kg.model.values import PartialDate

__all__ = ["COLUMNS", "Judgement", "Judgements", "Verb", "read_judgements", "unplaced"]

COLUMNS = ("verb", "telling", "field", "value", "who", "when", "why")
_ARROW = "→"
_Refuse = Callable[[str, str], ConfigError]


class Verb(StrEnum):
    """What a judgement does."""

    SAME = "same"
    DIFFERENT = "different"
    DROP = "drop"
    RENAME = "rename"
    SET = "set"
    ADD = "add"
    TEXT = "text"


_PAIRED = frozenset({Verb.SAME, Verb.DIFFERENT})
_ON_TELLING = frozenset({*_PAIRED, Verb.DROP, Verb.RENAME, Verb.SET})
_NEEDS_VALUE = frozenset({*_PAIRED, Verb.RENAME, Verb.ADD, Verb.TEXT})
_NEEDS_FIELD = frozenset({Verb.SET, Verb.ADD, Verb.TEXT})


class Judgement(Frozen):
    """A row; `file` and `line` say where it stands. `telling` (and the value of `same` and `different`) is a
    telling id, without the `telling/` that its IRI has."""

    verb: Verb
    telling: str
    field: str
    value: str
    who: str
    when: str = ""
    why: str = ""
    file: str = "judgements.csv"
    line: int = 0

    @property
    def reason(self) -> str:
        """The words that stand where a rule's reason would."""
        return f"judgement of {self.who}: {self.why}" if self.why else f"judgement of {self.who}"

    @property
    def place(self) -> tuple[str, int]:
        """The source and line that a `text` row is about. Meaningless for other verbs."""
        name, _, line = self.field.rpartition(":")
        return name, int(line)

    @property
    def reading(self) -> tuple[str, str]:
        """What a `text` row finds and what it puts there. Meaningless for other verbs."""
        old, _, new = self.value.partition(_ARROW)
        return old, new

    def issue(self, found: str, expected: str = "") -> Issue:
        """An Issue that points at this row."""
        return Issue(self.file, self.line, "judgement", f"{self.verb}: {found}", expected)


class Judgements(Frozen):
    """All rows in the order of their files, and (name, sha256) of each file."""

    rows: tuple[Judgement, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files)

    def lines(self) -> Iterator[str]:
        """The rows as one file in a plain form, header first."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self.rows:
            writer.writerow((row.verb, row.telling, row.field, row.value, row.who, row.when, row.why))
        yield from out.getvalue().splitlines()

    def of(self, *verbs: Verb) -> Iterator[Judgement]:
        """The rows with these verbs."""
        return (row for row in self.rows if row.verb in verbs)


def read_judgements(paths: Iterable[Path]) -> Judgements:
    """The judgements in these files. Raises ConfigError (`file:line: ...`) for a file or row that is malformed,
    and for rows that contradict each other."""
    rows: list[Judgement] = []
    files: list[tuple[str, str]] = []
    for path in paths:
        try:
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}; expected a file of judgements") from error
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise ConfigError(f"{path}:{line}: bytes that are no UTF-8; expected a CSV file in UTF-8") from error
        rows += _rows(path, text)
        files.append((path.name, hashlib.sha256(data).hexdigest()))
    _check_pairs(rows)
    return Judgements(tuple(rows), tuple(files))


def _rows(path: Path, text: str) -> Iterator[Judgement]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    header: list[str] = []
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                missing = [name for name in COLUMNS if name not in header]
                if missing:
                    raise ConfigError(f"{path}:{start}: no column {missing[0]}; expected {','.join(COLUMNS)}")
                continue
            values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if values.get("verb", "") in ("", "verb"):
                continue
            yield _judgement(path, start, values)
    except csv.Error as error:
        raise ConfigError(f"{path}:{line}: {error}; expected a row of CSV") from error


def _judgement(path: Path, line: int, values: dict[str, str]) -> Judgement:
    def refuse(found: str, expected: str) -> ConfigError:
        return ConfigError(f"{path}:{line}: {found}; expected {expected}")

    name = values["verb"]
    if name not in frozenset(Verb):
        raise refuse(f"verb {name!r}", f"one of {', '.join(Verb)}")
    verb = Verb(name)
    telling, value = _key(values.get("telling", "")), values.get("value", "")
    field, when = values.get("field", ""), values.get("when", "")
    if bool(telling) != (verb in _ON_TELLING):
        raise refuse(*(("a telling", f"none for {verb}") if telling else ("no telling", f"one for {verb}")))
    if verb in _NEEDS_VALUE and not value:
        raise refuse("no value", f"one for {verb}")
    if verb in _NEEDS_FIELD and not field:
        raise refuse("no field", f"one for {verb}")
    if not values.get("who"):
        raise refuse("no who", "the name of the person who judged")
    try:
        if when:
            PartialDate.parse(when)
    except ValueError as error:
        raise refuse(f"when {when!r}", "YYYY-MM-DD, YYYY-MM or YYYY") from error
    if verb in _PAIRED:
        value = _key(value)
        if value == telling:
            raise refuse("a telling and itself", "two tellings")
    _check_value(verb, field, value, refuse)
    return Judgement(verb, telling, field, value, values["who"], when, values.get("why", ""), path.name, line)


def _check_value(verb: Verb, field: str, value: str, refuse: _Refuse) -> None:
    if verb is Verb.TEXT:
        name, _, number = field.rpartition(":")
        if not name or not number.isdecimal():
            raise refuse(f"field {field!r}", "source:line")
        old, arrow, new = value.partition(_ARROW)
        if not arrow or not old or old == new or _ARROW in new:
            raise refuse(f"value {value!r}", f"old{_ARROW}new")
    elif verb is Verb.ADD:
        try:
            parse_added(field, value)
        except ValueError as error:
            raise refuse(f"add: {error}", "the fields of a fact, see docs/judgements.md") from error


def _key(text: str) -> str:
    """A telling id from an id, a key (`telling/...`) or an IRI."""
    return text.rpartition("telling/")[2]


def _check_pairs(rows: Sequence[Judgement]) -> None:
    """Nothing may be judged the same and different, be it by way of others."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.get(key, key) != key:
            key = root[key]
        return key

    for row in rows:
        if row.verb is Verb.SAME:
            root[find(row.value)] = find(row.telling)
    for row in rows:
        if row.verb is Verb.DIFFERENT and find(row.telling) == find(row.value):
            raise ConfigError(
                f"{row.file}:{row.line}: different: {row.telling} and {row.value} are judged the same by other rows; "
                "expected one or the other"
            )


def unplaced(judgements: Judgements, sources: Collection[str]) -> list[Issue]:
    """Issues for rows about sources that are not in this build."""
    issues = []
    for row in judgements.of(Verb.TEXT, Verb.ADD):
        name = row.place[0] if row.verb is Verb.TEXT else parse_added(row.field, row.value).source
        if name not in sources and (name or len(sources) != 1):
            what = f"no source {name}" if name else "no source named"
            issues.append(row.issue(what, f"expected one of {', '.join(sorted(sources))}"))
    return issues
