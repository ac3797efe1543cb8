"""`legannot similar`: where else the words of a provision, or of a whole bill, stand."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options
from legannot.cli.output import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legannot.model import Bill
    from legannot.model.likeness import Hit, TurnUp
    from legannot.similar.meaning import Nearest

# Wider lines than this are hard to follow.
_WIDEST = 100


@click.command(
    epilog="Example:  legannot similar '119hr8283ih#sec. 3(b)'    legannot similar ih.xml bills/"
)
@click.argument("version", metavar="PROVISION|BILL")
@click.argument("places", metavar="[PLACE]...", nargs=-1)
@click.option("--section", default="", metavar="NUMBER", help="One provision, such as 3 or 3(b).")
@click.option(
    "--most", default=20, show_default=True, type=click.IntRange(1, 200), help="Wordings to show."
)
@click.option("--other-bills", is_flag=True, help="Leave out other versions of the same bill.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="For reading, or as data.",
)
@click.option(
    "--no-embeddings", is_flag=True, callback=options.one_of_both, help="Search by words only."
)
@options.model
@options.output
@options.color
@options.quiet
def similar(
    version: str,
    places: tuple[str, ...],
    section: str,
    most: int,
    other_bills: bool,
    style: str,
    no_embeddings: bool,
    model: str | None,
    output: Path | None,
    color: str,
    quiet: bool,
) -> None:
    """Find where else the words of a provision, or the text of a bill, stand.

    A provision is a VERSION with its path: ih.xml#sec. 3(b), or --section 3(b). A whole bill is
    looked for section by section, and the division or title that took it in is named. PLACEs are
    files and folders to look through; without one, the library.
    """
    from legannot.align.outline import Outline
    from legannot.cli.searched import Telling, opened
    from legannot.render.likeness import called, hits_text, similar_document, travels_text
    from legannot.similar import named, search, travels
    from legannot.similar.passages import locate, passage

    name, path = _split(version, section)
    bill = _newest(name, quiet=quiet)
    wanted = None
    if path:
        outline = Outline(bill.as_reported())
        wanted = passage(outline, locate(outline, bill, path))
    corpus = opened(places, quiet=quiet)
    for notice in corpus.notices:
        options.note(notice, quiet=quiet)
    own = named(bill)
    scope = {
        id_: text
        for id_, text in corpus.scope.items()
        if text.sha256 != own.sha256 and not (other_bills and own.bill and text.bill == own.bill)
    }
    hits: tuple[Hit, ...] = ()
    turned: tuple[TurnUp, ...] = ()
    if wanted is not None:
        ask = (lambda: None) if no_embeddings else partial(_nearest, model, quiet=quiet)
        hits = search(corpus.index, wanted, scope, most, ask)
        what = f"{wanted.path} of {called(own)}"
    else:
        turned = travels(corpus.index, bill, scope, Telling("sections searched", quiet=quiet))
        what = called(own)
    corpus.close()
    if style == "json":
        from legannot.render.json import dumps

        document = similar_document(
            own, wanted.path if wanted else "", hits, turned, len(scope), corpus.notices
        )
        write(output, dumps(document))
        return
    styled = options.wants_color(color) and output is None
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    if wanted is not None:
        write(output, hits_text(what, hits, len(scope), color=styled, width=width))
    else:
        write(output, travels_text(what, turned, len(scope), color=styled, width=width))


def _split(version: str, section: str) -> tuple[str, str]:
    """The version and the path in it; a file's own name may hold a `#`."""
    name, mark, path = version.rpartition("#")
    if not mark or Path(version).exists():
        return version, section
    if section:
        raise click.UsageError("name the provision after # or with --section, not both.")
    if not path.strip():
        raise click.UsageError(f"{version!r} names no provision after the #.")
    return name, path


def _newest(name: str, *, quiet: bool) -> Bill:
    """The version that a name stands for; of several the last one, and that is said."""
    from legannot.cli.pipeline import ordered, read_bills

    bills, _ = ordered(read_bills([name]))
    if len(bills) > 1:
        options.note(
            f"{name} has {len(bills)} versions; the words of the last one are looked for:"
            f" {bills[-1].provenance.source}.",
            quiet=quiet,
        )
    return bills[-1]


def _nearest(model: str | None, *, quiet: bool) -> Nearest | None:
    from legannot.cli.pipeline import cache_folder
    from legannot.similar import nearest
    from legannot.tag import load_encoder
    from legannot.tag.embed import ModelError

    options.note("no wording is half alike; looking by meaning ...", quiet=quiet)
    loaded = load_encoder(model, cache_folder())
    for notice in loaded.notices:
        options.note(notice, quiet=quiet)
    if loaded.encoder is None:
        return None
    order = nearest(loaded.encoder)

    def near(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        try:
            return order(text, others)
        except ModelError as wrong:
            options.note(str(wrong), quiet=quiet)
            return []

    return near
