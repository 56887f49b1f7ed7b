"""One pass over a report that finds everything mentioned in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from kg.extract.anaphora import bodies_called_that, sent_by_others
from kg.extract.dates import find_dates, month_of, month_of_heading, year_of_headings
from kg.extract.mentions import Context, DateHit, Mentions, PlaceHit, TitleHit
from kg.extract.organisations import OrganisationFinder
from kg.extract.own_names import OwnNames
from kg.extract.people import PeopleFinder
from kg.extract.signs import signs_of
from kg.extract.words import words
from kg.lexicon import EntryType, Hit, Lexicon
from kg.model import Actor, ActorKind, DateRange, PlaceKind, Report, Section

__all__ = ["annotate"]

# Asked for time and again: a member costs many times what a name of the module does.
_PLACE = EntryType.PLACE

_LEANS = re.compile(
    r"次日|翌日|第二天|同日|同一天|当日|当天|[同次]月|(?:会议|论坛|大会|峰会|活动|会期|展会|访问)(?:(?P<during>期间|间隙|同期)|前一[天日])"
)
_MARKS = re.compile("[《》]")
_IN_SHORT_PLACE = re.compile(
    r"[在于来赴抵]([\u4e00-\u9fff])(?=召开|举行|举办|承办|开幕|开班|主持|会见|与|同|签署|共同|启动|成立|联合|揭牌|分别|先后|组织|"
    r"调研|出席|访问|签约|，)"
)


_AT_CITY = re.compile(
    r"[在赴抵到](?P<where>[\u4e00-\u9fff、]{2,24}?)(?=召开|举行|举办|开幕|闭幕|开班|启动|落幕|落下|开赛|调研|考察|签署|会见|共同|联合|开展|成功|"
    r"隆重|正式|顺利|同步|出席|参加|走访|主持|两地|三地|四地|等地|进行|与|，|。)"
)
_LIST = re.compile("[、和与]")


def annotate(report: Report, lexicon: Lexicon) -> tuple[Mentions, ...]:
    """The mentions of every sentence, in order."""
    home = _region_of(report.source.publisher, lexicon)
    publisher = Actor(report.source.publisher, ActorKind.AGENCY, home, True)
    own = OwnNames(lexicon, publisher, report.source.title)
    organisations, people = OrganisationFinder(lexicon, own), PeopleFinder(own)
    texts = [sentence.text for sentence in report.sentences]
    sections = [report.sections[s.section] if s.section >= 0 else None for s in report.sentences]
    regions = [(section and section.region) or home for section in sections]
    # One finder goes over all sentences before the next: taking turns costs a fourth more, the processor's caches
    # then hold the patterns and tables of none.
    signs, hits = signs_of(texts), lexicon.find_all(texts)
    places = [_places(*of, lexicon, own.home) for of in zip(texts, hits, strict=True)]
    orgs = organisations.find_all(texts, signs, hits, places, regions)
    orgs = list(bodies_called_that(report.sentences, orgs, own.acting))
    persons = list(people.find_all(texts, signs, orgs, places))
    titles = [tuple(_titles(text)) if "《" in text else () for text in texts]
    dated = _dated(report, own, sections, titles)
    every = zip(report.sentences, dated, titles, places, orgs, persons, signs, strict=True)
    found = (
        Mentions(of, context, t, dates, tuple(p), o, who, of.text, some)
        for of, (context, dates), t, p, o, who, some in every
    )
    return tuple(sent_by_others(found))


def _dated(
    report: Report, own: OwnNames, sections: list[Section | None], titles: list[tuple[TitleHit, ...]]
) -> Iterator[tuple[Context, tuple[DateHit, ...]]]:
    """What holds for each sentence, and the dates in it, none in a title."""
    paragraph, told, before = -1, None, ""
    last: tuple[int, DateRange | None] = (-1, None)
    issued: DateRange | None = None
    month: DateRange | None = None  # of a day told without one: that of the heading, else of the news around
    news: DateRange | None = None
    context = _context(report, own, None, None, False)
    for sentence, section, inside in zip(report.sentences, sections, titles, strict=True):
        if section and section is not context.section:
            month = month_of_heading(section, report.source.year) or news
        if sentence.paragraph != paragraph:
            # 次日 opens a paragraph: the day is that of the one before, under the same heading.
            leans = last[0] == sentence.section and _LEANS.match(sentence.text)
            paragraph, before = sentence.paragraph, ""
            told = last[1] if leans else month
            if leans and leans["during"] and told and told.start.day and told.end is None:
                told = month_of(told)  # 论坛期间, after its first day
        continues = before.endswith("；")
        if context.section is not section or context.date is not told or context.continues is not continues:
            context = _context(report, own, section, told, continues)
        dates = tuple(find_dates(sentence.text, context.year, told, issued))
        if sentence.day:  # 5日　召开…: it dates what the entry tells
            day = next(find_dates(sentence.day, context.year, month), None)
            dates = (DateHit(-1, 0, day.when), *dates) if day else dates
        if dates and inside:
            dates = tuple(d for d in dates if not any(t.start < d.start < t.end for t in inside))
        yield context, dates
        for date in dates:
            told = told if date.since else date.when
        before = sentence.text
        if sentence.dateline:
            issued = dates[-1].when if dates else None
            told = month = news = month_of(issued) if issued else month
        last = (sentence.section, told) if told is not month else last


def _context(
    report: Report, own: OwnNames, section: Section | None, told: DateRange | None, continues: bool
) -> Context:
    region = section.region if section else ""
    home = region or own.publisher.region
    year = year_of_headings(section.path, report.source.year) if section else report.source.year
    self_ = Actor(region, ActorKind.PLACE, region, True) if region else own.acting
    return Context(year, self_, own.publisher, section, home, told, continues)


def _region_of(publisher: str, lexicon: Lexicon) -> str:
    """The region of a provincial or municipal body: 省财政厅 in its report is that region's."""
    opening = next((hit for hit in lexicon.find(publisher) if hit.start == 0), None)
    if opening is None or opening.entry.type is EntryType.GROUP:
        return ""
    region = lexicon.region_of(opening.entry)
    return region.zh if region else ""


def _titles(text: str) -> Iterator[TitleHit]:
    """The outermost 《》, also when a title in them has 《》 of its own."""
    depth = start = 0
    for sign in _MARKS.finditer(text):
        at = sign.start()
        if sign.group() == "《":
            if depth == 0:
                start = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield TitleHit(start, at + 1, text[start + 1 : at])


def _places(text: str, hits: list[Hit], lexicon: Lexicon, home: str) -> list[PlaceHit]:
    """The places in `text`, left to right; `home` is that of the body that reports."""
    known = [PlaceHit(of.start, of.end, of.surface, of.entry) for of in hits if of.entry.type is _PLACE] if hits else []
    more = list(_short_places(text, lexicon, home)) if _IN_SHORT_PLACE.search(text) else []
    if _AT_CITY.search(text):
        more.extend(_bare_cities(text, hits, lexicon))
    return sorted(known + more, key=attrgetter("start")) if more else known


def _short_places(text: str, lexicon: Lexicon, home: str) -> Iterator[PlaceHit]:
    """在京举行: places told by one character; a city that reports tells itself by its first one (在芜举行)."""
    own = home[:1] if home.endswith("市") else ""
    for match in _IN_SHORT_PLACE.finditer(text):
        city = home if match[1] in own else words("city_shorts").get(match[1])
        entry = lexicon.place(city) if city else lexicon.short(match[1], domestic=True)
        if entry:
            yield PlaceHit(match.start(1), match.end(1), match[1], entry)


def _bare_cities(text: str, hits: list[Hit], lexicon: Lexicon) -> Iterator[PlaceHit]:
    """在昆山召开, 赴浙江义乌、永康调研: cities told without 市, which are too much like other words to be looked for."""
    known: dict[int, int] | None = None
    for match in _AT_CITY.finditer(text):
        known = {hit.start: hit.end for hit in hits} if known is None else known
        at = match.start("where")
        for name in _LIST.split(match["where"]):
            start, end = at, at + len(name)
            at = end + 1
            while start in known and known[start] <= end:
                start = known[start]
            entry = lexicon.place(text[start:end] + "市") if 2 <= end - start <= 4 else None
            if entry and entry.kind == PlaceKind.CITY:
                yield PlaceHit(start, end, text[start:end], entry)
