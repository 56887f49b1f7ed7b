"""Who is appointed or elected to a post: 某某任甲司司长, 任命某某为副局长, 某某等3人当选."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from kg.extract.mentions import PersonHit
from kg.extract.person_names import chinese_name, name_before

__all__ = ["appointments", "moves", "named_with"]

_IS_MADE = "不再[担兼]任|[调转改升]任|被任命为|获任为?|受聘为?|担任|出任|就任|接任|继任|连任|兼任|当选为?|任(?!务|何|期|职|命|意|免|教|选)"
_APPOINTED = re.compile(f"(?:同志|此后|随后|其后|现|还)(?:{_IS_MADE})|{_IS_MADE}")
#: A post that takes the place of the one held before; 兼任 and 当选 leave it.
_MOVES = re.compile(r"[调转改升]任|出任|就任|接任|继任|任命")
#: 任命某某为副局长, 免去某某副局长职务: the name stands behind the verb.
_MADE = re.compile(r"(?:任命|聘任|聘请|特聘|聘|选举|推选|免去)")
_AS = re.compile(r"(?:同志|教授|研究员|院士|先生|女士)?(?:为|担任|任|的)?")
_AND_OTHERS = re.compile(r"等[\d一二两三四五六七八九十]{1,3}[人位]\Z")
#: ，并兼任: goes on about the one appointed before.
_SAME_ONE = re.compile(r"[，；、][^，；、。]{0,4}\Z")


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
