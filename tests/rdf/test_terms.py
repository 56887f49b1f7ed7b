"""Terms: any value comes back from the parsers of Oxigraph and rdflib as it went in."""

from __future__ import annotations

import warnings
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DateRange, PartialDate
from kg.rdf import iris, terms

S, P = "<http://e/s>", "<http://e/p>"
CONTROLS = "\r\n\t\b\f\x00\x1f\x7f"
BREAKS = "\u2028\u2029\x85"
NASTY = ["", "\\", '"', '\\"', CONTROLS, BREAKS, "\ufeff", "😀", "\\u0041", "a\\nb", "\ufffe"]


def through_oxigraph(term: str) -> pyoxigraph.Literal:
    (quad,) = pyoxigraph.parse(f"{S} {P} {term} .\n".encode(), pyoxigraph.RdfFormat.N_QUADS)
    assert isinstance(quad.object, pyoxigraph.Literal)
    return quad.object


def through_rdflib(term: str) -> rdflib.Literal:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib 7 uses its own deprecated names while it parses quads.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=f"{S} {P} {term} .\n", format="nquads")
    ((_, _, value, _),) = dataset.quads()
    assert isinstance(value, rdflib.Literal)
    return value


@pytest.mark.parametrize("text", NASTY)
def test_nasty_strings_come_back(text: str) -> None:
    assert through_oxigraph(terms.literal(text)).value == text
    assert str(through_rdflib(terms.literal(text))) == text


@given(st.text())
def test_any_string_comes_back(text: str) -> None:
    line = terms.literal(text)
    assert not set(line) & {"\n", "\r"}
    assert through_oxigraph(line).value == text
    assert str(through_rdflib(line)) == text
    tagged = through_oxigraph(terms.tagged(text))
    assert (tagged.value, tagged.language) == (text, "zh")
    assert through_rdflib(terms.tagged(text, "en")) == rdflib.Literal(text, lang="en")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_numbers_keep_their_value_and_the_store_keeps_their_form(value: Decimal) -> None:
    for term in (terms.decimal(value), terms.number(value)):
        literal = through_oxigraph(term)
        assert Decimal(literal.value) == value
        # The store holds numbers by value: what it gives back must be what stands in graph.nq.
        store = pyoxigraph.Store()
        store.load(f"{S} {P} {term} .".encode(), pyoxigraph.RdfFormat.N_QUADS)
        (quad,) = store
        assert str(quad.object) == term
    whole = value == value.to_integral_value()
    assert terms.number(value).endswith("#integer>" if whole else "#decimal>")


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("-0.0", "0"), ("100", "100"), ("12.50", "12.5"), ("-3.20", "-3.2"), ("0.00", "0")],
)
def test_numbers_have_one_form(value: str, text: str) -> None:
    assert terms.decimal(Decimal(value)).startswith(f'"{text}"^^')


def test_a_confidence_is_a_short_decimal_and_no_number_is_refused() -> None:
    assert terms.decimal(0.1) == '"0.1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert terms.decimal(1.0).startswith('"1"^^')
    for value in (Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="not a number"):
            terms.number(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024", "gYear"),
        ("2024-10", "gYearMonth"),
        ("2024-10-21", "date"),
        ("十四五", "string"),
        ("2024-13", "string"),
        ("2024-02-30", "string"),
        ("20241", "string"),
        ("２０２４", "string"),
    ],
)
def test_periods_are_typed_by_their_precision(text: str, kind: str) -> None:
    literal = through_oxigraph(terms.period(text))
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (text, kind)


def test_dates_have_four_digits_in_the_year() -> None:
    assert terms.date(PartialDate(987)).startswith('"0987"^^')
    assert str(DateRange(PartialDate(987, 2)).latest) == "0987-02-28"


@given(st.text(max_size=30))
def test_any_key_makes_an_iri_that_both_parsers_take(key: str) -> None:
    iri = iris.thing(f"agency/{key}")
    assert iri.isascii()
    assert pyoxigraph.NamedNode(iri[1:-1])
    (quad,) = pyoxigraph.parse(f"{iri} {P} {iri} .\n".encode(), pyoxigraph.RdfFormat.N_QUADS)
    assert f"<{quad.object.value}>" == iri


def test_keys_that_are_safe_stay_as_they_are() -> None:
    key = "agency/st3-us_x.y~z%E4%B8%AD"
    assert iris.thing(key) == f"<https://w3id.org/zhitu/id/{key}>"
    assert iris.thing("a%zz 中").endswith("/a%25zz%20%E4%B8%AD>")


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(ValueError, match="empty key"):
        iris.thing("")


def test_hashes_tell_where_one_part_ends() -> None:
    assert iris.short_hash("ab", "c") != iris.short_hash("a", "bc")
    assert iris.post_key("局长", "agency/a", "") != iris.post_key("局长", "agency/b", "")
    assert iris.post_key("局长", "", "place/cn") == iris.post_key("局长", "place/cn", "")
