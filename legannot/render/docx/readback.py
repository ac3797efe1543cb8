"""The texts of both versions read back out of a Word document: proof that its marks are exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from lxml import etree

BOOKMARK = "legannot_redline"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEW_ONLY = (f"{_W}ins", f"{_W}moveTo")
_OLD_ONLY = (f"{_W}del", f"{_W}moveFrom")
_MARKS = (*_NEW_ONLY, *_OLD_ONLY)
_DOCUMENT, _CUSTOM = "word/document.xml", "docProps/custom.xml"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"

Side = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The paragraphs of both versions, empty ones left out, and the properties of the file."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    properties: dict[str, str]


def rebuild(data: bytes) -> Rebuilt:
    """Both versions out of a document that `redline` or `report` made.

    `new` is what is left when every revision is accepted, `old` when every one is rejected.  Raises
    `ValueError` if `data` is no Word document or holds no redline of legannot.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            document = _parse(archive.read(_DOCUMENT))
            names = archive.namelist()
            custom = _parse(archive.read(_CUSTOM)) if _CUSTOM in names else None
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"no Word document ({error})") from error
    body = document.find(f"{_W}body")
    if body is None:
        raise ValueError("no Word document (it has no body)")
    blocks = list(_redline(body))
    found = {} if custom is None else {
        str(p.get("name")): "".join(map(str, p.itertext())) for p in custom.iter(_PROPERTY)
    }  # fmt: skip
    return Rebuilt(tuple(_texts(blocks, "old")), tuple(_texts(blocks, "new")), found)


def _parse(data: bytes) -> etree._Element:
    # A file from elsewhere must not make the reader fetch or expand anything.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def _redline(body: etree._Element) -> Iterator[etree._Element]:
    """The blocks between the ends of the bookmark; Word may have put them into paragraphs."""
    mark: str | None = None
    for block in body:
        if mark is None:
            start = next(
                (s for s in block.iter(f"{_W}bookmarkStart") if s.get(f"{_W}name") == BOOKMARK),
                None,
            )
            if start is None:
                continue
            mark = start.get(f"{_W}id")
        yield block
        if any(end.get(f"{_W}id") == mark for end in block.iter(f"{_W}bookmarkEnd")):
            return
    raise ValueError("it holds no redline of legannot")


def _texts(blocks: Iterable[etree._Element], side: Side) -> Iterator[str]:
    """The paragraphs of one version; one whose end is taken out runs on into the next."""
    dropped = _OLD_ONLY if side == "new" else _NEW_ONLY
    begun = ""
    for paragraph in _paragraphs(blocks, dropped):
        begun += "".join(_words(paragraph, dropped))
        if _has_mark(paragraph.find(f"{_W}pPr/{_W}rPr"), dropped):
            continue
        if begun:
            yield begun
        begun = ""
    if begun:
        yield begun


def _paragraphs(
    blocks: Iterable[etree._Element], dropped: tuple[str, ...]
) -> Iterator[etree._Element]:
    for block in blocks:
        if block.tag == f"{_W}p":
            yield block
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                if not _has_mark(row.find(f"{_W}trPr"), dropped):
                    yield from row.iter(f"{_W}p")


def _has_mark(properties: etree._Element | None, dropped: tuple[str, ...]) -> bool:
    return properties is not None and any(mark.tag in dropped for mark in properties)


def _words(paragraph: etree._Element, dropped: tuple[str, ...]) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in dropped or element.tag == f"{_W}pPr":
            continue
        if element.tag in (f"{_W}t", f"{_W}delText"):
            yield element.text or ""
        stack.extend(reversed(element))
