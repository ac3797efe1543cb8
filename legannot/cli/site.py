"""`legannot site`: a folder of pages that a web server can hand out as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options

if TYPE_CHECKING:
    from legannot.site import Built

OUTPUT = "public"
# Bills built that are named one by one.
NAMED = 5


@click.command(epilog="Example:  legannot site site.yaml -o public")
@click.argument("config", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=f"The folder to write; default {OUTPUT} beside CONFIG.",
)
@options.no_embeddings
@options.model
@options.quiet
def site(
    config: Path, output: Path | None, no_embeddings: bool, model: str | None, quiet: bool
) -> None:
    """Build a static site of annotated bills from the YAML file CONFIG.

    A second run makes anew only the bills that changed.  Files that the site did not make are never
    touched.
    """
    from legannot.cli.pipeline import Progress

    say = Progress(quiet=quiet)
    built = run(config, output, embeddings=not no_embeddings, say=say, model=model)
    if not quiet:
        for line in said(built, output or folder_of(config)):
            click.echo(line)


def folder_of(config: Path) -> Path:
    """Where a site is written if nobody says."""
    return config.parent / OUTPUT


def run(
    config: Path,
    output: Path | None,
    *,
    embeddings: bool,
    say: Callable[[str], None],
    model: str | None = None,
) -> Built:
    """Read the configuration and bring the site up to date."""
    from legannot.cli.analyst import analyst
    from legannot.cli.shelf import at_hand
    from legannot.site import build, read
    from legannot.source import resolve

    wanted = read(config)
    make, identity = analyst(wanted.rules, embeddings=embeddings and wanted.embeddings, model=model)
    return build(
        wanted,
        output or folder_of(config),
        make,
        identity=identity,
        resolve=lambda names: resolve(names, at_hand),
        say=say,
    )


def said(built: Built, folder: Path) -> list[str]:
    """What a run did, in two lines and one for each thing that a person should know."""
    from legannot.render.wording import count

    total = len(built.made) + len(built.unchanged)
    files = built.files
    gone = f", {len(built.removed)} removed" if built.removed else ""
    names = f" ({', '.join(built.made)})" if 0 < len(built.made) <= NAMED < total else ""
    bills = f"{len(built.made):,} built{names}, {len(built.unchanged):,} unchanged{gone}"
    lines = [f"{count(total, 'bill')}: {bills}."]
    lines += (f"Kept {name}: it was changed by hand." for name in files.kept)
    if files.written or files.removed:
        taken = f", {count(len(files.removed), 'file')} removed" if files.removed else ""
        lines.append(f"Wrote {count(len(files.written), 'file')} to {folder}{taken}.")
    else:
        lines.append(f"Nothing to write in {folder}.")
    return lines
