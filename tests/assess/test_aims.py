from __future__ import annotations

from legannot.assess.aims import aims
from legannot.model.report import Aim
from legannot.read import read
from tests.read.documents import bill, paragraph, section, subsection


def stated(body: str) -> tuple[Aim, ...]:
    text = bill(body)
    return aims(text, read(text))


FINDINGS = section(
    2,
    "Findings",
    paragraph(1, "Open models are used by start-ups."),
    paragraph(2, "Few campaigns were verified."),
    text="Congress finds the following:",
)


def test_a_bare_lead_in_is_no_aim_and_stands_beside_what_completes_it() -> None:
    assert [(aim.path, aim.kind, aim.lead) for aim in stated(FINDINGS)] == [
        ("sec. 2(1)", "finding", "Congress finds the following:"),
        ("sec. 2(2)", "finding", "Congress finds the following:"),
    ]


def test_a_sense_below_findings_is_a_sense() -> None:
    sense = subsection(
        "b",
        "Sense",
        paragraph(1, "theft is a threat; and"),
        text="It is the sense of Congress that—",
    )
    findings = subsection("a", "Findings", text="Congress finds that open models are used.")
    found = stated(section(2, "Findings; sense of Congress", findings, sense))
    assert [(aim.path, aim.kind) for aim in found] == [
        ("sec. 2(a)", "finding"),
        ("sec. 2(b)(1)", "sense"),
    ]


def test_a_sense_in_one_sentence_is_an_aim() -> None:
    words = "It is the sense of Congress that research should go on."
    found = stated(section(2, "Sense of Congress", text=words))
    assert [(aim.kind, aim.text, aim.lead) for aim in found] == [("sense", words, "")]


def test_a_purpose_is_an_aim_although_no_markup_says_so() -> None:
    words = "The purpose of this Act is to deter the theft of models."
    assert [aim.kind for aim in stated(section(2, "Purpose", text=words))] == ["purpose"]


def test_law_states_no_aim() -> None:
    body = section(3, "Rule", subsection("a", "Duty", text="The Secretary shall publish a list."))
    assert stated(body) == ()
