"""Word edits between two texts, grouped into the phrases a drafter would mark.

    old  The Secretary may require a covered developer to report.
    new  The Secretary shall require each covered developer to report annually.

    flat     The Secretary [-may-]{+shall+} require [-a-]{+each+} covered developer to report{+
    annually+}. grouped  the same: "require" stands between two edits but is longer than either
    needs to be one

Replacements that only one or two words keep apart become one phrase, and a text that keeps next to
nothing is one replacement, so that a reader (or a screen reader) meets whole phrases.  Deletion
stands before insertion (GPO style: "let the italics follow the line type").

The engine is diff-match-patch's, on one character a token: its C++ port where it is installed, else
the original.  Its deadline is off: with one, it answers "all deleted, all inserted" without a word
(FACTS).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from legannot.diff.tokens import is_word, tokens
from legannot.model import Edit

Granularity = Literal["word", "phrase", "character"]

# Words kept between two edits that are drawn into one phrase: REPORT 1.2, "one or two words".
BRIDGE_WORDS = 2
# A text of which less than this share of words is kept in runs is shown as replaced whole.
KEPT = 0.25
# Runs of one replacement between kept ends (equal, delete, insert), which is whole already.
REPLACED_RUNS = 3

_Run = tuple[int, list[str]]  # -1 delete, 0 equal, 1 insert
_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)


def edits(old: str, new: str, granularity: Granularity = "phrase") -> tuple[Edit, ...]:
    """The edits from `old` to `new`: without insertions they are `old`, without deletions `new`."""
    if old == new:
        return (Edit("equal", old),) if old else ()
    split = list if granularity == "character" else tokens
    runs = _diff(split(old), split(new))
    if granularity == "phrase":
        runs = _phrases(runs)
    return _edits(_slid(runs))


def _diff(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs: list[_Run] = [(0, list(old[:head]))] if head else []
    if not middle_old or not middle_new:
        runs += [(sign, list(part)) for sign, part in ((-1, middle_old), (1, middle_new)) if part]
    else:
        codes: dict[str, str] = {}
        a, b = _encode(middle_old, codes), _encode(middle_new, codes)
        at_a = at_b = 0
        for sign, length in _engine()(a, b):
            if sign == 1:
                runs.append((1, list(middle_new[at_b : at_b + length])))
                at_b += length
                continue
            runs.append((sign, list(middle_old[at_a : at_a + length])))
            at_a += length
            at_b += length if sign == 0 else 0
    if tail:
        runs.append((0, list(old[len(old) - tail :])))
    return _joined(runs)


def _encode(parts: Sequence[str], codes: dict[str, str]) -> str:
    encoded = []
    for part in parts:
        code = codes.get(part)
        if code is None:
            point = _FIRST + len(codes)
            if point >= _SURROGATES.start:
                point += len(_SURROGATES)
            code = codes[part] = chr(point)
        encoded.append(code)
    return "".join(encoded)


def _engine() -> Callable[[str, str], list[tuple[int, int]]]:
    try:
        from fast_diff_match_patch import diff
    except ImportError:
        return _python_engine

    def port(a: str, b: str) -> list[tuple[int, int]]:
        found = diff(a, b, timelimit=0, checklines=False, cleanup="No", counts_only=True)
        return [(_SIGNS[op], length) for op, length in found]

    return port


_SIGNS = {"-": -1, "=": 0, "+": 1}


def _python_engine(a: str, b: str) -> list[tuple[int, int]]:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return [(sign, len(text)) for sign, text in engine.diff_main(a, b, checklines=False)]


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs in the order equal, delete, insert, neighbours of one sign joined."""
    result: list[_Run] = []
    deleted: list[str] = []
    inserted: list[str] = []

    def close() -> None:
        for sign, part in ((-1, deleted), (1, inserted)):
            if part:
                result.append((sign, list(part)))
        deleted.clear()
        inserted.clear()

    for sign, part in runs:
        if sign < 0:
            deleted.extend(part)
        elif sign > 0:
            inserted.extend(part)
        elif part:
            close()
            if result and result[-1][0] == 0:
                result[-1][1].extend(part)
            else:
                result.append((0, list(part)))
    close()
    return result


def _phrases(runs: list[_Run]) -> list[_Run]:
    while True:
        merged: list[_Run] = []
        changed = False
        for i, (sign, part) in enumerate(runs):
            if sign == 0 and 0 < i < len(runs) - 1 and _bridge(runs, i):
                merged += [(-1, part), (1, part)]
                changed = True
            else:
                merged.append((sign, part))
        runs = _joined(merged)
        if not changed:
            break
    total = max(_words([r for r in runs if r[0] <= 0]), _words([r for r in runs if r[0] >= 0]))
    kept = _words([r for r in runs if r[0] == 0])
    if len(runs) > REPLACED_RUNS and kept < KEPT * total:
        old = [token for sign, part in runs if sign <= 0 for token in part]
        new = [token for sign, part in runs if sign >= 0 for token in part]
        return _trimmed(old, new)
    return runs


def _trimmed(old: list[str], new: list[str]) -> list[_Run]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return _joined(
        [
            (0, old[:head]),
            (-1, old[head : len(old) - tail]),
            (1, new[head : len(new) - tail]),
            (0, old[len(old) - tail :]),
        ]
    )


def _slid(runs: list[_Run]) -> list[_Run]:
    """A lone insertion or deletion starts with its word, not with the blank before it.

    " further" put in after "is" and "further " put in before "amended" are the same edit.
    """
    for i in range(1, len(runs) - 1):
        before, (sign, part), after = runs[i - 1], runs[i], runs[i + 1]
        if sign == 0 or before[0] != 0 or after[0] != 0 or not after[1][1:]:
            continue
        if part[0].isspace() and part[0] == after[1][0]:
            before[1].append(part[0])
            part.append(part.pop(0))
            after[1].pop(0)
    return runs


def _bridge(runs: list[_Run], i: int) -> bool:
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


def _replaced_words(runs: list[_Run], i: int, step: int) -> int:
    """Words of the longer side of the replacement that begins at `i`; 0 if it is none."""
    sides = [0, 0]
    while 0 <= i < len(runs) and runs[i][0] != 0:
        sides[runs[i][0] > 0] += sum(map(is_word, runs[i][1]))
        i += step
    return max(sides) if all(sides) else 0


def _words(runs: list[_Run]) -> int:
    return sum(is_word(token) for _, part in runs for token in part)


def _edits(runs: list[_Run]) -> tuple[Edit, ...]:
    names: dict[int, Literal["equal", "delete", "insert"]] = {-1: "delete", 0: "equal", 1: "insert"}
    return tuple(Edit(names[sign], "".join(part)) for sign, part in runs)
