"""The build of the bundled sample, made once for all exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.builds import current_build
from kg.pipeline import build


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the build."""
    out = tmp_path_factory.mktemp("sample")
    build([], out, validate=False)
    return current_build(out)
