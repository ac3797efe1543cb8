"""The words that a provision quotes, and its text with them blotted out.

A grammar of instructions must not read what they quote ("by striking “and inserting”"), so it reads
a text of the same length in which every quotation is one run of `BLOT`.  The Bill DTD marks
quotations (`quote`) and USLM prints marks as well; some mirrors have lost both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legannot.model import Provision

BLOT = "\x01"
_MARKS = " “”\"‘’'"
_OPENS, _CLOSES = "“", "”"
# As typewriters and old composition print them; one kind may close what the other opened.
_TYPED = ('"', "‘‘", "``")
_STRAIGHT = re.compile(r"""(?:"|‘‘|``)[^"]*?(?:"|’’|”|'')""")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text, the same with its quotations blotted out, and where those stand."""

    text: str
    blotted: str

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """A quotation's own words without its marks."""
        while start < end and self.text[start] in _MARKS:
            start += 1
        while end > start and self.text[end - 1] in _MARKS:
            end -= 1
        return start, end


def quoted(provision: Provision) -> Quoted:
    """The provision's text and its quotations blotted out, marks included."""
    text = provision.text
    spans = [(s.start, s.end) for s in provision.spans if s.kind == "quote" and s.end > s.start]
    spans += _printed(text)
    if not spans:
        return Quoted(text, text)
    spans.sort()
    pieces: list[str] = []
    at = 0
    for start, end in _joined(spans, text):
        pieces += [text[at:start], BLOT * (end - start)]
        at = end
    return Quoted(text, "".join([*pieces, text[at:]]))


def _printed(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = text.find(_OPENS)
    while start >= 0:
        # A quotation inside a quotation has single marks, so that the next closing mark ends it;
        # one that never closes runs to the end.
        end = text.find(_CLOSES, start)
        end = len(text) if end < 0 else end + 1
        found.append((start, end))
        start = text.find(_OPENS, end)
    if not found and any(mark in text for mark in _TYPED):
        found = [match.span() for match in _STRAIGHT.finditer(text)]
    return found


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Overlapping spans as one, each with the printed marks around it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if start > 0 and text[start - 1] in '“"':
            start -= 1  # noqa: PLW2901 - the mark belongs to the quotation
        if end < len(text) and text[end] in '”"' and text[end - 1] not in '”"':
            end += 1  # noqa: PLW2901
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
