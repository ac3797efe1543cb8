"""How many sections and provisions of a comparison changed, and how.

A section's own row says what became of its number and place; whether its words changed is asked of
everything below it:

    sec. 4          renumbered   ┐
    sec. 4(a)       unchanged    ├ counts as renumbered and as modified
    sec. 4(b)       added        ┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from legannot.model import (
    APPROPRIATIONS,
    Bill,
    Change,
    ChangeKind,
    Comparison,
    Context,
    Provision,
)

# An appropriations paragraph stands where other bills have a section and often holds no number.
_SECTIONS = ("section", *APPROPRIATIONS)
_OWN_KINDS = tuple(
    kind for kind in ChangeKind if kind not in (ChangeKind.MODIFIED, ChangeKind.UNCHANGED)
)


def provision_counts(comparison: Comparison) -> dict[str, int]:
    """Rows of every level by kind; a row of two kinds counts under both."""
    found = Counter(kind for row in comparison.rows for kind in row.kinds)
    return {kind.value: found[kind] for kind in ChangeKind}


def section_counts(comparison: Comparison) -> dict[str, int]:
    """Sections by kind, or the outermost provisions of a bill without sections.

    A section is `modified` when anything in it differs although it was neither added nor removed as
    a whole, `unchanged` when nothing does.  Sections of quoted law are not counted.
    """
    olds, news = dict(_homes(comparison.old)), dict(_homes(comparison.new))
    altered = _altered(comparison, olds, news)
    found: Counter[ChangeKind] = Counter()
    for row in comparison.rows:
        if not _is_section(row, olds, news):
            continue
        found.update(kind for kind in row.kinds if kind in _OWN_KINDS)
        whole = row.old is None or row.new is None
        if not whole and _sides(row) & altered:
            found[ChangeKind.MODIFIED] += 1
        elif not row.changed:
            found[ChangeKind.UNCHANGED] += 1
    return {kind.value: found[kind] for kind in ChangeKind}


def _homes(bill: Bill) -> Iterator[tuple[str, str]]:
    """Every provision inside a section, with the path of that section."""
    sections = [s for p in bill.provisions for s in _sections(p)] or list(bill.provisions)
    for section in sections:
        for provision in section.walk():
            yield provision.path, section.path


def _sections(provision: Provision) -> Iterator[Provision]:
    if provision.context is Context.QUOTED:
        return
    below = [section for child in provision.children for section in _sections(child)]
    if provision.kind == "section" or (provision.kind in _SECTIONS and not below):
        yield provision
    else:
        yield from below


def _altered(
    comparison: Comparison, olds: dict[str, str], news: dict[str, str]
) -> set[tuple[str, str]]:
    """Sections of either side in which words, numbers or the order differ."""
    found: set[tuple[str, str]] = set()
    for row in comparison.rows:
        if not row.changed:
            continue
        # What became of a section's own number and place is told by its own kinds.
        itself = ChangeKind.MODIFIED not in row.kinds and _is_section(row, olds, news)
        if itself:
            continue
        if row.old and row.old.path in olds:
            found.add(("old", olds[row.old.path]))
        if row.new and row.new.path in news:
            found.add(("new", news[row.new.path]))
    return found


def _sides(row: Change) -> set[tuple[str, str]]:
    sides = (("old", row.old), ("new", row.new))
    return {(side, provision.path) for side, provision in sides if provision}


def _is_section(row: Change, olds: dict[str, str], news: dict[str, str]) -> bool:
    if row.new:
        return news.get(row.new.path) == row.new.path
    return bool(row.old) and olds.get(row.shown.path) == row.shown.path
