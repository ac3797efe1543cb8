"""Paragraphs and table rows as WordprocessingML, tracked or, for files without revisions, drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.model.comparison import Op
from legannot.render.docx.layout import Fate
from legannot.render.docx.marks import Marks, deletes, side
from legannot.render.docx.package import level_style
from legannot.render.docx.paragraphs import Line, Paragraph, Piece
from legannot.render.docx.runs import DRAWN, LABEL, LOOKS, append_value, run_of, table_of, widths_of


@dataclass(frozen=True, slots=True)
class Anchor:
    """A comment and the pieces of a paragraph that it hangs on, first and last included."""

    comment: int
    first: int
    last: int


class Writer:
    """Turns blocks into elements of a body.

    `static` draws the marks as colours and lines and leaves out all revision data.  `rank` is the
    rank of a heading of the outermost level, `style_ids` gives the ids of styles by their names,
    `anchors` the comments of a block by its `id`.
    """

    def __init__(
        self,
        marks: Marks,
        style_ids: Callable[[str], str],
        *,
        static: bool = False,
        rank: int = 1,
        anchors: Mapping[int, Sequence[Anchor]] | None = None,
    ) -> None:
        self._marks = marks
        self._style_ids = style_ids
        self._static = static
        self._rank = rank
        self._anchors = anchors or {}
        self._before: Paragraph | None = None

    def body(self, blocks: Iterable[Paragraph | Line]) -> Iterator[etree._Element]:
        """The elements of the redline."""
        table_before = False
        for stretch in _stretches(blocks):
            lines = [block for block in stretch if isinstance(block, Line)]
            if lines and table_before:
                # Two tables side by side are one to Word.
                yield OxmlElement("w:p")
            if lines:
                yield self._table(lines)
            else:
                yield from self._run([block for block in stretch if isinstance(block, Paragraph)])
            table_before = bool(lines)

    def _run(self, run: Sequence[Paragraph]) -> Iterator[etree._Element]:
        """Paragraphs that moved together stand in one range; others stand for themselves."""
        elements = [self._paragraph(block) for block in run]
        if not run[0].move or self._static:
            yield from elements
            return
        start, end = self._marks.move_range(run[0].fate, run[0].move)
        properties = elements[0].find(qn("w:pPr"))
        elements[0].insert(0 if properties is None else 1, start)
        yield from elements
        yield end

    def _paragraph(self, block: Paragraph, *, cell: bool = False) -> etree._Element:
        before, self._before = self._before, None if cell else block
        if before and not cell and _touch(before, block):
            self._marks.set_apart()
        paragraph = OxmlElement("w:p")
        paragraph.append(self._properties(block, cell=cell))
        if self._static and block.move and not (before and _together(before, block)):
            paragraph.append(run_of(_moved_label(block), LABEL))
            paragraph.append(run_of(" ", ()))
        for element in self._content(block):
            paragraph.append(element)
        return paragraph

    def _properties(self, block: Paragraph, *, cell: bool) -> etree._Element:
        properties = OxmlElement("w:pPr")
        style = "Normal" if cell else self._style(block)
        append_value(properties, "w:pStyle", self._style_ids(style))
        if cell:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:after"), "40")
            properties.append(spacing)
        elif block.row.shown.kind == "after-quoted-block":
            # The stop after quoted law, which a print sets behind its last words.
            append_value(properties, "w:jc", "right")
        mark = None if self._static else self._marks.paragraph_break(block.fate)
        if mark is not None:
            run_properties = OxmlElement("w:rPr")
            run_properties.append(mark)
            properties.append(run_properties)
        return properties

    def _style(self, block: Paragraph) -> str:
        if block.contents:
            return "Bill Contents"
        if block.heading and not block.place.quoted:
            return f"Heading {min(block.heading + self._rank - 1, 6)}"
        return level_style(block.place.depth, quoted=block.place.quoted)

    def _content(self, block: Paragraph) -> Iterator[etree._Element]:
        anchors = self._anchors.get(id(block), ())
        cuts = {at for a in anchors for at in (a.first, a.last + 1)}
        cuts |= {at for at, (a, b) in enumerate(pairwise(block.pieces), 1) if a.op != b.op}
        bounds = sorted(cuts | {0, len(block.pieces)})
        for first, end in pairwise(bounds):
            for anchor in anchors:
                if anchor.first == first:
                    yield _comment("w:commentRangeStart", anchor.comment)
            runs = [self._piece(block, piece) for piece in block.pieces[first:end]]
            op = block.pieces[first].op
            yield from runs if self._static else self._marks.around(block.fate, op, runs)
            for anchor in anchors:
                if anchor.last == end - 1:
                    yield _comment("w:commentRangeEnd", anchor.comment)
                    yield _reference(anchor.comment)

    def _piece(self, block: Paragraph, piece: Piece) -> etree._Element:
        looks = [LOOKS[look] for look in sorted(piece.look) if look in LOOKS]
        if piece.role == "heading" and not block.heading:
            looks += [("w:b", ""), ("w:i", "")]
        if self._static:
            looks += DRAWN[_drawn(block.fate, piece.op)]
            return run_of(piece.text, looks)
        deleted = deletes(block.fate, piece.op)
        return run_of(piece.text, looks, "w:delText" if deleted else "w:t")

    def _table(self, lines: Sequence[Line]) -> etree._Element:
        columns = max(1, *(len(line.cells) for line in lines))
        table = table_of(self._style_ids("Table Grid"), widths_of([1] * columns))
        for line in lines:
            table.append(self._table_row(line))
        return table

    def _table_row(self, line: Line) -> etree._Element:
        row = OxmlElement("w:tr")
        mark = None if self._static else self._marks.table_row(line.fate)
        if mark is not None:
            properties = OxmlElement("w:trPr")
            properties.append(mark)
            row.append(properties)
        for block in line.cells:
            cell = OxmlElement("w:tc")
            cell.append(self._paragraph(block, cell=True))
            row.append(cell)
        if not line.cells:
            cell = OxmlElement("w:tc")
            cell.append(OxmlElement("w:p"))
            row.append(cell)
        return row


def _stretches(blocks: Iterable[Paragraph | Line]) -> Iterator[list[Paragraph | Line]]:
    """Blocks that stand in one element or range: the rows of a table, what moved together."""
    stretch: list[Paragraph | Line] = []
    for block in blocks:
        if stretch and not _together(stretch[-1], block):
            yield stretch
            stretch = []
        stretch.append(block)
    if stretch:
        yield stretch


def _together(before: Paragraph | Line, after: Paragraph | Line) -> bool:
    if isinstance(before, Line) and isinstance(after, Line):
        pairs = zip(before.tables, after.tables, strict=True)
        return all(a == b or not a or not b for a, b in pairs)
    if isinstance(before, Paragraph) and isinstance(after, Paragraph):
        return bool(after.move) and (before.move, before.fate) == (after.move, after.fate)
    return False


def _touch(before: Paragraph, after: Paragraph) -> bool:
    """Whether marks of one kind stand on both sides of the end of a paragraph that is in both."""
    if before.fate is not Fate.KEPT or not before.pieces or not after.pieces:
        return False
    last = side(before.fate, before.pieces[-1].op)
    return bool(last) and last == side(after.fate, after.pieces[0].op)


def _drawn(fate: Fate, op: Op) -> str:
    if op == "equal" and fate in (Fate.LEFT, Fate.ARRIVED):
        return fate.value
    if fate in (Fate.GONE, Fate.COME):
        return "delete" if fate is Fate.GONE else "insert"
    return op


def _moved_label(block: Paragraph) -> str:
    old, new = block.row.old, block.row.new
    if old is None or new is None:
        raise ValueError("what moved stands in both versions")
    return f"moved to {new.path}" if block.fate is Fate.LEFT else f"moved from {old.path}"


def _comment(name: str, comment: int) -> etree._Element:
    element = OxmlElement(name)
    element.set(qn("w:id"), str(comment))
    return element


def _reference(comment: int) -> etree._Element:
    run = OxmlElement("w:r")
    run.append(_comment("w:commentReference", comment))
    return run
