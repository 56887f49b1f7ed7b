"""How names of bodies begin: with a place, a body that is known, 中国, 中法, Latin letters, a slogan in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.boundaries import boundary_between
from kg.extract.mentions import PlaceHit, within
from kg.extract.words import alternation, tuple_of
from kg.lexicon import Lexicon, Suffix

__all__ = [
    "are_courts",
    "heads",
    "inner_body",
    "is_meeting",
    "names_firm",
    "office_of",
    "quoted_before",
    "two_countries",
    "two_sides",
    "without_term",
]

#: 香港特区政府商务及经济发展局局长: an office of a government, known by the post that follows.
_OFFICE_OF = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:局(?=局长)|厅(?=厅长)|署(?=署长)|部(?=部长)|处(?=处长))")
#: 香港特区政府消防处, not 政府妥善处置 or 政府等多处.
_OFFICE_OF_SAR = re.compile(r"[\u4e00-\u9fff]{2,6}?(?<![等多各几数此该深妥])处(?![理置罚境于])")
_LATIN = re.compile(r"[A-Z][A-Za-z0-9]{1,9}(?![A-Za-z0-9])")
_SERIES = re.compile(
    r"\d{0,4}(?:年度?)?(?:服务保障|涉外)?(?:知识产权|司法|审判|专利|商标|保护|创新|精品|优秀){0,4}(?:十大|百大|\d{1,3}[件个大]|典型|示范|参阅|精品|优秀)"
)
_RUN = re.compile(r"中[\u4e00-\u9fff]{1,4}")
#: 中西医, 中英文: no countries.
_OTHER_WORDS = "部文语医药餐方式学"
_NOT_CHINA = frozenset(_OTHER_WORDS + "国心央小间期级西华关")
_SIDES = re.compile(r"中国[—－–-]{1,2}\Z")
_HELD = re.compile(
    r"(?:举行|召开|举办|主持|承办|参加|出席|(?:举行|召开|举办|参加|出席)[\u4e00-\u9fff]{2,8}[与和]|第[一二三四五六七八九十\d]{1,4}次)(?:了)?(?:\d{4}年(?:度)?)?(?:第[一二三四五六七八九十\d]{1,4}次)?\Z"
)
_OF_BODY = ("第", "全体", "办公室", "成员", "制度", "机制", "会议")
_TERM = re.compile(r"第?[一二三四五六七八九十]{1,4}届(?=人民代表大会|人大|政协)")
_QUOTED = re.compile(r"“[^“”，。；]{2,10}”\Z")


def heads(text: str, begin: int, ending: int, places: Sequence[PlaceHit], cut: Mapping[int, int]) -> list[int]:
    """Where in text[begin:ending] a word stands that opens names; `cut` as in `OrganisationFinder`."""
    found = [p.start for p in within(places, begin, ending)]
    found += [start for stop, start in cut.items() if begin <= start and stop <= ending]
    for match in alternation("org_heads").finditer(text, begin, ending):
        if match.group() == "国家" and text.endswith(tuple_of("country_groups"), begin, match.start()):
            continue  # 中国—阿拉伯国家技术转移中心
        if match.start() > begin and text[match.start() - 1] in "和与" and match.group() == "国际":
            found.append(begin)  # 科技与国际合作司: 与 is no boundary there
            continue
        if match.end() - match.start() > 1:
            found.append(match.start())
        elif match.start() == begin and not alternation("org_not_heads").match(text, begin):
            found.append(begin)
    if _LATIN.match(text, begin, ending) or text.startswith(("我驻", "我国驻", "我常驻", "我国常驻"), begin):
        found.append(begin)
    return found


def are_courts(text: str, start: int, end: int, places: Iterable[PlaceHit]) -> bool:
    """True when 甲市法院 stands for all courts of a place, in the name of a series (武汉法院十大典型案例)."""
    return (
        text.endswith("法院", start, end)
        and _SERIES.match(text, end) is not None
        and any(p.start == start and p.end == end - 2 for p in places)
    )


def two_countries(text: str, begin: int, ending: int, lexicon: Lexicon) -> bool:
    """True when abbreviations of China and other countries open a name: 中法…混委会, 法中…协会."""
    run = _RUN.match(text, begin, ending)
    for size in range(len(run.group()), 1, -1) if run else ():
        others = text[begin + 1 : begin + size]
        if all(lexicon.shorts(char, domestic=False) for char in others):
            return text[begin + size] not in _OTHER_WORDS
    # 泰中商务委员会
    turned = text.startswith("中", begin + 1) and text[begin + 2] not in _NOT_CHINA
    return turned and begin + 3 < ending and bool(lexicon.shorts(text[begin], domestic=False))


def quoted_before(text: str, begin: int) -> int | None:
    """Where the quotation mark stands that opens “十五五” right before `begin`."""
    match = _QUOTED.search(text, max(0, begin - 12), begin) if text[begin - 1 : begin] == "”" else None
    return match.start() if match else None


def inner_body(text: str, begin: int, ending: int, endings: re.Pattern[str], suffixes: Mapping[str, Suffix]) -> bool:
    """True when what stands before the ending is itself the name of a body: 黄埔海关 in 黄埔海关缉私局."""
    return any(not suffixes[m.group()].weak and m.start() >= begin + 2 for m in endings.finditer(text, begin, ending))


def names_firm(text: str, begin: int) -> bool:
    """True when a firm may be named at `begin`: after 与, 、 or a verb of visiting; 大型企业集团 is no firm."""
    before = text[begin - 1 : begin] in ("与", "和", "同", "、")
    if not before and not text.endswith(tuple_of("visit_verbs"), max(0, begin - 2), begin):
        return False
    return alternation("firm_classes").match(text, begin) is None


def two_sides(text: str, start: int) -> int:
    """Where 中国—东盟… begins whose second half begins at `start`, else `start`."""
    match = _SIDES.search(text, max(0, start - 4), start)
    return match.start() if match else start


def is_meeting(text: str, start: int, end: int) -> bool:
    """True when 举行某某联席会议 tells of a gathering: a body meets as 联席会议第一次会议."""
    held = _HELD.search(text, max(0, start - 16), start)
    return held is not None and not text.startswith(_OF_BODY, end)


def without_term(name: str) -> str:
    """A people's congress without its term: 某省第十三届人大常委会 is 某省人大常委会."""
    return _TERM.sub("", name) if "届" in name else name


def office_of(text: str, end: int) -> re.Match[str] | None:
    """The office told right behind a government: by the post that follows, or a 处 of Hong Kong or Macau."""
    office = _OFFICE_OF.match(text, end)
    if office or not text.endswith(("特区政府", "特别行政区政府"), 0, end):
        return office
    office = _OFFICE_OF_SAR.match(text, end)
    return office if office and not boundary_between(text, end, office.end()) else None
