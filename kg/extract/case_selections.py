"""Selections in prose: who or what was selected for which series.

A count without titles (2个案例入选…) is no case; nor is the approval to found something (获批建设…).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from kg.extract.case_grants import grants, named_as
from kg.extract.case_series import Announced, announced, award_in, class_of, contest_in, is_series, pairs
from kg.extract.case_subjects import Subject, listed, owned_in, quoted_in, region_told, subjects
from kg.extract.clauses import Clause, clauses
from kg.extract.mentions import Mentions
from kg.extract.policy_actors import issuers_of
from kg.extract.signs import ANNOUNCING, CHOOSING, GRANTING, SERIES
from kg.extract.words import ahead, alternation, words
from kg.model import CaseFact, Passage
from kg.model.frozen import Frozen

__all__ = ["Carried", "announcer", "find_cases", "lacks_series"]

_HOW = ("成功", "分别", "双双", "均", "共同", "先后", "首批", "再次", "一并", "顺利", "正式", "分(?=获)")
_BEFORE_VERB = (
    rf"(?P<by>被(?P<agent>[^，。；：“”《》]{{2,24}}?)?)?(?:{'|'.join(_HOW)})?"
    r"(?<![查缴截抓破捕斩收俘])(?P<verb>"
)
#: A figure of the selected, no selection: 入围数量, 获评比例.
_FIGURE = re.compile(r"[\u4e00-\u9fff]{0,6}(?:数量|总数|次数|比例|率|名额|规模)")
_LEADING = re.compile(r"(?:先后|分别|新|成功|首次|还|均|已|累计|共|再次|同时|并)+\Z")
_CHOSEN = re.compile(
    r"(?P<who>[^，。；“”《》]{2,40}?)(?:联合|组织|共同)?(?:遴选|发布|确定|公布|评选|评定|认定|推出|主办|征集|选树|通报|推荐)的"
)
_RANKED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:组|类)[、和]){0,3}(?:[\u4e00-\u9fff]{2,10}?(?:奖|组|类|赛道)|团体|个人)?"
    r"(?:(?:总分)?第[一二三四五六七八九十\d]{1,3}名|[特一二三]等奖|[金银铜]奖|冠军|亚军|季军|优[秀胜]奖|最高奖|大奖)|优秀|良好"
    r"|优秀(?:组织|指导|参赛)(?:单位|机构|教师|奖)"
)
_BARE_RANK = re.compile(
    r"(?:团体|个人)?(?:第[一二三四五六七八九十\d]{1,3}名|[特一二三]等奖|[金银铜]奖|[冠亚季]军|优[秀胜]奖|优秀(?:组织|指导|参赛)(?:单位|机构|教师|奖)"
    r"|优秀|良好)"
)
_CONTEST = re.compile(r"在(?P<name>[^，。；“”]{4,40}?)(?:中|上|评选中|活动中)?\Z")
#: 国家首批绿色工厂认定, not 市场认定.
_RECOGNISED = re.compile(r"(?:国家|全国|省|市|首批|第[一二三四五六七八九十]{1,3}批|\d{4}年)[^，。和]{3,30}认定")
_LIST_OF = re.compile(
    r"(?P<items>.{4,160}?)等(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})(?:个|项|家|件|批|类)(?P<series>[\u4e00-\u9fff“”]{4,40})\Z"
)
_BRACKETED = re.compile(
    r"(?:成立|建设|设立)?(?P<series>[\u4e00-\u9fff]{4,30}(?:示范区|试验区|先行区|试点|基地))（(?P<where>[\u4e00-\u9fff]{2,12})）\Z"
)
_WHOLE_QUOTE = re.compile(r"[“‘]([^“”‘’]{4,60})[”’](?:称号|荣誉称号|荣誉)?\Z")
#: What may follow a verb of selection whose series is told before.
_ELLIPTIC = re.compile(
    r"(?:其中|之列|(?:年度|全国)?(?:十佳|十强|十大|百强|百佳)|(?:该|此|上述|这一)?(?:名单|名录|榜单|目录|行列))?(?=[，。；！]|\Z)"
)
_RANK = re.compile(
    r"了?(?:本届)?(?:大赛)?(?:[\u4e00-\u9fff]{2,8}(?:组|类)[、和]){0,3}(?:[\u4e00-\u9fff]{2,10}?(?:奖|组)|团体|个人)?(?:第|优秀(?:(?=[，。])|组织|指导|参赛)|良好(?=[，。])|[特一二三]等奖|[金银铜]奖|冠军|亚军|季军|优[秀胜]奖|最高奖|大奖)"
)
_LISTING = re.compile(
    r"，(?:(?:其中)?(?:主要)?(?:包括|包含|有|分别为|分别是|依次为|涵盖)[：:]?(?P<titles>(?:[^，。；：、“”]{0,30}“[^“”]{4,80}”[、和与及]?){1,40})"
    r"|其中(?P<some>(?:“[^“”]{5,80}”[、和与及]?){1,40})(?=[等由均系入获被是都还已]|分别))"
)
#: 列入…首批保护名录: a list that chooses, not one that the law draws up.
_CHOOSING_LIST = re.compile(
    r"[^，。；：“”]{0,30}(?:首批|第[一二三四五六七八九十\d]{1,3}批)[^，。；：“”]{0,30}(?:名录|目录|名单|清单)\Z"
)
_WARNING = re.compile(r"失信|异常|违法|预警|管制|负面|制裁|禁止|实体|风险|淘汰|整改|督办|任务|督查|问题|黑名单")
_NOT = re.compile(r"(?:未能?|没有|尚未|落选|有望|拟|争取|力争|申报|冲刺)\Z")
#: 一同入选的还有“乙”: who was selected is named behind.
_ALSO = re.compile(r"(?:(?:该|此|上述|这一)?(?:名单|名录|榜单|目录))?的(?:还|也|另)?(?:有|包括|包含)(?!关|望|所)")
#: In the clause before the selection: 在该局发布的2020年度典型案例中.
_WITHIN = re.compile(r"(?:\A|(?<=[，；]))在(?P<name>[^，。；“”]{6,60}?)(?:名单|名录)?[中里]，\Z")
#: The prizes that an award of the sentence consists of: 作品奖, 推广运用奖.
_PART_OF_AWARD = re.compile(r"[\u4e00-\u9fff]{1,6}奖")
#: A clause whose subject is one quoted title: “甲诉乙案”判赔120万元.
_TITLE_OPENS = re.compile(r"(?:其中)?(?P<title>“[^“”]{4,80}案”)(?![、和与等])[^，“”]{0,30}\Z")
_SHORTEST_SERIES = 4
#: How long the name of one of the classes of a list is at most: 优势企业.
_CLASS = 6


class _Selection(Frozen):
    """A verb of selection with what stands before and after it in its clause; `elliptic`: the series is told before; `also`: where
    those are named that were selected too, behind the verb, else 0."""

    clause: Clause
    start: int
    verb: str
    agent: str
    series: str
    elliptic: bool = False
    also: int = 0


class Carried(Frozen):
    """What the sentences before have told: the series announced last, by whom, and the contest."""

    series: str = ""
    chosen: str = ""
    contest: str = ""


def find_cases(mentions: Mentions, passage: Passage, carried: Carried | None = None) -> tuple[CaseFact, ...]:
    """The cases and selections that a sentence names by title, each once in a series.

    With `carried` only those whose series or contest the sentences before have told.
    """
    signs = mentions.signs
    announces = carried is None and signs & SERIES and signs & ANNOUNCING
    if not (announces or signs & (CHOOSING | GRANTING)) or mentions.sentence.caption:
        return ()
    found: list[CaseFact] = []
    for selection in _selections(mentions) if signs & CHOOSING else ():
        if selection.also and found:
            found.extend(_too(mentions, passage, selection, found[-1].series, found[-1].selected_by))
        else:
            found.extend(_facts(mentions, passage, selection, carried))
    if announces:
        found.extend(_enumerated(mentions, passage))
        if "名单，" in mentions.text and "为" in mentions.text:
            found.extend(_classed(mentions, passage))
    if carried is None:
        found.extend(_fact(mentions, passage, s, series, "", "case.granted") for s, series in grants(mentions))
    told: dict[tuple[str, str], CaseFact] = {}
    for fact in found:
        told.setdefault((fact.title, fact.series), fact)
    return tuple(told.values())


def lacks_series(text: str) -> bool:
    """True when a sentence may tell of a selection without naming what for."""
    ends = (m.end() for m in _any_verb().finditer(text))
    return any(_ELLIPTIC.match(text, at) or _RANK.match(text, at) or _ALSO.match(text, at) for at in ends)


def announcer(mentions: Mentions, told: Announced) -> str:
    """The one body that announces a series; "" when the sentence names none or several."""
    begin = max((c.start for c in clauses(mentions.text) if c.start <= told.verb), default=0)
    who = issuers_of(mentions, begin, told.verb, implied=False)
    return who[0].name if len(who) == 1 and not who[0].implied else ""


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(
        ahead(("被", *_HOW, *words("case_verbs"))) + _BEFORE_VERB + alternation("case_verbs").pattern + ")"
    )


@functools.cache
def _any_verb() -> re.Pattern[str]:
    return alternation("case_verbs")


def _selections(mentions: Mentions) -> Iterator[_Selection]:
    """The clauses with a verb of selection, outside quotation marks and titles."""
    text = mentions.text
    for clause in clauses(text):
        if not _any_verb().search(text, clause.start, clause.end):
            continue
        for match in _verb().finditer(text, clause.start, clause.end):
            if _quoted(text, clause.start, match.start("verb")) or mentions.in_title(match.start("verb")):
                continue
            if _NOT.search(text, clause.start, match.start("verb")):
                continue
            series = text[match.end() : clause.end].removeprefix("了").strip()
            also = _ALSO.match(text, match.end(), clause.end)
            if also and words("case_verbs")[match["verb"]] in ("select", "listed"):
                yield _Selection(clause, match.start(), match["verb"], "", "", True, also.end())
                break
            elliptic = _is_elliptic(match, series)
            if elliptic or _selects(match, text, clause, series):
                yield _Selection(clause, match.start(), match["verb"], match["agent"] or "", series, elliptic)
                break


def _is_elliptic(match: re.Match[str], series: str) -> bool:
    """True for 入选, 榜上有名 and 位居榜首 at the end of a clause."""
    kind = words("case_verbs")[match["verb"]]
    return kind in ("select", "listed", "ranked") and _ELLIPTIC.fullmatch(series) is not None


def _quoted(text: str, start: int, at: int) -> bool:
    """True inside “”."""
    return text.count("“", start, at) > text.count("”", start, at)


def _selects(match: re.Match[str], text: str, clause: Clause, series: str) -> bool:
    """True when the verb tells of a selection for a named series."""
    kind = words("case_verbs")[match["verb"]]
    if kind in ("passive", "list") and not match["by"]:
        # 列入 and 纳入 without 被 select what is named in quotation marks, or for a list of several rounds.
        if kind != "passive" or match["verb"] != "列入":
            return False
        chosen = _CHOOSING_LIST.fullmatch(series) is not None and not _WARNING.search(series)
        return chosen or (text[match.start("verb") - 1] == "”" and is_series(series))
    if kind in ("listed", "ranked"):
        return False
    if kind == "prize" and not match["by"]:
        return _RANKED.search(series) is not None or (
            re.search(r"奖|称号|荣誉", series[-6:]) is not None or _RECOGNISED.fullmatch(series) is not None
        )
    if _RANKED.fullmatch(series):
        return True
    return len(series) >= _SHORTEST_SERIES and _FIGURE.match(series) is None


def _facts(mentions: Mentions, passage: Passage, selection: _Selection, carried: Carried | None) -> Iterator[CaseFact]:
    told = _told_before(mentions, selection)
    if carried is None:
        series, chosen = told or _series(mentions, selection)
    elif told is None and (told := _carried(mentions, selection, carried)):
        series, chosen = told
    else:
        return
    if selection.also:
        yield from _too(mentions, passage, selection, series, chosen)
        return
    lead = mentions.text[selection.clause.start : selection.start]
    found = subjects(mentions, selection.clause.start, selection.start) or _head(mentions, selection)
    found = found or _titled_before(mentions, selection)
    if words("case_verbs")[selection.verb] == "ranked" and not all(s.quoted or s.title.endswith("案") for s in found):
        return  # a body, a place or a figure that comes first is no case
    if not found:
        if carried is None and _LEADING.sub("", lead) == "" and selection.verb.startswith("获批"):
            yield from _objects(mentions, passage, selection)
        return
    if series is None:
        return
    paired = pairs(series, len(found)) if _apart(mentions, selection) else None
    rule = "case.announced" if told else "case.selected"
    for at, subject in enumerate(found):
        name = paired[at] if paired else series
        yield _fact(mentions, passage, subject, name, chosen, rule)


def _too(
    mentions: Mentions, passage: Passage, selection: _Selection, series: str | None, chosen: str
) -> Iterator[CaseFact]:
    """Those that a clause names behind its verb: 一同入选的还有某局报送的“乙”."""
    low, high = selection.also, selection.clause.end
    for subject in owned_in(mentions, low, high) if series else ():
        yield _fact(mentions, passage, subject, series or "", chosen, "case.announced")


def _head(mentions: Mentions, selection: _Selection) -> list[Subject]:
    """The place or body that opens the paragraph (厦门市：入选…), when the clause after it names nobody."""
    low = selection.clause.start
    if low == 0 or mentions.text[low - 1] != "：" or _LEADING.sub("", mentions.text[low : selection.start]):
        return []
    spans = [*((p.start, p.end) for p in mentions.places), *((o.start, o.end) for o in mentions.orgs)]
    return subjects(mentions, 0, low - 1) if (0, low - 1) in spans else []


def _titled_before(mentions: Mentions, selection: _Selection) -> list[Subject]:
    """The quoted title that opens the sentence part whose last clause is the selection (“甲案”判赔…，入选…)."""
    text, low = mentions.text, selection.clause.start
    if low == 0 or text[low - 1] != "，" or _LEADING.sub("", text[low : selection.start]):
        return []
    for clause in reversed([c for c in clauses(text) if c.end < low][-3:]):
        if text[clause.end] != "，":
            break
        opening = _TITLE_OPENS.match(text, clause.start, clause.end)
        if opening:
            return quoted_in(mentions, opening.start("title"), opening.end("title"))
    return []


def _told_before(mentions: Mentions, selection: _Selection) -> tuple[str | None, str] | None:
    """The series, and who selects, that earlier clauses of the sentence tell."""
    begin = selection.clause.start
    if selection.elliptic:
        within = _WITHIN.search(mentions.text, max(0, begin - 66), begin)
        by = _CHOSEN.match(within["name"]) if within else None
        name = within["name"][by.end() if by else 0 :] if within else ""
        if within and is_series(name):
            return name, next((o.actor.name for o in mentions.orgs if o.start == within.start("name")), "")
        told = announced(mentions.text, max(0, begin - 1))
        return (told.series, announcer(mentions, told)) if told else None
    if _is_rank(mentions, selection):
        contest = contest_in(mentions.text[:begin])
        return (contest + _rank(selection), selection.agent) if contest else None
    if len(selection.series) <= _CLASS and (told := announced(mentions.text, max(0, begin - 1))):
        full = class_of(told.series, selection.series)
        return (full, announcer(mentions, told)) if full else None
    if _PART_OF_AWARD.fullmatch(selection.series):
        contest = contest_in(mentions.text[:begin])
        award = award_in(mentions.text[:begin]) or (contest if contest.endswith("奖") else "")
        return (award + selection.series, selection.agent) if award else None
    return None


def _carried(mentions: Mentions, selection: _Selection, carried: Carried) -> tuple[str | None, str] | None:
    """The series, and who selects, that the sentences before tell."""
    if selection.elliptic:
        return (carried.series, carried.chosen) if carried.series else None
    if carried.contest and _is_rank(mentions, selection):
        return carried.contest + _rank(selection), selection.agent
    return None


def _rank(selection: _Selection) -> str:
    return selection.series.removeprefix("大赛").removeprefix("本届").removeprefix("大赛")


def _is_rank(mentions: Mentions, selection: _Selection) -> bool:
    """True for a mere rank or prize (金奖) of a contest that its clause does not name."""
    low, high = selection.clause.start, selection.start
    return _RANKED.fullmatch(_rank(selection)) is not None and not _CONTEST.search(mentions.text, low, high)


def _enumerated(mentions: Mentions, passage: Passage) -> Iterator[CaseFact]:
    """公布…典型案例，包括“甲”“乙”等: the quoted titles of the list that follows a series."""
    told = announced(mentions.text, len(mentions.text))
    listing = _LISTING.search(mentions.text, told.end) if told else None
    if told is None or listing is None:
        return
    chosen = announcer(mentions, told)
    span = listing.span("titles") if listing["titles"] else listing.span("some")
    for subject in owned_in(mentions, *span):
        yield _fact(mentions, passage, subject, told.series, chosen, "case.announced")


def _classed(mentions: Mentions, passage: Passage) -> Iterator[CaseFact]:
    """公布…试点名单，甲省为省级试点，乙市为市级试点: who the list names, told by classes."""
    told = announced(mentions.text, len(mentions.text))
    if told is None:
        return
    chosen = announcer(mentions, told)
    for subject in named_as(mentions, told.end):
        yield _fact(mentions, passage, subject, told.series, chosen, "case.announced")


def _apart(mentions: Mentions, selection: _Selection) -> bool:
    """True when 分别 stands before the verb, inside the match or just before it."""
    low, high = selection.clause.start, selection.start + 12
    return "分别" in mentions.text[low:high] or mentions.text.startswith("分获", selection.start)


def _series(mentions: Mentions, selection: _Selection) -> tuple[str | None, str]:
    """The series as told and who selects for it; None when no series is named."""
    series, chosen = selection.series, selection.agent
    by = _CHOSEN.match(series)
    if by:
        series, chosen = series[by.end() :], by["who"]
    elif _BARE_RANK.fullmatch(series):
        contest = _CONTEST.search(mentions.text, selection.clause.start, selection.start)
        return (contest["name"], chosen) if contest else (None, chosen)
    if series.startswith(tuple(words("case_not_selected"))):
        return None, chosen
    whole = _WHOLE_QUOTE.fullmatch(series)
    series = whole[1] if whole else series
    counted = re.search(r"\d{1,5}(?:余|多)?(?:个|家|项|件|处|批)\Z", series)
    return (None if counted or len(series) < _SHORTEST_SERIES else series), chosen


def _objects(mentions: Mentions, passage: Passage, selection: _Selection) -> Iterator[CaseFact]:
    """获批A、B等16项…试点, 获批成立…示范区（某地): what was approved is named after the verb."""
    several = _LIST_OF.fullmatch(selection.series)
    if several:
        for title in listed(several["items"]):
            yield _fact(mentions, passage, Subject(title), several["series"], "", "case.approved")
        return
    one = _BRACKETED.fullmatch(selection.series)
    if one:
        title = f"{one['series']}（{one['where']}）"
        yield _fact(mentions, passage, Subject(title), one["series"], "", "case.approved")


def _fact(mentions: Mentions, passage: Passage, subject: Subject, series: str, chosen: str, rule: str) -> CaseFact:
    return CaseFact(
        passage=passage,
        rule=rule,
        confidence=0.95 if subject.quoted else 0.85,
        title=subject.title,
        series=series,
        region=region_told(mentions, subject.region),
        organisation=subject.organisation,
        selected_by=chosen,
    )
