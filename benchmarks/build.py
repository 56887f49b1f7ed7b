"""How long `kg build` takes, beside two things everybody knows: starting jieba and loading Oxigraph.

    python benchmarks/build.py REPORT [-n ROUNDS] [--validate]

Each round, one after the other: a cold `kg build REPORT --no-validate` (wall time of the process and its peak
memory); in another cold process `jieba.initialize()` with its cache warm; in a third a bulk load of the quads
of that build into a new Oxigraph store on disk. Of the last two only the calls are timed, not the start of
Python nor the imports. With --validate also a cold `kg build REPORT`: what it takes longer is the validation.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

JIEBA = """
import logging, sys, time
import jieba
jieba.setLogLevel(logging.ERROR)
jieba.dt.tmp_dir = sys.argv[1]
start = time.perf_counter()
jieba.initialize()
print(time.perf_counter() - start)
"""

LOAD = """
import sys, time
from pyoxigraph import RdfFormat, Store
start = time.perf_counter()
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
store.flush()
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall time and megabytes at the peak of a process."""

    seconds: float
    megabytes: float


def process(command: list[str]) -> Run:
    """Runs a command that must succeed (or end with 1: the graph does not conform)."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss / unit)


def timed(code: str, *arguments: str) -> float:
    """The seconds that a piece of code prints, run in a cold process."""
    told = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return float(told.stdout)


def show(name: str, values: list[float], unit: str) -> None:
    """One line: the least and the median."""
    print(f"{name:<42} min {min(values):8.3f} {unit:<2}  median {statistics.median(values):8.3f} {unit}")


def main() -> None:
    """Runs the rounds and prints the figures."""
    parser = argparse.ArgumentParser(description="Time of kg build against jieba and a bulk load.")
    parser.add_argument("report", type=Path)
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--validate", action="store_true", help="also time a build with validation")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rounds(options.report, options.rounds, options.validate, Path(folder))


def rounds(report: Path, count: int, validate: bool, folder: Path) -> None:
    """Measures and prints; what is compared is measured in the same round."""
    command = [sys.executable, "-m", "kg", "build", str(report), "-o", str(folder / "out")]
    quads = str(folder / "out" / "current" / "graph.nq")
    timed(JIEBA, str(folder))  # makes the cache
    process([*command, "--no-validate"])  # and compiles the modules
    builds, jiebas, loads, checked = [], [], [], []
    for n in range(count):
        builds.append(process([*command, "--no-validate"]))
        jiebas.append(timed(JIEBA, str(folder)))
        loads.append(timed(LOAD, quads, str(folder / f"store{n}")))
        if validate:
            checked.append(process(command))
    beside = [jieba + load for jieba, load in zip(jiebas, loads, strict=True)]
    show("kg build, cold process, no validation", [run.seconds for run in builds], "s")
    show("jieba.initialize(), cache warm", jiebas, "s")
    show("bulk load of the same quads on disk", loads, "s")
    show("build / (jieba + load)", [a.seconds / b for a, b in zip(builds, beside, strict=True)], "x")
    show("peak memory of the build", [run.megabytes for run in builds], "MB")
    if validate:
        longer = [a.seconds - b.seconds for a, b in zip(checked, builds, strict=True)]
        show("validation", longer, "s")
        show("validation / build", [a / b.seconds for a, b in zip(longer, builds, strict=True)], "x")
        show("peak memory with validation", [run.megabytes for run in checked], "MB")


if __name__ == "__main__":
    main()
