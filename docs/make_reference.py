"""The reference of the vocabulary as one page, and the picture of its classes.

    pip install "zhitu[docs]"
    python docs/make_reference.py [FOLDER]

writes FOLDER/index.html (default docs/reference, which git does not hold) and docs/ontology.svg, which is part of the page.
Both are made of ontology/*.ttl alone: no network, no scripts, no fonts but those of the reader, the same bytes each time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import jinja2
import rdflib
from rdflib.namespace import DCTERMS, OWL, QB, RDF, RDFS, SKOS

from kg.rdf.vocabulary import PREFIXES, ZT

HERE = Path(__file__).resolve().parent
ONTOLOGY = rdflib.URIRef(ZT.rstrip("#"))
FILES = ("zhitu.ttl", "codelists.ttl", "network.ttl", "cube.ttl")
FORMULA = rdflib.URIRef(ZT + "formula")
#: Sections of the page: id, words in zh and en, class of the terms.
SECTIONS = (
    ("classes", "类", "Classes", OWL.Class),
    ("object-properties", "对象属性", "Properties with a thing as value", OWL.ObjectProperty),
    ("datatype-properties", "数据属性", "Properties with a literal as value", OWL.DatatypeProperty),
    ("annotation-properties", "注释属性", "Annotation properties", OWL.AnnotationProperty),
    ("structures", "数据结构", "Data structures", QB.DataStructureDefinition),
)
#: What is told of a term beside its definition: property, words in zh and en, whether it is turned round.
RELATIONS = (
    (RDFS.subClassOf, "上位类", "subclass of", False),
    (RDFS.subPropertyOf, "上位属性", "subproperty of", False),
    (RDFS.domain, "主体", "domain", False),
    (RDFS.range, "取值", "range", False),
    (RDFS.subClassOf, "下位类", "subclasses", True),
    (RDFS.domain, "所带属性", "properties", True),
    (RDFS.range, "指向它的属性", "value of", True),
)


@dataclass(frozen=True)
class Term:
    """A term as the page shows it; texts go by language."""

    name: str
    anchor: str
    label: dict[str, str]
    definition: dict[str, str]
    notation: str = ""
    formula: str = ""
    relations: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    members: tuple[Term, ...] = field(default=())


def load() -> rdflib.Graph:
    """The files of the ontology in one graph."""
    graph = rdflib.Graph()
    for name in FILES:
        graph.parse(HERE.parent / "ontology" / name)
    return graph


def short(iri: object) -> str:
    """An IRI with its prefix, as it is when it has none."""
    text = str(iri)
    spaces = {**PREFIXES, "owl": str(OWL)}
    found = [(name, space) for name, space in spaces.items() if text.startswith(space)]
    if not found:
        return text
    name, space = max(found, key=lambda pair: len(pair[1]))
    return f"{name}:{text.removeprefix(space)}"


def texts(graph: rdflib.Graph, term: rdflib.URIRef, *names: rdflib.URIRef) -> dict[str, str]:
    """The values of the first of these properties that the term has, by language."""
    for name in names:
        found = {str(value.language): str(value) for value in graph.objects(term, name)}
        if found:
            return found
    return {}


def link(iri: object) -> tuple[str, str]:
    """What a term is called and where it is defined: on the page for our own."""
    text = str(iri)
    return short(iri), "#" + text.removeprefix(ZT) if text.startswith(ZT) else text


def term(graph: rdflib.Graph, iri: rdflib.URIRef) -> Term:
    """A term with all that the page says of it."""
    relations = []
    for name, zh, en, turned in RELATIONS:
        ends = graph.subjects(name, iri) if turned else graph.objects(iri, name)
        links = tuple(sorted(link(end) for end in set(ends)))
        if links:
            relations.append((zh, en, links))
    members = (term(graph, one) for one in graph.subjects(SKOS.inScheme, iri))
    return Term(
        short(iri),
        str(iri).removeprefix(ZT),
        texts(graph, iri, RDFS.label, SKOS.prefLabel),
        texts(graph, iri, SKOS.definition),
        str(graph.value(iri, SKOS.notation) or ""),
        str(graph.value(iri, FORMULA) or ""),
        tuple(relations),
        tuple(sorted(members, key=lambda member: member.name)),
    )


def terms(graph: rdflib.Graph, kind: rdflib.URIRef) -> list[Term]:
    """Our terms of a class, sorted by name."""
    own = {iri for iri in graph.subjects(RDF.type, kind) if str(iri).startswith(ZT)}
    return sorted((term(graph, iri) for iri in own), key=lambda one: one.name.lower())


def page(graph: rdflib.Graph) -> str:
    """The whole page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("reference.html.jinja").render(
        title=texts(graph, ONTOLOGY, DCTERMS.title),
        description=texts(graph, ONTOLOGY, DCTERMS.description),
        iri=str(ONTOLOGY),
        version=str(graph.value(ONTOLOGY, OWL.versionInfo)),
        version_iri=str(graph.value(ONTOLOGY, OWL.versionIRI)),
        licence=str(graph.value(ONTOLOGY, DCTERMS.license)),
        prefixes=sorted(PREFIXES.items()),
        sections=[(name, zh, en, terms(graph, kind)) for name, zh, en, kind in SECTIONS],
        schemes=terms(graph, SKOS.ConceptScheme),
        picture=picture(graph),
    )


# The picture. Places are chosen by hand: boxes and arrows of a fixed grid read better than any layout of them.

WIDTH, HEIGHT, BOX, TALL = 1240, 1010, 248, 96
#: Background bands: y, height, fill, words.
BANDS = (
    (10, 590, "#eef4fb", "事实（默认图） Facts, in the default graph"),
    (640, 160, "#fdf6e7", "证据（说法与片段在具名图中） Evidence: tellings and passages in named graphs"),
    (820, 180, "#eef7ee", "统计（默认图） Statistics, in the default graph"),
)
#: Boxes: class, centre, and properties that are named in the box instead of drawn.
BOXES: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "zt:PolicyDocument": (210, 110, ("zt:documentKind", "zt:region")),
    "zt:Agreement": (620, 110, ("zt:agreementType", "zt:witness")),
    "zt:Tie": (1030, 110, ("zt:relation", "zt:impliedBy")),
    "zt:Event": (210, 325, ("zt:eventType", "zt:date")),
    "zt:Agency": (620, 325, ("zt:agencyKind", "zt:st3")),
    "zt:Place": (1030, 325, ("zt:gb2260",)),
    "zt:Person": (210, 530, ()),
    "org:Membership": (620, 530, ("zt:post", "zt:firstAttested")),
    "zt:TypicalCase": (1030, 530, ("zt:caseSeries", "zt:number")),
    "zt:Telling": (210, 725, ("zt:rule", "zt:confidence")),
    "zt:Passage": (620, 725, ("zt:quote", "zt:line")),
    "zt:Report": (1030, 725, ("zt:publisherName", "zt:year")),
    "zt:Indicator": (210, 920, ("zt:period", "zt:writtenValue")),
    "qb:Observation": (620, 920, ("zt:area", "zt:measure")),
}
#: Arrows: from, property, to ("": any fact, the band above), where on the arrow its name stands (0 start, 1 end).
ARROWS = (
    ("zt:PolicyDocument", "zt:issuer", "zt:Agency", 0.7),
    ("zt:Agreement", "zt:party", "zt:Agency", 0.5),
    ("zt:Agreement", "zt:occasion", "zt:Event", 0.7),
    ("zt:Tie", "zt:actorA", "zt:Agency", 0.3),
    ("zt:Tie", "zt:actorB", "zt:Agency", 0.72),
    ("zt:Event", "zt:outcome", "zt:PolicyDocument", 0.5),
    ("zt:Event", "zt:participant", "zt:Agency", 0.5),
    ("zt:Event", "zt:person", "zt:Person", 0.5),
    ("zt:Agency", "zt:country", "zt:Place", 0.5),
    ("org:Membership", "org:member", "zt:Person", 0.5),
    ("org:Membership", "org:organization", "zt:Agency", 0.5),
    ("zt:TypicalCase", "zt:organisation", "zt:Agency", 0.42),
    ("zt:TypicalCase", "zt:region", "zt:Place", 0.5),
    ("zt:Telling", "zt:tells", "", 0.5),
    ("zt:Telling", "prov:wasDerivedFrom", "zt:Passage", 0.5),
    ("zt:Passage", "oa:hasSource", "zt:Report", 0.5),
    ("zt:Indicator", "zt:telling", "zt:Telling", 0.5),
    ("qb:Observation", "prov:wasDerivedFrom", "zt:Passage", 0.5),
    ("qb:Observation", "zt:edition", "zt:Report", 0.5),
)
#: Words for terms of other vocabularies.
FOREIGN = {
    "org:Membership": ("任职", "membership"),
    "org:member": ("任职人", "member"),
    "org:organization": ("任职机构", "organisation"),
    "qb:Observation": ("观测值", "observation"),
    "prov:wasDerivedFrom": ("出自", "derived from"),
    "oa:hasSource": ("来源", "source"),
}


def words(graph: rdflib.Graph, name: str) -> tuple[str, str]:
    """The labels of a term in zh and en."""
    if name in FOREIGN:
        return FOREIGN[name]
    found = texts(graph, rdflib.URIRef(ZT + name.removeprefix("zt:")), RDFS.label)
    return found["zh"], found["en"]


def picture(graph: rdflib.Graph) -> str:
    """The classes and the main relations between them, as SVG."""
    return "\n".join(picture_lines(graph)) + "\n"


def picture_lines(graph: rdflib.Graph) -> Iterator[str]:
    """The lines of the picture."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        "font-family=\"'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans', sans-serif\">"
    )
    yield "<title>知图词汇的主要类与关系 Main classes and relations of the zhitu vocabulary</title>"
    yield '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    yield '<path d="M0 0L10 5L0 10z" fill="#4a5568"/></marker></defs>'
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    for y, height, fill, text in BANDS:
        yield f'<rect x="10" y="{y}" width="{WIDTH - 20}" height="{height}" rx="14" fill="{fill}"/>'
        yield f'<text x="{WIDTH - 28}" y="{y + 26}" text-anchor="end" font-size="15" fill="#5a6472">{escape(text)}</text>'
    for start, name, end, at in ARROWS:
        yield from arrow(graph, start, name, end, at)
    for name, (x, y, inside) in BOXES.items():
        yield from box(graph, name, x, y, inside)
    yield "</svg>"


def box(graph: rdflib.Graph, name: str, x: int, y: int, inside: tuple[str, ...]) -> Iterator[str]:
    """A class: its labels, its name, properties that are not drawn."""
    zh, en = words(graph, name)
    left, top = x - BOX // 2, y - TALL // 2
    yield f'<rect x="{left}" y="{top}" width="{BOX}" height="{TALL}" rx="8" fill="#ffffff" stroke="#2b6cb0" stroke-width="1.6"/>'
    yield f'<text x="{x}" y="{top + 27}" text-anchor="middle" font-size="18" fill="#1a202c" font-weight="600">{escape(zh)} {escape(en)}</text>'
    yield f'<text x="{x}" y="{top + 48}" text-anchor="middle" font-size="13.5" fill="#2b6cb0" font-family="monospace">{escape(name)}</text>'
    for n, item in enumerate(inside):
        label = f"{words(graph, item)[0]} {item}"
        yield f'<text x="{x}" y="{top + 68 + 18 * n}" text-anchor="middle" font-size="12.5" fill="#5a6472">{escape(label)}</text>'


def arrow(graph: rdflib.Graph, start: str, name: str, end: str, at: float) -> Iterator[str]:
    """A property from the edge of one box to the edge of another."""
    ax, ay, _ = BOXES[start]
    # To any fact: straight up, to where the band of the facts ends.
    bx, by = BOXES[end][:2] if end else (ax, BANDS[0][0] + BANDS[0][1] - TALL // 2)
    dx, dy = bx - ax, by - ay
    reach = min(BOX / 2 / abs(dx) if dx else 9.0, TALL / 2 / abs(dy) if dy else 9.0)
    x1, y1, x2, y2 = ax + dx * reach, ay + dy * reach, bx - dx * reach, by - dy * reach
    yield f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#4a5568" stroke-width="1.5" marker-end="url(#tip)"/>'
    x, y = x1 + (x2 - x1) * at, y1 + (y2 - y1) * at
    text = 'text-anchor="middle" stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    yield f'<text x="{x:.1f}" y="{y - 5:.1f}" {text} font-size="14" fill="#1a202c">{escape(words(graph, name)[0])}</text>'
    yield f'<text x="{x:.1f}" y="{y + 11:.1f}" {text} font-size="12.5" fill="#4a5568" font-family="monospace">{escape(name)}</text>'


def main(folder: Path) -> None:
    """Write the page and the picture."""
    graph = load()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(page(graph), encoding="utf-8", newline="\n")
    (HERE / "ontology.svg").write_text(picture(graph), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reference")
