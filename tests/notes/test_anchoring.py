"""A note stands at its words, or says that a person must look; it is never silently elsewhere."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legannot.diff import chain, compare
from legannot.model import Bill
from legannot.model.notes import HouseNote, NoteAnchor, Outcome, Placed
from legannot.notes import place
from legannot.parse import parse
from legannot.source import resolve
from tests.conftest import needs_corpus
from tests.notes.planted import edit, plant, silently_wrong
from tests.render.small import bill, provision, section

REPORT = "The Secretary may require a covered developer to report each incident."
OLD = bill(
    "rh",
    section("1.", "Short title", "This Act may be cited as the Open Release Act."),
    section(
        "2.",
        "Reports",
        "",
        provision("subsection", "(a)", "In general", REPORT),
        provision("subsection", "(b)", "Form", "A report shall be in writing, and a copy shall be"
                  " in writing as well."),
    ),
    section("3.", "Penalties", "A person who fails to report shall pay a civil penalty."),
)  # fmt: skip


def note(
    path: str, exact: str, prefix: str = "", suffix: str = "", version: str = "rh"
) -> HouseNote:
    anchor = NoteAnchor(version, path, exact, prefix, suffix, "119hr8315")
    return HouseNote("n", "comment", "A. Person", "2026-11-24", "See.", anchor)


def placed(old: Bill, new: Bill, one: HouseNote) -> Placed:
    (found,) = place([one], (old, new), (compare(old, new),))
    check_placed(found, new)
    return found


def check_placed(found: Placed, new: Bill) -> None:
    """What holds for every placed note: its quote is true, and a claim is on the same words."""
    provisions = {p.path: p for p in new.walk()}
    if found.shown:
        provision = provisions[found.path]
        text = provision.heading if found.field == "heading" else provision.text
        assert text[found.start : found.end] == found.quote
    assert bool(found.reason) == (found.outcome is not Outcome.SAME)
    if not found.needs_reader:
        assert found.quote


def reworded(old: str, new: str) -> Bill:
    """The second version of the bill with some words of it replaced."""
    roots = tuple(
        replace(p, text=p.text.replace(old, new),
                children=tuple(replace(c, text=c.text.replace(old, new)) for c in p.children))
        for p in OLD.provisions
    )  # fmt: skip
    return bill("eh", *roots)


def test_words_that_stand_where_they_did_are_the_same() -> None:
    found = placed(OLD, bill("eh", *OLD.provisions), note("sec. 2(a)", "a covered developer"))
    assert (found.outcome, found.path, found.quote) == (
        Outcome.SAME, "sec. 2(a)", "a covered developer",
    )  # fmt: skip


def test_a_renumbered_section_takes_its_note_along() -> None:
    first, *rest = OLD.provisions
    added = section("2.", "Findings", "Congress finds that incidents at laboratories are rare.")
    numbered = [replace(p, enum=f"{i}.") for i, p in enumerate(rest, 3)]
    found = placed(OLD, bill("eh", first, added, *numbered), note("sec. 2(a)", "may require"))
    assert (found.outcome, found.path) == (Outcome.MOVED, "sec. 3(a)")
    assert found.reason == "sec. 2(a) is now sec. 3(a)."


def test_words_around_the_quote_may_change() -> None:
    new = reworded("each incident", "each incident within 30 days")
    found = placed(OLD, new, note("sec. 2(a)", "may require a covered developer"))
    assert found.outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        pytest.param("may require a", "shall require each", "shall require each covered developer",
                     id="words replaced"),
        pytest.param("covered developer", "covered or listed developer",
                     "may require a covered or listed developer", id="words put in between"),
        pytest.param("require a covered", "require covered", "may require covered developer",
                     id="words taken out"),
    ],
)  # fmt: skip
def test_other_words_are_shown_with_a_mark_to_check_them(old: str, new: str, quote: str) -> None:
    found = placed(OLD, reworded(old, new), note("sec. 2(a)", "may require a covered developer"))
    assert found.outcome is Outcome.CHANGED
    assert found.quote == quote
    assert "“may require a covered developer” is now" in found.reason


def test_a_word_replaced_whole_leads_to_what_replaced_it() -> None:
    found = placed(OLD, reworded("may require", "shall require"), note("sec. 2(a)", "may"))
    assert (found.outcome, found.quote) == (Outcome.CHANGED, "shall")


def test_words_taken_out_are_gone_and_the_note_is_listed() -> None:
    new = reworded(" to report each incident", "")
    found = placed(OLD, new, note("sec. 2(a)", "to report each incident"))
    assert found.outcome is Outcome.GONE
    assert found.reason == "The words were taken out of sec. 2(a)."


def test_a_provision_taken_out_is_gone() -> None:
    new = bill("eh", *OLD.provisions[:2])
    found = placed(OLD, new, note("sec. 3", "shall pay a civil penalty"))
    assert (found.outcome, found.path) == (Outcome.GONE, "")
    assert "sec. 3 of rh is not in eh" in found.reason


def test_a_note_on_a_heading_follows_the_heading() -> None:
    new = bill("eh", *(replace(p, heading=p.heading.replace("Penalties", "Fines and penalties"))
                       for p in OLD.provisions))  # fmt: skip
    found = placed(OLD, new, note("sec. 3", "Penalties"))
    assert (found.field, found.outcome) == ("heading", Outcome.CHANGED)
    found = placed(OLD, bill("eh", *OLD.provisions), note("sec. 2", "Reports"))
    assert (found.field, found.outcome) == ("heading", Outcome.SAME)


def test_a_quote_that_stands_twice_is_told_apart_by_its_surroundings() -> None:
    new = bill("eh", *OLD.provisions)
    second = placed(OLD, new, note("sec. 2(b)", "in writing", suffix=" as well"))
    assert second.outcome is Outcome.SAME
    assert second.start > OLD.provisions[1].children[1].text.index("in writing")
    unclear = placed(OLD, new, note("sec. 2(b)", "in writing"))
    assert unclear.outcome is Outcome.GONE
    assert "stand 2 times in sec. 2(b)" in unclear.reason


def test_a_copy_of_the_provision_makes_the_note_ask() -> None:
    copied = section("4.", "Reports", "", *OLD.provisions[1].children)
    changed = reworded("report each incident", "report promptly any such incident in full")
    new = bill("eh", *changed.provisions, copied)
    found = placed(OLD, new, note("sec. 2(a)", "may require a covered developer"))
    assert found.outcome is Outcome.CHANGED


def test_words_that_stand_elsewhere_only_are_a_guess_that_says_so() -> None:
    first, second, third = OLD.provisions
    gone = replace(second, children=second.children[1:])
    long = replace(third, text=f"{third.text} {REPORT} The court shall hear the matter at once.")
    found = placed(OLD, bill("eh", first, gone, long),
                   note("sec. 2(a)", "may require a covered developer to report"))  # fmt: skip
    assert (found.outcome, found.path) == (Outcome.CHANGED, "sec. 3")
    assert "is not sure" in found.reason


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(note("sec. 9", "may"), "There is no sec. 9 in rh.", id="no such provision"),
        pytest.param(note("sec. 2(a)", "must require"), "not in sec. 2(a) of rh", id="misquoted"),
        pytest.param(note("sec. 2", "may require"), "they stand in sec. 2(a)", id="quoted above"),
        pytest.param(note("sec. 2(a)", "require a", "shall "), "not between its prefix",
                     id="another prefix"),
        pytest.param(note("sec. 2(a)", "ay require"), "not in sec. 2(a)", id="half a word"),
    ],
)  # fmt: skip
def test_a_note_that_misquotes_its_own_version_has_no_place(one: HouseNote, reason: str) -> None:
    found = placed(OLD, bill("eh", *OLD.provisions), one)
    assert found.outcome is Outcome.GONE
    assert reason in found.reason


def test_straight_quotation_marks_and_dashes_match_printed_ones() -> None:
    text = "The term “model’s weights” means numbers—however stored."
    old = bill("rh", section("1.", "Terms", text))
    found = placed(
        old, bill("eh", *old.provisions), note("sec. 1", '"model\'s weights" means numbers-')
    )
    assert (found.outcome, found.quote) == (Outcome.SAME, "“model’s weights” means numbers—")


def test_a_note_of_a_version_that_is_not_given_is_a_guess_at_most() -> None:
    (found,) = place([note("sec. 2(a)", "a covered developer", version="ih")], (OLD,))
    assert found.outcome is Outcome.CHANGED
    assert "ih, which is not among the versions given (rh)" in found.reason
    (lost,) = place([note("sec. 2(a)", "writing", version="ih")], (OLD,))
    assert lost.outcome is Outcome.GONE


def test_a_note_on_another_bill_is_gone() -> None:
    other = note("sec. 2(a)", "a covered developer")
    other = replace(other, anchor=replace(other.anchor, bill="119s1"))
    (found,) = place([other], (OLD,))
    assert found.outcome is Outcome.GONE
    assert "119s1" in found.reason


def test_a_note_is_followed_through_all_versions_between() -> None:
    first, second, third = OLD.provisions
    middle = bill("eh", first, replace(second, enum="5."), replace(third, enum="6."))
    added = section("2.", "Findings", "Congress finds that incidents at laboratories are rare.")
    last = bill("enr", first, added, replace(second, enum="7."), replace(third, enum="8."))
    steps = chain((OLD, middle, last)).steps
    (found,) = place([note("sec. 2(a)", "may require")], (OLD, middle, last), steps)
    assert (found.outcome, found.path) == (Outcome.MOVED, "sec. 7(a)")


def test_the_steps_must_fit_the_versions() -> None:
    with pytest.raises(ValueError, match="1 steps"):
        place([], (OLD, OLD))


def sample(version: str) -> Bill:
    (source,) = resolve([f"sample:model-access/{version}"])
    return parse(source).as_reported()


def test_in_a_reprint_every_note_is_the_same() -> None:
    old = sample("eh")
    new = replace(old, version="rfs")
    notes = plant(old, 200, random.Random(1))
    outcomes = {p.outcome for p in place(notes, (old, new), (compare(old, new),))}
    assert outcomes == {Outcome.SAME}


@given(seed=st.integers(0, 10_000), share=st.sampled_from((0.0, 0.05, 0.2)))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_no_note_of_an_edited_bill_is_silently_wrong(seed: int, share: float) -> None:
    old = sample("ih")
    edited = edit(old, sample("eh"), seed, share, 6)
    notes = plant(old, 40, random.Random(seed))
    found = place(notes, (old, edited.bill), (compare(old, edited.bill),))
    assert len(found) == len(notes)
    for one in found:
        check_placed(one, edited.bill)
        assert not silently_wrong(old, edited, one), one


@needs_corpus
def test_no_note_of_an_edited_real_bill_is_silently_wrong(corpus: Path) -> None:
    names = ("116/hr1500/rh.xml", "114/hr766/rh.xml")
    files = [str(corpus / "bills" / name) for name in names]
    bills = [parse(source).as_reported() for source in resolve(files)]
    for seed, old in enumerate(bills):
        edited = edit(old, bills[seed - 1], seed, 0.1, 8)
        notes = plant(old, 60, random.Random(seed))
        for one in place(notes, (old, edited.bill), (compare(old, edited.bill),)):
            check_placed(one, edited.bill)
            assert not silently_wrong(old, edited, one), one
