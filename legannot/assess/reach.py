"""Definitions act at a distance: a changed one changes every provision that depends on its term.

sec. 3(2)   "covered model" means ... 10^26 [10^25] operations     changed
sec. 3(9)   "open model" means a covered model that ...            same words, wider meaning
sec. 4(a)   A developer of an open model shall ...                 same words, wider duty

The words of a definition change, or what it refers to ("a person described in section 5(a)").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from legannot.assess.levels import above
from legannot.assess.meanings import Key, Meanings
from legannot.model import Change, ChangeClass, ChangeKind, Facts
from legannot.model.report import Further, Reach

_SUBSTANCE = (ChangeClass.WORDS, ChangeClass.NUMBERS)


def reach(rows: Sequence[Change], old: Facts, new: Facts, title: str = "") -> tuple[Reach, ...]:
    """Definitions that changed and the unchanged provisions that depend on their terms.

    `title` is the bill's own short title, by which law that it inserts may refer to it.  The paths
    are those of the new version.  A definition that is gone reaches what used it and still stands.
    """
    altered_new, altered_old = _altered(rows)
    became = {row.old.path: row.new.path for row in rows if row.old and row.new}
    untouched = {row.new.path for row in rows if row.new and row.old and not differs(row)}
    now = Meanings(new, title)
    held = {term for term, _ in now.definitions}
    found: dict[Key, Reach] = {}
    for key in now.definitions:
        because = _because(key, now, altered_new)
        if because is not None:
            found[key] = _reach(key, now, because, {path: path for path in untouched})
    before = Meanings(old, title)
    for term, path in before.definitions:
        if term not in held and _inside(before.home((term, path)), altered_old):
            lost = (term, path)
            still = {was: is_ for was, is_ in became.items() if is_ in untouched}
            found[term, became.get(path, path)] = _reach(lost, before, (), still, became)
    return tuple(one for one in found.values() if one.uses or one.further)


def _because(key: Key, meanings: Meanings, altered: frozenset[str]) -> tuple[str, ...] | None:
    """What changed besides the words of a definition, empty if they did; None if nothing did."""
    if _inside(meanings.home(key), altered):
        return ()
    # "approved under section 5" is not another thing because section 5 has another deadline;
    # "a person described in section 5(a)(2)" is another person.
    cited = [place for place in meanings.cited(key) if "(" in place and _inside(place, altered)]
    own = meanings.home(key)
    return tuple(place for place in cited if own not in above(place)) or None


def _reach(
    key: Key,
    meanings: Meanings,
    because: tuple[str, ...],
    standing: Mapping[str, str],
    became: Mapping[str, str] | None = None,
) -> Reach:
    """`standing` leads from the paths of a version to those of unchanged provisions of the new."""
    now = became or {}
    uses = [standing[path] for path in meanings.uses(key) if path in standing]
    further = [
        Further(standing[f.path], tuple(now.get(place, place) for place in f.through))
        for f in meanings.reached(key)
        if f.path in standing
    ]
    definition = now.get(key[1], key[1])
    return Reach(key[0], definition, tuple(dict.fromkeys(uses)), tuple(further), because)


def differs(row: Change) -> bool:
    """Whether the words or figures of a provision are others, or it stands on one side only."""
    if row.old is None or row.new is None:
        return True
    return ChangeKind.MODIFIED in row.kinds and row.klass in _SUBSTANCE


def _altered(rows: Iterable[Change]) -> tuple[frozenset[str], frozenset[str]]:
    """The paths that differ and all around them, in the new and in the old version."""
    differing = [row for row in rows if differs(row)]
    return (
        frozenset(_around(row.new.path for row in differing if row.new)),
        frozenset(_around(row.old.path for row in differing if row.old)),
    )


def _around(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield from above(path)


def _inside(place: str, altered: frozenset[str]) -> bool:
    """Whether a provision or anything under it changed."""
    return place in altered
