"""`kg network`: what it shows, what it writes, what it refuses."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from kg.cli.network import _MODES, _RELATIONS, _SCOPES
from kg.model import NetworkRole, Relation
from kg.network.selection import Scope
from kg.network.two_mode import Mode

TABLES = {f"{name}.csv" for name in ("summary", "measures", "edges", "communities", "roles", "matrix", "definitions")}
Run = Callable[..., Result]


@pytest.fixture
def run(network_out: Path) -> Run:
    def call(*args: str, out: Path = network_out) -> Result:
        return CliRunner().invoke(main, ["network", *args, "-o", str(out)])

    return call


def test_choices_are_those_of_the_room() -> None:
    assert tuple(_MODES) == tuple(Mode)
    assert tuple(_SCOPES) == tuple(Scope)
    assert tuple(_RELATIONS) == tuple(Relation)


def test_the_top_of_the_table_is_shown(run: Run) -> None:
    result = run("--top", "2")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("节点数 7 · 边数 7 · 关系数 8 · ")
    assert [line.split()[0] for line in lines[3:]] == ["国家示例局", "法国示例局"]
    assert result.stderr == ""


def test_in_english(run: Run) -> None:
    lines = run("--lang", "en", "--from", "2024").stdout.splitlines()
    assert lines[0].startswith("nodes 5 · edges 5 · ties 6")
    assert "betweenness" in lines[1]
    assert lines[3].startswith("Example Office")
    assert run("--lang", "en", "--from", "2024").stderr == "1 ties without a date are left out\n"


def test_changes_are_shown_instead_when_compared(run: Run) -> None:
    lines = run("--from", "2024-07", "--compare", "2023..2024-06").stdout.splitlines()
    assert lines[1].split() == ["变化", "甲方", "乙方", "前", "后", "关系"]
    assert [line.split()[0] for line in lines[3:]] == ["新增", "新增", "新增", "消失", "消失", "不变"]


def test_around_an_actor_its_partners_are_shown(run: Run) -> None:
    lines = run("--ego", "CN", "--lang", "zh").stdout.splitlines()
    assert lines[1].split() == ["伙伴", "关系数", "最早", "最晚", "关系"]
    assert lines[3].split() == ["法国示例局", "2", "2024-03-05", "2024-07-31", "签署、访问"]
    assert len(lines) == 3 + 5
    english = run("--ego", "CN", "--lang", "en").stdout.splitlines()
    assert english[1].split() == ["partner", "ties", "from", "to", "relations"]


def test_a_build_is_compared_with_another(run: Run, network_out: Path, empty_out: Path) -> None:
    assert {line.split()[0] for line in run("--compare-out", str(network_out)).stdout.splitlines()[3:]} == {"不变"}
    assert {line.split()[0] for line in run("--compare-out", str(empty_out)).stdout.splitlines()[3:]} == {"新增"}


@pytest.mark.parametrize("mode", ["actor-event", "actor-agreement", "region-series"])
def test_two_kinds_of_nodes(run: Run, mode: str) -> None:
    result = run("--mode", mode)
    assert result.exit_code == 0, result.output
    assert "二模" in result.stdout.splitlines()[1]


def test_json_is_what_the_folder_gets(run: Run, tmp_path: Path) -> None:
    result = run("--json", "--ego", "CN")
    assert json.loads(result.stdout)["parameters"]["ego"] == ["CN"]
    assert run("--ego", "CN", str(tmp_path)).exit_code == 0
    assert (tmp_path / "network.json").read_text(encoding="utf-8") == result.stdout


def test_a_folder_gets_all_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "network"
    result = run(str(folder))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    names = {path.name for path in folder.iterdir()}
    graphs, pictures = {"network.nq", "network.gexf", "network.graphml"}, {"network.svg", "matrix.svg"}
    assert names == TABLES | {"network.json"} | graphs | pictures | {"network.png", "matrix.png"}
    lines = result.stderr.splitlines()
    assert all(line.startswith(f"{folder}: ") for line in lines)
    assert {name for line in lines for name in line.partition(": ")[2].split(", ")} == names


def test_a_picture_of_an_actor_or_of_two_kinds_of_nodes(run: Run, tmp_path: Path) -> None:
    assert run("--ego", "CN", str(tmp_path / "ego")).exit_code == 0
    assert "国家示例局" in (tmp_path / "ego" / "network.svg").read_text(encoding="utf-8")
    assert run("--mode", "actor-event", str(tmp_path / "two")).exit_code == 0
    assert (tmp_path / "two" / "network.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "two" / "matrix.png").exists()


def test_no_pictures_when_none_are_wanted(run: Run, tmp_path: Path) -> None:
    assert run("--no-pictures", str(tmp_path)).exit_code == 0
    assert not list(tmp_path.glob("*.svg"))


def test_graph_files_have_the_measures_of_nodes(run: Run, tmp_path: Path) -> None:
    run("--no-pictures", str(tmp_path))
    graph = nx.read_graphml(tmp_path / "network.graphml")
    home = graph.nodes["https://w3id.org/zhitu/id/agency/home"]
    assert (home["degree"], home["strength"], home["community"]) == (5, 6, 1)
    assert home["role"] in set(NetworkRole)
    assert 'title="betweenness"' in (tmp_path / "network.gexf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--ego", "示例居"), "agency or place '示例居'"),
        (("--from", "2031"), "from 2031-01-01: no tie is left"),
        (("--from", "spring"), "date 'spring'"),
        (("--compare", ".."), "period '..'"),
        (("--mode", "actor-event", "--relation", "visits"), "relation with actor-event"),
        (("--backend", "none"), "backend 'none'"),
        (("--compare-out", "nowhere"), "nowhere: no build"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, args: tuple[str, ...], message: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {message}")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_an_empty_build_is_one_line(run: Run, empty_out: Path) -> None:
    result = run(out=empty_out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no network of actors in this build" in result.stderr


def test_a_place_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(str(tmp_path / "file" / "network"))
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


def test_the_same_bytes_under_any_hash_seed(sample_out: Path, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "77"):
        folder = tmp_path / seed
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
        command = [sys.executable, "-m", "kg", "network", str(folder), "-o", str(sample_out), "--compare", "..2024-06"]
        command.append("--no-pictures")  # they have a test of their own
        subprocess.run(command, env=env, check=True, capture_output=True)
        found.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert found[0] == found[1]
    assert set(found[0]) >= TABLES | {"change.csv"}
