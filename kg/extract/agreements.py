"""Agreements: what is signed, renewed, extended, concluded or adopted, with its parties, day and witnesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from kg.extract.agreement_parties import Named, signing_groups, title_parties
from kg.extract.bodies_met import bodies_of
from kg.extract.clauses import Clause, actors_between, clauses, unique
from kg.extract.mentions import Mentions, within
from kg.extract.offices import Offices
from kg.extract.roles import witnessed, witnesses_in
from kg.extract.signers import sentence_begin, signers
from kg.extract.signs import AGREEMENT, SIGNING, pattern_of
from kg.extract.words import ahead, alternation, any_of, words
from kg.model import (
    Actor,
    AgreementFact,
    AgreementStatus,
    AgreementType,
    DateRange,
    EventFact,
    Passage,
)

__all__ = ["find_agreements", "may_sign", "minutes_of_meetings"]

# Asked for time and again: a member costs many times what a name of the module does.
_MINUTES, _JOINT_STATEMENT, _PPH = AgreementType.MINUTES, AgreementType.JOINT_STATEMENT, AgreementType.PPH
_OTHER, _TREATY = AgreementType.OTHER, AgreementType.TREATY
#: What each verb says of an agreement.
_STATUSES = words("signing_verbs") | words("agreeing_verbs")

_HOW = ("共同", "分别", "联合", "正式", "现场", "推动", "成功", "还", "均", "并", "续", "换", "新", "补", "达成并")
_SIGN = re.compile(rf"{ahead((*_HOW, *_STATUSES))}(?:{'|'.join(_HOW)})?(?P<verb>{any_of(_STATUSES)})(?:了)?(?!的)")
#: What stands in every clause that tells of an agreement without a title.
_SIGNING = pattern_of(SIGNING)
_SIGNED_AFTER = re.compile(r"[^，。；《》]{0,20}?(?:签署|签订|签定|续签|换签|缔结)")
#: 商定年内续签: when it shall be signed stands between.
_NOT_YET = re.compile(
    rf"(?:{alternation('not_signed').pattern})(?:于|在)?(?:年[内底中]|[明来]年[初内底]?|下半年|近期|适时|择机|[下次]月|[\d]{{1,2}}月底?前?)?\Z"
)
#: A council's own plan (省政府常务会议审议通过) binds nobody else.
_COUNCIL = re.compile("常务会议?|常委会|党组|党委|办公会|人大|全会|深改委")
_OCCASION = re.compile(r"(?:在|于)([^，。；在]{4,40}?(?:会议|大会|论坛|峰会|会谈))(?:期间|上)")
#: What goes on about a meeting told before: 会议期间, 甲、乙在会上签署.
_THERE = re.compile(
    r"(?:开幕式|会议|会谈|会见|会晤|会面|仪式|论坛|活动|会)(?:结束)?[之以]?后|(?:双方|两人|二人)(?:还|共同|现场|正式|一并|并){0,3}(?:签署|签订|续签)|双方(?:随后|随即|当场)|(?:随后|随即)，?双方|[^，]{0,8}(?:期间|其间|同期)|会议|大会|[^，。；]{2,30}?在(?:会|大会|论坛|仪式|活动)上"
    r"|[^，。；]{0,8}(?:会|式|论坛|活动|大赛|展|周|节)上，|在[\u4e00-\u9fff]{2,8}，"
)
_AND_VERB = re.compile(r"[并和](?:发布|发表|通过|达成|公布)(?:了)?")
_LED = re.compile(r"的|以[^，。；]{1,8}方式(?:确认|同意|签署)?")
#: What is signed about an older text: 《…协定》补充议定书.
_AMENDING = re.compile(r"(?:的)?(?:延期|展期|续期|续签|修[订改正]|补充|附加|更新)(?:议定书|协议|协定|备忘录|文件)")
_TERM = re.compile(r"一[份项个](?=[^，。；]{4})|为期[^，。；的]{1,8}的")
_PLANNED = re.compile(
    r"[^，。；]{0,8}?(?:拟|计划|有望|力争|争取|筹备|即将|下一步|要求|鼓励|督促|引导|商谈|希望|期待|呼吁|建议|将(?!军)(?=[与同和在于]))"
)
_PASSIVE = re.compile(
    r"(?:的)?(?:有效期)?(?:正式|成功|顺利|再次|继续|均|已|获得|得到|无限期){0,2}(?P<verb>签署(?![了《])|纳入|延长|顺延|续展|启动|上线|开通)"
)
#: Verbs that make an agreement of pilots only; 将 and 把, which bring in what is made longer.
_ONLY_PILOTS, _TAKEN = ("延长", "顺延", "续展", "启动", "上线", "开通"), ("将", "把")
_LONGER = re.compile(r"(?:的)?(?:有效期|期限|合作期)?(?:再次|自动|顺利)?(?:延长|顺延|续展|续签)")
_RESULTS = re.compile(r"(?:纳入|列入|写入|成为|作为)[^，。；]{0,24}成果(?:清单|文件|之一|\Z|(?=[，。；]))")
_PUSHED = re.compile(r"(?:积极|持续|加快|进一步|继续|努力|着力)\Z")
_AGREED_TO = re.compile(
    r"达成(?:了)?(?:进一步)?(?:一致|共识|意向)|(?:进行|开展)(?:了)?[^，。；]{0,6}(?:磋商|探讨|商谈|洽谈|沟通)|交换(?:了)?意见"
)
#: What is signed is about a titled text and has its noun behind.
_ABOUT = re.compile("关于|有关|围绕|落实|实施")
_PAPER = re.compile(
    r"[^，。；：《》]{0,20}?的[^，。；：《》]{0,16}?(?:备忘录|协议|协定|意向书|纪要|议定书|声明|安排)(?![》])"
)
#: How far what is signed reaches behind its verb.
_OBJECT = 100
_JOINT = re.compile(r"[与同和及、]|以及")
_STOP = re.compile("[，。；：]")
_REVISED = re.compile("新版|更新版|修订|补充")
#: What stands before a name and is no part of it.
_OPENING = re.compile(r"\A(?:了|新的|一系列|系列)(?=[\u4e00-\u9fff]{2})")
_COUNT = re.compile(r"(?:共计?|已?达|超过?|逾|近|约|累计)?[\d百千数十]+(?:余|多)?(?:份|项|个)")
#: 回顾两国签署首个备忘录以来的交往: what was signed long before.
_SINCE = re.compile(r"(?:》)?(?:以来|至今|\d{1,2}周年|[一二三四五六七八九十]{1,3}周年)")
_PARTNERS = re.compile(r"与[^，。；《》]{2,60}的")


def may_sign(mentions: Mentions) -> bool:
    """False for a sentence without words of signing, which tells of no agreement."""
    return mentions.signs & SIGNING != 0 and (bool(mentions.titles) or mentions.signs & AGREEMENT != 0)


def find_agreements(
    mentions: Mentions, passage: Passage, offices: Offices, met: Callable[[], Sequence[Actor]] = tuple
) -> Iterator[AgreementFact]:
    """The agreements that a sentence tells of: one for each counterpart when it says 分别签署. `met` tells who met
    in the sentence before: 双方 are they."""
    text = mentions.text
    seen: set[int] = set()
    for clause in clauses(text):
        signing = _SIGNING.search(text, clause.start, clause.end)
        for match in _SIGN.finditer(text, clause.start, clause.end) if signing else ():
            if mentions.in_title(match.start()) or _not_yet(text, clause.start, match.start()):
                continue
            stop = min(clause.end, match.end() + _OBJECT)
            if _AGREED_TO.search(text, match.end(), stop) and match["verb"] in words("signing_verbs"):
                continue
            if match["verb"] == "通过" and _COUNCIL.search(text, clause.start, match.start()):
                continue
            together = match.group().startswith(("联合", "共同"))
            objects = [
                n
                for n in _objects(mentions, clause, match)
                if _is_agreement(n, match["verb"]) or (together and _is_call(n))
            ]
            for named in objects:
                if named.start not in seen and not _SINCE.match(text, named.end):
                    seen.add(named.start)
                    yield from _facts(mentions, passage, clause, match, named, objects, offices, met)
        for named in _subjects(mentions, clause):
            if named.start not in seen:
                seen.add(named.start)
                yield from _passive(mentions, passage, clause, named, offices, met)


def _not_yet(text: str, start: int, at: int) -> bool:
    """True when what comes before the verb in its clause says that nothing is signed yet."""
    if _NOT_YET.search(text, max(0, at - 10), at):
        return True
    pushed = text.startswith("推动", at) and _PUSHED.search(text, max(0, at - 6), at)
    return bool(pushed) or _PLANNED.match(text, start, at) is not None


def _objects(mentions: Mentions, clause: Clause, match: re.Match[str]) -> Iterator[Named]:
    """What the verb signs: titles and phrases in a list after it."""
    text, at = mentions.text, match.end()
    second = _AND_VERB.match(text, at)  # 签署并发布了联合声明
    at = second.end() if second else at
    pattern = alternation("agreement_nouns")
    while at < clause.end:
        title = next(
            (
                t
                for t in mentions.titles
                if t.start == at or (at < t.start <= at + 12 and not _stops(text, at, t.start))
            ),
            None,
        )
        if title and title.start > at and _ABOUT.match(text, title.start - 2) and _PAPER.match(text, title.end):
            title = None  # 甲部与乙署关于《某框架》能力建设的备忘录
        if title:
            more = _AMENDING.match(text, title.end)
            if more:  # 《…备忘录》延期议定书
                yield Named(title.start, more.end(), text[title.start : more.end()], False)
            else:
                yield Named(title.start, title.end, title.text, True)
            at = more.end() if more else title.end
        else:
            noun = pattern.search(text, at, min(clause.end, at + 60))
            if noun is None or _stops(text, at, noun.start()):
                return
            while more := pattern.match(text, noun.end()):
                noun = more
            if alternation("event_nouns").match(text, noun.end()) or _COUNT.match(text, noun.end()):
                return
            term = _TERM.match(text, at, noun.start())
            low = term.end() if term else at
            yield Named(low, noun.end(), text[low : noun.end()], False)
            at = noun.end()
        joint = _JOINT.match(text, at)
        if joint is None and not text.startswith("《", at):
            return
        at = joint.end() if joint else at
        if _SIGN.match(text, at):
            return


def _stops(text: str, start: int, end: int) -> bool:
    return _STOP.search(text, start, end) is not None


def _subjects(mentions: Mentions, clause: Clause) -> Iterator[Named]:
    """《…》在北京签署; …合作协议签署: the agreement is what the clause is about."""
    text = mentions.text
    signed = -1
    for title in reversed(mentions.titles):
        if clause.start <= title.start < clause.end and (
            title.end == signed
            or _SIGNED_AFTER.match(text, title.end, clause.end)
            or (text[title.start - 1 : title.start] in _TAKEN and _LONGER.match(text, title.end))
        ):
            signed = title.start
            yield Named(title.start, title.end, title.text, True)
    for noun in alternation("agreement_nouns").finditer(text, clause.start, clause.end):
        told = _PASSIVE.match(text, noun.end())
        if told is None or mentions.in_title(noun.start()):
            continue
        low = _phrase_start(mentions, clause, noun.start())
        taken = max(text.rfind(sign, clause.start, noun.start()) for sign in _TAKEN) + 1
        if taken and _LONGER.match(text, noun.end()):  # 将备忘录延长三年
            low = max(low, taken)
        elif told["verb"] in _ONLY_PILOTS and _type(noun.group()) is not _PPH:
            continue
        yield Named(low, noun.end(), text[low : noun.end()], False)


def _phrase_start(mentions: Mentions, clause: Clause, at: int) -> int:
    """The end of the parties' names before a phrase such as 知识产权合作协议."""
    low = witnessed(mentions.text, clause.start, at)
    low = max([low, *(o.end for o in within(mentions.orgs, clause.start, at) if o.end <= at)])
    low = max([low, *(p.end for p in within(mentions.places, clause.start, at) if p.end <= at)])
    low = max([low, *(p.end for p in within(mentions.people, clause.start, at) if p.end <= at)])
    led = _LED.match(mentions.text, low, at)
    return led.end() if led else low


def _is_call(named: Named) -> bool:
    """True for what several call for together: 《某地倡议》."""
    return named.titled and named.name.endswith("倡议")


def _is_agreement(named: Named, verb: str) -> bool:
    if verb in words("signing_verbs"):
        return alternation("agreement_nouns").search(named.name) is not None
    kind = _type(named.name)
    if verb in ("写入", "纳入"):
        return named.titled and kind is _JOINT_STATEMENT
    if verb in ("通过", "发布", "发表", "达成"):
        plan = kind is AgreementType.WORK_PLAN or ("合作" in named.name and named.name.endswith("路线图"))
        return kind is _JOINT_STATEMENT or (verb == "通过" and plan)
    if verb == "形成":
        return kind in (_MINUTES, _JOINT_STATEMENT)
    pilot = kind is _PPH and "试点" in named.name
    return (
        pilot
        or (kind in (AgreementType.MOU, AgreementType.AGREEMENT) and "项目" in named.name)
        or (verb in ("续展", "延长", "顺延") and kind is not _OTHER)
    )


@lru_cache(maxsize=256)
def _type(name: str) -> AgreementType:
    """The type by the last agreement word of the name."""
    if "PPH" in name or "专利审查高速路" in name:
        return _PPH
    found = alternation("agreement_nouns").findall(name)
    return AgreementType(words("agreement_nouns")[found[-1]]) if found else _OTHER


def _facts(
    mentions: Mentions,
    passage: Passage,
    clause: Clause,
    match: re.Match[str],
    named: Named,
    objects: Sequence[Named],
    offices: Offices,
    met: Callable[[], Sequence[Actor]],
) -> Iterator[AgreementFact]:
    text = mentions.text
    partners = _PARTNERS.match(named.name) if not named.titled else None
    if partners:
        at = named.start + partners.end()
        found = actors_between(mentions, named.start, at, places=True)
        tail = Named(at, named.end, text[at : named.end], False)
        for partner in found:
            parties = unique([mentions.context.self_, partner])
            yield _fact(mentions, passage, tail, parties, match["verb"], match.start())
        return
    pilot = _type(named.name) is _PPH
    groups = signing_groups(mentions, clause, match, named, objects, offices, met, each=pilot)
    for parties in groups:
        yield _fact(mentions, passage, named, parties, match["verb"], match.start())


def _fact(
    mentions: Mentions, passage: Passage, named: Named, parties: tuple[Actor, ...], verb: str, at: int
) -> AgreementFact:
    kind = _JOINT_STATEMENT if verb in ("发表", "发布") and _is_call(named) else _type(named.name)
    adopted = verb in ("通过", "形成") or (kind is _JOINT_STATEMENT and "签" not in verb)
    status = AgreementStatus(_STATUSES.get(verb, "new"))
    if _REVISED.search(named.name):
        status = AgreementStatus.REVISED
    return AgreementFact(
        passage=passage,
        rule=f"agreement.{'adopted' if adopted else 'titled' if named.titled else 'phrase'}",
        confidence=0.95 if named.titled else 0.8,
        name=_clean(named.name),
        type=kind,
        parties=() if kind is _TREATY else parties,
        signed=_when(mentions, at),
        witnesses=() if _is_result(mentions.text, at) else witnesses_in(mentions),
        status=status,
        titled=named.titled,
        event=_occasion(mentions.text),
    )


def _is_result(text: str, at: int) -> bool:
    """True for what is only listed among the results of a visit: whose visit it was, witnessed nothing."""
    clause = next((c for c in clauses(text) if c.start <= at < c.end), None)
    return clause is not None and _RESULTS.search(text, clause.start, clause.end) is not None


def _clean(name: str) -> str:
    return _OPENING.sub("", name)


def _when(mentions: Mentions, at: int) -> DateRange | None:
    """The day of signing; within a range of days only the month is sure."""
    when = mentions.date_at(at)
    goes_on = mentions.context.continues or _THERE.match(mentions.text)
    if when is None and not mentions.dates and goes_on:
        when = mentions.context.date
    if when and when.end:
        start = when.start
        return DateRange(type(start)(start.year, start.month), None, when.told)
    return when


def _passive(
    mentions: Mentions,
    passage: Passage,
    clause: Clause,
    named: Named,
    offices: Offices,
    met: Callable[[], Sequence[Actor]],
) -> Iterator[AgreementFact]:
    text = mentions.text
    if (taken := named.start - 1) > clause.start and text[taken] in _TAKEN and _LONGER.match(text, named.end):
        said = signers(mentions, clause.start, taken)
        if not said and text.startswith("双方", clause.start):  # 会见某局长，双方同意将…
            said = signers(mentions, sentence_begin(mentions, clause.start), clause.start)
        if len(said) < 2:
            said = [mentions.context.self_, *said] if said else list(met())
        if len(said) > 1:
            yield _fact(mentions, passage, named, unique(said), "延长", named.start)
        return
    if named.titled:
        inner = title_parties(mentions, named) or list(offices.members(named.name))
        yield _fact(mentions, passage, named, unique(inner), "签署", named.start)
        return
    begin = witnessed(text, clause.start, named.start)
    said = signers(mentions, begin, named.start + 1)
    if not said:
        return
    own, others = (said[:1], said[1:]) if len(said) > 1 else ([mentions.context.self_], said)
    several = len(others) > 1 and _JOINT.search(text, begin)
    groups = [unique([*own, other]) for other in others] if several else [unique([*own, *others])]
    told = _PASSIVE.match(text, named.end)
    for parties in groups:
        yield _fact(mentions, passage, named, parties, told["verb"] if told else "签署", named.start)


@lru_cache(maxsize=64)
def _occasion(text: str) -> str:
    match = _OCCASION.search(text)
    return match[1] if match else ""


def minutes_of_meetings(
    mentions: Mentions, agreements: Sequence[AgreementFact], events: Sequence[EventFact], offices: Offices
) -> tuple[AgreementFact, ...]:
    """The agreements of a sentence, with bare minutes (分别签署会议纪要) told as those of each meeting in it; minutes
    that nobody signs (形成会议纪要) need two parties."""
    out: list[AgreementFact] = []
    for agreement in agreements:
        if agreement.type is not _MINUTES:
            out.append(agreement)
            continue
        bare = not agreement.titled and len(agreement.name) <= 5
        meetings = [(e.name, who) for e in events if (who := offices.members(e.name))] if bare else []
        meetings = [(name, bodies_of(mentions, who, name)) for name, who in meetings]
        numbered = [e.name for e in events if bare and not meetings and e.ordinal]
        if len(numbered) == 1:  # 甲委员会第八次会议召开，双方签署会议纪要
            meetings = [(numbered[0], agreement.parties)]
        told = (
            replace(agreement, name=name.removesuffix(agreement.name[:2]) + agreement.name, parties=who, event=name)
            for name, who in meetings
        )
        found = list(told) if meetings else [agreement]
        adopted = agreement.rule == "agreement.adopted"
        out.extend(a for a in found if not adopted or len(a.parties) > 1)
    return tuple(out)
