"""What is amiss with defined terms."""

from __future__ import annotations

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
