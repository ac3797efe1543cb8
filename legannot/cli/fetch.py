"""`legannot fetch`: every published version of a bill into the library."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from legannot.cli import options

if TYPE_CHECKING:
    from legannot.fetch import Failed, Update
    from legannot.model import BillId
    from legannot.source.library import Held, Library

UNREADABLE = 3
INCOMPLETE = 4


@click.command(
    epilog="Examples:  legannot fetch 119hr8283    legannot fetch 'H.R. 8283' 119/s/1010",
)
@click.argument("bills", metavar="BILL...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Exit with 4 if a listed text did not come.")
@options.library
@options.quiet
def fetch(bills: tuple[str, ...], strict: bool, quiet: bool) -> None:
    """Download every version of BILL into the library.

    Texts come from govinfo. A BILL is written 119hr8283, 119/hr/8283, "H.R. 8283" (of the current
    Congress) or as its address on congress.gov or govinfo.gov. No key is needed; with
    LEGANNOT_CONGRESS_KEY or LEGANNOT_GOVINFO_KEY those services are asked for what the bulk data
    does not have. Texts that are at hand are not sent again unless they changed; the earlier text
    is kept then. Exits with 3 if no source told which versions there are.
    """
    from legannot.cli.shelf import bill_named, folder, sites
    from legannot.source.client import Client
    from legannot.source.library import Library

    wanted = tuple(dict.fromkeys(bill_named(text) for text in bills))
    asked = sites()

    async def run(library: Library) -> tuple[Update, ...]:
        from legannot.fetch import update_bills

        progress = _Progress(wanted, quiet=quiet)
        async with Client(asked) as client:
            updates = await update_bills(library, wanted, client, say=progress)
        progress.end()
        return updates

    with Library(folder()) as library:
        updates = asyncio.run(run(library))
    for update in updates:
        _tell(update, quiet=quiet)
    if not all(update.listed for update in updates):
        sys.exit(UNREADABLE)
    if strict and any(update.failed for update in updates):
        sys.exit(INCOMPLETE)


class _Progress:
    """How many texts of how many are done, on one line of a terminal."""

    def __init__(self, bills: Sequence[BillId], *, quiet: bool) -> None:
        self._silent = quiet or not sys.stderr.isatty()
        self._bills = len(bills)
        self._counts: dict[str, tuple[int, int]] = {}

    def __call__(self, bill: str, done: int, of: int) -> None:
        self._counts[bill] = (done, of)
        if self._silent:
            return
        texts = sum(count for count, _ in self._counts.values())
        total = sum(count for _, count in self._counts.values())
        bills = f"{len(self._counts)} of {self._bills} bills, " if self._bills > 1 else ""
        click.echo(f"\r\033[Klegannot: {bills}{texts} of {total} texts", err=True, nl=False)

    def end(self) -> None:
        """Leave no half line behind."""
        if not self._silent and self._counts:
            click.echo("\r\033[K", err=True, nl=False)


def _tell(update: Update, *, quiet: bool) -> None:
    held = {text.id for text in update.same}
    said: set[str] = set()
    for failed in update.failed:
        if failed.version and _id(update, failed) in held:
            options.note(
                f"{_id(update, failed)} is at hand, but its source could not be asked whether it"
                f" still stands. {failed.words}",
                quiet=quiet,
            )
        elif failed.version:
            click.echo(f"legannot: {_id(update, failed)} did not come. {failed.words}", err=True)
        elif not update.listed and failed.failure not in said:
            # That one source did not answer matters only if no other did; that there is no
            # connection is said once.
            said.add(failed.failure)
            click.echo(
                f"legannot: nobody told the versions of {update.bill}. {failed.words}", err=True
            )
    for notice in update.notices:
        options.note(notice, quiet=quiet)
    if not update.listed:
        options.note(_offline(update), quiet=quiet)
    elif not quiet:
        for line in _lines(update):
            click.echo(line)


def _offline(update: Update) -> str:
    from legannot.cli.shelf import age

    at_hand = ", ".join(held.id for held in update.same)
    if not at_hand:
        return f"nothing of {update.bill} is at hand."
    checked = update.record.checked
    asked = f", the source was last asked {age(checked)}" if checked else ""
    return f"at hand are {at_hand}{asked}."


def _lines(update: Update) -> Iterator[str]:
    title = f": {update.record.title}" if update.record.title else ""
    yield f"{update.bill.label} ({update.bill.congress}th Congress){title}"
    for held in update.new:
        yield f"  new      {_line(held)}"
    for addition in update.changed:
        yield (
            f"  changed  {_line(addition.held)}: the text of a published version changed;"
            " the earlier one is kept"
        )
    for held in update.same:
        yield f"  at hand  {_line(held)}"
    at_hand = {text.id for text in update.same}
    for failed in update.failed:
        if failed.version and _id(update, failed) not in at_hand:
            yield f"  missing  {_id(update, failed)}: {failed.failure}"
    for name in update.waiting:
        yield f"  listed   {name}: not published as XML yet"
    if amendments := _amendments(update):
        yield amendments
    if update.record.latest_action:
        yield f"  latest   {update.record.latest_day}: {update.record.latest_action}"


def _id(update: Update, failed: Failed) -> str:
    """What a user calls the text: an amendment's number counts in its Congress."""
    amendment = "amdt" in failed.version
    return f"{update.bill.congress if amendment else update.bill}{failed.version}"


def _amendments(update: Update) -> str:
    count = len(update.status.amendments) if update.status else 0
    if not count:
        return ""
    texts = sum(bool(a.texts) for a in update.status.amendments) if update.status else 0
    return f"  amendments proposed: {count:,}; with a published text: {texts:,}"


def _line(held: Held) -> str:
    day = held.published or "no day"
    return f"{held.id:16}  {day:10}  {held.stage.name}"
