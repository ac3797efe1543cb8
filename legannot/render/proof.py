"""What a finished report holds of the bills it is about, against the bills themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from legannot.model import Bill
from legannot.render.inert import inert

# What a Word document, as every zip archive, begins with.
_ZIP = b"PK\x03\x04"
# Characters of each text that are enough to find the place.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Source:
    """A version as a report names it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """The texts that a report's marks hold, and the sources that it names, oldest first.

    `numbered` says that the texts include the numbers of provisions, `in_order` that the old text
    stands in its own order: a web page shows both in the order of the new one.  `part` names the
    part of the bills that the report is about, empty for the whole.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    sources: tuple[Source, ...]
    numbered: bool
    in_order: bool
    part: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a report and a bill differ first; one of the two texts may be missing."""

    path: str
    in_report: str
    in_bill: str


def held(data: bytes) -> Held:
    """Read a report that legannot made, as HTML or Word; raises `ValueError` for anything else."""
    return _of_word(data) if data.startswith(_ZIP) else _of_page(data)


def _of_word(data: bytes) -> Held:
    from legannot.render.docx import rebuild

    found = rebuild(data)
    if found.properties.get("legannot") != "redline":
        raise ValueError("its marks are drawn, not tracked, or its properties are gone")
    numbers = sorted(
        int(name.rpartition(" ")[2]) for name in found.properties if "legannot SHA-256" in name
    )
    sources = tuple(
        Source(
            found.properties.get(f"legannot source {n}", ""),
            found.properties[f"legannot SHA-256 {n}"],
        )
        for n in numbers
    )
    part = found.properties.get("legannot part", "")
    return Held(found.old, found.new, sources, numbered=True, in_order=True, part=part)


def _of_page(data: bytes) -> Held:
    from lxml import html

    from legannot.render.html import rebuild

    if b'aria-labelledby="redline"' not in data or b'aria-labelledby="sources"' not in data:
        raise ValueError("no report of legannot")
    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    rows = page.xpath("//section[@aria-labelledby='sources']//tbody/tr")
    cells = ([str(cell.text_content()) for cell in row.xpath("td")] for row in rows)
    sources = tuple(Source(line[1], line[-1]) for line in cells)
    found = rebuild(data)
    return Held(found.old, found.new, sources, numbered=False, in_order=False)


def first_difference(report: Held, bill: Bill, *, old: bool) -> Difference | None:
    """Where the old or the new text of a report first differs from a version, if it does."""
    expected = _printed(bill, numbered=report.numbered)
    found = report.old if old else report.new
    if old and not report.in_order:
        return _missing(found, expected)
    for at, (pair, text) in enumerate(zip_longest(expected, found)):
        if pair is None:
            return _shown("after " + expected[at - 1][0] if expected else "", text or "", "")
        if text != pair[1]:
            return _shown(pair[0], text or "", pair[1])
    return None


def _printed(bill: Bill, *, numbered: bool) -> list[tuple[str, str]]:
    if numbered:
        from legannot.render.docx.paragraphs import printed

        return [(p.path, inert(p.text)) for p in printed(bill)]
    return [(p.path, inert(words)) for p in bill.walk() for words in (p.heading, p.text) if words]


def _missing(found: Sequence[str], expected: Sequence[tuple[str, str]]) -> Difference | None:
    """The first text that one side lacks, whatever the order."""
    left = Counter(found)
    lacking = []
    for path, text in expected:
        if left[text]:
            left[text] -= 1
        else:
            lacking.append((path, text))
    extra = next((text for text in found if left[text]), "")
    if lacking:
        return _shown(lacking[0][0], extra, lacking[0][1])
    return _shown("", extra, "") if extra else None


def _shown(path: str, in_report: str, in_bill: str) -> Difference:
    """Both texts cut to what surrounds the first character that differs."""
    at = next(
        (i for i, (a, b) in enumerate(zip(in_report, in_bill, strict=False)) if a != b),
        min(len(in_report), len(in_bill)),
    )
    # From the start of a word that both have before the place.
    start = in_bill.rfind(" ", 0, max(0, at - _SHOWN // 2)) + 1
    lead = "… " if start else ""
    cut = (
        f"{lead}{text[start : start + _SHOWN]}{' …' if len(text) > start + _SHOWN else ''}"
        if text
        else ""
        for text in (in_report, in_bill)
    )
    return Difference(path, *cut)
