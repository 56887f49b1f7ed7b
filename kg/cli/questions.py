"""`kg questions`: the named queries with what they answer."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, open_current, out_option, write_json

__all__ = ["command"]


@click.command("questions")
@click.option("--search", "words", metavar="WORDS", help="Only those about these words; names in the graph too.")
@out_option
@json_option
def command(words: str | None, out: Path, as_json: bool) -> None:
    """List the named queries: what each answers, in zh and en, and its parameters with defaults.

    Example: kg questions --search 商标
    """
    from kg.cli.layout import aligned
    from kg.store.names import Names
    from kg.store.queries import load_queries

    queries, names = list(load_queries()), []
    if words is not None:
        from kg.words import search

        texts = [" ".join((q.zh, q.en, q.subject, *(p.label for p in q.params))) for q in queries]
        queries = [queries[i] for i in search(words, texts)]
        known = Names(open_current(out)).labels() if (out / "current").is_dir() else ()
        names = [known[i] for i in search(words, [n.name for n in known])[:20]]
    if as_json:
        from dataclasses import asdict

        listed = [{k: v for k, v in asdict(q).items() if k != "text"} for q in queries]
        write_json({"queries": listed, "names": [asdict(n) for n in names]})
        return
    for query in queries:
        click.echo(f"{query.subject}\n  {query.zh}\n  {query.en}")
        for param in query.params:
            click.echo(f"  --param {param.name}={param.default}  {param.label}, {param.kind}")
    if names:
        click.echo("")
        rows = [(n.name, n.kind.value, n.iri) for n in names]
        click.echo("\n".join(aligned(("name", "kind", "iri"), rows)))
    if not queries and not names:
        click.echo(f"nothing about {words!r}; `kg questions` lists all", err=True)
