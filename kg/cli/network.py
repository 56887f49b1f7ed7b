"""`kg network`: measures, communities, roles and changes of the network of cooperation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, lang_option, open_current, out_option

if TYPE_CHECKING:
    from kg.network.analysis import Analysis

__all__ = ["command"]

#: Values of `Mode`, `Scope` and `Relation`, written here so that help needs no import; a test holds them together.
_MODES = ("actors", "actor-event", "actor-agreement", "region-series")
_SCOPES = ("domestic", "international", "all")
_RELATIONS = (
    *("signs_with", "meets_with", "issues_jointly_with", "co_hosts_with", "builds_jointly_with"),
    *("negotiates_with", "has_pph_with", "visits", "trains", "cooperates_with"),
)


@click.command("network")
@click.argument("dest", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--mode", type=click.Choice(_MODES), default="actors", show_default=True, help="What the nodes are.")
@click.option(
    "--scope",
    type=click.Choice(_SCOPES),
    default="all",
    show_default=True,
    help="Ties between domestic actors, ties with others, or both.",
)
@click.option("--relation", "relations", multiple=True, type=click.Choice(_RELATIONS), help="Only these; repeatable.")
@click.option("--from", "since", default="", metavar="DATE", help="Ties from this day, month or year on.")
@click.option("--to", "until", default="", metavar="DATE", help="Ties up to this day, month or year.")
@click.option("--ego", default="", metavar="NAME", help="Only around this actor: name, alias, code or IRI.")
@click.option("--hops", type=click.IntRange(min=1), default=1, show_default=True, help="How far around it.")
@click.option("--compare", metavar="DATE[..DATE]", help="What changed since this period.")
@click.option("--compare-out", type=click.Path(path_type=Path), metavar="OUT", help="What changed since that build.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="First seed of the communities.")
@click.option("--backend", "backend_name", default="", metavar="NAME", help="A backend of networkx, e.g. parallel.")
@click.option("--pictures/--no-pictures", default=True, show_default=True, help="Draw into DEST (SVG, PNG).")
@click.option("--top", type=click.IntRange(min=1), default=15, show_default=True, help="Rows to show without DEST.")
@out_option
@json_option
@lang_option
def command(
    dest: Path | None,
    mode: str,
    scope: str,
    relations: tuple[str, ...],
    since: str,
    until: str,
    ego: str,
    hops: int,
    compare: str | None,
    compare_out: Path | None,
    seed: int,
    backend_name: str,
    pictures: bool,
    top: int,
    out: Path,
    as_json: bool,
    lang: str,
) -> None:
    """The network of cooperation: who stands where, in which community and role, and what changed.

    Into the folder DEST go tables (CSV, and all of them in network.json) with the definitions of all measures,
    network.nq, network.gexf, network.graphml, and pictures. Without DEST the top of the table is shown.

    Example: kg network network/ --scope international --from 2024-07 --to 2024-12
    """
    from kg.network.analysis import Request, analyse, backend
    from kg.network.selection import Period, Scope
    from kg.network.two_mode import Mode

    period = Period.parse(since, until)
    request = Request(Mode(mode), Scope(scope), relations, period, ego, hops, seed)
    before = Period.between(compare) if compare else None
    earlier = open_current(compare_out) if compare_out else None
    with backend(backend_name):
        analysis = analyse(open_current(out), request, before=before, earlier=earlier)
    if dest is not None:
        _write(analysis, dest, lang, pictures=pictures)
    _tell(analysis, lang, 0 if dest else top, as_json=as_json)


def _write(analysis: Analysis, dest: Path, lang: str, *, pictures: bool) -> None:
    from kg.errors import ConfigError
    from kg.network.write import write_analysis, write_pictures

    try:
        names = write_analysis(analysis, dest)
        click.echo(f"{dest}: {', '.join(names)}", err=True)
        if pictures:
            click.echo(f"{dest}: {', '.join(write_pictures(analysis, dest, lang))}", err=True)
    except OSError as error:
        raise ConfigError(f"{dest}: {error.strerror or error}; expected a folder to write to") from error


def _tell(analysis: Analysis, lang: str, top: int, *, as_json: bool) -> None:
    from kg.cli.layout import aligned
    from kg.network.report import figure_line, notes, top_table
    from kg.network.tables import json_of, tables_of

    for note in notes(analysis, lang):
        click.echo(note, err=True)
    if as_json:
        click.echo(json_of(analysis, tables_of(analysis)), nl=False)
    elif top:
        click.echo(figure_line(analysis, lang))
        header, rows = top_table(analysis, lang, top)
        click.echo("\n".join(aligned(header, rows, longest=40)))
