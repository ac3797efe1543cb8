"""Runs of words with their looks, and the small elements that many others are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.render.inert import inert

# A property of a run with its value, empty for one that is only on.
Look = tuple[str, str]

# Colours and lines of the page: blue and orange stay apart in every kind of colour vision, and each
# mark has a line of its own (REPORT, findings 4 and 5).
_INSERTED = (("w:color", "0B4F8A"), ("w:u", "double"), ("w:shd", "E0EFFB"))
_DELETED = (("w:strike", ""), ("w:color", "8A3C00"), ("w:shd", "FDEEE0"))
_LEFT = (("w:dstrike", ""), ("w:color", "3A3F45"), ("w:bdr", "3A3F45"))
_ARRIVED = (("w:color", "3A3F45"), ("w:bdr", "3A3F45"))
LABEL = (("w:b", ""), ("w:color", "3A3F45"), ("w:sz", "17"), ("w:bdr", "8D8778"))
DRAWN: Mapping[str, tuple[Look, ...]] = {
    "insert": _INSERTED,
    "delete": _DELETED,
    "left": _LEFT,
    "arrived": _ARRIVED,
    "equal": (),
}
LOOKS: Mapping[str, Look] = {
    "bold": ("w:b", ""),
    "italic": ("w:i", ""),
    "quote": ("w:i", ""),
    "small-caps": ("w:smallCaps", ""),
    "subscript": ("w:vertAlign", "subscript"),
    "superscript": ("w:vertAlign", "superscript"),
}
# Width of the text between the margins, in twentieths of a point.
_TEXT_WIDTH = 9360
# The order that the schema wants inside w:rPr (CT_RPr, EG_RPrBase).
_ORDER = (
    "w:b", "w:i", "w:smallCaps", "w:strike", "w:dstrike", "w:color", "w:sz", "w:u", "w:bdr",
    "w:shd", "w:vertAlign",
)  # fmt: skip


def run_of(text: str, looks: Iterable[Look], tag: str = "w:t") -> etree._Element:
    """A run; `tag` is `w:delText` for words that a tracked change takes out."""
    run = OxmlElement("w:r")
    values = dict(looks)
    if values:
        properties = OxmlElement("w:rPr")
        for name in _ORDER:
            if name in values:
                properties.append(_property(name, values[name]))
        run.append(properties)
    words = OxmlElement(tag)
    words.set(qn("xml:space"), "preserve")
    words.text = inert(text)
    run.append(words)
    return run


def _property(name: str, value: str) -> etree._Element:
    element = OxmlElement(name)
    if name == "w:shd":
        attributes = {"val": "clear", "color": "auto", "fill": value}
    elif name == "w:bdr":
        attributes = {"val": "single", "sz": "4", "space": "0", "color": value}
    else:
        attributes = {"val": value} if value else {}
    for attribute, setting in attributes.items():
        element.set(qn(f"w:{attribute}"), setting)
    return element


def append_value(parent: etree._Element, name: str, value: str) -> None:
    """Append an element that holds nothing but a value."""
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    parent.append(element)


def widths_of(shares: Sequence[int]) -> list[int]:
    """The widths of columns that share the width of the text, in twentieths of a point."""
    return [_TEXT_WIDTH * share // sum(shares) for share in shares]


def table_of(style_id: str, widths: Sequence[int]) -> etree._Element:
    """A table with columns of these widths and without rows."""
    table, properties = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    append_value(properties, "w:tblStyle", style_id)
    properties.append(_width("w:tblW", sum(widths)))
    table.append(properties)
    grid = OxmlElement("w:tblGrid")
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    table.append(grid)
    return table


def cell_width(width: int) -> etree._Element:
    """The properties of a cell that is so wide."""
    properties = OxmlElement("w:tcPr")
    properties.append(_width("w:tcW", width))
    return properties


def _width(name: str, width: int) -> etree._Element:
    element = OxmlElement(name)
    element.set(qn("w:w"), str(width))
    element.set(qn("w:type"), "dxa")
    return element
