"""People with their posts: 局长申长雨, 申长雨局长, 美国专利商标局局长凯蒂·维达尔, and later mentions of a known name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from kg.extract.appointments import (
    appointments,
    electing,
    moves,
    named_with,
    part_led,
    posts_from,
    shared_out,
    taken_by,
)
from kg.extract.delegations import for_ministry, led_by
from kg.extract.last_names import LastNames
from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.own_names import OwnNames
from kg.extract.person_names import begins_word, dotted_before, may_begin, name_at, name_before
from kg.extract.person_posts import (
    Body,
    Post,
    body_of,
    colleagues,
    compatriot,
    government,
    has_post,
    is_field,
    is_head,
    posts_apart,
    stem,
    unit_before,
)
from kg.extract.signs import APPOINTING, POST
from kg.extract.words import tuple_of, words
from kg.model import Actor
from kg.model.frozen import Frozen

__all__ = ["PeopleFinder"]

#: Sentences in which known names are looked for at once.
_TOGETHER = 16
#: 甲、乙两位副局长.
_COUNTED = ("两位", "二位", "三位", "四位", "五位")
#: Between two people of one body: 主任甲、高级顾问乙.
_LINK = re.compile(r"(?:、|和|与|及|以及)")
#: One person's posts in two bodies: 甲局副局长、乙委主任某.
_ALSO = re.compile(r"(?:、|兼任|兼)")
#: 各省知识产权局局长、…: posts of many.
_MANY = ("各", "各地", "各位", "有关", "相关", "部分", "多位", "等")
#: Which bodies have such units that are bodies of their own.
_WITH_UNITS = {
    "司": ("部", "委员会", "局", "署", "银行"),
    "庭": ("法院",),
    "办公室": ("部", "委员会", "局", "署", "厅", "法院", "检察院"),
}
_PARENT = re.compile(r".{1,30}(?:部|委员会|局|署|厅|法院)(?=[\u4e00-\u9fff]{1,10}[司庭]\Z)")
#: How units of a body end, and how many signs they have at most.
_UNITS = ("司", "处", "室", "部", "庭", "科", "业务", "中心")
_UNIT = 8
#: Posts that are verbs or classes behind a name (某某代表双方签字).
_NOT_BEHIND = frozenset({"代表", "专家", "记者", "律师", "主管", "经理", "理事", "董事", "常委", "顾问"})


class _Held(Frozen):
    """A post without a name that waits for the name behind the next post."""

    end: int
    titles: tuple[str, ...]
    actor: Actor | None
    country: str
    stated: bool = True


class PeopleFinder(Struct):
    """Finds people. Remembers the names of a document with the posts that were stated first."""

    own: OwnNames
    known: dict[str, PersonHit] = field(default_factory=dict)
    #: Known names that stand in the sentence or near it.
    _near: list[str] = field(default_factory=list)
    _last_names: LastNames = field(default_factory=LastNames)

    def find_all(
        self,
        texts: Sequence[str],
        signs: Sequence[int],
        orgs: Sequence[tuple[OrgHit, ...]],
        places: Sequence[list[PlaceHit]],
    ) -> Iterator[tuple[PersonHit, ...]]:
        """The people named in each sentence, which has `signs`."""
        for n, of in enumerate(zip(texts, signs, orgs, places, strict=True)):
            if n % _TOGETHER == 0:
                near = "\n".join(texts[n : n + _TOGETHER])
                self._near = [name for name in self.known if name[0] in near and name in near]
            yield self.find(*of)

    def find(self, text: str, signs: int, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> tuple[PersonHit, ...]:
        """The people named in `text`, left to right."""
        found = self._with_posts(text, orgs, places) if signs & POST else []
        if signs & APPOINTING:
            found.extend(self._appointed(text, orgs, places, found))
        for name in [name for name in self._near if name in text]:
            at, told = text.find(name), self.known[name]
            while at >= 0:
                if not any(h.start <= at < h.end for h in found):
                    found.append(PersonHit(at, at + len(name), name, (), told.organisation, told.country, False))
                at = text.find(name, at + len(name))
        if lasts := self._last_names.told(text):
            found.extend(self._last_names.find(text, lasts, self.known, found, orgs, places))
        if not found:
            return ()
        apart: list[PersonHit] = []
        for one in sorted(found, key=lambda h: h.start):
            if not apart or one.start >= apart[-1].end:
                led = led_by(text, one, orgs) if one.organisation is None else None
                apart.append(replace(one, organisation=led.actor, country=led.country) if led else one)
        return tuple(for_ministry(apart, orgs, places, self.own.whole))

    def _learn(self, one: PersonHit) -> None:
        """Remembers a person by name."""
        if one.name not in self.known:
            self._near.append(one.name)
            self._last_names.learn(one.name)
        self.known[one.name] = one

    def _with_posts(self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> list[PersonHit]:
        """The people whose posts stand beside their names."""
        found: list[PersonHit] = []
        held: list[_Held] = []
        reached = 0
        for post in posts_apart(text, orgs, places):
            if post.start < reached:
                continue
            after = self._after(text, post, orgs, places, found) or compatriot(text, post, found, orgs)
            if after is None:
                in_row = held if held and _in_row(text, held[-1], post.start) else []
                before = self._bracketed(text, post, orgs, places, reached) or self._before(text, post, orgs, reached)
                kept = None if before else self._kept(text, post, orgs, places)
                held = [*in_row, kept] if kept else []
                several = [*self._before_too(text, before, reached), before] if before else []
            else:
                after = replace(after, more=tuple(_other_posts(text, held, after.start)))
                held = []
                several = [after, *colleagues(text, after, orgs, places)]
            for one in several:
                found.append(one)
                reached = max(reached, one.end)
                if one.name not in self.known or (one.organisation and not self.known[one.name].organisation):
                    self._learn(one)
        return found

    def _after(
        self, text: str, post: Post, orgs: tuple[OrgHit, ...], places: list[PlaceHit], found: list[PersonHit]
    ) -> PersonHit | None:
        """The name after its post: 局长申长雨."""
        if not may_begin(text, post.name) or any(p.start == post.name and p.end > p.start + 1 for p in places):
            return None
        body = body_of(text, post, orgs, places)
        home = (body.country or (body.actor.name if body.actor else "")) if body else ""
        firm = body is not None and not body.field and words("post_titles").get(stem(post.titles[-1])) != "member"
        name = name_at(text, post.name, foreign=body is not None, han=home.startswith(tuple_of("han_names")), firm=firm)
        if not name:
            return None
        end = post.name + len(name)
        if body and body.start >= 0:
            start = body.start if body.stated else post.start
            return PersonHit(start, end, name, body.titles(post), body.actor, body.country, body.stated)
        led = self._led(text, post, orgs, found, foreign="·" in name)
        return PersonHit(led.start, end, name, led.titles(post), led.actor, led.country, led.stated)

    def _led(
        self, text: str, post: Post, orgs: tuple[OrgHit, ...], found: list[PersonHit], *, foreign: bool = False
    ) -> Body:
        """The body of a post that is told without one: that of the colleague before it, that of the report, or one
        that the sentence named and that has such a post."""
        unit = _unit_of(text, post, found) or self._own_unit(text, post, orgs, found[-1].end if found else 0)
        if unit or not begins_word(text, post.start):
            return unit or Body(post.start, None)  # 某某街道主任: a body that is not known
        last = found[-1] if found and _LINK.fullmatch(text, found[-1].end, post.start) else None
        title = post.titles[-1]
        kin = last is not None and last.organisation is not None and bool(last.titles)
        if last and kin and not is_head(title) and stem(last.titles[-1]).endswith(stem(title)):
            return Body(post.start, last.organisation, last.country, "", False)
        before = [o for o in orgs if o.end <= post.start and not o.group and has_post(o, title)]
        actor = self._implied(title)
        if actor and not (foreign and before):
            return Body(post.start, actor, "", "", False)
        if last and kin and title not in words("own_bodies") and not is_head(title):
            return Body(post.start, last.organisation, last.country, "", False)
        if before:
            return Body(post.start, before[-1].actor, before[-1].country, "", False)
        return Body(post.start, None)

    def _implied(self, title: str) -> Actor | None:
        """A post without an organisation is one of the reporting body when its kind of body has such a post."""
        state = words("state_posts").get(title)
        if state:  # 张某副总理: of the government, when no country is told
            return Actor(state)
        actor = self.own.body_of_post(title.removeprefix("原") if len(title) > 3 else title)
        return Actor(actor.name, actor.kind, actor.region, True) if actor else government(self.own.home, title)

    def _own_unit(self, text: str, post: Post, orgs: tuple[OrgHit, ...], low: int) -> Body | None:
        """条法司司长 in a report of a ministry, 民三庭庭长 in one of a court: 司, 庭 and 办公室 are bodies, other units
        are told with the post."""
        start = unit_before(text, post.start, low)
        if start < 0:
            return None
        unit = text[start : post.start]
        publisher = self.own.whole if unit.endswith("司") else self.own.publisher
        if any(unit.endswith(end) and publisher.name.endswith(of) for end, of in _WITH_UNITS.items()):
            return Body(start, replace(publisher, name=publisher.name + unit, implied=False), "", "", False)
        others = {o.actor.name: o for o in orgs if o.end <= start and o.actor.name != publisher.name}
        if len(others) == 1 and unit.endswith("处"):  # 某检察院批捕64人，由公诉处处长某某出庭
            org = next(iter(others.values()))
            return Body(start, org.actor, org.country, unit, False)
        return Body(start, None if others else publisher, "", unit, False)

    def _appointed(
        self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit], found: list[PersonHit]
    ) -> list[PersonHit]:
        """王某任甲司司长，不再担任乙司副司长: each post of the person named first."""
        more: list[PersonHit] = []
        for name, start, end in appointments(text, found, more, self.known):
            stop = min((n for n in (text.find(c, end) for c in "，。；") if n >= 0), default=len(text))
            post = next(posts_from(text[:stop], end, orgs, places), None)
            if any(p.start <= start - len(name) < p.end for p in places):
                continue
            if post is None and (post := taken_by(text, name, start, orgs, found)):
                of = body_of(text, post, orgs, places) or self._led(text, post, orgs, [])
                more.append(PersonHit(start, end, name, of.titles(post), of.actor, of.country))
                continue
            if post is None or any(h.start < stop and end < h.end for h in found):
                continue
            body = body_of(text, post, tuple(o for o in orgs if o.start >= end), [p for p in places if p.start >= end])
            if body is None and (
                part_led(text, end, post.start) or (post.start - end <= _UNIT and is_field(text, end, post.start))
            ):
                body = Body(start, None, "", text[end : post.start])
            if body and body.actor and part_led(text, end, post.start):
                body = Body(start, None)
            elected = body is None or body.actor is None
            elects = electing(text, start - len(name), orgs, text[start:end]) if elected else None
            if elects:
                body = Body(start, elects.actor, elects.country, text[end : post.start] if body else "")
            before = tuple(o for o in orgs if o.end <= start - len(name) and "当选" in text[start:end])
            body = body or self._led(text, post, before, [])
            one = PersonHit(start, post.end, name, body.titles(post), body.actor, body.country)
            for each in (one, *named_with(text, one)):
                more.append(each)
                if each.name not in self.known or (each.organisation and moves(text[start:end])):
                    self._learn(each)
        more.extend(self._shared(text, orgs, places, found))
        return more

    def _shared(
        self, text: str, orgs: tuple[OrgHit, ...], places: list[PlaceHit], found: list[PersonHit]
    ) -> Iterator[PersonHit]:
        """甲、乙分别当选副主席和秘书长: each has one of the posts."""
        for people, end in shared_out(text, found):
            stop = min((n for n in (text.find(c, end) for c in "，。；") if n >= 0), default=len(text))
            told = [replace(p, titles=(t,)) for p in posts_from(text[:stop], end, orgs, places) for t in p.titles]
            if len(told) != len(people):
                continue
            elects = electing(text, people[0].start, orgs, text[people[-1].end : end])
            begin = end
            for person, post in zip(people, told, strict=True):
                body = body_of(text, post, tuple(o for o in orgs if o.start >= end), [])
                field = text[begin : post.start] if begin < post.start <= begin + _UNIT else ""
                if body is None or body.actor is None:
                    body = Body(end, elects.actor if elects else None, elects.country if elects else "", field)
                yield PersonHit(begin, post.end, person.name, body.titles(post), body.actor, body.country)
                link = _LINK.match(text, post.end)
                begin = link.end() if link else post.end

    def _before(self, text: str, post: Post, orgs: tuple[OrgHit, ...], reached: int) -> PersonHit | None:
        """The name before its post: 申长雨局长."""
        if post.titles[0] in _NOT_BEHIND or post.titles[0].startswith("当选"):  # 某某当选会长 tells of an election
            return None
        end = post.start - 2 if text.endswith(_COUNTED, 0, post.start) else post.start
        dotted = dotted_before(text, end, reached)
        name = dotted or name_before(text, end, reached, {o.end for o in orgs}, self.known)
        if not dotted and (family := self._family(text, post, end, reached)):
            one = self.known[family[1]]
            return PersonHit(family[0], post.end, one.name, one.titles, one.organisation, one.country, False)
        if not name:
            return None
        start = end - len(name)
        org = next((o for o in orgs if o.start < start <= o.end), None)
        if org and start < org.end:  # 国务院安委办主任
            return None
        if org:
            return PersonHit(org.start, post.end, name, post.titles, org.actor, org.country)
        told = self.known.get(name)
        if told and any(t.endswith(post.titles[-1]) for t in told.titles):
            return PersonHit(start, post.end, name, told.titles, told.organisation, told.country, False)
        # 走访某局，与某某局长座谈: the 局长 of the 局 named before, when the report's own body has none.
        head = post.titles[-1].removeprefix("副").removesuffix("长")
        led = [o for o in orgs if o.end <= start and o.surface.endswith(head) and not o.group]
        if len(head) != 1 or not post.titles[-1].endswith("长"):
            led = []
        actor = self._implied(post.titles[-1])
        if actor and not (dotted and led):
            return PersonHit(start, post.end, name, post.titles, actor, "", False)
        if led:
            return PersonHit(start, post.end, name, post.titles, led[-1].actor, led[-1].country, False)
        return PersonHit(start, post.end, name, post.titles, None, "", True)

    def _family(self, text: str, post: Post, end: int, reached: int) -> tuple[int, str] | None:
        """Where a known foreigner is named by the last part of the name (维达尔局长), with the whole name."""
        for size in range(2, min(8, end - reached) + 1):
            whole = self._last_names.whole.get(text[end - size : end])
            if whole and any(t.endswith(post.titles[-1]) for t in self.known[whole].titles):
                return end - size, whole
        return None

    def _before_too(self, text: str, last: PersonHit, reached: int) -> Iterator[PersonHit]:
        """Those named before the name of a shared post: 甲、乙副局长出席."""
        if any(is_head(title) for title in last.titles) or not text.startswith(last.name, last.start):
            return
        before: list[PersonHit] = []
        at = last.start
        while text[at - 1 : at] in ("、", "和") and (name := name_before(text, at - 1, reached)):
            at -= 1 + len(name)
            told = self.known.get(name)
            if told is None:
                before.append(replace(last, start=at, end=at + len(name), name=name))
        yield from reversed(before)

    def _bracketed(
        self, text: str, post: Post, orgs: tuple[OrgHit, ...], places: list[PlaceHit], reached: int
    ) -> PersonHit | None:
        """The name before a bracket with the post: 申长雨（局长）."""
        opening = text.rfind("（", max(reached, post.start - 26), post.start)
        if opening < 0 or post.titles[0] in _NOT_BEHIND or not text.startswith("）", post.end):
            return None
        name = dotted_before(text, opening, reached) or name_before(text, opening, reached)
        inside = tuple(o for o in orgs if o.start > opening)
        body = body_of(text, post, inside, [p for p in places if p.start > opening])
        plain = text[opening + 1 : post.start]
        if not name or (plain and (body is None or body.start != opening + 1) and len(plain) > 8):
            return None
        if body is None:
            body = self._led(text, post, (), [])
            body = body if body.start < post.start else replace(body, field=plain)
        return PersonHit(opening - len(name), post.end, name, body.titles(post), body.actor, body.country)

    def _kept(self, text: str, post: Post, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> _Held | None:
        """A post that another one of the same person may follow: 甲局副局长、乙委主任某某."""
        if _ALSO.match(text, post.end) is None:
            return None
        body = body_of(text, post, orgs, places)
        if body is None:
            own = self._led(text, post, (), [])
            return _Held(post.end, post.titles, own.actor, "", False) if own.actor else None
        if text.endswith(_MANY, 0, body.start):
            return None
        return _Held(post.end, body.titles(post), body.actor, body.country)


def _unit_of(text: str, post: Post, found: list[PersonHit]) -> Body | None:
    """The body of the colleague told before, with the unit of this post: 甲局局长某、法务部部长某."""
    last = found[-1] if found else None
    link = _LINK.match(text, last.end) if last else None
    if last is None or link is None or last.organisation is None or not last.titles:
        return None
    unit = text[link.end() : post.start]
    if not 0 < len(unit) <= _UNIT or not unit.endswith(_UNITS) or not is_field(text, link.end(), post.start):
        return None
    actor, whole = last.organisation, _PARENT.match(last.organisation.name)
    if whole:  # 甲部乙司司长某、丙司副司长某
        body = unit if unit.endswith(tuple(_WITH_UNITS)) else ""
        actor, unit = replace(actor, name=whole.group() + body), "" if body else unit
    return Body(link.end(), actor, last.country, unit, False)


def _other_posts(text: str, held: list[_Held], start: int) -> Iterator[tuple[str, Actor | None, str]]:
    """The posts that stand right before the body of a named one."""
    if held and _in_row(text, held[-1], start):
        for one in held:
            yield from ((title, one.actor, one.country) for title in one.titles)


def _in_row(text: str, held: _Held, start: int) -> bool:
    """True when a post at `start` is of the one who holds that before it; its unit may stand between."""
    link = _ALSO.match(text, held.end)
    if link is None or start < link.end():
        return False
    return start == link.end() or (held.stated and start - link.end() <= _UNIT and is_field(text, link.end(), start))
