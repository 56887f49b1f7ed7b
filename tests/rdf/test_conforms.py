"""Mapping and shapes agree: what the mapping makes of a resolution that has everything conforms."""

from __future__ import annotations

from pathlib import Path

from handmade import WHOLE
from msgspec.structs import replace

from kg.rdf import write_nquads
from kg.store.graph import load
from kg.store.shacl import validate


def test_the_handmade_graph_conforms_and_every_shape_meets_a_node(tmp_path: Path) -> None:
    write_nquads(WHOLE, tmp_path / "g.nq")
    report = validate(load(tmp_path / "g.nq"))
    assert report.results == ()
    assert report.conforms
    assert {shape for shape, count in report.focus_counts.items() if not count} == set()


def test_a_figure_that_nobody_tells_is_found(tmp_path: Path) -> None:
    write_nquads(replace(WHOLE, tellings=WHOLE.tellings[:-1]), tmp_path / "g.nq")
    report = validate(load(tmp_path / "g.nq"))
    assert not report.conforms
    assert {result.focus.rpartition("/id/")[2].rstrip(">") for result in report.results} == {"indicator/2"}
