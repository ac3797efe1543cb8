"""Definitions act at a distance: a changed one changes every provision that uses its term.

sec. 3(2)   "covered model" means ... 10^26 [10^25] operations     changed
sec. 4(a)   A developer of a covered model shall ...               same words, wider duty
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from legannot.model import Change, ChangeClass, ChangeKind, Facts
from legannot.model.report import Reach

_SUBSTANCE = (ChangeClass.WORDS, ChangeClass.NUMBERS)


def reach(rows: Sequence[Change], old: Facts, new: Facts) -> tuple[Reach, ...]:
    """Definitions whose words changed and the unchanged provisions that use their terms.

    The paths of uses are those of the new version.  A definition that is gone reaches what used it
    and still stands.
    """
    altered_new, altered_old = _altered(rows)
    changed = {d.path for d in new.definitions if _inside(d.path, altered_new)}
    became = {row.old.path: row.new.path for row in rows if row.old and row.new}
    held = {d.term for d in new.definitions}
    lost = {d.path for d in old.definitions if d.term not in held and _inside(d.path, altered_old)}
    untouched = {row.new.path for row in rows if row.new and row.old and not _differs(row)}
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for use in new.uses:
        if use.definition in changed and use.path in untouched:
            found[use.term, use.definition][use.path] = None
    for use in old.uses:
        path = became.get(use.path, "")
        if use.definition in lost and path in untouched:
            found[use.term, became.get(use.definition, use.definition)][path] = None
    return tuple(Reach(term, path, tuple(uses)) for (term, path), uses in found.items())


def _altered(rows: Iterable[Change]) -> tuple[frozenset[str], frozenset[str]]:
    differing = [row for row in rows if _differs(row)]
    return (
        frozenset(row.new.path for row in differing if row.new),
        frozenset(row.old.path for row in differing if row.old),
    )


def _differs(row: Change) -> bool:
    if row.old is None or row.new is None:
        return True
    return ChangeKind.MODIFIED in row.kinds and row.klass in _SUBSTANCE


def _inside(definition: str, altered: frozenset[str]) -> bool:
    """Whether the definition or anything under it changed."""
    if definition in altered:
        return True
    below = (f"{definition}(", f"{definition} [", f"{definition},")
    return any(path.startswith(below) for path in altered)


def used_in(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """For each place that defines something, the places that use it, in reading order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for use in facts.uses:
        found[use.definition][use.path] = None
    return {definition: tuple(places) for definition, places in found.items()}
