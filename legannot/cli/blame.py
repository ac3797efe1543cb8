"""`legannot blame`: in which version the words of each provision came."""

from __future__ import annotations

import click

from legannot.cli import options
from legannot.errors import InputError

# Words of a provision that tell it from its neighbours.
_OPENING = 10


@click.command()
@click.argument("versions", metavar="VERSION...", nargs=-1, required=True)
@options.quiet
def blame(versions: tuple[str, ...], quiet: bool) -> None:
    """Date every provision of the newest VERSION.

    The first column is the version in which the provision first stands, the second the one in which
    its present words do.
    """
    from legannot.cli.pipeline import how_read, ordered, read_bills
    from legannot.diff import blame as origins
    from legannot.diff import chain
    from legannot.render.inert import inert
    from legannot.render.wording import excerpt

    bills, notices = ordered(read_bills(versions))
    if len(bills) == 1:
        raise InputError(
            "one version has no history.", where=versions[0], cure="Give two or more versions."
        )
    for notice in (*how_read(bills), *notices):
        options.note(notice, quiet=quiet)
    names = [bill.version or f"v{n}" for n, bill in enumerate(bills, 1)]
    width = max(map(len, names))
    compared = chain(bills)
    for origin in origins(compared):
        provision = origin.provision
        words = provision.heading or excerpt(provision.text, _OPENING)
        click.echo(
            f"{names[origin.first]:{width}}  {names[origin.words]:{width}}"
            f"  {provision.path}  {inert(words)}".rstrip()
        )
    for row in compared.passing:
        came, went = (names[step + 1] for step in (row.steps[0], row.steps[-1]))
        words = row.shown.heading or excerpt(row.shown.text, _OPENING)
        click.echo(f"came in {came}, gone in {went}: {row.shown.path}  {inert(words)}".rstrip())
