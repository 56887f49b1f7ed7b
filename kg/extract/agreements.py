"""Agreements: what is signed, renewed, extended, concluded or adopted, with its parties, day and witnesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.clauses import Clause, actors_between, clauses, unique
from kg.extract.mentions import Mentions
from kg.extract.offices import Offices
from kg.extract.roles import WITNESSED, witnesses_in
from kg.extract.signers import after_witness, sentence_begin, signers
from kg.extract.words import alternation, hint, words
from kg.model import (
    Actor,
    ActorKind,
    AgreementFact,
    AgreementStatus,
    AgreementType,
    DateRange,
    EventFact,
    Passage,
)

__all__ = ["find_agreements", "minutes_of_meetings"]

_SIGN = re.compile(
    r"(?:共同|分别|联合|正式|现场|推动|成功|还|均|并|续|换|新|补|达成并)?"
    rf"(?P<verb>{alternation('signing_verbs', 'agreeing_verbs').pattern})(?:了)?(?!的)"
)
_SIGNED_AFTER = re.compile(r"[^，。；《》]{0,20}?(?:签署|签订|签定|续签|换签|缔结)")
_NOT_YET = re.compile(rf"(?:{alternation('not_signed').pattern})\Z")
_OCCASION = re.compile(r"(?:在|于)([^，。；在]{4,40}?(?:会议|大会|论坛|峰会|会谈))(?:期间|上)")
_AND_VERB = re.compile(r"[并和](?:发布|发表|通过|达成|公布)(?:了)?")
_LED = re.compile(r"的|以[^，。；]{1,8}方式(?:确认|同意|签署)?")
_TERM = re.compile(r"为期[^，。；的]{1,8}的")
_PLANNED = re.compile(
    r"[^，。；]{0,8}?(?:拟|计划|有望|力争|争取|筹备|即将|下一步|要求|鼓励|督促|引导|商谈|希望|期待|呼吁|建议|将(?!军)(?=[与同和在于]))"
)
_PASSIVE = re.compile(
    r"(?:的)?(?:正式|成功|顺利|再次|继续|均|已|获得|得到|无限期){0,2}(?P<verb>签署(?![了《])|纳入|延长|续展)"
)
#: The state's name that a reporting body may bear among foreign ones: 中国国家知识产权局.
_STATES = ("中国", "我国", "中华人民共和国")
_RESULTS = re.compile(r"(?:纳入|列入|写入|成为|作为)[^，。；]{0,24}成果(?:清单|文件|之一|\Z|(?=[，。；]))")
_PUSHED = re.compile(r"(?:积极|持续|加快|进一步|继续|努力|着力)\Z")
_AGREED_TO = re.compile(r"达成(?:了)?(?:进一步)?(?:一致|共识|意向)|进行(?:了)?(?:磋商|探讨)")
_ADVERBS = re.compile(r"\A(?:，|并|还|又|分别|先后|相继|首次|成功|正式|再次|年内|全年|当年|本年度?|上半年|下半年)+")
_JOINT = re.compile(r"[与同和及、]|以及")
_COUNT = re.compile(r"[\d百千数十]+(?:余|多)?(?:份|项|个)")
#: 启动与巴林、新西兰的PPH试点项目: the partners stand inside the phrase.
_BOTH = re.compile(r"双方|各方|两局|三局|四局|五局|各局|三方|两国|三国|会上|会间|会后|会议期间|其间")
_PARTNERS = re.compile(r"与[^，。；《》]{2,60}的")
#: Words that say how the signers of a later clause came together.
_MET = re.compile(r"会谈|会见|会晤|会议|访问|座谈|局长会|混委会")


@dataclass(frozen=True, slots=True)
class _Named:
    """An agreement's name at text[start:end]; `titled` when it stands in 《》."""

    start: int
    end: int
    name: str
    titled: bool


def find_agreements(
    mentions: Mentions, passage: Passage, offices: Offices, met: Callable[[], Sequence[Actor]] = tuple
) -> Iterator[AgreementFact]:
    """The agreements that a sentence tells of: one for each counterpart when it says 分别签署. `met` tells who met
    in the sentence before: 双方 are they."""
    text = mentions.text
    if not hint("signing_verbs", "agreeing_verbs").search(text):
        return
    if not mentions.titles and not hint("agreement_nouns").search(text):
        return
    seen: set[int] = set()
    for clause in clauses(text):
        for match in _SIGN.finditer(text, clause.start, clause.end):
            if mentions.in_title(match.start()) or _not_yet(text, clause.start, match.start()):
                continue
            if _AGREED_TO.search(text, match.end(), clause.end) and match["verb"] in words("signing_verbs"):
                continue
            for named in _objects(mentions, clause, match):
                if named.start not in seen and _is_agreement(named, match["verb"]):
                    seen.add(named.start)
                    yield from _facts(mentions, passage, clause, match, named, offices, met)
        for named in _subjects(mentions, clause):
            if named.start not in seen:
                seen.add(named.start)
                yield from _passive(mentions, passage, clause, named, offices)


def _not_yet(text: str, start: int, at: int) -> bool:
    """True when what comes before the verb in its clause says that nothing is signed yet."""
    if _NOT_YET.search(text, max(0, at - 6), at):
        return True
    pushed = text.startswith("推动", at) and _PUSHED.search(text, max(0, at - 6), at)
    return bool(pushed) or _PLANNED.match(text, start, at) is not None


def _objects(mentions: Mentions, clause: Clause, match: re.Match[str]) -> Iterator[_Named]:
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
        if title:
            yield _Named(title.start, title.end, title.text, True)
            at = title.end
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
            yield _Named(low, noun.end(), text[low : noun.end()], False)
            at = noun.end()
        joint = _JOINT.match(text, at)
        if joint is None and not text.startswith("《", at):
            return
        at = joint.end() if joint else at
        if _SIGN.match(text, at):
            return


def _stops(text: str, start: int, end: int) -> bool:
    return any(c in "，。；：" for c in text[start:end])


def _subjects(mentions: Mentions, clause: Clause) -> Iterator[_Named]:
    """《…》在北京签署; …合作协议签署: the agreement is what the clause is about."""
    text = mentions.text
    signed = -1
    for title in reversed(mentions.titles):
        if clause.start <= title.start < clause.end and (
            title.end == signed or _SIGNED_AFTER.match(text, title.end, clause.end)
        ):
            signed = title.start
            yield _Named(title.start, title.end, title.text, True)
    for noun in alternation("agreement_nouns").finditer(text, clause.start, clause.end):
        told = _PASSIVE.match(text, noun.end())
        goes_on = told is not None and told["verb"] in ("延长", "续展") and _type(noun.group()) is not AgreementType.PPH
        if told and not goes_on and not mentions.in_title(noun.start()):
            low = _phrase_start(mentions, clause, noun.start())
            yield _Named(low, noun.end(), text[low : noun.end()], False)


def _phrase_start(mentions: Mentions, clause: Clause, at: int) -> int:
    """The end of the parties' names before a phrase such as 知识产权合作协议."""
    ends = [o.end for o in mentions.orgs if clause.start <= o.start and o.end <= at]
    ends += [p.end for p in mentions.places if clause.start <= p.start and p.end <= at]
    ends += [p.end for p in mentions.people if clause.start <= p.start and p.end <= at]
    ends += [m.end() for m in WITNESSED.finditer(mentions.text, clause.start, at)]
    low = max([clause.start, *ends])
    led = _LED.match(mentions.text, low, at)
    return led.end() if led else low


def _is_agreement(named: _Named, verb: str) -> bool:
    if verb in words("signing_verbs"):
        return alternation("agreement_nouns").search(named.name) is not None
    kind = _type(named.name)
    if verb in ("写入", "纳入"):
        return named.titled and kind is AgreementType.JOINT_STATEMENT
    if verb in ("通过", "发布", "发表", "达成"):
        return kind is AgreementType.JOINT_STATEMENT or (verb == "通过" and kind is AgreementType.WORK_PLAN)
    pilot = kind is AgreementType.PPH and "试点" in named.name
    return (
        pilot
        or (kind in (AgreementType.MOU, AgreementType.AGREEMENT) and "项目" in named.name)
        or (verb in ("续展", "延长") and kind is not AgreementType.OTHER)
    )


def _type(name: str) -> AgreementType:
    """The type by the last agreement word of the name."""
    if "PPH" in name or "专利审查高速路" in name:
        return AgreementType.PPH
    found = alternation("agreement_nouns").findall(name)
    return AgreementType(words("agreement_nouns")[found[-1]]) if found else AgreementType.OTHER


def _facts(
    mentions: Mentions,
    passage: Passage,
    clause: Clause,
    match: re.Match[str],
    named: _Named,
    offices: Offices,
    met: Callable[[], Sequence[Actor]],
) -> Iterator[AgreementFact]:
    text = mentions.text
    partners = _PARTNERS.match(named.name) if not named.titled else None
    if partners:
        at = named.start + partners.end()
        found = actors_between(mentions, named.start, at, places=True)
        tail = _Named(at, named.end, text[at : named.end], False)
        for partner in found:
            parties = unique([mentions.context.self_, partner])
            yield _fact(mentions, passage, tail, parties, match["verb"], match.start())
        return
    own, others = _parties(mentions, clause, match, named, offices, met)
    groups: list[tuple[Actor, ...]] = [unique([*own, *others])]
    if ("分别" in text[: match.end()] and len(others) > 1 and own and not named.titled) or (
        others and _type(named.name) is AgreementType.PPH and own
    ):
        groups = [unique([*own, other]) for other in others]
    for parties in groups:
        yield _fact(mentions, passage, named, parties, match["verb"], match.start())


def _fact(
    mentions: Mentions, passage: Passage, named: _Named, parties: tuple[Actor, ...], verb: str, at: int
) -> AgreementFact:
    kind = _type(named.name)
    status = AgreementStatus((words("signing_verbs") | words("agreeing_verbs")).get(verb, "new"))
    if re.search(r"新版|更新版|修订|补充", named.name):
        status = AgreementStatus.REVISED
    return AgreementFact(
        passage=passage,
        rule="agreement.titled" if named.titled else "agreement.phrase",
        confidence=0.95 if named.titled else 0.8,
        name=_clean(named.name),
        type=kind,
        parties=() if kind is AgreementType.TREATY else parties,
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
    return re.sub(r"^(?:了|新的|一系列|系列)(?=[\u4e00-\u9fff]{2})", "", name)


def _when(mentions: Mentions, at: int) -> DateRange | None:
    """The day of signing; within a range of days only the month is sure."""
    when = mentions.date_at(at)
    goes_on = mentions.context.continues or re.match(r"[^，]{0,8}(?:期间|其间|同期)|会议|大会", mentions.text)
    if when is None and not mentions.dates and goes_on:
        when = mentions.context.date
    if when and when.end:
        start = when.start
        return DateRange(type(start)(start.year, start.month), None, when.told)
    return when


def _parties(
    mentions: Mentions,
    clause: Clause,
    match: re.Match[str],
    named: _Named,
    offices: Offices,
    met: Callable[[], Sequence[Actor]],
) -> tuple[list[Actor], list[Actor]]:
    """Who signs: those on our side, and the others."""
    text = mentions.text
    if named.titled and (inner := _title_parties(mentions, named)):
        return [], inner
    own = mentions.context.self_
    if _COUNT.match(named.name):
        # 签署16份合作协议: with whom is not told.
        return [own], []
    if match["verb"] in ("写入", "纳入"):
        opening = next((o for o in mentions.orgs if o.start == named.start + 1), None)
        return [], list(offices.members(named.name)) or ([opening.actor] if opening else [])
    here = signers(mentions, after_witness(mentions, clause, match.start()), match.start())
    hints = [e for o in mentions.orgs if o.country and (e := offices.lexicon.place(o.country))]
    group = (
        list(offices.members(named.name, hints))
        or list(offices.members(text[clause.start : match.start()]))
        or (_both(text[: clause.start], offices, met) if _BOTH.search(text, clause.start, match.start()) else [])
        or _region_members(mentions, named, offices)
    )
    if group and not here:
        return ([], group) if len(group) > 1 else ([own], group)
    said, begin = here, clause.start
    if not said:
        begin = sentence_begin(mentions, match.start())
        said = signers(mentions, begin, match.start()) if _MET.search(text, begin, match.start()) else []
    if not said:
        return [own], []
    if mentions.people and len(said) > 2 and said[0].name != own.name and own.name in {a.name for a in said}:
        said = [own, *(a for a in said if a.name != own.name)]
    led = _ADVERBS.sub("", text[begin : match.start()])
    others = [a for a in said if a.name not in (own.name, *(state + own.name for state in _STATES))]
    if led.startswith(("与", "同", "联合", "会同", "和")) or len(said) == 1:
        return [own], others
    return said[:1], said[1:]


def _both(before: str, offices: Offices, met: Callable[[], Sequence[Actor]]) -> list[Actor]:
    """Who 双方 are: the offices that stand before it in its sentence, else those who met in the one before."""
    return list(offices.members(before)) or list(who if len(who := met()) > 1 else ())


def _title_parties(mentions: Mentions, named: _Named) -> list[Actor]:
    """The bodies between which a titled agreement is made: 《A与B关于…的协定》."""
    inner = [o for o in mentions.orgs if named.start < o.start and o.end < named.end]
    if len(inner) >= 2 and re.search(r"[与和]", mentions.text[inner[0].end : inner[1].start]):
        return [o.actor for o in inner]
    return []


def _region_members(mentions: Mentions, named: _Named, offices: Offices) -> list[Actor]:
    """京津冀 and 闽宁 name their regions; 东北三省一区 and 中部六省 are partners as groups."""
    name = mentions.text[max(0, named.start - 12) : named.end]
    found: list[Actor] = []
    for hit in offices.groups(name):
        members = offices.lexicon.expand_short(hit.surface)
        if members:
            return [Actor(member.zh, ActorKind.PLACE) for member in members]
        found.append(Actor(hit.surface, ActorKind.PLACE))
    return [mentions.context.self_, *found] if found else []


def _passive(
    mentions: Mentions, passage: Passage, clause: Clause, named: _Named, offices: Offices
) -> Iterator[AgreementFact]:
    text = mentions.text
    if named.titled:
        inner = _title_parties(mentions, named) or list(offices.members(named.name))
        yield _fact(mentions, passage, named, unique(inner), "签署", named.start)
        return
    begin = max([clause.start, *(m.end() for m in WITNESSED.finditer(text, clause.start, named.start))])
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
    agreements: Sequence[AgreementFact], events: Sequence[EventFact], offices: Offices
) -> tuple[AgreementFact, ...]:
    """The agreements of a sentence, with bare minutes (分别签署会议纪要) told as those of each meeting in it."""
    out: list[AgreementFact] = []
    for agreement in agreements:
        bare = agreement.type is AgreementType.MINUTES and not agreement.titled and len(agreement.name) <= 5
        meetings = [(e.name, who) for e in events if (who := offices.members(e.name))] if bare else []
        told = (replace(agreement, name=f"{name}{agreement.name}", parties=who, event=name) for name, who in meetings)
        out.extend(told if meetings else (agreement,))
    return tuple(out)
