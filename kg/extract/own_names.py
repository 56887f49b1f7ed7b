"""The reporting body in its own words: 我局, 局党组, 学院 in a report of a college, 学校 in one of a university."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kg.extract.body_kinds import national_bureau
from kg.extract.boundaries import boundary_between, inside_word
from kg.extract.delegations import ministry_of
from kg.extract.mentions import OrgHit
from kg.extract.words import any_of, tuple_of, words
from kg.lexicon import EntryType, Lexicon
from kg.model import Actor, AgencyKind

__all__ = ["OwnNames"]

#: 部党组召开会议: the party group of the reporting body.
_PARTY_GROUP = r"(?:(?<![\u4e00-\u9fff])|(?<=[经由]))(?:{ours}局|部|院|厅|署|委|总局|总署)党组(?!书记|副书记|成员)"
_OURS = re.compile(r"[我本](?:局|办|委|部|署|厅)(?!队|门|分)")
#: Words before a unit of the body (局专利局, 署办公厅, 部条法司), so that a word begins there.
_BEFORE = "利用|开展|依托|支持|邀请|组织|协助|配合|推动|委托|参加|会同"
_BRACKET = re.compile(r"[（(][^（）()]{1,20}[）)]\Z")
#: 同济大学上海国际知识产权学院2022年简报: a unit of the body, at the head of the title.
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,20}?(?:学院|研究院|研究所|研究中心)(?=[\d（(\s]|年度?|\Z)")
#: A bare 学院 names the body where a word begins, after a preposition or 来访.
_BARE = r"(?:^|(?<=[，。；：、（\s])|(?<=[与和由对为向在同经到至访]))"


class OwnNames:
    """The names that a report uses for the body that wrote it: `body` is the unit that the title names after the
    publisher, else the publisher. It is `acting` where a sentence names nobody, unless it is a newspaper."""

    def __init__(self, lexicon: Lexicon, publisher: Actor, title: str = "") -> None:
        self.lexicon = lexicon
        self.publisher = publisher
        unit = _UNIT.match(title, len(publisher.name)) if publisher.name and title.startswith(publisher.name) else None
        self.body = replace(publisher, name=publisher.name + unit.group()) if unit else publisher
        #: 甲部 in a bulletin of 甲部国际合作司, else the publisher: what it tells without a name, the ministry does.
        self.whole = replace(publisher, name=of) if (of := ministry_of(publisher.name)) else publisher
        # A newspaper tells what others do.
        newspaper = publisher.name.endswith(tuple_of("news_outlets"))
        self.acting = replace(publisher, name="") if newspaper else self.whole if of else self.body
        self.home = self._home()
        entry = lexicon.get(publisher.name) if publisher.name else None
        country = lexicon.by_key(entry.country) if entry else None
        self._country = country.zh if country else ""
        self._learn_units(_BRACKET.sub("", self.whole.name))
        self._forms: dict[str, Actor] = {}
        for actor in (publisher, self.body):
            ending = next((e for e in words("own_forms") if actor.name.endswith(e)), "")
            self._forms |= {form: actor for form in words("own_forms").get(ending, "").split("|") if form}
        if unit:
            self._forms[unit.group()] = self.body
        if of:
            self._forms |= dict.fromkeys((publisher.name.removeprefix(of), "我司", "本司"), publisher)
        ends = any_of(self._forms)
        self._bare = re.compile(f"{_BARE}(?:{ends})(?!派|士)") if ends else None

    def _learn_units(self, bare: str) -> None:
        """How the report calls the body by its last sign, its party group and its units."""
        self._sign = sign = next((sign for end, sign in words("own_signs").items() if bare.endswith(end)), "")
        level = self.home[-1:] if self.home[-1:] in ("省", "市", "区", "县") else ""
        level = level or ("国家" if bare.startswith("国家") else "")
        self._ours = f"{level}{sign}" if level and sign in ("局", "厅", "院") else ""
        self._party = re.compile(_PARTY_GROUP.format(ours=f"{self._ours}|" if self._ours else ""))
        self._ours_free = re.compile(rf"{_at_word([self._ours])}(?![部长面势级属内外])") if self._ours else None
        ends = any_of(words("own_units"))
        whole = _at_word([f"总{sign}", sign] if bare.endswith(("总局", "总署")) else [sign])
        unit = rf"{whole}(?!{any_of(words('own_not_units'))})(?P<unit>[\u4e00-\u9fff]{{0,10}}?(?P<end>{ends}))"
        self._units = re.compile(rf"{unit}(?![长会])") if sign else None
        name = self.whole.name
        known = [unit for unit in words("own_units") if self.lexicon.get(name + unit)] if name else []
        #: 专利局 in a report of 国家知识产权局.
        self._known = known
        self._known_units = re.compile(rf"(?P<unit>{_at_word(known)})(?![长会各内])")

    def _home(self) -> str:
        """The city or region whose body reports, or ""."""
        opening = next((h for h in self.lexicon.find(self.publisher.name) if h.start == 0), None)
        place = opening is not None and opening.entry.type is EntryType.PLACE and opening.entry.region
        return opening.entry.zh if opening and place else ""

    def find(self, text: str) -> Iterator[OrgHit]:
        """The reporting body where `text` names it in its own words."""
        for match in self._party.finditer(text) if "党组" in text else ():
            name = self.whole.name + "党组"
            yield OrgHit(match.start(), match.end(), match.group(), Actor(name), AgencyKind.PARTY_BODY)
        for match in self._units.finditer(text) if self._units and self._sign in text else ():
            inside = len(match["end"]) == 1 and inside_word(text, match.start("end"), match.end())
            if not inside and not boundary_between(text, match.start("unit"), match.start("end")):
                yield self._unit(match)
        for unit in self._known:
            if unit in text:
                yield from map(self._unit, self._known_units.finditer(text))
                break
        for match in _OURS.finditer(text) if "我" in text or "本" in text else ():
            yield self._hit(match, self.whole)
        for match in self._ours_free.finditer(text) if self._ours_free and self._ours in text else ():
            yield self._hit(match, self.whole)
        for match in self._bare.finditer(text) if self._bare else ():
            yield self._hit(match, self._forms[match.group()])

    def body_of_post(self, post: str) -> Actor | None:
        """The body that a post without one belongs to: 局长 in a report of a 局, 校长 in one of a university."""
        for actor in dict.fromkeys((self.body, self.publisher, self.whole)):
            bare = _BRACKET.sub("", actor.name)
            level = bare.removesuffix("人民政府")
            if level != bare and post.removeprefix("副") == f"{level[-1:]}长":
                return actor
            heads = next((h for e, h in words("own_posts").items() if bare.endswith(e)), "")
            if post.removeprefix("副") in heads.split("|"):
                return actor
        return None

    def _unit(self, match: re.Match[str]) -> OrgHit:
        name = self.whole.name + match["unit"]
        entry = self.lexicon.get(name)
        kind = AgencyKind(entry.kind) if entry else self._whole_kind(name) or self._kind(name)
        kind = AgencyKind.GOVERNMENT if kind is AgencyKind.OTHER and not entry else kind
        aliases = () if entry else (match.group(),)
        return OrgHit(
            match.start(), match.end(), match.group(), Actor(name), kind, entry, self._country, aliases=aliases
        )

    def _whole_kind(self, name: str) -> AgencyKind | None:
        """A department is of the kind of the body whose it is; None for any other unit."""
        whole = self.lexicon.get(self.whole.name) if name.endswith("司") else None
        return AgencyKind(whole.kind) if whole is not None and whole.kind else None

    def _hit(self, match: re.Match[str], actor: Actor) -> OrgHit:
        entry = self.lexicon.get(actor.name)
        kind = AgencyKind(entry.kind) if entry else self._kind(actor.name)
        return OrgHit(match.start(), match.end(), match.group(), actor, kind, entry)

    def _kind(self, name: str) -> AgencyKind:
        if national_bureau(name):
            return AgencyKind.MINISTRY
        ends = [s for s in self.lexicon.suffixes if name.endswith(s.suffix)]
        return max(ends, key=lambda s: len(s.suffix)).kind if ends else AgencyKind.OTHER


def _at_word(names: Iterable[str]) -> str:
    """A pattern for any of these names where a word begins. It looks back from behind the name: the engine finds at
    once what begins with a sign."""
    begins = r"{0}(?:(?<![\u4e00-\u9fff]{0})|(?<=[由与和及经同向对请受]{0})|(?<=(?:{1}){0}))"
    return f"(?:{'|'.join(begins.format(name, _BEFORE) for name in sorted(names, key=len, reverse=True))})"
