"""Ties that a sentence states itself: 联合甲局开展, 与京东共建, 会见企业代表, 派专家赴某国授课, 甲局、乙局共同派员."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from kg.extract.actor_lists import Listed, actors_of_list, list_from
from kg.extract.bodies_met import body_of_country
from kg.extract.clauses import Clause, actors_between, clauses, happened, unique
from kg.extract.mentions import Mentions, OrgHit, PersonHit, within
from kg.extract.offices import Offices
from kg.extract.signs import CALLING, TEACHING, TYING
from kg.extract.words import alternation, pairs, words
from kg.model import Actor, ActorKind, DateRange, Relation

__all__ = ["ToldTie", "clause_subject", "opening_subject", "pairs_of", "stated_ties"]

# Asked for time and again: a member costs many times what a name of the module does.
_PLACE = ActorKind.PLACE

#: How far before a word the name of a body may begin that holds it.
_LONGEST_NAME = 80
ToldTie = tuple[Relation, Actor, Actor, DateRange | None]

#: What stands in every clause that states a tie itself.
_TYING = re.compile("|".join(words("tying_words")))
_JOINT = re.compile(
    r"(?:联合|会同|携手|联手|与(?!会|时)|和(?!谐|解)|同(?![意时步比样类堂等期一])|配合|依托)(?=[^，。；]{2})"
)
#: 为甲法院培训骨干, 为乙国官员授课: trained without a course that has a name.
_TEACHES = re.compile(
    r"为(?P<who>[^，。；]{2,40}?)(?:(?:各?类)?培训(?:了)?(?![班基机课项师教中资体需])|(?:在线|现场)?(?:授课|讲课|讲学))"
)
#: 选派专家赴甲国、乙局授课: those who teach go there.
_SENT = re.compile(
    r"[派请抽选][^，。；]{0,12}?(?:专家|教师|师资|讲师|审查员|教授|骨干|人员|法官|干部|教员)[^，。；]{0,8}?(?:赴|前往|到)"
    r"(?P<where>(?:[^，。；]|，(?=以及)){2,80}?)(?:(?:开展|进行|举办|组织|提供)[^，。；]{0,16}?培训|(?:在线|现场|巡回)?(?:授课|讲课|讲学|任教|执教))"
)
_LEARNS = re.compile(r"参加|接受|参训|受训|观摩|学习|进修")
_COMPOSED = re.compile(r"由(?P<who>[^，。；]{4,80}?)(?:共同派员)?(?:共同)?组成")
#: A clause that opens so tells what is planned, wished or asked for.
_UNDONE = re.compile(
    r"(?:下一步，?)?(?:\d{1,4}年)?(?:积极|主动)?(?:拟|计划|寻求|希望|期待|愿|探讨|商谈|有望|力争|争取|将(?=[与同会和联]))"
)
_JOINED = re.compile(r"(?:参与|融入|加入|参加)([^，。；]{2,40}?)(?:合作|协作|协同|一体化)")
_FOUNDED = re.compile(
    r"(?:建立|构建|搭建|组建|成立|创建|共建)(?:了|起)?(?P<what>[\u4e00-\u9fff]{4,30}?(?:机制|联盟|平台|中心|基地))"
)
_MECHANISM = re.compile(r"建立|共建|设立|增设|新增|组建|成立|筹建|新建|合作建|打造|建成|建设")
_COOPERATE = re.compile(
    r"(?P<led>(?![商洽拟]签)[\u4e00-\u9fff]{0,4}?)(?:合作(?!文本)|交流|协作|联手|完成|开展|推动|推进|实施|深化|组织|制作|编制|评选|遴选|做好|保持|颁发|启动|"
    r"配合|加强|研究|探索|组团|派团|参会|与会|达成(?!一致))"
)
#: What a list of partners may end with: 等5部门, 等国, 等地人民政府.
_REST_OF_LIST = re.compile(
    r"(?:等)?(?:\d+|[一两二三四五六七八九十]+)?(?:余|多)?(?:个|家)?"
    r"(?:部门|单位|家|部委|厅局|国家|国|地区|地|省份|省区市|省市|省|市|机构|企业|高校|院校|组织)?"
    r"(?:[\u4e00-\u9fff]{0,6}?(?:机构|部门|单位|方面|当局)(?:[、和与][\u4e00-\u9fff]{1,10}?(?:机构|部门|单位)){0,3})?(?:共同|联合|先后|一道|一起)?"
)
_NEGOTIATE = re.compile(r"[^，。；]{0,12}?(?:启动|开展|推进|举行|进行|完成|重启)[^，。；]{0,24}?谈判")
#: 与甲局的磋商仍在进行.
_CONSULTS = re.compile(
    r"的[\u4e00-\u9fff]{0,8}?(?:磋商|谈判)(?:[仍正也还已]|持续|有序|基本|顺利){0,2}(?:在)?"
    r"(?:进行|推进|启动|开展|继续|取得|完成|结束|[进接临]?[入近](?:尾声|最后))"
)
_TALK = re.compile(r"(?:分别)?(?:举行|进行|开展|召开)(?:了)?[^，。；]{0,8}?(?:会谈|会晤|座谈(?!会)|磋商)")
#: What follows a body that is no subject, or not the only one; who witnesses acts in no other clause.
_NO_SUBJECT = re.compile(r"[的等与和同）]|(?:共同)?见证|\Z")
_RECEIVES = re.compile(r"(?:会见|接待|拜会|接见)(?:了|来访的|来华的)?")
#: What makes a country a guest or a host; 接待美国产业界代表 tells of other guests.
_GUESTS = re.compile(r"等|代表团|客人|来访|官员|代表|政府|[，。；和并]|\Z")
#: Guests who look around, or are taken along.
_NOT_OURS = re.compile("陪同|客人|来宾|嘉宾|外宾|学员|记者")
#: 将筹备好大会，适时组团访问: what an earlier clause plans.
_PLANNED = re.compile(r"(?:^|[，；])[^，。；]{0,8}(?:将(?![军士领])|拟|计划|适时)")
#: Words that tell by themselves that bodies act together.
_ACTS_WITH = frozenset({"会同", "联合", "携手", "联手"})
#: 要会同, 将会同; 甲部会同乙部负责解释, 会同乙部的意见.
_TASK = re.compile(r"等?(?:\d+|有关|相关)?(?:个|家)?(?:部门|单位)?(?:的|负责|另行|适时|择机|根据|依据|按照|统一)")
_THAT = re.compile(r"[该两双各][\u4e00-\u9fff]{1,3}\Z")
_CALLS_ON = re.compile(r"(?:走访|访问|拜访|参观|调研|考察)(?:调研|考察|慰问|参观|学习|交流)?(?:了)?(?=[^者量团组率的])")
#: 甲局、乙局共同…: what makes those who are listed before it do something together.
_TOGETHER = re.compile(
    r"(?:等)?(?:\d+|[一两二三四五六七八九十]+)?(?:个|家)?(?:部门|单位|家|方|省市|地|省)?(?P<joint>共同|联合|携手|联手|合作(?!社)|协同|共建|合建)"
)
#: 甲局、乙局印发通知: one paper without a title.
_A_PAPER = re.compile(
    r"(?:等部门)?(?:印发|下发|发布|制定|公布)(?:了)?(?:通知|意见|公告|文件|方案|通告|指引"
    r"|[^，。；《》]{0,30}?(?:案例|案件|名单|目录|公报|数据)(?=[，。；：]|\Z))"
)
#: 甲局、乙部启动“…”专项行动.
_A_CAMPAIGN = re.compile(r"(?:等部门)?(?:启动|部署|发起)(?:实施|开展)?(?:了)?[^，。；《》]{0,30}?行动(?=[，。；]|\Z)")
#: What stands in every clause in which those of a list act side by side.
_BESIDE = re.compile(pairs(words("beside_words")))
_ALONE = re.compile(r"分别|先后|相继|各自|均|陆续")
#: 博览会上, 会议期间.
_THERE = re.compile(r"[^，。；]{0,8}[会式坛展节动](?:上|期间|间隙|[之以]?后)，|[其期会]间，")
_VERBS = {
    "sign_verbs": Relation.SIGNS_WITH,
    "issue_verbs": Relation.ISSUES_JOINTLY_WITH,
    "joint_hold_verbs": Relation.CO_HOSTS_WITH,
}
#: How far behind a list the verb may stand: close behind places, which may only be the head of a longer name.
_REACH, _REACH_OF_PLACES = 14, 4


def pairs_of(actors: Sequence[Actor], main: str) -> list[tuple[Actor, Actor]]:
    """Two or three partners: all pairs; more: those with the main actor, or the first when it is not among them."""
    if len(actors) <= 3:
        return list(combinations(actors, 2))
    first = next((a for a in actors if a.name == main or main.startswith(f"{a.name}（") or _same(a, main)), actors[0])
    return [(first, other) for other in actors if other is not first]


def _same(actor: Actor, main: str) -> bool:
    """True for a relative name (省市场监管局) of the main actor: told by the region's level and the name's end."""
    return bool(actor.region) and main.startswith(actor.region) and actor.name[1:3] == main[len(actor.region) :][:2]


def stated_ties(
    read: Sequence[Mentions], topics: Sequence[Actor | None], offices: Offices
) -> list[tuple[ToldTie, ...]]:
    """The ties that each sentence states. `topics` are the bodies of which the paragraphs tell, when not our own."""
    ours = [topic or m.context.self_ for m, topic in zip(read, topics, strict=True)]
    asked = [_may_tie(m, us) for m, us in zip(read, ours, strict=True)]
    return [tuple(_stated(m, offices, us)) if some else () for m, us, some in zip(read, ours, asked, strict=True)]


def _may_tie(mentions: Mentions, us: Actor) -> bool:
    """True when a sentence has words that tie, and somebody to be tied to."""
    somebody = mentions.orgs or mentions.places or mentions.people or us.kind is _PLACE
    return bool(somebody) and mentions.signs & (TYING | TEACHING) != 0


def _stated(mentions: Mentions, offices: Offices, us: Actor) -> Iterator[ToldTie]:
    text = mentions.text
    taught = mentions.signs & TEACHING != 0
    if taught:
        yield from _sent(mentions, us)
    of_region, calls = mentions.context.self_.kind is _PLACE, mentions.signs & CALLING != 0
    several = len(mentions.orgs) + len(mentions.people) + len(mentions.places) > 1
    composing = "组成" in text
    for clause in clauses(text):
        tying = _TYING.search(text, clause.start, clause.end)
        if not (tying or taught) or _UNDONE.match(text, clause.start, clause.end):
            continue
        if taught:
            yield from _taught(mentions, clause, us)
        if not tying:
            continue
        if of_region:
            yield from _joins_group(mentions, clause, offices)
            yield from _founds_with(mentions, clause, offices)
        composed = _COMPOSED.search(text, clause.start, clause.end) if composing else None
        if composed:
            members = actors_between(mentions, composed.start("who"), composed.end("who"))
            yield from _all_pairs(mentions, clause, members, Relation.COOPERATES_WITH)
            continue
        if calls:
            yield from _received(mentions, clause, us)
        if several and _BESIDE.search(text, clause.start, clause.end):
            yield from _side_by_side(mentions, clause)
        read = clause.start  # what joins inside a list was read with it
        for match in _JOINT.finditer(text, clause.start, clause.end):
            if match.start() < read or mentions.in_title(match.start()):
                continue
            listed = list_from(mentions, match.end(), clause.end)
            if not (listed or us.kind is _PLACE) or not _joins(mentions, match):
                continue
            if not happened(text, clause):
                break
            read = listed[-1].end if listed else read
            found = list(_partners(mentions, clause, match, listed, offices, us))
            yield from found
            if found:
                break


def _taught(mentions: Mentions, clause: Clause, us: Actor) -> Iterator[ToldTie]:
    """为甲法院培训骨干: we train them."""
    taught = _TEACHES.search(mentions.text, clause.start, clause.end)
    if taught is None or mentions.in_title(taught.start()):
        return
    trainer = _acting(mentions, clause, taught.start(), us)
    if trainer is None:
        return
    for body in actors_between(mentions, *taught.span("who"), places=True):
        yield Relation.TRAINS, trainer, body, mentions.date_at(clause.start)


def _all_pairs(mentions: Mentions, clause: Clause, members: Sequence[Actor], relation: Relation) -> Iterator[ToldTie]:
    when = mentions.date_at(clause.start) or mentions.context.date
    for a, b in pairs_of(members, mentions.context.publisher.name):
        yield relation, a, b, when


def _joins_group(mentions: Mentions, clause: Clause, offices: Offices) -> Iterator[ToldTie]:
    """积极参与长三角、中部六省知识产权合作共建: a region with groups of regions."""
    own, joined = mentions.context.self_, _JOINED.search(mentions.text, clause.start, clause.end)
    for hit in offices.groups(joined[1]) if joined else ():
        yield Relation.COOPERATES_WITH, own, Actor(hit.surface, _PLACE), mentions.date_at(clause.start)


def _founds_with(mentions: Mentions, clause: Clause, offices: Offices) -> Iterator[ToldTie]:
    """建立闽宁协作机制: a region with those whose abbreviations open the name of what is founded."""
    own = mentions.context.self_
    founded = _FOUNDED.search(mentions.text, clause.start, clause.end)
    members = offices.members(founded["what"]) if founded else ()
    if any(member.name == own.name for member in members):
        for other in members:
            yield Relation.BUILDS_JOINTLY_WITH, own, other, mentions.date_at(clause.start)


def _sent(mentions: Mentions, us: Actor) -> Iterator[ToldTie]:
    """派遣专家赴甲国、乙局授课: we train them; not 选派骨干赴甲国参加培训."""
    text = mentions.text
    for match in _SENT.finditer(text):
        low = max(text.rfind(sign, 0, match.start()) for sign in "，；。") + 1
        if _LEARNS.search(text, match.start(), match.end()) or _UNDONE.match(text, low):
            continue
        trainer = (actors_between(mentions, low, match.start()) or [us])[-1]
        for body in actors_between(mentions, *match.span("where"), places=True):
            yield Relation.TRAINS, trainer, body, mentions.date_at(match.start())


def _received(mentions: Mentions, clause: Clause, us: Actor) -> Iterator[ToldTie]:
    """局领导会见甲、乙等企业代表, 接待某协会来访, 走访丙公司: those named right after the verb."""
    text = mentions.text
    for pattern, relation in ((_RECEIVES, Relation.MEETS_WITH), (_CALLS_ON, Relation.VISITS)):
        match = pattern.search(text, clause.start, clause.end)
        if match is None or mentions.in_title(match.start()) or not happened(text, clause):
            continue
        if _NOT_OURS.search(text, clause.start, match.start()) or _PLANNED.search(text, 0, match.start()):
            continue
        listed = list_from(
            mentions, match.end(), clause.end, regions=False, skip=20 if relation is Relation.MEETS_WITH else 2
        )
        subject = _acting(mentions, clause, match.start(), us)
        if subject is None:
            continue
        if listed and listed[-1].place is not None and not _GUESTS.match(text, listed[-1].end):
            continue
        for actor in actors_of_list(mentions, listed):
            yield relation, subject, actor, mentions.date_at(match.start())


def _acting(mentions: Mentions, clause: Clause, at: int, us: Actor) -> Actor | None:
    """Who acts in a clause: named before the verb, else the subject of a clause before; None for a person of no body."""
    for start, end in ((clause.start, at), *((c.start, c.end) for c in _clauses_before(mentions, clause))):
        people = [p for p in mentions.people if start <= p.start and p.end <= end and not mentions.in_title(p.start)]
        found = actors_between(mentions, start, end)
        if start == clause.start and found:
            return found[-1]
        if people and not found:
            return None
        if start != clause.start and (subject := clause_subject(mentions, start, end)):
            return subject
    return us


def _clauses_before(mentions: Mentions, clause: Clause) -> list[Clause]:
    """The clauses before one in its part of the sentence, the nearest first."""
    low = mentions.text.rfind("；", 0, clause.start) + 1
    return [c for c in clauses(mentions.text) if low <= c.start < clause.start][::-1]


def clause_subject(mentions: Mentions, start: int, end: int) -> Actor | None:
    """The body, or that of the person, with which a clause opens, when it alone is its subject."""
    dates = [d.end for d in mentions.dates if start <= d.start and d.end <= end]
    found = list_from(mentions, max([start, *dates]), end, regions=False)
    if not found and dates:  # 甲部长3月2日率团访问: the day stands behind
        found = list_from(mentions, start, end, regions=False)
    if len(found) != 1 or _NO_SUBJECT.match(mentions.text, found[0].end, end):
        return None
    return found[0].actors[0]


def opening_subject(mentions: Mentions) -> Actor | None:
    """The body with which a sentence opens, when it alone is its subject."""
    first = next(iter(clauses(mentions.text)), None)
    return clause_subject(mentions, first.start, first.end) if first else None


def _side_by_side(mentions: Mentions, clause: Clause) -> Iterator[ToldTie]:
    """甲局、乙局联合开展, 甲局、乙市共建: those of a list before a word that joins them, or who issue one paper."""
    text = mentions.text
    dates = [d for d in mentions.dates if clause.start <= d.start and d.end <= clause.end]
    opening = max([clause.start, *(d.end for d in dates)])
    opening += text.startswith("由", opening)
    listed = list_from(mentions, opening, clause.end)
    if not listed and dates:  # 甲局、乙局于3月2日启动…: the day stands behind
        listed = list_from(mentions, clause.start, clause.end)
    actors = unique(actors_of_list(mentions, listed))
    if len(actors) < 2:
        return
    stop = _behind_when(mentions, listed[-1].end)
    together = _TOGETHER.match(text, stop, clause.end)
    campaign = _A_CAMPAIGN.match(text, stop)
    alone = together is None and campaign is None and not _A_PAPER.match(text, stop)
    if alone or _ALONE.search(text, stop, stop + 8):
        return
    sent = text.startswith("派员", together.end()) if together else False
    relation = _relation(text, together.start("joint") if together else stop, clause.end)
    relation = Relation.COOPERATES_WITH if sent or campaign else relation
    if relation is None:
        return
    # 甲与乙、丙联合印发: 甲 with each of them; what three build or hold together is of all
    equal = text.startswith("、", listed[0].end) or relation in (Relation.BUILDS_JOINTLY_WITH, Relation.CO_HOSTS_WITH)
    pairs = pairs_of(actors, mentions.context.publisher.name) if equal else [(actors[0], b) for b in actors[1:]]
    when = _when(mentions, stop)
    if when is None and sent:
        when = mentions.context.date  # 甲、乙共同派员参会: to what was told before
    for a, b in pairs:
        yield relation, a, b, when


def _behind_when(mentions: Mentions, at: int) -> int:
    """The position behind the day and the place that a clause tells right behind its subject (于5月2日在某市)."""
    led = at + mentions.text.startswith(("于", "在"), at)
    at = next((d.end for d in mentions.dates if d.start in (at, led)), at)
    if not mentions.text.startswith("在", at):
        return at
    return next((p.end for p in mentions.places if p.start == at + 1), at)


def _when(mentions: Mentions, at: int) -> DateRange | None:
    """The date at a place; at a gathering of which the sentence before told (展会上，) the date of that."""
    return mentions.date_at(at) or (mentions.context.date if _THERE.match(mentions.text) else None)


def _joins(mentions: Mentions, match: re.Match[str]) -> bool:
    """False for 与 and 和 inside a name, and for 和 that joins no actors (专利和商标局)."""
    at = match.start()
    near = max(0, at - _LONGEST_NAME)
    named: list[OrgHit | PersonHit] = [*within(mentions.orgs, near, at), *within(mentions.people, near, at)]
    if any(hit.end > at for hit in named):
        return False
    if match.group() != "和" or any(hit.end == at for hit in named):
        return True
    return any(place.end == at for place in within(mentions.places, near, at))


def _partners(
    mentions: Mentions, clause: Clause, match: re.Match[str], listed: list[Listed], offices: Offices, us: Actor
) -> Iterator[ToldTie]:
    text = mentions.text
    if alternation("not_partners").search(text, clause.start, match.start()):
        return
    partners = actors_of_list(mentions, listed)
    stop = listed[-1].end if listed else match.end()
    if not partners and us.kind is _PLACE:
        group = next((hit for hit in offices.groups(text[match.end() : clause.end]) if hit.start == 0), None)
        if group is not None:
            partners, stop = [Actor(group.surface, _PLACE)], match.end() + group.end
    joined = match.group() == "和" and any(text[a.end : b.start] in ("与", "同") for a, b in pairwise(listed))
    if not partners or joined:
        return  # 甲和乙与丙签署: 乙 is the last of those who sign with 丙
    bare = bool(listed) and listed[-1].place is not None and not text.startswith("等", stop)
    relation = _relation(text, stop, clause.end, _REACH_OF_PLACES if bare else _REACH)
    if relation is None and match.group() in _ACTS_WITH and not bare and _acts(text, match.start(), stop, clause.end):
        relation = Relation.COOPERATES_WITH  # 会同甲局向乙省调拨: whatever they do
    if relation is None:
        return
    before = actors_between(mentions, clause.start, match.start())
    if not before and _THAT.search(text, clause.start, match.start()):
        return  # 该院与某大学共建: who that is was told in another sentence
    if len(before) > 1 and "分别" in text[clause.start : match.start()]:
        return  # 甲、乙分别与丙、丁: who with whom is told by the order
    main = before[-1] if before else _acting(mentions, clause, match.start(), us)
    if main is None:
        return
    for partner in partners:
        body = body_of_country(mentions, partner.name) if partner.kind is _PLACE else None
        yield relation, main, body or partner, _when(mentions, match.start())


def _acts(text: str, at: int, stop: int, end: int) -> bool:
    """True when a clause goes on behind its partners, at `stop`, with what they did, not with whose task it is."""
    return stop < end and text[at - 1] not in "要将应可拟须需当" and _TASK.match(text, stop) is None


def _relation(text: str, at: int, end: int, reach: int = _REACH) -> Relation | None:
    """What the partners do together, by the first verb that stands at most `reach` behind their names."""
    if _NEGOTIATE.match(text, at, end) or _CONSULTS.match(text, at, end):
        return Relation.NEGOTIATES_WITH
    listed = _REST_OF_LIST.match(text, at, end)
    rest = text[listed.end() if listed else at : min(end, at + 40)]
    if _TALK.match(rest):
        return Relation.MEETS_WITH
    verb = alternation(*_VERBS).search(rest)
    if verb and verb.start() <= reach:
        return next(relation for name, relation in _VERBS.items() if verb.group() in words(name))
    mechanism = _MECHANISM.search(rest)
    if mechanism and mechanism.start() <= min(8, reach):
        return Relation.BUILDS_JOINTLY_WITH
    other = _COOPERATE.match(rest)
    return Relation.COOPERATES_WITH if other and len(other["led"]) < reach - 1 else None
