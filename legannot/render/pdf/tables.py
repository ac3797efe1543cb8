"""Tables that fit a sheet: widths set beforehand, and a table too wide cut into several.

To find the widths of columns an engine lays every cell out twice; counting characters does as well.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import zip_longest
from math import sqrt

from lxml.html import Element, HtmlElement

from legannot.render.pdf.marks import classes

# Of a line of the sheet, in characters of the type of tables.
_LINE = 122
_PADDING = 3
_SPACES = re.compile(r"[ \t\n]+")
# A longer word breaks.
_WORD = 15
# Room for bars.
_BARS = "-" * 24
# Past this width the headings of a table's rows are repeated in a table of its own.
_NARROWEST = 5


def fit(table: HtmlElement) -> None:
    """Set the widths of the columns of `table`, cut into several where it is wider than a sheet."""
    rows = list(table.iter("tr"))
    if table.xpath("ancestor::table") or not rows:
        return
    parts = [table]
    if classes(table) & {"heat", "matrix"}:
        parts = _cut(table, rows)
    for part in parts:
        _set_widths(part)


# Columns of the change list that stand in one: eight leave each a few words wide.
_GATHERED = ((0,), (1, 2), (3, 4), (5, 6, 7))


def gather(table: HtmlElement) -> None:
    """Make four columns of the change list: where, what, which words, and what of it."""
    for row in table.iter("tr"):
        cells = list(row)
        for first, *others in _GATHERED:
            for at in others:
                if at < len(cells):
                    _take_in(cells[first], cells[at])


def _take_in(cell: HtmlElement, other: HtmlElement) -> None:
    """Put what `other` holds behind what `cell` does."""
    apart = " · " if cell.text_content().strip() and other.text_content().strip() else ""
    words = other.find("ins") is not None and cell.find("del") is not None
    text = ("" if words else apart) + (other.text or "").strip()
    if len(cell):
        cell[-1].tail = (cell[-1].tail or "").rstrip() + text
    else:
        cell.text = (cell.text or "").strip() + text
    cell.extend(list(other))
    other.drop_tree()


def _columns(rows: list[HtmlElement]) -> list[list[str]]:
    """The texts of each column, of cells that stand in one alone."""
    found: list[list[str]] = []
    taken: dict[int, int] = {}
    for row in rows:
        at = 0
        for cell in row:
            while taken.get(at):
                taken[at] -= 1
                at += 1
            span = int(cell.get("colspan") or 1)
            while len(found) < at + span:
                found.append([])
            if span == 1:
                bars = _BARS if cell.find("div") is not None else ""
                found[at].append(bars or _SPACES.sub(" ", cell.text_content()).strip(" "))
            for column in range(at, at + span):
                taken[column] = int(cell.get("rowspan") or 1) - 1
            at += span
    return found


def _set_widths(table: HtmlElement) -> None:
    columns = _columns(list(table.iter("tr")))
    least = [
        min(_WORD, max((len(w) for text in texts for w in text.split(" ")), default=1)) + _PADDING
        for texts in columns
    ]
    wanted = [
        max(max(map(len, texts), default=0) + _PADDING - low, 0)
        for texts, low in zip(columns, least, strict=True)
    ]
    weight = [
        min(want, sqrt(sum(map(len, texts)) * max(map(len, texts), default=0)))
        for texts, want in zip(columns, wanted, strict=True)
    ]
    room = max(_LINE - sum(least), 0)
    narrow = sum(wanted) <= room
    extra = wanted if narrow else [room * part / (sum(weight) or 1) for part in weight]
    widths = [low + more for low, more in zip(least, extra, strict=True)]
    group = Element("colgroup")
    for width in widths:
        group.append(Element("col", style=f"width: {100 * width / sum(widths):.2f}%"))
    if narrow and "law-table" in classes(table):
        table.set("style", f"width: {100 * sum(widths) / _LINE:.1f}%")
    caption = table.find("caption")
    table.insert(0 if caption is None else 1, group)


def _cut(table: HtmlElement, rows: list[HtmlElement]) -> list[HtmlElement]:
    """Tables beside each other as tables below each other, each with the headings of the rows."""
    columns = _columns(rows)
    heads = 2 if "matrix" in classes(table) else 1
    widths = [
        max(_NARROWEST, *(min(_WORD, len(text)) + _PADDING for text in texts))
        for texts in columns[heads:]
    ]
    room = _LINE - 34
    cuts = [0]
    filled = 0
    for at, width in enumerate(widths):
        if filled + width > room and at > cuts[-1]:
            cuts.append(at)
            filled = 0
        filled += width
    if len(cuts) == 1:
        return [table]
    parts: list[HtmlElement] = []
    for start, end in zip_longest(cuts, cuts[1:], fillvalue=len(widths)):
        part = deepcopy(table)
        part.tail = None
        for row in part.iter("tr"):
            _keep(row, heads, heads + start, heads + end)
        parts.append(part)
    for part in reversed(parts):
        table.addnext(part)
    parts[-1].tail = table.tail
    table.tail = None
    table.drop_tree()
    return parts


def _keep(row: HtmlElement, heads: int, start: int, end: int) -> None:
    """Leave the first `heads` columns of a row, and those from `start` to before `end`."""
    at = 0
    for cell in list(row):
        span = int(cell.get("colspan") or 1)
        left = sum(1 for column in range(at, at + span) if column < heads or start <= column < end)
        at += span
        if not left:
            row.remove(cell)
        elif span > 1:
            cell.set("colspan", str(left))
