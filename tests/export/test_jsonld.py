"""JSON-LD: the quads of graph.nq to three processors that may not load anything; short, framed, streamed, stable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from handmade import WHOLE
from pyld import jsonld
from pyoxigraph import Quad, RdfFormat, Store, parse
from rdflib.namespace import OWL, RDF

from kg.export import Quotes, read_quads, write_jsonld
from kg.export.context import BASE_IRI, published_context
from kg.pipeline import build
from kg.rdf import make_graph
from kg.rdf.vocabulary import PREFIXES, REUSED, SCHEMES, TERMS, concept_name
from kg.resources import resource
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
CONTEXT: dict[str, Any] = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
KEYWORDS = {"id": "@id", "type": "@type", "graph": "@graph", "evidence": "@included"}

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "graph.nq"
    make_graph(WHOLE).write(path)
    return path


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    memory = Store()
    memory.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    return memory


@pytest.fixture(scope="module")
def document(graph: Path, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("out") / "graph.jsonld"
    write_jsonld(graph, store, target)
    return target


def quads(graph: Path, quotes: Quotes = Quotes.FULL) -> set[Quad]:
    return set(read_quads(graph, quotes))


def refuse(url: str, _: object) -> None:
    raise AssertionError(f"{url}: a document was asked for")


def by_pyld(text: str) -> set[Quad]:
    found = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads", "documentLoader": refuse})
    return set(parse(found, format=RdfFormat.N_QUADS))


def by_rdflib(text: str) -> set[Quad]:
    data = rdflib.Dataset(default_union=False)
    data.parse(data=text, format="json-ld")
    return set(parse(data.serialize(format="nquads", encoding="utf-8"), format=RdfFormat.N_QUADS))


def by_oxigraph(text: str) -> set[Quad]:
    return set(parse(text, format=RdfFormat.JSON_LD))


def every(nth: int, document: Path) -> str:
    """The document with each n-th of its entities: two of the processors take a minute for all of them."""
    head, start, *lines, end = document.read_text(encoding="utf-8").splitlines()
    return "\n".join([head, start, ",\n".join(line.removesuffix(",") for line in lines[::nth]), end])


@pytest.mark.parametrize("read", [by_pyld, by_rdflib, by_oxigraph])
@pytest.mark.parametrize("quotes", list(Quotes))
def test_three_processors_find_the_quads_of_the_graph(
    graph: Path, store: Store, tmp_path: Path, quotes: Quotes, read: Callable[[str], set[Quad]]
) -> None:
    write_jsonld(graph, store, tmp_path / "g.jsonld", quotes)
    assert read((tmp_path / "g.jsonld").read_text(encoding="utf-8")) == quads(graph, quotes)


def all_of_a_build(current: Path, target: Path) -> None:
    """All quads by Oxigraph; some by the slower processors."""
    write_jsonld(current / "graph.nq", open_store(current / "store"), target)
    assert by_oxigraph(target.read_text(encoding="utf-8")) == quads(current / "graph.nq")
    some = every(10, target)
    wanted = by_oxigraph(some)
    assert len(wanted) > 10_000
    assert by_pyld(some) == wanted
    assert by_rdflib(some) == wanted


def test_the_sample_comes_back_and_the_readme_shows_it(sample: Path, tmp_path: Path) -> None:
    all_of_a_build(sample, tmp_path / "sample.jsonld")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = json.loads(readme.split("```json\n")[1].split("```")[0])
    real = entities(tmp_path / "sample.jsonld")[shown["id"]]
    for part, whole in zip(shown.pop("evidence"), real.pop("evidence"), strict=True):
        assert part["id"] == whole["id"]
        assert part["graph"][0].items() <= whole["graph"][0].items()
    assert shown == real


def test_the_real_report_comes_back(shared: Path, tmp_path: Path) -> None:
    build([shared / "reports" / "cnipa-2024.md"], tmp_path / "out", validate=False)
    all_of_a_build(tmp_path / "out" / "current", tmp_path / "report.jsonld")


# The shape of it.


def entities(document: Path) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = json.loads(document.read_text(encoding="utf-8"))["@graph"]
    return {node["id"]: node for node in nodes if "graph" not in node}


def test_an_entity_a_line_the_context_first(document: Path) -> None:
    head, start, *lines, end = document.read_text(encoding="utf-8").splitlines()
    assert json.loads(f"{head}{start}]}}") == {"@context": [CONTEXT, {"@base": BASE_IRI}], "@graph": []}
    assert end == "]}"
    for line in lines:
        node = json.loads(line.removesuffix(","))
        assert next(iter(node)) == "id"
        assert node.keys() == {"id", "graph"} or list(node)[1] == "type"


def test_an_event_reads_well(document: Path) -> None:
    event = entities(document)["event/1"]
    evidence = event.pop("evidence")
    assert event == {
        "id": "event/1",
        "type": ["Event", "schema:Event"],
        "name": {"zh": "第三次示例会议"},
        "chair": ["person/zhang"],
        "date": "2024-10-21",
        "delegationHead": ["person/zhang"],
        "earliest": "2024-10-21",
        "endDate": "2024-10-23",
        "eventType": "meeting",
        "latest": "2024-10-23",
        "location": ["place/cn-gd-sz"],
        "ordinal": 3,
        "organizer": ["agency/demo"],
        "outcome": ["agreement/2", "document/1"],
        "partOf": "event/2",
        "participant": ["agency/lab", "place/group-1"],
        "person": ["person/li", "person/zhang"],
        "eventSeries": "示例会议",
        "speaker": ["person/li"],
        "status": "held",
    }
    tellings, passages = evidence
    assert [part["id"] for part in evidence] == ["data:demo-2024/tellings", "data:demo-2024/passages"]
    (telling,), (passage,) = tellings["graph"], passages["graph"]
    assert (telling["id"], telling["tells"], telling["confidence"]) == ("telling/t2", "event/1", "0.875")
    assert telling["wasDerivedFrom"] == passage["id"]
    assert passage["quote"] == "十月二十一日，示例局在深圳召开会议。"
    assert [selector["exact"] for selector in passage["selectors"]] == ["十月二十一日，示例局", "在深圳召开会议。"]


def test_a_person_has_the_posts_in_it(document: Path) -> None:
    (post,) = entities(document)["person/zhang"]["posts"]
    assert (post["id"], post["organization"], post["firstAttested"]) == (
        "membership/1",
        "agency/demo",
        {"type": "xsd:gYearMonth", "@value": "2023-05"},
    )
    assert post["post"]["name"] == {"zh": "局长"}
    assert post["evidence"][0]["graph"][0]["id"] == "telling/t1"
    assert not [key for key in entities(document) if key.startswith(("membership/", "post/", "passage/", "telling/"))]


def test_words_numbers_and_dates(document: Path) -> None:
    found = entities(document)
    assert found["agency/demo"]["name"] == {"zh": "示例局", "en": "Demo Office"}
    assert found["agency/demo"]["aliases"] == {"zh": ["本局"]}
    assert found["event/2"]["date"] == {"type": "xsd:gYearMonth", "@value": "2024-10"}
    figure = found["indicator/1"]
    assert (figure["obsValue"], figure["approximation"], figure["comparisonKind"]) == (475000, "over", "yoy")
    assert (figure["comparisonValue"], figure["cumulative"], figure["period"]) == ("-3.2", True, "2024")
    assert found["indicator/2"]["period"] == {"@value": "十四五"}
    assert found["indicator/2"]["obsValue"] == {"type": "xsd:decimal", "@value": "0.5"}


def test_rows_of_tables_are_passages_by_themselves(document: Path) -> None:
    nodes = json.loads(document.read_text(encoding="utf-8"))["@graph"]
    rows = [node for node in nodes if node["id"].endswith("/passages")]
    # The row of the other edition is told by a telling, and stands with it.
    assert [node["id"] for node in rows] == ["data:demo-2023/passages"]
    assert rows[0]["graph"][0]["selectors"][0]["exact"].startswith("|")


def test_a_part_without_an_owner_stands_by_itself(graph: Path, tmp_path: Path) -> None:
    lines = [
        line for line in graph.read_text(encoding="utf-8").splitlines() if not line.startswith(f"<{BASE_IRI}person/")
    ]
    alone = tmp_path / "alone.nq"
    alone.write_text("\n".join(lines) + "\n", encoding="utf-8")
    memory = Store()
    memory.bulk_load(path=str(alone), format=RdfFormat.N_QUADS)
    write_jsonld(alone, memory, tmp_path / "g.jsonld")
    assert by_oxigraph((tmp_path / "g.jsonld").read_text(encoding="utf-8")) == quads(alone)
    assert "membership/1" in entities(tmp_path / "g.jsonld")


def test_the_same_bytes_under_any_hash_seed(graph: Path, document: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.export import write_jsonld; from kg.store import load; "
        "graph, target = map(Path, sys.argv[1:]); write_jsonld(graph, load(graph), target)"
    )
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(graph), str(tmp_path / seed)], env=env, check=True)
        assert (tmp_path / seed).read_bytes() == document.read_bytes()


# The context.


def expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def entries() -> dict[str, dict[str, Any]]:
    """The keys of the context that stand for a property or a class."""
    spaces = set(PREFIXES.values())
    told = {
        name: {"@id": value} if isinstance(value, str) else value
        for name, value in CONTEXT.items()
        if name != "@version"
    }
    return {name: value for name, value in told.items() if name not in KEYWORDS and value.get("@id") not in spaces}


def test_every_property_and_class_of_ours_has_one_key_and_no_key_is_unused() -> None:
    reused = {name for name in REUSED if not name.startswith(("xsd:", "rdf:")) and name.partition(":")[2][0].islower()}
    schemes = {concept_name(s, m) for s, members in SCHEMES.items() for m in members}
    structure = {name for name in TERMS if name.endswith(("Scheme", "Structure")) or "-" in name}
    own = {
        f"zt:{name}" for name in TERMS - schemes - structure - {"role", "placeKind", "eventStatus", "agreementStatus"}
    }
    wanted = own | reused - {"spdx:checksumAlgorithm_sha256"}
    keys = [value["@id"] for value in entries().values() if "@reverse" not in value]
    assert len(keys) == len(set(keys))
    assert wanted - set(keys) == set(), "terms of kg/rdf/vocabulary.py to be added to ontology/context.jsonld"
    assert set(keys) - wanted == set(), "keys of ontology/context.jsonld that nothing uses"
    assert {name: value for name, value in CONTEXT.items() if name in KEYWORDS} == KEYWORDS


def test_the_prefixes_are_ours_and_used() -> None:
    given = {name: value for name, value in CONTEXT.items() if value in PREFIXES.values()}
    assert given.items() <= PREFIXES.items()
    assert set(PREFIXES) - set(given) == {"id", "rdf"}  # things are relative, and rdf:type is a keyword


def test_members_of_closed_sets_are_words() -> None:
    found = {expanded(iri): word for value in entries().values() for word, iri in value.get("@context", {}).items()}
    used = {s: m for s, m in SCHEMES.items() if s not in {"role", "placeKind"}}
    wanted = {concept_name(s, m): concept_name(s, m).partition("-")[2] for s, members in used.items() for m in members}
    assert found == {PREFIXES["zt"] + name: word for name, word in wanted.items()}


def test_keys_agree_with_the_ontology() -> None:
    ontology = rdflib.Graph()
    for path in sorted(resource("ontology").glob("*.ttl")):
        ontology.parse(path)
    checked = 0
    for name, value in entries().items():
        property_ = rdflib.URIRef(expanded(value.get("@id", "")))
        coerced = value.get("@type", "")
        if (property_, RDF.type, OWL.ObjectProperty) in ontology and value.get("@id", "").startswith("zt:"):
            checked += 1
            assert coerced in {"@id", "@vocab"}, name
        if (property_, RDF.type, OWL.DatatypeProperty) in ontology:
            checked += 1
            assert coerced not in {"@id", "@vocab"}, name
    assert checked > 60


def test_a_property_without_a_key_is_a_fault_and_long_iris_stay_whole() -> None:
    context = published_context()
    with pytest.raises(LookupError, match="feast: no key; expected one in ontology"):
        context.term("https://w3id.org/zhitu/def#feast")
    assert context.compact(f"{BASE_IRI}event/a%20b-2") == "event/a%20b-2"
    for tail in ("event", "event/", "event/../x", "event/./x", "a//b", "a:b/c", "event/x#y"):
        assert context.compact(BASE_IRI + tail) == BASE_IRI + tail, tail
    assert context.compact("http://www.w3.org/ns/org#//x") == "http://www.w3.org/ns/org#//x"
    assert context.compact("https://example.org/x") == "https://example.org/x"
