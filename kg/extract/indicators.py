"""Figures in prose as indicator facts: value, unit, name, period, area, comparison.

A sentence is cut into clauses; each quantity is a change, a share, or a value of its own; what a clause leaves unsaid
(verb, period, measured thing) comes from the clause before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.indicator_changes import nearly, read_change, read_shares
from kg.extract.indicator_clauses import Clause, Slot, clauses, with_shared_end
from kg.extract.indicator_completion import completed, in_context, with_total
from kg.extract.indicator_context import Home, Scope, area_of, home_of, scope_of
from kg.extract.indicator_ends import strip_lead, tidy
from kg.extract.indicator_facts import fact_of
from kg.extract.indicator_goals import goal_of, goal_year
from kg.extract.indicator_lists import by_kind, divided, inner_of, names_of, places_told, sharers, spread
from kg.extract.indicator_names import Naming, name_slot, split_predicate
from kg.extract.indicator_places import (
    Sharers,
    all_of,
    body_of,
    head_of,
    headless,
    local_of,
    one_of,
    place_of,
    placed,
    shared_out,
    told_of,
)
from kg.extract.indicator_quantities import Quantity, find_quantities
from kg.extract.indicator_signs import AIMING, BODY, CHANGING
from kg.extract.indicator_state import (
    Draft,
    State,
    headed,
    note_event,
    note_has,
    note_holder,
    note_place,
    note_theme,
    note_told,
    note_within,
)
from kg.extract.indicator_tables import table_indicators
from kg.extract.indicator_turns import THIS_ONE, new_paragraph, open_sentence, telling
from kg.extract.indicator_words import Words, indicator_words
from kg.extract.table_reading import TableReading
from kg.lexicon import EntryType, Lexicon
from kg.model import IndicatorFact, Passage, Report, Sentence

__all__ = ["find_indicators"]

_RANK = re.compile(
    r"(?:位列|位居|居|排名|排在|列|排)(?:全国|全省|全球)?([^，,；。（）]{0,12}?第[\d一二三四五六七八九十]{1,4}(?:位|名)?)"
)
_OF_GOAL = re.compile(r"(?:完成|实现|占|达到?|为)(?P<goal>[^，；]{0,12}?(?:目标|任务|计划|指标))(?:任务|值)?的\Z")
_RANKED = re.compile(r"(?:居于|位居|居|排名|排在|列|位列)前?.{0,16}(?:为|是)?：?\Z")
_PART = ("其中", "其次", "包括", "包含", "含")
_FLOW_TAIL = re.compile(
    r"(?:申请|受理|授权|注册|审签|审查|登记|核准|结案|审结|备案|拥有|持有|有效)?(?:数量|总量|量|数)\Z|(?:进出口|进口|出口|成交|交易|登记)(?:总额|金额|额)\Z"
)
_AIM = re.compile(
    r"力争|未来[一二三四五六七八九十\d]{1,3}年|预计|预期|计划(?:招|新增|建|完成|到)|目标(?:为|是)|确保到|到\d{4}年(?!底|末|\d)"
)
_EACH = re.compile(r"(?<![平年月人日])均")
_PEOPLE = frozenset({"人次", "人", "余人"})
#: What has no total: shares, scores, how long something takes.
_RATES = frozenset({"ratio", "score", "points", "time"})


def find_indicators(
    report: Report,
    lexicon: Lexicon,
    tables: Sequence[TableReading] | None = None,
    passages: Mapping[int, Passage] | None = None,
    signs: Mapping[int, int] | None = None,
) -> tuple[IndicatorFact, ...]:
    """The measured quantities of the report's sentences in the order of the text, then those of its chapter tables.

    `tables` are its tables, `passages` and `signs` those of its sentences by index, where a caller has them already."""
    words = indicator_words()
    signs = signs or {}
    year = report.source.year
    state = State(Scope(str(year)))
    drafts: list[Draft] = []
    # What has no figures is read when some follow.
    waiting: list[tuple[Sentence, bool]] = []
    joined = False
    home = home_of(report.source.publisher, lexicon)
    told = [s for s in report.sentences if not s.caption and len(s.text) > 1]
    # The figures of all sentences, then their clauses, before any is read: taking turns costs a fifth more.
    figures = find_quantities([sentence.text for sentence in told], words)
    read = telling(told, figures)
    parted = dict(zip([sentence.index for sentence, _ in read], clauses(read, words), strict=True))
    for sentence, measured in zip(told, figures, strict=True):
        if sentence.paragraph != state.paragraph:
            before, state = state, new_paragraph(state, sentence, signs.get(sentence.index, -1), year)
            joined = False
            if state is not before:
                state.head, state.of = head_of(sentence.text, lexicon)
                waiting.clear()
        waiting.append((sentence, joined))
        joined = sentence.text[-1] in "；;"
        if not measured:
            continue
        for each, goes_on in waiting:
            section = report.sections[each.section] if each.section >= 0 else None
            region = state.of or (section.region if section else "")
            open_sentence(state, each, goes_on, signs.get(each.index, -1), words, year)
            if each is not sentence and not region:
                note_theme(state, each, words)
            if found := parted.get(each.index):
                reader = _Reader(each, lexicon, words, year, region, state, home, report.source.publisher)
                drafts += reader.read(found, measured=each is sentence)
        waiting.clear()
    known = dict(passages or {})
    facts = [fact_of(draft, report, known, words) for draft in drafts]
    return (*facts, *table_indicators(report, lexicon, words, tables))


class _Reader(Struct):
    """Reads one sentence, or the part of one that ends in a semicolon."""

    sentence: Sentence
    lexicon: Lexicon
    words: Words
    year: int
    region: str
    state: State
    home: Home
    publisher: str
    area: str = ""
    signs: int = 0
    aims: bool = False
    counts: bool = False

    def read(self, found: Sequence[Clause], *, measured: bool) -> list[Draft]:
        """The values of the sentence, given its clauses; `measured` tells that there are figures in them."""
        state = self.state
        before = len(state.drafts)
        past = state.past if state.past in (self.year, self.year - 1) else None
        found = headless(found, state.head) if state.head else found
        for n, clause in enumerate(found):
            text, signs = clause.text, clause.signs
            state.scope = scope_of(text, state.scope, self.year, past, signs)
            if signs & BODY or self.home.region:
                self._at_home(text, signs)
            sorted_by = text[0] in "按从依以分" and by_kind(text, state)
            state.part |= (sorted_by and bool(state.drafts)) or (text[0] in "其包含" and text.startswith(_PART))
            if clause.slots or clause.inner:
                after = found[n + 1].text if n + 1 < len(found) else ""
                self._clause(clause, after if after.startswith("作为") else "")
            if "第" in text:
                self._rank(text)
            note_event(state, clause, self.words)
            if clause.slots or sorted_by:
                state.lead = ""
                state.among = state.stem if clause.slots and text[-1] == "中" else ""
                continue
            state.lead = state.object = "" if text.startswith(("按照", "根据", "依照")) else text
            if measured:
                note_holder(state, clause)
            if text[0] == "在" or text[-1] == "中":
                note_within(state, text, self.words)
            if self.sentence.text.startswith("：", clause.end):
                note_told(state, text, self.words)
        return state.drafts[before:]

    def _at_home(self, text: str, signs: int) -> None:
        """全省 or 全市 holds on until the text turns to another named body (杭州海关查扣…). The body
        that reports, and that of a regional section, go without saying."""
        told = self.home.told(text) if self.home.region else ""
        self.state.home = told or self.state.home
        actor = body_of(text, self.words, self.lexicon) if signs & BODY else ""
        local = local_of(text, self.home) if self.home.region and not told else ""
        if not told and (local or actor):
            self.state.home = local
        if actor:
            self.state.actor = "" if self.region or actor in self.publisher else actor

    def _clause(self, clause: Clause, after: str) -> None:
        """The values of a clause that has some."""
        signs = self.signs = clause.signs
        if clause.slots:
            note_place(self.state, clause.text, self.words)
        self.state.area = told_of(clause, self.words, self.lexicon) or self.state.area
        self.area = area_of(clause.text, self.state.area, self.region, self.lexicon) or self.state.home
        self.aims = bool(signs & AIMING) and _AIM.search(clause.text) is not None
        self.counts = "累计" in clause.text
        listed = bool(clause.inner) and self._places(clause)
        n, first = 0, True
        self.state.verb = ""
        self.state.base = None
        if clause.text.startswith(_PART):
            clause = divided(clause, self.state)
        slots = clause.slots
        while n < len(slots):
            end = n + 1
            while end < len(slots) and slots[end].linked:
                end += 1
            if not self._derived(slots[n:end]):
                self._values(slots[n:end], clause, n, first, after)
                first = False
            n = end
        if not listed:
            for one in clause.inner:
                self._inner(one, clause)

    def _derived(self, group: Sequence[Slot]) -> bool:
        """Whether the group is a change or a share of values told before; those are noted."""
        change = read_change(group, self.state, self.year, self.words) if self.signs & CHANGING else False
        if isinstance(change, Naming):
            self._add(group[0].quantity, change)
            return True
        if change:
            return True
        shares = read_shares(group, self.state, self.words) if group[0].quantity.kind == "ratio" else None
        if shares is None:
            return False
        for slot, (naming, source) in zip(group, shares, strict=False):
            about = slot.quantity.approx or nearly(slot.left, self.words)
            draft = self._add(replace(slot.quantity, approx=about), naming)
            draft.share = True
            of = places_told(naming.text, self.state.places) or all_of(slot.left, self.state.places, self.lexicon)
            draft.area = of or (source or draft).area
            draft.scope = Scope((source or draft).scope.period)
        return True

    def _values(self, group: Sequence[Slot], clause: Clause, at: int, first: bool, after: str) -> None:
        if len(group) > 1 and not group[-1].right:
            self._listed(group, clause.slots[at - 1] if at else None)
            return
        for n, slot in enumerate(group):
            share = _OF_GOAL.search(slot.left) if slot.quantity.kind == "ratio" else None
            if share and self.state.measure:
                name = f"{self.state.stem or self.state.measure}{share['goal']}完成率"
                self._add(slot.quantity, Naming(name, self.state.stem, "indicator.share", confidence=0.9))
                continue
            if self.signs & AIMING and self.state.measure and (goal := goal_of(slot)):
                self._aimed(slot, goal)
                continue
            chained = slot.coordinate or slot.adjacent
            follow = (self._follow(clause, at + n) if chained else "") or after
            slot = with_shared_end(clause.slots, at + n) if slot.coordinate and not follow else slot
            naming = name_slot(slot, follow, self.state.verb, first and n == 0, self.signs, self.words)
            if naming is not None:
                self._value(slot, naming)

    def _aimed(self, slot: Slot, goal: re.Match[str]) -> None:
        plan = goal.groupdict().get("plan") or ""
        naming = Naming(f"{self.state.measure}{plan}目标", self.state.stem, "indicator.target", confidence=0.9)
        draft = self._add(slot.quantity, naming)
        draft.target = True
        draft.scope = Scope(plan or goal_year(slot) or self.state.scope.period)

    def _follow(self, clause: Clause, at: int, depth: int = 0) -> str:
        """The predicate of the last noun in the chain that a slot opens."""
        slot = clause.slots[at]
        if not (slot.coordinate or slot.adjacent) or at + 1 >= len(clause.slots):
            return ""
        later = clause.slots[at + 1].right
        noun, predicate = split_predicate(later, self.words)
        if not predicate and slot.coordinate and at + 2 < len(clause.slots) and depth < 8:
            return self._follow(clause, at + 1, depth + 1)
        if slot.right.endswith("的") and slot.adjacent and not predicate:
            return noun
        if slot.adjacent and clause.slots[at + 1].adjacent and depth < 8:
            noun += self._follow(clause, at + 1, depth + 1)
        return predicate or (noun if slot.adjacent and later else "")

    def _value(self, slot: Slot, naming: Naming) -> None:
        """A value of its own, its name completed from what stood before."""
        state, quantity = self.state, slot.quantity
        measured = naming.rule in ("indicator.measure", "indicator.inherited")
        if quantity.kind in ("number", "time", "points") and not measured:
            return
        name = completed(slot, naming, state, self.words)
        if not name:
            return
        if state.about and state.about not in name:
            name = state.about + THIS_ONE.sub("", name)
        elif state.within and naming.rule != "indicator.measure" and state.within[-2:] not in name:
            name = f"{state.within}{name}"
        if state.theme and not measured and len(name) <= 16 and state.theme not in name:
            name = state.theme + name
        name = in_context(name, slot, naming, state, self.words)
        total = with_total(slot, naming, name, state)
        each = spread(total) if measured and "均" in slot.left and _EACH.search(slot.left) else [total]
        for one in each:
            told, area = one_of(one, state.measure, self.lexicon) if len(each) > 1 else (one, "")
            draft = self._add(quantity, naming, told)
            draft.area = area or draft.area
        total = draft.name if len(each) > 1 else total
        draft.before = slot.before
        if naming.rule in ("indicator.measure", "indicator.flow") and not self.region and len(each) < 2:
            draft.area = all_of(slot.left, (), self.lexicon) or place_of(naming.text, self.lexicon) or draft.area
        if naming.subject and self.words.actor.search(naming.subject):
            draft.subject = naming.subject
        if naming.rule != "indicator.inherited" and not state.part:
            tail = _FLOW_TAIL.search(naming.stem) if naming.rule == "indicator.measure" else None
            cut = tail.start() if tail and tail.start() > 1 else len(naming.stem)
            state.stem = headed(state, naming.stem[:cut], name) or state.stem
            state.deed = naming.verb
            state.tail = naming.tail or (naming.stem[cut:] if not naming.verb else "")
        state.verb = naming.verb if naming.rule != "indicator.inherited" and naming.verb else state.verb
        state.measure = name
        note_has(state, name)

    def _listed(self, group: Sequence[Slot], before: Slot | None) -> None:
        """Several values behind one measure: 分别压缩至6.5个月、10.5个月."""
        by = sharers(group[0], len(group), before, self.words)
        first = replace(group[0], left=by.left) if by.names else group[0]
        naming = name_slot(first, "", self.state.verb, True, self.signs, self.words)
        if naming is None:
            return
        told = naming.text
        names = names_of(group, naming, self.state, self.words)
        by = by if by.names else self.state.sharers
        if len(by.names) == len(group) and len(names) == 1 and names[0]:
            self.state.sharers = by
            areas = shared_out(by, names[0], bool(told), self.lexicon)
        else:
            areas = placed(names, self.state.measure, self.lexicon)
            self.state.sharers = Sharers()
        for n, slot in enumerate(group):
            name, area = areas[min(n, len(areas) - 1)]
            if (
                name
                and len(names) < len(group)
                and not self.state.sharers.names
                and name.endswith(group[0].quantity.suffix)
            ):
                name = name.removesuffix(group[0].quantity.suffix) + slot.quantity.suffix
            if name:
                confidence = 0.9 if len(names) > 1 else 0.7
                draft = self._add(slot.quantity, replace(naming, confidence=confidence), name)
                draft.area = area if area and not self.region else draft.area
        if told and naming.rule == "indicator.object" and naming.verb and naming.stem and not self.state.part:
            self.state.stem, self.state.tail = naming.stem, ""
        if (told or self.state.lead) and areas[0][1]:
            self.state.places = tuple(area for _, area in areas)
            self.state.measure = areas[0][0].removeprefix(areas[0][1])

    def _places(self, clause: Clause) -> bool:
        """山东省（922件）、福建省（673件）: a value for each place."""
        text = self.sentence.text
        found: list[tuple[Quantity, str]] = []
        for one in clause.inner:
            if text[one.start - 1] not in "（(" or text[one.end : one.end + 1] not in ("）", ")"):
                continue
            before = text[max(0, one.start - 13) : one.start - 1]
            hits = self.lexicon.find(before, frozenset({EntryType.PLACE}))
            if hits and hits[-1].end == len(before):
                found.append((one, hits[-1].surface))
        if not found or len(found) != len(clause.inner):
            return False
        head = re.split("[：:]", text[clause.start : found[0][0].start - 1])[0]
        head = tidy(strip_lead(_RANKED.split(head)[0], self.words)[0])
        name = head if len(head) >= 4 else self.state.measure or "数量"
        for one, area in found:
            self._add(one, Naming(name, name, "indicator.place_list")).area = area
        self.state.measure = name
        self.state.places = tuple(area for _, area in found)
        return True

    def _inner(self, one: Quantity, clause: Clause) -> None:
        """25门（42.5课时）: a second measure of the same thing; 30件（含旧存2件）: a part of it."""
        text, stem = self.sentence.text, self.state.stem
        told = inner_of(text, one)
        if told is None or not clause.slots or one.kind in ("ratio", "points", "number") or not stem:
            return
        self._add(one, Naming(f"{told}{stem}{one.suffix}", stem, "indicator.bracket", confidence=0.8))

    def _rank(self, text: str) -> None:
        last = self.state.drafts[-1] if self.state.drafts else None
        if last and not last.rank and (match := _RANK.search(text)):
            last.rank = match[1]

    def _add(self, quantity: Quantity, naming: Naming, name: str = "") -> Draft:
        """Notes a value. `name` is what it is called when the words of its own clause do not tell all."""
        name = name or naming.text
        state = self.state
        scope = state.scope
        if scope.cumulative:
            people = not scope.stock and not scope.lasting and quantity.base in _PEOPLE
            rate = quantity.kind in _RATES and not self.counts
            scope = replace(scope, cumulative=not (people or rate or self.aims))
        draft = Draft(self.sentence, quantity, name, naming.rule, scope, self.area, naming.confidence)
        draft.target = self.aims
        state.drafts.append(draft)
        state.values.append(draft)
        return draft
