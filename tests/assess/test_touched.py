"""A topic changed only where the words it rests on changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.assess.touched import edited
from legannot.diff import edits
from legannot.model import Evidence
from tests.assess.cases import Mark, report
from tests.read.documents import bill, section, subsection


def changes(old: str, new: str, was: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    def marks(quotes: Sequence[str]) -> tuple[Mark, ...]:
        return tuple(("sec. 4", "ow.release", quote) for quote in quotes)

    made = report(
        (bill(section(4, "Rule", text=old)), marks(was)),
        (bill(section(4, "Rule", text=new)), marks(now)),
    )
    return [(change.topic, change.kind) for change in made.tag_changes]


@pytest.mark.parametrize(
    ("old", "new", "was", "now", "expected"),
    [
        (
            "The Secretary shall publish a report on models each year.",
            "The Secretary shall publish a report on open-weight models each year.",
            [],
            ["open-weight models"],
            ["added"],
        ),
        (
            "The Secretary shall publish a report on open-weight models each year.",
            "The Secretary shall publish a report on models each year.",
            ["open-weight models"],
            [],
            ["removed"],
        ),
        (
            "The Secretary shall list open models each year.",
            "The Secretary shall list open-weight models each year.",
            ["open models"],
            ["open-weight models"],
            ["touched"],
        ),
        (
            "The Secretary shall list open models each year.",
            "The Secretary shall list open models every month.",
            ["open models"],
            ["open models"],
            ["same"],
        ),
        # The words stay, what the provision does with them changes.
        (
            "The Secretary shall list open models each year.",
            "The Secretary may list open models each year.",
            ["open models"],
            ["open models"],
            ["touched"],
        ),
        # It hung on something else: not a change of this provision.
        (
            "The Secretary shall list open models each year.",
            "The Secretary shall list open models every month.",
            [],
            ["open models"],
            [],
        ),
    ],
)
def test_a_topic_rests_on_the_words_that_changed(
    old: str, new: str, was: list[str], now: list[str], expected: list[str]
) -> None:
    assert changes(old, new, was, now) == [("ow.release", kind) for kind in expected]


def test_an_added_provision_brings_its_topics() -> None:
    first = subsection("a", "Rule", text="The Secretary shall report on trade in goods each year.")
    second = subsection("b", "List", text="The Secretary shall list open-weight models.")
    made = report(
        (bill(section(4, "Duties", first)), ()),
        (
            bill(section(4, "Duties", first, second)),
            (("sec. 4(b)", "ow.release", "open-weight models"),),
        ),
    )
    change = made.tag_changes[0]
    assert (change.kind, change.path, change.old) == ("added", "sec. 4(b)", None)
    assert made.comparison is not None
    assert made.comparison.rows[change.row].shown.path == "sec. 4(b)"


def test_a_topic_of_a_heading_rests_on_the_heading() -> None:
    text = "The Secretary shall act on what is listed under this section of the Act."
    old = bill(section(4, "Listed goods", text=text))
    new = bill(section(4, "Listed models", text=text))
    made = report((old, ()), (new, (("sec. 4", "list.process", "Listed models"),)))
    assert [change.kind for change in made.tag_changes] == ["added"]


def test_the_kinds_of_a_change_name_its_sides() -> None:
    made = report(
        (bill(section(4, "Rule", text="Open models are listed here by name.")), ()),
        (bill(section(4, "Rule", text="Open models are listed here by number.")), ()),
    )
    assert made.tag_changes == ()


@given(
    st.lists(st.sampled_from(("open", "model", "weights", "shall", "not")), max_size=8),
    st.lists(st.sampled_from(("open", "model", "weights", "shall", "not")), max_size=8),
)
def test_unedited_words_are_never_touched(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    sides = edited(edits(before, after))
    for text, side in zip((before, after), sides, strict=True):
        for start, end in side.stretches:
            assert 0 <= start < end <= len(text)
        kept = set(range(len(text))) - {
            i for start, end in side.stretches for i in range(start, end)
        }
        for i in kept:
            assert not side.touches(Evidence(i, i + 1, text[i]))
