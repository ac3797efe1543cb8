"""How large the change of each section is: words put in and taken out, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from legannot.render.html.index import Index, Link
from legannot.render.html.tally import UnitTally
from legannot.render.html.tree import units
from legannot.render.wording import KINDS

WIDTH = 160
# A bar that cannot be seen would say that nothing changed.
_THINNEST = 2


@dataclass(frozen=True, slots=True)
class Size:
    """A section with its words in and out; `bar_in` and `bar_out` are pixels of `WIDTH`."""

    link: Link
    heading: str
    what: str
    words_in: int
    words_out: int
    bar_in: int
    bar_out: int


def sizes(index: Index, tallies: Mapping[int, UnitTally]) -> tuple[Size, ...]:
    """The sections whose words changed, in the order of the bill; none for a single version."""
    nodes = [node for node in units(index.roots) if not node.container]
    changed = [
        (node.row, tallies[node.index])
        for node in nodes
        if tallies[node.index].words_in or tallies[node.index].words_out
    ]
    most = max((max(tally.words_in, tally.words_out) for _, tally in changed), default=0)
    return tuple(
        Size(
            Link(row.shown.path, index.anchors.of(row)),
            row.shown.heading,
            KINDS[tally.kind],
            tally.words_in,
            tally.words_out,
            _bar(tally.words_in, most),
            _bar(tally.words_out, most),
        )
        for row, tally in changed
    )


def _bar(words: int, most: int) -> int:
    return max(_THINNEST, round(WIDTH * words / most)) if words else 0
