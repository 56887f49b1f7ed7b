"""`kg check`: contradictions within and between reports."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, open_current, out_option

__all__ = ["command"]

#: The values of `kg.check.Kind`, written here so that help needs no import; a test holds the two together.
_KINDS = ("table-sum", "edition", "prose-prose", "prose-table", "growth", "share", "parts", "telling")


@click.command("check")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only this kind; repeatable.")
@click.option("--strict", is_flag=True, help="Exit code 1 when there is an error or a warning.")
@click.option("-f", "--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@out_option
@json_option
@lang_option
def command(kinds: tuple[str, ...], strict: bool, form: str, out: Path, as_json: bool, lang: str) -> None:
    """Find contradictions: sums, growth, shares, prose against tables, one telling against another.

    Each finding shows the reason and both sides with their lines.

    Example: kg check --kind prose-table --kind growth --strict
    """
    from kg.check import Kind, Severity, check
    from kg.check.report import render_csv, render_json, render_text

    findings = check(open_current(out), [Kind(kind) for kind in kinds])
    if as_json:
        click.echo(render_json(findings), nl=False)
    elif form == "csv":
        click.echo(render_csv(findings, lang), nl=False)
    else:
        click.echo(render_text(findings, lang), nl=False)
    if strict and any(finding.severity is not Severity.NOTE for finding in findings):
        click.get_current_context().exit(1)
