"""Documents of the Bill, Resolution and Amendment DTDs."""

from __future__ import annotations

from lxml import etree

from legannot.parse.elements import RULES
from legannot.parse.front import read_front, short_title
from legannot.parse.reader import Reader
from legannot.parse.reading import Reading

ROOTS = frozenset(("bill", "resolution", "amendment-doc"))


class BillDtd:
    """Reads one document of the Bill, Resolution or Amendment DTD, section by section."""

    def __init__(self, *, marked: bool) -> None:
        self._reader = Reader(RULES, marked=marked)
        self._title: str | None = None

    def take(self, section: etree._Element) -> bool:
        """Read a section that is complete; if it was, its tree may go."""
        taken = self._reader.take(section)
        if taken and self._title is None:
            self._title = short_title(section)
        return taken

    def finish(self, root: etree._Element) -> Reading:
        """What is left of the document, and the sections in their places."""
        front = read_front(root, self._title or "")
        nodes = self._reader.read(root)
        noticed = self._reader.noticed
        return Reading("bill-dtd", nodes, front, noticed.not_understood, noticed.notices)
