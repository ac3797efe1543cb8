"""Documents of USLM 1.0 and 2.x: bills, resolutions, amendments, public laws, compiled law."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from legannot.model import FrontMatter
from legannot.parse.reader import Reader
from legannot.parse.reading import Reading
from legannot.parse.uslm_elements import NAMESPACES, RULES
from legannot.parse.uslm_front import approval, read_uslm_front, short_title
from legannot.parse.words import fold

_IN_THE_MARGIN = frozenset(("sidenote", "ear", "page", "line"))
_MARGIN = "margin notes and page numbers of the print ({count}) are kept apart from the text"


# Documents in USLM that are no bill and no law by themselves.
_OTHERS = {
    "statutesAtLarge": "a volume of the Statutes at Large",
    "set": "a set of documents",
    "frDoc": "an issue of the Federal Register",
    "cfrDoc": "a part of the Code of Federal Regulations",
    "rule": "a rule of the Federal Register",
    "notice": "a notice of the Federal Register",
    "presidentialDoc": "a document of the President",
}


def other_document(root: etree._Element) -> str:
    """What a document of USLM is that is not one bill or law; empty if it is one."""
    return _OTHERS.get(str(root.tag).rpartition("}")[2], "")


def is_uslm(root: etree._Element) -> bool:
    """Whether a document is in one of USLM's namespaces."""
    return str(root.tag).rpartition("}")[0].lstrip("{") in NAMESPACES


class Uslm:
    """Reads one document of USLM, section by section."""

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
        front = read_uslm_front(root, self._title or "")
        stray = _take_stray_words(root)
        nodes = self._reader.read(root)
        noticed = self._reader.noticed
        beside = [*stray, *noticed.margin]
        notices = list(noticed.notices)
        if aside := [item for item in noticed.margin if item.kind in _IN_THE_MARGIN]:
            notices.append(_MARGIN.format(count=len(aside)))
        official = (n.text for node in nodes[:3] for n in node.walk() if n.kind == "official-title")
        front = replace(
            front,
            official_title=front.official_title or next(official, ""),
            dates={**front.dates, **approval(beside)},
            items=(*front.items, *beside),
        )
        return Reading("uslm", nodes, front, noticed.not_understood, notices)


def _take_stray_words(root: etree._Element) -> list[FrontMatter]:
    """Words beside the body that a converter left without an element; the body is `main`."""
    if not any(str(part.tag).endswith("}main") for part in root):
        return []
    stray = [root.text, *(part.tail for part in root)]
    root.text = None
    for part in root:
        part.tail = None
    return [FrontMatter("text", words) for words in map(fold, filter(None, stray)) if words]
