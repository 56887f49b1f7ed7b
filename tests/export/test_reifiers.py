"""RDF 1.2: a telling reifies the triples that it tells, and no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from handmade import TELLINGS, WHOLE, day
from msgspec.structs import replace
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, parse

from kg.export import Quotes, read_quads, write_export
from kg.export.reifiers import reifiers
from kg.model import Actor, EventFact, EventType, Resolution, Telling
from kg.model.codec import resolution_to_lines
from kg.rdf import make_graph
from kg.store import load, open_store

ROOT = Path(__file__).resolve().parents[2]
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"


def built(folder: Path, resolution: Resolution = WHOLE) -> Path:
    make_graph(resolution).write(folder / "graph.nq")
    lines = "".join(f"{line}\n" for line in resolution_to_lines(resolution))
    (folder / "resolution.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    return folder


def last(node: object) -> str:
    """The text of a node, an IRI cut to its last part."""
    return re.split(r"[/#]", str(getattr(node, "value", node)))[-1]


def told(folder: Path, name: str) -> set[str]:
    """What a telling reifies, as `property value`."""
    found = set()
    for quad in reifiers(folder / "resolution.jsonl", load(folder / "graph.nq")):
        assert isinstance(quad.object, Triple)
        if last(quad.subject) == name:
            found.add(f"{last(quad.object.predicate)} {last(quad.object.object)}")
    return found


def test_what_a_telling_of_an_event_tells(tmp_path: Path) -> None:
    assert told(built(tmp_path), "t2") == {
        "type Event",
        "eventType eventType-meeting",
        "status eventStatus-held",
        "date 2024-10-21",
        "endDate 2024-10-23",
        "earliest 2024-10-21",
        "latest 2024-10-23",
        "organizer demo",
        "person zhang",
        "chair zhang",
    }


def test_only_what_was_chosen_and_is_told_is_claimed(tmp_path: Path) -> None:
    fact = EventFact(
        passage=TELLINGS[2].fact.passage,
        rule="other",
        name="第三次示例会议",
        type=EventType.VISIT,
        when=day("2024-10"),
        places=("深圳", "上海"),
        hosts=(Actor("本局"),),
        participants=(Actor("该中心"),),
        ordinal=3,
    )
    other = (*TELLINGS[:2], Telling("t2", "event/1", fact), *TELLINGS[3:])
    # The month is not the chosen day, a visit not the chosen type; nothing bears the name 该中心, the host that of 本局.
    assert told(built(tmp_path, replace(WHOLE, tellings=other)), "t2") == {
        "type Event",
        "status eventStatus-held",
        "prefLabel 第三次示例会议",
        "location cn-gd-sz",
        "organizer demo",
        "ordinal 3",
    }


def test_figures_posts_and_ties(tmp_path: Path) -> None:
    folder = built(tmp_path)
    figure = told(folder, "t7")
    assert figure >= {"obsValue 475000", "writtenValue 47.50", "comparisonValue -3.2", "low 40"}
    # The figure has a bound above and is cumulative; this telling says neither.
    assert not {line for line in figure if line.startswith(("high", "cumulative"))}
    assert told(folder, "t1") == {"type Membership", "member zhang", f"post {post(folder)}", "organization demo"}
    assert told(folder, "t6") >= {"type Tie", "actorA demo", "actorB group-1", "relation relation-signs_with"}


def post(folder: Path) -> str:
    quads = read_quads(folder / "graph.nq")
    return next(last(quad.subject) for quad in quads if str(quad.object) == '"局长"@zh')


@pytest.mark.parametrize(("form", "syntax"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
@pytest.mark.parametrize("quotes", [Quotes.FULL, Quotes.NONE])
def test_it_reads_back_as_the_graph_and_the_reifiers(
    tmp_path: Path, form: str, syntax: RdfFormat, quotes: Quotes
) -> None:
    folder = built(tmp_path)
    store = load(folder / "graph.nq")
    target = tmp_path / f"g.{form}"
    write_export(form, folder / "graph.nq", lambda: store, target, quotes, told=folder / "resolution.jsonl")
    found = set(parse(path=str(target), format=syntax))
    added = {quad for quad in found if quad.predicate.value == REIFIES}
    assert added == set(reifiers(folder / "resolution.jsonl", store))
    assert found - added == set(read_quads(folder / "graph.nq", quotes))


def check(quads: set[Quad], reified: list[Quad]) -> None:
    facts = {quad.triple for quad in quads if quad.graph_name == DefaultGraph()}
    tellings = {(quad.subject, quad.graph_name) for quad in quads if quad.predicate.value.endswith("#tells")}
    assert {quad.object for quad in reified} <= facts
    assert {(quad.subject, quad.graph_name) for quad in reified} == tellings
    assert len(reified) == len(set(reified)) > 3 * len(tellings)


def test_every_telling_of_the_sample_is_a_reifier_of_facts_of_the_sample(sample: Path) -> None:
    found = list(reifiers(sample / "resolution.jsonl", open_store(sample / "store")))
    check(set(read_quads(sample / "graph.nq")), found)


def test_the_store_is_not_touched(tmp_path: Path) -> None:
    folder = built(tmp_path)
    store = Store()
    store.bulk_load(path=str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    before = set(store)
    assert len(list(reifiers(folder / "resolution.jsonl", store))) > 30
    assert set(store) == before


def test_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    folder = built(tmp_path)
    code = (
        "import sys; from pathlib import Path; from kg.export import write_export; from kg.store import load; "
        "folder, target = map(Path, sys.argv[1:]); graph = folder / 'graph.nq'; "
        "write_export('trig', graph, lambda: load(graph), target, told=folder / 'resolution.jsonl')"
    )
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / seed)], env=env, check=True)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "77").read_bytes()
