"""Words of lists in many texts: as a pattern finds them, and as signs of what stands in a text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.signs import Signs, signs_of
from kg.extract.words import Words, shortest

SUFFIXES = ["委", "委员会", "监管委", "局", "局长会议"]
#: 监管委员会 is no 监管委.
ENDING = re.compile(r"(?:局长会议|监管委|委员会|委|局)(?!(?<=管委)员会)")


@given(st.lists(st.text("监管委员会局长议。", max_size=14), max_size=5))
def test_words_are_found_as_the_pattern_finds_them(texts: list[str]) -> None:
    found = [[m.span() for m in some] for some in Words(SUFFIXES, ENDING).find(texts)]
    assert found == [[m.span() for m in ENDING.finditer(text)] for text in texts]


def test_a_word_that_its_surroundings_forbid_gives_way_to_the_next() -> None:
    assert [[m[0] for m in some] for some in Words(SUFFIXES, ENDING).find(["某市监管委员会", "某局"])] == [
        ["委员会"],
        ["局"],
    ]


def test_the_shortest_words_stand_for_those_that_hold_them() -> None:
    assert shortest(["会议", "会", "论坛", "会"]) == ["会", "论坛"]


def test_signs_are_bits_of_words() -> None:
    signs = Signs({1: ["会议", "会"], 2: ["会议", "论坛"], 4: ["没有"]})
    assert signs.of(["召开会议和论坛", "论坛", "", "会面", "会\n论坛"]) == [3, 2, 0, 1, 3]
    assert signs.of(["会\0论坛", "", "论\0坛"]) == [3, 0, 0]
    assert signs.of([]) == []


def test_a_plain_sentence_has_no_sign() -> None:
    assert signs_of(["天气晴好。"]) == [0]
