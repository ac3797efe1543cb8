"""A version that exists in the Bill DTD and in USLM gives the same provisions and words in both."""

from __future__ import annotations

from functools import cache

from bench.twins import Twins, twins
from tests.conftest import CORPUS, needs_corpus

# Pairs that differ, and why: docs/formats.md, "Twins".
EXPLAINED = {
    "114s1523 eah uslm1": "the conversion has no `main`, no amendment, and begins with a day",
    "114s1523 es uslm1": "the conversion puts the stop after the block inside its last word",
    "114s1523 is uslm1": "the same",
    "116hr1158 enr uslm1": "the conversion leaves out the size of two appropriations levels",
    "116hr1865 enr uslm1": "the same of three; flush sentences are quoted without an element",
    "116hr2157 enr uslm": "USLM makes a block of words that the DTD quotes in the sentence",
}
OTHER_WORDS = {"114s1523 eah uslm1", "114s1523 es uslm1", "114s1523 is uslm1"}


@cache
def pairs() -> tuple[Twins, ...]:
    return tuple(twins(CORPUS))


@needs_corpus
def test_all_pairs_but_the_explained_ones_give_the_same_provisions() -> None:
    assert len(pairs()) == 47
    assert {pair.name for pair in pairs() if not pair.same} == set(EXPLAINED)


@needs_corpus
def test_all_pairs_but_three_conversions_have_the_same_words() -> None:
    assert {pair.name for pair in pairs() if not pair.same_words} == OTHER_WORDS


@needs_corpus
def test_what_differs_is_a_handful_of_provisions_in_thousands() -> None:
    left = sum(max(map(len, pair.rows)) - pair.shared for pair in pairs())
    assert left <= 20
