"""Bytes to an XML tree, held to be hostile: no entities, no network, no DTD, bounded size."""

from __future__ import annotations

import re

from lxml import etree

from legannot.errors import InputError

# libxml2 without `huge_tree` stops at 10 MB of one text node and at entity growth; its own depth
# limit (2048 in libxml2 2.14) is deeper than a recursive walk may go.  The deepest bill of the
# corpus has 24.
MAX_DEPTH = 150

_HTML = re.compile(rb"^\s*(<!doctype\s+html|<html)", re.IGNORECASE)
_MAGIC = (
    (b"PK\x03\x04", "a zip archive", "Unpack it and give the XML file inside."),
    (b"%PDF", "a PDF", "Download the XML of the same version from govinfo.gov."),
    (b"{", "JSON", "Download the bill's XML from govinfo.gov."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
)


def read_xml(content: bytes, name: str) -> etree._Element:
    """The root element of `content`.

    Raises `InputError` that says what the file is instead, or the line where it breaks off.
    """
    start = content[:2048].lstrip(b"\xef\xbb\xbf")
    if _HTML.match(start):
        raise InputError(
            "is a web page, not bill XML.",
            where=name,
            cure='On congress.gov choose Text, then "XML"; on govinfo.gov choose XML.',
        )
    for magic, what, cure in _MAGIC:
        if start.startswith(magic):
            raise InputError(f"is {what}, not bill XML.", where=name, cure=cure)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, content, name) from None
    except ValueError as error:
        raise InputError(f"is not XML ({error}).", where=name, cure="Download it again.") from None
    _check_depth(root, name)
    return root


def _syntax_error(error: etree.XMLSyntaxError, content: bytes, name: str) -> InputError:
    message = (error.msg or "").partition(", line")[0]
    line = error.lineno or 0
    if b"<" not in content[:4096] and b"\x00" not in content[:64]:
        return InputError(
            "is not XML.", where=name, cure="Give a bill's XML from govinfo.gov or congress.gov."
        )
    if "Premature end" in message or "EndTag" in message or "Couldn't find end" in message:
        what = f"breaks off: {message[:1].lower()}{message[1:]}."
        cure = f"The file may be cut short ({len(content):,} bytes read); download it again."
    elif "huge" in message.lower() or "depth" in message.lower() or "amplification" in message:
        what, cure = f"is not a bill: {message}.", "Give a bill's XML from govinfo.gov."
    else:
        what, cure = f"is not well-formed XML: {message}.", "Download it again."
    return InputError(what, where=name, line=line, cure=cure)


def _check_depth(root: etree._Element, name: str) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise InputError(
                f"is nested more than {MAX_DEPTH} levels deep, which no bill is.",
                where=name,
                line=element.sourceline or 0,
                cure="Give a bill's XML from govinfo.gov.",
            )
