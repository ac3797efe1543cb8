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
_BODIES = frozenset(("main", "amendMain"))
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


def read_uslm_front(root: etree._Element, title: str) -> Front:
    """Read everything outside the legislative body of `root`; `title` is what its first section
    calls it.
    """
    name = _local(root)
    beside = [p for p in root if isinstance(p.tag, str) and _local(p) not in _BODIES]
    front = _named(beside)
    if name == "pLaw":
        front = replace(front, id=front.id or _enacted(root), version="pl")
    elif through := _first(beside, "currentThroughPublicLaw", "docReleasePoint"):
        # Compiled law is known by the newest law that it includes.
        front = replace(front, version=f"pl{through}".replace("–", "-"))
    return replace(
        front,
        title=title or front.title,
        official_title=_property(beside, "official-title"),
        dates=_dates(beside),
        items=tuple(_items(beside)),
        document=_DOCUMENTS.get(name, "bill"),
    )


def _named(beside: Sequence[etree._Element]) -> Front:
    """Bill, version and name by the first of the metadata's ways to say them."""
    title = _first(beside, f"{_DUBLIN_CORE}title")
    dublin = dublin_title(title)
    name = dublin.name or title
    if is_purpose(name):
        name = ""
    bill, version = dublin.bill, dublin.version
    for element in _all(beside, "citableAs", "property"):
        if found := _CITABLE.fullmatch(element.get("value") or fold(element.text or "")):
            bill, version = BillId.parse(found[1]), found[2] or version
            break
    # Converters get the metadata wrong ("104hr2000ih" over a print of the 117th Congress).
    congress = _congress(beside)
    printed = next(filter(None, (printed_bill(congress, n) for n in _numbers(beside))), bill)
    version = version or stage_code(_first(beside, "docStage") or _property(beside, "docStage"))
    return Front(printed, version, name)


def _congress(beside: Sequence[etree._Element]) -> int:
    preface = [part for part in beside if _local(part) == "preface"]
    return congress_number(
        _first(preface, "congress") or _first(beside, "congress") or _property(beside, "congress")
    )


def _numbers(beside: Sequence[etree._Element]) -> Iterator[str]:
    yield _property(beside, "legis-num")
    for part in reversed(beside):
        number = _first([part], "docNumber")
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


def _all(parts: Sequence[etree._Element], *names: str) -> Iterator[etree._Element]:
    tags = [name if name.startswith("{") else f"{{*}}{name}" for name in names]
    for part in parts:
        yield from part.iter(*tags)


def _first(parts: Sequence[etree._Element], *names: str) -> str:
    """The words of the first element of one of these names."""
    element = next(_all(parts, *names), None)
    return fold("".join(element.itertext())) if element is not None else ""


def _property(parts: Sequence[etree._Element], role: str) -> str:
    """The words of a property of USLM 1.0's metadata."""
    for element in _all(parts, "property"):
        if element.get("role") == role:
            return fold(element.text or "")
    return ""


def short_title(first: etree._Element) -> str:
    """The Act's own short title, which its first section gives.

    Later sections name the Act's parts and other Acts.
    """
    return _first([first], "shortTitle").strip("“”\"'")


def approval(margin: Sequence[FrontMatter]) -> dict[str, str]:
    """The day of approval, which a public law prints as its last line."""
    for item in margin:
        if item.kind == "action" and item.text.startswith("Approved") and (found := day(item.text)):
            return {"approved": found}
    return {}


def _dates(beside: Sequence[etree._Element]) -> dict[str, str]:
    dates: dict[str, str] = {}
    for part in beside:
        kind = "attestation" if _local(part) == "attestation" else "action"
        for action in part.iter("{*}action"):
            for element in action.iter("{*}date"):
                found = day(element.get("date") or "") or day(lines(element))
                dates[kind] = max(dates.get(kind, ""), found)
    if approved := day(_first(beside, "approvedDate")):
        dates["approved"] = approved
    dates["document"] = day(_first(beside, f"{_DUBLIN_CORE}date"))
    return {kind: found for kind, found in dates.items() if found}


def _items(beside: Sequence[etree._Element]) -> Iterator[FrontMatter]:
    for part in beside:
        if _local(part) not in _BESIDE:
            continue
        for element in part:
            if isinstance(element.tag, str) and (text := lines(element)):
                yield FrontMatter(_local(element), text)
