"""Margin notes and where words were carried, as Word comments hung on the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from docx.document import Document

from legannot.model import Change
from legannot.render.docx.layout import Fate
from legannot.render.docx.marks import AUTHOR
from legannot.render.docx.paragraphs import Line, Paragraph
from legannot.render.docx.writer import Anchor
from legannot.render.housenotes import LABEL, body_text
from legannot.render.html.house import House
from legannot.render.html.notes import Note
from legannot.render.inert import inert
from legannot.render.wording import carried_from

_INITIALS = "la"
_MOST_INITIALS = 9  # Word takes no more


def add_comments(
    document: Document,
    found: Sequence[Paragraph | Line],
    notes: Iterable[tuple[Change, Sequence[Note | House]]],
    date: datetime,
) -> dict[int, list[Anchor]]:
    """Add a comment for each note, in order; where each hangs, by the `id` of the paragraph.

    A note of the house bears its author, the others the program.

    A note whose words are not marked in the text hangs on the whole of its provision.
    """
    at_notes, at_rows = _places(list(_paragraphs(found)))
    anchors: dict[int, list[Anchor]] = defaultdict(list)
    for row, mine in notes:
        for note in mine:
            place = at_notes.get(str(note.number)) or at_rows.get(_key(row))
            if place is None:
                raise ValueError(f"the provision of note {note.number} is not in the text")
            block, first, last = place
            author = inert(note.placed.note.author) if isinstance(note, House) else AUTHOR
            comment = document.comments.add_comment(inert(_text(note)), author, _initials(note))
            # python-docx stamps the present time; a document must not depend on when it is made.
            comment._comment_elm.date = date  # noqa: SLF001
            anchors[id(block)].append(Anchor(comment.comment_id, first, last))
    return anchors


def add_carried(
    document: Document, found: Sequence[Paragraph | Line], date: datetime
) -> dict[int, list[Anchor]]:
    """Say beside words that a split or a merger took along where they went or came from.

    To Word they are a deletion there and an insertion here, since they have another holder.
    """
    anchors: dict[int, list[Anchor]] = defaultdict(list)
    for block in _paragraphs(found):
        for said, first, last in _carried(block):
            comment = document.comments.add_comment(inert(said), AUTHOR, _INITIALS)
            comment._comment_elm.date = date  # noqa: SLF001
            anchors[id(block)].append(Anchor(comment.comment_id, first, last))
    return anchors


def _carried(block: Paragraph) -> Iterator[tuple[str, int, int]]:
    """What to say of the carried words of a paragraph, with its first and last piece."""
    for op in ("delete", "insert"):
        # Offsets in the text of the side that has words of this kind, as pieces and as edits.
        pieces = [
            (at, piece)
            for at, piece in enumerate(block.pieces)
            if piece.role == "text" and piece.op in ("equal", op)
        ]
        ends = list(accumulate(len(piece.text) for _, piece in pieces))
        end = 0
        for edit in block.row.edits:
            if edit.op not in ("equal", op):
                continue
            start, end = end, end + len(edit.text)
            inside = [
                at
                for (at, piece), stop in zip(pieces, ends, strict=True)
                if piece.op == op and start < stop and stop - len(piece.text) < end
            ]
            if edit.at and edit.op == op and inside:
                said = f"words carried to {edit.at}" if op == "delete" else carried_from(edit)
                yield f"{said[:1].upper()}{said[1:]}.", inside[0], inside[-1]


def _paragraphs(found: Iterable[Paragraph | Line]) -> Iterator[Paragraph]:
    for block in found:
        yield from block.cells if isinstance(block, Line) else (block,)


_Place = tuple[Paragraph, int, int]


def _places(blocks: Sequence[Paragraph]) -> tuple[Mapping[str, _Place], Mapping[str, _Place]]:
    """Where the words of each note stand, by its number, and each row, by its key.

    What moved is in the document twice: comments hang where it stands now.
    """
    at_notes: dict[str, _Place] = {}
    at_rows: dict[str, _Place] = {}
    for block in sorted(blocks, key=lambda block: block.fate is Fate.LEFT):
        if not block.pieces:
            continue
        at_rows.setdefault(_key(block.row), (block, 0, len(block.pieces) - 1))
        mine: dict[str, list[int]] = defaultdict(list)
        for at, piece in enumerate(block.pieces):
            for number in piece.notes:
                mine[number].append(at)
        for number, at_pieces in mine.items():
            at_notes.setdefault(number, (block, at_pieces[0], at_pieces[-1]))
    return at_notes, at_rows


def _key(row: Change) -> str:
    """A row by its path; that of a removed provision may have another holder in the new version."""
    return f"new {row.new.path}" if row.new else f"old {row.shown.path}"


def _initials(note: Note | House) -> str:
    if isinstance(note, Note):
        return _INITIALS
    return inert("".join(word[0] for word in note.placed.note.author.split()))[:_MOST_INITIALS]


def _of_house(house: House) -> str:
    lines = [f"{LABEL} {house.number}. {house.byline}"]
    if house.check:
        lines.append(f"{house.label.capitalize()}. {house.reason} Written on {house.about}.")
    return "\n".join((*lines, body_text(house.placed.note)))


def _text(note: Note | House) -> str:
    if isinstance(note, House):
        return _of_house(note)
    basis = " ".join(filter(None, (note.status, note.via.text if note.via else "")))
    does = ", ".join(filter(None, (note.operator, note.context)))
    lines = [
        f"{note.label} ({note.topic})",
        *([f"after the lead-in “{note.lead_in}”"] if note.lead_in else []),
        *(f"“{quote}”" for quote in note.quotes),
        " · ".join(filter(None, (note.change, basis, does, note.confidence))),
    ]
    return "\n".join(lines)
