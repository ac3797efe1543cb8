"""A provision in the making: its own words, then its children, with the words between them kept.

The readers of all formats build these and `freeze` makes the provisions of a bill out of them:

    <paragraph><enum>(1)</enum><text>Each Member shall—</text>  paragraph (1) "Each Member shall—"
      <subparagraph>…</subparagraph>                              subparagraph (A) …
      <continuation-text>by July.</continuation-text>             continuation "by July."

Words that stand after a child become a child of kind `continuation`, so that the reading order of
the print is the order of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legannot.model import Context, Markup, Provision, Span
from legannot.model.bill import placed
from legannot.model.paths import tree_paths
from legannot.parse.words import Words


class Node:
    """One level: enumerator and heading, then words and children in the order of the source.

    `markup` is the committee's mark at the place that is being read, `own_markup` that of the level
    and `run_markup` that of the place where the words that go on began.
    """

    # What most nodes lack stands in the class: an omnibus has 10,000 of them.
    enum = ""
    heading = ""
    text = ""
    enum_spans: Sequence[Span] = ()
    heading_spans: Sequence[Span] = ()
    spans: Sequence[Span] = ()
    notes: tuple[Node, ...] = ()
    words: Words | None = None
    own_read = False

    def __init__(self, kind: str, line: int, context: Context, markup: Markup) -> None:
        self.kind = kind
        self.line = line
        self.context = context
        self.markup = markup
        self.own_markup = markup
        self.run_markup = markup
        self.children: list[Node] = []

    @property
    def begun(self) -> bool:
        """Whether anything but enumerator and heading was read."""
        words = self.words
        return self.own_read or bool(self.children) or (words is not None and words.length > 0)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was read."""
        return not (self.children or self.text or self.enum or self.heading)

    def add(self, piece: str) -> None:
        """Append source text; blanks between blocks are no words."""
        words = self.words
        if words is None:
            if piece.isspace():
                return
            words = self.open()
        words.add(piece)

    def open(self) -> Words:
        """The run of words that goes on, or a new one."""
        words = self.words
        if words is None:
            words = self.words = Words()
            self.run_markup = self.markup
        return words

    def close(self) -> None:
        """End a run of words."""
        words = self.words
        if words is None:
            return
        self.words = None
        if words.length:
            inside = self.markup
            if self.run_markup is not inside:
                # A block breaks marked words: part of this run is theirs, and a span says which.
                self.markup = self.own_markup
            self.put(words.text(), words.spans)
            self.markup = inside

    def put(self, text: str, spans: Sequence[Span]) -> None:
        """A finished run of words: the first before any child is the node's own text."""
        if self.own_read or self.children:
            self.leaf("continuation", text, spans, self.line)
        else:
            if self.markup and self.markup is not self.own_markup:
                # Words of a marked wrapper (`listContent`) in a level that is not marked.
                spans = (*spans, Span(0, len(text), self.markup.value))
            self.text = text
            self.spans = spans
            self.own_read = True
        if self.notes:
            self._place_notes()

    def append(self, child: Node) -> None:
        """A level, table or other block below this one."""
        if self.notes:
            self._place_notes()
        self.children.append(child)

    def finish(self) -> None:
        """Nothing more will be read into this node."""
        if self.words is not None:
            self.close()
        if self.notes:
            self._place_notes()

    def _place_notes(self) -> None:
        # Notes stand after the sentence to which they are anchored, so that it stays in one piece.
        self.children += self.notes
        self.notes = ()

    def leaf(self, kind: str, text: str, spans: Sequence[Span], line: int) -> Node:
        """Add a child that holds only words."""
        child = Node(kind, line, self.context, self.markup)
        child.text = text
        child.spans = spans
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def freeze(roots: Sequence[Node]) -> tuple[Provision, ...]:
    """The provisions of a bill with their paths."""
    return _frozen(roots, iter(tree_paths(roots)))


def _frozen(nodes: Sequence[Node], paths: Iterator[str]) -> tuple[Provision, ...]:
    return tuple(
        [
            placed(next(paths), node, _frozen(node.children, paths) if node.children else ())
            for node in nodes
        ]
    )
