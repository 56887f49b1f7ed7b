"""`kg export`: fact tables and RDF files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, open_current, out_option, write_json
from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.export import Quotes

__all__ = ["command"]


_NETWORK = ("graphml", "gexf")
_REIFIED = ("nq", "trig")
_FORMS = ("csv", "nq", "ttl", "trig", "jsonld", "dcat", "all", *_NETWORK)


@click.command("export")
@click.option("-f", "--format", "form", type=click.Choice(_FORMS), default="csv", show_default=True)
@click.argument("dest", type=click.Path(path_type=Path))
@click.option(
    "--quotes",
    type=click.Choice(["full", "short", "none"]),
    default="full",
    show_default=True,
    help="How much of each quote is given (short: its first 60 characters). Lines and offsets stay.",
)
@click.option("--rdf12", is_flag=True, help="nq and trig in RDF 1.2: each telling reifies the triples that it tells.")
@out_option
@json_option
def command(form: str, dest: Path, quotes: str, rdf12: bool, out: Path, as_json: bool) -> None:
    """Write the graph to DEST.

    \b
    csv     a folder of fact tables with their description (CSV on the Web)
    nq      one file with everything: facts, sentences and tellings
    trig    the same as TriG, with prefixes, for people to read
    ttl     the resolved facts alone, without sentences and tellings
    jsonld  everything, an entity a line with its sentences, the context embedded
    dcat    the data set described for catalogues (DCAT 3 and VoID), as Turtle
    all     a folder with all of the above, the description with their sizes and hashes
    graphml the network of actors and ties, for networkx, igraph, Gephi and others
    gexf    the same as GEXF 1.3, with days for the timeline of Gephi

    DEST is written beside its place and then renamed: what was there stays whole when a write fails.

    Example: kg export --format csv tables/
    """
    if rdf12 and form not in _REIFIED:
        raise ConfigError(f"--rdf12 with {form}; expected --format {' or '.join(_REIFIED)}")
    counts = _write(form, dest, quotes, rdf12, out)
    if as_json:
        write_json(counts)
    else:
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        click.echo(f"{dest}: {listed or 'written'}", err=True)


def _write(form: str, dest: Path, quotes: str, rdf12: bool, out: Path) -> dict[str, int]:
    """Write one format; what was written, counted."""
    from kg.builds import current_build
    from kg.export import Quotes, write_export

    build = current_build(out)
    try:
        if form in _NETWORK:
            return _write_network(form, dest, Quotes(quotes), out)
        told = build / "resolution.jsonl" if rdf12 else None
        return write_export(form, build / "graph.nq", lambda: open_current(out), dest, Quotes(quotes), told=told)
    except OSError as error:
        raise ConfigError(f"{dest}: {error.strerror or error}; expected a place to write {form}") from error


def _write_network(form: str, dest: Path, quotes: Quotes, out: Path) -> dict[str, int]:
    from kg.network import read_network
    from kg.network.formats import write_gexf, write_graphml

    network = read_network(open_current(out))
    (write_gexf if form == "gexf" else write_graphml)(network, dest, quotes)
    return {"actors": network.number_of_nodes(), "ties": network.number_of_edges()}
