"""The rows of a comparison as one sequence in which both versions keep their own order.

A document with tracked changes has one order.  Rows that hold the same place in both versions stand
once; the others stand where each version has them:

    old  1 2 3 4        1 kept · 2 left · 3 kept · 4 kept · 2 arrived · 5 come
    new  1 3 4 2 5

Without what was left or is gone this is the new order, without what arrived or came the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from legannot.align.moves import heaviest_increasing
from legannot.model import CONTAINERS, Bill, Change, ChangeKind, Comparison, Provision

# Elements around others that indent nothing by themselves.
_FRAMES = ("quoted-block", "table", "tgroup", "thead", "tbody", "tfoot")


class Fate(StrEnum):
    """Which of the two texts a paragraph belongs to."""

    KEPT = "kept"
    GONE = "gone"  # only the old version has it
    COME = "come"  # only the new version has it
    LEFT = "left"  # where a moved provision stood
    ARRIVED = "arrived"  # where it stands now


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision stands in its version.

    `depth` counts the levels of text around it: containers and the section itself are at 0.
    `heading` is the rank of its heading, 0 for a provision without one of its own.  `table` and
    `line` are the paths of the table and of its row that it stands in, or its own if it is one.
    """

    provision: Provision
    position: int
    depth: int = 0
    heading: int = 0
    quoted: bool = False
    table: str = ""
    line: str = ""

    @property
    def is_line(self) -> bool:
        """Whether it is a row of a table, which holds its cells."""
        return self.line == self.provision.path

    @property
    def cells(self) -> tuple[Provision, ...]:
        """All below a row of a table."""
        return tuple(self.provision.walk())[1:]


@dataclass(frozen=True, slots=True)
class Item:
    """A row in the sequence; `move` numbers the run of moved rows it belongs to, from 1."""

    row: Change
    fate: Fate
    old: Place | None
    new: Place | None
    move: int = 0

    @property
    def place(self) -> Place:
        """The place to lay it out by: that of the version the words stand in here."""
        place = self.old if self.fate in (Fate.GONE, Fate.LEFT) else self.new or self.old
        if place is None:
            raise ValueError("an item has at least one side")
        return place


def places(bill: Bill) -> dict[str, Place]:
    """Every provision of a version by its path."""
    found: dict[str, Place] = {}

    def visit(provision: Provision, around: Place) -> None:
        headed = provision.kind == "section" or provision.kind in CONTAINERS
        # Flush text belongs to the level whose children it follows.
        back = provision.kind == "continuation"
        found[provision.path] = here = Place(
            provision=provision,
            position=len(found),
            depth=max(around.depth - back, 0),
            heading=around.heading if headed else 0,
            quoted=around.quoted or provision.kind == "quoted-block",
            table=provision.path if provision.kind == "table" else around.table,
            line=around.line
            or (provision.path if around.table and provision.kind == "row" else ""),
        )
        below = replace(here, depth=_below(here), heading=around.heading + headed)
        for child in provision.children:
            visit(child, below)

    for provision in bill.provisions:
        visit(provision, Place(provision, 0, heading=1))
    return found


def _below(place: Place) -> int:
    """The depth of what a provision holds: quoted law stands in its frame, not deeper."""
    kind = place.provision.kind
    if kind in CONTAINERS:
        return 0
    return place.depth + (kind not in _FRAMES)


def sequence(comparison: Comparison) -> list[Item]:
    """All rows in one order; a row of a table is one item with all its cells."""
    at_old, at_new = places(comparison.old), places(comparison.new)
    items = [
        Item(
            row,
            Fate.KEPT,
            at_old[row.old.path] if row.old else None,
            at_new[row.new.path] if row.new else None,
        )
        for row in comparison.rows
    ]
    kept = _kept(items, _moved_with(comparison))
    old = [
        item if i in kept else replace(item, fate=Fate.LEFT if _moves(item) else Fate.GONE)
        for i, item in enumerate(items)
        if item.old and not _inside(item.old)
    ]
    new = [
        item if i in kept else replace(item, fate=Fate.ARRIVED if _moves(item) else Fate.COME)
        for i, item in enumerate(items)
        if item.new and not _inside(item.new)
    ]
    old.sort(key=lambda item: item.old.position if item.old else 0)
    new.sort(key=lambda item: item.new.position if item.new else 0)
    return _numbered(list(_merged(old, new)))


def _inside(place: Place) -> bool:
    """Whether it is a cell, which its row of the table brings along."""
    return bool(place.line) and not place.is_line


def _moves(item: Item) -> bool:
    """Whether it may be shown as moved: a row of a table is only put in and taken out."""
    return bool(item.old and item.new) and _alike(item) and not item.place.is_line


def _alike(item: Item) -> bool:
    """Whether both sides are laid out in the same way."""
    if item.old is None or item.new is None:
        return False
    old, new = item.old, item.new
    return (
        bool(old.heading) == bool(new.heading)
        and old.is_line == new.is_line
        and _inside(old) == _inside(new)
        and (not new.is_line or len(old.cells) == len(new.cells))
    )


# The worth of keeping a row in place that the comparison does not call moved, against one that it
# does: no number of the latter outweighs one of the former.
_STEADY = 10**9


def _kept(items: Sequence[Item], moved: set[str]) -> set[int]:
    """The rows that stand once: the heaviest sequence that both versions have in one order."""
    paired = {
        item.old.position: i
        for i, item in enumerate(items)
        if item.old and item.new and _alike(item) and not _inside(item.new)
    }
    # In the order of the new version, as the rows are.
    values = list(paired)
    weights = []
    for i in paired.values():
        path = items[i].row.shown.path
        weights.append(1 if path in moved else _STEADY)
    return {paired[value] for value in heaviest_increasing(values, weights)}


def _moved_with(comparison: Comparison) -> set[str]:
    """The new paths of the provisions that moved, and of all below them."""
    at = {provision.path: provision for provision in comparison.new.walk()}
    return {
        below.path
        for row in comparison.rows
        if row.new and ChangeKind.MOVED in row.kinds
        for below in at[row.new.path].walk()
    }


def _merged(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Item]:
    """Both orders woven into one, the deeper provision first and then the old one.

    So that what is new in a section stands in it, before a removed section that followed it.
    """
    i = j = 0
    while i < len(old) or j < len(new):
        left = old[i] if i < len(old) and old[i].fate is not Fate.KEPT else None
        right = new[j] if j < len(new) and new[j].fate is not Fate.KEPT else None
        if left and (right is None or _rank(left) >= _rank(right)):
            yield left
            i += 1
        elif right:
            yield right
            j += 1
        else:
            yield new[j]
            i, j = i + 1, j + 1


def _rank(item: Item) -> tuple[int, int]:
    place = item.place
    headed = place.heading and not place.quoted
    return (-1, place.heading) if headed else (place.depth, 0)


def _numbered(items: list[Item]) -> list[Item]:
    """Number the runs of rows that moved together; both places of a run bear the same number."""
    left = {id(item.row): i for i, item in enumerate(items) if item.fate is Fate.LEFT}
    numbers: dict[int, int] = {}
    run, before = 0, (-2, -2)
    for at, item in enumerate(items):
        if item.fate is not Fate.ARRIVED:
            continue
        here = (at, left[id(item.row)])
        run += here != (before[0] + 1, before[1] + 1)
        numbers[id(item.row)] = run
        before = here
    return [
        replace(item, move=numbers[id(item.row)])
        if item.fate in (Fate.LEFT, Fate.ARRIVED)
        else item
        for item in items
    ]
