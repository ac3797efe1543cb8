"""WeasyPrint, given a tree and one style sheet, and kept from what takes it long.

What follows in it costs as much as the layout of a large report and is passed by:

- its parser of HTML is written in Python, and the tree is here already;
- its sheet of defaults gives each element the styles of markers and footnotes that a report lacks,
  so `print.css` says the defaults that a report needs;
- pydyf, which writes the file, lists all pages anew for every tag: the time grows with the square
  of the pages; and it packs as tightly as can be, which takes a tenth of the time for four per cent
  of the size.
"""

from __future__ import annotations

import gc
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn
from xml.etree.ElementTree import Element

from lxml.html import HtmlElement

from legannot.errors import OutputError

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document

# Universal accessibility: tags, language and title, as screen readers need them (ISO 14289-1).
VARIANT = "pdf/ua-1"
_SVG = "{http://www.w3.org/2000/svg}"
# WeasyPrint keeps the style sheet of a page out of its pictures: these are its rules for print.
_PICTURES = """
text { font-family: "Public Sans", "Helvetica Neue", Arial, sans-serif; font-size: 12px }
text { fill: #000000 }
.stage, .date, .count { text-anchor: middle }
.stage { font-weight: 600 }
.date, .count, .col { fill: #46494f }
.dot { fill: #000000; stroke: #000000; stroke-width: 2 }
.hollow { fill: #ffffff; stroke: #000000; stroke-width: 2 }
line { stroke: #46494f; stroke-width: 1.25 }
.s-m { stroke: #000000; stroke-width: 2.5 }
.s-s { stroke-dasharray: 1 4 }
"""


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the collector of cycles: it walks millions of boxes again and again for nothing.

    Around a whole function, so that they are gone before it comes back.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_collector()
def typeset(root: HtmlElement, style: str) -> bytes:
    """The PDF of a document; the same document gives the same bytes."""
    from cssselect2 import ElementWrapper
    from weasyprint import CSS, HTML

    # It would list every property that it does not know.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    _list_pages_once()
    sheet = CSS(string=style)
    page = HTML.__new__(HTML)
    page.base_url = None
    page.url_fetcher = refuse
    page.media_type = "print"
    page.wrapper_element = ElementWrapper.from_html_root(_tree(root), content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    setattr(page, "_ua_stylesheets", lambda forms=False: [sheet])  # noqa: ARG005, B010
    with _packed_as_usual():
        made: bytes | None = page.write_pdf(pdf_variant=VARIANT, finisher=_scopes)
    if made is None:
        raise OutputError("the PDF came out empty.")
    return made


def refuse(url: str) -> NoReturn:
    """Raise `ValueError`: what is printed asks for nothing."""
    raise ValueError(f"a report asks for nothing outside itself, not for {url}")


def _scopes(_: Document, pdf: PDF) -> None:
    """Say of each heading in a table whether it heads a column or a row (ISO 14289-1, 7.5).

    WeasyPrint gives the cells their headings and leaves out what a heading heads.
    """
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH" and "A" in element:
            line = pdf.objects[int(element["P"].split()[0])]
            part = pdf.objects[int(line["P"].split()[0])]
            element["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def _tree(element: HtmlElement, space: str = "") -> Element:
    """The same tree as the elements that WeasyPrint takes; pictures in their own name space."""
    space = _SVG if element.tag == "svg" else space
    # The parser of HTML writes all names small.
    attributes = {
        "viewBox" if key == "viewbox" else str(key): str(value)
        for key, value in element.attrib.items()
    }
    made = Element(space + str(element.tag), attributes)
    made.text, made.tail = element.text, element.tail
    if element.tag == "svg":
        rules = Element(f"{_SVG}style")
        rules.text = _PICTURES
        made.append(rules)
    made.extend(_tree(child, space) for child in element)
    return made


@contextmanager
def _packed_as_usual() -> Iterator[None]:
    """Let pydyf pack at the level that zlib takes for the usual one, not at the highest."""
    import pydyf

    module = pydyf.zlib
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj())  # noqa: ARG005
    try:
        yield
    finally:
        pydyf.zlib = module


@cache
def _list_pages_once() -> None:
    """Let pydyf remember the references to its pages until there is one more."""
    from pydyf import PDF

    fresh = PDF.page_references.fget

    def remembered(pdf: PDF) -> tuple[bytes, ...]:
        listed: tuple[bytes, ...] = vars(pdf).get("listed", ())
        if len(listed) != pdf.pages["Count"]:
            listed = vars(pdf)["listed"] = fresh(pdf)
        return listed

    PDF.page_references = property(remembered)
