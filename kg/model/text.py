"""A report as read: the text layer, what was understood of its structure, and what was mended."""

from __future__ import annotations

from bisect import bisect_right

from kg.model.frozen import Frozen

__all__ = [
    "Cell",
    "Issue",
    "Passage",
    "Repair",
    "Report",
    "Row",
    "Run",
    "Section",
    "Sentence",
    "Source",
    "Span",
    "Table",
    "TextLayer",
]


class Span(Frozen, order=True):
    """A stretch of the text layer in code points, end exclusive."""

    start: int
    end: int


class TextLayer(Frozen):
    """The decoded text of a source, BOM excluded, with the offset at which each line starts.

    Lines end at "\\n" only (a "\\r" before it belongs to the line).
    """

    text: str
    starts: tuple[int, ...]

    def line_of(self, offset: int) -> int:
        """1-based line number of a code point offset."""
        return bisect_right(self.starts, offset)


class Passage(Frozen):
    """The exact words behind a fact.

    `spans` and `exact` are the pieces of the text layer (a sentence cut by a page break has two);
    `quotes` joins pieces between which nothing but white space stands, with spaces inside Chinese removed;
    `lines[n]` is the 1-based line on which `quotes[n]` begins. `locator` is for people: a section path or
    a table with row.
    """

    source: str
    spans: tuple[Span, ...]
    exact: tuple[str, ...]
    quotes: tuple[str, ...]
    lines: tuple[int, ...]
    section: tuple[str, ...] = ()
    locator: str = ""

    @property
    def quote(self) -> str:
        """All the words in one string."""
        return "".join(self.quotes)


class Source(Frozen):
    """A document: `id` is publisher-year[-part] in ASCII; `publisher` the zh name of the body that reports."""

    id: str
    title: str
    publisher: str
    year: int
    filename: str
    sha256: str
    encoding: str
    size: int


class Section(Frozen):
    """A heading. `path` are the titles from the chapter down to this one; `region` is set for the regional
    sections (北京市), `month` under the month headings of a chronicle (1 to 12)."""

    index: int
    level: int
    title: str
    path: tuple[str, ...]
    line: int
    region: str = ""
    month: int = 0
    chronicle: bool = False


class Run(Frozen):
    """`length` characters of a sentence from `start` that stand at `offset` of the layer, taking `width`."""

    start: int
    length: int
    offset: int
    width: int


class Sentence(Frozen):
    """A mended sentence (or a part of one that ends in a semicolon).

    `text` has no stray spaces and no OCR slips; `runs` map its characters back to the layer; `paragraph`
    numbers the paragraphs of the report, `section` indexes `Report.sections`, `first` tells whether it opens
    its paragraph. `caption` marks the caption of a picture: it can name an event but states nothing else.
    `dateline` marks where, when and by whom a news item was written, which stands before its first sentence. `day` is
    the day that labels an entry of a chronicle (5日, 12日至15日, 本月), no part of `text`; `lead` is where it stands.
    """

    index: int
    text: str
    runs: tuple[Run, ...]
    section: int
    paragraph: int
    line: int
    first: bool = True
    caption: bool = False
    dateline: bool = False
    day: str = ""
    lead: tuple[Run, ...] = ()

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The pieces of the layer that hold `text[start:end]`, in order, neighbours joined."""
        return tuple(Span(a, b) for a, b in self.pieces(start, end))

    def pieces(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The spans as plain pairs, which cost less where only their text is wanted."""
        stop = len(self.text) if end is None else end
        found: list[tuple[int, int]] = [] if start else [(run.offset, run.offset + run.width) for run in self.lead]
        for run in self.runs:
            first, length, offset = run.start, run.length, run.offset
            low = start - first if start > first else 0
            high = length if first + length < stop else stop - first
            if low >= high:
                continue
            begin, behind = (offset + low, offset + high) if run.width == length else (offset, offset + run.width)
            if found and found[-1][1] == begin:
                found[-1] = (found[-1][0], behind)
            else:
                found.append((begin, behind))
        return found


class Cell(Frozen):
    """A cell of a table as printed, tags and outer spaces removed."""

    text: str
    span: Span


class Row(Frozen):
    """A row of a table; `line` is 1-based, `span` the whole line."""

    cells: tuple[Cell, ...]
    line: int
    span: Span


class Table(Frozen):
    """A table, its page-broken parts put together and repeated headers dropped.

    `caption` has no number; `number` is "1" for 表 1, "" when there is none; `unit` is as printed (件).
    Rows of `header` and `rows` all have the same number of cells: a header cell left empty by a merged one is
    filled from its left neighbour (columns) or from above (rows).
    """

    index: int
    number: str
    caption: str
    unit: str
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    section: int
    line: int
    parts: tuple[int, ...] = ()


class Repair(Frozen):
    """A defect of the text that was mended: `rule` names the general rule that did it."""

    line: int
    rule: str
    found: str
    mended: str


class Issue(Frozen, order=True):
    """Doubtful text, for a person to read: where, what was found, what was expected."""

    source: str
    line: int
    code: str
    found: str
    expected: str = ""

    def __str__(self) -> str:
        tail = f"; {self.expected}" if self.expected else ""
        return f"{self.source}:{self.line}: {self.found}{tail}"


class Report(Frozen):
    """A source with everything that was understood of it."""

    source: Source
    layer: TextLayer
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    repairs: tuple[Repair, ...] = ()
    issues: tuple[Issue, ...] = ()
