from __future__ import annotations

import pytest

from legannot.diff.classes import Classes, Judgement
from legannot.model import Bill, ChangeClass
from tests.read.documents import bill, paragraph, quoted, section, subsection


def version(text: str, *more: str) -> Bill:
    """A bill whose subsection 2(c) has the text, among places that it may refer to."""
    at_hand = (subsection(letter, "", text="It is.") for letter in "ab")
    numbers = (section(n, "Rule", text="It is.") for n in (3, 8, 18))
    return bill(
        "".join((section(2, "", *at_hand, subsection("c", "", *more, text=text)), *numbers))
    )


PARTNER = {"sec. 8": "sec. 18", "sec. 3": "sec. 3", "sec. 2(a)": "sec. 2(b)"}


def judged(old: Bill, new: Bill, path: str = "sec. 2(c)") -> Judgement:
    at = [{p.path: p for p in one.walk()}[path] for one in (old, new)]
    return Classes(old, new, {**PARTNER, path: path}).judge(*at)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("may list", "shall list", ChangeClass.WORDS, id="a modal"),
        pytest.param("the list; and", "the list; or", ChangeClass.WORDS, id="a connective"),
        pytest.param("180 days after", "270 days after", ChangeClass.NUMBERS, id="a period"),
        pytest.param("$5,000 each", "$10,000 each", ChangeClass.NUMBERS, id="an amount"),
        pytest.param(
            "each of the 5 years", "each of the five years", ChangeClass.NUMBERS, id="digits"
        ),
        pytest.param("a “covered model”", 'a "covered model"', ChangeClass.TYPOGRAPHY, id="quotes"),
        pytest.param(
            "the Entity list.", "the Entity List;", ChangeClass.TYPOGRAPHY, id="case and stop"
        ),
        pytest.param(
            "under section 8",
            "under section 18",
            ChangeClass.CROSS_REFERENCE,
            id="followed renumbering",
        ),
        pytest.param(
            "under subsection (a)",
            "under subsection (b)",
            ChangeClass.CROSS_REFERENCE,
            id="inside the section",
        ),
        pytest.param(
            "under subsection (a) of this section",
            "under subsection (b) of this section",
            ChangeClass.CROSS_REFERENCE,
            id="said to be of this section",
        ),
        pytest.param(
            "section 8 of title 10", "section 18 of title 10", ChangeClass.NUMBERS, id="other law"
        ),
        pytest.param(
            "under section 8 of the Model Safety Act",
            "under section 18 of the Model Safety Act",
            ChangeClass.NUMBERS,
            id="a named Act",
        ),
        pytest.param(
            "Section 4 of the Model Safety Act is amended in subsection (a) by striking “may”.",
            "Section 4 of the Model Safety Act is amended in subsection (b) by striking “may”.",
            ChangeClass.NUMBERS,
            id="the law amended",
        ),
        pytest.param(
            "under section 8 within 5 days",
            "under section 18 within 6 days",
            ChangeClass.NUMBERS,
            id="a reference and a period",
        ),
    ],
)
def test_a_change_is_classed_by_what_its_edits_hold(
    old: str, new: str, expected: ChangeClass
) -> None:
    assert judged(version(old), version(new)).klass is expected


def test_a_reference_that_does_not_follow_the_renumbering_is_substance_and_says_so() -> None:
    found = judged(version("under section 8"), version("under section 3"))
    assert found.klass is ChangeClass.NUMBERS
    assert found.note == "section 8 became section 3, but sec. 8 is now sec. 18"


def test_a_reference_that_led_nowhere_is_never_taken_to_follow_a_renumbering() -> None:
    found = judged(version("under section 9"), version("under section 18"))
    assert found.klass is ChangeClass.NUMBERS
    assert found.note == "section 9 became section 18, but the former leads nowhere"


def test_labels_that_stand_in_the_text_of_the_target_are_not_taken_to_follow() -> None:
    items = "as described in paragraph ({}): (1) a model; (2) a chip"
    old, new = (version(items.format(n)) for n in (1, 2))
    assert judged(old, new).klass is ChangeClass.NUMBERS


def test_references_in_quoted_law_are_of_that_law() -> None:
    def amending(letter: str) -> Bill:
        law = quoted(subsection("e", "", text=f"The limits of subsection ({letter}) apply."))
        return version("Section 4 of the Model Safety Act is amended by adding:", law)

    path = "sec. 2(c) [quoted block](e)"
    assert judged(amending("a"), amending("b"), path).klass is ChangeClass.NUMBERS


def test_an_entry_of_the_table_of_contents_follows_its_section() -> None:
    def listed(number: int) -> Bill:
        contents = f"<toc><toc-entry>Sec. {number}. Rule.</toc-entry></toc>"
        return version("It is.", paragraph(1, "in", heading="x"), contents)

    old, new = listed(8), listed(18)
    path = next(p.path for p in old.walk() if p.kind == "toc-entry")
    assert judged(old, new, path).klass is ChangeClass.CROSS_REFERENCE
