from __future__ import annotations

import random
from itertools import permutations

import pytest

from legannot.align import assign as module
from legannot.align.assign import assign

Scores = dict[tuple[int, int], float]


def scores_of(olds: int, news: int, share: float, rng: random.Random) -> Scores:
    """Candidates with few different scores, so that many totals are equal."""
    return {
        (a, b): rng.randint(1, 9) / 10
        for a in range(olds)
        for b in range(news)
        if rng.random() < share
    }


def total(scores: Scores, pairs: list[tuple[int, int]]) -> float:
    return sum(scores[pair] for pair in pairs)


def best_total(scores: Scores, olds: int, news: int) -> float:
    """By trying all."""
    few, many = min(olds, news), max(olds, news)
    return max(
        sum(scores.get((i, p) if olds <= news else (p, i), 0.0) for i, p in enumerate(order))
        for order in permutations(range(many), few)
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_other_pairs_have_a_greater_total(seed: int) -> None:
    rng = random.Random(seed)
    olds, news = rng.randint(1, 6), rng.randint(1, 6)
    scores = scores_of(olds, news, 0.7, rng)
    pairs = assign(scores)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert total(scores, pairs) == pytest.approx(best_total(scores, olds, news))


@pytest.mark.parametrize("seed", range(10))
def test_large_groups_are_paired_as_well_as_small_ones(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = scores_of(30, 25, 0.3, random.Random(seed))
    here = total(scores, assign(scores))
    monkeypatch.setattr(module, "FEW_STEPS", 0)
    assert total(scores, assign(scores)) == pytest.approx(here)


def test_the_order_in_which_candidates_were_found_does_not_matter() -> None:
    rng = random.Random(3)
    scores = scores_of(12, 12, 0.5, rng)
    found = list(scores.items())
    rng.shuffle(found)
    assert assign(dict(found)) == assign(scores)
