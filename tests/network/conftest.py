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
