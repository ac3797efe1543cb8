"""Bytes to an XML tree, held to be hostile: no entities, no network, no DTD, bounded size."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from lxml import etree

from legannot.errors import InputError

# libxml2 without `huge_tree` stops at 10 MB of one text node and at entity growth; its own depth
# limit (256 to 2048 by version) is deeper than a recursive walk may go.  The deepest bill of the
# corpus has 24 levels.
MAX_DEPTH = 150
# Memory and time grow with tags, not with bytes.  The largest bill of the corpus (4.2 MB) has
# 90,000; the largest Act ever enrolled, 116 H.R. 133, is three times as long.
MAX_TAGS = 500_000
# Bytes between two looks for sections that are complete, and for the root.
_PIECE, _FIRST_PIECE = 128 * 1024, 4096

_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

_BILL_CURE = "Give a bill's XML from govinfo.gov or congress.gov."
_WEB_CURE = 'On congress.gov choose Text, then "XML"; on govinfo.gov choose XML.'
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!doctype\s+html|<html)", re.IGNORECASE)
_MAGIC = (
    (b"PK\x03\x04", "a zip archive", "Unpack it and give the XML file inside."),
    (b"%PDF", "a PDF", "Download the XML of the same version from govinfo.gov."),
    (b"{\\rtf", "RTF", _BILL_CURE),
    (b"{", "JSON", _BILL_CURE),
    (b"[", "JSON", _BILL_CURE),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
# Single-byte names that a converter left in the declaration of a file that is UTF-8.
_SINGLE_BYTE = frozenset((b"iso-8859-1", b"latin1", b"windows-1252", b"us-ascii", b"ascii"))
# What libxml2 says, in words for a reader; the first that is found in its message counts.
_LIMITS = (
    ("amplification", "expands entities without end"),
    ("depth", "is nested too deep"),
    ("Text node too long", "holds more than 10 MB in one text"),
    ("huge", "is larger than XML of a bill can be"),
    ("Resource limit", "is larger than XML of a bill can be"),
    ("external entity", "refers to another file by an entity"),
)
_BROKEN_OFF = ("Premature end", "EndTag", "Couldn't find end", "AttValue", "expected '>'")
_WRONG_BYTES = ("Invalid bytes", "not proper UTF-8", "Unsupported encoding", "conversion failed")


class TooDeep(Exception):  # noqa: N818  an event of reading, which becomes an `InputError`
    """More than `MAX_DEPTH` levels, at a line: said by whoever goes down the tree."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_xml(content: bytes, name: str) -> tuple[etree._Element, list[str]]:
    """The root element of `content`, and what a reader should know of how it was read.

    Raises `InputError` that says what the file is instead, or the line where it breaks off.
    """
    return read_sections(content, name, lambda _: False)


def read_sections(
    content: bytes, name: str, take: Callable[[etree._Element], bool]
) -> tuple[etree._Element, list[str]]:
    """As `read_xml`; each section is handed to `take` as soon as it is complete.

    One that it took is emptied.  A section inside a section comes with the outer one.  `take` sees
    the parents of a section as far as they were read.
    """
    _check_kind(content, name)
    encoding, notices = _encoding(content)
    content = content.lstrip() if content[:1].isspace() else content
    try:
        root = _fed(content, encoding, name, take)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, content, name) from None
    except ValueError as error:
        raise InputError(f"is not XML ({error}).", where=name, cure="Download it again.") from None
    except TooDeep as error:
        raise _too_deep(name, error.line) from None
    _check_depth(root, name)
    _check_entities(root, root, name)
    return root, notices


def root_name(content: bytes) -> str:
    """The tag of the root, after its namespace in braces if it has one; empty if none comes.

    Nothing behind its start tag counts, and nothing before it: comments, a declaration, a DOCTYPE.
    """
    content = content.lstrip() if content[:1].isspace() else content
    parser = etree.XMLPullParser(("start",), **_OPTIONS)
    # UTF-16 as in `_fed`.
    piece = len(content) if b"\x00" in content[:64] else _FIRST_PIECE
    wrong = False
    for start in range(0, len(content), piece):
        try:
            parser.feed(content[start : start + piece])
        except etree.XMLSyntaxError:
            # If that is behind the root, its reader will say it.
            wrong = True
        for _, root in parser.read_events():
            return str(root.tag)
        if wrong:
            break
    return ""


def _fed(
    content: bytes, encoding: str | None, name: str, take: Callable[[etree._Element], bool]
) -> etree._Element:
    options = {**_OPTIONS, "encoding": encoding}
    if b"\x00" in content[:64]:
        # UTF-16 under a declaration of UTF-8: libxml2 makes sense of it only in one piece.
        root: etree._Element = etree.fromstring(content, etree.XMLParser(**options))
        for section in list(filter(_outermost, root.iter("{*}section"))):
            _hand_over(section, name, take)
        return root
    parser = etree.XMLPullParser(("end",), tag="{*}section", **options)
    for start in range(0, len(content), _PIECE):
        parser.feed(content[start : start + _PIECE])
        for _, section in parser.read_events():
            if _outermost(section):
                _hand_over(section, name, take)
    return parser.close()


def _outermost(section: etree._Element) -> bool:
    return next(section.iterancestors(str(section.tag)), None) is None


def _hand_over(section: etree._Element, name: str, take: Callable[[etree._Element], bool]) -> None:
    _check_entities(section, section.getroottree().getroot(), name)
    if take(section):
        section.clear(keep_tail=True)


def _check_kind(content: bytes, name: str) -> None:
    start = content[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start):
        raise InputError("is a web page, not bill XML.", where=name, cure=_WEB_CURE)
    for magic, what, cure in _MAGIC:
        if start.startswith(magic):
            raise InputError(f"is {what}, not bill XML.", where=name, cure=cure)
    if content.count(b"<") > MAX_TAGS:
        raise InputError(
            f"holds more than {MAX_TAGS:,} tags, which no bill does.", where=name, cure=_BILL_CURE
        )


def _encoding(content: bytes) -> tuple[str | None, list[str]]:
    """The encoding to read in where the declared one is surely wrong, and the sentence on it."""
    declared = _DECLARED.match(content[:200].lstrip())
    if declared is None or declared[1].lower() not in _SINGLE_BYTE or content.isascii():
        return None, []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None, []
    return "utf-8", [f"the file says that it is {declared[1].decode()}, but it is UTF-8"]


def _syntax_error(error: etree.XMLSyntaxError, content: bytes, name: str) -> InputError:
    message = " ".join((error.msg or "").partition(", line")[0].split()).rstrip(".")
    if b"<" not in content[:4096] and b"\x00" not in content[:64]:
        return InputError("is not XML.", where=name, cure=_BILL_CURE)
    limit = next((plain for sign, plain in _LIMITS if sign.lower() in message.lower()), "")
    if limit:
        what, cure = f"{limit}, which no bill does.", _BILL_CURE
    elif any(sign in message for sign in _BROKEN_OFF):
        what = f"breaks off: {message[:1].lower()}{message[1:]}."
        cure = f"The file may be cut short ({len(content):,} bytes read); download it again."
    elif any(sign in message for sign in _WRONG_BYTES):
        what = f"is not in the encoding it declares: {message}."
        cure = "Download it again, or save it as UTF-8."
    else:
        what, cure = f"is not well-formed XML: {message}.", "Download it again."
    return InputError(what, where=name, line=error.lineno or 0, cure=cure)


_TOO_DEEP = etree.XPath("/*" * (MAX_DEPTH + 1))


def _check_depth(root: etree._Element, name: str) -> None:
    deep = cast("list[etree._Element]", _TOO_DEEP(root))  # noqa: SLF001  lxml has no public name
    if deep:
        raise _too_deep(name, deep[0].sourceline or 0)


def _too_deep(name: str, line: int) -> InputError:
    return InputError(
        f"is nested more than {MAX_DEPTH} levels deep, which no bill is.",
        where=name,
        line=line,
        cure=_BILL_CURE,
    )


def _check_entities(part: etree._Element, root: etree._Element, name: str) -> None:
    """Refuse what the file itself declares as entities: their words would be unread.

    Names that only the bill DTD declares (`&sect;`) are read by the reader, without the DTD.
    """
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is None:
        return
    declared = {entity.name for entity in dtd.iterentities()}
    if not declared:
        return
    for reference in part.iter(etree.Entity):
        text = reference.text or ""
        if text.strip("&;") in declared:
            raise InputError(
                f"uses an entity of its own ({text}), which no bill does.",
                where=name,
                line=reference.sourceline or 0,
                cure=_BILL_CURE,
            )
