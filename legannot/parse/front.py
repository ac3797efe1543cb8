"""Cover and metadata of a Bill DTD document: which bill, version, title and dates."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from legannot.model import DocumentType, FrontMatter
from legannot.parse.elements import BACK, FRONT
from legannot.parse.naming import (
    congress_number,
    day,
    dublin_title,
    is_purpose,
    printed_bill,
    stage_code,
)
from legannot.parse.reader import lines
from legannot.parse.reading import Front
from legannot.parse.words import fold

_STAGE_ATTRIBUTES = ("bill-stage", "resolution-stage", "amend-stage")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_front(root: etree._Element, title: str) -> Front:
    """Read everything outside the legislative body of `root`; `title` is what its first section
    calls it.
    """
    dublin = dublin_title(_words(root, f"{_DUBLIN_CORE}title"))
    said = next((v for v in map(root.get, _STAGE_ATTRIBUTES) if v), "").lower()
    return Front(
        printed_bill(congress_number(_words(root, "congress")), _words(root, "legis-num"))
        or dublin.bill,
        stage_code(said) or dublin.version or said,
        title or ("" if is_purpose(dublin.name) else dublin.name),
        _words(root, "official-title"),
        _dates(root),
        tuple(_items(root)),
        _document(root),
    )


def _words(root: etree._Element, tag: str) -> str:
    """The words of the first element of that name."""
    element = next(root.iter(tag), None)
    return fold("".join(element.itertext())) if element is not None else ""


def short_title(first: etree._Element) -> str:
    """The bill's own short title, which its first section gives.

    Later sections name the bill's parts and other Acts.
    """
    return _words(first, "short-title")


def _dates(root: etree._Element) -> dict[str, str]:
    dates: dict[str, str] = {}
    if actions := [found for e in root.iter("action-date") if (found := _day(e))]:
        dates["action"] = max(actions)
    for e in root.iter("attestation-date"):
        if found := _day(e):
            dates["attestation"] = found
    if printed := day(_words(root, f"{_DUBLIN_CORE}date")):
        dates["document"] = printed
    return dates


def _day(element: etree._Element) -> str:
    return day(element.get("date") or "") or day(fold("".join(element.itertext())))


def _items(root: etree._Element) -> Iterator[FrontMatter]:
    for part in root:
        if part.tag in FRONT or part.tag in BACK:
            for element in part:
                if isinstance(element.tag, str) and (text := lines(element)):
                    yield FrontMatter(str(element.tag), text)


def _document(root: etree._Element) -> DocumentType:
    if root.tag == "resolution":
        return "resolution"
    return "amendment" if root.tag == "amendment-doc" else "bill"
