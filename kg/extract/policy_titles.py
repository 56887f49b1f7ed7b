"""What a title says about its document: kind, stage, and whether it names a document at all.

In: titles as they stand between the outer 《》 and the words around them. Out: values of the model; nothing raises.
"""

from __future__ import annotations

import functools
import re

from kg.extract.words import alternation, tuple_of, words
from kg.model import DocumentKind

__all__ = ["core", "inner_titles", "is_bare", "is_work", "kind_of", "stage_of"]

_BRACKET = re.compile(r"[（(]([^（）()]{1,24})[）)]\Z")
_EDITION = re.compile(
    r"(?:\d{4}年?(?:版|度)?|\d{1,2}\.\d{1,2}(?:版)?|第?[一二三四五六七八九十\d]{1,3}[版期辑卷册集]"
    r"|(?:修改|修订|修正)?草案|(?:公开)?征求意见稿|送审稿|修订稿)\Z"
)
_LONGEST_EDITION = len("公开征求意见稿")
#: How brackets and editions end, numbers aside.
_MARKS = tuple("）)版度年期辑卷册集案稿")
_STAGE = re.compile(
    r"试行|暂行|征求意见稿|公开征求意见稿|修订草案|修正草案|草案|送审稿|修订稿|讨论稿|报批稿|修订版?|第[一二三四五六七八九十\d]{1,3}版"
    r"|\d{4}(?:\.\d{1,2})?年?版|\d{1,2}\.\d{1,2}版?"
)
_TRIAL = re.compile(r"(暂行|试行)(?:办法|规定|条例|规则|规程|意见|方案|标准)\Z")
_DRAFT = re.compile(r"(?:\d{1,2}\.\d{1,2}(?:版)?|(?:修改|修订|修正)?草案|征求意见稿|送审稿)\Z")
_NOTE = re.compile(r"\A[（(][^（）()]{0,12}[）)]")
_NEWSPAPERS = ("日报", "晚报", "时报", "周报", "早报")
_INNER = re.compile(r"[〈《]([^〈〉《》]{2,80})[〉》]")
_STANDARD = re.compile(
    r"(?:等?(?:(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[项个部])?|(?:正式|成功|被)?(?:成为|进入|立项为|批准为|上升为))"
    r"(?:推荐性|强制性)?(?:国家|团体|地方|行业|企业|国际|省级|系列)标准"
)
#: 发布地方标准《…指南》: a standard by what stands before the title, whatever it is called.
_SAID_BEFORE = ("图书", "丛书", "专著", "教材", "分册", "标准")
_STANDARD_BEFORE = re.compile(r"(?:国家|团体|地方|行业|企业|国际)标准\Z")
_OPEN = (DocumentKind.OTHER, DocumentKind.GUIDELINE, DocumentKind.MEASURE, DocumentKind.RULE)
_RULE = re.compile(r"等?(?:\d{1,3}|[一二两三四五六七八九十])?[部项个件]?(?:部门|政府)?规章")
_REGULATION = re.compile(r"等?(?:\d{1,3}|[一二两三四五六七八九十])?[部项件]?(?:地方性法规|行政法规|法规)")
_PAPER = re.compile(r"[白蓝绿]皮书|报告(?=[，。；]|\Z)")
_BOOK = re.compile(r"(?:图书|丛书|系列图书|一书|专著|教材)")
_SAID_AFTER = re.compile("|".join(p.pattern for p in (_STANDARD, _RULE, _REGULATION, _PAPER, _BOOK)))
#: What stands behind most titles.
_QUIET = "，。、；"
#: 关于修改〈…法〉的决定 is of the kind of what it changes.
_AMENDS = re.compile(
    r"(?:修改|修正|废止|修订)〈([^〈〉]{2,40})〉(?:[^〈〉]{0,12}|[^〈〉]{0,4}〈[^〈〉]{2,40}〉[^〈〉]{0,12})的决定\Z"
)
_BOOK_BEFORE = re.compile(r"(?:图书|丛书|专著|教材|丛书分册|分册)\Z")


def core(title: str) -> str:
    """A title without what stands after its last word: brackets, years and editions."""
    while title.endswith(_MARKS) or title[-1:].isdecimal():
        mark = _BRACKET.search(title) or _EDITION.search(title, max(0, len(title) - _LONGEST_EDITION))
        if mark is None or mark.start() < 2:
            break
        title = title[: mark.start()]
    return title


def kind_of(title: str, before: str = "", after: str = "") -> DocumentKind:
    """The kind by how the title ends; the words after it can say more (等3部部门规章, 团体标准)."""
    kind = _by_ending(title)
    if not (after and after[0] not in _QUIET and _SAID_AFTER.match(after)) and not before.endswith(_SAID_BEFORE):
        return kind
    if _STANDARD.match(after) or (kind in _OPEN and _STANDARD_BEFORE.search(before)):
        return DocumentKind.STANDARD
    if _RULE.match(after) and kind in (DocumentKind.MEASURE, DocumentKind.OTHER):
        return DocumentKind.RULE
    if _REGULATION.match(after) and kind in (DocumentKind.MEASURE, DocumentKind.OTHER):
        return DocumentKind.REGULATION
    if _PAPER.match(after):
        return DocumentKind.REPORT
    told = _BOOK.match(after) or _BOOK_BEFORE.search(before)
    if told and kind in (DocumentKind.OTHER, DocumentKind.STANDARD, DocumentKind.LIST):
        return DocumentKind.BOOK
    return kind


@functools.cache
def _longest() -> int:
    return max(map(len, words("document_kinds")))


# Each title of a sentence is asked for several times, and comes back in others.
@functools.lru_cache(maxsize=1024)
def _by_ending(title: str) -> DocumentKind:
    base = core(title)
    amends = _AMENDS.search(base) if base.endswith("的决定") else None
    base = amends[1] if amends else base
    known = words("document_kinds")
    for length in range(min(len(base), _longest()), 0, -1):
        ending = base[-length:]
        if ending in known and not (ending == "法" and base.endswith(tuple_of("not_laws"))):
            return DocumentKind(known[ending])
    return DocumentKind.OTHER


def stage_of(title: str) -> str:
    """The stage or edition that a title tells (试行, 征求意见稿, 第二版), "" when none."""
    rest = title
    while rest.endswith(("）", ")")) and (mark := _BRACKET.search(rest)):
        if _STAGE.fullmatch(mark[1]):
            return mark[1]
        rest = rest[: mark.start()]
    found = _TRIAL.search(rest) if "行" in rest else None
    if found:
        return found[1]
    found = _DRAFT.search(rest) if rest.endswith(("版", "案", "稿")) or rest[-1:].isdecimal() else None
    return found[0] if found else ""


def is_bare(title: str) -> bool:
    """True for a mere class word (纲要, 实施方案), which stands for a title told before."""
    return title in words("document_shorts")


def is_work(title: str, before: str, after: str) -> bool:
    """True for newspapers, programmes and works of art, by name or by the words around them."""
    none = words("document_none")
    if title in none or title.endswith(_NEWSPAPERS):
        return True
    follows = _NOTE.sub("", after) if after.startswith(("（", "(")) else after
    return alternation("document_none_after").match(follows) is not None or before.endswith(
        tuple_of("document_none_after")
    )


def inner_titles(title: str) -> list[tuple[int, str]]:
    """The titles that a title quotes in 〈〉, with their offsets in it."""
    return [(m.start(1), m[1]) for m in _INNER.finditer(title)] if "〈" in title or "《" in title else []
