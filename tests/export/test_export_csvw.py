"""The metadata of CSV on the Web say what the tables hold: headers, datatypes, separators and keys."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from kg.cli import main
from kg.export import TABLES, write_metadata, write_tables
from kg.export.csvw import COLUMNS, METADATA, column

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
Meta = dict[str, Any]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = Store()
    for name in ("small", "statistics"):
        store.load(path=str(FIXTURES / f"{name}.trig"), format=RdfFormat.TRIG)
    folder = tmp_path_factory.mktemp("csvw")
    write_tables(store, folder)
    write_metadata(folder)
    return folder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the bundled sample, made by the commands."""
    top = tmp_path_factory.mktemp("sample")
    assert CliRunner().invoke(main, ["build", "--no-validate", "-o", str(top / "out")]).exit_code == 0
    told = CliRunner().invoke(main, ["export", "--format", "csv", str(top / "csv"), "-o", str(top / "out")])
    assert told.exit_code == 0, told.output
    return top / "csv"


@pytest.fixture(params=["small", "sample"])
def folder(request: pytest.FixtureRequest) -> Path:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


def described(folder: Path) -> Meta:
    found = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def tables(folder: Path) -> Iterator[tuple[Meta, list[dict[str, str]]]]:
    """Each described table with its rows."""
    for table in described(folder)["tables"]:
        with (folder / table["url"]).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
            assert [c["name"] for c in table["tableSchema"]["columns"]] == reader.fieldnames
        yield table, rows


def test_all_tables_are_described_and_headers_are_titles(folder: Path) -> None:
    found = [table for table, _ in tables(folder)]
    assert [table["url"] for table in found] == [f"{table.name}.csv" for table in TABLES]
    assert {table["url"] for table in found} | {METADATA} == {path.name for path in folder.iterdir()}
    for table in found:
        for told in table["tableSchema"]["columns"]:
            assert told["name"] in told["titles"]["en"]
            assert re.search(r"[\u4e00-\u9fff]", told["titles"]["zh"][0])


def fits(value: str, datatype: object) -> bool:
    """Whether a cell's value is of a datatype of CSV on the Web, as far as we use them."""
    match datatype:
        case {"base": "string", "format": str(pattern)}:
            return re.fullmatch(pattern, value) is not None
        case "integer":
            return re.fullmatch(r"-?[0-9]+", value) is not None
        case "decimal":
            return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) is not None and Decimal(value).is_finite()
        case "boolean":
            return value in {"true", "false"}
        case "anyURI":
            return value.startswith("https://w3id.org/zhitu/")
        case "string":
            return True
    raise AssertionError(datatype)


def test_every_cell_is_what_its_column_says(folder: Path) -> None:
    for table, rows in tables(folder):
        for told in table["tableSchema"]["columns"]:
            many = "separator" in told
            for row in rows:
                cell = row[told["name"]]
                place = (table["url"], told["name"], cell)
                assert cell or not told.get("required"), place
                assert many or "|" not in cell, place
                parts = cell.split("|") if many and cell else [cell] if cell else []
                assert all(fits(part, told["datatype"]) for part in parts), place


def test_primary_keys_are_keys(folder: Path) -> None:
    keyed = 0
    for table, rows in tables(folder):
        key = table["tableSchema"].get("primaryKey")
        if key is not None:
            keyed += 1
            values = [row[key] for row in rows]
            assert len(set(values)) == len(values), table["url"]
    assert keyed == len(TABLES) - 1


def filled(template: str, row: dict[str, str]) -> str:
    """A URI template with `{+name}` replaced by the cells of a row."""
    return re.sub(r"\{\+(\w+)\}", lambda found: row[found[1]], template)


def test_templates_name_what_is_in_the_graph(small: Path) -> None:
    (table,) = [t for t in described(small)["tables"] if t["url"] == "observations.csv"]
    store = Store()
    for name in ("small", "statistics"):
        store.load(path=str(FIXTURES / f"{name}.trig"), format=RdfFormat.TRIG)
    schema = table["tableSchema"]
    _, rows = next(found for found in tables(small) if found[0]["url"] == "observations.csv")
    asked = 0
    for row in rows:
        about = filled(schema["aboutUrl"], row)
        for told in schema["columns"]:
            if "propertyUrl" in told and row[told["name"]]:
                query = f"SELECT (STR(?v) AS ?s) {{ <{about}> <{told['propertyUrl']}> ?v }}"
                ((value,),) = store.query(query)
                whole = filled(told.get("valueUrl", f"{{+{told['name']}}}"), row)
                assert value.value == whole
                asked += 1
    assert asked > 50


def test_no_description_is_idle() -> None:
    used = {name for table in TABLES for name in table.columns}
    own = {f"{table.name}.{name}" for table in TABLES for name in table.columns}
    assert {name for name in COLUMNS if "." not in name} - used == set()
    assert {name for name in COLUMNS if "." in name} - own == set()
    with pytest.raises(LookupError, match=r"events\.colour: no such column"):
        column("events", "colour")


def test_the_same_bytes_each_time(small: Path, tmp_path: Path) -> None:
    assert write_metadata(tmp_path).read_bytes() == (small / METADATA).read_bytes()
