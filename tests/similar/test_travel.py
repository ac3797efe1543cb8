"""Bills that turn up in others, with the place and the words."""

from __future__ import annotations

from legannot.model import Bill
from legannot.model.likeness import Travel, TurnUp
from legannot.render.likeness import told, travels_text
from legannot.similar import travels
from tests.similar.bills import SECTIONS, bill, corpus


def turned(wanted: Bill, *others: Bill) -> tuple[TurnUp, ...]:
    held = corpus(*others)
    return travels(held.index, wanted, held.scope)


def test_a_part_of_a_larger_bill_is_told_with_its_path() -> None:
    omnibus = bill(9, SECTIONS, title="Everything else")
    (found,) = turned(bill(1, SECTIONS[:3]), omnibus)
    assert found.travel is Travel.PART
    assert found.container == "title II"
    assert [strand.path for strand in found.strands] == ["sec. 201", "sec. 202", "sec. 203"]
    assert "It stands as title II Everything else of H.R. 9" in told(found)


def test_a_companion_reads_alike_from_end_to_end() -> None:
    header, text = SECTIONS[2]
    senate = [*SECTIONS[:2], (header, text.replace("openly", "freely")), *SECTIONS[3:5]]
    (found,) = turned(bill(1, SECTIONS[:5]), bill(7, senate, chamber="SENATE"))
    assert found.travel is Travel.WHOLE
    assert found.text.bill == "119s7"
    assert "as a companion does" in told(found)


def test_a_bill_around_another_says_which_part_the_other_is() -> None:
    omnibus = bill(9, SECTIONS, title="Everything else")
    (found,) = turned(omnibus, bill(1, SECTIONS[:3]))
    assert found.travel is Travel.HOLDS
    assert found.container == "title II"
    assert "H.R. 1 stands in this bill as title II Everything else" in told(found)


def test_a_substitute_is_told_as_one() -> None:
    opening = "<section><text>Strike all after the enacting clause and insert:</text></section>"
    (found,) = turned(bill(1, SECTIONS[:6]), bill(2, SECTIONS[:6], opening=opening))
    assert found.travel is Travel.WHOLE
    assert found.substitute
    assert "an amendment in the nature of a substitute" in told(found)


def test_versions_of_the_bill_itself_are_no_other_bill() -> None:
    assert turned(bill(1, SECTIONS[:5]), bill(1, SECTIONS[:6])) == ()


def test_versions_of_one_other_bill_are_told_once() -> None:
    (found,) = turned(
        bill(1, SECTIONS[:5]),
        bill(2, SECTIONS[:5]),
        bill(2, SECTIONS[:5], stage="Engrossed-in-House"),
    )
    assert len(found.others) == 1


def test_a_short_title_in_common_is_no_journey() -> None:
    clause = ("Short title", "This Act may be cited as the Same Name Act of 2026.")
    assert turned(bill(1, [clause, *SECTIONS[:3]]), bill(2, [clause, *SECTIONS[5:8]])) == ()


def test_hostile_titles_cannot_steer_the_terminal() -> None:
    evil = [("\u202eEvil", text) for _, text in SECTIONS[:4]]
    found = turned(bill(1, evil), bill(2, evil))
    text = travels_text("a bill", found, 1, color=False, width=80)
    assert "\u202e" not in text
