"""`legannot verify`: proof that a report holds the official texts, word for word."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.errors import InputError

if TYPE_CHECKING:
    from legannot.model import Bill
    from legannot.render.proof import Difference, Held


@click.command(epilog="Example:  legannot verify report.html ih.xml eh.xml")
@click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def verify(report: Path, files: tuple[str, ...]) -> None:
    """Rebuild the texts from the marks of REPORT and compare them with the bills in FILE...

    REPORT is a web page or a Word document that legannot made. Exits with 1 if a text or a SHA-256
    differs, and says where first.
    """
    from legannot.cli.pipeline import ordered, read_bills

    held = _held(report)
    bills, _ = ordered(read_bills(files))
    known = {source.sha256 for source in held.sources}
    strange = [bill for bill in bills if bill.provenance.sha256 not in known]
    row = _as_compared(held, bills, _ends(held, bills, report, known_only=not strange))
    old, new = row[0], row[-1]
    found = [*_differences(held, old, new)]
    given = {bill.provenance.sha256 for bill in bills}
    lacking = [source.name for source in held.sources[1:-1] if source.sha256 not in given]
    aside = any(bill.set_aside for bill in row)
    if lacking and (aside or (found and not strange)):
        # One of another format among them decides how all of them are set.
        raise click.UsageError(
            f"{report.name} was made from more versions, and where their formats differ each is set"
            f" as the next one prints; give {' and '.join(lacking)} too."
        )
    for line in found:
        click.echo(f"{report.name}: {line}")
    for bill in strange:
        click.echo(
            f"{report.name}: was not made from {bill.provenance.source}: the report names no source"
            f" with the SHA-256 {bill.provenance.sha256}."
        )
    if found or strange:
        sys.exit(1)
    click.echo(_confirmed(report, held, old, new, bills))


def _held(report: Path) -> Held:
    from legannot.render.proof import held

    try:
        found = held(report.read_bytes())
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error}).", where=str(report)
        ) from error
    except ValueError as error:
        raise InputError(
            f"cannot be verified: {error}.",
            where=str(report),
            cure="Give a report as HTML, or a redline as Word with tracked changes.",
        ) from error
    if found.part:
        raise InputError(
            f"holds a part of the bills only ({found.part}), which cannot be verified.",
            where=str(report),
            cure="Make it anew without --section, --only or --within.",
        )
    if not found.sources:
        raise InputError("names no sources.", where=str(report))
    return found


def _ends(
    held: Held, bills: Sequence[Bill], report: Path, *, known_only: bool
) -> tuple[Bill, Bill]:
    """The first and the last version: by their hashes, or else by their place among the files."""
    by_hash = {bill.provenance.sha256: bill for bill in bills}
    first, last = held.sources[0], held.sources[-1]
    if len(held.sources) > 1 and first.sha256 == last.sha256 and len(bills) == 1:
        # The two texts of one reported print (`diff --markup`).
        return bills[0].as_introduced(), bills[0].as_reported()
    missing = [source.name for source in (first, last) if source.sha256 not in by_hash]
    if missing and (known_only or len(bills) < len({first.sha256, last.sha256})):
        raise click.UsageError(
            f"{report.name} begins with {first.name} and ends with {last.name}; give"
            f" {' and '.join(dict.fromkeys(missing))} too."
        )
    old, new = by_hash.get(first.sha256), by_hash.get(last.sha256)
    new = new or next((bill for bill in reversed(bills) if bill is not old), bills[-1])
    old = old or next((bill for bill in bills if bill is not new), bills[0])
    return old.as_reported(), new.as_reported()


def _as_compared(held: Held, bills: Sequence[Bill], ends: tuple[Bill, Bill]) -> Sequence[Bill]:
    """The versions at hand as the report compared them: set alike where the formats differ."""
    from legannot.diff import alike

    by_hash = {bill.provenance.sha256: bill for bill in bills}
    between = [source for source in held.sources[1:-1] if source.sha256 in by_hash]
    row = [ends[0], *(by_hash[source.sha256].as_reported() for source in between), ends[1]]
    return alike(row) if len(held.sources) > 1 else ends


def _differences(held: Held, old: Bill, new: Bill) -> Iterator[str]:
    from legannot.render.proof import first_difference

    single = len(held.sources) == 1
    if not single and (found := first_difference(held, old, old=True)):
        yield _said(found, "old", old)
    if found := first_difference(held, new, old=False):
        yield _said(found, "only" if single else "new", new)


def _said(found: Difference, side: str, bill: Bill) -> str:
    place = f" at {found.path}" if found.path else ""
    differs = f"its {side} text differs from {bill.provenance.source} first{place}"
    if not found.in_bill:
        return f"{differs}: the report has “{found.in_report}”, which the file has not."
    has = f"has “{found.in_report}”" if found.in_report else "lacks it"
    return f"{differs}: the file has “{found.in_bill}”, the report {has}."


def _confirmed(report: Path, held: Held, old: Bill, new: Bill, bills: Sequence[Bill]) -> str:
    given = {bill.provenance.sha256 for bill in bills}
    unseen = [source.name for source in held.sources if source.sha256 not in given]
    names = list(dict.fromkeys((old.provenance.source, new.provenance.source)))
    line = (
        f"{report.name} holds {' and '.join(names)} word for word"
        f" ({len(held.new):,} passages); the SHA-256 of {'each' if names[1:] else 'it'} agrees."
    )
    if old.set_aside:
        line = f"{line} The formats differ: what they print in their own ways is set aside."
    return f"{line} Not given, so not compared: {', '.join(unseen)}." if unseen else line
