"""People with their posts: 局长申长雨, 申长雨局长, 美国专利商标局局长凯蒂·维达尔, and later mentions of a known name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.extract.boundaries import ends_boundary
from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.own_names import OwnNames
from kg.extract.words import alternation, endings, words
from kg.model import Actor, PlaceKind

__all__ = ["PeopleFinder"]

_DOTS = "·•・‧∙"
_FOREIGN = re.compile(
    rf"(?:[A-Z][.．]?|[\u4e00-\u9fff]{{1,8}})(?:[{_DOTS}](?:[A-Z][{_DOTS}])?[\u4e00-\u9fff]{{1,9}}){{1,4}}"
)
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,7}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_JOINT = re.compile(r"[、兼]|兼任")
#: What makes a word no post: 委员会, 常驻代表机构, 代表团, 局长会议.
#: A post before these is part of another word (局长会, 部长级); before 会见 or 处理 it is not.
_NO_POST = re.compile(r"会(?![见晤谈同])|处(?![理于])|制(?![定作])|[团级机室性馆]|论坛|沙龙|信箱|接待日|办公会")
_DOT = re.compile(f"[{_DOTS}]")
#: Particles that stand in no given name.
_PARTICLES = frozenset("的等及均被也还又在于、")
#: Function words that follow names and end none.
_AFTER_NAMES = frozenset("在于将率赴就被由以对从向等的及也还又并")
#: What may stand between a body and a post: the unit or field of the post (条法司司长, 贸易委员).
_FIELD = re.compile(r"[\u4e00-\u9fff]{1,7}\Z")
_FIELD_ABROAD = re.compile(r"(?![和与及同等、的在来访总驻])[\u4e00-\u9fff]{1,10}")
_MINISTRY = re.compile(r"[和与及、](?P<name>(?:[\u4e00-\u9fff]{2,6}[、和与及]){0,3}[\u4e00-\u9fff]{2,8}部)")
_APPOINTED = re.compile(r"(?:同志)?(?:不再担任|被任命为|担任|出任|就任|兼任|当选为?|任(?!务|何|期|职|命|意|免|教|选))")
#: Signs that never stand in transliterated names; a plain run with one of these is no name.
_NO_NAME = re.compile(r"[们人员会议级代表团组局部厅处等该其]")


@dataclass(frozen=True, slots=True)
class _Post:
    """One or more titles in a row (党组书记、局长) at text[start:end]."""

    start: int
    end: int
    titles: tuple[str, ...]


@dataclass(slots=True)
class PeopleFinder:
    """Finds people. Remembers the names of a document with the posts that were stated first."""

    own: OwnNames
    known: dict[str, PersonHit] = field(default_factory=dict)

    def find(self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> tuple[PersonHit, ...]:
        """The people named in `text`, left to right."""
        found = self._with_posts(text, orgs, places)
        if "任" in text or "当选" in text:
            found.extend(self._appointed(text, orgs, places, found))
        for name in [known for known in self.known if known in text]:
            at, told = text.find(name), self.known[name]
            while at >= 0:
                if not any(h.start <= at < h.end for h in found):
                    found.append(PersonHit(at, at + len(name), name, (), told.organisation, told.country, False))
                at = text.find(name, at + len(name))
        apart: list[PersonHit] = []
        for one in sorted(found, key=lambda h: h.start):
            if not apart or one.start >= apart[-1].end:
                apart.append(one)
        return tuple(apart)

    def _with_posts(self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> list[PersonHit]:
        """The people whose posts stand beside their names."""
        found: list[PersonHit] = []
        reached = 0
        for post in _posts(text, orgs):
            if post.start < reached:
                continue
            after = self._after(text, post, orgs, places) or _compatriot(text, post, found, orgs)
            after = _same_body(text, post, after, found)
            hit = after or self._before(text, post, orgs, reached)
            for one in (hit, *_colleagues(text, after, orgs, places), *_other_posts(text, after, orgs)) if hit else ():
                found.append(one)
                reached = max(reached, one.end)
                if one.name not in self.known or (one.organisation and not self.known[one.name].organisation):
                    self.known[one.name] = one
        return found

    def _after(self, text: str, post: _Post, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> PersonHit | None:
        """The name after its post: 局长申长雨."""
        org = next((o for o in orgs if o.end == post.start), None)
        place = next((p for p in places if p.end == post.start), None)
        home = org.country if org else place.entry.zh if place else ""
        name = _name_at(text, post.end, foreign=org is not None or place is not None, han=home in words("han_names"))
        if not name:
            return None
        if org is None and place is None:
            inner = next((o for o in orgs if o.end < post.start and _is_field(text, o.end, post.start)), None)
            if inner:
                titles = (text[inner.end : post.start] + post.titles[0], *post.titles[1:])
                return PersonHit(inner.start, post.end + len(name), name, titles, inner.actor, inner.country)
            place = next((p for p in places if _is_field_abroad(text, p, post.start)), None)
            if place:  # 英国外交大臣戴维·拉米
                titles = (text[place.end : post.start] + post.titles[0], *post.titles[1:])
                return PersonHit(place.start, post.end + len(name), name, titles, None, place.surface)
        start = org.start if org else place.start if place else post.start
        country = org.country if org else place.surface if place else ""
        actor, stated = (org.actor, True) if org else (None, True)
        if org is None and place is None and not (_DOT.search(name) and post.titles[-1] in words("state_posts")):
            actor, stated = self._implied(post)
        return PersonHit(start, post.end + len(name), name, post.titles, actor, country, stated)

    def _appointed(
        self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit], found: list[PersonHit]
    ) -> list[PersonHit]:
        """王某任甲司司长，不再担任乙司副司长: each post of the person named first."""
        more: list[PersonHit] = []
        for match in _APPOINTED.finditer(text):
            stop = min((n for n in (text.find(c, match.end()) for c in "，。；") if n >= 0), default=len(text))
            post = next((p for p in _posts(text[:stop], orgs) if p.start >= match.end()), None)
            name = _name_before(text, match.start(), 0, self.known) or (more[-1].name if more else "")
            if any(p.start <= match.start() - len(name) < p.end for p in places):
                continue
            if post is None or not name or any(h.start < stop and match.end() < h.end for h in found):
                continue
            org = next((o for o in orgs if match.end() <= o.start and o.end == post.start), None)
            actor = org.actor if org else self._implied(post)[0]
            more.append(PersonHit(match.start(), post.end, name, post.titles, actor, org.country if org else ""))
            self.known.setdefault(name, more[-1])
        return more

    def _before(self, text: str, post: _Post, orgs: tuple[OrgHit, ...], reached: int) -> PersonHit | None:
        """The name before its post: 申长雨局长."""
        name = _name_before(text, post.start, reached, self.known)
        if not name:
            return None
        start = post.start - len(name)
        org = next((o for o in orgs if o.end == start), None)
        if org:
            return PersonHit(org.start, post.end, name, post.titles, org.actor, org.country)
        told = self.known.get(name)
        if post.titles == ("代表",) and not (told and "代表" in told.titles):
            return None  # 某某代表双方签字: a verb
        if told and any(t.endswith(post.titles[-1]) for t in told.titles):
            return PersonHit(start, post.end, name, told.titles, told.organisation, told.country, False)
        actor, _ = self._implied(post)
        # 走访某局，与某某局长座谈: the 局长 of the 局 named before.
        head = post.titles[-1].removeprefix("副").removesuffix("长")
        led = [o for o in orgs if o.end <= start and o.surface.endswith(head) and not o.group]
        if actor is None and led and len(head) == 1 and post.titles[-1].endswith("长"):
            return PersonHit(start, post.end, name, post.titles, led[-1].actor, led[-1].country, False)
        return PersonHit(start, post.end, name, post.titles, actor, "", actor is None)

    def _implied(self, post: _Post) -> tuple[Actor | None, bool]:
        """A post without an organisation is one of the reporting body when its kind of body has such a post."""
        state = words("state_posts").get(post.titles[-1])
        if state:  # 张某副总理: of the government, when no country is told
            return Actor(state), False
        actor = self.own.body_of_post(post.titles[-1])
        return (Actor(actor.name, actor.kind, actor.region, True), False) if actor else (None, True)


def _posts(text: str, orgs: tuple[OrgHit, ...]) -> Iterator[_Post]:
    if not endings("post_titles").search(text):
        return
    at = 0
    pattern = alternation("post_titles")
    while match := pattern.search(text, at):
        if any(o.start <= match.start() < o.end for o in orgs):
            # 厅长 in 特许厅长官 belongs to the body's name.
            at = match.start() + 1
            continue
        titles, end = [match.group()], match.end()
        if _NO_POST.match(text, end):
            at = end
            continue
        while (joint := _JOINT.match(text, end)) and (more := pattern.match(text, joint.end())):
            titles.append(more.group())
            end = more.end()
        yield _Post(match.start(), end, tuple(titles))
        at = end


def _is_field(text: str, start: int, end: int) -> bool:
    """True when text[start:end] can be the unit or field of a post right after its body."""
    return (
        end - start <= 7
        and _FIELD.match(text[start:end]) is not None
        and alternation("org_boundaries").search(text, start, end) is None
        and alternation("person_stops").search(text, start, end) is None
        and all(text.startswith("会", m.end()) for m in alternation("post_titles").finditer(text, start, end))
    )


def _compatriot(text: str, post: _Post, found: list[PersonHit], orgs: tuple[OrgHit, ...]) -> PersonHit | None:
    """The second minister of a list, whose ministry has the country of the first: 越南甲部部长某和乙部部长某."""
    first = found[-1] if found else None
    home = first.organisation if first else None
    if first is None or home is None or not first.country or not home.name.startswith(first.country):
        return None
    ministry = _MINISTRY.fullmatch(text, first.end, post.start)
    if ministry is None or any(o.start < post.start and first.end < o.end for o in orgs):
        return None
    name = _name_at(text, post.end, foreign=True, han=first.country in words("han_names"))
    if not name:
        return None
    actor = Actor(first.country + ministry["name"])
    return PersonHit(ministry.start("name"), post.end + len(name), name, post.titles, actor, first.country)


def _same_body(text: str, post: _Post, hit: PersonHit | None, found: list[PersonHit]) -> PersonHit | None:
    """某局局长甲、副局长乙: the deputy is one of the body of the head named before, not of the reporting body."""
    last = found[-1] if found and hit is not None else None
    if hit is None or last is None or last.end != post.start - 1 or text[last.end] not in "、和":
        return hit
    if hit.start != post.start or (last.organisation is None and not last.country) or not last.titles:
        return hit
    head = last.titles[-1].removeprefix("副").removeprefix("助理")
    if hit.organisation is None or post.titles[-1] == f"副{head}":
        return replace(hit, organisation=last.organisation, country=last.country, stated=False)
    return hit


def _other_posts(text: str, hit: PersonHit | None, orgs: tuple[OrgHit, ...]) -> Iterator[PersonHit]:
    """甲局副局长、乙委主任某某: the posts in other bodies that stand before the one beside the name."""
    at = hit.start if hit is not None else 0
    while hit is not None and text[at - 1 : at] in ("、", "兼"):
        org = next((o for o in orgs if at - 14 <= o.end < at - 1), None)
        post = next((p for p in _posts(text[: at - 1], orgs) if org and p.start == org.end), None)
        if org is None or post is None or post.end != at - 1:
            return
        yield PersonHit(org.start, at - 1, hit.name, post.titles, org.actor, org.country)
        at = org.start


def _colleagues(
    text: str, first: PersonHit | None, orgs: tuple[OrgHit, ...], places: list[PlaceHit]
) -> Iterator[PersonHit]:
    """Those who share the post of the first of a list: 副省长甲、乙和丙."""
    if first is None or any(words("post_titles").get(title) == "head" for title in first.titles):
        return  # 局长甲和乙: a body has one head
    end = first.end
    # 、巴西高等法院 is no colleague 巴西高.
    named = {o.start for o in orgs} | {p.start for p in places}
    while text[end : end + 1] in ("、", "和") and end + 1 not in named and (name := _chinese_name(text, end + 1)):
        yield replace(first, start=end + 1, end=end + 1 + len(name), name=name)
        end += 1 + len(name)


def _is_field_abroad(text: str, place: PlaceHit, end: int) -> bool:
    """True when text up to `end` is the field of a minister of a country (新西兰贸易和出口增长部长)."""
    if place.entry.kind != PlaceKind.COUNTRY or not place.end < end <= place.end + 10:
        return False
    field_ = text[place.end : end]
    return _FIELD_ABROAD.fullmatch(field_) is not None and alternation("post_titles").search(field_) is None


def _stop_length(text: str, at: int) -> int:
    stop = alternation("person_stops").match(text, at)
    return len(stop.group()) if stop else 0


def _stops(text: str, at: int) -> bool:
    return (
        at >= len(text)
        or not _HAN.match(text, at)
        or alternation("person_stops").match(text, at) is not None
        or (text[at - 1 : at] not in ("和", "与", "及") and text.startswith(_every_post(), at))
    )


@functools.cache
def _every_post() -> tuple[str, ...]:
    return tuple(words("post_titles"))


def _name_at(text: str, at: int, *, foreign: bool, han: bool) -> str:
    """The name that begins at `at`, or "". `han` tells a country whose names are written in Chinese characters."""
    dotted = _FOREIGN.match(text, at)
    if dotted:
        parts = _DOT.split(dotted.group())
        head = dotted.end() - len(parts[-1])
        size = next((n for n in range(1, len(parts[-1]) + 1) if _stops(text, head + n)), len(parts[-1]))
        foreign_signs = words("transliteration")
        if size > 2:  # 玛丽·凯勒视频会谈: what follows the last sign of a transliteration is no name
            size = next((n for n in range(2, size) if text[head + n] not in foreign_signs), size)
        # A first part that itself holds a stop word is running text, not a name.
        return text[at : head + size] if len(parts[0]) <= 7 else ""
    chinese = _chinese_name(text, at)
    if chinese:
        return chinese
    plain = _PLAIN.match(text, at) if foreign else None
    if plain is None:
        return ""
    size = next((n for n in range(2, len(plain.group()) + 1) if _stops(text, at + n)), 0)
    name = text[at : at + size]
    if han and 2 <= size <= 5 and not _NO_NAME.search(name):
        return name
    return name if size and all(c in words("transliteration") for c in name) else ""


def _chinese_name(text: str, at: int) -> str:
    """A surname with one or two characters, followed by a word or sign that no name goes on with."""
    surnames = words("surnames")
    size = 2 if text[at : at + 2] in surnames else 1
    if text[at : at + size] not in surnames or _stop_length(text, at) > size:
        return ""  # 任命 and 应邀 begin like names; 任 and 于 alone are surnames
    for given in (2, 1):
        end = at + size + given
        name = text[at:end]
        if end > len(text) or not all(_HAN.match(c) for c in name) or _NO_NAME.search(name, size):
            continue
        after = [_stop_length(text, at + size + n) for n in range(given)]
        # 王毅在会上: the last character is a function word; 周向阳: 向 alone after a surname is part of the name.
        if max(after) > 1 or name[size] in _PARTICLES or (given == 2 and name[-1] in _AFTER_NAMES):
            continue
        if _stops(text, end) and not (given == 1 and after[0]):
            return name
    return ""


def _name_before(text: str, end: int, reached: int, known: Mapping[str, PersonHit]) -> str:
    surnames = words("surnames")
    for size in (3, 2, 4):
        start = end - size
        if start < reached or not all(_HAN.match(c) for c in text[start:end]):
            continue
        wide = text[start : start + 2] in surnames if size > 2 else False
        if not (wide or (size < 4 and text[start] in surnames)) or _NO_NAME.search(text, start + 1 + wide, end):
            continue
        before = text[start - 1] if start else ""
        if before.isdigit():  # 200余名代表
            continue
        free = not before or not _HAN.match(before) or _word_ends(text, start)
        if free or text[start:end] in known:
            return text[start:end]
    return ""


def _word_ends(text: str, at: int) -> bool:
    """True when a boundary word or the end of a body's name stands right before `at`."""
    return ends_boundary(text, at) or text[at - 1] in "局部会院署厅组记期月日" or text.endswith(_every_post(), 0, at)
