"""Bytes to a `Bill`: which format a document is in, and its reader."""

from __future__ import annotations

import re

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse.bill_dtd import BodyReader
from legannot.parse.contexts import mark_contexts
from legannot.parse.elements import BACK, BODIES, FRONT, METADATA
from legannot.parse.front import read_front
from legannot.parse.nodes import Node, freeze
from legannot.parse.xml import read_xml
from legannot.source import Source

_ROOTS = ("bill", "resolution", "amendment-doc")
_USLM = ("http://schemas.gpo.gov/xml/uslm", "http://xml.house.gov/schemas/uslm/1.0")
# In UTF-16 every other byte is zero: then the attributes are looked for on every element.
_COMMITTEE_MARKS = re.compile(rb"\bchanged\s*=|reported-display-style|\x00")


def parse(source: Source) -> Bill:
    """Read one document of the Bill, Resolution or Amendment DTD.

    Raises `InputError` if the bytes are not such a document.  What the reader does not know is kept
    in the text and listed in `Bill.not_understood`.
    """
    root = read_xml(source.data, source.name)
    if root.tag not in _ROOTS:
        raise InputError(_other_document(str(root.tag)), where=source.name, cure=_CURE)
    reader = BodyReader(marked=_COMMITTEE_MARKS.search(source.data) is not None)
    nodes: list[Node] = []
    for part in root:
        tag = part.tag
        if tag in METADATA or tag in FRONT or tag in BACK:
            continue
        if tag in BODIES:
            nodes.extend(reader.read(part))
        elif isinstance(tag, str):
            nodes.extend(reader.read_part(part))
    if not nodes:
        raise InputError("holds no legislative text.", where=source.name, cure=_CURE)
    mark_contexts(nodes)
    front = read_front(root)
    return Bill(
        id=front.id,
        version=front.version,
        title=front.title,
        official_title=front.official_title,
        provisions=freeze(nodes),
        provenance=source.provenance,
        format="bill-dtd",
        document=front.document,
        dates=front.dates,
        front=front.items,
        not_understood=tuple(reader.not_understood),
        notices=tuple(reader.committee.notices),
    )


_CURE = "Give the XML of a bill from govinfo.gov or congress.gov."


def _other_document(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    if namespace.lstrip("{") in _USLM:
        return f"is USLM XML ({name}), which this version of legannot does not read."
    return f"is a <{name or tag}> document, not a bill."


__all__ = ["parse"]
