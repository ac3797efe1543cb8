"""The parts of a report around its redline as Word paragraphs, lists and tables.

Marks in these parts are drawn, never tracked: accepting or rejecting changes the redline alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.render.docx.runs import (
    DRAWN,
    Look,
    append_value,
    cell_width,
    run_of,
    table_of,
    widths_of,
)
from legannot.render.front import Block, Heading, Masthead, Run, Runs, Table, Words

_LOOKS: Mapping[str, tuple[Look, ...]] = {
    "": (),
    "strong": (("w:b", ""),),
    "quiet": (("w:color", "575A60"),),
    "insert": DRAWN["insert"],
    "delete": DRAWN["delete"],
}
# Half points: a table of many columns holds smaller type than running text.
_SMALL = ("w:sz", "17")
# In characters of that size: what a line of the page holds, what the edges of a cell take, where a
# word may break, and from where on a cell has lines enough.
_LINE, _PADDING, _LONG_WORD, _ENOUGH = 120, 3, 10, 110
_BREAKS = re.compile(r"[\s-]")


def masthead(top: Masthead, style_ids: Callable[[str], str]) -> Iterator[etree._Element]:
    """The title with the line of versions."""
    yield _paragraph(" ".join(filter(None, (top.bill, top.title))), style_ids("Title"))
    for line in (top.kind, top.versions):
        yield _paragraph(line, style_ids("Subtitle"))


def elements(blocks: Iterable[Block], style_ids: Callable[[str], str]) -> Iterator[etree._Element]:
    """The elements of the body that blocks stand for."""
    for block in blocks:
        if isinstance(block, Heading):
            yield _paragraph(block.text, style_ids(f"Heading {block.rank}"))
        elif isinstance(block, Words):
            yield _words(block.runs, style_ids("List Bullet" if block.bullet else "Normal"))
        else:
            yield _table(block, style_ids)
            # A heading or another table stands off.
            yield OxmlElement("w:p")


def _paragraph(text: str, style_id: str) -> etree._Element:
    return _words((Run(text),), style_id)


def _words(runs: Runs, style_id: str, small: tuple[Look, ...] = ()) -> etree._Element:
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    append_value(properties, "w:pStyle", style_id)
    if small:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:after"), "20")
        properties.append(spacing)
    paragraph.append(properties)
    for run in runs:
        paragraph.append(run_of(run.text, (*_LOOKS[run.look], *small)))
    return paragraph


def _table(table: Table, style_ids: Callable[[str], str]) -> etree._Element:
    widths = widths_of(_shares(table))
    element = table_of(style_ids("Table Grid"), widths)
    strong = tuple((Run(name, "strong"),) for name in table.header)
    for at, cells in enumerate((strong, *table.rows)):
        row, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for runs, width in zip(cells, widths, strict=True):
            cell = OxmlElement("w:tc")
            cell.append(cell_width(width))
            cell.append(_words(runs, style_ids("Normal"), (_SMALL,)))
            row.append(cell)
        element.append(row)
    return element


def _shares(table: Table) -> Sequence[int]:
    """Columns hold their longest word; what is left goes to those that have more to say."""
    rows = [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows]
    columns = list(zip(table.header, *rows, strict=True))
    least = [
        min(max(len(word) for cell in cells for word in _BREAKS.split(cell)), _LONG_WORD) + _PADDING
        for cells in columns
    ]
    wanted = [
        max(1, min(max(map(len, cells)), _ENOUGH) - low)
        for cells, low in zip(columns, least, strict=True)
    ]
    left = max(0, _LINE - sum(least))
    return [low + left * want // sum(wanted) for low, want in zip(least, wanted, strict=True)]
