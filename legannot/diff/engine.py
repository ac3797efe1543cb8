"""The token diff: which tokens of two texts are kept, taken out, put in.

The engine is diff-match-patch's on one character a token: its C++ port where it is installed, else
the original.  Its deadline is off: with one, it answers "all deleted, all inserted" without a word
(FACTS). Without one it takes time with the product of length and difference, which for two unlike
texts of a megabyte is hours.  So a pair that promises to be dear is first cut at passages that
stand once in both (the idea of patience diff), and what is dear even then has no passage in common:
it is replaced whole, which is the truth about it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

Run = tuple[int, list[str]]  # -1 delete, 0 equal, 1 insert

# Product of length and least difference, in tokens, from which a pair is cut first: about 4 s of
# the C++ port (two 2 MB texts with 5 % of the words replaced come to 2.6e10; `bench/redline.py`).
DEAR = 4e10
# Tokens, blanks included, of a passage: three words that stand once in each text are no accident.
PASSAGE = 6

_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)
_SIGNS = {"-": -1, "=": 0, "+": 1}


def diff(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Runs of tokens in order; the equal and deleted ones joined are `old`, the others `new`."""
    head, tail = ends(old, new)
    runs: list[Run] = [(0, list(old[:head]))]
    runs += _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    runs.append((0, list(old[len(old) - tail :])))
    return joined(runs)


def joined(runs: Sequence[Run]) -> list[Run]:
    """Runs in the order equal, delete, insert, with neighbours of one sign joined, none empty."""
    result: list[Run] = []
    sides: dict[int, list[str]] = {-1: [], 1: []}

    def close() -> None:
        for sign, part in sides.items():
            if part:
                result.append((sign, list(part)))
                part.clear()

    for sign, part in runs:
        if sign:
            sides[sign].extend(part)
        elif part:
            close()
            if result and result[-1][0] == 0:
                result[-1][1].extend(part)
            else:
                result.append((0, list(part)))
    close()
    return result


def ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Lengths of the common beginning and of the common end behind it."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return head, tail


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if not old or not new:
        yield from _replacement(old, new)
    elif not _dear(old, new):
        yield from _small(old, new)
    else:
        at_old = at_new = 0
        for a, b in (*_anchors(old, new), (len(old), len(new))):
            part_old, part_new = old[at_old:a], new[at_new:b]
            head, tail = ends(part_old, part_new)
            yield 0, list(part_old[:head])
            inner_old, inner_new = (part[head : len(part) - tail] for part in (part_old, part_new))
            whole = _replacement if _dear(inner_old, inner_new) else _small
            yield from whole(inner_old, inner_new)
            yield 0, list(part_old[len(part_old) - tail :])
            at_old, at_new = a, b


def _replacement(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    yield -1, list(old)
    yield 1, list(new)


def _dear(old: Sequence[str], new: Sequence[str]) -> bool:
    length = len(old) + len(new)
    if length * length <= DEAR:
        return False
    # One edit breaks at most PASSAGE passages, so that those missing tell the least difference.
    grams = Counter(_passages(old))
    missing = sum((grams - Counter(_passages(new))).values())
    return length * missing / PASSAGE > DEAR


def _passages(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(parts[i:] for i in range(PASSAGE)), strict=False)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of passages that stand once in both texts, the longest series in one order."""
    places: list[dict[tuple[str, ...], int]] = []
    for parts in (old, new):
        seen: dict[tuple[str, ...], int] = {}
        for at, passage in enumerate(_passages(parts)):
            seen[passage] = -1 if passage in seen else at
        places.append(seen)
    pairs = sorted(
        (at, places[1][passage])
        for passage, at in places[0].items()
        if at >= 0 and places[1].get(passage, -1) >= 0
    )
    return _increasing(pairs)


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, b) in enumerate(pairs):
        pile = bisect_left(tops, b)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(b)
            ends.append(at)
        else:
            tops[pile] = b
            ends[pile] = at
    chosen: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _small(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if not old or not new:
        yield from _replacement(old, new)
        return
    codes: dict[str, str] = {}
    a, b = _encode(old, codes), _encode(new, codes)
    at_old = at_new = 0
    for sign, length in _engine()(a, b):
        if sign == 1:
            yield 1, list(new[at_new : at_new + length])
            at_new += length
        else:
            yield sign, list(old[at_old : at_old + length])
            at_old += length
            at_new += 0 if sign else length


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
        from fast_diff_match_patch import diff as port
    except ImportError:
        return _original

    def fast(a: str, b: str) -> list[tuple[int, int]]:
        found = port(a, b, timelimit=0, checklines=False, cleanup="No", counts_only=True)
        return [(_SIGNS[op], length) for op, length in found]

    return fast


def _original(a: str, b: str) -> list[tuple[int, int]]:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return [(sign, len(text)) for sign, text in engine.diff_main(a, b, checklines=False)]
