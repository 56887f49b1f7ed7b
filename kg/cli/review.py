"""`kg review`: what a person should judge."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import json_option, lang_option, out_option, write_json
from kg.errors import ConfigError

__all__ = ["command"]


@click.command("review")
@click.argument("dest", required=False, type=click.Path(path_type=Path), metavar="[DEST.csv]")
@click.option("--merged-below", type=float, default=0.85, show_default=True, help="List merges with a lower score.")
@click.option("--sure-from", type=float, default=0.8, show_default=True, help="List facts with a lower confidence.")
@click.option("--limit", type=click.IntRange(min=0), default=0, help="List the most doubtful N only.")
@out_option
@json_option
@lang_option
def command(
    dest: Path | None, merged_below: float, sure_from: float, limit: int, out: Path, as_json: bool, lang: str
) -> None:
    """List doubtful merges, pairs kept apart and unsure facts as CSV, the most doubtful first. Fill in verb, who
    and why (field and value too for `set`), append the rows to judgements.csv and build again.

    Example: kg review doubts.csv
    """
    import sys

    from msgspec import to_builtins

    from kg.builds import current_build
    from kg.export.review import read_doubts, review, write_review
    from kg.model.judgement import read_judgements

    build = current_build(out)
    judged = read_judgements(path for path in (build / "judgements.csv",) if path.is_file())
    with (build / "resolution.jsonl").open(encoding="utf-8", newline="\n") as stream:
        found = read_doubts(stream)
    rows = review(found, judged, lang=lang, merged_below=merged_below, sure_from=sure_from)
    rows = rows[:limit] if limit else rows
    if as_json:
        write_json([to_builtins(row) for row in rows])
    elif dest is None:
        write_review(rows, sys.stdout)
    else:
        try:
            with dest.open("w", encoding="utf-8", newline="") as target:
                write_review(rows, target)
        except OSError as error:
            raise ConfigError(f"{dest}: {error.strerror}; expected a file to write") from error
        click.echo(f"{dest}: {len(rows)} rows to judge", err=True)
