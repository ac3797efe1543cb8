"""Notes planted in bills that are then edited, with the truth about every quoted word.

The edits are those of `tests/mutations.py` (sections put in, deleted, moved and renumbered,
paragraphs moved) with three more that mislead: a provision is copied elsewhere, a phrase is
repeated within its provision, siblings change places.  Words are reworded one run at a time, and
where each word went is kept.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from legannot.model import Bill, Provision
from legannot.model.notes import Field, HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes.versions import anchored, stands, words_of
from tests.mutations import Draft, Editor, Mutated, draft

Words = tuple[int | None, ...]  # where each word of an old text is in the new one
LONGEST_QUOTE = 12


class TracingEditor(Editor):
    """An editor that knows where every word of a provision's text went."""

    def __init__(self, bill: Bill, stranger: Bill, rng: random.Random) -> None:
        super().__init__(bill, stranger, rng)
        self.words: dict[str, Words] = {
            p.path: tuple(range(len(p.text.split()))) for p in bill.walk()
        }
        self.copied: list[Draft] = []

    def operations(self) -> tuple[Callable[[], None], ...]:
        misleading = (self.copy_provision, self.swap_siblings, self.repeat_phrase)
        return (*super().operations(), *misleading)

    def delete_provision(self) -> None:
        """Not what was copied: a copy without its original is the original, moved."""
        owners = [d for d in self.drafts() if len(d.children) > 2]
        if not owners:
            return
        owner = self.rng.choice(owners)
        gone = self.rng.choice(owner.children)
        if not any(d in self.copied for d in gone.walk()):
            owner.children.remove(gone)
            self.moved = [d for d in self.moved if d not in gone.walk()]

    def drafts(self) -> list[Draft]:
        return [d for root in self.roots for d in root.walk()]

    def copy_provision(self) -> None:
        """A copy of a provision elsewhere, which is not the provision."""
        numbered = [d for d in self.drafts() if d.provision.enum and d.origin]
        owners = [d for d in self.drafts() if d.children and d.origin]
        if numbered and owners:
            copied = self.rng.choice(numbered)
            owner = self.rng.choice(
                [o for o in owners if o not in copied.walk()] or [self.roots[0]]
            )
            self.copied += copied.walk()
            at = self.rng.randint(0, len(owner.children))
            owner.children.insert(at, draft(copied.build(), foreign=True))

    def swap_siblings(self) -> None:
        """Two neighbours change places and take each other's number."""
        owners = [d for d in self.drafts() if sum(bool(c.provision.enum) for c in d.children) > 1]
        if not owners:
            return
        children = self.rng.choice(owners).children
        places = [i for i, c in enumerate(children) if c.provision.enum]
        at = self.rng.randrange(len(places) - 1)
        first, second = places[at], places[at + 1]
        one, two = children[first], children[second]
        children[first], children[second] = two, one
        enums = one.provision.enum, two.provision.enum
        two.provision = replace(two.provision, enum=enums[0])
        one.provision = replace(one.provision, enum=enums[1])

    def repeat_phrase(self) -> None:
        """Some words of a text once more in the same text."""
        long = [d for d in self.drafts() if d.origin and len(d.provision.text.split()) > 8]
        if not long:
            return
        item = self.rng.choice(long)
        words = item.provision.text.split()
        start = self.rng.randrange(len(words) - 3)
        phrase = words[start : start + self.rng.randint(2, 6)]
        at = self.rng.randint(0, len(words))
        self._set(item, words[:at] + phrase + words[at:])
        self._shift(item.origin, at, len(phrase))

    def reword(self, share: float) -> None:
        for item in self.drafts():
            words = item.provision.text.split()
            if len(words) < 3 or not item.origin:
                continue
            went: list[int | None] = []
            result: list[str] = []
            at = 0
            while at < len(words):
                run = self.rng.randint(1, 4)
                if self.rng.random() >= share / 2.5:
                    went.append(len(result))
                    result.append(words[at])
                    at += 1
                    continue
                action = self.rng.choice(("replace", "drop", "insert"))
                if action != "drop":
                    result += self.rng.choices(self.vocabulary, k=run)
                if action == "insert":
                    went.append(len(result))
                    result.append(words[at])
                    at += 1
                else:
                    went += [None] * len(words[at : at + run])
                    at += run
            self._set(item, result or words[:1])
            if not result:
                went[0] = 0
            before = self.words[item.origin]
            self.words[item.origin] = tuple(None if w is None else went[w] for w in before)

    def _set(self, item: Draft, words: list[str]) -> None:
        item.provision = replace(item.provision, text=" ".join(words), spans=())

    def _shift(self, path: str, at: int, by: int) -> None:
        self.words[path] = tuple(w if w is None or w < at else w + by for w in self.words[path])


@dataclass(frozen=True)
class Edited:
    """The edited bill, its true pairs of paths, and where the words of each provision went."""

    mutated: Mutated
    words: dict[str, Words]

    @property
    def bill(self) -> Bill:
        return self.mutated.bill


def edit(bill: Bill, stranger: Bill, seed: int, share: float, operations: int) -> Edited:
    """Some operations of every sort, renumbered, and `share` of the words reworded."""
    editor = TracingEditor(bill, stranger, random.Random(seed))
    mutated = editor.mutated(share, operations)
    named = replace(mutated.bill, version="edited")
    return Edited(replace(mutated, bill=named), editor.words)


def plant(
    bill: Bill, count: int, rng: random.Random, among: frozenset[str] | None = None
) -> list[HouseNote]:
    """Notes on `count` passages of a bill, chosen at random: some words of a text, or a heading.

    With `among`, only passages of the provisions with these paths.
    """
    provisions = [
        p for p in bill.walk() if (p.text or p.heading) and (among is None or p.path in among)
    ]
    if not provisions:
        return []
    notes: list[HouseNote] = []
    for number in range(count):
        provision = rng.choice(provisions)
        field: Field = "text"
        if not provision.text or (provision.heading and rng.random() < 0.1):
            field = "heading"
        text = words_of(provision, field)
        words = text.split()
        first = rng.randrange(len(words))
        last = min(len(words), first + rng.randint(1, LONGEST_QUOTE))
        start, end = offsets(words, first, last)
        anchor = anchored(bill, provision, field, start, end)
        if anchor is not None:
            name = f"n{number}"
            notes.append(HouseNote(name, "comment", "A. Person", "2026-11-24", "See.", anchor))
    return notes


def offsets(words: list[str], first: int, last: int) -> tuple[int, int]:
    """The range of words `first` to before `last` in the text that they make."""
    start = sum(len(w) + 1 for w in words[:first])
    return start, start + len(" ".join(words[first:last]))


def silently_wrong(old: Bill, edited: Edited, placed: Placed) -> str:
    """What is wrong with a note that claims the same words; empty if nothing, or if it asks."""
    if placed.outcome not in (Outcome.SAME, Outcome.MOVED):
        return ""
    anchor = placed.note.anchor
    became = dict(edited.mutated.pairs).get(anchor.path)
    if placed.path != became:
        return f"is at {placed.path}, not at {became or 'no place: it was taken out'}"
    if (placed.outcome is Outcome.SAME) and placed.path != anchor.path:
        return f"says the same place, but {anchor.path} is {placed.path}"
    before = next(p for p in old.walk() if p.path == anchor.path)
    after = next(p for p in edited.bill.walk() if p.path == became)
    if placed.field == "heading":
        return "" if before.heading == after.heading else "is on another heading"
    went = edited.words[anchor.path]
    if not _went_there(before, after, went, anchor, placed):
        return f"is at {placed.start}..{placed.end} of {placed.path}, where its words did not go"
    return ""


def in_vain(old: Bill, edited: Edited, placed: Placed) -> bool:
    """Whether a note asks for a person although every quoted word is there, side by side."""
    anchor = placed.note.anchor
    became = dict(edited.mutated.pairs).get(anchor.path)
    if not placed.needs_reader or became is None:
        return False
    before = next(p for p in old.walk() if p.path == anchor.path)
    field, at, _ = stands(anchor, before)[0]
    if field == "heading":
        return True
    places = _went(before, edited.words[anchor.path], at, anchor.exact)
    start = places[0]
    return start is not None and list(places) == list(range(start, start + len(places)))


def _went(before: Provision, went: Words, at: int, exact: str) -> Words:
    first = len(before.text[:at].split())
    return went[first : first + len(exact.split())]


def _went_there(
    before: Provision, after: Provision, went: Words, anchor: NoteAnchor, placed: Placed
) -> bool:
    """Whether the words shown are letter for letter the quoted ones, and half of them at least the
    very ones: what replaced a word may be the same word.
    """
    if after.text[placed.start : placed.end] != anchor.exact:
        return False
    _, at, _ = stands(anchor, before)[0]
    places = _went(before, went, at, anchor.exact)
    start = len(after.text[: placed.start].split())
    right = sum(place == start + i for i, place in enumerate(places))
    return 2 * right >= len(places)
