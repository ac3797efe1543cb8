"""Marked words to lines of a terminal: styles where it has them, brackets where it has none.

    styled   The Secretary m̶a̶y̶ s͟h͟a͟l͟l͟ require …       strike, double underline, a gap in between
    plain    The Secretary [-may-]{+shall+} require …

Strike and double underline survive forced colours and grey print; colour is never the only sign
(REPORT, findings 4 and 5).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from legannot.render.inert import inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Words `kept` stand between `came` and `came to an end`, which show in brackets only: they came
# from elsewhere, where they are shown as words that `went`.
Style = Literal[
    "", "insert", "delete", "went", "came", "kept", "came to an end", "place", "kind", "quiet"
]

_STYLES: dict[Style, str] = {
    "": "",
    "insert": "underline2 bright_blue",
    "delete": "strike yellow",
    "went": "strike dim",
    "came": "",
    "kept": "underline",
    "came to an end": "",
    "place": "bold",
    "kind": "italic",
    "quiet": "dim",
}
_BRACKETS: dict[Style, tuple[str, str]] = {
    "insert": ("{+", "+}"),
    "delete": ("[-", "-]"),
    "went": ("[<", "<]"),
    "came": ("{>", ""),
    "came to an end": ("", ">}"),
}
_SIGNS = frozenset(("came", "came to an end"))
# Joins a bracket to the blank inside it, so that no line ends in a bare bracket; bill text holds
# none, since every blank in it is folded to a plain one.
_GLUE = "\u00a0"
# Below this a line no longer holds the longer words of law.
_NARROWEST = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces set as one paragraph, indented by so many columns; none make an empty line."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0


def paint(blocks: Iterable[Block], *, color: bool, width: int) -> str:
    """The blocks as lines of at most `width` columns, where no single word is longer.

    Characters that could steer a terminal or reorder text are shown as U+FFFD.
    """
    safe = (
        Block(
            tuple(Piece(inert(p.text), p.style) for p in b.pieces if p.text or p.style in _SIGNS),
            b.indent,
        )
        for b in blocks
    )
    return _styled(safe, width) if color else _plain(safe, width)


def _plain(blocks: Iterable[Block], width: int) -> str:
    lines: list[str] = []
    for block in blocks:
        text = "".join(map(_bracketed, block.pieces))
        indent = " " * block.indent
        wrapped = textwrap.wrap(
            text,
            max(width, block.indent + _NARROWEST),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += (line.replace(_GLUE, " ") for line in wrapped or [""])
    return "".join(f"{line}\n" for line in lines)


def _bracketed(piece: Piece) -> str:
    if piece.style not in _BRACKETS:
        return piece.text
    opening, closing = _BRACKETS[piece.style]
    words = piece.text.strip(" ")
    before = _GLUE * (len(piece.text) - len(piece.text.lstrip(" "))) if words else ""
    after = _GLUE * (len(piece.text) - len(before) - len(words))
    return f"{opening}{before}{words}{after}{closing}"


def _styled(blocks: Iterable[Block], width: int) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for block in blocks:
            text = Text.assemble(*((p.text, _STYLES[p.style]) for p in _gaps(block.pieces)))
            for line in _lines(text, console, max(width - block.indent, _NARROWEST)):
                console.print(Text(" " * block.indent) + line, soft_wrap=True)
    return capture.get()


def _lines(text: Text, console: Console, width: int) -> Iterator[Text]:
    for line in text.wrap(console, width):
        line.rstrip()
        yield line


def _gaps(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """A blank between struck and new words that stand close, so that they do not run together."""
    for piece, after in pairwise((*pieces, Piece(""))):
        yield piece
        close = not piece.text.endswith(" ") and not after.text.startswith(" ")
        if piece.style == "delete" and after.style == "insert" and close:
            yield Piece(" ")
