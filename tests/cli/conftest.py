"""A build folder made from the hand-made graph, without the pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def small_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from pyoxigraph import RdfFormat, Store

    out = tmp_path_factory.mktemp("out")
    build = out / "builds" / "small"
    build.mkdir(parents=True)
    memory = Store()
    memory.load(path=str(Path(__file__).resolve().parents[1] / "fixtures" / "small.trig"), format=RdfFormat.TRIG)
    lines = sorted(memory.dump(format=RdfFormat.N_QUADS).decode().splitlines())
    (build / "graph.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (build / "manifest.json").write_text("{}\n", encoding="utf-8")
    disk = Store(str(build / "store"))
    disk.bulk_load(path=str(build / "graph.nq"), format=RdfFormat.N_QUADS)
    disk.flush()
    del disk
    (out / "current").symlink_to(Path("builds", "small"))
    return out
