"""IRIs of things, sources, passages and graphs, in N-Quads form `<...>`."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote

from kg.rdf.vocabulary import DATA, ID

__all__ = [
    "BUILD",
    "FACTS",
    "SOFTWARE",
    "label_iri",
    "new_thing",
    "passages_graph",
    "post_key",
    "short_hash",
    "source",
    "tellings_graph",
    "thing",
]

#: The build: an activity and the graph that tells of it.
BUILD = f"<{DATA}build>"
#: The default graph, where something has to be said of it.
FACTS = f"<{DATA}facts>"
#: The program that builds.
SOFTWARE = f"<{DATA}software>"

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: What may stand in an IRI as it is; nearly every key is made of these alone.
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=._~-]*")
_SAFE = "/:@!$&'()*+,;=%-._~"


def _path(key: str) -> str:
    if _PLAIN.fullmatch(key):
        return key
    return quote(_LONE_PERCENT.sub("%25", key), safe=_SAFE)


def new_thing(key: str) -> str:
    """The IRI of a thing that is named once, from its key; else as `thing`."""
    if not key:
        raise ValueError("empty key; expected that of a thing")
    return f"<{ID}{_path(key)}>"


@lru_cache(maxsize=1 << 16)
def thing(key: str) -> str:
    """The IRI of a thing from its key; what may not stand in an IRI is percent-encoded, %xx is kept.

    Raises ValueError for an empty key: a reference to nothing is a fault of resolution.
    """
    return new_thing(key)


@lru_cache(maxsize=1024)
def source(name: str) -> str:
    """The IRI of a source from its id."""
    return f"<{DATA}{_path(name)}>"


@lru_cache(maxsize=1024)
def tellings_graph(name: str) -> str:
    """The graph with the tellings of a source."""
    return f"<{DATA}{_path(name)}/tellings>"


@lru_cache(maxsize=1024)
def passages_graph(name: str) -> str:
    """The graph with the passages of a source."""
    return f"<{DATA}{_path(name)}/passages>"


def short_hash(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for these strings in this order."""
    # The unit separator keeps ("ab", "c") and ("a", "bc") apart.
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@lru_cache(maxsize=1 << 14)
def label_iri(kind: str, label: str) -> str:
    """The IRI of a concept that is known by its printed label: kind is measure, breakdown or unit."""
    return thing(f"{kind}/{short_hash(label)}")


def post_key(title: str, organisation: str, country: str) -> str:
    """The key of a post: a title in an organisation, or in a country when no organisation is known."""
    return f"post/{short_hash(title, organisation or country)}"
