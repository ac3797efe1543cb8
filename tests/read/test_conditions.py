"""Words that limit, tied to those that they limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.model.facts import Condition
from legannot.read import read
from tests.read.documents import bill, paragraph, section


def conditions(text: str, *content: str) -> list[Condition]:
    """The conditions of a section, their spans checked."""
    document = bill(section(1, "Conditions", *content, text=text))
    texts = {provision.path: provision.text for provision in document.walk()}
    found = list(read(document).conditions)
    for one in found:
        assert texts[one.path][one.start : one.end] == one.quote
        assert texts[one.path][slice(*one.limits)] == one.limited
        assert one.limits[1] <= one.start or one.limits[0] >= one.start
    return found


@pytest.mark.parametrize(
    ("text", "kind", "quote", "limited"),
    [
        pytest.param(
            "Whoever sells or buys a chip with intent to evade this Act commits an offense.",
            "mental-state",
            "with intent to evade this Act",
            "Whoever sells or buys a chip",
            id="a-mental-state-behind-its-act",
        ),
        pytest.param(
            "A person that, with intent to defraud, sells a model shall be fined.",
            "mental-state",
            "with intent to defraud",
            "sells a model",
            id="a-mental-state-between-commas",
        ),
        pytest.param(
            "A person that sells a chip with knowledge that a crime will occur shall be fined.",
            "mental-state",
            "with knowledge that a crime will occur",
            "A person that sells a chip",
            id="a-mental-state-with-a-verb-of-its-own",
        ),
        pytest.param(
            "A person who sells a chip knowing that it is barred shall be fined.",
            "mental-state",
            "knowing that it is barred",
            "A person who sells a chip",
            id="knowing-that",
        ),
        pytest.param(
            "A person who violates this Act willfully shall be fined.",
            "mental-state",
            "willfully",
            "A person who violates this Act",
            id="an-adverb-behind-its-verb",
        ),
        pytest.param(
            "The Secretary, subject to subsection (b), shall issue a license.",
            "subordination",
            "subject to subsection (b)",
            "shall issue a license",
            id="a-clause-between-commas",
        ),
        pytest.param(
            "Except as provided in subsections (b), (c), and (d), no person may export a model.",
            "exception",
            "Except as provided in subsections (b), (c), and (d)",
            "no person may export a model",
            id="leading-exception",
        ),
        pytest.param(
            "A developer may not release weights unless the Secretary so permits.",
            "exception",
            "unless the Secretary so permits",
            "A developer may not release weights",
            id="unless",
        ),
        pytest.param(
            "Notwithstanding any other provision of law, the Director shall publish the list.",
            "override",
            "Notwithstanding any other provision of law",
            "the Director shall publish the list",
            id="notwithstanding",
        ),
        pytest.param(
            "Subject to the availability of funds, the Director shall award grants.",
            "subordination",
            "Subject to the availability of funds",
            "the Director shall award grants",
            id="subject-to",
        ),
        pytest.param(
            "The term covered entity means any person, other than a small business.",
            "exclusion",
            "other than a small business",
            "The term covered entity means any person",
            id="other-than-after-a-comma",
        ),
        pytest.param(
            "A person other than a bank shall register.",
            "exclusion",
            "other than a bank",
            "A person",
            id="other-than",
        ),
        pytest.param(
            "A person who knowingly exports a model shall be fined.",
            "mental-state",
            "knowingly",
            "exports a model",
            id="mental-state",
        ),
        pytest.param(
            "The Secretary may waive the prohibition in subsection (a) if the waiver is needed.",
            "waiver",
            "may waive the prohibition in subsection (a) if the waiver is needed",
            "the prohibition in subsection (a)",
            id="waiver",
        ),
        pytest.param(
            "If a provider fails to report, the Secretary shall notify Congress.",
            "condition",
            "If a provider fails to report",
            "the Secretary shall notify Congress",
            id="if",
        ),
        pytest.param(
            "The Secretary shall publish the report to the extent practicable.",
            "scope",
            "to the extent practicable",
            "The Secretary shall publish the report",
            id="scope",
        ),
        pytest.param(
            "In general Subject to subsection (b), the Director shall deny each license.",
            "subordination",
            "Subject to subsection (b)",
            "the Director shall deny each license",
            id="behind-a-heading-in-the-text",
        ),
        pytest.param(
            "If, after consultation with the Board, the Director finds a risk, the Secretary"
            " shall deny the license.",
            "condition",
            "If, after consultation with the Board, the Director finds a risk",
            "the Secretary shall deny the license",
            id="an-aside-behind-the-cue",
        ),
        pytest.param(
            "The term covered entity does not include, for such purpose, a bank.",
            "exclusion",
            "does not include, for such purpose, a bank",
            "The term covered entity",
            id="an-aside-behind-an-exclusion",
        ),
    ],
)
def test_a_condition_is_tied_to_what_it_limits(
    text: str, kind: str, quote: str, limited: str
) -> None:
    (found, *_) = conditions(text)
    assert (found.kind, found.quote) == (kind, quote)
    assert limited.endswith(found.limited)


def told(text: str) -> list[tuple[str, str]]:
    return [(one.quote, one.limited) for one in conditions(text)]


def test_mental_states_in_a_row_limit_the_same_act() -> None:
    for text in (
        "A person who knowingly and intentionally exports a model shall be fined.",
        "A person who, knowingly and intentionally, exports a model shall be fined.",
    ):
        assert told(text) == [
            ("knowingly", "exports a model"),
            ("intentionally", "exports a model"),
        ]


@pytest.mark.parametrize(
    "text",
    [
        "The Director shall name persons with the knowledge and skills that the work needs.",
        "The agency shall work with the knowledge management system.",
        "The Director shall name persons with knowledge of the industry.",
        "The rule shall be consistent with the intent of Congress.",
    ],
)
def test_skills_and_the_purposes_of_a_law_are_no_mental_states(text: str) -> None:
    assert conditions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Secretary may waive the limit if the Secretary so determines.",
            [
                ("may waive the limit if the Secretary so determines", "the limit"),
                ("if the Secretary so determines", "The Secretary may waive the limit"),
            ],
            id="inside a waiver",
        ),
        pytest.param(
            "A person may export a model subject to subsection (b), and only if the Board agrees.",
            [
                ("subject to subsection (b)", "A person may export a model"),
                ("only if the Board agrees", "A person may export a model"),
            ],
            id="side by side",
        ),
        pytest.param(
            "No person may export a model unless the Board agrees, to the extent practicable.",
            [
                ("unless the Board agrees", "No person may export a model"),
                ("to the extent practicable", "No person may export a model"),
            ],
            id="side by side, without a conjunction",
        ),
        pytest.param(
            "Except as provided in subsection (b), if a person applies, the Board shall issue a"
            " license unless the person is barred.",
            [
                (
                    "Except as provided in subsection (b)",
                    "the Board shall issue a license unless the person is barred",
                ),
                (
                    "if a person applies",
                    "the Board shall issue a license unless the person is barred",
                ),
                ("unless the person is barred", "the Board shall issue a license"),
            ],
            id="two before the main clause and one behind",
        ),
        pytest.param(
            "Notwithstanding section 5 and except as provided in section 6, with respect to a"
            " model, the Board shall act.",
            [
                ("Notwithstanding section 5", "the Board shall act"),
                ("except as provided in section 6", "the Board shall act"),
                ("with respect to a model", "the Board shall act"),
            ],
            id="three before the main clause",
        ),
        pytest.param(
            "A person shall be fined if the person knew and unless the export was licensed.",
            [
                ("if the person knew", "A person shall be fined"),
                ("unless the export was licensed", "A person shall be fined"),
            ],
            id="side by side, without a comma",
        ),
        pytest.param(
            "It is unlawful for any person, with the intent to defraud, to host a model.",
            [("with the intent to defraud", "to host a model")],
            id="before an infinitive",
        ),
        pytest.param(
            "The term covered entity means a person other than a bank unless the bank is foreign.",
            [
                ("other than a bank", "a person"),
                (
                    "unless the bank is foreign",
                    "The term covered entity means a person other than a bank",
                ),
            ],
            id="behind an exclusion",
        ),
    ],
)
def test_every_condition_of_a_sentence_is_listed(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [one for one in told(text) if one[0] != "knew"] == expected


def test_an_item_that_is_all_condition_limits_what_it_belongs_to() -> None:
    (found,) = conditions(
        "A person may not make—",
        paragraph(1, "an export; or"),
        paragraph(2, "any import,"),
        "<continuation-text>unless prior approval is received.</continuation-text>",
    )
    assert (found.quote, found.limits_path) == ("unless prior approval is received", "sec. 1")
    assert found.limited == ""
    (found,) = conditions("A person may export—", paragraph(1, "if the person applies; or"))
    assert (found.path, found.quote) == ("sec. 1(1)", "if the person applies")
    assert found.limits_path == "sec. 1"


def test_a_lead_in_that_is_all_condition_limits_what_is_below_it() -> None:
    (found,) = conditions("In the case of a bank—", paragraph(1, "the fee is $5."))
    assert (found.limits_path, found.items) == ("sec. 1", False)


@pytest.mark.parametrize(
    "text",
    [
        "The Director shall identify what mechanisms, if any, should be added.",
        "The Director shall name the mechanisms (if any).",
    ],
)
def test_if_any_is_no_condition(text: str) -> None:
    assert conditions(text) == []


def test_any_that_goes_on_is_a_condition() -> None:
    (found,) = conditions("If any license lapses, the Director shall notify Congress.")
    assert found.quote == "If any license lapses"


def test_a_penalty_or_a_court_subjects_nobody_to_a_condition() -> None:
    assert conditions("A violator is subject to a fine of $500.") == []


def test_a_proviso_of_an_appropriation_is_a_clause_and_no_condition() -> None:
    found = conditions("For expenses, $5,000: Provided, That the Director shall report.")
    assert found == []


def test_a_clause_that_goes_on_in_the_items_says_so() -> None:
    (found,) = conditions(
        "The Secretary may not grant a license unless—", paragraph(1, "the person has applied.")
    )
    assert found.items


def test_words_that_are_quoted_for_another_law_limit_nothing_here() -> None:
    found = conditions(
        "Section 4 of the X Act is amended by striking <quote>unless licensed</quote>."
    )
    assert found == []


@given(
    st.lists(
        st.sampled_from(
            "unless if except as provided in (b) ) ( , ; . — shall may the Secretary other than a"
            " bank knowingly notwithstanding subject to waive with respect to".split()
        ),
        max_size=40,
    )
)
def test_no_words_break_the_reading_of_conditions(words: list[str]) -> None:
    conditions(" ".join(words))
