"""`kg query`: ask the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import open_current, out_option

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["command"]

_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


@click.command("query")
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option("-e", "--sparql", help="A query in place of a name or file.")
@click.option("-p", "--param", "params", multiple=True, metavar="K=V", help="A parameter of the query; repeatable.")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--evidence", is_flag=True, help="The sentences behind the answer; on stderr unless a table.")
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
    """Ask the graph by a named query (see `kg questions`), a file with a query, or SPARQL.

    Example: kg query agreements_with_country --param country=法国 --evidence
    """
    from kg.cli.layout import aligned
    from kg.store.answers import AnswerFormat, answer_bytes, answer_table
    from kg.store.queries import query_text

    chosen = AnswerFormat.JSON if as_json else AnswerFormat(form)
    store = open_current(out)
    text = query_text(store, name=name, sparql=sparql, params=params)
    if chosen is AnswerFormat.TABLE:
        header, rows = answer_table(store, text)
        click.echo("\n".join(aligned(header, rows)))
    else:
        click.echo(answer_bytes(store, text, chosen), nl=False)
    if evidence:
        _evidence(store, text, to_stderr=chosen is not AnswerFormat.TABLE)


def _evidence(store: Store, text: str, *, to_stderr: bool) -> None:
    from kg.cli.layout import told_lines
    from kg.store.answers import iris_of
    from kg.store.entities import bare, tellings_of

    iris = iris_of(store, text)
    told = tellings_of(store, *iris)
    for iri in iris:
        if iri in told:
            click.echo(f"\n{bare(iri)}", err=to_stderr)
            click.echo("\n".join(told_lines(told[iri], "... {}")), err=to_stderr)
