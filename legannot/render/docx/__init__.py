"""Word documents: the redline with real tracked changes, alone or under the report's summary.

Accepting every revision leaves the new version word for word, rejecting every one the old version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from docx.document import Document
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.model import Bill, Comparison
from legannot.render.docx.layout import sequence
from legannot.render.docx.marks import Marks
from legannot.render.docx.package import date_of, new_document, set_custom, to_bytes
from legannot.render.docx.paragraphs import Line, Paragraph, blocks
from legannot.render.docx.readback import BOOKMARK, Rebuilt, rebuild
from legannot.render.docx.writer import Writer
from legannot.render.wording import dated

__all__ = ["Rebuilt", "rebuild", "redline"]


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
    document = new_document(title_of(bills), head_of(bills, static=static), date)
    marks = Marks(date)
    writer = Writer(marks, style_ids(document), static=static)
    add_redline(document, writer, marks, blocks(sequence(comparison), comparison))
    set_custom(document, properties(bills, static=static, part=part))
    return to_bytes(document)


def title_of(bills: Sequence[Bill]) -> str:
    """`H.R. 1500 Consumers First Act: rh to eh`."""
    new = bills[-1]
    name = f"{new.label} {new.title or new.official_title}".strip()
    codes = " to ".join(dict.fromkeys(bill.version for bill in bills if bill.version))
    return f"{name}: {codes}" if codes else name


def head_of(bills: Sequence[Bill], *, static: bool) -> str:
    """The running head: which versions, and what the marks mean where Word does not say."""
    names = [
        f"{bill.stage.name}{f' ({dated(bill)})' if dated(bill) else ''}"
        for bill in (bills[0], bills[-1])
    ]
    head = f"{bills[-1].label}: {' → '.join(dict.fromkeys(names))}"
    if static:
        head += ". Struck: taken out. Double underline: put in. Boxed: moved."
    return head


def properties(bills: Sequence[Bill], *, static: bool = False, part: str = "") -> dict[str, str]:
    """What `verify` reads: each version's source with its hash, oldest first."""
    found = {"legannot": "static redline" if static else "redline"}
    if part:
        found["legannot part"] = part
    for at, bill in enumerate(bills, 1):
        found[f"legannot version {at}"] = bill.version
        found[f"legannot source {at}"] = bill.provenance.source
        found[f"legannot SHA-256 {at}"] = bill.provenance.sha256
    return found


def style_ids(document: Document) -> Callable[[str], str]:
    """The ids of the document's styles by their names."""
    known = {style.name: style.style_id for style in document.styles}
    return lambda name: known[name]


def add_redline(
    document: Document, writer: Writer, marks: Marks, found: Iterable[Paragraph | Line]
) -> None:
    """Put the redline at the end, inside its bookmark, a plain paragraph last."""
    start, end = marks.bookmark(BOOKMARK)
    add(document, start)
    for element in writer.body(found):
        add(document, element)
    # The last paragraph has no mark of its own to take out: without it, one line would stay.
    last = OxmlElement("w:p")
    last.append(end)
    add(document, last)


def add(document: Document, element: etree._Element) -> None:
    """Append to the body, before what describes its pages."""
    document.element.body.insert_element_before(element, "w:sectPr")
