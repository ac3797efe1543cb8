"""One walk of the XML tree for all formats: a table of rules says what each element becomes.

A child is a node (a level, a leaf, a table ...) or inline (a span over words).  An element that the
table does not know is kept under its own name, as a span among words and as a node elsewhere, and
listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from lxml import etree

from legannot.model import Context, FrontMatter, Markup, NotUnderstood, Span
from legannot.parse.committee import Committee
from legannot.parse.grammar import Action, Rule, Rules
from legannot.parse.nodes import Node
from legannot.parse.words import Words, fold

# Enough of an element that is not understood to find it by; its words are kept in full in the bill.
_SHOWN = 200

_RUN, _BLOCK, _INLINE = Action.RUN, Action.BLOCK, Action.INLINE
_NUM, _HEADING, _THROUGH = Action.NUM, Action.HEADING, Action.THROUGH
_PLAIN = Rule(Action.JOIN, "")
_STOP = re.compile(r"[.,;:”’\"']*\s*(and|or)?")
_QUOTES = frozenset(("quoted-block", "amendment-block"))


class Reader:
    """Reads elements into nodes; what it notices on the way is kept in its attributes.

    `marked` says whether any element carries a committee's mark as an attribute.
    """

    def __init__(self, rules: Rules, *, marked: bool) -> None:
        self.not_understood: list[NotUnderstood] = []
        self.margin: list[FrontMatter] = []
        self.committee = Committee()
        # The type of lxml's tags takes in bytes, which no parsed tree has.
        self._rules = cast("Mapping[object, Rule]", rules)
        self._marked = marked
        # The last parent of an unknown element, and whether words stand directly in it.
        self._parent: etree._Element | None = None
        self._mixed = False

    def read(self, root: etree._Element) -> list[Node]:
        """The nodes of a document; words that stand in no level become one of kind `text`.

        Sections are taken out of the tree once read: whatever else needs them comes before.
        """
        whole = Node("text", root.sourceline or 0, Context.OPERATIVE, Markup.NONE)
        self._fill(root, whole, inline=False)
        whole.finish()
        children, whole.children = whole.children, []
        return children if whole.empty else [whole, *children]

    def _fill(self, element: etree._Element, node: Node, *, inline: bool) -> None:
        """Read the words and children of an element into a node."""
        known = self._rules.get
        if words := element.text:
            node.add(words)
        for child in element:
            rule = known(child.tag) or self._puzzle(child, element)
            if rule.choose is not None:
                rule = rule.choose(child)
            action = rule.action
            if action is _RUN:
                self._run(child, node)
            elif action is _INLINE:
                self._inline(child, node, rule)
            elif action is _BLOCK:
                self._block(child, node, rule)
                if rule.kind in _QUOTES and self._stop(child, node):
                    continue
            elif action is _NUM and not inline:
                self._num(child, node)
            elif action is _HEADING and not inline:
                self._heading(child, node)
            elif action is _THROUGH:
                self._through(child, node)
            else:
                self._rare(child, node, rule, inline=inline)
            if words := child.tail:
                node.add(words)

    def _rare(self, child: etree._Element, node: Node, rule: Rule, *, inline: bool) -> None:
        action = rule.action
        if action is Action.BREAK:
            node.open().blank()
        elif action is Action.PICTURE:
            (self._inline if inline else self._block)(child, node, rule)
        elif action is Action.NOTE:
            note = self._node(child, rule, node)
            if not note.empty:
                node.notes = (*node.notes, note)
        elif action is Action.MARGIN:
            if text := lines(child):
                self.margin.append(FrontMatter(rule.kind, text))
        elif action is Action.AFTER_QUOTE:
            self._after_quote(child, node, rule)
        elif action is not Action.SILENT:
            # Columns, and a number or heading in the middle of words.
            node.open().blank()
            self._fill(child, node, inline=True)
            node.open().blank()

    def _node(self, element: etree._Element, rule: Rule, around: Node) -> Node:
        markup = around.markup
        if self._marked:
            markup = self.committee.mark(element, markup)
        node = Node(rule.kind, element.sourceline or 0, rule.context or around.context, markup)
        self._fill(element, node, inline=False)
        node.finish()
        if rule.action is Action.PICTURE and rule.sign:
            node.text = f"{picture_name(element)} {node.text}".strip()
        return node

    def _block(self, element: etree._Element, node: Node, rule: Rule) -> None:
        if node.words is not None:
            node.close()
        if not len(element) and not (element.text or "").strip() and not rule.sign:
            return
        child = self._node(element, rule, node)
        if rule.kind == "section":
            # What was read is let go: the tree of an omnibus is six times its file.
            element.clear(keep_tail=True)
        if not child.empty:
            node.append(child)

    def _run(self, element: etree._Element, node: Node) -> None:
        if node.words is not None:
            node.close()
        if not len(element) and not self._marked:
            if text := fold(element.text or ""):
                node.put(text, ())
            return
        self._marked_words(element, node)
        node.close()

    def _through(self, element: etree._Element, node: Node) -> None:
        node.close()
        outside = node.markup
        if self._marked:
            node.markup = self.committee.mark(element, outside)
        self._fill(element, node, inline=False)
        node.close()
        node.markup = outside

    def _num(self, element: etree._Element, node: Node) -> None:
        if node.enum or node.begun:
            self._heading_between(element, node)
        else:
            node.enum = self._line(element, node)[0]

    def _heading(self, element: etree._Element, node: Node) -> None:
        if node.heading or node.begun:
            self._heading_between(element, node)
        else:
            node.heading, node.heading_spans = self._line(element, node)

    def _heading_between(self, element: etree._Element, node: Node) -> None:
        node.close()
        text, spans = self._line(element, node)
        if text:
            node.leaf("heading", text, spans, element.sourceline or 0)

    def _line(self, element: etree._Element, node: Node) -> tuple[str, Sequence[Span]]:
        """An enumerator or heading: words with spans; a block inside one is read as words."""
        if not len(element) and not self._marked:
            return fold(element.text or ""), ()
        line = Node("heading", element.sourceline or 0, node.context, node.markup)
        self._marked_words(element, line)
        node.notes, line.notes = (*node.notes, *line.notes), ()
        if not line.children and not line.own_read:
            words = line.open()
            return words.text(), words.spans
        line.close()
        parts = (part for n in line.walk() for part in (n.enum, n.heading, n.text) if part)
        return " ".join(parts), line.spans

    def _marked_words(self, element: etree._Element, node: Node) -> None:
        """The words of an element, under its own committee mark if it has one."""
        outside = node.markup
        markup = self.committee.mark(element, outside) if self._marked else outside
        if markup is outside:
            self._fill(element, node, inline=True)
            return
        before = node.open()
        start = before.start()
        node.markup = markup
        self._fill(element, node, inline=True)
        node.markup = outside
        if markup is not Markup.NONE:
            _mark(node, before, start, markup.value)

    def _inline(self, element: etree._Element, node: Node, rule: Rule) -> None:
        if not isinstance(element.tag, str):
            self._entity(element, node)
            return
        before = node.open()
        start = before.start()
        if rule.sign:
            before.add(rule.sign if rule.action is _INLINE else f" {picture_name(element)} ")
        if len(element) or self._marked:
            self._marked_words(element, node)
        elif words := element.text:
            before.add(words)
        value = ""
        for name in rule.targets:
            if value := element.get(name) or "":
                break
        if rule.kind:
            _mark(node, before, start, rule.kind, value)
        if rule.mark is not None:
            _mark(node, before, start, self.committee.phrase(element, rule.mark).value)

    def _after_quote(self, element: etree._Element, node: Node, rule: Rule) -> None:
        last = node.children[-1] if node.children else None
        if last is None or last.kind not in _QUOTES or (node.words and not node.words.empty):
            self._inline(element, node, rule)
            return
        stop = self._node(element, rule, last)
        if not stop.empty:
            last.children.append(stop)

    def _stop(self, quote: etree._Element, node: Node) -> bool:
        """Keep the stop after a quoted block ("." or "; and") in it, where the Bill DTD has it."""
        tail = fold(quote.tail or "")
        last = node.children[-1] if node.children else None
        if not tail or not _STOP.fullmatch(tail) or last is None or last.kind not in _QUOTES:
            return False
        last.leaf("after-quoted-block", tail, (), last.line)
        return True

    def _entity(self, reference: etree._Element, node: Node) -> None:
        """A character by the name that the DTDs give it (`&sect;`), which are those of HTML."""
        # Few files name characters so, and the table takes a while to load.
        from html.entities import html5

        # Comments and instructions were dropped before: nothing else has no name.
        text = reference.text or ""
        known = html5.get(text.removeprefix("&"))
        node.open().add(known or text)
        if known is None:
            self.not_understood.append(NotUnderstood(reference.sourceline or 0, "entity", text))

    def _puzzle(self, element: etree._Element, parent: etree._Element) -> Rule:
        """The rule for an element that the table does not know."""
        if not isinstance(element.tag, str):
            return Rule(_INLINE, "")
        name = element.tag.rpartition("}")[2]
        if len(element) or (element.text or "").strip():
            self.not_understood.append(
                NotUnderstood(element.sourceline or 0, name, _beginning(element))
            )
        if parent is not self._parent:
            self._parent = parent
            self._mixed = _has_words(parent)
        return Rule(_INLINE if self._mixed else _BLOCK, name)


def _mark(node: Node, before: Words, start: int, kind: str, value: str = "") -> None:
    """Put a span over what was read since `start`, also where a block in between broke it."""
    before.mark(start, kind, value)
    if node.words is not None and node.words is not before:
        node.words.mark(0, kind, value)


def lines(element: etree._Element) -> str:
    """The words of an element; what holds only elements prints each on a line of its own."""
    if not isinstance(element.tag, str):
        # A reference to an entity, which lxml does not take for an element.
        return element.text or ""
    if not len(element) or _has_words(element):
        return fold("".join(element.itertext()))
    return fold(" ".join(map(lines, element)))


def _has_words(element: etree._Element) -> bool:
    """Whether words stand directly in an element, between its children."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def picture_name(element: etree._Element) -> str:
    """What stands for a picture: GPO's plain text prints `[GRAPHIC(S) NOT AVAILABLE ...]` there."""
    attributes = ("graphic-desc", "alt", "file", "src")
    name = fold(next(filter(None, map(element.get, attributes)), "")).strip("[]")
    return f"[graphic {name}]" if name else "[graphic]"


def _beginning(element: etree._Element) -> str:
    """The first words of an element, to find it again."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > _SHOWN:
            break
    text = fold(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
