"""The ends of a clause: it is read without the time, adverbs and scope words that it opens or ends with."""

from __future__ import annotations

import re

from kg.extract.indicator_words import Words

__all__ = ["MARK", "listed_firms", "straight", "strip_lead", "strip_tail", "tidy", "verbs_behind"]

_TIME = re.compile(
    r"(?=[0-9０-９截到自从在于仅至“一二三四五六七八九十同当今上下前未本年会（(])"
    r"(?:(?:截至|截止到?|到|自|从|在|于|仅|至)?(?:\d{4}年)(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"(?:《[^《》]{1,40}》[^，,]{0,8}以来|全年|年底|年末|底|末|以来|起|度|期间|内|间)?"
    r"|“[^“”]{1,8}”(?:以来|期间|时期|末)|(?:截至|截止到?)(?:目前|今|年底|年末|月底|月末|\d{1,2}月[底末]?(?![\d日]))|到(?:年底|年末)|(?:\d{1,2}月(?:\d{1,2}日)?[、和至—]?){1,6}"
    r"|前[一二三]季度|[上下]半年|前\d{1,2}个月|\d{1,2}[至—]\d{1,2}月|未来[一二三四五六七八九十\d]{1,3}年将?"
    r"|[一二三四五六七八九十]{1,2}是|同期|当年|今年|上年度?|本年度?|年内|会议期间|[（(]\d{1,2}[）)])"
)
_TWICE = re.compile(r"的{2,3}")
MARK = re.compile(r"(?<=[\u4e00-\u9fff])了(?![解结])")
_INNER = re.compile(r"(?<=.)(?:全年累计|全年|共计|总计)(?=.)")
#: 该考点自2011年设立以来累计报考人数: since when is told apart.
_SINCE = re.compile(r"[自从](?:19|20)\d{2}年[^，的]{0,10}?以来")
_RATE = re.compile(r"[日月年人平]均\Z")
_SAYS = re.compile(r"(?:提出|要求|明确|确定|约定|商定|计划)(?:力争)?(?=到\d{4}年)")
#: How something is done, before what is done.
_MANNER = re.compile(r"\A(?:通过|以|采取|采用)[^，、。]{2,12}?(?:方式|形式|途径)(?=[\u4e00-\u9fff]{2})")
_FIRMS = re.compile(r"[^，；“《]{4,60}(?:公司|集团|大学|医院|银行)等")


def strip_lead(text: str, words: Words) -> tuple[str, str]:
    """`text` without the time, adverbs and scope words (全省) it opens with; and the scope word."""
    scope = ""
    for _ in range(12):
        if text[:1] not in words.openings:
            break
        found = words.scope.match(text)
        if found and len(text) > found.end() and not text.startswith("申请人", found.end()):
            scope, text = scope or found.group(), text[found.end() :]
            continue
        says = _SAYS.match(text) if text[0] in "提要明确约商计" else None
        if says:
            text = text[says.end() :]
            continue
        verb = words.verb.match(text)
        if verb and len(verb.group()) > 1:
            break
        match = _TIME.match(text) or words.lead.match(text)
        if not match or not match.end():
            break
        if text.startswith("率", match.end()):
            break  # 成功率
        if match.group() == "创新" and words.noun_after.match(text, match.end()):
            break
        text = text[match.end() :].lstrip("，, ：:")
    return text, scope


def tidy(name: str) -> str:
    """A name without brackets that only number, dangling particles and stray marks."""
    if "了" in name:
        name = MARK.sub("", name)
    if "计" in name or "全年" in name:
        name = _INNER.sub("", name)
    if "以来" in name:
        name = _SINCE.sub("", name)
    name = name.strip("，,、：:；; 的")
    return _TWICE.sub("的", name) if "的的" in name else name


def strip_tail(text: str, words: Words) -> tuple[str, str]:
    """`text` without the adverbs it ends with, and those."""
    cut = ""
    if text[-1:] not in words.endings:
        return text, cut
    for _ in range(6):
        match = words.tail.search(text) if text[-1:] in words.endings else None
        if match is None or _RATE.search(text):
            break
        verb = verbs_behind(text, words)
        if verb and len(verb.group()) > 1:
            break
        if match.start() == 0:
            return "", match.group() + cut
        cut, text = match.group() + cut, text[: match.start()]
    return text, cut


def verbs_behind(text: str, words: Words) -> re.Match[str] | None:
    """The verbs, up to three, that a text ends with."""
    return words.verb_tail.search(text, max(0, len(text) - words.reach)) if text[-1] in words.verb_endings else None


def straight(predicate: str) -> str:
    """A predicate without the manner in which it is done: 参会 for 通过线上线下方式参会."""
    return _MANNER.sub("", predicate, count=1) if predicate.startswith(("通过", "以", "采")) else predicate


def listed_firms(left: str, words: Words) -> str:
    """What stands before a count without the firms listed as examples: 甲公司、乙大学等6家…"""
    return "" if _FIRMS.fullmatch(left) and not words.verb.match(left) else left
