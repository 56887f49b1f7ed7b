"""The verb that governs a title: what was done with the document, and whether the sentence says who did it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.clauses import Clause, clauses
from kg.extract.mentions import Mentions
from kg.extract.words import alternation, any_of, words

__all__ = ["Verb", "making_verbs", "verb_after", "verb_before"]

#: Of several verbs in one (审议印发), the one that says most about who made the document.
_RANK = ("issue", "sign", "adopt", "use")
_URGED_GAP = 14
#: What may stand before a run of verbs, and what stands for one.
_TOGETHER, _WHOLE = "联合|共同|首次|研究", "制修订|编制完成|编制形成"
#: 《…》由甲、乙、丙联合制定: the makers stand between the title and the verb.
_BY = re.compile(r"(?:是|系)?(?:由|经)(?=[\u4e00-\u9fff])")
_BY_GAP = 80
#: 《…》经国务院批准，由甲、乙印发: who issues it says more than who approved it.
_AFTER_APPROVAL = re.compile(r"(?:已)?经[^，。；《》]{2,24}(?:批准|同意|通过|审定|审核)(?:后)?，(?=由)")
_PASSIVE_GAP = re.compile(r"[^，。；《》“”]{0,14}?")
#: Words that make the verb before them a noun (实施方案, 新闻发布会).
_NOUN_AFTER = re.compile(r"会|厅|者|平台|机制|书(?!面)")
_NOUN_AFTER_WEAK = re.compile(
    r"(?:工作|年度)?(?:方案|意见|细则|办法|条例|计划|规划|措施|举措|要点|纲要|名单|清单|程序|规则|指南|标准|规范|报告|制度|体系|手册|草案|单位|项目)"
)
_PLAIN = frozenset({"印发", "出台", "颁布", "公布", "发布"})
#: These do not tell of the making although a verb of making stands before them: 出台贯彻落实《…》的措施.
_AT_WORK = frozenset({"实施", "施行", "执行", "推行", "生效", "实行", "完善", "推广"})
_DRAFT = re.compile(r"草案|修改|修订|修正|送审")
_NOT_MADE = re.compile(r"(?:的|尚未|拟|将|尽快|即将|计划|没有|未|准备|争取|筹备|研究论证|启动)\Z")


#: 印发新修订的《…》, 发布修订后的《…》: what was done before says who issues it.
_REVISED = re.compile(r"了?(?:最?新)?(?:修订|修改|修正|制定|制修订|编制|编写)(?:完成|后)?的")


class Verb(NamedTuple):
    """A verb at text[start:end]; `kind` is issue, adopt, sign or use. `subject` is where its subject is to be looked
    for. `attributive`: A发布的《…》; `passive`: 《…》印发; `implied`: an actor left out is the reporting body."""

    word: str
    kind: str
    start: int
    end: int
    subject: int
    attributive: bool = False
    passive: bool = False
    implied: bool = True

    @property
    def makes(self) -> bool:
        """True when somebody makes, changes or signs a document."""
        return self.kind != "use"


@functools.cache
def _run() -> re.Pattern[str]:
    """One to three verbs in a row: 制定印发, 编制完成, 颁布实施, 制修订."""
    one = alternation("document_verbs").pattern
    return re.compile(rf"(?:{_TOGETHER})?(?:{_WHOLE}|(?:{one})(?:{one})?(?:{one})?)(?:了)?")


@functools.cache
def _openings() -> re.Pattern[str]:
    """What a run of verbs begins with: quicker to look for than the run."""
    return re.compile(any_of({*words("document_verbs"), *_TOGETHER.split("|"), *_WHOLE.split("|")}))


# A report has few verbs, and names many documents with each.
@functools.lru_cache(maxsize=256)
def _kind(run: str) -> str:
    if run.startswith(("制修订", "编制")):
        return "issue"
    known = words("document_verbs")
    found = alternation("document_verbs").findall(run)
    if run.startswith(("参与", "推进")):
        return "use"
    if found and known[found[-1]] == "use" and found[-1] not in _AT_WORK:
        return "use"
    kinds = {known[w] for w in found}
    return next((kind for kind in _RANK if kind in kinds), "use")


@functools.lru_cache(maxsize=256)
def _issues(run: str) -> bool:
    known = words("document_verbs")
    return any(known[w] == "issue" for w in alternation("document_verbs").findall(run))


def _verb(mentions: Mentions, clause: Clause, match: re.Match[str], *, before_title: bool) -> Verb:
    text = mentions.text
    start, word = match.start(), match[0].removesuffix("了")
    attributive = (before_title and text.startswith("的", match.end())) or _new(text, start)
    urged = _urged(text, clause.start, start)
    subject, implied = clause.start, True
    if urged is not None:
        subject = urged
        # 推动出台: the region brings its own documents about, a national body those of others.
        implied = urged == start and bool(mentions.context.region)
    return Verb(word, _kind(match[0]), start, match.end(), subject, attributive, not before_title, implied)


def _new(text: str, at: int) -> bool:
    """新发布的, 新修改的: the document is told as made by nobody in particular."""
    return text.endswith("新", 0, at) and not text.endswith(("创新", "全新", "更新"), 0, at)


def _urged(text: str, start: int, at: int) -> int | None:
    """Where the subject of a verb begins after 推动, 指导, 支持 …; None when nobody is urged."""
    low = max(start, at - _URGED_GAP)
    last = None
    for match in alternation("document_urging").finditer(text, low, at):
        if not re.search(r"[，、的]", text[match.end() : at].replace("、", "")):
            last = match
    if last and last[0] == "组织" and last.end() == at:
        # 组织编写: who organises it makes it.
        return None
    return last.end() if last else None


def _runs(mentions: Mentions, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs in text[start:end] outside titles."""
    text, run, at = mentions.text, _run(), start
    while opening := _openings().search(text, at, end):
        match = run.match(text, opening.start(), end)
        if match is None:
            at = opening.start() + 1
            continue
        at = match.end()
        noun = _NOUN_AFTER.match(text, match.end()) or (
            match[0] not in _PLAIN and _NOUN_AFTER_WEAK.match(text, match.end())
        )
        if not noun and not mentions.in_title(match.start()):
            yield match


def making_verbs(mentions: Mentions, clause: Clause) -> list[Verb]:
    """The verbs of a clause that make documents and may have an object without 《》; after the first one those
    that 并 or a list joins to it, since others stand inside titles."""
    text = mentions.text
    found: list[Verb] = []
    for match in _runs(mentions, clause.start, clause.end):
        if _issues(match[0]) and (not found or text[match.start() - 1] in "并、和及"):
            found.append(_verb(mentions, clause, match, before_title=True))
    return [verb for verb in found if not verb.attributive]


def verb_before(mentions: Mentions, clause: Clause, at: int) -> Verb | None:
    """The last verb in a clause before a title, outside other titles."""
    text = mentions.text
    best = None
    for match in _runs(mentions, clause.start, at):
        if best is None or not _REVISED.fullmatch(text, best.end(), at):
            best = match
    done = text.endswith("完成", clause.start, at)
    if best is None and done:
        return Verb("完成", "issue", at - 2, at, clause.start)
    if best is None:
        return None
    verb = _verb(mentions, clause, best, before_title=True)
    # 就续签《…》交换意见 is talk about it.
    return verb._replace(kind="use") if text.endswith(("就", "商讨", "磋商"), clause.start, verb.start) else verb


def verb_after(mentions: Mentions, clause: Clause, at: int) -> Verb | None:
    """The verb that follows a list of titles which are what the clause is about: 《…》正式印发."""
    gap = _PASSIVE_GAP.match(mentions.text, at, clause.end)
    led = _AFTER_APPROVAL.match(mentions.text, at)
    if led:
        at = led.end()
        clause = next((c for c in clauses(mentions.text) if c.start <= at < c.end), clause)
    named = _BY.match(mentions.text, at, clause.end) is not None
    reach = _BY_GAP if named else 20
    match = next(_runs(mentions, at, min(clause.end, at + reach)), None)
    if gap is None or match is None or "《" in mentions.text[at : match.start()]:
        return None
    verb = _verb(mentions, clause, match, before_title=False)
    gap_words = mentions.text[at : match.start()]
    changed = (
        (verb.word.startswith(("修", "完善", "编")) and not named)
        or _NOT_MADE.search(gap_words)
        or _DRAFT.search(gap_words)
    )
    urged = alternation("document_urging").search(mentions.text, clause.start, at) is not None
    national = not mentions.context.region and urged
    return Verb(
        verb.word, "use" if changed else verb.kind, verb.start, verb.end, at, False, True, not (urged or national)
    )
