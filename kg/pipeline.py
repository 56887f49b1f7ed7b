"""From reports to a validated graph on disk: the only place that knows the order of the rooms.

    read -> extract -> facts/ -> resolve -> resolution.jsonl -> graph.nq -> store/ -> validate -> manifest.json

The product files of a build depend on the reports and the rules alone: not on folders, jobs or time.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

import kg
from kg.builds import building, publish
from kg.errors import ConfigError, InputError
from kg.model import Fact, FactKind, Issue, Resolution, Source
from kg.model.frozen import Frozen
from kg.model.judgement import Judgements, read_judgements, unplaced
from kg.resources import resource

if TYPE_CHECKING:
    from kg.diff import Side
    from kg.store.shacl import ValidationReport

__all__ = ["BuildResult", "build", "collector_paused", "find_reports", "open_side", "rules_hash"]

_REPORTS = (".md", ".txt")
_RULE_DATA = frozenset({".csv", ".tsv", ".json", ".txt", ".ttl", ".rq"})
_Progress = Callable[[str], None]


class BuildResult(Frozen):
    """What a build came to. `directory` is None when the graph does not conform: the old build stayed, and
    the report is in `OUT/rejected/validation.txt`. `counts` are resolved things, `quads` lines by graph."""

    directory: Path | None
    sources: tuple[Source, ...]
    counts: Mapping[FactKind, int]
    quads: Mapping[str, int]
    issues: tuple[Issue, ...]
    repairs: int
    validation: ValidationReport | None

    @property
    def conforms(self) -> bool:
        """False when the build was validated and did not conform."""
        return self.validation is None or bool(self.validation.conforms)


class _Extracted(Frozen):
    """What one report gave; plain values that can travel between processes."""

    path: Path
    source: Source
    text: str
    facts: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    repairs: int


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles of objects: the values that pass between rooms have none, and there are many of them."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    validate: bool = True,
    progress: _Progress | None = None,
    judgements: Path | None = None,
) -> BuildResult:
    """Builds the graph of these reports (files or directories; none: the bundled sample) under OUT.

    `jobs` processes read and extract; the result does not depend on it. `progress` gets a line a step.
    `judgements` is a file of what people judged, by default the `judgements.csv` beside each report.
    Raises InputError for a source that is no report, ConfigError for `jobs` below 1 and for a malformed
    judgement, KgError when another build is at work in OUT.
    """
    if jobs < 1:
        raise ConfigError(f"jobs {jobs}; expected 1 or more")
    tell = progress or _silent
    paths = find_reports(sources)
    judged = _judgements(paths, judgements)
    with building(out) as work:
        extracted = _extract_all(paths, judged, jobs, tell)
        _check_ids(extracted)
        _write_sources(work, extracted)
        tell("resolving")
        resolution = _resolved(extracted, judged)
        repairs = sum(item.repairs for item in extracted)
        facts = {item.source.id: len(item.facts) for item in extracted}
        del extracted
        _write_lines(work / "resolution.jsonl", _resolution_lines(resolution))
        if judged:
            _write_lines(work / "judgements.csv", judged.lines())
        tell("writing the graph")
        quads = _write_graph(resolution, work / "graph.nq")
        result = BuildResult(
            None, resolution.sources, resolution.kind_counts(), quads, resolution.issues, repairs, None
        )
        del resolution
        report = _load_and_validate(work, validate, tell)
        result = replace(result, validation=report)
        if not result.conforms:
            _reject(out, report)
            return result
        name = _write_manifest(work, result, facts, judged)
        tell("syncing")
        return replace(result, directory=_accept(out, work, name))


def _silent(_: str) -> None:
    pass


# Reports.


def find_reports(sources: Sequence[Path]) -> tuple[Path, ...]:
    """The report files that sources mean: a directory stands for its *.md and *.txt files, sorted by name.

    Without sources it is the bundled sample. Raises InputError for a source that has no report.
    """
    if not sources:
        # Beside the sample stand notes about it, which are no report.
        return tuple(sorted(resource("data", "sample").glob("*.md")))
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(path for path in source.iterdir() if not path.name.startswith("."))
            reports = [path for path in inside if path.suffix.lower() in _REPORTS and path.is_file()]
            if not reports:
                what = "a directory without reports" if inside else "an empty directory"
                raise InputError(f"{source}: {what}; expected *.md or *.txt files")
            found += reports
        elif source.is_file():
            found.append(source)
        elif source.exists() or source.is_symlink():
            raise InputError(f"{source}: not a file; expected a report or a directory of reports")
        else:
            raise InputError(f"{source}: no such file; expected a report or a directory of reports")
    return tuple(found)


def _judgements(paths: Sequence[Path], given: Path | None) -> Judgements:
    """What people judged: in the file that was given, else in those beside the reports."""
    if given is not None:
        return read_judgements([given])
    beside = sorted({path.parent / "judgements.csv" for path in paths})
    return read_judgements(path for path in beside if path.is_file())


def _extract_all(paths: Sequence[Path], judged: Judgements, jobs: int, tell: _Progress) -> tuple[_Extracted, ...]:
    """The reports in the order of their ids, so that the order of the sources makes no difference."""
    one = partial(_extract_one, judged=judged, alone=len(paths) == 1)
    if jobs == 1 or len(paths) == 1:
        found = _collect(paths, map(one, paths), tell)
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # spawn: a forked copy of a process with threads can hang.
        with ProcessPoolExecutor(min(jobs, len(paths)), mp_context=get_context("spawn")) as pool:
            found = _collect(paths, pool.map(one, paths), tell)
    return tuple(sorted(found, key=lambda item: item.source.id))


def _collect(paths: Sequence[Path], waiting: Iterator[_Extracted], tell: _Progress) -> list[_Extracted]:
    found = []
    for path in paths:
        tell(f"reading {path.name}")
        found.append(next(waiting))
    return found


@collector_paused()
def _extract_one(path: Path, judged: Judgements, alone: bool) -> _Extracted:
    from kg.extract import extract
    from kg.lexicon import load_lexicon
    from kg.text import read_report

    lexicon = load_lexicon()
    report = read_report(path, lexicon)
    issues = report.issues
    if judged:
        from kg.text.amend import amend

        report, unread = amend(report, judged)
        issues += unread
    extraction = extract(report, lexicon)
    facts, issues = extraction.facts, issues + extraction.issues
    if judged:
        from kg.extract.added import added_facts

        added, unfound = added_facts(report, judged, alone=alone)
        facts, issues = facts + added, issues + unfound
    return _Extracted(
        path,
        report.source,
        report.layer.text,
        facts,
        issues,
        len(report.repairs),
    )


def _check_ids(extracted: Sequence[_Extracted]) -> None:
    seen: dict[str, Path] = {}
    for item in extracted:
        name = item.source.id
        if name in seen:
            raise InputError(
                f"{item.path}: source id {name} is that of {seen[name]} too; expected one id a report "
                "(give `part` or `id` in sources.csv or front matter)"
            )
        seen[name] = item.path


@collector_paused()
def _resolved(extracted: Sequence[_Extracted], judged: Judgements) -> Resolution:
    from kg.lexicon import load_lexicon
    from kg.resolve import resolve

    resolution = resolve([(item.source, item.facts) for item in extracted], load_lexicon(), judged)
    issues = {issue for item in extracted for issue in item.issues}.union(resolution.issues)
    issues.update(unplaced(judged, {item.source.id for item in extracted}))
    return replace(resolution, issues=tuple(sorted(issues)))


# Files.


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)


def _write_sources(work: Path, extracted: Sequence[_Extracted]) -> None:
    from kg.model.codec import fact_to_json

    (work / "facts").mkdir()
    (work / "sources").mkdir()
    for item in extracted:
        _write_lines(work / "facts" / f"{item.source.id}.jsonl", sorted(map(fact_to_json, item.facts)))
        # Bytes: the line ends of the text layer stay as they are, since offsets count them.
        (work / "sources" / f"{item.source.id}.txt").write_bytes(item.text.encode())


def _resolution_lines(resolution: Resolution) -> Iterator[str]:
    from kg.model.codec import resolution_to_lines

    return resolution_to_lines(resolution)


def _write_graph(resolution: Resolution, path: Path) -> dict[str, int]:
    from kg.rdf import make_graph

    graph = make_graph(resolution)
    graph.write(path)
    return graph.counts


def _load_and_validate(work: Path, validate: bool, tell: _Progress) -> ValidationReport | None:
    from kg.store.graph import load

    tell("loading the store")
    store = load(work / "graph.nq", work / "store")
    if not validate:
        return None
    from kg.store import shacl

    tell("validating")
    return shacl.validate(store)


def _write_manifest(work: Path, result: BuildResult, facts: Mapping[str, int], judged: Judgements) -> str:
    """Writes the manifest and returns the name of the build: a hash of the manifest."""
    products = [work / "graph.nq", work / "resolution.jsonl", *(work / "facts").iterdir()]
    products += (work / "sources").iterdir()
    products += [work / "judgements.csv"] if judged else []
    manifest = {
        "zhitu": kg.__version__,
        "rules": rules_hash(),
        "sources": [
            {"id": item.id, "file": item.filename, "sha256": item.sha256, "facts": facts[item.id]}
            for item in result.sources
        ],
        "counts": {kind.value: count for kind, count in result.counts.items()},
        "quads": dict(result.quads),
        "issues": len(result.issues),
        "repairs": result.repairs,
        "files": {path.relative_to(work).as_posix(): _file_hash(path) for path in products},
    }
    if judged:
        manifest["judgements"] = [{"file": name, "sha256": digest} for name, digest in judged.files]
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (work / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def rules_hash() -> str:
    """A hash of everything that decides what a text becomes: the package's modules, word lists, shapes."""
    package = Path(kg.__file__).resolve().parent
    rules = {
        f"kg/{path.relative_to(package).as_posix()}": path
        for path in package.rglob("*.py")
        if "_resources" not in path.parts
    }
    for name in ("data", "ontology", "shapes"):
        top = resource(name)
        for path in top.rglob("*"):
            inside = path.relative_to(top)
            # The sample is a report, not a rule.
            if path.suffix in _RULE_DATA and inside.parts[0] != "sample":
                rules[f"{name}/{inside.as_posix()}"] = path
    digest = hashlib.sha256()
    for place in sorted(rules):
        digest.update(f"{place}\n{_file_hash(rules[place])}\n".encode())
    return digest.hexdigest()


# What becomes of a build.


def _accept(out: Path, work: Path, name: str) -> Path:
    directory = publish(out, work, name)
    # The report of a build that was refused before says nothing of this one.
    (out / "rejected" / "validation.txt").unlink(missing_ok=True)
    return directory


def _reject(out: Path, report: ValidationReport | None) -> None:
    from kg.store.report import render_text

    if report is not None:
        rejected = out / "rejected"
        rejected.mkdir(exist_ok=True)
        text = f"{render_text(report, 'zh')}\n{render_text(report, 'en')}"
        (rejected / "validation.txt").write_text(text, encoding="utf-8")


# A build read again.


def open_side(text: str, out: Path) -> Side:
    """What is compared under the name that the user gave: a build, or one source of the build in OUT, resolved by
    itself, so that its things have the values that it alone gives them. Raises as `kg.diff.find_side` does."""
    from kg.diff import find_side, read_resolution, side_of_build, side_of_source

    directory, source = find_side(text, out)
    whole = read_resolution(directory)
    if not source:
        return side_of_build(text, whole)
    from kg.lexicon import load_lexicon
    from kg.model.codec import fact_from_json
    from kg.resolve import resolve

    with (directory / "facts" / f"{source}.jsonl").open(encoding="utf-8", newline="\n") as stream:
        facts = [fact_from_json(line) for line in stream]
    judged = read_judgements(path for path in (directory / "judgements.csv",) if path.is_file())
    (own,) = (item for item in whole.sources if item.id == source)
    return side_of_source(text, resolve([(own, facts)], load_lexicon(), judged), whole)
