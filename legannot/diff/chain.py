"""Several versions in a row: each change dated to the step that made it.

The comparison of the first with the last version is not made anew: provisions are followed through
the pairs of every step, so that what a report says of the whole agrees with what it says of the
steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from legannot.diff.compare import build, compare
from legannot.diff.formats import alike
from legannot.model import Alignment, Bill, Change, Comparison, Method, Pair


@dataclass(frozen=True, slots=True)
class Chain:
    """Consecutive comparisons, the one from end to end, and what came and went in between."""

    steps: tuple[Comparison, ...]
    whole: Comparison
    passing: tuple[Change, ...]


def chain(bills: Sequence[Bill]) -> Chain:
    """Compare two or more versions in the order given.

    Rows of `whole` carry the indices of the steps in which the provision changed; `passing` are the
    provisions added in one step and removed in a later one.
    """
    steps = tuple(compare(old, new) for old, new in pairwise(alike(bills)))
    if len(steps) == 1:
        whole = steps[0]
        rows = tuple(replace(row, steps=(0,)) if row.changed else row for row in whole.rows)
        return Chain(steps, replace(whole, rows=rows), ())
    return _compose(steps)


def _compose(steps: tuple[Comparison, ...]) -> Chain:
    alive: dict[str, _Life] = {
        p.path: _Life(p.path, (), Method.CONTENT, 1.0, moved=False) for p in steps[0].old.walk()
    }
    ended: dict[str, int] = {}
    # By its path in the first version, what a provision was merged into, where that stands now.
    merged: dict[str, Pair] = {}
    passing: list[Change] = []
    for index, step in enumerate(steps):
        later: dict[str, _Life] = {}
        became = {row.old.path: row.new.path for row in step.rows if row.old and row.new}
        merged = {
            first: replace(pair, new=became[pair.new])
            for first, pair in merged.items()
            if pair.new in became
        }
        for row in step.rows:
            if row.new is None:
                life = alive[row.shown.path]
                if life.first:
                    ended[life.first] = index
                    if row.whole:
                        merged[life.first] = Pair(life.first, row.whole, Method.MOVED, row.score)
                else:
                    passing.append(replace(row, steps=(*life.steps, index)))
            elif row.old is None:
                origin = alive[row.whole].first if row.whole else ""
                later[row.new.path] = _Life(
                    "", (index,), row.method, row.score, moved=False, split_from=origin
                )
            else:
                later[row.new.path] = alive[row.old.path].through(row, index)
        alive = later
    notices = tuple(dict.fromkeys(n for step in steps for n in step.notices))
    alignment = Alignment(
        tuple(
            Pair(life.first, path, life.method, life.score)
            for path, life in alive.items()
            if life.first
        ),
        frozenset(path for path, life in alive.items() if life.moved and life.first),
        split=tuple(
            Pair(life.split_from, path, Method.MOVED, life.score)
            for path, life in alive.items()
            if life.split_from
        ),
        merged=tuple(merged.values()),
    )
    whole = build(steps[0].old, steps[-1].new, alignment)
    rows = tuple(
        replace(row, steps=_steps(row, alive, ended)) if row.changed else row for row in whole.rows
    )
    return Chain(steps, replace(whole, rows=rows, notices=notices), tuple(passing))


@dataclass(frozen=True, slots=True)
class _Life:
    """A provision alive at a step, and what it went through.

    `first` is its path in the first version, empty if it came since; `steps` changed it; `method`
    and `score` are those of the weakest link so far; `split_from` is the path in the first version
    of what it was split from.
    """

    first: str
    steps: tuple[int, ...]
    method: Method
    score: float
    moved: bool
    split_from: str = ""

    def through(self, row: Change, index: int) -> _Life:
        weaker = row.score < self.score
        return _Life(
            self.first,
            (*self.steps, index) if row.changed else self.steps,
            row.method if weaker else self.method,
            row.score if weaker else self.score,
            self.moved or "moved" in row.kinds,
            self.split_from,
        )


def _steps(row: Change, alive: dict[str, _Life], ended: dict[str, int]) -> tuple[int, ...]:
    if row.new is not None:
        return alive[row.new.path].steps
    return (ended[row.shown.path],)
