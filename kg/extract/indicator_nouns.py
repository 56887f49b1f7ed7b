"""The nouns around a quantity: what is counted, who acts, and who only issued something together."""

from __future__ import annotations

import re

from kg.extract.indicator_clauses import Slot
from kg.extract.indicator_words import Words

__all__ = ["CHOSEN", "HELD_ENDS", "TAKES_PLACE", "co_issues", "handled", "plain", "thing", "turned"]

#: People who were chosen or examined: 青年骨干遴选工作.
CHOSEN = re.compile(r"(?<=.{2})(选拔|遴选|考核|评选|评审|招录|轮训|培养|认定)(?:工作|任务)?\Z")
#: 4个考点同步举行: the places of what was held.
HELD_ENDS = ("举行", "举办", "召开", "开考", "启动", "开幕")
TAKES_PLACE = re.compile(r"(?<=.{2})(?:同步|同时|顺利|联合|分别)?(?:举行|举办|召开|开考|启动|开幕)\Z")
_FOR_SOMEBODY = re.compile(r"\A(.{2,8}?)为.{3,20}(?:授课|讲课|讲授|培训|服务|指导|演出|咨询)\Z")
_TOGETHER = re.compile(r"\A(?:在线|线上|共同|同步|正式|一起){1,2}(?=[\u4e00-\u9fff]{2})")
_JOINTLY = re.compile(r"(?:联合|会同|协同|与|等)[^，]{0,12}\Z|\A\Z")
#: What departments do each for itself: 17个部门提出建议.
_OWN_DEEDS = frozenset({"提出", "参加", "参与", "入选", "获得", "报送"})
#: A thing with contents of its own stays in front of the verb: 某平台汇聚400项数据.
_THING = re.compile(
    r"\A[^，,；。、的]{2,24}?(?:平台|系统|网络|清单|名录|目录|[据家才源目育案]库|栏目|专栏|账号|网|服务体系)[”》]?\Z"
    r"|\A《[^《》]{2,30}》(?:栏目|头版|专栏)?\Z"
)


def plain(noun: str) -> str:
    """工程师为某国港口讲授: the counted noun without what they did for somebody."""
    found = _FOR_SOMEBODY.match(noun)
    return found[1] if found else noun


def handled(noun: str, words: Words) -> str:
    """把22项任务逐一分解: the noun ends where the words for what is done with it begin."""
    ends = (at for at in range(2, len(noun)) if words.lead.match(noun, at) or words.verb.match(noun, at))
    return noun[: next(ends, len(noun))]


def co_issues(slot: Slot, noun: str, words: Words) -> bool:
    """会同5个部门印发: who issued together is no measure."""
    found = words.issuer.match(noun)
    if found is None or not _JOINTLY.search(slot.left):
        return False
    rest = _TOGETHER.sub("", slot.right.strip("，,、：: ")[found.end() :])
    return not rest or rest.startswith("联合") or (rest[:2] not in _OWN_DEEDS and words.verb.match(rest) is not None)


def turned(noun: str, words: Words) -> str:
    """存量专利盘点工作 as 盘点存量专利: what is counted are the patents."""
    found = words.nominal.search(noun)
    if found is None or found.start() < 2 or "的" in noun:
        return noun
    return found.group() + noun[: found.start()]


def thing(text: str, words: Words) -> str:
    """The platform, list or column that stands in front of a verb as its subject, else ""."""
    text = text.rsplit("的", 1)[-1] if "的" in text else text
    return text if text and _THING.search(text) and not words.preposition.match(text) else ""
