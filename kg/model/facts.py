"""Facts as a text tells them: each with its passage, the rule that found it and how sure that rule is.

Names are as in the text with stray spaces removed; nothing is resolved here beyond the sentence.
"""

from __future__ import annotations

from decimal import Decimal

from kg.model.frozen import Frozen
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


class Actor(Frozen, order=True):
    """Somebody named in a sentence. `region` is the region that a relative name (省法院) belongs to;
    `implied` marks an actor whom the sentence leaves out (the reporting body, the region of a section)."""

    name: str
    kind: ActorKind = ActorKind.AGENCY
    region: str = ""
    implied: bool = False


class Fact(Frozen, kw_only=True):
    """What all facts have. `confidence` lies in 0..1; `stated` is False for what the text only implies."""

    passage: Passage
    rule: str
    confidence: float = 1.0
    stated: bool = True

    @property
    def kind(self) -> FactKind:
        """The fact table it belongs to."""
        return _KINDS[type(self)]


class AgencyFact(Fact, kw_only=True):
    """A single named body. `country` and `region` are zh names; `surface` is the form in this sentence."""

    name: str
    surface: str
    agency_kind: AgencyKind
    aliases: tuple[str, ...] = ()
    country: str = ""
    region: str = ""


class PersonFact(Fact, kw_only=True):
    """Somebody in a post. `title` is the post without the organisation (局长)."""

    name: str
    title: str = ""
    organisation: Actor | None = None
    country: str = ""


class EventFact(Fact, kw_only=True):
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


class AgreementFact(Fact, kw_only=True):
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


class DocumentFact(Fact, kw_only=True):
    """A policy document named by its title. `short` is a form introduced by 以下简称; `stage` is e.g. 试行."""

    title: str
    document_kind: DocumentKind
    issuers: tuple[Actor, ...] = ()
    action: str = ""
    date: DateRange | None = None
    region: str = ""
    short: str = ""
    stage: str = ""


class CaseFact(Fact, kw_only=True):
    """A typical case or a selection. `number` is its place in the list, 0 when there is none."""

    title: str
    series: str
    number: int = 0
    region: str = ""
    organisation: str = ""
    selected_by: str = ""


class TieFact(Fact, kw_only=True):
    """A cooperation tie between two actors; `because` is the name of the fact that implies it."""

    a: Actor
    b: Actor
    relation: Relation
    when: DateRange | None = None
    because: str = ""
    because_kind: FactKind | None = None


class Comparison(Frozen):
    """A change of a value: `value` is negative for a fall; `base` names what it is compared with."""

    kind: ComparisonKind
    value: Decimal
    unit: str
    approx: Approximation | None = None
    base: str = ""


class IndicatorFact(Fact, kw_only=True):
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


class ObservationFact(Fact, kw_only=True):
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
