"""What a body is: by the ending of its name, the body of which it is an office, and the country that opens its name."""

from __future__ import annotations

import functools
import re

from kg.extract.mentions import PlaceHit
from kg.extract.words import Words, alternation, any_of, words
from kg.lexicon import Entry, Lexicon, Suffix
from kg.model import AgencyKind, PlaceKind

__all__ = ["endings_of_bodies", "is_brand", "kind_of_body", "national_bureau"]

_QUOTES = frozenset("“‘《〈")
_BRAND = re.compile(f"[”’]|{alternation('brand_words').pattern}")

_HOME = "中国"
#: What a body of several countries is by the opening of its name: 欧洲标准化委员会, 多瑙河保护国际委员会, 泛非开发银行.
_OF_WORLD = ("委员会", "理事会", "署", "开发银行", "投资银行")
#: A body of another country for rights of one kind.
_STATE = frozenset({AgencyKind.GOVERNMENT, AgencyKind.MECHANISM, AgencyKind.MINISTRY})
_OF_RIGHTS = re.compile(
    r"(?:知识产权|专利|商标|版权|著作权|工业产权)(?:管理|注册|保护)?(?:总?局|[厅司署]|委员会|办公室)\Z"
)
#: 国家海洋局, not its branches.
_NATIONAL = re.compile(r"国家(?:(?!公司|集团|中心)[^局部院署委省市区]){2,12}局")


def national_bureau(name: str) -> bool:
    """True for a bureau of the State Council or of a ministry, which ranks with the ministries: 国家海洋局."""
    return _NATIONAL.fullmatch(name) is not None


@functools.cache
def endings_of_bodies(lexicon: Lexicon) -> tuple[dict[str, Suffix], re.Pattern[str], Words]:
    """How names of bodies end, a pattern for any of the endings, and one for many texts."""
    suffixes = {s.suffix: s for s in lexicon.suffixes}
    # 监管委员会 is no 监管委
    pattern = re.compile(rf"(?:{any_of(suffixes)})(?!(?<=[^省市区县州旗盟]委)员会)")
    return suffixes, pattern, Words(list(suffixes), pattern)


def kind_of_body(
    name: str, suffix: Suffix, head: PlaceHit | None, whole: Entry | None, inner: AgencyKind | None
) -> AgencyKind:
    """The kind of a body with this ending. `head` is the place that opens its name, `whole` the known body of which it
    is an office, `inner` the kind of that body as its ending tells."""
    if suffix.suffix in words("outpost_endings"):
        if whole is not None:
            kind = AgencyKind(whole.kind)
            return AgencyKind.GOVERNMENT if kind is AgencyKind.MINISTRY else kind
        return inner or suffix.kind
    if whole is not None and suffix.suffix.endswith("司"):
        return AgencyKind(whole.kind)  # a department is of the kind of its ministry
    if head is None and whole is None and suffix.kind is AgencyKind.GOVERNMENT and national_bureau(name):
        return AgencyKind.MINISTRY
    if head is None or head.entry.kind != PlaceKind.COUNTRY:
        opening = alternation("org_heads").match(name) if whole is None and name.endswith(_OF_WORLD) else None
        of = words("org_heads")[opening.group()] if opening else ""
        if of in ("world", "parts", "waters"):
            return AgencyKind.INTERNATIONAL_ORG
        return AgencyKind.GOVERNMENT if of == "rivers" and suffix.kind is AgencyKind.MECHANISM else suffix.kind
    abroad = not name.startswith(_HOME)
    if abroad and suffix.kind in _STATE and _OF_RIGHTS.search(name):
        return AgencyKind.IP_OFFICE  # 乙国文化部版权局, 丙国著作权委员会
    of_state = suffix.suffix.endswith("委员会") and "国家" in name
    if abroad and suffix.suffix == "总局":
        return AgencyKind.GOVERNMENT  # the bureau of a ministry, where it is not China's
    if suffix.kind is AgencyKind.INTERNATIONAL_ORG or of_state or (suffix.suffix == "委员会" and abroad):
        return AgencyKind.GOVERNMENT
    return suffix.kind


def is_brand(text: str, start: int, end: int) -> bool:
    """True for the name of a firm that stands for its brand: “某某”商标, 某某牌手机."""
    return text[start - 1 : start] in _QUOTES or _BRAND.match(text, end) is not None
