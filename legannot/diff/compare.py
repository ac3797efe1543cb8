"""An alignment to a comparison: each provision once, in the new version's order, with edits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.align import align
from legannot.diff.carried import carried
from legannot.diff.classes import Classes
from legannot.diff.formats import alike, told
from legannot.diff.within import part_within
from legannot.diff.words import Granularity, edits
from legannot.model import (
    Alignment,
    Bill,
    Change,
    ChangeClass,
    ChangeKind,
    Comparison,
    Edit,
    Method,
    Pair,
    Provision,
    number,
)


def compare(
    old: Bill, new: Bill, granularity: Granularity = "phrase", *, within: bool = False
) -> Comparison:
    """Align two versions and diff every pair; a reported print is read as reported.

    Versions in different formats are set alike first, and the comparison says so (`formats`).

    Two bills with nothing in common are compared all the same, and the comparison says so.  With
    `within`, only the division or title of `new` that took `old` in is compared.
    """
    old, new = alike((old.as_reported(), new.as_reported()))
    if not within:
        return build(old, new, align(old, new), granularity)
    part, notice = part_within(old, new)
    comparison = build(old, part, align(old, part), granularity)
    return replace(comparison, notices=(notice, *comparison.notices))


def build(
    old: Bill, new: Bill, alignment: Alignment, granularity: Granularity = "phrase"
) -> Comparison:
    """The comparison that an alignment of two clean texts gives."""
    rows = tuple(_Builder(old, new, alignment, granularity).rows())
    if alignment.split or alignment.merged:
        rows = carried(rows, _wholes(rows), granularity)
    found = Comparison(old, new, rows)
    return replace(found, notices=tuple(_notices(found)))


def _wholes(rows: Sequence[Change]) -> dict[int, int]:
    """The row of the whole for that of each part that was split off or merged."""
    at_old = {row.old.path: i for i, row in enumerate(rows) if row.old}
    at_new = {row.new.path: i for i, row in enumerate(rows) if row.new}
    return {
        i: (at_old if row.old is None else at_new)[row.whole]
        for i, row in enumerate(rows)
        if row.whole
    }


def _notices(comparison: Comparison) -> Iterator[str]:
    old, new, rows = comparison.old, comparison.new, comparison.rows
    if old.id and new.id and old.id != new.id:
        yield f"{old.label} and {new.label} are different bills, compared by their words."
    if aside := told(comparison):
        yield aside
    # The two texts of one reported print come from one file, too, but differ.
    if old.provenance.sha256 == new.provenance.sha256 and not any(row.changed for row in rows):
        yield "The same file was given twice."
    if not any(row.old and row.new for row in rows):
        yield "The two texts have no provision in common."


class _Place(NamedTuple):
    """A provision with its level in the tree."""

    provision: Provision
    depth: int


class _Builder:
    def __init__(
        self, old: Bill, new: Bill, alignment: Alignment, granularity: Granularity
    ) -> None:
        self.old = [place for p in old.provisions for place in _places(p, 0)]
        self.new = [place for p in new.provisions for place in _places(p, 0)]
        self.alignment = alignment
        self.granularity: Granularity = granularity
        self.by_new: dict[str, Pair] = {pair.new: pair for pair in alignment.pairs}
        self.partner = {pair.old: pair.new for pair in alignment.pairs}
        self.classes = Classes(old, new, self.partner)
        self.at_old = {place.provision.path: place for place in self.old}
        self.split_from = {pair.new: pair for pair in alignment.split}
        self.merged_into = {pair.old: pair for pair in alignment.merged}

    def rows(self) -> Iterator[Change]:
        """All rows; removed provisions follow the one they stood after."""
        gone = self._removed()
        yield from (self._removed_row(lost) for lost in gone[""])
        for place in self.new:
            path = place.provision.path
            pair = self.by_new.get(path)
            yield self._paired_row(place, pair) if pair else self._added_row(place)
            yield from (self._removed_row(lost) for lost in gone[path])

    def _removed(self) -> Mapping[str, list[_Place]]:
        gone: dict[str, list[_Place]] = defaultdict(list)
        after = ""
        for place in self.old:
            partner = self.partner.get(place.provision.path)
            if partner is None:
                gone[after].append(place)
            elif partner not in self.alignment.moved:
                after = partner
        return gone

    def _added_row(self, place: _Place) -> Change:
        pair = self.split_from.get(place.provision.path)
        if pair is None:
            return _lone_row(place, (ChangeKind.ADDED,))
        return replace(
            _lone_row(place, (ChangeKind.ADDED, ChangeKind.SPLIT)),
            score=pair.score,
            note=f"split from {pair.old}",
            whole=pair.old,
        )

    def _removed_row(self, place: _Place) -> Change:
        pair = self.merged_into.get(place.provision.path)
        if pair is None:
            return _lone_row(place, (ChangeKind.REMOVED,))
        return replace(
            _lone_row(place, (ChangeKind.REMOVED, ChangeKind.MERGED)),
            score=pair.score,
            note=f"merged into {pair.new}",
            whole=pair.new,
        )

    def _paired_row(self, place: _Place, pair: Pair) -> Change:
        new, old = place.provision, self.at_old[pair.old].provision
        kinds: list[ChangeKind] = []
        klass: ChangeClass | None = None
        note = ""
        if number(old.enum) != number(new.enum):
            kinds.append(ChangeKind.RENUMBERED)
            klass = ChangeClass.TYPOGRAPHY
        if old.text != new.text or old.heading != new.heading:
            kinds.append(ChangeKind.MODIFIED)
            judged = self.classes.judge(old, new)
            klass, note = judged.klass, judged.note
        if new.path in self.alignment.moved:
            kinds.append(ChangeKind.MOVED)
            klass = ChangeClass.WORDS if klass in (None, ChangeClass.TYPOGRAPHY) else klass
        return Change(
            tuple(kinds) or (ChangeKind.UNCHANGED,),
            klass,
            pair.method,
            pair.score,
            old,
            new,
            edits(old.text, new.text, self.granularity),
            edits(old.heading, new.heading, self.granularity),
            place.depth,
            note=note,
        )


def _places(provision: Provision, depth: int) -> Iterator[_Place]:
    yield _Place(provision, depth)
    for child in provision.children:
        yield from _places(child, depth + 1)


def _lone_row(place: _Place, kinds: tuple[ChangeKind, ...]) -> Change:
    """The row of a provision of one version only: all its words are put in, or taken out."""
    provision = place.provision
    added = ChangeKind.ADDED in kinds
    text, heading = (
        (Edit("insert" if added else "delete", words),) if words else ()
        for words in (provision.text, provision.heading)
    )
    old, new = (None, provision) if added else (provision, None)
    return Change(kinds, ChangeClass.WORDS, Method.NONE, 0.0, old, new, text, heading, place.depth)


def count_edits(rows: Iterable[Change]) -> int:
    """Places marked in provisions that both versions have; a replacement counts once."""
    return sum(_runs(row.edits) + _runs(row.heading_edits) for row in rows if row.old and row.new)


def told_once(found: Iterable[Edit]) -> Iterator[Edit]:
    """Edits with words that went elsewhere left out, and those that came as the edits to them."""
    for edit in found:
        if not edit.at:
            yield edit
        elif edit.op == "insert":
            yield from edit.inner


def _runs(found: Iterable[Edit]) -> int:
    runs, inside = 0, False
    for edit in told_once(found):
        marked = edit.op != "equal"
        runs += marked and not inside
        inside = marked
    return runs
