"""Cover of GPO's plain text: which bill, version, title and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from legannot.model import FrontMatter
from legannot.parse.naming import day, printed_bill, stage_code
from legannot.parse.paragraphs import Paragraph
from legannot.parse.reading import Front
from legannot.parse.typewriter import joined

_HEADER = re.compile(r"\[\s*([^\[\]]*?\d+)\s+([A-Z][^()\[\]]*)\(([A-Z0-9]+)\)\s*\]")
_CONGRESS = re.compile(r"(\d{2,3})(?:th|st|nd|rd) Congress", re.IGNORECASE)
_PUBLIC_LAW = re.compile(r"\[\d+\w\w Congress (?:Public|Private) Law \d+\]")
_BILL_IN_MARGIN = re.compile(r"\[((?:H|S)\.[A-Za-z.\s]{0,14}\d+)\]")
_DONE = re.compile("Passed|Agreed|Approved")
_ONLY_DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}\.?")
_DOCUMENT_TYPES = frozenset(
    ("A BILL", "AN ACT", "JOINT RESOLUTION", "CONCURRENT RESOLUTION", "RESOLUTION")
)


def read_text_front(
    cover: Sequence[Paragraph], back: Sequence[Paragraph], margin: Sequence[FrontMatter]
) -> Front:
    """Read the paragraphs before and after the legislative body, and what stood in the margin."""
    texts = [p.text for p in cover]
    kind = max(
        (i for i, text in enumerate(texts) if text.upper() in _DOCUMENT_TYPES), default=len(texts)
    )
    items = [
        *(FrontMatter("cover", text) for text in texts),
        *(FrontMatter("end", p.text) for p in back),
        *margin,
    ]
    front = Front(official_title=joined(texts[kind + 1 :]), dates=_dates(texts, back), items=items)
    congress = next((int(found[1]) for text in texts if (found := _CONGRESS.search(text))), 0)
    if any(_PUBLIC_LAW.search(text) for text in texts):
        named = (_BILL_IN_MARGIN.search(item.text) for item in margin)
        bill = next((printed_bill(congress, found[1]) for found in named if found), None)
        return replace(front, id=bill, version="pl", document="public-law")
    header = next((found for text in texts if (found := _HEADER.search(text))), None)
    if header is None:
        return front
    bill = printed_bill(congress, header[1])
    return replace(
        front,
        id=bill,
        version=stage_code(header[3]) or header[3].lower(),
        document="resolution" if bill and "res" in bill.type else "bill",
    )


def _dates(texts: Sequence[str], back: Sequence[Paragraph]) -> dict[str, str]:
    dates: dict[str, str] = {}
    if actions := [day(text) for text in texts if _ONLY_DAY.fullmatch(text)]:
        dates["action"] = max(actions)
    for paragraph in back:
        said = _DONE.match(paragraph.text)
        if said and (found := day(paragraph.text)):
            dates["approved" if said[0] == "Approved" else "attestation"] = found
            break
    return dates
