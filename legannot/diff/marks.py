"""Quotation marks and the words that they stand at, whether they are printed or not.

    the term <quote>AI</quote>     the Bill DTD marks the quotation by an element
    the term “AI”                  USLM and plain text have the marks as well

Both quote the third word.  A text is taken apart into units, each a token with the marks that open
before it and close behind it: texts are compared without their marks, and marks by their words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from legannot.model import Span

MARKS = "“”„‘’‚\"'`"
# Marks other than an apostrophe inside a word.
MARK = re.compile(rf"(?<!\w)[{MARKS}]+|[{MARKS}]+(?!\w)")
ANY_MARK = re.compile(f"[{MARKS}]+")
_TOKEN = re.compile(rf"\s+|[^\W_]+|[{MARKS}]+|.", re.DOTALL)
# What the Bill DTD prints in quotation marks; a term inside a quotation of the same words has one.
_QUOTING = ("quote", "term")
_NOT_OPENING = str.maketrans("", "", "“")
_PAIRS = {"“": "”", "‘": "’", "''": "''", '"': '"', "‘‘": "’’"}
_OPENS = frozenset("([{$-—–")
_SIGNS = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


class Quotes(NamedTuple):
    """Which words of a text a quotation begins before, and which it ends behind, by their number.

    Words are all tokens but blanks and marks, so that the numbers hold in any print of the text.
    """

    opens: frozenset[int] = frozenset()
    closes: frozenset[int] = frozenset()


NOTHING = Quotes()


class Text(NamedTuple):
    """A text, what is known of it, and what it quotes, be it by marks or by elements."""

    text: str
    spans: Sequence[Span] = ()
    quotes: Quotes = NOTHING


class Unit(NamedTuple):
    """A token with the quotation marks around it; `key` is what of it is not print."""

    key: str
    before: str
    core: str
    after: str

    @property
    def raw(self) -> str:
        """The token with its marks, as the text has it."""
        return f"{self.before}{self.core}{self.after}"


_NO_UNIT = Unit("", "", "", "")


def quotes(text: str, spans: Sequence[Span] = (), *, by_elements: bool = False) -> Quotes:
    """What a text quotes, by the marks in it and, where these print marks, by elements."""
    quoted = [span for span in spans if by_elements and span.kind in _QUOTING]
    if not quoted and not MARK.search(text):
        return NOTHING
    opens: set[int] = set()
    closes: set[int] = set()
    starts: list[int] = []
    at, opened = 0, False
    row = units(text)
    for unit, following in zip(row, [*row[1:], _NO_UNIT], strict=True):
        if unit.key.isspace():
            opened = opened or bool(unit.before)
        else:
            if opened or unit.before:
                opens.add(len(starts))
            # A mark that opens by itself ("reads: “ Small Business") is kept with the word before.
            closing = unit.after.translate(_NOT_OPENING)
            opened = len(closing) < len(unit.after)
            # An apostrophe inside a word closes nothing.
            inside = not closing[-1:].isspace() and following.key[:1].isalnum()
            if closing.strip() and not inside:
                closes.add(len(starts))
            starts.append(at + len(unit.before))
        at += len(unit.raw)
    for span in quoted:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end) - 1
        if first <= last:
            opens.add(first)
            closes.add(last)
    return Quotes(frozenset(opens), frozenset(closes))


def at_units(row: Sequence[Unit], quoted: Quotes) -> Quotes:
    """What a text quotes by the places of its units, blanks among them."""
    if quoted == NOTHING:
        return NOTHING
    words = [at for at, unit in enumerate(row) if not unit.key.isspace()]
    opens, closes = (
        frozenset(words[number] for number in numbers if number < len(words)) for numbers in quoted
    )
    return Quotes(opens, closes)


def marked(
    own: Sequence[Unit], mine: Quotes, others: Sequence[Unit], theirs: Quotes, *, edges: bool
) -> list[Unit]:
    """Units with all their marks, those that are not printed in the style of another text.

    What the two quote is told by the places of their units.  With `edges` they are quoted law, so
    that its own marks are the outer ones.
    """
    inside = range(1, len(others) - 1) if edges else range(len(others))
    like = (others[at].before for at in sorted(theirs.opens) if at in inside)
    opening = next(filter(_PAIRS.get, like), "")
    depth = int(edges)
    by_itself = False
    found: list[Unit] = []
    for at, unit in enumerate(own):
        before, after = unit.before, unit.after
        opens, closes = at in mine.opens, at in mine.closes
        if opens and not before and not by_itself:
            before = opening or ("‘" if depth else "“")
        depth = max(0, depth + opens - closes)
        if closes and not ANY_MARK.search(after):
            after = f"{_PAIRS[opening or ('‘' if depth else '“')]}{after}"
        by_itself = "“" in unit.after or (by_itself and unit.key.isspace())
        found.append(unit._replace(before=before, after=after) if opens or closes else unit)
    return found


def units(text: str) -> list[Unit]:
    """The tokens of a text, each with the marks that open before and close behind it."""
    units: list[Unit] = []
    opening = ""
    found = _TOKEN.findall(text)
    for i, token in enumerate(found):
        last = units[-1] if units else _NO_UNIT
        if not ANY_MARK.fullmatch(token):
            if token.isspace() and last.key == "-" and not opening:
                # "TITLE I— General" and "TITLE I—General".
                units[-1] = last._replace(after=last.after + token)
                continue
            units.append(Unit(_key(token), opening, token, ""))
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
        return [Unit("", opening, "", "")]
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


def widened(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """A range that holds the letters of `quote`, with the quotation marks at its ends.

    Those that `quote` has there belong to it, and so does the other mark of a quotation inside.
    """
    if quote[0] in MARKS:
        while start and text[start - 1] in MARKS:
            start -= 1
    if quote[-1] in MARKS:
        while end < len(text) and text[end] in MARKS:
            end += 1
    if len(MARK.findall(text, start, end)) % 2:
        if mark := MARK.match(text, end):
            end = mark.end()
        elif start and (mark := MARK.search(text, 0, start)) and mark.end() == start:
            start = mark.start()
    return start, end


def _key(token: str) -> str:
    if token[0].isalnum():
        return token.lower()
    return " " if token.isspace() else token.translate(_SIGNS)
