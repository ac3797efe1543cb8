"""Revision marks of WordprocessingML: one counter, one author, one date for a whole document.

Rules that keep Word from calling a file damaged (ECMA-376 part 1, 17.13.5): no id twice, each range
of a move closed and named as its partner, `w:delText` in what is deleted, a date on every mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from legannot.model.comparison import Op
from legannot.render.docx.layout import Fate

AUTHOR = "legannot"

_INS, _DEL, _FROM, _TO = "w:ins", "w:del", "w:moveFrom", "w:moveTo"
# The mark around words, by what became of the paragraph and of the words in it.
_WORDS: dict[tuple[Fate, Op], str] = {
    (Fate.KEPT, "delete"): _DEL,
    (Fate.KEPT, "insert"): _INS,
    (Fate.GONE, "delete"): _DEL,
    (Fate.GONE, "equal"): _DEL,
    (Fate.COME, "insert"): _INS,
    (Fate.COME, "equal"): _INS,
    (Fate.LEFT, "equal"): _FROM,
    (Fate.LEFT, "delete"): _DEL,
    (Fate.ARRIVED, "equal"): _TO,
    (Fate.ARRIVED, "insert"): _INS,
}
# LibreOffice joins the last change of a paragraph and the first one of the next, together with the
# unchanged end of the paragraph between them, if they are of one kind and bear the same minute.
_APART = timedelta(minutes=2)
_BREAKS = {Fate.GONE: _DEL, Fate.COME: _INS, Fate.LEFT: _FROM, Fate.ARRIVED: _TO}


class Marks:
    """Makes marks, each with an id that no other has; all bear the same day."""

    def __init__(self, date: datetime, first_id: int = 0) -> None:
        self._dates = tuple(f"{when:%Y-%m-%dT%H:%M:%SZ}" for when in (date, date + _APART))
        self._ids = count(first_id)

    def set_apart(self) -> None:
        """Keep the marks to come from being joined with the last ones."""
        self._dates = self._dates[::-1]

    def around(self, fate: Fate, op: Op, runs: Iterable[etree._Element]) -> list[etree._Element]:
        """Runs inside the mark that says what became of them, or bare if nothing did."""
        name = _WORDS.get((fate, op))
        if name is None:
            return list(runs)
        mark = self._mark(name)
        for run in runs:
            mark.append(run)
        return [mark]

    def paragraph_break(self, fate: Fate) -> etree._Element | None:
        """The mark on the end of a paragraph that only one version has."""
        name = _BREAKS.get(fate)
        return self._mark(name) if name else None

    def table_row(self, fate: Fate) -> etree._Element | None:
        """The mark on a row of a table, which is put in or taken out as a whole."""
        name = {Fate.GONE: _DEL, Fate.COME: _INS}.get(fate)
        return self._mark(name) if name else None

    def move_range(self, fate: Fate, move: int) -> tuple[etree._Element, etree._Element]:
        """The start and the end of one of the two places of a move."""
        name = _FROM if fate is Fate.LEFT else _TO
        start = self._mark(f"{name}RangeStart")
        start.set(qn("w:name"), f"move{move}")
        end = OxmlElement(f"{name}RangeEnd")
        end.set(qn("w:id"), start.get(qn("w:id"), ""))
        return start, end

    def bookmark(self, name: str) -> tuple[etree._Element, etree._Element]:
        """The start and the end of a named stretch."""
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(next(self._ids)) if element is start else "")
        end.set(qn("w:id"), start.get(qn("w:id"), ""))
        start.set(qn("w:name"), name)
        return start, end

    def _mark(self, name: str) -> etree._Element:
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(next(self._ids)))
        mark.set(qn("w:author"), AUTHOR)
        mark.set(qn("w:date"), self._dates[0])
        return mark


def deletes(fate: Fate, op: Op) -> bool:
    """Whether words are written as deleted text (a moved one is text in both places)."""
    return _WORDS.get((fate, op)) == _DEL


def side(fate: Fate, op: Op) -> str:
    """Which version alone has words: `old`, `new`, or neither."""
    name = _WORDS.get((fate, op))
    return "" if name is None else "old" if name in (_DEL, _FROM) else "new"
