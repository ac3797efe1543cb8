"""Versions as notes see them: words by provision, and what became of each provision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from legannot.model import Bill, BillId, ChangeKind, Comparison, Provision
from legannot.model.notes import Field, NoteAnchor
from legannot.notes.quotes import occurrences, reprinted, snapped

# Characters of context that an anchor carries on each side; more where they do not tell.
CONTEXT = 32
# Words by which provisions are compared as wholes; a section may have tens of thousands.
COMPARED = 600

_FIELDS: tuple[Field, ...] = ("text", "heading")


@dataclass(frozen=True, slots=True)
class Spot:
    """A range of the text or the heading of a provision."""

    provision: Provision
    field: Field
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text or heading that holds it."""
        return words_of(self.provision, self.field)

    @property
    def quote(self) -> str:
        """The words of the range."""
        return self.text[self.start : self.end]


def words_of(provision: Provision, field: Field) -> str:
    """The own text of a provision, or its heading."""
    return provision.heading if field == "heading" else provision.text


def version_name(bill: Bill) -> str:
    """What notes call a version: its code, or the name of its file where it has none."""
    return bill.version or bill.provenance.source


def stands(
    anchor: NoteAnchor, provision: Provision, *, reprint: bool = False
) -> list[tuple[Field, int, int]]:
    """Every place of a provision that an anchor fits.

    `reprint`: the provision is set as another format prints, and the anchor quotes its own.
    """
    find = reprinted if reprint else occurrences
    return [
        (field, start, end)
        for field in _FIELDS
        for start, end in find(
            words_of(provision, field), anchor.exact, anchor.prefix, anchor.suffix
        )
    ]


def anchored(
    bill: Bill, provision: Provision, field: Field, start: int, end: int
) -> NoteAnchor | None:
    """The anchor of words of a provision, with as much around them as tells them apart.

    None where nothing does: the same words stand in the same surroundings twice.
    """
    text = words_of(provision, field)
    for around in (CONTEXT, len(text)):
        before, _ = snapped(text, max(0, start - around), start)
        _, behind = snapped(text, end, min(len(text), end + around))
        anchor = NoteAnchor(
            version_name(bill),
            provision.path,
            text[start:end],
            text[before:start],
            text[end:behind],
            str(bill.id or ""),
        )
        if stands(anchor, provision) == [(field, start, end)]:
            return anchor
    return None


class Version:
    """One version with what notes look up in it."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.provisions = {p.path: p for p in bill.walk()}
        self.parents = {
            child.path: p.path for p in self.provisions.values() for child in p.children
        }

    @property
    def name(self) -> str:
        """What notes call it."""
        return version_name(self.bill)

    def above(self, provision: Provision) -> Provision | None:
        """The provision that holds one."""
        return self.provisions.get(self.parents.get(provision.path, ""))

    def is_called(self, anchor: NoteAnchor) -> bool:
        """Whether an anchor means this version."""
        named = self.name.casefold() == anchor.version.casefold()
        return named and self.is_of(anchor.bill)

    def is_of(self, bill: str) -> bool:
        """Whether it is a version of the bill of that name; an empty name is any bill's."""
        if not bill or self.bill.id is None:
            return True
        try:
            return BillId.parse(bill) == self.bill.id
        except ValueError:
            return False

    def spots(self, anchor: NoteAnchor) -> list[Spot]:
        """Every place of the anchor's provision that it fits."""
        provision = self.provisions.get(anchor.path)
        if provision is None:
            return []
        places = stands(anchor, provision)
        if not places and self.bill.set_aside:
            places = stands(anchor, provision, reprint=True)
        return [Spot(provision, *place) for place in places]

    def holding(self, quote: str) -> list[Spot]:
        """Every place of the version with these words."""
        return [
            Spot(p, field, start, end)
            for p, field, text in self._texts
            if quote in text
            for start, end in occurrences(text, quote)
        ]

    @cached_property
    def own(self) -> Mapping[str, list[str]]:
        """The words of each provision without what stands below it."""
        return {path: own_words(p) for path, p in self.provisions.items()}

    @cached_property
    def _texts(self) -> tuple[tuple[Provision, Field, str], ...]:
        return tuple(
            (p, field, text)
            for p in self.provisions.values()
            for field in _FIELDS
            if (text := words_of(p, field))
        )


class Lineage:
    """What became of the provisions of one version in the last one."""

    def __init__(self, old: Version, new: Version, steps: Iterable[Comparison]) -> None:
        self.old = old
        self.new = new
        onward = {path: (path, False) for path in old.provisions}
        for pairs in map(_pairs, steps):
            onward = {
                path: (pairs[now][0], moved or pairs[now][1])
                for path, (now, moved) in onward.items()
                if now in pairs
            }
        self._onward = onward

    def successor(self, old: Provision) -> Provision | None:
        """What a provision became, None if it is gone."""
        return self.new.provisions.get(self._onward.get(old.path, ("", False))[0])

    def moved(self, old: Provision) -> bool:
        """Whether a provision changed its place or its number on the way."""
        path, moved = self._onward.get(old.path, ("", False))
        return moved or path != old.path

    def origin(self, new: Provision) -> Provision | None:
        """What a provision was before, None if it is new."""
        return self.old.provisions.get(self._origins.get(new.path, ""))

    def akin(self, old: Provision, new: Provision) -> bool:
        """Whether what holds the one became what holds the other."""
        above_old, above_new = self.old.above(old), self.new.above(new)
        if above_old is None or above_new is None:
            return above_old is above_new
        return self.successor(above_old) is above_new

    @cached_property
    def newcomers(self) -> Mapping[str, list[str]]:
        """The words of each provision that was none before."""
        return {
            path: all_words(p)
            for path, p in self.new.provisions.items()
            if path not in self._origins
        }

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return {now: path for path, (now, _) in self._onward.items()}


def _pairs(step: Comparison) -> dict[str, tuple[str, bool]]:
    pairs: dict[str, tuple[str, bool]] = {}
    for row in step.rows:
        if row.old and row.new:
            pairs.setdefault(row.old.path, (row.new.path, ChangeKind.MOVED in row.kinds))
    return pairs


def all_words(provision: Provision) -> list[str]:
    """The first words of a provision and of all below it."""
    words: list[str] = []
    for p in provision.walk():
        words += own_words(p)
        if len(words) > COMPARED:
            break
    return words[:COMPARED]


def own_words(provision: Provision) -> list[str]:
    """The words of a provision without what stands below it."""
    return f"{provision.heading} {provision.text}".split()
