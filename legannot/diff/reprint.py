"""A text set as another version prints it, word for word, where they differ in print alone.

    old  the term AI means software      (the Bill DTD marks the quotation by an element)
    new  the term “AI” means any software
    ->   the term “AI” means software    (what was taken out keeps the print that it had)

What is print: whether a quotation has its marks in the text or from an element, the signs of dashes
and apostrophes, words that one of the two sets in capitals throughout, and the stop and dash at the
end of a heading.  Which words are quoted is no print: marks that moved to other words are shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.diff.engine import diff
from legannot.diff.marks import (
    ANY_MARK,
    MARKS,
    NOTHING,
    Quotes,
    Text,
    Unit,
    at_units,
    marked,
    units,
)
from legannot.model import Span

# What a converter sets in capitals or small letters by rules of its own.
_RECASED = frozenset(("header-in-text", "small-caps"))
# "SHORT TITLE.", "In general.—", "In General.--"
_WORDLESS = re.compile(r"[\W_]+")
_END = re.compile(r"[.\s—–-]+$")
# "Sec. 5. Reports.”": the end of a quoted entry of contents.
_QUOTED_END = re.compile(rf"[.\s—–-]*[{MARKS}]*$")


class Reprint(NamedTuple):
    """A text in another version's print, its spans, and which rules of print it took to get there.

    `marks` tells whether quotation marks were set or taken away, `letters` whether anything else
    was: capitals, signs, the end of a heading.  `requoted`: the two do not quote the same words.
    """

    text: str
    spans: tuple[Span, ...]
    marks: bool = False
    letters: bool = False
    requoted: bool = False


def reprint(
    old: Text, new: Text, *, heading: bool = False, edges: bool = False, prints: bool = True
) -> Reprint:
    """`old` in the print of `new`.

    In headings, and in headings that a text quotes, capitals are print whichever word has them.
    With `edges`, so are marks at the ends of a text: those of the quoted law that it is part of.
    `prints`: the version of `new` has its marks in the text, so what is quoted in `old` gets them.
    """
    if old.text == new.text and old.quotes == new.quotes:
        return Reprint(old.text, tuple(old.spans))
    if not heading:
        free = f"{_recased(old)}{_recased(new)}"
        return _run(old, new, free, edges=edges, prints=prints)
    rule = _QUOTED_END if edges else _END
    core_old, core_new = (text._replace(text=rule.sub("", text.text)) for text in (old, new))
    if not core_old.text or not core_new.text:
        return Reprint(old.text, tuple(old.spans))
    free = _WORDLESS.sub(" ", core_new.text)
    found = _run(core_old, core_new, free, edges=edges, prints=prints)
    end = new.text[len(core_new.text) :]
    other = found.letters or old.text[len(core_old.text) :] != end
    return found._replace(text=f"{found.text}{end}", letters=other)


def with_marks(text: Text, *, edges: bool = False) -> Reprint:
    """A text with the marks of all that it quotes; with `edges` not at its ends."""
    return _run(text, Text(text.text), "", edges=edges, prints=True)


def _run(old: Text, new: Text, free: str, *, edges: bool, prints: bool) -> Reprint:
    """`free` are the words whose capitals are print."""
    recased = frozenset(free.lower().split())
    own, others = units(old.text), units(new.text)
    mine, theirs = at_units(own, old.quotes), at_units(others, new.quotes)
    quoting = mine != theirs or mine != NOTHING
    with_own = marked(own, mine, others, theirs, edges=edges) if quoting else own
    found: list[Unit] = []
    requoted = False
    i = j = 0
    for sign, part in diff([unit.key for unit in own], [unit.key for unit in others]):
        for _ in part:
            if sign < 0:
                found.append(with_own[i] if prints else own[i])
            elif sign == 0:
                shown = own[i] if own[i] == others[j] else _shown(own[i], others[j], recased)
                if quoting:
                    first = edges and 0 in (i, j)
                    last = edges and (i + 1 == len(own) or j + 1 == len(others))
                    if (i in mine.opens) != (j in theirs.opens) and not first:
                        before = with_own[i].before if i in mine.opens else ""
                        shown, requoted = shown._replace(before=before), True
                    if (i in mine.closes) != (j in theirs.closes) and not last:
                        after = with_own[i].after if i in mine.closes else ""
                        shown, requoted = shown._replace(after=after), True
                if _inside(own, i) != _inside(others, j):
                    # "developer’s" that became "developer" never was "developers".
                    shown = shown._replace(after=with_own[i].after)
                found.append(shown)
            i += sign <= 0
            j += sign >= 0
    requoted = requoted or (quoting and _halved(own, found, mine, edges=edges))
    text = "".join(unit.raw for unit in found).rstrip()
    spans = _over(text, own, found, old.spans) if old.spans else ()
    pairs = [(a, b) for a, b in zip(own, found, strict=True) if a != b]
    marks = any((a.before, a.after) != (b.before, b.after) for a, b in pairs)
    letters = any(a.core != b.core for a, b in pairs)
    return Reprint(text, spans, marks, letters, requoted)


def _over(
    text: str, own: Sequence[Unit], found: Sequence[Unit], spans: Sequence[Span]
) -> tuple[Span, ...]:
    """The spans of a text where its units are as others in `text`."""
    places: list[tuple[int, int, int]] = []  # of each core: in the old text, in the new, its length
    at = there = 0
    for unit, shown in zip(own, found, strict=True):
        places.append((at + len(unit.before), there + len(shown.before), len(shown.core)))
        at += len(unit.raw)
        there += len(shown.raw)
    moved = [(_moved(s.start, places), _moved(s.end, places, end=True), s) for s in spans]
    return tuple(
        replace(span, start=start, end=min(end, len(text)))
        for start, end, span in moved
        if start < min(end, len(text))  # else it held marks alone
    )


def _halved(own: Sequence[Unit], found: Sequence[Unit], mine: Quotes, *, edges: bool) -> bool:
    """Whether a quotation, one end of which was deleted, kept the mark there and lost the other."""
    opened: list[int] = []
    for at in sorted(mine.opens | mine.closes):
        if at in mine.opens:
            opened.append(at)
        if at not in mine.closes or not opened:
            continue
        begin = opened.pop()
        if edges and (begin == 0 or at + 1 == len(own)):
            continue
        was, shown = (
            {bool(row[begin].before), ANY_MARK.search(row[at].after) is not None}
            for row in (own, found)
        )
        if len(was) == 1 and len(shown) > 1:
            return True
    return False


def _inside(row: Sequence[Unit], at: int) -> bool:
    """Whether the marks behind a unit stand inside a word."""
    after = row[at].after
    following = row[at + 1].key if at + 1 < len(row) else ""
    return bool(after) and not any(map(str.isspace, after)) and following[:1].isalnum()


def _shown(old: Unit, new: Unit, free: frozenset[str]) -> Unit:
    if old.key in free or old.core.lower() != new.core.lower():
        return new  # or the signs of dashes differ
    capitals = old.core.isupper() or new.core.isupper()
    same = old.core == new.core or (capitals and len(old.core) > 1)
    return new if same else new._replace(core=old.core)


def _recased(text: Text) -> str:
    found = (span.of(text.text) for span in text.spans if span.kind in _RECASED)
    return "".join(f" {_WORDLESS.sub(' ', words_)}" for words_ in found)


def _moved(at: int, places: Sequence[tuple[int, int, int]], *, end: bool = False) -> int:
    """Where an offset of the old text is in the new one: inside, or at an edge of, the same core.

    An end belongs to the core before it, so that a range never takes in the marks around it.
    """
    if not places:
        return 0
    index = max(0, bisect_right(places, at - 1 if end else at, key=lambda place: place[0]) - 1)
    start, there, length = places[index]
    return there + max(0, min(at - start, length))
