"""Options that mean the same in every command, and what they resolve to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from legannot.model import Change

T = TypeVar("T")

output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file; - is standard output.",
)


def one_of_both(ctx: click.Context, _: click.Parameter, value: T) -> T:
    """Refuses --model beside --no-embeddings; whichever is read second sees the first."""
    if value and (ctx.params.get("no_embeddings") or ctx.params.get("model")):
        raise click.UsageError("--no-embeddings wants no sentence model and --model one.")
    return value


no_embeddings = click.option(
    "--no-embeddings",
    is_flag=True,
    callback=one_of_both,
    help="Tag by rules only; the result says so.",
)
model = click.option(
    "--model",
    metavar="NAME|PATH|PACKAGE",
    callback=one_of_both,
    help="Another sentence model on this machine; nothing is downloaded.",
)
rules_folder = click.option(
    "--rules",
    "rules_folder",
    type=click.Path(path_type=Path),
    help="A folder of your own rule packs, added to the shipped ones.",
)
color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour in the terminal; NO_COLOR and FORCE_COLOR are heeded.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Say how provisions were paired.")
exit_code = click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")

# Where the library's folder is kept among what a command line said.
LIBRARY = "legannot.library"


def _keep_library(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.meta[LIBRARY] = value


library = click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    expose_value=False,
    callback=_keep_library,
    help="The folder of the library; default: LEGANNOT_LIBRARY, else the place for your data.",
)


def wants_color(choice: str) -> bool:
    """Whether to style standard output.

    click heeds neither NO_COLOR nor TERM=dumb (REPORT, finding 10).
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def note(message: str, *, quiet: bool = False) -> None:
    """A line for the user on standard error."""
    if not quiet:
        click.echo(f"legannot: {message}", err=True)


def explain(changes: Iterable[Change]) -> None:
    """How each changed provision was paired, on standard error."""
    from legannot.render.wording import pairing

    for row in changes:
        note(pairing(row))
