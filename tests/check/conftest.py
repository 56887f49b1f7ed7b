"""What the checks find in the real report, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.check import Finding, check
from kg.pipeline import build
from kg.store.graph import open_store


@pytest.fixture(scope="session")
def real_findings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    result = build([shared / "reports" / "cnipa-2024.md"], tmp_path_factory.mktemp("real"), validate=False)
    assert result.directory
    return check(open_store(result.directory / "store"))
