"""Documents of the Bill, Resolution and Amendment DTDs."""

from __future__ import annotations

import re

from lxml import etree

from legannot.parse.elements import RULES
from legannot.parse.front import read_front
from legannot.parse.reader import Reader
from legannot.parse.reading import Reading

ROOTS = frozenset(("bill", "resolution", "amendment-doc"))
# In UTF-16 every other byte is zero: then the attributes are looked for on every element.
_COMMITTEE_MARKS = re.compile(rb"\bchanged\s*=|reported-display-style|\x00")


def read_bill_dtd(root: etree._Element, source: bytes) -> Reading:
    """Read a document of the Bill, Resolution or Amendment DTD out of the file `source`."""
    reader = Reader(RULES, marked=_COMMITTEE_MARKS.search(source) is not None)
    return Reading(
        "bill-dtd",
        reader.read(root),
        read_front(root),
        reader.not_understood,
        reader.committee.notices,
    )
