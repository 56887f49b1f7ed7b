"""Evidence: passages and tellings in the named graphs of their source, and the graph of the build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import (
    AgencyFact,
    AgreementFact,
    CaseFact,
    DateRange,
    DocumentFact,
    EventFact,
    Fact,
    IndicatorFact,
    ObservationFact,
    Passage,
    PersonFact,
    Resolution,
    Span,
    Telling,
    TieFact,
)
from kg.model.frozen import Frozen
from kg.rdf import terms
from kg.rdf.iris import BUILD, SOFTWARE, passages_graph, short_hash, source, tellings_graph, thing
from kg.rdf.names import Names
from kg.rdf.vocabulary import term

__all__ = ["Passages", "build_lines", "index_passages", "passage_lines", "telling_iri", "telling_lines"]

_A = term("rdf:type")


class Passages(Frozen):
    """The passages of a resolution, each once: key -> passage, and `id()` of each object met -> IRI."""

    chosen: Mapping[str, Passage]
    iris: Mapping[int, str]


def telling_iri(telling: Telling) -> str:
    """The IRI of a telling."""
    return thing(telling.id if telling.id.startswith("telling/") else f"telling/{telling.id}")


def index_passages(resolution: Resolution) -> Passages:
    """Gives each place of a source one key: source and hash of its words, the n-th with the same words -n.

    Passages that cover the same spans are one; of their locators the first in order of letters is kept.
    """
    objects = {id(cell.passage): cell.passage for cell in resolution.observations}
    objects.update((id(telling.fact.passage), telling.fact.passage) for telling in resolution.tellings)
    # A place is known by plain numbers: they hash much faster than Span objects.
    places: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for address, passage in objects.items():
        numbers = tuple(n for span in passage.spans for n in (span.start, span.end))
        places.setdefault((passage.source, numbers), []).append(address)
    chosen: dict[str, Passage] = {}
    iris: dict[int, str] = {}
    seen: dict[str, int] = {}
    for place in sorted(places):
        passage = min((objects[address] for address in places[place]), key=_preference)
        key = f"passage/{passage.source}/{short_hash(*passage.quotes)}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key = f"{key}-{seen[key]}"
        chosen[key] = passage
        iri = thing(key)
        for address in places[place]:
            iris[address] = iri
    return Passages(chosen, iris)


def _preference(passage: Passage) -> tuple[bool, str, tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    return (not passage.locator, passage.locator, passage.section, passage.quotes, passage.lines)


def passage_lines(key: str, passage: Passage) -> Iterator[str]:
    """A passage and its selectors, as lines of the graph of its source."""
    s = thing(key)
    end = f"{passages_graph(passage.source)} ."
    yield f"{s} {_A} {term('zt:Passage')} {end}"
    yield f"{s} {_A} {term('oa:SpecificResource')} {end}"
    yield f"{s} {term('oa:hasSource')} {source(passage.source)} {end}"
    yield f"{s} {term('zt:quote')} {terms.literal(passage.quote)} {end}"
    # In joined values `|` parts the pieces, so that a printed one becomes its full-width form.
    joined = "|".join(quote.replace("|", "｜") for quote in passage.quotes)
    yield f"{s} {term('zt:quotes')} {terms.literal(joined)} {end}"
    yield f"{s} {term('zt:lines')} {terms.literal('|'.join(map(str, passage.lines)))} {end}"
    if passage.lines:
        yield f"{s} {term('zt:line')} {terms.integer(passage.lines[0])} {end}"
    if passage.section:
        yield f"{s} {term('zt:sectionPath')} {terms.literal(' > '.join(passage.section))} {end}"
    if passage.locator:
        yield f"{s} {term('zt:locator')} {terms.literal(passage.locator)} {end}"
    for n, (span, exact) in enumerate(zip(passage.spans, passage.exact, strict=True), 1):
        yield from _selector(s, thing(f"{key}/{n}"), span, exact, end)


def _selector(passage: str, selector: str, span: Span, exact: str, end: str) -> Iterator[str]:
    yield f"{passage} {term('oa:hasSelector')} {selector} {end}"
    yield f"{selector} {_A} {term('oa:TextPositionSelector')} {end}"
    yield f"{selector} {_A} {term('oa:TextQuoteSelector')} {end}"
    yield f"{selector} {term('oa:start')} {terms.integer(span.start)} {end}"
    yield f"{selector} {term('oa:end')} {terms.integer(span.end)} {end}"
    yield f"{selector} {term('oa:exact')} {terms.literal(exact)} {end}"


def telling_lines(telling: Telling, passages: Mapping[int, str], names: Names) -> Iterator[str]:
    """A telling as lines of the graph of its source."""
    fact = telling.fact
    s = telling_iri(telling)
    end = f"{tellings_graph(fact.passage.source)} ."
    yield f"{s} {_A} {term('zt:Telling')} {end}"
    yield f"{s} {_A} {term('prov:Entity')} {end}"
    yield f"{s} {term('zt:tells')} {names.iri(telling.thing)} {end}"
    yield f"{s} {term('prov:wasDerivedFrom')} {passages[id(fact.passage)]} {end}"
    yield f"{s} {term('zt:kind')} {terms.literal(fact.kind.value)} {end}"
    yield f"{s} {term('zt:rule')} {terms.literal(fact.rule)} {end}"
    yield f"{s} {term('zt:confidence')} {terms.decimal(fact.confidence)} {end}"
    yield f"{s} {term('zt:stated')} {terms.boolean(fact.stated)} {end}"
    for name, value in _surfaces(fact):
        if value:
            yield f"{s} {term(name)} {terms.literal(value)} {end}"
    when = _when(fact)
    if when is not None and when.told:
        yield f"{s} {term('zt:dateTold')} {terms.literal(when.told)} {end}"
    for difference in telling.differs:
        yield f"{s} {term('zt:differs')} {terms.literal(difference)} {end}"


def _surfaces(fact: Fact) -> tuple[tuple[str, str], ...]:
    """The names that the passage uses, each with its property."""
    match fact:
        case TieFact():
            return (("zt:surfaceA", fact.a.name), ("zt:surfaceB", fact.b.name))
        case AgencyFact():
            return (("zt:surfaceName", fact.surface or fact.name),)
        case DocumentFact():
            return (("zt:surfaceName", fact.title), ("zt:surfaceName", fact.short))
        case CaseFact():
            return (("zt:surfaceName", fact.title),)
        case ObservationFact():
            return (("zt:surfaceName", fact.measure),)
        case PersonFact() | EventFact() | AgreementFact() | IndicatorFact():
            return (("zt:surfaceName", fact.name),)
        case _:
            raise LookupError(f"{type(fact).__name__}: no surface name; expected a kind of kg.model.facts")


def _when(fact: Fact) -> DateRange | None:
    match fact:
        case EventFact() | TieFact():
            return fact.when
        case AgreementFact():
            return fact.signed
        case DocumentFact():
            return fact.date
        case _:
            return None


def build_lines(resolution: Resolution, version: str, counts: Mapping[str, int]) -> Iterator[str]:
    """The build as an activity: what it used, what made it, how many triples it put into each graph.

    `counts` goes by the IRI of a graph in N-Quads form, `kg.rdf.iris.FACTS` for the default graph. No times.
    """
    end = f"{BUILD} ."
    yield f"{BUILD} {_A} {term('prov:Activity')} {end}"
    yield f"{BUILD} {term('prov:wasAssociatedWith')} {SOFTWARE} {end}"
    yield f"{SOFTWARE} {_A} {term('prov:SoftwareAgent')} {end}"
    yield f"{SOFTWARE} {term('rdfs:label')} {terms.tagged('知图')} {end}"
    yield f"{SOFTWARE} {term('rdfs:label')} {terms.tagged('zhitu', 'en')} {end}"
    yield f"{SOFTWARE} {term('schema:softwareVersion')} {terms.literal(version)} {end}"
    for item in resolution.sources:
        yield f"{BUILD} {term('prov:used')} {source(item.id)} {end}"
        yield f"{source(item.id)} {term('schema:sha256')} {terms.literal(item.sha256)} {end}"
    for graph, count in counts.items():
        yield f"{BUILD} {term('prov:generated')} {graph} {end}"
        yield f"{graph} {_A} {term('void:Dataset')} {end}"
        yield f"{graph} {term('void:triples')} {terms.integer(count)} {end}"
