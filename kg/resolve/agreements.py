"""Agreements: a titled one and the phrases that tell of it again, never across different counterparts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from kg.model import Agreement, AgreementFact, AgreementStatus, AgreementType, Fact
from kg.model.frozen import Frozen
from kg.resolve.actors import Actors
from kg.resolve.cluster import Clusters, cluster_blocks, issues_of, merges_of
from kg.resolve.dates import best_date, compare_dates, differing_dates, month_of
from kg.resolve.documents import Documents
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import core, digest, left_over, title_key, years_of
from kg.resolve.parties import Parties
from kg.resolve.people import People
from kg.resolve.rules import LIMITS, Evidence, Verdict
from kg.resolve.tellings import Told

__all__ = ["Agreements"]

_COUNTED = re.compile(r"^[\d零一二三四五六七八九十百近约多余]{1,8}(?:余|多)?[份项个]")
_FILLER = re.compile(r"^(?:与.{2,40}?(?=合作|签署|签订|谅解))|两局|双方|新版|新的|更新版|共同|签署|续签|的")
_OTHER_DATES = ("other_day", "other_month")
_G = AgreementType
_GENERIC = frozenset({_G.AGREEMENT, _G.OTHER})
#: Types that a looser telling may exchange: 合作协议 for a memorandum, a plan for a work plan.
_FAMILIES = (
    frozenset({_G.MOU, _G.PROTOCOL, _G.LETTER_OF_INTENT, _G.AGREEMENT, _G.OTHER}),
    frozenset({_G.WORK_PLAN, _G.PLAN, _G.OTHER}),
    frozenset({_G.TREATY, _G.AGREEMENT, _G.OTHER}),
)


class _View(Frozen):
    """A telling made ready for comparison."""

    told: Told[AgreementFact]
    name: str
    phrase: str
    parties: frozenset[str]
    everyone: frozenset[str]
    counterparts: frozenset[str]
    nations: frozenset[str]
    witnesses: frozenset[str]
    occasion: str
    years: tuple[str, ...]
    counted: bool

    @property
    def fact(self) -> AgreementFact:
        """The fact of the telling."""
        return self.told.fact


class Agreements:
    """Resolves agreements; `settle` gives the final values once generic offices are settled."""

    def __init__(
        self,
        told: Sequence[Told[AgreementFact]],
        actors: Actors,
        people: People,
        documents: Documents,
        parties: Parties,
        judged: Judged = NOTHING,
    ) -> None:
        self._actors = actors
        self._people = people
        self._documents = documents
        self._parties = parties
        self._views = [self._view(item) for item in told]
        links = judged.links([(view.told.id,) for view in self._views])
        self._clusters: Clusters[_View] = cluster_blocks(
            self._views, self._blocks, self._finer, self._words, self._compare, links
        )
        self._unify()
        self._keys = self._name()
        self.things = {
            v.told.id: key for group, key in zip(self._clusters.groups, self._keys, strict=True) for v in group
        }
        self.differs: dict[str, tuple[str, ...]] = {}

    def _view(self, item: Told[AgreementFact]) -> _View:
        fact = item.fact
        parties = frozenset(self._actors.keys(fact.parties, item))
        counterparts = self._parties.counterparts(parties, item)
        return _View(
            item,
            title_key(fact.name),
            _FILLER.sub("", core(fact.name)),
            parties,
            self._parties.everyone(parties, counterparts, item),
            counterparts,
            frozenset(self._parties.nation(key) for key in counterparts),
            frozenset(self._people.key(name, item.source.id) for name in fact.witnesses) - {""},
            title_key(fact.event),
            years_of(fact.name),
            bool(_COUNTED.match(title_key(fact.name))),
        )

    @staticmethod
    def _words(view: _View) -> Hashable:
        """What a telling says; that of a sentence which stands in the source once more says the same."""
        fact, place = view.fact, (view.told.source.id, view.fact.passage.quotes)
        return place, fact.name, fact.type, fact.signed, view.parties, view.witnesses, view.occasion

    def _blocks(self, view: _View) -> Iterable[Hashable]:
        if view.fact.titled:
            yield "title", view.name
        for nation in view.nations:
            yield "nation", nation, self._year(view)
        if not view.nations:
            yield "name", view.phrase

    def _finer(self, view: _View) -> Iterable[Hashable]:
        yield view.name
        for key in sorted(view.nations):
            yield key, month_of(view.fact.signed)
            yield key, view.fact.type

    def _year(self, view: _View) -> int:
        signed = view.fact.signed
        return signed.start.year if signed else view.told.source.year

    def _compare(self, a: _View, b: _View) -> Verdict:
        if a.told.one_sentence(b.told):
            alike = a.name == b.name and a.parties == b.parties and a.fact.signed == b.fact.signed
            return Evidence.of("agreement", "identical" if alike else "same_sentence")
        kinds = self._type_rule(a.fact.type, b.fact.type)
        when = compare_dates(a.fact.signed, b.fact.signed)
        forbidden = self._forbidden(a, b, kinds, when)
        if forbidden:  # most pairs
            return Evidence.of("agreement", forbidden)
        fit = self._fit(a, b)
        if fit == "party_other":  # most of the rest
            return Evidence.of("agreement", fit)
        evidence = Evidence("agreement")
        title = self._compare_names(a, b, evidence)
        if fit != "party_unknown" or not title:
            evidence.add(fit)
        evidence.add(kinds)
        if a.witnesses & b.witnesses:
            evidence.add("witness_shared")
        if a.occasion and a.occasion == b.occasion:
            evidence.add("occasion_same")
        if when == "undated" and self._year(a) != self._year(b) and not title:
            when = "other_year"
        evidence.add(f"{when}_despite" if title and when in _OTHER_DATES else when)
        return evidence.verdict()

    @staticmethod
    def _forbidden(a: _View, b: _View, kinds: str, when: str) -> str:
        """The rule that keeps two agreements apart whatever else there is, or ""."""
        if a.counted or b.counted:
            return "counted"
        if kinds == "other_type":
            return kinds
        if a.name == b.name:
            return ""
        if a.years and b.years and a.years != b.years:
            return "other_years"
        return when if when in _OTHER_DATES or when == "other_year" else ""

    def _fit(self, a: _View, b: _View) -> str:
        """Who stands on the other side of one publisher; else all parties, the publisher put in where left out."""
        fit = "party_other"
        if a.told.source.publisher == b.told.source.publisher:
            fit = self._parties.compare(a.counterparts, b.counterparts)
        if fit == "party_other":
            fit = self._parties.compare(a.parties, b.parties)
        if fit == "party_other" and a.told.source.publisher != b.told.source.publisher:
            fit = self._parties.compare(a.everyone, b.everyone)
        return fit

    def _compare_names(self, a: _View, b: _View, evidence: Evidence) -> bool:
        """Compare titles and phrases; True when both have the same title."""
        short, long = sorted((a.phrase, b.phrase), key=len)
        holds = len(short) >= LIMITS["short_name"] and left_over(short, long) <= LIMITS["left_out"]
        if a.fact.titled and b.fact.titled:
            if a.name == b.name:
                evidence.add("title_same")
                return True
            evidence.add("words_in_title" if holds and len(short) >= LIMITS["own_name"] else "other_title")
        elif a.name == b.name and (a.fact.titled or b.fact.titled) and len(a.name) >= 10:
            evidence.add("title_same")
            return True
        elif a.fact.titled or b.fact.titled:
            nationless = self._parties.without_shorts(short, a.nations | b.nations)
            fits = len(nationless) >= LIMITS["short_name"] and left_over(nationless, long) <= LIMITS["left_out"]
            if holds or fits:
                evidence.add("words_in_title")
        elif holds:
            evidence.add("name_same")
        elif len(short) >= LIMITS["own_name"]:
            evidence.add("name_other")
        return False

    @staticmethod
    def _type_rule(x: AgreementType, y: AgreementType) -> str:
        if x is y:
            return "type_same"
        family = any(x in family and y in family for family in _FAMILIES)
        return "type_family" if family and (x in _GENERIC or y in _GENERIC) else "other_type"

    def _unify(self) -> None:
        """An agreement told with 'the IP office of X' and with a body of X shows which body that office is."""
        for group in self._clusters.groups:
            keys = {key for view in group for key in view.counterparts}
            for generic in sorted(key for key in keys if self._actors.is_generic(key)):
                nation = self._parties.nation(generic)
                bodies = [
                    key
                    for key in sorted(keys)
                    if key.startswith("agency/")
                    and not self._actors.is_generic(key)
                    and self._parties.nation(key) == nation
                ]
                if len(bodies) == 1:
                    self._actors.unify(generic, bodies[0])

    def _name(self) -> list[str]:
        """The key of each group: its document's, else from its title, else from type, parties and month."""
        taken: set[str] = set()
        keys: list[str] = []
        for group in self._clusters.groups:
            titled = next((view for view in group if view.fact.titled), None)
            key = self._documents.with_title(titled.fact.name) if titled else ""
            if not key or key in taken:
                key = f"agreement/{self._digest(group, titled)}"
                n = 1
                while (key if n == 1 else f"{key}-{n}") in taken:
                    n += 1
                key = key if n == 1 else f"{key}-{n}"
            taken.add(key)
            keys.append(key)
        return keys

    def _digest(self, group: list[_View], titled: _View | None) -> str:
        if titled is not None:
            return digest(titled.name)
        month = month_of(best_date([view.fact.signed for view in group]))
        return digest(self._type(group).value, *self._union(group), month)

    @staticmethod
    def _type(group: list[_View]) -> AgreementType:
        """A specific type before a general one, that of a titled telling first."""
        views = sorted(group, key=lambda v: (v.fact.type in _GENERIC, not v.fact.titled, v.told.index))
        return views[0].fact.type

    def _union(self, group: list[_View]) -> tuple[str, ...]:
        keys = {self._actors.final(key) for view in group for key in view.parties}
        return tuple(sorted(self._parties.specific(keys)))

    def parties_of(self, key: str) -> frozenset[str]:
        """The parties of an agreement as chosen."""
        return frozenset(self._by_key[key].parties)

    def settle(self) -> None:
        """Choose the values; after this `agreements`, `merges`, `doubts`, `issues` and `differs` stand."""
        found = [self._agreement(key, g) for key, g in zip(self._keys, self._clusters.groups, strict=True)]
        self._by_key = {agreement.key: agreement for agreement in found}
        self.agreements = tuple(sorted(found, key=lambda a: a.key))
        self.merges = merges_of(self._clusters.joins, self.things)
        self.doubts = merges_of(self._clusters.doubts, self.things)
        self.issues = issues_of(self._clusters.doubts, "agreement")

    def _agreement(self, key: str, group: list[_View]) -> Agreement:
        date = best_date([view.fact.signed for view in group])
        kind = self._type(group)
        main = next((v for v in group if v.fact.titled), None)
        main = main or next((v for v in group if v.fact.signed == date), group[0])
        states = Counter(v.fact.status for v in group if v.fact.status is not AgreementStatus.NEW)
        for view in group:
            notes = list(differing_dates(view.fact.signed, date, "signed"))
            if view.fact.type is not kind:
                notes.append(f"type: {view.fact.type.value}, chosen {kind.value}")
            self.differs[view.told.id] = tuple(notes)
        document = key if key.startswith("document/") else ""
        return Agreement(
            key,
            main.fact.name,
            kind,
            self._union(group),
            date,
            tuple(sorted({witness for view in group for witness in view.witnesses})),
            "",
            min(states, key=lambda s: (-states[s], s.value)) if states else AgreementStatus.NEW,
            next((v.fact.extends for v in group if v.fact.extends), ""),
            document,
        )

    def tellings(self) -> list[tuple[Told[Fact], str, frozenset[str]]]:
        """Each telling with its agreement and parties, for links by name."""
        final = self._actors.final
        return [
            (view.told, self.things[view.told.id], frozenset(final(key) for key in view.parties))
            for view in self._views
        ]

    def groups(self) -> list[tuple[str, list[Told[AgreementFact]]]]:
        """The tellings of each agreement, by key."""
        return [
            (key, [view.told for view in group]) for key, group in zip(self._keys, self._clusters.groups, strict=True)
        ]
