"""Figures in prose as indicator facts: value, unit, name, period, area, comparison.

A sentence is cut into clauses; each quantity is a change, a share, a rank's neighbour or a value of its own; what a
clause leaves unsaid (verb, period, measured thing) comes from the clause before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from kg.extract.indicator_clauses import Clause, Slot, clauses
from kg.extract.indicator_context import Scope, area_of, scope_of
from kg.extract.indicator_names import Naming, name_slot, strip_lead, tidy
from kg.extract.indicator_quantities import Quantity, find_quantities
from kg.extract.indicator_words import Words, indicator_words
from kg.extract.passages import passage_of
from kg.lexicon import EntryType, Lexicon
from kg.model import Comparison, ComparisonKind, IndicatorFact, Report, Sentence

__all__ = ["find_indicators"]

_BASE = re.compile(
    r"(?P<yoy>同比|(?:比|较|与|同)(?:上一?年|去年|上年)[^，,；]{0,8}?|(?:比|较|与|同)(?P<y>\d{4})年[^，,；]{0,12}?)"
    r"|(?P<vs>环比|(?:比|较|与)[^，,；]{1,24}?)"
)
_SHARE = re.compile(r"占(?P<whole>[^，,；。占]{0,30}?)(?P<tail>的比[重例](?:为|达)?|的|比(?:重|例)?(?:均|分别)?(?:为|达|达到)?)?\Z")
_RATIO_IS = re.compile(r"(?:占比|比重|比例)(?:均|分别)*(?:为|达|达到|是)?\Z")
_RANK = re.compile(r"(?:位列|位居|居|排名|排在|列|排)(?:全国|全省|全球)?([^，,；。（）]{0,12}?第[\d一二三四五六七八九十]{1,4}(?:位|名)?)")
_GOAL = re.compile(r"(?:目标值?|“(?P<plan>[^“”]{2,5})”(?:规划)?(?:目标|预期))[^，]{0,4}\Z")
_EVENT = re.compile(r"(?:举办|召开|举行|承办|主办|开展|实施|组织召开|开设|组织)了?([^，,；。]{2,60})\Z")
_RANKED = re.compile(r"(?:居于|位居|居|排名|排在|列|位列)前?.{0,16}(?:为|是)?：?\Z")
_COLON = re.compile(r"：|:")
_CARRIES = ("其中", "其次", "另外", "此外", "分别", "占", "按", "从", "用于", "排名", "以", "前")
_DIVISION = re.compile(r"最多|居于|位居|排名|占比|占总|前[一二三四五六七八九十\d]{1,3}位|其中|分别")
_CO_ISSUE = re.compile(r"(?:联合|会同|与)[^，]{0,12}\Z")


@dataclass(slots=True)
class _Draft:
    """A value while its sentence is read; changes and ranks that follow are added to it."""

    quantity: Quantity
    name: str
    rule: str
    scope: Scope
    area: str
    subject: str
    clause: tuple[int, int]
    confidence: float
    target: bool = False
    comparison: Comparison | None = None
    rank: str = ""
    share: bool = False


@dataclass(slots=True)
class _State:
    """What a paragraph has told so far."""

    scope: Scope
    paragraph: int = -1
    verb: str = ""
    tail: str = ""
    stem: str = ""
    measure: str = ""
    event: str = ""
    lead: str = ""
    values: list[_Draft] = field(default_factory=list)
    group: int = 1


def find_indicators(report: Report, lexicon: Lexicon) -> tuple[IndicatorFact, ...]:
    """The measured quantities of the report's sentences, in the order of the text."""
    words = indicator_words()
    year = report.source.year
    state = _State(Scope(str(year)))
    facts: list[IndicatorFact] = []
    joined = False
    for sentence in report.sentences:
        if sentence.caption:
            continue
        section = report.sections[sentence.section] if sentence.section >= 0 else None
        region = section.region if section else ""
        if sentence.paragraph != state.paragraph:
            carried = bool(_DIVISION.search(sentence.text[:40])) and bool(state.values)
            state.paragraph = sentence.paragraph
            if not carried:
                state = _State(Scope(str(year)), sentence.paragraph)
        quantities = find_quantities(sentence.text, words)
        if not joined:
            _open_sentence(state, sentence, words, year)
        joined = sentence.text.endswith(("；", ";"))
        if not quantities:
            _note_clauses(sentence.text, state, year)
            continue
        reader = _Reader(sentence, lexicon, words, year, region, state)
        for draft in reader.read(quantities):
            facts.append(_fact(draft, report, sentence))
    return tuple(facts)


def _open_sentence(state: _State, sentence: Sentence, words: Words, year: int) -> None:
    """What a new sentence takes over from the one before."""
    text = sentence.text
    if text.startswith(("其中", "其次")) or _DIVISION.search(text[:30]):
        return
    state.scope = Scope(str(year)) if words.verb.match(text) else Scope(state.scope.period, state.scope.stock)
    state.verb = state.tail = ""


def _note_clauses(text: str, state: _State, year: int) -> None:
    for clause in clauses(text, []):
        state.scope = scope_of(clause.text, state.scope, year)
        event = _EVENT.search(clause.text)
        if event:
            state.event = event[1]


@dataclass(slots=True)
class _Reader:
    """Reads one sentence."""

    sentence: Sentence
    lexicon: Lexicon
    words: Words
    year: int
    region: str
    state: _State
    drafts: list[_Draft] = field(default_factory=list)

    def read(self, quantities: list[Quantity]) -> list[_Draft]:
        """The values of the sentence."""
        for clause in clauses(self.sentence.text, quantities):
            self.state.scope = scope_of(clause.text, self.state.scope, self.year)
            self._clause(clause)
            self._rank(clause)
            event = _EVENT.search(clause.text)
            if event:
                self.state.event = event[1]
            if not clause.slots:
                self.state.lead = clause.text
        return self.drafts

    def _clause(self, clause: Clause) -> None:
        listed = self._bracketed(clause)
        n = 0
        first = True
        self.state.verb = ""
        while n < len(clause.slots):
            group = [clause.slots[n]]
            while n + len(group) < len(clause.slots) and clause.slots[n + len(group)].linked:
                group.append(clause.slots[n + len(group)])
            if not (self._change(group, clause) or self._shares(group, clause)):
                self._values(group, clause, n, first)
                first = False
            n += len(group)
        if not listed:
            for one in clause.inner:
                self._inner(one, clause)

    # ---- changes -------------------------------------------------------------------------------------------

    def _change(self, group: list[Slot], clause: Clause) -> bool:
        """同比增长3.9%: goes to the values before it. True when the group is a change."""
        slot = group[0]
        left = slot.left.rstrip("分别均约")
        match = self.words.change.search(left)
        base = self._base(left, match.start() if match else len(left))
        if match is None and not (base and slot.left.endswith(("增", "降"))):
            return False
        sign = -1 if match and any(match[1].startswith(f) for f in self.words.falls) else 1
        if base is None:
            if slot.quantity.kind not in ("ratio", "points") or not self.drafts or not self._continues(left, match):
                return False
            base = (ComparisonKind.YOY, "")
        targets = self._targets(slot.left, len(group))
        if not targets:
            return self._rate(slot, left, match, base, sign, clause)
        for n, draft in enumerate(targets):
            one = group[min(n, len(group) - 1)].quantity
            if draft.comparison is None:
                draft.comparison = Comparison(base[0], sign * one.value, one.unit, one.approx, base[1])
                draft.clause = (draft.clause[0], clause.end)
        return True

    def _continues(self, left: str, match: re.Match[str] | None) -> bool:
        """A bare 增长4.5% right behind a value."""
        return match is not None and len(strip_lead(left[: match.start()], self.words)[0]) <= 2

    def _base(self, left: str, end: int) -> tuple[ComparisonKind, str] | None:
        found = None
        for found in _BASE.finditer(left[:end]):
            break
        if found is None:
            return None
        if found["y"]:
            same = int(found["y"]) == self.year - 1
            return (ComparisonKind.YOY, "") if same else (ComparisonKind.VS, f"{found['y']}年")
        if found["yoy"]:
            return ComparisonKind.YOY, ""
        text = left[found.start() : end].lstrip("比较与")
        return ComparisonKind.VS, tidy(text.split("相比")[0])

    def _targets(self, left: str, size: int) -> list[_Draft]:
        values = [d for d in self.drafts if not d.share]
        if not values or len(strip_lead(left, self.words)[0].split("同比")[0]) > 12 and "比" not in left[:1] + left[:2]:
            own = strip_lead(left, self.words)[0].split("同比")[0]
            if not values or not own.startswith(("较", "比", "与", "同")):
                return []
        if size > 1:
            return values[-size:]
        if "均" in left:
            return values
        return values[-1:]

    def _rate(
        self,
        slot: Slot,
        left: str,
        match: re.Match[str] | None,
        base: tuple[ComparisonKind, str],
        sign: int,
        clause: Clause,
    ) -> bool:
        """A growth rate whose value the text does not tell is a record of its own."""
        text = left[: match.start()] if match else left
        text = _BASE.sub("", text, count=1) if "比" in text or "较" in text else text
        name = tidy(strip_lead(text, self.words)[0])
        change = match[1] if match else "变化"
        if not name:
            name = tidy(strip_lead(self.state.lead, self.words)[0])[-20:]
        if not name:
            return False
        self._add(slot.quantity, Naming(f"{name}{change}率", name, "indicator.change", confidence=0.7), clause)
        return True

    # ---- shares --------------------------------------------------------------------------------------------

    def _shares(self, group: list[Slot], clause: Clause) -> bool:
        """占总量的89.8%: a record of its own for each value before it."""
        slot = group[0]
        if slot.quantity.kind != "ratio":
            return False
        left = slot.left.rstrip("约近超")
        ratio = _RATIO_IS.search(left)
        match = None if ratio else _SHARE.search(left)
        if ratio is None and match is None:
            return False
        start = ratio.start() if ratio else match.start() if match else 0
        whole = match["whole"] if match else ""
        own = tidy(strip_lead(left[:start], self.words)[0])
        values = [d for d in self.drafts if not d.share]
        if own and len(own) > 1:
            names = self._subjects(own, len(group))
        elif values:
            names = [d.name for d in values[-len(group) :]]
        else:
            names = [self.state.measure]
        behind = slot.right
        for n, one in enumerate(group):
            name = names[min(n, len(names) - 1)]
            text = f"{name}占{whole}的比重" if whole else f"{name}占比"
            if whole and behind.startswith("的"):
                text = f"{name}{behind.strip('的')}占{whole}的比重"
            draft = self._add(one.quantity, Naming(text, name, "indicator.share"), clause)
            draft.share = True
            if not own and values:
                draft.scope = values[max(-len(group) + n, -len(values))].scope
            draft.scope = Scope(draft.scope.period)
        return True

    def _subjects(self, text: str, size: int) -> list[str]:
        """The names of `size` subjects listed in front of one measure (A、B平均审理周期), else the text itself."""
        parts = re.split(r"[、和与及]|以及", text)
        if size < 2 or len(parts) != size:
            return [text]
        last = parts[-1]
        found = re.search(r"(?:平均|年均)[^，]{1,10}\Z|(?:数|量|率|人数|次数|金额|周期|规模|占比)\Z", last)
        tail = last[found.start() :] if found else ""
        return [part if part.endswith(tail) else part + tail for part in parts]

    # ---- values --------------------------------------------------------------------------------------------

    def _values(self, group: list[Slot], clause: Clause, at: int, first: bool) -> None:
        if len(group) > 1 and not group[-1].right:
            self._listed(group, clause)
            return
        for n, slot in enumerate(group):
            follow = self._follow(clause, at + n)
            naming = name_slot(slot, follow, self.state.verb, first and n == 0, self.words)
            if naming is not None:
                self._value(slot, naming, clause)

    def _follow(self, clause: Clause, at: int) -> str:
        """The predicate of the last noun in the chain that a slot opens."""
        slot = clause.slots[at]
        if not (slot.coordinate or slot.adjacent) or at + 1 >= len(clause.slots):
            return ""
        from kg.extract.indicator_names import split_predicate

        later = clause.slots[at + 1]
        noun, predicate = split_predicate(later.right, self.words)
        if predicate:
            return predicate
        return noun if slot.adjacent and later.right else ""

    def _value(self, slot: Slot, naming: Naming, clause: Clause) -> None:
        """A value of its own, its name completed from what stood before."""
        state = self.state
        text = naming.text
        if slot.quantity.kind == "number" and naming.rule not in ("indicator.measure", "indicator.inherited"):
            return
        if slot.quantity.kind == "time" and not naming.rule.startswith("indicator.measure"):
            return
        if not text:
            if not state.stem:
                return
            total = "累计" if "累计" in slot.left else ""
            text = f"{state.stem}{total}{state.tail or slot.quantity.suffix}"
            naming = Naming(text, state.stem, naming.rule, confidence=0.8)
        elif naming.rule == "indicator.subject" and naming.bare and state.event:
            text = f"{tidy(state.event)}{text}"
        elif naming.bare and naming.rule == "indicator.measure":
            text = self._topic() + text
        elif "其中" in slot.left[:3] or slot.left.startswith(("、", "和")) and not naming.verb:
            text = self._part(naming, text)
        elif naming.rule == "indicator.object" and not naming.verb and state.tail and slot.quantity.kind == "case":
            text = naming.stem + state.tail
        draft = self._add(slot.quantity, Naming(text, naming.stem, naming.rule, confidence=naming.confidence), clause)
        draft.subject = naming.subject if self.words.actor.search(naming.subject or "") else ""
        goal = _GOAL.search(slot.left)
        if goal:
            draft.target = True
            draft.name = state.measure + "目标" if state.measure else draft.name
            draft.scope = Scope(goal["plan"] or draft.scope.period)
        if naming.rule != "indicator.inherited":
            state.stem = naming.stem or state.stem
            state.verb = naming.verb or state.verb
            state.tail = naming.tail or ("" if naming.verb else state.tail)
        state.measure = draft.name

    def _topic(self) -> str:
        """What the paragraph speaks of, in front of a measure that does not say it (结案周期)."""
        if self.state.stem and self.drafts:
            return self.state.stem
        lead = strip_lead(self.state.lead, self.words)[0]
        return tidy(lead)[:12] if lead else self.state.stem

    def _part(self, naming: Naming, text: str) -> str:
        """A part of the value before (其中发明专利申请21.6万件)."""
        whole = self.state.measure if self.state.values or self.drafts else ""
        stem = self.state.stem
        if not whole or not stem:
            return text
        shared = sum(text.count(stem[i : i + 2]) > 0 for i in range(len(stem) - 1))
        if self.state.tail and not text.endswith(self.state.tail):
            text = naming.stem + self.state.tail
        if shared >= 0.5 * max(1, len(stem) - 1):
            return text
        return f"{stem}{text}"

    def _listed(self, group: list[Slot], clause: Clause) -> None:
        """Several values behind one measure: 分别压缩至6.5个月、10.5个月."""
        naming = name_slot(group[0], "", self.state.verb, True, self.words)
        if naming is None:
            return
        names = self._subjects(naming.text, len(group)) if naming.text else [self.state.measure]
        if not naming.text and self.state.lead:
            names = self._subjects(tidy(strip_lead(self.state.lead, self.words)[0]), len(group))
        for n, slot in enumerate(group):
            name = names[min(n, len(names) - 1)]
            one = Naming(name, naming.stem, naming.rule, confidence=0.9 if len(names) > 1 else 0.7)
            if name:
                self._add(slot.quantity, one, clause)
                self.state.measure = name

    # ---- brackets, ranks -----------------------------------------------------------------------------------

    def _bracketed(self, clause: Clause) -> bool:
        """山东省（922件）、福建省（673件）: a value for each place."""
        text = self.sentence.text
        found: list[tuple[Quantity, str]] = []
        for one in clause.inner:
            if text[one.start - 1] not in "（(" or text[one.end : one.end + 1] not in ("）", ")"):
                continue
            hits = self.lexicon.find(text[max(0, one.start - 13) : one.start - 1], frozenset({EntryType.PLACE}))
            if hits and hits[-1].end == min(13, one.start) - 1:
                found.append((one, hits[-1].entry.zh if hits[-1].entry.kind == "region" else hits[-1].surface))
        if len(found) < 1 or len(found) != len(clause.inner):
            return False
        head = text[clause.start : found[0][0].start - 1]
        head = _COLON.split(head)[0]
        head = _RANKED.split(head)[0]
        head = tidy(strip_lead(head, self.words)[0])
        name = head if len(head) >= 4 else self.state.measure or head
        for one, area in found:
            draft = self._add(one, Naming(name, name, "indicator.place_list"), clause)
            draft.area = area
        self.state.measure = name
        return True

    def _inner(self, one: Quantity, clause: Clause) -> None:
        """25门（42.5课时）: a second measure of the same thing."""
        text = self.sentence.text
        if text[one.start - 1] not in "（(" or text[one.end : one.end + 1] not in ("）", ")") or not self.drafts:
            return
        last = self.drafts[-1]
        if one.kind in ("ratio", "points") or not self.state.stem or last.clause[1] < clause.start:
            return
        name = f"{self.state.stem}{one.suffix}"
        self._add(one, Naming(name, self.state.stem, "indicator.bracket", confidence=0.8), clause)

    def _rank(self, clause: Clause) -> None:
        match = _RANK.search(clause.text)
        if match and self.drafts and not self.drafts[-1].rank:
            self.drafts[-1].rank = match[1]

    def _add(self, quantity: Quantity, naming: Naming, clause: Clause) -> _Draft:
        scope_word = strip_lead(clause.text, self.words)[1]
        area = area_of(clause.text, scope_word, self.region, self.lexicon)
        draft = _Draft(
            quantity,
            naming.text,
            naming.rule,
            self.state.scope,
            area,
            naming.subject,
            (clause.start, clause.end),
            naming.confidence,
        )
        self.drafts.append(draft)
        self.state.values.append(draft)
        return draft


def _fact(draft: _Draft, report: Report, sentence: Sentence) -> IndicatorFact:
    quantity = draft.quantity
    return IndicatorFact(
        passage=passage_of(report, sentence, 0, len(sentence.text)),
        rule=draft.rule,
        confidence=draft.confidence,
        name=draft.name,
        value=quantity.value,
        unit=quantity.unit,
        period=draft.scope.period,
        base_value=quantity.base_value if quantity.factor != 1 else _plain(quantity.value),
        base_unit=quantity.base,
        value_text=quantity.words,
        area=draft.area,
        subject=draft.subject,
        comparison=draft.comparison,
        approx=quantity.approx,
        cumulative=draft.scope.cumulative,
        since=draft.scope.since,
        target=draft.target,
        low=quantity.low,
        high=quantity.high,
        rank=draft.rank,
    )


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
