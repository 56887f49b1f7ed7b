"""When and where a value holds: period, total to date, area, as told by the clause or by what stood before it."""

from __future__ import annotations

import calendar
import re

from msgspec.structs import replace

from kg.extract.indicator_ends import strip_lead
from kg.extract.indicator_signs import ENDING, LAST_YEAR, SCOPED, SINCE, THIS_YEAR, TOTAL, YEAR
from kg.extract.indicator_words import Words
from kg.lexicon import EntryType, Lexicon
from kg.model.frozen import Frozen

__all__ = ["Home", "Scope", "area_of", "home_of", "scope_of", "scope_word"]

_STOCK = re.compile(
    r"(?:截至|截止到?)(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?(?:年?底|年?末)?|(?P<z>\d{4})年(?:年底|年末|底|末)(?!前)"
)
_RELATIVE_STOCK = re.compile(
    r"(?:截至|截止|到)(?:当年|本年|全年|年)?(?:年底|年末|底|末)|(?<!\d)(?<![较比与同][上去])年末|(?<!年)(?<!\d)(?<![较比与同][上去])年底(?!前)"
)
_MONTH_STOCK = re.compile(
    r"(?:截至|截止到?)(?:今年|当年|本年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?(?:底|末)?"
    r"|(?:\A|到)(?P<n>\d{1,2})月(?:底|末)(?=[，,]|全[省市国]|共?有|拥有|有效)"
)
_QUARTER_STOCK = re.compile(r"(?P<q>[一二三四])季度末|(?P<half>上半年末|年中)(?=[，,全])")
_STOCK_BEFORE = re.compile(r"(?:截至|截止到?|到|\A)(?:去年|上年|上一年)(?:年?底|年?末)")
_YEAR = re.compile(
    r"(?:\A|(?<=[：，,。；;中在于至计争到]))(?P<y>\d{4})年(?:度|全年)?(?!来|[—–-]|\d|第|[^，,；]{0,24}以来)"
)
_THIS_YEAR = re.compile(
    r"全年|年内|当年|本年度?|一年来|(?<![比较与同])今年|\A(?:上半年|下半年|前\d{1,2}个月|[前一二三四]{1,2}季度|\d{1,2}[至—-]\d{1,2}月)"
)
_PAST_YEAR = re.compile(r"(?:在)?过去的?一年")
#: 居全省第二, 占全市的…, 高于全省平均, 评为全省优秀: with what it is compared.
_HOME = re.compile(r"[全我本](?<![占居列于为获].)(?P<level>省|市|自治区|区)(?![部委局长属直])")
#: 全省…会议, 在某市举办: the name or the place of what was held is no area of its figures.
_HELD = re.compile(
    r"[^，。的]{0,24}?(?:会议?|培训班|研修班|轮训班|考试|大会|论坛|活动|竞赛|大赛|活动周|宣传周|系统|战线|评选|征集|评比)"
    r"(?=在|于|中|[，。]|\Z|[\u4e00-\u9fff]{0,4}(?:举办|召开|举行|开幕|启动))"
)
_TAKES_PLACE = re.compile(
    r"[^，。]{0,10}?(?:举办|召开|举行|开幕|闭幕|启动|会见|会谈|开班|结业|签署|签订|签约|揭牌|考察|调研|成立|揭晓|公布|发布|颁奖)"
)
_LAST_YEAR = re.compile(r"(?:\A|[，；、])(?:上年|去年|上一年)(?:度|全年)?")
_SINCE = re.compile(
    r"(?:自|从)(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?[^，。；]{0,40}?(?:起|以来|来|至今|开始)"
    r"|(?P<z>\d{4})年[^，。；]{0,40}以来|“(?P<p>[^“”]{1,6})”(?:规划)?(?:实施)?以来|(?:成立|实施|设立|启动|开展|建立)以来"
    r"|[近两三四五六七八九十\d]{1,3}年(?:以)?来(?!自)"
)
_TOTAL = re.compile(r"累计|总数(?:已)?(?:达|超|增|突破|升)|截至目前共|历年")
_TO_DATE = re.compile(
    r"共计?(?=受理|授权|核准|批准|注册|登记|收到|颁发|认定|审结|办结|授予|发放|公告|颁布|查处|设立|批复)"
)
_IN_YEAR = re.compile(
    r"(?=[全年当本\d])(?:全年|年内|当年|本年|\d{4}年(?![年]?[底末]))[^，。；]{0,20}累计|累计[^，。；]{0,6}全年"
)
_BACKWARD = re.compile(r"(?:比|较|与|同)(?:上|去|前|\d{4})")
_TO_PLACES = re.compile(r"[赴在于]|覆盖|面向")
_PLACES = re.compile(r"(?:赴|在|于|覆盖|面向)\Z")


class Scope(Frozen):
    """What holds at a clause: the period, the year-end told last, whether the value is a total to date and since
    when. `told` is True when the clause or its sentence names the time itself, `lasting` when it names a beginning."""

    period: str
    stock: str = ""
    cumulative: bool = False
    since: str = ""
    told: bool = False
    lasting: bool = False


def scope_of(text: str, before: Scope, year: int, past: int | None = None, signs: int = -1) -> Scope:
    """The scope of a clause after the one before it in the sentence; `past` is the year that 过去一年 means, `signs` are
    those of the clause."""
    if not signs & SCOPED:
        return before
    now = _period(text, before, year, past or year, signs)
    since = _SINCE.search(text) if signs & SINCE else None
    if since:
        told = since["y"] or since["z"] or ""
        if told and since["m"]:
            told += f"-{int(since['m']):02}"
            told += f"-{int(since['d']):02}" if since["d"] else ""
        return replace(now, cumulative=True, since=told, told=True, lasting=True)
    if "累计" in text and _IN_YEAR.search(text):
        return replace(now, cumulative=False, since="")
    if signs & TOTAL and _TOTAL.search(text):
        stock = now.stock if now.stock and not _THIS_YEAR.search(text) else ""
        in_year = now.told and not stock and now.period == str(year) and text.startswith(("全年", f"{year}年"))
        return replace(now, cumulative=not in_year, period=stock or now.period)
    if now.stock and now.period == now.stock and _TO_DATE.search(text):
        return replace(now, cumulative=True)
    return now


def _period(text: str, before: Scope, year: int, past: int, signs: int) -> Scope:
    if signs & ENDING:
        ahead = before.told and before.period.isdigit() and int(before.period) > year
        if at := _year_end(text, int(before.period) if ahead else year):
            return Scope(at, at, told=True)
    named = _YEAR.search(text) if signs & YEAR else None
    if named and abs(int(named["y"]) - year) <= 80:
        return Scope(named["y"], before.stock, told=True)
    if signs & LAST_YEAR and _PAST_YEAR.match(text):
        return Scope(str(past), before.stock, told=True)
    if signs & LAST_YEAR and _LAST_YEAR.search(text):
        return Scope(str(year - 1), before.stock, told=True)
    if signs & THIS_YEAR and _THIS_YEAR.search(text):
        return Scope(str(year), before.stock, told=True)
    return before


def _year_end(text: str, year: int) -> str:
    """The day at the end of a year, a month or a quarter that a clause tells of, empty when it tells of none."""
    stock = _STOCK.search(text)
    if stock and not _BACKWARD.match(text, max(0, stock.start() - 1)):
        return _end(int(stock["y"] or stock["z"]), int(stock["m"] or 0), int(stock["d"] or 0))
    month = _MONTH_STOCK.search(text)
    if month:
        return _end(year, int(month["m"] or month["n"]), int(month["d"] or 0))
    quarter = _QUARTER_STOCK.search(text)
    if quarter:
        return _end(year, 6 if quarter["half"] else 3 * ("一二三四".index(quarter["q"]) + 1), 0)
    if _STOCK_BEFORE.search(text):
        return _end(year - 1, 0, 0)
    return _end(year, 0, 0) if _RELATIVE_STOCK.search(text) else ""


def _end(year: int, month: int, day: int) -> str:
    month = month if 1 <= month <= 12 else 12
    last = calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day if 1 <= day <= last else last:02}"


def scope_word(clause: str, words: Words) -> str:
    """全国 or 我国 in front of a clause as the area of its figures; "" where they name who acts (我国承担…) or what is
    held."""
    text, told = strip_lead(clause, words) if "全国" in clause or "我国" in clause else ("", "")
    if told not in ("全国", "我国"):
        return ""
    acts = told == "我国" and (words.verb.match(text) or re.match("[向与同对在为]|专家|企业", text))
    platform = re.match(r"[\u4e00-\u9fff]{2,14}(?:平台|委员会|协会|系统(?=累计))", text)
    return "" if acts or platform or _HELD.match(text) else told


def area_of(clause: str, scope_word: str, region: str, lexicon: Lexicon) -> str:
    """The area of a value: the region of its section, a list of places that the clause names, 全国 or 我国."""
    if region:
        return region
    return scope_word or _place_list(clause, lexicon)


def _place_list(clause: str, lexicon: Lexicon) -> str:
    """在辽宁、河南、新疆等地: two or more places with commas, as written."""
    if "、" not in clause or not _TO_PLACES.search(clause) or clause.endswith(("举行", "举办", "召开")):
        return ""
    hits = lexicon.find(clause, frozenset({EntryType.PLACE}))
    for n, hit in enumerate(hits):
        if not _PLACES.search(clause[: hit.start]):
            continue
        end = hit.end
        count = 1
        for other in hits[n + 1 :]:
            if clause[end : other.start] not in ("、", "和", "及"):
                break
            end, count = other.end, count + 1
        if count < 2:
            continue
        rest = clause[end : end + 2]
        if rest in ("举办", "举行", "召开", "开展", "组织"):
            return ""  # where it was held is no area of its figures
        if rest == "等地":
            return clause[hit.start : end + 2]
        if not rest.startswith(("等", "、")):
            return clause[hit.start : end]
    return ""


class Home(Frozen):
    """The region and the city of the body that reports, full zh names, empty when it has none."""

    region: str = ""
    city: str = ""
    names: tuple[str, ...] = ()

    def told(self, text: str) -> str:
        """The area that 全省 or 全市, or 在 with the home's own name, means in a clause; else empty."""
        if not self.region:
            return ""
        found = _HOME.search(text)
        if found and _HELD.match(text, found.end()):
            return ""
        if found:
            if found["level"] in ("省", "自治区"):
                return self.region
            own = self.city or self.region
            return own if own.endswith(found["level"]) else ""
        at = next((text.find(f"在{name}") + len(name) + 1 for name in self.names if f"在{name}" in text), 0)
        return self.city or self.region if at and not _TAKES_PLACE.match(text, at) else ""


def home_of(publisher: str, lexicon: Lexicon) -> Home:
    """The home of a provincial or municipal publisher (浙江省市场监督管理局); an empty one for any other."""
    hits = lexicon.find(publisher, frozenset({EntryType.PLACE}))
    if not hits or hits[0].start:
        return Home()
    place = hits[0].entry
    region = lexicon.region_of(place)
    if region is None:
        return Home()
    city = place.zh if place.key != region.key else ""
    return Home(region.zh, city, tuple(sorted({place.zh, *place.aliases})))
