"""`kg validate` on the hand-made graph, whole and broken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from kg.cli import main

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own


def test_a_good_graph_conforms(small_out: Path) -> None:
    result = CliRunner().invoke(main, ["validate", "-o", str(small_out), "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("conforms")


def test_a_broken_graph_does_not(small_out: Path, tmp_path: Path) -> None:
    build = tmp_path / "builds" / "broken"
    build.mkdir(parents=True)
    shutil.copy(small_out / "current" / "manifest.json", build)
    store = Store(str(build / "store"))
    store.bulk_load(path=str(small_out / "current" / "graph.nq"), format=RdfFormat.N_QUADS)
    store.update(
        "PREFIX zt: <https://w3id.org/zhitu/def#> "
        "DELETE WHERE { <https://w3id.org/zhitu/id/event/e1> zt:eventType ?type }"
    )
    store.flush()
    del store
    (tmp_path / "current").symlink_to(Path("builds", "broken"))
    shown = CliRunner().invoke(main, ["validate", "-o", str(tmp_path)])
    assert shown.exit_code == 1
    assert "不符合" in shown.stdout
    assert "cnipa-2024:12" in shown.stdout
    told = CliRunner().invoke(main, ["validate", "-o", str(tmp_path), "--json"])
    assert (told.exit_code, json.loads(told.stdout)["conforms"]) == (1, False)
    turtle = CliRunner().invoke(main, ["validate", "-o", str(tmp_path), "--format", "turtle"])
    assert "sh:ValidationReport" in turtle.stdout
