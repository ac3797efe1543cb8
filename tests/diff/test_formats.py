"""Versions in different formats: the redline shows what the law's words changed, and only that."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from legannot.diff import alike, chain, compare
from legannot.diff.reprint import reprint
from legannot.model import Bill, Change, ChangeClass, Provision, Span, with_paths
from legannot.parse import parse
from legannot.source import from_bytes

TITLE = "To require reports on the release of model weights, and for other purposes."
DTD = """<bill bill-stage="Introduced-in-House"><form><congress>119th CONGRESS</congress>
<legis-num>H. R. 9999</legis-num><official-title>{title}</official-title></form><legis-body>
<section><enum>1.</enum><header>Short title</header><text>This Act may be cited as the
<quote><short-title>Weights Reports Act</short-title></quote>.</text></section>
<section><enum>2.</enum><header>Reports</header><subsection><enum>(a)</enum><header>In
general</header><text>A developer of a <term>covered model</term> shall report {when}.</text>
</subsection><subsection><enum>(b)</enum><text>Section 5 of the Export Act is amended by striking
<quote>software</quote> and inserting the following:</text><quoted-block><paragraph><enum>(1)</enum>
<text>any weights of the model.</text></paragraph><after-quoted-block>; and</after-quoted-block>
</quoted-block></subsection></section></legis-body></bill>"""
USLM = """<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><docNumber>9999</docNumber>
<citableAs>119hr9999enr</citableAs><congress>119</congress></meta><main><longTitle><docTitle>AN
ACT</docTitle><officialTitle>{title}</officialTitle></longTitle><enactingFormula>Be it enacted by
the Senate and House,</enactingFormula>
<section><num value="1">SECTION 1. </num><heading>SHORT TITLE.</heading><content>This Act may be
cited as the “<shortTitle>Weights Reports Act</shortTitle>”.</content></section>
<section><num value="2">SEC. 2. </num><heading>REPORTS.</heading><subsection><num
value="a">(a) </num><heading>In General.—</heading><content>A developer of a “<term>covered
model</term>” shall report {when}.</content></subsection><subsection><num value="b">(b)
</num><content>Section 5 of the Export Act is amended by striking “software” and inserting the
following:<quotedContent><paragraph><num value="1">“(1) </num><content>any weights of the model.”;
and</content></paragraph></quotedContent></content></subsection></section></main></bill>"""
EACH = "each year"


def dtd(when: str = EACH, title: str = TITLE) -> Bill:
    text = DTD.format(when=when, title=title)
    return parse(from_bytes("ih.xml", text.encode()))


def uslm(when: str = EACH, title: str = TITLE) -> Bill:
    text = USLM.format(when=when, title=title)
    return parse(from_bytes("enr.xml", text.encode()))


def marked(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    """Words taken out and put in, in order."""
    return [
        (edit.op, edit.text)
        for row in changes
        for edit in (*row.heading_edits, *row.edits)
        if edit.op != "equal"
    ]


@pytest.mark.parametrize(("old", "new"), [(dtd(), uslm()), (uslm(), dtd())])
def test_one_text_in_two_formats_shows_no_change_and_says_what_was_set_aside(
    old: Bill, new: Bill
) -> None:
    found = compare(old, new)
    assert found.changes == ()
    (notice, *_) = found.notices
    for name in ("different formats", "quotation marks", "enacting", "names of levels", "headings"):
        assert name in notice


def test_a_change_of_words_is_marked_as_between_files_of_one_format() -> None:
    mixed = compare(dtd("each year"), uslm("every “six” months"))
    (row,) = mixed.changes
    assert row.klass is ChangeClass.WORDS
    assert marked(mixed.changes) == [("delete", "each year"), ("insert", "every “six” months")]


def test_a_long_title_that_changed_is_shown_and_one_that_did_not_is_not() -> None:
    other = TITLE.replace("reports", "yearly reports")
    (row,) = compare(dtd(), uslm(title=other)).changes
    assert row.level == "official-title"
    assert marked((row,)) == [("insert", "yearly ")]


def test_versions_of_one_format_are_left_as_they_are() -> None:
    first, last = uslm(), uslm("each month")
    assert alike((first, last)) == (first, last)
    assert not compare(first, last).notices


def test_in_a_row_of_versions_every_one_is_set_as_the_next_one_prints() -> None:
    found = chain([dtd(), dtd("each month"), uslm("each month")])
    assert [len(step.changes) for step in found.steps] == [1, 0]
    assert marked(found.whole.changes) == [("delete", "year"), ("insert", "month")]


def test_being_set_alike_twice_is_being_set_alike_once() -> None:
    once = alike((dtd(), uslm()))
    assert alike(once) == once


def test_what_is_known_of_words_stays_with_them() -> None:
    old, _ = alike((dtd(), uslm()))
    terms = [s.of(p.text) for p in old.walk() for s in p.spans if s.kind == "term"]
    assert terms == ["covered model"]


def test_edits_make_up_the_texts_of_both_sides() -> None:
    for row in compare(dtd("each “fiscal” year"), uslm("each calendar year")).rows:
        for side, op in ((row.old, "insert"), (row.new, "delete")):
            if side is not None:
                assert side.text == "".join(e.text for e in row.edits if e.op != op)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the term AI is software", "the term “AI” is software", "the term “AI” is software"),
        ("striking $500 and", "striking “$500” and", "striking “$500” and"),
        ("inserting , and at", "inserting “, and” at", "inserting “, and” at"),
        ("reads: Small firms", "reads: “ Small firms", "reads: “ Small firms"),
        ("the Secretary SHALL", "the Secretary shall", "the Secretary shall"),
        ("the State", "the state", "the State"),
        ("two old models", "two “models”", "two old “models”"),
        ("", "“x”", ""),
    ],
)  # fmt: skip
def test_a_text_is_set_in_the_print_of_another(old: str, new: str, expected: str) -> None:
    assert reprint(old, new, ()).text == expected


def test_a_heading_takes_the_capitals_and_the_end_of_the_other() -> None:
    assert reprint("Short title", "SHORT TITLE.", (), heading=True).text == "SHORT TITLE."
    assert reprint("In General.—", "In general", (), heading=True).text == "In general"
    assert reprint("Reports", "PLANS.", (), heading=True).text == "Reports."


_TEXTS = st.text(alphabet="ab AB.,—-“”‘’\"'()$1é", max_size=30)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


@given(_TEXTS, _TEXTS, st.booleans())
def test_no_letter_is_ever_added_dropped_or_moved(old: str, new: str, heading: bool) -> None:
    found = reprint(old, new, (), heading=heading)
    assert _letters(found.text) == _letters(old)


@given(_TEXTS, _TEXTS, st.data())
def test_spans_stay_inside_the_text_and_over_the_same_letters(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    assume(old != new)
    found = reprint(old, new, (Span(start, end, "quote"),))
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(found.text)
        assert _letters(span.of(found.text)) == _letters(old[start:end])


@given(_TEXTS)
def test_a_text_in_its_own_print_is_itself(text: str) -> None:
    assert reprint(text, text, ()).text == text


def test_the_first_words_of_quoted_law_stand_in_it_whichever_format_has_them_where() -> None:
    def bill(format_: str, sentence: str, block: str) -> Bill:
        item = Provision("", "paragraph", enum="(1)", text="each model is reported.")
        quoted = Provision("", "quoted-block", text=block, children=(item,))
        section = Provision("", "section", enum="1.", text=sentence, children=(quoted,))
        return replace(dtd(), format=format_, official_title="", provisions=with_paths([section]))

    lead, words = "is amended by striking “if” and inserting", "“if such model—"
    assert compare(bill("bill-dtd", f"{lead} {words}", ""), bill("uslm", lead, words)).changes == ()
    assert compare(bill("uslm", lead, words), bill("bill-dtd", f"{lead} {words}", "")).changes == ()


def test_groups_of_contents_hold_no_words_and_are_no_change() -> None:
    entry = Provision("", "toc-entry", text="Sec. 1. Short title.")

    def bill(format_: str, inside: Provision) -> Bill:
        toc = Provision("", "toc", children=(inside,))
        return replace(dtd(), format=format_, provisions=with_paths([toc]))

    grouped = bill("uslm", Provision("", "toc-group", children=(entry,)))
    assert compare(bill("bill-dtd", entry), grouped).changes == ()
