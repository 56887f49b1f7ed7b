"""Typical cases and selections: title and series, told in a table and again in prose."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import Actor, Case, CaseFact, Merge
from kg.resolve.actors import Actors
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.judgements import NOTHING, Judged
from kg.resolve.names import core, dice, digest, left_over, title_key
from kg.resolve.places import Places
from kg.resolve.rules import LIMITS, Evidence
from kg.resolve.tellings import Told

__all__ = ["Cases"]


class Cases:
    """Resolves cases: `cases`, and `things` from telling id to key."""

    def __init__(
        self,
        told: Sequence[Told[CaseFact]],
        gazetteer: Gazetteer,
        actors: Actors,
        places: Places,
        judged: Judged = NOTHING,
    ) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        self._places = places
        self.things: dict[str, str] = {}
        self.merges: list[Merge] = []
        blocks: dict[str, list[Told[CaseFact]]] = defaultdict(list)
        for item in told:
            blocks[title_key(item.fact.title)].append(item)
        taken: Counter[str] = Counter()
        found: list[Case] = []
        made = [
            (title, group)
            for title in sorted(blocks, key=lambda t: (blocks[t][0].index, t))
            for group in self._split(title, blocks[title])
        ]
        for title, group in judged.regroup(made, lambda item: item.id):
            key = f"case/{digest(title, self._series_key(group))}"
            taken[key] += 1
            found.append(self._case(f"{key}-{taken[key]}" if taken[key] > 1 else key, group))
        self.cases = tuple(sorted(found, key=lambda c: c.key))

    def _split(self, title: str, items: Sequence[Told[CaseFact]]) -> list[list[Told[CaseFact]]]:
        """The tellings of one title by series. A mere name (沈阳市) may be selected in several series; a sentence
        of a title is one case, unless two sources tell different series."""
        if len(items) == 1:  # most
            return [list(items)]
        mere = len(title) < LIMITS["specific_case"] or self._gazetteer.area(title) is not None
        groups: list[list[Told[CaseFact]]] = []
        for item in sorted(items, key=lambda i: (not i.fact.series, i.index)):
            for group in groups:
                alike = [_same_series(item.fact.series, other.fact.series) for other in group]
                near = not mere and any(item.source.id == other.source.id for other in group)
                if any(alike) or near:
                    group.append(item)
                    break
            else:
                groups.append([item])
        return [sorted(group, key=lambda i: i.index) for group in groups]

    @staticmethod
    def _series_key(group: Sequence[Told[CaseFact]]) -> str:
        return next((title_key(item.fact.series) for item in group if item.fact.series), "")

    def _case(self, key: str, group: Sequence[Told[CaseFact]]) -> Case:
        first = group[0]
        facts = [item.fact for item in group]
        series = next((fact.series for fact in facts if fact.series), "")
        organisation, name = self._organisation(group)
        for item in group:
            self.things[item.id] = key
            if item is not first:
                loose = title_key(item.fact.series) != title_key(first.fact.series)
                verdict = Evidence.of("title", "same_case_loose" if loose else "same_case")
                self.merges.append(Merge(key, first.id, item.id, verdict.score, verdict.reason))
        chosen = next(((i.fact.selected_by, i) for i in group if i.fact.selected_by), None)
        return Case(
            key,
            first.fact.title,
            series,
            next((fact.number for fact in facts if fact.number), 0),
            next((self._places.known(fact.region) for fact in facts if fact.region), ""),
            organisation,
            name,
            self._agency(*chosen) if chosen else "",
        )

    def _organisation(self, group: Sequence[Told[CaseFact]]) -> tuple[str, str]:
        for item in group:
            if item.fact.organisation:
                return self._agency(item.fact.organisation, item), item.fact.organisation
        return "", ""

    def _agency(self, name: str, item: Told[CaseFact]) -> str:
        key = self._actors.key(Actor(name, region=item.fact.region), item)
        return key if key.startswith("agency/") else ""


def _same_series(a: str, b: str) -> bool:
    """True for one series told in two ways (a批 of a list), or when one telling leaves it out."""
    x, y = title_key(a), title_key(b)
    if not x or not y or x == y:
        return True
    short, long = sorted((core(a), core(b)), key=len)
    digits = {c for c in x if c.isdigit()} == {c for c in y if c.isdigit()}
    return digits and (left_over(short, long) == 0 or dice(short, long) >= 0.8)
