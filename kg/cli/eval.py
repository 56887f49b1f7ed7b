"""`kg eval`: a build against a gold standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, open_current, out_option, write_json
from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.evaluate import Rows

__all__ = ["command"]


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--lines", default="", help="Score these lines only (108-344,916-1143) instead of GOLD/lines.json.")
@click.option("--document", default="", help="Score the rows of this source only.")
@click.option("--kinds", default="", help="Kinds to score, comma between (events,ties); default all.")
@click.option("--misses", default="", help="List what was missed and what is wrong of these kinds (or all).")
@click.option(
    "--aside",
    type=click.Choice(["only", "without"]),
    help="A fixed third of GOLD, picked by a hash of its names, is kept aside while rules are written: score it alone, "
    "or score the rest.",
)
@click.option("--tables", type=click.Path(path_type=Path), help="Score this folder of fact tables, not the build.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "turtle"]), default="text", show_default=True)
@click.option(
    "--write",
    is_flag=True,
    help="Also put the measures (dqv:) into the graph of the build, which becomes a new build. A later `kg build` has none.",
)
@out_option
@json_option
def command(
    gold: Path,
    lines: str,
    document: str,
    kinds: str,
    misses: str,
    aside: str | None,
    tables: Path | None,
    form: str,
    write: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Measure a build against GOLD, a folder of hand-made facts (events.jsonl, ...): precision, recall, F1,
    duplicates, attributes and quotes, per kind.

    Example: kg eval gold/ --misses events
    """
    from kg.builds import current_build
    from kg.evaluate import evaluate, parse_ranges, read_gold, read_tables, to_json, to_lines, to_turtle, write_quality

    part_of = {"--tables": tables, "--document": document, "--lines": lines, "--kinds": kinds, "--aside": aside}
    partly = [name for name, value in part_of.items() if value]
    if write and partly:
        raise ConfigError(f"--write with {partly[0]}; expected measures of the whole build against all of GOLD")
    measured = current_build(out) if write else None
    standard = read_gold(gold)
    wanted = _kinds(kinds)
    listed = tuple(kind for kind in _kinds(misses) if kind in wanted) if misses else ()
    ranges = parse_ranges(lines) if lines else None
    rows, texts = (read_tables(tables, document), None) if tables else _built(out, document)
    part = None if aside is None else aside == "only"
    scores = evaluate(standard, rows, ranges, kinds=wanted, texts=texts, aside=part)
    if as_json:
        write_json(to_json(scores, listed))
    elif form == "turtle":
        click.echo(to_turtle(scores, standard.sha256), nl=False)
    else:
        click.echo("\n".join(to_lines(scores, listed)))
    if measured is not None:
        click.echo(f"written: {write_quality(out, measured, scores, standard.sha256)}", err=True)


def _kinds(text: str) -> tuple[str, ...]:
    from kg.evaluate import KINDS

    asked = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [kind for kind in asked if kind not in KINDS and kind != "all"]
    if unknown:
        raise ConfigError(f"kind {unknown[0]!r}; expected {', '.join(KINDS)}")
    return KINDS if not asked or "all" in asked else asked


def _built(out: Path, document: str) -> tuple[Rows, dict[str, list[str]]]:
    """The rows of the current build by table, and the lines of its sources."""
    from kg.builds import current_build
    from kg.evaluate import KINDS, of_document
    from kg.export.tables import TABLES, table_rows

    store = open_current(out)
    rows = {
        table.name: of_document((dict(zip(table.columns, r, strict=True)) for r in table_rows(store, table)), document)
        for table in TABLES
        if table.name in KINDS
    }
    sources = sorted((current_build(out) / "sources").glob("*.txt"))
    return rows, {path.stem: path.read_bytes().decode("utf-8").split("\n") for path in sources}
