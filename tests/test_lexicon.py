"""The gazetteers are well formed, and names are found whole, inside text and as abbreviations."""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.lexicon import Entry, EntryType, Lexicon, load_lexicon, normal_name, read_tables
from kg.lexicon.automaton import Automaton
from kg.lexicon.tables import FILES
from kg.model import AgencyKind, PlaceKind, RowStatus
from kg.resources import resource

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
LEXICON = load_lexicon()

#: Names that several entries bear, with the entry that is meant.
COLLISIONS = {
    "吉林": "place/CN-22",
    "海南": "place/CN-46",
}

TABLE_CITIES = {
    "沈阳": "210100",
    "大连": "210200",
    "长春": "220100",
    "哈尔滨": "230100",
    "南京": "320100",
    "杭州": "330100",
    "宁波": "330200",
    "厦门": "350200",
    "济南": "370100",
    "青岛": "370200",
    "武汉": "420100",
    "广州": "440100",
    "深圳": "440300",
    "成都": "510100",
    "西安": "610100",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return LEXICON


def keys(lexicon: Lexicon, text: str) -> list[str]:
    found = lexicon.expand_short(text)
    return [] if found is None else [entry.key for entry in found]


def test_codes_are_well_formed(lexicon: Lexicon) -> None:
    for entry in lexicon.entries:
        assert re.fullmatch(r"(place|agency|label)/[A-Za-z0-9-]+", entry.key), entry
        if entry.type is EntryType.PLACE:
            assert re.fullmatch(r"([A-Z]{2}|CN-[A-Z]{2}|)", entry.code), entry
            assert re.fullmatch(r"(\d{6}|)", entry.gb), entry
            assert entry.kind in set(PlaceKind)
        if entry.type is EntryType.AGENCY:
            assert entry.kind in set(AgencyKind)
            assert re.fullmatch(r"([A-Z]{2}|)", entry.code), entry
            assert entry.key == f"agency/st3-{entry.code}" or not entry.code
        if entry.type is EntryType.LABEL:
            assert entry.status in {RowStatus.TOTAL, RowStatus.SUBTOTAL, RowStatus.OTHER}
        assert entry.zh == normal_name(entry.zh).replace("(", "（").replace(")", "）").replace(",", "，")
        assert len(set(entry.aliases)) == len(entry.aliases)
        assert entry.zh not in entry.aliases
        assert all(len(char) == 1 for char in entry.short)


def test_keys_and_codes_are_unique(lexicon: Lexicon) -> None:
    entries = lexicon.entries
    assert len({entry.key for entry in entries}) == len(entries)
    for field in ("code", "gb"):
        values = [getattr(e, field) for e in entries if e.type is EntryType.PLACE and getattr(e, field)]
        assert len(set(values)) == len(values)


def test_every_source_is_named() -> None:
    for name in FILES:
        with resource("data", name).open(encoding="utf-8", newline="") as stream:
            assert all(row["source"] for row in csv.DictReader(stream)), name


def test_collisions_are_decided(lexicon: Lexicon) -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for entry in lexicon.entries:
        for name in (entry.zh, entry.en, *entry.aliases, *entry.weak):
            bearers[normal_name(name)].add(entry.key)
    shared_names = {name for name, found in bearers.items() if name and len(found) > 1}
    assert shared_names == set(COLLISIONS)
    for name, key in COLLISIONS.items():
        found = lexicon.get(name)
        assert found is not None
        assert found.key == key


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real report is not beside the project")
def test_every_row_label_of_the_report_resolves(lexicon: Lexicon) -> None:
    text = (SHARED / "reports" / "cnipa-2024.md").read_text(encoding="utf-8")
    labels = set()
    for line in text[text.index("附录一 统计资料") :].split("\n"):
        cells = [re.sub(r"<[^>]{0,20}>|\*", "", cell).strip() for cell in line.split("\t")]
        if len(cells) > 1 and cells[0] and any(re.fullmatch(r"[\d,.]+", cell) for cell in cells[1:]):
            bracketed = re.fullmatch(r"[(（]([^()（）]*)[)）]", cells[0])
            labels.add(bracketed[1] if bracketed else cells[0])
    assert len(labels) > 200
    assert {label for label in labels if not (lexicon.table_label(label) or lexicon.areas(label))} == set()


@pytest.mark.parametrize(("name", "gb"), TABLE_CITIES.items())
def test_cities_of_the_tables(lexicon: Lexicon, name: str, gb: str) -> None:
    city = lexicon.place(name)
    assert city is not None
    assert (city.kind, city.gb, city.zh) == (PlaceKind.CITY, gb, f"{name}市")
    region = lexicon.region_of(city)
    assert region is not None
    assert region.gb == f"{gb[:2]}0000"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("北京", "place/CN-11"),
        ("北京市", "place/CN-11"),
        ("内蒙古", "place/CN-15"),
        ("新疆维吾尔自治区", "place/CN-65"),
        ("新疆生产建设兵团", "place/CN-XPCC"),
        ("刚果（布）", "place/CG"),
        ("刚果 (布)", "place/CG"),
        ("刚果(金)", "place/CD"),
        ("阿拉伯联合酋长国", "place/AE"),
        ("阿联酋", "place/AE"),
        ("沙特", "place/SA"),
        ("Inner Mongolia", "place/CN-15"),
        ("日内瓦", "place/CH-geneva"),
        ("欧盟", "place/EU"),
        ("中国香港", "place/CN-81"),
        ("延边州", "place/CN-222400"),
    ],
)
def test_places_by_any_name(lexicon: Lexicon, name: str, key: str) -> None:
    found = lexicon.place(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("国知局", "agency/st3-CN"),
        ("中华人民共和国国家知识产权局", "agency/st3-CN"),
        ("USPTO", "agency/st3-US"),
        ("产权组织", "agency/st3-WO"),
        ("最高法", "agency/cn-spc"),
        ("市场监管总局", "agency/cn-samr"),
        ("国新办", "agency/cn-scio"),
        ("审协江苏中心", "agency/cn-cnipa-coop-jiangsu"),
        ("海湾阿拉伯国家合作委员会(GCC)专利局", "agency/st3-GC"),
    ],
)
def test_agencies_by_any_name(lexicon: Lexicon, name: str, key: str) -> None:
    found = lexicon.get(name)
    assert found is not None
    assert found.key == key


def test_unknown_names(lexicon: Lexicon) -> None:
    assert lexicon.get("京") is None
    assert lexicon.get("") is None
    assert lexicon.place("国家知识产权局") is None
    assert lexicon.by_key("place/ZZ") is None
    assert lexicon.table_label("北京") is None
    assert lexicon.areas("北京、其他") == ()


def test_chain_of_places(lexicon: Lexicon) -> None:
    corps = lexicon.by_key("place/CN-XPCC")
    assert corps is not None
    assert (corps.country, corps.region, corps.broader) == ("place/CN", "place/CN-65", "place/CN-65")
    kunshan = lexicon.place("昆山市")
    assert kunshan is not None
    assert (kunshan.broader, kunshan.region) == ("place/CN-320500", "place/CN-32")
    geneva = lexicon.place("日内瓦")
    assert geneva is not None
    assert (geneva.country, lexicon.region_of(geneva)) == ("place/CH", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中欧", ["place/CN", "place/EU"]),
        ("中美欧日韩", ["place/CN", "place/US", "place/EU", "place/JP", "place/KR"]),
        ("京津冀晋蒙", ["place/CN-11", "place/CN-12", "place/CN-13", "place/CN-14", "place/CN-15"]),
        ("中厄", ["place/CN", "place/EC"]),
        ("中蒙", ["place/CN", "place/MN"]),
        ("中", []),
        ("中中", []),
        ("中巴", []),
        ("中美合作", []),
        ("辽宁", []),
    ],
)
def test_runs_of_abbreviations(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert keys(lexicon, text) == expected


def test_hints_settle_an_ambiguous_abbreviation(lexicon: Lexicon) -> None:
    brazil, xinjiang = lexicon.by_key("place/BR"), lexicon.by_key("place/CN-65")
    assert brazil is not None
    assert lexicon.short("巴", domestic=False) is None
    assert lexicon.short("巴", domestic=False, hints=[brazil]) == brazil
    assert lexicon.short("新", domestic=True) == xinjiang
    found = lexicon.expand_short("中巴", hints=[brazil])
    assert found is not None
    assert found[1] == brazil


def test_every_region_has_its_abbreviation(lexicon: Lexicon) -> None:
    for char in "京沪津渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新台港澳":
        assert lexicon.short(char, domestic=True) is not None, char
    assert len({e.key for e in lexicon.entries if e.kind == PlaceKind.REGION and e.code}) == 34


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("与国家知识产权局专利局、欧洲专利局会谈", ["国家知识产权局专利局", "欧洲专利局"]),
        ("内蒙古和蒙古", ["内蒙古", "蒙古"]),
        ("面向发展中国家的培训", []),
        ("其中国家知识产权局受理", ["国家知识产权局"]),
        ("会同教育部门和教育部", ["教育部"]),
        ("国内合作市场与合作市", ["合作市"]),
        ("沿海城市", []),
        ("经WIPO批准，XWIPO与WIPO2不算", ["WIPO"]),
        ("马德里体系、马德里联盟、在马德里开会", ["马德里联盟", "马德里"]),
        ("刚果(布)、刚果（金）", ["刚果(布)", "刚果（金）"]),
        ("省发展改革委与国家发展改革委", ["国家发展改革委"]),
        ("投资白银和白银市", ["白银市"]),
        ("合计与其他", []),
        ("京津冀、长三角、粤港澳大湾区", ["京津冀", "长三角", "粤港澳大湾区"]),
    ],
)
def test_find(lexicon: Lexicon, text: str, surfaces: list[str]) -> None:
    assert [hit.surface for hit in lexicon.find(text)] == surfaces


def test_find_keeps_to_the_types(lexicon: Lexicon) -> None:
    places = lexicon.find("美国专利商标局", frozenset({EntryType.PLACE}))
    assert [hit.surface for hit in places] == ["美国"]
    assert [hit.entry.key for hit in lexicon.find("美国专利商标局")] == ["agency/st3-US"]


_PIECES = st.sampled_from(
    ["中国", "国家知识产权局", "国", "市", "场", "北京市", "WIPO", "x", "。", "（", "布", "）", "刚果", "内", "蒙古"]
)


@given(st.lists(_PIECES | st.text(max_size=3), max_size=20).map("".join))
def test_hits_do_not_overlap_and_show_their_words(text: str) -> None:
    reached = 0
    for hit in LEXICON.find(text):
        assert reached <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.surface
        assert hit.entry in LEXICON.all(hit.surface)
        reached = hit.end


@given(st.sampled_from(LEXICON.entries))
def test_every_name_is_found_alone(entry: Entry) -> None:
    for name in (entry.zh, *entry.aliases):
        assert entry in LEXICON.all(name)
        searched = entry.type is not EntryType.LABEL and name not in entry.weak
        assert ([hit.surface for hit in LEXICON.find(name)] == [name]) == searched


def test_office_of_a_place(lexicon: Lexicon) -> None:
    found = {}
    for name in ("丹麦", "欧盟", "香港", "中国", "浙江省", "日内瓦", "沈阳市"):
        place = lexicon.place(name)
        assert place is not None
        office = lexicon.office_of(place)
        found[name] = office.key if office else ""
    assert found == {
        "丹麦": "agency/st3-DK",
        "欧盟": "agency/st3-EM",
        "香港": "agency/st3-HK",
        "中国": "agency/st3-CN",
        "浙江省": "",
        "日内瓦": "",
        "沈阳市": "",
    }


@pytest.mark.parametrize(
    ("name", "region", "full", "kind"),
    [
        ("省法院", "浙江", "浙江省高级人民法院", AgencyKind.COURT),
        ("省科技厅", "江苏省", "江苏省科学技术厅", AgencyKind.GOVERNMENT),
        ("自治区人民政府", "内蒙古", "内蒙古自治区人民政府", AgencyKind.GOVERNMENT),
        ("市知识产权局", "天津市", "天津市知识产权局", AgencyKind.IP_OFFICE),
        ("兵团知识产权局", "新疆生产建设兵团", "新疆生产建设兵团知识产权局", AgencyKind.IP_OFFICE),
        ("省委", "江西省", "江西省委", AgencyKind.PARTY_BODY),
        ("省法院", "南京市", "江苏省高级人民法院", AgencyKind.COURT),
        ("自治区知识产权局", "新疆生产建设兵团", "新疆维吾尔自治区知识产权局", AgencyKind.IP_OFFICE),
    ],
)
def test_relative_bodies(lexicon: Lexicon, name: str, region: str, full: str, kind: AgencyKind) -> None:
    found = lexicon.expand_relative(name, region)
    assert found is not None
    assert (found[0], found[1].kind) == (full, kind)


def test_relative_bodies_keep_to_their_level(lexicon: Lexicon) -> None:
    assert lexicon.expand_relative("省法院", "北京市") is None
    assert lexicon.expand_relative("省法院", "某地") is None
    assert lexicon.expand_relative("法院", "浙江省") is None


def test_suffixes_longest_first(lexicon: Lexicon) -> None:
    lengths = [len(suffix.suffix) for suffix in lexicon.suffixes]
    assert lengths == sorted(lengths, reverse=True)
    kinds = {suffix.suffix: (suffix.kind, suffix.weak) for suffix in lexicon.suffixes}
    assert len(kinds) == len(lexicon.suffixes)
    assert kinds["知识产权局"] == (AgencyKind.IP_OFFICE, False)
    assert kinds["中心"] == (AgencyKind.SERVICE_BODY, True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(resource("data", name), tmp_path / name)
    return tmp_path


def test_version_follows_the_data(folder: Path, lexicon: Lexicon) -> None:
    assert read_tables(folder).version == lexicon.version
    with (folder / "table_labels.csv").open("a", encoding="utf-8") as stream:
        stream.write("全球,total,World,world,,test\n")
    assert read_tables(folder).version != lexicon.version


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("places.csv", "place/QQ,town,某,,,,,,,,x", r"places\.csv:\d+: kind 'town'; expected one of country, "),
        ("places.csv", "place/QQ,city,某", r"places\.csv:\d+: 3 cells; expected 11"),
        ("places.csv", "place/某,city,某,,,,,,,,x", r"places\.csv:\d+: key 'place/某'; expected place/"),
        ("places.csv", "place/US,country,某,,,,,,,,x", r"places\.csv:\d+: key place/US again; expected once"),
        ("places.csv", "place/QQ,city,,,,,,,,,x", r"places\.csv:\d+: zh is empty; expected a value"),
        ("places.csv", "place/QQ,city,某,,,,,,,place/QX,x", r"places\.csv:\d+: reference to place/QX; expected"),
        ("agency_suffixes.csv", "某,other,2,x", r"agency_suffixes\.csv:\d+: weak '2'; expected 0 or 1"),
        ("agencies.csv", '"agency/x', r"agencies\.csv:\d+: .*; expected CSV"),
    ],
)
def test_malformed_rows(folder: Path, file: str, row: str, message: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")
    with pytest.raises(ConfigError, match=message):
        read_tables(folder)


def test_malformed_files(folder: Path) -> None:
    (folder / "not_names.csv").write_text("before,name\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"not_names\.csv:1: columns before,name; expected before,name,after"):
        read_tables(folder)
    (folder / "not_names.csv").write_bytes(b"before,name,after,why,source\n\xff\n")
    with pytest.raises(ConfigError, match=r"not_names\.csv:2: bytes that are no UTF-8; expected UTF-8"):
        read_tables(folder)


WORDS = ("知识", "知识产权", "产权局", "局", "权局长")


@given(st.lists(st.text("知识产权局长\n甲", max_size=12), max_size=6), st.booleans())
def test_words_are_found_in_many_texts_as_in_each(texts: list[str], overlapping: bool) -> None:
    found = list(Automaton(WORDS, overlapping=overlapping).find(texts))
    every = [
        (n, WORDS.index(word), at, at + len(word))
        for n, text in enumerate(texts)
        for word in WORDS
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    if overlapping:
        assert sorted(found) == sorted(every)
    else:
        longest = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
        told = [(n, WORDS.index(m[0]), *m.span()) for n, text in enumerate(texts) for m in longest.finditer(text)]
        assert found == told


def test_words_are_found_beyond_the_first_batch() -> None:
    texts = ["甲"] * 1500 + ["专利局"]
    assert list(Automaton(["局"]).find(texts)) == [(1500, 0, 2, 3)]
