"""Lists in the names of figures: several subjects of one measure, totals of what was told before, the places that 三区
stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from kg.extract.indicator_clauses import Clause, Slot
from kg.extract.indicator_ends import strip_lead, tidy
from kg.extract.indicator_names import Naming
from kg.extract.indicator_places import Sharers, district
from kg.extract.indicator_quantities import Quantity
from kg.extract.indicator_state import State
from kg.extract.indicator_words import Words
from kg.extract.numerals import parse_number

__all__ = ["by_kind", "divided", "inner_of", "names_of", "places_told", "sharers", "spread", "subjects", "totals"]

_MEASURED = re.compile(
    r"(?:平均|年均|月均|人均|抽检|网上|电子)[^，]{1,10}\Z|[\u4e00-\u9fff]{2}率\Z"
    r"|(?:案件|申请|请求|企业|项目|人员|产品|中心|机构|活动)?(?:数|量|率|人数|次数|金额|周期|规模|占比)\Z"
)
_WHOSE = re.compile(r"[^的]{3,20}的(?=[^的]{2,8}[率量数额]\Z)")
_FOR_ALL = re.compile(r".{0,8}?(?:侵犯|涉及|来自|属于|用于|违反|面向|销往)(?=.)")
_OF_THESE = re.compile(r"的[^的]{1,6}\Z")
_SO_MANY = re.compile(r"\A(?:该|这|上述|以上)?([两二三四五六七八九十\d]{1,3})个?(?:国|省|市|区|县|地区|城市)")
_OF_ALL = re.compile(r"[两二三四五六七八九十\d]{1,3}[个项类种][^的，]{1,6}的")
_TOTALS = frozenset({"总数", "总量", "总额", "数量", "累计总数"})
_RANKS = re.compile(r"位居|名列|居于|排名|排在")
#: 甲、乙两省受理案件分别为, 甲、乙两家保护中心分别受理
_SHARED_BY = re.compile(
    r"(?P<list>[^，；：\d]{3,40}?)[两二三四五六七八九2-9](?:(?P<level>[省市区县州国地])|[个家所](?P<noun>[\u4e00-\u9fff]{2,12}?))"
    r"(?P<rest>(?<=[省市区县州国地])[^，]{0,24}?)?(?:全年|当年|年内|共|累计)?(?=分别)"
)
_INCLUDES = re.compile(r"\A(?:其中)?(?:包括|包含|含)(?=[\u4e00-\u9fff])")
_BY_KIND = re.compile(
    r"(?:按|按照|从|依|依照|以)[^，；。]{2,12}?(?:划分|区分|分类|来?看|分|统计)\Z|分[^，；。]{2,6}?看\Z"
)
_OF_IT = re.compile(r"[（(](?:其中|含|包括|包含|其中含)([\u4e00-\u9fff]{2,8})\Z")
_MEANWHILE = re.compile(r"(?:全年|当年|年内|共|累计|已)+\Z")
_BODY_END = re.compile(r"(?:[局院庭关厅委办署省市州县盟]|中心|公司|大学|学院|(?<!地)区|法院|支队|银行|分行)\Z")
_PLACE_END = re.compile(r"(?:[省市州县盟]|(?<!地)区)\Z")
_ADDED = re.compile(r"\A(?:新增|新建|新设|新培育|新认定|净增)")


def by_kind(text: str, state: State) -> bool:
    """Whether a clause tells by what a whole is divided that was counted before it (按诉讼性质划分), also in the sentence
    before (分区域看): then its measure is told again."""
    if not text.startswith(("按", "从", "依", "以", "分")) or _BY_KIND.match(text) is None:
        return False
    if not state.drafts:
        told = (d.name for d in state.values[-24:] if not d.share and state.stem and d.name.startswith(state.stem))
        state.measure = next(told, "") or state.measure
    return bool(state.values)


def divided(clause: Clause, state: State) -> Clause:
    """拥有资源540种，包括图像167种: 包括 is no verb where it divides what was counted in the same unit."""
    last = state.drafts[-1].quantity.base if state.drafts else ""
    if not clause.slots or clause.slots[0].quantity.base != last or not _INCLUDES.match(clause.slots[0].left):
        return clause
    first = replace(clause.slots[0], left=_INCLUDES.sub("", clause.slots[0].left))
    return replace(clause, slots=(first, *clause.slots[1:]))


def inner_of(text: str, one: Quantity) -> str | None:
    """What a quantity in brackets counts beside what stands before them: "" when the brackets hold it alone, None when
    they tell of something else."""
    if text[one.end : one.end + 1] not in ("）", ")"):
        return None
    if text[one.start - 1] in "（(":
        return ""
    found = _OF_IT.search(text, max(0, one.start - 14), one.start)
    return found[1] if found else None


def sharers(slot: Slot, size: int, before: Slot | None, words: Words) -> Sharers:
    """Those that have `size` values, of which `slot` is the first, each one: a list in front of 分别 names them, that
    may tell how many they are in the slot `before`. None when it is no such list."""
    left = slot.left
    if before is not None and before.quantity.words and before.quantity.value == size:
        left = f"{before.left}{before.quantity.words}{before.quantity.unit}{before.right}{left}"
    if "分别" not in left or size < 2:
        return Sharers()
    text = strip_lead(left, words)[0]
    found = _SHARED_BY.match(text)
    whole = found["list"] if found else text.split("分别", 1)[0]
    parts = re.split(r"[、和与及]", whole if found else _MEANWHILE.sub("", whole))
    if len(parts) != size or not all(1 < len(part) < 20 for part in parts):
        return Sharers()
    if found is None:
        rest = text[text.index("分别") :]
        ends = all(_BODY_END.search(part) for part in parts)
        return Sharers(tuple(parts), all(_PLACE_END.search(part) for part in parts), rest) if ends else Sharers()
    if found["level"]:
        places = tuple(part if part.endswith(found["level"]) else part + found["level"] for part in parts)
        return Sharers(places, True, found["rest"] + text[found.end("rest") :])
    return Sharers(tuple(part + found["noun"] for part in parts), False, text[found.end("noun") :])


def names_of(group: Sequence[Slot], naming: Naming, state: State, words: Words) -> list[str]:
    """The names of several values behind one measure, one for each where they differ."""
    size, told = len(group), naming.text
    if not told and state.lead:
        told = re.sub(r"\A(?:分别)?(?:是|为)", "", tidy(strip_lead(state.lead, words)[0]))
        told = _RANKS.split(told)[0]
        names = re.split(r"和(?=用于|来自|属于)|以及", told)
        names = names if len(names) == size else subjects(told, size)
        if not all(district(name) for name in names):
            names = [f"{state.stem if state.part else ''}{name}" for name in names]
    else:
        measure = _RANKS.split(state.measure)[0]
        names = subjects(told or measure, size) if told or "、" in measure else [state.measure]
    if state.part and state.stem and len(names) > 1 and told and naming.rule == "indicator.object":
        end = state.tail or naming.text[-1:]
        names = [f"{name.removesuffix(group[0].quantity.suffix)}{state.stem}{end}" for name in names]
    return (totals(state, told, size) or names) if told in _TOTALS else names


def subjects(text: str, size: int) -> list[str]:
    """The names of `size` subjects listed in front of one measure (A、B平均审理周期), else the text itself."""
    parts = re.split(r"[、和与及]|以及", text)
    if size < 2 or len(parts) != size:
        return [text]
    of = _WHOSE.match(parts[0])
    if of and all("的" not in part and part[-1] == parts[0][-1] for part in parts[1:]):
        # 某许可的受理率、办结率: both are rates of the same thing.
        return [parts[0], *(of[0] + part for part in parts[1:])]
    found = ("的" not in parts[0] and _OF_THESE.search(parts[-1])) or _MEASURED.search(parts[-1])
    tail = parts[-1][found.start() :] if found else ""
    last = parts[-1].removesuffix(tail)
    shared = _FOR_ALL.match(parts[0]) if tail.startswith("的") else None
    if shared:
        # 涉嫌侵犯著作权、专利权的货物: the verb holds for all of them.
        head = shared[0]
        return [parts[0] + tail, *(head + part + tail for part in (*parts[1:-1], last))]
    item = len(parts[0])
    last_place = district(parts[-1])
    if last_place and len(parts[-1]) - len(last_place) > 2 and all(district(part) == part for part in parts[:-1]):
        tail = parts[-1][len(last_place) :]
    elif len({len(part) for part in parts[:-1]}) == 1 and len(parts[-1]) - len(tail) >= 2 * item + 2:
        tail = parts[-1][item:]
    return [part if part.endswith((tail, "率")) else part + tail for part in parts]


def totals(state: State, told: str, size: int) -> list[str]:
    """新增项目8项、传承人15名，总数分别达142项和178名: the names of the totals of what was told before."""
    before = state.whole_values()[-size:]
    names = [_ADDED.sub("", draft.name.removesuffix(draft.quantity.suffix)) for draft in before]
    return [name + told for name in names] if len(names) == size else []


def places_told(text: str, places: tuple[str, ...]) -> str:
    """The places that 该五省 or 三国 stands for, when as many were listed before."""
    found = _SO_MANY.match(text)
    number = parse_number(found[1]) if found else None
    return "、".join(places) if number is not None and number == len(places) else ""


def spread(text: str) -> list[str]:
    """The names of all subjects that share one value (商标审查、异议、评审抽检合格率均达到97%): as many as are listed."""
    parts = re.split(r"[、和与及]|以及", _OF_ALL.sub("", text))
    if not 2 <= len(parts) <= 9 or not all(parts):
        return [text]
    names = subjects("、".join(parts), len(parts))
    short = len(parts[1])
    if len(parts) > 2 and short == 2 and len(parts[0]) >= 4:
        head = parts[0][:-short]
        names = [names[0], *(head + name for name in names[1:])]
    return names
