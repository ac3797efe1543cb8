"""Lines of GPO's plain text to paragraphs, by blank lines and indents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from legannot.parse.typewriter import STRUCK_FROM, STRUCK_TO, Line, joined

# GPO's rendering sets each level eight columns further in than the one above, and the first line
# of a paragraph four columns further in than its others.
FLUSH = 8
FIRST = 4
# Further in than any line of a paragraph is from its first.
_CENTRED = 20
ENTRY = re.compile(r"[“‘]*Sec\. [\dA-Z][\w-]*\.\s+\S")
# The Code's sections are quoted as "Sec. 5. Words", rarely without the stop.
SECTION = re.compile(
    r"([“‘]*(?:(?:SECTION|Section) [\dA-Z][\w.–-]*?\.|(?:SEC|Sec)\. [\dA-Z][\w.–-]*?\.?))"
    r"(?:\s+|$)(.*)",
    re.DOTALL,
)
_WHEREAS = re.compile(r"Whereas[ —]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `alone` and `last` say how it stands between blank lines."""

    line: int
    indent: int
    text: str
    alone: bool
    last: bool = True
    struck: bool = False


def paragraphs(source: Iterable[Line]) -> Iterator[Paragraph]:
    """The paragraphs of a print in order; a heading is a paragraph of its own."""
    block: list[Line] = []
    struck = False
    marks: list[bool] = []
    for line in (*source, Line(0, 0, "")):
        text = line.text.lstrip(STRUCK_FROM + STRUCK_TO)
        struck = struck or STRUCK_FROM in line.text
        if text:
            block.append(replace(line, text=text))
            marks.append(struck)
        elif block:
            yield from _split(block, marks)
            block, marks = [], []
        if STRUCK_TO in line.text:
            struck = False


def _split(block: list[Line], struck: list[bool]) -> Iterator[Paragraph]:
    """A block between blank lines is one heading, or paragraphs told apart by their indent."""
    first = block[0]
    heading = first.indent % FLUSH != FIRST and not ENTRY.match(first.text)
    if heading and (first.indent > FIRST or SECTION.match(first.text)):
        text = joined([line.text for line in block])
        yield Paragraph(first.number, first.indent, text, alone=True, struck=struck[0])
        return
    groups: list[list[int]] = []
    for i, line in enumerate(block):
        if not groups or _begins(line, block[groups[-1][0]]):
            groups.append([])
        groups[-1].append(i)
    for group in groups:
        start = block[group[0]]
        text = joined([block[i].text for i in group])
        yield Paragraph(
            start.number,
            start.indent,
            text,
            alone=len(groups) == 1,
            last=group is groups[-1],
            struck=struck[group[0]],
        )


def _begins(line: Line, start: Line) -> bool:
    """Whether a line begins a paragraph after the one that `start` began."""
    if _WHEREAS.match(line.text) or ENTRY.match(line.text):
        return True
    if ENTRY.match(start.text) and not start.indent:
        # An entry of contents wraps to any column; below a section of the Code is its first line.
        return line.indent == FIRST
    if line.indent % FLUSH == FIRST or line.indent > start.indent + _CENTRED:
        return True
    wrapped = start.indent - FIRST if start.indent % FLUSH == FIRST else start.indent
    return line.indent < wrapped
