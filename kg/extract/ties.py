"""Cooperation ties of a sentence: those its events, agreements and documents imply, and those it states itself.

One tie per pair, relation and sentence. Three equal partners give all three pairs; longer lists the pairs with the
main actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from msgspec import Struct, field

from kg.extract.bodies_met import bodies_of
from kg.extract.clauses import actors_between, unique
from kg.extract.mentions import Mentions
from kg.extract.offices import Offices
from kg.extract.stated_ties import ToldTie, opening_subject, pairs_of
from kg.model import (
    Actor,
    ActorKind,
    AgreementFact,
    AgreementType,
    DateRange,
    DocumentFact,
    DocumentKind,
    EventFact,
    EventStatus,
    EventType,
    Fact,
    FactKind,
    PartialDate,
    Passage,
    Relation,
    TieFact,
)

__all__ = ["find_ties"]

# Asked for time and again: a member costs many times what a name of the module does.
_TALKS, _VISIT, _NEGOTIATION = EventType.BILATERAL_TALKS, EventType.VISIT, EventType.NEGOTIATION
_GATHER = frozenset({EventType.MEETING, EventType.CONFERENCE, EventType.FORUM})
_EVENT, _HELD, _PLACE = FactKind.EVENT, EventStatus.HELD, ActorKind.PLACE

_SIGNING_CEREMONY = ("签约仪式", "签字仪式", "签署仪式")
#: 甲局、乙省共建强省推进大会: what they meet about, they build together.
_BUILD = re.compile("(?:合作)?共建")
#: 双方共建某基地: the two who met or signed.
_BOTH_BUILD = re.compile(r"双方(?:还|并|现场|随后|同时)?(?:共建|(?:共同|合作|联合)(?:建设|建立|设立|成立|组建|共建))")
#: 三方签署: all of them with each other.
_ALL_SIGN = re.compile("三方|四方|(?<!等)三(?:家|个)?(?:部门|单位)")
_HOLD_TOGETHER = re.compile("(?:共同|联合)(?:主办|举办|承办|召开)")
#: 来自甲国、乙国等的学员: who is taught.
_LEARNERS = "学员|官员|关员|审查员|学生|警官|检察官|法官|教师|医生|干部|技术人员|管理人员"
_FROM = re.compile(rf"来自(?P<who>[^，。；]{{2,60}}?)的?[^，。；、]{{0,16}}?(?:{_LEARNERS}|代表|人员|专家)")
_TAUGHT = re.compile(rf"(?:国(?:家|家和地区)?的?|[选各共]派|派出|派遣)[^，。；、]{{0,12}}?(?:{_LEARNERS})")
_FOR = re.compile(r"(?:为|面向)(?P<who>[^，。；]{2,60}?)(?:成功)?(?:举办|开办|组织|开展|承办)")


#: 甲、乙、丙三国: all of them; where more met, a country was only there.
_ALL_THREE = re.compile(r"(?<!等)三国(?!家|语)")


class _Ties(Struct):
    """Collects ties, each pair and relation once."""

    passage: Passage
    mentions: Mentions
    both: Sequence[Actor] = ()
    seen: set[tuple[frozenset[str], Relation]] = field(default_factory=set)
    found: list[TieFact] = field(default_factory=list)

    def add(
        self,
        a: Actor,
        b: Actor,
        relation: Relation,
        when: DateRange | None,
        rule: str,
        because: str = "",
        kind: FactKind | None = None,
        confidence: float = 0.9,
    ) -> None:
        if a.name == b.name or not (a.name and b.name):
            return
        key = (frozenset((a.name, b.name)), relation)
        if key in self.seen:
            return
        self.seen.add(key)
        self.found.append(
            TieFact(
                passage=self.passage,
                rule=f"tie.{rule}",
                confidence=confidence,
                a=a,
                b=b,
                relation=relation,
                when=_month(when),
                because=because,
                because_kind=kind,
                stated=not (a.implied or b.implied),
            )
        )


def _month(when: DateRange | None) -> DateRange | None:
    """A tie within a range of days is dated by its month."""
    if when and when.end:
        return DateRange(PartialDate(when.start.year, when.start.month), None, when.told)
    return when


def find_ties(
    mentions: Mentions,
    passage: Passage,
    facts: Sequence[Fact],
    stated: Sequence[ToldTie],
    offices: Offices,
    met: Sequence[Actor] = (),
) -> Sequence[TieFact]:
    """The ties of a sentence, given the other facts found in it and the ties that it states itself; `met` are those who
    met in the sentence before: 双方 are they."""
    ties = _Ties(passage, mentions, met if len(met) == 2 and "双方" in mentions.text else ())
    for fact in facts:
        if isinstance(fact, EventFact):
            if fact.status is _HELD:
                _of_event(ties, fact, offices)
        elif isinstance(fact, AgreementFact):
            _of_agreement(ties, fact, offices)
        elif isinstance(fact, DocumentFact) and len(fact.issuers) > 1 and _issued(fact):
            subject = opening_subject(mentions) if fact.issuers[0].implied else None
            issuers = (subject or fact.issuers[0], *fact.issuers[1:])
            for a, b in _partner_pairs(mentions, issuers):
                ties.add(a, b, Relation.ISSUES_JOINTLY_WITH, fact.date, "issued", fact.title, FactKind.DOCUMENT)
    for relation, a, b, when in stated:
        if not _told(ties, a, b):
            ties.add(a, b, relation, when, "stated", confidence=0.75)
    built = _BOTH_BUILD.search(mentions.text) if "双方" in mentions.text else None
    if built and not mentions.in_title(built.start()):
        pairs = {
            (t.a.name, t.b.name): t for t in ties.found if t.relation in (Relation.SIGNS_WITH, Relation.MEETS_WITH)
        }
        for tie in pairs.values() if len(pairs) == 1 else ():
            ties.add(tie.a, tie.b, Relation.BUILDS_JOINTLY_WITH, tie.when, "stated", confidence=0.75)
    return ties.found


def _issued(fact: DocumentFact) -> bool:
    """True for a document that is issued; one that is signed makes another tie."""
    return fact.document_kind is not DocumentKind.AGREEMENT and "签" not in fact.action


def _told(ties: _Ties, a: Actor, b: Actor) -> bool:
    """True when a fact of this sentence ties the pair already."""
    return any(_named(a.name, pair) and _named(b.name, pair) for pair, _ in ties.seen)


def _named(actor: str, pair: frozenset[str]) -> bool:
    """True for one of a pair, also when one is told without its region (省教育厅 and 广东省教育厅)."""
    if actor in pair:
        return True
    one, other = pair
    return (
        _without_region(actor, one)
        or _without_region(one, actor)
        or _without_region(actor, other)
        or _without_region(other, actor)
    )


def _without_region(short: str, full: str) -> bool:
    return short.startswith(("省", "市", "区")) and len(short) > 3 and full.endswith(short)


def _partner_pairs(mentions: Mentions, actors: Sequence[Actor]) -> list[tuple[Actor, Actor]]:
    """Three equal partners make three pairs; others the pairs with the first, who acts with the rest."""
    if _equal(mentions, actors) or (len(actors) == 3 and _HOLD_TOGETHER.search(mentions.text)):
        return list(combinations(actors, 2))
    return [(actors[0], other) for other in actors[1:]]


def _of_event(ties: _Ties, fact: EventFact, offices: Offices) -> None:
    name, kind = fact.name, _EVENT
    own = ties.mentions.context.publisher.name
    if fact.type is _TALKS:
        for a, b in product(fact.participants[:-1], fact.participants[-1:]):
            ties.add(a, b, Relation.MEETS_WITH, fact.when, "met", name, kind)
    elif fact.type is _VISIT and fact.rule not in ("event.state-visit", "event.inspection"):
        visitors, targets = fact.participants[:1], list(fact.participants[1:])
        if fact.rule == "event.visit":
            visitors, targets = fact.participants[:-1], list(fact.participants[-1:])
        if fact.rule == "event.journey":
            targets += [Actor(p, _PLACE) for p in _whole(ties.mentions.text, fact.places) if not targets]
        for visitor, target in product(visitors, targets):
            ties.add(visitor, target, Relation.VISITS, fact.when, "visited", name, kind)
    elif fact.type is _NEGOTIATION:
        if fact.rule in ("event.negotiation", "event.talks"):
            for a, b in pairs_of(fact.participants, own):
                ties.add(a, b, Relation.NEGOTIATES_WITH, fact.when, "negotiated", name, kind)
    elif fact.type not in (_VISIT, EventType.SIGNING):
        if fact.type is EventType.TRAINING:
            for trainer, trained in _trained(ties.mentions, fact):
                ties.add(trainer, trained, Relation.TRAINS, fact.when, "trained", name, kind)
        chaired = "共同主持" in ties.mentions.text or "联合主持" in ties.mentions.text  # both sides of a joint meeting
        if len(fact.hosts) > 1 and _built_by_hosts(ties.mentions, name):
            for a, b in _partner_pairs(ties.mentions, fact.hosts):
                ties.add(a, b, Relation.BUILDS_JOINTLY_WITH, fact.when, "built", name, kind)
        for a, b in _partner_pairs(ties.mentions, fact.hosts):
            relation = Relation.MEETS_WITH if chaired else Relation.CO_HOSTS_WITH
            ties.add(a, b, relation, fact.when, "co-hosted", name, kind)
        if fact.name.endswith(_SIGNING_CEREMONY):
            at = ties.mentions.text.find(name)
            for a, b in _partner_pairs(ties.mentions, unique(actors_between(ties.mentions, at, at + len(name)))):
                ties.add(a, b, Relation.SIGNS_WITH, fact.when, "agreed", name, kind)
        group = () if chaired and len(fact.hosts) > 1 else bodies_of(ties.mentions, offices.members(name), name)
        group = group or _closed(ties.mentions, fact)
        if len(ties.both) == len(group) and any(a.kind is _PLACE for a in group):
            group = tuple(ties.both)
        if fact.rule == "event.attended" and fact.type is not EventType.MEETING and len(group) > 2:
            group = group if any(a.kind is not _PLACE for a in group) else ()  # presence ties no countries
        regional = bool(group) and all(offices.is_region(a) for a in group)
        held = fact.type not in _GATHER and len(fact.hosts) > 1 and all(a.kind is not _PLACE for a in fact.hosts)
        if held and (regional or set(group) <= set(fact.hosts)):
            return  # 甲局与乙处联合举办粤港演练: those who hold it are told
        pairs = list(combinations(group, 2)) if regional else pairs_of(group, own) if group else ()
        meets = not regional or (fact.type in _GATHER and "活动" not in name)
        for a, b in pairs:
            ties.add(
                a, b, Relation.MEETS_WITH if meets else Relation.COOPERATES_WITH, fact.when, "met-in-group", name, kind
            )


def _closed(mentions: Mentions, fact: EventFact) -> tuple[Actor, ...]:
    """The three countries of a meeting of theirs: 甲、乙、丙三国部长与会, not 甲、乙等三国代表."""
    told = fact.type is EventType.MEETING and len(fact.participants) == 3 and _ALL_THREE.search(mentions.text)
    return fact.participants if told and all(a.kind is _PLACE for a in fact.participants) else ()


def _whole(text: str, places: Sequence[str]) -> list[str]:
    """The places of a journey, those that stand one right behind the other (丙省丁县) as one."""
    found: list[str] = []
    for place in places:
        if found and found[-1] + place in text:
            found[-1] += place
        else:
            found.append(place)
    return found


def _built_by_hosts(mentions: Mentions, name: str) -> bool:
    """True when 共建 stands right behind the bodies that open the name of what they hold."""
    start = mentions.text.find(name)
    built = _BUILD.search(mentions.text, start, start + len(name)) if start >= 0 else None
    return built is not None and any(o.end == built.start() for o in mentions.orgs)


def _trained(mentions: Mentions, fact: EventFact) -> Iterator[tuple[Actor, Actor]]:
    """为柬埔寨商业部举办培训班: the host with the named bodies and countries that are taught."""
    for told in (_FOR.search(mentions.text), _FROM.search(mentions.text)):
        for actor in actors_between(mentions, *told.span(), places=True) if told and fact.hosts else ():
            yield fact.hosts[0], actor
    for actor in fact.participants if fact.hosts and _TAUGHT.search(mentions.text) else ():
        if actor.kind is _PLACE:  # 甲国、乙国等8国的官员参加
            yield fact.hosts[0], actor


#: 甲与乙签署协议，共建丙: what is built then.
_BUILDS_THEN = re.compile(r"[^，；。]{0,8}，并?(?:合作|联合|共同)?(?:共建|(?<=[作合同])(?:建设|组建|成立|设立))")


def _builds_then(text: str, name: str) -> bool:
    """True when those who sign a paper also found something together in the next clause."""
    at = text.find(name)
    return at >= 0 and _BUILDS_THEN.match(text, at + len(name)) is not None


#: 甲、乙和丙与我局签署: each with us.
_WITH = re.compile(r"[与同](?![意时样])")
#: How papers are called that are signed.
_PAPERS = ("协议", "协定", "备忘录", "意向书", "声明", "纪要")


def _of_agreement(ties: _Ties, fact: AgreementFact, offices: Offices) -> None:
    if fact.type is AgreementType.TREATY or len(fact.parties) < 2:
        return
    relation = Relation.ISSUES_JOINTLY_WITH if fact.rule.endswith("adopted") else Relation.SIGNS_WITH
    relations = [relation]
    if fact.type is AgreementType.PPH:  # a pilot may start without a paper
        paper = fact.titled or fact.name.endswith(_PAPERS)
        relations = [Relation.HAS_PPH_WITH, relation] if paper else [Relation.HAS_PPH_WITH]
    equal = all(p.kind is _PLACE for p in fact.parties) and not any(
        offices.lexicon.place(p.name) is None for p in fact.parties
    )
    main, *others = fact.parties
    own = ties.mentions.context.publisher.name
    adopted = len(fact.parties) == 3 and (fact.rule == "agreement.adopted" or _of_one_country(ties.mentions, fact))
    equal = equal or adopted or _equal(ties.mentions, fact.parties)
    pairs = pairs_of(fact.parties, own) if equal or len(fact.parties) > 3 else [(main, other) for other in others]
    if len(pairs) == 1 and _builds_then(ties.mentions.text, fact.name):
        relations.append(Relation.BUILDS_JOINTLY_WITH)
    for a, b in pairs:
        for relation in relations:
            ties.add(a, b, relation, fact.signed, "agreed", fact.name, FactKind.AGREEMENT)


def _of_one_country(mentions: Mentions, fact: AgreementFact) -> bool:
    """True for a titled agreement of three bodies of ours: they sign one text; with those of abroad we sign alone."""
    found = [next((o for o in mentions.orgs if o.actor == party), None) for party in fact.parties]
    return fact.titled and not any(o is not None and o.country not in ("", "中国") for o in found) and any(found)


def _equal(mentions: Mentions, parties: Sequence[Actor]) -> bool:
    """True for three bodies of one list (A、B和C签署), which are partners of each other; A与B、C are not."""
    if len(parties) != 3:
        return False
    if _ALL_SIGN.search(mentions.text):
        return True
    found = [next((o for o in mentions.orgs if o.actor == party), None) for party in parties]
    orgs = sorted((o for o in found if o), key=lambda o: o.start)
    if len(orgs) < 3:
        return False
    gaps = [mentions.text[a.end : b.start] for a, b in pairwise(orgs)]
    return gaps[0] == "、" and gaps[1] in ("、", "和", "及", "以及") and not _WITH.match(mentions.text, orgs[-1].end)
