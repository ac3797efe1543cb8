"""Where the words of a note stand in the newest version: by the provision first, then the quote.

    rh   sec. 8(b)   The Secretary [may require a covered developer] to report.
    eh   sec. 18(b)  The Secretary [shall require each covered developer] to report annually.

The note names sec. 8(b) of rh.  The comparison of rh with eh says that this is sec. 18(b) of eh;
the edits between the two texts say which words became of those quoted.  They differ, so the note
stands at them and says *words changed, please check*.

A search of the whole page for the likeliest words, as annotation tools for the web do it, finds a
place for every note, and the wrong one now and then, without a word (hypothesis/client issue 7571).
Here a note is *the same* or *moved* only if two witnesses agree: the words stand there letter for
letter, and the edits lead there.  And only if the place has no rival: no other provision and no
other passage that could be it as well.  Whatever is less than that is for a person to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from legannot.diff.words import edits
from legannot.model import Bill, Comparison, Provision
from legannot.model.notes import HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes.doubts import FEW_WORDS, Doubts
from legannot.notes.quotes import carried, snapped
from legannot.notes.versions import Lineage, Spot, Version, stands, words_of

# Share of the quoted characters that must be left for the rest to be shown in their place.
KEPT = 0.5
# Words that stand once in both versions and are so many lead to another provision, to be checked.
TELLING_WORDS = 5
# Likeness of the best passage of a provision at which it is shown, to be checked; of a few letters
# any passage has most.
SIMILAR = 65


def place(
    notes: Iterable[HouseNote], bills: Sequence[Bill], steps: Sequence[Comparison] = ()
) -> tuple[Placed, ...]:
    """Find every note in the last of `bills`, in the order given; none is left out.

    `bills` are the versions in order, `steps` the comparisons of each with the next.
    """
    if len(steps) != len(bills) - 1:
        raise ValueError(f"{len(bills)} versions have {len(bills) - 1} steps, not {len(steps)}")
    finder = _Finder([bill.as_reported() for bill in bills], steps)
    return tuple(finder.place(note) for note in notes)


class _Finder:
    def __init__(self, bills: Sequence[Bill], steps: Sequence[Comparison]) -> None:
        self.versions = [Version(bill) for bill in bills]
        self.last = self.versions[-1]
        self.steps = steps
        self._known: dict[int, Doubts] = {}

    def place(self, note: HouseNote) -> Placed:
        """Where the note stands in the last version."""
        anchor = note.anchor
        at = self._version(anchor)
        if at is None:
            return self._without_version(note)
        version = self.versions[at]
        provision = version.provisions.get(anchor.path)
        if provision is None:
            return Placed(
                note, Outcome.GONE, reason=f"There is no {anchor.path} in {version.name}."
            )
        spots = version.spots(anchor)
        if len(spots) != 1:
            return Placed(note, Outcome.GONE, reason=_misquoted(anchor, provision, version))
        if version is self.last:
            return _at(note, Outcome.SAME, spots[0])
        return self._followed(note, self._doubts(at), spots[0])

    def _version(self, anchor: NoteAnchor) -> int | None:
        """The latest version of that name; of several, the latest that the anchor fits."""
        named = [at for at, version in enumerate(self.versions) if version.is_called(anchor)]
        fitting = [at for at in named if self.versions[at].spots(anchor)]
        return max(fitting or named, default=None)

    def _doubts(self, at: int) -> Doubts:
        if at not in self._known:
            lineage = Lineage(self.versions[at], self.last, self.steps[at:])
            self._known[at] = Doubts(lineage)
        return self._known[at]

    def _without_version(self, note: HouseNote) -> Placed:
        """A note whose version is not at hand has no lineage; words that stand once are a guess."""
        anchor = note.anchor
        given = ", ".join(version.name for version in self.versions)
        why = f"Written against {anchor.bill} {anchor.version}".replace("  ", " ")
        why = f"{why}, which is not among the versions given ({given})"
        if not any(version.is_of(anchor.bill) for version in self.versions):
            return Placed(note, Outcome.GONE, reason=f"{why}.")
        found = [
            Spot(p, *spot) for p in self.last.provisions.values() for spot in stands(anchor, p)
        ]
        if len(found) == 1:
            place = found[0].provision.path
            return _at(
                note,
                Outcome.CHANGED,
                found[0],
                f"{why}; its words stand once in {self.last.name}, in {place}.",
            )
        times = "do not stand" if not found else f"stand {len(found)} times"
        return Placed(note, Outcome.GONE, reason=f"{why}; its words {times} in {self.last.name}.")

    def _followed(self, note: HouseNote, doubts: Doubts, spot: Spot) -> Placed:
        lineage, before = doubts.lineage, spot.provision
        successor = lineage.successor(before)
        if successor is None:
            gone = f"{before.path} of {lineage.old.name} is not in {self.last.name}"
            return self._elsewhere(note, lineage, spot) or Placed(
                note, Outcome.GONE, reason=f"{gone}; it was taken out."
            )
        text = words_of(successor, spot.field)
        way = carried(edits(spot.text, text, "word"), spot.start, spot.end)
        there = Spot(successor, spot.field, *snapped(text, way.start, way.end))
        if not way.whole or there.quote != spot.quote:
            return self._changed(note, lineage, spot, there, way.kept)
        doubt = doubts.about(spot, there)
        if doubt:
            return _at(note, Outcome.CHANGED, there, doubt)
        if lineage.moved(before):
            return _at(note, Outcome.MOVED, there, f"{before.path} is now {successor.path}.")
        return _at(note, Outcome.SAME, there)

    def _changed(
        self, note: HouseNote, lineage: Lineage, spot: Spot, there: Spot, kept: int
    ) -> Placed:
        """The likeliest place of words that are not the same any more."""
        where = there.provision.path
        size = spot.end - spot.start
        differ = _differ(spot.quote, there.quote, where)
        if there.quote and kept >= KEPT * size:
            return _at(note, Outcome.CHANGED, there, differ)
        found = self._elsewhere(note, lineage, spot)
        if found:
            return found
        text = there.text
        long = len(spot.quote.split()) >= FEW_WORDS
        best = fuzz.partial_ratio_alignment(spot.quote, text, score_cutoff=SIMILAR)
        if long and best is not None and best.dest_end > best.dest_start:
            like = Spot(there.provision, spot.field, *snapped(text, best.dest_start, best.dest_end))
            if like.quote:
                return _at(note, Outcome.CHANGED, like, _differ(spot.quote, like.quote, where))
        if there.quote:
            return _at(note, Outcome.CHANGED, there, differ)
        return Placed(
            note, Outcome.GONE, path=where, reason=f"The words were taken out of {where}."
        )

    def _elsewhere(self, note: HouseNote, lineage: Lineage, spot: Spot) -> Placed | None:
        """The only other place with the same words, if they are too many for chance."""
        if len(spot.quote.split()) < TELLING_WORDS:
            return None
        found = self.last.holding(spot.quote)
        if len(found) != 1 or len(lineage.old.holding(spot.quote)) != 1:
            return None
        now = found[0].provision.path
        return _at(
            note,
            Outcome.CHANGED,
            found[0],
            f"The same words stand in {now}; whether {note.anchor.path} went there is not sure.",
        )


def _at(note: HouseNote, outcome: Outcome, spot: Spot, reason: str = "") -> Placed:
    return Placed(
        note,
        outcome,
        spot.provision.path,
        spot.field,
        spot.start,
        spot.end,
        spot.quote,
        reason,
    )


def _misquoted(anchor: NoteAnchor, provision: Provision, version: Version) -> str:
    where = f"{anchor.path} of {version.name}"
    alone = NoteAnchor(anchor.version, anchor.path, anchor.exact)
    times = len(stands(alone, provision))
    if not times:
        others = [p.path for p in provision.walk() if p is not provision and stands(alone, p)]
        hint = f"; they stand in {others[0]}" if others else ""
        return f"Its words are not in {where}, against which it was written{hint}."
    if times == 1 or not stands(anchor, provision):
        return f"Its words are in {where}, but not between its prefix and its suffix."
    return f"Its words stand {times} times in {where}; its prefix and suffix do not tell which."


def _differ(old: str, new: str, where: str) -> str:
    if not new:
        return f"The words were taken out of {where}."
    return f"“{old}” is now “{new}” in {where}."
