"""`legannot eval`: how good the tagger is on labelled provisions."""

from __future__ import annotations

from pathlib import Path

import click

from legannot.cli import options
from legannot.cli.output import write


@click.command("eval")
@click.argument("labels", metavar="LABELS", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Figures for reading, or JSON.",
)
@click.option("--errors", is_flag=True, help="List every label that went wrong.")
@options.output
@options.no_embeddings
@options.model
@options.rules_folder
@options.quiet
def evaluate(
    labels: Path,
    style: str,
    errors: bool,
    output: Path | None,
    no_embeddings: bool,
    model: str | None,
    rules_folder: Path | None,
    quiet: bool,
) -> None:
    """Precision, recall and F1 of the tagger on LABELS, a JSONL file of labelled provisions."""
    from legannot.cli.pipeline import Progress, load_tagger
    from legannot.tag import evaluate as judge
    from legannot.tag import evaluation_document, load_labels

    say = Progress(quiet=quiet)
    tagger = load_tagger(rules_folder, embeddings=not no_embeddings, say=say, model=model)
    labelled = load_labels(labels, tagger.packs.topics)
    judged = tagger.with_or_without(lambda encoder: judge(labelled, tagger.packs, encoder))
    if style == "json":
        from legannot.render.json import dumps

        for notice in tagger.notices:
            options.note(notice, quiet=quiet)
        write(output, dumps(evaluation_document(judged, tagger.notices)))
    else:
        from legannot.render.evaluation import evaluation_text

        write(output, evaluation_text(judged, tagger.notices, errors=errors))
