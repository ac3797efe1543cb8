from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from legannot.diff import chain, compare, count_edits
from legannot.model import Bill, Change, ChangeKind, Provision
from legannot.parse import parse
from legannot.source import resolve
from tests.align.test_align import bill_of, paragraph, section
from tests.conftest import check_comparison, needs_corpus
from tests.strategies import bills


def read(*files: Path) -> list[Bill]:
    return [parse(source) for source in resolve([str(f) for f in files])]


def kinds(rows: tuple[Change, ...]) -> dict[str, set[str]]:
    return {row.shown.path: {str(kind) for kind in row.kinds} for row in rows}


def test_a_renumbered_section_is_not_a_deletion() -> None:
    old = bill_of(section("8", "Effective date", "This Act takes effect on the date of enactment."))
    new = bill_of(
        section("8", "Funds", "The Director may use surplus funds of the Bureau for any purpose."),
        section("18", "Effective date", "This Act takes effect on the date of enactment."),
    )
    assert kinds(compare(old, new).rows) == {"sec. 8": {"added"}, "sec. 18": {"renumbered"}}


def test_a_removed_provision_stands_where_it_stood() -> None:
    old = bill_of(
        section(
            "1", "List", "The list has—", *(paragraph(n, f"item {n} of the list") for n in "123")
        )
    )
    new = bill_of(
        section(
            "1", "List", "The list has—", *(paragraph(n, f"item {n} of the list") for n in "13")
        )
    )
    rows = compare(old, new).rows
    assert [(r.shown.path, str(r.kinds[0])) for r in rows] == [
        ("sec. 1", "unchanged"),
        ("sec. 1(1)", "unchanged"),
        ("sec. 1(2)", "removed"),
        ("sec. 1(3)", "unchanged"),
    ]


def test_a_changed_heading_is_a_change() -> None:
    old = bill_of(
        section("1", "Prohibition of use", "The Secretary shall review each application.")
    )
    new = bill_of(section("1", "Review of use", "The Secretary shall review each application."))
    row = compare(old, new).rows[0]
    assert ChangeKind.MODIFIED in row.kinds
    assert [e.text for e in row.heading_edits if e.op == "delete"] == ["Prohibition"]


@given(bills(), bills("eh"))
@settings(deadline=None)
def test_any_two_bills_give_a_comparison_that_holds(old: Bill, new: Bill) -> None:
    check_comparison(compare(old, new))


@given(bills())
@settings(deadline=None)
def test_a_bill_does_not_differ_from_itself(bill: Bill) -> None:
    assert not compare(bill, bill).changes


@given(bills(), bills("rh"), bills("eh"))
@settings(deadline=None)
def test_the_whole_of_a_chain_agrees_with_its_ends(first: Bill, second: Bill, third: Bill) -> None:
    found = chain((first, second, third))
    check_comparison(found.whole)
    for row in found.whole.rows:
        assert bool(row.steps) >= row.changed
    added = {p.path for p in third.walk()} - {
        r.new.path for r in found.whole.rows if r.old and r.new
    }
    assert added == {r.shown.path for r in found.whole.rows if ChangeKind.ADDED in r.kinds}


def test_what_came_and_went_on_the_way_is_told() -> None:
    stays = section("1", "Short title", "This Act may be cited as the Open Models Act of 2026.")
    passing = section("2", "Registry", "The Secretary shall keep a registry of model downloads.")
    versions = (
        bill_of(stays, version="ih"),
        bill_of(stays, passing, version="rh"),
        bill_of(stays, version="eh"),
    )
    found = chain(versions)
    assert not found.whole.changes
    assert [(row.shown.heading, row.steps) for row in found.passing] == [("Registry", (0, 1))]


def test_each_change_is_dated_to_its_step() -> None:
    def version(days: int, modal: str, code: str) -> Bill:
        return bill_of(
            section("1", "Review", f"Not later than {days} days after enactment, a review ends."),
            section("2", "Listing", f"The Committee {modal} add each person to the Entity List."),
            version=code,
        )

    found = chain(
        (version(180, "may", "ih"), version(270, "may", "rh"), version(270, "shall", "eh"))
    )
    assert {r.shown.path: r.steps for r in found.whole.changes} == {"sec. 1": (0,), "sec. 2": (1,)}


def test_two_different_bills_are_compared_and_it_is_said() -> None:
    other = Provision("", "section", "1.", "Ducks", "The hunting of ducks is regulated by States.")
    old = bill_of(section("1", "Chips", "No person may export a wafer."))
    new = bill_of(other, version="eh")
    assert compare(old, new).notices == ("The two texts have no provision in common.",)


def test_the_same_file_twice_is_said() -> None:
    bill = bill_of(section("1", "Chips", "No person may export a wafer."))
    assert compare(bill, bill).notices == ("The same file was given twice.",)


@needs_corpus
class TestRealBills:
    def test_a_reprint_shows_no_change(self, corpus: Path) -> None:
        bill = corpus / "bills/116/hr1500"
        assert not chain(read(bill / "eh.xml", bill / "rfs.xml")).whole.changes

    def test_ten_new_sections_and_few_edits(self, corpus: Path) -> None:
        bill = corpus / "bills/116/hr1500"
        comparison = chain(read(bill / "rh.xml", bill / "eh.xml")).whole
        check_comparison(comparison)
        sections = [r for r in comparison.rows if r.level == "section" and r.old is None]
        assert len(sections) == 10
        assert count_edits(comparison.rows) <= 40
        row = next(r for r in comparison.rows if r.new and r.new.path == "sec. 18")
        assert row.old is not None
        assert (row.old.path, row.kinds) == ("sec. 8", (ChangeKind.RENUMBERED,))

    @pytest.mark.parametrize(
        "folder",
        ["bills/116/hr1500", "bills/114/s1523", "bills/117/hr2008", "rebuilt/119/hr1316",
         "rebuilt/119/hr1736", "rebuilt/119/hr2709", "rebuilt/119/s1582"],
    )  # fmt: skip
    def test_every_step_and_the_whole_rebuild_both_texts(self, corpus: Path, folder: str) -> None:
        files = [f for f in sorted((corpus / folder).glob("*.xml")) if f.name.count(".") == 1]
        versions = sorted(read(*files), key=lambda b: b.stage.rank)
        found = chain(versions)
        for comparison in (*found.steps, found.whole):
            check_comparison(comparison)

    def test_struck_text_is_not_the_bill(self, corpus: Path) -> None:
        (bill,) = read(corpus / "bills/118/s1171/rs.xml")
        comparison = compare(bill.as_introduced(), bill.as_reported())
        check_comparison(comparison)
        headings = {p.heading for p in bill.as_reported().walk()}
        assert headings
        assert comparison.changes
