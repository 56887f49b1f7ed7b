"""The places and bodies that figures are told of: 甲市注册量, a list of places with a value for each, 杭州海关查扣…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from kg.extract.indicator_clauses import Clause
from kg.extract.indicator_context import Home, scope_word
from kg.extract.indicator_ends import strip_lead
from kg.extract.indicator_signs import TELLING
from kg.extract.indicator_words import Words
from kg.extract.numerals import parse_number
from kg.extract.words import alternation
from kg.lexicon import EntryType, Lexicon
from kg.model.frozen import Frozen

__all__ = [
    "Sharers",
    "all_of",
    "body_of",
    "district",
    "head_of",
    "headless",
    "local_of",
    "one_of",
    "place_of",
    "placed",
    "shared_out",
    "told_of",
]

#: A body of the place, not the place itself.
_BODY = re.compile(
    r"[港站]|[\u4e00-\u9fff]{0,10}?(?:局|院|委|厅|部门|办公室|海关|中心|公司|大学|学院|政府|协会|机关|机场|银行|集团|开发区|高新区)"
)
_NAMED = re.compile(
    r"(?:(?![在于向和与由为对]|[依委]托|指导|支持|联合|会同)[\u4e00-\u9fff]){2,18}?(?:海关|检察院|法院(?:知识产权法庭)?|(?:法|审判)庭|(?P<own>法律援助中心|维权援助中心|保护中心|服务中心)|知识产权局|监管局|公司|大学|学院|技术委员会)|(?P<level>[省市]?(?:高?院|法院|检察院)本级)"
)
#: 某法院庭长, 某大学承办的论坛, 某大学“…”项目: it is not the body that acts.
_OTHER_THAN_ACTS = re.compile(
    rf"[“《]|专利局|商标局|(?:、[^，；]{{2,60}})?等\d|[\u4e00-\u9fff]{{0,2}}(?:承办|主办|举办|组织|牵头|协办|发起|编写|开发)的|(?:副|原)?(?:{alternation('post_titles').pattern})"
)
_LEVEL = re.compile(r"[省市区县州盟]")
#: 甲、乙两市得分: each of them has it.
_OF_SEVERAL = re.compile(r"[两三四五六七八九2-9]个?(?P<level>[省市区县地州国])")
_HEAD = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,10}[省市州县区旗盟])[：:]")
_DISTRICT = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:开发区|高新区|新区|示范区|(?<!地)区|县|市|旗)(?![\u4e00-\u9fff]?(?:场|局|域|内|级|政))"
)
#: What is told of a place itself.
_TELLING = re.compile(
    "有(?![限效关])|拥有|新增|完成|实现|外贸|进出口|出口|进口|社会消费|地区生产|规模以上|新设|口岸|入选|获批"
    "|(?<=[省市区县州盟])(?:累计|共|已){0,2}(?:建成|查处|查办|受理|办结|发放|投入)"
)
_TELLS_OF = re.compile(f"(?:共|已|累计|全年){{0,2}}(?:{_TELLING.pattern})")
#: 甲、乙两市合计, 甲市、乙市合计占
_SUM = re.compile(
    r"(?=[两三四五六七八九2-9合共总])(?:(?P<count>[两三四五六七八九2-9])个?[省市区县州地](?![级场区内])|(?:\A|(?<=[省市区县州盟]))(?:合计|共计|总计|之和))"
)
#: 丙区市场监管局调解纠纷…: the office of a district or a lower city does its work there.
_LOCAL = re.compile(
    r"(?:据|其中)?(?![各全本我该两三多省市区县据由这]|其中)(?P<place>[\u4e00-\u9fff]{2,8}?[市区县旗])"
    r"(?=(?:人民)?政府|管委会|管理委员会|(?![市区县内外域级场])[\u4e00-\u9fff]{2,6}局|市场监[\u4e00-\u9fff]{1,4}局)"
)
_WHOLE = ("省", "市", "自治区", "区", "县", "州", "盟")


class Sharers(Frozen):
    """Bodies or places that have a value each (甲法庭、乙法庭分别受理…): their names, whether they are `places`, and
    `left`, what stands in front of the first value without them."""

    names: tuple[str, ...] = ()
    places: bool = False
    left: str = ""


def body_of(text: str, words: Words, lexicon: Lexicon) -> str:
    """The named body that a clause opens with, empty when it opens with none."""
    text, scope = strip_lead(text, words)
    found = _NAMED.match(text)
    if found is None or words.verb.match(text) or (scope and found["own"]):
        return ""  # 全国保护中心总数: a class
    if found["level"]:
        return found["level"]
    hits = lexicon.find(found.group()) if not found["own"] else ()
    if found["own"] or (hits and hits[0].start == 0):
        return "" if _OTHER_THAN_ACTS.match(text, found.end()) else found.group()
    return ""


def local_of(text: str, home: Home) -> str:
    """The district, county or lower city whose government or office a clause opens with, else "" (also for the place
    of the body that reports)."""
    found = _LOCAL.match(text) if home.region else None
    return found["place"] if found and found["place"] not in (home.city, home.region) else ""


def _opening(name: str, lexicon: Lexicon) -> str:
    """The place that a name begins with, unless it is a body of that place."""
    hits = lexicon.find(name[:24])
    if not hits or hits[0].start or hits[0].entry.type is not EntryType.PLACE or _BODY.match(name, hits[0].end):
        return ""
    return hits[0].surface


def district(name: str) -> str:
    """The district that a name in a list begins with, which the gazetteer need not know."""
    found = _DISTRICT.match(name)
    return found.group() if found else ""


def place_of(name: str, lexicon: Lexicon) -> str:
    """The area of a measure that its name begins with (佛山市商标注册量); only one told in full."""
    if not _LEVEL.search(name, 1, 12):
        return ""
    found = _opening(name, lexicon)
    return found if found.endswith(_WHOLE) and len(name) > len(found) + 2 else ""


def told_of(clause: Clause, words: Words, lexicon: Lexicon) -> str:
    """The region or city of China of which a clause tells (某省有2个项目…, 某市进出口30亿元), 全国 or 我国, or "" for any
    other."""
    nation = scope_word(clause.text, words) if clause.signs & TELLING else ""
    if nation or not clause.signs & TELLING or not _TELLING.search(clause.text, 2, 20):
        return nation
    text = strip_lead(clause.text, words)[0]
    hits = lexicon.find(text[:24], frozenset({EntryType.PLACE}))
    if not hits or hits[0].start or hits[0].entry.country != "place/CN" or not hits[0].entry.region:
        return ""
    return hits[0].surface if _TELLS_OF.match(text, hits[0].end) else ""


def all_of(text: str, places: Sequence[str], lexicon: Lexicon) -> str:
    """The places of which a clause tells the sum: those that it lists (甲、乙两市合计), else the `places` told before
    where it names none; empty for any other clause."""
    found = _SUM.search(text)
    if found is None:
        return ""
    if not found.start() and not found["count"]:
        return "、".join(places)
    at = max(text.rfind("，", 0, found.start()), text.rfind("中", 0, found.start())) + 1
    parts = re.split("[、和与及]", text[at : found.start()])
    if len(parts) < 2 or (found["count"] and parse_number(found["count"]) != len(parts)):
        return ""
    return "、".join(parts) if all(lexicon.place(part) for part in parts) else ""


def shared_out(by: Sharers, name: str, told: bool, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The name and the area of the value that each of them has; `told` tells that their clause names the measure, which
    else is that of a place told before (舟山市产量…；台州市和温州市分别为…)."""
    before = "" if told else _opening(name, lexicon)
    if before:
        return [(one + name.removeprefix(before), one if by.places else "") for one in by.names]
    return [(name, one) if by.places else (one + name, "") for one in by.names]


def placed(names: Sequence[str], measure: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The names of a list of values with the area of each, when they are those of places; mere places (中山市和惠州市)
    have the measure that was told before."""
    areas = [_opening(name, lexicon) or district(name) for name in names]
    if len(names) < 2 or not all(areas):
        return [(name, "") for name in names]
    before = _opening(measure, lexicon)
    bare = all(len(name) - len(area) < 2 for name, area in zip(names, areas, strict=True))
    if not bare:
        # 某国申请人: where they come from is no area.
        whose = [name.startswith(("申请人", "权利人"), len(area)) for name, area in zip(names, areas, strict=True)]
        return [(name, "" if who else area) for name, area, who in zip(names, areas, whose, strict=True)]
    told = measure.removeprefix(before)
    return [(area + told, area) for area in areas] if before and told else [(name, "") for name in names]


def one_of(name: str, measure: str, lexicon: Lexicon) -> tuple[str, str]:
    """The name and the area of a value that each of several places has (甲、乙两市得分), one of which opens `name`; a
    mere 得分 is that of the measure told before. The name alone when it is no such one."""
    area = _opening(name, lexicon)
    several = _OF_SEVERAL.match(name, len(area)) if area else None
    if several is None:
        return name, ""
    rest = name[several.end() :]
    whole = area + several["level"]
    area = whole if lexicon.place(whole) else area
    if len(rest) > 3 or not measure:
        return rest or name, area
    return (measure if measure.endswith(rest) else measure + rest), area


def head_of(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """The words that open a paragraph about a place (甲市：全年登记…) and the place; two empty ones for any other."""
    found = _HEAD.match(text)
    entry = lexicon.place(found["place"]) if found else None
    return (found[0], entry.zh) if found and entry else ("", "")


def headless(found: Sequence[Clause], head: str) -> Sequence[Clause]:
    """The clauses of a sentence, the first without the words that open its paragraph."""
    if not head or not found or not found[0].text.startswith(head):
        return found
    first = found[0]
    slots = first.slots
    if slots and slots[0].left.startswith(head):
        slots = (replace(slots[0], left=slots[0].left.removeprefix(head)), *slots[1:])
    return [replace(first, text=first.text.removeprefix(head), slots=slots), *found[1:]]
