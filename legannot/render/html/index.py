"""What several parts of the page look up: rows, anchors, topics, tags and facts by path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from legannot.model import (
    Bill,
    Change,
    ChangeClass,
    ChangeKind,
    Citation,
    Condition,
    Context,
    Method,
    Provision,
    Tag,
    Topic,
)
from legannot.model.report import Reach, Report, Substance, TagChange
from legannot.render.html.anchors import Anchors, anchors
from legannot.render.html.tree import Node, tree
from legannot.render.wording import CLASS_KEYS

_K = TypeVar("_K")
_V = TypeVar("_V")

# Ids of the page itself; a provision never takes one.
PARTS = (
    "house-notes",
    "top", "main", "in-short", "subjects", "versions", "versions-title", "versions-text", "where",
    "view-redline", "view-new", "view-old", "class-w", "class-n", "class-x", "class-t",
    "changes", "by-subject", "by-kind", "filtered", "quantities", "passing", "how-to-read", "keys",
    "redline", "look", "sizes", "lists", "terms", "parties", "said",
    "moved", "slope-title", "slope-text", "heat-map", "definitions", "effects", "aims", "evidence",
    "questions", "not-read", "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a provision; `anchor` is empty if it is not in the page."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Index:
    """A report made ready for look-ups.

    `in_law` says what the changed words of a row do, where they can be read.

    `rows` are those of the comparison, or one for each provision of a single version.  `entries`
    are the indices of the changes as a reader counts them: a new or removed provision with all
    below it is one, and so is a table of contents.  `stubs` are the moved rows that leave a stub
    where they stood.
    """

    report: Report
    rows: tuple[Change, ...]
    roots: Sequence[Node]
    anchors: Anchors
    entries: tuple[int, ...]
    entry_of: Mapping[int, int]
    stubs: frozenset[int]
    tags: Mapping[int, tuple[TagChange, ...]]
    reached: Mapping[str, tuple[Reach, ...]]
    cites: Mapping[str, tuple[Citation, ...]]
    cited_by: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[Condition, ...]]
    in_law: Mapping[int, tuple[str, ...]]

    @property
    def single(self) -> bool:
        """Whether there is one version only, so nothing to compare."""
        return self.report.comparison is None

    @property
    def new(self) -> Bill:
        """The last version."""
        return self.report.bills[-1]

    @property
    def old(self) -> Bill:
        """The first version."""
        return self.report.bills[0]

    def link(self, path: str) -> Link:
        """The path as words, with its anchor."""
        return Link(path, self.anchors.find(path))

    def topic(self, name: str) -> Topic:
        """The topic of that id; one that the taxonomy lacks is shown under its id."""
        return self.report.topics.get(name) or Topic(name, name.partition(".")[0], name, "")

    def class_key(self, row: Change) -> str:
        """The letter of a change's class: numbering if only a number or the contents changed."""
        if row.shown.context is Context.TOC:
            return CLASS_KEYS[ChangeClass.TYPOGRAPHY]
        return CLASS_KEYS[row.klass or ChangeClass.TYPOGRAPHY] if row.changed else ""


def index(report: Report) -> Index:
    """Look-ups for a report."""
    comparison = report.comparison
    rows = comparison.rows if comparison else tuple(_plain_rows(report.bills[-1]))
    tags = _tags(report, rows)
    reached: dict[str, list[Reach]] = defaultdict(list)
    for reach in report.reach:
        for path in reach.uses:
            reached[path].append(reach)
    cites: dict[str, list[Citation]] = defaultdict(list)
    cited_by: dict[str, list[str]] = defaultdict(list)
    for citation in report.facts[-1].citations:
        cites[citation.path].append(citation)
        if citation.kind == "internal" and citation.target and citation.target != citation.path:
            cited_by[citation.target].append(citation.path)

    limits: dict[str, list[Condition]] = defaultdict(list)
    for condition in report.facts[-1].conditions:
        limits[condition.path].append(condition)

    noted = {placed.path for placed in report.notes if placed.shown}

    def loud(i: int) -> bool:
        row = rows[i]
        return (
            row.changed
            or bool(row.new and row.new.path in noted)
            or bool(row.new and row.new.path in reached)
            or any(change.kind != "same" for change in tags.get(i, ()))
        )

    old, new = (comparison.old, comparison.new) if comparison else (report.bills[-1],) * 2
    roots = tree(rows, old.provisions, new.provisions, loud)
    entry_of = dict(_entries(roots))
    return Index(
        report=report,
        rows=rows,
        roots=roots,
        anchors=anchors(report, rows, PARTS),
        entries=tuple(sorted(set(entry_of.values()))),
        entry_of=entry_of,
        stubs=frozenset(
            i for root in roots for node in root.walk() for i in (*node.first, *node.after)
        ),
        tags=tags,
        reached=_frozen(reached),
        cites=_frozen(cites),
        cited_by={target: tuple(dict.fromkeys(paths)) for target, paths in cited_by.items()},
        limits=_frozen(limits),
        in_law=_in_law(report.substance),
    )


def _in_law(substance: Iterable[Substance]) -> dict[int, tuple[str, ...]]:
    """Direction and ground of each change that can be read; an unclear one says nothing."""
    found: dict[int, list[str]] = defaultdict(list)
    for shift in substance:
        if shift.direction != "unclear":
            found[shift.row].append(f"{shift.direction}: {shift.why}")
    return _frozen(found)


def _frozen(lists: Mapping[_K, Sequence[_V]]) -> dict[_K, tuple[_V, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _plain_rows(bill: Bill) -> Iterable[Change]:
    stack = [(provision, 0) for provision in reversed(bill.provisions)]
    while stack:
        provision, depth = stack.pop()
        kinds = (ChangeKind.UNCHANGED,)
        yield Change(kinds, None, Method.NONE, 1.0, provision, provision, depth=depth)
        stack.extend((child, depth + 1) for child in reversed(provision.children))


def _tags(report: Report, rows: Sequence[Change]) -> dict[int, tuple[TagChange, ...]]:
    """The tags to show at each row: those that changed, and the others of the last version."""
    found: dict[int, list[TagChange]] = defaultdict(list)
    known: set[Tag] = set()
    for change in report.tag_changes:
        found[change.row].append(change)
        if change.new:
            known.add(change.new)
    at = {row.new.path: i for i, row in enumerate(rows) if row.new}
    for tag in report.tags[-1]:
        if tag not in known and tag.path in at:
            row = at[tag.path]
            found[row].append(TagChange(tag.topic, "same", tag.path, tag, tag, row))
    return _frozen(found)


def _entries(roots: Sequence[Node]) -> Iterable[tuple[int, int]]:
    """Each changed row with the row under which a reader counts it."""
    whole = (ChangeKind.ADDED, ChangeKind.REMOVED)
    stack: list[tuple[Node, int | None]] = [(node, None) for node in reversed(roots)]
    while stack:
        node, inside = stack.pop()
        contents = node.row.shown.context is Context.TOC
        kind = next((k for k in whole if k in node.row.kinds), None)
        entry = inside if inside is not None and (kind or contents) else node.index
        if node.row.changed:
            yield node.index, entry
        below = entry if kind or contents else None
        stack.extend((child, below) for child in reversed(node.children))


def sections(provisions: Sequence[Provision], section: str = "") -> Iterator[tuple[str, str]]:
    """Each path with the path of its section, or its outermost provision where there is none."""
    for provision in provisions:
        inside = section
        if provision.kind == "section" and not section:
            inside = provision.path
        yield provision.path, inside or provision.path
        yield from sections(provision.children, inside)
