"""GPO's plain-text rendering of bills (`.htm`, `.txt`): levels by enumerator, sequence and indent.

    SEC. 4. DUTIES.                               section 4, heading

        (a) In General.--The Director shall--     subsection (a), heading and lead-in
                (1) report; and                   paragraph (1)
                (2) act                           paragraph (2)
    before July.                                  continuation of (a): flush at the left

A paragraph begins four columns to the right of its other lines, each level eight columns further
in.  The text has no marks of structure, so this is a fallback for bills without XML, and the bill
says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from legannot.errors import InputError
from legannot.model import CONTAINERS, LEVELS, Context, FrontMatter, Markup
from legannot.parse.enrolled import headings_apart, is_enrolled, widened
from legannot.parse.nodes import Node
from legannot.parse.paragraphs import ENTRY, FIRST, FLUSH, SECTION, Paragraph, paragraphs
from legannot.parse.reading import Reading
from legannot.parse.text_front import read_text_front
from legannot.parse.typewriter import decoded, lines

NOTICE = "read from GPO's plain text: levels are inferred, tables are not read as such"

_SIGNS = (
    b"[Congressional Bills",
    b"[From the U.S. Government P",
    b"<pre>\n[",
    b"<DOC>",
    b"&lt;DOC&gt;",
)
_COPIED = re.compile(rb"Be it enacted by the Senate|^SEC(TION|\.) \d+\. ", re.MULTILINE)
# Some renderings put italics between strokes: "/Be it enacted ... assembled, /That".
_FORMULA = re.compile(r"/?(Be it enacted|Resolved)\b")
_SPLIT_FORMULA = re.compile(r"(/?(?:Be it enacted|Resolved)\b.*?,(?: /)?)\s*(That\b.*)", re.DOTALL)
_END = re.compile(
    r"(_{20}|\d+(th|st|nd|rd) CONGRESS|((Union|House|Private) )?Calendar No\.|Attest:"
    r"|Passed the (House|Senate)|Agreed to (by )?the|Speaker of the House of Rep"
    r"|Vice President of the United|Approved [A-Z][a-z]+ \d)"
)
_QUOTE_ENDS = re.compile(r"”[.,;]?( (and|or))?$")
_CONTAINER = re.compile(
    r"[“‘]*(DIVISION|TITLE|SUBTITLE|CHAPTER|SUBCHAPTER|PART|SUBPART)\s+([A-Z0-9]+(?:-[A-Z0-9]+)?)"
    r"\s*(?:[—.]\s*(.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_ENUM = re.compile(r"([“‘]*\(([a-z]{1,5}|[A-Z]{1,5}|\d{1,3}[A-Z]?)\))\s*(.*)", re.DOTALL)
# What follows a number that is referred to, and no level of its own: "(1) and (2)".
_REFERENCE = re.compile(r"(and|or|through)\b|,|$")
_RUN_IN = re.compile(r"([A-Z0-9“‘][^—]{0,150}?\.—)(?=\S|$)(.*)", re.DOTALL)
_ROMAN = re.compile(r"(?=[ivxl])(x{0,3}|xl|l)(ix|iv|v?i{0,3})")

# Of GPO's plain text; a centred line is off the middle by half a blank or so.
_COLUMNS, _OFF = 72, 2
# Characters in which a text says what it is.
_START = 4096
# Paragraphs to look ahead for the first section of a title that a table of contents names.
_AHEAD = 20
# Columns of the deepest level.
_DEEPEST = FIRST + FLUSH * (len(LEVELS) - 1)
# The longest Act enrolled, 116 H.R. 133, has 7 MB of plain text in 140,000 lines.
_MAX_BYTES = 16 * 1024 * 1024
_MAX_LINES = 200_000

# Depth in the tree, as the order of the names of the Bill DTD gives it.
_DEPTHS = {kind: depth for depth, kind in enumerate((*CONTAINERS, "section", *LEVELS))}
_SECTION_DEPTH = _DEPTHS["section"]


def is_plain_text(content: bytes) -> bool:
    """Whether these are GPO's rendering, or a copy of its words, rather than XML or a web page."""
    start = content[:4096]
    if any(sign in start for sign in _SIGNS):
        return True
    bare = not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<", b"{", b"[", b"%PDF"))
    return bare and b"\x00" not in start and _COPIED.search(content) is not None


def read_plain_text(content: bytes, name: str) -> Reading:
    """Read a `.htm` or `.txt` file of GPO.

    Raises `InputError` if it is larger than any bill, or none.
    """
    if len(content) > _MAX_BYTES or content.count(b"\n") > _MAX_LINES:
        raise InputError(
            f"is more than {_MAX_LINES:,} lines of plain text, which no bill is.",
            where=name,
            cure="Give the XML of one bill from govinfo.gov.",
        )
    margin: list[FrontMatter] = []
    text, unsure = decoded(content)
    printed = lines(text, margin)
    if is_enrolled(text[:_START]):
        printed = widened(printed)
    found = list(paragraphs(headings_apart(printed)))
    if not any(p.indent for p in found):
        found = [_indented(p) for p in found]
    begins = [i for i, p in enumerate(found) if _FORMULA.match(p.text)]
    begins += [i for i, p in enumerate(found) if SECTION.match(p.text)]
    if not begins:
        raise InputError(
            "is plain text without an enacting formula or a numbered section.",
            where=name,
            cure="Give the text of a bill, resolution or public law from govinfo.gov.",
        )
    begin = begins[0]
    preamble = next((i for i in range(begin) if found[i].text.startswith("Whereas")), begin)
    end = next(
        (i for i in range(begin, len(found)) if _END.match(found[i].text)),
        len(found),
    )
    cover, body, back = found[:preamble], found[begin:end], found[end:]
    nodes = [*_preamble(found[preamble:begin]), *_Builder().build(body)]
    return Reading("text", nodes, read_text_front(cover, back, margin), (), [NOTICE, *unsure])


def _indented(paragraph: Paragraph) -> Paragraph:
    """A paragraph of a text that a copy left without indents, where the print has it.

    What stands by itself is no line of a table of contents then.
    """
    heading = paragraph.text == paragraph.text.upper()
    return paragraph if heading or not paragraph.alone else replace(paragraph, indent=FIRST)


def _preamble(found: Sequence[Paragraph]) -> list[Node]:
    if not found:
        return []
    node = Node("preamble", found[0].line, Context.PREAMBLE, Markup.NONE)
    for paragraph in found:
        item = _ENUM.match(paragraph.text)
        if item and node.children:
            whereas = node.children[-1]
            below = whereas.leaf(_styles(item[2])[0], item[3], (), paragraph.line)
            below.enum = item[1]
        else:
            node.leaf("whereas", paragraph.text, (), paragraph.line)
    return [node]


class _Builder:
    """Hangs each paragraph below the level that is open for it."""

    def __init__(self) -> None:
        self._root = Node("text", 0, Context.OPERATIVE, Markup.NONE)
        self._open: list[tuple[int, Node]] = [(-1, self._root)]
        # Where in `_open` each quoted block that is open stands.
        self._quotes: list[int] = []
        self._contents = False

    def build(self, body: Sequence[Paragraph]) -> list[Node]:
        """The top nodes of a legislative body."""
        for i, paragraph in enumerate(body):
            if i == 0 and _FORMULA.match(paragraph.text):
                self._formula(paragraph)
            else:
                self._add(paragraph, body[i + 1 : i + 1 + _AHEAD])
        self._root.finish()
        return self._root.children

    def _formula(self, paragraph: Paragraph) -> None:
        split = _SPLIT_FORMULA.match(paragraph.text)
        enacting = paragraph.text.lstrip("/").startswith("Be it")
        kind = "enacting-formula" if enacting else "resolving-clause"
        formula = self._root.leaf(kind, split[1] if split else paragraph.text, (), paragraph.line)
        formula.context = Context.PREAMBLE
        if split:
            section = self._level("section", paragraph)
            section.put(split[2], ())

    def _add(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        text = paragraph.text
        self._quote(paragraph)
        if self._entry(paragraph, rest):
            return
        self._contents = False
        container = _CONTAINER.match(text) if paragraph.alone else None
        section = SECTION.match(text)
        if container:
            node = self._level(container[1].lower(), paragraph)
            node.enum, node.heading = _divided(text)
        elif section and (paragraph.alone or paragraph.indent <= FIRST):
            self._section(paragraph, section)
        elif enumerated := _ENUM.match(text):
            self._enumerated(paragraph, enumerated)
        else:
            self._plain(paragraph)
        if self._quotes and _QUOTE_ENDS.search(text):
            del self._open[self._quotes.pop() :]

    def _quote(self, paragraph: Paragraph) -> None:
        """Open a quoted block where a paragraph begins with its mark, close one that has none."""
        text = paragraph.text
        opens = text.startswith("“")
        # Only flush text of quoted law is printed without the mark.
        flush = paragraph.indent % FLUSH == 0 and not SECTION.match(text)
        if self._quotes and not opens and not text.startswith("‘") and not flush:
            del self._open[self._quotes.pop(0) :]
            self._quotes = []
        if opens and not self._quotes:
            parent = self._open[-1][1]
            block = Node("quoted-block", paragraph.line, Context.QUOTED, parent.markup)
            parent.append(block)
            self._quotes.append(len(self._open))
            self._open.append((-1, block))

    def _level(self, kind: str, paragraph: Paragraph) -> Node:
        depth = _DEPTHS.get(kind, _SECTION_DEPTH)
        floor = self._quotes[-1] if self._quotes else 0
        while len(self._open) > floor + 1 and self._open[-1][0] >= depth:
            self._open.pop()
        parent = self._open[-1][1]
        markup = Markup.STRUCK if paragraph.struck else Markup.NONE
        node = Node(kind, paragraph.line, parent.context, markup)
        parent.append(node)
        self._open.append((depth, node))
        return node

    def _section(self, paragraph: Paragraph, found: re.Match[str]) -> None:
        node = self._level("section", paragraph)
        node.enum = found[1]
        if not paragraph.indent:
            node.heading = found[2]
        elif enumerated := _ENUM.match(found[2]):
            self._enumerated(replace(paragraph, indent=FIRST), enumerated)
        elif found[2]:
            node.put(found[2], ())

    def _enumerated(self, paragraph: Paragraph, found: re.Match[str]) -> None:
        kind = self._kind(found[2], paragraph.indent)
        node = self._level(kind, paragraph)
        node.enum = found[1]
        rest = found[3]
        inner = _ENUM.match(rest)
        if inner and paragraph.indent < _DEEPEST and not _REFERENCE.match(inner[3]):
            deeper = replace(paragraph, indent=paragraph.indent + FLUSH)
            self._enumerated(deeper, inner)
            return
        if heading := _RUN_IN.match(rest):
            node.heading, rest = heading[1], heading[2]
        if rest:
            node.put(rest, ())

    def _kind(self, label: str, indent: int) -> str:
        """The level of an enumerator: of those that its style allows, where it is printed."""
        possible = _styles(label)
        by_indent = LEVELS[min(max(indent - FIRST, 0) // FLUSH, len(LEVELS) - 1)]
        if by_indent in possible:
            return by_indent
        open_kinds = [node.kind for _, node in self._open]
        return next((kind for kind in possible if kind in open_kinds), possible[0])

    def _plain(self, paragraph: Paragraph) -> None:
        """Words without a number: of the level above if it has none yet, else flush text."""
        if paragraph.alone and _is_centred(paragraph):
            self._level("heading", paragraph).put(paragraph.text, ())
            self._open.pop()
            return
        first = paragraph.indent % FLUSH == FIRST
        depth = _SECTION_DEPTH + 1 + max(paragraph.indent - FIRST * first, 0) // FLUSH
        floor = self._quotes[-1] if self._quotes else 0
        while len(self._open) > floor + 1 and self._open[-1][0] > depth - first:
            self._open.pop()
        node = self._open[-1][1]
        if node is self._root:
            node = self._level("section", paragraph)
        if node.begun:
            node.leaf("continuation", paragraph.text, (), paragraph.line)
        else:
            node.put(paragraph.text, ())

    def _entry(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> bool:
        """Keep an entry of a table of contents: in lower case, flush at the left."""
        text = paragraph.text
        entry = _is_entry(paragraph, rest)
        if not entry and _CONTAINER.match(text) and paragraph.alone:
            # A title inside the contents is one whose first section is an entry.
            at = next((i for i, p in enumerate(rest) if SECTION.match(p.text)), len(rest))
            entry = at < len(rest) and _is_entry(rest[at], rest[at + 1 :])
        if not entry:
            return False
        if not self._contents:
            self._contents = True
            toc = Node("toc", paragraph.line, Context.TOC, self._open[-1][1].markup)
            self._open[-1][1].append(toc)
        self._open[-1][1].children[-1].leaf("toc-entry", text, (), paragraph.line)
        if self._quotes and _QUOTE_ENDS.search(text):
            del self._open[self._quotes.pop() :]
        return True


def _is_centred(paragraph: Paragraph) -> bool:
    """Whether a line by itself is a heading: off the columns of paragraphs, or in the middle."""
    if paragraph.indent <= FIRST:
        return False
    off_centre = abs(2 * paragraph.indent + len(paragraph.text) - _COLUMNS)
    in_the_middle = off_centre <= _OFF and paragraph.text[-1] not in ".;:,—”"
    return in_the_middle or paragraph.indent % FLUSH != FIRST


def _is_entry(paragraph: Paragraph, rest: Sequence[Paragraph]) -> bool:
    """Whether "Sec. 5. Bans." is a line of contents: below a section of the Code are its words."""
    if paragraph.indent or not ENTRY.match(paragraph.text):
        return False
    if paragraph.last or _QUOTE_ENDS.search(paragraph.text):
        return True
    return not rest or rest[0].indent != FIRST


def _divided(text: str) -> tuple[str, str]:
    """Number and heading of a container: `TITLE I—` and `MODELS`."""
    head, dash, tail = text.partition("—")
    return head + dash, tail.strip()


def _styles(label: str) -> list[str]:
    """The levels an enumerator can be of, by its style (House drafting manual, section 312)."""
    if label[0].isdigit():
        return ["paragraph"]
    small, large = ("subsection", "clause", "item"), ("subparagraph", "subclause", "subitem")
    letter, roman, doubled = small if label.islower() else large
    possible = []
    # After (z) come (aa) and (aaa): the same style as that of an item.
    if len(set(label)) == 1:
        possible.append(letter)
    if _ROMAN.fullmatch(label.lower()):
        possible.append(roman)
    if len(label) > 1 and len(set(label)) == 1:
        possible.append(doubled)
    return possible or [letter]
