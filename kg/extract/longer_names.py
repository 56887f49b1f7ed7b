"""Names of which a gazetteer has only a part: 三星电子（苏州）半导体有限公司, 苏州国际商会."""

from __future__ import annotations

import re

from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.place_heads import located
from kg.lexicon import Hit, Lexicon
from kg.model import Actor, AgencyKind

__all__ = ["longer_name"]

# Asked for time and again: a member costs many times what a name of the module does.
_ENTERPRISE = AgencyKind.ENTERPRISE

_HAN = "\u4e00-\u9fff"
#: The company of a firm in a place.
_COMPANY = re.compile(rf"[（(][{_HAN}]{{2,8}}[）)][{_HAN}]{{0,14}}?公司")
#: International associations whose name a local one has too.
_LOCAL = ("商会", "协会", "学会")
_OWN = "place/CN"


def longer_name(text: str, hit: Hit, places: list[PlaceHit], lexicon: Lexicon) -> OrgHit | None:
    """The body whose name holds that of a gazetteer's body at `hit`, None when it holds no more."""
    if hit.entry.kind == _ENTERPRISE:
        match = _COMPANY.match(text, hit.end)
        if match is None:
            return None
        name = text[hit.start : match.end()]
        return OrgHit(hit.start, match.end(), name, Actor(name), _ENTERPRISE)
    if hit.entry.country or not hit.surface.startswith("国际") or not hit.surface.endswith(_LOCAL):
        return None
    place = next((p for p in places if p.end == hit.start and p.entry.country == _OWN), None)
    if place is None or text[place.start - 1 : place.start] in ("在", "于", "赴", "来"):
        return None
    name = text[place.start : hit.end]
    region = located(place, lexicon)[1]
    return OrgHit(place.start, hit.end, name, Actor(name), AgencyKind.ASSOCIATION, None, "", region)
