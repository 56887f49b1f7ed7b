"""What stands before the first sentence of a paragraph: the dateline of a news item (新华社雅加达11月13日电（记者 ...）, 本报讯)
and the day of an entry in a chronicle (5日　召开…). Neither is part of the sentence."""

from __future__ import annotations

import re

__all__ = ["dateline_end", "entry_end"]

_MARK = r"[▲●■◆★·\s【［\[]{0,3}(?:据)?"
_PAPER = r"(?:本[报刊网台社站]|[\u4e00-\u9fff]{2,10}?[社报网台刊])"
_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
#: 电 also opens other words.
_SENT = r"(?:电(?![子影商力信视动网话台器缆池气能车路源机磁竞报价])|讯(?![息号问飞速])|专电|消息(?=[（(\s：:，,]))"
_BY = r"[】］\]\s]{0,2}(?:[（(][^（）()。]{1,80}[）)])?[】］\]\s：:]{0,3}"
_DATELINE = re.compile(
    rf"{_MARK}(?:{_PAPER}讯(?![息号问飞速])|(?:{_PAPER})?[\u4e00-\u9fff·]{{0,12}}?{_DAY}{_SENT}){_BY}"
)


def dateline_end(text: str) -> int:
    """Where the dateline that opens a paragraph ends, 0 when there is none."""
    if "电" not in text[:60] and "讯" not in text[:60] and "消息" not in text[:60]:
        return 0
    found = _DATELINE.match(text)
    return found.end() if found else 0


_TO = r"(?:[至到]|[—－~～-]{1,2})"
_ENTRY = re.compile(
    rf"[·●■◆★▲]?(?:(?:(?:\d{{4}}年)?\d{{1,2}}月)?\d{{1,2}}日(?:{_TO}(?:\d{{1,2}}月)?\d{{1,2}}日)?|[本同是]月|月内)"
)


def entry_end(text: str) -> int:
    """Where the day ends that may label an entry of a chronicle, 0 when there is none. It does so when a space or a colon
    stands behind it."""
    found = _ENTRY.match(text)
    return found.end() if found else 0
