"""Names of bodies that are more than a head and an ending.

An institute told by 所, a branch in a place, fields that share one ending, a list or a bracket inside a name, a task
force named by its aim. Each rule looks at a bounded stretch beside a name that was found, or starts from a fixed sign.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.boundaries import boundaries, boundary_between, edge_of, ends_boundary
from kg.extract.mentions import OrgHit, PlaceHit, begins
from kg.extract.place_heads import located, places_before
from kg.extract.relative_names import same_level
from kg.extract.words import alternation, tuple_of, words
from kg.lexicon import Entry, EntryType, Lexicon, Suffix
from kg.model import Actor, AgencyKind

__all__ = ["branch_class", "composed", "in_brackets"]

# Asked for time and again: a member costs many times what a name of the module does.
_INSTITUTE_KIND, _MECHANISM = AgencyKind.RESEARCH_INSTITUTE, AgencyKind.MECHANISM

_HAN = "\u4e00-\u9fff"
#: 中国科学院微电子所: 所 at the end of a word, so that 研究人员所做 is none.
_INSTITUTE = re.compile(
    rf"(?P<joint>[、和与及])?(?P<name>[{_HAN}]{{2,8}}?所)(?=[、，。；：）（和与及以等]|\Z|(?P<next>[{_HAN}]))"
)
#: 中国贸促会陕西省分会, 某仲裁委员会上海分会.
_BRANCH = re.compile(rf"[{_HAN}]{{0,6}}?(?:{alternation('branch_endings').pattern})(?!会议|大会)")
_DEPARTMENT = re.compile(rf"[、和与及](?P<name>[{_HAN}]{{2,11}}?司)(?![长机令法])")
#: Kinds of which each level of government has one.
_LEVEL_KINDS = frozenset(
    {AgencyKind.GOVERNMENT, AgencyKind.PARTY_BODY, AgencyKind.COURT, AgencyKind.PROCURATORATE, AgencyKind.IP_OFFICE}
)
_WITH_BRANCHES = frozenset(
    {
        AgencyKind.ASSOCIATION,
        AgencyKind.OTHER,
        _INSTITUTE_KIND,
        AgencyKind.INTERNATIONAL_ORG,
        AgencyKind.UNIVERSITY,
    }
)
#: A class of branches: …指导中心地方分中心4家.
_BRANCHES = re.compile(r"(?:地方|区域|各地)?(?:分中心|分会|分支机构|工作站)")
_COUNT_AFTER = re.compile(r"等?(?:达|共|总数|数量)?\d|[（(]\d")
_COUNT_BEFORE = re.compile(
    r"(?:\d[余多]?(?:家|个|所)|首批|第[一二三四五六七八九十]+批|多[家个]|一批|各)[\u4e00-\u9fff]{0,12}\Z"
)
_LEVELS = ("省", "市", "自治区", "区", "县", "兵团", "国家", "全国")
_ITEM = re.compile(rf"[A-Za-z0-9{_HAN}]{{2,10}}")
#: 某指导中心地方分中心: a class, of which a place or a region has one.
_LOCAL_BRANCH = re.compile(r"(?:地方|区域)分(?:中心|会|院)\Z")
_BRACKET = re.compile(rf"中国[（(](?P<place>[{_HAN}]{{2,10}})[）)](?=[{_HAN}])")
#: 马克斯·普朗克创新与竞争研究所, 乔治·华盛顿大学: names that begin with a foreign person's.
_PERSONAL = re.compile(rf"[{_HAN}]{{1,6}}(?:[·•・][{_HAN}]{{0,8}}){{1,3}}[与和]?\Z")
_NAMED_AFTER = frozenset({_INSTITUTE_KIND, AgencyKind.UNIVERSITY})
#: 内政部民防与危机管理总局, not 内政部代表与某局.
_JOINT_BUREAU = re.compile(
    r"(?![^局署厅与和]{0,4}(?:代表|官员|专家|人员|领导|表示|愿|将)[^与和]{0,2}[与和])(?:[^\W部局委厅署院会司处室方与和及]{2,6})(?P<and>[与和])"
    r"(?!国家|中国|全国)[^\W部局委厅署院会司处室方与和及]{2,8}(?:总局|总署|局|署)(?![长面势])"
)
_AROUND = 40


def composed(
    text: str, hits: Sequence[OrgHit], places: list[PlaceHit], lexicon: Lexicon, region: str
) -> Iterator[OrgHit]:
    """The hits (in order, none overlapping), with those that are a part of a longer name put right. `region` is that
    of the section."""
    starts = {p.start: p for p in places}
    done = 0
    for n, hit in enumerate(hits):
        if hit.start < done:
            continue
        if hit.group or hit.actor.implied:
            yield hit
            continue
        end = hits[n + 1].start if n + 1 < len(hits) else len(text)
        if hit.kind is _INSTITUTE_KIND and hit.surface.endswith("院"):
            institutes = list(_institutes(text, hit, end))
            if institutes:
                yield from institutes
                continue
        if hit.surface.endswith("司") and hit.entry is None:
            yield from _departments(text, hit, end, lexicon)
            continue
        place = starts.get(hit.start)
        if place is not None and hit.kind in _LEVEL_KINDS and text[hit.end : hit.end + 1] in ("、", "和", "与"):
            level = next((word for word in _LEVELS[:3] if place.entry.zh.endswith(word)), "")
            if level and place.surface.endswith(level):
                more = [h for h in same_level(text, hit.end, level, place.entry.zh, lexicon) if h.start < end]
                yield hit
                yield from more
                done = more[-1].end if more else 0
                continue
        branch = _branch(text, hit, starts, lexicon) if hit.end in starts else None
        if branch is not None and branch.end <= end:
            yield branch
            continue
        local = _LOCAL_BRANCH.search(hit.surface) if "分" in hit.surface else None
        if local is not None:
            yield from _local_branches(text, hit, local.start(), places, lexicon, region)
            continue
        if hit.entry is not None:
            yield hit
            continue
        if hit.country not in ("", "中国") and hit.surface.endswith("部") and (unit := _bureau(text, hit, end, places)):
            yield unit
            continue
        low = hits[n - 1].end if n else 0
        yield from _shared_ending(text, _whole(text, hit, places, low, lexicon, region), low, places)


def _institutes(text: str, hit: OrgHit, end: int) -> Iterator[OrgHit]:
    """中国科学院计算所、自动化所: the institutes of an academy, each told by 所."""
    at = hit.end
    while (match := _INSTITUTE.match(text, at, end)) and bool(match["joint"]) == (at > hit.end):
        name = match["name"]
        if name[:-1].endswith(tuple_of("no_institutes")) or boundary_between(text, match.start("name"), match.end()):
            return
        if match["next"] and (text[match.end()] in "在有" or not boundaries().match(text, match.end())):
            return
        start = hit.start if at == hit.end else match.start("name")
        whole = hit.surface + name
        full = whole if name.endswith("研究所") else whole[:-1] + "研究所"
        yield _grown(text, hit, start, match.end(), whole, (full,))
        at = match.end()


def _departments(text: str, hit: OrgHit, end: int, lexicon: Lexicon) -> Iterator[OrgHit]:
    """商务部条法司、世贸司: departments of one ministry."""
    yield hit
    whole = next((hit.surface[:n] for n in range(len(hit.surface) - 2, 2, -1) if lexicon.get(hit.surface[:n])), "")
    at = hit.end
    while whole and (match := _DEPARTMENT.match(text, at, end)):
        inner = re.search("[与和]", match["name"])  # 职业教育与成人教育司
        begin, stop = match.start("name"), match.start("name") + inner.start() if inner else match.end()
        if boundary_between(text, begin, stop) or match["name"].endswith("公司"):
            return
        if inner and boundary_between(text, stop + 1, match.end()):
            return
        yield _grown(text, hit, match.start("name"), match.end(), whole + match["name"])
        at = match.end()


def _bureau(text: str, hit: OrgHit, end: int, places: list[PlaceHit]) -> OrgHit | None:
    """法国内政部民防与危机管理总局: the bureau of a ministry abroad, with two fields in its name; not 内政部官员与某局."""
    match = _JOINT_BUREAU.match(text, hit.end, end)
    if match is None or boundary_between(text, hit.end, match.start("and")) or begins(places, *match.span()):
        return None
    return replace(_grown(text, hit, hit.start, match.end()), kind=AgencyKind.GOVERNMENT)


def _grown(text: str, hit: OrgHit, start: int, end: int, name: str = "", aliases: tuple[str, ...] = ()) -> OrgHit:
    """A longer name in place of the hit; it is in no gazetteer."""
    surface = text[start:end]
    actor = Actor(name or surface, region=hit.actor.region)
    return replace(hit, start=start, end=end, surface=surface, actor=actor, entry=None, aliases=aliases)


def _branch(text: str, hit: OrgHit, starts: dict[int, PlaceHit], lexicon: Lexicon) -> OrgHit | None:
    """The branch of a body in the place that follows its name, None when there is none."""
    place = starts[hit.end]
    if hit.kind not in _WITH_BRANCHES:
        return None
    match = _BRANCH.match(text, place.end)
    if match is None or boundary_between(text, place.end, match.end()):
        return None
    grown = _grown(text, hit, hit.start, match.end())
    country, region = located(place, lexicon)
    return replace(grown, country=country, region=region)


def _local_branches(
    text: str, hit: OrgHit, length: int, places: list[PlaceHit], lexicon: Lexicon, region: str
) -> Iterator[OrgHit]:
    """甲市、乙市获批建设某中心地方分中心: one of each place; one of the region of the section; else the body alone."""
    verbs = _got().search(text[max(0, hit.start - 12) : hit.start])
    found = places_before(text, hit.start - len(verbs.group()), places) if verbs else []
    for place in found:
        of = lexicon.region_of(place.entry)
        actor = Actor(place.surface + hit.surface)
        yield replace(
            hit, start=place.start, end=place.end, surface=place.surface, actor=actor, region=of.zh if of else ""
        )
    entry = lexicon.get(hit.surface[:length])
    if region and not found:
        yield replace(hit, region=region, actor=replace(hit.actor, region=region))
    elif entry is not None and entry.type is EntryType.AGENCY:
        country = lexicon.by_key(entry.country)
        end, name = hit.start + length, hit.surface[:length]
        yield OrgHit(hit.start, end, name, Actor(name), AgencyKind(entry.kind), entry, country.zh if country else "")


@functools.cache
def _got() -> re.Pattern[str]:
    """获批建设, 先后设立 between the places that get something and its name."""
    verbs = alternation("founding_verbs", "granted_verbs").pattern
    return re.compile(rf"(?:成功|先后|分别|双双|均|也|新|已){{0,2}}(?:{verbs}){{1,2}}\Z")


def _whole(text: str, hit: OrgHit, places: list[PlaceHit], low: int, lexicon: Lexicon, region: str) -> OrgHit:
    """The hit with the aim, the list or the foreign name that stands before it and belongs to it."""
    start = hit.start
    before = text[max(low, start - _AROUND) : start]
    if hit.kind is _MECHANISM and (aim := _aim().search(before)):
        at = start - len(aim.group())
        head = _head(text, at, places, low)
        if head is not None or _founded().search(text[max(low, at - 5) : at]):
            return _headed(text, hit, at if head is None else head, places, lexicon, region)
    if before[-1:] in ("、", "和", "与", "及") and (listed := _fields().search(before)):
        head = _head(text, start - len(listed.group()), places, low)
        if head is not None:
            return _headed(text, hit, head, places, lexicon, region)
    joined = hit.kind in _NAMED_AFTER and before[-1:] in tuple("与和·•・")
    person = _PERSONAL.search(before) if joined else None
    if person:
        at = start - len(person.group())
        dot = re.compile("[·•・]").search(text, at)
        return _grown(text, hit, edge_of(text, at, dot.start() if dot else start, places), hit.end)
    return hit


def _headed(text: str, hit: OrgHit, start: int, places: list[PlaceHit], lexicon: Lexicon, region: str) -> OrgHit:
    """The longer name with the region it begins with; 省 and 自治区 are those of the section."""
    grown = _grown(text, hit, start, hit.end)
    place = next((p for p in places if p.start == start), None)
    if place is not None:
        country, home = located(place, lexicon)
        return replace(grown, country=country, region=home)
    level = next((word for word in _LEVELS[:4] if text.startswith(word, start)), "")
    if not level or not region:
        return grown
    full = region + grown.surface.removeprefix(level)
    return replace(grown, region=region, actor=Actor(grown.surface, region=region), aliases=(full,))


@functools.cache
def _aim() -> re.Pattern[str]:
    """推进 before the name of a task force."""
    return re.compile(rf"(?:加快|统筹|深入|全面)?(?:{alternation('aim_verbs').pattern})\Z")


@functools.cache
def _founded() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('founding_verbs').pattern})了?\Z")


@functools.cache
def _listed() -> re.Pattern[str]:
    """成立甲、乙、: fields before the last one of a list."""
    verbs = alternation("founding_verbs").pattern
    items = rf"(?:{_ITEM.pattern}、){{1,12}}(?:{_ITEM.pattern}[和与及])?"
    return re.compile(rf".*(?:{verbs})了?(?P<items>{items})\Z")


@functools.cache
def _fields() -> re.Pattern[str]:
    """知识产权、质量和: fields that the name of a body lists, before the last of them."""
    return re.compile(rf"(?:(?:{alternation('ministry_fields').pattern})(?:管理|监督管理)?[、和与及]){{1,4}}\Z")


def _head(text: str, at: int, places: Sequence[PlaceHit], low: int) -> int | None:
    """Where a place or a level of government (省, 自治区) that ends at `at` begins, None when there is none."""
    place = next((p for p in places if p.end == at and p.start >= low), None)
    if place is not None:
        return place.start
    level = next((word for word in _LEVELS if text.endswith(word, low, at)), "")
    begin = at - len(level)
    if not level:
        return None
    free = begin == low or not "\u4e00" <= text[begin - 1] <= "\u9fff" or ends_boundary(text, begin)
    return begin if free else None


def _shared_ending(text: str, hit: OrgHit, low: int, places: Sequence[PlaceHit]) -> Iterator[OrgHit]:
    """成立甲、乙、丙知识产权专业委员会: three bodies, when 丙 ends where the shared words begin."""
    match = None
    if text[hit.start - 1 : hit.start] in ("、", "和", "与", "及"):
        match = _listed().search(text[max(low, hit.start - 2 * _AROUND) : hit.start])
    tail = _tail(hit.surface) if match else ""
    if match is not None and tail:
        at = hit.start - len(match["items"])
        items = _ITEM.findall(re.sub(r"[和与及]\Z", "、", match["items"]).replace("、", " "))
        if not any(at <= p.start < hit.start for p in places) and not any(_tail(item, 0) for item in items):
            for item in items:
                begin = text.index(item, at)
                at = begin + len(item)
                yield replace(hit, start=begin, end=at, surface=item, actor=Actor(item + tail), aliases=())
    yield hit


def _tail(name: str, shortest: int = 2) -> str:
    """The words at the end of a name that a list of fields may share: 知识产权…, else the ending (专业委员会)."""
    if not name.endswith(tuple(word for word, value in words("shared_endings").items() if value)):
        return ""
    match = alternation("shared_endings").search(name, shortest)
    return name[match.start() :] if match else ""


def in_brackets(text: str, ending: re.Pattern[str], suffixes: dict[str, Suffix], lexicon: Lexicon) -> Iterator[OrgHit]:
    """中国（烟台）知识产权保护中心: a body with the place in brackets. `ending` finds the
    endings of names, `suffixes` says what they are."""
    for match in _BRACKET.finditer(text):
        place = _place_of(match["place"], lexicon)
        last = None
        for found in ending.finditer(text, match.end(), min(len(text), match.end() + _AROUND)):
            if boundary_between(text, match.end(), found.start()):
                break
            last = found
        if last is None:
            continue
        name, region = text[match.start() : last.end()], lexicon.region_of(place) if place else None
        yield OrgHit(
            match.start(),
            last.end(),
            name,
            Actor(name),
            suffixes[last.group()].kind,
            None,
            "",
            region.zh if region else "",
        )


def _place_of(words_: str, lexicon: Lexicon) -> Entry | None:
    """The place in brackets: 佛山, 义乌 for 义乌市, 中山灯饰."""
    fronts = (words_[:size] for size in range(len(words_), 1, -1))
    return next((place for front in fronts if (place := lexicon.place(front) or lexicon.place(front + "市"))), None)


def branch_class(text: str, start: int, end: int) -> bool:
    """True when a class of branches follows the name at text[start:end] (…中心地方分中心4家): the name stands alone."""
    branches = _BRANCHES.match(text, end)
    if branches is None:
        return False
    return bool(_COUNT_AFTER.match(text, branches.end()) or _COUNT_BEFORE.search(text[max(0, start - 20) : start]))
