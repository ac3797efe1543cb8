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
