"""Changes and shares: 同比增长3.9% belongs to the value before it, 占总量的89.8% is a record of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.indicator_clauses import Slot
from kg.extract.indicator_ends import strip_lead, tidy
from kg.extract.indicator_lists import subjects
from kg.extract.indicator_names import Naming
from kg.extract.indicator_state import Draft, State, topic_of
from kg.extract.indicator_words import Words
from kg.model import Approximation, Comparison, ComparisonKind

__all__ = ["Change", "nearly", "read_change", "read_shares"]

_BASE = re.compile(
    r"(?P<yoy>同比|(?:比|较|与|同)(?:上一?年|去年|上年)[^，,；]{0,8}?|(?:比|较|与|同)(?P<y>\d{4})年[^，,；]{0,12}?)"
    r"|(?P<vs>环比|(?<!占)(?:比|较|与)(?!例|重|率)[^，,；]{1,24}?)"
)
_SHARE = re.compile(
    r"占(?!比|地)(?P<whole>[^，,；。占]{0,30}?)(?:的比[重例](?:为|达)?|的|比(?:重|例)?(?:均|分别|依次)?(?:为|达|达到)?)?(?:约|超|近)?\Z"
)
#: 三地收案量之和接近全省总量的七成
_NEARLY = re.compile(r"(?P<near>接近|超过|超|逾|近|约为|约|达到?)(?P<whole>全[国省市区县州][^，。占]{0,8})的\Z")
_RATIO_IS = re.compile(r"(?:占比|比重|比例)(?:均|分别|依次)*(?:约?为|约|达到?|是|超)?\Z")
_WITHIN = re.compile(r"(.{2,30}?[量数权请册利标案业])中，?(?=.)")
_OVER = re.compile(r"(?:高于|低于|高出|低出|超过|领先)(?P<base>[^，,；]{1,24}?)(?:约|近)?\Z")
_TIMES = re.compile(r"(?:是|为|达|相当于)(?:到)?(?P<base>[^，,；]{1,16}?)的\Z")
_THESE = re.compile(r"\A(?:该|这|上述|以上|前)")
_SEVERAL = re.compile(r"(?P<these>[两三四五六七八九十\d]{1,2}个?[省市区县州国家地者])(?:合计|总计|共计|共)?")
_EACH = re.compile(r"(?<![平年月人日])均")
_SHARES = ("", "也", "占比", "比重", "比例", "份额", "占", "该占比", "这一比例", "这一占比", "这一比重")
_TOTAL = re.compile(r"总量|总数|总额|全部|总体")

_MORE = re.compile(r"(?:比|较)[^，,；]{1,16}?(?P<much>多|少)(?P<deed>[\u4e00-\u9fff]{2,3})\Z")
#: Words that tell by how much something was cut; the cut itself is the measure when no value stands before it.
_CUTS = frozenset({"压缩", "压减", "减少", "缩短", "缩减", "精简"})

Change = tuple[Slot, str, bool]


def _base(left: str, end: int, year: int) -> tuple[ComparisonKind, str] | None:
    """What a change is compared with; the name of the base is empty for the year before."""
    found = _BASE.search(left[:end])
    if found is None:
        return None
    if found["y"]:
        same = int(found["y"]) == year - 1
        return (ComparisonKind.YOY, "") if same else (ComparisonKind.VS, f"{found['y']}年")
    if found["yoy"]:
        return ComparisonKind.YOY, ""
    text = left[found.start() : end].removeprefix("比").removeprefix("较").removeprefix("与")
    return ComparisonKind.VS, tidy(text.split("相比")[0])


def _year_of(period: str, year: int) -> int:
    """The year of a period; `year`, the report's, when the period names none."""
    return int(period[:4]) if len(period) >= 4 and period[:4].isdigit() else year


def read_change(group: Sequence[Slot], state: State, year: int, words: Words) -> Naming | bool:
    """True when the group is a change, now with its values; a name when it is the change of a value that is not
    told; False when it is no change."""
    slot = group[0]
    left = slot.left.rstrip("分别均约了超")
    more = _MORE.search(left) if "多" in left or "少" in left else None
    if more and more["deed"] in words.verbs:
        # 比上年多查扣130批: the deed is that of the value before.
        left = left[: more.end("much")]
    match = words.change.search(left)
    if match is None:
        return _against(slot, state)
    base = _base(left, match.start(), _year_of(state.scope.period, year))
    if base is None and not left[: match.start()].strip("和及、与"):
        # 比上年增长6.5%和减少2部: the second change has the base of the first.
        base = state.base
    if base is None and match[1] in ("多", "少"):
        return False
    own = tidy(_own(left[: match.start()], words)).strip("和及与")
    if base is None and (
        slot.quantity.kind not in ("ratio", "points") or (len(own) > 2 and match[1] in ("压缩", "压减"))
    ):
        kinds = ("ratio", "points", "time")
        return _unbased(slot, own, match[1]) if slot.quantity.kind in kinds else False
    # 周期压缩到15个月、测试能力提高40%: the second of two aims is no change of the first.
    apart = base is None and len(own) > 2 and slot.quantity.kind == "ratio"
    apart = apart and (match[1] in _CUTS or slot.left.startswith("、"))
    apart = apart and own not in (state.measure or "")
    targets = _changed(group, own, state, none=len(own) > 4 or apart)
    if not targets:
        name = own or topic_of(state.lead, words)
        if base is None and not own:
            return False
        ending = "比例" if match[1].startswith(("压", "缩", "精")) else "率"
        return Naming(f"{name}{match[1]}{ending}", name, "indicator.change", confidence=0.7) if name else True
    state.base = base
    kind, told = base or ((ComparisonKind.VS, targets[-1].before) if targets[-1].before else (ComparisonKind.YOY, ""))
    sign = -1 if any(match[1].startswith(fall) for fall in words.falls) else 1
    for n, draft in enumerate(targets):
        one = group[min(n, len(group) - 1)].quantity
        if draft.comparison is None:
            draft.comparison = Comparison(kind, sign * one.value, one.unit, one.approx, told)
    return True


def _changed(group: Sequence[Slot], own: str, state: State, *, none: bool) -> list[Draft]:
    """The values that a change with this measure of its own is of."""
    slot = group[0]
    targets = [] if none else _targets(slot.left, len(group), state)
    share = slot.quantity.kind == "points" and own in _SHARES and len(group) == 1
    if share and state.drafts and state.drafts[-1].share:
        targets = state.drafts[-1:]  # 占64.4%，较上年提高2.3个百分点: the share has changed
    if len(targets) == 1 and len(own) > 1:
        # 货物5万批，涉及商品80万件，扣留批次增长2.7%: the change of the batches, not of the goods.
        alike = [d for d in state.whole_values() if d.name.endswith(own[-2:])]
        targets = targets if not alike or targets[0] in alike else alike[-1:]
    return targets


def _against(slot: Slot, state: State) -> bool:
    """高于全国平均水平2.3个百分点 and 是2021年的1.7倍 compare the value before them with something else."""
    match = _OVER.search(slot.left) if slot.quantity.kind == "points" else None
    times = _TIMES.search(slot.left) if slot.quantity.base == "倍" else None
    found = match or times
    values = state.whole_values() if found else []
    if found is None or not values:
        return False
    if values[-1].comparison is None:
        one = slot.quantity
        sign = -1 if found[0].startswith("低") else 1
        values[-1].comparison = Comparison(ComparisonKind.VS, sign * one.value, one.unit, one.approx, found["base"])
    return True


def _unbased(slot: Slot, own: str, change: str) -> Naming | bool:
    """将审查周期压缩70%: the change itself is what is measured."""
    own = own.removeprefix("将").removeprefix("把")
    ending = "时间" if slot.quantity.kind == "time" else "比例"
    return Naming(f"{own}{change}{ending}", own, "indicator.change", confidence=0.8) if own else False


def _own(left: str, words: Words) -> str:
    """The words of the clause that name what changes, without the base of the comparison."""
    text = _BASE.split(left, maxsplit=1)[0] if _BASE.search(left) else left
    return strip_lead(text, words)[0]


def _targets(left: str, size: int, state: State) -> list[Draft]:
    values = state.whole_values() or state.values[-1:]
    if size > 1:
        return values[-size:]
    if "分别" in left:
        return [d for d in values[-2:] if d.comparison is None][:1]
    return values if _EACH.search(left) else values[-1:]


def nearly(left: str, words: Words) -> Approximation | None:
    """How near a share is that stands behind its whole: 约占, 接近全省总量的."""
    found = _NEARLY.search(left) if left.endswith("的") else None
    return words.approx_before.get(found["near"]) if found else Approximation.ABOUT if "约占" in left else None


def _parted(values: Sequence[Draft], state: State) -> str:
    """What a share is of that tells of no whole: the last value, or those whose origin it counts (来源国家数)."""
    origins = state.measure.endswith(("来源国家数", "来源国家和地区数", "来源地区数"))
    return values[-2].name if origins and len(values) > 1 else state.measure


def read_shares(group: Sequence[Slot], state: State, words: Words) -> list[tuple[Naming, Draft | None]] | None:
    """The shares of a group of percentages, each with the value it is a share of (None when it has its own subject), or None when
    the group tells no share."""
    slot = group[0]
    match = _SHARE.search(slot.left) or _NEARLY.search(slot.left)
    found = match or _RATIO_IS.search(slot.left)
    if found is None:
        return None
    whole = match["whole"] if match else ""
    own = tidy(strip_lead(slot.left[: found.start()], words)[0].removesuffix("约").removesuffix("所占"))
    within = _WITHIN.match(own)
    if within:
        state.within = within[1]
    values = state.whole_values()
    if whole == "其中" and values:
        whole = values[-1].name if len(values[-1].name) <= 16 else ""  # 申请1562件，甲市占其中的八成
    names = [d.name for d in values[-len(group) :]] or [state.measure]
    if len(own) > 1:
        names = subjects(own if within or not state.within else f"{state.within}中{own}", len(group))
    if len(group) == 1 and state.measure and (several := _SEVERAL.fullmatch(own)):
        # 三区合计占全市的四成: of what was told of each of them.
        names = [several[1] + state.measure]
    if _THESE.match(own) and _TOTAL.fullmatch(whole) and state.measure:
        whole = re.sub(r"(?:数量|量|数)\Z", "", state.measure) + whole
    behind = slot.right.strip("的 ") if slot.right.startswith("的") else ""
    told: list[tuple[Naming, Draft | None]] = []
    for n in range(len(group)):
        name = names[min(n, len(names) - 1)] + behind
        source = values[max(n - len(group), -len(values))] if len(own) <= 1 and values else None
        parted = _parted(values, state) if state.part and not source and len(own) > 1 and values else ""
        of = whole or (state.within if source else parted if len(parted) <= 14 else "")
        text = f"{name}占{of}的比重" if of else f"{name}占比"
        told.append((Naming(text, name, "indicator.share"), source))
    return told
