"""Who must act and who is burdened, where the text says."""

from __future__ import annotations

import pytest

from legannot.read.parties import parties


@pytest.mark.parametrize(
    ("text", "addressee", "regulated"),
    [
        (
            "No United States person may host the model.",
            "united_states_person",
            "united_states_person",
        ),
        ("No person may export the item.", "any_person", "any_person"),
        ("It shall be unlawful for any person to sell it.", "any_person", "any_person"),
        ("The importation of such models is prohibited.", None, "any_person"),
        ("Each developer shall keep records.", "private_person", "private_person"),
        ("A contractor may not use the application.", "contractor", "contractor"),
        (
            "The President may block all property of a foreign person.",
            "president",
            "foreign_person",
        ),
        (
            "The Secretary shall require a United States person to apply.",
            "secretary",
            "united_states_person",
        ),
        ("The Secretary shall prohibit any transaction with it.", "secretary", "any_person"),
        (
            "The Secretary of State may not disclose the information.",
            "secretary",
            "executive_agency",
        ),
        ("No State may enforce such a law.", "state", "state"),
        ("None of the funds may be used for that.", "executive_agency", "executive_agency"),
        ("This section shall take effect on enactment.", None, None),
    ],
)
def test_the_subject_acts_and_whom_it_regulates_is_burdened(
    text: str, addressee: str | None, regulated: str | None
) -> None:
    assert parties(text) == (addressee, regulated)


def test_consultation_and_adverbials_are_not_the_subject() -> None:
    text = (
        "Not later than 180 days after the date on which the Secretary reports, the Director of the"
        " Office, in coordination with each agency that is a member of the Committee, shall act."
    )
    assert parties(text)[0] == "executive_agency"


def test_an_item_takes_the_parties_of_its_lead_in() -> None:
    assert parties("participate; and", "Each developer shall—") == ("private_person",) * 2


def test_a_definition_names_whom_it_reaches() -> None:
    text = "The term entity of concern means any foreign person or entity that—"
    assert parties(text) == (None, "foreign_person")
