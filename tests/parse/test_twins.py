"""A version that exists in the Bill DTD and in USLM gives the same provisions and words in both."""

from __future__ import annotations

from functools import cache

from bench.twins import Twins, one_version, twins, two_versions
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


# What a redline across formats marks though no word changed, and why: docs/formats.md, "Twins".
MARKED = {
    "114s1523 eah uslm1": "the conversion begins with a day",
    "116hr1158 enr uslm1": "the kind of an appropriations level",
    "116hr1865 enr uslm1": "the same of one; two quoted sentences; a subheading in a heading",
    "116hr200 ih htm": "the quoted entry of a table of contents is read as a sentence",
    "116hr2000 ih htm": "a table printed across its columns",
    "117hr2000 ih htm": '"Sec." printed before a section that the XML numbers without it',
    "117hr2005 ih htm": "two quoted entries of tables of contents",
}
# The conversion of eah has no amendment; the same words in other phrases in enr.
ACROSS = {f"114s1523 {old} -> {new} uslm1" for old in ("is", "es") for new in ("eah", "enr")}


@needs_corpus
def test_a_redline_of_one_version_in_two_formats_is_empty_but_for_the_explained() -> None:
    found = list(one_version(CORPUS))
    assert len(found) == 74
    assert {pair.name for pair in found if not pair.same} == set(MARKED)


@needs_corpus
def test_a_redline_across_formats_marks_the_same_words_as_one_within() -> None:
    found = list(two_versions(CORPUS))
    assert len(found) == 51
    assert {pair.name for pair in found if not pair.same} == ACROSS
