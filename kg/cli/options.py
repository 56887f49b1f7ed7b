"""Options that several verbs share, and the build they work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["json_option", "lang_option", "open_current", "out_option", "write_json"]

out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="The folder of builds.",
)
lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, for scripts.")


def open_current(out: Path) -> Store:
    """The store of the current build, for reading; NotBuiltError when there is none."""
    from kg.builds import current_build
    from kg.store.graph import open_store

    return open_store(current_build(out) / "store")


def write_json(value: Any) -> None:
    """Print a value as JSON with Chinese readable."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
