"""May the same words be taken for the same place?  Why a person must look all the same.

    rh  sec. 8(b)   The Secretary shall submit to Congress a report on licenses.
    eh  sec. 9(b)   The Secretary shall submit to Congress a report on licenses.   (a copy, new)
        sec. 18(b)  The Secretary shall promptly submit to Congress a report on all licenses.

The comparison pairs 8(b) with its copy, which reads like it letter for letter.  A note on "submit
to Congress a report" would stand at 9(b) with the same words, and be wrong.  So words are the same
only where the passage has one past and one future: no new provision reads like the old one, no
other old one like the new one, and no other place that holds the words is as close.

Measured by `bench/notes.py`: without a doubt about newcomers 48 of 1,699 notes on edited bills were
silently wrong, with all of these none of 11,382; of the notes on an exact reprint none asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from legannot.model import CONTAINERS, Provision, number
from legannot.notes.quotes import occurrences
from legannot.notes.versions import Lineage, Spot, all_words, own_words

# Likeness of two provisions, word by word in order, 0 to 100: what became of one must reach it for
# its words to be taken as the same, and another one that reaches it may be the one instead.
# Unrelated provisions of one bill are at 20 to 35, one with a third of its words replaced at 65.
ALIKE = 50
# How much likelier the provision must be than another one that holds the same words.
AHEAD = 15
# What it is worth that a provision stands in what became of its parent.
KIN = 25
# A quotation of fewer words is the same only if a word before or behind it is the same, too.
FEW_WORDS = 4
# Characters on each side that tell apart two passages with the same words.
AROUND = 24


class Doubts:
    """The doubts about places in the last version to which edits lead from one before."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self._known: dict[str, str] = {}

    def about(self, spot: Spot, there: Spot) -> str:
        """Why a person must look although the same words stand there; empty if none needs to."""
        return (
            self._passage(spot, there) or self._rival(spot, there) or self._pairing(spot.provision)
        )

    def _passage(self, spot: Spot, there: Spot) -> str:
        """Doubt whether it is the same passage of the provision."""
        if spot.text == there.text:
            return ""
        where = there.provision.path
        if fuzz.ratio(spot.text.split(), there.text.split()) < ALIKE:
            return f"The words are the same; the rest of {where} hardly is."
        here = occurrences(there.text, spot.quote)
        left, right = _same_neighbours(spot, there)
        if len(here) > 1 or len(occurrences(spot.text, spot.quote)) > 1:
            if not (left and right) or not _told_apart(here, spot, there):
                return f"The words stand {len(here)} times in {where}."
        elif not (left or right) and len(spot.quote.split()) < FEW_WORDS:
            return "The words are the same; those before and behind them are not."
        return ""

    def _rival(self, spot: Spot, there: Spot) -> str:
        """Another provision with the same words that is as close."""
        old, new = spot.provision, there.provision
        mine = self._closeness(old, new)
        for other in self.lineage.new.holding(spot.quote):
            rival = other.provision
            if rival is new or self._in_order(old, new, rival):
                continue
            near = self._closeness(old, rival) + AHEAD > mine
            if near and not self._explained(old, new, rival):
                return f"The same words stand in {rival.path} too, which reads alike."
        return ""

    def _explained(self, old: Provision, new: Provision, rival: Provision) -> bool:
        """Whether the rival has a past of its own, and to change the two would be less likely."""
        other = self.lineage.origin(rival)
        if other is None or other is old:
            return False
        straight = self._closeness(old, new) + self._closeness(other, rival)
        crossed = self._closeness(old, rival) + self._closeness(other, new)
        return straight >= crossed + AHEAD

    def _in_order(self, old: Provision, new: Provision, rival: Provision) -> bool:
        """Whether two provisions of one parent stand in it as they did, with the same words."""
        above, before = self.lineage.new.above(new), self.lineage.old.above(old)
        if above is None or before is None or above is not self.lineage.new.above(rival):
            return False
        if not self.lineage.akin(old, new):
            return False
        same = [c.text for c in before.children] == [c.text for c in above.children]
        return same and _index(before.children, old) == _index(above.children, new)

    def _pairing(self, old: Provision) -> str:
        """Doubt whether a provision, or one that holds it, became what it was paired with.

        What was taken for another section's paragraph takes its items along.
        """
        above: Provision | None = old
        while above is not None and above.kind not in CONTAINERS:
            if above.path not in self._known:
                self._known[above.path] = (
                    self._newcomer_like(above)
                    or self._newcomer_in_place_of(above)
                    or self._other_past(above)
                )
            if self._known[above.path]:
                return self._known[above.path]
            above = self.lineage.old.above(above)
        return ""

    def _newcomer_like(self, old: Provision) -> str:
        """A provision without a past that may be the successor."""
        best = process.extractOne(
            all_words(old), self.lineage.newcomers, scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        return f"{best[2]} is new and reads like {old.path}." if best else ""

    def _newcomer_in_place_of(self, old: Provision) -> str:
        """A new provision with the number of one that left its parent: that one, rewritten, it may
        be.
        """
        new, above = self.lineage.successor(old), self.lineage.old.above(old)
        if new is None or above is None or self.lineage.akin(old, new):
            return ""
        parent = self.lineage.successor(above)
        for child in parent.children if parent else ():
            new_one = child.path in self.lineage.newcomers
            if new_one and number(child.enum) == number(old.enum):
                return f"{child.path} is new and stands where {old.path} stood."
        return ""

    def _other_past(self, old: Provision) -> str:
        """An old provision that may have become the same one as well; if it has a successor of its
        own, it must be closer.
        """
        new = self.lineage.successor(old)
        if new is None:
            return ""
        mine = self._closeness(old, new)
        version = self.lineage.old
        likely = process.extract(
            own_words(new), version.own, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
        )
        for _, _, path in likely:
            other = version.provisions[path]
            ahead = 0 if self.lineage.successor(other) else AHEAD
            if other is not old and self._closeness(other, new) + ahead > mine:
                return f"{new.path} reads like {path} of {version.name}, too."
        return ""

    def _closeness(self, old: Provision, new: Provision) -> float:
        """How alike two provisions are, 0 to 100, and more where their parents are one."""
        return fuzz.ratio(own_words(old), own_words(new)) + KIN * self.lineage.akin(old, new)


def _index(siblings: Sequence[Provision], one: Provision) -> int:
    return next(i for i, sibling in enumerate(siblings) if sibling is one)


def _same_neighbours(spot: Spot, there: Spot) -> tuple[bool, bool]:
    """Whether the word before and the word behind are the same."""
    return (
        _word_before(spot.text, spot.start) == _word_before(there.text, there.start),
        _word_after(spot.text, spot.end) == _word_after(there.text, there.end),
    )


def _word_before(text: str, at: int) -> str:
    return "".join(text[:at].split()[-1:])


def _word_after(text: str, at: int) -> str:
    return "".join(text[at:].split()[:1])


def _told_apart(own: Sequence[tuple[int, int]], spot: Spot, there: Spot) -> bool:
    """Whether of several passages with the same words only one stands in the old surroundings."""

    def around(text: str, start: int, end: int) -> tuple[str, str]:
        return text[max(0, start - AROUND) : start], text[end : end + AROUND]

    before = around(spot.text, spot.start, spot.end)
    alike = [at for at in own if around(there.text, *at) == before]
    return alike == [(there.start, there.end)]
