"""`legannot tag`: the tags of one version, with the words they rest on."""

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
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table for reading, or JSON.",
)
@options.output
@options.no_embeddings
@options.model
@options.rules_folder
@options.quiet
def tag(
    version: str,
    style: str,
    output: Path | None,
    no_embeddings: bool,
    model: str | None,
    rules_folder: Path | None,
    quiet: bool,
) -> None:
    """Tag the provisions of one VERSION; struck text of a reported print is tagged as struck."""
    from legannot.cli.pipeline import Progress, how_read, load_tagger, read_bill
    from legannot.read import read

    bill = read_bill(version)
    say = Progress(quiet=quiet)
    tagger = load_tagger(rules_folder, embeddings=not no_embeddings, say=say, model=model)
    tags = tagger.tags(bill, read(bill))
    for notice in (*how_read([bill]), *tagger.notices):
        options.note(notice, quiet=quiet)
    if style == "json":
        from legannot.render.json import dumps, tags_document

        write(output, dumps(tags_document(bill, tags, tagger.notices)))
    else:
        from legannot.render.terminal import tags_table

        write(output, tags_table(tags))
