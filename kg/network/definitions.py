"""What each measure is: names, definition and formula, as `ontology/network.ttl` has them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model.frozen import Frozen
from kg.rdf.vocabulary import PREFIXES, ZT
from kg.resources import resource

__all__ = ["Definition", "column_of", "definitions"]

_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Definition(Frozen):
    """A measure: `name` is that of its property, `column` that of its column in the tables."""

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    formula: str

    @property
    def column(self) -> str:
        """`within_module_z` for `withinModuleZ`."""
        return column_of(self.name)

    def label(self, lang: str) -> str:
        """Its name in zh or en."""
        return self.en if lang == "en" else self.zh


def column_of(name: str) -> str:
    """The column of a table for the name of a property."""
    return _UPPER.sub("_", name).lower()


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """The definitions of all properties that have a formula, by name, sorted."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, Store

    store = Store()
    store.load(path=str(resource("ontology", "network.ttl")), format=RdfFormat.TURTLE)

    def words(term: NamedNode, name: str) -> dict[str, str]:
        prefix, _, local = name.partition(":")
        found = (quad.object for quad in store.quads_for_pattern(term, NamedNode(PREFIXES[prefix] + local), None))
        return {one.language or "": one.value for one in found if isinstance(one, Literal)}

    found = {}
    for quad in store.quads_for_pattern(None, NamedNode(f"{ZT}formula"), None):
        if isinstance(quad.subject, NamedNode):
            labels, texts = words(quad.subject, "rdfs:label"), words(quad.subject, "skos:definition")
            name = quad.subject.value.removeprefix(ZT)
            formula = words(quad.subject, "zt:formula")[""]
            found[name] = Definition(name, labels["zh"], labels["en"], texts["zh"], texts["en"], formula)
    return dict(sorted(found.items()))
