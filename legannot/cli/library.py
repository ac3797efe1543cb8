"""`legannot library`: what is at hand, where it came from, whether it is sound, and out and in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options
from legannot.errors import InputError

if TYPE_CHECKING:
    from legannot.model import BillId
    from legannot.parse.billstatus import Amendment
    from legannot.source.library import BillEntry, BillRecord, Held, Library

UNSOUND = 1
TITLE = 60
# So many actions and amendments are shown; the record has hundreds of some bills.
LATEST = 6


@click.group()
def library() -> None:
    """The bills at hand: list, check, take in, give out."""


@library.command("list")
@options.library
def list_bills() -> None:
    """One line a bill: its versions at hand, when its source was last asked, its title."""
    with _open() as shelf:
        entries = shelf.bills()
        for entry in entries:
            click.echo(_line(entry))
        texts = sum(len(entry.versions) for entry in entries)
    options.note(f"{len(entries):,} bills, {texts:,} versions in {shelf.folder}.")


@library.command()
@click.argument("bill", metavar="BILL")
@options.library
def show(bill: str) -> None:
    """All that is known of BILL or of one of its versions: each text with its provenance."""
    with _open() as shelf:
        named = _named(bill, shelf)
        for line in _about(shelf, named[0].bill):
            click.echo(line)
        for text in named:
            _show(shelf, text)


@library.command()
@options.library
@options.quiet
def verify(quiet: bool) -> None:
    """Read every file again and compare it with its SHA-256; exit with 1 if one is not sound."""
    from legannot.source.library import verify as check

    with _open() as shelf:
        found = check(shelf, _counter("files", quiet=quiet))
        for fault in found.faults:
            click.echo(f"{fault.where}: {fault.what}.")
    if not quiet:
        click.echo(
            f"{found.texts:,} files, {found.size:,} bytes: {len(found.faults)} not sound,"
            f" {found.unused} that nothing names."
        )
    if found.faults:
        options.note("fetch the bills again; what is damaged is then replaced.", quiet=quiet)
        sys.exit(UNSOUND)


@library.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("bills", metavar="[BILL]...", nargs=-1)
@options.library
@options.quiet
def export(target: Path, bills: tuple[str, ...], quiet: bool) -> None:
    """Write the texts of BILL..., or all, to TARGET: a new folder, or a file that ends in .zip.

    Beside them stands provenance.json: where each text came from, when, and its SHA-256.
    """
    from legannot.source.library.exchange import export as write_out

    with _open() as shelf:
        wanted = [_held_bill(text, shelf) for text in bills]
        texts, size = write_out(shelf, wanted, target)
    options.note(f"{texts:,} texts, {size:,} bytes written to {target}.", quiet=quiet)


@library.command("import")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@options.library
@options.quiet
def import_texts(paths: tuple[Path, ...], quiet: bool) -> None:
    """Take bill XML from files, folders and zips into the library, as it is.

    A text that was fetched stays the current one of its version; an imported one is kept beside it.
    Exits with 3 if a file could not be taken, or what an export says of it not be believed.
    """
    from legannot.cli.shelf import folder
    from legannot.fetch.importing import import_files
    from legannot.fetch.update import now
    from legannot.source.library import Added, Library

    counts = dict.fromkeys(Added, 0)
    refused: list[str] = []
    with Library(folder()) as shelf:
        counter = _counter("files", quiet=quiet)
        for path in paths:
            found = import_files(shelf, path, now(), lambda done: counter(done, 0))
            refused += found.refused
            for addition in found.additions:
                counts[addition.what] += 1
    for sentence in refused:
        click.echo(f"legannot: {sentence}", err=True)
    if not quiet:
        click.echo(
            f"{counts[Added.NEW]:,} new, {counts[Added.SAME]:,} at hand already,"
            f" {counts[Added.CHANGED] + counts[Added.BESIDE]:,} other texts of versions at hand"
            f" ({counts[Added.CHANGED]:,} now current), {len(refused):,} with something wrong."
        )
    if refused:
        sys.exit(InputError.exit_code)


@library.command()
@click.argument("bills", metavar="[BILL]...", nargs=-1)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be removed; remove nothing.")
@options.library
def prune(bills: tuple[str, ...], dry_run: bool) -> None:
    """Remove files that nothing names any more; with BILL..., those bills and all their texts.

    Earlier texts of a version that its source changed are evidence: they go only with their bill.
    """
    from legannot.source.library import prune as clear

    with _open() as shelf:
        for bill in [_held_bill(text, shelf) for text in bills]:
            texts = sum(
                len(shelf.history(bill, text.version))
                for text in (*shelf.versions(bill), *shelf.amendments(bill))
            )
            if not dry_run:
                with shelf.writing() as write:
                    write.remove(bill)
            click.echo(f"{bill}: {texts} texts {_removed(dry_run=dry_run)}.")
        count, size = clear(shelf, dry_run=dry_run)
    click.echo(f"{count:,} unused files, {size:,} bytes {_removed(dry_run=dry_run)}.")


def _removed(*, dry_run: bool) -> str:
    return "would be removed" if dry_run else "removed"


def _open() -> Library:
    """The library; one that is not there is an empty one that a look does not make."""
    from legannot.cli.shelf import folder
    from legannot.source.library import Library

    place = folder()
    found = Library.at(place)
    if found is None:
        raise InputError(
            "there is no library yet.",
            where=str(place),
            cure="`legannot fetch BILL` or `legannot library import FOLDER` begins one.",
        )
    return found


def _named(text: str, shelf: Library) -> tuple[Held, ...]:
    """The texts that a name stands for; of one version also those that were current before."""
    from datetime import UTC, datetime

    from legannot.source.library import held, not_at_hand
    from legannot.source.names import read_name

    named = read_name(text, datetime.now(UTC).date())
    if named is None:
        raise click.UsageError(f"{text!r} is no bill or version such as 119hr1316ih.")
    found = held(shelf, named)
    if not found:
        raise not_at_hand(named, shelf)
    if not (named.version or named.amendment):
        found += shelf.amendments(named.bill)
    return tuple(h for text in found for h in reversed(shelf.history(text.bill, text.version)))


def _held_bill(text: str, shelf: Library) -> BillId:
    from legannot.cli.shelf import bill_named
    from legannot.source.library import not_at_hand
    from legannot.source.names import Named

    bill = bill_named(text)
    if not any(entry.record.bill == bill for entry in shelf.bills()):
        raise not_at_hand(Named(bill), shelf)
    return bill


def _line(entry: BillEntry) -> str:
    from legannot.cli.shelf import age

    record = entry.record
    versions = " ".join(text.version for text in entry.versions) or "no text"
    asked = f"asked {age(record.checked)}" if record.checked else "never asked"
    return f"{record.bill!s:12}  {versions:20}  {asked:19}  {_short(record.title)}".rstrip()


def _about(shelf: Library, bill: BillId) -> list[str]:
    from legannot.cli.shelf import age

    record = shelf.record(bill)
    lines = [f"{bill.label} ({bill.congress}th Congress) {record.title}".rstrip()]
    if record.latest_action:
        lines.append(f"  latest action  {record.latest_day}: {record.latest_action}")
    asked = f"{record.checked} ({age(record.checked)})" if record.checked else "never"
    return [*lines, f"  last asked     {asked}", *_status(shelf, record)]


def _status(shelf: Library, record: BillRecord) -> list[str]:
    """What the stored BILLSTATUS record says of the bill, a line each."""
    if not record.status:
        return []
    from legannot.parse.billstatus import read_billstatus

    status = read_billstatus(shelf.files.read(record.status), f"the record of {record.bill}")
    rows = [
        ("introduced", [status.introduced] if status.introduced else []),
        ("sponsor", [sponsor.name for sponsor in status.sponsors]),
        ("cosponsors", [f"{len(status.cosponsors):,}"] if status.cosponsors else []),
        ("committee", list(status.committees)),
        ("action", [f"{action.day}: {action.text}" for action in status.actions[1:LATEST]]),
        (
            "related",
            [f"{r.bill}  {'; '.join(r.relations)}: {_short(r.title)}" for r in status.related],
        ),
        ("amendment", [_amendment(amendment) for amendment in status.amendments[:LATEST]]),
    ]
    lines = [f"  {name:14} {value}" for name, values in rows for value in values]
    if (more := len(status.amendments) - LATEST) > 0:
        lines.append(f"  {'':14} and {more:,} more amendments")
    return lines


def _amendment(amendment: Amendment) -> str:
    words = amendment.purpose or amendment.description or amendment.latest.text
    text = "" if amendment.texts else "; no text published as XML"
    return f"{amendment.name}  {amendment.sponsor}: {_short(words)}{text}"


def _short(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"


def _show(shelf: Library, text: Held) -> None:
    before = "" if text.current else "  (an earlier text of this version; another one is current)"
    click.echo(f"\n{text.id}  {text.stage.name if text.kind == 'bill' else 'amendment'}{before}")
    lines = [
        ("published", text.published or "not known"),
        ("from", text.received.address),
        (str(text.received.origin), text.received.at),
        ("sha256", text.sha256),
        ("bytes", f"{text.size:,}"),
        ("file", str(shelf.files.path(text.sha256))),
        *text.received.headers.items(),
    ]
    for name, value in lines:
        click.echo(f"  {name:14} {value}")


def _counter(what: str, *, quiet: bool) -> Callable[[int, int], None]:
    """Says on a terminal how many are done, now and then."""
    silent = quiet or not sys.stderr.isatty()

    def say(done: int, of: int) -> None:
        if not silent and (done % 50 == 0 or done == of):
            total = f" of {of:,}" if of else ""
            click.echo(f"\r\033[Klegannot: {done:,}{total} {what}", err=True, nl=done == of)

    return say
