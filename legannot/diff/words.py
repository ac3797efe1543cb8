"""Word edits between two texts, grouped into the phrases a drafter would mark.

    old  The Secretary may require a covered developer to report.
    new  The Secretary shall require each covered developer to report annually.

    flat     The Secretary [-may-]{+shall+} require [-a-]{+each+} covered developer to report{+
    annually+}. grouped  the same: "require" stands between two edits but is longer than either
    needs to be one

Replacements that only one or two words keep apart become one phrase, and a text that keeps next to
nothing is one replacement, so that a reader (or a screen reader) meets whole phrases.  Deletion
stands before insertion (GPO style: "let the italics follow the line type").
"""

from __future__ import annotations

from typing import Literal

from legannot.diff.engine import Run, diff, ends, joined
from legannot.diff.tokens import is_word, tokens
from legannot.model import Edit

Granularity = Literal["word", "phrase", "character"]

# Words kept between two edits that are drawn into one phrase: REPORT 1.2, "one or two words".
BRIDGE_WORDS = 2
BLANK_ONLY = 2  # places to begin: before a blank, or after it
_CLAUSE_MARKS = frozenset(",;")
_STOPS = frozenset(".;")
# A text of which less than this share of words is kept in runs is shown as replaced whole.
KEPT = 0.25
# Runs of one replacement between kept ends (equal, delete, insert), which is whole already.
REPLACED_RUNS = 3


def edits(old: str, new: str, granularity: Granularity = "phrase") -> tuple[Edit, ...]:
    """The edits from `old` to `new`: without insertions they are `old`, without deletions `new`."""
    if old == new:
        return (Edit("equal", old),) if old else ()
    split = list if granularity == "character" else tokens
    runs = diff(split(old), split(new))
    if granularity == "phrase":
        runs = _phrases(runs)
    return _edits(_slid(runs))


def _phrases(runs: list[Run]) -> list[Run]:
    while True:
        merged: list[Run] = []
        changed = False
        for i, (sign, part) in enumerate(runs):
            if sign == 0 and 0 < i < len(runs) - 1 and _bridge(runs, i):
                merged += [(-1, part), (1, part)]
                changed = True
            else:
                merged.append((sign, part))
        runs = joined(merged)
        if not changed:
            break
    total = max(_words([r for r in runs if r[0] <= 0]), _words([r for r in runs if r[0] >= 0]))
    kept = _words([r for r in runs if r[0] == 0])
    if len(runs) > REPLACED_RUNS and kept < KEPT * total:
        old = [token for sign, part in runs if sign <= 0 for token in part]
        new = [token for sign, part in runs if sign >= 0 for token in part]
        return _trimmed(old, new)
    return runs


def _trimmed(old: list[str], new: list[str]) -> list[Run]:
    head, tail = ends(old, new)
    return joined(
        [
            (0, old[:head]),
            (-1, old[head : len(old) - tail]),
            (1, new[head : len(new) - tail]),
            (0, old[len(old) - tail :]),
        ]
    )


def _slid(runs: list[Run]) -> list[Run]:
    """Where a lone insertion or deletion could begin at several words, it begins as a drafter
    would.

    " further" put in after "is" and "further " put in before "amended" are the same edit, and so
    are ", and annually thereafter" after "Act" and "and annually thereafter, " before the next
    word.
    """
    for i in range(1, len(runs) - 1):
        before, (sign, part), after = runs[i - 1], runs[i], runs[i + 1]
        if sign == 0 or before[0] != 0 or after[0] != 0:
            continue
        around = [*before[1], *part, *after[1]]
        start, size = len(before[1]), len(part)
        starts = _starts(around, start, size)
        best = max(starts, key=lambda s: (_opens_well(around, s, size, len(starts)), s))
        if best != start:
            before[1][:] = around[:best]
            part[:] = around[best : best + size]
            after[1][:] = around[best + size :]
    return [run for run in runs if run[1]]


def _starts(around: list[str], start: int, size: int) -> list[int]:
    """Where `size` tokens can be taken out of `around` and leave the same ones."""
    found = [start]
    at = start
    while at > 0 and around[at - 1] == around[at + size - 1]:
        at -= 1
        found.append(at)
    at = start
    while at + size < len(around) and around[at] == around[at + size]:
        at += 1
        found.append(at)
    return found


def _opens_well(around: list[str], start: int, size: int, choices: int) -> int:
    """How well an edit of `size` tokens begins at `start`, of so many `choices`."""
    first, last = around[start], around[start + size - 1]
    if first in _CLAUSE_MARKS and not last.isspace():
        return 3  # a clause with the comma that opens it
    if first.isspace() and last in _STOPS:
        return 2  # a sentence after a sentence
    if choices <= BLANK_ONLY:
        return int(last.isspace())  # the word, then the blank
    # A word that stands at both ends was there: "model[ that ... entity model]", not the other way.
    return int(first.isspace())


def _bridge(runs: list[Run], i: int) -> bool:
    """Whether the kept run `i` is so short between its edits that they read as one phrase.

    Only between two replacements: drawing words between a replacement and a lone insertion into a
    phrase would mark them though nobody touched them.
    """
    part = runs[i][1]
    words = sum(map(is_word, part))
    if any(char in ".;:" for token in part if not is_word(token) for char in token):
        return False
    if words == 0:
        return True
    before, after = _replaced_words(runs, i - 1, -1), _replaced_words(runs, i + 1, 1)
    if words > BRIDGE_WORDS or not before or not after:
        return False
    return min(before, after) > words or (words == 1 and before + after > BRIDGE_WORDS)


def _replaced_words(runs: list[Run], i: int, step: int) -> int:
    """Words of the longer side of the replacement that begins at `i`; 0 if it is none."""
    sides = [0, 0]
    while 0 <= i < len(runs) and runs[i][0] != 0:
        sides[runs[i][0] > 0] += sum(map(is_word, runs[i][1]))
        i += step
    return max(sides) if all(sides) else 0


def _words(runs: list[Run]) -> int:
    return sum(is_word(token) for _, part in runs for token in part)


def _edits(runs: list[Run]) -> tuple[Edit, ...]:
    names: dict[int, Literal["equal", "delete", "insert"]] = {-1: "delete", 0: "equal", 1: "insert"}
    return tuple(Edit(names[sign], "".join(part)) for sign, part in runs)
