"""Who pairs with whom, given how well each could: the best total, not the first found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import inf

# Rows times rows times columns: up to so many take less time here than scipy takes to load, 0.3 s
# (400 of each, all scored: 0.2 to 0.3 s).
FEW_STEPS = 10_000_000
NOWHERE = -1

Scores = Mapping[tuple[int, int], float]


def assign(scores: Scores) -> list[tuple[int, int]]:
    """The one-to-one pairs of greatest total score, out of the candidates in `scores`.

    A pair worth at least as much as the next best of both its sides together is in a best total
    (whatever those two would pair with instead gains no more); most pairs are of that sort and need
    no solver.  The rest fall into groups that do not touch, mostly of a few.  The result does not
    depend on the order in which candidates were found.
    """
    pairs, rest = _clear(dict(scores))
    for group in _groups(rest):
        if len(group) == 1:
            pairs.extend(group)
        else:
            pairs.extend(_solve(group, scores))
    return sorted(pairs)


def _clear(open_scores: dict[tuple[int, int], float]) -> tuple[list[tuple[int, int]], Scores]:
    pairs: list[tuple[int, int]] = []
    while open_scores:
        rows: dict[int, list[float]] = defaultdict(list)
        columns: dict[int, list[float]] = defaultdict(list)
        for (a, b), score in open_scores.items():
            rows[a].append(score)
            columns[b].append(score)
        second_a = {a: _second(found) for a, found in rows.items()}
        second_b = {b: _second(found) for b, found in columns.items()}
        chosen = [
            (a, b)
            for (a, b), score in open_scores.items()
            if score > second_a[a] + second_b[b] and score == max(rows[a]) == max(columns[b])
        ]
        if not chosen:
            break
        pairs.extend(chosen)
        done_a, done_b = {a for a, _ in chosen}, {b for _, b in chosen}
        open_scores = {
            (a, b): score
            for (a, b), score in open_scores.items()
            if a not in done_a and b not in done_b
        }
    return pairs, open_scores


def _second(found: list[float]) -> float:
    return sorted(found)[-2] if len(found) > 1 else 0.0


def _groups(scores: Scores) -> list[list[tuple[int, int]]]:
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def find(x: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in scores:
        parent[find((0, a))] = find((1, b))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in sorted(scores):
        groups[find((0, a))].append((a, b))
    return list(groups.values())


def _solve(group: list[tuple[int, int]], scores: Scores) -> list[tuple[int, int]]:
    olds = sorted({a for a, _ in group})
    news = sorted({b for _, b in group})
    if len(olds) == 1 or len(news) == 1:
        return [max(group, key=lambda pair: (scores[pair], -pair[0], -pair[1]))]
    if len(olds) <= len(news):
        columns = _columns([[scores.get((a, b), 0.0) for b in news] for a in olds])
        chosen = [(a, news[column]) for a, column in zip(olds, columns, strict=True)]
    else:
        columns = _columns([[scores.get((a, b), 0.0) for a in olds] for b in news])
        chosen = [(olds[column], b) for b, column in zip(news, columns, strict=True)]
    candidates = set(group)
    return [pair for pair in chosen if pair in candidates]


def _columns(gains: list[list[float]]) -> list[int]:
    """The column of each row in an assignment of greatest total; not more rows than columns."""
    rows, columns = len(gains), len(gains[0])
    if rows * rows * columns > FEW_STEPS:
        from scipy.optimize import linear_sum_assignment

        return [int(column) for column in linear_sum_assignment(gains, maximize=True)[1]]
    holders: list[int | None] = [None] * columns
    prices = [0.0] * columns
    for row in range(rows):
        _place(row, gains, holders, prices)
    return [holders.index(row) for row in range(rows)]


def _place(
    row: int, gains: list[list[float]], holders: list[int | None], prices: list[float]
) -> None:
    """Give one more row a column; those in its way move on so that the least is lost (Kuhn, 1955).

    Each holder has its best column at the present prices; `losses` are what the cheapest series of
    moves that ends in a column costs, found as by Dijkstra.
    """
    losses = [inf] * len(prices)
    before = [NOWHERE] * len(prices)
    open_columns = set(range(len(prices)))
    settled: list[int] = []
    mover, column, lost = row, NOWHERE, 0.0
    best = max(gain - price for gain, price in zip(gains[row], prices, strict=True))
    while True:
        for other in open_columns:
            loss = lost + best - (gains[mover][other] - prices[other])
            if loss < losses[other]:
                losses[other], before[other] = loss, column
        column = min(open_columns, key=lambda other: (losses[other], other))
        lost = losses[column]
        open_columns.remove(column)
        holder = holders[column]
        if holder is None:
            break
        settled.append(column)
        mover, best = holder, gains[holder][column] - prices[column]
    for other in settled:
        prices[other] += lost - losses[other]
    while before[column] != NOWHERE:
        holders[column] = holders[before[column]]
        column = before[column]
    holders[column] = row
