"""Defined terms, where they hold, and where they are used."""

from __future__ import annotations

import time

import pytest

from legannot.model import Bill, Definition
from legannot.read import read
from tests.read.documents import bill, paragraph, quoted, section, subparagraph, subsection


def defined(text: Bill) -> dict[str, Definition]:
    return {definition.term: definition for definition in read(text).definitions}


def uses(text: Bill, term: str) -> list[str]:
    return [use.path for use in read(text).uses if use.term == term]


@pytest.mark.parametrize(
    ("text", "terms", "verb"),
    [
        (
            "The term closed-source AI model means any model that is closed.",
            ["closed-source AI model"],
            "means",
        ),
        ("The term <quote>covered model</quote> includes a copy.", ["covered model"], "includes"),
        ("The term “owner” means a person.", ["owner"], "means"),
        (
            (
                "The terms <quote>item</quote> and <quote>good</quote> have the meanings given"
                " those terms in section 9."
            ),
            ["item", "good"],
            "reference",
        ),
        (
            "The term in-country transfer has the meaning given that term in section 9.",
            ["in-country transfer"],
            "reference",
        ),
        (
            "The term artificial intelligence or AI means a machine.",
            ["artificial intelligence", "AI"],
            "means",
        ),
        ("The term owner means, with respect to a model, its maker.", ["owner"], "means"),
        (
            "<quote>Knowledge distillation</quote> means a technique.",
            ["Knowledge distillation"],
            "means",
        ),
        (
            "There is a Board for Models (in this Act referred to as the <quote>Board</quote>).",
            ["Board"],
            "means",
        ),
        ("Nothing in the terms of service means that.", [], ""),
        ("It does so by means of a model.", [], ""),
    ],
)
def test_a_definition_is_found_with_and_without_quotation_marks(
    text: str, terms: list[str], verb: str
) -> None:
    found = read(bill(section(3, "Definitions", text=text))).definitions
    assert [definition.term for definition in found] == terms
    assert all(definition.verb == verb for definition in found)
    words = bill(section(3, "Definitions", text=text)).provisions[0].text
    assert all(words[d.start : d.end] == d.term for d in found)


def test_the_verb_may_stand_in_the_items() -> None:
    text = bill(
        section(
            3,
            "Definitions",
            paragraph(1, "includes any transfer; and"),
            text="The term <quote>transaction</quote>—",
        )
    )
    assert defined(text)["transaction"].verb == "includes"


def test_a_borrowed_meaning_names_the_law_in_the_form_of_the_code() -> None:
    text = bill(
        section(
            3,
            "Definitions",
            text="The term export has the meaning given that term in section 1742(3) of the Export"
            " Control Reform Act of 2018 (50 U.S.C. 4801(3)).",
        )
    )
    assert defined(text)["export"].reference == "usc/50/4801/3"


def test_the_scope_is_what_the_lead_in_says() -> None:
    text = bill(
        section(2, "Definitions", paragraph(1, "The term alpha means one."), text="In this Act:")
        + section(
            3,
            "Rules",
            subsection("a", "Terms", text="In this section, the term beta means two."),
            subsection(
                "b", "More", text="For purposes of subsection (a), the term gamma means it."
            ),
        )
    )
    found = defined(text)
    assert found["alpha"].scope == ""
    assert found["beta"].scope == "sec. 3"
    assert found["gamma"].scope == "sec. 3(a)"


def scopes(text: str) -> list[str]:
    """Where a term holds that sec. 1(a)(2) defines in these words."""
    document = bill(
        section(
            1,
            "Rules",
            subsection(
                "a",
                "Ban",
                paragraph(
                    1, "No person may:", subparagraph("A", "sell;"), subparagraph("B", "buy.")
                ),
                paragraph(2, text),
            ),
            *(subsection(letter, "More", text="A person shall act.") for letter in "bcd"),
        )
        + section(2, "Other", *(subsection(letter, "X", text="Y.") for letter in "ab"))
        + section(3, "Last", text="A person shall act.")
    )
    return [one.scope for one in read(document).definitions if one.path == "sec. 1(a)(2)"]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("For purposes of subparagraph (A) of paragraph (1)", ["sec. 1(a)(1)(A)"]),
        ("For purposes of subsections (a) and (c)", ["sec. 1(a)", "sec. 1(c)"]),
        ("For purposes of subsections (b), (c), and (d)", ["sec. 1(b)", "sec. 1(c)", "sec. 1(d)"]),
        ("For purposes of subsections (b) through (d)", ["sec. 1(b)", "sec. 1(c)", "sec. 1(d)"]),
        ("For purposes of sections 1 through 3", [""]),
        ("For purposes of subsections (a) and (b) of section 2", ["sec. 2(a)", "sec. 2(b)"]),
        ("For purposes of subsection (a) of section 2", ["sec. 2(a)"]),
        ("For the purposes of this section and section 2", ["sec. 1", "sec. 2"]),
        ("In this paragraph and subsection (c) of this section", ["sec. 1(a)(2)", "sec. 1(c)"]),
        ("For purposes of this section and subsection (b)", ["sec. 1"]),
        ("For purposes of section 3, subsection (b), and this Act", [""]),
        ("In subsection (b)", ["sec. 1(b)"]),
        ("In section 2(a)", ["sec. 2(a)"]),
        # No place of this bill: what is around, as nothing better is known.
        ("For purposes of section 3 of the Model Control Act", ["sec. 1"]),
        ("For purposes of subsection (x)", ["sec. 1"]),
        # No scope at all.
        ("Except as provided in this paragraph", [""]),
        ("Notwithstanding the rules in subsection (b)", [""]),
    ],
)
def test_a_scope_is_the_places_that_its_words_name(words: str, places: list[str]) -> None:
    assert scopes(f"{words}, the term gadget means a thing.") == places


def test_a_place_that_the_scope_does_not_name_does_not_use_the_term() -> None:
    text = bill(
        section(
            1,
            "Rules",
            subsection(
                "a",
                "Ban",
                text="For purposes of subsections (b) and (d), the term gadget means a thing.",
            ),
            *(subsection(letter, "More", text="No gadget may be sold.") for letter in "bcd"),
        )
    )
    assert uses(text, "gadget") == ["sec. 1(b)", "sec. 1(d)"]
    assert read(text).term_findings == ()


def test_a_term_of_several_places_that_none_uses_is_amiss_once() -> None:
    words = "For purposes of this section and section 2, the term gadget means a thing."
    text = bill(section(1, "A", text=words) + section(2, "B", text="A person shall act."))
    assert [one.term for one in read(text).term_findings] == ["gadget"]


def test_a_term_of_quoted_law_holds_in_its_block_only() -> None:
    inner = section(9, "New law", text="In this Act, the term <quote>delta</quote> means four.")
    text = bill(
        section(2, "Amendment", quoted(inner), text="The Act is amended by adding the following:")
        + section(3, "Rule", text="A delta shall be kept.")
    )
    assert defined(text)["delta"].scope == "sec. 2 [quoted block]"
    assert uses(text, "delta") == []


DEFINITIONS = section(
    2,
    "Definitions",
    paragraph(1, "The term country of concern means a listed country."),
    paragraph(2, "The term model means a program."),
    paragraph(3, "The term closed model means a model that is closed."),
    paragraph(4, "The term Secretary means the Secretary of Commerce."),
    text="In this Act:",
)


def used(term: str, text: str) -> int:
    return uses(bill(DEFINITIONS + section(3, "Rule", text=text)), term).count("sec. 3")


def test_a_use_may_be_a_plural_or_a_possessive() -> None:
    assert used("country of concern", "Countries of concern and a country of concern’s banks.") == 2


def test_a_use_is_whole_words_and_the_longest_term_wins() -> None:
    assert used("model", "A remodeled closed model and models.") == 1
    assert used("closed model", "A remodeled closed model and models.") == 1


def test_a_capital_of_the_term_is_a_capital_of_the_use() -> None:
    assert used("Secretary", "The Secretary and a secretary shall meet.") == 1


def test_a_longer_name_is_no_use() -> None:
    assert used("Secretary", "The Secretary of State and the Under Secretary shall meet.") == 0
    assert used("model", "The Director of the Model Office shall meet.") == 0


def test_a_definition_does_not_use_its_own_term() -> None:
    assert uses(bill(DEFINITIONS), "model") == ["sec. 2(3)"]


def test_a_use_outside_the_scope_is_none() -> None:
    text = bill(
        section(2, "First", text="In this section, the term alpha means one.")
        + section(3, "Second", text="An alpha shall be kept.")
    )
    assert uses(text, "alpha") == []


def test_the_innermost_definition_governs() -> None:
    text = bill(
        section(2, "Definitions", text="In this Act, the term alpha means one.")
        + section(
            3,
            "Rules",
            subsection("a", "Terms", text="In this section, the term alpha means two."),
            subsection("b", "Rule", text="An alpha shall be kept."),
        )
    )
    assert [use.definition for use in read(text).uses] == ["sec. 3(a)"]


def test_many_terms_cost_no_more_than_few() -> None:
    words = " ".join(f"term{i}" for i in range(2_000))
    many = "".join(paragraph(i, f"The term kind{i} of thing means {i}.") for i in range(1, 1_500))
    text = bill(
        section(2, "Definitions", many, text="In this Act:")
        + "".join(section(i, "Rule", text=f"The kind{i} of thing {words}.") for i in range(3, 60))
    )
    start = time.process_time()
    assert len(read(text).uses) == 57
    assert time.process_time() - start < 20


def test_a_term_may_begin_with_in() -> None:
    text = "The term in good standing, with respect to an owner, means paid up."
    found = read(bill(section(2, "Definitions", text=text))).definitions
    assert [one.term.rstrip(" ,") for one in found] == ["in good standing"]
