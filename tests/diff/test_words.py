from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.diff import edits, engine
from legannot.diff.tokens import tokens
from legannot.model import Edit
from tests.strategies import texts, words


def marked(found: tuple[Edit, ...]) -> str:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[e.op].format(e.text) for e in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "The Secretary may list the entity.",
            "The Secretary shall list the entity.",
            "The Secretary [-may-]{+shall+} list the entity.",
            id="may to shall",
        ),
        pytest.param(
            "not more than $1,000,000 a year",
            "not more than $2,000,000 a year",
            "not more than [-$1,000,000-]{+$2,000,000+} a year",
            id="an amount is one token",
        ),
        pytest.param(
            "Not later than 180 days after enactment",
            "Not later than 270 days after enactment",
            "Not later than [-180 days-]{+270 days+} after enactment",
            id="a period is one token",
        ),
        pytest.param(
            "under section 3(b)(2) of this Act",
            "under section 4(b)(2) of this Act",
            "under section [-3(b)(2)-]{+4(b)(2)+} of this Act",
            id="a citation is one token",
        ),
        pytest.param(
            "beginning on January 1, 2026, and",
            "beginning on March 1, 2026, and",
            "beginning on [-January 1, 2026-]{+March 1, 2026+}, and",
            id="a date is one token",
        ),
        pytest.param(
            "is amended by adding",
            "is further amended by adding",
            "is {+further +}amended by adding",
            id="an insertion starts with its word",
        ),
        pytest.param(
            "after the enactment of this Act, the Secretary reports",
            "after the enactment of this Act, and annually thereafter, the Secretary reports",
            "after the enactment of this Act{+, and annually thereafter+}, the Secretary reports",
            id="a clause comes with the comma that opens it",
        ),
        pytest.param(
            "It was reported. The bill passed.",
            "It was reported. Nobody spoke. The bill passed.",
            "It was reported.{+ Nobody spoke.+} The bill passed.",
            id="a sentence after a sentence",
        ),
        pytest.param(
            "a covered foreign entity of concern",
            "any listed foreign person of concern",
            "[-a covered foreign entity-]{+any listed foreign person+} of concern",
            id="edits around one word are one phrase",
        ),
        pytest.param(
            "The Secretary shall publish the list; and",
            "The Secretary shall publish the list; or",
            "The Secretary shall publish the list; [-and-]{+or+}",
            id="the connective alone",
        ),
    ],
)
def test_edits_read_as_a_drafter_would_mark_them(old: str, new: str, expected: str) -> None:
    assert marked(edits(old, new)) == expected


def test_a_text_replaced_wholly_is_one_edit() -> None:
    old = "The Director shall ensure that the Office is staffed and meets the public each year."
    new = "No funds may be used by any agency to acquire a model that a listed entity produced."
    assert [e.op for e in edits(old, new) if e.op != "equal"] == ["delete", "insert"]


@given(texts, texts)
def test_edits_rebuild_any_two_texts(old: str, new: str) -> None:
    for granularity in ("word", "phrase", "character"):
        found = edits(old, new, granularity)
        assert "".join(e.text for e in found if e.op != "insert") == old
        assert "".join(e.text for e in found if e.op != "delete") == new
        assert all(e.text for e in found)


@given(words, words)
def test_deletion_stands_before_insertion_and_no_two_of_one_sort_touch(old: str, new: str) -> None:
    ops = [e.op for e in edits(old, new)]
    assert ("insert", "delete") not in pairwise(ops)
    assert all(a != b for a, b in pairwise(ops))


@given(words, words)
def test_words_are_never_cut(old: str, new: str) -> None:
    whole = {*tokens(old), *tokens(new)}
    for edit in edits(old, new):
        assert set(tokens(edit.text)) <= whole


@given(texts)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(
    st.lists(st.sampled_from("abcde"), max_size=30), st.lists(st.sampled_from("abcde"), max_size=30)
)
def test_the_python_engine_and_its_port_rebuild_the_same_texts(a: list[str], b: list[str]) -> None:
    old, new = " ".join(a), " ".join(b)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_engine", lambda: engine._original)
        found = edits(old, new, "word")
    assert "".join(e.text for e in found if e.op != "insert") == old
    assert "".join(e.text for e in found if e.op != "delete") == new


def test_a_long_text_is_cut_at_passages_that_stand_once_before_it_gets_dear() -> None:
    names = [f"term{n} means the thing numbered {n} in list {n * 7};" for n in range(300)]
    old, new = " ".join(names), " ".join(reversed(names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "DEAR", 1000)
        found = edits(old, new, "word")
    assert "".join(e.text for e in found if e.op != "insert") == old
    assert "".join(e.text for e in found if e.op != "delete") == new
    assert any(e.op == "equal" and "term" in e.text for e in found)


def test_two_megabytes_that_share_no_passage_are_one_replacement() -> None:
    old = " ".join(f"a{n * 7919 % 5003}" for n in range(250_000))
    new = " ".join(f"b{n * 7907 % 5003}" for n in range(250_000))
    assert [e.op for e in edits(old, new)] == ["delete", "insert"]


def test_two_long_unlike_texts_are_compared_without_a_deadline() -> None:
    old = " ".join(f"alpha{n % 997} beta" for n in range(20_000))
    new = " ".join(f"alpha{n % 991} gamma" for n in range(20_000))
    found = edits(old, new, "word")
    assert "".join(e.text for e in found if e.op != "insert") == old
    assert "".join(e.text for e in found if e.op != "delete") == new
    assert any(e.op == "equal" for e in found)
