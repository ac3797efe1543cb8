"""Redlines, outlines, tags and summaries as a terminal shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.diff import compare, edits
from legannot.model import Bill, Edit
from legannot.parse import parse
from legannot.render.paint import Block, Piece, Style, paint
from legannot.render.terminal import body_text, outline, redline, summary, tags_table
from legannot.source import resolve
from tests.render.small import (
    bill,
    comparison,
    marked_bill,
    new_bill,
    old_bill,
    provision,
    report,
    section,
    single_report,
)

ESCAPE = re.compile(r"\x1b\[([\d;]*)m")
STRIKE, DOUBLE_UNDERLINE = "9", "21"


def plain(old: Bill, new: Bill, width: int = 100) -> str:
    return redline(compare(old, new), color=False, width=width)


def folded(text: str) -> str:
    return " ".join(text.split())


def without_brackets(text: str, opening: str, closing: str) -> str:
    """The text without what stands in one kind of brackets, the other kind taken off."""
    kept = re.sub(rf"{re.escape(opening)}.*?{re.escape(closing)}", "", text, flags=re.DOTALL)
    return folded(re.sub(r"\[-|-\]|\{\+|\+\}", "", kept))


def without_style(text: str, unwanted: str) -> str:
    """The words of a styled text that do not carry the style."""
    kept: list[str] = []
    on: set[str] = set()
    at = 0
    for match in ESCAPE.finditer(text):
        if unwanted not in on:
            kept.append(text[at : match.start()])
        codes = match[1].split(";")
        on = set() if codes == ["0"] else on | set(codes)
        at = match.end()
    kept.append(text[at:])
    return "".join(kept)


def pieces(found: Sequence[Edit]) -> tuple[Piece, ...]:
    styles: dict[str, Style] = {"equal": "", "insert": "insert", "delete": "delete"}
    return tuple(Piece(edit.text, styles[edit.op]) for edit in found)


WORDS = ("shall", "may", "not", "release", "weights", "(a)", "§", "4,", "“model”", "to", "10^26")
TEXTS = st.lists(st.sampled_from(WORDS)).map(" ".join)


@given(TEXTS, TEXTS, st.integers(24, 100))
def test_without_its_marks_a_plain_redline_is_either_text(old: str, new: str, width: int) -> None:
    text = paint([Block(pieces(edits(old, new)), 2)], color=False, width=width)
    assert without_brackets(text, "{+", "+}") == old
    assert without_brackets(text, "[-", "-]") == new


@given(TEXTS, TEXTS, st.integers(24, 100))
def test_without_its_styles_a_redline_is_either_text(old: str, new: str, width: int) -> None:
    text = paint([Block(pieces(edits(old, new)), 2)], color=True, width=width)
    assert without_style(text, DOUBLE_UNDERLINE).split() == old.split()
    assert without_style(text, STRIKE).split() == new.split()


def test_struck_words_stand_before_new_ones_and_apart_from_them() -> None:
    marked = (Piece("may", "delete"), Piece("shall", "insert"), Piece(" act"))
    assert paint([Block(marked)], color=False, width=80) == "[-may-]{+shall+} act\n"
    styled = paint([Block(marked)], color=True, width=80)
    assert ESCAPE.sub("", styled) == "may shall act\n"


def test_no_line_ends_in_a_bare_bracket() -> None:
    marked = (Piece("a covered developer may"), Piece(" after notice", "insert"))
    lines = paint([Block(marked)], color=False, width=27).splitlines()
    assert lines == ["a covered developer", "may{+ after notice+}"]


@pytest.mark.parametrize("color", [False, True], ids=["plain", "styled"])
@pytest.mark.parametrize("width", [40, 72, 100])
def test_no_line_is_wider_than_asked(color: bool, width: int) -> None:
    lines = ESCAPE.sub("", redline(comparison(), color=color, width=width)).splitlines()
    assert max(map(len, lines)) <= width


def test_a_renumbered_section_is_named_and_not_struck() -> None:
    text = plain(old_bill(), new_bill())
    assert "sec. 5  renumbered from sec. 4" in text
    assert "[-4.-]{+5.+} Penalty" in text
    assert "-Whoever" not in text


def test_a_changed_number_is_called_one() -> None:
    assert "sec. 3(b)  changed in numbers and dates only" in plain(old_bill(), new_bill())


def test_a_moved_provision_says_where_from() -> None:
    study = section("2.", "Study", "The Secretary shall study the cost of the duty to small firms.")
    grants = section("3.", "Grants", "The Director may make grants to universities for research.")
    ban = section("4.", "Ban", "No person may import a listed model into the United States.")
    moved = (
        replace(grants, enum="2."),
        replace(ban, enum="3."),
        replace(study, enum="4."),
    )
    text = plain(bill("ih", study, grants, ban), bill("rh", *moved))
    assert re.search(r"^sec\. \d  moved from sec\. \d, renumbered$", text, re.MULTILINE)
    assert "{+The" not in text


def test_a_new_provision_is_shown_whole_under_one_heading() -> None:
    added = section(
        "5.", "Grants", "The Director—", provision("paragraph", "(1)", "", "may make grants;")
    )
    text = plain(old_bill(), bill("eh", *old_bill().provisions, added))
    assert text.count("  new") == 1
    assert "  {+5. Grants+}\n  {+The Director—+}\n    {+(1) may make grants;+}\n" in text


def test_a_removed_provision_is_told_from_the_new_holder_of_its_number() -> None:
    kept = (p for p in old_bill().provisions if p.enum != "2.")
    assert "old sec. 2  removed" in plain(old_bill(), bill("eh", *kept))


def test_unchanged_provisions_are_counted_and_named() -> None:
    assert "  ... 3 unchanged: sec. 1 to sec. 3\n" in plain(old_bill(), new_bill())


def test_a_reprint_is_no_change() -> None:
    text = plain(old_bill(), replace(old_bill(), version="eh"))
    assert "No change of text (reprint)." in text
    assert "[-" not in text


def test_a_table_of_contents_is_one_entry() -> None:
    sample = [parse(source) for source in resolve(["sample:model-access"])]
    text = plain(sample[0], sample[-1])
    assert text.count("table of contents, ") == 1
    assert "toc-entry" not in text


HOSTILE = "pay \x1b[31mnow\u202e evil\x9b\x07\u2066"


def hostile() -> tuple[Bill, Bill]:
    old = bill("ih", section("1.", f"Title{HOSTILE}", f"Old {HOSTILE}"))
    new = bill("rh", section("1.\x1b", f"Title{HOSTILE}", f"New {HOSTILE}"))
    return old, replace(new, title=HOSTILE)


@pytest.mark.parametrize("color", [False, True], ids=["plain", "styled"])
def test_no_character_of_a_bill_steers_the_terminal(color: bool) -> None:
    old, new = hostile()
    shown = (
        redline(compare(old, new), color=color, width=80),
        outline(new),
        body_text(new),
        summary(replace(single_report(), bills=(new,))),
    )
    for text in shown:
        rest = ESCAPE.sub("", text) if color else text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)
        assert "\N{REPLACEMENT CHARACTER}" in text


def test_plain_output_fits_a_western_console() -> None:
    for text in (plain(old_bill(), new_bill()), outline(new_bill()), summary(report())):
        text.encode("cp1252")


# ── one version, and a report ──────────────────────────────────────────────────────────────────


def test_the_body_is_every_word_once_and_a_block_a_line() -> None:
    assert body_text(marked_bill()) == (
        "1. Old Struck words.\n"
        "1. New Put in.\n"
        "(1) It means\n"
        "2. Terms The term model has its usual meaning.\n"
    )


def test_the_body_of_a_real_bill_holds_the_words_of_its_file(corpus: Path) -> None:
    from lxml import etree

    path = corpus / "bills" / "116" / "hr1500" / "eh.xml"
    body = etree.parse(path).getroot().find("legis-body")
    assert body is not None
    expected = re.findall(r"\w+", " ".join(str(text) for text in body.itertext()))
    shown = re.findall(r"\w+", body_text(parse(resolve([str(path)])[0])))
    assert len(shown) == pytest.approx(len(expected), rel=0.001)
    assert "".join(shown) == "".join(expected)


def test_an_outline_names_headings_first_words_and_committee_marks() -> None:
    lines = outline(marked_bill()).splitlines()
    assert lines[0] == "H.R. 8315  Open Release Act"
    assert lines[3:] == [
        "1. Old  (struck)",
        "1. New  (inserted)",
        "  [quoted-block]",
        "    (1) It means",
        "2. Terms",
    ]


def test_tags_stand_under_their_provision_with_their_words() -> None:
    assert tags_table(report().tags[1]) == (
        'sec. 3(a)\n  ow.release  permission  asserted  0.94  operative: "release the weights"\n'
    )
    assert tags_table(()) == "No tags.\n"


def test_a_summary_is_at_most_five_lines_and_leads_with_bill_and_versions() -> None:
    lines = summary(report()).splitlines()
    assert len(lines) <= 5
    assert lines[0] == "H.R. 8315  Open Release Act"
    assert lines[1] == "Reported in House (June 2, 2026) -> Engrossed in House (July 9, 2026)"
    assert lines[2] == "5 sections: 1 new, 1 changed, 1 renumbered, 2 unchanged. 3 edits."
    assert lines[3] == "Subjects: Open weights: release 1 -> 1."
    assert lines[4] == "1 passage needs a reader.  1 line on what may follow."


def test_a_summary_of_one_version_speaks_of_no_change() -> None:
    assert summary(single_report()) == (
        "H.R. 8315  Open Release Act\n"
        "Engrossed in House (July 9, 2026)\n"
        "5 sections.\n"
        "Subjects: Open weights: release 1.\n"
    )


def test_a_run_in_heading_that_prints_its_own_stop_gets_no_second_one() -> None:
    from legannot.render.wording import run_in

    assert [run_in(heading) for heading in ("In general", "In general.—", "Is it so?", "")] == [
        ".—",
        "",
        " ",
        " ",
    ]
