"""`kg text`: what was understood of a report."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, write_json

__all__ = ["command"]


@click.command("text")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@lang_option
def command(file: Path, as_json: bool, lang: str) -> None:
    """Show what was understood of a report: sections, tables, repairs and doubts, with their lines.

    Example: kg text report.md
    """
    from kg.lexicon import load_lexicon
    from kg.text import read_report
    from kg.text.outline import outline_data, outline_lines

    report = read_report(file, load_lexicon())
    if as_json:
        write_json(outline_data(report))
    else:
        click.echo("\n".join(outline_lines(report, lang)))
