"""The legislative body of the Bill, Resolution and Amendment DTDs as a tree of nodes.

Every element is either a structure or leaf (a node) or inline (a span over words); one that the
tables do not know is kept as a node under its own name and listed.  docs/formats.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.entities import html5

from lxml import etree

from legannot.model import Context, Markup, NotUnderstood, Span
from legannot.parse.committee import Committee
from legannot.parse.elements import (
    BACK,
    BODIES,
    FRONT,
    INLINE,
    LEAVES,
    METADATA,
    RENAMED,
    SILENT,
    STRUCTURES,
)
from legannot.parse.front import read_front
from legannot.parse.nodes import Node
from legannot.parse.reading import Reading
from legannot.parse.words import Words, fold

# Enough of an element that is not understood to find it by; its words are kept in full in the bill.
_SHOWN = 200
_BLOCKS = STRUCTURES | LEAVES | BODIES
# A formula is a picture inside a sentence; everywhere else pictures stand alone.
_WITHIN_WORDS = frozenset(("formula", "graphic"))
_SIGNS = {"superscript": "^", "subscript": "_"}
_TARGETS = ("parsable-cite", "idref", "legal-doc")
_TARGETED = frozenset(("internal-xref", "external-xref", "act-name", "footnote-ref"))
_CONTEXTS = {"quoted-block": Context.QUOTED, "toc": Context.TOC, "preamble": Context.PREAMBLE}
_PHRASES = {"added-phrase": Markup.INSERTED, "deleted-phrase": Markup.STRUCK}


ROOTS = frozenset(("bill", "resolution", "amendment-doc"))
# In UTF-16 every other byte is zero: then the attributes are looked for on every element.
_COMMITTEE_MARKS = re.compile(rb"\bchanged\s*=|reported-display-style|\x00")


def read_bill_dtd(root: etree._Element, source: bytes) -> Reading:
    """Read a document of the Bill, Resolution or Amendment DTD out of the file `source`."""
    reader = BodyReader(marked=_COMMITTEE_MARKS.search(source) is not None)
    nodes: list[Node] = []
    for part in root:
        tag = part.tag
        if tag in METADATA or tag in FRONT or tag in BACK:
            continue
        if tag in BODIES:
            nodes.extend(reader.read(part))
        elif isinstance(tag, str):
            nodes.extend(reader.read_part(part))
    return Reading(
        "bill-dtd", nodes, read_front(root), reader.not_understood, reader.committee.notices
    )


class BodyReader:
    """Reads body elements; `not_understood` grows as it goes, `committee.notices` too.

    `marked` says whether the file has committee markup at all: most have none, and looking for it
    on every element costs a fifth of the time.
    """

    def __init__(self, *, marked: bool) -> None:
        self.not_understood: list[NotUnderstood] = []
        self.committee = Committee()
        self._marked = marked

    def read(self, body: etree._Element, context: Context = Context.OPERATIVE) -> list[Node]:
        """The nodes directly under a body element; words of its own become one of kind `text`."""
        whole = self._node(body, context, Markup.NONE)
        if not whole.text and not whole.heading:
            return whole.children
        own = Node("text", whole.line, whole.context, whole.markup)
        own.heading, own.heading_spans = whole.heading, whole.heading_spans
        own.text, own.spans = whole.text, whole.spans
        return [own, *whole.children]

    def read_part(self, element: etree._Element) -> list[Node]:
        """A part of the document beside the body, such as a preamble, as one node."""
        around = Node("", element.sourceline or 0, Context.OPERATIVE, Markup.NONE)
        self._block(element, around)
        return around.children

    def _node(self, element: etree._Element, context: Context, markup: Markup) -> Node:
        tag = str(element.tag)
        if self._marked:
            markup = self.committee.mark(element, markup)
        node = Node(
            RENAMED.get(tag, tag), element.sourceline or 0, _CONTEXTS.get(tag, context), markup
        )
        if words := element.text:
            node.add(words)
        mixed: bool | None = None
        for child in element:
            name = child.tag
            if name == "text":
                self._text(child, node)
            elif name in _BLOCKS:
                self._block(child, node)
            elif name == "enum":
                self._enum(child, node)
            elif name == "header":
                self._header(child, node)
            elif name in INLINE or not isinstance(name, str):
                self._inline(child, node)
            else:
                # An unknown element among words is a mark on words; among blocks it is a block.
                mixed = _has_words(element) if mixed is None else mixed
                (self._inline if mixed else self._block)(child, node)
            if words := child.tail:
                node.add(words)
        if node.words is not None:
            node.close()
        return node

    def _text(self, element: etree._Element, node: Node) -> None:
        if node.words is not None:
            node.close()
        if len(element) or self._marked:
            self._content(element, node)
            node.close()
        elif text := fold(element.text or ""):
            node.put(text, ())

    def _enum(self, element: etree._Element, node: Node) -> None:
        if node.enum or node.begun:
            self._heading_between(element, node)
        else:
            node.enum = self._line(element, node.markup)[0]

    def _header(self, element: etree._Element, node: Node) -> None:
        if node.heading or node.begun:
            self._heading_between(element, node)
        else:
            node.heading, node.heading_spans = self._line(element, node.markup)

    def _heading_between(self, element: etree._Element, node: Node) -> None:
        node.close()
        text, spans = self._line(element, node.markup)
        if text:
            node.leaf("heading", text, spans, element.sourceline or 0)

    def _block(self, element: etree._Element, node: Node) -> None:
        if node.words is not None:
            node.close()
        name = element.tag
        if name in SILENT:
            return
        if name in BODIES:
            node.children.extend(self.read(element, node.context))
            return
        if not len(element) and not (element.text or "").strip() and name != "graphic":
            return
        if name not in STRUCTURES and name not in LEAVES:
            self._unknown(element)
        child = self._node(element, node.context, node.markup)
        if name == "graphic":
            child.text = f"{_picture_name(element)} {child.text}".strip()
        if not child.empty:
            node.children.append(child)

    def _content(self, element: etree._Element, node: Node) -> None:
        """The words of an inline or `text` element; a structure inside it breaks the words."""
        outside = node.markup
        markup = self.committee.mark(element, outside) if self._marked else outside
        words = node.open()
        start = words.start()
        if piece := element.text:
            words.add(piece)
        for child in element:
            name = child.tag
            if name in _BLOCKS and name not in _WITHIN_WORDS:
                if markup is not outside:
                    words.mark(start, markup.value)
                node.markup = markup
                self._block(child, node)
                node.markup = outside
                words, start = node.open(), 0
            else:
                self._inline(child, node)
                if node.words is not words:
                    words, start = node.open(), 0
            if piece := child.tail:
                words.add(piece)
        if markup is not outside and markup is not Markup.NONE:
            words.mark(start, markup.value)

    def _inline(self, element: etree._Element, node: Node) -> None:
        name = element.tag
        words = node.open()
        if not isinstance(name, str):
            self._entity(element, words)
            return
        if name == "linebreak":
            words.blank()
            return
        if name in SILENT:
            return
        if name not in INLINE and name not in _WITHIN_WORDS:
            self._unknown(element)
        start = words.start()
        if sign := _SIGNS.get(name):
            words.add(sign)
        elif name == "graphic":
            words.add(f" {_picture_name(element)} ")
        self._content(element, node)
        value = next(filter(None, map(element.get, _TARGETS)), "") if name in _TARGETED else ""
        words.mark(start, name, value)
        after = node.open()
        if after is not words:
            after.mark(0, name, value)
        if name in _PHRASES:
            mark = self.committee.phrase(element, _PHRASES[name])
            words.mark(start, mark.value)
            if after is not words:
                after.mark(0, mark.value)

    def _line(self, element: etree._Element, markup: Markup) -> tuple[str, Sequence[Span]]:
        """An enumerator or heading: words with spans; a block inside one is read as words."""
        if not len(element) and not self._marked:
            return fold(element.text or ""), ()
        line = Node("heading", element.sourceline or 0, Context.OPERATIVE, markup)
        self._content(element, line)
        words = line.open()
        if not line.children and not line.own_read:
            return words.text(), words.spans
        line.close()
        parts = (part for n in line.walk() for part in (n.enum, n.heading, n.text) if part)
        return " ".join(parts), line.spans

    def _entity(self, reference: etree._Element, words: Words) -> None:
        """A character by the name that the DTDs give it (`&sect;`), which are those of HTML."""
        # Comments and instructions were dropped before: nothing else has no name.
        text = reference.text or ""
        known = html5.get(text.removeprefix("&"))
        words.add(known or text)
        if known is None:
            self.not_understood.append(NotUnderstood(reference.sourceline or 0, "entity", text))

    def _unknown(self, element: etree._Element) -> None:
        self.not_understood.append(
            NotUnderstood(element.sourceline or 0, str(element.tag), _beginning(element))
        )


def _has_words(element: etree._Element) -> bool:
    """Whether words stand directly in an element, between its children."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def _beginning(element: etree._Element) -> str:
    """The first words of an element, to find it again."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > _SHOWN:
            break
    text = fold(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _picture_name(element: etree._Element) -> str:
    """What stands for a picture: GPO's plain text prints `[GRAPHIC(S) NOT AVAILABLE ...]` there."""
    name = fold(element.get("graphic-desc") or element.get("file") or "").strip("[]")
    return f"[graphic {name}]" if name else "[graphic]"
