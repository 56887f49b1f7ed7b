"""Scores: small hand-made cases, and every number as the reference scorer has it, on the real report and on noise."""

from __future__ import annotations

import csv
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import ConfigError
from kg.evaluate import KINDS, evaluate, parse_ranges, read_gold, read_tables, to_json, to_lines, to_turtle
from kg.evaluate.aside import is_aside
from kg.evaluate.names import Names, even, lines_of, parts, quantity, similar
from kg.evaluate.score import quoted

COLUMNS = {
    "events": "id name type start end places hosts participants people document line quote",
    "agreements": "id name type parties signed witnesses event document line quote",
    "documents": "id title kind issuers action date province document line quote",
    "cases": "id title series number province organisation document line quote",
    "people": "id name aliases title organisation country document line quote",
    "agencies": "id name aliases kind country province document line",
    "ties": "a b relation date document line quote",
    "indicators": "id name value unit period area subject comparison_kind comparison_value approx cumulative "
    "document line quote",
}


def gold_in(folder: Path, **records: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in records.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{kind}.jsonl").write_text(text, encoding="utf-8")
    return folder


def tables_in(folder: Path, **tables: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in tables.items():
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS[kind].split(), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_a_fact_told_twice_is_wanted_once_and_a_second_row_is_a_repeat(tmp_path: Path) -> None:
    gold = gold_in(
        tmp_path / "gold",
        events=[
            {"id": "e1", "name": "春季座谈会", "start": "2024-03-01", "type": "meeting", "line": 5},
            {"id": "e2", "name": "春季座谈会", "start": "2024-03", "type": "meeting", "line": 50, "same_as": "e1"},
            {"id": "e3", "name": "数据论坛", "start": "2024-05-02", "type": "forum", "line": 9},
            {"id": "e4", "name": "宣传周", "line": 12, "optional": True},
        ],
    )
    tables = tables_in(
        tmp_path / "tables",
        events=[
            {"name": "春季座谈会", "start": "2024-03-01", "type": "forum", "line": "5"},
            {"name": "春季座谈会", "start": "2024-03", "type": "meeting", "line": "50"},
            {"name": "年度总结", "start": "2024-12-30", "type": "meeting", "line": "70"},
            {"name": "宣传周", "line": "12"},
        ],
    )
    score = evaluate(read_gold(gold), read_tables(tables), kinds=["events"])["events"]
    assert (score.gold, score.found, score.hits, score.wrong_rows, score.repeats) == (2, 4, 1, 2, 1)
    assert (score.precision, score.recall, score.f1) == (1 / 3, 1 / 2, 0.4)
    assert score.fields == {"start": (1, 1), "type": (0, 1)}
    assert score.attributes == 0.5
    assert [row["id"] for row in score.missed] == ["e3"]
    assert [row["name"] for row in score.wrong] == ["春季座谈会", "年度总结"]


def test_ties_and_figures_may_have_a_row_per_sentence(tmp_path: Path) -> None:
    gold = gold_in(
        tmp_path / "gold",
        agencies=[{"name": "世界知识产权组织", "aliases": ["WIPO"], "line": 1}],
        ties=[{"a": "甲局", "b": "WIPO", "relation": "visits", "date": "2024-03", "line": 3}],
        indicators=[
            {"id": "i1", "name": "授权量", "value": 1.5, "unit": "万件", "period": "2024", "line": 3},
            {"id": "i2", "name": "授权量", "value": 15000, "unit": "件", "period": "2024", "line": 90, "same_as": "i1"},
        ],
    )
    row = {"a": "世界知识产权组织", "b": "甲局", "relation": "visits", "date": "2024-03"}
    figure = {"name": "授权量", "value": "1.5", "unit": "万件", "period": "2024"}
    tables = tables_in(
        tmp_path / "tables",
        agencies=[],
        ties=[{**row, "line": "3"}, {**row, "line": "40"}, {**row, "relation": "trains", "line": "3"}],
        indicators=[{**figure, "line": "4"}, {**figure, "line": "91"}, {**figure, "line": "4"}],
    )
    scores = evaluate(read_gold(gold), read_tables(tables))
    assert (scores["ties"].hits, scores["ties"].wrong_rows, scores["ties"].repeats) == (1, 1, 1)
    assert scores["ties"].fields == {"relation": (1, 1), "direction": (0, 1), "date": (1, 1)}
    assert (scores["indicators"].gold, scores["indicators"].hits, scores["indicators"].repeats) == (1, 1, 1)
    assert (scores["agencies"].gold, scores["agencies"].recall, scores["agencies"].precision) == (1, 0.0, 1.0)
    assert (scores["cases"].gold, scores["cases"].f1, scores["cases"].attributes) == (0, 1.0, None)


def test_lines_that_the_gold_does_not_cover_are_not_scored(tmp_path: Path) -> None:
    documents = [{"title": f"办法{n}", "line": n} for n in (1, 20, 300)]
    gold = gold_in(tmp_path / "gold", documents=documents)
    (gold / "lines.json").write_text('{"default": "10-30", "cases": "1-5"}', encoding="utf-8")
    rows = [{"title": "办法1", "line": "1"}, {"title": "办法9", "line": "25"}, {"title": "办法8", "line": "40|28"}]
    standard, tables = read_gold(gold), read_tables(tables_in(tmp_path / "tables", documents=rows))
    assert standard.ranges("cases") == ((1, 5),)
    score = evaluate(standard, tables)["documents"]
    assert (score.gold, score.found) == (1, 2)
    score = evaluate(standard, tables, parse_ranges("1, 300-400"))["documents"]
    assert (score.gold, score.found, score.hits) == (2, 1, 1)


def test_the_third_kept_aside_and_the_rest_are_the_whole(tmp_path: Path) -> None:
    gold = gold_in(
        tmp_path / "gold",
        documents=[{"title": f"办法{n}", "line": n, "optional": n % 5 == 0} for n in range(90)],
        ties=[{"a": f"甲局{n}", "b": f"乙局{n}", "relation": "visits", "line": n} for n in range(90)],
    )
    tables = tables_in(
        tmp_path / "tables",
        documents=[{"title": f"办法{n}", "line": n} for n in [*range(60), *range(20), *range(100, 140)]],
        ties=[{"a": f"乙局{n}", "b": f"甲局{n}", "relation": "trains", "line": n} for n in [*range(50), *range(10)]],
    )
    whole, rest, third = (evaluate(read_gold(gold), read_tables(tables), aside=aside) for aside in (None, False, True))
    for kind in ("documents", "ties"):
        for count in ("gold", "found", "hits", "wrong_rows", "repeats"):
            assert getattr(rest[kind], count) + getattr(third[kind], count) == getattr(whole[kind], count)
        assert {str(row) for row in whole[kind].missed} == {
            str(row) for row in (*rest[kind].missed, *third[kind].missed)
        }
        assert 0.2 < third[kind].gold / whole[kind].gold < 0.45
    assert whole["documents"].wrong_rows == 60
    assert not {r["title"] for r in rest["documents"].wrong} & {r["title"] for r in third["documents"].wrong}


def test_the_words_of_a_fact_alone_decide_its_side() -> None:
    names = ("中央文明办", "商务部", "某某协会", "某某大学", "某某法院")
    sides = [is_aside("agencies", {"name": name, "line": line}) for line in (1, 7) for name in names]
    assert sides == [False, True, True, True, True] * 2
    assert is_aside("ties", {"a": "甲局", "b": "乙局"}) == is_aside("ties", {"a": "乙局", "b": "甲局"})


def test_quotes_are_looked_for_around_their_lines() -> None:
    texts = {"a": [""] * 9 + ["甲局 与**乙局**会谈", "。"] + [""] * 60, "b": ["甲局与乙局会谈"]}
    row = {"document": "a", "line": "10", "quote": "甲局与乙局会谈。"}
    assert quoted([row], texts) == 1.0
    assert quoted([{**row, "line": "39"}, {**row, "line": "41"}], texts) == 0.5
    assert quoted([{**row, "document": "b"}, {**row, "quote": "别的话"}, {**row, "quote": ""}], texts) == 1 / 3
    assert quoted([{"document": "a", "line": "10"}], texts) is None
    assert quoted([], texts) is None


def test_what_goes_wrong_with_gold_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        read_gold(tmp_path / "none")
    with pytest.raises(ConfigError, match="no such folder"):
        read_tables(tmp_path / "none")
    with pytest.raises(ConfigError, match=r"no gold; expected one of events\.jsonl"):
        read_gold(tmp_path)
    (tmp_path / "events.jsonl").write_text('{"id": "e1", "name": "会"}\n\n[1]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"events\.jsonl:3: not a JSON object"):
        read_gold(tmp_path)
    (tmp_path / "events.jsonl").write_text('{"name": "会"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"events\.jsonl:1: no id"):
        read_gold(tmp_path)
    (tmp_path / "events.jsonl").write_text('{"id": "e1", "name": "会"}\n', encoding="utf-8")
    (tmp_path / "lines.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lines\.json: not lines by kind"):
        read_gold(tmp_path)
    with pytest.raises(ConfigError, match="lines 'a-3'"):
        parse_ranges("1-2,a-3")


def test_scores_in_words(tmp_path: Path) -> None:
    gold = gold_in(tmp_path / "gold", documents=[{"title": "甲办法", "line": 1}, {"title": "乙办法", "line": 2}])
    tables = tables_in(
        tmp_path / "tables", documents=[{"title": "甲办法", "line": "1"}, {"title": "丙办法", "line": "7"}]
    )
    scores = evaluate(read_gold(gold), read_tables(tables), kinds=["documents", "cases"])
    lines = list(to_lines(scores, ["documents"]))
    assert lines[1].split()[:9] == ["documents", "2", "2", "1", "0", "0.500", "0.500", "0.500", "-"]
    assert "n/a" in lines[2]
    assert lines[3] == 'documents missed line 2: {"title": "乙办法", "line": 2}'
    assert lines[4].startswith("documents wrong line 7: ")
    plain = to_json(scores)
    assert plain["documents"]["f1"] == 0.5
    assert "missed" not in plain["documents"]
    assert [row["title"] for row in to_json(scores, ["documents"])["documents"]["missed"]] == ["乙办法"]


def test_measurements_are_turtle(tmp_path: Path) -> None:
    from pyoxigraph import RdfFormat, parse

    gold = gold_in(tmp_path / "gold", documents=[{"title": "甲办法", "line": 1}])
    tables = tables_in(tmp_path / "tables", documents=[{"title": "甲办法", "line": "1"}])
    text = to_turtle(evaluate(read_gold(gold), read_tables(tables)), read_gold(gold).sha256)
    values = {
        str(q.subject).rpartition("/")[2].rstrip(">"): q.object.value  # type: ignore[union-attr]
        for q in parse(input=text, format=RdfFormat.TURTLE)
        if str(q.predicate).endswith("dqv#value>")
    }
    assert values == dict.fromkeys(["documents-precision", "documents-recall", "documents-f1"], "1")


# The reference.


@pytest.fixture(scope="session")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def theirs(reference: ModuleType, gold: Path, tables: Path, report: Path | None = None) -> dict[str, Any]:
    """The numbers of the reference scorer, put together as its command does."""
    covered = gold / "lines.json"
    lines = json.loads(covered.read_text()) if covered.exists() else {"default": ""}
    names = reference.Names(reference.load_gold(gold, "agencies") + reference.load_gold(gold, "people"))
    found = {}
    for kind in reference.KINDS:
        text = lines.get(kind, lines.get("default", ""))
        ranges = [tuple(int(n) for n in part.split("-")) for part in text.split(",") if part]
        scored = reference.score(kind, gold, tables, ranges, names)
        rows = reference.load_found(tables, kind)
        scored["quoted"] = reference.quoted(rows, report) if report else None
        scored["missed"] = [{k: v for k, v in row.items() if v and k[0] != "_"} for row in scored["missed"]]
        scored["wrong"] = [{k: v for k, v in row.items() if v} for row in scored["wrong"]]
        found[kind] = scored
    return found


def ours(gold: Path, tables: Path, texts: dict[str, list[str]] | None = None) -> dict[str, Any]:
    return to_json(evaluate(read_gold(gold), read_tables(tables), texts=texts), KINDS)


def test_the_two_scorers_agree_on_the_real_report(shared: Path, reference: ModuleType, tmp_path: Path) -> None:
    from kg.export import write_tables
    from kg.pipeline import build
    from kg.store.graph import open_store

    report = shared / "reports" / "cnipa-2024.md"
    made = build([report], tmp_path / "out", validate=False).directory
    assert made is not None
    write_tables(open_store(made / "store"), tmp_path / "tables")
    texts = {p.stem: p.read_bytes().decode().split("\n") for p in (made / "sources").iterdir()}
    gold = shared / "eval" / "gold"
    assert tuple(KINDS) == reference.KINDS
    found = ours(gold, tmp_path / "tables", texts)
    assert found == theirs(reference, gold, tmp_path / "tables", report)
    assert found["events"]["hits"] > 50
    assert found["events"]["quoted"] == 1.0


@pytest.mark.parametrize("seed", range(4))
def test_the_two_scorers_agree_on_noise(shared: Path, reference: ModuleType, tmp_path: Path, seed: int) -> None:
    """Tables made of the gold itself with rows doubled, left out and spoiled."""
    chance = random.Random(seed)
    gold = shared / "eval" / "gold"
    tables = {}
    for kind, records in read_gold(gold).records.items():
        rows = []
        for record in chance.sample(records, min(60, len(records))):
            row = {"places": record.get("place"), "hosts": record.get("host"), **record}
            row["comparison_value"] = (record.get("comparison") or {}).get("value")
            rows += [spoiled(row, chance) for _ in range(chance.choice((0, 1, 1, 1, 2)))]
        tables[kind] = [{c: cell(row.get(c)) for c in COLUMNS[kind].split()} for row in rows]
    folder = tables_in(tmp_path / "tables", **tables)
    found = ours(gold, folder)
    assert found == theirs(reference, gold, folder)
    assert sum(score["repeats"] for score in found.values()) > 0
    assert sum(score["wrong_rows"] for score in found.values()) > 0


def cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return "" if value is None else str(value)


def spoiled(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    changed = dict(row)
    for field in [f for f in row if f[0] != "_" and chance.random() < 0.15]:
        value = changed[field]
        if field == "line":
            changed[field] = chance.choice((value, int(value) + 5, "", "x", f"{value}|{int(value) + 9}"))
        elif isinstance(value, str):
            changed[field] = chance.choice((value[:-1], f"《{value}》", "", value[:7]))
        elif isinstance(value, list):
            changed[field] = value[:-1]
        elif isinstance(value, int | float):
            changed[field] = value + 1
    return changed


def test_values_as_the_reference_has_them(reference: ModuleType) -> None:
    texts = [
        None,
        "",
        "中欧 and 日本",
        "<sup>1</sup>《办法》",
        "ＷＩＰＯ（产权）",
        "甲·乙•丙",
        "专利审查",
        "专利审查指南",
        3,
    ]
    for text in texts:
        assert even(text) == reference.norm(text)
        assert parts(text) == reference.split(text)
        for other in texts:
            assert similar(text, other) == reference.similar(text, other)
    for row in (
        {"value": "4,756"},
        {"value": "12%"},
        {"value": "3", "unit": "万亿元"},
        {"value": "x"},
        {"line": "3|4.0"},
    ):
        assert quantity(row) == reference.quantity(row)
        assert lines_of(row) == reference.lines_of(row)
    rows = [{"name": "甲", "aliases": ["乙", "丙"]}, {"name": "丁", "aliases": "丙|戊"}]
    assert Names(rows).many(["甲", "戊", "己"]) == reference.Names(rows).many(["甲", "戊", "己"])
