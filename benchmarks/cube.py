"""Tables to observations: zhitu from the raw report beside morph-kgc and maplib from a ready CSV of the same values.

    python benchmarks/cube.py REPORT [-n ROUNDS] [--times 100] [--large-rounds 1] [--python OTHER/bin/python]

Each value becomes 8 triples (type, data set, area, measure, breakdown, period, value, unit) as N-Triples in a file.
zhitu reads the report as it stands: encoding, tables, headers, areas, codes, IRIs. The others get a CSV whose cells
are finished IRIs and numbers, and constant datatypes for period and value, which is the least work for them. For
scale: Oxigraph's bulk load of the lines into a store on disk, and writing the lines from rows in memory.

Every run is a process of its own; in a round the contenders come one after the other. `call` is the time of the work
alone (gazetteers, mapping files and CSV are read in it; imports are not), `process` that of the whole process with
its imports, `peak` its largest memory. The large size is the report so many times in one file, with the captions of
its tables numbered, so that each copy has data sets of its own. Before anything is timed, the triples of all three
are compared (datatypes aside). morph-kgc asks for an older pyoxigraph than zhitu does, so that it and maplib need an
environment of their own: --python.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

COLUMNS = ("key", "dataset", "area", "measure", "breakdown", "period", "value", "unit")
#: The end of the IRI of each property, by its column.
PROPERTIES = {
    "cube#dataSet>": "dataset",
    "area>": "area",
    "measure>": "measure",
    "breakdown>": "breakdown",
    "period>": "period",
    "obsValue>": "value",
    "unitMeasure>": "unit",
}
LINE = re.compile(r"<(?P<s>[^>]*)> <(?P<p>[^>]*>) (?:<(?P<iri>[^>]*)>|\"(?P<text>[^\"]*)\"(?:\^\^<[^>]*>)?) \.\n")
CAPTION = re.compile(r"^((?:\*\*)?表 ?\d+ [^(（*\n]+)", re.MULTILINE)

OURS = """
import sys, time
from pathlib import Path
from kg.cube import ObservationStream
from kg.lexicon import load_lexicon
start = time.perf_counter()
ObservationStream(load_lexicon()).write(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.perf_counter() - start)
"""

MORPH = """
import sys, time
import morph_kgc
source, out, properties = sys.argv[1], sys.argv[2], dict(p.split("=") for p in sys.argv[3:])
start = time.perf_counter()
IRI, TEXT = "rr:termType rr:IRI", "rr:datatype xsd:"
kinds = {"period": TEXT + "gYear", "value": TEXT + "decimal"}
objects = [
    f'rr:predicateObjectMap [ rr:predicate <{p}>; rr:objectMap [ rml:reference "{c}"; {kinds.get(c, IRI)} ] ]'
    for c, p in properties.items()
]
mapping = f'''
@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#cells> rml:logicalSource [ rml:source "{source}"; rml:referenceFormulation ql:CSV ];
rr:subjectMap [ rml:reference "key"; {IRI}; rr:class <http://purl.org/linked-data/cube#Observation> ];
{"; ".join(objects)} .
'''
with open(out + ".rml.ttl", "w") as stream:
    stream.write(mapping)
config = f"[CONFIGURATION]\\nlogging_level: ERROR\\nnumber_of_processes: 1\\n[cells]\\nmappings: {out}.rml.ttl\\n"
triples = morph_kgc.materialize_set(config)
with open(out, "w") as stream:
    stream.writelines(f"{triple} .\\n" for triple in triples)
print(time.perf_counter() - start)
"""

MAPLIB = """
import sys, time
import polars
from maplib import Model
source, out, properties = sys.argv[1], sys.argv[2], dict(p.split("=") for p in sys.argv[3:])
start = time.perf_counter()
texts = {"period", "value"}
cells = polars.read_csv(source, schema_overrides=dict.fromkeys(texts, polars.String))
head = ", ".join(f"{'xsd:string' if c in texts else 'ottr:IRI'} ?{c}" for c in ("key", *properties))
body = ", ".join(f"ottr:Triple(?key, <{p}>, ?{c})" for c, p in properties.items())
model = Model()
model.add_template(f'''
@prefix ottr: <http://ns.ottr.xyz/0.4/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix qb: <http://purl.org/linked-data/cube#> .
<urn:cell> [ {head} ] :: {{ ottr:Triple(?key, rdf:type, qb:Observation), {body} }} .
''')
model.map("urn:cell", cells)
model.write(out, format="ntriples")
print(time.perf_counter() - start)
"""

LOAD = """
import sys, time
from pyoxigraph import RdfFormat, Store
start = time.perf_counter()
store = Store(sys.argv[2] + ".store")
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_TRIPLES)
store.flush()
print(time.perf_counter() - start)
"""

WRITE = """
import csv, sys, time
properties = dict(p.split("=") for p in sys.argv[3:])
with open(sys.argv[1], newline="") as stream:
    rows = list(csv.reader(stream))[1:]
d, a, m, b, p, v, u = (f"> <{name}> " for name in properties.values())
t = "> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/linked-data/cube#Observation> .\\n<"
start = time.perf_counter()
with open(sys.argv[2], "w") as stream:
    stream.writelines(
        f'<{r[0]}{t}{r[0]}{d}<{r[1]}> .\\n<{r[0]}{a}<{r[2]}> .\\n<{r[0]}{m}<{r[3]}> .\\n<{r[0]}{b}<{r[4]}> .\\n'
        f'<{r[0]}{p}"{r[5]}" .\\n<{r[0]}{v}"{r[6]}" .\\n<{r[0]}{u}<{r[7]}> .\\n'
        for r in rows
    )
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the work, seconds of the whole process, megabytes at its peak."""

    call: float
    process: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A program: its code, the Python that runs it and what it reads (raw, csv or nt)."""

    name: str
    code: str
    python: str
    reads: str


def run(contender: Contender, source: Path, out: Path, properties: dict[str, str]) -> Run:
    """Runs a contender once in a process of its own."""
    told = [f"{column}={name}" for column, name in properties.items()]
    start = time.perf_counter()
    command = [contender.python, "-c", contender.code, str(source), str(out), *told]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    printed = child.stdout.read() if child.stdout else ""
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{contender.name}: {child.stderr.read() if child.stderr else ''}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(float(printed.split()[-1]), seconds, usage.ru_maxrss / unit)


def make_raw(report: Path, times: int, out: Path) -> None:
    """Writes the report so many times into one file; from the second on the captions of its tables are numbered."""
    text = report.read_text(encoding="utf-8")
    with out.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        for n in range(2, times + 1):
            stream.write(CAPTION.sub(lambda match, n=n: f"{match[1].rstrip()}样本{n} ", text))


def cells(lines: Path) -> Iterator[dict[str, str]]:
    """The values of N-Triples whose every eight lines are an observation."""
    with lines.open(encoding="utf-8") as stream:
        while eight := list(islice(stream, 8)):
            found: dict[str, str] = {}
            for match in map(LINE.fullmatch, eight):
                assert match
                found["key"] = match["s"]
                column = next((c for end, c in PROPERTIES.items() if match["p"].endswith(end)), "")
                if column:
                    found[column] = match["iri"] or match["text"]
                    found[f"{column}-property"] = match["p"][:-1]
            yield found


def make_csv(lines: Path, out: Path) -> tuple[int, dict[str, str]]:
    """Writes the values as CSV; returns how many, and the property of each column."""
    count = 0
    properties: dict[str, str] = {}
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for cell in cells(lines):
            count += 1
            writer.writerow([cell[column] for column in COLUMNS])
            properties = properties or {c: cell[f"{c}-property"] for c in COLUMNS[1:]}
    return count, properties


def triples(lines: Path) -> set[str]:
    """The triples of a file without datatypes."""
    with lines.open(encoding="utf-8") as stream:
        return {re.sub(r"\"\^\^<[^>]*>", '"', line) for line in stream}


def measure(contenders: list[Contender], report: Path, times: int, rounds: int, folder: Path) -> None:
    """Measures one size and prints its table."""
    sources = {"raw": folder / "raw.md", "csv": folder / "cells.csv", "nt": folder / "ours.nt"}
    make_raw(report, times, sources["raw"])
    run(contenders[0], sources["raw"], sources["nt"], {})
    count, properties = make_csv(sources["nt"], sources["csv"])
    sizes = f"raw {sources['raw'].stat().st_size / 1e6:.1f} MB, CSV {sources['csv'].stat().st_size / 1e6:.1f} MB"
    print(f"\n{times} x: {count:,} values, {8 * count:,} triples ({sizes}); {rounds} rounds")
    if times == 1:
        wanted = triples(sources["nt"])
        for contender in contenders[1:3]:
            run(contender, sources[contender.reads], folder / "out", properties)
            same = triples(folder / "out") == wanted
            print(f"{contender.name}: {'the same triples' if same else 'OTHER TRIPLES'}")
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for n in range(rounds):
        for contender in contenders:
            out = folder / f"out{n}"
            runs[contender.name].append(run(contender, sources[contender.reads], out, properties))
            out.unlink(missing_ok=True)
    show(runs)


def show(runs: dict[str, list[Run]]) -> None:
    """One line for each contender; ratios are taken round by round against the first."""
    first = next(iter(runs.values()))
    print(f"{'':<34}{'call min':>9}{'median':>9}{'/ ours':>8}{'process':>9}{'/ ours':>8}{'peak MB':>9}")
    for name, found in runs.items():
        call = statistics.median(a.call / b.call for a, b in zip(found, first, strict=True))
        whole = statistics.median(a.process / b.process for a, b in zip(found, first, strict=True))
        print(
            f"{name:<34}{min(r.call for r in found):>9.3f}{statistics.median(r.call for r in found):>9.3f}{call:>8.2f}"
            f"{statistics.median(r.process for r in found):>9.3f}{whole:>8.2f}{max(r.megabytes for r in found):>9.0f}"
        )


def main() -> None:
    """Runs both sizes and prints their tables."""
    parser = argparse.ArgumentParser(description="Time of tables to observations beside morph-kgc and maplib.")
    parser.add_argument("report", type=Path)
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=100, help="the large size; 1 leaves it out")
    parser.add_argument("--large-rounds", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="a Python that has morph-kgc and maplib")
    options = parser.parse_args()
    contenders = [
        Contender("zhitu, from the raw report", OURS, sys.executable, "raw"),
        Contender("morph-kgc, from CSV", MORPH, options.python, "csv"),
        Contender("maplib, from CSV", MAPLIB, options.python, "csv"),
        Contender("Oxigraph bulk load, from N-Triples", LOAD, sys.executable, "nt"),
        Contender("writing the lines, from memory", WRITE, sys.executable, "csv"),
    ]
    for times, rounds in ((1, options.rounds), (options.times, options.large_rounds)):
        if rounds and (times > 1 or options.rounds):
            with tempfile.TemporaryDirectory() as folder:
                measure(contenders, options.report, times, rounds, Path(folder))
        if options.times == 1:
            break


if __name__ == "__main__":
    main()
