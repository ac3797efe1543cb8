"""A bill laid flat for alignment: each provision with its place, words and content hash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from legannot.model import CONTAINERS, Bill, Provision

# Typography that reprints change and readers do not see: folded one to one before words are
# compared.
_TYPOGRAPHY = tuple(zip("“”„‘’‚–—−‐‑", "\"\"\"'''-----", strict=True))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[$%^]")
ROOT = -1


def folded(text: str) -> str:
    """`text` with its quotation marks and dashes folded; most texts have none."""
    if not text.isascii():
        # Ten times as fast as `str.translate`, which goes through a text character by character.
        for sign, plain in _TYPOGRAPHY:
            text = text.replace(sign, plain)
    return text


@dataclass(slots=True, eq=False)
class Node:
    """A provision at its place in the reading order.

    `words` are its own heading (`head` of them) and text, lower case; `size` counts them for the
    whole subtree; `content` is equal for two subtrees that read the same but for enumerators and
    typography.  `height` counts the levels below it.
    """

    provision: Provision
    index: int
    parent: int
    children: list[int]
    words: list[str]
    head: int
    end: int
    size: int
    content: int
    quoted: bool
    height: int = 0

    def own(self) -> list[str]:
        """The words of its text, without the heading's."""
        return self.words[self.head :]


class Outline:
    """All nodes of one bill in reading order, and the indices of the top ones."""

    __slots__ = ("nodes", "roots")

    def __init__(self, bill: Bill) -> None:
        self.nodes: list[Node] = []
        self.roots = [self._add(p, ROOT, quoted=False) for p in bill.provisions]

    def _add(self, provision: Provision, parent: int, *, quoted: bool) -> int:
        index = len(self.nodes)
        quoted = quoted or provision.kind == "quoted-block"
        heading, text = folded(provision.heading), folded(provision.text)
        head = _WORD.findall(heading.lower())
        words = head + _WORD.findall(text.lower())
        node = Node(provision, index, parent, [], words, len(head), 0, len(words), 0, quoted)
        self.nodes.append(node)
        below = []
        for child in provision.children:
            position = self._add(child, index, quoted=quoted)
            node.children.append(position)
            node.size += self.nodes[position].size
            node.height = max(node.height, self.nodes[position].height + 1)
            below.append(self.nodes[position].content)
        node.end = len(self.nodes)
        node.content = hash((heading, text, *below))
        return index

    def children(self, index: int) -> list[int]:
        """Positions of the children of a node, of the top provisions for `ROOT`."""
        return self.roots if index == ROOT else self.nodes[index].children

    def all_words(self, index: int) -> list[str]:
        """The words of a whole subtree in reading order."""
        node = self.nodes[index]
        if node.end == index + 1:
            return node.words
        return [word for inner in self.nodes[index : node.end] for word in inner.words]

    def units(self) -> list[int]:
        """Sections and whatever else stands directly in the bill or in a title, part or division.

        They are what drafters move and renumber whole, in and out of containers.
        """
        found: list[int] = []
        stack = list(reversed(self.roots))
        while stack:
            index = stack.pop()
            node = self.nodes[index]
            if node.provision.kind in CONTAINERS:
                stack.extend(reversed(node.children))
            else:
                found.append(index)
        return found

    def containers(self) -> list[int]:
        """Divisions, titles and the like outside quoted law."""
        return [n.index for n in self.nodes if not n.quoted and n.provision.kind in CONTAINERS]

    def ancestors(self, index: int) -> Sequence[int]:
        """The nodes above, nearest first, `ROOT` last."""
        chain: list[int] = []
        while index != ROOT:
            index = self.nodes[index].parent
            chain.append(index)
        return chain
