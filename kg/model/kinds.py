"""Closed sets of the model. Each member's value is the word that stands in the fact tables."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ActorKind",
    "AgencyKind",
    "AgreementStatus",
    "AgreementType",
    "Approximation",
    "ComparisonKind",
    "DocumentKind",
    "EventStatus",
    "EventType",
    "FactKind",
    "NetworkRole",
    "PlaceKind",
    "Relation",
    "Role",
    "RowStatus",
]


class FactKind(StrEnum):
    """What a fact is about; one fact table each."""

    AGENCY = "agency"
    PERSON = "person"
    EVENT = "event"
    AGREEMENT = "agreement"
    DOCUMENT = "document"
    CASE = "case"
    TIE = "tie"
    INDICATOR = "indicator"
    OBSERVATION = "observation"


class ActorKind(StrEnum):
    """Who can act: a body, a person or a place that stands for its government."""

    AGENCY = "agency"
    PERSON = "person"
    PLACE = "place"


class PlaceKind(StrEnum):
    """Kinds of places, wide to narrow; a group is a printed combination such as 塞浦路斯、希腊."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    GROUP = "group"


class AgencyKind(StrEnum):
    """agencies.kind of the fact tables."""

    IP_OFFICE = "ip_office"
    MINISTRY = "ministry"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    INTERNATIONAL_ORG = "international_org"
    GOVERNMENT = "government"
    PARTY_BODY = "party_body"
    UNIVERSITY = "university"
    RESEARCH_INSTITUTE = "research_institute"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    SERVICE_BODY = "service_body"
    MECHANISM = "mechanism"
    OTHER = "other"


class EventType(StrEnum):
    """events.type of the fact tables."""

    MEETING = "meeting"
    BILATERAL_TALKS = "bilateral_talks"
    VISIT = "visit"
    SIGNING = "signing"
    CONFERENCE = "conference"
    FORUM = "forum"
    TRAINING = "training"
    EXAM = "exam"
    PRESS_CONFERENCE = "press_conference"
    PUBLICITY = "publicity"
    NEGOTIATION = "negotiation"
    CEREMONY = "ceremony"
    COMPETITION = "competition"
    OTHER = "other"


class EventStatus(StrEnum):
    """Whether an event took place, as far as the text says."""

    HELD = "held"
    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class AgreementType(StrEnum):
    """agreements.type of the fact tables."""

    MOU = "mou"
    PROTOCOL = "protocol"
    WORK_PLAN = "work_plan"
    TREATY = "treaty"
    MINUTES = "minutes"
    JOINT_STATEMENT = "joint_statement"
    PPH = "pph"
    LETTER_OF_INTENT = "letter_of_intent"
    AGREEMENT = "agreement"
    PLAN = "plan"
    OTHER = "other"


class AgreementStatus(StrEnum):
    """How an agreement stands to what was before it."""

    NEW = "new"
    RENEWED = "renewed"
    EXTENDED = "extended"
    REVISED = "revised"
    IN_FORCE = "in_force"
    CONCLUDED = "concluded"


class DocumentKind(StrEnum):
    """documents.kind of the fact tables."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    PLAN = "plan"
    MEASURE = "measure"
    NOTICE = "notice"
    GUIDELINE = "guideline"
    STANDARD = "standard"
    REPORT = "report"
    BOOK = "book"
    LIST = "list"
    AGREEMENT = "agreement"
    OTHER = "other"


class Relation(StrEnum):
    """ties.relation of the fact tables; `visits` and `trains` are directed from a to b."""

    SIGNS_WITH = "signs_with"
    MEETS_WITH = "meets_with"
    ISSUES_JOINTLY_WITH = "issues_jointly_with"
    CO_HOSTS_WITH = "co_hosts_with"
    BUILDS_JOINTLY_WITH = "builds_jointly_with"
    NEGOTIATES_WITH = "negotiates_with"
    HAS_PPH_WITH = "has_pph_with"
    VISITS = "visits"
    TRAINS = "trains"
    COOPERATES_WITH = "cooperates_with"

    @property
    def directed(self) -> bool:
        """True when a and b may not be exchanged."""
        return self in (Relation.VISITS, Relation.TRAINS)


class Role(StrEnum):
    """What a person did at an event."""

    ATTENDS = "attends"
    CHAIRS = "chairs"
    SPEAKS = "speaks"
    LEADS_DELEGATION = "leads_delegation"
    MEETS = "meets"
    SIGNS = "signs"
    WITNESSES = "witnesses"


class Approximation(StrEnum):
    """indicators.approx of the fact tables."""

    OVER = "超"
    NEARLY = "近"
    ABOUT = "约"
    ODD = "余"
    AT_LEAST = "以上"
    UNDER = "不足"
    WITHIN = "以内"


class ComparisonKind(StrEnum):
    """indicators.comparison_kind: against the same period of the year before, or against something else."""

    YOY = "yoy"
    VS = "vs"


class RowStatus(StrEnum):
    """observations.status: how a row of a table stands to its neighbours."""

    NORMAL = "normal"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OTHER = "other"
    BRACKETED = "bracketed"
    PART = "part"
    MISSING = "missing"


class NetworkRole(StrEnum):
    """How a node of a network stands between its own community and the others (Guimerà and Amaral 2005)."""

    ULTRA_PERIPHERAL = "ultra_peripheral"
    PERIPHERAL = "peripheral"
    CONNECTOR = "connector"
    KINLESS = "kinless"
    PROVINCIAL_HUB = "provincial_hub"
    CONNECTOR_HUB = "connector_hub"
    KINLESS_HUB = "kinless_hub"
