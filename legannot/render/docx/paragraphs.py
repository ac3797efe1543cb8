"""Paragraphs with their words cut into pieces, each with what became of it and how it looks.

A provision is one paragraph, `number heading text` with single blanks; a section, or what holds
sections, is two: its number and heading, then its text.  Nothing is added to the words of the bill,
so that what is left after accepting or rejecting is its text exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from legannot.model import Bill, Change, Comparison, Context, Edit, Provision, Span
from legannot.model.comparison import Op
from legannot.render.docx.layout import Fate, Item, Place, places
from legannot.render.html.notes import Marks
from legannot.render.html.segments import segments
from legannot.render.html.tally import edits_of, heading_edits_of

Role = Literal["number", "heading", "text"]
Draw = Callable[[Change], Marks]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on which every mark agrees; `look` are kinds of markup, `notes` numbers of notes."""

    op: Op
    text: str
    role: Role = "text"
    look: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to write; a `heading` stands alone with rank 1 and up, other text has rank 0.

    `row` is the row it belongs to, `first` says whether it is the first of that row here.
    """

    fate: Fate
    place: Place
    pieces: tuple[Piece, ...]
    row: Change
    heading: int = 0
    move: int = 0
    contents: bool = False
    first: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table with a paragraph for each cell."""

    fate: Fate
    cells: tuple[Paragraph, ...]
    tables: tuple[str, str]


def plain_marks(row: Change) -> Marks:
    """The markup of a row's texts without any notes."""
    old, new = row.old, row.new
    return Marks(
        old.spans if old else (),
        new.spans if new else (),
        old.heading_spans if old else (),
        new.heading_spans if new else (),
    )


def blocks(
    items: Sequence[Item], comparison: Comparison, draw: Draw = plain_marks
) -> list[Paragraph | Line]:
    """What to write, in order; `draw` gives the spans over the texts of a row."""
    cells = _Cells(comparison, draw)
    found: list[Paragraph | Line] = []
    for item in items:
        if item.place.is_line:
            found.append(cells.line(item))
        else:
            found += _paragraphs(item, draw(item.row))
    return _moves_with_two_ends(found)


def _paragraphs(item: Item, marks: Marks) -> Iterator[Paragraph]:
    row, place = item.row, item.place
    parts = _Parts(row, item.fate, marks)
    rank = place.heading
    runs = [parts.joined("number", "heading"), parts.joined("text")] if rank else [parts.all]
    first = True
    for at, pieces in enumerate(runs):
        fate = _settled(item.fate, pieces)
        if fate is None:
            continue
        yield Paragraph(
            fate=fate,
            place=place,
            pieces=_on_side(fate, pieces),
            row=row,
            heading=rank if rank and at == 0 else 0,
            move=item.move if fate in (Fate.LEFT, Fate.ARRIVED) else 0,
            contents=row.shown.context is Context.TOC,
            first=first,
        )
        first = False


class _Parts:
    """Number, heading and text of a row as pieces, with the blanks that join them."""

    def __init__(self, row: Change, fate: Fate, marks: Marks) -> None:
        old = row.old if fate is not Fate.COME else None
        new = row.new if fate is not Fate.GONE else None
        both = old is not None and new is not None
        self._has: dict[Role, tuple[bool, bool]] = {
            "number": (bool(old and old.enum), bool(new and new.enum)),
            "heading": (bool(old and old.heading), bool(new and new.heading)),
            "text": (bool(old and old.text), bool(new and new.text)),
        }
        heading = heading_edits_of(row) if both else _whole(old, new, "heading")
        text = edits_of(row) if both else _whole(old, new, "text")
        self._pieces: dict[Role, list[Piece]] = {
            "number": [
                Piece(edit.op, edit.text, "number")
                for edit in _number(old.enum if old else "", new.enum if new else "")
            ],
            "heading": _pieces(heading, marks.old_heading, marks.new_heading, "heading"),
            "text": _pieces(text, marks.old, marks.new, "text"),
        }

    @property
    def all(self) -> list[Piece]:
        """The whole provision."""
        return self.joined("number", "heading", "text")

    def joined(self, *roles: Role) -> list[Piece]:
        """The parts in a row, a blank between two that the same version has."""
        pieces: list[Piece] = []
        for at, role in enumerate(roles):
            pieces += self._pieces[role]
            after = roles[at + 1 :]
            blank = [
                self._has[role][side] and any(self._has[other][side] for other in after)
                for side in (0, 1)
            ]
            if any(blank):
                op: Op = "equal" if all(blank) else "delete" if blank[0] else "insert"
                pieces.append(Piece(op, " ", role))
        return pieces


def _whole(old: Provision | None, new: Provision | None, name: str) -> tuple[Edit, ...]:
    pairs: tuple[tuple[Op, Provision | None], ...] = (("delete", old), ("insert", new))
    edits = (Edit(op, getattr(side, name)) for op, side in pairs if side)
    return tuple(edit for edit in edits if edit.text)


def _number(old: str, new: str) -> tuple[Edit, ...]:
    if old == new:
        return (Edit("equal", old),) if old else ()
    return tuple(e for e in (Edit("delete", old), Edit("insert", new)) if e.text)


def _pieces(
    edits: Iterable[Edit], old: Sequence[Span], new: Sequence[Span], role: Role
) -> list[Piece]:
    found: list[Piece] = []
    at_old = at_new = 0
    for segment in segments(edits, old, new):
        quoted = _quoted(old, at_old) if segment.op == "delete" else _quoted(new, at_new)
        look = frozenset((*segment.shown, "quote") if quoted else segment.shown)
        found.append(Piece(segment.op, segment.text, role, look, segment.evidence))
        at_old += len(segment.text) * (segment.op != "insert")
        at_new += len(segment.text) * (segment.op != "delete")
    return found


def _quoted(spans: Iterable[Span], offset: int) -> bool:
    """Whether a quotation of the Bill DTD, which has no marks in the text, holds an offset."""
    return any(s.kind in ("quote", "term") and s.start <= offset < s.end for s in spans)


def _settled(fate: Fate, pieces: Sequence[Piece]) -> Fate | None:
    """The fate of one paragraph of an item: a side without words does not have it."""
    old = any(piece.op != "insert" for piece in pieces)
    new = any(piece.op != "delete" for piece in pieces)
    if fate in (Fate.GONE, Fate.LEFT):
        fate = fate if new else Fate.GONE
        return fate if old else None
    if fate in (Fate.COME, Fate.ARRIVED):
        fate = fate if old else Fate.COME
        return fate if new else None
    if old and new:
        return fate
    return Fate.GONE if old else Fate.COME if new else None


def _on_side(fate: Fate, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces to write: where a moved provision stood, its old words, else its new ones too."""
    omitted = {Fate.LEFT: "insert", Fate.ARRIVED: "delete"}.get(fate)
    return tuple(piece for piece in pieces if piece.op != omitted)


def _moves_with_two_ends(found: list[Paragraph | Line]) -> list[Paragraph | Line]:
    """A move that lacks an end, since one side has no words, is a deletion or an insertion."""
    ends: dict[int, set[Fate]] = defaultdict(set)
    for block in found:
        if isinstance(block, Paragraph) and any(piece.op == "equal" for piece in block.pieces):
            ends[block.move].add(block.fate)
    plain = {Fate.LEFT: Fate.GONE, Fate.ARRIVED: Fate.COME}
    return [
        replace(block, fate=plain[block.fate], move=0)
        if isinstance(block, Paragraph) and block.move and len(ends[block.move]) != len(plain)
        else block
        for block in found
    ]


class _Cells:
    """The cells of a table, paired by their place in the row."""

    def __init__(self, comparison: Comparison, draw: Draw) -> None:
        self._draw = draw
        self._by_new: Mapping[str, Change] = {r.new.path: r for r in comparison.rows if r.new}
        self._by_old: Mapping[str, Change] = {r.old.path: r for r in comparison.rows if r.old}

    def line(self, item: Item) -> Line:
        """The row of a table that an item stands for, its own words in a cell of their own."""
        old = item.old if item.fate is not Fate.COME else None
        new = item.new if item.fate is not Fate.GONE else None
        cells = []
        own = _cell(item, item.row, item.fate, self._draw(item.row))
        if own.pieces:
            cells.append(own)
        count = len((new or item.place).cells)
        for at in range(count):
            before = old.cells[at] if old else None
            after = new.cells[at] if new else None
            row = self._row(before, after)
            cells.append(_cell(item, row, item.fate, self._draw(row)))
        return Line(item.fate, tuple(cells), (old.table if old else "", new.table if new else ""))

    def _row(self, before: Provision | None, after: Provision | None) -> Change:
        """The row that pairs two cells, or one made up where the comparison pairs others."""
        row = self._by_new.get(after.path) if after else None
        if row is None and before is not None:
            row = self._by_old[before.path]
        if row is None:
            raise ValueError("a cell is in no version")
        if row.old is before and row.new is after:
            return row
        return replace(row, old=before, new=after, edits=(), heading_edits=())


def _cell(item: Item, row: Change, fate: Fate, marks: Marks) -> Paragraph:
    pieces = _Parts(row, fate, marks).all
    return Paragraph(fate, item.place, tuple(pieces), row)


# ── the expected texts ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph of one version: the path of its provision and its words."""

    path: str
    text: str


def printed(bill: Bill) -> list[Printed]:
    """The paragraphs that a version alone would be printed in."""
    found = []
    for path, place in places(bill).items():
        provision = place.provision
        head = " ".join(part for part in (provision.enum, provision.heading) if part)
        runs = (head, provision.text) if place.heading else (f"{head} {provision.text}".strip(),)
        found += [Printed(path, text) for text in runs if text]
    return found
