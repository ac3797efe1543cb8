"""`legannot diff`: the redline of two versions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from legannot.cli import options
from legannot.cli.output import write

# A redline is read as prose; wider lines than this are hard to follow.
WIDEST = 100


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "style",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="A redline for reading, or JSON.",
)
@click.option("--all", "everything", is_flag=True, help="In JSON: unchanged provisions too.")
@click.option(
    "--granularity",
    type=click.Choice(["word", "phrase", "character"]),
    default="phrase",
    show_default=True,
    help="How finely edits are marked.",
)
@options.output
@options.color
@options.exit_code
@options.quiet
def diff(
    old: str,
    new: str,
    style: str,
    everything: bool,
    granularity: str,
    output: Path | None,
    color: str,
    exit_code: bool,
    quiet: bool,
) -> None:
    """Compare OLD with NEW, word by word, in the order given."""
    from legannot.cli.pipeline import read_bill, same_bill_notice
    from legannot.diff import compare

    before, after = read_bill(old), read_bill(new)
    comparison = compare(before, after, granularity)
    for notice in (*same_bill_notice(before, after), *comparison.notices):
        options.note(notice, quiet=quiet)
    if style == "json":
        from legannot.render.json import comparison_document, dumps

        write(output, dumps(comparison_document(comparison, include_unchanged=everything)))
    else:
        from legannot.render.terminal import redline

        width = min(shutil.get_terminal_size().columns, WIDEST)
        styled = options.wants_color(color) and output is None
        write(output, redline(comparison, color=styled, width=width))
    if exit_code and comparison.changes:
        sys.exit(1)
