"""`legannot diff`: the redline of two versions, or of the two texts of one reported print."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from legannot.cli import options
from legannot.cli.output import epoch, write

if TYPE_CHECKING:
    from legannot.diff.words import Granularity
    from legannot.model import Bill, Comparison

# A redline is read as prose; wider lines than this are hard to follow.
WIDEST = 100
_ONE_TEXT = (
    "{} holds one text only (House prints leave out what was struck); compare it with the version"
    " before."
)
FORMATS = ("terminal", "json", "csv", "md", "unified", "docx")
_BY_SUFFIX = {
    "json": "json",
    "csv": "csv",
    "md": "md",
    "diff": "unified",
    "patch": "unified",
    "docx": "docx",
}


@click.command(
    epilog="Example:  legannot diff ih.xml eh.xml --section 4    legannot diff rs.xml --markup"
)
@click.argument("versions", metavar="OLD NEW", nargs=-1, required=True)
@click.option("--markup", is_flag=True, help="One reported VERSION: its two texts.")
@click.option("--within", is_flag=True, help="OLD may have become a part of a larger bill, NEW.")
@click.option("--section", default="", metavar="NUMBER", help="One section, such as 4 or 4(b).")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["words", "numbers", "cross-reference", "typography"]),
    help="Only changes of this class; may be repeated.",
)
@click.option("--stat", is_flag=True, help="Words out and in, section by section.")
@click.option("--side-by-side", is_flag=True, help="Old text left, new text right.")
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    help="Default: by the suffix of -o, else a redline for reading.",
)
@click.option("--static", is_flag=True, help="In Word: draw the marks, keep no revision data.")
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
@options.verbose
def diff(
    versions: tuple[str, ...],
    markup: bool,
    within: bool,
    section: str,
    only: tuple[str, ...],
    stat: bool,
    side_by_side: bool,
    style: str | None,
    static: bool,
    everything: bool,
    granularity: str,
    output: Path | None,
    color: str,
    exit_code: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Compare OLD with NEW, word by word, in the order given."""
    from legannot.diff.compare import compare
    from legannot.diff.select import select
    from legannot.model import ChangeClass

    old, new = _sides(versions, markup=markup, quiet=quiet)
    comparison = compare(old, new, cast("Granularity", granularity), within=within)
    for notice in comparison.notices:
        options.note(notice, quiet=quiet)
    comparison = select(comparison, section, tuple(map(ChangeClass, only)))
    if section and not comparison.rows:
        raise click.BadParameter(f"neither version has {section!r}.", param_hint="--section")
    if verbose:
        options.explain(comparison.changes)
    suffix = output.suffix.lstrip(".").lower() if output else ""
    style = style or _BY_SUFFIX.get(suffix, "terminal")
    styled = options.wants_color(color) and output is None
    if stat:
        from legannot.render.changes import stat as stat_text

        write(output, stat_text(comparison, min(_columns(), WIDEST)))
    elif side_by_side:
        from legannot.render.columns import side_by_side as columns

        write(output, columns(comparison, color=styled, width=_columns()))
    elif style == "docx":
        from legannot.render.docx import redline

        part = _part(within=within, section=section, only=only)
        write(output, redline(comparison, static=static, epoch=epoch(), part=part))
    else:
        write(output, _rendered(comparison, style, everything, styled))
    if exit_code and comparison.changes:
        sys.exit(1)


def _part(*, within: bool, section: str, only: tuple[str, ...]) -> str:
    """What of the bills is compared, in words; empty for the whole of both."""
    parts = (
        "the part that took the old bill in" if within else "",
        f"section {section}" if section else "",
        f"changes of {' and '.join(only)} only" if only else "",
    )
    return ", ".join(filter(None, parts))


def _sides(versions: tuple[str, ...], *, markup: bool, quiet: bool) -> tuple[Bill, Bill]:
    from legannot.cli.pipeline import how_read, read_bill, read_bills, same_bill_notice

    if markup:
        if len(versions) != 1:
            raise click.UsageError("--markup takes one reported VERSION.")
        bill = read_bill(versions[0])
        for notice in how_read([bill]):
            options.note(notice, quiet=quiet)
        if not bill.marked:
            options.note(_ONE_TEXT.format(versions[0]), quiet=quiet)
        before = replace(bill.as_introduced(), version=f"{bill.version} before markup")
        return before, bill.as_reported()
    bills = read_bills(versions)
    if len(bills) != len(("OLD", "NEW")):
        raise click.UsageError(f"two versions are compared, {len(bills)} were given.")
    for notice in (*how_read(bills), *same_bill_notice(*bills)):
        options.note(notice, quiet=quiet)
    return bills[0], bills[1]


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _rendered(comparison: Comparison, style: str, everything: bool, styled: bool) -> str:
    if style == "json":
        from legannot.render.json import comparison_document, dumps

        return dumps(comparison_document(comparison, include_unchanged=everything))
    if style == "terminal":
        from legannot.render.terminal import redline

        return redline(comparison, color=styled, width=min(_columns(), WIDEST))
    from legannot.render import changes

    return {"csv": changes.csv_text, "md": changes.markdown, "unified": changes.unified}[style](
        comparison
    )
