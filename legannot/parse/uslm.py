"""Documents of USLM 1.0 and 2.x: bills, resolutions, amendments, public laws, compiled law."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from legannot.model import FrontMatter
from legannot.parse.committee import is_marked
from legannot.parse.nodes import Node
from legannot.parse.reader import Reader
from legannot.parse.reading import Reading
from legannot.parse.uslm_elements import NAMESPACES, RULES
from legannot.parse.uslm_front import approval, read_uslm_front
from legannot.parse.words import fold

_APPROPRIATIONS = "appropriations-"
_IN_THE_MARGIN = frozenset(("sidenote", "ear", "page", "line"))
_MARGIN = "margin notes and page numbers of the print ({count}) are kept apart from the text"


def is_uslm(root: etree._Element) -> bool:
    """Whether a document is in one of USLM's namespaces."""
    return str(root.tag).rpartition("}")[0].lstrip("{") in NAMESPACES


def read_uslm(root: etree._Element, source: bytes) -> Reading:
    """Read a document of USLM out of the file `source`."""
    reader = Reader(RULES, marked=is_marked(root, source))
    front = read_uslm_front(root)
    stray = _take_stray_words(root)
    nodes = reader.read(root)
    _level_appropriations(nodes)
    beside = [*stray, *reader.margin]
    notices = list(reader.committee.notices)
    if aside := [item for item in reader.margin if item.kind in _IN_THE_MARGIN]:
        notices.append(_MARGIN.format(count=len(aside)))
    official = (n.text for node in nodes[:3] for n in node.walk() if n.kind == "official-title")
    front = replace(
        front,
        official_title=front.official_title or next(official, ""),
        dates={**front.dates, **approval(beside)},
        items=(*front.items, *beside),
    )
    return Reading("uslm", nodes, front, reader.not_understood, notices)


def _take_stray_words(root: etree._Element) -> list[FrontMatter]:
    """Words beside the body that a converter left without an element; the body is `main`."""
    if not any(str(part.tag).endswith("}main") for part in root):
        return []
    stray = [root.text, *(part.tail for part in root)]
    root.text = None
    for part in root:
        part.tail = None
    return [FrontMatter("text", words) for words in map(fold, filter(None, stray)) if words]


def _level_appropriations(nodes: list[Node]) -> None:
    """Put appropriations headings side by side, as the Bill DTD has them: some files nest them.

    The reading order stays the same, so only those that close the level around them are taken out.
    """
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if node.kind.startswith(_APPROPRIATIONS):
            keep = len(node.children)
            while keep and node.children[keep - 1].kind.startswith(_APPROPRIATIONS):
                keep -= 1
            nodes[at + 1 : at + 1] = node.children[keep:]
            del node.children[keep:]
        _level_appropriations(node.children)
        at += 1
