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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from legannot.diff.words import edits
from legannot.model import CONTAINERS, Bill, BillId, ChangeKind, Comparison, Provision
from legannot.model.notes import Field, HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes.quotes import carried, occurrences, snapped

# Likeness of two provisions, word by word in order, 0 to 100: what became of one must reach it for
# its words to be taken as the same, and a new one that reaches it may be the old one instead.
# Unrelated provisions of one bill are at 20 to 35, one with a third of its words replaced at 65.
ALIKE = 50
# How much likelier the provision must be than another one that holds the same words.
AHEAD = 15
# Words by which provisions are compared as wholes; a section may have tens of thousands.
COMPARED = 600
# What it is worth that a provision stands in what became of its parent.
KIN = 25
# A quotation of fewer words is the same only if a word before or behind it is the same, too.
FEW_WORDS = 4
# Characters on each side that tell apart two passages with the same words.
AROUND = 24
# Share of the quoted characters that must be left for the rest to be shown in their place.
KEPT = 0.5
# Words that stand once in both versions and are so many lead to another provision, to be checked.
TELLING_WORDS = 5
# Likeness of the best passage of a provision at which it is shown, to be checked; of a few letters
# any passage has most.
SIMILAR = 65

# Characters of context that an anchor carries on each side; more where they do not tell.
CONTEXT = 32

_FIELDS: tuple[Field, ...] = ("text", "heading")


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


@dataclass(frozen=True, slots=True)
class _Spot:
    """A range of the text or the heading of a provision."""

    provision: Provision
    field: Field
    start: int
    end: int

    @property
    def text(self) -> str:
        return words_of(self.provision, self.field)

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]


def words_of(provision: Provision, field: Field) -> str:
    """The own text of a provision, or its heading."""
    return provision.heading if field == "heading" else provision.text


def version_name(bill: Bill) -> str:
    """What notes call a version: its code, or the name of its file where it has none."""
    return bill.version or bill.provenance.source


def stands(anchor: NoteAnchor, provision: Provision) -> list[tuple[Field, int, int]]:
    """Every place of a provision that an anchor fits."""
    return [
        (field, start, end)
        for field in _FIELDS
        for start, end in occurrences(
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


class _Version:
    """One version with what notes look up in it."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.provisions = {p.path: p for p in bill.walk()}
        self.parents = {
            child.path: p.path for p in self.provisions.values() for child in p.children
        }

    @property
    def name(self) -> str:
        return version_name(self.bill)

    @cached_property
    def texts(self) -> tuple[tuple[Provision, Field, str], ...]:
        return tuple(
            (p, field, text)
            for p in self.provisions.values()
            for field in _FIELDS
            if (text := words_of(p, field))
        )

    @cached_property
    def own(self) -> Mapping[str, list[str]]:
        """The words of each provision without what stands below it."""
        return {path: _own(p) for path, p in self.provisions.items()}

    def holding(self, quote: str) -> list[_Spot]:
        """Every place of the version with these words."""
        return [
            _Spot(p, field, start, end)
            for p, field, text in self.texts
            if quote in text
            for start, end in occurrences(text, quote)
        ]


class _Finder:
    def __init__(self, bills: Sequence[Bill], steps: Sequence[Comparison]) -> None:
        self.versions = [_Version(bill) for bill in bills]
        self.last = self.versions[-1]
        self.steps = [_onward(step) for step in steps]
        self._lineages: dict[int, Mapping[str, tuple[str, bool]]] = {}
        self._pasts: dict[int, Mapping[str, str]] = {}
        self._new: dict[int, Mapping[str, list[str]]] = {}
        self._doubled: dict[tuple[int, str], str] = {}

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
        spots = stands(anchor, provision)
        if len(spots) != 1:
            return Placed(note, Outcome.GONE, reason=_misquoted(anchor, provision, version))
        spot = _Spot(provision, *spots[0])
        if version is self.last:
            return _at(note, Outcome.SAME, spot)
        return self._followed(note, at, spot)

    def _version(self, anchor: NoteAnchor) -> int | None:
        """The latest version of that name; of several, the latest that the anchor fits."""
        named = [
            at
            for at, version in enumerate(self.versions)
            if version.name.casefold() == anchor.version.casefold()
            and _same_bill(anchor.bill, version.bill)
        ]
        fitting = [at for at in named if self._spots(at, anchor)]
        return max(fitting or named, default=None)

    def _spots(self, at: int, anchor: NoteAnchor) -> list[tuple[Field, int, int]]:
        provision = self.versions[at].provisions.get(anchor.path)
        return stands(anchor, provision) if provision else []

    def _without_version(self, note: HouseNote) -> Placed:
        """A note whose version is not at hand has no lineage; words that stand once are a guess."""
        anchor = note.anchor
        given = ", ".join(version.name for version in self.versions)
        why = f"Written against {anchor.bill} {anchor.version}".replace("  ", " ")
        why = f"{why}, which is not among the versions given ({given})"
        if not any(_same_bill(anchor.bill, version.bill) for version in self.versions):
            return Placed(note, Outcome.GONE, reason=f"{why}.")
        found = [
            _Spot(p, *spot) for p in self.last.provisions.values() for spot in stands(anchor, p)
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

    def _followed(self, note: HouseNote, at: int, spot: _Spot) -> Placed:
        path, moved = self._lineage(at).get(spot.provision.path, ("", False))
        successor = self.last.provisions.get(path)
        if successor is None:
            gone = f"{spot.provision.path} of {self.versions[at].name} is not in {self.last.name}"
            return self._elsewhere(note, at, spot) or Placed(
                note, Outcome.GONE, reason=f"{gone}; it was taken out."
            )
        text = words_of(successor, spot.field)
        way = carried(edits(spot.text, text, "word"), spot.start, spot.end)
        start, end = snapped(text, way.start, way.end)
        there = _Spot(successor, spot.field, start, end)
        if way.whole and there.quote == spot.quote:
            doubt = self._doubt(at, spot, there)
            if doubt:
                return _at(note, Outcome.CHANGED, there, doubt)
            if moved or path != note.anchor.path:
                return _at(note, Outcome.MOVED, there, f"{note.anchor.path} is now {path}.")
            return _at(note, Outcome.SAME, there)
        return self._changed(note, at, spot, there, way.kept)

    def _changed(self, note: HouseNote, at: int, spot: _Spot, there: _Spot, kept: int) -> Placed:
        """The likeliest place of words that are not the same any more."""
        where = there.provision.path
        size = spot.end - spot.start
        differ = _differ(spot.quote, there.quote, where)
        if there.quote and kept >= KEPT * size:
            return _at(note, Outcome.CHANGED, there, differ)
        found = self._elsewhere(note, at, spot)
        if found:
            return found
        text = there.text
        long = len(spot.quote.split()) >= FEW_WORDS
        best = fuzz.partial_ratio_alignment(spot.quote, text, score_cutoff=SIMILAR)
        if long and best is not None and best.dest_end > best.dest_start:
            like = _Spot(
                there.provision, spot.field, *snapped(text, best.dest_start, best.dest_end)
            )
            if like.quote:
                return _at(note, Outcome.CHANGED, like, _differ(spot.quote, like.quote, where))
        if there.quote:
            return _at(note, Outcome.CHANGED, there, differ)
        return Placed(
            note, Outcome.GONE, path=where, reason=f"The words were taken out of {where}."
        )

    def _elsewhere(self, note: HouseNote, at: int, spot: _Spot) -> Placed | None:
        """The only other place with the same words, if they are too many for chance."""
        if len(spot.quote.split()) < TELLING_WORDS:
            return None
        found = self.last.holding(spot.quote)
        if len(found) != 1 or len(self.versions[at].holding(spot.quote)) != 1:
            return None
        now = found[0].provision.path
        return _at(
            note,
            Outcome.CHANGED,
            found[0],
            f"The same words stand in {now}; whether {note.anchor.path} went there is not sure.",
        )

    # -- may the same words be taken for the same place? ------------------------------------------

    def _doubt(self, at: int, spot: _Spot, there: _Spot) -> str:
        """Why a person must look although the same words stand there; empty if none need to."""
        own = occurrences(there.text, spot.quote)
        same_text = spot.text == there.text
        if not same_text:
            if fuzz.ratio(spot.text.split(), there.text.split()) < ALIKE:
                return f"The words are the same; the rest of {there.provision.path} hardly is."
            left, right = _surroundings(spot, there)
            if len(own) > 1 or len(occurrences(spot.text, spot.quote)) > 1:
                if not (left and right) or not _told_apart(own, spot, there):
                    return f"The words stand {len(own)} times in {there.provision.path}."
            elif not (left or right) and len(spot.quote.split()) < FEW_WORDS:
                return "The words are the same; those before and behind them are not."
        return self._rival(at, spot, there)

    def _rival(self, at: int, spot: _Spot, there: _Spot) -> str:
        """Another provision that may be the one as well."""
        old, new = spot.provision, there.provision
        mine = self._closeness(at, old, new)
        for other in self.last.holding(spot.quote):
            rival = other.provision
            if rival is new or self._in_order(at, old, new, rival):
                continue
            theirs = self._closeness(at, old, rival)
            if theirs + AHEAD > mine and not self._explained(at, old, new, rival):
                return f"The same words stand in {rival.path} too, which reads alike."
        double = self._double(at, old)
        if double:
            return f"{double} is new and reads like {old.path}."
        past = self._other_past(at, old, new, mine)
        return f"{new.path} reads like {past} of that version, too." if past else ""

    def _explained(self, at: int, old: Provision, new: Provision, rival: Provision) -> bool:
        """Whether the rival has a past of its own, and to change the two would be less likely."""
        origin = self._origins(at).get(rival.path, "")
        other = self.versions[at].provisions.get(origin)
        if other is None or other is old:
            return False
        straight = self._closeness(at, old, new) + self._closeness(at, other, rival)
        crossed = self._closeness(at, old, rival) + self._closeness(at, other, new)
        return straight >= crossed + AHEAD

    def _origins(self, at: int) -> Mapping[str, str]:
        known = self._pasts.get(at)
        if known is None:
            lineage = self._lineage(at)
            known = self._pasts[at] = {now: path for path, (now, _) in lineage.items()}
        return known

    def _double(self, at: int, old: Provision) -> str:
        """A provision without a past that may be the successor of `old` or of what holds it.

        If a passage stands in the new version twice, one of them is the copy, and nothing in the
        text says which.
        """
        above: Provision | None = old
        while above is not None and above.kind not in CONTAINERS:
            double = self._newcomer_like(at, above.path)
            if double:
                return double
            above = self.versions[at].provisions.get(self.versions[at].parents.get(above.path, ""))
        return ""

    def _newcomer_like(self, at: int, path: str) -> str:
        key = (at, path)
        if key not in self._doubled:
            words = _all(self.versions[at].provisions[path])
            best = process.extractOne(
                words,
                self._newcomers(at),
                scorer=fuzz.ratio,
                score_cutoff=ALIKE,
            )
            self._doubled[key] = best[2] if best else ""
        return self._doubled[key]

    def _other_past(self, at: int, old: Provision, new: Provision, mine: float) -> str:
        """An old provision that may have become `new` as well as the one it was paired with, whose
        closeness is `mine`; one that has a successor of its own must be closer.
        """
        version, lineage = self.versions[at], self._lineage(at)
        likely = process.extract(
            _own(new), version.own, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
        )
        for _, _, path in likely:
            other = version.provisions[path]
            ahead = 0 if path in lineage else AHEAD
            if other is not old and self._closeness(at, other, new) + ahead > mine:
                return path
        return ""

    def _newcomers(self, at: int) -> Mapping[str, list[str]]:
        """The words of each provision of the last version that none of a version became."""
        known = self._new.get(at)
        if known is None:
            taken = {path for path, _ in self._lineage(at).values()}
            known = self._new[at] = {
                path: _all(p) for path, p in self.last.provisions.items() if path not in taken
            }
        return known

    def _closeness(self, at: int, old: Provision, new: Provision) -> float:
        """How alike two provisions are, 0 to 100, and more for those whose parents are one."""
        return fuzz.ratio(_own(old), _own(new)) + KIN * self._akin(at, old, new)

    def _akin(self, at: int, old: Provision, new: Provision) -> bool:
        above_old = self.versions[at].parents.get(old.path)
        above_new = self.last.parents.get(new.path)
        if above_old is None or above_new is None:
            return above_old is above_new
        return self._lineage(at).get(above_old, ("", False))[0] == above_new

    def _in_order(self, at: int, old: Provision, new: Provision, rival: Provision) -> bool:
        """Whether two provisions with one parent read as they did, one after the other."""
        above = self.last.parents.get(new.path)
        if above is None or above != self.last.parents.get(rival.path):
            return False
        before = self.versions[at].parents.get(old.path)
        if before is None or not self._akin(at, old, new):
            return False
        olds = self.versions[at].provisions[before].children
        news = self.last.provisions[above].children
        return [c.text for c in olds] == [c.text for c in news] and _index(olds, old) == _index(
            news, new
        )

    # -- lineage ----------------------------------------------------------------------------------

    def _lineage(self, at: int) -> Mapping[str, tuple[str, bool]]:
        """For each path of a version, its path in the last one, and whether it moved."""
        known = self._lineages.get(at)
        if known is None:
            onward = {path: (path, False) for path in self.versions[at].provisions}
            for step in self.steps[at:]:
                onward = {
                    path: (step[now][0], moved or step[now][1])
                    for path, (now, moved) in onward.items()
                    if now in step
                }
            known = self._lineages[at] = onward
        return known


def _onward(step: Comparison) -> dict[str, tuple[str, bool]]:
    pairs: dict[str, tuple[str, bool]] = {}
    for row in step.rows:
        if row.old and row.new:
            pairs.setdefault(row.old.path, (row.new.path, ChangeKind.MOVED in row.kinds))
    return pairs


def _all(provision: Provision) -> list[str]:
    words: list[str] = []
    for p in provision.walk():
        words += _own(p)
        if len(words) > COMPARED:
            break
    return words[:COMPARED]


def _own(provision: Provision) -> list[str]:
    return f"{provision.heading} {provision.text}".split()


def _index(siblings: Sequence[Provision], one: Provision) -> int:
    return next(i for i, sibling in enumerate(siblings) if sibling is one)


def _same_bill(name: str, bill: Bill) -> bool:
    if not name or bill.id is None:
        return True
    try:
        return BillId.parse(name) == bill.id
    except ValueError:
        return False


def _at(note: HouseNote, outcome: Outcome, spot: _Spot, reason: str = "") -> Placed:
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


def _misquoted(anchor: NoteAnchor, provision: Provision, version: _Version) -> str:
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


def _surroundings(spot: _Spot, there: _Spot) -> tuple[bool, bool]:
    """Whether the word before and the word behind are the same."""
    return (
        _word_before(spot.text, spot.start) == _word_before(there.text, there.start),
        _word_after(spot.text, spot.end) == _word_after(there.text, there.end),
    )


def _word_before(text: str, at: int) -> str:
    return "".join(text[:at].split()[-1:])


def _word_after(text: str, at: int) -> str:
    return "".join(text[at:].split()[:1])


def _told_apart(own: Sequence[tuple[int, int]], spot: _Spot, there: _Spot) -> bool:
    """Whether of several passages with the same words only one stands in the old surroundings."""

    def around(text: str, start: int, end: int) -> tuple[str, str]:
        return text[max(0, start - AROUND) : start], text[end : end + AROUND]

    before = around(spot.text, spot.start, spot.end)
    alike = [at for at in own if around(there.text, *at) == before]
    return alike == [(there.start, there.end)]
