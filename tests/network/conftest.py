"""A store with a small network, written by hand: two domestic bodies, a province, two foreign offices, the EU."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyoxigraph import Store


@pytest.fixture(scope="session")
def small_store() -> Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.load(path=str(Path(__file__).with_name("small-network.trig")), format=RdfFormat.TRIG)
    return store


def as_out(store: Store, out: Path) -> Path:
    """A folder of builds with a store of the same graph."""
    from pyoxigraph import RdfFormat, Store

    build = out / "builds" / "small"
    build.mkdir(parents=True)
    (build / "manifest.json").write_text("{}\n", encoding="utf-8")
    (build / "graph.nq").write_bytes(store.dump(format=RdfFormat.N_QUADS))
    disk = Store(str(build / "store"))
    disk.bulk_load(path=str(build / "graph.nq"), format=RdfFormat.N_QUADS)
    disk.flush()
    (out / "current").symlink_to(Path("builds", "small"))
    return out


@pytest.fixture(scope="session")
def network_out(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of builds with the small network."""
    return as_out(small_store, tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="session")
def empty_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of builds with nothing in it."""
    from pyoxigraph import Store

    return as_out(Store(), tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample, built."""
    from kg.pipeline import build

    out = tmp_path_factory.mktemp("sample")
    build((), out, validate=False)
    return out
