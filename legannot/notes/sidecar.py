"""Notes as files beside the bills: a YAML head, a line `---`, then the note in Markdown.

    id: weights-scope
    anchor:
      version: rh
      provision: sec. 4(b)
      exact: may require a covered developer
      prefix: "The Secretary "
    author: A. Person
    date: 2026-11-24
    kind: question
    ---
    Does this reach developers who publish weights only?

Plain files, so that they can be kept and reviewed like any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, cast

from legannot.errors import NoteError, RuleError
from legannot.model.notes import HouseNote, NoteAnchor, NoteKind
from legannot.notes.schema import SCHEMA
from legannot.tag.yamlfile import Document, Place, parse

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

SUFFIX = ".md"
_FENCE = "---"
_NOT_NOTES = ("readme.md",)
# A note is a few paragraphs; a file beyond this is something else.
MAX_BYTES = 200_000
# A schema error quotes the value it is about.
_LONGEST_MESSAGE = 200
_CURE = "docs/notes.md shows what a note may hold."


@dataclass(frozen=True, slots=True)
class Sidecar:
    """One file: its head as YAML, the lines of the whole file, and the index of the first of them
    after the head.
    """

    path: Path
    head: Document
    lines: tuple[str, ...]
    body: int


def load(*places: Path) -> tuple[HouseNote, ...]:
    """The notes in files, and in the `*.md` files of folders and below, by their paths.

    A note of a folder names its file from there: the folders between may say which bill it is of.
    Raises `NoteError`, with file and line, for a file that is no note, for an id that stands twice
    and for a folder without notes.
    """
    notes: dict[str, HouseNote] = {}
    for root, file in ((place, file) for place in places for file in files(place)):
        sidecar = read(file)
        note = note_of(sidecar)
        if root.is_dir():
            note = replace(note, file=file.relative_to(root).as_posix())
        if note.id in notes:
            raise _error(
                sidecar,
                f"the id {note.id} stands twice, first in {notes[note.id].file}",
                ("id",),
                cure="Give each note an id of its own.",
            )
        notes[note.id] = note
    return tuple(notes.values())


def files(place: Path) -> list[Path]:
    """The file itself, or all notes of a folder.  Raises `NoteError` for a folder without."""
    if not place.is_dir():
        return [place]
    found = sorted(
        file for file in place.rglob(f"*{SUFFIX}") if file.name.lower() not in _NOT_NOTES
    )
    if not found:
        raise NoteError(
            "holds no notes (*.md).", where=str(place), cure="Name a folder that has some."
        )
    return found


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(SCHEMA)


def read(file: Path) -> Sidecar:
    """The parts of one file; its head is not checked yet.  Raises `NoteError`."""
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        raise NoteError(
            f"cannot be read ({wrong.strerror or wrong}).",
            where=str(file),
            cure="Name a note or a folder of notes.",
        ) from None
    return parts(raw, file)


def parts(raw: bytes, file: Path) -> Sidecar:
    """The parts of the bytes of a file.  Raises `NoteError`."""
    if len(raw) > MAX_BYTES:
        raise NoteError(
            f"is larger than {MAX_BYTES:,} bytes, too large for a note.", where=file.name
        )
    try:
        lines = tuple(raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise NoteError("is not UTF-8.", where=file.name, line=line, cure="Save it so.") from None
    first = 1 if lines[0].strip() == _FENCE else 0
    fence = next((i for i in range(first, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if fence is None:
        raise NoteError(
            "has no line --- between its head and the note.", where=file.name, line=1, cure=_CURE
        )
    # A blank for the first fence, so that errors name the lines of the file.
    head = "\n".join(("",) * first + lines[first:fence]) + "\n"
    try:
        document = parse(head.encode("utf-8"), file)
    except RuleError as wrong:
        raise NoteError(
            f"its head {wrong.what}.", where=file.name, line=wrong.line, cure=_CURE
        ) from None
    return Sidecar(file, document, lines, fence + 1)


def note_of(sidecar: Sidecar) -> HouseNote:
    """The note that a file holds.  Raises `NoteError`."""
    head = sidecar.head
    _check_shape(sidecar)
    day = head.text("date")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise _error(sidecar, f"there is no day {day}", ("date",)) from None
    text = "\n".join(sidecar.lines[sidecar.body :]).strip("\n")
    if not text.strip():
        raise NoteError(
            "says nothing.", where=sidecar.path.name, line=sidecar.body, cure="Write it after ---."
        )
    anchor = head.get("anchor")
    return HouseNote(
        id=head.text("id"),
        # The schema has seen to it.
        kind=cast("NoteKind", head.text("kind") or "comment"),
        author=head.text("author"),
        date=day,
        text=text,
        anchor=_anchor(anchor if isinstance(anchor, Mapping) else {}),
        file=sidecar.path.name,
    )


def _anchor(value: Mapping[str, object]) -> NoteAnchor:
    def words(key: str) -> str:
        return str(value.get(key, ""))

    return NoteAnchor(
        version=words("version").strip(),
        path=" ".join(words("provision").split()),
        exact=words("exact"),
        prefix=words("prefix"),
        suffix=words("suffix"),
        bill=words("bill").strip(),
    )


def _check_shape(sidecar: Sidecar) -> None:
    wrong = max(
        _validator().iter_errors(sidecar.head.value),
        key=lambda e: len(e.absolute_path),
        default=None,
    )
    if wrong is not None:
        message = shorten(wrong.message, _LONGEST_MESSAGE, placeholder=" …")
        raise _error(sidecar, message, (*wrong.absolute_path, *islice(_strange(wrong), 1)))
    if not sidecar.head.text("anchor", "exact"):
        raise _error(sidecar, "`exact` holds no words", ("anchor", "exact"))


def _strange(wrong: ValidationError) -> Iterator[str]:
    """The keys that have no place there, if that is what is wrong."""
    instance, schema = wrong.instance, wrong.schema
    if wrong.validator != "additionalProperties":
        return
    if isinstance(instance, Mapping) and isinstance(schema, Mapping):
        yield from (key for key in instance if key not in schema["properties"])


def _error(sidecar: Sidecar, what: str, at: Iterable[str | int], cure: str = _CURE) -> NoteError:
    place: Place = tuple(at)
    line = sidecar.head.line(place)
    return NoteError(f"{what}.", where=sidecar.path.name, line=line, cure=cure)
