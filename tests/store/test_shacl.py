"""Validation: what is told of a result, beside which lines, and how it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import ConfigError
from kg.store import shacl
from kg.store.report import SHAPES, Line, Severity, ValidationReport, render_json, render_text, to_turtle

ID = "https://w3id.org/zhitu/id/"
ZT = "https://w3id.org/zhitu/def#"
PREFIXES = """
@prefix zt: <https://w3id.org/zhitu/def#> .
@prefix id: <https://w3id.org/zhitu/id/> .
@prefix data: <https://w3id.org/zhitu/data/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
#: A person without a name (two passages, one of them in two pieces), a membership nowhere (a warning), a body
#: that no telling tells of, and a wrong person in a named graph, which no shape may see.
DATA = (
    PREFIXES
    + """
id:person\\/a a zt:Person, foaf:Person .
id:person\\/b a zt:Person, foaf:Person ; skos:prefLabel "李四"@zh .
id:post\\/a a org:Post ; skos:prefLabel "局长"@zh .
id:membership\\/a a org:Membership ; org:member id:person\\/b ; zt:post id:post\\/a .
id:agency\\/a a zt:Agency, org:Organization ; skos:prefLabel "示例\\"局\\""@zh ; zt:agencyKind "局\\n厅" .
id:document\\/a zt:issuer id:agency\\/a ; a zt:PolicyDocument, <https://schema.org/CreativeWork> ;
    skos:prefLabel "通知"@zh ; zt:documentKind zt:documentKind-notice .
data:demo\\/tellings {
  id:telling\\/1 zt:tells id:person\\/a ; prov:wasDerivedFrom id:passage\\/1 .
  id:telling\\/2 zt:tells id:person\\/a ; prov:wasDerivedFrom id:passage\\/2 .
  id:telling\\/3 zt:tells id:document\\/a ; prov:wasDerivedFrom id:passage\\/2 .
}
data:demo\\/passages {
  id:passage\\/1 oa:hasSource data:demo-2024 ; zt:lines "12|14" ; zt:quotes "局长|出席会议" .
  id:passage\\/2 oa:hasSource data:demo-2023 ; zt:lines "7" ; zt:quotes "某局长致辞" .
  id:person\\/c a zt:Person .
}
"""
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return found


@pytest.fixture(scope="module")
def report(store: ox.Store) -> ValidationReport:
    return shacl.validate(store)


def shapes_of(report: ValidationReport) -> list[str]:
    return [result.shape.removeprefix(SHAPES) for result in report.results]


def test_results_are_of_the_default_graph_and_sorted(report: ValidationReport) -> None:
    assert shapes_of(report) == ["Agency-agencyKind", "Person-prefLabel", "Membership-affiliation"]
    assert [result.severity for result in report.results] == [
        Severity.VIOLATION,
        Severity.VIOLATION,
        Severity.WARNING,
    ]
    assert not report.conforms


def test_what_a_result_tells(report: ValidationReport) -> None:
    kind, person, membership = report.results
    assert (kind.focus, kind.label) == (f"{ID}agency/a", '示例"局"')
    assert kind.path == f"{ZT}agencyKind"
    assert kind.value == r'"局\n厅"' or kind.value == '"""局\n厅"""'
    assert (person.focus, person.label, person.value) == (f"{ID}person/a", "", "")
    assert person.message_zh == "须有且只有一个中文首选名称。"
    assert person.message_en == "Exactly one preferred name in Chinese is expected."
    assert person.component == str(SH.MinCountConstraintComponent)
    assert membership.path == f"http://www.w3.org/ns/org#organization|{ZT}country"


def test_lines_of_the_tellings_stand_beside_a_result(report: ValidationReport) -> None:
    assert report.results[1].lines == (
        Line("demo-2023", 7, "某局长致辞"),
        Line("demo-2024", 12, "局长"),
        Line("demo-2024", 14, "出席会议"),
    )


def test_lines_of_what_refers_to_it_stand_in(report: ValidationReport) -> None:
    assert report.results[0].lines == (Line("demo-2023", 7, "某局长致辞"),)
    assert report.results[2].lines == ()


def test_lines_of_its_own_passage() -> None:
    found = ox.Store()
    triples = """
    id:observation\\/b a zt:MissingCell ; prov:wasDerivedFrom id:passage\\/1 .
    data:demo\\/passages { id:passage\\/1 oa:hasSource data:demo ; zt:lines "3" ; zt:quotes "| 广东 | - |" . }"""
    found.load((PREFIXES + triples).encode(), format=ox.RdfFormat.TRIG)
    results = [r for r in shacl.validate(found).results if r.shape == f"{SHAPES}MissingCell-value"]
    assert [result.lines for result in results] == [(Line("demo", 3, "| 广东 | - |"),)]


def test_only_warnings_conform() -> None:
    found = ox.Store()
    membership = 'id:post\\/a a org:Post ; skos:prefLabel "局长"@zh . id:person\\/b a zt:Person, foaf:Person ;'
    membership += ' skos:prefLabel "李四"@zh . id:membership\\/a a org:Membership ;'
    membership += " org:member id:person\\/b ; zt:post id:post\\/a ."
    found.load((PREFIXES + membership).encode(), format=ox.RdfFormat.TURTLE)
    report = shacl.validate(found)
    assert shapes_of(report) == ["Membership-affiliation"]
    assert report.conforms
    assert "符合: 违规 0，警告 1" in render_text(report, "zh")
    assert "sh:conforms false" in to_turtle(report)


def test_focus_nodes_are_counted_and_a_shape_without_one_is_told(report: ValidationReport) -> None:
    counts = {shape.removeprefix(SHAPES): count for shape, count in report.focus_counts.items()}
    assert (counts["Person"], counts["Agency"], counts["Event"]) == (2, 1, 0)
    assert counts["Thing"] == 6
    text = render_text(report, "en")
    assert "       2  zts:Person\n" in text
    assert "       0  zts:Event  no focus node: this shape has checked nothing\n" in text
    assert "       0  zts:Event  没有焦点节点" in render_text(report, "zh")


def test_text_begins_with_place_and_finding(report: ValidationReport) -> None:
    lines = render_text(report, "en").splitlines()
    start = next(n for n, line in enumerate(lines) if "id:person/a" in line)
    assert lines[start] == (
        "demo-2023:7: violation: Exactly one preferred name in Chinese is expected.; id:person/a; skos:prefLabel"
    )
    assert lines[start + 1 : start + 4] == [
        "    某局长致辞",
        "    demo-2024:12: 局长",
        "    demo-2024:14: 出席会议",
    ]
    assert "does not conform: 2 violations, 1 warnings" in lines
    chinese = render_text(report, "zh").splitlines()
    assert "demo-2023:7: 违规: 须有且只有一个中文首选名称。; id:person/a; skos:prefLabel" in chinese
    assert any(line.startswith("出处不详: 警告: 任职应有机构或国家。") for line in chinese)


def test_no_other_language(report: ValidationReport) -> None:
    with pytest.raises(KeyError):
        render_text(report, "fr")


def test_json(report: ValidationReport) -> None:
    told = json.loads(render_json(report))
    assert told["conforms"] is False
    assert told["focus_counts"][f"{SHAPES}Person"] == 2
    assert told["results"][1]["lines"][0] == {"source": "demo-2023", "line": 7, "quote": "某局长致辞"}
    assert told["results"][2]["severity"] == "Warning"


def test_turtle_is_a_validation_report_without_blank_nodes(report: ValidationReport) -> None:
    graph = rdflib.Graph().parse(data=to_turtle(report), format="turtle")
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    whole = rdflib.URIRef(f"{ID}validation")
    assert (whole, RDF.type, SH.ValidationReport) in graph
    assert (whole, SH.conforms, rdflib.Literal(False)) in graph
    assert set(graph.objects(whole, SH.result)) == {rdflib.URIRef(f"{ID}validation/{n}") for n in (1, 2, 3)}
    first = rdflib.URIRef(f"{ID}validation/1")
    assert graph.value(first, SH.value) == rdflib.Literal("局\n厅")
    assert {message.language for message in graph.objects(first, SH.resultMessage)} == {"zh", "en"}
    assert len(list(ox.parse(to_turtle(report).encode(), format=ox.RdfFormat.TURTLE))) == len(graph)


def test_a_file_and_a_store_tell_the_same(store: ox.Store, report: ValidationReport, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    with path.open("wb") as out:
        store.dump(out, format=ox.RdfFormat.N_QUADS)
    assert shacl.validate(path) == report


def test_an_empty_graph_conforms_and_says_so() -> None:
    report = shacl.validate(ox.Store())
    assert report.conforms
    assert set(report.focus_counts.values()) == {0}
    graph = rdflib.Graph().parse(data=to_turtle(report), format="turtle")
    assert graph.value(rdflib.URIRef(f"{ID}validation"), SH.conforms) == rdflib.Literal(True)


def test_a_wrong_literal_of_many_is_told_once() -> None:
    found = ox.Store()
    rows = [f'id:observation\\/{n} zt:period "2024" ; prov:wasDerivedFrom id:passage\\/{n} .' for n in range(9)]
    passages = [f'id:passage\\/{n} oa:hasSource data:demo ; zt:lines "{n + 1}" ; zt:quotes "行" .' for n in range(9)]
    text = PREFIXES + "\n".join(rows) + "data:demo\\/passages {" + "\n".join(passages) + "}"
    found.load(text.encode(), format=ox.RdfFormat.TRIG)
    (result,) = shacl.validate(found).results
    assert (result.shape, result.focus, result.label) == (f"{SHAPES}Period", '"2024"', "2024")
    assert [line.line for line in result.lines] == [1, 2, 3]
    assert 'sh:focusNode "2024" ;' in to_turtle(shacl.validate(found))


def test_a_file_of_shapes_that_is_no_turtle(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\nthis is\nno Turtle", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.ttl:\d+: no Turtle; expected a file of shapes"):
        shacl.validate(ox.Store(), [bad])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"graph\.nq|No such file"):
        shacl.validate(tmp_path / "graph.nq")


def test_a_day_that_no_calendar_has_is_a_result_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    found = ox.Store()
    day = '"2024-02-30"^^xsd:date'
    text = f"{PREFIXES} id:tie\\/a zt:date {day} ; zt:earliest {day} ; zt:latest {day} ."
    found.load(text.encode(), format=ox.RdfFormat.TURTLE)
    assert set(shapes_of(shacl.validate(found))) >= {"Dated-date", "Dated-earliest", "Dated-latest"}
    assert caplog.records == []
