"""`kg questions`: the named queries with what they answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, open_current, out_option, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.store.names import Named
    from kg.store.params import Param, ParamKind
    from kg.store.queries import NamedQuery

__all__ = ["command"]

_NAMES = 20


@click.command("questions")
@click.option("--search", "words", metavar="WORDS", help="Only those about these words; things of the graph too.")
@out_option
@json_option
def command(words: str | None, out: Path, as_json: bool) -> None:
    """List the named queries: what each answers in zh and en, and its parameters with their defaults.

    A build is not needed. With one, --search also finds the things of the graph that have the words in their
    names, and for a thing by its whole name the queries that can be asked about it.

    \b
    Example: kg questions --search 会面
             kg questions --search "signed with"
             kg questions --search 江苏
    """
    from kg.store.queries import load_queries

    queries: Sequence[NamedQuery] = load_queries()
    names: Sequence[Named] = ()
    about: dict[ParamKind, str] = {}
    if words is not None:
        names = _names(words, out)
        queries, about = _found(words, queries, names)
    if as_json:
        from msgspec import to_builtins

        listed = [{k: v for k, v in to_builtins(q).items() if k != "text"} for q in queries]
        write_json({"queries": listed, "names": [to_builtins(n) for n in names]})
        return
    for line in _lines(queries, names, about):
        click.echo(line)
    if not queries and not names:
        click.echo(f"nothing about {words!r}; `kg questions` lists all", err=True)


def _names(words: str, out: Path) -> Sequence[Named]:
    """Things of the current build, if there is one, each once by the name that fits best; figures last."""
    from kg.store.names import EntityKind, Names
    from kg.words import search

    if not (out / "current").is_dir():
        return ()
    known = Names(open_current(out)).labels()
    once: dict[tuple[str, str], Named] = {}
    for i in search(words, [n.name for n in known]):
        figure = known[i].kind in (EntityKind.INDICATOR, EntityKind.DATASET)
        once.setdefault((known[i].kind, known[i].name if figure else known[i].iri), known[i])
    return sorted(once.values(), key=lambda n: n.kind in (EntityKind.INDICATOR, EntityKind.DATASET))[:_NAMES]


def _found(
    words: str, queries: Sequence[NamedQuery], names: Sequence[Named]
) -> tuple[Sequence[NamedQuery], dict[ParamKind, str]]:
    """The queries about these words; when there are none and they name a thing, those that take such a thing.

    The second value gives the words for each kind of parameter that can hold the thing.
    """
    from kg.store.names import folded
    from kg.store.params import kinds_of
    from kg.words import search

    texts = [" ".join((q.zh, q.en, q.subject.replace("_", " "))) for q in queries]
    also = [" ".join(part for p in q.params for part in (p.label, p.default, *_labels(p))) for q in queries]
    hits = search(words, texts, also)
    called = {n.kind for n in names if folded(n.name) == folded(words)}
    about = dict.fromkeys(kinds_of(called), words)
    if not hits and about:
        return [q for q in queries if any(p.kind in about for p in q.params)], about
    return [queries[i] for i in hits], about


def _labels(param: Param) -> Iterator[str]:
    """What the members of its closed set are called."""
    from kg.store.params import concepts

    for labels in concepts().get(param.kind, {}).values():
        yield from labels


def _said(param: Param, value: str) -> str:
    """A parameter as it is typed, what it is, its kind where the label does not say it, and what it may be."""
    from kg.store.params import concepts

    kind = "" if param.kind in param.label else f", {param.kind}"
    codes = "|".join(concepts().get(param.kind, ()))
    return f"  --param {param.name}={value}  {param.label}{kind}{f': {codes}' if codes else ''}"


def _lines(queries: Sequence[NamedQuery], names: Sequence[Named], about: dict[ParamKind, str]) -> Iterator[str]:
    from kg.cli.layout import aligned

    for query in queries:
        yield f"{query.subject}\n  {query.zh}\n  {query.en}"
        told = dict(about)
        yield from (_said(param, told.pop(param.kind, param.default)) for param in query.params)
    if names:
        if queries:
            yield ""
        yield from aligned(("name", "kind", "key"), [(n.name, n.kind.value, n.key) for n in names], longest=60)
