"""A small resolution by hand with at least one of everything, in invented words."""

from __future__ import annotations

from decimal import Decimal

from kg.model import (
    Actor,
    ActorKind,
    Agency,
    AgencyFact,
    AgencyKind,
    Agreement,
    AgreementFact,
    AgreementStatus,
    AgreementType,
    Approximation,
    Case,
    CaseFact,
    Comparison,
    ComparisonKind,
    DateRange,
    Document,
    DocumentFact,
    DocumentKind,
    Event,
    EventFact,
    EventStatus,
    EventType,
    Indicator,
    IndicatorFact,
    Issue,
    Membership,
    Merge,
    Observation,
    ObservationFact,
    PartialDate,
    Passage,
    Person,
    PersonFact,
    Place,
    PlaceKind,
    Relation,
    Resolution,
    Role,
    RowStatus,
    Source,
    Span,
    Telling,
    Tie,
    TieFact,
)

A, B = "demo-2023", "demo-2024"


def passage(source: str, start: int, *pieces: str, locator: str = "") -> Passage:
    """A passage whose pieces stand 10 characters apart, each on a line of its own."""
    spans, at = [], start
    for piece in pieces:
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 10
    lines = tuple(start // 10 + n + 1 for n in range(len(pieces)))
    return Passage(source, tuple(spans), pieces, pieces, lines, ("第一章", "第一节"), locator)


def day(text: str, end: str = "", told: str = "") -> DateRange:
    """A date range from its written dates."""
    return DateRange(PartialDate.parse(text), PartialDate.parse(end) if end else None, told)


SOURCES = (
    Source(A, "示例年报2023", "示例局", 2023, "a.md", "aa" * 32, "utf-8", 10),
    Source(B, "示例年报2024", "示例局", 2024, "b.md", "bb" * 32, "gb18030", 20),
)
PLACES = (
    Place("place/cn", PlaceKind.COUNTRY, "中国", "China", ("我国",), "CN"),
    Place("place/cn-gd", PlaceKind.REGION, "广东", "Guangdong", ("粤",), "CN-GD", "440000", "place/cn"),
    Place("place/cn-gd-sz", PlaceKind.CITY, "深圳", broader="place/cn-gd", gb="440300"),
    Place("place/group-1", PlaceKind.GROUP, "甲国、乙国"),
)
AGENCIES = (
    Agency("agency/demo", "示例局", AgencyKind.IP_OFFICE, "Demo Office", ("本局",), "place/cn", code="CN"),
    Agency("agency/lab", "示例中心", AgencyKind.SERVICE_BODY, region="place/cn-gd", parent="agency/demo"),
)
PEOPLE = (Person("person/zhang", "张三", ("张叁",)), Person("person/li", "李四"))
MEMBERSHIPS = (
    Membership("membership/1", "person/zhang", "局长", "agency/demo", "", PartialDate(2023, 5), PartialDate(2024)),
    Membership("membership/2", "person/li", "", "", "place/cn"),
)
EVENTS = (
    Event(
        "event/1",
        "第三次示例会议",
        EventType.MEETING,
        day("2024-10-21", "2024-10-23", "10月21日至23日"),
        ("place/cn-gd-sz",),
        ("agency/demo",),
        ("agency/lab", "place/group-1"),
        (
            ("person/li", Role.ATTENDS),
            ("person/li", Role.SPEAKS),
            ("person/zhang", Role.CHAIRS),
            ("person/zhang", Role.LEADS_DELEGATION),
        ),
        "示例会议",
        3,
        "event/2",
        ("agreement/1", "agreement/2"),
    ),
    Event("event/2", "示例周", EventType.OTHER, day("2024-10"), status=EventStatus.PLANNED),
)
AGREEMENTS = (
    Agreement(
        "agreement/1",
        "示例谅解备忘录",
        AgreementType.MOU,
        ("agency/demo", "place/group-1"),
        day("2024-10-22"),
        ("person/zhang",),
        "event/1",
        AgreementStatus.EXTENDED,
        "旧备忘录",
        "document/1",
    ),
    Agreement("agreement/2", "示例工作计划", AgreementType.WORK_PLAN, ("agency/lab",), day("2024")),
)
DOCUMENTS = (
    Document("document/1", "示例备忘录", DocumentKind.AGREEMENT, date=day("2024-10"), shorts=("《备忘录》",)),
    Document(
        "document/2",
        "示例条例",
        DocumentKind.REGULATION,
        ("agency/demo",),
        ("印发", "修订"),
        day("2023-01-02"),
        "place/cn-gd",
        (),
        "试行",
    ),
)
CASES = (Case("case/1", "某“示例”案", "十大案例", 1, "place/cn-gd", "agency/lab", "示例中心", "agency/demo"),)
TIES = (
    Tie("tie/1", "agency/demo", "agency/lab", Relation.TRAINS, day("2024-03"), "event/1"),
    Tie("tie/2", "agency/demo", "place/group-1", Relation.SIGNS_WITH, day("2024-10-22"), "agreement/1"),
)
INDICATORS = (
    Indicator(
        "indicator/1",
        B,
        "示例量",
        Decimal("47.50"),
        "万件",
        "2024",
        Decimal("475000"),
        "件",
        "四十七万五",
        "place/cn-gd",
        "广东",
        "企业",
        Comparison(ComparisonKind.YOY, Decimal("-3.2"), "%", Approximation.ABOUT, "上年"),
        Approximation.OVER,
        True,
        "2020",
        False,
        Decimal("40"),
        Decimal("50.5"),
        "第一",
    ),
    Indicator("indicator/2", B, "示例率", Decimal("0.5"), "", "十四五", Decimal("0.5"), "", target=True),
)
ROW_A = passage(A, 500, "| 广东 | 1,234 |", locator="表 1 第 2 行")
ROW_B = passage(B, 500, "| 广东 | 1,234 | - |", locator="表 1 第 2 行")


def cell(key: str, edition: str, row: Passage, period: str, value: Decimal | None, **more: object) -> Observation:
    """A table cell of the series that both editions print."""
    told: dict[str, object] = {
        "measure": "申请量",
        "breakdown": "",
        "printed": "" if value is not None else "-",
        "unit": "件",
        "status": RowStatus.NORMAL if value is not None else RowStatus.MISSING,
        "latest": edition == B,
        "series_key": "series/s1",
        **more,
    }
    return Observation(
        key=key,
        dataset="dataset/d1",
        series="各地申请量",
        table="1",
        area="place/cn-gd",
        period=period,
        value=value,
        column="申请量" + period,
        edition=edition,
        passage=row,
        **told,  # type: ignore[arg-type]
    )


OBSERVATIONS = (
    cell("observation/1", A, ROW_A, "2023", Decimal(1234)),
    cell("observation/2", B, ROW_B, "2024-12-31", Decimal("12.50"), breakdown="职务", series_key="series/s2"),
    cell("observation/3", B, ROW_B, "2024", None),
)

_P = passage(B, 100, "十月二十一日，示例局", "在深圳召开会议。")
_Q = passage(B, 300, '他说："好"。\\完\n')
_SAME = passage(B, 400, '他说："好"。\\完\n')
DEMO = Actor("示例局", implied=True)
FACTS = (
    AgencyFact(passage=_P, rule="agency", name="示例局", surface="局", agency_kind=AgencyKind.IP_OFFICE),
    PersonFact(passage=_Q, rule="post", name="张三", title="局长", organisation=DEMO, confidence=0.9),
    EventFact(
        passage=_P,
        rule="dated",
        name="第3次示例会议",
        type=EventType.MEETING,
        when=day("2024-10-21", "2024-10-23", "10月21日至23日"),
        hosts=(DEMO,),
        people=(("张三", Role.CHAIRS),),
        confidence=0.875,
    ),
    AgreementFact(passage=_P, rule="signed", name="示例谅解备忘录", type=AgreementType.MOU, parties=(DEMO,)),
    DocumentFact(passage=_SAME, rule="title", title="示例备忘录", document_kind=DocumentKind.AGREEMENT, short="备忘录"),
    CaseFact(passage=_Q, rule="list", title="某“示例”案", series="十大案例", number=1),
    TieFact(
        passage=_P,
        rule="implied",
        a=DEMO,
        b=Actor("甲国、乙国", ActorKind.PLACE),
        relation=Relation.SIGNS_WITH,
        when=day("2024-10-22", told="22日"),
        stated=False,
    ),
    IndicatorFact(
        passage=_Q,
        rule="figure",
        name="示例量",
        value=Decimal("47.50"),
        unit="万件",
        period="2024",
        base_value=Decimal("475000"),
        base_unit="件",
        comparison=INDICATORS[0].comparison,
        low=Decimal("40"),
    ),
    ObservationFact(
        passage=ROW_B,
        rule="table",
        table="1",
        series="各地申请量",
        area="广东",
        area_code="CN-GD",
        area_kind=PlaceKind.REGION,
        measure="申请量",
        breakdown="",
        period="2024",
        value=None,
        printed="-",
        unit="件",
        status=RowStatus.MISSING,
        column="申请量2024",
        row=2,
    ),
)
_THINGS = (
    "agency/demo",
    "membership/1",
    "event/1",
    "agreement/1",
    "document/1",
    "case/1",
    "tie/2",
    "indicator/1",
    "observation/3",
)
RATE = IndicatorFact(
    passage=_P,
    rule="figure",
    name="示例率",
    value=Decimal("0.5"),
    unit="",
    period="十四五",
    base_value=Decimal("0.5"),
    base_unit="",
    target=True,
)
TELLINGS = (
    *(
        Telling(f"t{n}", thing, fact, ("start: 2024-10, chosen 2024-10-21",) if n == 2 else ())
        for n, (thing, fact) in enumerate(zip(_THINGS, FACTS, strict=True))
    ),
    Telling("t9", "indicator/2", RATE),
)

WHOLE = Resolution(
    SOURCES,
    PLACES,
    AGENCIES,
    PEOPLE,
    MEMBERSHIPS,
    EVENTS,
    AGREEMENTS,
    DOCUMENTS,
    CASES,
    TIES,
    INDICATORS,
    OBSERVATIONS,
    TELLINGS,
    (Merge("event/1", "t2", "t6", 0.75, "同名同月"),),
    (Issue(B, 12, "doubt", "看不清", "数字"),),
    (Merge("event/1", "t2", "t3", 0.6, "同月"),),
)
