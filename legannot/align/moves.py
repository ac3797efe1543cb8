"""Which pairs changed place: not those that went with their parent, nor those that others passed.

A provision has moved if the nearest paired provision above it is not the partner of the one above
before, or if its order among the pairs that share both parents is not part of the longest sequence
kept in order.  Of sequences equally long the one of most words is kept, so that of two neighbours
that changed places the shorter one moved.  A new container around sections, or one dissolved, moves
nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise

from legannot.align.outline import ROOT, Outline

# Words: shorter unnumbered text (a connective after quoted law) follows what it connects.
NOTABLE = 4
# Worth of keeping one provision more in order: above all the words that a choice among equals
# weighs.
ONE_MORE = 10**12


def moved(old: Outline, new: Outline, partner: dict[int, int]) -> set[int]:
    """The indices of the new provisions whose place changed."""
    taken = {b: a for a, b in partner.items()}
    result: set[int] = set()
    families: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in partner.items():
        if a == ROOT:
            continue
        above_old = _paired_above(old, a, partner)
        above_new = _paired_above(new, b, taken)
        if partner[above_old] != above_new:
            result.add(b)
        else:
            families[above_old, above_new].append((a, b))
    for family in families.values():
        family.sort()
        news = [b for _, b in family]
        if any(x > y for x, y in pairwise(news)):
            weights = [
                ONE_MORE + min(old.nodes[a].size, new.nodes[b].size, ONE_MORE // len(family) - 1)
                for a, b in family
            ]
            kept = heaviest_increasing(news, weights)
            result.update(b for b in news if b not in kept)
    return {b for b in result if new.nodes[b].provision.enum or new.nodes[b].size >= NOTABLE}


def _paired_above(outline: Outline, index: int, done: dict[int, int]) -> int:
    return next(x for x in outline.ancestors(index) if x in done)


def heaviest_increasing(values: list[int], weights: list[int]) -> set[int]:
    """The values of the increasing subsequence of greatest weight; O(n log n), values distinct."""
    order = sorted(values)
    best: list[tuple[int, int]] = [(0, -1)] * (len(order) + 1)  # Fenwick tree of prefix maxima
    chain: list[tuple[int, int]] = []
    for at, (value, weight) in enumerate(zip(values, weights, strict=True)):
        rank = bisect_left(order, value) + 1
        total, last = 0, -1
        i = rank - 1
        while i > 0:
            if best[i][0] > total:
                total, last = best[i]
            i -= i & -i
        chain.append((total + weight, last))
        i = rank
        while i <= len(order):
            if best[i][0] < total + weight:
                best[i] = (total + weight, at)
            i += i & -i
    at = max(range(len(chain)), key=lambda i: chain[i][0]) if chain else -1
    kept: set[int] = set()
    while at >= 0:
        kept.add(values[at])
        at = chain[at][1]
    return kept
