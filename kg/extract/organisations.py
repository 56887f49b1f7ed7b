"""Bodies named in a sentence: by the gazetteer, by how their names end, relative to a region, or as a group.

Two passes: the gazetteer's names are taken as they stand; then each ending that names of bodies have (…局, …委员会)
is followed to the left up to a word that no name contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kg.extract.body_kinds import endings_of_bodies, is_brand, kind_of_body
from kg.extract.boundaries import before_bracket, boundary_between, edge_of, has_head, inside_word, next_stop
from kg.extract.composed import branch_class, composed, in_brackets
from kg.extract.delegations import delegation, is_sent, sender
from kg.extract.listed import listed
from kg.extract.longer_names import longer_name
from kg.extract.mentions import OrgHit, PlaceHit
from kg.extract.name_heads import (
    are_courts,
    heads,
    inner_body,
    is_meeting,
    names_firm,
    office_of,
    quoted_before,
    two_countries,
    two_sides,
    without_term,
)
from kg.extract.own_names import OwnNames
from kg.extract.place_heads import LEVELS, country_before, level_home, located, over_joint, places_before, sharing
from kg.extract.relative_names import RelativeNames
from kg.extract.short_forms import ShortForms
from kg.extract.signs import BRACKETED, COLLECTIVE, OFFICE, signs_of
from kg.extract.taken import Taken
from kg.extract.words import alternation, tuple_of, words
from kg.lexicon import EntryType, Hit, Lexicon, Suffix
from kg.model import Actor, AgencyKind, PlaceKind

__all__ = ["OrganisationFinder"]

# Asked for time and again: a member costs many times what a name of the module does.
_AGENCY = EntryType.AGENCY
_ENTERPRISE = AgencyKind.ENTERPRISE
_COUNTRY = PlaceKind.COUNTRY
_IP_OFFICE = AgencyKind.IP_OFFICE
_MECHANISM = AgencyKind.MECHANISM

_COUNTED = re.compile(r"\d[\d.万余多]{0,8}(?:余|多)?(?:家|个|所|间|名|批|类|大|支|件|项)\Z")
_COUNT_AFTER = re.compile(
    r"(?:共|共计)?\d[\d.万余多]{0,6}(?:家|个(?!月|工作日|小时)|所|支|批|间|处)|[（(]\d|数量|总数|达\d|覆盖"
)
_NATIONAL = re.compile(
    r"(?P<of>(?:[两二三四五六七八九十]国|等国家?|等)?的?)(?:知识产权|专利|商标|工业产权)(?:主管)?(?:机构|部门|当局)"
)
_JOINED = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?P<and>[与和])[\u4e00-\u9fff]{2,6}?(?P<ending>研究所|研究院|研究中心|中心|委员会|学院|办公室)"
)
#: 意大利外交部长: the post, not the ministry.
_POST_GOES_ON = re.compile(r"长(?![官期江三春沙远城征])")
_BAD_INSIDE = re.compile(
    r"首次|首家|扩容|某|各|第[一二三四五六七八九十\d]+[次届批]|(?<![高中初平同均])等|以来|期间|[一二三四五六七八九十两]类|[两三四五六七八九十]大(?![学厦队])|后(?![果勤备])"
)
_GOES_ON = re.compile(r"机构|建设|试点|培育|管理办法|工作指引|布局|覆盖率")
_LONGEST = 40
#: How far behind the end of a name the ending of a longer one may begin.
_ON = 20
#: 东南亚国家海关: bodies of many countries.
_MANY = ("国家", "岛国", "各国", "两国", "多国", "成员国", "我国")
#: Bodies that are there before and after what is built with them.
_LASTING = frozenset({AgencyKind.UNIVERSITY, _ENTERPRISE, AgencyKind.GOVERNMENT})
#: What units of bodies are; 司法部国际合作司.
_UNITS = frozenset({AgencyKind.GOVERNMENT, AgencyKind.COURT, AgencyKind.SERVICE_BODY, AgencyKind.RESEARCH_INSTITUTE})
#: “十四五”规划编制领导小组, “一带一路”国际科学组织联盟.
_WITH_SLOGANS = frozenset({_MECHANISM, AgencyKind.ASSOCIATION})
#: 我省某某公司, 我省高级人民法院: the firm has a name of its own, the court none but that of its level.
_OUR_REGIONS, _FREE_NAMES = ("我省", "我市", "我区", "我县"), (_ENTERPRISE, AgencyKind.UNIVERSITY)
_FIRM_WORDS = ("有限", "股份", "集团", "公司", "责任")
#: Bodies of the country whose reports are read.
_NATIONAL_HEADS = ("国家", "全国", "中央")
_HOME = "中国"
#: Last characters of bodies, behind which 组织 is a verb.
_BODY_ENDS = frozenset("部司局厅署委办院所庭处室")
#: 三省一市知识产权局: several bodies at once.
_SEVERAL = re.compile(
    r"[两三四五六七八九十](?:省|市|区|县|国|级(?!市))(?:[一二两三四五六七八九十](?:市|区|地))?(?!学社)"
)
_CLASS = re.compile(r"第[一二三四五六七八九十\d]+[次届批期]")
#: 省委 and 省政府 have nothing but a place before them: 学习省委 is none.
_LEVEL_BODY = re.compile(r"(?:省|自治区)(?:委|党委|政府)\Z")


class OrganisationFinder:
    """Finds bodies. Holds what a document has introduced: names in brackets and short forms."""

    def __init__(self, lexicon: Lexicon, own: OwnNames) -> None:
        self.lexicon = lexicon
        self.own = own
        self.short_forms = ShortForms(lexicon)
        #: Ends of gazetteer names that a longer name contains, with where they begin.
        self._cut: dict[int, int] = {}
        self._suffixes, self._ending, self._endings = endings_of_bodies(lexicon)
        self._every_suffix = tuple(self._suffixes)
        self._relative = RelativeNames(lexicon)

    def find(self, text: str, hits: list[Hit], places: list[PlaceHit], region: str) -> tuple[OrgHit, ...]:
        """The bodies in `text`, left to right, none overlapping.

        `hits` are the gazetteer's names in it, `region` is the region of the section.
        """
        return self.find_all([text], signs_of([text]), [hits], [places], [region])[0]

    def find_all(
        self,
        texts: Sequence[str],
        signs: Sequence[int],
        hits: Sequence[list[Hit]],
        places: Sequence[list[PlaceHit]],
        regions: Sequence[str],
    ) -> list[tuple[OrgHit, ...]]:
        """The bodies in each sentence, which has `signs`."""
        every = zip(texts, signs, hits, places, regions, self._endings.find(texts), strict=True)
        return [self._find(*of) for of in every]

    def _find(
        self, text: str, signs: int, hits: list[Hit], places: list[PlaceHit], region: str, ends: list[re.Match[str]]
    ) -> tuple[OrgHit, ...]:
        if region and region == self.own.publisher.region:
            region = self.own.home or region
        taken = Taken()
        self._cut = {}
        bodies = [hit for hit in hits if hit.entry.type is _AGENCY] if hits else hits
        # Most sentences hold no ending: neither do they hold what begins from one.
        for hit in chain(
            self._gazetteer(text, bodies, places, ends[-1].end() if ends else 0) if bodies else (),
            self._collective(text) if signs & COLLECTIVE else (),
            self._national(text, places) if places and signs & OFFICE else (),
            self._relative.find(text, region, places) if region else (),
            listed(text, places, self._ending, self._suffixes, self.lexicon) if places and ends else (),
            in_brackets(text, self._ending, self._suffixes, self.lexicon) if signs & BRACKETED else (),
            self.own.find(text),
            self._by_ending(text, ends, places, taken, region) if ends else (),
            self.short_forms.find(text),
        ):
            taken.add(hit)
        if not taken.hits:
            return ()
        found: list[OrgHit] = []
        for hit in composed(text, taken.hits, places, self.lexicon, region):
            if not found or hit.start >= found[-1].end:
                found.append(self.short_forms.learn(text, self.short_forms.in_full(hit, region)))
        return tuple(found)

    def _gazetteer(self, text: str, hits: list[Hit], places: list[PlaceHit], last: int) -> Iterator[OrgHit]:
        """The bodies of the gazetteer; behind `last` stands no ending."""
        abroad = {p.end: p for p in places if p.entry.kind == _COUNTRY and p.entry.code != "CN"}
        for hit in hits:
            entry, start, end, surface = hit.entry, hit.start, hit.end, hit.surface
            joined = _JOINED.match(text, end)
            if (
                joined
                and not _CLASS.search(joined.group())
                and not boundary_between(text, end, joined.start("and"))
                and not has_head(joined.group())
            ):
                # 世界知识产权组织仲裁与调解中心: one body with 与 in its name.
                nation = country_before(text, start, abroad) if entry.country == "place/CN" else None
                begin, of = (nation.start, nation.entry.zh) if nation else (start, "")
                name, kind = text[begin : joined.end()], self._suffixes[joined["ending"]].kind
                yield OrgHit(begin, joined.end(), name, Actor(name), kind, None, of)
                continue
            longer = longer_name(text, hit, places, self.lexicon)
            if longer is not None:
                yield longer
                continue
            kind = AgencyKind(entry.kind)
            if kind is _ENTERPRISE and is_brand(text, start, end):
                continue
            group = kind is _MECHANISM  # 金砖国家知识产权局局长会议: no office of that name
            if _POST_GOES_ON.match(text, end) or (last > end and self._ending_goes_on(text, start, end, group)):
                self._cut[end] = start
                continue
            place = country_before(text, start, abroad) if entry.country == "place/CN" else None
            if place is not None:
                # 柬埔寨商务部 and 老挝工业与商务部 are no bodies of China's.
                name = text[place.start : end]
                yield OrgHit(place.start, end, name, Actor(name), kind, None, place.entry.zh)
                continue
            country = self.lexicon.by_key(entry.country)
            region = self.lexicon.by_key(entry.region)
            yield OrgHit(
                start,
                end,
                surface,
                Actor(surface),
                kind,
                entry,
                country.zh if country else "",
                region.zh if region else "",
                entry.aliases,
            )

    def _ending_goes_on(self, text: str, start: int, end: int, group: bool = False) -> bool:
        """True when the name found is only the beginning of a longer one (国家知识产权局专利局…中心, …局党组); that of
        a group of bodies, when the longer one is a group too."""
        stop = next_stop(text, end, min(len(text), end + _ON))  # no name goes on behind it
        if stop == end or branch_class(text, start, end):
            return False
        for match in self._ending.finditer(text, end, stop):
            if inside_word(text, match.start(), match.end()):
                continue
            if match.start() == end and match.group().endswith(("组织", "机关")):
                return False  # 司法部组织培训: a verb; 最高人民检察院检察机关…案例: a class
            if text.endswith(tuple_of("org_not_bodies"), end, match.end()):
                return False  # 某大学共同组织: a verb
            if match.start() <= end + 6 and is_sent(text, match):
                return False  # a delegation stands for the body that sends it
            between = text[end : match.start()]
            if (group and self._suffixes[match.group()].kind is not _MECHANISM) or _CLASS.search(between):
                return False
            unit = self._suffixes[match.group()].kind in _UNITS
            headed = has_head(between.replace("国际", "") if unit else between)
            return not boundary_between(text, end, match.start()) and not headed
        return False

    def _collective(self, text: str) -> Iterator[OrgHit]:
        """中美欧日韩知识产权五局, 商标五局, 中欧两局: groups of offices."""
        for match in alternation("collective_bodies").finditer(text):
            if self._ending_goes_on(text, match.start(), match.end()):
                self._cut[match.end()] = match.start()
                continue  # 专利五局合作专家组 is one body
            members = tuple(Actor(m) for m in words("collective_bodies")[match.group()].split("|"))
            yield OrgHit(match.start(), match.end(), match.group(), Actor(match.group()), _MECHANISM, group=members)

    def _national(self, text: str, places: list[PlaceHit]) -> Iterator[OrgHit]:
        """日本、俄罗斯和沙特的知识产权机构: one office a country."""
        for match in _NATIONAL.finditer(text):
            tail = text[match.end("of") : match.end()]
            for place in places_before(text, match.start(), places):
                if place.entry.kind != _COUNTRY:
                    continue
                last = place.end == match.start()
                name = place.surface + tail
                yield OrgHit(
                    place.start,
                    match.end() if last else place.end,
                    name,
                    Actor(name),
                    _IP_OFFICE,
                    country=place.entry.zh,
                )

    def _by_ending(
        self, text: str, found: list[re.Match[str]], places: list[PlaceHit], taken: Taken, region: str
    ) -> Iterator[OrgHit]:
        for n, match in enumerate(found):
            word = match.group()
            at, end = match.span()
            if word.endswith("政府") and (office := office_of(text, end)):
                end = office.end()
            if taken.at(end) is not None or inside_word(text, at, end):
                continue
            on = n + 1 < len(found) and found[n + 1].start() < end + _ON
            if on and self._ending_goes_on(text, at, end):
                continue
            if word == "组织" and text[at - 1 : at] in _BODY_ENDS:
                continue  # 战略规划司组织培训: a verb
            if text[at - 1 : at] == "来" and len(word) == 1:
                continue  # 某厅长来局
            if word.endswith("机关") and taken.at(at - 1) is not None:
                continue  # 最高人民检察院检察机关…案例
            if word == "代表团" and (own := delegation(text, taken, match)) is not None:
                yield own
                continue
            if is_sent(text, match) and (sender(text, taken, at) or self.short_forms.near(text, at)):
                continue
            suffix = self._suffixes[word]
            start = self._left(text, at, end, places, suffix)
            if start is None:
                continue
            inner = taken.at(start)
            start = inner.start if inner is not None and start < inner.end else start
            start = self._cut.get(start, start)
            if _CLASS.search(text, start, end) or text.endswith(tuple_of("org_not_bodies"), start, end):
                continue
            if are_courts(text, start, end, places) or (word.endswith("联席会议") and is_meeting(text, start, end)):
                continue
            known = self.short_forms.known(text, start, end)
            if known is not None:
                yield known
                continue
            yield from self._named(text, start, end, suffix, places, region)

    def _named(
        self, text: str, start: int, end: int, suffix: Suffix, places: list[PlaceHit], section: str
    ) -> Iterator[OrgHit]:
        surface = text[start:end]
        head = next((p for p in places if p.start == start and p.end < end), None)
        country, region = located(head, self.lexicon)
        if head is None and suffix.kind is _IP_OFFICE and text.startswith("局长会", end):
            return  # 东盟知识产权局局长会议: a meeting of several
        whole = self.lexicon.get(text[start : next((b for b, a in self._cut.items() if a == start), start)])
        kind = kind_of_body(surface, suffix, head, whole, self._inner_kind(surface, suffix))
        if whole is not None and whole.country:
            within = self.lexicon.by_key(whole.country)
            country = within.zh if within else country
        elif head is None and not section and surface.startswith(_NATIONAL_HEADS):
            country = _HOME
        if head is not None:
            # 北京、南京等25家知识产权保护中心 and 北京市、上海市知识产权局 share the name's head.
            for place in sharing(text, head, places):
                full = head.surface == head.entry.zh and place.entry.kind == head.entry.kind  # 江苏、安徽省…局
                name = (place.entry.zh if full else place.surface) + text[head.end : end]
                of = located(place, self.lexicon)
                yield OrgHit(place.start, place.end, name, Actor(name), kind, None, of[0], of[1])
        home = level_home(surface, section, self.lexicon)
        level = next((word for word in LEVELS if surface.startswith(word)), "") if home else ""
        aliases = (home + surface.removeprefix(level),) if home else ()
        yield OrgHit(
            start, end, surface, Actor(without_term(surface), region=home), kind, None, country, home or region, aliases
        )

    def _inner_kind(self, name: str, suffix: Suffix) -> AgencyKind | None:
        """The kind of the body whose office or branch a name with this ending tells of, as its own ending says."""
        if suffix.suffix not in words("outpost_endings"):
            return None
        inner = [m.group() for m in self._ending.finditer(name, 0, len(name) - len(suffix.suffix))]
        return self._suffixes[inner[-1]].kind if inner else None

    def _begin(self, text: str, ending: int, end: int, places: list[PlaceHit]) -> int | None:
        """Behind the word that no name contains; None for a class of bodies, unless it is one of branches."""
        begin = edge_of(text, max(0, end - _LONGEST), ending, places)
        known = next((a for b, a in self._cut.items() if a < begin <= b), None)  # 组织 in 上海合作组织秘书处
        if known is not None:
            begin = known - 2 if text.startswith(_HOME, max(0, known - 2)) else known  # 中国世界贸易组织研究会
        generic = alternation("org_generic").match(text, begin, ending)
        if generic or _COUNTED.search(text, max(0, begin - 12), begin) or _COUNT_AFTER.match(text, end):
            if not branch_class(text, ending, end):
                return None
            within = [p.start for p in places if begin <= p.start < ending]
            begin = max(within, default=generic.end() if generic else begin)
        return begin

    def _left(self, text: str, ending: int, end: int, places: list[PlaceHit], suffix: Suffix) -> int | None:
        """Where a name with this ending begins, or None when it is no name of a single body."""
        begin = self._begin(text, ending, end, places)
        if begin is None:
            return None
        if text.startswith(_OUR_REGIONS, begin):  # 我省某某大学
            begin += 2 if suffix.kind in _FREE_NAMES else 1
        if text.startswith(_FIRM_WORDS, begin):
            return before_bracket(text, begin, places)
        if suffix.kind is AgencyKind.ENTERPRISE and any(p.end == begin - 1 for p in places):
            return before_bracket(text, begin, places)  # 某某（中国）电器有限公司
        start, headed = self._head(text, begin, ending, end, places, suffix)
        if end - start < 3 or end - start > _LONGEST or (not headed and (suffix.weak or ending - start < 2)):
            return None
        body = text[start:ending]
        if body[:1] in "次届条款项号期章" and text[max(0, start - 1) : start].isalnum():
            return None
        alone = words("org_heads").get(body) in ("", "world") and suffix.kind is not _ENTERPRISE
        if not body or (alone and self._cut.get(ending) != start) or body[0].isdigit():  # 东盟秘书处 is one
            return None
        if _BAD_INSIDE.search(text, start, end) or _SEVERAL.search(text, start, end):
            return None
        if body.endswith(_MANY) and self.lexicon.place(body.removesuffix("国家")) is None:
            return None
        # 南京大学建设基地: no plan for a university
        lasting = suffix.suffix == "大学" or (headed and suffix.kind in _LASTING)
        if alternation("org_generic").match(text, start) or (not lasting and _GOES_ON.match(text, end)):
            return None
        if headed:
            return start
        verb = suffix.kind is AgencyKind.SERVICE_BODY or alternation("org_lead_verbs").match(text, start)
        return None if verb or body.endswith("行业") else start

    def _head(
        self, text: str, begin: int, ending: int, end: int, places: list[PlaceHit], suffix: Suffix
    ) -> tuple[int, bool]:
        """Where a name begins, and whether with a word that opens names."""
        found = heads(text, begin, ending, places, self._cut)
        start = min(found) if found else begin
        if not found and _LEVEL_BODY.match(text, ending, end):
            start = ending
        if start > begin and text.endswith(self._every_suffix, begin, start):
            start = begin  # 人民银行杭州中心支行: what stands before the place is a body too
        over = over_joint(text, start, begin, ending, places, self._ending)
        headed = bool(found) or over != start or two_countries(text, over, ending, self.lexicon)
        if suffix.kind in _WITH_SLOGANS and (slogan := quoted_before(text, over)) is not None:
            return slogan, True
        if suffix.weak and suffix.kind is _ENTERPRISE and names_firm(text, over):
            headed = 2 <= ending - over <= 8  # 与某某集团签署: a firm is named after nothing else
        elif suffix.weak and not headed:
            headed = inner_body(text, over, ending, self._ending, self._suffixes)
        whole = over if suffix.kind is _IP_OFFICE else two_sides(text, over)
        return whole, headed or whole != over
