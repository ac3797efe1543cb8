from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import add
from pathlib import Path

import pytest

from bench.gold import (
    ALONE,
    FREE,
    HELD_OUT,
    KINDS,
    PAIRS,
    Label,
    Score,
    bill_at,
    by_version_pair,
    labels_of,
    score,
)
from legannot.align import align
from legannot.model import Alignment, Method, Pair
from tests.conftest import needs_corpus

_FILES = pytest.mark.parametrize("file", [PAIRS, HELD_OUT], ids=lambda file: file.stem)


def label(old: str | None, new: str | None, kind: str = "same") -> Label:
    return Label("119hr1", "ih.xml", "rh.xml", old, new, kind, "")


def alignment(*pairs: tuple[str, str], split: tuple[tuple[str, str], ...] = ()) -> Alignment:
    def row(pair: tuple[str, str]) -> Pair:
        return Pair(*pair, Method.SIMILAR, 1.0)

    return Alignment(tuple(map(row, pairs)), split=tuple(map(row, split)))


@_FILES
def test_a_label_lacks_exactly_the_side_that_its_kind_lacks(file: Path) -> None:
    for line in labels_of(file):
        assert line.kind in KINDS, line
        assert (line.old is None) == (line.kind == "added"), line
        assert (line.new is None) == (line.kind == "removed"), line
        assert line.note, line


@_FILES
def test_no_label_stands_twice_or_contradicts_another(file: Path) -> None:
    for group in by_version_pair(labels_of(file)).values():
        assert max(Counter((row.old, row.new) for row in group).values()) == 1
        scored = [row for row in group if row.kind not in FREE]
        for side, several in (("old", "split"), ("new", "merged")):
            places = Counter(getattr(row, side) for row in scored if getattr(row, side))
            twice = {path for path, times in places.items() if times > 1}
            for path in twice:
                kinds = {row.kind for row in scored if getattr(row, side) == path}
                assert several in kinds, (side, path)
                assert not kinds & set(ALONE), (side, path)


def test_the_gold_is_as_large_as_promised_and_no_bill_is_in_both_files() -> None:
    seen, unseen = labels_of(PAIRS), labels_of(HELD_OUT)
    both = (*seen, *unseen)
    assert sum(row.counts for row in both) >= 330
    assert sum(row.kind in ALONE for row in both) >= 80
    assert len(by_version_pair(both)) >= 14
    bills, held = {row.bill for row in seen}, {row.bill for row in unseen}
    assert not bills & held
    assert len(held) >= (len(bills) + len(held)) // 3


@needs_corpus
@_FILES
def test_the_paths_of_every_label_stand_in_its_files(file: Path) -> None:
    for (old, new), group in by_version_pair(labels_of(file)).items():
        olds, news = ({p.path for p in bill_at(name).walk()} for name in (old, new))
        assert not {row.old for row in group if row.old} - olds, old
        assert not {row.new for row in group if row.new} - news, new


def test_a_pair_found_among_the_splits_counts_as_found() -> None:
    labels = [label("sec. 1", "sec. 1"), label("sec. 1", "sec. 2", "split")]
    assert score(alignment(("sec. 1", "sec. 1"), split=(("sec. 1", "sec. 2"),)), labels).f1 == 1
    assert score(alignment(("sec. 1", "sec. 1")), labels).recall == 0.5


@pytest.mark.parametrize(
    "given",
    [("sec. 1", "sec. 9"), ("sec. 9", "sec. 2"), ("sec. 3", "sec. 9"), ("sec. 9", "sec. 4")],
    ids=["other-new", "other-old", "removed", "added"],
)
def test_a_pair_that_contradicts_a_label_is_false(given: tuple[str, str]) -> None:
    labels = [
        label("sec. 1", "sec. 2"),
        label("sec. 3", None, "removed"),
        label(None, "sec. 4", "added"),
    ]
    assert score(alignment(given), labels).false == (f"{given[0]} -> {given[1]}",)


def test_a_pair_that_no_label_speaks_of_is_not_judged() -> None:
    labels = [label("sec. 1", "sec. 2")]
    result = score(alignment(("sec. 1", "sec. 2"), ("sec. 8", "sec. 9")), labels)
    assert (result.precision, result.recall) == (1, 1)


@pytest.mark.parametrize("kind", FREE)
def test_a_free_pair_may_be_given_but_does_not_find_the_words(kind: str) -> None:
    labels = [label("sec. 1", "sec. 1(a)", "moved"), label("sec. 1", "sec. 1", kind)]
    result = score(alignment(("sec. 1", "sec. 1")), labels)
    assert not result.false
    assert result.missed == (labels[0],)


@needs_corpus
def test_hard_pairs_are_found_as_a_lawyer_finds_them() -> None:
    scores = (
        score(align(bill_at(old), bill_at(new)), group)
        for (old, new), group in by_version_pair(labels_of(PAIRS)).items()
    )
    total = reduce(add, scores, Score())
    wrong = [*(row.line for row in total.missed), *total.false]
    assert total.f1 >= 0.97, "\n".join(wrong)
