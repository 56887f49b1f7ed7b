"""Who is appointed or elected to a post: 某某任甲司司长, 任命某某为副局长, 某某等3人当选."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from kg.extract.mentions import OrgHit, PersonHit, PlaceHit
from kg.extract.person_names import chinese_name, name_before
from kg.extract.person_posts import Post, posts

__all__ = ["appointments", "electing", "moves", "named_with", "part_led", "posts_from", "shared_out", "taken_by"]

_IS_MADE = "不再[担兼]任|[调转改升]任|被任命为|获任为?|受聘为?|担任|出任|就任|接任|继任|连任|兼任|当选为?|任(?!务|何|期|职|命|意|免|教|选)"
_APPOINTED = re.compile(f"(?:同志|此后|随后|其后|现|还)(?:{_IS_MADE})|{_IS_MADE}")
#: A post that takes the place of the one held before; 兼任 and 当选 leave it.
_MOVES = re.compile(r"[调转改升]任|出任|就任|接任|继任|任命")
#: 任命某某为副局长, 免去某某副局长职务: the name stands behind the verb.
_MADE = re.compile(r"(?:任命|聘任|聘请|特聘|聘|选举|推选|增补|补选|增选|免去)")
_AS = re.compile(r"(?:同志|教授|研究员|院士|先生|女士)?(?:为|担任|任|的)?")
_AND_OTHERS = re.compile(r"等[\d一二两三四五六七八九十]{1,3}[人位]\Z")
#: ，并兼任: goes on about the one appointed before.
_SAME_ONE = re.compile(r"[，；、][^，；、。]{0,4}\Z")

#: 甲、乙分别当选副主席和秘书长: what stands between the last name and the posts.
_EACH = re.compile(r"(?:同志)?分别(?:当选|担任|出任|就任|任)为?")
#: 某会第25届大会, 某会会员代表大会: a meeting at which a body elects.
_ELECTS = re.compile(
    r"(?:第[\d一二三四五六七八九十百]+[届次][^，。；]{0,14}?|(?:会员|换届|全体)[^，。；]{0,6}?)(?:大会|会议)"
)


#: 第三委员会第四工作组: a part of a body that is told with the post.
_PART = re.compile("(?:第[一二三四五六七八九十\\d]+(?:专业|技术|分)?(?:委员会|工作组|小组|分会|专委会)){1,2}")


#: How far before 由 a post may begin.
_NEAR = 16


def part_led(text: str, start: int, end: int) -> bool:
    """True when text[start:end] is a numbered part of a body."""
    return text.startswith("第", start) and _PART.fullmatch(text, start, end) is not None


def electing(text: str, start: int, orgs: Collection[OrgHit], how: str) -> OrgHit | None:
    """The body that elects somebody to a post told at `start` without one: it stands before the verb (某会增补甲为), or
    what was told before is its meeting (某会第八届大会在某地举行，甲当选)."""
    at = start if "选" in how else 0
    for org in orgs:
        if (
            not org.group
            and org.end <= start
            and (_MADE.match(text, org.end, start) or _ELECTS.match(text, org.end, at))
        ):
            return org
    return None


def shared_out(text: str, found: list[PersonHit]) -> Iterator[tuple[list[PersonHit], int]]:
    """Those of a list who are each appointed to one of the posts behind (甲、乙分别当选), and where the posts begin."""
    for each in _EACH.finditer(text) if "分别" in text else ():
        row = [h for h in found if h.end <= each.start()]
        if not row or row[-1].end != each.start():
            continue
        begin = len(row) - 1
        while begin and text[row[begin - 1].end : row[begin].start] in ("、", "和", "与"):
            begin -= 1
        if len(row) - begin > 1:
            yield row[begin:], each.end()


def appointments(
    text: str, found: list[PersonHit], more: list[PersonHit], known: Collection[str]
) -> Iterator[tuple[str, int, int]]:
    """Who is appointed, where the words about it begin, and where they go on with the post."""
    for match in _APPOINTED.finditer(text):
        told = next((h for h in found if h.end == match.start()), None)
        also = _AND_OTHERS.search(text, max(0, match.start() - 8), match.start())  # 某某等3人当选
        name = told.name if told else name_before(text, also.start() if also else match.start(), 0, (), known)
        if not name and more and _SAME_ONE.search(text, max(0, match.start() - 6), match.start()):
            name = more[-1].name
        if name:
            yield name, match.start(), match.end()
    for match in _MADE.finditer(text):
        told = next((h for h in found if match.end() == h.start), None)
        link = _AS.match(text, told.end) if told else None
        if told and link and link.group().endswith(("为", "任")):  # 聘请某大学副校长某某为顾问
            yield told.name, told.end, link.end()
            continue
        name = chinese_name(text, match.end(), firm=True)
        link = _AS.match(text, match.end() + len(name))
        if name and link and (link.group() or match.group() == "免去"):
            yield name, match.start(), link.end()


def moves(words: str) -> bool:
    """True when these words about an appointment tell of a new post in place of the old one."""
    return _MOVES.search(words) is not None and "不再" not in words


def named_with(text: str, one: PersonHit) -> Iterator[PersonHit]:
    """Those of a list before the one with the words about the appointment: 甲、乙当选副会长."""
    at = one.start - len(one.name)
    if not text.startswith(one.name, max(0, at)):
        return
    while text[at - 1 : at] in ("、", "和") and (name := name_before(text, at - 1, 0)):
        at -= 1 + len(name)
        yield replace(one, start=at, end=at + len(name), name=name)


def posts_from(text: str, at: int, orgs: tuple[OrgHit, ...], places: list[PlaceHit]) -> Iterator[Post]:
    """The posts told behind a verb that ends at `at`."""
    for post in posts(text, orgs, places):
        if post.start >= at:
            yield post
        elif post.end > at:  # 当选会长: 当选 is the verb
            yield replace(post, start=at, titles=(post.titles[0].removeprefix("当选"), *post.titles[1:]))


def taken_by(text: str, name: str, at: int, orgs: tuple[OrgHit, ...], found: list[PersonHit]) -> Post | None:
    """The post that stands before 由 and the one who takes it, up to `at`: 某办主任由某部部长甲兼任."""
    begin = next((h.start for h in found if h.end == at), at - len(name))
    if text[begin - 1 : begin] != "由":
        return None
    low = max(0, begin - _NEAR)
    low = max([low, *(text.rfind(sign, low, begin) + 1 for sign in "，；。"), *(o.end for o in orgs if o.end < begin)])
    post = next((p for p in posts(text[low : begin - 1], (), []) if low + p.end == begin - 1), None)
    return replace(post, start=low + post.start, end=begin - 1, name=begin - 1) if post else None
