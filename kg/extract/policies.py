"""Policy documents: titles in 《》, their short forms, and sure titles without marks, with who did what with them.

What countries or their offices sign between them is a document when it has a title of its own (《关于…的备忘录》); a
title that only names the parties is how an agreement is called, treaties excepted: those are cited like laws.
Newspapers, programmes and works of art are no documents. One fact for each title of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kg.extract.agreements import find_agreements, may_sign
from kg.extract.clauses import Clause, clauses
from kg.extract.mentions import Mentions, TitleHit
from kg.extract.offices import Offices
from kg.extract.policy_actors import issuers_of, relative_issuers, title_members
from kg.extract.policy_dates import date_of, dated
from kg.extract.policy_parties import both_parties, own_partner, signing_states
from kg.extract.policy_phrases import Phrase, find_phrases
from kg.extract.policy_titles import inner_titles, is_bare, is_work, kind_of, stage_of
from kg.extract.policy_verbs import Verb, verb_after, verb_before
from kg.lexicon import Lexicon, load_lexicon
from kg.model import (
    Actor,
    ActorKind,
    AgencyKind,
    DocumentFact,
    DocumentKind,
    Passage,
    PlaceKind,
)

__all__ = ["DocumentFinder"]

# Asked for time and again: a member costs many times what a name of the module does.
_OTHER = DocumentKind.OTHER

_SHORT = re.compile(
    r"[（(](?:以下)?(?:统一)?(?:简称|统称|称)(?:为)?[:：]?[《“\"‘]?([^《》“”\"‘’（）]{1,24})[》”\"’]?[）)]"
)
_LIST = re.compile(r"(?:[、和与及]|以及|及其附件|并)?")
#: What may follow a title that is the object of its verb; other words make the title a modifier (《A》宣讲活动).
_OBJECT = re.compile(
    r"\Z|[，。；：！、（）]|[并及和与共]|以及|等|的通知|\d|图书|丛书|一书|[\u4e00-\u9fff]{2}标准|规范性文件|实施|施行|落实|在|[之以]?后(?=，)|中英文版|系列|[白蓝绿]皮书|报告(?=[，。；]|\Z)"
)
_DECIDED = ("通过", "发布", "发表", "形成", "达成")
_PERIODICAL = re.compile(r"\d{1,4}期")
_PRINTED_BY = re.compile(r"[^，。；《》]{0,4}由[^，。；《》]{2,16}?出版社(?:正式)?(?:出版|发行)")
_TREATY = re.compile(r"(?:条约|公约|协定|国际卫生条例)\Z|(?:政府|协定|条约|公约).{0,40}议定书\Z")
#: A title made of the names of its parties: 《甲局与乙局谅解备忘录》.
_OF_PARTIES = re.compile(r"(?!关于)[^《》]{2,40}?[局部署厅院会所织国室府](?:[与和同及]|、)[^《》]{2,80}\Z")
_GOVERNMENTS = re.compile(r"(中华人民共和国|中国)政府[和与同]([\u4e00-\u9fff]{2,14}?)(?:政府|关于)")
_APPROVED_BY = re.compile(r"(?:已)?经(?=[\u4e00-\u9fff])")
_LEADERS = re.compile(r"领导人|首脑|峰会|元首")
_BILATERAL = re.compile(r"中[\u4e00-\u9fff]{1,2}(?:双方|两国|两局|三方|三国|三局)|(?:双|多)边")
_DECLARED = re.compile(r"(?:声明|宣言|共识|倡议书?)\Z")
_FOREIGN = (AgencyKind.INTERNATIONAL_ORG,)
_OFFICE = re.compile(r"办公[室厅]")
_OUTSIDE = re.compile(r"香港|澳门|台湾")
_MADE_NOUN = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,6}(?:编译|翻译|修订|编制|编写|起草|修改|制定)(?:工作)?(?=[，。；、]|\Z)"
)


#: 修订后的《…》, 新修改的《…》.
_REVISED = re.compile(r"修[订改正](?:完成|后)?的\Z")
#: What a department makes itself; laws and regulations come from above it.
_OF_DEPARTMENTS = (DocumentKind.RULE, DocumentKind.MEASURE, DocumentKind.GUIDELINE, DocumentKind.STANDARD)
_FROM_ABOVE = (DocumentKind.LAW, DocumentKind.REGULATION)
#: 会议通过《…》: the meeting is nobody.
_BY_MEETING = re.compile(r"(?:会议|大会|论坛|年会|峰会)(?:还|并|一致|共同|联合|正式|现场)?\Z")


class _Told(NamedTuple):
    """A title with what its sentence says of it. `full` is the title that a short form stands for."""

    hit: TitleHit
    full: str
    short: str
    verb: Verb | None
    clause: Clause
    after: str
    listed: bool
    place: tuple[int, int] = (0, 1)


class DocumentFinder:
    """Finds the documents of one report: it remembers short forms and kinds from sentence to sentence."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or load_lexicon()
        self._offices = Offices(self._lexicon)
        self._shorts: dict[str, str] = {}
        self._titles: list[str] = []
        self._kinds: dict[str, DocumentKind] = {}
        self._before: Mentions | None = None  # the last sentence

    def find_documents(self, every: Sequence[tuple[Mentions, Passage]]) -> list[tuple[DocumentFact, ...]]:
        """The documents that each sentence of the report names, each once; captions name none."""
        read = [mentions for mentions, _ in every]
        return [
            self._documents(*of, phrases, before) if phrases or (of[0].titles and not of[0].sentence.caption) else ()
            for of, phrases, before in zip(every, find_phrases(read), [None, *read], strict=False)
        ]

    def _documents(
        self, mentions: Mentions, passage: Passage, phrases: Sequence[Phrase], before: Mentions | None
    ) -> tuple[DocumentFact, ...]:
        """The documents that a sentence names: its titles, and `phrases` without 《》."""
        self._before = before
        told: dict[str, DocumentFact] = {}
        for fact in chain(self._facts(mentions, passage), self._phrases(mentions, passage, phrases)):
            told.setdefault(fact.title, fact)
        return tuple(told.values())

    def _facts(self, mentions: Mentions, passage: Passage) -> Iterator[DocumentFact]:
        inner: list[DocumentFact] = []
        for hits, end in _lists(mentions):
            clause = next(
                (c for c in clauses(mentions.text) if c.start <= hits[0].start < c.end), Clause(0, len(mentions.text))
            )
            verb = _governing(mentions, clause, hits[0].start, end)
            sure = any(kind_of(hit.text) is not _OTHER for hit in hits)
            for place, hit in enumerate(hits):
                full, short = self._full(mentions, hit)
                if full:
                    after = mentions.text[end : end + 24]
                    told = _Told(hit, full, short, verb, clause, after, sure, (place, len(hits)))
                    fact = self._fact(mentions, passage, told)
                    if fact:
                        yield fact
                    amended = fact.issuers if fact and hit.text.startswith("关于修改〈") else ()
                    inner.extend(self._inner(mentions, passage, hit, amended))
        yield from inner

    def _full(self, mentions: Mentions, hit: TitleHit) -> tuple[str, str]:
        """The full title and, where this sentence introduces or uses one, the short form; "" for what is none."""
        text = mentions.text
        if not hit.text.strip() or is_work(
            hit.text, text[max(0, hit.start - 12) : hit.start], text[hit.end : hit.end + 24]
        ):
            return "", ""
        defined = _SHORT.match(mentions.text, hit.end)
        if defined:
            self._shorts[defined[1]] = hit.text
            self._titles.append(hit.text)
            return hit.text, defined[1]
        if hit.text in self._shorts:
            return self._shorts[hit.text], hit.text
        if is_bare(hit.text):
            known = next((t for t in reversed(self._titles) if kind_of(t) is kind_of(hit.text) and hit.text in t), "")
            return known, hit.text
        self._titles.append(hit.text)
        return hit.text, ""

    def _fact(self, mentions: Mentions, passage: Passage, told: _Told) -> DocumentFact | None:
        before = mentions.text[max(0, told.hit.start - 8) : told.hit.start]
        near = mentions.text[told.hit.end : told.hit.end + 24]
        kind = self._kind(told.full, before, near, told.after)
        verb = told.verb
        printed = bool(verb and "出版" in verb.word) or _PRINTED_BY.match(told.after) is not None
        if kind is _OTHER and printed and not _PERIODICAL.match(told.after):
            kind = DocumentKind.BOOK
        spoken = verb is not None and verb.word.endswith("发表")  # a speech or an article
        if kind is _OTHER and spoken and _DECLARED.search(told.full):
            kind = DocumentKind.AGREEMENT  # what parties declare together
        if kind is _OTHER and (spoken or not (verb and verb.makes)) and not told.listed:
            return None
        if kind is DocumentKind.PLAN and verb and verb.kind == "sign" and told.full.endswith("安排"):
            kind = DocumentKind.AGREEMENT
        if _between_states(mentions, told, kind):
            return None
        issuers = self._issuers(mentions, told)
        if verb and verb.makes and not verb.passive and not issuers:
            modifier = not _is_object(told) and not verb.attributive
            verb = verb._replace(kind="sign" if verb.kind == "sign" else "use", word="" if modifier else verb.word)
        return DocumentFact(
            passage=passage,
            rule=_rule(verb),
            confidence=0.7 if kind is _OTHER else 0.95,
            stated=not any(actor.implied for actor in issuers),
            title=told.full,
            document_kind=kind,
            issuers=issuers,
            action=verb.word if verb else "",
            date=date_of(mentions, told.hit, told.verb),
            region=mentions.context.region,
            short=told.short,
            stage=stage_of(told.full),
        )

    def _kind(self, title: str, before: str, near: str, after: str) -> DocumentKind:
        """The kind; what one sentence says more exactly (部门规章) holds for the whole report."""
        plain = kind_of(title)
        kind = kind_of(title, before, near)
        if kind is plain and after != near:
            kind = kind_of(title, before, after)
        if kind is not plain:
            self._kinds[title] = kind
        return self._kinds.get(title, kind)

    def _issuers(self, mentions: Mentions, told: _Told) -> tuple[Actor, ...]:
        verb, hit = told.verb, told.hit
        if verb is None or verb.word.endswith("起草"):  # who drafts issues nothing yet
            return ()
        if verb.passive and verb.kind == "sign":
            return self._states(told.full) or self._parties(mentions, hit)
        if verb.passive and not verb.makes and self._own_revision(mentions, hit):
            return (mentions.context.self_,)
        if verb.passive:
            by = _APPROVED_BY.match(mentions.text, verb.subject)
            start = by.end() if by else max(hit.end, verb.subject)
            own = verb.word == "公开征求意见" or not self._from_above(mentions, told.full)
            implied = verb.implied and not by and own
            who = issuers_of(mentions, start, verb.start, implied=implied) if verb.makes else ()
            named = _head(mentions, hit.start + 1) if verb.makes and all(actor.implied for actor in who) else None
            return (named,) if named else who  # 《某局关于…的意见》出台
        if verb.attributive:
            return relative_issuers(mentions, told.clause.start, verb.start)
        if verb.kind == "use" and kind_of(told.full) is DocumentKind.AGREEMENT:
            # The body before a treaty's name is where it was made or is talked about.
            return ()
        if verb.kind == "use":
            return relative_issuers(mentions, verb.end, hit.start)
        if not _is_object(told):
            made = _MADE_NOUN.match(told.after) and verb.word == "完成"
            return issuers_of(mentions, told.clause.start, verb.start) if made else ()
        if verb.kind != "sign" and (all_of_them := both_parties(mentions, verb, self._before)):
            return all_of_them
        if verb.word.endswith(_DECIDED) and _BY_MEETING.fullmatch(mentions.text, verb.subject, verb.start):
            return ()
        implied = verb.implied and not (verb.kind == "adopt" or _DECLARED.search(told.full))  # a meeting's own words
        who = issuers_of(mentions, verb.subject, verb.start, implied=implied)
        if all(actor.implied for actor in who) and (named := _head(mentions, hit.start + 1)):
            return (named,)
        if verb.kind != "sign":
            return who
        if _TREATY.search(told.full):
            return self._states(told.full) or signing_states(mentions, told.clause.start, verb.start)
        regional = bool(mentions.context.section and mentions.context.section.region)
        both = () if regional else both_parties(mentions, verb, self._before)
        parties = both or (() if regional or len(who) > 1 else self._parties(mentions, hit))
        if len(parties or who) > 1:
            return own_partner(mentions, (told.clause.start, hit.start), told.place, parties or who)
        if parties or not all(actor.implied for actor in who):
            return parties or who
        low = max([verb.end, *(t.end for t in mentions.titles if t.end <= hit.start)])
        described = title_members(mentions, mentions.text[low : hit.start], self._lexicon)
        members = described or title_members(mentions, told.full, self._lexicon)
        return tuple(dict.fromkeys([*who, *members]))

    def _own_revision(self, mentions: Mentions, hit: TitleHit) -> bool:
        """True for 修订后的《…》自…起施行 when the reporting body is who makes such documents."""
        if not _REVISED.search(mentions.text, max(0, hit.start - 8), hit.start):
            return False
        return kind_of(hit.text) in _OF_DEPARTMENTS and not mentions.context.region

    @staticmethod
    def _from_above(mentions: Mentions, title: str) -> bool:
        """True for the laws and regulations of others: 《…条例》公布 says nothing of the department that reports it."""
        return not mentions.context.region and kind_of(title) in _FROM_ABOVE

    def _states(self, title: str) -> tuple[Actor, ...]:
        """The two states whose governments a treaty's title names."""
        match = _GOVERNMENTS.match(title)
        entries = [self._lexicon.place(name) for name in match.groups()] if match else []
        return tuple(Actor(entry.zh, ActorKind.PLACE) for entry in entries if entry)

    def _parties(self, mentions: Mentions, hit: TitleHit) -> tuple[Actor, ...]:
        """The parties of the agreement with this title, when two or more can be told."""
        passage = Passage(source="", spans=(), exact=(), quotes=(), lines=())
        found = find_agreements(mentions, passage, self._offices) if may_sign(mentions) else ()
        parties = next((a.parties for a in found if a.name == hit.text), ())
        return parties if len(parties) > 1 else ()

    def _inner(
        self, mentions: Mentions, passage: Passage, hit: TitleHit, amended: tuple[Actor, ...]
    ) -> Iterator[DocumentFact]:
        """The documents that a title quotes: what it carries out, or who `amended` them by it."""
        for offset, title in inner_titles(hit.text):
            full = self._shorts.get(title, title)
            kind = self._kind(full, "", "", "")
            if kind is _OTHER or is_bare(full):
                continue
            start = hit.start + 1 + offset
            made = [o for o in mentions.orgs if o.start == start and mentions.text.startswith("关于", o.end)]
            before = re.search(r"(贯彻落实|落实|贯彻|实施)[〈《]?\Z", mentions.text[: start - 1])
            yield DocumentFact(
                passage=passage,
                rule="document.inner",
                confidence=0.9,
                title=full,
                document_kind=kind,
                issuers=(made[0].actor,) if made else amended,
                action=before[1] if before else "修改" if amended else "",
                region=mentions.context.region,
                stage=stage_of(full),
            )

    def _phrases(self, mentions: Mentions, passage: Passage, phrases: Sequence[Phrase]) -> Iterator[DocumentFact]:
        """Sure titles without 《》: quoted ones, and specific ones after a verb that makes documents."""
        for phrase in phrases:
            kind = self._kind(phrase.title, "", "", "")
            issuers = issuers_of(mentions, phrase.verb.subject, phrase.verb.start, implied=phrase.verb.implied)
            named = _head(mentions, phrase.start)
            if named and all(actor.implied for actor in issuers):
                issuers = (named,)
            yield DocumentFact(
                passage=passage,
                rule="document.quoted" if phrase.quoted else "document.phrase",
                confidence=0.6,
                stated=not any(actor.implied for actor in issuers),
                title=phrase.title,
                document_kind=kind,
                issuers=issuers,
                action=phrase.verb.word,
                date=dated(mentions, phrase.verb.start),
                region=mentions.context.region,
                stage=stage_of(phrase.title),
            )


def _lists(mentions: Mentions) -> Iterator[tuple[list[TitleHit], int]]:
    """The titles of a sentence in the lists that it makes of them, with the end of each list; the titles in
    （以下简称《…》) are no members."""
    text = mentions.text
    current: list[TitleHit] = []
    end = 0
    for hit in mentions.titles:
        if current and hit.start < end:
            continue
        joint = _LIST.match(text, end) if current else None
        if current and (joint is None or joint.end() != hit.start):
            yield current, end
            current = []
        current.append(hit)
        short = _SHORT.match(text, hit.end)
        end = short.end() if short else hit.end
    if current:
        yield current, end


def _governing(mentions: Mentions, clause: Clause, start: int, end: int) -> Verb | None:
    """The verb that says most about the titles from `start` to `end`: 施行的《…》由…通过 tells of the passing."""
    before = verb_before(mentions, clause, start)
    if before and before.word[0] == "修" and _REVISED.search(mentions.text, before.start, start):
        # 修订后的《…》公布: the revision tells which it is, what became of it stands behind.
        return verb_after(mentions, clause, end) or before
    if before and (before.makes or not before.attributive):
        return before
    after = verb_after(mentions, clause, end)
    return after if before is None or (after and after.makes) else before


def _is_object(told: _Told) -> bool:
    """True when the title is what the verb makes, not a word before another noun (《A》宣讲活动)."""
    return bool(_OBJECT.match(told.after) or _SHORT.match(told.after))


def _head(mentions: Mentions, start: int) -> Actor | None:
    """The body that a title names as its author: 某局关于…的通知."""
    for org in mentions.orgs:
        if org.start != start:
            continue
        office = _OFFICE.match(mentions.text, org.end)
        end = office.end() if office else org.end
        if mentions.text.startswith("关于", end):
            return Actor(mentions.text[start:end], region=org.actor.region) if office else org.actor
    return None


def _rule(verb: Verb | None) -> str:
    if verb is None:
        return "document.named"
    return {"issue": "document.issued", "adopt": "document.adopted", "sign": "document.signed"}.get(
        verb.kind, "document.cited"
    )


def _between_states(mentions: Mentions, told: _Told, kind: DocumentKind) -> bool:
    """True for what countries or their offices sign under their own names and what leaders declare."""
    if mentions.context.region or _TREATY.search(told.full):
        return False
    signed = bool(told.verb and told.verb.kind == "sign")
    if not signed and kind is not DocumentKind.AGREEMENT:
        return False
    if _LEADERS.search(told.full) or (_LEADERS.search(mentions.text) and _DECLARED.search(told.full)):
        return True
    # A title that says what about (《甲署与乙署关于…的备忘录》) is one of its own, and so is a signed plan.
    if kind is not DocumentKind.AGREEMENT or "关于" in told.full or not _OF_PARTIES.match(told.full):
        return False
    foreign = any(p.entry.kind == PlaceKind.COUNTRY and p.entry.zh != "中国" for p in mentions.places)
    if foreign or any(o.country not in ("", "中国") or o.kind in _FOREIGN or o.group for o in mentions.orgs):
        return True
    return signed and bool(_OUTSIDE.search(mentions.text) or _BILATERAL.search(mentions.text))
