"""One side of a comparison: the things of a build, or of one source of a build, each with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.builds import current_build
from kg.errors import ConfigError
from kg.model import (
    Agency,
    Agreement,
    Case,
    Document,
    Event,
    FactKind,
    Indicator,
    Observation,
    Passage,
    Resolution,
    Tie,
)
from kg.model.codec import resolution_from_lines
from kg.model.frozen import Frozen
from kg.rdf.names import Names

__all__ = ["Posts", "Quote", "Side", "Thing", "find_side", "read_resolution", "side_of_build", "side_of_source"]


class Posts(Frozen):
    """A person with all posts: each a title and the key of the body or country; `attested` are the first and the
    last date of each, as told."""

    key: str
    name: str
    aliases: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    attested: tuple[str, ...]


Thing = Agency | Posts | Event | Agreement | Document | Case | Tie | Indicator | Observation


class Quote(Frozen, order=True):
    """Words of a source that tell of a thing: source id, 1-based line, the words."""

    source: str
    line: int
    words: str


class Side(Frozen):
    """What is compared. `label` is what the user called it; `things` by kind and key; `names` of all that keys
    refer to; `told` the ids of the tellings of each key (of an observation: its row and column); `quotes` their
    words, sorted; `tells` the thing that a telling tells of; `renamed` other keys that things refer to these by; `alias`
    the key in whose name a thing stands in the graph: an agreement that is a document has the document's."""

    label: str
    sources: tuple[str, ...]
    things: Mapping[FactKind, Mapping[str, Thing]]
    names: Mapping[str, str]
    told: Mapping[str, frozenset[str]]
    quotes: Mapping[str, tuple[Quote, ...]]
    tells: Mapping[str, str]
    renamed: Mapping[str, str]
    alias: Mapping[str, str]

    def key(self, key: str) -> str:
        """The key that stands for this one; any other string stays as it is."""
        return self.renamed.get(key, key)


def find_side(text: str, out: Path) -> tuple[Path, str]:
    """What the user means by A or B: the folder of a build and "", or that of OUT's build and the id of a source.

    A folder of builds (OUT) and the folder of one build (OUT/builds/NAME) are builds; all else is the id of a
    source. Raises NotBuiltError without a build, ConfigError when neither is there.
    """
    path = Path(text)
    if (path / "manifest.json").is_file():
        return path.resolve(), ""
    if path.is_dir() or len(path.parts) > 1:  # no id of a source has a folder in it
        return current_build(path), ""
    build = current_build(out)
    known = sorted(file.stem for file in (build / "facts").glob("*.jsonl"))
    if text not in known:
        listed = ", ".join(known)
        raise ConfigError(f"{text}: neither a folder of builds nor a source of {out}; expected one of {listed}")
    return build, text


def read_resolution(build: Path) -> Resolution:
    """The resolution of a build. Raises ConfigError for one that another version of zhitu has written."""
    path = build / "resolution.jsonl"
    try:
        with path.open(encoding="utf-8", newline="\n") as stream:
            return resolution_from_lines(line.rstrip("\n") for line in stream)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}; expected what this version of `kg build` writes") from error


def side_of_build(label: str, resolution: Resolution) -> Side:
    """The side that a whole build is."""
    return _side(label, resolution, {}, resolution)


def side_of_source(label: str, alone: Resolution, whole: Resolution) -> Side:
    """The side that one source is: its things with the values that it gives them by itself (`alone`), under the
    keys that they have in the resolution of all sources (`whole`)."""
    things = {telling.id: telling.thing for telling in whole.tellings}
    renamed = {t.thing: things[t.id] for t in alone.tellings if t.id in things}
    posts = {item.key: item.person for item in whole.memberships}
    for membership in alone.memberships:
        key = renamed.get(membership.key, "")
        if key in posts:
            renamed[membership.person] = posts[key]
    return _side(label, alone, renamed, whole)


def _side(label: str, resolution: Resolution, renamed: Mapping[str, str], whole: Resolution) -> Side:
    persons = {item.key: item.person for item in resolution.memberships}
    told: dict[str, set[str]] = defaultdict(set)
    quotes: dict[str, set[Quote]] = defaultdict(set)
    tells: dict[str, str] = {}
    for telling in resolution.tellings:
        key = persons.get(telling.thing, telling.thing)
        key = renamed.get(key, key)
        told[key].add(telling.id)
        tells[telling.id] = key
        passage = telling.fact.passage
        quotes[key].update(_quotes(passage))
    for cell in resolution.observations:
        passage = cell.passage
        place = "|".join((cell.edition, passage.locator, passage.quote, cell.column))
        told[cell.key].add(place)
        tells[place] = cell.key
        quotes[cell.key].update(_quotes(passage))
    tables: dict[FactKind, Iterable[Thing]] = {
        FactKind.AGENCY: resolution.agencies,
        FactKind.PERSON: _people(resolution),
        FactKind.EVENT: resolution.events,
        FactKind.AGREEMENT: resolution.agreements,
        FactKind.DOCUMENT: resolution.documents,
        FactKind.CASE: resolution.cases,
        FactKind.TIE: resolution.ties,
        FactKind.INDICATOR: resolution.indicators,
        FactKind.OBSERVATION: resolution.observations,
    }
    return Side(
        label,
        tuple(source.id for source in resolution.sources),
        {kind: {renamed.get(item.key, item.key): item for item in items} for kind, items in tables.items()},
        {renamed.get(key, key): name for key, name in _names(resolution).items()},
        {key: frozenset(ids) for key, ids in told.items()},
        {key: tuple(sorted(found)) for key, found in quotes.items()},
        tells,
        renamed,
        Names.of(whole).alias,
    )


def _quotes(passage: Passage) -> Iterator[Quote]:
    """The words of a passage, a line at a time; pieces of one line, such as the cells of a row, parted by a space."""
    lines: dict[int, list[str]] = defaultdict(list)
    for line, quote in zip(passage.lines, passage.quotes, strict=True):
        lines[line].append(quote)
    yield from (Quote(passage.source, line, " ".join(quotes)) for line, quotes in lines.items())


def _people(resolution: Resolution) -> tuple[Posts, ...]:
    held: dict[str, list[tuple[tuple[str, str], str]]] = defaultdict(list)
    for item in resolution.memberships:
        dates = "/".join(dict.fromkeys(str(date) for date in (item.first, item.last) if date))
        held[item.person].append(((item.title, item.organisation or item.country), f"{item.title} {dates}".strip()))
    return tuple(
        Posts(
            person.key,
            person.name,
            person.aliases,
            tuple(sorted({post for post, _ in held[person.key]})),
            tuple(sorted({dates for _, dates in held[person.key]})),
        )
        for person in resolution.people
    )


def _names(resolution: Resolution) -> dict[str, str]:
    """What the keys that things refer to are called."""
    return {
        **{item.key: item.name for item in resolution.places},
        **{item.key: item.name for item in resolution.agencies},
        **{item.key: item.name for item in resolution.people},
        **{item.key: item.name for item in resolution.events},
        **{item.key: item.name for item in resolution.agreements},
        **{item.key: item.title for item in resolution.documents},
    }
