"""The tables: changes, moved and renumbered, subjects by provision, passing provisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legannot.model import Change, ChangeKind, Context, Status, Topic
from legannot.model.report import TagChange
from legannot.render.html.anchors import lineages
from legannot.render.html.index import Index, Link, sections
from legannot.render.html.redline import step_codes, step_label
from legannot.render.html.tally import edits_of, heading_edits_of
from legannot.render.wording import (
    CLASS_KEYS,
    CLASSES,
    KINDS,
    METHODS,
    QUANTITIES,
    carried,
    count,
    excerpt,
    family,
    short_topic,
)

# Enough words to know the change again; the redline is one link away.
_EXCERPT_WORDS = 18
CLASSES_BY_KEY = {key: CLASSES[klass] for klass, key in CLASS_KEYS.items()}
_PLACED = (ChangeKind.MOVED, ChangeKind.RENUMBERED, ChangeKind.SPLIT, ChangeKind.MERGED)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A line of the change list."""

    link: Link
    heading: str
    kinds: tuple[str, ...]
    klass: str
    key: str
    old: str
    new: str
    inside: str
    carried: tuple[str, ...]
    law: tuple[str, ...]
    subjects: tuple[str, ...]
    steps: tuple[str, ...]


def change_rows(index: Index) -> tuple[ChangeRow, ...]:
    """One line for each change, in the order of the bill."""
    inside: dict[int, list[int]] = defaultdict(list)
    for at, entry in index.entry_of.items():
        inside[entry].append(at)
    return tuple(_change_row(index, at, inside[at]) for at in index.entries)


def _change_row(index: Index, at: int, covered: list[int]) -> ChangeRow:
    row = index.rows[at]
    shown = row.shown
    contents = shown.context is Context.TOC
    topics = dict.fromkeys(
        c.topic for place in covered for c in index.tags.get(place, ()) if _own(c)
    )
    below = len(covered) - (at in covered)
    return ChangeRow(
        link=Link(shown.path, index.anchors.of(row)),
        heading="Table of contents" if contents else shown.heading,
        kinds=tuple(KINDS[kind] for kind in row.kinds) if row.changed else ("changed",),
        klass=CLASSES_BY_KEY[index.class_key(row)],
        key=index.class_key(row),
        old=_side(row, "delete"),
        new=_side(row, "insert"),
        inside=f"with {count(below, 'line' if contents else 'provision')} below it"
        if below
        else "",
        carried=tuple(carried(row)),
        law=tuple(dict.fromkeys(say for place in covered for say in index.in_law.get(place, ()))),
        subjects=tuple(short_topic(index.topic(t)) for t in topics),
        steps=tuple(f"{step + 1}: {step_codes(index, step)}" for step in row.steps),
    )


def _own(change: TagChange) -> bool:
    """Whether a tag rests on the provision's own words: a term it uses lends it many subjects."""
    tag = change.new or change.old
    return tag is not None and tag.status is not Status.INHERITED


def _side(row: Change, op: str) -> str:
    """The words of one kind of edit, cut short; separate places set off by dots.

    The heading of a new or removed provision stands beside its number already.
    """
    edits = edits_of(row)
    if (row.old and row.new) or not edits:
        edits = (*heading_edits_of(row), *edits)
    parts = [edit.text.strip() for edit in edits if edit.op == op]
    return excerpt(" … ".join(part for part in parts if part), _EXCERPT_WORDS)


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """An amount, date or number that differs."""

    link: Link
    kind: str
    old: str
    new: str
    difference: str


def quantity_rows(index: Index) -> tuple[QuantityRow, ...]:
    """Every quantity that differs, in the order of the bill."""
    return tuple(
        QuantityRow(
            Link(index.rows[q.row].shown.path, index.anchors.of(index.rows[q.row])),
            QUANTITIES.get(q.kind, q.kind),
            q.old,
            q.new,
            q.difference,
        )
        for q in index.report.quantities
    )


@dataclass(frozen=True, slots=True)
class Placement:
    """A line of the concordance: a number before and now, and how sure the pairing is."""

    old: str
    new: Link | None
    what: str
    heading: str
    method: str
    score: str


def concordance(index: Index) -> tuple[Placement, ...]:
    """What moved, was renumbered, split or merged, and the sections that came or went."""
    return tuple(
        _placement(index, row)
        for row in index.rows
        if row.shown.context is not Context.TOC
        and (
            any(kind in row.kinds for kind in _PLACED)
            or (row.level == "section" and (row.old is None or row.new is None))
        )
    )


def _placement(index: Index, row: Change) -> Placement:
    kinds = [k for k in row.kinds if k is not ChangeKind.UNCHANGED]
    return Placement(
        old=row.old.path if row.old else "",
        new=Link(row.new.path, index.anchors.of(row)) if row.new else None,
        what=", ".join(KINDS[k] for k in kinds),
        heading=row.shown.heading,
        method=METHODS[row.method],
        score=f"{row.score:.2f}" if row.old and row.new else "",
    )


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A subject of the heat map."""

    id: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A section with, for each subject, how many of its provisions carry it in each version."""

    link: Link
    heading: str
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Subjects by section by version; `families` are the groups of columns with their widths."""

    families: tuple[tuple[str, int], ...]
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]


def heat_map(index: Index) -> HeatMap:
    """Which sections carry which subjects; procedural topics are left to the notes."""
    found: dict[_Section, dict[str, list[set[str]]]] = {}
    versions = len(index.report.bills)
    names = lineages(index.report)
    for version, (bill, tags) in enumerate(zip(index.report.bills, index.report.tags, strict=True)):
        home = dict(sections(bill.provisions))
        for tag in tags:
            if index.topic(tag.topic).procedural:
                continue
            section = home.get(tag.path, tag.path)
            now = names[version].get(section)
            key = (now, "") if now else (section, bill.version)
            cells = found.setdefault(key, {})
            cells.setdefault(tag.topic, [set() for _ in range(versions)])[version].add(tag.path)
    columns = _columns(index, {topic for cells in found.values() for topic in cells})
    families: dict[str, int] = {}
    for topic in columns:
        families[family(topic)] = families.get(family(topic), 0) + 1
    nothing: list[set[str]] = [set()] * versions
    rows = [
        _heat_row(index, key, [found[key].get(topic.id, nothing) for topic in columns])
        for key in _in_order(index, found)
    ]
    return HeatMap(
        families=tuple(families.items()),
        columns=tuple(
            HeatColumn(t.id, short_topic(t).partition(": ")[2], t.label) for t in columns
        ),
        rows=tuple(rows),
    )


# A section by its path in the last version, or by its last path and the code of that version.
_Section = tuple[str, str]


def _columns(index: Index, ids: set[str]) -> list[Topic]:
    """The topics in the order of the taxonomy, each family in one piece."""
    known = [topic for name, topic in index.report.topics.items() if name in ids]
    topics = known + [index.topic(name) for name in sorted(ids - set(index.report.topics))]
    families = list(dict.fromkeys(topic.family for topic in topics))
    return sorted(topics, key=lambda topic: families.index(topic.family))


def _in_order(index: Index, sections: Iterable[_Section]) -> list[_Section]:
    order = {(row.new.path, ""): i for i, row in enumerate(index.rows) if row.new}
    return sorted(sections, key=lambda key: (order.get(key, len(order)), key))


def _heat_row(index: Index, key: _Section, cells: Sequence[Sequence[set[str]]]) -> HeatRow:
    path, version = key
    headings = (
        p.heading for b in index.report.bills for p in b.walk()
        if p.path == path and (b.version == version if version else b is index.new)
    )  # fmt: skip
    anchor = index.anchors.new.get(path, "")
    if version:
        anchor = index.anchors.old.get(path, "") if version == index.old.version else ""
    return HeatRow(
        link=Link(f"{path} ({version})" if version else path, anchor),
        heading=next(headings, ""),
        cells=tuple(tuple(len(paths) for paths in cell) for cell in cells),
    )


@dataclass(frozen=True, slots=True)
class Passing:
    """A provision that came after the first version and was gone before the last."""

    path: str
    heading: str
    text: str
    steps: tuple[str, ...]


def passing(index: Index) -> tuple[Passing, ...]:
    """Provisions that no comparison of first and last version can show."""
    return tuple(
        Passing(
            path=row.shown.path,
            heading=row.shown.heading,
            text=row.shown.text,
            steps=tuple(step_label(index, step) for step in row.steps),
        )
        for row in index.report.passing
    )
