"""Mutated bills are read or refused in one line; `bench/fuzz_parser.py` is the long run."""

from __future__ import annotations

from functools import cache

import pytest

from bench.fuzz_parser import corpus_files, mutation, outcome
from legannot.resources import data
from tests.conftest import CORPUS, needs_corpus


@cache
def samples() -> list[bytes]:
    return [file.read_bytes() for file in sorted(data("corpus").rglob("*.xml"))]


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_mutations_of_the_sample_bill_give_a_bill_or_a_clear_line(first: int) -> None:
    for seed in range(first, first + 100):
        result = outcome(mutation(seed, samples()))
        assert result.kind in ("read", "refused"), f"seed {seed}: {result}"


@needs_corpus
def test_mutations_of_real_bills_give_a_bill_or_a_clear_line() -> None:
    files = corpus_files(CORPUS, 25)
    for seed in range(1000, 1400):
        result = outcome(mutation(seed, files))
        assert result.kind in ("read", "refused"), f"seed {seed}: {result}"


def test_a_seed_gives_the_same_input_each_time() -> None:
    assert mutation(7, samples()) == mutation(7, samples())
