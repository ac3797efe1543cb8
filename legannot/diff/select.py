"""Parts of a comparison: one section, or only changes of some classes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from legannot.model import ChangeClass, Comparison, Provision


def select(
    comparison: Comparison,
    section: str = "",
    classes: Collection[ChangeClass] = (),
) -> Comparison:
    """The rows of one section of either version, and only the changes of some classes.

    `section` is a section number such as `4`, or a citation path such as `sec. 4(b)` or `title I`.
    Empty arguments select everything.
    """
    path = f"sec. {section}" if section[:1].isdigit() else section
    rows = (row for row in comparison.rows if not path or _in(row.old, path) or _in(row.new, path))
    return replace(
        comparison,
        rows=tuple(row for row in rows if not classes or row.klass in classes),
    )


def _in(provision: Provision | None, path: str) -> bool:
    if provision is None:
        return False
    start, found, rest = provision.path.partition(path)
    at_start = not start or start.endswith(", ")
    return bool(found) and at_start and (not rest or rest[0] in "( [,")
