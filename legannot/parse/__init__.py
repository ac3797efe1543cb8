"""Bytes to a `Bill`: which format a document is in, and its reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse.bill_dtd import ROOTS, BillDtd
from legannot.parse.committee import may_be_marked
from legannot.parse.contexts import mark_contexts
from legannot.parse.mods import issued
from legannot.parse.naming import file_name
from legannot.parse.nodes import freeze
from legannot.parse.reading import Front, Reading
from legannot.parse.xml import read_sections, root_name
from legannot.source import Source

if TYPE_CHECKING:
    from lxml import etree

    from legannot.parse.uslm import Uslm

_XML_DECLARATION = b"<?xml"
_WEB_PAGE = "{http://www.w3.org/1999/xhtml}"
_CURE = "Give the XML of a bill or law from govinfo.gov or congress.gov."


def parse(source: Source) -> Bill:
    """Read one version of a bill, whatever its format.

    Raises `InputError` if the bytes are no such document.  What the reader does not know is kept in
    the text and listed in `Bill.not_understood`.
    """
    reading = _read(source)
    if not reading.nodes:
        raise InputError("holds no legislative text.", where=source.name, cure=_CURE)
    mark_contexts(reading.nodes)
    front, guessed = _named(reading.front, source.name)
    issue, untold = _issue(source)
    day = issue or source.published
    return Bill(
        id=front.id,
        version=front.version,
        title=front.title,
        official_title=front.official_title,
        provisions=freeze(reading.nodes),
        provenance=source.provenance,
        format=reading.format,
        document=front.document,
        dates={**front.dates, "issued": day} if day else front.dates,
        front=tuple(front.items),
        not_understood=tuple(reading.not_understood),
        notices=(*reading.notices, *guessed, *untold),
    )


def _issue(source: Source) -> tuple[str, list[str]]:
    """The day of issue by the record of the package, or what is wrong with that record."""
    if source.mods is None:
        return "", []
    try:
        return issued(source.mods), []
    except InputError as wrong:
        return "", [f"mods.xml of the package {wrong.what.rstrip('.')}; it gives no day of issue"]


def is_billstatus(content: bytes) -> bool:
    """Whether a document is the record of a bill (`billstatus`) and not a text of it."""
    # Its reader is not loaded to tell: most inputs are bills.
    return root_name(content) == "billStatus"


def _named(front: Front, name: str) -> tuple[Front, list[str]]:
    """The cover, completed by the file's name where it does not say which bill or version it is."""
    if front.id and front.version:
        return front, []
    file = file_name(name)
    completed = replace(front, id=front.id or file.bill, version=front.version or file.version)
    if completed == front:
        return front, []
    return completed, ["bill or version are named by the file's name only"]


def _read(source: Source) -> Reading:
    # Each reader brings tables and patterns that take as long to load as a small bill to read.
    if not source.data.startswith(_XML_DECLARATION) and not _is_bill_xml(source.data):
        from legannot.parse.plain_text import is_plain_text, read_plain_text

        if is_plain_text(source.data):
            return read_plain_text(source.data, source.name)
    reading = _XmlReading(source)
    root, notices = read_sections(source.data, source.name, reading.take)
    found = reading.finish(root)
    return replace(found, notices=[*notices, *found.notices]) if notices else found


def _is_bill_xml(content: bytes) -> bool:
    """Whether the root is that of a bill, so that a comment cannot make it GPO's plain text."""
    root = root_name(content)
    return root in ROOTS or (root.startswith("{") and not root.startswith(_WEB_PAGE))


class _XmlReading:
    """Reads a document of XML while it is parsed, by the reader that its root asks for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._document: BillDtd | Uslm | None = None

    def take(self, section: etree._Element) -> bool:
        """Read a section that is complete; if it was, its tree may go."""
        if self._document is None:
            self._document = self._reader(section.getroottree().getroot())
        return self._document.take(section)

    def finish(self, root: etree._Element) -> Reading:
        """Read what is left."""
        return (self._document or self._reader(root)).finish(root)

    def _reader(self, root: etree._Element) -> BillDtd | Uslm:
        marked = may_be_marked(self._source.data)
        if root.tag in ROOTS:
            return BillDtd(marked=marked)
        # Its tables take as long to load as a small bill to read.
        from legannot.parse.uslm import Uslm, is_uslm, other_document

        if is_uslm(root):
            if other := other_document(root):
                raise InputError(
                    f"is {other}, not one bill or law.", where=self._source.name, cure=_CURE
                )
            return Uslm(marked=marked)
        name = str(root.tag).rpartition("}")[2]
        raise InputError(
            f"is a <{name}> document, not a bill.", where=self._source.name, cure=_CURE
        )


__all__ = ["is_billstatus", "parse"]
