"""Put one word into one text of a bill's XML, so that exactly one change must be reported."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from legannot.diff import compare
from legannot.model import Bill, Change
from legannot.parse import parse
from legannot.source import from_bytes

WORD = "zyxwold"
# Words of the cover and of the signatures are not the bill's text.
_OUTSIDE = frozenset(
    "form pre-form amendment-form engrossed-amendment-form metadata meta-house meta-senate"
    " attestation endorsement enum num meta preface signatures endMarker amendMeta amendPreface"
    " longTitle legislativeHistory sidenote action actionDescription page congress docNumber date"
    " property session currentChamber".split()
)
# Marked words may be in only one of the two texts of a print; a conversion names the endorsement on
# the back by an attribute.
_LEFT_OUT = ("strikethrough", "deleted", "endorsement")


@dataclass(frozen=True)
class Planted:
    """Where a word went in: file, line, element; and the comparison's changes."""

    file: str
    line: int
    element: str
    changes: tuple[Change, ...]

    @property
    def exact(self) -> bool:
        """Whether the word is reported once, and nothing else is.

        A word put inside a token ("180 zyxwold days") replaces the token by itself with the word.
        """
        if len(self.changes) != 1:
            return False
        edits = (*self.changes[0].edits, *self.changes[0].heading_edits)
        deleted = "".join(e.text for e in edits if e.op == "delete").split()
        inserted = "".join(e.text for e in edits if e.op == "insert").split()
        return [word for word in inserted if word != WORD] == deleted and WORD in inserted


def plant(path: Path, count: int, rng: random.Random) -> Iterator[Planted]:
    """`count` single edits of one file, each compared with the file as it was."""
    content = path.read_bytes()
    before = parse(from_bytes(path.name, content))
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(content, parser)
    places = list(_places(root))
    for element, where in rng.sample(places, min(count, len(places))):
        old = getattr(element, where)
        words = old.split(" ")
        at = rng.choice([i for i, word in enumerate(words) if word.strip()])
        setattr(element, where, " ".join([*words[:at], WORD, *words[at:]]))
        after = parse(from_bytes(path.name, etree.tostring(root)))
        setattr(element, where, old)
        yield Planted(path.name, element.sourceline or 0, _name(element), _changes(before, after))


def _changes(before: Bill, after: Bill) -> tuple[Change, ...]:
    return compare(before, after).changes


def _places(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every stretch of text of the body that begins with a blank or a letter of its own."""
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or _name(element) in _OUTSIDE:
            continue
        if any(value in _LEFT_OUT for value in element.attrib.values()):
            continue
        if (element.text or "").strip():
            yield element, "text"
        for child in element:
            stack.append(child)
            tail = child.tail or ""
            if tail.strip() and tail[0].isspace():
                yield child, "tail"


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
