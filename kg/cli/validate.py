"""`kg validate`: the graph against its shapes and the constraints of the data cube."""

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
    """Check the resolved facts against the shapes, each result with the line and words of its fact, and the
    statistics against the integrity constraints of the W3C Data Cube, each with what violates it.

    Exit code 1: the graph does not conform, or a constraint is violated.

    Example: kg validate --lang en
    """
    from kg.store.constraints import ConstraintStatus, check_constraints, render_constraints
    from kg.store.report import render_json, render_text, to_turtle
    from kg.store.shacl import validate

    store = open_current(out)
    report = validate(store)
    constraints = check_constraints(store)
    violated = any(result.status is ConstraintStatus.VIOLATED for result in constraints)
    language = "en" if lang == "en" else "zh"
    if as_json:
        click.echo(render_json(report, constraints), nl=False)
    elif form == "turtle":
        # A SHACL report has no place for what is no shape.
        click.echo(to_turtle(report), nl=False)
        click.echo(render_constraints(constraints, language) if violated else "", nl=False, err=True)
    else:
        click.echo(f"{render_text(report, language)}\n{render_constraints(constraints, language)}", nl=False)
    if violated or not report.conforms:
        click.get_current_context().exit(1)
