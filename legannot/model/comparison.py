"""Two versions compared: pairs of provisions, named changes, word edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from legannot.model.bill import Bill, Provision


class ChangeKind(StrEnum):
    """What happened to a provision between two versions; several may hold at once."""

    ADDED = "added"
    REMOVED = "removed"
    MODIFIED = "modified"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"
    UNCHANGED = "unchanged"


class ChangeClass(StrEnum):
    """What a change consists of, strongest first; decided by what its edits hold."""

    WORDS = "words"
    NUMBERS = "numbers"
    CROSS_REFERENCE = "cross-reference"
    TYPOGRAPHY = "typography"


class Method(StrEnum):
    """Which pass of the alignment paired two provisions."""

    CONTENT = "content"  # equal words
    PATH = "path"  # same number or heading under paired parents, similar words
    SIMILAR = "similar"  # similar words, optimal assignment
    MOVED = "moved"  # found elsewhere in the bill
    NONE = "none"  # no partner


Op = Literal["equal", "delete", "insert"]

#: In `Bill.set_aside`: provisions of which print alone changed to the next version, which has the
#: same format, where a third has another.
PRINT_ALONE = "changes of print alone"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that is kept, taken out or put in.

    Words that went with a part that was split off or merged name in `at` the path where they stand
    in the other version.  Where they are put in, `inner` has the edits that lead to them from the
    words there; blanks at their ends aside, its `equal` and `insert` texts joined are `text`.
    """

    op: Op
    text: str
    at: str = ""
    inner: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two provisions held to be one, with the pass that found them and their likeness, 0 to 1."""

    old: str
    new: str
    method: Method
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of paths of two bills.

    `moved` holds the new paths whose place changed relative to their siblings or parents.
    `split` / `merged` hold extra pairs: one old provision to several new ones, and the reverse.
    """

    pairs: tuple[Pair, ...]
    moved: frozenset[str] = frozenset()
    split: tuple[Pair, ...] = ()
    merged: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a comparison: a provision of either version and what became of it in itself.

    The `equal` and `delete` texts of `edits` joined are `old.text`, the `equal` and `insert` ones
    `new.text`; `heading_edits` do the same for the headings.  `old` is None for an added provision,
    `new` for a removed one.  `depth` is the level in the tree of the side shown, 0 for the top.
    `steps` are the indices of the steps (0: from the first version to the second) that made the
    change; `note` is a sentence for a reader where the bare kinds would mislead.  `whole` is the
    path, in the other version, of what a part was split off or merged into.
    """

    kinds: tuple[ChangeKind, ...]
    klass: ChangeClass | None
    method: Method
    score: float
    old: Provision | None
    new: Provision | None
    edits: tuple[Edit, ...] = ()
    heading_edits: tuple[Edit, ...] = ()
    depth: int = 0
    steps: tuple[int, ...] = ()
    note: str = ""
    whole: str = ""

    @property
    def shown(self) -> Provision:
        """The provision to show: the new one, or the old one if it was removed."""
        provision = self.new or self.old
        if provision is None:
            raise ValueError("a change has at least one side")
        return provision

    @property
    def level(self) -> str:
        """The kind of provision: section, subsection, paragraph ..."""
        return self.shown.kind

    @property
    def changed(self) -> bool:
        """Whether anything at all differs."""
        return ChangeKind.UNCHANGED not in self.kinds


@dataclass(frozen=True, slots=True)
class Comparison:
    """All provisions of two versions in the order of the new one, removed ones where they stood."""

    old: Bill
    new: Bill
    rows: tuple[Change, ...]
    notices: tuple[str, ...] = ()

    @property
    def set_aside(self) -> Mapping[str, int]:
        """What was set aside as print, by name.

        For versions of one format that is nothing, or, if one in another format is compared as
        well, what changed of their print alone.
        """
        counts = Counter(dict(self.old.set_aside)) + Counter(dict(self.new.set_aside))
        unmarked = Counter(dict(self.old.set_aside))[PRINT_ALONE]
        del counts[PRINT_ALONE]
        if self.old.format == self.new.format:
            return {PRINT_ALONE: unmarked} if unmarked else {}
        return dict(counts.most_common())

    @property
    def changes(self) -> tuple[Change, ...]:
        """The rows in which something differs."""
        return tuple(row for row in self.rows if row.changed)
