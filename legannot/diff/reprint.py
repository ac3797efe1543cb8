"""A text set as another version prints it, word for word, where they differ in print alone.

    old  the term AI means software      (the Bill DTD marks the quotation by an element)
    new  the term “AI” means any software
    ->   the term “AI” means software    (what was taken out keeps the print that it had)

What is print: quotation marks, the signs of dashes and apostrophes, words that one of the two sets
in capitals throughout, and the stop and dash at the end of a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.diff.engine import diff
from legannot.model import Span

MARKS = "“”„‘’‚\"'`"
_ONLY_MARKS = re.compile(f"[{MARKS}]+")
_TOKEN = re.compile(rf"\s+|[^\W_]+|[{MARKS}]+|.", re.DOTALL)
_OPENS = frozenset("([{$-—–")
# What a converter sets in capitals or small letters by rules of its own.
_RECASED = frozenset(("header-in-text", "small-caps"))
# "SHORT TITLE.", "In general.—", "In General.--"
_WORDLESS = re.compile(r"[\W_]+")
_END = re.compile(r"[.\s—–-]+$")
_SIGNS = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


class Reprint(NamedTuple):
    """A text in another version's print, its spans, and which rules of print it took to get there.

    `marks` tells whether quotation marks were set or taken away, `letters` whether anything else
    was: capitals, signs, the end of a heading.
    """

    text: str
    spans: tuple[Span, ...]
    marks: bool
    letters: bool


class _Unit(NamedTuple):
    """A token with the quotation marks around it; `key` is what of it is not print."""

    key: str
    before: str
    core: str
    after: str

    @property
    def raw(self) -> str:
        return f"{self.before}{self.core}{self.after}"


def reprint(
    old: str, new: str, spans: Sequence[Span], others: Sequence[Span] = (), *, heading: bool = False
) -> Reprint:
    """`old` in the print of `new`; `spans` are those of the old text, `others` of the new.

    In headings, and in headings that a text quotes, capitals are print whichever word has them.
    """
    if old == new:
        return Reprint(old, tuple(spans), marks=False, letters=False)
    if heading:
        return _heading(old, new, spans)
    return _run(_units(old), _units(new), spans, _recased(old, spans) + _recased(new, others))


def _heading(old: str, new: str, spans: Sequence[Span]) -> Reprint:
    core_old, core_new = _END.sub("", old), _END.sub("", new)
    found = _run(_units(core_old), _units(core_new), spans, _WORDLESS.sub(" ", core_new))
    if not core_old or not core_new:
        return Reprint(old, tuple(spans), marks=False, letters=False)
    end = new[len(core_new) :]
    text = f"{found.text}{end}"
    other = found.letters or old[len(core_old) :] != end
    return Reprint(text, found.spans, found.marks, other)


def _run(
    old: Sequence[_Unit], new: Sequence[_Unit], spans: Sequence[Span], recased: str
) -> Reprint:
    """`recased` are the words whose capitals are print."""
    free = frozenset(recased.lower().split())
    marks = letters = False
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []  # of each core: in the old text, in the new, its length
    at = there = i = j = 0
    for sign, part in diff([unit.key for unit in old], [unit.key for unit in new]):
        for _ in part:
            if sign > 0:
                j += 1
                continue
            unit = old[i]
            shown = unit if sign else _shown(unit, new[j], free)
            marks = marks or (shown.before, shown.after) != (unit.before, unit.after)
            letters = letters or shown.core != unit.core
            start = at + len(unit.before)
            places.append((start, there + len(shown.before), len(shown.core)))
            at += len(unit.raw)
            i += 1
            j += sign == 0
            parts.append(shown.raw)
            there += len(shown.raw)
    text = "".join(parts).rstrip()
    moved = [(_moved(s.start, places), _moved(s.end, places, end=True), s) for s in spans]
    kept = tuple(
        replace(span, start=start, end=min(end, len(text)))
        for start, end, span in moved
        if start < min(end, len(text))  # else it held marks alone
    )
    return Reprint(text, kept, marks, letters)


def _shown(old: _Unit, new: _Unit, free: frozenset[str]) -> _Unit:
    if old.key in free or old.core.lower() != new.core.lower():
        return new  # or the signs of dashes differ
    capitals = old.core.isupper() or new.core.isupper()
    same = old.core == new.core or (capitals and len(old.core) > 1)
    return new if same else new._replace(core=old.core)


def _recased(text: str, spans: Sequence[Span]) -> str:
    return "".join(f" {_WORDLESS.sub(' ', s.of(text))}" for s in spans if s.kind in _RECASED)


def _moved(at: int, places: Sequence[tuple[int, int, int]], *, end: bool = False) -> int:
    """Where an offset of the old text is in the new one: inside, or at an edge of, the same core.

    An end belongs to the core before it, so that a range never takes in the marks around it.
    """
    if not places:
        return 0
    index = max(0, bisect_right(places, at - 1 if end else at, key=lambda place: place[0]) - 1)
    start, there, length = places[index]
    return there + max(0, min(at - start, length))


def _units(text: str) -> list[_Unit]:
    """The tokens of a text, each with the marks that open before and close behind it."""
    units: list[_Unit] = []
    opening = ""
    found = _TOKEN.findall(text)
    for i, token in enumerate(found):
        last = units[-1] if units else _Unit("", "", "", "")
        if not _ONLY_MARKS.fullmatch(token):
            if token.isspace() and last.key == "-" and not opening:
                # "TITLE I— General" and "TITLE I—General".
                units[-1] = last._replace(after=last.after + token)
                continue
            units.append(_Unit(_key(token), opening, token, ""))
            opening = ""
        elif opening or not units:
            opening += token
        elif not last.key.isspace():
            if last.core in _OPENS and not last.after and token[0] != "”":
                opening += token
            else:
                units[-1] = last._replace(after=last.after + token)
        elif len(units) > 1 and (token[0] == "”" or i + 1 == len(found) or found[i + 1].isspace()):
            # A mark that stands by itself ("reads: “ Small Business") goes with its blank.
            units.pop()
            units[-1] = units[-1]._replace(after=f"{units[-1].after}{last.raw}{token}")
        else:
            opening += token
    if opening and not units:
        return [_Unit("", opening, "", "")]
    if opening:
        units[-1] = units[-1]._replace(after=units[-1].after + opening)
    return units


def letters(text: str) -> tuple[str, list[int]]:
    """What of a text is not print, whatever its case, and the offset of each character of it.

    No reprint changes it, but for what ends a heading.
    """
    found = [
        (key, at)
        for at, character in enumerate(text)
        if not character.isspace() and character not in MARKS
        for key in character.translate(_SIGNS).casefold()
    ]
    return "".join(key for key, _ in found), [at for _, at in found]


def _key(token: str) -> str:
    return " " if token.isspace() else token.translate(_SIGNS).lower()
