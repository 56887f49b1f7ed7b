"""How actors and ties look in pictures and in Gephi: one colour for each group of kinds and of relations.

The colours are kept apart by lightness as well as by hue, so that a print in grey and most colour-blind eyes tell
the large groups apart; abroad and domestic differ by shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from kg.model.frozen import Frozen
from kg.model.kinds import AgencyKind, PlaceKind, Relation

__all__ = [
    "ABROAD",
    "ACTOR_TYPES",
    "DOMESTIC",
    "KINDS",
    "NO_ACTOR",
    "RELATIONS",
    "SECOND",
    "TAKING_PART",
    "Group",
    "Shape",
    "group_of_actor",
    "group_of_relation",
    "marker_points",
    "name_of",
    "shape_of_actor",
]


class Group(Frozen):
    """Codes that share a colour (#rrggbb), with what the legend calls them."""

    zh: str
    en: str
    colour: str
    codes: frozenset[str]


class Shape(Frozen):
    """A marker of matplotlib, what it means, and its width by that of a circle of the same weight to the eye."""

    zh: str
    en: str
    marker: str
    scale: float


#: The values of `type` of nodes that are actors.
ACTOR_TYPES = frozenset({"agency", "place"})

#: Where an actor belongs, in the order of the legend; the last is for the second side of a network of two modes.
DOMESTIC = Shape("境内", "domestic", "o", 1.0)
ABROAD = Shape("境外、国际", "abroad, international", "D", 0.8)
NO_ACTOR = Shape("不是主体", "not an actor", "s", 0.85)

#: Kinds of actors, in the order of the legend.
KINDS = (
    Group("知识产权机构", "IP offices", "#2166ac", frozenset({AgencyKind.IP_OFFICE})),
    Group(
        "党政部门",
        "government and party bodies",
        "#c8553d",
        frozenset({AgencyKind.MINISTRY, AgencyKind.GOVERNMENT, AgencyKind.PARTY_BODY}),
    ),
    Group("法院、检察院", "courts, procuratorates", "#6a4c93", frozenset({AgencyKind.COURT, AgencyKind.PROCURATORATE})),
    Group(
        "国际组织和机制",
        "international bodies",
        "#1b9e77",
        frozenset({AgencyKind.INTERNATIONAL_ORG, AgencyKind.MECHANISM}),
    ),
    Group(
        "高校、科研院所、企业",
        "academia, enterprises",
        "#e6a817",
        frozenset({AgencyKind.UNIVERSITY, AgencyKind.RESEARCH_INSTITUTE, AgencyKind.ENTERPRISE}),
    ),
    Group(
        "协会、服务机构等",
        "associations, services etc.",
        "#7f8c8d",
        frozenset({AgencyKind.ASSOCIATION, AgencyKind.SERVICE_BODY, AgencyKind.OTHER}),
    ),
    Group("国家和地区", "places, for their governments", "#b9936c", frozenset(PlaceKind)),
)

#: Kinds of ties, in the order of the legend.
RELATIONS = (
    Group(
        "协议与谈判",
        "agreements, negotiations",
        "#4575b4",
        frozenset({Relation.SIGNS_WITH, Relation.HAS_PPH_WITH, Relation.NEGOTIATES_WITH}),
    ),
    Group("会见与访问", "meetings, visits", "#e08214", frozenset({Relation.MEETS_WITH, Relation.VISITS})),
    Group(
        "共同工作",
        "joint work",
        "#5aae61",
        frozenset(
            {
                Relation.ISSUES_JOINTLY_WITH,
                Relation.CO_HOSTS_WITH,
                Relation.BUILDS_JOINTLY_WITH,
                Relation.TRAINS,
                Relation.COOPERATES_WITH,
            }
        ),
    ),
)

#: The second side of a network of two modes, and its edges.
SECOND = Group("活动、协议、案例系列", "events, agreements, series", "#2f3640", frozenset())
TAKING_PART = Group("参加、订立、入选", "taking part", "#8d99ae", frozenset())

_OF_KIND = {code: group for group in KINDS for code in group.codes}
_OF_RELATION = {code: group for group in RELATIONS for code in group.codes}

_SMALL, _GROWTH = 6.0, 2.4


def group_of_actor(actor: Mapping[str, Any]) -> Group:
    """The group of a node by its `type` and `kind`."""
    return _OF_KIND[actor["kind"]] if actor["type"] in ACTOR_TYPES else SECOND


def shape_of_actor(actor: Mapping[str, Any]) -> Shape:
    """The shape of a node by its `type` and `domestic`."""
    if actor["type"] not in ACTOR_TYPES:
        return NO_ACTOR
    return DOMESTIC if actor["domestic"] else ABROAD


def group_of_relation(relation: str) -> Group:
    """The group of a relation of ties, or of what ties the two sides of a network of two modes."""
    return _OF_RELATION.get(relation, TAKING_PART)


def marker_points(partners: int) -> float:
    """The width in points of an actor with so many partners: its area grows with them."""
    return _SMALL + _GROWTH * sqrt(partners)


def name_of(actor: Mapping[str, Any], lang: str) -> str:
    """The name of an actor in a language (zh or en), or the one it has."""
    return str(actor.get(f"label_{lang}") or actor["label_zh"])
