"""`kg show`: a thing with all its facts and sentences."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, open_current, out_option, write_json

__all__ = ["command"]


@click.command("show")
@click.argument("name")
@out_option
@json_option
@lang_option
def command(name: str, out: Path, as_json: bool, lang: str) -> None:
    """Show a thing, by name, alias, code or IRI: its facts, the sentences behind them, where tellings differ.

    Example: kg show 世界知识产权组织
    """
    from msgspec import to_builtins

    from kg.cli.layout import entity_lines
    from kg.store.entities import describe, term_labels
    from kg.store.names import Names

    store = open_current(out)
    entity = describe(store, Names(store).one(name))
    if as_json:
        write_json({**to_builtins(entity), "differences": entity.differences})
    else:
        click.echo("\n".join(entity_lines(entity, lang, term_labels(lang))))
