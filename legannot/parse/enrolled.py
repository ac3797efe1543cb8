"""Lines of enrolled bills and public laws to the layout of the other plain texts.

Both print a section's heading right below the words before it.  Enrolled bills indent by four
columns a level where all others indent by eight:

    SEC. 2. DUTIES.                         SEC. 2. DUTIES.

        (a) Duties.--They shall--               (a) Duties.--They shall--
            (1) report to the                           (1) report to the
        committee; and                              committee; and
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from legannot.parse.paragraphs import FIRST, FLUSH, SECTION
from legannot.parse.typewriter import Line

_ENROLLED = re.compile(r"\(R?ENR\)\]|Begun and held at the City of Washington")
_CONTAINER = re.compile(r"(DIVISION|TITLE|Subtitle|CHAPTER|PART|Subpart)\s+[A-Z0-9]+\b")
_NUMBERED = re.compile(
    r"[“‘]*\((?:[a-z]{1,5}|[A-Z]{1,5}|\d{1,3}[A-Z]?)\)\s+(?!(?:and|or|through)\b|,)"
)
_STEP = 4
# A line of GPO's plain text is no longer; one that the next word would have fitted on ends a
# paragraph.
_WIDTH = 71
_CLAUSE_ENDS = re.compile(r"(?:[.;:—”]|[^)],|; (?:and|or)|[^)], (?:and|or))$")
_STOPS = tuple(".;:,—”")
# Further in stands only what is centred.
_CENTRED = 20


def is_enrolled(text: str) -> bool:
    """Whether the start of a plain text is that of an enrolled bill."""
    return _ENROLLED.search(text) is not None


def headings_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, with a blank one before and after each heading of a section or title."""
    heading = centred = blank = False
    for line in lines:
        text = line.text
        begins = _is_heading(line) or (line.indent >= _CENTRED and bool(_CONTAINER.match(text)))
        if text and not begins:
            goes_on = heading and text == text.upper() and not _NUMBERED.match(text)
            goes_on = goes_on or (centred and line.indent > FLUSH)
            if (heading or centred) and not goes_on:
                yield Line(line.number, 0, "")
            heading, centred = heading and goes_on, centred and goes_on
            if line.indent == FIRST and not blank and text.startswith("Resolved"):
                # Engrossed amendments print the day right above.
                yield Line(line.number, 0, "")
        elif text:
            if not blank:
                yield Line(line.number, 0, "")
            heading, centred = not line.indent or _is_heading(line), line.indent >= _CENTRED
        else:
            heading = centred = False
        blank = not text
        yield line


def _is_heading(line: Line) -> bool:
    """Whether a line heads a section, in capitals; a quoted one is four columns further in."""
    found = SECTION.match(line.text) if line.indent in (0, _STEP) else None
    return found is not None and line.text == line.text.upper()


def widened(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of an enrolled bill with levels eight columns apart."""
    # Where the lines of the paragraph that goes on are set, but for its first.
    flush: int | None = None
    before = Line(0, 0, "")
    for line in lines:
        indent, text = line.indent, line.text
        if not text or indent % _STEP or indent >= _CENTRED + FLUSH:
            flush = None
            yield line
        elif _is_heading(line):
            flush = None
            yield replace(line, indent=0)
        elif indent and (
            flush is None
            or indent > flush
            # In "paragraph (2)", broken before its number, nothing begins.
            or (_NUMBERED.match(text) and (indent < flush or _CLAUSE_ENDS.search(before.text)))
        ):
            flush = indent - _STEP
            yield replace(line, indent=FIRST + 2 * flush)
        elif indent and flush is not None and text[0].isupper() and _ended(before, text):
            # A paragraph without a number.
            flush = indent - _STEP
            yield replace(line, indent=FIRST + 2 * flush)
        else:
            flush = indent
            yield replace(line, indent=2 * indent)
        before = line


def _ended(before: Line, text: str) -> bool:
    """Whether a line ends a paragraph: the first word of the next would have fitted on it."""
    ends = before.text[-1:] in _STOPS
    return ends and before.indent + len(before.text) + len(text.partition(" ")[0]) < _WIDTH
