"""A page of headings, paragraphs, lists and tables, as plain text or as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from legannot.render.inert import inert


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 for the page, 2 for a part, 3 below."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, with points below it."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Item | Table

_RULES = {1: "=", 2: "-"}
# Characters that Markdown or the HTML in it would take for its own.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")
_NO_BREAK = "\u00a0"
# The widest cell of a table in columns of text: a column must leave room for the others.
_CELL = 38


def text(blocks: Sequence[Block], width: int) -> str:
    """Plain text, wrapped at `width` columns."""
    lines: list[str] = []
    for block in blocks:
        lines += [line.rstrip() for line in _as_text(block, width)]
    return "".join(f"{line}\n" for line in lines).lstrip("\n")


def markdown(blocks: Sequence[Block]) -> str:
    """Markdown: text stands as it is, whatever signs it holds."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if not (isinstance(block, Item) and isinstance(before, Item)):
            lines.append("")
        lines += _as_markdown(block)
        before = block
    return "".join(f"{line}\n" for line in lines).lstrip("\n")


def _as_text(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Heading):
        said = inert(block.text)
        yield from ("", said)
        if block.level in _RULES:
            yield _RULES[block.level] * min(width, len(said))
    elif isinstance(block, Paragraph):
        yield from _wrapped(block.text, width)
    elif isinstance(block, Item):
        yield from _hung(block.text, width, "- ")
        for point in block.below:
            yield from _hung(point, width, "    ")
    else:
        yield from _columns(block, width)


def _hung(said: str, width: int, mark: str) -> list[str]:
    return _wrapped(said, width, mark)


def _wrapped(said: str, width: int, mark: str = "") -> list[str]:
    """Lines in which neither a word nor a path such as `sec. 4(a)` is broken."""
    lines = textwrap.wrap(
        inert(said).replace("sec. ", f"sec.{_NO_BREAK}"),
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _columns(table: Table, width: int) -> Iterator[str]:
    rows = [tuple(map(inert, row)) for row in (table.header, *table.rows)]
    sizes = [min(_CELL, max(map(len, column))) for column in zip(*rows, strict=True)]
    while sum(sizes) + 2 * len(sizes) > width and max(sizes) > _CELL // 3:
        sizes[sizes.index(max(sizes))] -= 1
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, sizes, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(part.ljust(size) for part, size in zip(line, sizes, strict=True))
        if number == 0:
            yield "  ".join("-" * size for size in sizes)


def _as_markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_escaped(block.text)}"
    elif isinstance(block, Paragraph):
        yield _escaped(block.text)
    elif isinstance(block, Item):
        yield f"- {_escaped(block.text)}"
        for point in block.below:
            yield f"  - {_escaped(point)}"
    else:
        yield f"| {' | '.join(map(_escaped, block.header))} |"
        yield f"|{'---|' * len(block.header)}"
        for row in block.rows:
            yield f"| {' | '.join(map(_escaped, row))} |"


def _escaped(said: str) -> str:
    return _MARKDOWN.sub(r"\\\1", inert(" ".join(said.split())))
