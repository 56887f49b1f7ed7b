"""`kg export`: fact tables and RDF files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, open_current, out_option, write_json
from kg.errors import ConfigError

__all__ = ["command"]


@click.command("export")
@click.option(
    "-f", "--format", "form", type=click.Choice(["csv", "nq", "ttl", "trig"]), default="csv", show_default=True
)
@click.argument("dest", type=click.Path(path_type=Path))
@click.option(
    "--quotes",
    type=click.Choice(["full", "short", "none"]),
    default="full",
    show_default=True,
    help="How much of each quote is given (short: its first 60 characters). Lines and offsets stay.",
)
@out_option
@json_option
def command(form: str, dest: Path, quotes: str, out: Path, as_json: bool) -> None:
    """Write the graph to DEST.

    \b
    csv   a folder of fact tables with their description (CSV on the Web)
    nq    one file with everything: facts, sentences and tellings
    trig  the same as TriG, with prefixes, for people to read
    ttl   the resolved facts alone, without sentences and tellings

    DEST is written beside its place and then renamed: what was there stays whole when a write fails.

    Example: kg export --format csv tables/
    """
    counts = _write(form, dest, quotes, out)
    if as_json:
        write_json(counts)
    else:
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"{dest}: {listed or 'written'}", err=True)


def _write(form: str, dest: Path, mode: str, out: Path) -> dict[str, int]:
    """Write one format; what was written, counted."""
    from kg import export
    from kg.builds import current_build

    graph = current_build(out) / "graph.nq"
    quotes = export.Quotes(mode)
    try:
        match form:
            case "csv":
                counts = export.write_tables(open_current(out), dest, quotes)
                export.write_metadata(dest)
                return counts
            case "nq" if quotes is export.Quotes.FULL:
                export.copy_nquads(graph, dest)
                return {}
            case "nq":
                return {"quads": export.write_nquads(export.read_quads(graph, quotes), dest)}
            case "trig":
                return {"quads": export.write_trig(graph, dest, quotes)}
            case _:
                return {"triples": export.write_turtle(graph, dest)}
    except OSError as error:
        raise ConfigError(f"{dest}: {error.strerror or error}; expected a place to write {form}") from error
