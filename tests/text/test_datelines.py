"""Datelines of news items."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.lexicon import load_lexicon
from kg.text import read_report
from kg.text.datelines import dateline_end


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("新华社万象3月2日电（记者甲乙）", "某部部长抵达"),
        ("本报讯（通讯员丙丁）", "某局召开会议"),
        ("本报乌鲁木齐2027年11月30日电", "某厅公布名单"),
        ("人民网贵阳5月5日电（记者甲）", "博览会开幕"),
        ("中国检验检疫报讯", "近日"),
        ("【本报讯】", "某署"),
        ("", "11月5日电影节开幕"),
        ("", "某市通讯管理局11月5日发布消息"),
        ("", "3月1日，电子商务法施行"),
        ("", "资讯平台上线"),
    ],
)
def test_where_a_dateline_ends(dateline: str, rest: str) -> None:
    assert dateline_end(dateline + rest) == len(dateline)


def test_a_dateline_is_a_sentence_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.md"
    path.write_text(
        "---\npublisher: 示例社\nyear: 2027\n---\n\n# 要闻\n\n本报海口6月1日电（记者 甲乙）　论坛开幕。会议闭幕。\n",
        encoding="utf-8",
    )
    sentences = read_report(path, load_lexicon()).sentences
    told = [(s.text, s.dateline, s.first) for s in sentences]
    assert told == [
        ("本报海口6月1日电（记者甲乙）", True, True),
        ("论坛开幕。", False, True),
        ("会议闭幕。", False, False),
    ]
