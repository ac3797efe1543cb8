"""In which step the words of each provision of the newest version came."""

from __future__ import annotations

from dataclasses import dataclass

from legannot.diff.chain import Chain
from legannot.diff.compare import told_once
from legannot.model import Bill, Change, Provision


@dataclass(frozen=True, slots=True)
class Origin:
    """A provision and the versions that made it what it is.

    `first` is the index of the version in which it first stands, `words` of the one in which its
    present text and heading first stand, both 0 for the oldest version.  The words of a part that
    was split off may be older than the part.
    """

    provision: Provision
    first: int
    words: int


def blame(chain: Chain) -> tuple[Origin, ...]:
    """One origin for each provision of the newest version, in reading order."""
    first: dict[str, int] = {p.path: 0 for p in chain.steps[0].old.walk()}
    words = dict(first)
    for index, step in enumerate(chain.steps, 1):
        later_first: dict[str, int] = {}
        later_words: dict[str, int] = {}
        for row in step.rows:
            if row.new is None:
                continue
            path = row.new.path
            if row.old is None:
                later_first[path] = index
                later_words[path] = words[row.whole] if _as_it_was(row) else index
                continue
            later_first[path] = first[row.old.path]
            same = row.old.text == row.new.text and row.old.heading == row.new.heading
            later_words[path] = words[row.old.path] if same else index
        first, words = later_first, later_words
    newest: Bill = chain.steps[-1].new
    return tuple(Origin(p, first[p.path], words[p.path]) for p in newest.walk())


def _as_it_was(part: Change) -> bool:
    """Whether all words of a provision that came were split off another one without an edit."""
    edits = (*part.heading_edits, *part.edits)
    return bool(part.whole) and all(edit.op == "equal" for edit in told_once(edits))
