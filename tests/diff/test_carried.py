from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from legannot.diff import blame, chain, compare, count_edits
from legannot.model import Bill, Change, Edit
from legannot.render.changes import stat
from legannot.render.terminal import redline
from tests.align.test_align import bill_of, paragraph, section
from tests.conftest import check_comparison

SHARING = "The Secretary may share information on a listed entity with any allied government."
SHALL = "The Secretary shall share information on a listed entity with any allied government."
SECRETS = "No trade secret of a listed entity may be disclosed to a competitor of that entity."
KEEP = "A provider shall keep a record of each customer that rents accelerators."
SEND = "It shall send the record to the Secretary every quarter in the prescribed form."


def row_of(bill: tuple[Bill, Bill], path: str, *, old: bool = False) -> Change:
    comparison = compare(*bill)
    check_comparison(comparison)
    sides = ((row.old if old else row.new, row) for row in comparison.rows)
    return next(row for side, row in sides if side and side.path == path)


def marked(edits: tuple[Edit, ...]) -> str:
    forms = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(forms[e.op].format(e.text) for e in edits)


PUSHED = (
    bill_of(section("2", "Sharing", SHARING)),
    bill_of(section("2", "Sharing", "", paragraph("1", SHALL), paragraph("2", SECRETS))),
)
DRAWN = (PUSHED[1], PUSHED[0])


def test_words_pushed_down_a_level_are_carried_with_the_one_word_that_changed() -> None:
    (came,) = row_of(PUSHED, "sec. 2(1)").edits
    assert came.at == "sec. 2"
    assert marked(came.inner) == SHARING.replace("may", "[-may-]{+shall+}")
    (went,) = row_of(PUSHED, "sec. 2").edits
    assert (went.op, went.text, went.at) == ("delete", SHARING, "sec. 2(1)")


def test_words_drawn_up_a_level_are_carried_with_the_one_word_that_changed() -> None:
    (came,) = row_of(DRAWN, "sec. 2").edits
    assert came.at == "sec. 2(1)"
    assert marked(came.inner) == SHALL.replace("shall", "[-shall-]{+may+}")
    (went,) = row_of(DRAWN, "sec. 2(1)", old=True).edits
    assert (went.op, went.at) == ("delete", "sec. 2")


def test_of_a_text_divided_into_three_no_word_goes_into_two_parts() -> None:
    old = bill_of(section("4", "Access", f"{KEEP} {SEND} {SECRETS}"))
    parts = [paragraph(n, text) for n, text in (("1", KEEP), ("2", SEND), ("3", SECRETS))]
    new = bill_of(section("4", "Access", "", *parts))
    went = [e for e in row_of((old, new), "sec. 4").edits if e.at]
    assert [(e.text.strip(), e.at) for e in went] == [
        (KEEP, "sec. 4(1)"),
        (SEND, "sec. 4(2)"),
        (SECRETS, "sec. 4(3)"),
    ]


def test_a_part_with_other_words_is_a_deletion_and_an_insertion() -> None:
    old = bill_of(section("2", "Sharing", SHARING))
    new = bill_of(section("2", "Sharing", "", paragraph("1", SECRETS), paragraph("2", KEEP)))
    comparison = compare(old, new)
    check_comparison(comparison)
    assert not [e for row in comparison.rows for e in row.edits if e.at]


def test_words_that_went_elsewhere_are_not_counted_as_edits() -> None:
    comparison = compare(*PUSHED)
    assert count_edits(comparison.rows) == 0
    words = len(SECRETS.split()) + 1
    assert f"1 words out, {words} words in" in stat(comparison, 80)


def test_over_several_versions_the_part_is_still_split_from_the_first_text() -> None:
    between = bill_of(section("2", "Sharing", "", paragraph("1", SHARING), paragraph("2", SECRETS)))
    whole = chain((PUSHED[0], between, PUSHED[1])).whole
    check_comparison(whole)
    row = next(row for row in whole.rows if row.new and row.new.path == "sec. 2(1)")
    assert row.note == "split from sec. 2"
    assert marked(row.edits[0].inner) == SHARING.replace("may", "[-may-]{+shall+}")


def test_the_words_of_a_part_that_was_split_off_are_as_old_as_the_text_they_were_in() -> None:
    between = bill_of(section("2", "Sharing", "", paragraph("1", SHARING), paragraph("2", SECRETS)))
    origins = {o.provision.path: o for o in blame(chain((PUSHED[0], between)))}
    assert (origins["sec. 2(1)"].first, origins["sec. 2(1)"].words) == (1, 0)
    assert (origins["sec. 2(2)"].first, origins["sec. 2(2)"].words) == (1, 1)
    changed = {o.provision.path: o for o in blame(chain(PUSHED))}
    assert changed["sec. 2(1)"].words == 1


def test_over_several_versions_the_part_is_still_merged_into_the_last_text() -> None:
    between = bill_of(section("2", "Sharing", SHALL))
    last = bill_of(section("2", "Sharing", SHARING))
    whole = chain((PUSHED[1], between, last)).whole
    check_comparison(whole)
    row = next(row for row in whole.rows if row.old and row.old.path == "sec. 2(1)")
    assert row.note == "merged into sec. 2"


def test_the_terminal_shows_carried_words_once_as_such_and_marks_the_edit_in_them() -> None:
    shown = " ".join(redline(compare(*PUSHED), color=False, width=100).split())
    assert "sec. 2 changed, words went to sec. 2(1)" in shown
    assert f"[<{SHARING}<]" in shown
    assert "{>" + SHARING.replace("may", "[-may-]{+shall+}") + ">}" in shown


WORDS = (
    "secretary shall report license export wafer model entity notice record annual public".split()
)
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=6, max_size=14).map(" ".join), min_size=1, max_size=5
)


@st.composite
def laid_out(draw: st.DrawFn, sentences: list[str]) -> Bill:
    """The sentences as the text of a section and of any paragraphs, one perhaps changed."""
    words = list(sentences)
    if draw(st.booleans()):
        words[draw(st.integers(0, len(words) - 1))] = " ".join(reversed(WORDS))
    cuts = sorted(draw(st.sets(st.integers(0, len(words)), max_size=len(words))))
    texts = [" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
    parts = (paragraph(str(n), text) for n, text in enumerate(filter(None, texts[1:]), 1))
    return bill_of(section("1", "Head", texts[0], *parts))


def without(shown: str, *brackets: str) -> str:
    """What a terminal shows without what stands in some brackets, and without the other ones."""
    for opening, closing in zip(brackets[::2], brackets[1::2], strict=True):
        marks = rf"{re.escape(opening)}.*?{re.escape(closing)}"
        shown = re.sub(marks, "", shown, flags=re.DOTALL)
    return " ".join(re.sub(r"\[[-<]|[-<]\]|\{[+>]|[+>]\}", "", shown).split())


@given(st.data())
@settings(deadline=None)
def test_however_a_text_is_divided_what_went_is_what_came(data: st.DataObject) -> None:
    sentences = data.draw(SENTENCES)
    first, second, third = (data.draw(laid_out(sentences)) for _ in range(3))
    comparison = compare(first, second)
    for one in (comparison, compare(first, second, "word"), chain((first, second, third)).whole):
        check_comparison(one)
    shown = redline(comparison, color=False, width=100)
    old, new = without(shown, "{>", ">}", "{+", "+}"), without(shown, "[<", "<]", "[-", "-]")
    for row in comparison.changes:
        if any(edit.op != "equal" for edit in row.edits):
            assert row.old is None or row.old.text in old
            assert row.new is None or row.new.text in new
