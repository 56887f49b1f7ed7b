"""`kg build`: the main job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, out_option, write_json

if TYPE_CHECKING:
    from kg.pipeline import BuildResult

__all__ = ["command"]


@click.command("build")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@out_option
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--judgements",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What people judged (default: the judgements.csv beside each SOURCE).",
)
@click.option("--no-validate", is_flag=True, help="Do not check the graph against its shapes.")
@json_option
def command(
    sources: tuple[Path, ...], out: Path, jobs: int, judgements: Path | None, no_validate: bool, as_json: bool
) -> None:
    """Build the graph of reports (files or folders of them); without SOURCE, of the bundled sample.

    Exit code 1: the graph does not conform to its shapes; the build before stays.

    Example: kg build report.md -o out --jobs 2
    """
    from kg.pipeline import build

    with _progress() as tell:
        result = build(sources, out, jobs=jobs, validate=not no_validate, progress=tell, judgements=judgements)
    if as_json:
        write_json(_summary(result))
    else:
        click.echo("\n".join(_lines(result, out)))
    if not result.conforms:
        click.echo(f"does not conform; see {out / 'rejected' / 'validation.txt'}", err=True)
        click.get_current_context().exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """A line on stderr that says what is being done; nothing when stderr is no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with console.status("reading") as status:
        yield lambda step: status.update(step)


#: So many doubtful places are shown to a person.
_MOST_ISSUES = 5


def _summary(result: BuildResult) -> dict[str, object]:
    return {
        "directory": str(result.directory) if result.directory else None,
        "conforms": result.conforms,
        "sources": [source.id for source in result.sources],
        "counts": {kind.value: count for kind, count in result.counts.items()},
        "quads": sum(result.quads.values()),
        "repairs": result.repairs,
        "issues": [str(issue) for issue in result.issues],
    }


def _lines(result: BuildResult, out: Path) -> Iterator[str]:
    for source in result.sources:
        yield f"{source.id}  {source.title}  ({source.filename})"
    yield "  ".join(f"{kind.value} {count}" for kind, count in result.counts.items())
    yield f"{sum(result.quads.values())} quads, {result.repairs} repairs, {len(result.issues)} issues"
    yield from (f"  {issue}" for issue in result.issues[:_MOST_ISSUES])
    if len(result.issues) > _MOST_ISSUES:
        yield f"  (+{len(result.issues) - _MOST_ISSUES}; all with `--json` and in resolution.jsonl)"
    if result.directory:
        at = "" if out == Path("out") else f" -o {out}"
        yield f"built: {result.directory}"
        yield f"next: kg questions | kg query people_with_posts{at} | kg export --format csv tables{at}"
