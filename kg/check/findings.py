"""What a check finds: a kind, a severity, a reason in words and the places that contradict each other."""

from __future__ import annotations

from enum import StrEnum

from kg.model.frozen import Frozen

__all__ = ["Finding", "Kind", "Severity", "Side"]


class Kind(StrEnum):
    """What was compared with what."""

    TABLE_SUM = "table-sum"
    EDITION = "edition"
    PROSE_PROSE = "prose-prose"
    PROSE_TABLE = "prose-table"
    GROWTH = "growth"
    SHARE = "share"
    PARTS = "parts"
    TELLING = "telling"


class Severity(StrEnum):
    """error: the two cannot both be right; warning: they hardly can; note: a reader should look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Side(Frozen, order=True):
    """One side of a contradiction: the words, where they stand, and the value they give."""

    source: str
    line: int
    quote: str
    says: str


class Finding(Frozen):
    """A contradiction. `sides` are two or more: first what is told, then what it is held against."""

    kind: Kind
    severity: Severity
    zh: str
    en: str
    sides: tuple[Side, ...]

    def reason(self, lang: str) -> str:
        """The reason in words, in zh or en."""
        return self.en if lang == "en" else self.zh

    @property
    def order(self) -> tuple[object, ...]:
        """The place of a finding in a list: by severity and kind, then by place."""
        return (
            list(Severity).index(self.severity),
            list(Kind).index(self.kind),
            self.sides,
            self.zh,
        )
