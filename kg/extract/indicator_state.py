"""What a reader of figures keeps in mind: the values of a sentence, and what its paragraph has told so far."""

from __future__ import annotations

import re

from msgspec import Struct, field

from kg.extract.indicator_context import Scope
from kg.extract.indicator_ends import strip_lead, tidy
from kg.extract.indicator_names import main_verb
from kg.extract.indicator_quantities import Quantity
from kg.extract.indicator_words import Words
from kg.extract.numerals import parse_number
from kg.model import Comparison, ComparisonKind, Sentence

__all__ = [
    "Draft",
    "State",
    "in_holder",
    "note_event",
    "note_has",
    "note_holder",
    "note_place",
    "note_theme",
    "places_told",
    "spread",
    "subjects",
    "topic_of",
    "totals",
]

#: Two such characters stand in all that `_EVENT`, `_PROJECT`, `_HELD` and `_NAMED` match, and in few clauses.
_HAPPENS = re.compile(r"[举召承主开实闭启推设参落收结][办行开展设施幕动进立加与班官束]")
_EVENT = re.compile(r"(?:举办|召开|举行|承办|主办)了?(?![、和])([^，,；。]{2,60})\Z")
_PROJECT = re.compile(r"(?:开展|实施|开设)了?([^，,；。]{2,60})\Z")
_HELD_ENDS = ("举办", "举行", "召开", "开幕", "闭幕", "启动", "开班", "落幕", "收官", "结束")
_HELD = re.compile(rf"\A([^，,；。]{{4,80}}?)(?:[于在][^，,；。]{{1,20}})?(?:{'|'.join(_HELD_ENDS)})\Z")
_HELD_BY = re.compile(r"\A.{2,60}?(?:主办|举办|承办|组织|召开|发起|部署|牵头)的(?=.{4})")
#: What is carried out under a name of its own, so that what follows is counted in it.
_NAMED = re.compile(
    r"(?:开展|实施|启动|推进|设立|参加|参与)+了?"
    r"([^，,；。]{3,36}(?:活动|行动|计划|工程|考试|大赛|竞赛|调查|“回头看”|专项|专项(?:整治|执法|检查|治理|抽查)|项目)(?:工作)?)\Z"
)
_NAMED_ENDS = (
    "动",
    "整治",
    "执法",
    "检查",
    "治理",
    "抽查",
    "划",
    "程",
    "试",
    "赛",
    "查",
    "看”",
    "专项",
    "项目",
    "工作",
)
_HELD_AT_ENDS = ("举行", "举办", "召开", "启动", "开幕", "开赛")
#: What is held where a figure tells in how many places (考试在3个考区同步举行), and what a first count is of.
_HELD_AT = re.compile(
    r"\A([^，,；。]{4,50}?(?:考试|会议?|论坛|竞赛|大赛|培训班|研修班|活动周?|宣传周|博览会)(?:（[^（）]{2,12}）)?)"
    rf"在[^，,；。]{{1,40}}?(?:{'|'.join(_HELD_AT_ENDS)})\Z"
)
_SO_MANY_HELD = re.compile(
    r"(?:全年|累计|共)?\d{1,6}[余多]?[场期次]([\u4e00-\u9fff]{4,20}?(?:活动|培训班|会|讲座|大赛))(?=[共累合])"
)
#: What has contents: a titled paper, a platform, a list; and the words that tell of contents.
_HOLDER = re.compile(
    r"(?:(?P<titles>(?:《[^《》]{3,40}》[、和]?){1,4})(?:[（(][^（）]{1,30}[）)])?"
    r"|(?P<thing>[^，,；。、的]{3,24}?(?:平台|系统|清单|名录|名单|目录|数据库|合作网络|专栏)|[^，,；。、的]{2,24}?(?=(?:正式|成功)?上线\Z))"
    r"|(?P<marks>[^，,；。、《》]{4,24}?(?:评价|评估|考核|考评))结果)"
    r"(?:等)?(?:建设|开发|编制|工作)?(?:并)?(?:正式|成功)?"
    r"(?:上线|发布|印发|出台|公布|施行|出版|[^，；。]{0,8}?由[^，；。]{2,16}出版)?(?:试?运行)?\Z"
)
#: How a clause ends that `_HOLDER` can match.
_HOLDER_ENDS = (
    *("》", "）", ")", "平台", "系统", "清单", "名录", "名单", "目录", "数据库", "网络", "专栏", "结果", "等"),
    *(
        "建设",
        "开发",
        "编制",
        "工作",
        "并",
        "正式",
        "成功",
        "上线",
        "发布",
        "印发",
        "出台",
        "公布",
        "施行",
        "出版",
        "运行",
    ),
)
_HANDS_ON = re.compile(r"〈([^〈〉]{4,40})〉的通知》\Z")
#: Who has contents may be told with the first of them: 某平台注册用户40万人，免费开放课程540门.
_HAS = re.compile(r"[^，,；。、《》]{3,20}?(?:平台|系统|数据库)(?=新增|累计|注册|上线|整体|汇聚|收录|总|拥有)")
_MADE = re.compile(
    r"(?:公布|通报|推进|加快|建成|完成|建设|搭建|打造|开发|上线|发布|编制|推出|开通|建立|优化|升级|拓展|完善|印发|出台|制定|编写)+了?"
)
_CONTENTS = re.compile(
    r"\A(?:共|已|累计)?(?:提出|部署|明确|规定|列出|细化|安排|涵盖|收录|列入|首印"
    r"|全书|获评|优秀率|合格率|达标率)"
    r"|\A(?:任务|措施|举措|条款|重点任务)数\Z"
)
_ADDED = re.compile(r"\A(?:新增|新建|新设|新培育|新认定|净增)")
_SERVES = re.compile(
    r"\A(?:共|已|累计)?(?:汇聚|整合|归集|汇集|上线|接入|入驻|覆盖|注册|访问|新?发布|公布|免费|开放|培训人)"
)
_MANNER = re.compile(r"(?:顺利|成功|圆满|如期|隆重|正式|同步|再次|首次|联合|共同)\Z")
_RITE = re.compile(r"(?<=.{4})(?:启动仪式|开幕式|闭幕式|颁奖仪式|总决赛|决赛|工作)\Z")
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
_MEASURED = re.compile(
    r"(?:平均|年均|月均|人均|抽检|网上|电子)[^，]{1,10}\Z|[\u4e00-\u9fff]{2}率\Z"
    r"|(?:案件|申请|请求|企业|项目|人员|产品|中心|机构|活动)?(?:数|量|率|人数|次数|金额|周期|规模|占比)\Z"
)
_WHOSE = re.compile(r"[^的]{3,20}的(?=[^的]{2,8}[率量数额]\Z)")
_FOR_ALL = re.compile(r".{0,8}?(?:侵犯|涉及|来自|属于|用于|违反|面向|销往)(?=.)")
_OF_THESE = re.compile(r"的[^的]{1,6}\Z")
_DONE = re.compile(r"(?:工作|完善)\Z")
_SO_MANY = re.compile(r"\A(?:该|这|上述|以上)?([两二三四五六七八九十\d]{1,3})个?(?:国|省|市|区|县|地区|城市)")
_OF_ALL = re.compile(r"[两二三四五六七八九十\d]{1,3}[个项类种][^的，]{1,6}的")


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
    name takes the event in front of it),
    `deed` the verb of the value told last, `holder` what has
    the contents that are counted, `base` what the change told
    last in the clause is a change from, `lead` the clause
    before when it has no figures,
    `object` the last such clause of the sentence."""

    scope: Scope
    paragraph: int = -1
    verb: str = ""
    tail: str = ""
    deed: str = ""
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
    if found:
        state.held, state.reach = _RITE.sub("", tidy(found[1])), 8


def note_event(state: State, text: str, words: Words, *, counts: bool) -> None:
    """Remembers what was held, so that 参加培训 has a training to name; `counts` tells that the clause has figures."""
    if _HAPPENS.search(text):
        event = _EVENT.search(text)
        found = event or _PROJECT.search(text)
        if found and not _PLURAL.search(found[1]):
            state.event = tidy(_uncounted(found[1]))
        if not counts:
            told, named = _event_told(text, event, words)
            state.held, state.reach = (told, 8 if named else 12) if told else (state.held, state.reach)
    if not counts:
        state.event = state.held or state.event


def _event_told(text: str, event: re.Match[str] | None, words: Words) -> tuple[str, bool]:
    """The event that a clause without figures tells of (某培训班在杭州举办, or `event`: 举办某培训班), empty when it tells
    of none; and whether it is but a programme or campaign (开展某行动), which names less of what follows."""
    held = _HELD.search(strip_lead(text, words)[0]) if text.endswith(_HELD_ENDS) else None
    found = held or event or (_NAMED.search(text) if text.endswith(_NAMED_ENDS) else None)
    if found is None or _PLURAL.search(found[1]):
        return "", False
    # 由甲局主办 tells who held it; a list of campaigns is no event.
    if (found.re is _EVENT and text.startswith("由")) or (found.re is _NAMED and "、" in found[1]):
        return "", False
    short = _SHORT.search(found[1])
    if short:
        return short[1], found.re is _NAMED
    name = tidy(strip_lead(_uncounted(_HELD_BY.sub("", found[1])), words)[0])
    return _RITE.sub("", _MANNER.sub("", name)), found.re is _NAMED


def _uncounted(text: str) -> str:
    """What was held without how often."""
    counted = _COUNTED.match(text)
    return text[counted.end() :] if counted else text


def note_holder(state: State, text: str) -> None:
    """Remembers the paper, platform or list of a clause without figures: 提出12条措施 counts what is in it."""
    if not text.endswith(_HOLDER_ENDS) or ("《" not in text and not _MADE.search(text)):
        return
    found = _HOLDER.search(text)
    if found:
        short = _SHORT.search(text, found.start())
        state.holder = _holder(found, short[1] if short else "")


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
    told = _CONTENTS.match(name) or (not state.holder.startswith("《") and _SERVES.match(name))
    return state.holder + name if told and len(name) <= 12 and len(state.holder) > 3 else name


def topic_of(lead: str, words: Words) -> str:
    """What a clause without figures speaks of: its object, or its subject when it only tells how that moves."""
    text = tidy(strip_lead(lead, words)[0])
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


def subjects(text: str, size: int) -> list[str]:
    """The names of `size` subjects listed in front of one measure (A、B平均审理周期), else the text itself."""
    parts = re.split(r"[、和与及]|以及", text)
    if size < 2 or len(parts) != size:
        return [text]
    of = _WHOSE.match(parts[0])
    if of and all("的" not in part and part[-1] == parts[0][-1] for part in parts[1:]):
        # 某许可的受理率、办结率: both are rates of the same thing.
        return [parts[0], *(of[0] + part for part in parts[1:])]
    found = ("的" not in parts[0] and _OF_THESE.search(parts[-1])) or _MEASURED.search(parts[-1])
    tail = parts[-1][found.start() :] if found else ""
    last = parts[-1].removesuffix(tail)
    shared = _FOR_ALL.match(parts[0]) if tail.startswith("的") else None
    if shared:
        # 涉嫌侵犯著作权、专利权的货物: the verb holds for all of them.
        head = shared[0]
        return [parts[0] + tail, *(head + part + tail for part in (*parts[1:-1], last))]
    item = len(parts[0])
    if len({len(part) for part in parts[:-1]}) == 1 and len(parts[-1]) - len(tail) >= 2 * item + 2:
        tail = parts[-1][item:]
    return [part if part.endswith(tail) else part + tail for part in parts]


def totals(state: State, told: str, size: int) -> list[str]:
    """新增项目8项、传承人15名，总数分别达142项和178名: the names of the totals of what was told before."""
    before = state.whole_values()[-size:]
    names = [_ADDED.sub("", draft.name.removesuffix(draft.quantity.suffix)) for draft in before]
    return [name + told for name in names] if len(names) == size else []


def note_theme(state: State, sentence: Sentence, words: Words) -> None:
    """Remembers what a paragraph is about that opens with a plain sentence about a titled document."""
    text = sentence.text.rstrip("。")
    if sentence.first and "《" in text and not re.search(r"[，,；;]", text):
        theme = topic_of(text, words)
        state.theme = _DONE.sub("", theme) if "《" in theme else ""


def places_told(text: str, places: tuple[str, ...]) -> str:
    """The places that 该五省 or 三国 stands for, when as many were listed before."""
    found = _SO_MANY.match(text)
    number = parse_number(found[1]) if found else None
    return "、".join(places) if number is not None and number == len(places) else ""


def spread(text: str) -> list[str]:
    """The names of all subjects that share one value (商标审查、异议、评审抽检合格率均达到97%): as many as are listed."""
    parts = re.split(r"[、和与及]|以及", _OF_ALL.sub("", text))
    if not 2 <= len(parts) <= 9 or not all(parts):
        return [text]
    names = subjects("、".join(parts), len(parts))
    short = len(parts[1])
    if len(parts) > 2 and short == 2 and len(parts[0]) >= 4:
        head = parts[0][:-short]
        names = [names[0], *(head + name for name in names[1:])]
    return names
