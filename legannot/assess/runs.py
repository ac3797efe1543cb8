"""The edits of a comparison, each with the words around it and what is known of both sides.

old  submits it not later than [14] business days after
new  submits it not later than {21} business days after
     a run: "14" and "21", where each stands in its text, the units of both provisions
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from legannot.model import Change, ChangeClass, Context, Edit, Facts, Unit

_SUBSTANCE = (ChangeClass.WORDS, ChangeClass.NUMBERS)
_CLAUSE_ENDS = re.compile(r"[.;—]\s|[.;—]$|:\s")
# Edits nearer than this many kept words belong to one rewriting ...
_APART = 4
# ... if one of them is a phrase and not a word.
_PHRASE = 4
# In characters: what decides an edit stands near it.
_NEAR = 160


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring deletions and insertions: one edit as a reader sees it."""

    row: int
    edit: int
    path: str
    old: str
    new: str
    old_text: str
    new_text: str
    old_start: int
    new_start: int
    was: Unit
    now: Unit
    #: Whether so little is kept beside it that the passage was written anew.
    tangled: bool = False

    @property
    def deleted(self) -> str:
        """The words taken out, without blanks around them."""
        return self.old.strip()

    @property
    def inserted(self) -> str:
        """The words put in, without blanks around them."""
        return self.new.strip()

    @property
    def before(self) -> str:
        """The words before it, as they stand in the new version."""
        return self.new_text[max(0, self.new_start - _NEAR) : self.new_start]

    @property
    def after(self) -> str:
        """The words after it."""
        end = self.new_start + len(self.new)
        return self.new_text[end : end + _NEAR]

    @property
    def clause_before(self) -> str:
        """The words of the same clause before it."""
        start = 0
        for end in _CLAUSE_ENDS.finditer(self.before):
            start = end.end()
        return self.before[start:]

    @property
    def clause_after(self) -> str:
        """The words of the same clause after it."""
        end = _CLAUSE_ENDS.search(self.after)
        return self.after[: end.start()] if end else self.after


def runs(rows: Sequence[Change], old: Facts, new: Facts) -> Iterator[Run]:
    """The edits of texts that stand in both versions, where the words may bind somebody."""
    for index, row in enumerate(rows):
        if row.old is None or row.new is None or row.klass not in _SUBSTANCE:
            continue
        was, now = old.units.get(row.old.path), new.units.get(row.new.path)
        if was is None or now is None or row.new.context is Context.TOC:
            continue
        yield from _of_row(index, row, was, now)


def _of_row(index: int, row: Change, was: Unit, now: Unit) -> Iterator[Run]:
    groups = [
        (equal, list(group)) for equal, group in groupby(row.edits, key=lambda e: e.op == "equal")
    ]
    at_old = at_new = number = 0
    for place, (equal, group) in enumerate(groups):
        deleted = "".join(edit.text for edit in group if edit.op != "insert")
        inserted = "".join(edit.text for edit in group if edit.op != "delete")
        if not equal:
            yield Run(
                row=index,
                edit=number,
                path=row.shown.path,
                old=deleted,
                new=inserted,
                old_text=was.text,
                new_text=now.text,
                old_start=at_old,
                new_start=at_new,
                was=was,
                now=now,
                tangled=_tangled(groups, place),
            )
            number += 1
        at_old += len(deleted)
        at_new += len(inserted)


def _tangled(groups: Sequence[tuple[bool, list[Edit]]], place: int) -> bool:
    """Whether a neighbouring edit that rewrites stands within a few words."""
    for step in (-1, 1):
        between, other = place + step, place + 2 * step
        if 0 <= other < len(groups):
            kept = "".join(edit.text for edit in groups[between][1]).split()
            if len(kept) < _APART and _rewrites(groups[other][1]):
                return True
    return False


def _rewrites(edits: Sequence[Edit]) -> bool:
    return max(sum(w[:1].isalpha() for w in edit.text.split()) for edit in edits) >= _PHRASE
