"""Who signs an agreement: told before the verb, in its title or name, by 双方 and 后者, or visited in the clause before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.extract.actor_lists import region_name
from kg.extract.bodies_met import bodies_of, body_of_country
from kg.extract.clauses import Clause, clauses_before, unique
from kg.extract.counterparts import subject_of
from kg.extract.mentions import Mentions, within
from kg.extract.offices import Offices
from kg.extract.signers import after_witness, sentence_begin, signers
from kg.extract.stated_ties import clause_subject
from kg.model import Actor, ActorKind, AgencyKind
from kg.model.frozen import Frozen

__all__ = ["Named", "members_of", "partners", "signing_groups", "title_parties"]

Met = Callable[[], Sequence[Actor]]

#: The state's name that a reporting body may bear among foreign ones: 中国国家知识产权局.
_STATES = ("中国", "我国", "中华人民共和国")
#: 该院与某大学签署: which that is was told in another sentence.
_UNKNOWN = re.compile(r"该[\u4e00-\u9fff]{1,3}?[与同和]")
_WITH = re.compile(r"[与同](?!意|时)")
#: What a clause opens with that goes on about who acts in the one before.
_AND = re.compile(r"(?:并|还|同时|随后)(?:先后|分别|同时|联合|现场|成功)?[与同和]")
#: How far before.
_NEAR = 160
#: What people do before they sign.
_GOES = re.compile(r"率团|访问|会见|拜会|会晤|赴|前往|出席|来访|到访|来[局院部厅校委](?=[，。；])")
_MEETS = ("会见", "拜会", "会晤")
_ADVERBS = re.compile(r"\A(?:，|并|还|又|分别|先后|相继|首次|成功|正式|再次|年内|全年|当年|本年度?|上半年|下半年)+")
_ALL = re.compile(r"双方|各方|两人|二人|两局|三局|四局|五局|各局|三方|四方|两国|三国|会上|会间|会后|会议期间|其间")
#: 双方, 三方: as many as were named in the clause before.
_THOSE = re.compile("(四|三|[双两])方")
#: 中国—某国…会议: of two countries.
_OF_COUNTRIES = re.compile(r"中国[—–\-－]{1,2}[\u4e00-\u9fff]")
_MEETS_HERE = re.compile("[主举承]办|举行|召开")
#: 来自67个国家的代表参加: they adopt it, not only who holds the meeting.
_OF_MANY = re.compile(r"\d+个(?:国家|成员国|经济体|国际组织)")
#: 近百名代表与会，并: those who adopt a text are not told.
_PRESENT = re.compile(
    r"(?<!双方)代表[^，。；]{0,4}(?:与会|参会|出席|参加)[^，。；]{0,8}，(?:会议|论坛|大会)?(?:并|共同|联合|一致){0,2}\Z"
)
_SAID = 28
_MEETING_ACTS = re.compile("会议|大会")
#: Words that say how the signers of a later clause came together.
_HELD = re.compile(r"[与同和][^，。；]{2,60}?(?:举行|召开|举办)|共同主持")
_MET = re.compile(r"(?:联合|共同)(?:主办|举办|召开|举行)|会谈|会见|会晤|会议|访问|座谈|局长会|混委会|来访|拜会")
#: 与甲局的合作稳步推进，双方续签: a sentence that opens with a partner.
_PARTNER = re.compile(r"[^，。；与同和]{0,24}[与同和][^，。；]{2,40}?(?:合作|交流|往来|关系)")
#: 会见甲和乙，并与后者签署.
_OF_TWO = re.compile(r"[与同](?:(?P<last>后者)|(?P<first>前者))")
#: The keys of regions of China.
_REGIONS = "place/CN-"
_NUMBERED = re.compile(r"(?:[（(][A-Za-z]{2,12}[）)])?第[\d一二三四五六七八九十]{1,4}[届次]")
_COUNT = re.compile(r"[\d百千数十]+(?:余|多)?(?:份|项|个)")


class Named(Frozen):
    """An agreement's name at text[start:end]; `titled` when it stands in 《》."""

    start: int
    end: int
    name: str
    titled: bool


def signing_groups(
    mentions: Mentions,
    clause: Clause,
    verb: re.Match[str],
    named: Named,
    objects: Sequence[Named],
    offices: Offices,
    met: Met,
    *,
    each: bool,
) -> list[tuple[Actor, ...]]:
    """The parties of the agreement, or of each of several with the name: 分别与甲、乙签署 makes two, and with as many
    titles (`objects`) as counterparts one for each title. `each` says that the kind of agreement binds two."""
    own, others = _parties(mentions, clause, verb, named, offices, met)
    apart = len(others) > 1 and "分别" in mentions.text[: verb.end()]
    if apart and (couples := _respective(mentions, [*own, *others])):
        return couples
    if not own or not others or not (apart or each):
        return [unique([*own, *others])]
    if apart and named in objects and len(objects) == len(others):
        others = [others[objects.index(named)]]
    return [unique([*own, other]) for other in others]


def _respective(mentions: Mentions, said: Sequence[Actor]) -> list[tuple[Actor, ...]]:
    """甲、乙分别与丙、丁签署: 甲 with 丙 and 乙 with 丁."""
    half = len(said) // 2
    if len(said) < 4 or len(said) % 2:
        return []
    spans = [next(((o.start, o.end) for o in mentions.orgs if o.actor == actor), None) for actor in said]
    ends, starts = spans[half - 1], spans[half]
    if ends is None or starts is None or not re.search("[与同]", mentions.text[ends[1] : starts[0]]):
        return []
    return [unique(list(couple)) for couple in zip(said[:half], said[half:], strict=True)]


def _parties(
    mentions: Mentions, clause: Clause, verb: re.Match[str], named: Named, offices: Offices, met: Met
) -> tuple[list[Actor], list[Actor]]:
    """Who signs: those on our side, and the others."""
    text, at = mentions.text, verb.start()
    if (named.titled or "关于" in named.name) and (inner := title_parties(mentions, named)):
        return [], inner
    own = _traveller(mentions, clause.start) or _goes_on(mentions, clause) or mentions.context.self_
    if _COUNT.match(named.name):
        # 签署16份合作协议: with whom is not told.
        return [own], []
    if verb["verb"] in ("写入", "纳入"):
        opening = next((o for o in mentions.orgs if o.start == named.start + 1), None)
        return [], list(offices.members(named.name)) or ([opening.actor] if opening else [])
    one = _OF_TWO.search(text, clause.start, at)
    if one:
        return [own], _of_two(mentions, clause, one, own)
    here = signers(mentions, after_witness(mentions, clause, at), at)
    if not here and _all_present(text, clause, verb):
        return [], []  # 与会各方共同发布倡议: those who hold the meeting are not all
    if not here and (group := _group(mentions, clause, at, named, offices, met)):
        return ([], group) if len(group) > 1 else ([own], group)
    said, begin = here, clause.start
    if not said and (mentions.orgs or mentions.people or mentions.places):
        begin = sentence_begin(mentions, at)
        said = signers(mentions, begin, at) if _MET.search(text, begin, at) else []
    hosted = verb["verb"] == "通过" and not here and text.find("主办", begin, at) >= 0
    if hosted and (len(said) > 2 or _OF_COUNTRIES.search(text, begin, at) or _OF_MANY.search(text, begin, at)):
        return [], []  # 甲、乙主办，丙出席，会议通过宣言: whose it is, only the name of the meeting says
    if not said:
        return [own], []
    if verb["verb"] == "通过" and len(said) == 1 and _assembly(mentions, said[0]):
        return [], []  # 某组织第五届大会通过宣言: all its members
    if mentions.people and len(said) > 2 and said[0].name != own.name and own.name in {a.name for a in said}:
        said = [own, *(a for a in said if a.name != own.name)]
    led = _ADVERBS.sub("", text[begin:at])
    said = list(unique([(body_of_country(mentions, a.name) or a) if a.kind is ActorKind.PLACE else a for a in said]))
    if _UNKNOWN.match(led):
        return [], said
    others = [a for a in said if a.name not in (own.name, *(state + own.name for state in _STATES))]
    if others and len(said) == 1 and any(o.actor == said[0] and _WITH.match(text, o.end, at) for o in mentions.orgs):
        return said, []  # 甲部与18家企业签署: the others have no name
    if led.startswith(("与", "同", "联合", "会同", "和")) or len(said) == 1:
        guest = (
            subject_of(mentions, sentence_begin(mentions, clause.start), clause.start) if here and not others else None
        )
        return [own], [guest[1]] if guest and guest[1] != own else others  # 甲部长来访，与我局签署
    return said[:1], said[1:]


def _all_present(text: str, clause: Clause, verb: re.Match[str]) -> bool:
    """True when those present adopt a text: 与会各方发布; 近百名代表与会，并发表."""
    at = verb.start()
    if text.find("与会", clause.start, at) >= 0:
        return True
    return "签" not in verb["verb"] and _PRESENT.search(text, max(0, at - _SAID), at) is not None


def _of_two(mentions: Mentions, clause: Clause, one: re.Match[str], own: Actor) -> list[Actor]:
    """会见甲和乙，并与后者签署: the last of those told before the clause, or the first."""
    told = signers(mentions, sentence_begin(mentions, clause.start), clause.start)
    before = [a for a in told if a.name != own.name]
    return before[-1:] if one["last"] else before[:1]


def _traveller(mentions: Mentions, at: int) -> Actor | None:
    """Who goes or meets in the clauses before (某司长率团访问甲国，在某地与乙局签署): the body for which they act."""
    low = max(sentence_begin(mentions, at), at - _NEAR)
    goes = _GOES.search(mentions.text, low, at)
    if goes is None:
        return None
    # 他会见甲部长乙: who is met does not act.
    first = subject_of(mentions, low, goes.start() if goes.group() in _MEETS else at)
    if first and not first[2]:  # 某厅赴甲国，与乙局签署: a body only where the sentence opens with it
        begin = low + (mentions.text[low : low + 1] == "，")
        return first[1] if any(o.start == begin and o.actor == first[1] for o in mentions.orgs) else None
    return first[1] if first else None


def _goes_on(mentions: Mentions, clause: Clause) -> Actor | None:
    """Who acts in the clause before one that goes on (甲委发布报告，并与乙局签署): the body with which that opens."""
    if not _AND.match(mentions.text, clause.start) or not mentions.orgs:
        return None
    low = max(mentions.text.rfind("；", 0, clause.start) + 1, clause.start - _NEAR)
    before = (c for c in clauses_before(mentions.text, clause.start) if c.start >= low)
    return next(filter(None, (clause_subject(mentions, c.start, c.end) for c in before)), None)


def _group(mentions: Mentions, clause: Clause, at: int, named: Named, offices: Offices, met: Met) -> list[Actor]:
    """Who signs where the clause names nobody: told by the agreement's name, by 双方, or by who was met before."""
    text = mentions.text
    count = _THOSE.search(text, clause.start, at) or _THOSE.match(text)
    begin = sentence_begin(mentions, clause.start)
    if count and (_MET.search(text, begin, clause.start) or _HELD.search(text, begin, clause.start)):
        said = signers(mentions, begin, clause.start)
        if len(said) == {"四": 4, "三": 3}.get(count[1], 2):
            return said
    if (count or _ALL.search(text, clause.start, at)) and (both := partners(mentions, clause.start)):
        return list(both)
    hints = [e for o in mentions.orgs if o.country and (e := offices.lexicon.place(o.country))]
    group = offices.members(named.name, hints) or offices.members(text[clause.start : at])
    if not group and (count or _ALL.search(text, clause.start, at) or _meeting_acts(mentions, clause.start, at)):
        here = _MEETS_HERE.search(text, begin, clause.start) is not None  # the meeting is not that of another sentence
        group = offices.members(text[: clause.start]) or (who if not here and len(who := tuple(met())) > 1 else ())
    if group:
        return list(bodies_of(mentions, group, named.name, several=True))
    return members_of(mentions, named, offices)


def _assembly(mentions: Mentions, body: Actor) -> bool:
    """True for an international body whose numbered assembly a sentence tells of."""
    return any(
        o.actor == body and o.kind is AgencyKind.INTERNATIONAL_ORG and _NUMBERED.match(mentions.text, o.end)
        for o in mentions.orgs
    )


def _meeting_acts(mentions: Mentions, start: int, at: int) -> bool:
    """True when a meeting told before acts: 会议通过…, also in a later clause (会议发表宣言，通过计划)."""
    if _MEETING_ACTS.match(mentions.text, start, at):
        return True
    bodies = (o for o in within(mentions.orgs, 0, at) if not mentions.in_title(o.start))
    return _MEETING_ACTS.match(mentions.text) is not None and next(bodies, None) is None


def partners(mentions: Mentions, stop: int) -> tuple[Actor, ...]:
    """The two of whose cooperation the words before `stop` tell (与甲局的合作稳步推进，双方…)."""
    partner = _PARTNER.match(mentions.text, 0, stop)
    said = signers(mentions, 0, partner.end()) if partner else []
    both = unique([mentions.context.self_, *said] if len(said) == 1 else said)
    return both if len(both) == 2 else ()


def title_parties(mentions: Mentions, named: Named) -> list[Actor]:
    """The bodies between which an agreement is made whose name opens with them: 《A与B关于…的协定》."""
    inner = [o for o in mentions.orgs if named.start - (not named.titled) < o.start and o.end < named.end]
    if len(inner) >= 2 and re.search(r"[与和]", mentions.text[inner[0].end : inner[1].start]):
        return [o.actor for o in inner]
    return []


def members_of(mentions: Mentions, named: Named, offices: Offices) -> list[Actor]:
    """京津冀 and 闽宁 name their regions; 东北三省一区 and 中部六省 are partners of a region as groups."""
    name = mentions.text[max(0, named.start - 12) : named.end]
    found: list[Actor] = []
    for hit in offices.groups(name):
        members = offices.lexicon.expand_short(hit.surface)
        if members:
            return [Actor(region_name(member), ActorKind.PLACE) for member in members]
        of_regions = hit.entry.members and all(member.startswith(_REGIONS) for member in hit.entry.members)
        if mentions.context.self_.kind is ActorKind.PLACE or not of_regions:
            found.append(Actor(hit.surface, ActorKind.PLACE))
    return [mentions.context.self_, *found] if found else []
