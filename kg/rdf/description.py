"""The data set described for catalogues: DCAT 3 and VoID in the graph of the build.

Counts, sources, licence, coverage, distributions: all from the resolution and the lines made of it. No times: a version is
a hash of the lines, coverage is the years of the sources.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Agency, Resolution, Source
from kg.model.frozen import Frozen
from kg.rdf import terms
from kg.rdf.iris import BUILD, FACTS, passages_graph, source, tellings_graph, thing
from kg.rdf.vocabulary import BASE, DATA, ID, PREFIXES, term

__all__ = ["CATALOGUE", "DATASET", "LICENCE", "Statistics", "content_hash", "description_lines"]

CATALOGUE = f"<{DATA}catalogue>"
#: The data set: all graphs together.
DATASET = f"<{DATA}dataset>"
#: What the facts are published under; the words of the reports are their publishers'.
LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"

_A = term("rdf:type")
_PUBLISHER = f"<{DATA}publisher>"
_RIGHTS = f"<{DATA}dataset/rights>"
_PERIOD = f"<{DATA}dataset/period>"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LANGUAGES = (f"<{_AUTHORITY}/language/ENG>", f"<{_AUTHORITY}/language/ZHO>")
#: Government and public sector.
_THEME = f"<{_AUTHORITY}/data-theme/GOVE>"
_KEYWORDS = (
    ("公共机构", "public bodies"),
    ("报告", "reports"),
    ("知识图谱", "knowledge graph"),
    ("统计", "statistics"),
)
#: So many titles of sources are named; all of them are linked.
_LISTED = 5
#: Chunks of lines for the hash: few calls, little memory.
_CHUNK = 4096


class _Form(Frozen):
    """A form of the data set: its place below `.../data/`, media type, EU file type, and what it holds."""

    place: str
    media: str
    file_type: str
    zh: str
    en: str


#: What `kg export` writes of the data set; a folder ends in `/`.
_FORMS = (
    _Form("dataset.jsonld", "application/ld+json", "JSON_LD", "JSON-LD：按实体逐个列出", "JSON-LD, entity by entity"),
    _Form("dataset.nq", "application/n-quads", "RDF_N_QUADS", "N-Quads：全部内容", "N-Quads with everything"),
    _Form("dataset.trig", "application/trig", "RDF_TRIG", "TriG：全部内容", "TriG with everything"),
    _Form("dataset.ttl", "text/turtle", "RDF_TURTLE", "Turtle：仅事实", "Turtle, the facts alone"),
    _Form("tables/", "text/csv", "CSV", "CSV 事实表", "CSV, fact tables"),
)


class Statistics(Frozen):
    """Counts of the default graph: things of ours, subjects, objects, and instances and triples by term (`<...>`)."""

    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Statistics:
        """Counts N-Quads lines of the default graph, each given once."""
        subjects: set[str] = set()
        objects: set[str] = set()
        classes: Counter[str] = Counter()
        properties: Counter[str] = Counter()
        for line in lines:
            subject, name, rest = line.split(" ", 2)
            subjects.add(subject)
            objects.add(rest)
            properties[name] += 1
            if name == _A:
                classes[rest[:-2]] += 1
        entities = sum(subject.startswith(f"<{ID}") for subject in subjects)
        return cls(entities, len(subjects), len(objects), dict(classes), dict(properties))


def content_hash(lines: Sequence[str]) -> str:
    """Twelve hexadecimal digits that stand for these lines in this order."""
    digest = hashlib.sha256()
    for start in range(0, len(lines), _CHUNK):
        digest.update(("\n".join(lines[start : start + _CHUNK]) + "\n").encode())
    return digest.hexdigest()[:12]


def description_lines(
    resolution: Resolution, version: str, counts: Mapping[str, int], statistics: Statistics
) -> Iterator[str]:
    """Catalogue, data set, graphs, sources and distributions as lines of the graph of the build.

    `counts` are triples by the IRI of a graph in N-Quads form, without that of the build; `version` is that of the data.
    """
    pairs = [
        *_catalogue(),
        *_dataset(resolution, version, counts),
        *_coverage(resolution),
        *_facts(statistics),
        *_evidence(resolution.sources),
        *_distributions(),
    ]
    for subject, name, value in pairs:
        yield f"{subject} {term(name)} {value} {BUILD} ."


_Triples = Iterator[tuple[str, str, str]]


def _typed(subject: str, *names: str) -> _Triples:
    for name in names:
        yield subject, "rdf:type", term(name)


def _texts(subject: str, name: str, zh: str, en: str) -> _Triples:
    yield subject, name, terms.tagged(zh)
    yield subject, name, terms.tagged(en, "en")


def _terms_of_use(subject: str) -> _Triples:
    yield subject, "dcterms:license", LICENCE
    yield subject, "dcterms:rights", _RIGHTS


def _catalogue() -> _Triples:
    yield from _typed(CATALOGUE, "dcat:Catalog")
    yield from _texts(CATALOGUE, "dcterms:title", "知图数据目录", "zhitu catalogue")
    zh, en = "由公共机构报告得到的知识图谱。", "Knowledge graphs made from reports of public bodies."
    yield from _texts(CATALOGUE, "dcterms:description", zh, en)
    yield CATALOGUE, "dcterms:publisher", _PUBLISHER
    yield CATALOGUE, "dcterms:license", LICENCE
    yield CATALOGUE, "dcat:dataset", DATASET
    for language in _LANGUAGES:
        yield CATALOGUE, "dcterms:language", language
    yield from _typed(_PUBLISHER, "foaf:Agent")
    yield from _texts(_PUBLISHER, "foaf:name", "知图", "zhitu")
    yield from _typed(_RIGHTS, "dcterms:RightsStatement")
    zh = "事实按 CC BY 4.0 发布。引自报告的原句属于报告的发布机构，不在此许可之内。"
    en = "The facts are under CC BY 4.0. The sentences quoted belong to the publishers of the reports; it does not cover them."
    yield from _texts(_RIGHTS, "rdfs:label", zh, en)


def _dataset(resolution: Resolution, version: str, counts: Mapping[str, int]) -> _Triples:
    yield from _typed(DATASET, "dcat:Dataset", "void:Dataset")
    titles = [item.title for item in resolution.sources]
    zh = f"《{titles[0]}》知识图谱" if len(titles) == 1 else f"{len(titles)}份报告的知识图谱"
    en = f"Knowledge graph of {'a report' if len(titles) == 1 else f'{len(titles)} reports'} of public bodies"
    yield from _texts(DATASET, "dcterms:title", zh, en)
    found = [(kind.value, count) for kind, count in resolution.kind_counts().items() if count]
    listed = "、".join(titles[:_LISTED]) + ("等" if len(titles) > _LISTED else "")
    zh = f"每项事实都带出处的行号和原句。来源：{listed}。"
    en = f"Every fact with the line and the words that say it: {', '.join(f'{n} {kind}' for kind, n in found)}."
    yield from _texts(DATASET, "dcterms:description", zh, en)
    yield DATASET, "dcat:version", terms.literal(version)
    yield DATASET, "dcterms:publisher", _PUBLISHER
    yield from _terms_of_use(DATASET)
    yield DATASET, "dcat:theme", _THEME
    yield DATASET, "prov:wasGeneratedBy", BUILD
    yield DATASET, "dcterms:conformsTo", f"<{BASE}def>"
    yield DATASET, "void:uriSpace", terms.literal(ID)
    yield DATASET, "void:triples", terms.integer(sum(counts.values()))
    for zh, en in _KEYWORDS:
        yield from _texts(DATASET, "dcat:keyword", zh, en)
    for language in _LANGUAGES:
        yield DATASET, "dcterms:language", language
    for item in resolution.sources:
        yield DATASET, "dcterms:source", source(item.id)
        yield from _report(item)
    for graph in counts:
        yield DATASET, "void:subset", graph


def _report(item: Source) -> _Triples:
    zh = f"{item.publisher}{item.year}年的报告，文件 {item.filename}。"
    en = f"A report of {item.publisher} for {item.year}, file {item.filename}."
    yield from _texts(source(item.id), "dcterms:description", zh, en)


def _coverage(resolution: Resolution) -> _Triples:
    years = [item.year for item in resolution.sources]
    if years:
        yield DATASET, "dcterms:temporal", _PERIOD
        yield from _typed(_PERIOD, "dcterms:PeriodOfTime")
        yield _PERIOD, "dcat:startDate", f'"{min(years):04}-01-01"^^{term("xsd:date")}'
        yield _PERIOD, "dcat:endDate", f'"{max(years):04}-12-31"^^{term("xsd:date")}'
    for key in sorted(_places(resolution)):
        yield DATASET, "dcterms:spatial", thing(key)
        yield from _typed(thing(key), "dcterms:Location")


def _places(resolution: Resolution) -> set[str]:
    """The region or country of each body that publishes a source."""
    bodies: dict[str, Agency] = {}
    for agency in resolution.agencies:
        for name in (agency.name, *agency.aliases):
            bodies.setdefault(name, agency)
    publishers = (bodies.get(item.publisher) for item in resolution.sources)
    return {body.region or body.country for body in publishers if body is not None} - {""}


def _facts(found: Statistics) -> _Triples:
    yield from _texts(FACTS, "dcterms:title", "事实", "facts")
    yield FACTS, "dcterms:license", LICENCE
    yield FACTS, "void:entities", terms.integer(found.entities)
    yield FACTS, "void:distinctSubjects", terms.integer(found.subjects)
    yield FACTS, "void:distinctObjects", terms.integer(found.objects)
    yield FACTS, "void:classes", terms.integer(len(found.classes))
    yield FACTS, "void:properties", terms.integer(len(found.properties))
    for name, count in found.classes.items():
        part = f"<{DATA}facts/class/{_local(name)}>"
        yield FACTS, "void:classPartition", part
        yield part, "void:class", name
        yield part, "void:entities", terms.integer(count)
    for name, count in found.properties.items():
        part = f"<{DATA}facts/property/{_local(name)}>"
        yield FACTS, "void:propertyPartition", part
        yield part, "void:property", name
        yield part, "void:triples", terms.integer(count)
    for prefix, space in PREFIXES.items():
        if any(name.startswith(f"<{space}") for name in (*found.classes, *found.properties)):
            yield DATASET, "void:vocabulary", f"<{PREFIXES[prefix]}>"


def _local(name: str) -> str:
    """A term as part of an IRI: `zt-Agency`."""
    iri = name.strip("<>")
    prefix = next(prefix for prefix, space in PREFIXES.items() if iri.startswith(space))
    return f"{prefix}-{iri.removeprefix(PREFIXES[prefix])}"


def _evidence(sources: Iterable[Source]) -> _Triples:
    for item in sources:
        tellings, passages = tellings_graph(item.id), passages_graph(item.id)
        yield from _texts(tellings, "dcterms:title", f"{item.title}：说法", f"tellings of {item.id}")
        yield from _texts(passages, "dcterms:title", f"{item.title}：原句", f"passages of {item.id}")
        yield tellings, "dcterms:license", LICENCE
        yield passages, "dcterms:rights", _RIGHTS
        for graph in (tellings, passages):
            yield graph, "dcterms:source", source(item.id)


def _distributions() -> _Triples:
    for form in _FORMS:
        subject = f"<{DATA}distribution/{form.place.rstrip('/')}>"
        yield DATASET, "dcat:distribution", subject
        yield from _typed(subject, "dcat:Distribution")
        yield from _texts(subject, "dcterms:title", form.zh, form.en)
        yield subject, "dcat:accessURL", f"<{DATA}{form.place}>"
        yield subject, "dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{form.media}>"
        yield subject, "dcterms:format", f"<{_AUTHORITY}/file-type/{form.file_type}>"
        yield from _terms_of_use(subject)
