"""What a clause says was selected: titles in quotation marks, or a list of names before the verb."""

from __future__ import annotations

import functools
import re

from msgspec.structs import replace

from kg.extract.mentions import Mentions
from kg.extract.words import alternation, words
from kg.lexicon import Entry, EntryType, Lexicon, load_lexicon
from kg.model import PlaceKind
from kg.model.frozen import Frozen

__all__ = ["Subject", "listed", "owned_in", "quoted_in", "region_of", "region_told", "subject_at", "subjects"]

_QUOTED = re.compile(r"[“《](?P<title>(?<=“)[^“”]{2,80}(?=”)|(?<=《)[^《》]{2,80}(?=》))[”》]")
_AFTER_QUOTE = re.compile(
    r"[、和与及]|(?:（[^（）]{1,24}）)?等?(?:\d{1,3}(?:个|项|件|篇|起|家|部|款|种))?[\u4e00-\u9fff]{0,6}?(?:案例|案件|项目|做法|经验|应用|工程|作品|成果|品牌|平台|课程|改革|模式|事项)?"
)
_ETC = re.compile(
    r"等(?:\d{1,5}|[一二两三四五六七八九十]{1,3}|多)(?:个|件|项|家|处|地|县|市|区|名|种|所)[\u4e00-\u9fff（）]{0,12}\Z"
    r"|等(?:地|市|县|区|一批)?(?:[\u4e00-\u9fff]{0,4}(?:企业|单位|机构|公司|高校|院校|学校|城市|园区|项目|作品|成果|案例|案件|个人|集体|团队))?\Z"
)
#: 李某等8人: somebody, not a case.
_PEOPLE = re.compile(r"等(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:人|名同志|位同志|名个人|位个人)\Z")
_URGED = re.compile(r"(?:成功)?(?:推动|助力|支持|指导|推荐|促进|组织|助推|争取|帮助|培育)(?=[\u4e00-\u9fff])")
_OPENING = re.compile(
    r"(?:其中)?(?:我|全|本|该)[省市区州县](?:的|共有|有)?(?=[\u4e00-\u9fff]{4})"
    r"|(?:其中)?[\u4e00-\u9fff]{2,8}?[省市区州县](?:共有|有(?![色机限关]))(?=[\u4e00-\u9fff]{4})"
    r"|(?:\d{4}年|年内|其中|目前|此外|同时)"
)
_GENERIC_ENDS = tuple(word for word in words("case_generic") if len(word) > 1)
_ADVERBS = re.compile(rf"(?:{alternation('case_adverbs').pattern})+\Z")
_COUNTED = re.compile(
    r"(?:共|有|新增|累计)?(?:\d{1,6}|[一二两三四五六七八九十百]{1,3}|多|数|若干|一批)(?:余|多)?(?:个|件|项|家|篇|名|位|处|批|种|所|款|条|单|县|市|区|省)"
)
_COUNT_INSIDE = re.compile(r"\d{1,6}(?:余|多)?(?:个|件|项|家|篇|名|位|批|所)")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·—（）()“”-]{2,30}")
#: A、B、C3件地理标志: the count sums the list up.
_COUNTED_LIST = re.compile(r"(?<=[\u4e00-\u9fff])\d{1,3}(?:个|件|项|家|处|名|种)[\u4e00-\u9fff]{0,12}\Z")
_TOGETHER = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[两三四五六七八九十]|\d{1,2})(?:市|县|区|省|地|家|校|[款项个件种](?:产品|成果|项目|作品|技术|标准|品牌))\Z"
)
_CONTEST = re.compile(r"在[^，。；“”]{2,40}\Z")
_INSTITUTION = re.compile(r"(?:示范区|试验区|开发区|中心|基地|园区|平台|机构|公司|高校|学校)\Z")
_LAW_CASE = re.compile(r"[^，。；：、的\d][^，。；：]{2,60}案件?")
#: A law case told without quotation marks; plans and files (方案, 档案) are none.
_PLAIN_CASE = re.compile(r"[^，。；：、\d][^，。；：]{4,60}(?<![方提草议答图档立预备教法个该此本])案")
_OUR_PLACE = frozenset({"我市", "我省", "我区", "我县", "我州", "本市", "本省"})
#: “某通”执法系统: what a quoted name is that one item of a list bears.
_THING = re.compile(r"(?:[\u4e00-\u9fff]{0,10}(?<![案例和与及的]))?")
_LONG_NAME, _LONGEST_NAME = 9, 24


#: A named body that the gazetteer does not have.
_BODY = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{2,30}(?:公司|集团|大学|学院|研究院|研究所|法院|检察院|中心|协会|医院|[局厅委])\Z"
)
_BETWEEN = re.compile(r"[、和与及]?(?:[^，。；：“”、]{2,40}的)?|[、和与及][\u4e00-\u9fff]{2,6}")
#: 、浙江省水利厅 between two titles: whose the second is.
_OWNED = re.compile(r"[、和与及][^，。；：、“”]{2,30}")
_LAW_TAIL = re.compile(r"(?!等)[\u4e00-\u9fff]{0,40}案(?![例件])")


class _Owner(Frozen):
    """The body or region that a title is told to be of."""

    name: str = ""
    region: str = ""


class Subject(Frozen):
    """What was selected; `organisation` is named before it or is itself; `region` is a zh name."""

    title: str
    quoted: bool = False
    organisation: str = ""
    region: str = ""


def subjects(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """The titles and names in text[start:end], which is what stands before a verb of selection."""
    text = mentions.text
    quoted = list(_QUOTED.finditer(text, start, end))
    if quoted:
        return _quoted_subjects(mentions, quoted, start, end)
    low, high = _bounds(mentions, start, end)
    lead = text[low:high]
    lead = _COUNTED_LIST.sub("", lead) if "、" in lead else lead
    whole = _TOGETHER.sub("", _ETC.sub("", lead))
    if not whole or _COUNTED.match(whole) or _PEOPLE.search(whole):
        return []
    if whole in _OUR_PLACE:
        return _our_place(mentions, whole)
    found: list[Subject] = []
    at = low
    if whole.endswith("案") and all(_PLAIN_CASE.fullmatch(item) for item in listed(whole)):
        return [_law_case(mentions, item, text.index(item, low)) for item in listed(whole)]
    pair = whole != lead and "、" not in whole and re.search(r"两[^两]{1,4}\Z", lead)
    for name in whole.split("和") if pair and whole.count("和") == 1 else listed(whole):
        at = text.index(name, at)
        subject = _named(mentions, name, at)
        if subject is None:
            return []
        found.append(subject)
    return found


def _our_place(mentions: Mentions, told: str) -> list[Subject]:
    """The place of the body that reports, when its level is that of 我市; else none."""
    hits = load_lexicon().find(mentions.context.publisher.name, frozenset({EntryType.PLACE}))
    entry = hits[0].entry if hits and hits[0].start == 0 else None
    return [Subject(entry.zh)] if entry and entry.zh.endswith(told[-1]) else []


def quoted_in(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """All quoted titles in text[start:end]."""
    return [_titled(mentions, match, _Owner()) for match in _QUOTED.finditer(mentions.text, start, end)]


def owned_in(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """All quoted titles in text[start:end], each with the body or region that stands right before it."""
    found: list[Subject] = []
    low = start
    for match in _QUOTED.finditer(mentions.text, start, end):
        found.append(_titled(mentions, match, _before(mentions, low, match.start()) or _Owner()))
        low = match.end()
    return found


def subject_at(mentions: Mentions, start: int, end: int) -> Subject:
    """The title that fills text[start:end], with the body that acts in it; parties of a suit do not act for it."""
    title = mentions.text[start:end]
    whole = _QUOTED.fullmatch(title)
    low = start + 1 if whole else start
    body = next((o.actor.name for o in mentions.orgs if o.start == low and o.end < end), "")
    suit = re.search(r"诉|与[^，]{2,40}纠纷", title)
    return Subject(whole["title"] if whole else title, bool(whole), "" if suit else body, _region_at(mentions, low))


def listed(text: str) -> list[str]:
    """The items of a list told with 、 and 和, outside quotation marks and brackets."""
    items: list[str] = []
    depth = begin = 0
    for at, char in enumerate(text):
        depth += (char in "“（《") - (char in "”）》")
        if depth == 0 and (char == "、" or (char in "和与及" and "、" in text[:at] and at > begin + 1)):
            items.append(text[begin:at])
            begin = at + 1
    items.append(text[begin:])
    return [item for item in items if item]


def _bounds(mentions: Mentions, start: int, end: int) -> tuple[int, int]:
    """Where the names begin and end: after dates and 推动, before adverbs."""
    text = mentions.text
    for date in mentions.dates:
        if date.start == start:
            start = date.end
    year = _OPENING.match(text, start, end)
    start = year.end() if year else start
    urged = _URGED.match(text, start, end)
    start = urged.end() if urged else start
    tail = _ADVERBS.search(text[start:end])
    return start, start + tail.start() if tail else end


def _quoted_subjects(mentions: Mentions, quoted: list[re.Match[str]], start: int, end: int) -> list[Subject]:
    """The quoted titles that a list before the verb holds; whose they are may stand before each of them."""
    text = mentions.text
    tail = _ADVERBS.sub("", _CONTEST.sub("", text[quoted[-1].end() : end]))
    if _LAW_TAIL.match(tail) or not _AFTER_QUOTE.fullmatch(_ADVERBS.sub("", tail)):
        return _mixed(mentions, start, end) or _plain_with_quotes(mentions, start, end)
    chain = [quoted[-1]]
    for match in reversed(quoted[:-1]):
        at = chain[0].start()
        if not _BETWEEN.fullmatch(text, match.end(), at) and not (
            _OWNED.fullmatch(text, match.end(), at) and _before(mentions, match.end(), at)
        ):
            break
        chain.insert(0, match)
    if len(chain) < len(quoted) and (mixed := _mixed(mentions, start, end)):
        return mixed
    found: list[Subject] = []
    low, owner = start, _Owner()
    for match in chain:
        owner = _before(mentions, low, match.start()) or owner
        found.append(_titled(mentions, match, owner))
        low = match.end()
    return found


def _mixed(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """The items of a list in which only some are quoted: 甲省“某平台”、乙市“某通”执法系统、丙县灌区监管项目; none when
    one of them is no name that a place or a body opens."""
    low, high = _bounds(mentions, start, end)
    items = listed(_ETC.sub("", mentions.text[low:high]))
    found: list[Subject] = []
    for item in items if len(items) > 1 else ():
        at = mentions.text.index(item, low)
        low = at + len(item)
        quoted = _QUOTED.search(mentions.text, at, low)
        if quoted is None:
            headed = any(p.start == at for p in mentions.places) or any(o.start == at for o in mentions.orgs)
            subject = _named(mentions, item, at) if headed else None
        else:
            owner = _before(mentions, at, quoted.start())
            tail = _THING.fullmatch(mentions.text, quoted.end(), low) if owner or quoted.start() == at else None
            subject = _titled(mentions, quoted, owner or _Owner()) if tail else None
            if subject and tail and tail.group():
                subject = replace(subject, title=mentions.text[quoted.start() : low])
        if subject is None:
            return []
        found.append(subject)
    return found


def _before(mentions: Mentions, start: int, at: int) -> _Owner | None:
    """As `_owner`; also the place right before the title at `at` (甲省乙市“…”), which gives its region alone."""
    owner = _owner(mentions, start, at)
    if owner is not None:
        return owner
    place = next((p for p in mentions.places if p.end == at and p.start >= start), None)
    over = next((p for p in mentions.places if place and p.end == place.start and p.start >= start), place)
    return _Owner("", _region_at(mentions, over.start)) if over else None


def _owner(mentions: Mentions, start: int, at: int) -> _Owner | None:
    """Whose the title at `at` is (某大学的“…”, 某法院选送的“…”); None when nobody stands there."""
    text = mentions.text
    by = _selected().search(text, start, at)
    end = by.start() if by else at
    body = next((o for o in mentions.orgs if o.end == end and o.start >= start), None)
    if body:
        return _Owner(body.actor.name, _region_at(mentions, body.start))
    place = next((p for p in mentions.places if p.end == end and p.start >= start), None)
    if by is None:
        region = (
            _region_at(mentions, place.start)
            if place and (place.start == start or text[place.start - 1] in "、和与及，")
            else ""
        )
        return _Owner("", region) if region else None
    named = _BODY.search(text, start, end)
    if named:
        return _Owner(named[0], _region_at(mentions, named.start()))
    return _Owner("", _region_at(mentions, place.start)) if place else None


@functools.cache
def _selected() -> re.Pattern[str]:
    """的 or 选送的 right before a title."""
    verbs = alternation("case_selectors").pattern
    return re.compile(rf"(?:联合|共同|自主|组织|牵头)?(?:{verbs})?(?:{verbs})?的\Z")


def _titled(mentions: Mentions, match: re.Match[str], owner: _Owner) -> Subject:
    named = owner.name or next(
        (o.actor.name for o in mentions.orgs if o.start == match.start("title") and o.end < match.end("title")), ""
    )
    return Subject(match["title"], True, named, _region_at(mentions, match.start("title")) or owner.region)


def _plain_with_quotes(mentions: Mentions, start: int, end: int) -> list[Subject]:
    """A body or place whose name has quotation marks in it, or law cases named by what was fought over."""
    low, high = _bounds(mentions, start, end)
    whole = _ETC.sub("", mentions.text[low:high])
    items = listed(_COUNTED_LIST.sub("", whole) if "、" in whole else whole)
    if items and all(_LAW_CASE.fullmatch(item) for item in items):
        return [_law_case(mentions, item, mentions.text.index(item, low)) for item in items]
    subject = _named(mentions, mentions.text[low:high], low)
    return [subject] if subject and subject.organisation else []


def _law_case(mentions: Mentions, name: str, at: int) -> Subject:
    """A law case; the court that tried it or sent it in stands before 审理的 and is no part of its name."""
    by = _of_body().match(name)
    if by is None:
        return Subject(name)
    owner = _owner(mentions, at, at + by.end())
    return Subject(name[by.end() :], False, owner.name, owner.region) if owner and owner.name else Subject(name)


@functools.cache
def _of_body() -> re.Pattern[str]:
    verbs = alternation("case_selectors").pattern
    return re.compile(rf"[^“”，。；：、的]{{2,40}}?(?:{verbs})(?:{verbs})?的(?=[“\u4e00-\u9fff])")


def _named(mentions: Mentions, name: str, at: int) -> Subject | None:
    """A name that was selected: a place, a body, or a short name of a thing; None for classes and phrases."""
    end = at + len(name)
    body = next((o for o in mentions.orgs if o.start == at and o.end == end), None)
    place = next((p for p in mentions.places if p.start == at and p.end == end), None)
    if body:
        # 我局 is no name: the body has one.
        title = body.actor.name if name in words("case_generic") else name
        return Subject(title, False, body.actor.name, _region_at(mentions, at))
    if place:
        return Subject(name, False, "", _region_at(mentions, at))
    if _is_person(mentions, name, at):
        return None
    headed = any(p.start == at for p in mentions.places) or any(o.start == at for o in mentions.orgs)
    if (
        not _NAME.fullmatch(name)
        or len(name) > _LONGEST_NAME
        or alternation("case_verbal").search(name)
        or name in words("case_generic")
    ):
        return None
    if _COUNTED.match(name) or _COUNT_INSIDE.search(name) or alternation("case_verbs").search(name):
        return None
    if not headed and _is_class(name):
        return None
    # A company that the gazetteer does not have is its own body.
    return Subject(name, False, name if _BODY.fullmatch(name) else "", _region_at(mentions, at))


@functools.cache
def _post_and_name() -> re.Pattern[str]:
    family = alternation("surnames").pattern
    posts = alternation("post_titles").pattern
    return re.compile(rf"(?:{posts}|[硕博]士生|研究生|本科生|学生|同学|选手)(?:{family})[\u4e00-\u9fff]{{1,2}}\Z")


def _is_person(mentions: Mentions, name: str, at: int) -> bool:
    """True for somebody who wins a prize or is elected: no case."""
    end = at + len(name)
    return any(p.start <= at and end <= p.end for p in mentions.people) or _post_and_name().search(name) is not None


def _is_class(name: str) -> bool:
    """True for what names a class, not one thing: ends in 企业 or 案例; a long name of an institution is one thing."""
    if _INSTITUTION.search(name) and len(name) >= _LONG_NAME and not alternation("case_class_heads").match(name):
        return False
    return name.endswith(_GENERIC_ENDS)


def _region_at(mentions: Mentions, at: int) -> str:
    """The region named at a position (浙江, 浙江省), else ""."""
    place = next((p for p in mentions.places if p.start == at), None)
    return _region(place.entry) if place else ""


def _region(entry: Entry) -> str:
    """A region that is told; that of a city is not (杭州市 stands for itself)."""
    return entry.zh if entry.kind == PlaceKind.REGION else ""


def region_told(mentions: Mentions, named: str) -> str:
    """The region of a case: that of its section or of the region that reports, else the one `named` with it. A city
    that reports leaves its own region out."""
    context = mentions.context
    home = context.region
    if not home or (context.section and context.section.region):
        return home or named
    if context.publisher.name.startswith(home[:2]):
        return named or home
    return named if named != home else ""


def region_of(title: str, lexicon: Lexicon) -> str:
    """The region that a title opens with, also in brackets after 中国 (中国（湖南）自由贸易试验区)."""
    opening = re.match(r"中国[（(]", title)
    at = opening.end() if opening else 0
    for hit in lexicon.find(title):
        if hit.start == at and hit.entry.type is EntryType.PLACE:
            return _region(hit.entry)
    # A name such as 上海大学 is one entry; the region in it counts all the same.
    for length in range(min(len(title), 8), 1, -1):
        entry = lexicon.place(title[at : at + length])
        if entry and entry.kind == PlaceKind.REGION and not lexicon.expand_short(title[at : at + length]):
            return entry.zh
    return ""
