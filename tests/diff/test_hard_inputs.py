from __future__ import annotations

from dataclasses import replace

from legannot.diff import compare
from legannot.model import ChangeKind, Provision
from legannot.parse import parse
from legannot.source import from_bytes
from tests.align.test_align import bill_of, section
from tests.conftest import check_comparison

PARAGRAPH = "The Secretary shall review the licenses of the year, and publish what was found. "


def test_two_versions_with_nothing_in_common_are_said_to_have_nothing_in_common() -> None:
    old = bill_of(section("1", "Parks", "Every trail along the river stays open all year."))
    new = bill_of(section("1", "Chips", "No person may export a wafer without a license."))
    comparison = compare(old, new)
    check_comparison(comparison)
    assert [row.kinds for row in comparison.rows] == [(ChangeKind.REMOVED,), (ChangeKind.ADDED,)]
    assert "The two texts have no provision in common." in comparison.notices


def test_against_an_empty_body_everything_is_new_or_removed() -> None:
    full = bill_of(section("1", "Parks", "Every trail along the river stays open all year."))
    empty = replace(bill_of(version="eh"), provisions=())
    assert [row.kinds for row in compare(empty, full).rows] == [(ChangeKind.ADDED,)]
    assert [row.kinds for row in compare(full, empty).rows] == [(ChangeKind.REMOVED,)]
    assert not compare(empty, replace(empty, version="rfs")).rows


def test_only_other_blanks_and_line_ends_are_no_change() -> None:
    form = "<bill><legis-body><section><enum>1.</enum><text>{}</text></section></legis-body></bill>"
    old, new = (
        parse(from_bytes("bill.xml", form.format(words).encode()))
        for words in ("Keep the (a) record\u2002open.", "  Keep  the\n(a) record\topen. ")
    )
    assert not compare(old, new).changes


def test_one_word_in_a_paragraph_of_two_megabytes_is_one_edit() -> None:
    text = (PARAGRAPH * 25_000).strip()
    at = len(text) // 2 // len(PARAGRAPH) * len(PARAGRAPH)
    changed = f"{text[:at]}Only then {text[at:]}"
    old, new = (bill_of(section("1", "Review", words)) for words in (text, changed))
    (row,) = compare(old, new).changes
    assert [edit.text for edit in row.edits if edit.op != "equal"] == ["Only then "]


def test_of_ten_thousand_identical_sections_the_one_put_in_is_new() -> None:
    same = Provision("", "section", heading="Funds", text="Such sums as are needed may be spent.")
    old = bill_of(*(replace(same, enum=f"{n}.") for n in range(1, 10_001)))
    new = bill_of(*(replace(same, enum=f"{n}.") for n in range(1, 10_002)))
    assert [row.shown.path for row in compare(old, new).changes] == ["sec. 10001"]
