"""`legannot parse`: the outline, text or JSON of a bill."""

from __future__ import annotations

from pathlib import Path

import click

from legannot.cli import options
from legannot.cli.output import write


@click.command()
@click.argument("version", metavar="VERSION")
@click.option(
    "--format",
    "style",
    type=click.Choice(["tree", "text", "json"]),
    default="tree",
    show_default=True,
    help="Outline, every word of the body in reading order, or JSON.",
)
@options.output
@options.quiet
def parse(version: str, style: str, output: Path | None, quiet: bool) -> None:
    """Read one VERSION of a bill and print its provisions."""
    from legannot.cli.pipeline import read_bill

    bill = read_bill(version)
    if style == "json":
        from legannot.render.json import bill_document, dumps

        write(output, dumps(bill_document(bill)))
    else:
        from legannot.render.terminal import body_text, outline

        write(output, outline(bill) if style == "tree" else body_text(bill))
    if bill.not_understood:
        options.note(
            f"{len(bill.not_understood)} elements were not understood; their words are kept"
            " (see not_understood in --format json).",
            quiet=quiet,
        )
