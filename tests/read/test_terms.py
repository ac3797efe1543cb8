"""What is amiss with defined terms."""

from __future__ import annotations

import pytest

from legannot.model.facts import TermFinding
from legannot.read import read
from tests.read.documents import bill, paragraph, quoted, section


def findings(body: str) -> list[tuple[str, str, str]]:
    """Kind, term and near term of what is amiss, the spans checked."""
    document = bill(body)
    texts = {provision.path: provision.text for provision in document.walk()}
    found: tuple[TermFinding, ...] = read(document).term_findings
    assert all(texts[one.path][one.start : one.end] == one.term for one in found)
    return [(one.kind, one.term, one.near) for one in found]


def definitions(*terms: str) -> str:
    return section(
        2,
        "Definitions",
        *(paragraph(i, f"The term {term} means a thing.") for i, term in enumerate(terms, 1)),
        text="In this Act:",
    )


def test_a_term_that_is_used_is_in_order() -> None:
    body = definitions("covered entity") + section(3, "Duty", text="A covered entity shall act.")
    assert findings(body) == []


def test_a_term_that_is_never_used_is_noted() -> None:
    assert findings(definitions("gateway") + section(3, "Duty", text="The Board shall act.")) == [
        ("unused", "gateway", "")
    ]


def test_a_use_outside_the_scope_is_no_use() -> None:
    body = section(2, "Ban", text="In this section, the term gateway means a site.") + section(
        3, "Duty", text="A gateway shall act."
    )
    assert findings(body) == [("unused", "gateway", "")]


def test_a_term_of_art_without_a_definition_is_noted() -> None:
    body = definitions("covered entity") + section(
        3, "Duty", text="A covered entity shall inform each covered broker of it."
    )
    assert findings(body) == [("undefined", "covered broker", "")]


def test_a_term_that_is_defined_elsewhere_is_no_undefined_one() -> None:
    body = definitions("covered entity") + section(
        3,
        "Duty",
        text="A covered entity shall inform a covered broker (as defined in section 4 of the"
        " Model Act) and persons covered by this Act.",
    )
    assert findings(body) == []


def test_a_phrase_one_word_longer_than_a_term_is_a_near_miss() -> None:
    body = definitions("covered adversary entity") + section(
        3,
        "Duty",
        text="No covered adversary entity may act, nor a covered foreign adversary entity.",
    )
    assert findings(body) == [
        ("near-miss", "covered foreign adversary entity", "covered adversary entity")
    ]


def test_quoted_law_has_its_terms_elsewhere() -> None:
    body = section(
        2,
        "Amendment",
        quoted(paragraph(1, "The term gateway means a site of a covered broker.")),
        text="Section 4 of the Model Act is amended by adding at the end the following:",
    )
    assert findings(body) == []


def test_a_term_marked_with_its_quotation_marks_is_defined_once() -> None:
    document = bill(
        section(2, "A", text="In this Act, the term <quote>“gateway”</quote> means a site.")
        + section(3, "B", text="A gateway shall act.")
    )
    facts = read(document)
    assert [one.term for one in facts.definitions] == ["gateway"]
    assert [use.term for use in facts.uses] == ["gateway"]


def entity_rules(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What is amiss, and where "foreign adversary entity" is used, in a bill that defines it."""
    body = definitions("foreign adversary entity") + section(3, "Duty", text=text)
    uses = [use.path for use in read(bill(body)).uses]
    return [one for one in findings(body) if one[0] != "unused"], uses


def test_covered_before_a_defined_term_is_a_near_miss_and_no_use_of_it() -> None:
    assert entity_rules("No covered foreign adversary entity may act.") == (
        [("near-miss", "covered foreign adversary entity", "foreign adversary entity")],
        [],
    )


@pytest.mark.parametrize("word", ["listed", "designated", "prohibited", "qualified", "specified"])
def test_another_word_of_art_after_an_article_makes_a_near_miss(word: str) -> None:
    assert entity_rules(f"No person may serve a {word} foreign adversary entity.") == (
        [("near-miss", f"{word} foreign adversary entity", "foreign adversary entity")],
        [],
    )


@pytest.mark.parametrize(
    "words",
    [
        "Any other foreign adversary entity",
        "Such foreign adversary entity",
        "An applicable foreign adversary entity",
        "Large and qualified foreign adversary entities",
        "The Secretary has designated foreign adversary entities; one",
        "A large, non-covered foreign adversary entity",
    ],
)
def test_a_plain_adjective_before_a_term_leaves_it_a_use(words: str) -> None:
    assert entity_rules(f"{words} may act.") == ([], ["sec. 3"])


def test_a_near_miss_may_be_a_plural_or_a_possessive() -> None:
    text = "A covered foreign adversary entity’s bank and covered foreign adversary entities."
    found, uses = entity_rules(text)
    assert [term for _, term, _ in found] == [
        "covered foreign adversary entity",
        "covered foreign adversary entities",
    ]
    assert uses == []


def test_a_longer_term_with_a_definition_is_its_own_use() -> None:
    body = definitions("foreign adversary entity", "covered foreign adversary entity") + section(
        3, "Duty", text="A foreign adversary entity and a covered foreign adversary entity may act."
    )
    assert findings(body) == []
    assert [use.term for use in read(bill(body)).uses] == [
        "foreign adversary entity",
        "covered foreign adversary entity",
    ]


def test_a_longer_term_that_is_defined_elsewhere_is_no_near_miss() -> None:
    found, uses = entity_rules(
        "A covered foreign adversary entity (as defined in section 9 of the Model Act) may act."
    )
    assert (found, uses) == ([], [])


def test_a_part_of_a_longer_defined_term_is_no_near_miss() -> None:
    body = definitions("model weight", "Federal covered model weight holder") + section(
        3, "Duty", text="A model weight of the Federal covered model weight holder is kept."
    )
    assert findings(body) == []


def test_the_shorter_term_in_a_near_miss_is_not_used_either() -> None:
    body = definitions("foreign adversary entity", "adversary entity") + section(
        3, "Duty", text="No covered foreign adversary entity may act."
    )
    assert read(bill(body)).uses == ()


def test_a_degree_before_a_term_is_a_near_miss_when_it_is_said_again() -> None:
    said = "This Act does not apply to a fully open-source model."
    once = definitions("open-source model") + section(3, "Exemption", text=said)
    assert findings(once) == []
    assert findings(
        once + section(4, "Rule", text="Fully open-source models are exempt from fees.")
    ) == [
        ("near-miss", "fully open-source model", "open-source model"),
        ("near-miss", "Fully open-source models", "open-source model"),
    ]
    # It is one of them all the same.
    assert len(read(bill(once)).uses) == 1
