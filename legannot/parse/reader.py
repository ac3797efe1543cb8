"""One walk of the XML tree for all formats: a table of rules says what each element becomes.

A child is a node (a level, a leaf, a table ...) or inline (a span over words).  An element that the
table does not know is kept under its own name, as a span among words and as a node elsewhere, and
listed.

A bill is read while it is parsed: `take` reads a section as soon as it is complete and lets its
tree go, `read` walks what is left and puts the sections in their places.  The tree of an omnibus is
six times its file, and half of the time of reading it is spent on fetching so much memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from legannot.model import Context, FrontMatter, Markup, NotUnderstood, Span
from legannot.model.bill import APPROPRIATIONS
from legannot.parse.committee import Committee
from legannot.parse.grammar import Action, Rule, Rules
from legannot.parse.nodes import Node
from legannot.parse.words import Words, fold
from legannot.parse.xml import MAX_DEPTH, TooDeep

# Enough of an element that is not understood to find it by; its words are kept in full in the bill.
_SHOWN = 200

_INLINE, _BLOCK = Action.INLINE, Action.BLOCK
_STOP = re.compile(r"[.,;:”’\"']*\s*(and|or)?")
_MARKS = (Markup.STRUCK.value, Markup.INSERTED.value)
_QUOTES = frozenset(("quoted-block", "amendment-block"))

# Reads an element into a node by its rule; true if it took the words after the element as well.
_Read = Callable[["etree._Element", Node, Rule], "bool | None"]  # noqa: SLF001  lxml has no public name


@dataclass(slots=True)
class Noticed:
    """What a reader has to say of the part that it has read, in reading order."""

    not_understood: list[NotUnderstood] = field(default_factory=list)
    margin: list[FrontMatter] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.not_understood or self.margin or self.notices)

    def take(self, other: Noticed) -> None:
        """Go on with what was noticed elsewhere."""
        self.not_understood += other.not_understood
        self.margin += other.margin
        self.notices += other.notices


class Reader:
    """Reads elements into nodes; what it notices on the way is kept in `noticed`.

    `marked` says whether any element may carry a committee's mark as an attribute.
    """

    def __init__(self, rules: Rules, *, marked: bool) -> None:
        self.noticed = Noticed()
        self._committee = Committee(self.noticed.notices)
        self._marked = marked
        self._depth = 0
        self._sections: dict[etree._Element, tuple[Node, Noticed | None]] = {}
        # Notes of the heading or enumerator that is being read, from blocks inside it too.
        self._aside: list[Node] | None = None
        # The last parent of an unknown element, and whether words stand directly in it.
        self._parent: etree._Element | None = None
        self._mixed = False
        # The type of lxml's tags takes in bytes, which no parsed tree has.
        self._rules = cast("Mapping[object, Rule]", rules)
        self._levels = cast("Mapping[object, tuple[_Read, Rule]]", self._table(inline=False))
        self._phrases = cast("Mapping[object, tuple[_Read, Rule]]", self._table(inline=True))

    def _table(self, *, inline: bool) -> dict[object, tuple[_Read, Rule]]:
        """How to read each element of the rules: in a level, or (`inline`) among words."""
        actions: dict[Action, _Read] = {
            Action.RUN: self._run,
            Action.BLOCK: self._block,
            Action.INLINE: self._inline,
            Action.NUM: self._join if inline else self._num,
            Action.HEADING: self._join if inline else self._heading,
            Action.THROUGH: self._through,
            Action.JOIN: self._join,
            Action.BREAK: self._break,
            Action.PICTURE: self._inline if inline else self._block,
            Action.NOTE: self._note,
            Action.MARGIN: self._beside,
            Action.AFTER_QUOTE: self._after_quote,
            Action.SILENT: self._pass,
        }

        def choose(element: etree._Element, node: Node, rule: Rule) -> bool | None:
            chosen = rule.choose(element) if rule.choose else rule
            return reading(chosen)(element, node, chosen)

        def reading(rule: Rule) -> _Read:
            if rule.action is _BLOCK:
                if rule.kind in _QUOTES:
                    return self._quotes
                if rule.kind in APPROPRIATIONS:
                    return self._sums
            if rule.mark:
                return self._phrase
            return actions[rule.action]

        return {
            name: (choose if rule.choose else reading(rule), rule)
            for name, rule in self._rules.items()
        }

    # ── a document ────────────────────────────────────────────────────────────────────────────────

    def take(self, section: etree._Element) -> bool:
        """Read a section whose parents are still being parsed, for `read` to find.

        A section on the cover is not taken.
        """
        self._depth = 0
        around = self._around(section)
        if around is None:
            return False
        outside = self.noticed
        noticed = self.noticed = Noticed()
        self._committee.notices = noticed.notices
        node = self._node(section, _SECTION, around)
        # An empty section, emptied, is read as nothing once more.
        if noticed or not node.empty:
            self._sections[section] = node, noticed or None
        self._depth = 0
        self.noticed = outside
        self._committee.notices = outside.notices
        return True

    def _around(self, section: etree._Element) -> Node | None:
        """What holds for a section by the elements around it: context, mark and depth."""
        outside = Node("", 0, Context.OPERATIVE, Markup.NONE)
        unheard = Committee([])
        for element in reversed(list(section.iterancestors())):
            self._depth += 1
            rule = self._rules.get(element.tag)
            if rule and rule.choose:
                rule = rule.choose(element)
            if rule and rule.action in (Action.SILENT, Action.MARGIN):
                return None
            if rule and rule.context:
                outside.context = rule.context
            if self._marked:
                outside.markup = unheard.mark(element, outside.markup)
        return outside

    def read(self, root: etree._Element) -> list[Node]:
        """The nodes of a document; words that stand in no level become one of kind `text`."""
        whole = Node("text", root.sourceline or 0, Context.OPERATIVE, Markup.NONE)
        self._fill(root, whole, self._levels)
        whole.finish()
        children, whole.children = whole.children, []
        return children if whole.empty else [whole, *children]

    # ── elements ──────────────────────────────────────────────────────────────────────────────────

    def _fill(
        self, element: etree._Element, node: Node, table: Mapping[object, tuple[_Read, Rule]]
    ) -> None:
        """Read the words and children of an element into a node."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeep(element.sourceline or 0)
        if words := element.text:
            node.add(words)
        for child in element:
            known = table.get(child.tag)
            if known is None:
                known = self._puzzle(child, element)
            taken = known[0](child, node, known[1])
            if (words := child.tail) and not taken:
                node.add(words)
        self._depth -= 1

    def _node(self, element: etree._Element, rule: Rule, around: Node) -> Node:
        markup = around.markup
        if self._marked:
            markup = self._committee.mark(element, markup)
        node = Node(rule.kind, element.sourceline or 0, rule.context or around.context, markup)
        self._fill(element, node, self._levels)
        node.finish()
        if rule.sign:
            node.text = f"{picture_name(element)} {node.text}".strip()
        return node

    def _block(self, element: etree._Element, node: Node, rule: Rule) -> None:
        if node.words is not None:
            node.close()
        taken = self._sections.pop(element, None) if rule.kind == "section" else None
        if taken is None:
            child = self._node(element, rule, node)
        else:
            child, noticed = taken
            if noticed:
                self.noticed.take(noticed)
        if not child.empty:
            node.append(child)

    def _quotes(self, element: etree._Element, node: Node, rule: Rule) -> bool:
        """Quoted law, and the stop after it ("." or "; and"), which the Bill DTD has in it."""
        self._block(element, node, rule)
        tail = fold(element.tail or "")
        last = node.children[-1] if node.children else None
        if not tail or not _STOP.fullmatch(tail) or last is None or last.kind not in _QUOTES:
            return False
        last.leaf("after-quoted-block", tail, (), last.line)
        return True

    def _sums(self, element: etree._Element, node: Node, rule: Rule) -> None:
        """Appropriations headings stand side by side, as in the Bill DTD: some of USLM nest them.

        The reading order stays the same: only those that end the level around them are taken out.
        """
        self._block(element, node, rule)
        siblings = node.children
        if not siblings or siblings[-1].kind not in APPROPRIATIONS:
            return
        outer = siblings[-1]
        inside = outer.children
        keep = len(inside)
        while keep and inside[keep - 1].kind in APPROPRIATIONS:
            keep -= 1
        taken = inside[keep:]
        del inside[keep:]
        if outer.empty:
            siblings.pop()
        siblings += taken

    def _run(self, element: etree._Element, node: Node, _rule: Rule) -> None:
        if node.words is not None:
            node.close()
        if len(element) or self._marked:
            self._marked_words(element, node)
            node.close()
        elif text := fold(element.text or ""):
            node.put(text, ())

    def _through(self, element: etree._Element, node: Node, _rule: Rule) -> None:
        node.close()
        outside = node.markup
        if self._marked:
            node.markup = self._committee.mark(element, outside)
        self._fill(element, node, self._levels)
        node.close()
        node.markup = outside

    def _num(self, element: etree._Element, node: Node, _rule: Rule) -> None:
        if node.enum or node.begun:
            self._heading_between(element, node)
        elif len(element) or self._marked:
            node.enum, spans = self._line(element, node)
            node.enum_spans = [s for s in spans if s.kind in _MARKS]
        else:
            node.enum = fold(element.text or "")

    def _heading(self, element: etree._Element, node: Node, _rule: Rule) -> None:
        if node.heading or node.begun:
            self._heading_between(element, node)
        elif len(element) or self._marked:
            node.heading, node.heading_spans = self._line(element, node)
        else:
            node.heading = fold(element.text or "")

    def _heading_between(self, element: etree._Element, node: Node) -> None:
        node.close()
        text, spans = self._line(element, node)
        if text:
            node.leaf("heading", text, spans, element.sourceline or 0)

    def _line(self, element: etree._Element, node: Node) -> tuple[str, Sequence[Span]]:
        """An enumerator or heading: words with spans; a block inside one is read as words."""
        line = Node("heading", element.sourceline or 0, node.context, node.markup)
        outer = self._aside
        self._aside = aside = [] if outer is None else outer
        self._marked_words(element, line)
        self._aside = outer
        if outer is None and aside:
            node.notes = (*node.notes, *aside)
        if not line.children and not line.own_read:
            words = line.open()
            return words.text(), words.spans
        line.close()
        return _in_one(line)

    def _break(self, element: etree._Element, node: Node, rule: Rule) -> None:
        # USLM lets a break hold words, which no known file does.
        if len(element) or element.text:
            self._join(element, node, rule)
        else:
            node.open().blank()

    def _join(self, element: etree._Element, node: Node, _rule: Rule) -> None:
        """A column, or a number or heading in the middle of words."""
        node.open().blank()
        self._marked_words(element, node)
        node.open().blank()

    def _note(self, element: etree._Element, node: Node, rule: Rule) -> None:
        aside, self._aside = self._aside, None
        note = self._node(element, rule, node)
        self._aside = aside
        if note.empty:
            return
        if aside is None:
            node.notes = (*node.notes, note)
        else:
            aside.append(note)

    def _beside(self, element: etree._Element, _node: Node, rule: Rule) -> None:
        if text := lines(element):
            self.noticed.margin.append(FrontMatter(rule.kind, text))

    def _pass(self, element: etree._Element, node: Node, rule: Rule) -> None:
        """What holds no words of the body."""

    def _after_quote(self, element: etree._Element, node: Node, rule: Rule) -> None:
        last = node.children[-1] if node.children else None
        if last is None or last.kind not in _QUOTES or (node.words and node.words.length):
            self._inline(element, node, rule)
            return
        stop = self._node(element, rule, last)
        if not stop.empty:
            last.children.append(stop)

    # ── words ─────────────────────────────────────────────────────────────────────────────────────

    def _marked_words(self, element: etree._Element, node: Node, sign: str = "") -> None:
        """The words of an element after its sign, under its own committee mark if it has one."""
        outside = node.markup
        markup = self._committee.mark(element, outside) if self._marked else outside
        if sign:
            node.open().add(sign)
        if markup is outside:
            self._fill(element, node, self._phrases)
            return
        before = node.open()
        start = before.length - len(sign.strip())
        node.markup = markup
        self._fill(element, node, self._phrases)
        node.markup = outside
        if markup is not Markup.NONE:
            _mark(node, before, start, markup.value)

    def _inline(self, element: etree._Element, node: Node, rule: Rule) -> None:
        before = node.words or node.open()
        kind = rule.kind
        value = ""
        for name in rule.targets:
            if value := element.get(name) or "":
                break
        if not (len(element) or self._marked or rule.sign):
            if words := element.text:
                start = before.add(words)
                if kind and start < before.length:
                    before.spans.append(Span(start, before.length, kind, value))
            return
        start = before.length
        sign = rule.sign
        if rule.action is Action.PICTURE and sign:
            sign = f" {picture_name(element)} "
        self._marked_words(element, node, sign)
        if kind:
            before.mark(start, kind, value)
            if node.words is not before:
                _mark_rest(node, kind, value)

    def _phrase(self, element: etree._Element, node: Node, rule: Rule) -> None:
        """Words that a committee put in or struck; `changed` repeated on them says the same."""
        before = node.open()
        start = before.length
        outside = node.markup
        node.markup = markup = self._committee.phrase(element, rule.mark or Markup.NONE)
        self._fill(element, node, self._phrases)
        node.markup = outside
        _mark(node, before, start, rule.kind)
        if markup:
            _mark(node, before, start, markup.value)

    def _entity(self, reference: etree._Element, node: Node, _rule: Rule) -> None:
        """A character by the name that the DTDs give it (`&sect;`), which are those of HTML."""
        # Few files name characters so, and the table takes a while to load.
        from html.entities import html5

        # Comments and instructions were dropped before: nothing else has no name.
        text = reference.text or ""
        known = html5.get(text.removeprefix("&"))
        node.open().add(known or text)
        if known is None:
            line = reference.sourceline or 0
            self.noticed.not_understood.append(NotUnderstood(line, "entity", text))

    def _puzzle(self, element: etree._Element, parent: etree._Element) -> tuple[_Read, Rule]:
        """How to read an element that the table does not know."""
        if not isinstance(element.tag, str):
            return self._entity, _ENTITY
        name = element.tag.rpartition("}")[2]
        if len(element) or (element.text or "").strip():
            self.noticed.not_understood.append(
                NotUnderstood(element.sourceline or 0, name, _beginning(element))
            )
        if parent is not self._parent:
            self._parent = parent
            self._mixed = _has_words(parent)
        if self._mixed:
            return self._inline, Rule(_INLINE, name)
        return self._block, Rule(_BLOCK, name)


_ENTITY = Rule(_INLINE, "")
_SECTION = Rule(_BLOCK, "section")


def _in_one(line: Node) -> tuple[str, Sequence[Span]]:
    """The words of a line that holds blocks, one after the other, with their spans."""
    text = ""
    spans: list[Span] = []
    for node in line.walk():
        fields = ((node.enum, node.enum_spans), (node.heading, node.heading_spans))
        for part, inside in (*fields, (node.text, node.spans)):
            if not part:
                continue
            at = len(text) + 1 if text else 0
            text = f"{text} {part}" if text else part
            spans += [Span(s.start + at, s.end + at, s.kind, s.value) for s in inside]
            if node.markup is not line.markup and node.markup:
                spans.append(Span(at, len(text), node.markup.value))
    return text, spans


def _mark(node: Node, before: Words, start: int, kind: str) -> None:
    before.mark(start, kind)
    if node.words is not before:
        _mark_rest(node, kind, "")


def _mark_rest(node: Node, kind: str, value: str) -> None:
    """Put a span over the words after a block that broke the marked ones."""
    if node.words is not None:
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
