"""Words of a part that was split off or merged: carried over, not taken out here and put in there.

    old  (a) Agencies.—The Secretary may share information with—
    new  (a) Agencies
           (1) In general.—The Secretary shall share information with—

Two provisions of one version cannot both be paired with (a), so that its words are a deletion in
one row and an insertion in another, and the edits of both rows stay that.  But the deleted run and
the inserted one are told to be the same words: each names the place of the other, and the inserted
one carries the edits between them, "may" to "shall".  A run that keeps too little of the part it
went into is a deletion and an insertion like any other.

Where a text was divided into several parts, one token diff of the text against all parts in their
order finds what went into which, so that no word goes into two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.diff.engine import diff
from legannot.diff.tokens import is_word, tokens
from legannot.diff.words import Granularity, edits
from legannot.model import Change, Edit

# A word that stands in both texts is worth so many that stand in one: two texts that have less than
# half of their words in common are easier read one after the other.
SAME = 2
LEAST = 3  # words in common: fewer are chance
SHARE = 1 / 3  # and so much of the part's words
# Between parts: no text of a bill holds it.
_BREAK = "\0"


class _Stretch(NamedTuple):
    """Where the same words stand in a run of the whole and in the text of a part, in characters."""

    part: int
    in_run: slice
    in_part: slice


def carried(
    rows: Sequence[Change], wholes: Mapping[int, int], granularity: Granularity
) -> tuple[Change, ...]:
    """The rows with carried words told; `wholes` has the row of the whole by that of each part."""
    result = list(rows)
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for part, whole in sorted(wholes.items()):
        groups[whole, rows[part].old is None].append(part)
    for (whole, split), parts in sorted(groups.items()):
        for run, members in _homes(result[whole], [result[i] for i in parts], split=split):
            inside = [parts[n] for n in members]
            _tell(result, whole, run, inside, granularity)
    return tuple(result)


def _homes(
    whole: Change, parts: Sequence[Change], *, split: bool
) -> Iterator[tuple[int, list[int]]]:
    """The runs of the whole that parts went into or came from, last first, with their parts.

    Last first, since to tell of a run makes more edits of it.  Words are told of once: a part may
    itself have been divided.
    """
    op = "delete" if split else "insert"
    runs = {
        i: _bag(edit.text) for i, edit in enumerate(whole.edits) if edit.op == op and not edit.at
    }
    homes: dict[int, list[int]] = defaultdict(list)
    for n, part in enumerate(parts):
        bag = _bag(part.shown.text)
        common = {i: (bag & run).total() for i, run in runs.items()}
        if common and not any(edit.at for edit in part.edits):
            homes[max(common, key=lambda i: (common[i], -i))].append(n)
    yield from sorted(homes.items(), reverse=True)


def _bag(text: str) -> Counter[str]:
    return Counter(token for token in tokens(text) if is_word(token))


def _tell(
    rows: list[Change], whole: int, run: int, parts: Sequence[int], granularity: Granularity
) -> None:
    """Replace the rows of a whole and of the parts that have words of one of its runs."""
    found = rows[whole].edits
    op, text = found[run].op, found[run].text
    split = op == "delete"
    in_whole: list[Edit] = []
    done = 0
    for stretch in _stretches(text, [rows[i].shown.text for i in parts]):
        row = rows[parts[stretch.part]]
        own, path = row.shown.text, row.shown.path
        here, there = text[stretch.in_run], own[stretch.in_part]
        if split:
            at_whole, at_part = _same(here, there, row.whole, path, granularity)
        else:
            at_part, at_whole = _same(there, here, path, row.whole, granularity)
        in_whole += [Edit(op, text[done : stretch.in_run.start]), at_whole]
        done = stretch.in_run.stop
        before, after = (
            Edit(at_part.op, part)
            for part in (own[: stretch.in_part.start], own[stretch.in_part.stop :])
        )
        rows[parts[stretch.part]] = replace(row, edits=_filled(before, at_part, after))
    if in_whole:
        in_whole.append(Edit(op, text[done:]))
        rows[whole] = replace(
            rows[whole], edits=(*found[:run], *_filled(*in_whole), *found[run + 1 :])
        )


def _same(gone: str, come: str, old: str, new: str, granularity: Granularity) -> tuple[Edit, Edit]:
    """The deletion at the path `old` and the insertion at `new` of what are the same words."""
    inner = edits(gone.strip(), come.strip(), granularity)
    return Edit("delete", gone, new), Edit("insert", come, old, inner)


def _filled(*found: Edit) -> tuple[Edit, ...]:
    return tuple(edit for edit in found if edit.text)


def _stretches(run: str, parts: Sequence[str]) -> Iterator[_Stretch]:
    """For each part, in order, the stretch of the run that its words are, if any."""
    a = tokens(run)
    b = [token for part in parts for token in (*tokens(part), _BREAK)]
    walks: list[list[_Step]] = [[]]
    at_run = at_part = 0
    for sign, found in diff(a, b):
        for token in found:
            if token == _BREAK:
                walks.append([])
                at_part = 0
                continue
            size = len(token)
            walks[-1].append(_Step(sign, token, (at_run, at_part)))
            at_run += size if sign <= 0 else 0
            at_part += size if sign >= 0 else 0
    for n, (part, walk) in enumerate(zip(parts, walks, strict=False)):
        best = _best(walk)
        kept = sum(step.sign == 0 and is_word(step.token) for step in best)
        if kept >= max(LEAST, SHARE * _bag(part).total()):
            yield _Stretch(n, _slice(best, run, 0), _slice(best, part, 1))


class _Step(NamedTuple):
    """A token of the diff and where it stands in the run and in the part."""

    sign: int
    token: str
    at: tuple[int, int]


def _best(walk: Sequence[_Step]) -> Sequence[_Step]:
    """The stretch of a walk in which most is the same, from a word kept to a word kept.

    A stop kept at its ends belongs to it.
    """
    total = best = 0
    start, found = 0, slice(0, 0)
    for at, step in enumerate(walk):
        if not is_word(step.token):
            continue
        if total <= 0:
            total, start = 0, at
        total += SAME if step.sign == 0 else -1
        if total > best:
            best, found = total, slice(start, at + 1)
    if not best:
        return []
    start, stop = found.start, found.stop
    while start and walk[start - 1].sign == 0 and not is_word(walk[start - 1].token):
        start -= 1
    while stop < len(walk) and walk[stop].sign == 0 and not is_word(walk[stop].token):
        stop += 1
    while walk[start].token.isspace():
        start += 1
    while walk[stop - 1].token.isspace():
        stop -= 1
    return walk[start:stop]


def _slice(steps: Sequence[_Step], text: str, side: int) -> slice:
    """The characters of one text that a stretch covers, with the blanks that end the text."""
    start, last = steps[0].at[side], steps[-1]
    stop = last.at[side] + len(last.token)
    start = 0 if not text[:start].strip() else start
    stop = len(text) if not text[stop:].strip() else stop
    return slice(start, stop)
