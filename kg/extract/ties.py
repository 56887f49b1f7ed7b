"""Cooperation ties of a sentence: those its events, agreements and documents imply, and those it states itself.

One tie per pair, relation and sentence. Three equal partners give all three pairs; longer lists the pairs with the
main actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from kg.extract.clauses import actors_between, clauses, unique
from kg.extract.mentions import Mentions
from kg.extract.offices import Offices
from kg.extract.words import alternation, words
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

_JOINT = re.compile(
    r"(?:联合|会同|携手|联手|与(?!会|时)|和(?!谐|解)|同(?![意时步比样类堂等期一])|配合|依托)(?=[^，。；]{2,80})"
)
_SIGNING_CEREMONY = ("签约仪式", "签字仪式", "签署仪式")
#: What stands in every clause that states a tie itself.
_TYING = re.compile(r"[联携与和同]|会同|配合|依托|培训|组成|参与|融入|加入|参加")
_SENT = re.compile(r"培训|组成")
#: 为甲法院培训骨干: trained without a course that has a name.
_TEACHES = re.compile(r"为(?P<who>[^，。；]{2,40}?)(?:各?类)?培训(?:了)?(?![班基机课项师教中资体需])")
_COMPOSED = re.compile(r"由(?P<who>[^，。；]{4,80}?)(?:共同派员)?(?:共同)?组成")
#: A clause that opens so tells what is planned, wished or asked for.
_UNDONE = re.compile(
    r"(?:下一步，?)?(?:\d{1,4}年)?(?:积极|主动)?(?:拟|计划|寻求|希望|期待|愿|探讨|商谈|有望|力争|争取|将(?=[与同会和联]))"
)
_FOR = re.compile(r"(?:为|面向)(?P<who>[^，。；]{2,60}?)(?:成功)?(?:举办|开办|组织|开展|承办)")
_JOINED = re.compile(r"(?:参与|融入|加入|参加)([^，。；]{2,40}?)(?:合作|协作|协同|一体化)")
_MECHANISM = re.compile(r"建立|共建|设立|增设|新增|组建|成立|筹建|新建|合作建|打造|建成|建设")


_COOPERATE = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:合作|交流|协作|联手|完成|开展|推动|推进|实施|深化|组织|制作|编制|评选|遴选|做好|保持|颁发|启动|"
    r"配合|加强|研究|探索)"
)


@dataclass(slots=True)
class _Ties:
    """Collects ties, each pair and relation once."""

    passage: Passage
    mentions: Mentions
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
        if a.name == b.name:
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


def find_ties(mentions: Mentions, passage: Passage, facts: Sequence[Fact], offices: Offices) -> Iterator[TieFact]:
    """The ties of a sentence, given the other facts found in it."""
    ties = _Ties(passage, mentions)
    for fact in facts:
        if isinstance(fact, EventFact):
            if fact.status is EventStatus.HELD:
                _of_event(ties, fact, offices)
        elif isinstance(fact, AgreementFact):
            _of_agreement(ties, fact, offices)
        elif isinstance(fact, DocumentFact) and len(fact.issuers) > 1 and _issued(fact):
            for a, b in _partner_pairs(mentions, fact.issuers):
                ties.add(a, b, Relation.ISSUES_JOINTLY_WITH, fact.date, "issued", fact.title, FactKind.DOCUMENT)
    for relation, a, b, when in _stated(mentions, offices):
        if not _told(ties, a, b):
            ties.add(a, b, relation, when, "stated", confidence=0.75)
    yield from ties.found


def _issued(fact: DocumentFact) -> bool:
    """True for a document that is issued; one that is signed makes another tie."""
    return fact.document_kind is not DocumentKind.AGREEMENT and "签" not in fact.action


def _told(ties: _Ties, a: Actor, b: Actor) -> bool:
    """True when a fact of this sentence ties the pair already."""
    return any(
        all(any(_one_name(name, actor.name) for name in pair) for actor in (a, b))
        for pair, _ in ties.seen
        if len(pair) > 1
    )


def _one_name(a: str, b: str) -> bool:
    """True when one is the other without its region (省教育厅 and 广东省教育厅)."""
    return a == b or any(x[:1] in "省市区" and len(x) > 3 and y.endswith(x) for x, y in ((a, b), (b, a)))


def _pairs(actors: Sequence[Actor], main: str) -> Iterable[tuple[Actor, Actor]]:
    """Two or three partners: all pairs; more: those with the main actor, or the first when it is not among them."""
    if len(actors) <= 3:
        return [(a, b) for n, a in enumerate(actors) for b in actors[n + 1 :]]
    first = next((a for a in actors if a.name == main or main.startswith(f"{a.name}（") or _same(a, main)), actors[0])
    return [(first, other) for other in actors if other is not first]


def _partner_pairs(mentions: Mentions, actors: Sequence[Actor]) -> list[tuple[Actor, Actor]]:
    """Three equal partners make three pairs; others the pairs with the first, who acts with the rest."""
    if _equal(mentions, actors):
        return list(combinations(actors, 2))
    return [(actors[0], other) for other in actors[1:]]


def _same(actor: Actor, main: str) -> bool:
    """True for a relative name (省市场监管局) of the main actor: told by the region's level and the name's end."""
    return bool(actor.region) and main.startswith(actor.region) and actor.name[1:3] == main[len(actor.region) :][:2]


def _of_event(ties: _Ties, fact: EventFact, offices: Offices) -> None:
    name, kind = fact.name, FactKind.EVENT
    own = ties.mentions.context.publisher.name
    if fact.type is EventType.BILATERAL_TALKS:
        *ours, other = fact.participants  # several of ours may meet one of theirs
        for actor in ours:
            ties.add(actor, other, Relation.MEETS_WITH, fact.when, "met", name, kind)
    elif fact.type is EventType.VISIT and fact.rule not in ("event.state-visit", "event.inspection"):
        main, *targets = fact.participants
        if fact.rule == "event.journey":
            targets += [Actor(p, ActorKind.PLACE) for p in fact.places if not targets]
        visitors = [main]
        if fact.rule == "event.visit":  # all but the last visit together
            visitors, targets = list(fact.participants[:-1]), targets[-1:]
        for visitor, target in product(visitors, targets):
            ties.add(visitor, target, Relation.VISITS, fact.when, "visited", name, kind)
    elif fact.type is EventType.NEGOTIATION:
        if fact.rule == "event.negotiation" and len(fact.participants) == 2:
            a, b = fact.participants[:2]
            ties.add(a, b, Relation.NEGOTIATES_WITH, fact.when, "negotiated", name, kind)
    elif fact.type not in (EventType.VISIT, EventType.SIGNING):
        if fact.type is EventType.TRAINING:
            for trainer, trained in _trained(ties.mentions, fact):
                ties.add(trainer, trained, Relation.TRAINS, fact.when, "trained", name, kind)
        chaired = "共同主持" in ties.mentions.text  # both sides of a joint meeting
        for a, b in _partner_pairs(ties.mentions, fact.hosts):
            relation = Relation.MEETS_WITH if chaired else Relation.CO_HOSTS_WITH
            ties.add(a, b, relation, fact.when, "co-hosted", name, kind)
        if fact.name.endswith(_SIGNING_CEREMONY):
            at = ties.mentions.text.find(name)
            for a, b in _partner_pairs(ties.mentions, unique(actors_between(ties.mentions, at, at + len(name)))):
                ties.add(a, b, Relation.SIGNS_WITH, fact.when, "agreed", name, kind)
        group = () if chaired and len(fact.hosts) > 1 else offices.members(name)
        regional = bool(group) and all(offices.is_region(a) for a in group)
        pairs = list(combinations(group, 2)) if regional else _pairs(group, own) if group else ()
        meets = not regional or (
            fact.type in (EventType.MEETING, EventType.CONFERENCE, EventType.FORUM) and "活动" not in name
        )
        for a, b in pairs:
            ties.add(
                a, b, Relation.MEETS_WITH if meets else Relation.COOPERATES_WITH, fact.when, "met-in-group", name, kind
            )


def _trained(mentions: Mentions, fact: EventFact) -> Iterator[tuple[Actor, Actor]]:
    """为柬埔寨商业部举办培训班: the host with the named bodies and countries that are taught."""
    told = _FOR.search(mentions.text)
    if told is None or not fact.hosts:
        return
    for actor in actors_between(mentions, told.start("who"), told.end("who"), places=True):
        yield fact.hosts[0], actor


def _of_agreement(ties: _Ties, fact: AgreementFact, offices: Offices) -> None:
    if fact.type is AgreementType.TREATY or len(fact.parties) < 2:
        return
    relation = {
        AgreementType.JOINT_STATEMENT: Relation.ISSUES_JOINTLY_WITH,
        AgreementType.PPH: Relation.HAS_PPH_WITH,
    }.get(fact.type, Relation.SIGNS_WITH)
    equal = all(p.kind is ActorKind.PLACE for p in fact.parties) and not any(
        offices.lexicon.place(p.name) is None for p in fact.parties
    )
    main, *others = fact.parties
    own = ties.mentions.context.publisher.name
    equal = equal or _equal(ties.mentions, fact.parties)
    pairs = _pairs(fact.parties, own) if equal or len(fact.parties) > 3 else [(main, other) for other in others]
    for a, b in pairs:
        ties.add(a, b, relation, fact.signed, "agreed", fact.name, FactKind.AGREEMENT)


def _equal(mentions: Mentions, parties: Sequence[Actor]) -> bool:
    """True for three bodies of one list (A、B和C签署), which are partners of each other; A与B、C are not."""
    if len(parties) != 3:
        return False
    found = [next((o for o in mentions.orgs if o.actor == party), None) for party in parties]
    orgs = sorted((o for o in found if o), key=lambda o: o.start)
    if len(orgs) < 3:
        return False
    gaps = [mentions.text[a.end : b.start] for a, b in pairwise(orgs)]
    return gaps[0] == "、" and gaps[1] in ("、", "和", "及", "以及")


def _stated(mentions: Mentions, offices: Offices) -> Iterator[tuple[Relation, Actor, Actor, DateRange | None]]:
    """联合省文旅厅开展…, 与京东共建…, 由A、B、C共同派员组成的代表团."""
    text = mentions.text
    # Countries and people are taught or sent; with whom something is done is told by bodies, and of regions.
    joined = mentions.orgs or mentions.context.self_.kind is ActorKind.PLACE
    tying = _TYING if joined else _SENT if mentions.places or mentions.people else None
    if tying is None or not tying.search(text):
        return
    for clause in clauses(text):
        if not tying.search(text, clause.start, clause.end) or _UNDONE.match(text, clause.start, clause.end):
            continue
        yield from _joins_group(mentions, clause.start, clause.end, offices)
        taught = _TEACHES.search(text, clause.start, clause.end)
        if taught:
            trainer = (actors_between(mentions, clause.start, taught.start()) or [mentions.context.self_])[-1]
            for body in actors_between(mentions, *taught.span("who"), places=True):
                yield Relation.TRAINS, trainer, body, mentions.date_at(clause.start)
        composed = _COMPOSED.search(text, clause.start, clause.end)
        if composed:
            members = actors_between(mentions, composed.start("who"), composed.end("who"))
            when = mentions.date_at(clause.start) or mentions.context.date
            for a, b in _pairs(members, mentions.context.publisher.name):
                yield Relation.COOPERATES_WITH, a, b, when
            continue
        for match in _JOINT.finditer(text, clause.start, clause.end):
            if mentions.in_title(match.start()) or _inside_name(mentions, match.start()):
                continue
            yield from _partners(mentions, clause.start, match, clause.end, offices)
            break


def _joins_group(
    mentions: Mentions, start: int, end: int, offices: Offices
) -> Iterator[tuple[Relation, Actor, Actor, DateRange | None]]:
    """积极参与长三角、中部六省知识产权合作共建: a region with groups of regions."""
    own = mentions.context.self_
    joined = _JOINED.search(mentions.text, start, end) if own.kind is ActorKind.PLACE else None
    if joined is None:
        return
    for hit in offices.groups(joined[1]):
        yield Relation.COOPERATES_WITH, own, Actor(hit.surface, ActorKind.PLACE), mentions.date_at(start)


def _inside_name(mentions: Mentions, at: int) -> bool:
    return any(o.start < at < o.end for o in mentions.orgs) or any(p.start < at < p.end for p in mentions.people)


def _partners(
    mentions: Mentions, start: int, match: re.Match[str], end: int, offices: Offices
) -> Iterator[tuple[Relation, Actor, Actor, DateRange | None]]:
    text = mentions.text
    named = [o for o in mentions.orgs if match.end() <= o.start < end and not mentions.in_title(o.start)]
    if not named and mentions.context.self_.kind is not ActorKind.PLACE:
        return
    if alternation("not_partners").search(text, start, match.start()):
        return
    chain = _chain(text, match.end(), [(o.start, o.end) for o in named])
    partners: list[Actor] = []
    for org in named[:chain]:
        partners.extend(org.group or (org.actor,))
    stop = named[chain - 1].end if chain else match.end()
    if not chain:
        regions, stop = _regions(mentions, match.end(), end, offices)
        partners.extend(regions)
    if not partners:
        return
    relation = _relation(text, stop, end)
    if relation is None:
        return
    before = actors_between(mentions, start, match.start()) or [mentions.context.self_]
    for partner in partners:
        yield relation, before[-1], partner, mentions.date_at(match.start())


def _chain(text: str, at: int, spans: list[tuple[int, int]]) -> int:
    """How many of the spans stand one after the other from `at` on, with only list signs between."""
    n = 0
    for start, stop in spans:
        gap = text[at:start]
        if len(gap) > 3 or re.fullmatch(r"(?:[、和与及]|以及|有关|来访的)?", gap) is None:
            break
        n, at = n + 1, stop
    return n


def _regions(mentions: Mentions, start: int, end: int, offices: Offices) -> tuple[list[Actor], int]:
    """与湖南、湖北签订…: regions as partners of a region."""
    if mentions.context.self_.kind is not ActorKind.PLACE:
        return [], start
    found: list[Actor] = []
    at = start
    for place in mentions.places:
        if place.start < start or place.end > end:
            continue
        if len(mentions.text[at : place.start]) > 1:
            break
        found.append(Actor(place.entry.zh, ActorKind.PLACE))
        at = place.end
    for hit in offices.groups(mentions.text[start:end]):
        if hit.start == 0:
            return [Actor(hit.surface, ActorKind.PLACE)], start + hit.end
    return found, at


def _relation(text: str, at: int, end: int) -> Relation | None:
    """What the partners do together, by the first verb after their names."""
    rest = text[at : min(end, at + 40)]
    rest = re.sub(r"^(?:等)?(?:\d+)?(?:个)?(?:部门|单位|家|部委|厅局)?(?:共同|联合|先后|签署)?", "", rest)
    verb = alternation(*_VERBS).search(rest)
    if verb and verb.start() <= 14:
        return next(relation for name, relation in _VERBS.items() if verb.group() in words(name))
    mechanism = _MECHANISM.search(rest)
    if mechanism and mechanism.start() <= 8:
        return Relation.BUILDS_JOINTLY_WITH
    verbs = _COOPERATE.match(rest)
    return Relation.COOPERATES_WITH if verbs else None


_VERBS = {
    "sign_verbs": Relation.SIGNS_WITH,
    "issue_verbs": Relation.ISSUES_JOINTLY_WITH,
    "joint_hold_verbs": Relation.CO_HOSTS_WITH,
}
