"""Hand-made facts for the tests of this room: a sentence is a line and a place on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.lexicon import load_lexicon
from kg.model import (
    Actor,
    ActorKind,
    AgencyFact,
    AgencyKind,
    AgreementFact,
    AgreementType,
    CaseFact,
    DateRange,
    DocumentFact,
    DocumentKind,
    EventFact,
    EventType,
    Fact,
    IndicatorFact,
    ObservationFact,
    PartialDate,
    Passage,
    PersonFact,
    PlaceKind,
    Relation,
    Resolution,
    RowStatus,
    Source,
    Span,
    TieFact,
)
from kg.resolve import resolve

OWN = "国家知识产权局"


def source(name: str = "cnipa-2024", year: int = 2024, publisher: str = OWN) -> Source:
    return Source(name, f"{publisher}{year}年度报告", publisher, year, f"{name}.md", "0" * 64, "utf-8", 1)


def passage(line: int, at: int = 0, *, told_in: str = "cnipa-2024", section: tuple[str, ...] = ()) -> Passage:
    start = line * 1000 + at * 100
    quote = f"第{line}行的第{at}句。"
    return Passage(told_in, (Span(start, start + 50),), (quote,), (quote,), (line,), section)


def day(text: str) -> DateRange | None:
    if not text:
        return None
    start, _, end = text.partition("/")
    return DateRange(PartialDate.parse(start), PartialDate.parse(end) if end else None)


def actors(names: str) -> tuple[Actor, ...]:
    return tuple(Actor(name) for name in names.split() if name)


def event(
    name: str, line: int, when: str = "", kind: EventType = EventType.MEETING, *, with_: str = "", at: int = 0,
    places: str = "", hosts: str = "", section: tuple[str, ...] = (), told_in: str = "cnipa-2024", **more: Any,
) -> EventFact:  # fmt: skip
    return EventFact(
        passage=passage(line, at, told_in=told_in, section=section), rule="test", name=name, type=kind,
        when=day(when), places=tuple(places.split()), hosts=actors(hosts), participants=actors(with_), **more,
    )  # fmt: skip


def agreement(
    name: str, line: int, kind: AgreementType, parties: str, signed: str = "", *, at: int = 0, **more: Any
) -> AgreementFact:
    return AgreementFact(
        passage=passage(line, at),
        rule="test",
        name=name,
        type=kind,
        parties=actors(parties),
        signed=day(signed),
        **more,
    )


def document(
    title: str, line: int, kind: DocumentKind = DocumentKind.PLAN, *, issuers: str = "", **more: Any
) -> DocumentFact:
    return DocumentFact(
        passage=passage(line), rule="test", title=title, document_kind=kind, issuers=actors(issuers), **more
    )


def case(title: str, series: str, line: int, **more: Any) -> CaseFact:
    return CaseFact(passage=passage(line), rule="test", title=title, series=series, **more)


def agency(
    name: str, line: int, kind: AgencyKind = AgencyKind.OTHER, *, told_in: str = "cnipa-2024", **more: Any
) -> AgencyFact:
    more.setdefault("surface", name)
    return AgencyFact(passage=passage(line, told_in=told_in), rule="test", name=name, agency_kind=kind, **more)


def person(
    name: str, line: int, title: str = "局长", organisation: str = "", *, told_in: str = "cnipa-2024", **more: Any
) -> PersonFact:
    return PersonFact(
        passage=passage(line, told_in=told_in), rule="test", name=name, title=title,
        organisation=Actor(organisation) if organisation else None, **more,
    )  # fmt: skip


def tie(a: str, b: str, relation: Relation, line: int, when: str = "", *, at: int = 0, **more: Any) -> TieFact:
    return TieFact(
        passage=passage(line, at), rule="test", a=Actor(a), b=Actor(b), relation=relation, when=day(when), **more
    )


def indicator(name: str, value: str, line: int, **more: Any) -> IndicatorFact:
    number = Decimal(value)
    return IndicatorFact(
        passage=passage(line), rule="test", name=name, value=number, unit="万件", period="2024",
        base_value=number * 10000, base_unit="件", **more,
    )  # fmt: skip


def cell(
    area: str, value: str, period: str = "2024", *, line: int = 1500, told_in: str = "cnipa-2024",
    status: RowStatus = RowStatus.NORMAL, series: str = "发明专利申请状况",
) -> ObservationFact:  # fmt: skip
    return ObservationFact(
        passage=passage(line, told_in=told_in), rule="test", table="1", series=series, area=area, area_code="",
        area_kind=PlaceKind.REGION, measure="申请量", breakdown="", period=period,
        value=Decimal(value) if value else None, printed=value or "—", unit="件", status=status, column=f"{period}年",
    )  # fmt: skip


def run(*facts: Fact) -> Resolution:
    """The resolution of one source."""
    return resolve([(source(), facts)], load_lexicon())


def groups(resolution: Resolution) -> list[set[int]]:
    """The first lines of the tellings of each thing, things in the order of their first line."""
    found: dict[str, set[int]] = {}
    for telling in resolution.tellings:
        found.setdefault(telling.thing, set()).add(telling.fact.passage.lines[0])
    return sorted(found.values(), key=lambda lines: (min(lines), sorted(lines)))


def place(name: str) -> Actor:
    return Actor(name, ActorKind.PLACE)
