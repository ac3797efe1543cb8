"""References whose target is not what it was, though the words that cite may be the same.

old  sec. 9  "as required by section 3(b)"   section 3(b): Notice        -> now section 4(b)
new  sec. 9  "as required by section 3(b)"   section 3(b): Penalties     points at other words
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from legannot.assess import signs
from legannot.assess.levels import above
from legannot.assess.reach import differs
from legannot.model import Change, Citation, Context, Facts
from legannot.model.report import ReferenceChange, ReferenceKind


def references(rows: Sequence[Change], old: Facts, new: Facts) -> tuple[ReferenceChange, ...]:
    """What became of the references of provisions that stand in both versions, in their order."""
    became = {row.old.path: row.new.path for row in rows if row.old and row.new}
    altered = {
        place
        for row in rows
        if differs(row) and row.shown.context is not Context.TOC
        for place in above(row.shown.path)
    }
    before, now = _by_path(old), _by_path(new)
    found: list[ReferenceChange] = []
    for row in rows:
        if row.old and row.new and row.new.context is not Context.TOC:
            pair = before.get(row.old.path, []), now.get(row.new.path, [])
            found.extend(_internal(*pair, became, altered))
            if not signs.SHORT_TITLE.search(row.new.text):
                found.extend(_external(*pair))
    return tuple(dict.fromkeys(found))


def _internal(
    before: Sequence[Citation],
    now: Sequence[Citation],
    became: Mapping[str, str],
    altered: set[str],
) -> Iterator[ReferenceChange]:
    was: dict[str, list[str]] = defaultdict(list)
    for citation in before:
        if citation.kind == "internal":
            was[citation.quote].append(citation.target)
    for citation in now:
        if citation.kind != "internal":
            continue
        targets = was.get(citation.quote)
        old = targets.pop(0) if targets else ""
        kind = _kind(old, citation.target, became, altered)
        if kind is not None and citation.target != citation.path:
            yield ReferenceChange(kind, citation.path, citation.quote, old, citation.target)


def _kind(old: str, new: str, became: Mapping[str, str], altered: set[str]) -> ReferenceKind | None:
    if old and not new:
        return "target gone"
    if not new:
        # It led nowhere before: that is no change.
        return None
    if old and became.get(old) not in (None, new):
        # The same words now name another provision, and the one they named lives on elsewhere.
        return "points at other words"
    if old and old not in became:
        return "points at other words"
    if new in altered:
        return "target changed"
    return "target renumbered" if old and old != new else None


def _external(before: Sequence[Citation], now: Sequence[Citation]) -> Iterator[ReferenceChange]:
    """A citation of law that gave way to another in the same provision."""
    gone = [c for c in before if _is_law(c) and c.target not in {o.target for o in now}]
    come = [c for c in now if _is_law(c) and c.target not in {o.target for o in before}]
    if len(gone) == len(come):
        for old, new in zip(gone, come, strict=True):
            if not _same_law(old.target, new.target):
                yield ReferenceChange("other law", new.path, new.quote, old.target, new.target)


def _same_law(old: str, new: str) -> bool:
    """Whether two forms name one law: one only says more of the place, or of the year."""
    was, now = (_YEAR.sub("", target) for target in (old, new))
    return was == now or was.startswith(f"{now}/") or now.startswith(f"{was}/")


# "the Small Business Investment Act" is that of 1958.
_YEAR = re.compile(r"(?<=act/)The |,? of \d{4}(?=/|$)")


def _is_law(citation: Citation) -> bool:
    return citation.kind not in ("internal", "other") and bool(citation.target)


def _by_path(facts: Facts) -> Mapping[str, list[Citation]]:
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in facts.citations:
        found[citation.path].append(citation)
    return found
