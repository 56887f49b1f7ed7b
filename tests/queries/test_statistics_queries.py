"""The statistics queries: rows with their defaults on the sample and on the real report, and with totals,
其他 and bracketed rows where they belong."""

from __future__ import annotations

import pytest
from expect import small_store
from pyoxigraph import Store

from kg.store.answers import answer_table
from kg.store.constraints import ConstraintStatus, check_constraints
from kg.store.queries import bind_params, find_query

STATISTICS = (
    "areas_above",
    "cities_in_region",
    "domestic_and_foreign",
    "falling_areas",
    "fastest_growth",
    "figures_and_totals",
    "figures_of_area",
    "gap_between_areas",
    "growth",
    "growth_of_area",
    "indicators_with_change",
    "missing_cells",
    "rank_of_area",
    "series_of_area",
    "share_of_areas",
    "share_of_breakdowns",
    "share_of_top_areas",
    "sums_of_rows",
    "tables",
    "top_areas",
    "totals",
    "value_of_area",
)
Row = dict[str, str]


def asked(store: Store, name: str, **params: str) -> list[Row]:
    """The rows of a named query."""
    text = bind_params(store, find_query(name), params)
    header, rows = answer_table(store, text)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", STATISTICS)
def test_defaults_answer_on_the_sample(name: str, sample: Store) -> None:
    assert asked(sample, name)


@pytest.mark.parametrize("name", STATISTICS)
def test_defaults_answer_on_the_report(name: str, real: Store) -> None:
    assert asked(real, name)


def test_the_fixture_is_a_cube_that_holds() -> None:
    results = check_constraints(small_store())
    assert [result.id for result in results if result.status is ConstraintStatus.VIOLATED] == []


@pytest.mark.parametrize("name", ["areas_above", "falling_areas", "fastest_growth", "growth", "top_areas"])
def test_only_regions_and_countries_are_ranked(name: str, real: Store) -> None:
    rows = asked(real, name, measure="", breakdown="", table="")
    areas = {row["area"] for row in rows}
    assert areas
    assert areas.isdisjoint({"国内总计", "国外在华总计", "合计", "其他", "深圳市", "新疆生产建设兵团"})


def test_shares_of_a_table_add_up(real: Store) -> None:
    rows = asked(real, "share_of_areas", table="国外在华专利授权", breakdown="合计", limit="1000")
    assert len(rows) == 123
    assert "其他" in {row["area"] for row in rows}
    assert sum(int(row["value"]) for row in rows) == int(rows[0]["total"])


def test_every_printed_total_is_the_sum_of_its_rows(real: Store) -> None:
    rows = asked(real, "sums_of_rows", year="2023")
    assert len(rows) >= 30
    assert {row["difference"] for row in rows} == {"0"}


def test_the_breakdowns_of_an_area_make_its_total(real: Store) -> None:
    rows = asked(real, "share_of_breakdowns", area="北京市")
    assert {row["breakdown_name"] for row in rows} == {"发明", "实用新型", "外观设计"}
    assert sum(int(row["value"]) for row in rows) == int(rows[0]["total"])


def test_a_city_is_ranked_among_cities(real: Store) -> None:
    (city,) = asked(real, "rank_of_area", area="深圳市")
    (region,) = asked(real, "rank_of_area", area="北京市")
    assert (city["rank"], city["among"]) == ("1", "16")
    assert (region["rank"], region["among"]) == ("3", "34")


def test_a_city_is_in_its_region(real: Store) -> None:
    rows = {row["city"]: row for row in asked(real, "cities_in_region")}
    assert len(rows) == 16
    assert rows["深圳市"]["region"] == "广东省"
    assert all(float(row["percent"]) < 100 for row in rows.values())


def test_prose_stands_beside_the_total_of_its_side(real: Store) -> None:
    rows = {row["name"]: row for row in asked(real, "figures_and_totals")}
    assert rows["国内发明专利授权量"]["area"] == "国内总计"
    assert rows["发明专利授权量"]["total"] == "1044777"
    assert abs(float(rows["发明专利授权量"]["percent"])) < 0.1


def test_a_gap_turns_its_sign(real: Store) -> None:
    there = asked(real, "gap_between_areas", one="江苏省", other="浙江省")
    back = asked(real, "gap_between_areas", one="浙江省", other="江苏省")
    assert [int(row["gap"]) for row in there] == [-int(row["gap"]) for row in back]
