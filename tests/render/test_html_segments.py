"""Overlapping marks over one text, merged at the very end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from legannot.model import Edit, Span
from legannot.render.html.segments import (
    EVIDENCE,
    LINK,
    MINOR_EVIDENCE,
    deletions_first,
    markup,
    raised,
    segments,
)
from legannot.render.inert import MARK, hidden, inert

KINDS = (
    EVIDENCE,
    MINOR_EVIDENCE,
    LINK,
    "quote",
    "term",
    "italic",
    "superscript",
    "small-caps",
    "x",
)


def shown(*edits: Edit, old: tuple[Span, ...] = (), new: tuple[Span, ...] = ()) -> str:
    return str(markup(segments(edits, old, new)))


def keep(text: str) -> Edit:
    return Edit("equal", text)


def out(text: str) -> Edit:
    return Edit("delete", text)


def put(text: str) -> Edit:
    return Edit("insert", text)


def words(page: str, *, without: str) -> str:
    """The text of a piece of HTML, one side of the edits and the numbers of notes left out."""
    root = html.fromstring(f"<div>{page}</div>")
    for element in root.xpath(f".//{without} | .//sup[@class='nr']"):
        element.drop_tree()
    return str(root.text_content())


def test_a_deletion_stands_before_the_insertion_that_replaces_it() -> None:
    assert deletions_first([put("b"), out("a"), put("c"), keep(" d")]) == (
        out("a"),
        put("bc"),
        keep(" d"),
    )


def test_evidence_that_crosses_an_edit_is_marked_in_each_piece_and_numbered_once() -> None:
    page = shown(
        keep("may "),
        out("license"),
        put("permit"),
        keep(" release of weights"),
        new=(Span(4, 18, EVIDENCE, "1"), Span(22, 29, "italic")),
    )
    assert page == (
        "may <del>license</del>"
        '<ins><mark aria-details="n1">permit</mark></ins>'
        '<mark aria-details="n1"> release</mark><sup class="nr"><a href="#n1">1</a></sup>'
        " of <i>weights</i>"
    )


def test_evidence_of_two_notes_that_overlap_is_cut_at_each_boundary() -> None:
    page = shown(keep("abcdef"), new=(Span(0, 4, EVIDENCE, "1"), Span(2, 6, EVIDENCE, "2")))
    assert re.sub(r"<sup.*?</sup>", "", page) == (
        '<mark aria-details="n1">ab</mark>'
        '<mark aria-details="n1">cd</mark>'
        '<mark aria-details="n2">ef</mark>'
    )
    assert re.findall(r'href="#n(\d)"', page) == ["1", "2"]


def test_old_evidence_shows_on_kept_words_only_where_the_note_has_none_of_its_own_there() -> None:
    edits = (keep("host "), out("it"), put("them"))
    both = shown(*edits, old=(Span(0, 7, EVIDENCE, "1"),), new=(Span(5, 9, EVIDENCE, "1"),))
    assert both.startswith("host <del>")
    gone = shown(*edits, old=(Span(0, 7, EVIDENCE, "1"),))
    assert gone.startswith("<mark")


def test_evidence_of_minor_notes_is_drawn_more_quietly() -> None:
    assert '<mark class="minor" ' in shown(keep("ab"), new=(Span(0, 1, MINOR_EVIDENCE, "1"),))
    mixed = (Span(0, 1, MINOR_EVIDENCE, "1"), Span(0, 1, EVIDENCE, "2"))
    assert "minor" not in shown(keep("ab"), new=mixed)


def test_quotation_marks_are_drawn_and_not_written() -> None:
    page = shown(keep("striking 2019 and"), new=(Span(9, 13, "quote"),))
    assert page == "striking <q>2019</q> and"


def test_each_side_of_an_edited_quotation_has_its_own_closing_mark() -> None:
    page = shown(
        keep("January "),
        out("2019"),
        put("2020"),
        old=(Span(0, 12, "quote"),),
        new=(Span(0, 12, "quote"),),
    )
    assert page == (
        '<span class="qo1">January </span>'
        '<del><span class="qc1">2019</span></del>'
        '<ins><span class="qc1">2020</span></ins>'
    )


def test_a_quotation_inside_another_takes_single_marks() -> None:
    page = shown(keep("a bc d"), new=(Span(0, 6, "quote"), Span(2, 4, "quote")))
    assert 'class="qo2 qc2"' in page


@pytest.mark.parametrize(
    ("text", "span"),
    [("the term “model”", (10, 15)), ("the term “model”", (9, 16)), ('say "model"', (5, 10))],
    ids=["inside", "with the marks", "straight"],
)
def test_a_quotation_whose_marks_stand_in_the_text_gets_no_second_ones(
    text: str, span: tuple[int, int]
) -> None:
    page = shown(keep(text), new=(Span(*span, "term"),))
    assert "<q>" not in page
    assert "qo1" not in page


def test_the_sign_of_raised_type_stays_in_the_text_but_is_not_drawn() -> None:
    page = shown(keep("10^26"), new=(Span(2, 5, "superscript"),))
    assert page == '10<sup><span class="sg">^</span>26</sup>'


def test_raised_figures_are_drawn_in_excerpts_too() -> None:
    drawn = raised('more than 10^26 <b> or 2^x, "a^1"')
    assert drawn == (
        'more than 10<span class="sg">^</span><sup>26</sup> &lt;b&gt; or 2^x, &#34;a^1&#34;'
    )


def test_no_element_of_a_bill_can_pose_as_evidence_or_as_a_link() -> None:
    spans = (Span(0, 1, "evidence", "1"), Span(0, 1, "link", "x"), Span(0, 1, "mark", "y"))
    assert shown(keep("ab"), new=spans) == "ab"


def test_text_is_escaped_in_every_place() -> None:
    hostile = "<script>alert(1)</script>&amp;\"'"
    page = shown(out(hostile), put(hostile), new=(Span(0, 8, EVIDENCE, "1"), Span(2, 5, "term")))
    assert "<script" not in page
    assert words(page, without="del") == hostile


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\ud800"])
def test_characters_that_hide_or_reorder_text_are_shown(char: str) -> None:
    assert inert(f"a{char}b") == f"a{MARK}b"
    assert hidden(f"a{char}b") == 1


def test_ordinary_text_of_law_is_left_alone() -> None:
    text = "“Sec. 2(a)(1)—10 percent”; § 744.11, naïve\u2002café →"
    assert inert(text) == text
    assert hidden(text) == 0


letters = st.text(alphabet='ab <&"“\u202e^é', max_size=6)
edit_lists = st.lists(
    st.builds(Edit, st.sampled_from(("equal", "delete", "insert")), letters), max_size=8
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[list[Edit], list[Span], list[Span]]:
    edits = draw(edit_lists)
    sides: list[list[Span]] = []
    for other in ("insert", "delete"):
        length = sum(len(e.text) for e in edits if e.op != other)
        spans = []
        for _ in range(draw(st.integers(0, 5))):
            start = draw(st.integers(0, length))
            end = draw(st.integers(start, length))
            spans.append(
                Span(start, end, draw(st.sampled_from(KINDS)), draw(st.sampled_from("123")))
            )
        sides.append(spans)
    return edits, sides[0], sides[1]


@given(marked())
def test_whatever_the_marks_both_texts_can_be_read_back(
    case: tuple[list[Edit], list[Span], list[Span]],
) -> None:
    edits, old, new = case
    page = str(markup(segments(edits, old, new)))
    before = "".join(e.text for e in edits if e.op != "insert")
    after = "".join(e.text for e in edits if e.op != "delete")
    assert words(page, without="ins") == inert(before)
    assert words(page, without="del") == inert(after)


@given(marked())
def test_whatever_the_marks_elements_are_nested_and_no_edit_is_empty(
    case: tuple[list[Edit], list[Span], list[Span]],
) -> None:
    page = str(markup(segments(*case)))
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)(\w+)", page):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert open_tags == []
    assert "<ins></ins>" not in page
    assert "<del></del>" not in page
