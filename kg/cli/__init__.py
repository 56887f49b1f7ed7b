"""The command line: `kg VERB`. A verb's module is imported when the verb is used, so that help is quick."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from kg import __version__
from kg.errors import KgError

__all__ = ["Verbs", "main"]

#: Each verb's module is `kg.cli.<verb>` with a `command`; the sentence stands in `kg --help`.
_VERBS = {
    "build": "Build the graph of one or more reports (without SOURCE: the bundled sample).",
    "text": "Show what was understood of a report: outline, tables, repairs.",
    "validate": "Check the graph against its shapes.",
    "check": "Find contradictions in the facts and figures, with both sides quoted.",
    "query": "Ask the graph: a named query, a file or SPARQL.",
    "questions": "List the named queries and what each answers.",
    "show": "Show a thing with all its facts and the sentences behind them.",
    "export": "Write fact tables or RDF files.",
    "network": "Measure the network of cooperation: centrality, communities, roles, changes.",
    "diff": "Show what changed between two builds or two reports.",
    "review": "List doubtful merges and facts as CSV, for a person to judge.",
    "eval": "Measure the build against a gold standard.",
}


class Verbs(click.Group):
    """A group whose commands are imported on demand, and whose errors are one line and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of work."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, or None when there is no such verb."""
        if cmd_name not in _VERBS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of verbs, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_VERBS.items()))

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run, and leave with 0, 1 (data does not conform) or 2 (usage or error)."""
        run: Any = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = 2
        except click.ClickException as error:
            click.echo(f"error: {error.format_message()}", err=True)
            code = 2
        except KgError as error:
            click.echo(f"error: {error}", err=True)
            code = 2
        except click.Abort:
            click.echo("error: interrupted", err=True)
            code = 130
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """zhitu (知图): from reports of public bodies to a knowledge graph with the sentence behind every fact.

    Example: kg build report.md && kg query events_in_month --param month=2024-10
    """
