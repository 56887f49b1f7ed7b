"""TriG, Turtle and N-Quads say what graph.nq says, cut no more than they are told to, and are whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from handmade import WHOLE
from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, parse

from kg.export import Quotes, copy_nquads, read_quads, write_nquads, write_trig, write_turtle
from kg.export.beside import beside
from kg.rdf import make_graph

ROOT = Path(__file__).resolve().parents[2]
ZT, OA = "https://w3id.org/zhitu/def#", "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "graph.nq"
    make_graph(WHOLE).write(path)
    return path


def quads(path: Path, form: RdfFormat = RdfFormat.N_QUADS) -> set[Quad]:
    return set(parse(path=str(path), format=form))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_trig_holds_every_quad_and_two_parsers_agree(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "graph.trig"
    count = write_trig(graph, target)
    assert count == len(quads(graph)) == len(graph.read_bytes().splitlines())
    assert quads(target, RdfFormat.TRIG) == quads(graph)
    theirs = rdflib.Dataset(default_union=False)
    theirs.parse(target, format="trig")
    found = {(s, p, o) for graph in theirs.graphs() for s, p, o in graph}
    assert len(found) == count


def test_prefixes_come_first_and_in_order(graph: Path, tmp_path: Path) -> None:
    write_trig(graph, tmp_path / "g.trig")
    lines = (tmp_path / "g.trig").read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("@prefix")]
    assert head == sorted(head) == lines[: len(head)]
    assert any(line.startswith("@prefix zt: ") for line in head)


def test_turtle_holds_the_default_graph_alone(graph: Path, tmp_path: Path) -> None:
    count = write_turtle(graph, tmp_path / "g.ttl")
    wanted = {quad.triple for quad in quads(graph) if quad.graph_name == DefaultGraph()}
    assert {quad.triple for quad in quads(tmp_path / "g.ttl", RdfFormat.TURTLE)} == wanted
    assert count == len(wanted)


def words(found: set[Quad]) -> dict[str, str]:
    """The words by subject and property."""
    names = {f"{ZT}quote", f"{ZT}quotes", f"{OA}exact"}
    return {
        f"{quad.subject} {quad.predicate}": quad.object.value
        for quad in found
        if quad.predicate.value in names and isinstance(quad.object, Literal)
    }


def test_quotes_are_cut_or_left_out_and_nothing_else(tmp_path: Path) -> None:
    long, bars = "字" * 70, "| 甲 | " * 20
    lines = [
        f'<{ZT}s> <{OA}exact> "{bars}" <{ZT}g> .',
        f'<{ZT}s> <{ZT}line> "{long}" <{ZT}g> .',
        f'<{ZT}s> <{ZT}quote> "{long}" <{ZT}g> .',
        f'<{ZT}s> <{ZT}quotes> "{long}|短|{long}" <{ZT}g> .',
    ]
    graph = tmp_path / "g.nq"
    graph.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert list(read_quads(graph)) == list(parse(path=str(graph), format=RdfFormat.N_QUADS))
    assert write_nquads(read_quads(graph, Quotes.SHORT), tmp_path / "short.nq") == 4
    assert sorted(words(quads(tmp_path / "short.nq")).values()) == [bars[:60], long[:60], f"{long[:60]}|短|{long[:60]}"]
    assert write_trig(graph, tmp_path / "none.trig", Quotes.NONE) == 1
    assert quads(tmp_path / "none.trig", RdfFormat.TRIG) == {
        q for q in quads(graph) if q.predicate.value == f"{ZT}line"
    }


@pytest.mark.parametrize("mode", list(Quotes))
def test_no_sentence_is_left_where_none_is_wanted(graph: Path, tmp_path: Path, mode: Quotes) -> None:
    write_trig(graph, tmp_path / "g.trig", mode)
    found, whole = quads(tmp_path / "g.trig", RdfFormat.TRIG), quads(graph)
    spoken = words(whole)
    assert {q for q in found if f"{q.subject} {q.predicate}" not in spoken} == {
        q for q in whole if f"{q.subject} {q.predicate}" not in spoken
    }
    assert (words(found) == {}) is (mode is Quotes.NONE)


def test_the_same_bytes_under_any_hash_seed(graph: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.export import write_trig, write_turtle; "
        "graph, folder = map(Path, sys.argv[1:]); "
        "write_trig(graph, folder / 'g.trig'); write_turtle(graph, folder / 'g.ttl')"
    )
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(graph), str(tmp_path / seed)], env=env, check=True)
    for name in ("g.trig", "g.ttl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "77" / name).read_bytes()


def test_what_was_there_stays_whole_when_a_write_fails(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "g.trig"
    target.write_text("before", encoding="utf-8")
    broken = tmp_path / "broken.nq"
    broken.write_bytes(graph.read_bytes()[:-20] + b"\n<no quad\n")
    with pytest.raises(Exception, match="expected N-Quads"):
        write_trig(broken, target)
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.nq", "g.trig"]


def test_a_link_stays_a_link_and_a_device_is_written_to(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before", encoding="utf-8")
    (tmp_path / "link").symlink_to("file")
    copy_nquads(graph, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == graph.read_bytes()
    null = Path(os.devnull)
    with beside(null) as part:
        assert part == null
