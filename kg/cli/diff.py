"""`kg diff`: what changed between two builds or between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, out_option

__all__ = ["command"]

#: The values of `kg.model.FactKind`, written here so that help needs no import; a test holds the two together.
_KINDS = ("agency", "person", "event", "agreement", "document", "case", "tie", "indicator", "observation")


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only this kind; repeatable.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Changes of a kind in text; 0: all."
)
@click.option("-f", "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit code 1 when anything differs.")
@out_option
@json_option
@lang_option
def command(
    a: str,
    b: str,
    kinds: tuple[str, ...],
    limit: int,
    form: str,
    exit_code: bool,
    out: Path,
    as_json: bool,
    lang: str,
) -> None:
    """Show what is added, gone and changed from A to B, each with its sentences. A and B are folders of builds
    (out, or one build: out/builds/NAME), or ids of two sources of one build (that of --out): two years.

    Example: kg diff out/builds/1f2e3d4c5b6a7988 out --kind event --kind agreement
    """
    from kg.diff import compare
    from kg.diff.report import render_csv, render_json, render_text
    from kg.model import FactKind
    from kg.pipeline import open_side

    diff = compare(open_side(a, out), open_side(b, out))
    wanted = [FactKind(kind) for kind in kinds]
    if as_json or form == "json":
        click.echo(render_json(diff, wanted), nl=False)
    elif form == "csv":
        click.echo(render_csv(diff, wanted), nl=False)
    else:
        click.echo(render_text(diff, lang, wanted, limit), nl=False)
    if exit_code and any(not wanted or change.kind in wanted for change in diff.changes):
        click.get_current_context().exit(1)
