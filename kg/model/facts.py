"""Facts as a text tells them: each with its passage, the rule that found it and how sure that rule is.

Names are as in the text with stray spaces removed; nothing is resolved here beyond the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model.kinds import (
    ActorKind,
    AgencyKind,
    AgreementStatus,
    AgreementType,
    Approximation,
    ComparisonKind,
    DocumentKind,
    EventStatus,
    EventType,
    FactKind,
    PlaceKind,
    Relation,
    Role,
    RowStatus,
)
from kg.model.text import Passage
from kg.model.values import DateRange

__all__ = [
    "Actor",
    "AgencyFact",
    "AgreementFact",
    "CaseFact",
    "Comparison",
    "DocumentFact",
    "EventFact",
    "Fact",
    "IndicatorFact",
    "ObservationFact",
    "PersonFact",
    "TieFact",
]


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """Somebody named in a sentence. `region` is the region that a relative name (省法院) belongs to;
    `implied` marks an actor whom the sentence leaves out (the reporting body, the region of a section)."""

    name: str
    kind: ActorKind = ActorKind.AGENCY
    region: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts have. `confidence` lies in 0..1; `stated` is False for what the text only implies."""

    passage: Passage
    rule: str
    confidence: float = 1.0
    stated: bool = True

    @property
    def kind(self) -> FactKind:
        """The fact table it belongs to."""
        return _KINDS[type(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFact(Fact):
    """A single named body. `country` and `region` are zh names; `surface` is the form in this sentence."""

    name: str
    surface: str
    agency_kind: AgencyKind
    aliases: tuple[str, ...] = ()
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact(Fact):
    """Somebody in a post. `title` is the post without the organisation (局长)."""

    name: str
    title: str = ""
    organisation: Actor | None = None
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Fact):
    """A happening. `people` are (name, role) pairs; `part_of` and `outcomes` are names as told."""

    name: str
    type: EventType
    when: DateRange | None = None
    places: tuple[str, ...] = ()
    hosts: tuple[Actor, ...] = ()
    participants: tuple[Actor, ...] = ()
    people: tuple[tuple[str, Role], ...] = ()
    series: str = ""
    ordinal: int = 0
    part_of: str = ""
    outcomes: tuple[str, ...] = ()
    status: EventStatus = EventStatus.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact(Fact):
    """Something signed, renewed or concluded. `event` is the occasion's name as told."""

    name: str
    type: AgreementType
    parties: tuple[Actor, ...] = ()
    signed: DateRange | None = None
    witnesses: tuple[str, ...] = ()
    event: str = ""
    status: AgreementStatus = AgreementStatus.NEW
    extends: str = ""
    titled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact(Fact):
    """A policy document named by its title. `short` is a form introduced by 以下简称; `stage` is e.g. 试行."""

    title: str
    document_kind: DocumentKind
    issuers: tuple[Actor, ...] = ()
    action: str = ""
    date: DateRange | None = None
    region: str = ""
    short: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact(Fact):
    """A typical case or a selection. `number` is its place in the list, 0 when there is none."""

    title: str
    series: str
    number: int = 0
    region: str = ""
    organisation: str = ""
    selected_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFact(Fact):
    """A cooperation tie between two actors; `because` is the name of the fact that implies it."""

    a: Actor
    b: Actor
    relation: Relation
    when: DateRange | None = None
    because: str = ""
    because_kind: FactKind | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A change of a value: `value` is negative for a fall; `base` names what it is compared with."""

    kind: ComparisonKind
    value: Decimal
    unit: str
    approx: Approximation | None = None
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact(Fact):
    """A measured quantity in prose or in a table inside a chapter.

    `value` is the number as written (475.6), `unit` the unit as written with 万/亿 (万件), `value_text` the
    words when the text has no digits (两, 近千万). `period` is 2024, 2024-12-31 or a name (十四五);
    `base_value` and `base_unit` are in base units (4756000, 件).
    """

    name: str
    value: Decimal
    unit: str
    period: str
    base_value: Decimal
    base_unit: str
    value_text: str = ""
    area: str = ""
    subject: str = ""
    comparison: Comparison | None = None
    approx: Approximation | None = None
    cumulative: bool = False
    since: str = ""
    target: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    rank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationFact(Fact):
    """A cell of a statistical table. `value` is None for a missing cell, whose sign is in `printed`.

    `series` is the title of the table series (no number, no years); `measure`, `breakdown` and `column` are
    printed labels; `period` is 2024 or, for a stock, 2024-12-31; `area` as printed without brackets.
    """

    table: str
    series: str
    area: str
    area_code: str
    area_kind: PlaceKind
    measure: str
    breakdown: str
    period: str
    value: Decimal | None
    printed: str
    unit: str
    status: RowStatus
    column: str
    row: int = 0


_KINDS: dict[type[Fact], FactKind] = {
    AgencyFact: FactKind.AGENCY,
    PersonFact: FactKind.PERSON,
    EventFact: FactKind.EVENT,
    AgreementFact: FactKind.AGREEMENT,
    DocumentFact: FactKind.DOCUMENT,
    CaseFact: FactKind.CASE,
    TieFact: FactKind.TIE,
    IndicatorFact: FactKind.INDICATOR,
    ObservationFact: FactKind.OBSERVATION,
}
