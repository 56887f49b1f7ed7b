"""Quantities that measure nothing of the report, and nouns that stand before what was chosen from them.

In: a slot of a clause. Out: whether it is left out, or what it counts; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.extract.indicator_clauses import Slot

__all__ = ["left_out", "of_which", "partners", "taught_in", "tells_counts"]

#: “甲案”入选…2031年中国法院50件典型案例: the count is part of the name of the series.
_IN_SERIES = re.compile(r"[”》案](?:分别|均|成功|双双|再次)?(?:入选|获评|荣获|上榜|被评为|评为|列入)[^，；“”]{0,60}\Z")
_SERIES = ("案例", "案件", "事件", "成果", "作品", "项目")
_OF_SERIES = re.compile(rf"(?:年度|全国|十大|典型|优秀|知识产权|精品|重点){{0,4}}(?:{'|'.join(_SERIES)})\Z")
#: 分三期举办
_PARTS_OF = ("期", "批", "场", "次", "轮", "组", "个")
_HELD = ("举办", "举行", "召开", "开展", "进行", "实施", "推进", "发布", "完成", "培训")
#: 三个法庭受理的案件占…: those told before.
_THOSE = re.compile(r"[^，；]{2,30}占[^，；]{0,40}\Z")
#: 两场会见均未发表声明: those told before.
_MEETINGS = frozenset({"场", "次", "轮"})
_PAPERS = _MEETINGS | {"份", "项", "部", "件"}
_THESE_ALL = re.compile(r"[^，；\d]{2,8}?(?:均|都)(?!衡)")
#: 三家企业投入合计5亿元.
_ALL_THOSE = re.compile(r"\A[^，；\d]{2,20}(?:合计|总计|共计|总共|一共)\Z")
#: 两家银行承诺…: those told before.
_THOSE_WHO = re.compile(r"[^，；、的\d]{1,6}?(?:承诺|约定|商定|表示|同意|议定|决定)")
#: 获评某地法院10件典型案例: the series of a named body has as many, a round number.
_ROUND = frozenset(Decimal(n) for n in (5, 10, 20, 30, 50, 100))
_IN_NAME = re.compile(
    r"\A(?:成功|双双|均|一并|先后)?(?:入选|获评|荣获|上榜|被评为|评为|列入)[^，；]{0,12}(?:法院|检察院?|检察机关|海关|系统|公安机关)(?:\d{4}年度?|年度)?\Z"
)
#: 现选登其中4件.
_PRINTED = re.compile(r"(?:选登|刊登|刊发|摘登|选编|选刊|节选)(?:了|如下|其中|的|部分)?\Z")
#: 从报送的132件案件中评选出…: what is chosen from.
_AMONG = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,10}?)中，?(?:评选|遴选|选出|评出|筛选|挑选|精选|选取|产生|脱颖|确定|评定|选拔)"
)
_FROM = re.compile(r"(?:\A|[，；局院部委厅会室署心])从(?P<whose>[^，；]{0,24})\Z")
#: 为甲国、乙国等17个国家培训官员.
_FOR = re.compile(r"为[^，；]{2,40}等?\Z")
#: 与12个城市建立协作机制.
_PARTNERS = re.compile(
    r"(?P<noun>国家和地区|国家（地区）|国家、地区|国家|地区|城市|省份|省市|单位|企业|高校|机构|组织|部门|友城|国际组织)"
    r"(?P<deed>(?:达成|建立|签署|签订|缔结|结成|形成)了?[^，；。、]{2,16})\Z"
)
#: 在15个同类城市中排名第三.
_RANKED_IN = re.compile(r"(?P<noun>[\u4e00-\u9fff]{2,10}?)中，?(?:排名|排在|排|位居|位列|居|列)")
_TAUGHT = re.compile(r"(?P<noun>国家和地区|国家|地区|单位|企业|机构|省份)(?P<deed>培训|培养|举办|提供|授课|办理)")


def tells_counts(slots: Sequence[Slot]) -> bool:
    """True when some of the quantities of a clause are more than the parts in which something was held."""
    return not (_in_parts(slots[0]) and all(map(_in_parts, slots)))


def _in_parts(slot: Slot) -> bool:
    """True for the parts in which something was held (分三期举办): they are no count of their own."""
    return slot.left.endswith("分") and slot.quantity.base in _PARTS_OF and slot.right.startswith(_HELD)


def left_out(slot: Slot) -> bool:
    """True for a count in the name of a series, of those told before, or of what is printed below."""
    if (slot.left.endswith("分") and _in_parts(slot)) or (
        slot.quantity.base in (_PAPERS if slot.quantity.words else _MEETINGS)
        and not slot.left
        and _THESE_ALL.match(slot.right)
    ):
        return True
    right = slot.right.strip("，,、：: ")
    if slot.quantity.words and right.startswith(f"{slot.quantity.unit}长"):
        return True  # 两部部长: posts, no count
    if slot.quantity.words and not slot.left and _THOSE_WHO.match(right):
        return True
    if not right and _PRINTED.search(slot.left):
        return True
    if slot.quantity.words and not slot.left.strip("，,、：: ") and (_THOSE.match(right) or _ALL_THOSE.search(right)):
        return True
    if not right.endswith(_SERIES) or not _OF_SERIES.match(right):
        return False
    return bool(_IN_SERIES.search(slot.left) or (slot.quantity.value in _ROUND and _IN_NAME.match(slot.left)))


def of_which(slot: Slot) -> str:
    """What a group is counted of from which some are chosen (从各地报送的132件案件中评选出…): 各地报送案件, else ""."""
    ranked = _RANKED_IN.match(slot.right) if slot.left.endswith("在") else None
    if ranked:
        return ranked["noun"]
    among = _AMONG.match(slot.right) if "中" in slot.right else None
    told = _FROM.search(slot.left) if among else None
    return told["whose"].removesuffix("的") + among["noun"] if among and told else ""


def partners(slot: Slot) -> str:
    """With how many something is agreed (与12个城市建立协作机制): 建立协作机制的城市, else ""."""
    found = _PARTNERS.match(slot.right.rstrip("，,、：: ")) if slot.left.endswith(("与", "同", "和")) else None
    return f"{found['deed']}的{found['noun']}" if found else ""


def taught_in(slot: Slot) -> str:
    """What is done for so many (为甲国等17个国家培训官员): 培训国家, else ""."""
    done = _TAUGHT.match(slot.right) if slot.left.endswith("等") else None
    return done["deed"] + done["noun"] if done and _FOR.search(slot.left) else ""
