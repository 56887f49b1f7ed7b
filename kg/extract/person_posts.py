"""Posts: which titles stand at a place (党组书记、局长), and whose they are (the body, its unit, the country before)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from msgspec.structs import replace

from kg.extract.boundaries import boundary_between
from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.person_names import begins_word, chinese_name, name_at, name_before
from kg.extract.words import alternation, any_of, words
from kg.model import Actor, AgencyKind, PlaceKind
from kg.model.frozen import Frozen

__all__ = [
    "Body",
    "Post",
    "body_of",
    "colleagues",
    "compatriot",
    "government",
    "has_post",
    "is_field",
    "is_head",
    "posts",
    "posts_apart",
    "stem",
    "unit_before",
]

_JOINT = re.compile(r"(?:、|兼任|兼)")
#: A post before these is part of another word (局长会, 部长级); before 会见 or 处理 it is not.
_MINISTRY_OF = re.compile(r"[和与及、](?P<name>(?:[\u4e00-\u9fff]{2,6}[、和与及]){0,3}[\u4e00-\u9fff]{2,8}部)")
_NO_POST = re.compile(
    r"会(?![见晤谈同])|处(?![理于])|制(?![定作])|[团级机室性组站证馆]|论坛|沙龙|信箱|接待日|办公会|工作[站室]|"
    r"事务所|(?<=律师)[费函]|(?<=专家)库|(?<=记者)问|协会|资格"
)
#: 首席知识产权官, 首席经济学家: what stands between says the field.
_CHIEF = re.compile(r"首席[\u4e00-\u9fff]{1,8}?(?:官|家|师|员)")
#: Said of the time, not part of the post.
_WHEN = re.compile(r"时任|现任|新任|新当选|继任")
_SINCE = re.compile(r"时任|现任|新任|原")
#: 张某（副局长）, 司长（兼）张某, 谈判代表（正部长级）张某.
_NOTE = re.compile(r"（[\u4e00-\u9fff]{1,6}）")
#: 甲联盟委员会农业和渔业委员: the two fields of a post in a body of several countries or of another one.
_FIELDS_ABROAD = re.compile(r"(?![和与及同等、的])[\u4e00-\u9fff]{2,6}[和与及、][\u4e00-\u9fff]{2,6}")
#: What may stand between a body and a post: the unit or field of the post (条法司司长, 贸易委员).
_FIELD = re.compile(r"[\u4e00-\u9fff]{1,10}\Z")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,8}[与和及、][\u4e00-\u9fff]{1,8}(?:[司处室部局厅院科所]|中心)")
_FIELD_ABROAD = re.compile(r"(?![和与及同等、的在来访总驻])[\u4e00-\u9fff]{1,10}")
#: 泰国工业、科学与技术部部长: the ministry of a country, with fields in a row.
_MINISTRY_ABROAD = re.compile(
    r"(?![和与及同等、的在来访总驻])[\u4e00-\u9fff]{2,8}(?:[、与和][\u4e00-\u9fff]{2,8}){0,3}[部院署厅局]"
)
#: 与该局局长座谈; ，公司董事长某某.
_THAT = re.compile(r"该([局行校院部署厅会所馆司]|公司|中心|组织|大学)\Z")
_SHORT = re.compile(r"(公司|集团|协会|学会|研究会|学院|学校|医院|中心|研究院|研究所|银行|法院|联盟)\Z")
#: A part of a body that is told with the post: 某某公司法务部 in 某某公司法务部部长. 司, 庭 and 办公室 are bodies of their
#: own.
_PART = re.compile(
    r"(?P<body>[^，。；]{2,40}(?:[局厅署会院行社所]|公司|集团|中心|大学|代表处|办事处|机构|联盟|组织))"
    r"(?P<unit>(?:审判|检察)委员会|[\u4e00-\u9fff]{1,8}(?<!代表|办事|秘书|办公)(?:处|室|科|(?<![总分支])部|事业群|小组))"
)
_BRACKET = 26


class Post(Frozen):
    """One or more titles in a row (党组书记、局长) at text[start:end]; the name may begin at `name`."""

    start: int
    end: int
    name: int
    titles: tuple[str, ...]


class Body(Frozen):
    """Whose post it is: a body or a country whose name begins at `start`; `field` is told with the title."""

    start: int
    actor: Actor | None
    country: str = ""
    field: str = ""
    stated: bool = True

    def titles(self, post: Post) -> tuple[str, ...]:
        """The titles of a post, the first with its field."""
        return (self.field + post.titles[0], *post.titles[1:]) if self.field else post.titles


@functools.cache
def _prefixes() -> tuple[str, ...]:
    return tuple(sorted(words("post_prefixes"), key=lambda w: (-len(w), w)))


def posts(text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Iterator[Post]:
    """The posts that a sentence names, left to right, those in a row as one."""
    chief = "首席" in text
    at = 0
    pattern = alternation("post_titles")
    while match := _next(text, at, pattern, chief):
        start = match.start()
        inside = next((o for o in orgs if o.start <= start < o.end), None)
        if inside:
            # 部长 in 某国农业部长 shares its first sign with the body; 厅长 in 特许厅长官 belongs to the body's name.
            if match.group()[1:] == "长" and inside.end == start + 1 and not text.startswith("官", match.end()):
                yield Post(inside.end, match.end(), match.end(), (match.group(),))
            at = start + 1
            continue
        end = _helped(text, match.end())
        if _NO_POST.match(text, end):
            at = end
            continue
        begin = start
        if text.endswith(_prefixes(), at, start):
            named = [o.end for o in orgs if o.end <= start] + [p.end for p in places if p.start < start]
            begin = _from(text, start, max([at, *named]))
        titles = [_WHEN.sub("", text[begin:end])]
        while (joint := _JOINT.match(text, end)) and (more := _title_at(text, joint.end(), pattern)):
            titles.append(text[joint.end() : more])
            end = more
        note = _NOTE.match(text, end)
        yield Post(begin, end, note.end() if note else end, tuple(titles))
        at = end


def posts_apart(text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Iterator[Post]:
    """The posts that a sentence names; 甲局长、副局长乙 are the posts of two people."""
    for post in posts(text, orgs, places):
        if len(post.titles) > 1 and name_before(text, post.start, 0, {o.end for o in orgs}):
            first = post.start + len(post.titles[0])
            if text.startswith(post.titles[0], post.start):
                yield Post(post.start, first, first, post.titles[:1])
                yield replace(post, start=first + 1, titles=post.titles[1:])
                continue
        yield post


def _next(text: str, at: int, pattern: re.Pattern[str], chief: bool) -> re.Match[str] | None:
    """The next title at or after `at`."""
    match = pattern.search(text, at)
    higher = _CHIEF.search(text, at) if chief else None
    return higher if higher and (match is None or higher.start() <= match.start()) else match


def _helped(text: str, end: int) -> int:
    """The end of a title with 助理 behind it (行长助理)."""
    return end + 2 if text.startswith("助理", end) else end


def _from(text: str, start: int, low: int) -> int:
    """Where the words before a title begin that belong to it: 常务副, 代理, 名誉."""
    if not text.endswith(_prefixes(), low, start):
        return start
    run = _prefix_run().search(text, max(low, start - 12), start)
    begin = run.start() if run else start
    return begin + 1 if text[max(0, begin - 1) : begin + 1] in _NO_PREFIX else begin


@functools.cache
def _prefix_run() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(_prefixes())}){{1,3}}\\Z")


_NO_PREFIX = frozenset(
    {"目前", "此前", "以前", "日前", "之前", "当前", "中原", "平原", "高原", "时代", "年代", "现代", "当代"}
)


def _title_at(text: str, at: int, pattern: re.Pattern[str]) -> int:
    """Where the title ends that begins at `at`, words before it included, or 0."""
    for _ in range(3):
        if chief := _CHIEF.match(text, at):
            return chief.end()
        if title := pattern.match(text, at):
            end = _helped(text, title.end())
            return 0 if _NO_POST.match(text, end) else end
        before = next((p for p in _prefixes() if text.startswith(p, at)), "")
        if not before:
            return 0
        at += len(before)
    return 0


@functools.lru_cache(maxsize=1024)
def stem(title: str) -> str:
    """The title without the words before it: 局长 of 常务副局长."""
    while before := next((p for p in _prefixes() if title.startswith(p) and len(title) > len(p) + 1), ""):
        title = title[len(before) :]
    return title


def is_head(title: str) -> bool:
    """True for a post that a body has once."""
    if "副" in title or title.endswith("助理"):
        return False
    told = words("post_titles")
    rank = told.get(title) or told.get(stem(title), "")
    return rank == "head" or (not rank and title.startswith("首席"))


def body_of(text: str, post: Post, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Body | None:
    """The body or country that stands before a post, with what stands between; None when there is none."""
    end = post.start
    org = next((o for o in orgs if o.end == end), None) or _before_bracket(text, end, orgs)
    if org:
        unit = _PART.fullmatch(org.actor.name) if org.entry is None else None
        if unit and org.surface.endswith(unit["unit"]):
            return Body(org.start, replace(org.actor, name=unit["body"]), org.country, unit["unit"])
        return _owner(text, org.start, end, orgs, places) or Body(org.start, org.actor, org.country)
    place = next((p for p in places if p.end == end), None)
    if place:
        owner = _owner(text, place.start, end, orgs, places)
        governed = government(place.entry.zh, post.titles[0]) if place.entry.kind != PlaceKind.COUNTRY else None
        return owner or Body(place.start, governed, "" if governed else place.surface)
    before = [o for o in orgs if o.end < end]
    if before and (is_field(text, before[-1].end, end) or _fields_abroad(text, before[-1], end)):
        last = before[-1]
        return Body(last.start, last.actor, last.country, text[last.end : end])
    that = _THAT.search(text, max(0, end - 4), end) or _SHORT.search(text, max(0, end - 3), end)
    if that and (text[that.start()] == "该" or begins_word(text, that.start())):
        ending = {"校": "大学", "公司": "公司"}.get(that[1], that[1])
        led = [o for o in before if o.surface.endswith(ending) or o.actor.name.endswith(ending)]
        if led or text[that.start()] == "该":
            return Body(that.start(), led[-1].actor, led[-1].country, "", False) if led else None
    place = next((p for p in places if _is_field_abroad(text, p, end)), None)
    return _abroad(text, place, post) if place else None


def government(region: str, title: str) -> Actor | None:
    """The government of a region that a post leads: 副市长 of 上海市."""
    post = stem(title)
    if region and (post == f"{region[-1]}长" or (post == "主席" and region.endswith("自治区"))):
        return Actor(f"{region}人民政府")
    return None


def has_post(org: OrgHit, title: str) -> bool:
    """True when such a body has such a post: 校长 of a 大学."""
    heads = next((h for e, h in words("own_posts").items() if org.actor.name.endswith(e)), "")
    return stem(title) in heads.split("|")


def unit_before(text: str, end: int, low: int) -> int:
    """Where a unit begins, at `low` or later, that stands before a post with no body (条法司司长), or -1."""
    if text[end - 1 : end] not in ("司", "庭", "处", "室", "科", "部") or text.endswith("公司", 0, end):
        return -1
    for start in range(max(low, end - 10, text.rfind("、", low, end) + 1), end - 1):
        if begins_word(text, start) and is_field(text, start, end):
            when = _SINCE.match(text, start)
            return when.end() if when and when.end() < end - 1 else start
    return -1


def _before_bracket(text: str, end: int, orgs: tuple[OrgHit, ...]) -> OrgHit | None:
    """The body before a bracket with its short name: 某某中心（以下简称某中心）主任."""
    if text[end - 1 : end] != "）":
        return None
    opening = text.rfind("（", max(0, end - _BRACKET), end)
    return next((o for o in orgs if opening > 0 and (o.end == opening or o.end == end)), None)


def _owner(text: str, start: int, end: int, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Body | None:
    """Who sent somebody to what stands at text[start:end] (瑞士驻成都总领事), None without 驻 before it."""
    if start == 0 or text[start - 1] != "驻":
        return None
    field = text[start - 1 : end]
    org = next((o for o in orgs if o.end == start - 1), None)
    if org:
        return Body(org.start, org.actor, org.country, field)
    place = next((p for p in places if p.end == start - 1), None)
    return Body(place.start, None, place.surface, field) if place else Body(start - 1, None, "", field)


def _abroad(text: str, place: PlaceHit, post: Post) -> Body:
    """The post of somebody of a country: of its ministry when the words before name it, else with its field."""
    field = text[place.end : post.start]
    head = stem(post.titles[0]).removesuffix("长")
    country = "" if place.entry.zh == "中国" else place.surface
    if (len(head) == 1 and field.endswith(head) and len(field) > 2) or _MINISTRY_ABROAD.fullmatch(field):
        return Body(place.start, Actor(place.surface + field), country)
    return Body(place.start, None, place.surface, field)


def is_field(text: str, start: int, end: int) -> bool:
    """True when text[start:end] can be the unit or field of a post right after its body."""
    if end - start > 17 or end <= start:
        return False
    if _stopping(text, start, end):
        return False
    if _FIELD.match(text[start:end]) and not boundary_between(text, start, end):
        return True
    return _UNIT.fullmatch(text, start, end) is not None and text[start] not in "和与及、"


def _stopping(text: str, start: int, end: int) -> bool:
    """True when a word stands there that ends a name, or a post."""
    found = any(not text.startswith("会", m.end()) for m in alternation("post_titles").finditer(text, start, end))
    return found or _no_field().search(text, start, end) is not None


def _fields_abroad(text: str, org: OrgHit, end: int) -> bool:
    """True when text up to `end` is two fields of a post in a body that is not one of ours."""
    abroad = org.kind is AgencyKind.INTERNATIONAL_ORG or org.country not in ("", "中国")
    fields = _FIELDS_ABROAD.fullmatch(text, org.end, end) if abroad and end - org.end <= 13 else None
    return fields is not None and not _stopping(text, org.end, end)


#: Signs that end names and yet stand in units: 国际合作与交流司, 对外投资司, 研究所.
_IN_UNITS = frozenset("和与及、作对所以为向来至")


@functools.cache
def _no_field() -> re.Pattern[str]:
    """The words that no unit has in its name; verbs such as 宣传 and 指导 stand in some."""
    stops = (w for w, kind in words("person_stops").items() if kind != "verb" and w not in _IN_UNITS)
    return re.compile("|".join(re.escape(w) for w in stops))


def _is_field_abroad(text: str, place: PlaceHit, end: int) -> bool:
    """True when text up to `end` is the field of a minister of a country (新西兰贸易和出口增长部长)."""
    if place.entry.kind != PlaceKind.COUNTRY or not place.end < end <= place.end + 20:
        return False
    field = text[place.end : end]
    short = _FIELD_ABROAD.fullmatch(field) or _MINISTRY_ABROAD.fullmatch(field)
    if short is None or alternation("post_titles").search(field):
        return False
    return all(len(m.group()) == 1 for m in alternation("org_boundaries").finditer(field))  # 韩国开展审查员交流


def compatriot(text: str, post: Post, found: list[PersonHit], orgs: tuple[OrgHit, ...]) -> PersonHit | None:
    """The second minister of a list, whose ministry has the country of the first: 越南甲部部长某和乙部部长某."""
    first = found[-1] if found else None
    home = first.organisation if first else None
    if first is None or home is None or not first.country or not home.name.startswith(first.country):
        return None
    ministry = _MINISTRY_OF.fullmatch(text, first.end, post.start)
    if ministry is None or any(o.start < post.start and first.end < o.end for o in orgs):
        return None
    name = name_at(text, post.end, foreign=True, han=first.country in words("han_names"))
    if not name:
        return None
    actor = Actor(first.country + ministry["name"])
    return PersonHit(ministry.start("name"), post.end + len(name), name, post.titles, actor, first.country)


def colleagues(text: str, first: PersonHit, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Iterator[PersonHit]:
    """Those who share the post of the first of a list: 副省长甲、乙和丙."""
    if any(is_head(title) for title in first.titles):
        return  # 局长甲和乙: a body has one head
    end = first.end
    # 、巴西高等法院 is no colleague 巴西高.
    named = {o.start for o in orgs} | {p.start for p in places}
    while text[end : end + 1] in ("、", "和") and end + 1 not in named and (name := chinese_name(text, end + 1)):
        yield replace(first, start=end + 1, end=end + 1 + len(name), name=name, more=())
        end += 1 + len(name)
