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
    type=click.Choice(["tree", "text", "json", "facts"]),
    default="tree",
    show_default=True,
    help="Outline, every word of the body in reading order, JSON, or as JSON what the words are:"
    " definitions, citations, conditions, instructions to amend and the rest.",
)
@options.output
@options.quiet
def parse(version: str, style: str, output: Path | None, quiet: bool) -> None:
    """Read one VERSION of a bill and print its provisions."""
    from legannot.cli.pipeline import how_read, read_bill

    bill = read_bill(version)
    for notice in how_read([bill]):
        options.note(notice, quiet=quiet)
    if style == "json":
        from legannot.render.json import bill_document, dumps

        write(output, dumps(bill_document(bill)))
    elif style == "facts":
        from legannot.read import read
        from legannot.render.facts import facts_document
        from legannot.render.json import dumps

        facts = read(bill)
        write(output, dumps(facts_document(bill, facts)))
        if facts.unparsed:
            options.note(
                f"{len(facts.unparsed)} instructions to amend could not be taken apart"
                " (see unparsed).",
                quiet=quiet,
            )
    else:
        from legannot.render.terminal import body_text, outline

        write(output, outline(bill) if style == "tree" else body_text(bill))
    if bill.not_understood:
        options.note(
            f"{len(bill.not_understood)} elements were not understood; their words are kept"
            " (see not_understood in --format json).",
            quiet=quiet,
        )
