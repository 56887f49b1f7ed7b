"""`kg validate`: the graph against its shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, open_current, out_option

__all__ = ["command"]


@click.command("validate")
@click.option("-f", "--format", "form", type=click.Choice(["text", "turtle"]), default="text", show_default=True)
@out_option
@json_option
@lang_option
def command(form: str, out: Path, as_json: bool, lang: str) -> None:
    """Check the resolved facts against the shapes; each result with the line and words of its fact.

    Exit code 1: the graph does not conform.

    Example: kg validate --lang en
    """
    from kg.store.report import render_json, render_text, to_turtle
    from kg.store.shacl import validate

    report = validate(open_current(out))
    if as_json:
        click.echo(render_json(report), nl=False)
    elif form == "turtle":
        click.echo(to_turtle(report), nl=False)
    else:
        click.echo(render_text(report, "en" if lang == "en" else "zh"), nl=False)
    if not report.conforms:
        click.get_current_context().exit(1)
