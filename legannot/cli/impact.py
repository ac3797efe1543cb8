"""`legannot impact`: what a change does, whom it reaches and what may follow."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from legannot.cli import options
from legannot.cli.output import write
from legannot.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legannot.model.report import Report

FORMATS = ("text", "md", "json", "dot", "graphml")
_GRAPHS = ("dot", "graphml")
# Longer lines are hard to read, narrower ones leave no room for a path.
_WIDEST = 100


@click.command("check")
@options.rules_folder
def check(rules_folder: Path | None) -> None:
    """Check the impact model and run every rule on its own examples; exit with 3 if one fails.

    With --rules, the impact.yaml of that folder is laid over the shipped model first.
    """
    from legannot.assess import load_model
    from legannot.assess.check import check as run_examples
    from legannot.assess.check import topics_named
    from legannot.cli.pipeline import load_tagger

    model = load_model(rules_folder)
    tagger = load_tagger(rules_folder, embeddings=False, say=lambda _: None)
    failures = [
        f"{where} names the topic {topic}, which is no leaf of the taxonomy"
        for topic, where in topics_named(model).items()
        if topic not in tagger.packs.topics
    ]
    failures += map(str, run_examples(model, tagger.tags))
    for failure in failures:
        click.echo(failure, err=True)
    examples = sum(len(rule.starts) + len(rule.starts_not) for rule in model.rules)
    untried = [rule.id for rule in model.rules if not rule.starts]
    if untried:
        click.echo(f"Without an example: {', '.join(untried)}.", err=True)
    click.echo(
        f"{len(model.rules)} rules, {len(model.sources)} pieces of evidence, {examples} examples,"
        f" {len(failures)} failures."
    )
    if failures:
        sys.exit(RuleError.exit_code)


class _WithCheck(click.Command):
    """A command of versions that has another beside it; a file named check is ./check."""

    beside = (check,)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        for other in self.beside:
            if args[:1] == [other.name]:
                return other.make_context(f"{info_name} {other.name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=_WithCheck)
@click.argument("versions", nargs=-1, required=True, metavar="VERSION...")
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    help="Text, Markdown or JSON; dot and graphml hold the map of what depends on what."
    "  [default: by the suffix of -o, else text]",
)
@options.output
@options.no_embeddings
@options.model
@options.rules_folder
@options.quiet
def impact(
    versions: tuple[str, ...],
    style: str | None,
    output: Path | None,
    no_embeddings: bool,
    model: str | None,
    rules_folder: Path | None,
    quiet: bool,
) -> None:
    """Say what the changes of a bill do, whom they reach and what may follow.

    One VERSION alone is read as it stands.  Different bills are set side by side in one table.
    legannot impact check runs the impact model's own examples.
    """
    from legannot.cli.analyst import Analyst
    from legannot.cli.pipeline import Progress, how_read, ordered, read_bills

    style = style or _format_of(output)
    bills, notices = ordered(read_bills(versions))
    for notice in (*how_read(bills), *notices):
        options.note(notice, quiet=quiet)
    measures = len({str(bill.id) for bill in bills}) > 1
    if measures and style in _GRAPHS:
        raise click.BadParameter("a map shows one bill: name its versions.", param_hint="VERSION")
    groups = [(bill,) for bill in bills] if measures else [bills]
    say = Progress(quiet=quiet)
    analyst = Analyst(rules_folder, embeddings=not no_embeddings, say=say, model=model)
    reports = [analyst.report(group, "legannot impact") for group in groups]
    for notice in dict.fromkeys(n for report in reports for n in report.notices):
        options.note(notice, quiet=quiet)
    write(output, _rendered(reports, style, measures=measures))


def _rendered(reports: Sequence[Report], style: str, *, measures: bool) -> str:
    from legannot.assess.measure import measure
    from legannot.render import graph, pages
    from legannot.render.impact import page, table_of
    from legannot.render.json import dumps, impact_document, measures_document

    report = reports[-1]
    rows = [measure(one) for one in reports] if measures else []
    if style in _GRAPHS:
        draw = graph.dot if style == "dot" else graph.graphml
        return draw(report.map, report.bills[-1].label)
    if style == "json":
        if measures:
            return dumps(measures_document(rows, reports))
        return dumps(impact_document(report))
    blocks = table_of(rows, reports) if measures else page(report)
    if style == "md":
        return pages.markdown(blocks)
    return pages.text(blocks, min(_WIDEST, shutil.get_terminal_size().columns))


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output else ""
    known = {"": "text", "txt": "text", "gv": "dot", **{name: name for name in FORMATS}}
    if suffix not in known:
        raise click.BadParameter(
            f"no impact format for .{suffix}; use .{', .'.join(FORMATS[1:])}, or --format.",
            param_hint="-o",
        )
    return known[suffix]
