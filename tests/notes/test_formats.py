"""Notes on versions in different formats: what a format prints in its own way loses no note."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legannot.diff import alike, chain
from legannot.model import Bill
from legannot.model.notes import HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes import place
from legannot.notes.quotes import occurrences, reprinted
from tests.diff.test_formats import dtd, uslm


def placed(anchor: NoteAnchor, *bills: Bill) -> Placed:
    row = alike(bills)
    note = HouseNote("n", "comment", "A. Person", "2026-01-01", "Words.", anchor)
    (found,) = place([note], row, chain(row).steps)
    return found


OLD, NEW = replace(dtd(), version="ih"), replace(uslm("each month"), version="enr")


@pytest.mark.parametrize(
    ("path", "exact", "now"),
    [
        (
            "sec. 2(a)",
            "A developer of a covered model shall",
            "A developer of a “covered model” shall",
        ),
        ("sec. 2(b)", "by striking software and", "by striking “software” and"),
        ("sec. 2(b)", "striking software", "striking “software”"),
        ("sec. 1", "Short title", "SHORT TITLE"),
    ],
)
def test_words_of_an_earlier_version_are_found_as_the_newest_prints_them(
    path: str, exact: str, now: str
) -> None:
    found = placed(NoteAnchor("ih", path, exact), OLD, NEW)
    assert (found.outcome, found.path, found.quote) == (Outcome.SAME, path, now)


def test_words_that_the_later_version_changed_are_still_to_be_checked() -> None:
    found = placed(
        NoteAnchor("ih", "sec. 2(a)", "a covered model shall report each year"), OLD, NEW
    )
    assert found.outcome is Outcome.CHANGED
    assert "month" in found.quote


def test_the_words_around_tell_equal_words_apart_whatever_the_print() -> None:
    text = "The “State” is a State, and the “State” agency acts."
    assert reprinted(text, "the State", suffix=" agency") == [(28, 39)]
    assert text[28:39] == "the “State”"
    assert len(reprinted(text, "State")) == 3
    assert reprinted(text, "Stat") == []
    assert reprinted(text, "“”") == []


def test_words_that_a_version_does_not_have_are_found_in_no_print_of_it() -> None:
    found = placed(NoteAnchor("ih", "sec. 2(a)", "A developer of an uncovered model"), OLD, NEW)
    assert found.outcome is Outcome.GONE


def test_versions_of_one_format_are_quoted_letter_for_letter() -> None:
    last = replace(dtd("each month"), version="rh")
    found = placed(NoteAnchor("ih", "sec. 1", "SHORT TITLE"), OLD, last)
    assert found.outcome is Outcome.GONE
    assert occurrences("Short title", "SHORT TITLE") == []
