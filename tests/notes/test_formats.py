"""Notes on versions in different formats: what a format prints in its own way loses no note."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.diff import alike, chain
from legannot.model import Bill
from legannot.model.notes import HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes import place
from legannot.notes.quotes import occurrences, reprinted
from tests.diff.test_formats import dtd, uslm
from tests.diff.test_transfer import of, section


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


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("An export may be licensed.", "maybe licensed"),
        ("Any one of the parties shall report.", "Anyone of the parties"),
        ("Within 10 5-day weeks", "105-day weeks"),
        ("the State’s laws", "the States laws"),
        ("the States laws", "the State's laws"),
        ("the “open” AI developers", "the openAI developers"),
    ],
)
def test_words_run_together_are_other_words_in_any_print(text: str, exact: str) -> None:
    assert reprinted(text, exact) == []


def test_words_run_together_are_no_surroundings_of_a_note() -> None:
    text = "Weights maybe released; a model may be released ofa developer."
    released = [(14, 22), (39, 47)]
    assert reprinted(text, "released") == released
    assert reprinted(text, "released", prefix="may be") == released[1:]
    assert reprinted(text, "released", suffix="of a") == []


_WORDS = ("may", "be", "maybe", "MAY", "a’s", "a's", "a", "s", "as", "(1)", "é—", "may—be", "$1")
_PRINTS = st.lists(
    st.builds(
        str.format,
        st.sampled_from(("{}", "{}", "“{}”", "''{}''", "‘{}’,")),
        st.sampled_from(_WORDS),
    )
).map(" ".join)


@given(_PRINTS, _PRINTS)
def test_no_print_of_a_text_loses_a_note_on_all_its_words(own: str, other: str) -> None:
    own, other = f"Any {own} act", f"Any {other} act"
    setting, _ = alike((of(section(own), format_="bill-dtd"), of(section(other), format_="uslm")))
    now = setting.provisions[0].text
    assert [now[start:end] for start, end in reprinted(now, own)] == [now]


def test_two_notes_on_words_that_differ_in_a_blank_stand_each_at_its_own() -> None:
    text = "Any one of them may release “it”; anyone may read it."
    assert reprinted(text, "any one") == [(0, 7)]
    assert reprinted(text, "anyone") == [(34, 40)]


def test_words_that_a_version_does_not_have_are_found_in_no_print_of_it() -> None:
    found = placed(NoteAnchor("ih", "sec. 2(a)", "A developer of an uncovered model"), OLD, NEW)
    assert found.outcome is Outcome.GONE


def test_versions_of_one_format_are_quoted_letter_for_letter() -> None:
    last = replace(dtd("each month"), version="rh")
    found = placed(NoteAnchor("ih", "sec. 1", "SHORT TITLE"), OLD, last)
    assert found.outcome is Outcome.GONE
    assert occurrences("Short title", "SHORT TITLE") == []
