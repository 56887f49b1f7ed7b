"""Lists in the names of figures: several subjects of one measure, totals of what was told before, the places that 三区
stands for."""

from __future__ import annotations

import re

from kg.extract.indicator_places import district
from kg.extract.indicator_state import State
from kg.extract.numerals import parse_number

__all__ = ["places_told", "spread", "subjects", "totals"]

_MEASURED = re.compile(
    r"(?:平均|年均|月均|人均|抽检|网上|电子)[^，]{1,10}\Z|[\u4e00-\u9fff]{2}率\Z"
    r"|(?:案件|申请|请求|企业|项目|人员|产品|中心|机构|活动)?(?:数|量|率|人数|次数|金额|周期|规模|占比)\Z"
)
_WHOSE = re.compile(r"[^的]{3,20}的(?=[^的]{2,8}[率量数额]\Z)")
_FOR_ALL = re.compile(r".{0,8}?(?:侵犯|涉及|来自|属于|用于|违反|面向|销往)(?=.)")
_OF_THESE = re.compile(r"的[^的]{1,6}\Z")
_SO_MANY = re.compile(r"\A(?:该|这|上述|以上)?([两二三四五六七八九十\d]{1,3})个?(?:国|省|市|区|县|地区|城市)")
_OF_ALL = re.compile(r"[两二三四五六七八九十\d]{1,3}[个项类种][^的，]{1,6}的")
_ADDED = re.compile(r"\A(?:新增|新建|新设|新培育|新认定|净增)")


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
    return [part if part.endswith(tail) else part + tail for part in parts]


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
