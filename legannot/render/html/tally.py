"""How much changed: words in and out, the state of each headed unit, counts of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from legannot.model import Change, ChangeKind, Edit
from legannot.render.html.index import Index
from legannot.render.html.tree import Node, units
from legannot.render.wording import CLASS_KEYS, CLASSES, KINDS, count

_ORDER = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.MODIFIED,
    ChangeKind.MOVED,
    ChangeKind.RENUMBERED,
    ChangeKind.UNCHANGED,
)


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many changes are of one class, with the letter of its switch."""

    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class UnitTally:
    """What became of a unit with all below it, in which steps, and how many words came and went."""

    kind: ChangeKind
    steps: tuple[int, ...]
    words_in: int
    words_out: int


def edits_of(row: Change) -> tuple[Edit, ...]:
    """The edits of a row's text, also where a side is missing or nothing changed."""
    return _edits(row.edits, row.old.text if row.old else None, row.new.text if row.new else None)


def heading_edits_of(row: Change) -> tuple[Edit, ...]:
    """The edits of a row's heading, likewise."""
    return _edits(
        row.heading_edits,
        row.old.heading if row.old else None,
        row.new.heading if row.new else None,
    )


def _edits(edits: tuple[Edit, ...], old: str | None, new: str | None) -> tuple[Edit, ...]:
    if edits:
        return edits
    if old is not None and old == new:
        return (Edit("equal", old),) if old else ()
    return tuple(
        edit for edit in (Edit("delete", old or ""), Edit("insert", new or "")) if edit.text
    )


def words(row: Change) -> tuple[int, int]:
    """The number of words put in and taken out, heading included."""
    totals = {"insert": 0, "delete": 0, "equal": 0}
    if row.changed:
        for edit in (*heading_edits_of(row), *edits_of(row)):
            totals[edit.op] += len(edit.text.split())
    return totals["insert"], totals["delete"]


def unit_tallies(index: Index) -> dict[int, UnitTally]:
    """For the row of each headed unit; a container counts itself without its sections."""
    return {node.index: _tally(node) for node in units(index.roots)}


def _tally(node: Node) -> UnitTally:
    nodes = [node] if node.container else list(node.walk())
    words_in = words_out = 0
    for below in nodes:
        came, went = words(below.row)
        words_in += came
        words_out += went
    own = node.row.kinds
    inner = any(n.row.changed and _alters(n.row) for n in nodes)
    kind = next(
        (k for k in _ORDER if k in own or (k is ChangeKind.MODIFIED and inner)),
        ChangeKind.UNCHANGED,
    )
    steps = sorted({step for n in nodes for step in n.row.steps})
    return UnitTally(kind, tuple(steps), words_in, words_out)


def _alters(row: Change) -> bool:
    return any(k not in (ChangeKind.RENUMBERED, ChangeKind.MOVED) for k in row.kinds)


def class_counts(index: Index) -> tuple[ClassCount, ...]:
    """The changes by class, strongest first; a class without any is counted too, as none."""
    found = Counter(index.class_key(index.rows[i]) for i in index.entries)
    return tuple(ClassCount(key, CLASSES[klass], found[key]) for klass, key in CLASS_KEYS.items())


def counts_line(index: Index, tallies: Mapping[int, UnitTally]) -> str:
    """`18 sections: 10 new, 6 changed, 1 moved, 1 unchanged.`."""
    nodes = [n for n in units(index.roots) if not n.container]
    noun = "section" if all(n.row.level == "section" for n in nodes) else "provision"
    kinds = Counter(tallies[n.index].kind for n in nodes)
    shown = len(nodes) - kinds[ChangeKind.REMOVED]
    if index.single:
        return f"{count(shown, noun)}."
    removed = kinds.pop(ChangeKind.REMOVED, 0)
    parts = ", ".join(f"{kinds[k]:,} {KINDS[k]}" for k in _ORDER if kinds[k])
    return f"{count(shown, noun)}: {parts}" + (f"; {removed:,} removed." if removed else ".")


def words_line(index: Index) -> str:
    """`412 words put in, 96 taken out`."""
    pairs = [words(row) for row in index.rows]
    came, went = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return f"{count(came, 'word')} put in, {went:,} taken out"
