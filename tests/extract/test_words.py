"""Words of lists in a text, told by how they end."""

from __future__ import annotations

import pytest

from kg.extract.words import Endings


@pytest.mark.parametrize(
    ("text", "at", "first"),
    [
        ("召开会议。", 0, -1),
        ("某专业委员会召开会议", 0, 3),
        ("在教育局", 0, 1),
        ("在教育局", 2, 2),
        ("在教育局开会", 4, -1),
    ],
)
def test_no_word_begins_before_the_first_place(text: str, at: int, first: int) -> None:
    """The place is that of the ending, less the longest word."""
    assert Endings(["委员会", "局"]).first(text, at) == first
