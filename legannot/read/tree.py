"""The bill's tree from below: parents, scopes, and what `subsection (b)` points at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from legannot.model import APPROPRIATIONS, CONTAINERS, LEVELS, Bill, Provision, number

_DIGITS = re.compile(r"\d{1,9}")
# Section and levels, outermost first: a reference looks for its level in the one around it.
_DEPTH = {kind: depth for depth, kind in enumerate(("section", *LEVELS))}


def leading_number(label: str) -> int:
    """The digits that a label begins with: `1681g` is 1681, `IV` none and so 0."""
    match = _DIGITS.match(label)
    return int(match.group()) if match else 0


class Tree:
    """An index over one bill; building it is linear in the number of provisions."""

    def __init__(self, bill: Bill) -> None:
        self.provisions: dict[str, Provision] = {}
        self._parents: dict[str, str] = {}
        self._quotes: dict[str, str] = {}
        self._places: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._without_references: dict[str, str] = {}
        stack = [(provision, "", "") for provision in reversed(bill.provisions)]
        while stack:
            provision, parent, quote = stack.pop()
            path = provision.path
            if provision.kind == "quoted-block" and not quote:
                quote = path
            self.provisions[path] = provision
            self._parents[path] = parent
            self._quotes[path] = quote
            if (provision.kind in CONTAINERS or provision.kind == "section") and provision.enum:
                self._places[provision.kind, number(provision.enum)].append(path)
            stack.extend((child, path, quote) for child in reversed(provision.children))
        #: Accounts of appropriations acts: they cite other laws by bare section numbers.
        self.accounts = frozenset(
            path for path, p in self.provisions.items() if p.kind in APPROPRIATIONS
        )
        own = (
            label
            for (kind, label), places in self._places.items()
            if kind == "section" and not all(map(self.quote, places))
        )
        #: The highest number of a section of the bill's own.
        self.last_section = max((leading_number(label) for label in own), default=0)

    def above(self, path: str) -> Iterator[str]:
        """The provision itself and everything around it, innermost first."""
        while path:
            yield path
            path = self._parents[path]

    def parent(self, path: str) -> str:
        """The provision around another, empty at the top."""
        return self._parents[path]

    def within(self, path: str, scope: str) -> bool:
        """Whether a provision lies in a scope; the empty scope is the whole bill."""
        return not scope or scope in self.above(path)

    def quote(self, path: str) -> str:
        """The outermost quoted block around a provision, empty for the bill's own law."""
        return self._quotes[path]

    def in_account(self, path: str) -> bool:
        """Whether a provision is an account of an appropriations act or lies in one."""
        return any(place in self.accounts for place in self.above(path))

    def enclosing(self, path: str, kind: str) -> str:
        """The nearest provision of a kind around (or at) a path, empty if there is none.

        In quoted law the search ends at the quoted block: "this title" is one of the law amended.
        """
        quote = self._quotes[path]
        for place in self.above(path):
            if place == quote:
                return ""
            if self.provisions[place].kind == kind:
                return place
        return ""

    def find(self, path: str, kind: str, labels: Sequence[str], scope: str = "") -> str:
        """The provision that `kind` and `labels` name when said at `path`; empty if there is none.

        `find("sec. 4(c)", "subsection", ["a", "1"])` is `sec. 4(a)(1)`.  Sections and containers
        are looked for inside `scope`.
        """
        if kind in _DEPTH and kind != "section":
            start = self._level(path, kind, labels[0])
        else:
            start = self._numbered(path, kind, labels[0], scope)
        return self.descend(start, labels[1:]) if start else ""

    def descend(self, path: str, labels: Sequence[str]) -> str:
        """The provision below `path` that the labels lead to, one level a label."""
        for label in labels:
            child = self._child(path, label)
            if not child:
                # Items that run in the text have no element of their own.
                return self._in_text(path, label)
            path = child
        return path

    def _child(self, path: str, label: str) -> str:
        for child in self.provisions[path].children:
            if child.enum and number(child.enum) == label:
                return child.path
        return ""

    def _level(self, path: str, kind: str, label: str) -> str:
        quote = self._quotes[path]
        for place in self.above(path):
            siblings = [c for c in self.provisions[place].children if c.kind == kind and c.enum]
            for child in siblings:
                if number(child.enum) == label:
                    return child.path
            if siblings or place == quote or self.provisions[place].kind == "section":
                return self._in_text(place, label)
        return ""

    def _in_text(self, place: str, label: str) -> str:
        """The place itself if its text runs to an item with the label: "either (A) a bank or"."""
        if f"({label})" not in self.provisions[place].text:
            return ""
        if place not in self._without_references:
            self._without_references[place] = _unreferenced(self.provisions[place].text)
        return place if f"({label})" in self._without_references[place] else ""

    def _numbered(self, path: str, kind: str, label: str, scope: str) -> str:
        quote = self._quotes[path]
        found = [
            place
            for place in self._places.get((kind, label), ())
            if self._quotes[place] == quote and self.within(place, scope)
        ]
        if len(found) < 2:  # noqa: PLR2004 - one or none needs no choice
            return found[0] if found else ""
        around = set(self.above(path))
        return max(found, key=lambda p: sum(place in around for place in self.above(p)))


def _unreferenced(text: str) -> str:
    """A text without its references: "subsection (f)" is no item of the text that says so."""
    from legannot.read.cited import LISTED_PART, parts

    kept, at = [], 0
    for match in LISTED_PART.finditer(text):
        items = [item for part in parts(match.group()) for item in part.items]
        kept.append(text[at : match.start()])
        at = match.start() + items[-1].end
    return "".join([*kept, text[at:]])
