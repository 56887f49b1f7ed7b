"""Facts, sources and resolutions as JSON lines: what goes in comes out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from handmade import FACTS, SOURCES, WHOLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.model import (
    Actor,
    AgencyFact,
    AgreementFact,
    CaseFact,
    DateRange,
    DocumentFact,
    EventFact,
    Fact,
    FactKind,
    IndicatorFact,
    ObservationFact,
    PartialDate,
    Passage,
    PersonFact,
    Source,
    Span,
    TieFact,
)
from kg.model.codec import (
    fact_from_json,
    fact_to_json,
    resolution_from_lines,
    resolution_to_lines,
    source_from_json,
    source_to_json,
)
from kg.model.frozen import Frozen

KINDS = (
    AgencyFact,
    PersonFact,
    EventFact,
    AgreementFact,
    DocumentFact,
    CaseFact,
    TieFact,
    IndicatorFact,
    ObservationFact,
)
FINITE = st.decimals(allow_nan=False, allow_infinity=False)
st.register_type_strategy(Decimal, FINITE)
st.register_type_strategy(float, st.floats(0, 1))
DATES = st.dates().flatmap(
    lambda d: st.sampled_from([PartialDate(d.year), PartialDate(d.year, d.month), PartialDate(d.year, d.month, d.day)])
)
st.register_type_strategy(PartialDate, DATES)


def any_fact() -> st.SearchStrategy[Fact]:
    return st.one_of([st.from_type(kind) for kind in KINDS])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_fact())
def test_any_fact_comes_back(fact: Fact) -> None:
    line = fact_to_json(fact)
    assert "\n" not in line
    again = fact_from_json(line)
    assert again == fact
    assert type(again) is type(fact)
    assert fact_to_json(again) == line


@given(st.from_type(Source))
def test_any_source_comes_back(source: Source) -> None:
    assert source_from_json(source_to_json(source)) == source


def test_every_kind_of_fact_is_tried() -> None:
    assert {kind.kind.fget for kind in KINDS} == {Fact.kind.fget}
    assert {json.loads(fact_to_json(fact))["kind"] for fact in FACTS} == {kind.value for kind in FactKind}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind.value)
def test_values_keep_their_types(fact: Fact) -> None:
    again = fact_from_json(fact_to_json(fact))

    def same(a: Any, b: Any) -> None:
        assert type(a) is type(b)
        if isinstance(a, Frozen):
            for name in a.__struct_fields__:
                same(getattr(a, name), getattr(b, name))
        elif isinstance(a, tuple):
            for x, y in zip(a, b, strict=True):
                same(x, y)

    same(fact, again)


def test_a_resolution_comes_back() -> None:
    lines = list(resolution_to_lines(WHOLE))
    assert resolution_from_lines(lines) == WHOLE
    assert list(resolution_to_lines(resolution_from_lines(lines))) == lines
    tables = {json.loads(line)["of"] for line in lines}
    assert tables == set(WHOLE.__struct_fields__)


def test_a_line_is_short_and_in_a_fixed_order() -> None:
    passage = Passage("s", (Span(1, 3),), ("甲乙",), ("甲乙",), (1,))
    fact = PersonFact(passage=passage, rule="r", name="甲", organisation=Actor("乙"))
    assert fact_to_json(fact) == (
        '{"kind":"person","name":"甲","organisation":{"name":"乙"},"rule":"r","passage":'
        '{"source":"s","spans":[{"start":1,"end":3}],"exact":["甲乙"],"quotes":["甲乙"],"lines":[1]}}'
    )
    event = replace(FACTS[2], when=DateRange(PartialDate(2024, 10)))
    assert '"when":{"start":"2024-10"}' in fact_to_json(event)


@pytest.mark.parametrize(
    "line", ["{}", '{"kind":"x"}', "[]", "nonsense", '{"kind":"case","title":"t"}', '{"kind":"case","nope":1}']
)
def test_a_line_that_is_no_fact_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"expected a line of kg\.model\.codec|Expecting value"):
        fact_from_json(line)


def test_a_line_of_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a line"):
        resolution_from_lines(['{"of":"things"}'])
    assert source_from_json(source_to_json(SOURCES[0])) == SOURCES[0]
