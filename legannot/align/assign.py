"""Who pairs with whom, given how well each could: the best total, not the first found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Scores = Mapping[tuple[int, int], float]


def assign(scores: Scores) -> list[tuple[int, int]]:
    """The one-to-one pairs of greatest total score, out of the candidates in `scores`.

    A pair worth at least as much as the next best of both its sides together is in a best total
    (whatever those two would pair with instead gains no more); most pairs are of that sort and need
    no solver.  The rest fall into groups that do not touch and go to scipy's.  The result does not
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
    from numpy import zeros
    from scipy.optimize import linear_sum_assignment

    row = {a: i for i, a in enumerate(olds)}
    column = {b: j for j, b in enumerate(news)}
    matrix = zeros((len(olds), len(news)))
    for a, b in group:
        matrix[row[a], column[b]] = scores[a, b]
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    candidates = set(group)
    chosen = ((olds[i], news[j]) for i, j in zip(rows, columns, strict=True))
    return [pair for pair in chosen if pair in candidates]
