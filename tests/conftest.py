"""What many tests need: the folder beside the repository with the real report, the gazetteers, the report once read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.lexicon import Lexicon, load_lexicon
from kg.model import Report
from kg.text import read_report

# How long an example takes says how busy the machine is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the repository; it is no part of it, so a lone clone skips what needs it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        reason = f"no folder {folder.name} beside the repository: it holds the real report and the gold"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The gazetteers."""
    return load_lexicon()


@pytest.fixture(scope="session")
def report(shared: Path, lexicon: Lexicon) -> Report:
    """The real report, read once."""
    return read_report(shared / "reports" / "cnipa-2024.md", lexicon)
