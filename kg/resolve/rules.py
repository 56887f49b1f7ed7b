"""Every weight and threshold of the room in one literal table, for a reader to audit.

A pair of tellings starts at 0, each piece of evidence adds its points, and the sum is cut to 0..1. From `MERGE`
on the two are one thing; between `DOUBT` and `MERGE` they stay apart and a person is asked (an Issue); a `veto`
keeps them apart whatever else speaks for them, also through a third telling.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from kg.model.frozen import Frozen

__all__ = [
    "AT_WORK",
    "DOUBT",
    "LIMITS",
    "MAKING",
    "MERGE",
    "PARTS",
    "REFERRING",
    "RULES",
    "STAGES",
    "Evidence",
    "Rule",
    "Verdict",
]

MERGE = 0.7
DOUBT = 0.55


class Rule(Frozen):
    """A piece of evidence: which comparison it serves, its name, its points and the words for a reader."""

    about: str
    name: str
    points: float
    words: str
    veto: bool = False


RULES: tuple[Rule, ...] = (
    # events: what it is called
    Rule("event", "identical", 1.0, "told twice in the same words of one sentence"),
    Rule("event", "series_ordinal", 0.75, "same series and ordinal"),
    Rule("event", "name_same", 0.65, "same name"),
    Rule("event", "name_shorter", 0.55, "one name is the other with words left out"),
    Rule("event", "name_close", 0.35, "names alike"),
    Rule("event", "name_far", -0.15, "names not alike"),
    Rule("event", "other_ordinal", -1.0, "different ordinals", veto=True),
    Rule("event", "other_series", -0.4, "the same ordinal of another series"),
    Rule("event", "other_type", -1.0, "types that do not go together", veto=True),
    Rule("event", "same_sentence", -1.0, "two happenings of one sentence", veto=True),
    # events: who
    Rule("event", "counterpart_same", 0.4, "same counterpart"),
    Rule("event", "counterpart_shared", 0.2, "a counterpart in common"),
    Rule("event", "counterpart_other", -1.0, "different counterparts", veto=True),
    Rule("event", "bodies_shared", 0.1, "bodies in common"),
    Rule("event", "people_shared", 0.15, "people in common"),
    Rule("event", "people_other", -0.45, "different people"),
    Rule("event", "agreement_same", 0.7, "the same agreement"),
    Rule("event", "agreement_other", -1.0, "different agreements", veto=True),
    # events: when and where
    Rule("event", "same_day", 0.25, "same day"),
    Rule("event", "in_range", 0.2, "days overlap"),
    Rule("event", "month_of_day", 0.2, "one tells the month of the other's day"),
    Rule("event", "same_month", 0.15, "same month"),
    Rule("event", "same_year", 0.05, "one tells the year only"),
    Rule("event", "undated", 0.05, "one has no date"),
    Rule("event", "other_day", -1.0, "different days", veto=True),
    Rule("event", "other_day_despite", -0.05, "different days told of one ordinal or agreement"),
    Rule("event", "other_month", -1.0, "different months", veto=True),
    Rule("event", "other_month_despite", -0.05, "different months told of one ordinal or agreement"),
    Rule("event", "other_year", -1.0, "different years", veto=True),
    Rule("event", "same_type", 0.1, "same type"),
    Rule("event", "place_same", 0.1, "same place"),
    Rule("event", "place_within", 0.05, "one place lies in the other"),
    Rule("event", "place_other", -0.4, "different places"),
    Rule("event", "one_region", -0.1, "one is told in the section of a region in which nothing puts the other"),
    Rule("event", "part", -1.0, "one is named as a part of the other", veto=True),
    Rule("event", "other_region", -0.4, "told in the sections of two regions"),
    # agreements
    Rule("agreement", "identical", 1.0, "told twice in the same words of one sentence"),
    Rule("agreement", "title_same", 0.8, "same title"),
    Rule("agreement", "words_in_title", 0.2, "its words stand in the other's title"),
    Rule("agreement", "name_same", 0.2, "same name"),
    Rule("agreement", "name_other", -0.2, "names of their own"),
    Rule("agreement", "other_title", -1.0, "different titles", veto=True),
    Rule("agreement", "counted", -1.0, "a number of unnamed agreements", veto=True),
    Rule("agreement", "party_same", 0.4, "same parties"),
    Rule("agreement", "party_fits", 0.35, "parties that can be the same, one told by its country"),
    Rule("agreement", "party_other", -1.0, "different counterparts", veto=True),
    Rule("agreement", "party_unknown", -0.2, "no parties to compare"),
    Rule("agreement", "type_same", 0.15, "same type"),
    Rule("agreement", "type_family", 0.1, "types of one family"),
    Rule("agreement", "other_type", -1.0, "different types", veto=True),
    Rule("agreement", "other_years", -1.0, "made for different years", veto=True),
    Rule("agreement", "same_sentence", -1.0, "two agreements of one sentence", veto=True),
    Rule("agreement", "witness_shared", 0.25, "a witness in common"),
    Rule("agreement", "occasion_same", 0.2, "same occasion"),
    Rule("agreement", "same_day", 0.25, "same day"),
    Rule("agreement", "in_range", 0.2, "days overlap"),
    Rule("agreement", "month_of_day", 0.2, "one tells the month of the other's day"),
    Rule("agreement", "same_month", 0.2, "same month"),
    Rule("agreement", "same_year", 0.0, "one tells the year only"),
    Rule("agreement", "undated", 0.0, "one has no date"),
    Rule("agreement", "other_day", -1.0, "different days", veto=True),
    Rule("agreement", "other_day_despite", -0.05, "different days told of one title"),
    Rule("agreement", "other_month", -1.0, "different months", veto=True),
    Rule("agreement", "other_month_despite", -0.1, "different months told of one title"),
    Rule("agreement", "other_year", -1.0, "different years", veto=True),
    # people
    Rule("person", "same_name", 0.4, "same name"),
    Rule("person", "turned_name", 0.35, "same parts of the name in another order"),
    Rule("person", "part_name", 0.35, "one name is part of the other"),
    Rule("person", "same_organisation", 0.5, "same organisation"),
    Rule("person", "same_country_post", 0.4, "same country and post"),
    Rule("person", "no_organisation", 0.3, "one is told without organisation"),
    Rule("person", "other_organisation", 0.2, "no organisation in common"),
    # things known by their title alone, and what is said of it
    Rule("title", "gazetteer", 1.0, "same entry of the gazetteer"),
    Rule("title", "full_name", 0.95, "same full name and jurisdiction"),
    Rule("title", "generic_office", 0.8, "the country's office, named in the same corpus or agreement"),
    Rule("title", "same_title", 0.95, "same title"),
    Rule("title", "short", 0.9, "short form introduced in the same source"),
    Rule("title", "stage", 0.75, "same title, one told without its stage"),
    Rule("title", "same_post", 0.95, "same person, post and organisation"),
    Rule("title", "same_post_loose", 0.75, "same person and post, one told without its organisation"),
    Rule("title", "same_case", 0.95, "same title and series"),
    Rule("title", "same_case_loose", 0.8, "same title, series told in other words"),
    Rule("title", "same_tie", 0.9, "same pair, relation and time"),
)

LIMITS = MappingProxyType(
    {
        "block": 48,  # a block with more tellings is split by who, day and words of the name
        "name_same": 0.97,  # Dice of character bigrams
        "name_close": 0.5,
        "name_far": 0.3,
        "left_out": 1,  # characters that the shorter name, when it is long, may have of its own
        "short_name": 4,  # a name core with fewer characters proves nothing
        "own_name": 8,  # an agreement's phrase with as many characters is more than its type
        "specific_case": 8,  # a case title with as many characters is not a mere name
        "case_series": 0.5,
        "link": 0.5,  # a name that refers to a fact of the same paragraph
        "paragraph": 2,  # lines that may lie between
    }
)

#: What is done with a document once made; 出台实施 makes it, 出台贯彻落实 does not.
AT_WORK = frozenset({"实施", "执行"})

#: Actions that make a document.
MAKING = ("出台", "印发", "颁布", "发布", "公布", "制定", "修订", "通过", "批准")

#: Actions that use a document which somebody else made; all others are held to make it.
REFERRING = ("落实", "贯彻", "实施", "执行", "学习", "宣传", "依据", "根据", "按照", "遵循", "对接")

#: Rounds of a contest; told on other days than the contest they are no telling of it.
STAGES = ("决赛", "复赛", "初赛")

#: How names of parts of an event end; the part is no telling of the whole.
PARTS = ("分论坛", "分会", "分会场", "平行论坛", "边会", "专场", "启动仪式")

_TABLE = {about: {r.name: r for r in RULES if r.about == about} for about in {r.about for r in RULES}}


class Verdict(Frozen):
    """What the evidence for one pair comes to."""

    score: float
    reason: str
    veto: bool = False


@lru_cache(maxsize=4096)  # few of the ways in which rules can hold together come up
def _verdict(about: str, names: tuple[str, ...]) -> Verdict:
    """The sum of the points in 0..1, the words, and whether anything forbids the merge."""
    rules = [_TABLE[about][name] for name in names]
    points = 0.0
    for rule in rules:
        points += rule.points
    veto = any(rule.veto for rule in rules)
    score = 0.0 if veto else round(min(1.0, max(0.0, points)), 2)
    return Verdict(score, "; ".join([rule.words for rule in rules]), veto)


class Evidence:
    """Collects the rules that hold for a pair; KeyError for a rule that is not in the table."""

    def __init__(self, about: str) -> None:
        self._about = about
        self._table = _TABLE[about]
        self._names: list[str] = []

    def add(self, name: str) -> None:
        """Note that a rule holds."""
        self._names.append(self._table[name].name)

    def verdict(self) -> Verdict:
        """What the rules come to."""
        return _verdict(self._about, tuple(self._names))

    @staticmethod
    def of(about: str, name: str) -> Verdict:
        """The verdict of a single rule."""
        return _verdict(about, (name,))
