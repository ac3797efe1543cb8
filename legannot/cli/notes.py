"""`legannot notes`: the house's own notes, kept in files and found again in the next version."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from legannot.cli import options
from legannot.cli.output import epoch, write
from legannot.errors import NoteError

if TYPE_CHECKING:
    from legannot.model import Bill
    from legannot.model.notes import NoteAnchor, NoteKind, Placed

_place = click.argument("place", metavar="NOTES", type=click.Path(path_type=Path))
_versions = click.argument("versions", metavar="VERSION...", nargs=-1, required=True)


@click.group()
def notes() -> None:
    """The house's own notes on a bill, and what the next version does to them.

    NOTES is a folder of notes (*.md) or one of them. Give the versions that the notes were written
    against, and those that followed.
    """


@notes.command(epilog="Example:  legannot notes check notes/119-hr-8315 rh.xml eh.xml")
@_place
@_versions
def check(place: Path, versions: tuple[str, ...]) -> None:
    """Find every note in the newest VERSION; exit with 1 if one needs a person."""
    from legannot.render.housenotes import listing

    found, _ = _placed(place, versions)
    click.echo(listing(found), nl=False)
    if any(note.needs_reader for note in found):
        sys.exit(1)


@notes.command("list", epilog="Example:  legannot notes list notes/119-hr-8315")
@_place
def list_notes(place: Path) -> None:
    """One line a note: its id, what it is, and the words it was written on."""
    from legannot.notes import load
    from legannot.render.inert import inert

    found = load(place)
    width = max(len(note.id) for note in found)
    for note in found:
        anchor = note.anchor
        about = f"{anchor.version} {anchor.path} “{anchor.exact}”"
        click.echo(inert(f"{note.id:{width}}  {note.date}  {note.kind} by {note.author}: {about}"))


@notes.command(
    epilog='Example:  legannot notes add notes/119-hr-8315 rh.xml --provision "sec. 4(b)"'
    ' --quote "may require" --id weights-scope --author "A. Person" --text "Our view."'
)
@click.argument("folder", metavar="NOTES", type=click.Path(path_type=Path))
@click.argument("version", metavar="VERSION")
@click.option("--provision", required=True, help="The provision, as a report names it.")
@click.option("--quote", required=True, help="Words of its own text or of its heading.")
@click.option("--id", "name", required=True, help="The name of the note and of its file.")
@click.option("--author", required=True, help="Who says it.")
@click.option(
    "--kind",
    type=click.Choice(["comment", "question", "correction"]),
    default="comment",
    show_default=True,
    help="What sort of note it is.",
)
@click.option("--text", help="The note in Markdown; without it, standard input.")
def add(
    folder: Path,
    version: str,
    provision: str,
    quote: str,
    name: str,
    author: str,
    kind: str,
    text: str | None,
) -> None:
    """Write a note on quoted words of VERSION into the folder NOTES."""
    from legannot.cli.pipeline import read_bill
    from legannot.model.notes import HouseNote
    from legannot.notes.writing import checked, text_of

    anchor = _anchor(read_bill(version).as_reported(), " ".join(provision.split()), quote)
    if text is None:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    target = folder / f"{name}.md"
    made = HouseNote(name, cast("NoteKind", kind), author, _today(), text, anchor)
    note = checked(made, target)
    if target.exists():
        raise NoteError("is there already.", where=str(target), cure="Give the note another --id.")
    folder.mkdir(parents=True, exist_ok=True)
    write(target, text_of(note))
    click.echo(f"Wrote {target}.")


@notes.command(epilog="Example:  legannot notes move notes/119-hr-8315 rh.xml eh.xml")
@_place
@_versions
def move(place: Path, versions: tuple[str, ...]) -> None:
    """Write where the notes stand now into their files, after a yes.

    Notes whose words are the same move together; each note whose words changed is asked for. The
    anchor before is kept in the file under `earlier`.
    """
    from legannot.render.housenotes import OUTCOMES

    found, bill = _placed(place, versions)
    settled = [note for note in found if not note.needs_reader and _behind(note, bill)]
    ask = f"{len(settled)} with the same words: write where they are in {bill.version or 'new'}?"
    if settled and click.confirm(ask):
        _move(place, settled, bill)
    for note in found:
        if not note.needs_reader:
            continue
        if not note.shown:
            _say(f"{note.note.id}: {OUTCOMES[note.outcome]}. {note.reason} It stays as it is.")
            continue
        _say(f"{note.note.id}: {note.reason}")
        if click.confirm("Move it there?"):
            _move(place, [note], bill)


def _move(place: Path, found: list[Placed], bill: Bill) -> None:
    from legannot.notes.sidecar import files, read
    from legannot.notes.writing import moved, with_anchor

    sidecars = {sidecar.head.text("id"): sidecar for sidecar in map(read, files(place))}
    for note in found:
        anchor = moved(note, bill)
        sidecar = sidecars[note.note.id]
        if anchor is None:
            _say(f"{note.note.id}: its words stand there more than once; move it by hand.")
            continue
        write(sidecar.path, with_anchor(sidecar, anchor))
        _say(f"{note.note.id}: now at {anchor.path} of {anchor.version}.")


def _behind(note: Placed, bill: Bill) -> bool:
    """Whether a note's anchor is not of the newest version yet."""
    from legannot.notes.versions import version_name

    return note.note.anchor.version.casefold() != version_name(bill).casefold()


def _placed(place: Path, versions: tuple[str, ...]) -> tuple[tuple[Placed, ...], Bill]:
    from legannot.cli.pipeline import ordered, read_bills
    from legannot.diff import alike, chain
    from legannot.notes import load
    from legannot.notes import place as place_notes

    bills, notices = ordered(read_bills(versions))
    for notice in notices:
        options.note(notice)
    clean = alike([bill.as_reported() for bill in bills])
    steps = chain(clean).steps if len(clean) > 1 else ()
    return place_notes(load(place), clean, steps), clean[-1]


def _anchor(bill: Bill, path: str, quote: str) -> NoteAnchor:
    from legannot.model.notes import NoteAnchor
    from legannot.notes.versions import anchored, stands

    where = bill.provenance.source
    provisions = {p.path: p for p in bill.walk()}
    provision = provisions.get(path)
    if provision is None:
        raise NoteError(
            f"has no provision {path!r}.",
            where=where,
            cure="legannot parse shows how its provisions are named.",
        )
    wanted = NoteAnchor(bill.version, path, quote)
    spots = stands(wanted, provision)
    if not spots:
        below = [p.path for p in provision.walk() if stands(wanted, p)]
        cure = f"They stand in {below[0]}." if below else "Quote them letter for letter."
        raise NoteError(
            f"{path} does not say {quote!r} in words of its own.", where=where, cure=cure
        )
    anchor = anchored(bill, provision, *spots[0]) if len(spots) == 1 else None
    if anchor is None:
        raise NoteError(
            f"{path} says {quote!r} {len(spots)} times.", where=where, cure="Quote more words."
        )
    return anchor


def _today() -> str:
    second = epoch()
    return (datetime.fromtimestamp(second, UTC).date() if second else date.today()).isoformat()  # noqa: DTZ011 - the day where the author is


def _say(line: str) -> None:
    from legannot.render.inert import inert

    click.echo(inert(line))
