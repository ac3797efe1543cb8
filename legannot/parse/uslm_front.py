"""Metadata, preface and end of a USLM document: which bill, version, title and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from legannot.model import BillId, DocumentType, FrontMatter
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

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_BESIDE = frozenset(
    ("meta", "preface", "amendMeta", "amendPreface", "attestation", "endorsement", "block")
)
_DOCUMENTS: dict[str, DocumentType] = {
    "resolution": "resolution",
    "engrossedAmendment": "amendment",
    "amendment": "amendment",
    "pLaw": "public-law",
    "statuteCompilation": "compilation",
    "uscDoc": "compilation",
}
# "116hr2002eh", "115hr1eas2": the last of the names under which GPO cites a document.
_CITABLE = re.compile(r"(\d{2,3}(?:hr|s|hjres|sjres|hconres|sconres|hres|sres)\d{1,5})([a-z]+\d?)?")
_BILL_ADDRESS = re.compile(r"/us/bill/(\d{2,3})/([a-z]+)/(\d{1,5})")


def read_uslm_front(root: etree._Element, margin: Sequence[FrontMatter]) -> Front:
    """Read everything outside the legislative body of `root`; `margin` is what stood beside it."""
    name = _local(root)
    front = _named(root)
    if name == "pLaw":
        front = replace(front, id=front.id or _enacted(root), version="pl")
    elif through := _first(root, "currentThroughPublicLaw") or _first(root, "docReleasePoint"):
        # Compiled law is known by the newest law that it includes.
        front = replace(front, version=f"pl{through}".replace("–", "-"))
    return replace(
        front,
        title=_short_title(root) or front.title,
        official_title=_first(root, "officialTitle") or _property(root, "official-title"),
        dates=_dates(root, margin),
        items=(*_items(root), *margin),
        document=_DOCUMENTS.get(name, "bill"),
    )


def _named(root: etree._Element) -> Front:
    """Bill, version and name by the first of the metadata's ways to say them."""
    title = _first(root, f"{_DUBLIN_CORE}title")
    dublin = dublin_title(title)
    name = dublin.name or title
    if is_purpose(name):
        name = ""
    bill, version = dublin.bill, dublin.version
    for element in root.iter("{*}citableAs", "{*}property"):
        if found := _CITABLE.fullmatch(element.get("value") or fold(element.text or "")):
            bill, version = BillId.parse(found[1]), found[2] or version
            break
    # Converters get the metadata wrong ("104hr2000ih" over a print of the 117th Congress).
    printed = next(filter(None, (printed_bill(_congress(root), n) for n in _numbers(root))), bill)
    version = version or stage_code(_first(root, "docStage") or _property(root, "docStage"))
    return Front(printed, version, name)


def _congress(root: etree._Element) -> int:
    preface = next(root.iter("{*}preface"), root)
    return congress_number(_first(preface, "congress") or _property(root, "congress"))


def _numbers(root: etree._Element) -> Iterator[str]:
    yield _property(root, "legis-num")
    for part in root.iter("{*}preface", "{*}meta", "{*}amendMeta"):
        number = _first(part, "docNumber")
        for element in part.iter(f"{_DUBLIN_CORE}type"):
            yield f"{fold(element.text or '')} {number}"


def _enacted(root: etree._Element) -> BillId | None:
    """The bill that became a law: the margin beside its title links to it."""
    for reference in root.iter("{*}ref"):
        if found := _BILL_ADDRESS.match(reference.get("href") or ""):
            return BillId.parse("".join(found.groups()))
    return None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _first(root: etree._Element, name: str) -> str:
    """The words of the first element of that name."""
    element = next(root.iter(name if name.startswith("{") else f"{{*}}{name}"), None)
    return fold("".join(element.itertext())) if element is not None else ""


def _property(root: etree._Element, role: str) -> str:
    """The words of a property of USLM 1.0's metadata."""
    for element in root.iter("{*}property"):
        if element.get("role") == role:
            return fold(element.text or "")
    return ""


def _short_title(root: etree._Element) -> str:
    # The Act's own short title stands in its first section; later ones name its parts and other
    # Acts.
    first = next(root.iter("{*}section"), None)
    return _first(first, "shortTitle").strip("“”\"'") if first is not None else ""


def _dates(root: etree._Element, margin: Sequence[FrontMatter]) -> dict[str, str]:
    dates: dict[str, str] = {}
    actions = []
    for part in root:
        for action in part.iter("{*}action"):
            found = [day(e.get("date") or "") or day(lines(e)) for e in action.iter("{*}date")]
            kind = "attestation" if _local(part) == "attestation" else "action"
            if kind == "attestation" and any(found):
                dates["attestation"] = max(found)
            elif _local(part) != "main":
                actions += found
    if any(actions):
        dates["action"] = max(actions)
    if approved := day(_first(root, "approvedDate")):
        dates["approved"] = approved
    for item in margin:
        if item.kind == "action" and item.text.startswith("Approved"):
            dates["approved"] = day(item.text)
    if printed := day(_first(root, f"{_DUBLIN_CORE}date")):
        dates["document"] = printed
    return dates


def _items(root: etree._Element) -> Iterator[FrontMatter]:
    for part in root:
        if not isinstance(part.tag, str) or _local(part) not in _BESIDE:
            continue
        for element in part:
            if isinstance(element.tag, str) and (text := lines(element)):
                yield FrontMatter(_local(element), text)
