"""The words of an XML file by a walk of the raw tree, without any code of legannot's.

Which elements stand inside a line of text is read from the DTDs themselves: they are the ones that
a content model offers next to `#PCDATA`.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tests.conftest import CORPUS

if TYPE_CHECKING:
    from lxml.etree._dtd import _DTDElementContentDecl

# Cover, metadata, signatures: beside the legislative body.
OUTSIDE = frozenset(
    {
        "metadata",
        "form",
        "pre-form",
        "amendment-form",
        "engrossed-amendment-form",
        "conference-report-form",
        "attestation",
        "endorsement",
    }
)
# Offered next to #PCDATA, but printed on lines of their own.
_ON_THEIR_OWN_LINES = frozenset(
    {"footnote", "formula", "effective-date", "table", "linebreak", "legis-comment"}
)
_SIGNS = {"superscript": "^", "subscript": "_"}


def dtds() -> list[Path]:
    return sorted((CORPUS / "schemas").glob("*/*.dtd"))


@cache
def content_models() -> dict[str, frozenset[str]]:
    """For each element of all DTDs the names its content model offers; `#` stands for words."""
    models: dict[str, set[str]] = {}
    for file in dtds():
        for element in etree.DTD(file).iterelements():
            prefix = f"{element.prefix}:" if element.prefix else ""
            offered = models.setdefault(f"{prefix}{element.name}", set())
            _collect(element.content, offered)
    return {name: frozenset(offered) for name, offered in models.items()}


def _collect(content: _DTDElementContentDecl | None, offered: set[str]) -> None:
    if content is None:
        return
    if content.type == "pcdata":
        offered.add("#")
    elif content.type == "element" and content.name:
        offered.add(content.name)
    _collect(content.left, offered)
    _collect(content.right, offered)


@cache
def inline_names() -> frozenset[str]:
    mixed = (offered for offered in content_models().values() if "#" in offered)
    return frozenset().union(*mixed) - _ON_THEIR_OWN_LINES


def tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        load_dtd=False, resolve_entities=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def body_words(root: etree._Element, without: str = "") -> list[str]:
    """The words of the legislative body in reading order, `without` those marked `added` or
    `deleted`.
    """
    pieces: list[str] = []
    for part in root:
        if part.tag not in OUTSIDE:
            pieces.extend(_pieces(part, without))
    return unicodedata.normalize("NFC", "".join(pieces).replace("\u00ad", "")).split()


def _pieces(element: etree._Element, without: str = "") -> Iterator[str]:
    if not isinstance(element.tag, str):
        # A character by its name, without the DTD that names it.
        yield html.unescape(element.text or "")
        return
    if without and without in (element.get("changed"), element.tag.removesuffix("-phrase")):
        yield " "
        return
    around = "" if element.tag in inline_names() else " "
    yield around
    yield _SIGNS.get(str(element.tag), "")
    yield element.text or ""
    for child in element:
        yield from _pieces(child, without)
        yield child.tail or ""
    yield around


# ── USLM ──────────────────────────────────────────────────────────────────────────────────────────

# Beside the text of the law, by the USLM guide: metadata, signatures, and what the printer adds in
# margins and between pages.
USLM_OUTSIDE = frozenset(
    {
        "meta",
        "preface",
        "amendMeta",
        "amendPreface",
        "attestation",
        "endorsement",
        "signatures",
        "legislativeHistory",
        "action",
        "endMarker",
        "sidenote",
        "page",
        "slugLine",
    }
)
# Anchored at a place, but printed elsewhere: counted apart.
USLM_NOTES = frozenset({"editorialNote", "footnote", "note"})
_USLM_INLINE = frozenset(
    {
        "inline",
        "b",
        "i",
        "sub",
        "sup",
        "ref",
        "date",
        "quotedText",
        "addedText",
        "deletedText",
        "shortTitle",
        "term",
        "entity",
        "proviso",
        "headingText",
        "amendingAction",
        "committee",
        "span",
    }
)
_USLM_SIGNS = {"sup": "^", "sub": "_"}


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def uslm_words(root: etree._Element) -> tuple[list[str], list[list[str]]]:
    """The words of the body in reading order, and those of each note."""
    notes: list[list[str]] = []
    bodies = [part for part in root if local(part) in ("main", "amendMain")] or [root]
    pieces = (piece for body in bodies for piece in _uslm_pieces(body, notes))
    return _split("".join(pieces)), notes


def _split(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text.replace("\u00ad", "")).split()


def _uslm_pieces(element: etree._Element, notes: list[list[str]]) -> Iterator[str]:
    name = local(element)
    if name in USLM_OUTSIDE:
        return
    if name in USLM_NOTES:
        notes.append(_split("".join(_uslm_inside(element, notes))))
        return
    around = "" if name in _USLM_INLINE or _quoted_words(element) else " "
    yield around
    yield _USLM_SIGNS.get(name, "")
    yield from _uslm_inside(element, notes)
    yield around


def _uslm_inside(element: etree._Element, notes: list[list[str]]) -> Iterator[str]:
    yield element.text or ""
    children = list(element)
    names = [local(child) for child in children]
    if "num" in names and "heading" in names[: names.index("num")]:
        # Old law prints the heading above the number; a provision is read number first.
        number = children.pop(names.index("num"))
        children.insert(names.index("heading"), number)
    for child in children:
        yield from _uslm_pieces(child, notes)
        yield child.tail or ""


def _quoted_words(element: etree._Element) -> bool:
    """Whether `quotedContent` only sets off words of a sentence."""
    if local(element) != "quotedContent":
        return False
    before = element.getprevious()
    parent = element.getparent()
    text = (parent.text if before is None and parent is not None else before.tail) or ""  # type: ignore[union-attr]
    return all(local(child) in _USLM_INLINE for child in element) and not text.endswith(":")
