"""Every named query with its defaults: the embedded store, in memory and from disk, beside plain rdflib.

    python benchmarks/queries.py [REPORT] [-n ROUNDS] [--limit SECONDS] [--only NAME ...]

REPORT (the bundled sample when none is named) is built first, without validation. Then each query is asked of the
graph in memory, of the store on disk (opened anew each time, the opening counted), and of an rdflib.Dataset in memory
read from the same graph.nq, whose default graph is the default graph alone. A line has the milliseconds of CPU time
(the least of the rounds; rdflib has one round) and what rdflib takes in times of ours. rdflib is stopped after the
limit of CPU seconds: then its figures are least ones (`>`). Setting the parameters is not counted, parsing the query
and reading all rows are.

The answers of the store and of rdflib are compared as multisets of rows, numbers by value. `JOINED` marks one that
differs only in cells that GROUP_CONCAT joins: SPARQL leaves the order of the parts open, and the store keeps a language
that all parts have. `FAILED` marks a query at which rdflib raised an error (it is left out of the medians), `DIFFERENT`
an answer that is not the same. At the end: the medians of the ratios, and the slowest query beside the build of the report.
`BELOW` and `ABOVE` mark what is worse than wanted; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import pickle
import re
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib

from kg.pipeline import build
from kg.store.graph import load, open_store
from kg.store.queries import bind_params, load_queries

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
MEMORY, DISK = 15.0, 5.0
NUMBERS = {"integer", "decimal", "double", "float"}
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Rows, each cell or triple as it is compared, with how often they stand in the answer.
Answer = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """CPU seconds of one query; `stopped` when rdflib did not end, `mark` how its answer departs."""

    name: str
    memory: float
    disk: float
    rdflib: float
    rows: int
    stopped: bool
    mark: str

    def __str__(self) -> str:
        sign = ">" if self.stopped else " "
        return (
            f"{self.name:<42} {self.rows:>5} rows {1000 * self.memory:>8.2f} {1000 * self.disk:>8.2f} {sign}"
            f"{1000 * self.rdflib:>9.1f} ms  {sign}{self.rdflib / self.memory:>7.1f} {sign}{self.rdflib / self.disk:>7.1f} x {self.mark}"
        )


def plain(value: str, datatype: str | None, language: str | None) -> str:
    """A literal as it is compared: numbers by value, language in small letters."""
    if datatype is not None and datatype.removeprefix(XSD) in NUMBERS:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        return f"{number.quantize(Decimal('1e-9')).normalize():f}"
    if datatype in (None, f"{XSD}string") or language:
        return f'"{value}"@{language.lower()}' if language else f'"{value}"'
    return f'"{value}"^^{datatype}'


def of_store(term: Any) -> str:
    """A term of pyoxigraph as it is compared."""
    if isinstance(term, pyoxigraph.Literal):
        return plain(term.value, term.datatype.value, term.language)
    return "" if term is None else str(term)


def of_rdflib(term: Any) -> str:
    """A term of rdflib as it is compared."""
    if isinstance(term, rdflib.Literal):
        return plain(str(term), str(term.datatype) if term.datatype else None, term.language)
    return "" if term is None else f"<{term}>"


def asked_of_store(store: pyoxigraph.Store, text: str) -> Answer:
    """The answer of the store."""
    answer = store.query(text)
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return Counter([(str(bool(answer)),)])
    if isinstance(answer, pyoxigraph.QueryTriples):
        return Counter({tuple(of_store(t) for t in (row.subject, row.predicate, row.object)) for row in answer})
    return Counter(tuple(of_store(term) for term in row) for row in answer)


def asked_of_rdflib(graph: rdflib.Dataset, text: str) -> Answer:
    """The answer of rdflib."""
    answer = graph.query(text)
    if answer.type == "ASK":
        return Counter([(str(answer.askAnswer),)])
    if answer.type == "CONSTRUCT":
        return Counter({tuple(map(of_rdflib, triple)) for triple in answer.graph or ()})
    return Counter(tuple(map(of_rdflib, tuple(row))) for row in answer if isinstance(row, tuple))


def loose(answer: Answer) -> Answer:
    """An answer with the parts of joined cells sorted, without languages."""
    found = Answer()
    for row, n in answer.items():
        texts = (re.sub('"@[a-z]+$', "", cell).strip('"') for cell in row)
        found[tuple(" ".join(sorted(re.split("[ 、|]", text))) for text in texts)] += n
    return found


def compared(ours: Answer, theirs: Answer | None) -> str:
    """What is to be said of two answers; nothing when they are the same or there is only one."""
    if theirs is None or ours == theirs:
        return ""
    return "JOINED" if loose(ours) == loose(theirs) else "DIFFERENT"


def cpu(work: Callable[[], Answer], rounds: int) -> tuple[float, Answer]:
    """The least CPU seconds of some rounds, and the answer."""
    least, answer = float("inf"), Counter[tuple[str, ...]]()
    for _ in range(rounds):
        start = time.process_time()
        answer = work()
        least = min(least, time.process_time() - start)
    return least, answer


def in_child(graph: rdflib.Dataset, text: str, limit: int, end: Connection) -> None:
    """Asks rdflib in a forked process, which the system ends after `limit` CPU seconds of the query."""
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + limit, used + limit))
    end.send_bytes(pickle.dumps(cpu(lambda: asked_of_rdflib(graph, text), 1)))
    end.close()


def with_limit(graph: rdflib.Dataset, text: str, limit: int) -> tuple[float, Answer | None, bool]:
    """CPU seconds and answer of rdflib, and whether it failed; the limit and None when it did not end."""
    fork = mp.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=in_child, args=(graph, text, limit, theirs))
    child.start()
    theirs.close()
    try:
        seconds, answer = pickle.loads(ours.recv_bytes())
    except EOFError:
        child.join()
        # A process that the system ends has a negative code, one that raised an error a positive one.
        return float(limit), None, (child.exitcode or 0) > 0
    child.join()
    return seconds, answer, False


def measured(name: str, text: str, stores: tuple[pyoxigraph.Store, Path], graph: rdflib.Dataset, args: Any) -> Line:
    """One query, asked of all three."""
    memory, disk = stores
    fast, answer = cpu(lambda: asked_of_store(memory, text), args.rounds)
    opened, stored = cpu(lambda: asked_of_store(open_store(disk), text), args.rounds)
    if loose(stored) != loose(answer):
        raise SystemExit(f"{name}: the stores in memory and on disk give different answers")
    slow, theirs, failed = with_limit(graph, text, args.limit)
    mark = "FAILED" if failed else compared(answer, theirs)
    return Line(name, fast, opened, slow, answer.total(), theirs is None, mark)


def summary(lines: list[Line], built: float) -> bool:
    """Prints the medians and the slowest query; True when all is as wanted."""
    good = not any(line.mark == "DIFFERENT" for line in lines)
    for place, wanted in (("memory", MEMORY), ("disk", DISK)):
        ratios = [line.rdflib / getattr(line, place) for line in lines if line.mark != "FAILED"]
        median = statistics.median(ratios)
        under = sum(ratio < wanted for ratio in ratios)
        good &= median >= wanted
        mark = "" if median >= wanted else "BELOW"
        print(
            f"{place}: median {median:.1f} x, wanted {wanted:.0f} x {mark} ({under} of {len(ratios)} queries under it)"
        )
    slowest = max(lines, key=lambda line: line.disk)
    mark = "" if slowest.disk <= built else "ABOVE"
    print(f"slowest: {slowest.name}, {slowest.disk:.2f} s; the build took {built:.2f} s {mark}")
    return good and slowest.disk <= built


def main() -> int:
    """Measures and prints; 1 when something is worse than wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("-n", dest="rounds", type=int, default=5, help="rounds of the store; the least counts")
    parser.add_argument("--limit", type=int, default=60, help="CPU seconds after which rdflib is stopped")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these queries")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        result = build([args.report], Path(folder), validate=False)
        built = time.process_time() - start
        if result.directory is None:
            raise SystemExit("the report was not built")
        disk, quads = result.directory / "store", result.directory / "graph.nq"
        memory = load(quads)
        graph = rdflib.Dataset(default_union=False)
        graph.parse(quads, format="nquads")
        print(f"{'':<42} {'':>10} {'memory':>8} {'disk':>8} {'rdflib':>10}     {'memory':>8} {'disk':>8}")
        lines = []
        for query in load_queries():
            if args.only and query.name not in args.only and query.subject not in args.only:
                continue
            lines.append(measured(query.name, bind_params(memory, query, {}), (memory, disk), graph, args))
            print(lines[-1], flush=True)
        return 0 if summary(lines, built) else 1


if __name__ == "__main__":
    sys.exit(main())
