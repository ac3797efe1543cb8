"""Word documents: the redline with real tracked changes, alone or under the report's summary.

Accepting every revision leaves the new version word for word, rejecting every one the old version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from docx.document import Document
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.model import Bill, Change, Comparison
from legannot.model.report import Report
from legannot.render import front
from legannot.render.docx.comments import add_carried, add_comments
from legannot.render.docx.layout import sequence
from legannot.render.docx.marks import Marks
from legannot.render.docx.package import date_of, new_document, set_custom, to_bytes
from legannot.render.docx.paragraphs import Line, Paragraph, blocks, plain_marks
from legannot.render.docx.parts import elements, masthead
from legannot.render.docx.readback import BOOKMARK, Rebuilt, rebuild
from legannot.render.docx.writer import Anchor, Writer
from legannot.render.html.house import House, house_notes
from legannot.render.html.index import Index, index
from legannot.render.html.notes import Marks as Drawn
from legannot.render.html.notes import Note, number_notes
from legannot.render.html.notes import marks as drawn_on
from legannot.render.wording import dated

__all__ = ["Rebuilt", "rebuild", "redline", "report"]


def redline(
    comparison: Comparison, *, static: bool = False, epoch: int | None = None, part: str = ""
) -> bytes:
    """The redline alone as a Word document.

    With `static` the marks are drawn as colours and lines and there is no revision data.  `epoch`
    (SOURCE_DATE_EPOCH) replaces the day of the newest version on every mark.  `part` says in words
    which part of the bills `comparison` holds, if it is not the whole.
    """
    bills = (comparison.old, comparison.new)
    date = date_of(bills, epoch)
    document = new_document(_title_of(bills), _head_of(bills, static=static), date)
    found = blocks(sequence(comparison), comparison)
    anchors = add_carried(document, found, date)
    marks = Marks(date, first_id=sum(map(len, anchors.values())))
    writer = Writer(marks, _style_ids(document), static=static, anchors=anchors)
    _add_redline(document, writer, marks, found)
    set_custom(document, _properties(bills, static=static, part=part))
    return to_bytes(document)


def report(made: Report, *, static: bool = False, epoch: int | None = None) -> bytes:
    """The whole report as a Word document: summary, changes and effects, then the redline.

    The notes that the page keeps in sight are comments; those that it may fold, since both versions
    share them or a definition lends them, are left to the page.  Other arguments are as in
    `redline`.
    """
    look_up = index(made)
    date = date_of(made.bills, epoch)
    document = new_document(_title_of(made.bills), _head_of(made.bills, static=static), date)
    ids = _style_ids(document)
    top, above = front.before(look_up)
    _add_all(document, masthead(top, ids))
    _add_all(document, elements(above, ids))
    new = made.bills[-1]
    whole = made.comparison or Comparison(new, new, look_up.rows)
    found, anchors = _noted(document, look_up, whole, date)
    marks = Marks(date, first_id=sum(map(len, anchors.values())))
    writer = Writer(marks, ids, static=static, rank=2, anchors=anchors)
    heading = front.Heading(1, "Text with notes" if look_up.single else "Redline")
    _add_all(document, elements([heading], ids))
    _add_redline(document, writer, marks, found)
    _add_all(document, elements(front.after(look_up), ids))
    set_custom(document, _properties(made.bills, static=static))
    return to_bytes(document)


def _noted(
    document: Document, look_up: Index, whole: Comparison, date: datetime
) -> tuple[list[Paragraph | Line], Mapping[int, Sequence[Anchor]]]:
    """The redline's blocks with evidence marked, and where its comments hang."""
    notes = number_notes(look_up)
    house = house_notes(look_up)
    at = {id(row): number for number, row in enumerate(look_up.rows)}

    def draw(row: Change) -> Drawn:
        number = at.get(id(row))
        if number is None:
            return plain_marks(row)
        return drawn_on(look_up, row, number, notes, house.get(number, ()))

    found = blocks(sequence(whole), whole, draw)
    kept = (
        (row, _beside(house.get(number, ()), notes.get(number, ())))
        for number, row in enumerate(look_up.rows)
    )
    anchors = add_comments(document, found, kept, date)
    for block, more in add_carried(document, found, date).items():
        anchors.setdefault(block, []).extend(more)
    return found, anchors


def _beside(house: Sequence[House], notes: Sequence[Note]) -> list[Note | House]:
    return [*house, *(note for note in notes if not note.minor)]


def _title_of(bills: Sequence[Bill]) -> str:
    """`H.R. 1500 Consumers First Act: rh to eh`."""
    new = bills[-1]
    name = f"{new.label} {new.title or new.official_title}".strip()
    codes = " to ".join(dict.fromkeys(bill.version for bill in bills if bill.version))
    return f"{name}: {codes}" if codes else name


def _head_of(bills: Sequence[Bill], *, static: bool) -> str:
    """The running head: which versions, and what the marks mean where Word does not say."""
    names = [
        f"{bill.stage.name}{f' ({dated(bill)})' if dated(bill) else ''}"
        for bill in (bills[0], bills[-1])
    ]
    head = f"{bills[-1].label}: {' → '.join(dict.fromkeys(names))}"
    if static:
        head += ". Struck: taken out. Double underline: put in. Boxed: moved."
    return head


def _properties(bills: Sequence[Bill], *, static: bool = False, part: str = "") -> dict[str, str]:
    """What `verify` reads: each version's source with its hash, oldest first."""
    found = {"legannot": "static redline" if static else "redline"}
    if part:
        found["legannot part"] = part
    for at, bill in enumerate(bills, 1):
        found[f"legannot version {at}"] = bill.version
        found[f"legannot source {at}"] = bill.provenance.source
        found[f"legannot SHA-256 {at}"] = bill.provenance.sha256
    return found


def _style_ids(document: Document) -> Callable[[str], str]:
    """The ids of the document's styles by their names."""
    known = {style.name: style.style_id for style in document.styles}
    return lambda name: known[name]


def _add_redline(
    document: Document, writer: Writer, marks: Marks, found: Iterable[Paragraph | Line]
) -> None:
    """Put the redline at the end, inside its bookmark, a plain paragraph last."""
    start, end = marks.bookmark(BOOKMARK)
    _add(document, start)
    for element in writer.body(found):
        _add(document, element)
    # The last paragraph has no mark of its own to take out: without it, one line would stay.
    last = OxmlElement("w:p")
    last.append(end)
    _add(document, last)


def _add(document: Document, element: etree._Element) -> None:
    """Append to the body, before what describes its pages."""
    document.element.body.insert_element_before(element, "w:sectPr")


def _add_all(document: Document, found: Iterable[etree._Element]) -> None:
    for element in found:
        _add(document, element)
