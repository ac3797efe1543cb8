"""A redline in two columns: the old text on the left, the new one on the right, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from legannot.model import Change, Comparison, Edit
from legannot.render.paint import Block, Piece, Style, paint
from legannot.render.wording import happened, place

_GUTTER = " | "
_NARROWEST = 64  # columns: below, two columns hold three words each
_SGR = re.compile(r"\x1b\[[0-9;:]*m")


def side_by_side(comparison: Comparison, *, color: bool, width: int) -> str:
    """Every changed provision, struck words marked left and inserted ones right."""
    width = max(width, _NARROWEST)
    column = (width - len(_GUTTER)) // 2
    lines: list[str] = []
    for row in comparison.changes:
        title = Block((Piece(place(row), "place"), Piece(f"  {happened(row)}", "kind")))
        lines += ["", *paint([title], color=color, width=width).splitlines()]
        sides = (
            paint([Block(tuple(_pieces(row, op)))], color=color, width=column).splitlines()
            for op in ("delete", "insert")
        )
        for left, right in zip_longest(*sides, fillvalue=""):
            lines.append(f"{_padded(left, column)}{_GUTTER}{right}".rstrip())
    return "".join(f"{line}\n" for line in lines or ["No change of text (reprint)."])


def _pieces(row: Change, op: str) -> Iterator[Piece]:
    side, other = (row.old, row.new) if op == "delete" else (row.new, row.old)
    if side is None:
        return
    lone: Style = ("delete" if op == "delete" else "insert") if other is None else ""
    yield Piece(f"{side.enum} " if side.enum else "", lone)
    for edits, after in ((row.heading_edits, ". "), (row.edits, "")):
        yield from _side(edits, op)
        if edits and after:
            yield Piece(after, lone)


def _side(edits: tuple[Edit, ...], op: str) -> Iterator[Piece]:
    style: Style = "delete" if op == "delete" else "insert"
    for edit in edits:
        if edit.op == "equal":
            yield Piece(edit.text)
        elif edit.op == op:
            yield Piece(edit.text, style)


def _padded(line: str, width: int) -> str:
    return line + " " * max(0, width - len(_SGR.sub("", line)))
