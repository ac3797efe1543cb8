"""The legislative body of the Bill, Resolution and Amendment DTDs as a tree of provisions.

Every element is either a structure or leaf (a provision) or inline (a span over words); one that the
tables do not know is kept as a provision under its own name and listed.  Words that stand after a
child of their provision become a child of kind `continuation`, so that the reading order of the print
is the order of the tree:

    <paragraph><enum>(1)</enum><text>The Director shall—</text>      paragraph (1) "The Director shall—"
      <subparagraph>…</subparagraph>                                    subparagraph (A) …
      <continuation-text>before the date.</continuation-text>           continuation "before the date."
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from legannot.model import Context, Markup, NotUnderstood, Provision, Span
from legannot.parse.elements import BODIES, INLINE, LEAVES, RENAMED, SILENT, STRUCTURES
from legannot.parse.words import Words

_SIGNS = {"superscript": "^", "subscript": "_"}
_TARGETS = ("parsable-cite", "idref", "legal-doc")
_CONTEXTS = {"quoted-block": Context.QUOTED, "toc": Context.TOC, "preamble": Context.PREAMBLE}
_PHRASES = {"added-phrase": "inserted", "deleted-phrase": "struck"}
_STRUCK_STYLES = frozenset(
    ("strikethrough", "brackets-boldface-roman", "brackets-boldface-italic", "bold-brackets")
)
_CHANGED = {"added": Markup.INSERTED, "deleted": Markup.STRUCK, "not-changed": Markup.NONE}


class _Level:
    """A provision in the making: its own words, then its children, with words between them kept."""

    __slots__ = ("children", "context", "heading", "heading_spans", "line", "markup", "own", "words")

    def __init__(self, line: int, context: Context, markup: Markup) -> None:
        self.line = line
        self.context = context
        self.markup = markup
        self.heading = ""
        self.heading_spans: tuple[Span, ...] = ()
        self.own: Words | None = None
        self.words = Words()
        self.children: list[Provision] = []

    @property
    def begun(self) -> bool:
        """Whether anything but enumerator and heading was read."""
        return self.own is not None or bool(self.children) or not self.words.empty

    def close_words(self) -> None:
        """End a run of words: the first before any child is the provision's own text."""
        if self.words.empty:
            return
        if self.own is None and not self.children:
            self.own = self.words
        else:
            self.add_leaf("continuation", self.words.text(), tuple(self.words.spans), self.line)
        self.words = Words()

    def add_leaf(self, kind: str, text: str, spans: tuple[Span, ...], line: int) -> None:
        """A child that holds only words."""
        self.children.append(
            Provision("", kind, "", "", text, self.context, self.markup, spans, (), (), line)
        )

    def provision(self, kind: str, enum: str) -> Provision:
        """The finished provision, its path still to be set."""
        own = self.own
        return Provision(
            "",
            kind,
            enum,
            self.heading,
            own.text() if own else "",
            self.context,
            self.markup,
            tuple(own.spans) if own else (),
            self.heading_spans,
            tuple(self.children),
            self.line,
        )


class BodyReader:
    """Reads body elements; `not_understood` and `notices` grow as it goes."""

    def __init__(self) -> None:
        self.not_understood: list[NotUnderstood] = []
        self.notices: list[str] = []

    def read(self, body: etree._Element) -> list[Provision]:
        """The provisions directly under a body element; words of its own become one of kind `text`."""
        whole = self._provision(body, Context.OPERATIVE, Markup.NONE)
        if not whole.text and not whole.heading:
            return list(whole.children)
        return [replace(whole, kind="text", children=()), *whole.children]

    def read_part(self, element: etree._Element) -> list[Provision]:
        """A part of the document beside the body, such as a preamble, as one provision."""
        level = _Level(element.sourceline or 0, Context.OPERATIVE, Markup.NONE)
        self._block(element, level)
        return level.children

    def _provision(self, element: etree._Element, context: Context, markup: Markup) -> Provision:
        tag = element.tag
        markup = self._markup(element, markup)
        level = _Level(element.sourceline or 0, _CONTEXTS.get(tag, context), markup)
        enum = ""
        if element.text:
            level.words.add(element.text)
        for child in element:
            name = child.tag
            if name == "text":
                level.close_words()
                self._content(child, level)
                level.close_words()
            elif name == "enum" and not enum and not level.begun:
                enum = self._line(child)[0]
            elif name == "header" and not level.heading and not level.begun:
                level.heading, level.heading_spans = self._line(child)
            elif name in ("enum", "header"):
                level.close_words()
                text, spans = self._line(child)
                if text:
                    level.add_leaf("heading", text, spans, child.sourceline or 0)
            elif self._is_inline(child, element):
                self._inline(child, level)
            else:
                self._block(child, level)
            if child.tail:
                level.words.add(child.tail)
        level.close_words()
        return level.provision(RENAMED.get(tag, tag), enum)

    def _is_inline(self, child: etree._Element, parent: etree._Element) -> bool:
        name = child.tag
        if not isinstance(name, str) or name in INLINE:
            return True
        if name in STRUCTURES or name in LEAVES or name in BODIES:
            return False
        # An unknown element among words is a mark on words; among blocks it is a block.
        return bool((parent.text or "").strip()) or any((c.tail or "").strip() for c in parent)

    def _block(self, element: etree._Element, level: _Level) -> None:
        level.close_words()
        name = element.tag
        if name in SILENT:
            return
        if name in BODIES:
            level.children.extend(self.read(element))
            return
        if name not in STRUCTURES and name not in LEAVES:
            self._unknown(element)
        provision = self._provision(element, level.context, level.markup)
        if provision.text or provision.heading or provision.enum or provision.children:
            level.children.append(provision)

    def _content(self, element: etree._Element, level: _Level) -> None:
        """The words of an inline or `text` element; a structure inside it breaks the words."""
        markup = self._markup(element, level.markup)
        words, start = level.words, level.words.start()
        if element.text:
            words.add(element.text)
        for child in element:
            name = child.tag
            if isinstance(name, str) and (name in STRUCTURES or name in LEAVES and name != "formula"):
                if markup is not level.markup:
                    words.mark(start, markup.value or "kept")
                self._block(child, level)
                words, start = level.words, 0
            else:
                self._inline(child, level)
            if child.tail:
                words.add(child.tail)
        if markup is not level.markup and markup is not Markup.NONE:
            words.mark(start, markup.value)

    def _inline(self, element: etree._Element, level: _Level) -> None:
        name = element.tag
        words = level.words
        if not isinstance(name, str):
            # Only an unresolved entity reference reaches here: comments and instructions are dropped.
            text = element.text or ""
            words.add(text)
            self.not_understood.append(NotUnderstood(element.sourceline or 0, "entity", text))
            return
        if name == "linebreak":
            words.blank()
            return
        if name in SILENT:
            return
        if name not in INLINE and name != "formula":
            self._unknown(element)
        start = words.start()
        if sign := _SIGNS.get(name):
            words.add(sign)
        self._content(element, level)
        if level.words is not words:
            return
        words.mark(start, name, next((v for v in map(element.get, _TARGETS) if v), ""))
        if phrase := _PHRASES.get(name):
            words.mark(start, phrase)

    def _line(self, element: etree._Element) -> tuple[str, tuple[Span, ...]]:
        """An enumerator or heading: words with spans; a block inside one is read as words."""
        level = _Level(element.sourceline or 0, Context.OPERATIVE, Markup.NONE)
        self._content(element, level)
        if not level.children and level.own is None:
            return level.words.text(), tuple(level.words.spans)
        level.close_words()
        whole = level.provision("heading", "")
        parts = (part for p in whole.walk() for part in (p.enum, p.heading, p.text) if part)
        return " ".join(parts), whole.spans

    def _unknown(self, element: etree._Element) -> None:
        text = " ".join("".join(element.itertext()).split())
        self.not_understood.append(NotUnderstood(element.sourceline or 0, str(element.tag), text))

    def _markup(self, element: etree._Element, inherited: Markup) -> Markup:
        if not element.attrib:
            return inherited
        changed = element.get("changed") or ""
        style = element.get("reported-display-style")
        if not style:
            return _CHANGED.get(changed, inherited)
        # usgpo/api #170: some files mark struck text `added`; the printed style is the surer sign.
        printed = Markup.STRUCK if style in _STRUCK_STYLES else Markup.INSERTED
        if _CHANGED.get(changed, printed) is not printed:
            self.notices.append(
                f"line {element.sourceline}: {element.tag} is marked {changed!r} but printed"
                f" {style!r}; the printed style was followed"
            )
        return printed
