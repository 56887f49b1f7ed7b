"""Sentences: cut outside brackets, each with its exact place; nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Sentence, Span
from kg.text.decode import layer_of
from kg.text.paragraphs import Paragraph
from kg.text.sentences import split_sentences


def sentences(text: str) -> tuple[Sentence, ...]:
    return split_sentences(layer_of(text), [Paragraph((Span(0, len(text)),), 0, 1, text)], "a")[0]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("甲院成立。乙院撤销。", ["甲院成立。", "乙院撤销。"]),
        ("甲院成立；乙院撤销！", ["甲院成立；", "乙院撤销！"]),
        ("印发《甲。乙规定》，施行。", ["印发《甲。乙规定》，施行。"]),
        ("院长说：“改革。创新。”大会闭幕。", ["院长说：“改革。创新。”大会闭幕。"]),
        ("甲院（含分院。下同）成立。完", ["甲院（含分院。下同）成立。", "完"]),
        ("《甲《乙。》规定。》施行。完。", ["《甲《乙。》规定。》施行。", "完。"]),
        ("他说“对。”。完。", ["他说“对。”。", "完。"]),
    ],
)
def test_cuts_outside_brackets(text: str, cut: list[str]) -> None:
    assert [s.text for s in sentences(text)] == cut


def test_an_unclosed_bracket_is_an_issue_and_swallows_nothing() -> None:
    text = "甲院\n印发《审判规定。乙院成立。丙院撤销。"
    found, _, issues = split_sentences(layer_of(text), [Paragraph((Span(0, len(text)),), 0, 1, text)], "a")
    assert [s.text for s in found] == ["甲院印发《审判规定。", "乙院成立。", "丙院撤销。"]
    assert [(i.line, i.code) for i in issues] == [(2, "unclosed-bracket")]


def test_a_sentence_without_end_is_cut_at_a_comma_and_named() -> None:
    text = "甲院成立，" * 500
    found, _, issues = split_sentences(layer_of(text), [Paragraph((Span(0, len(text)),), 0, 1, text)], "a")
    assert "".join(s.text for s in found) == text
    assert all(len(s.text) <= 1200 and s.text.endswith("，") for s in found)
    assert [(i.line, i.code) for i in issues] == [(1, "long-sentence")]


def test_order_and_first() -> None:
    text = "甲。乙。\n\n丙。"
    layer = layer_of(text)
    found, _, _ = split_sentences(
        layer, [Paragraph((Span(0, 4),), 0, 1, "甲。乙。"), Paragraph((Span(6, 8),), 0, 3, "丙。")], "a"
    )
    assert [(s.index, s.paragraph, s.first, s.line) for s in found] == [
        (0, 0, True, 1),
        (1, 0, False, 1),
        (2, 1, True, 3),
    ]


ANY = st.text(alphabet="甲乙丙。；！《》“”（）and 12,\n\t①<sup>/*", max_size=120)


def check(text: str) -> None:
    """Places are exact, ordered and never shared."""
    layer = layer_of(text)
    last = 0
    for sentence in sentences(text):
        assert sentence.text == sentence.text.strip("\n") != ""
        assert sum(run.length for run in sentence.runs) == len(sentence.text)
        spans = sentence.spans()
        for span in spans:
            assert last <= span.start < span.end <= len(text)
            last = span.end
        told = "".join(layer.text[s.start : s.end] for s in spans)
        # What is told is what stands there, but for white space, slips and half-width signs.
        assert _plain(told) == _plain(sentence.text)
        assert sentence.line == layer.line_of(spans[0].start)


def _plain(text: str) -> str:
    return "".join(text.replace("and", "和").translate(str.maketrans(",", "，")).split())


@given(ANY)
def test_spans_give_back_the_exact_text_and_never_overlap(text: str) -> None:
    check(text)


@given(ANY, st.data())
def test_the_place_of_a_part_lies_in_the_place_of_the_whole(text: str, data: st.DataObject) -> None:
    for sentence in sentences(text)[:2]:
        start = data.draw(st.integers(0, len(sentence.text) - 1))
        end = data.draw(st.integers(start + 1, len(sentence.text)))
        part, whole = sentence.spans(start, end), sentence.spans()
        assert part
        assert all(any(w.start <= p.start and p.end <= w.end for w in whole) for p in part)


@pytest.mark.parametrize(
    "unit",
    [
        "甲",
        "。",
        "《",
        "》",
        "《》",
        "（“《",
        "《甲（乙",
        "甲。乙；",
        "①",
        "<sup>",
        "<",
        "**",
        " ",
        "甲 乙",
        "and",
        "甲and",
        "![](",
        "”",
    ],
)
def test_spans_are_exact_in_odd_text(unit: str) -> None:
    check((unit * 10_000)[:10_000])
