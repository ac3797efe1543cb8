"""The house's own notes on the page: numbered H1, H2 …, in the margin or, where it has no room, in
the list of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from legannot.model.notes import Outcome, Placed
from legannot.render.housenotes import OUTCOMES, body_html, byline, written_on
from legannot.render.html.index import Index, Link


@dataclass(frozen=True, slots=True)
class House:
    """One note as the page shows it.

    `about` are the words it was written on, given where they are not what the page marks.
    """

    number: str
    id: str
    byline: str
    said: Markup
    outcome: Outcome
    label: str
    reason: str
    about: str
    link: Link
    placed: Placed

    @property
    def check(self) -> bool:
        """Whether it bears a mark that a person must look at it."""
        return self.placed.needs_reader


def house_notes(index: Index) -> Mapping[int | None, tuple[House, ...]]:
    """The notes by row, under None those that have no place; numbered in the order of the rows."""
    at: dict[str, int] = {}
    for i, row in enumerate(index.rows):
        if row.new:
            at.setdefault(row.new.path, i)

    def row_of(placed: Placed) -> int | None:
        return at.get(placed.path) if placed.shown else None

    def order(placed: Placed) -> tuple[bool, int, int]:
        row = row_of(placed)
        return row is None, row or 0, placed.start

    found: dict[int | None, tuple[House, ...]] = {}
    for number, placed in enumerate(sorted(index.report.notes, key=order), 1):
        place = row_of(placed)
        found[place] = (*found.get(place, ()), _house(index, f"H{number}", placed))
    return found


def in_order(notes: Mapping[int | None, tuple[House, ...]]) -> list[House]:
    """All of them, by their numbers."""
    return sorted((h for mine in notes.values() for h in mine), key=lambda h: int(h.number[1:]))


def homeless(notes: Iterable[House], shown: Iterable[House]) -> list[House]:
    """Those that no margin shows: without a place, or in a table."""
    numbers = {house.number for house in shown}
    return [house for house in notes if house.number not in numbers]


def _house(index: Index, number: str, placed: Placed) -> House:
    note = placed.note
    return House(
        number=number,
        id=note.id,
        byline=byline(note),
        said=body_html(note),
        outcome=placed.outcome,
        label=OUTCOMES[placed.outcome],
        reason=placed.reason,
        about=written_on(placed) if placed.outcome is not Outcome.SAME else "",
        link=index.link(placed.path) if placed.path else Link("", ""),
        placed=placed,
    )
