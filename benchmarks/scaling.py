"""How reading, extraction and resolution grow with the text, beside cutting the same text into words with jieba.

    python benchmarks/scaling.py [REPORT] [-n ROUNDS] [--only longer|jieba|hard]

Three tables. `longer`: seconds per character of the prose of a report (the bundled sample when none is named; lines of
tables are left out) once, 4 and 16 times in one file, over those of once; linear work stays at 1. `jieba`: extraction
and resolution over `jieba.cut` of the same text, its dictionary loaded before, of the whole report, which has a limit,
and of its prose alone, where each character holds more facts; what functions remember of earlier texts is forgotten
before each round. `hard`: texts without end that repeat one piece, random code points, and lists of different names,
each as long as the ordinary text beside it: reading, extraction and resolution over those of the ordinary text, which is
measured again beside each. A hard text whose first ratio is under half the limit has one round.

A ratio is that of the least seconds of the rounds; all rounds run in one process, without the start of Python, the
imports and the lexicon. `ABOVE` marks a ratio over its limit.
"""

from __future__ import annotations

import argparse
import functools
import gc
import logging
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import jieba

from kg.errors import InputError
from kg.extract import extract
from kg.lexicon import Lexicon, load_lexicon
from kg.pipeline import collector_paused
from kg.resolve import resolve
from kg.text import read_report

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
HEAD = "---\npublisher: 国家知识产权局\nyear: 2024\n---\n\n"
SIZE = 60_000
TIMES = (1, 4, 16)
LINEAR, JIEBA, HARD = 1.5, 1.5, 4.0

#: What is repeated to the size of the ordinary text.
PIECES = (
    # Signs and characters.
    "局", "甲", "王", "。", "①", "1", "9", "二〇", " ", "·", "<", "(", "”", "《", "》", "《》", "（", "《“（",
    "《甲（乙", "（“《", "<sup>", "**", "and", "甲and", "![](", "甲 乙", " 甲 ", "甲·", "甲。乙；", "甲乙丙丁戊己，\n\n",
    # Lines, headings and tables.
    "甲\n\n", "# 甲\n", "3 | 甲\n", "| 甲 | 乙 |\n", "甲|\n", "|-|\n", "\t", "甲\t乙\n", "1\t2\n", "\n甲\t1\n",
    "单位：件\n", "表 1 甲\n", "<table>", "<table><tr><td>1</table>", "<td rowspan=9>",
    # People, bodies and places.
    "、张三局长", "局长", "局长王树江、", "院长张军和", "国家知识产权局、", "最高人民法院、", "某某局、", "人民法院与",
    "大学（以下简称甲大）", "公司诉", "北京市、", "四川省", "中国和", "与法国和", "与四川大学", "中国—秘鲁",
    # Dates.
    "3月", "3月9日", "3月9日至", "2031年3月9日", "同日",
    # Documents, events and ties.
    "《专利法》", "印发《专利法》，", "召开会议", "在京举行论坛", "签署协议",
    "5月6日，四川省高级人民法院与四川大学签署合作协议，",
    # Figures.
    "12万件、", "示范基地25个、", "25个示范基地和", "3家企业5名代表", "（25个", "“25个", "由3个提高到5个",
    "一二三四五六七八九十", "截至2023年占",
    "完成第一批登记请求120件，同比增长3.5%，占总量的9.8%；建成示范基地25个和服务站35个（42场），",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of reading, of extraction and of resolution, and the number of facts."""

    read: float
    extract: float
    resolve: float
    facts: int

    @property
    def whole(self) -> float:
        """Seconds of all three."""
        return self.read + self.extract + self.resolve


@dataclass(slots=True)
class Bench:
    """Runs texts; counts the ratios that are over their limit."""

    folder: Path
    lexicon: Lexicon
    above: int = field(default=0)

    def run(self, body: str) -> Run:
        """Reads, extracts and resolves a text once; one that is refused has the seconds until then."""
        path = self.folder / "text.md"
        path.write_text(HEAD + body, encoding="utf-8")
        gc.collect()
        with collector_paused():
            return self._timed(path)

    def _timed(self, path: Path) -> Run:
        start = time.perf_counter()
        try:
            report = read_report(path, self.lexicon)
        except InputError:
            return Run(time.perf_counter() - start, 0.0, 0.0, 0)
        read = time.perf_counter()
        found = extract(report, self.lexicon)
        extracted = time.perf_counter()
        resolve([(report.source, found.facts)], self.lexicon)
        return Run(read - start, extracted - read, time.perf_counter() - extracted, len(found.facts))

    def show(self, name: str, ratio: float, limit: float | None, told: str) -> None:
        """One line: the ratio, its limit when it has one, and what else there is to say."""
        above = limit is not None and ratio > limit
        self.above += above
        bound = f"limit {limit:.1f}" if limit is not None else "no limit"
        print(f"{ratio:>6.2f} x  {bound:<9} {'ABOVE' if above else '':<5}  {name}: {told}", flush=True)


def told(run: Run) -> str:
    """The seconds and facts of a run in words."""
    return f"read {run.read:.2f} s, extract {run.extract:.2f} s, resolve {run.resolve:.2f} s; {run.facts:,} facts"


def least(runs: Iterable[Run]) -> Run:
    """The least seconds of each stage."""
    runs = list(runs)
    return Run(min(r.read for r in runs), min(r.extract for r in runs), min(r.resolve for r in runs), runs[0].facts)


def text_of(report: Path) -> str:
    """A report without front matter."""
    text = report.read_text(encoding="utf-8-sig")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def prose_of(text: str) -> str:
    """The lines that are no rows of tables."""
    return "\n".join(line for line in text.split("\n") if "\t" not in line and not line.startswith("|"))


def forget() -> None:
    """Empties the bounded caches of the program's functions; those without a bound hold what was loaded."""
    for found in gc.get_objects():
        if not isinstance(found, functools._lru_cache_wrapper) or not str(found.__module__).startswith("kg."):
            continue
        if found.cache_parameters()["maxsize"] is not None and not found.__name__.startswith("load"):
            found.cache_clear()


def cut_seconds(text: str) -> float:
    """The seconds of cutting a text into words."""
    gc.collect()
    with collector_paused():
        start = time.perf_counter()
        for _ in jieba.cut(text):
            pass
        return time.perf_counter() - start


def ordinary(prose: str) -> str:
    """Prose of the size of the hard texts."""
    return (prose * (SIZE // len(prose) + 1))[:SIZE]


def hard_texts() -> dict[str, str]:
    """Each hard text by its name."""
    texts = {repr(piece): (piece * (SIZE // len(piece) + 1))[:SIZE] for piece in PIECES}
    chance = random.Random(20240101)
    points = [*range(0x20, 0xD800), *range(0xE000, 0x110000)]
    texts["random code points"] = "".join(map(chr, chance.choices(points, k=SIZE)))
    texts["random Chinese characters"] = "".join(map(chr, chance.choices(range(0x4E00, 0x9FA6), k=SIZE)))
    titles = "、".join(f"《灯塔办法{n}号规定》" for n in range(SIZE // 8))
    texts["different titles"] = f"印发{titles}"[:SIZE]
    bodies = "、".join(f"第{n}号研究院" for n in range(SIZE // 6))
    texts["different bodies"] = bodies[:SIZE]
    return texts


def longer(bench: Bench, text: str, rounds: int) -> None:
    """The same prose once and more often, by the character."""
    prose = prose_of(text)
    print(f"\nlonger: {len(prose):,} characters of prose; seconds per character over those of once")
    runs: dict[int, list[Run]] = {times: [] for times in TIMES}
    for _ in range(rounds):
        for times in TIMES:
            runs[times].append(bench.run("\n".join([prose] * times)))
    first = least(runs[1])
    for times in TIMES:
        run = least(runs[times])
        for stage in ("read", "extract", "resolve", "whole"):
            seconds = getattr(run, stage)
            words = f"{seconds:.2f} s, {run.facts:,} facts"
            bench.show(f"{stage}, {times} x", seconds / getattr(first, stage) / times, LINEAR, words)


def beside_jieba(bench: Bench, text: str, rounds: int) -> None:
    """Extraction and resolution over jieba's cutting of the same text."""
    print("\njieba: extraction and resolution over jieba.cut of the same text, dictionary warm")
    for name, body, limit in (("whole report", text, JIEBA), ("prose alone", prose_of(text), None)):
        runs, cuts = [], []
        for _ in range(rounds):
            cuts.append(cut_seconds(body))
            forget()
            runs.append(bench.run(body))
        run = least(runs)
        words = f"jieba {min(cuts):.2f} s ({told(run)})"
        bench.show(f"(extract + resolve) / jieba, {name}", (run.extract + run.resolve) / min(cuts), limit, words)


def hard(bench: Bench, text: str, rounds: int) -> None:
    """Hard texts over ordinary prose of the same length."""
    print(f"\nhard: {SIZE:,} characters each; all stages over those of ordinary prose of that length")
    usual = ordinary(prose_of(text))
    plain = least(bench.run(usual) for _ in range(rounds))
    bench.show("ordinary", 1.0, HARD, told(plain))
    for name, odd in hard_texts().items():
        runs: list[Run] = []
        besides: list[Run] = []
        ratio = HARD
        while len(runs) < rounds and ratio > HARD / 2:
            besides.append(bench.run(usual))
            runs.append(bench.run(odd))
            ratio = least(runs).whole / least(besides).whole
        bench.show(name, ratio, HARD, told(least(runs)))


def main() -> None:
    """Prints the tables that are wanted."""
    tables: dict[str, Callable[[Bench, str, int], None]] = {"longer": longer, "jieba": beside_jieba, "hard": hard}
    parser = argparse.ArgumentParser(description="How the work grows with the text, and beside jieba.")
    parser.add_argument("report", type=Path, nargs="?", default=next(SAMPLE.glob("*.md")))
    parser.add_argument("-n", "--rounds", type=int, default=3)
    parser.add_argument("--only", choices=tables, help="one of the tables")
    options = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), load_lexicon())
        text = text_of(options.report)
        bench.run(text)  # what is loaded or compiled at the first use
        cut_seconds(text)
        for name, table in tables.items():
            if options.only in (None, name):
                table(bench, text, options.rounds)
    print(f"\n{bench.above} above the limit" if bench.above else "\nnone above its limit")


if __name__ == "__main__":
    main()
