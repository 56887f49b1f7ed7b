"""The fact tables keep their contract and come only from the store."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from kg.export import TABLES, Quotes, copy_nquads, write_tables, write_turtle

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "small.trig"
CONTRACT = {
    "events": "id,name,type,start,end,places,hosts,participants,people,document,line,quote",
    "agreements": "id,name,type,parties,signed,witnesses,event,document,line,quote",
    "documents": "id,title,kind,issuers,action,date,province,document,line,quote",
    "cases": "id,title,series,number,province,organisation,document,line,quote",
    "people": "id,name,aliases,title,organisation,country,document,line,quote",
    "agencies": "id,name,aliases,kind,country,province,document,line",
    "ties": "a,b,relation,date,document,line,quote",
    "indicators": "id,name,value,unit,period,area,subject,comparison_kind,comparison_value,comparison_unit,approx,"
    "cumulative,document,line,quote",
    "observations": "table,area,area_code,measure,breakdown,period,value,unit,status,document,line",
    "tellings": "id,fact,document,line,quote,rule,stated,differs",
}
APPENDED = {
    "events": {"series", "ordinal", "part_of", "roles", "outcome", "status"},
    "agreements": {"status", "extends"},
    "documents": {"stage"},
    "people": {"first", "last"},
    "agencies": {"code", "parent"},
    "ties": {"fact", "directed"},
    "indicators": {"base_value", "base_unit", "value_text", "status", "comparison_base", "low", "high", "rank"},
    "observations": {"column", "edition", "area_broader", "base_value"},
}


@pytest.fixture(scope="module")
def store() -> Store:
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    return graph


def graph_of(store: Store, path: Path) -> Path:
    """A graph.nq as a build has it: sorted."""
    lines = sorted(store.dump(format=RdfFormat.N_QUADS).decode().splitlines())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("tables") / "deep" / "csv"
    write_tables(store, target)
    return target


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def key(folder: Path, name: str, value: str) -> dict[str, str]:
    return next(row for row in rows(folder, name) if row["key"] == value)


def test_every_table_of_the_contract_and_no_other(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {f"{name}.csv" for name in CONTRACT}


@pytest.mark.parametrize("name", CONTRACT)
def test_header(folder: Path, name: str) -> None:
    header = (folder / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header == CONTRACT[name] or header.startswith(CONTRACT[name] + ",")
    columns = header.split(",")
    assert len(columns) == len(set(columns))
    assert APPENDED.get(name, set()) | {"rule", "confidence", "key"} <= set(columns)


def test_an_event_has_all_its_cells(folder: Path) -> None:
    row = key(folder, "events", "event/e1")
    assert row["id"] == "https://w3id.org/zhitu/id/event/e1"
    assert (row["type"], row["start"], row["end"]) == ("bilateral_talks", "2024-10-21", "2024-10-22")
    assert row["places"] == "北京市|深圳市"
    assert (row["hosts"], row["participants"]) == ("国家知识产权局", "法国国家工业产权局")
    assert (row["roles"], row["ordinal"], row["status"]) == ("申长雨:leads_delegation", "3", "held")
    assert row["document"] == "bjip-2023|cnipa-2024"
    assert row["line"] == "7|12|40|44"
    assert len(row["quote"].split("|")) == 4
    assert (row["rule"], row["confidence"]) == ("event-chronicle|event-series", "0.95")


def test_dates_keep_their_precision(folder: Path) -> None:
    starts = {row["key"]: row["start"] for row in rows(folder, "events")}
    assert (starts["event/e2"], starts["event/e3"]) == ("2024-07", "2023")


@pytest.mark.parametrize("name", [n for n, columns in CONTRACT.items() if "quote" in columns.split(",")])
def test_the_nth_line_belongs_to_the_nth_quote(folder: Path, name: str) -> None:
    for row in rows(folder, name):
        assert len(row["line"].split("|")) == len(row["quote"].split("|"))
        assert row["quote"]


def test_a_thing_of_two_types_stands_in_both_tables_with_its_own_tellings(folder: Path) -> None:
    assert key(folder, "agreements", "document/d2")["rule"] == "agreement-titled"
    assert key(folder, "documents", "document/d2")["rule"] == "document-title"


def test_ties_are_rows_per_telling_with_names_as_told(folder: Path) -> None:
    told = [(r["b"], r["relation"], r["line"]) for r in rows(folder, "ties") if r["key"] == "tie/t3"]
    assert told == [("法国", "meets_with", "12"), ("法国工业产权局", "meets_with", "40|44")]
    assert {row["directed"] for row in rows(folder, "ties")} == {"false"}


def test_indicators_keep_what_is_written(folder: Path) -> None:
    row = key(folder, "indicators", "indicator/i1")
    assert (row["value"], row["unit"], row["period"], row["approx"]) == ("475.6", "万件", "2024-12-31", "超")
    assert (row["comparison_kind"], row["comparison_value"], row["comparison_unit"]) == ("yoy", "16.5", "%")
    assert (row["cumulative"], row["status"], row["base_value"]) == ("true", "actual", "4756000")
    assert key(folder, "indicators", "indicator/i2")["value"] == "15.5"


def test_observations_with_missing_and_bracketed_cells(folder: Path) -> None:
    missing = key(folder, "observations", "observation/b5")
    assert (missing["value"], missing["status"], missing["area_code"]) == ("", "missing", "440300")
    bracketed = key(folder, "observations", "observation/b4")
    assert (bracketed["status"], bracketed["area_broader"], bracketed["value"]) == ("bracketed", "广东省", "180")
    assert key(folder, "observations", "observation/b6")["edition"] == "bjip-2023"
    assert len(rows(folder, "observations")) == 6
    assert [row["breakdown"] for row in rows(folder, "observations")] == ["", *["发明"] * 5]


def test_people_are_rows_per_post(folder: Path) -> None:
    row = key(folder, "people", "membership/m1")
    assert (row["name"], row["title"], row["organisation"], row["line"]) == ("申长雨", "局长", "国家知识产权局", "20")


def test_agencies_have_names_codes_and_lines(folder: Path) -> None:
    row = key(folder, "agencies", "agency/st3-cn")
    assert (row["aliases"], row["kind"], row["code"], row["line"]) == ("CNIPA", "ip_office", "CN", "7|40|44")


def test_tellings_tell_of_rows_of_the_other_tables(folder: Path) -> None:
    known = {row["id"] for t in TABLES if t.kind or t.name == "indicators" for row in rows(folder, t.name)}
    known |= {"https://w3id.org/zhitu/id/" + row["key"] for row in rows(folder, "ties")}
    told = rows(folder, "tellings")
    assert len(told) == 24
    assert {row["fact"] for row in told} <= known
    assert [r["differs"] for r in told if r["differs"]] == ["start: 2024-10, chosen 2024-10-21"]


def test_a_bar_in_a_value_becomes_a_wide_bar(tmp_path: Path) -> None:
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    graph.update(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        'INSERT DATA { <https://w3id.org/zhitu/id/agency/aa01> skos:altLabel "最高|法院"@zh, "高法"@zh }'
    )
    write_tables(graph, tmp_path)
    assert key(tmp_path, "agencies", "agency/aa01")["aliases"] == "最高｜法院|高法"


def test_several_values_of_one_telling_are_one_row(tmp_path: Path) -> None:
    graph = Store()
    graph.load(path=str(FIXTURE), format=RdfFormat.TRIG)
    graph.update(
        "PREFIX zt: <https://w3id.org/zhitu/def#> INSERT DATA { GRAPH "
        "<https://w3id.org/zhitu/data/cnipa-2024/tellings> "
        '{ <https://w3id.org/zhitu/id/telling/e1b> zt:differs "place: 上海, chosen 北京" } }'
    )
    write_tables(graph, tmp_path)
    row = key(tmp_path, "tellings", "telling/e1b")
    assert row["differs"] == "place: 上海, chosen 北京|start: 2024-10, chosen 2024-10-21"
    assert len(rows(tmp_path, "tellings")) == 24


@pytest.mark.parametrize("mode", list(Quotes))
def test_quotes_modes(store: Store, folder: Path, tmp_path: Path, mode: Quotes) -> None:
    write_tables(store, tmp_path, mode)
    full = key(folder, "events", "event/e1")
    row = key(tmp_path, "events", "event/e1")
    assert list(row) == list(full)
    assert row["line"] == full["line"]
    if mode is Quotes.NONE:
        assert {r["quote"] for t in TABLES if "quote" in t.columns for r in rows(tmp_path, t.name)} == {""}
    else:
        for short, whole in zip(row["quote"].split("|"), full["quote"].split("|"), strict=True):
            assert whole.startswith(short)
            assert len(short) == min(len(whole), 60 if mode is Quotes.SHORT else len(whole))


def test_the_same_bytes_whatever_the_order_of_loading(store: Store, folder: Path, tmp_path: Path) -> None:
    graph = Store()
    for quad in reversed(list(store)):
        graph.add(quad)
    write_tables(graph, tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_turtle_holds_the_default_graph_and_loads_back(store: Store, tmp_path: Path) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    target = tmp_path / "graph.ttl"
    count = write_turtle(graph_of(store, tmp_path / "graph.nq"), target)
    wanted = {q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert count == len(wanted)
    assert {q.triple for q in parse(path=str(target), format=RdfFormat.TURTLE)} == wanted
    ours = rdflib.Graph().parse(target, format="turtle")
    plain = tmp_path / "plain.nt"
    plain.write_text("".join(f"{t} .\n" for t in sorted(map(str, wanted))), encoding="utf-8")
    assert isomorphic(ours, rdflib.Graph().parse(plain, format="nt"))


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_nquads_are_copied_and_load_back(store: Store, tmp_path: Path) -> None:
    import rdflib

    graph = tmp_path / "graph.nq"
    store.dump(str(graph), format=RdfFormat.N_QUADS)
    copy = tmp_path / "sub" / "copy.nq"
    copy_nquads(graph, copy)
    assert copy.read_bytes() == graph.read_bytes()
    again = Store()
    again.load(path=str(copy), format=RdfFormat.N_QUADS)
    assert set(again) == set(store)
    data = rdflib.Dataset(default_union=False)
    data.parse(copy, format="nquads")
    assert len(list(data.quads())) == len(store)
