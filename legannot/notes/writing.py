"""Notes written as files: a new one, or a kept one whose anchor moved on with the bill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from legannot.model.notes import HouseNote, NoteAnchor, Placed
from legannot.notes.sidecar import Sidecar, note_of, parts
from legannot.notes.versions import anchored

if TYPE_CHECKING:
    from legannot.model import Bill

_WIDTH = 90


def text_of(note: HouseNote) -> str:
    """The file of a new note."""
    head = {
        "id": note.id,
        "anchor": _mapping(note.anchor),
        "author": note.author,
        "date": note.date,
        "kind": note.kind,
    }
    return f"{_yaml(head)}---\n{note.text.strip()}\n"


def checked(note: HouseNote, file: Path) -> HouseNote:
    """A new note, checked as one that is read from `file`.  Raises `NoteError`."""
    return note_of(parts(text_of(note).encode("utf-8"), file))


def moved(placed: Placed, bill: Bill) -> NoteAnchor | None:
    """The anchor of a note at the place where it stands now in `bill`, the version it was found in.

    None if it stands nowhere, or where nothing tells its words apart.
    """
    if not placed.shown:
        return None
    version = bill.as_reported()
    provision = next(p for p in version.walk() if p.path == placed.path)
    return anchored(version, provision, placed.field, placed.start, placed.end)


def with_anchor(sidecar: Sidecar, anchor: NoteAnchor) -> str:
    """The file with another anchor; the one before is kept under `earlier`, the note as it is."""
    head = sidecar.head.value
    if not isinstance(head, dict):
        raise TypeError(f"{sidecar.path.name} has no head")
    earlier = head.get("earlier")
    before = [head["anchor"], *(earlier if isinstance(earlier, list) else [])]
    lines: list[str] = []
    keys = sorted((sidecar.head.lines[key,], key) for key in head)
    # One line may hold several keys (`{id: x, author: y}`); then the head is written anew.
    if len({line for line, _ in keys}) == len(keys):
        ends = [line for line, _ in keys[1:]] + [sidecar.body]
        lines += sidecar.lines[: keys[0][0] - 1]
        for (line, key), end in zip(keys, ends, strict=True):
            written = sidecar.lines[line - 1 : end - 1]
            if key == "anchor":
                lines += _lines({"anchor": _mapping(anchor), "earlier": before})
            if key in ("anchor", "earlier"):
                # What stands there for a reader is about the key that follows.
                written = tuple(text for text in written if text.startswith("#"))
            lines += written
    else:
        lines += _lines({**head, "anchor": _mapping(anchor), "earlier": before})
    return "\n".join((*lines, "---", *sidecar.lines[sidecar.body :]))


def _mapping(anchor: NoteAnchor) -> dict[str, str]:
    pairs = {
        "bill": anchor.bill,
        "version": anchor.version,
        "provision": anchor.path,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    return {key: value for key, value in pairs.items() if value}


def _lines(value: object) -> list[str]:
    return _yaml(value).splitlines()


def _yaml(value: object) -> str:
    import yaml

    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text
