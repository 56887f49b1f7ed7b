"""Each integrity constraint is violated by its own cube, holds on a whole one, and none is violated on real graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import ConfigError
from kg.pipeline import build
from kg.store.constraints import (
    ConstraintResult,
    ConstraintStatus,
    check_constraints,
    load_constraints,
    render_constraints,
)
from kg.store.graph import open_store, refuse_service

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
ALL = [f"IC-{number}" for number in range(1, 22)]
#: What the tables and figures of a report have something to say to.
ASKED = {"IC-1", "IC-2", "IC-3", "IC-4", "IC-5", "IC-6", "IC-11", "IC-12", "IC-13", "IC-14", "IC-19"}


def cube(*paths: Path) -> Store:
    store = Store()
    for path in paths:
        store.load(path=str(path), format=RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE)
    return store


def with_status(results: tuple[ConstraintResult, ...], status: ConstraintStatus) -> set[str]:
    return {result.id for result in results if result.status is status}


def test_all_are_there_and_say_what_they_ask() -> None:
    constraints = load_constraints()
    assert [constraint.id for constraint in constraints] == ALL
    for constraint in constraints:
        assert constraint.title_zh != constraint.title_en
        Store().query(constraint.text)
        refuse_service(constraint.text)
    assert sorted(path.stem for path in (HERE / "violates").iterdir()) == [f"ic-{n:02d}" for n in range(1, 22)]


def test_a_whole_cube_is_asked_everything_and_all_hold() -> None:
    results = check_constraints(cube(HERE / "whole.ttl"))
    assert [result.id for result in results] == ALL
    assert with_status(results, ConstraintStatus.HOLDS) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_its_own_cube_violates_it(name: str) -> None:
    results = check_constraints(cube(HERE / "violates" / f"ic-{int(name[3:]):02d}.ttl"))
    assert with_status(results, ConstraintStatus.VIOLATED) == {name}
    (mine,) = [result for result in results if result.id == name]
    assert mine.count == 1
    assert mine.columns[0] == "node"
    assert mine.rows[0][0] == "https://example.org/bad"


def test_the_hand_made_graph_holds() -> None:
    results = check_constraints(cube(TESTS / "fixtures" / "small.trig"))
    assert with_status(results, ConstraintStatus.HOLDS) == ASKED
    assert with_status(results, ConstraintStatus.NOT_APPLICABLE) == set(ALL) - ASKED


def test_an_empty_graph_has_structures_only() -> None:
    assert with_status(check_constraints(Store()), ConstraintStatus.HOLDS) == {"IC-3", "IC-4", "IC-5", "IC-6"}


def built(sources: list[Path], out: Path) -> tuple[ConstraintResult, ...]:
    """The constraints on what the pipeline makes of these reports."""
    result = build(sources, out, validate=False)
    assert result.directory is not None
    return check_constraints(open_store(result.directory / "store"))


def test_the_sample_holds(tmp_path: Path) -> None:
    results = built([], tmp_path)
    assert with_status(results, ConstraintStatus.HOLDS) == ASKED
    assert not with_status(results, ConstraintStatus.VIOLATED)


def test_the_sample_with_a_second_year_holds(tmp_path: Path) -> None:
    sample = sorted((TESTS.parent / "data" / "sample").glob("*.md"))
    results = built([*sample, TESTS / "fixtures" / "second-report.md"], tmp_path)
    assert with_status(results, ConstraintStatus.HOLDS) == ASKED
    assert not with_status(results, ConstraintStatus.VIOLATED)


@pytest.mark.parametrize("others", [[], [TESTS / "fixtures" / "second-report.md"]], ids=["alone", "with-a-second-year"])
def test_the_report_holds(shared: Path, tmp_path: Path, others: list[Path]) -> None:
    results = built([shared / "reports" / "cnipa-2024.md", *others], tmp_path)
    assert with_status(results, ConstraintStatus.HOLDS) == ASKED
    assert not with_status(results, ConstraintStatus.VIOLATED)


def test_what_offends_is_counted_whole_and_shown_in_part() -> None:
    store = Store()
    for number in range(5):
        store.load(
            f"<https://w3id.org/zhitu/id/observation/{number}> a <http://purl.org/linked-data/cube#Observation> .",
            format=RdfFormat.TURTLE,
        )
    first = check_constraints(store, limit=2)[0]
    assert (first.status, first.count, len(first.rows)) == (ConstraintStatus.VIOLATED, 5, 2)
    assert first.rows[0] == ("https://w3id.org/zhitu/id/observation/0", "0")
    shown = render_constraints((first,), "en")
    assert "IC-1   violated        Every observation belongs to exactly one data set  (5)" in shown
    assert "         id:observation/0; found 0\n" in shown
    assert "... and 3 more" in shown
    assert "违反" in render_constraints((first,), "zh")
    with pytest.raises(KeyError):
        render_constraints((first,), "fr")


def test_the_store_stays_as_it_is() -> None:
    store = cube(HERE / "violates" / "ic-01.ttl")
    before = len(store)
    check_constraints(store)
    assert len(store) == before


def test_a_query_without_a_whole_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ic-01.rq").write_text("# zh: 某\n# en: something\nSELECT * WHERE { ?node ?p ?o }\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"ic-01.rq:1: no whole header"):
        load_constraints(tmp_path)
