"""`kg validate` asks the constraints of the data cube too."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from kg.cli import main

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own


def test_a_good_cube_is_told_so(small_out: Path) -> None:
    shown = CliRunner().invoke(main, ["validate", "-o", str(small_out), "--lang", "en"])
    assert shown.exit_code == 0
    assert "  IC-12  holds           No two observations" in shown.stdout
    assert "  IC-9   not applicable  Every slice" in shown.stdout
    told = json.loads(CliRunner().invoke(main, ["validate", "-o", str(small_out), "--json"]).stdout)
    assert told["conforms"] is True
    assert [constraint["id"] for constraint in told["constraints"]] == [f"IC-{n}" for n in range(1, 22)]


def test_a_duplicate_fails_though_the_shapes_hold(small_out: Path, tmp_path: Path) -> None:
    build = tmp_path / "builds" / "double"
    build.mkdir(parents=True)
    shutil.copy(small_out / "current" / "manifest.json", build)
    store = Store(str(build / "store"))
    store.bulk_load(path=str(small_out / "current" / "graph.nq"), format=RdfFormat.N_QUADS)
    store.update(
        "PREFIX id: <https://w3id.org/zhitu/id/> INSERT { id:twin ?p ?o } WHERE { id:observation\\/b3 ?p ?o }",
    )
    store.flush()
    del store
    (tmp_path / "current").symlink_to(Path("builds", "double"))
    shown = CliRunner().invoke(main, ["validate", "-o", str(tmp_path), "--lang", "en"])
    assert shown.exit_code == 1
    assert shown.stdout.startswith("conforms")
    assert "id:observation/b3; found 2; dataSet id:dataset/s1" in shown.stdout
    told = CliRunner().invoke(main, ["validate", "-o", str(tmp_path), "--json"])
    assert (told.exit_code, json.loads(told.stdout)["conforms"]) == (1, False)
    turtle = CliRunner().invoke(main, ["validate", "-o", str(tmp_path), "--format", "turtle"])
    assert (turtle.exit_code, "IC-12" in turtle.stderr, "IC-12" in turtle.stdout) == (1, True, False)
