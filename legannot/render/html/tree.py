"""The rows of a comparison as the page lays them out: units, frames of quoted law, folds, stubs.

    row 0  sec. 4             ┐ unit "Sec. 4."
    row 1    (a) unchanged    │   fold "3 unchanged paragraphs, (a) to (c)"
    row 2    (b) unchanged    │
    row 3    (c) unchanged    │
    row 4    (d) changed      │   passage
    row 5      quoted block   │     frame
    row 6        “(5) …       │       passage, end of frame
    row 7  sec. 5 unchanged   ┘ unit ...

A run is folded only if nothing in it changed, by its words or by what it means, and nothing below
it did, so that every mark keeps its lead-ins in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from legannot.model import CONTAINERS, Change, ChangeKind, Context, Provision
from legannot.model.paths import number
from legannot.render.wording import count

# Two quiet paragraphs take no more room than the line that would stand for them.
FOLD_FROM = 3

EventKind = Literal[
    "unit", "lead", "end-unit", "passage", "frame", "end-frame", "table", "end-table", "table-row",
    "end-table-row", "cell", "unit-fold", "fold", "end-fold", "stub",
]  # fmt: skip


@dataclass(slots=True)
class Node:
    """A row and the rows below it; `first` and `after` are moved rows that once stood there."""

    index: int
    row: Change
    children: list[Node] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    quiet: bool = True
    container: bool = False

    @property
    def headed(self) -> bool:
        """Whether it has a heading of its own in the redline: a section, or what holds sections."""
        return self.container or self.row.level == "section"

    def walk(self) -> Iterator[Node]:
        """Itself and all nodes below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Event:
    """One step of writing the redline: `index` is a row, `depth` its indentation, `label` words.

    `lead` is the text of a unit or frame whose number and heading are already written.
    """

    kind: EventKind
    index: int = -1
    depth: int = 0
    label: str = ""


def tree(
    rows: Sequence[Change],
    old: Sequence[Provision],
    new: Sequence[Provision],
    loud: Callable[[int], bool],
) -> list[Node]:
    """The rows as a forest; `loud(index)` says whether a row must be in sight.

    `old` and `new` are the outermost provisions of both versions.  A row hangs on the row of the
    provision that holds it, in the new version or, if it was removed, in the old: a removed section
    may stand between the paragraphs of another one and must not swallow those that follow.
    """
    nodes = [Node(index, row) for index, row in enumerate(rows)]
    at_old: dict[str, Node] = {}
    at_new: dict[str, Node] = {}
    for node in nodes:
        if node.row.old:
            at_old.setdefault(node.row.old.path, node)
        if node.row.new:
            at_new.setdefault(node.row.new.path, node)
    above_old, above_new = _parents(old), _parents(new)
    roots: list[Node] = []
    for node in nodes:
        parent = (
            at_new.get(above_new[node.row.new.path])
            if node.row.new
            else at_old.get(above_old[node.row.shown.path])
        )
        (parent.children if parent else roots).append(node)
    _leave_stubs(nodes, at_old, old)
    for root in roots:
        _settle(root, loud)
    return roots


def _parents(roots: Sequence[Provision]) -> dict[str, str]:
    parents = {root.path: "" for root in roots}
    for root in roots:
        for provision in root.walk():
            parents.update((child.path, provision.path) for child in provision.children)
    return parents


def _settle(node: Node, loud: Callable[[int], bool]) -> None:
    """Set what depends on all below: whether a node holds sections, whether it may be folded."""
    for child in node.children:
        _settle(child, loud)
    # An amendment between the houses holds whole sections, as a title does.
    node.container = node.row.level in CONTAINERS or (
        node.row.level not in ("section", "quoted-block")
        and any(child.headed for child in node.children)
    )
    node.quiet = (
        not loud(node.index)
        and not node.first
        and all(child.quiet and not child.after for child in node.children)
    )


def _leave_stubs(nodes: Sequence[Node], old: dict[str, Node], roots: Sequence[Provision]) -> None:
    """Hang each moved row on the row that stood before it in the old version."""
    before: dict[str, tuple[str, str]] = {}
    families = [("", roots)]
    families += [(n.row.old.path, n.row.old.children) for n in nodes if n.row.old]
    for parent, children in families:
        previous = ""
        for child in children:
            before[child.path] = (previous, parent)
            previous = child.path
    for node in nodes:
        if node.row.old is None or ChangeKind.MOVED not in node.row.kinds:
            continue
        if node.row.shown.context is Context.TOC:
            continue
        sibling, parent = before.get(node.row.old.path, ("", ""))
        while sibling and (sibling not in old or ChangeKind.MOVED in old[sibling].row.kinds):
            sibling = before[sibling][0]
        if sibling:
            old[sibling].after.append(node.index)
        elif parent in old:
            old[parent].first.append(node.index)


def units(roots: Sequence[Node]) -> Iterator[Node]:
    """The headed rows in order, containers before what they hold."""
    for node in roots:
        yield node
        if node.container:
            yield from units(node.children)


def events(roots: Sequence[Node], *, fold: bool) -> Iterator[Event]:
    """The forest in writing order; without `fold` everything stays in sight."""
    for quiet, run in groupby(roots, key=lambda n: fold and _folds(n)):
        group = list(run)
        if quiet and len(group) >= FOLD_FROM:
            yield Event("unit-fold", label=_units_label(group))
            for node in group:
                yield from _unit(node, fold=False)
            yield Event("end-fold")
        else:
            for node in group:
                yield from _unit(node, fold=fold)
                yield from _stubs(node.after)


def _folds(node: Node) -> bool:
    return node.quiet and node.headed and not node.after


def _unit(node: Node, *, fold: bool) -> Iterator[Event]:
    if node.container:
        yield Event("unit", node.index)
        yield Event("lead", node.index)
        yield from _stubs(node.first)
        yield Event("end-unit")
        yield from events(node.children, fold=fold)
        return
    yield Event("unit", node.index)
    size = sum(1 for _ in node.walk())
    folded = fold and node.quiet and size >= FOLD_FROM
    if folded:
        yield Event("fold", label=f"{count(size, 'unchanged paragraph')}")
    yield Event("lead", node.index)
    yield from _stubs(node.first)
    yield from _siblings(node.children, 1, fold=fold and not folded)
    if folded:
        yield Event("end-fold")
    yield Event("end-unit")


def _siblings(nodes: Sequence[Node], depth: int, *, fold: bool) -> Iterator[Event]:
    for quiet, run in groupby(nodes, key=lambda n: fold and n.quiet and not n.after):
        group = list(run)
        if quiet and sum(1 for node in group for _ in node.walk()) >= FOLD_FROM:
            yield Event("fold", depth=depth, label=_paragraphs_label(group))
            for node in group:
                yield from _below(node, depth, fold=False)
            yield Event("end-fold")
        else:
            for node in group:
                yield from _below(node, depth, fold=fold)
                yield from _stubs(node.after, depth)


def _below(node: Node, depth: int, *, fold: bool) -> Iterator[Event]:
    kind = node.row.level
    if kind == "quoted-block":
        yield Event("frame", node.index, depth)
        yield Event("lead", node.index)
        yield from _stubs(node.first, 1)
        yield from _siblings(node.children, 1, fold=fold)
        yield Event("end-frame")
        return
    if kind == "table":
        yield from _table(node, depth)
        return
    # Flush text belongs to the level whose children it follows.
    yield Event("passage", node.index, max(depth - 1, 0) if kind == "continuation" else depth)
    yield from _stubs(node.first, depth + 1)
    yield from _siblings(node.children, depth + 1, fold=fold)


def _table(table: Node, depth: int) -> Iterator[Event]:
    """Rows and cells; a title or description stands before them."""
    rows = [node for node in table.walk() if node.row.level == "row"]
    in_rows = {node.index for row in rows for node in row.walk()}
    for node in table.walk():
        if node.index not in in_rows:
            yield Event("passage", node.index, depth)
    yield Event("table", table.index, depth)
    for row in rows:
        yield Event("table-row", row.index)
        for node in row.walk():
            if node is not row:
                yield Event("cell", node.index)
        yield Event("end-table-row")
    yield Event("end-table")


def _stubs(indices: Sequence[int], depth: int = 0) -> Iterator[Event]:
    for index in indices:
        yield Event("stub", index, depth)


def _units_label(nodes: Sequence[Node]) -> str:
    names = [n.row.shown.enum.rstrip(".") or n.row.shown.heading for n in nodes]
    noun = "section" if all(n.row.level == "section" for n in nodes) else "part"
    return f"{count(len(nodes), f'unchanged {noun}')}, {names[0]} to {names[-1]}"


def _paragraphs_label(nodes: Sequence[Node]) -> str:
    size = sum(1 for node in nodes for _ in node.walk())
    numbered = [f"({number(n.row.shown.enum)})" for n in nodes if n.row.shown.enum]
    label = count(size, "unchanged paragraph")
    if not numbered:
        return label
    return f"{label}, {numbered[0]}" + (f" to {numbered[-1]}" if len(numbered) > 1 else "")
