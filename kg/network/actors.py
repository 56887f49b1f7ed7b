"""Who can act: agencies and places, with the country and the region that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.frozen import Frozen
from kg.resources import resource
from kg.store.entities import ask_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

__all__ = ["HOME", "Actor", "network_rows", "read_actors"]

#: The country whose reports are read: what lies there is domestic.
HOME = "CN"

#: Kinds of bodies that stand between countries: without a country they are not domestic.
_BETWEEN = frozenset({"ip_office", "international_org", "association", "mechanism"})

#: No chain of places is longer: city, region, country.
_DEPTH = 5


class Actor(Frozen):
    """An agency or a place.

    `kind` is an agency kind (`ip_office`) or a place kind (`country`, `region`, `city`, `group`). `country` is an
    ISO 3166-1 code (or EU) and `region` an ISO 3166-2 code, each with its names (`region_gb`
    is its code of GB/T 2260); "" when the graph has none. `domestic` is
    true for what belongs to HOME. What belongs to no country is domestic unless it is a body that stands between
    countries (an international organisation, an IP office, an association, a mechanism).
    """

    iri: str
    type: str
    kind: str
    label_zh: str
    label_en: str = ""
    country: str = ""
    country_zh: str = ""
    country_en: str = ""
    region: str = ""
    region_zh: str = ""
    region_en: str = ""
    region_gb: str = ""

    @property
    def domestic(self) -> bool:
        """Whether it belongs to HOME."""
        return self.country == HOME if self.country else self.kind not in _BETWEEN


def network_rows(store: Store, name: str) -> Iterator[dict[str, str]]:
    """The rows of a query of `queries/network/`; what is unbound is left out."""
    return ask_rows(store, resource("queries", "network", f"{name}.rq").read_text(encoding="utf-8"))


def _seat(places: dict[str, dict[str, str]], start: str) -> tuple[dict[str, str], dict[str, str]]:
    """The country and the widest coded region on the way up from a place; {} where there is none."""
    country: dict[str, str] = {}
    region: dict[str, str] = {}
    at = start
    for _ in range(_DEPTH):
        place = places.get(at)
        if place is None:
            break
        if place["kind"] == "country" or (place["kind"] == "group" and "code" in place):
            country = place  # the European Union is a group with a code
        elif place["kind"] == "region" and "code" in place:
            region = place
        at = place.get("broader", "")
    return country, region


def read_actors(store: Store) -> dict[str, Actor]:
    """All agencies and places of the graph by IRI, in the order of the IRIs."""
    places = {row["id"]: row for row in network_rows(store, "places")}
    found: dict[str, Actor] = {}
    for row in network_rows(store, "actors"):
        iri = row["id"]
        country, region = _seat(places, row.get("region", iri if row["type"] == "place" else ""))
        country = places.get(row.get("country", ""), country)
        where = [country.get(name, "") for name in ("code", "zh", "en")]
        where += [region.get(name, "") for name in ("code", "zh", "en", "gb")]
        found[iri] = Actor(iri, row["type"], row["kind"], row["zh"], row.get("en", ""), *where)
    return dict(sorted(found.items()))
