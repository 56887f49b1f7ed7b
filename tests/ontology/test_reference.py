"""The page and the picture of the vocabulary: whole, escaped, without anything from the network, the same each time."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "make_reference.py"
ZT = "https://w3id.org/zhitu/def#"
VOID = {"meta", "br", "link", "img", "hr"}


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKER = loaded()


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    found: rdflib.Graph = MAKER.load()
    return found


@pytest.fixture(scope="module")
def page(graph: rdflib.Graph) -> str:
    return str(MAKER.page(graph))


class Reader(HTMLParser):
    """Notes ids, links and what is loaded; wants each element closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if "href" in given else []
        if tag in {"script", "iframe", "img", "object", "link"} or "src" in given:
            self.loaded.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_each_term_stands_once_and_each_link_leads_somewhere(page: str, graph: rdflib.Graph) -> None:
    found = read(page)
    assert len(set(found.ids)) == len(found.ids)
    labelled = {*graph.subjects(RDFS.label), *graph.subjects(SKOS.prefLabel)}
    own = {str(term).removeprefix(ZT) for term in labelled if str(term).startswith(ZT)}
    assert len(own) > 250
    assert own - set(found.ids) == set()
    assert {link[1:] for link in found.links if link.startswith("#")} - set(found.ids) == set()
    assert all(re.fullmatch(r"#[\w-]+|https?://[!-~]+", link) for link in found.links)


def test_both_languages_are_shown(page: str, graph: rdflib.Graph) -> None:
    for definition in graph.objects(None, SKOS.definition):
        subject = next(graph.subjects(SKOS.definition, definition))
        if str(subject).startswith(ZT):
            assert str(MAKER.escape(str(definition))).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page


def test_nothing_is_loaded(page: str) -> None:
    assert read(page).loaded == []
    assert "@import" not in page
    assert "url(http" not in page


def test_labels_are_escaped() -> None:
    graph = MAKER.load()
    iri = rdflib.URIRef(ZT + "Agency")
    graph.remove((iri, RDFS.label, None))
    graph.add((iri, RDFS.label, rdflib.Literal("<b>&", lang="zh")))
    graph.add((iri, RDFS.label, rdflib.Literal("</text><script>", lang="en")))
    page = MAKER.page(graph)
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page
    ElementTree.fromstring(MAKER.picture(graph))


def test_the_picture_is_that_of_today(graph: rdflib.Graph) -> None:
    kept = (ROOT / "docs" / "ontology.svg").read_text(encoding="utf-8")
    assert kept == MAKER.picture(graph), "run docs/make_reference.py"
    assert ElementTree.fromstring(kept).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_picture_draws_what_the_ontology_says(graph: rdflib.Graph) -> None:
    checked = 0
    for start, name, end, _ in MAKER.ARROWS:
        for about, shown in ((RDFS.domain, start), (RDFS.range, end)):
            said = {MAKER.short(iri) for iri in graph.objects(rdflib.URIRef(ZT + name.removeprefix("zt:")), about)}
            if said and shown:
                checked += 1
                assert said == {shown}, (name, about)
    assert checked > 15
    own = [name for name in MAKER.BOXES if name.startswith("zt:")]
    assert all((rdflib.URIRef(ZT + name.removeprefix("zt:")), RDF.type, None) in graph for name in own)


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "77"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        code = f"import runpy, pathlib; m = runpy.run_path({str(SCRIPT)!r}); g = m['load'](); "
        code += f"p = pathlib.Path({str(folder)!r}); p.mkdir(); (p / 'a').write_text(m['page'](g), encoding='utf-8')"
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        made.append((folder / "a").read_bytes())
    assert made[0] == made[1]
