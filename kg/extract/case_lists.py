"""Cases that a list names, and selections whose series stands in a sentence before.

    9月6日，发布…典型案例（第二批），其中包括：
    1.“…”侵权案

The list belongs to the series that was announced last, else to the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from kg.extract.case_selections import Carried, announcer, find_cases, lacks_series
from kg.extract.case_series import announced, contest_in, opens_list, series_of_heading
from kg.extract.case_subjects import region_of, region_told, subject_at
from kg.extract.mentions import Mentions
from kg.extract.numerals import parse_number
from kg.extract.signs import ANNOUNCING, CONTEST, SERIES
from kg.lexicon import Lexicon
from kg.model import CaseFact, Passage, Report, Section, Sentence, Span, passage_of, squeeze
from kg.model.frozen import Frozen

__all__ = ["cases_of_lists"]

_MARK = re.compile(
    r"(?:案例(?P<case>\d{1,3}|[一二三四五六七八九十]{1,3})(?:[：:.．、\s]|(?=“))|(?P<digits>\d{1,3})[.．、）)]|[（(](?P<inner>\d{1,3}|[一二三四五六七八九十]{1,3})[）)]"
    r"|(?P<zh>[一二三四五六七八九十]{1,3})、|[（(]?[①-⑳][）)]?|[-•·●]\s?)\s{0,4}"
)
_LAW_CASE = re.compile(
    r"[^，。；：\n]{4,90}(?:案|案件|系列案)(?:[（(【〔][^（）()【】〔〕]{2,50}(?:（\d{4}）[^（）【】]{2,30})?[）)】〕])?(?:—{1,2}[^，。；—]{2,60})?"
)
_QUOTED = re.compile(r"“([^“”]{4,90})”(?:案例|项目)?")
_INTRODUCED = re.compile(r"(?:其中)?(?:包括|分别为|分别是|依次为|如下)[：:]?|[：:]")
#: The mark of a point that the reader has taken off.
_BULLET = re.compile(r"\s[-*+•·●]\s{1,3}\Z")
_COUNT = re.compile(r"\d(?:余|多)?[件起个]")
#: How many sentences after its announcement a series still takes selections without one.
_REACH = 2


class _Item(Frozen):
    """A title at text[start:end] of a sentence, with its number in the list."""

    start: int
    end: int
    number: int


class _State(Struct):
    """What has been told on the way down: the open series and whether a list of it has begun."""

    section: int = -2
    paragraph: int = -2
    series: str = ""
    told: Sentence | None = None
    listing: bool = False
    heading: str = ""
    contest: str = ""
    age: int = 0


class _Job(Frozen):
    """A sentence to annotate: the items of a list in it, or what is carried into it."""

    sentence: Sentence
    items: tuple[_Item, ...]
    series: str
    told: Sentence | None
    contest: str = ""


def cases_of_lists(report: Report, lexicon: Lexicon, read: Mapping[int, Mentions]) -> Iterator[CaseFact]:
    """The cases of all lists of a report, and the selections that lean on a sentence before them, in order. `read` are
    its sentences by their numbers, without those too short to tell anything."""
    yield from _headings(report, lexicon)
    for job in _jobs(report, read):
        yield from _facts(report, job, read)


def _headings(report: Report, lexicon: Lexicon) -> Iterator[CaseFact]:
    """The law cases that are headings of their own below the heading that names their series."""
    captions = [(s.line, name) for s in report.sentences if s.caption and (name := series_of_heading(s.text))]
    led, line = "", 0
    for section in report.sections:
        led = next((name for at, name in reversed(captions) if line < at < section.line), led)
        line = section.line
        mark = _MARK.match(section.title)
        item = _law_case(section.title, mark.end(), len(section.title), _number(mark)) if mark else None
        series = next((name for title in reversed(section.path[:-1]) if (name := series_of_heading(title))), led)
        if item is None or not series:
            led = led if item else ""
            continue
        title = section.title[item.start : item.end]
        yield CaseFact(
            passage=_passage(report, section, title),
            rule="case.heading",
            confidence=0.85,
            title=title,
            series=series,
            number=item.number,
            region=section.region or region_of(title, lexicon),
        )


def _passage(report: Report, section: Section, title: str) -> Passage:
    """The title where it stands on the line of its heading, else the whole line."""
    begin = report.layer.starts[section.line - 1]
    line = report.layer.text[begin:].split("\n", 1)[0].rstrip()
    at = max(line.find(title), 0)
    exact = title if title in line else line
    return Passage(
        source=report.source.id,
        spans=(Span(begin + at, begin + at + len(exact)),),
        exact=(exact,),
        quotes=(squeeze(exact),),
        lines=(section.line,),
        section=section.path[:-1],
        locator=" > ".join(section.path[:-1]),
    )


def _facts(report: Report, job: _Job, read: Mapping[int, Mentions]) -> Iterator[CaseFact]:
    mentions = read[job.sentence.index]
    who = ""
    if job.told is not None:
        told = read[job.told.index]
        by = announced(told.text, len(told.text))
        who = announcer(told, by) if by else ""
    if not job.items:
        passage = passage_of(report, job.sentence)
        yield from find_cases(mentions, passage, Carried(job.series, who, job.contest))
    for item in job.items:
        subject = subject_at(mentions, item.start, item.end)
        yield CaseFact(
            passage=passage_of(report, job.sentence, item.start, item.end),
            rule="case.list",
            confidence=0.9,
            title=subject.title,
            series=job.series,
            number=item.number,
            region=region_told(mentions, subject.region),
            organisation=subject.organisation,
            selected_by=who,
        )


def _jobs(report: Report, read: Mapping[int, Mentions]) -> Iterator[_Job]:
    """The sentences that hold items of a list or a selection without its series."""
    state = _State()
    for sentence in report.sentences:
        if sentence.caption:
            continue
        _enter(report, state, sentence)
        if sentence.index not in read:
            continue
        text, signs = sentence.text, read[sentence.index].signs
        if not (state.series or state.heading or state.contest or (signs & SERIES and signs & ANNOUNCING)):
            state.contest = contest_in(text) if signs & CONTEST else ""
            continue
        items: list[_Item] = []
        for start, end in _pieces(report, sentence):
            item = _item(text, start, end, state)
            if item:
                items.append(item)
                state.listing = True
                continue
            if items:
                yield _Job(sentence, tuple(items), state.series or state.heading, state.told)
                items = []
            yield from _prose(sentence, start, end, state)
        if items:
            yield _Job(sentence, tuple(items), state.series or state.heading, state.told)


def _enter(report: Report, state: _State, sentence: Sentence) -> None:
    """Forgets what a new section or paragraph ends."""
    if sentence.section != state.section:
        section = report.sections[sentence.section] if sentence.section >= 0 else None
        named = (series_of_heading(title) for title in reversed(section.path)) if section else iter(())
        state.section, state.series, state.told, state.listing = sentence.section, "", None, False
        state.heading = next((name for name in named if name), "")
        state.contest = ""
    if sentence.paragraph != state.paragraph:
        state.paragraph, state.contest = sentence.paragraph, ""
        if not state.listing and state.age > 0:
            state.series, state.told = "", None
    state.age += 1


def _prose(sentence: Sentence, start: int, end: int, state: _State) -> Iterator[_Job]:
    """A stretch that is no item: it may lean on the series told before, and announce the next."""
    text = sentence.text[start:end]
    series = state.series if state.age <= _REACH else ""
    if start == 0 and (series or state.contest) and lacks_series(text):
        yield _Job(sentence, (), series, state.told if series else None, state.contest)
    told = announced(text, len(text))
    if told:
        state.series, state.told, state.age = told.series, sentence, 0
        rest = text[told.end :]
        state.listing = opens_list(rest) or _INTRODUCED.search(rest) is not None
        yield from _inline(sentence, start + told.end, end, state)
    elif state.listing and not opens_list(text):
        state.listing = False
    state.contest = contest_in(text) or state.contest


def _inline(sentence: Sentence, start: int, end: int, state: _State) -> Iterator[_Job]:
    """其中包括：甲案；乙案: law cases in the sentence that announces them."""
    opening = _INTRODUCED.search(sentence.text, start, end)
    if opening is None or not sentence.text[opening.end() : end].strip("。； "):
        return
    items: list[_Item] = []
    at = opening.end()
    for piece in re.split(r"[；、]|(?<=案)[和与及]", sentence.text[opening.end() : end]):
        mark = _MARK.match(piece)
        low = at + (mark.end() if mark else 0)
        item = _law_case(sentence.text, low, at + len(piece.rstrip("。")), _number(mark) if mark else 0)
        # Quoted titles are found in prose.
        if item is None or _QUOTED.fullmatch(sentence.text, item.start, item.end):
            break
        items.append(item)
        at += len(piece) + 1
    if items:
        yield _Job(sentence, tuple(items), state.series, state.told)


def _pieces(report: Report, sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches of a sentence between the lines that open with the mark of an item, or follow such a line."""
    text, layer, runs = sentence.text, report.layer.text, sentence.runs
    if layer.find("\n", runs[0].offset + runs[0].width, runs[-1].offset) < 0:  # most
        return [(0, len(text))]
    breaks: dict[int, bool] = {}
    for before, run in pairwise(runs):
        end = before.offset + before.width
        if layer.find("\n", end, run.offset) >= 0:
            breaks[run.start] = _BULLET.search(layer[end : run.offset]) is not None
    head = layer[max(0, runs[0].offset - 4) : runs[0].offset]
    cuts, marked = [0], _MARK.match(text) is not None or _BULLET.search(head) is not None
    for at, bullet in breaks.items():
        mark = bullet or _MARK.match(text, at) is not None
        opening = _MARK.match(text, cuts[-1], at)
        low = opening.end() if opening else cuts[-1]
        ended = marked and (_LAW_CASE.fullmatch(text, low, at) or text[at - 1] in "。”")
        if mark or ended:
            cuts.append(at)
            marked = mark
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _item(text: str, start: int, end: int, state: _State) -> _Item | None:
    """The item of the open list at text[start:end]: a law case or a quoted title, with or without a number."""
    if not (state.series or state.heading):
        return None
    mark = _MARK.match(text, start, end)
    begin = mark.end() if mark else start
    stop = begin + len(text[begin:end].rstrip("。；;，"))
    if mark is None:
        # Points of a list may have lost their marks; under a mere heading they are no sentences either.
        ended = text[stop:end].startswith("。")
        if (ended and not state.listing) or not text.endswith("案", begin, stop) or _COUNT.search(text, begin, stop):
            return None
    return _law_case(text, begin, stop, _number(mark) if mark else 0)


def _number(mark: re.Match[str]) -> int:
    told = mark["case"] or mark["digits"] or mark["inner"] or mark["zh"] or ""
    return int(parse_number(told) or 0)


def _law_case(text: str, start: int, end: int, number: int) -> _Item | None:
    """A title of a case that fills text[start:end]."""
    if _QUOTED.fullmatch(text, start, end) or _LAW_CASE.fullmatch(text, start, end):
        return _Item(start, end, number)
    return None
