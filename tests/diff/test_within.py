from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from legannot.diff import compare
from legannot.model import Bill, BillId, Provision, with_paths
from legannot.parse import parse
from legannot.source import resolve
from tests.align.test_align import bill_of, section
from tests.conftest import check_comparison, needs_corpus

CHIPS = (
    section("1", "Licenses", "No person may export a wafer without a license of the Secretary."),
    section("2", "Reports", "The Secretary shall report each quarter on the licenses granted."),
)
PARKS = (
    section("3", "Trails", "The Director shall keep every trail along the river open all year."),
    section("4", "Benches", "A bench of oak shall stand at each mile of every trail in a park."),
)


def vehicle(*divisions: tuple[str, tuple[Provision, ...]]) -> Bill:
    made = [
        Provision("", "division", enum, heading, children=sections)
        for enum, (heading, sections) in zip("ABCD", divisions, strict=False)
    ]
    return replace(bill_of(*made, version="enr"), id=BillId(119, "hr", 7))


def test_a_bill_that_became_a_division_is_compared_with_that_division_and_it_is_named() -> None:
    whole = vehicle(("Parks", PARKS), ("Chips", CHIPS))
    comparison = compare(bill_of(*CHIPS), whole, within=True)
    check_comparison(comparison)
    assert "H.R. 1 is compared with div. B Chips of H.R. 7." in comparison.notices
    assert {row.shown.path for row in comparison.changes} == {"div. B"}


def test_a_bill_that_no_division_took_in_is_compared_with_the_whole_and_it_is_said() -> None:
    whole = vehicle(("Parks", PARKS[:1]), ("Chips", PARKS[1:]))
    comparison = compare(bill_of(*CHIPS), whole, within=True)
    assert "No division or title of H.R. 7 holds most of H.R. 1." in comparison.notices
    assert not [row for row in comparison.rows if row.old and row.new]


def test_two_bills_of_both_chambers_are_compared_by_their_words() -> None:
    companion = replace(bill_of(*CHIPS, version="is"), id=BillId(119, "s", 9))
    comparison = compare(bill_of(*CHIPS), companion)
    assert not comparison.changes
    assert comparison.notices == ("H.R. 1 and S. 9 are different bills, compared by their words.",)


@needs_corpus
def test_a_real_division_taken_out_and_renumbered_is_found_in_its_act(corpus: Path) -> None:
    (act,) = map(parse, resolve([str(corpus / "bills/119/hr7148/enr.xml")]))
    divisions = [p for p in act.provisions if p.kind == "division"]
    chosen = divisions[-2]
    sections = [p for p in chosen.walk() if p.kind == "section" and "[quoted" not in p.path]
    alone = replace(
        act,
        id=BillId(119, "hr", 1),
        provisions=with_paths(replace(s, enum=f"{n}.") for n, s in enumerate(sections, 1)),
    )
    comparison = compare(alone, act, within=True)
    assert chosen.path in comparison.notices[0]
    assert not [row for row in comparison.rows if row.new is None]
