"""Mending takes spaces, markup and OCR slips out and keeps the place of every character that stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Span
from kg.text.mend import Mended, mend


def mended(text: str) -> Mended:
    return mend(text, (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("raw", "text", "rule"),
    [
        ("某 省 共 办 结", "某省共办结", "stray-space"),
        ("于 2031 年 12 月底", "于2031年12月底", "stray-space"),
        ("达到 37.5 万 件", "达到37.5万件", "stray-space"),
        ("市 场\n主 体", "市场主体", "stray-space"),
        ("甲省 and 乙省", "甲省和乙省", "ocr-and"),
        ("“甲”and“乙”", "“甲”和“乙”", "ocr-and"),
        ("已达 36 个<sup>①</sup>，其中", "已达36个，其中", "footnote-mark"),
        ("已达 36 个②，其中", "已达36个，其中", "footnote-mark"),
        ("<b>共</b>计<br/>三件", "共计三件", "markup"),
        ("共\u200b计\ufeff三件", "共计三件", "control-character"),
    ],
)
def test_defects_are_mended_and_listed(raw: str, text: str, rule: str) -> None:
    found = mended(raw)
    assert found.text == text
    assert rule in {repair[1] for repair in found.repairs}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Patents and Trade Marks", "Patents and Trade Marks"),
        ("甲乙公司 Alpha and Beta 项目", "甲乙公司Alpha and Beta项目"),
        ("①甲项、②乙项", "甲项、乙项"),
        ("**重点**任务", "重点任务"),
        ("1,040 件", "1,040件"),
        ("一、①、二", "一、①、二"),
    ],
)
def test_what_is_no_defect_stays(raw: str, text: str) -> None:
    assert mended(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("会见某局,签署协议;随后访问", "会见某局，签署协议；随后访问"),
        ("某局(以下简称甲局)参加", "某局（以下简称甲局）参加"),
        ("as of 2031, all (six) items: done", "as of 2031, all (six) items: done"),
    ],
)
def test_half_width_signs_in_chinese(raw: str, text: str) -> None:
    assert mended(raw).text == text


#: Characters of the mended text that stand for others of the layer: OCR slips and half-width signs.
REPLACED = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "？": "?", "！": "!"}


@given(st.text(alphabet="甲乙丙和and 12.,;()（）①<sup>/b\n\t*_！。《》“”\u200b[]!", max_size=80))
@example("甲 and 乙")
@example("甲<sup>①</sup>乙")
@example("![甲](乙)丙")
def test_runs_map_back_to_the_layer(text: str) -> None:
    found = mended(text)
    covered = 0
    last = 0
    for run in found.runs:
        assert run.start == covered
        assert last <= run.offset
        covered += run.length
        last = run.offset + run.width
        piece, source = found.text[run.start : run.start + run.length], text[run.offset : run.offset + run.width]
        if run.length == run.width:
            assert all(
                a == b or REPLACED.get(a) == b or (a == " " and b.isspace()) for a, b in zip(piece, source, strict=True)
            )
        else:
            assert (piece, source.strip()) == ("和", "and") or (piece == " " and source.isspace())
    assert covered == len(found.text)
    assert last <= len(text)


@given(st.text(max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    found = mended(text)
    assert sum(run.length for run in found.runs) == len(found.text)


@given(st.text(alphabet="甲乙丙。，", min_size=1, max_size=30), st.text(alphabet="甲乙丙。，", min_size=1, max_size=30))
def test_two_spans_are_one_text_with_both_places(a: str, b: str) -> None:
    layer = f"{a}\n\n![画]\n\n{b}"
    spans = (Span(0, len(a)), Span(len(layer) - len(b), len(layer)))
    found = mend(layer, spans)
    assert found.text == a + b
    assert [(run.offset, run.width) for run in found.runs] == [(0, len(a)), (len(layer) - len(b), len(b))]
