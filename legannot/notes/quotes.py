"""Words in a text: where a quotation stands, and where an edit has carried it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from legannot.diff.marks import letters, widened
from legannot.model import Edit

# What an editor's keyboard writes for the signs of a print; one for one, so that offsets hold.
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_BLANKS = re.compile(r"\s+")
# What parts two words: see `_spelt`.
_BREAKS = " '"


def folded(text: str) -> str:
    """Text as quotations are compared: NFC, single blanks, plain quotation marks and dashes."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).translate(_SIGNS)


def occurrences(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[tuple[int, int]]:
    """Every range of `text` that holds `exact` as whole words, between `prefix` and `suffix`.

    Quotation marks and dashes may be plain or printed ones.
    """
    here = text.translate(_SIGNS)
    exact = folded(exact).strip()
    before, after = folded(prefix), folded(suffix)
    if not exact:
        return []
    return [
        (start, end)
        for start, end in _found(here, exact)
        if here[:start].rstrip().endswith(before.strip())
        and here[end:].lstrip().startswith(after.strip())
        and whole_words(here, start, end)
    ]


def reprinted(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[tuple[int, int]]:
    """The same in a text that was set as another format prints.

    Its quotation marks, its capitals and the signs of its dashes may be others, its words not.
    """
    here, at = _spelt(text)
    (wanted, _), (before, _), (after, _) = map(_spelt, (exact, prefix, suffix))
    if not wanted:
        return []
    ranges = (
        widened(text, at[start], at[end - 1] + 1, exact)
        for start, end in _found(here, wanted)
        if here[:start].rstrip(_BREAKS).endswith(before)
        and here[end:].lstrip(_BREAKS).startswith(after)
    )
    return [found for found in ranges if whole_words(text, *found)]


def _spelt(text: str) -> tuple[str, list[int]]:
    """The letters of a text with what parts its words, a blank or an apostrophe, and their offsets.

    Without it "may be" would be "maybe", and "the State's" "the States".  No format prints a word
    in two, or two in one.
    """
    found: list[tuple[str, int]] = []
    for letter, at in zip(*letters(text), strict=True):
        if found and letter.isalnum() and found[-1][0].isalnum() and at > found[-1][1] + 1:
            between = text[found[-1][1] + 1 : at]
            found.append((" " if any(map(str.isspace, between)) else "'", found[-1][1] + 1))
        found.append((letter, at))
    return "".join(letter for letter, _ in found), [at for _, at in found]


def _found(text: str, exact: str) -> Iterator[tuple[int, int]]:
    at = text.find(exact)
    while at >= 0:
        yield at, at + len(exact)
        at = text.find(exact, at + 1)


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether the range begins and ends between words."""
    return not (_inside(text, start) or _inside(text, end))


def _inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The range widened to whole words and without blanks at its ends."""
    while _inside(text, start):
        start -= 1
    while _inside(text, end):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Carried:
    """Where the edits of a text have carried a range: `kept` of its characters are still there.

    `whole` says that all of them are, with nothing put in between.
    """

    start: int
    end: int
    kept: int
    whole: bool


def carried(edits: Iterable[Edit], start: int, end: int) -> Carried:
    """Follow a range of the old text through its edits; what replaced words is in the range."""
    at_old = at_new = 0
    first = last = -1
    kept = 0
    parts = 0
    replaced = False
    for edit in edits:
        size = len(edit.text)
        if edit.op == "insert":
            # Put in where words of the range were taken out, or between words of it.
            if replaced or start < at_old < end:
                first = at_new if first < 0 else first
                last = at_new + size
            at_new += size
            replaced = False
            continue
        low, high = max(start, at_old), min(end, at_old + size)
        touched = low < high
        if edit.op == "equal":
            if touched:
                first = at_new + low - at_old if first < 0 else first
                last = at_new + high - at_old
                kept += high - low
                parts += 1
            at_new += size
            replaced = False
        else:
            replaced = touched
        at_old += size
    if first < 0:
        return Carried(0, 0, 0, whole=False)
    return Carried(
        first, last, kept, whole=parts == 1 and kept == end - start and last - first == kept
    )
