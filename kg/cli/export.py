"""`kg export`: fact tables and RDF files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, open_current, out_option, write_json
from kg.errors import ConfigError

__all__ = ["command"]


@click.command("export")
@click.option("-f", "--format", "form", type=click.Choice(["csv", "nq", "ttl"]), default="csv", show_default=True)
@click.argument("dest", type=click.Path(path_type=Path))
@click.option(
    "--quotes",
    type=click.Choice(["full", "short", "none"]),
    default="full",
    show_default=True,
    help="How much of each quote the tables give (short: its first 60 characters).",
)
@out_option
@json_option
def command(form: str, dest: Path, quotes: str, out: Path, as_json: bool) -> None:
    """Write the graph to DEST: csv is a folder of fact tables with their description (CSV on the Web), nq one file
    with everything, ttl one file with the resolved facts (its named graphs, with sentences and tellings, are left out).

    Example: kg export --format csv tables/
    """
    from kg.builds import current_build
    from kg.export import Quotes, copy_nquads, write_metadata, write_tables, write_turtle

    build = current_build(out)
    counts: dict[str, int] = {}
    try:
        if form == "csv":
            counts = write_tables(open_current(out), dest, Quotes(quotes))
            write_metadata(dest)
        elif form == "nq":
            copy_nquads(build / "graph.nq", dest)
        else:
            counts = {"triples": write_turtle(open_current(out), dest)}
    except OSError as error:
        raise ConfigError(f"{dest}: {error.strerror or error}; expected a place to write {form}") from error
    if as_json:
        write_json(counts)
    else:
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"{dest}: {listed or 'written'}", err=True)
