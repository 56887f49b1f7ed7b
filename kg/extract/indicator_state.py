"""What a reader of figures keeps in mind: the values of a sentence, and what its paragraph has told so far."""

from __future__ import annotations

import re

from msgspec import Struct, field

from kg.extract.indicator_clauses import Clause
from kg.extract.indicator_context import Scope
from kg.extract.indicator_ends import strip_lead, tidy
from kg.extract.indicator_left_out import tells_counts
from kg.extract.indicator_names import main_verb
from kg.extract.indicator_places import Sharers
from kg.extract.indicator_quantities import Quantity
from kg.extract.indicator_signs import CHOOSING, DOING, HOLDING, LEFT_OUT, NAMING, OCCASION, SPEAKING, THING
from kg.extract.indicator_words import Words
from kg.model import Comparison, ComparisonKind, Sentence

__all__ = [
    "Draft",
    "State",
    "case_of",
    "headed",
    "in_holder",
    "note_event",
    "note_has",
    "note_holder",
    "note_place",
    "note_theme",
    "note_told",
    "note_within",
    "topic_of",
]

#: What was chosen or collected: 某案例评选结果揭晓, 公布某案例评选结果, 在某案例征集中.
_ELECTED = re.compile(
    r"\A([^，；。]{4,40}?(?:评选|评比|遴选|推选|征集)(?:活动)?)(?:结果|名单)?[^，；。]{0,12}?(?:揭晓|公布|出炉|公示)\Z"
    r"|(?:公布|发布|揭晓)了?([^，；。]{4,40}?(?:评选|评比|遴选|推选|征集)(?:活动)?)(?:结果|名单)\Z"
    r"|\A在([^，；。]{4,40}?(?:评选|评比|遴选|推选|征集)(?:活动)?)中\Z"
)
#: A programme under a name of its own of which more is told: “甲”专项通过检查.
_PASSED = re.compile(
    r"(“[^“”]{2,16}”[\u4e00-\u9fff]{0,8}?(?:专项|项目|工程|计划|课题))(?:已|顺利|如期|正式|圆满){0,2}(?:通过|结题|获批|落地|进展)"
)
_EVENT = re.compile(r"(?:举办|召开|举行|承办|主办)了?(?![、和])([^，,；。]{2,60})\Z")
_PROJECT = re.compile(r"(?:开展|实施|开设)了?([^，,；。]{2,60})\Z")
_HELD = re.compile(
    r"\A([^，,；。]{4,80}?)(?:[于在][^，,；。]{1,20})?"
    r"(?:举办|举行|召开|开幕|闭幕|启动|开班|开考|铺开|展开|落幕|收官|结束|开展|开馆|揭晓)\Z"
)
_HELD_BY = re.compile(r"\A.{2,60}?(?:主办|举办|承办|组织|召开|发起|部署|牵头|合办|参与|启动)的(?=.{4})")
#: What is carried out under a name of its own, so that what follows is counted in it.
_NAMED = re.compile(
    r"(?:开展|实施|启动|推进|设立|参加|参与)+了?"
    r"([^，,；。]{3,36}(?:活动|行动|计划|工程|考试|大赛|竞赛|调查|“回头看”|专项|专项(?:整治|执法|检查|治理|抽查)|项目)(?:工作)?)\Z"
)
#: The subject of all that follows: 五月启动的“清网”专项行动，…; “甲”论坛是重头戏.
_SPEAKS_OF = re.compile(
    r"(?:(?<=的)|\A)(“[^“”]{2,16}”[\u4e00-\u9fff]{0,10}?(?:行动|活动|工程|计划))\Z"
    r"|\A([^，；。、是]{4,30}?(?:论坛|大会|峰会|研讨会|博览会|培训班))是"
)
_HELD_AT_ENDS = ("举行", "举办", "召开", "启动", "开幕", "开赛")
#: What is held where a figure tells in how many places (考试在3个考区同步举行), and what a first count is of.
_HELD_AT = re.compile(
    r"\A([^，,；。]{4,50}?(?:考试|考核|测试|会议?|论坛|竞赛|大赛|培训班|研修班|活动周?|宣传周|博览会)(?:（[^（）]{2,12}）)?)"
    r"(?:于?\d{1,2}月\d{1,2}日(?:[至—–-](?:\d{1,2}月)?\d{1,2}日)?)?"
    rf"在[^，,；。]{{1,40}}?(?:{'|'.join(_HELD_AT_ENDS)})\Z"
)
_SO_MANY_HELD = re.compile(
    r"(?=[全累共\d])(?:全年|累计|共)?\d{1,6}[余多]?[场期次]([\u4e00-\u9fff]{4,20}?(?:活动|培训班|会|讲座|大赛))(?=[共累合])"
)
#: 某展览会有86家企业参展
_DRAWS = re.compile(
    r"([^，；。]{4,40}?(?:展览会|博览会|交易会|展会|论坛|大会|峰会|大赛|竞赛))(?:共?有|吸引|迎来)了?(?=\d)"
)
#: What has contents: a titled paper, a platform, a list; and the words that tell of contents.
_TITLES = r"(?P<titles>(?:《[^《》]{3,40}》[、和]?){1,4})(?:[（(][^（）]{1,30}[）)])?"
_THINGS = (
    r"(?P<thing>[^，,；。、的]{3,24}?(?:平台|系统|清单|名录|名单|目录|数据库|合作网络|专栏)|[^，,；。、的]{2,24}?(?=(?:正式|成功)?上线\Z))"
    r"|(?P<marks>[^，,；。、《》]{4,24}?(?:评价|评估|考核|考评))结果"
)
_BROUGHT_OUT = (
    r"(?:等)?(?:建设|开发|编制|工作)?(?:并)?(?:正式|成功)?"
    r"(?:上线|发布|印发|出台|公布|施行|出版|[^，；。]{0,8}?由[^，；。]{2,16}出版)?(?:试?运行)?\Z"
)
_HOLDER = re.compile(f"(?:{_TITLES}|{_THINGS}){_BROUGHT_OUT}")
_PAPER = re.compile(_TITLES + _BROUGHT_OUT)
#: The last characters of what `_HELD`, `_NAMED` and `_HOLDER` match.
_HELD_END, _NAMED_END = "办行开幕动班考官束展馆晓", "动治法查理划程试赛”项目作"
_HOLDER_END = "》）)台统单录库络栏果等设发制作并式功线布行版"
_PAPERS = ("协议", "备忘录", "合同", "意向书")
_SIGNED = re.compile(r"(?:签署|签订|续签|达成)了?(“[^“”]{2,12}”[\u4e00-\u9fff]{0,10}(?:协议|备忘录|合同|意向书))\Z")
#: What was founded and what it then has: 设立调解工作室，常驻调解员35名.
_FOUNDED_ENDS = ("工作室", "工作站", "服务站", "法庭", "调解中心", "专家库", "人才库", "专班", "联盟")
_FOUNDED = re.compile(rf"(?:设立|成立|组建|建立|启用|建成)了?([\u4e00-\u9fff]{{2,16}}?(?:{'|'.join(_FOUNDED_ENDS)}))\Z")
_HAS_STAFF = re.compile(r"\A(?:常驻|驻点|配备|首批|聘请|选聘|入库|入驻|吸纳|调解|化解|接待|成员|会员|受理)")
_HANDS_ON = re.compile(r"〈([^〈〉]{4,40})〉的通知》\Z")
#: Who has contents may be told with the first of them: 某平台注册用户40万人，免费开放课程540门.
_HAS = re.compile(r"[^，,；。、《》]{3,20}?(?:平台|系统|数据库)(?=新增|累计|注册|上线|整体|汇聚|收录|总|拥有)")
_MADE = re.compile(
    r"(?:公布|通报|推进|加快|建成|完成|建设|搭建|打造|开发|上线|发布|编制|推出|开通|建立|优化|升级|拓展|完善|印发|出台|制定|编写)+了?"
)
_CONTENTS = re.compile(
    r"\A(?:共|已|累计)?(?:提出|推出|部署|明确|规定|列出|细化|安排|涵盖|收录|列入|授信|约定|首印|印数|发行量|字数"
    r"|全书|获评|优秀率|合格率|达标率)"
    r"|\A(?:任务|措施|举措|条款|重点任务)数\Z"
)
_SERVES = re.compile(
    r"\A(?:共|已|累计)?(?:汇聚|整合|归集|汇集|上线|接入|入驻|覆盖|注册|访问|新?发布|公布|免费|开放|培训人)"
)
_MANNER = re.compile(
    r"(?=[顺成圆如隆正同再首联共线在当次分\d])(?:顺利|成功|圆满|如期|隆重|正式|同步|再次|首次|联合|共同|线上|在线|线下|同日|当日|同期|次日|分[一二两三四五六七八九十\d]{1,2}[期批场次个]{1,2}|(?:\d{1,2}月)?\d{1,2}日(?:至(?:\d{1,2}月)?\d{1,2}日)?)\Z"
)
_AMONG = re.compile(r"(?<=.{4})(?<!其)中\Z")
_AWARD = re.compile(r"在([^，；。]{3,30}?(?:奖|大赛|竞赛|锦标赛))(?:的)?(?:评选|评审|评比|角逐)?(?:活动)?[中上]\Z")
_TELLING = re.compile(r"\A(?:通报|公布|介绍|发布|公开|披露|通告|反映)了?")
_RESULTS = re.compile(r"(?:有关|相关|统计|主要|最新|总体|工作){0,6}(?:结果|情况|数据|进展|成效|成绩)\Z")
_RITE = re.compile(r"(?=[启开闭颁总决工])(?<=.{4})(?:启动仪式|开幕式|闭幕式|颁奖仪式|总决赛|决赛|工作)\Z")
_SHORT = re.compile(r"[（(](?:以下)?简称(?:为)?[“《]?([^”》）)]{2,16})[”》]?[）)]")
_COUNTED = re.compile(r"\d{1,6}[余多]?[场期次个项批届](?=[\u4e00-\u9fff]{3})")
_PLURAL = re.compile(
    r"[0-9０-９等系各召举开](?:(?<=\d)[余多]?(?:[场期次个项批]\Z|[名家人所])|(?<=等)\Z"
    r"|(?<=\A.)(?:(?<=系)列|(?<=各)类|(?<=召)开|(?<=举)[办行]|(?<=开)展))"
)
_MOVES = re.compile(
    r"稳步|持续|不断|总体|进一步|明显|大幅|显著|平稳|逐步|全面|快速|稳定|再创|保持|(?:的?数量)?(?:最多|最高|最大|居首)"
    r"|提升|提高|增长|增加|下降|得到"
)
_DONE = re.compile(r"(?:工作|完善)\Z")
_IN_FORCE = re.compile(r"(?:施行|实施|生效|发布|公布|出台|印发|废止)\Z")
#: What happened to one law case: 某某假冒注册商标案由某某出庭.
#: Who tells, and how it became known, is no topic: 记者从会上获悉.
_TOLD = re.compile(
    r"(?:获悉|了解到|介绍说?|表示|透露|披露|指出|显示|据统计|通报|宣布|(?:\A|》|协议|方案|意见|通知)(?:提出|要求|明确|强调))\Z"
)
_CASE = re.compile(r"(?:(?!其中)[^，；。]){4,40}案(?=由|经|被|在|于|入选|获评|终审|一审|二审|宣判)")


class Draft(Struct):
    """A value while its sentence is read; changes and ranks that follow are added to it."""

    sentence: Sentence
    quantity: Quantity
    name: str
    rule: str
    scope: Scope
    area: str
    confidence: float
    subject: str = ""
    target: bool = False
    comparison: Comparison | None = None
    rank: str = ""
    share: bool = False
    before: str = ""


class State(Struct):
    """What a paragraph has told so far. `drafts` are the values of the current sentence (its parts cut at
    semicolons included), `values` those of the paragraph; `part` tells that 其中 divides a whole; `theme` is the title
    that the paragraph opens with, `head` what opens one about the place `of` (甲市：…), `places` those of the list of values told last, `home`
    the area that 全省 stands for, `past` the year that a title or 年度 named last,
    `held` and `actor` the event and the named body that the sentence speaks of (`reach`: how long a
    name takes the event in front of it), `sharers` those that had a value each,
    `deed` the verb of the value told last, `among` of what a group is told (17个项目中，有…), `holder` what has
    the contents that are counted, `base` what the change told
    last in the clause is a change from, `lead` the clause
    before when it has no figures,
    `object` the last such clause of the sentence."""

    scope: Scope
    paragraph: int = -1
    verb: str = ""
    tail: str = ""
    deed: str = ""
    among: str = ""
    stem: str = ""
    measure: str = ""
    event: str = ""
    about: str = ""
    lead: str = ""
    object: str = ""
    within: str = ""
    area: str = ""
    home: str = ""
    base: tuple[ComparisonKind, str] | None = None
    held: str = ""
    holder: str = ""
    reach: int = 0
    actor: str = ""
    past: int = 0
    theme: str = ""
    head: str = ""
    of: str = ""
    places: tuple[str, ...] = ()
    sharers: Sharers = Sharers()
    part: bool = False
    drafts: list[Draft] = field(default_factory=list)
    values: list[Draft] = field(default_factory=list)

    def whole_values(self) -> list[Draft]:
        """The values of the sentence that are no shares, at most the last two dozen."""
        return [d for d in self.drafts[-24:] if not d.share]


def note_place(state: State, text: str, words: Words) -> None:
    """Remembers the event of a clause that counts its places (考试在3个考区同步举行) or the event itself."""
    held = _HELD_AT.search(strip_lead(text, words)[0]) if text.endswith(_HELD_AT_ENDS) else None
    found = held or _SO_MANY_HELD.match(text)
    draws = _DRAWS.match(text) if not found and ("会" in text or "赛" in text or "论坛" in text) else None
    if found or draws:
        told = _HELD_BY.sub("", draws[1]) if draws else found[1] if found else ""
        state.held, state.reach = _RITE.sub("", tidy(strip_lead(told, words)[0])), 8


def note_event(state: State, clause: Clause, words: Words) -> None:
    """Remembers what was held, so that 参加培训 has a training to name."""
    text, signs = clause.text, clause.signs
    counts = bool(clause.slots) and (not signs & LEFT_OUT or tells_counts(clause.slots))
    elected = _ELECTED.search(text) if signs & CHOOSING else None
    if elected and not (elected[3] and _AWARD.match(text)):
        state.held, state.reach = tidy(_uncounted(elected[1] or elected[2] or elected[3])), 16
    elif signs & SPEAKING and not counts and (passed := _PASSED.search(text)):
        state.held, state.reach = passed[1], 8
    elif signs & OCCASION:
        event = _EVENT.search(text) if signs & HOLDING else None
        found = event or (_PROJECT.search(text) if signs & DOING else None)
        if found and not _PLURAL.search(found[1]):
            state.event = tidy(_uncounted(found[1]))
        if not counts:
            told, named = _event_told(text, signs, event, words)
            state.held, state.reach = (told, 8 if named else 12) if told else (state.held, state.reach)
    if not counts:
        state.event = state.held or state.event


def _event_told(text: str, signs: int, event: re.Match[str] | None, words: Words) -> tuple[str, bool]:
    """The event that a clause without figures tells of (某培训班在杭州举办, or `event`: 举办某培训班), empty when it tells
    of none; and whether it is but a programme or campaign (开展某行动), which names less of what follows."""
    held = _HELD.search(strip_lead(text, words)[0]) if text[-1] in _HELD_END else None
    found = held or event or (_SPEAKS_OF.search(text) if signs & SPEAKING else None)
    if not found and signs & (DOING | NAMING) and text[-1] in _NAMED_END:
        found = _NAMED.search(text)
    told = (found[1] or found[found.lastindex or 1]) if found else ""
    if found is None or _PLURAL.search(told):
        return "", False
    # 由甲局主办 tells who held it; a list of campaigns is no event.
    if (found.re is _EVENT and text.startswith("由")) or (found.re is _NAMED and "、" in told):
        return "", False
    short = _SHORT.search(told)
    if short and short.end() > len(told) - 4:
        return short[1], found.re is _NAMED
    name = tidy(strip_lead(_uncounted(_HELD_BY.sub("", told)), words)[0])
    return _RITE.sub("", _MANNER.sub("", name)), found.re is _NAMED


def _uncounted(text: str) -> str:
    """What was held without how often."""
    counted = _COUNTED.match(text)
    return text[counted.end() :] if counted else text


def note_holder(state: State, clause: Clause) -> None:
    """Remembers the paper, platform or list of a clause without figures: 提出12条措施 counts what is in it."""
    text = clause.text
    if text.endswith(_PAPERS) and (signed := _SIGNED.search(text)):
        state.holder = signed[1]
        return
    if text.endswith(_FOUNDED_ENDS) and (founded := _FOUNDED.search(text)):
        state.holder = founded[1]
        return
    if text[-1] not in _HOLDER_END or ("《" not in text and not _MADE.search(text)):
        return
    found = (_HOLDER if clause.signs & THING else _PAPER).search(text)
    if found:
        short = _SHORT.search(text, found.start())
        state.holder = _holder(found, short[1] if short else "")


def note_within(state: State, text: str, words: Words) -> None:
    """Remembers what a clause divides (…申请中) or the award that prizes are counted of (在某奖评选中)."""
    award = _AWARD.match(text) if text.startswith("在") else None
    if award:
        state.within = award[1]
    elif text.endswith("中") and _AMONG.search(text) and not words.preposition.match(text):
        state.within = tidy(strip_lead(text.removesuffix("中"), words)[0])


def headed(state: State, stem: str, name: str) -> str:
    """What was counted, with what the sentence speaks of when its noun is bare (申请) and its name tells more."""
    return state.held + stem if len(stem) == 2 and state.held and name.startswith(state.held) else stem


def note_told(state: State, text: str, words: Words) -> None:
    """Remembers what is told behind a colon: 公布某品种权统计结果：受理申请120件."""
    told = strip_lead(_TELLING.sub("", _RESULTS.sub("", topic_of(text, words))), words)[0]
    state.lead = ""
    if 4 <= len(told) <= 16 and told != text:
        state.held, state.reach = told, 8


def note_has(state: State, name: str) -> None:
    """Remembers the platform that a value's name begins with."""
    if "平台" in name or "系统" in name or "数据库" in name:
        found = _HAS.match(name)
        state.holder = found[0] if found else state.holder


def _holder(found: re.Match[str], short: str) -> str:
    """The name of what has contents; several titles are none, and a notice stands for the paper that it hands on."""
    titles = found["titles"]
    if not titles:
        return _MADE.split(found["thing"] or found["marks"])[-1]
    inner = _HANDS_ON.search(titles)
    return f"《{short or (inner[1] if inner else titles[1:-1])}》" if short or titles.count("《") == 1 else ""


def in_holder(state: State, name: str) -> str:
    """A name that tells of contents (提出措施数) with what they are the contents of."""
    if not state.holder or state.holder in name:
        return name
    staff = state.holder.endswith(_FOUNDED_ENDS) and _HAS_STAFF.match(name)
    told = staff or _CONTENTS.match(name) or (not state.holder.startswith("《") and _SERVES.match(name))
    return state.holder + name if told and len(name) <= 12 and len(state.holder) > 3 else name


def case_of(text: str) -> str:
    """The law case that a clause tells of (某某假冒注册商标案由某某出庭), empty when it tells of none."""
    found = _CASE.match(text) if "案" in text else None
    return found.group() if found else ""


def topic_of(lead: str, words: Words) -> str:
    """What a clause without figures speaks of: its object, or its subject when it only tells how that moves."""
    text = tidy(strip_lead(lead, words)[0])
    if _TOLD.search(text):
        return ""
    if case := case_of(text):
        return case
    moves = _MOVES.search(text, 2)
    if moves and not words.verb.match(text):
        return text[: moves.start()]
    found = main_verb(text, words, 2)
    if found:
        at, verb = found
        text = text[at + len(verb.verb) :]
        again = words.verb.match(text)
        while again and words.verbs[again.group()].strong:
            text = text[again.end() :]
            again = words.verb.match(text)
    return text if len(text) <= 24 else ""


def note_theme(state: State, sentence: Sentence, words: Words) -> None:
    """Remembers what a paragraph is about that opens with a plain sentence about a titled document."""
    text = sentence.text.rstrip("。")
    if sentence.first and "《" in text and not re.search(r"[，,；;]", text):
        theme = topic_of(text, words)
        state.theme = _DONE.sub("", theme) if "《" in theme and not _IN_FORCE.search(theme) else ""
