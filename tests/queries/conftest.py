"""The sample and the real report, built once, on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.pipeline import build
from kg.store.graph import open_store


def _built(sources: list[Path], out: Path) -> Store:
    result = build(sources, out, validate=False)
    assert result.directory is not None
    return open_store(result.directory / "store")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bundled sample."""
    return _built([], tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The annual report for 2024."""
    return _built([shared / "reports" / "cnipa-2024.md"], tmp_path_factory.mktemp("real"))
