"""Documents of the Bill, Resolution and Amendment DTDs."""

from __future__ import annotations

from lxml import etree

from legannot.parse.committee import is_marked
from legannot.parse.elements import RULES
from legannot.parse.front import read_front
from legannot.parse.reader import Reader
from legannot.parse.reading import Reading

ROOTS = frozenset(("bill", "resolution", "amendment-doc"))


def read_bill_dtd(root: etree._Element, source: bytes) -> Reading:
    """Read a document of the Bill, Resolution or Amendment DTD out of the file `source`."""
    front = read_front(root)
    reader = Reader(RULES, marked=is_marked(root, source))
    return Reading(
        "bill-dtd",
        reader.read(root),
        front,
        reader.not_understood,
        reader.committee.notices,
    )
