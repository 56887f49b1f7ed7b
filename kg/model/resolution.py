"""What the facts are about: resolved things, the tellings of each, and why mentions were put together.

A `key` is the path of a thing's IRI below `.../id/`, in ASCII, for instance `agency/st3-us` or
`event/3f2a9c01be77`. References between things are keys. Tuples are sorted.
"""

from __future__ import annotations

from decimal import Decimal

from kg.model.facts import Comparison, Fact
from kg.model.frozen import Frozen
from kg.model.kinds import (
    AgencyKind,
    AgreementStatus,
    AgreementType,
    Approximation,
    DocumentKind,
    EventStatus,
    EventType,
    FactKind,
    PlaceKind,
    Relation,
    Role,
    RowStatus,
)
from kg.model.text import Issue, Passage, Source
from kg.model.values import DateRange, PartialDate

__all__ = [
    "Agency",
    "Agreement",
    "Case",
    "Document",
    "Event",
    "Indicator",
    "Membership",
    "Merge",
    "Observation",
    "Person",
    "Place",
    "Resolution",
    "Telling",
    "Tie",
]


class Telling(Frozen):
    """One fact in one passage. `thing` is the key of what it tells about; `differs` says, in words, where it
    departs from the chosen values (`start: 2024-10, chosen 2024-10-21`)."""

    id: str
    thing: str
    fact: Fact
    differs: tuple[str, ...] = ()


class Merge(Frozen):
    """Two tellings held to be of one thing, with a score in 0..1 and the reason in words."""

    thing: str
    first: str
    second: str
    score: float
    reason: str


class Place(Frozen):
    """`code` is ISO 3166-1 alpha-2, ISO 3166-2 or GB/T 2260; `gb` the GB/T 2260 code; `broader` a place."""

    key: str
    kind: PlaceKind
    name: str
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    code: str = ""
    gb: str = ""
    broader: str = ""


class Agency(Frozen):
    """`name` is the preferred zh name; `code` the WIPO ST.3 code of an IP office; `parent` an agency."""

    key: str
    name: str
    agency_kind: AgencyKind
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    region: str = ""
    code: str = ""
    parent: str = ""


class Person(Frozen):
    """A person; spelling variants are aliases."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


class Membership(Frozen):
    """A person in a post. `organisation` is an agency, `country` a place; dates are those of the tellings."""

    key: str
    person: str
    title: str
    organisation: str = ""
    country: str = ""
    first: PartialDate | None = None
    last: PartialDate | None = None


class Event(Frozen):
    """A happening. hosts and participants are agencies or places; `outcomes` agreements or documents."""

    key: str
    name: str
    type: EventType
    when: DateRange | None = None
    places: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    people: tuple[tuple[str, Role], ...] = ()
    series: str = ""
    ordinal: int = 0
    part_of: str = ""
    outcomes: tuple[str, ...] = ()
    status: EventStatus = EventStatus.HELD


class Agreement(Frozen):
    """Something signed. `document` is the key of the document of the same title when there is one."""

    key: str
    name: str
    type: AgreementType
    parties: tuple[str, ...] = ()
    signed: DateRange | None = None
    witnesses: tuple[str, ...] = ()
    event: str = ""
    status: AgreementStatus = AgreementStatus.NEW
    extends: str = ""
    document: str = ""


class Document(Frozen):
    """A policy document. `issuers` are agencies or places, `region` a place, `actions` verbs as told."""

    key: str
    title: str
    document_kind: DocumentKind
    issuers: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    date: DateRange | None = None
    region: str = ""
    shorts: tuple[str, ...] = ()
    stage: str = ""


class Case(Frozen):
    """A typical case or a selection; `organisation` and `selected_by` are agencies, or "" when unknown."""

    key: str
    title: str
    series: str
    number: int = 0
    region: str = ""
    organisation: str = ""
    organisation_name: str = ""
    selected_by: str = ""


class Tie(Frozen):
    """A tie between two agencies or places; `because` is the key of the thing that implies it."""

    key: str
    a: str
    b: str
    relation: Relation
    when: DateRange | None = None
    because: str = ""


class Indicator(Frozen):
    """A figure in prose: one per telling. Fields as in `IndicatorFact`, `area` a place or "" (`area_name`
    keeps the printed words)."""

    key: str
    source: str
    name: str
    value: Decimal
    unit: str
    period: str
    base_value: Decimal
    base_unit: str
    value_text: str = ""
    area: str = ""
    area_name: str = ""
    subject: str = ""
    comparison: Comparison | None = None
    approx: Approximation | None = None
    cumulative: bool = False
    since: str = ""
    target: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    rank: str = ""


class Observation(Frozen):
    """A value of a table, or a missing cell when `value` is None. `edition` is a source id; `latest` is True
    for the newest edition that prints this cell; `dataset` is the key of the table series, `series_key` that
    of all dimensions but the period."""

    key: str
    dataset: str
    series_key: str
    series: str
    table: str
    area: str
    measure: str
    breakdown: str
    period: str
    value: Decimal | None
    printed: str
    unit: str
    status: RowStatus
    column: str
    edition: str
    latest: bool
    passage: Passage


class Resolution(Frozen):
    """Everything that the graph is made from, each tuple sorted by key (tellings by id).

    `doubts` are merges that were not made though something speaks for them; `thing` is that of the first."""

    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    memberships: tuple[Membership, ...]
    events: tuple[Event, ...]
    agreements: tuple[Agreement, ...]
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    ties: tuple[Tie, ...]
    indicators: tuple[Indicator, ...]
    observations: tuple[Observation, ...]
    tellings: tuple[Telling, ...]
    merges: tuple[Merge, ...] = ()
    issues: tuple[Issue, ...] = ()
    doubts: tuple[Merge, ...] = ()

    def kind_counts(self) -> dict[FactKind, int]:
        """How many resolved things of each kind there are."""
        return {
            FactKind.AGENCY: len(self.agencies),
            FactKind.PERSON: len(self.memberships),
            FactKind.EVENT: len(self.events),
            FactKind.AGREEMENT: len(self.agreements),
            FactKind.DOCUMENT: len(self.documents),
            FactKind.CASE: len(self.cases),
            FactKind.TIE: len(self.ties),
            FactKind.INDICATOR: len(self.indicators),
            FactKind.OBSERVATION: len(self.observations),
        }
