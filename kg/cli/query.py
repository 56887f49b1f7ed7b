"""`kg query`: ask the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import open_current, out_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.store.queries import NamedQuery

__all__ = ["command"]

_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
#: Columns of a terminal that a cell of a table may take; other formats have cells whole.
_LONGEST = 80


@click.command("query")
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option("-e", "--sparql", metavar="SPARQL", help="A query in place of a name or file.")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the query, repeatable: a name in zh or en, an alias, a code, a date ...",
)
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--evidence", is_flag=True, help="Also the sentences behind the answer, with source:line; on stderr unless a table."
)
@out_option
def command(
    name: str | None,
    sparql: str | None,
    params: tuple[str, ...],
    form: str,
    as_json: bool,
    evidence: bool,
    out: Path,
) -> None:
    """Ask the graph: by a named query (`kg questions` lists them), a file with a query, or SPARQL 1.1.

    A table cuts long cells and leaves out the keys of facts; the other formats have all. turtle is for
    queries that make a graph.

    \b
    Example: kg query agreements_with_country --param country=法国 --evidence
             kg query events_in_month --param month=2024-10 --format csv
             kg query -e 'SELECT * { ?s ?p ?o } LIMIT 5'
    """
    from kg.cli.layout import aligned
    from kg.store.answers import AnswerFormat, answer_bytes, answer_table
    from kg.store.queries import prepare

    chosen = AnswerFormat.JSON if as_json else AnswerFormat(form)
    store = open_current(out)
    text, query = prepare(store, name=name, sparql=sparql, params=params)
    if chosen is AnswerFormat.TABLE:
        header, rows = answer_table(store, text, hidden=query.evidence if query else ())
        click.echo("\n".join(aligned(header, rows, longest=_LONGEST)))
    else:
        click.echo(answer_bytes(store, text, chosen), nl=False)
    if evidence:
        if chosen is AnswerFormat.TABLE:
            click.echo("")
        for line in _evidence(store, text, query):
            click.echo(line, err=chosen is not AnswerFormat.TABLE)


def _evidence(store: Store, text: str, query: NamedQuery | None) -> Iterator[str]:
    from kg.cli.layout import told_lines
    from kg.store.answers import facts_behind
    from kg.store.entities import bare, labels_of, tellings_of

    if query is not None and query.unfounded:
        yield f"no sentences: {query.unfounded}"
        return
    iris = facts_behind(store, text, query.evidence if query else ())
    told, labels = tellings_of(store, *iris), labels_of(store, *iris)
    for iri in iris:
        if iri in told:
            yield f"{labels.get(iri, '')}  {bare(iri)}".strip()
            yield from told_lines(told[iri], "... {}")
    if not told:
        yield "no sentences: the answer names no fact that the report tells"
